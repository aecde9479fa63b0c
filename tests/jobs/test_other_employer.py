"""A workbook of another employer is noticed by the code that stands anywhere in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.jobs.build import CSV_HEAD, CSV_LINE, HEADINGS, PERSON, csv, errors, job, xlsx

if TYPE_CHECKING:
    from pathlib import Path

OTHER, OWN = "B9900005678W", "E9900001234V"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"Kod Majikan: {OTHER}", [("joiners.xlsx!Sheet1!A1", "employer-other")]),
        (f"kod majikan {OTHER.lower()}", [("joiners.xlsx!Sheet1!A1", "employer-other")]),
        (f"Kod Majikan: {OWN}", []),
        ("SENARAI PEKERJA BAHARU", []),
    ],
)
def test_a_title_with_a_code(tmp_path: Path, title: str, expected: list[tuple[str, str]]) -> None:
    """A title line above the headings, in whatever letters; the right code is no objection."""
    path, sheet, book = xlsx(tmp_path, [PERSON])
    sheet.insert_rows(1)
    sheet["A1"] = title
    book.save(tmp_path / "joiners.xlsx")
    assert errors(path) == expected


def test_a_column_with_codes(tmp_path: Path) -> None:
    """Each cell of another employer's is named."""
    content = f"{CSV_HEAD},majikan\n{CSV_LINE},{OWN}\n"
    other = CSV_LINE.replace("900101005555", "900101006666")
    path = csv(tmp_path, f"{content}{other},{OTHER}\n")
    assert ("joiners.csv: row 3, column majikan", "employer-other") in errors(path)
    assert len([code for _, code in errors(path) if code == "employer-other"]) == 1


def test_a_sheet_or_a_file_of_another_employer(tmp_path: Path) -> None:
    """Payroll programs put the code into the names."""
    path, sheet, book = xlsx(tmp_path, [PERSON])
    sheet.title = OTHER
    book.save(tmp_path / "joiners.xlsx")
    assert [code for _, code in errors(path)] == ["employer-other"]
    path, _, book = xlsx(tmp_path, [PERSON], HEADINGS)
    book.save(tmp_path / f"{OTHER}_joiners.xlsx")
    text = path.read_text("utf-8").replace("joiners.xlsx", f"{OTHER}_joiners.xlsx")
    assert [code for _, code in errors(job(tmp_path, text))] == ["employer-other"]


def test_what_only_looks_like_a_code_is_none(tmp_path: Path) -> None:
    """Longer runs of letters and digits are something else."""
    path, sheet, book = xlsx(tmp_path, [PERSON])
    sheet.insert_rows(1)
    sheet["A1"] = f"Ruj. X{OTHER}9"
    book.save(tmp_path / "joiners.xlsx")
    assert errors(path) == []
