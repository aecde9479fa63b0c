"""One list with workers of several kinds: each row by its own rules, each kind in its filings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import pytest

from rpa.jobs.kinds import Kinds
from rpa.rules.employee import Employee
from rpa.rules.foreign_employee import ForeignEmployee
from rpa.rules.record import Column, Kind
from tests.jobs.build import (
    FOREIGN_FIELDS,
    LOCAL_FIELDS,
    PLAIN,
    checked,
    entry,
    errors,
    found,
    job,
    line,
    paper,
    xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = (
    "Jenis Pekerja",
    "No. KPPN",
    "No. Pasport",
    "Nama",
    "Tarikh Lahir",
    "Tarikh Mula Bekerja",
    "Jantina",
    "Bangsa",
    "Warganegara",
    "Pasport Sah Dari",
    "Pasport Sah Hingga",
    "Jenis Permit",
    "No. Permit",
    "Permit Sah Dari",
    "Permit Sah Hingga",
    "Nama Waris",
    "Hubungan Waris",
    "No. Telefon Waris",
    "Alamat Waris",
    "Negara Waris",
    "Borang Waris",
)
START = date(2026, 11, 2)


def local(number: int, kind: str | None = "Tempatan", **cells: Any) -> tuple[Any, ...]:
    """A local worker's line; ``cells`` replace those of a heading's place."""
    nric = f"90010100{number:03d}5"
    return _line([kind, nric, None, "CONTOH BIN REKAAN", date(1990, 1, 1), START], cells)


def foreign(number: int, kind: str = "Asing", **cells: Any) -> tuple[Any, ...]:
    """A foreign worker's line."""
    person = [kind, None, f"X{number:07d}", "REKAAN SATU", date(1990, 1, 1), START, "L", None]
    validity = [date(2025, 1, 1), date(2030, 1, 1), "Employment Pass", f"PL{number}"]
    more = [*validity, date(2026, 10, 1), date(2028, 9, 30)]
    kin = ["WARIS", "Spouse", "+62000000001", "JALAN CONTOH 1", "Indonesia", "waris.pdf"]
    return _line([*person, "Indonesia", *more, *kin], cells)


def _line(cells: list[Any], changes: dict[str, Any]) -> tuple[Any, ...]:
    cells += [None] * (len(HEADINGS) - len(cells))
    for column, value in changes.items():
        cells["ABCDEFGHIJKLMNOPQRSTU".index(column)] = value
    return tuple(cells)


def table(folder: Path, *rows: tuple[Any, ...]) -> Path:
    paper(folder, "waris.pdf")
    return xlsx(folder, rows, HEADINGS)[0]


def test_each_row_is_read_as_the_kind_it_tells(tmp_path: Path) -> None:
    """Blank means local; Malay and English words are known."""
    path = table(
        tmp_path,
        local(1),
        foreign(2),
        local(3, None),
        foreign(4, "domestic foreign"),
        local(5, "DOMESTIK TEMPATAN"),
    )
    plan = checked(path).plan
    assert plan is not None
    told = [(type(row.record), row.record.group) for row in plan.rows]
    assert told == [
        (Employee, "local"),
        (ForeignEmployee, "foreign"),
        (Employee, "local"),
        (ForeignEmployee, "domestic foreign"),
        (Employee, "domestic local"),
    ]


def test_kinds_never_share_a_filing_and_the_tables_order_stays(tmp_path: Path) -> None:
    """Groups come in the order of their first rows, so many rows at a time."""
    rows = [local(1), foreign(2), local(3), foreign(4), local(5), local(6)]
    path = table(tmp_path, *rows)
    path.write_text(path.read_text() + "rows_per_filing: 3\n")
    plan = checked(path).plan
    assert plan is not None
    assert [[row.number for row in filing] for filing in plan.filings] == [[2, 4, 6], [7], [3, 5]]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (local(1, B=None), [("B2", "missing")]),
        (local(1, C="X0000001"), [("C2", "field-kind")]),
        (local(1, U="waris.pdf"), [("U2", "field-kind")]),
        (local(1, K=date(2020, 1, 1)), [("K2", "field-kind")]),
        (foreign(1, C=None), [("C2", "missing")]),
        (foreign(1, G=None), [("G2", "missing")]),
        (foreign(1, U=None), [("U2", "missing")]),
        (foreign(1, B="900101005555"), [("B2", "field-kind")]),
        (foreign(1, H="Melayu"), [("H2", "field-kind")]),
        (foreign(1, I="Malaysia"), [("I2", "nationality-home")]),
        (foreign(1, K=date(2024, 1, 1)), [("K2", "passport-order"), ("O2", "permit-passport")]),
        (foreign(1, K=date(2026, 11, 1)), [("K2", "passport-expired"), ("O2", "permit-passport")]),
        (foreign(1, O=date(2026, 12, 1)), [("O2", "permit-expires")]),
        (foreign(1, N=date(2024, 1, 1)), [("N2", "permit-passport")]),
        (foreign(1, C="x 1"), [("C2", "passport-odd")]),
        (foreign(1, C=12345678), [("C2", "text-type")]),
        (foreign(1, R=60123456789), [("R2", "text-type")]),
        (foreign(1, U="gone.pdf"), [("U2", "file-missing")]),
        (foreign(1, "Luar"), [("A2", "choice")]),
        (
            foreign(1, "Luar", D=None, F="x"),
            [("A2", "choice"), ("D2", "missing"), ("F2", "date-form")],
        ),
    ],
)
def test_a_mistake_is_said_at_its_cell_by_the_rules_of_the_rows_kind(
    tmp_path: Path, row: tuple[Any, ...], expected: list[tuple[str, str]]
) -> None:
    """Where the kind itself is unclear, only what all kinds have is asked."""
    wanted = [(f"joiners.xlsx!Sheet1!{cell}", code) for cell, code in expected]
    assert found(table(tmp_path, row)) == wanted


def test_a_field_of_another_kind_is_said_to_be_whose(tmp_path: Path) -> None:
    """The sentence names the kinds, in both languages."""
    (problem,) = checked(table(tmp_path, foreign(1, H="Melayu"))).errors
    assert "Tempatan, Domestik Tempatan" in problem.words.bm
    assert "local, domestic local" in problem.words.en


def test_a_header_that_tells_kinds_needs_what_all_kinds_need(tmp_path: Path) -> None:
    """What only one kind needs is asked of its rows, at the row where no column is."""
    headings = [*HEADINGS[:1], *HEADINGS[2:]]
    rows = [(x[0], *x[2:]) for x in (local(1), foreign(2))]
    path, _, _ = xlsx(tmp_path, rows, headings)
    paper(tmp_path, "waris.pdf")
    assert errors(path) == [("joiners.xlsx!Sheet1!2", "missing")]
    headings = [h for h in HEADINGS if h != "Nama"]
    path, _, _ = xlsx(tmp_path, [], headings)
    assert ("joiners.xlsx!Sheet1!1", "column-missing") in errors(path)


def test_a_header_that_tells_no_kinds_is_for_local_workers(tmp_path: Path) -> None:
    """As a list without the column has always been."""
    path, _, _ = xlsx(
        tmp_path, [("CONTOH", date(1990, 1, 1), START)], ("Nama", "DOB", "Start Date")
    )
    assert errors(path) == [("joiners.xlsx!Sheet1!1", "column-missing")]


def test_rows_in_the_job_itself_are_of_several_kinds_too(tmp_path: Path) -> None:
    """And each objection has its line and column."""
    paper(tmp_path, "waris.pdf")
    text = PLAIN + "rows:\n" + entry(LOCAL_FIELDS) + entry(FOREIGN_FIELDS)
    plan = checked(job(tmp_path, text)).plan
    assert plan is not None
    assert [len(filing) for filing in plan.filings] == [1, 1]
    assert [row["worker"] for row in plan.job.model_dump()["rows"]] == ["local", "foreign"]
    path = job(tmp_path, PLAIN + "rows:\n" + entry(FOREIGN_FIELDS, race="Cina", gender=None))
    at = line(path, "race:")
    assert errors(path) == [
        ("joiners.yaml:4:5", "missing"),
        (f"joiners.yaml:{at}:11", "field-kind"),
    ]


def test_two_foreign_workers_of_one_passport_are_one_person(tmp_path: Path) -> None:
    """As two rows of one NRIC are."""
    path = table(tmp_path, foreign(1), foreign(1))
    assert errors(path) == [(f"joiners.xlsx!Sheet1!C{row}", "row-twice") for row in (2, 3)]


def test_one_heading_never_means_two_things() -> None:
    """Kinds that declare one field differently cannot stand in one table."""

    class Other(Employee):
        name: Annotated[str, Column(Kind.DATE, bm=("Nama",), en=("Name",))]

    with pytest.raises(TypeError, match="name"):
        Kinds(Employee, {"foreign": Other})
