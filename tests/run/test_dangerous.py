"""Dangerous jobs, made from seeds: none is filed, and each names the guard that held it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from tests.conftest import EMPLOYER, Desk
from tests.flows.samples import worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import PracticePortal

OTHER = "B9900005678W"
SEEDED = (("950211705780", "AKTIF BINTI CONTOH"), ("870818735893", "LAMA BIN REKAAN"))
FIRST = "Name of Employee"
HEADINGS = ("No. KPPN", "Nama Pekerja", "Employment Start Date", "Tarikh Berhenti Kerja")
START, DAY = "05/01/2024", "16/11/2026"

Leaver = tuple[str, ...]


@dataclass
class Dangerous:
    """One job on a desk, and the people of the portal whom it endangers."""

    desk: Desk
    portal: PracticePortal
    random: random.Random
    job: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.staff: list[Leaver] = []
        for number in range(self.random.randint(12, 20)):
            nric, name = f"90010100{number:04d}", f"TINGGAL REKAAN {chr(ord('A') + number)}"
            worker(self.portal, nric, name, START)
            self.staff.append((nric, name, START, DAY))
        self.job = {"procedure": "end_employment", "employer": EMPLOYER}

    @property
    def active(self) -> int:
        return len(self.staff) + len(SEEDED)

    def some(self, count: int) -> list[Leaver]:
        return self.random.sample(self.staff, count)

    def table(self, leavers: list[Leaver], headings: tuple[str, ...] = HEADINGS) -> None:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in (headings, *leavers):
            sheet.append(list(row))
        book.save(self.desk.folder / "leavers.xlsx")
        self.job["table"] = {"file": "leavers.xlsx"}

    def written(self) -> Path:
        path = self.desk.folder / "leavers.yaml"
        path.write_text(yaml.safe_dump(self.job))
        return path


def semua_as_an_option(d: Dangerous) -> str:
    """Semua wished for in the job that names its leavers."""
    d.table(d.some(2))
    d.job["selection"] = d.random.choice(["Semua", "All", "semua"])
    return "'selection' is not known"


def semua_unapproved(d: Dangerous) -> str:
    """Everybody, rightly counted, by one person alone."""
    d.job |= {"procedure": "end_all_employment", "all_workers": d_all(d, d.active)}
    return "[everybody]"


def semua_miscounted(d: Dangerous) -> str:
    """Everybody, with a number that the portal does not have."""
    wrong = d.active + d.random.choice([-3, -1, 1, 7])
    d.job |= {"procedure": "end_all_employment", "all_workers": d_all(d, wrong)}
    return "[active-workers]"


def semua_of_another(d: Dangerous) -> str:
    """The code typed again is another employer's."""
    everybody = d_all(d, d.active) | {"employer_code_again": OTHER}
    d.job |= {"procedure": "end_all_employment", "all_workers": everybody}
    return "typed again is not this job's"


def d_all(d: Dangerous, count: int) -> dict[str, Any]:
    day = d.random.choice(["2026-11-16", "2026-11-19"])
    return {
        "employer_code_again": EMPLOYER,
        "active_workers": count,
        "employment_resign_date": day,
    }


def ceasing_unapproved(d: Dangerous) -> str:
    """An employer's end, by one person alone."""
    form = {
        "form": "Form 1A",
        "change_employer_status_to": d.random.choice(["Dormant", "Cancel"]),
        "temporary_closure_no_employee_from": "2026-11-17",
    }
    d.job |= {"procedure": "cease_employer", "cessation": d_all(d, d.active) | form}
    d.job["cessation"]["employment_resign_date"] = "2026-11-16"
    return "[everybody]"


def wrong_employer(d: Dangerous) -> str:
    """The right table under the wrong employer."""
    d.table(d.some(d.random.randint(2, 4)))
    d.job["employer"] = OTHER
    return "[unlisted]"


def workbook_of_another(d: Dangerous) -> str:
    """The table says whose it is, and it is not this employer."""
    d.table([(*leaver, OTHER) for leaver in d.some(2)], (*HEADINGS, "Majikan"))
    return "names employer B9900005678W"


def empty_table(d: Dangerous) -> str:
    """A filter that left nothing."""
    d.table([])
    return "no rows below this header"


def empty_numbers(d: Dangerous) -> str:
    """A column of numbers and dates that came out empty: only names are left."""
    d.table([("", name, "", day) for _, name, _, day in d.some(3)])
    return "A name alone does not tell"


def names_slipped(d: Dangerous) -> str:
    """Names and dates sorted by themselves: each stands beside the next one's number."""
    rows = d.some(d.random.randint(3, 5))
    slipped = rows[1:] + rows[:1]
    d.table([(a[0], b[1], a[2], b[3]) for a, b in zip(rows, slipped, strict=True)])
    return "[leaver-name]"


def starts_slipped(d: Dangerous) -> str:
    """Starts of other people beside the right names."""
    rows = d.some(3)
    d.table([(nric, name, "06/02/2025", day) for nric, name, _, day in rows])
    return "[leaver-start]"


def columns_swapped(d: Dangerous) -> str:
    """Name and date in each other's columns."""
    d.table([(nric, day, start, name) for nric, name, start, day in d.some(3)])
    return "Write the date as"


def not_employed(d: Dangerous) -> str:
    """One of them does not work here."""
    stranger = ("910101005555", "ORANG BIN REKAAN", START, DAY)
    rows = [*d.some(2), stranger]
    d.random.shuffle(rows)
    d.table(rows)
    return "[unlisted]"


def before_start(d: Dangerous) -> str:
    """A last day before the first, as the portal has it."""
    nric, name, *_ = d.random.choice(d.staff)
    d.table([(nric, name, "", "02/01/2024")], HEADINGS)
    return "[leaver-before-start]"


def before_declared_start(d: Dangerous) -> str:
    """A last day before the first, as the table itself has it."""
    (nric, name, start, _) = d.random.choice(d.staff)
    d.table([(nric, name, start, "04/01/2024")])
    return "is before the employment start date"


def everybody_by_name(d: Dangerous) -> str:
    """All workers listed one by one are Semua by another way."""
    seeded = [(nric, name, "", DAY) for nric, name in SEEDED]
    d.table([*d.staff, *seeded])
    d.job["limits"] = {"ended_share": 100}
    return "[everybody]"


def most_of_them(d: Dangerous) -> str:
    """More than a usual month's leavers."""
    d.table(d.some(d.active // 2))
    return "[ended-share]"


def far_day(d: Dangerous) -> str:
    """A slip in the year."""
    nric, name, start, _ = d.random.choice(d.staff)
    d.table([(nric, name, start, "16/11/2025")])
    d.job["limits"] = {"days_back": 90}
    return "[date-far]"


def many_rows(d: Dangerous) -> str:
    """More rows than the operator thought of."""
    d.table(d.some(3))
    d.job["limits"] = {"rows": 2}
    return "[rows]"


def twice(d: Dangerous) -> str:
    """One person on two days."""
    nric, name, start, _ = d.random.choice(d.staff)
    d.table([(nric, name, start, "12/11/2026"), (nric, name, start, "13/11/2026")])
    return "One person may stand only once"


KINDS: tuple[Callable[[Dangerous], str], ...] = (
    semua_unapproved, names_slipped, everybody_by_name, wrong_employer, semua_miscounted,
    before_start, semua_as_an_option, semua_of_another, workbook_of_another, empty_table,
    empty_numbers, starts_slipped, columns_swapped, not_employed, before_declared_start,
    most_of_them, far_day, many_rows, twice, ceasing_unapproved,
)  # fmt: skip
SEEDS = 50
OFTEN = 4  # of these kinds one in every run of the tests; the others are heavy


@pytest.mark.parametrize(
    "seed",
    [pytest.param(n, marks=[] if n < OFTEN else [pytest.mark.heavy]) for n in range(SEEDS)],
)
def test_a_dangerous_job_is_not_filed_and_says_why(
    desk: Desk, portal: PracticePortal, seed: int
) -> None:
    """Nothing reaches the portal, not even a draft, and nobody's work has ended."""
    chance = random.Random(seed)  # noqa: S311  a repeatable choice, no secret
    dangerous = Dangerous(desk, portal, chance)
    guard = KINDS[seed % len(KINDS)](dangerous)
    books = portal.workers()
    done = desk.file(dangerous.written())
    assert done.returncode in {10, 12, 15, 65}, done.stderr
    assert guard in done.stdout + done.stderr
    assert (portal.filings, portal.drafts) == ([], [])
    assert portal.workers() == books
