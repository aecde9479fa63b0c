"""The register as a workbook."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl

from rpa.register import Gaps, WorkerGap, merged, workbook
from rpa.rules.months import Month
from tests.register.people import JULY, ONE, TWO, entry, socso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from rpa.register import Entry

NO_GAPS = Gaps((), ())


def sheets(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_each_year_has_a_sheet_with_a_line_for_each_worker_and_month() -> None:
    """All the law wants kept, money as numbers with two decimals, months as dates."""
    lines = merged([entry(month=Month(2025, 12)), entry(), entry(identification=TWO)])
    book = sheets(workbook(lines, NO_GAPS))
    assert book.sheetnames == ["Ringkasan Summary", "2025", "2026", "Jurang Gaps"]
    (first, second) = rows(book["2026"])
    assert first == (
        datetime(2026, 7, 1),  # noqa: DTZ001  as a workbook has it
        ONE,
        "CONTOH BIN REKAAN",
        "KERANI",
        *(3000, 250, 51.65, 14.75, 22.15, 5.9, 5.9, 100.35),
        "SOCSO + EIS",
        "ACR082260000001 ECR082260000001",
        "14/08/2026 10:30",
    )
    assert second[1] == TWO
    sheet = book["2026"]
    assert {sheet.cell(2, column).number_format for column in range(5, 13)} == {"#,##0.00"}
    assert {sheet.cell(2, column).data_type for column in range(5, 13)} == {"n"}
    assert (sheet["A2"].number_format, sheet["B2"].data_type) == ("mm/yyyy", "s")
    assert sheet.freeze_panes == "A2"
    assert len(rows(book["2025"])) == 1


def test_the_headings_stand_in_both_languages() -> None:
    """Malay first; only what has no second name stands alone."""
    book = sheets(workbook(merged([entry()]), NO_GAPS))
    for sheet in book:
        for cell in sheet[1]:
            assert " / " in cell.value or cell.value == "SKBBK"


def test_the_summary_adds_up_each_month() -> None:
    """Workers, wages, every column, and under which Acts."""
    lines = merged([socso(month=Month(2026, 6)), entry(), entry(identification=TWO, wages=105)])
    june, july = rows(sheets(workbook(lines, NO_GAPS))["Ringkasan Summary"])
    assert june[1:] == (1, 3000, 51.65, 14.75, 22.15, 0, 0, 88.55, "SOCSO")
    assert july[1:] == (2, 3001.05, 103.3, 29.5, 44.3, 11.8, 11.8, 200.7, "SOCSO + EIS")


def test_the_gaps_stand_in_a_sheet_of_their_own() -> None:
    """The employer's months first, then each worker's."""
    gaps = Gaps((Month(2026, 5),), (WorkerGap(ONE, "CONTOH BIN REKAAN", (JULY, JULY.next)),))
    found = rows(sheets(workbook(merged([entry()]), gaps))["Jurang Gaps"])
    assert [(row[0].month, *row[1:]) for row in found] == [
        (5, None, "semua pekerja / all workers"),
        (7, ONE, "CONTOH BIN REKAAN"),
        (8, ONE, "CONTOH BIN REKAAN"),
    ]


def test_nothing_a_person_wrote_can_become_a_formula_or_break_the_workbook() -> None:
    """A leading sign gets an apostrophe; what no workbook can hold is replaced."""
    names = {"name": "=HYPERLINK(1)", "occupation": "+1\x0b", "reference": "@x <&> \"' "}
    book = sheets(workbook(merged([entry(**names)]), NO_GAPS))
    (row,) = rows(book["2026"])
    assert (row[2], row[3], row[13]) == ("'=HYPERLINK(1)", "'+1\ufffd", "'@x <&> \"' ")
    assert all(cell.data_type != "f" for sheet in book for line in sheet for cell in line)


def test_what_was_not_said_is_an_empty_cell_and_no_zero() -> None:
    """Allowances that nobody declared are not allowances of nothing."""
    lines = merged([entry(allowances=None, occupation=""), entry(identification=TWO, allowances=0)])
    first, second = rows(sheets(workbook(lines, NO_GAPS))["2026"])
    assert (first[3], first[5], second[5]) == (None, None, 0)


def test_a_year_that_one_sheet_cannot_hold_goes_on_in_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Excel ends at 1,048,576 rows, without a word."""
    monkeypatch.setattr("rpa.register.sheets.MOST_ROWS", 2)
    lines = merged(entry(identification=f"9001018{n:05}") for n in range(5))
    book = sheets(workbook(lines, NO_GAPS))
    assert book.sheetnames[1:-1] == ["2026", "2026 (2)", "2026 (3)"]
    assert [len(rows(book[name])) for name in book.sheetnames[1:-1]] == [2, 2, 1]


def test_an_employer_without_entries_has_an_empty_workbook() -> None:
    """It opens, and holds its headings."""
    assert sheets(workbook([], NO_GAPS)).sheetnames == ["Ringkasan Summary", "Jurang Gaps"]


def test_no_temporary_file_holds_people_while_the_workbook_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed export leaves nothing behind that nobody knows of."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def people() -> Iterator[Entry]:
        for n in range(3000):
            yield entry(identification=f"9001018{n:05}")
        assert not any(b"CONTOH" in file.read_bytes() for file in tmp_path.iterdir())

    gaps = Gaps((), (WorkerGap(ONE, "CONTOH BIN REKAAN", (JULY,)),))
    assert len(rows(sheets(workbook(merged(people()), gaps))["2026"])) == 3000
    assert list(tmp_path.iterdir()) == []
