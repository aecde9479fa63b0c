"""A payroll table by itself: every error with its cell, the month's among them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from rpa.errors import JobInvalid, Severity
from rpa.jobs import Limits, TableRows, read_bytes, read_table
from rpa.jobs.cells import Cell, convert
from rpa.jobs.places import Unfit
from rpa.model.job import Table
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from rpa.rules.workers import WorkerKind
from tests.jobs import build
from tests.jobs.build import job

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TODAY = date(2026, 11, 22)
JUNE = Month(2026, 6)
HEAD = ("No. KP", "Nama", "Gaji", "Jenis Pekerja", "Tarikh Lahir", "Keluar SKBBK")
GOOD = ("900101820003", "CONTOH BIN REKAAN", 3000, None, None, None)


def book(folder: Path, *rows: Sequence[Any], head: Sequence[str] = HEAD) -> Path:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Jun"
    for row in (head, *rows):
        sheet.append(list(row))
    workbook.save(folder / "payroll.xlsx")
    return folder / "payroll.xlsx"


def read(path: Path, month: Month = JUNE, **columns: str) -> TableRows:
    spec = Table(file=path, columns=columns)
    return read_table(spec, Payee, lambda one: one.in_month(month), today=TODAY)


def errors(found: TableRows) -> list[tuple[str, str]]:
    return [(p.address, p.code) for p in found.problems if p.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("cell", "sen"),
    [
        (3000, 300_000),
        (3000.0, 300_000),
        (3000.1, 300_010),
        (1234.10 + 2345.20, 357_930),
        ("3000", 300_000),
        ("3000.00", 300_000),
        ("3,000.00", 300_000),
        ("1,234,567.89", 123_456_789),
        ("RM3,000.00", 300_000),
        ("RM 3000", 300_000),
        (" 3000.5 ", 300_050),
        (0, 0),
    ],
)
def test_wages_are_read_to_the_sen(cell: Cell, sen: int) -> None:
    """As payrolls write them."""
    assert convert(Payee.columns()["wages"], cell) == sen


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (3000.005, "money-exact"),
        (1000 / 3, "money-exact"),
        ("3000.005", "money-exact"),
        ("3.000", "money-exact"),
        (-1, "money-form"),
        ("-5.00", "money-form"),
        ("3.000,00", "money-form"),
        ("3,00", "money-form"),
        ("tiga ribu", "money-form"),
        (True, "money-form"),
        (date(2026, 6, 1), "money-form"),
        (float("nan"), "money-form"),
    ],
)
def test_wages_that_are_not_clear_are_refused_and_never_rounded(cell: Cell, code: str) -> None:
    """A part of a sen, another country's separators, a sign, a date."""
    with pytest.raises(Unfit) as refused:
        convert(Payee.columns()["wages"], cell)
    assert refused.value.code == code


def test_all_errors_of_a_payroll_come_at_once_each_with_its_cell(tmp_path: Path) -> None:
    """Form, law and month together."""
    path = book(
        tmp_path,
        GOOD,
        ("10203820003", "CONTOH DUA", 3000, None, None, None),
        ("900102820003", "CONTOH TIGA", 3000.005, None, None, None),
        ("900103820003", "CONTOH \u00c9MPAT", 3000, "Asing?", None, None),
        ("SSFW00000001", "CONTOH LIMA", None, "Asing", None, "Ya"),
        ("900105820003", "CONTOH ENAM", 3000, None, None, "Ya"),
        ("700101820003", "CONTOH TUJUH", 3000, None, None, None),
        ("900101820003", "CONTOH LAPAN", 3000, None, None, None),
    )
    where = "payroll.xlsx!Jun!"
    assert errors(read(path)) == [
        (f"{where}A2", "worker-twice"),
        (f"{where}A3", "nric-zeros"),
        (f"{where}C4", "money-exact"),
        (f"{where}B5", "name-foreign"),
        (f"{where}D5", "choice"),
        (f"{where}C6", "missing"),
        (f"{where}E6", "birth-missing"),
        (f"{where}F7", "skbbk-june"),
        (f"{where}8", "first-contribution-missing"),
        (f"{where}A9", "worker-twice"),
    ]


def test_a_clean_payroll_gives_its_rows_with_their_addresses(tmp_path: Path) -> None:
    """Kinds, dashes, money: as the record holds them."""
    foreign = ("SSFW00000001", "CONTOH DUA", "1,750.00", "Asing", date(1990, 1, 1), None)
    found = read(book(tmp_path, GOOD, foreign))
    assert errors(found) == []
    first, second = found.rows
    assert (first.number, first.address) == (2, "payroll.xlsx!Jun!2")
    assert first.record.wages == 300_000
    assert (second.record.worker, second.record.wages) == (WorkerKind.FOREIGN, 175_000)
    assert found.rows_read == 2
    assert found.table is not None


def test_headings_of_one_s_own_are_named_beside_the_table(tmp_path: Path) -> None:
    """Gross pay is not taken for wages by itself: it may hold a bonus, which is none."""
    path = book(tmp_path, GOOD, head=(*HEAD[:2], "Gross Pay", *HEAD[3:]))
    assert ("payroll.xlsx!Jun!1", "column-missing") in errors(read(path))
    assert errors(read(path, wages="Gross Pay")) == []
    assert ("payroll.xlsx", "column-field") in errors(read(path, wage="Gross Pay"))


def test_a_payroll_that_names_another_employer_is_refused(tmp_path: Path) -> None:
    """His people would be paid for under this one; the guard is that of every job."""
    path = tmp_path / "B9900005678W-072026.csv"
    path.write_text("nric,name,wages\n900101820003,CONTOH,3000\n")
    spec = Table(file=path)
    for employer, expected in (
        ("E9900001234V", [(path.name, "employer-other")]),
        ("B9900005678W", []),
    ):
        found = read_table(spec, Payee, lambda _: (), today=TODAY, employer=employer)
        assert errors(found) == expected


def test_a_csv_is_read_like_a_workbook(tmp_path: Path) -> None:
    """With its rows and headings."""
    path = tmp_path / "payroll.csv"
    path.write_text('nric,name,wages\n900101820003,CONTOH,"3,000.00"\n900102820003,CONTOH,3.000\n')
    found = read(path)
    assert errors(found) == [("payroll.csv: row 3, column wages", "money-exact")]
    assert found.rows[0].record.wages == 300_000


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    """Missing, of another kind, too large."""
    assert errors(read(tmp_path / "none.xlsx")) == [("none.xlsx", "file-missing")]
    assert errors(read(tmp_path / "payroll.pdf")) == [("payroll.pdf", "table-kind")]
    with pytest.raises(JobInvalid):
        read_bytes(tmp_path / "none.txt")
    (tmp_path / "large.txt").write_bytes(b"12345")
    assert read_bytes(tmp_path / "large.txt") == b"12345"
    with pytest.raises(JobInvalid):
        read_bytes(tmp_path / "large.txt", Limits(table=4))


def test_a_payroll_with_an_impossible_birth_date_is_told_at_its_cell(tmp_path: Path) -> None:
    """Whose age is not known owes no amount that could be added up: no sum is asked of that row."""
    month = "procedure: submit_contributions\nemployer: E9900001234V\nmonth: 10/2026\n"
    rows = "901301005555,CONTOH BIN REKAAN,3000\n900101005555,CONTOH BIN DUA,3000\n"
    (tmp_path / "payroll.csv").write_text(f"No. KPPN,Nama,Gaji\n{rows}")
    for declared in ("", "totals: {workers: 2}\n"):
        path = job(tmp_path, f"{month}table: {{file: payroll.csv}}\n{declared}")
        assert build.errors(path) == [("payroll.csv: row 2, column No. KPPN", "nric-date")]
