"""A long, mixed job: every row ends with exactly the verdict that its case deserves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

PDF = b"%PDF-1.4\n%%EOF\n"
FILED, REFUSED = "difailkan / filed", "ditolak / refused"
FORM_2 = "Form 2 - Employee Registered"
ELSEWHERE = "E9900002001F"


@dataclass(frozen=True)
class Expected:
    """How a row must end: its status, and words that its reason must hold."""

    status: str
    words: str = ""


Case = tuple[dict[str, Any], Expected]


def foreigner(number: int, **other: Any) -> dict[str, Any]:
    """A foreign worker with all that the popup asks for."""
    return {
        "worker": "foreign",
        "passport_number": f"X{number:07d}",
        "name": person(number)["name"],
        "date_of_birth": "1992-02-03",
        "gender": "Male",
        "nationality": "Nepal",
        "employment_start_date": "2026-11-10",
        "passport_valid_from": "2022-01-01",
        "passport_valid_until": "2031-12-31",
        "permit_type": "Employment Pass",
        "permit_number": f"P{number:06d}",
        "permit_valid_from": "2026-10-01",
        "permit_valid_until": "2028-09-30",
        "next_of_kin_name": "WARIS CONTOH",
        "next_of_kin_relation": "Father",
        "next_of_kin_telephone": "+97700000001",
        "next_of_kin_address": "1 REKAAN STREET",
        "next_of_kin_country": "Nepal",
        "next_of_kin_form": "waris.pdf",
        "document": "form2.pdf",
        "document_type": FORM_2,
        **other,
    }


def local(number: int, **other: Any) -> dict[str, Any]:
    """A local worker with his Form 2."""
    return {**person(number), "document": "form2.pdf", "document_type": FORM_2, **other}


def known(portal: PracticePortal, row: dict[str, Any], **other: Any) -> None:
    """Make the portal know this person."""
    day, month = row["date_of_birth"][8:], row["date_of_birth"][5:7]
    details = {
        "name": row["name"],
        "birth": f"{day}/{month}/{row['date_of_birth'][:4]}",
        "gender": row["gender"][0],
        **other,
    }
    portal.ask("person", {"nric": row["identification"], **details})


def at_work(portal: PracticePortal, row: dict[str, Any], employer: str, start: str) -> None:
    """Put this person on an employer's books."""
    known(portal, row)
    portal.ask("worker", {"employer": employer, "nric": row["identification"], "start": start})


def plain(_: PracticePortal, n: int) -> Case:
    return local(n), Expected(FILED)


def known_alike(portal: PracticePortal, n: int) -> Case:
    row = local(n)
    known(portal, row, race="Melayu")
    return row, Expected(FILED)


def known_otherwise(portal: PracticePortal, n: int) -> Case:
    row = local(n)
    known(portal, row, name="ORANG LAIN")
    return row, Expected(REFUSED, "other details: 'Name of Employee'")


def here_already(portal: PracticePortal, n: int) -> Case:
    row = local(n)
    at_work(portal, row, EMPLOYER, "10/11/2026")
    return row, Expected(FILED, "already lists")


def here_since_another_day(portal: PracticePortal, n: int) -> Case:
    row = local(n)
    at_work(portal, row, EMPLOYER, "01/11/2026")
    return row, Expected(REFUSED, "another name or start date")


def active_elsewhere(portal: PracticePortal, n: int) -> Case:
    row = local(n)
    at_work(portal, row, ELSEWHERE, "01/11/2025")
    known(portal, row, blocked=1)
    return row, Expected(REFUSED, "active under another employer")


def starts_tomorrow(_: PracticePortal, n: int) -> Case:
    row = local(n, employment_start_date="2026-11-21")
    return row, Expected(REFUSED, "cannot be later than today")


def unknown_choice(_: PracticePortal, n: int) -> Case:
    return local(n, race="Melayuu"), Expected(REFUSED, "nearest: Melayu")


def foreign(_: PracticePortal, n: int) -> Case:
    return foreigner(n), Expected(FILED)


def under_age(_: PracticePortal, n: int) -> Case:
    return foreigner(n, date_of_birth="2009-05-05"), Expected(REFUSED, "18")


def expired_passport(_: PracticePortal, n: int) -> Case:
    row = foreigner(n, passport_valid_until="2026-11-01", permit_valid_until="2026-10-31")
    return row, Expected(REFUSED, "expired")


def immigration_differs(portal: PracticePortal, n: int) -> Case:
    row = foreigner(n)
    details = {"name": row["name"], "birth": "03/02/1992", "gender": "M"}
    portal.ask(
        "person",
        {
            "passport": row["passport_number"],
            "nationality": "Nepal",
            "immigration_mismatch": 1,
            **details,
        },
    )
    return row, Expected(REFUSED, "Immigration")


def without_a_paper(_: PracticePortal, n: int) -> Case:
    """Of a filing in which nobody brings the Form 2 that the portal wants."""
    row = foreigner(n, worker="domestic foreign")
    del row["document"], row["document_type"]
    return row, Expected(REFUSED, f'Please upload "{FORM_2}"')


CASES: list[Callable[[PracticePortal, int], Case]] = [
    plain, known_alike, known_otherwise, here_already, here_since_another_day, active_elsewhere,
    starts_tomorrow, unknown_choice, foreign, under_age, expired_passport, immigration_differs,
    without_a_paper,
]  # fmt: skip
# Of 120 rows most are as most rows are.
HUNDRED_AND_TWENTY = [*CASES * 5, *[plain] * 30, *[foreign] * 15, *[known_alike] * 10]


def job_of(desk: Desk, rows: list[dict[str, Any]]) -> Path:
    """A job with these rows, and the two papers they name."""
    for name in ("waris.pdf", "form2.pdf"):
        (desk.folder / name).write_bytes(PDF)
    path = desk.folder / "mixed.yaml"
    path.write_text(
        yaml.safe_dump({"procedure": "add_employees", "employer": EMPLOYER, "rows": rows})
    )
    return path


def results(desk: Desk) -> dict[int, dict[str, Any]]:
    """The rows of the workbook that this run made, by their number."""
    import openpyxl  # noqa: PLC0415

    (path,) = desk.last_run().glob("*.xlsx")
    head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    found = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return {int(str(row["baris / row"])): row for row in found}


@pytest.mark.parametrize(
    "makers",
    [
        pytest.param(CASES, id="one of each"),
        pytest.param(HUNDRED_AND_TWENTY, id="120 rows", marks=pytest.mark.heavy),
    ],
)
def test_each_row_of_a_mixed_job_ends_with_its_own_verdict(
    desk: Desk, portal: PracticePortal, makers: list[Callable[[PracticePortal, int], Case]]
) -> None:
    """Local, foreign, known, unknown, at work here or elsewhere, wrong dates, a paper missing."""
    desk.settings(timeouts={"act_s": 3, "arrive_s": 10, "result_s": 10})
    (desk.config / "guards.yaml").write_text("joined_share: 2000\n")
    portal.ask("settings", {"mandatory_document": True})
    cases = [make(portal, number) for number, make in enumerate(makers, start=1)]
    rows = [row for row, _ in cases]
    done = desk.file(job_of(desk, rows), limit_s=900)
    assert done.returncode == 10, done.stderr
    ended = results(desk)
    wrong = {
        number: (makers[number - 1].__name__, ended[number]["ASSIST reason (EN)"])
        for number, (_, expected) in enumerate(cases, start=1)
        if ended[number]["ASSIST status"] != expected.status
        or expected.words not in ended[number]["ASSIST reason (EN)"]
    }
    assert wrong == {}
    filed = [w["registrationNo"] for f in portal.filings for w in f["workers"]]
    wanted = [
        row.get("identification") or row["passport_number"]
        for row, expected in cases
        if expected == Expected(FILED)
    ]
    assert sorted(filed) == sorted(wanted)
    kinds = [{w["kind"] for w in f["workers"]} for f in portal.filings]
    assert all(len(kind) == 1 for kind in kinds), "local and foreign workers never share a filing"
