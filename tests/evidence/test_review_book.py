"""The workbook of a review: figures that can be reckoned with, texts that do nothing."""

from __future__ import annotations

import stat
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rpa.errors import Words
from rpa.evidence.review_book import Review, write_review
from rpa.evidence.wording import MALAYSIA
from rpa.rules.contribution import Kind
from rpa.rules.months import Month
from rpa.rules.reconcile import Due, reconcile
from rpa.rules.recorded import Details, Fund, Share, Submission
from tests.systems import modes

if TYPE_CHECKING:
    from pathlib import Path

MONTH, TODAY = Month(2026, 10), date(2026, 11, 20)
A = "900101005001"
FORMULA = '=HYPERLINK("http://contoh.example","x")'


def details(fund: Fund, name: str = "CONTOH BIN REKAAN", total: int = 123450) -> Details:
    shares = (Share(A, name, 300000, total, 0, 0, total),)
    head = Submission(f"{fund}112260000001", MONTH, Kind.MONTHLY, 1, total, total, "Paid", TODAY)
    return Details(head, shares, "20260000000001", TODAY, 0)


def written(
    tmp_path: Path, *funds: Fund, name: str = "CONTOH BIN REKAAN", due: int = 123450
) -> Path:
    known = {A: Due(name, 300000, dict.fromkeys(Fund, due))}
    read = {fund: [details(fund, name)] for fund in funds}
    told = Review(
        "E9900001234V",
        "https://portal.example",
        datetime(2026, 11, 20, 9, 30, tzinfo=MALAYSIA),
        [reconcile(MONTH, TODAY, known, dict(read))],
        notes=[("ACR112269999999", Words("tidak disenaraikan", "not listed"))],
    )
    return write_review(told, tmp_path / "review.xlsx")


def cells(path: Path, sheet: str) -> list[Any]:
    return [cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row]


def test_no_heading_stands_over_what_follows(tmp_path: Path) -> None:
    """Its row is as high as the heading that needs most lines."""
    book = openpyxl.load_workbook(written(tmp_path, *Fund))
    for sheet in book:
        for number, row in enumerate(sheet.iter_rows(), 1):
            if len([c for c in row if c.font.b and c.alignment.wrap_text]) > 2:
                height = sheet.row_dimensions[number].height
                assert height, (sheet.title, number)
                assert height >= 30, (sheet.title, number)


def test_the_sheets_are_those_of_the_funds(tmp_path: Path) -> None:
    """One act alone has no sheet of the other; every list can be filtered and stays headed."""
    names = openpyxl.load_workbook(written(tmp_path, Fund.ACR)).sheetnames
    assert names == [
        "Ringkasan (Summary)", "ACR", "Pekerja (Workers)", "Perbezaan (Differences)"
    ]  # fmt: skip
    book = openpyxl.load_workbook(written(tmp_path, *Fund))
    assert book.sheetnames[1:3] == ["ACR", "ECR"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_money_is_a_number_with_two_decimals_and_exact_to_the_sen(tmp_path: Path) -> None:
    """1,234.50 and not a text; a month is a date shown as MM/YYYY."""
    found = cells(written(tmp_path, Fund.ACR), "ACR")
    (total,) = [cell for cell in found if cell.coordinate == "K2"]
    assert (total.value, total.number_format) == (1234.5, "#,##0.00")
    (month,) = [cell for cell in found if cell.coordinate == "B2"]
    assert (month.value, month.number_format) == (datetime(2026, 10, 1), "mm/yyyy")  # noqa: DTZ001  a cell has no zone
    (number,) = [cell for cell in found if cell.coordinate == "E2"]
    assert (number.value, number.data_type) == (A, "s")


@pytest.mark.parametrize("sheet", ["ACR", "Pekerja (Workers)", "Perbezaan (Differences)"])
def test_no_name_becomes_a_formula(tmp_path: Path, sheet: str) -> None:
    """A name of signs stays a name that is seen, wherever it stands."""
    found = cells(written(tmp_path, Fund.ACR, name=FORMULA, due=1), sheet)
    assert [cell.value for cell in found if "HYPERLINK" in str(cell.value)] == [f"'{FORMULA}"]
    assert {cell.data_type for cell in found} <= {"s", "n", "d"}


@modes
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    """It names people and their wages."""
    assert stat.S_IMODE(written(tmp_path, Fund.ACR).stat().st_mode) == 0o600


def test_what_the_ledger_has_otherwise_stands_among_the_differences(tmp_path: Path) -> None:
    """In both languages, under its number."""
    values = [cell.value for cell in cells(written(tmp_path, Fund.ACR), "Perbezaan (Differences)")]
    assert "ACR112269999999" in values
    assert "tidak disenaraikan / not listed" in values
