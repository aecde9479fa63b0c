"""The same objection to neighbouring cells is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa.errors import Problem, Severity, Words
from rpa.jobs import group, in_words
from rpa.jobs.grid import letters
from tests.jobs.build import CSV_HEAD, CSV_LINE, checked, csv

if TYPE_CHECKING:
    from pathlib import Path

SAME = Words("sama", "same")


def problem(address: str, code: str = "x", words: Words = SAME) -> Problem:
    return Problem(address, code, words)


def test_consecutive_cells_of_a_column_become_one_line() -> None:
    """Cells between, of other columns, do not break a run; a gap, other words or a code do."""
    rows = [problem(f"a.xlsx!S!{c}{n}") for n in (2, 3, 4) for c in "AB"]
    rows += [problem("a.xlsx!S!A6"), problem("a.xlsx!S!B5", "y"), problem("a.xlsx!T!A5")]
    assert [(g.address, g.count) for g in group(rows)] == [
        ("a.xlsx!S!A2:A4 (3 cells)", 3),
        ("a.xlsx!S!B2:B4 (3 cells)", 3),
        ("a.xlsx!S!A6", 1),
        ("a.xlsx!S!B5", 1),
        ("a.xlsx!T!A5", 1),
    ]


def test_an_error_and_a_warning_are_never_one_line() -> None:
    """What stops a job is not hidden among what does not."""
    warning = Problem("a.xlsx!S!A3", "x", SAME, Severity.WARNING)
    assert len(group([problem("a.xlsx!S!A2"), warning])) == 2


def test_rows_of_a_csv_and_of_a_sheet_are_grouped_as_well(tmp_path: Path) -> None:
    """The operator's own heading stays in the address."""
    lines = [CSV_LINE.replace("005555", f"00{n:03d}5") for n in range(25)]
    problems = checked(csv(tmp_path, "\n".join([CSV_HEAD, *lines]))).problems
    assert [g.address for g in group(problems)] == ["joiners.csv: rows 2-26, column ic (25 cells)"]
    rows = [problem("a.csv: row 2"), problem("a.csv: row 3")]
    assert [g.address for g in group(rows)] == ["a.csv: rows 2-3 (2 rows)"]
    rows = [problem("a.xlsx!S!2"), problem("a.xlsx!S!3")]
    assert [g.address for g in group(rows)] == ["a.xlsx!S!2:3 (2 rows)"]


@pytest.mark.parametrize(
    ("address", "bm"),
    [
        ("p.csv: row 3, column No. KP", "p.csv: baris 3, lajur No. KP"),
        ("p.csv: rows 2-26, column ic (25 cells)", "p.csv: baris 2-26, lajur ic (25 sel)"),
        ("p.csv: rows 2-3 (2 rows)", "p.csv: baris 2-3 (2 baris)"),
        ("p.csv: rows 2, 9, 14", "p.csv: baris 2, 9, 14"),
        ("a.txt: lines 1-25, positions 195-200 (25 lines)",
         "a.txt: baris 1-25, kedudukan 195-200 (25 baris)"),
        ("a.xlsx!S!A2:A4 (3 cells)", "a.xlsx!S!A2:A4 (3 sel)"),
        ("a.xlsx!rows (2)!A2", "a.xlsx!rows (2)!A2"),
        ("a.yaml:2:1", "a.yaml:2:1"),
    ],
)  # fmt: skip
def test_an_address_is_read_in_malay_too(address: str, bm: str) -> None:
    """Names of files, sheets and headings stay as they are."""
    assert in_words(address) == Words(bm, address)


def test_totals_and_footers_that_are_left_out_are_one_line() -> None:
    """Of several kinds; one kind alone is told in its own words."""
    total, footer = Words("jumlah", "total"), Words("kaki", "footer")

    def aside(row: int, code: str, words: Words) -> Problem:
        return Problem(f"p.csv: row {row}", code, words, Severity.WARNING)

    rows = [aside(4, "row-total", total), problem("p.csv: row 5"), aside(9, "row-footer", footer)]
    assert [(g.address, g.code) for g in group(rows)] == [
        ("p.csv: rows 4, 9", "row-total"),
        ("p.csv: row 5", "x"),
    ]
    assert [g.address for g in group([rows[0], aside(8, "row-total", total)])] == [
        "p.csv: row 4",
        "p.csv: row 8",
    ]


def test_places_in_the_job_file_stay_as_they_are() -> None:
    """Lines of YAML are no cells."""
    rows = [problem("a.yaml:2:1"), problem("a.yaml:3:1")]
    assert [g.address for g in group(rows)] == ["a.yaml:2:1", "a.yaml:3:1"]


def test_columns_have_excels_letters() -> None:
    """A, Z, AA, ZZ, XFD."""
    assert [letters(n) for n in (0, 25, 26, 701, 16383)] == ["A", "Z", "AA", "ZZ", "XFD"]
