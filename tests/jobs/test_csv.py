"""A .csv: every mistake in it has its row and the operator's own heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa.jobs import Limits
from tests.jobs.build import CSV_HEAD, CSV_LINE, checked, csv, errors, found

if TYPE_CHECKING:
    from pathlib import Path

GOOD = f"{CSV_HEAD}\n{CSV_LINE}\n"


def test_a_bad_cell_is_named_by_row_and_heading(tmp_path: Path) -> None:
    """The heading is the operator's, the row is Excel's."""
    path = csv(tmp_path, f"{CSV_HEAD}\n\n{CSV_LINE.replace('01/01/1990', '1/1/90')}\n")
    assert errors(path) == [("joiners.csv: row 3, column tarikh lahir", "date-form")]


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter", "newline"),
    [
        (GOOD.encode(), "utf-8", ",", "\n"),
        (b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "utf-8-sig", ",", "\r\n"),
        (GOOD.replace(",", "\t").encode("utf-16"), "utf-16", "\t", "\n"),
        (GOOD.replace(",", ";").replace("\n", "\r").encode(), "utf-8", ";", "\r"),
        (f"Syarikat Contoh, Johor\n{GOOD.replace(',', ';')}".encode(), "utf-8", ";", "\n"),
        (GOOD.replace("CONTOH BIN REKAAN", '"CONTOH, BIN REKAAN"').encode(), "utf-8", ",", "\n"),
    ],
)
def test_how_a_csv_was_read_is_kept_for_giving_it_back(
    tmp_path: Path, content: bytes, encoding: str, delimiter: str, newline: str
) -> None:
    """Encoding, delimiter and line ends are found out, also below a title."""
    plan = checked(csv(tmp_path, content)).plan
    assert plan is not None
    table = plan.table
    assert table is not None
    assert (table.kind, table.sheet) == ("csv", None)
    assert (table.encoding, table.delimiter, table.newline) == (encoding, delimiter, newline)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("joiners.csv", "table-empty")]),
        (b" \r\n", [("joiners.csv", "table-empty")]),
        (GOOD.encode() + b"caf\xe9,1\n", [("joiners.csv: row 3", "csv-encoding")]),
        (GOOD.encode() + b"a\0b\n", [("joiners.csv: row 3", "csv-nul")]),
        (GOOD.encode("utf-16")[2:], [("joiners.csv: row 1", "csv-nul")]),
        (f'{GOOD}"x\n'.encode(), [("joiners.csv: row 3", "csv-syntax")]),
        (f'{GOOD}"x"y,1\n'.encode(), [("joiners.csv: row 3", "csv-syntax")]),
        (GOOD.encode() + b"x" * 40_000, [("joiners.csv: row 3", "csv-syntax")]),
        (f"{GOOD.strip()},,\n".encode(), []),
        (f"{GOOD.strip()},x\n".encode(), [("joiners.csv: row 2", "row-long")]),
        (b"a,b;c\n1,2;3\n", [("joiners.csv: row 1", "csv-delimiter")]),
        (b"a,b\n1,2\n", [("joiners.csv", "header-missing")]),
        (f"{CSV_HEAD}\n".encode(), [("joiners.csv: row 1", "table-no-rows")]),
    ],
)
def test_a_csv_that_cannot_be_read_is_a_sentence_with_its_row(
    tmp_path: Path, content: bytes, expected: list[tuple[str, str]]
) -> None:
    """Encoding, quotes, delimiter, NUL, endless cells, too many cells."""
    assert found(csv(tmp_path, content)) == expected


def test_rows_before_a_broken_one_are_checked_as_well(tmp_path: Path) -> None:
    """All errors come at once, as far as the file can be read."""
    path = csv(tmp_path, f'{CSV_HEAD}\n{CSV_LINE.replace("1990", "199")}\n"x\n')
    assert errors(path) == [
        ("joiners.csv: row 2, column tarikh lahir", "date-form"),
        ("joiners.csv: row 3", "csv-syntax"),
    ]


def test_numbers_that_excel_ruined_in_a_csv_are_refused(tmp_path: Path) -> None:
    """Leading zeros lost, scientific form."""
    bad = [CSV_LINE.replace("900101005555", x) for x in ("10203005555", "9.00101E+11")]
    path = csv(tmp_path, "\n".join([CSV_HEAD, *bad]))
    assert errors(path) == [
        ("joiners.csv: row 2, column ic", "nric-zeros"),
        ("joiners.csv: row 3, column ic", "nric-scientific"),
    ]


def test_a_csv_has_no_sheet(tmp_path: Path) -> None:
    """A wish that cannot be heard is refused."""
    assert errors(csv(tmp_path, GOOD, "  sheet: x\n")) == [("joiners.yaml:5:3", "sheet-csv")]


def test_too_many_rows_or_cells_end_the_reading(tmp_path: Path) -> None:
    """A limit is a sentence, at the row where it is passed."""
    lines = [CSV_HEAD, *(CSV_LINE.replace("005555", f"00{n:03d}5") for n in range(9))]
    path = csv(tmp_path, "\n".join(lines))
    assert errors(path, Limits(sheet_rows=5)) == [("joiners.csv: row 6", "table-rows")]
    assert errors(path, Limits(area=20)) == [("joiners.csv: row 6", "table-wide")]
