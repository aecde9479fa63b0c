"""A workbook: every mistake in it has its cell."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rpa.evidence.wording import COLUMNS, PARTED
from rpa.jobs import Limits
from tests.jobs.build import HEADINGS, PERSON, PLAIN, checked, errors, found, job, person, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHEET = "joiners.xlsx!Sheet1!"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def repacked(folder: Path, change: Callable[[str, bytes], bytes]) -> None:
    """The workbook with its parts changed."""
    path = folder / "joiners.xlsx"
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(out.getvalue())


def test_a_fit_workbook_becomes_a_plan_with_true_addresses(tmp_path: Path) -> None:
    """Rows carry the number that Excel shows, and the table says how it was read."""
    path, _, _ = xlsx(tmp_path, [person(1), person(2)])
    result = checked(path)
    assert result.plan is not None
    assert [(row.number, row.address) for row in result.plan.rows] == [
        (2, f"{SHEET}2"),
        (3, f"{SHEET}3"),
    ]
    assert result.plan.table is not None
    assert result.plan.table.path == tmp_path / "joiners.xlsx"
    assert (result.plan.table.kind, result.plan.table.sheet) == ("xlsx", "Sheet1")
    assert (result.plan.table.header_row, result.rows_read) == (1, 2)
    assert result.plan.table.columns == (1, 2, 3, 4)


def test_addresses_stay_true_when_the_table_does_not_begin_at_a1(tmp_path: Path) -> None:
    """Titles above, empty columns left, gaps between the rows: the cell named is the cell meant."""
    path, sheet, book = xlsx(tmp_path, [])
    sheet.delete_rows(1, 5)
    sheet["C4"] = "Syarikat Contoh"
    for column, heading in zip("DEFG", HEADINGS, strict=True):
        sheet[f"{column}7"] = heading
    for row in (9, 17):
        for column, value in zip("DEFG", person(row), strict=True):
            sheet[f"{column}{row}"] = value
    sheet["E17"] = None
    book.save(tmp_path / "joiners.xlsx")
    result = checked(path)
    assert errors(path) == [(f"{SHEET}E17", "missing")]
    assert result.rows_read == 2
    assert [p.address for p in result.warnings] == [f"{SHEET}D9", f"{SHEET}D17"]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("IC", "Name", "DOB", "Start Date"), []),
        (("MyKad", "Name of Employee", "Date of Birth", "Join Date"), []),
        (("no kad pengenalan", " NAMA:", "TARIKH-LAHIR", "Tarikh Masuk Kerja"), []),
        (("identification", "name", "date_of_birth", "employment_start_date"), []),
        (("IC", "Name", "DOB", "Mula"), [("1", "column-missing"), ("1", "column-unknown")]),
        (("IC", "Name", "DOB", "Start Date", "Nama"), [("E1", "column-twice")]),
        (("IC", "Name", "DOB", "Start Date", "Catatan"), [("1", "column-unknown")]),
        (("IC", "Name", "DOB", "Start Date", "ASSIST status", "ASSIST sebab (BM)"), []),
        (("IC", "Name", "DOB", "Start Date", *COLUMNS, PARTED), []),
    ],
)
def test_headings_are_recognised_in_malay_and_english_or_named(
    tmp_path: Path, headings: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    """Case, blanks and punctuation do not count; our own result columns are no news."""
    extra = ["x"] * (len(headings) - 4)
    path, _, _ = xlsx(tmp_path, [(*PERSON, *extra)], headings)
    assert found(path) == [(SHEET + cell, code) for cell, code in expected]


def test_any_heading_can_be_mapped(tmp_path: Path) -> None:
    """The operator's own words win, and the recognised heading is then nobody's."""
    more = "  columns: {identification: Nombor Kad, name: 'IC'}\n"
    headings = ("Nombor Kad", "IC", "DOB", "Start Date")
    path, _, _ = xlsx(tmp_path, [PERSON], headings, more)
    plan = checked(path).plan
    assert plan is not None
    assert plan.rows[0].record.name == "CONTOH BIN REKAAN"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("{name: Pekerja}", [("joiners.yaml:5:13", "column-heading")]),
        ("{name: ''}", [("joiners.yaml:5:13", "column-heading")]),
        ("{nama: Nama}", [("joiners.yaml:5:13", "column-field")]),
        (
            "{name: Nama, race: NAMA}",
            [("joiners.yaml:5:13", "column-heading"), ("joiners.yaml:5:25", "column-shared")],
        ),
        ("{name: 5}", [("joiners.yaml:5:19", "yaml-quotes")]),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_said_in_the_job_file(
    tmp_path: Path, columns: str, expected: list[tuple[str, str]]
) -> None:
    """A heading that is not there, a field that does not exist, a heading for two fields."""
    path, _, _ = xlsx(tmp_path, [PERSON], more=f"  columns: {columns}\n")
    assert [e for e in errors(path) if e[0].startswith("joiners.yaml")] == expected


def test_no_header_within_twenty_rows_is_said_once(tmp_path: Path) -> None:
    """Without a header nothing is read."""
    path, _, _ = xlsx(tmp_path, [["x"]] * 25 + [HEADINGS, PERSON], ["title"])
    assert found(path) == [("joiners.xlsx!Sheet1", "header-missing")]


@pytest.mark.parametrize("rows", [[], [(None,)], [("  ", "", None, "")]])
def test_a_table_without_rows_is_an_error(tmp_path: Path, rows: list[tuple[Any, ...]]) -> None:
    """Nothing to file is never silent; blank rows are no rows."""
    path, _, _ = xlsx(tmp_path, rows)
    assert found(path) == [(f"{SHEET}1", "table-no-rows")]


def test_a_row_is_blank_only_if_all_its_cells_are(tmp_path: Path) -> None:
    """A forgotten note below the table is a row with missing cells, not skipped in silence."""
    headings = (*HEADINGS, "Jantina")
    path, _, _ = xlsx(tmp_path, [PERSON, (), (None, None, None, None, "L")], headings)
    wanted = [(f"{SHEET}{column}4", "missing") for column in "ABCD"]
    assert found(path) == wanted


def test_data_below_no_heading_is_told(tmp_path: Path) -> None:
    """It may be a column whose heading was deleted."""
    path, _, _ = xlsx(tmp_path, [(*PERSON, None, "Melayu")])
    assert found(path) == [(f"{SHEET}1", "column-unnamed")]
    assert "F" in checked(path).warnings[0].words.en


def test_a_formula_without_a_value_and_an_error_value_are_not_empty(tmp_path: Path) -> None:
    """Only the used columns are looked at, and a formula with a value is a value."""
    headings = (*HEADINGS, "Bangsa", "Catatan")
    path, sheet, book = xlsx(tmp_path, [(*PERSON, "Melayu", "x")] * 2, headings)
    sheet["B2"], sheet["E3"], sheet["F2"] = "=A1", "#N/A", "=A1"
    sheet["E3"].data_type = "e"
    book.save(tmp_path / "joiners.xlsx")
    wanted = [(f"{SHEET}B2", "cell-formula"), (f"{SHEET}E3", "cell-error")]
    assert [e for e in errors(path) if e[1].startswith("cell")] == wanted
    calculated = b"<f>A1</f><v>CONTOH BIN REKAAN</v>"
    repacked(
        tmp_path,
        lambda _, data: data.replace(
            b'<c r="B2"><f>A1</f><v />', b'<c r="B2" t="str">' + calculated
        ),
    )
    assert [e for e in errors(path) if e[1].startswith("cell")] == wanted[1:]


def test_merged_cells_among_the_rows_are_refused_and_a_merged_title_is_not(tmp_path: Path) -> None:
    """A merged cell hides whether its value is meant for one row or for all."""
    path, sheet, book = xlsx(tmp_path, [HEADINGS, person(1), person(2), person(3)], ["Tajuk"])
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("D4:D5")
    book.save(tmp_path / "joiners.xlsx")
    assert errors(path) == [(f"{SHEET}D4", "cell-merged"), (f"{SHEET}D5", "cell-merged")]


def test_a_hidden_row_is_filed_and_told(tmp_path: Path) -> None:
    """A filter hides rows; nobody should file them unaware."""
    path, sheet, book = xlsx(tmp_path, [person(1), person(2)])
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "joiners.xlsx")
    assert found(path) == [(f"{SHEET}3", "row-hidden")]


def test_which_sheet_of_several_is_never_guessed(tmp_path: Path) -> None:
    """The sheets are listed; a hidden one does not count; a wrong name is said at its place."""
    path, _, book = xlsx(tmp_path, [PERSON])
    book.create_sheet("Senyap").sheet_state = "hidden"
    book.save(tmp_path / "joiners.xlsx")
    assert not errors(path)
    book.create_sheet("Nota")
    book.save(tmp_path / "joiners.xlsx")
    assert errors(path) == [("joiners.yaml:4:3", "sheet-which")]
    assert "'Sheet1', 'Nota'" in checked(path).errors[0].words.en
    path, _, _ = xlsx(tmp_path, [PERSON], more="  sheet: Helaian1\n")
    assert errors(path) == [("joiners.yaml:5:10", "sheet-wrong")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("joiners.xlsx", b"", "table-renamed"),
        ("joiners.xlsx", b"ic,nama\n1,2\n", "table-renamed"),
        ("joiners.xlsx", b"<html><table></table></html>", "table-renamed"),
        ("joiners.xlsx", OLE + b"\0" * 600, "table-renamed"),
        ("joiners.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "xlsx-password"),
        ("joiners.xlsx", b"PK\x03\x04" + b"\0" * 600, "xlsx-broken"),
        ("joiners.csv", b"PK\x03\x04" + b"\0" * 600, "table-renamed"),
        ("joiners.csv", OLE + b"\0" * 600, "table-renamed"),
        ("joiners.csv", b"\r\n<html><table></table></html>", "table-renamed"),
    ],
)
def test_a_renamed_locked_or_broken_file_is_a_sentence(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    """The file's beginning tells what it is, whatever its name says."""
    (tmp_path / name).write_bytes(data)
    path = job(tmp_path, f"{PLAIN}table:\n  file: {name}\n")
    assert errors(path) == [(name, code)]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_off_anywhere_is_a_sentence(tmp_path: Path, kept: float) -> None:
    """A download that broke off."""
    path, _, _ = xlsx(tmp_path, [PERSON])
    data = (tmp_path / "joiners.xlsx").read_bytes()
    (tmp_path / "joiners.xlsx").write_bytes(data[: int(len(data) * kept)])
    assert errors(path) == [("joiners.xlsx", "xlsx-broken")]


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"", "xlsx-broken"),
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="2A"', "xlsx-broken"),
        ("xl/worksheets/sheet1.xml", b"<worksheet", b"<!DOCTYPE x><worksheet", "xlsx-broken"),
        ("xl/workbook.xml", b'r:id="rId1"', b'r:id="rId99"', "xlsx-broken"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets", "xlsx-broken"),
        ("[Content_Types].xml", b"", b"", ""),
    ],
)
def test_broken_parts_of_a_workbook_are_a_sentence(
    tmp_path: Path, part: str, old: bytes, new: bytes, code: str
) -> None:
    """Broken XML, cells without a place, a document type, a sheet without a part."""
    path, _, _ = xlsx(tmp_path, [PERSON])
    repacked(tmp_path, lambda name, data: data.replace(old, new) if name == part else data)
    assert errors(path) == ([("joiners.xlsx", code)] if code else [])


def test_macros_and_other_office_files_are_refused(tmp_path: Path) -> None:
    """A workbook with macros would lose them; a zip of something else is no workbook."""
    path, _, _ = xlsx(tmp_path, [PERSON])
    with zipfile.ZipFile(tmp_path / "joiners.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert errors(path) == [("joiners.xlsx", "xlsx-macros")]
    with zipfile.ZipFile(tmp_path / "joiners.xlsx", "w") as archive:
        archive.writestr("content.xml", b"<x/>")
    assert errors(path) == [("joiners.xlsx", "table-renamed")]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """The archive's own directory says how large it would be."""
    path, _, _ = xlsx(tmp_path, [PERSON])
    with zipfile.ZipFile(tmp_path / "joiners.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 3_000_000)
    assert errors(path, Limits(unzipped=2_000_000)) == [("joiners.xlsx", "xlsx-bomb")]
    assert errors(path, Limits(ratio_from=1_000_000)) == [("joiners.xlsx", "xlsx-bomb")]
    assert errors(path) == []


def test_a_zip_whose_directory_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """What unpacks to more than is written never reaches the reader."""
    path, _, _ = xlsx(tmp_path, [PERSON])
    size = 3_000_017
    with zipfile.ZipFile(tmp_path / "joiners.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * size)
    assert errors(path) == []
    data = (tmp_path / "joiners.xlsx").read_bytes()
    lie = data.replace(struct.pack("<L", size), struct.pack("<L", 10))
    (tmp_path / "joiners.xlsx").write_bytes(lie)
    assert errors(path, Limits(unzipped=2_000_000)) == [("joiners.xlsx", "xlsx-broken")]


def test_one_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    """A sheet is read as a rectangle, so a stray far cell is refused before that."""
    path, sheet, book = xlsx(tmp_path, [PERSON])
    sheet["XFD90000"] = "x"
    book.save(tmp_path / "joiners.xlsx")
    assert errors(path) == [("joiners.xlsx", "table-wide")]
    sheet["XFD90000"], sheet["A1048576"] = None, "x"
    book.save(tmp_path / "joiners.xlsx")
    assert errors(path) == [("joiners.xlsx", "table-rows")]


def test_a_long_text_named_by_many_cells_does_not_fill_the_memory(tmp_path: Path) -> None:
    """Shared texts are counted as often as they are used."""
    path, _, _ = xlsx(tmp_path, [(*PERSON[:1], "CONTOH " * 100, *PERSON[2:])] * 50)
    assert errors(path, Limits(letters=20_000)) == [("joiners.xlsx", "xlsx-bomb")]


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    """A hundred megabytes are refused by their size alone."""
    path, _, _ = xlsx(tmp_path, [PERSON])
    with (tmp_path / "joiners.xlsx").open("r+b") as file:
        file.truncate(100_000_000)
    assert errors(path) == [("joiners.yaml:4:9", "file-large")]


def test_twins_name_each_other_and_one_person_stands_once(tmp_path: Path) -> None:
    """Two identical rows, and one person with two dates, are errors at both places."""
    again = (*person(2)[:3], date(2026, 11, 3))
    path, _, _ = xlsx(tmp_path, [person(1), person(2), person(1), again])
    result = checked(path)
    assert [(p.address, p.code) for p in result.errors] == [
        (f"{SHEET}A2", "row-twice"),
        (f"{SHEET}A3", "person-twice"),
        (f"{SHEET}A4", "row-twice"),
        (f"{SHEET}A5", "person-twice"),
    ]
    assert f"{SHEET}4" in result.errors[0].words.en
    assert f"{SHEET}3" in result.errors[3].words.bm


def test_a_twin_is_seen_although_one_of_its_cells_is_bad(tmp_path: Path) -> None:
    """Mending a cell brings no new surprise."""
    broken = (person(1)[0], None, *person(1)[2:])
    path, _, _ = xlsx(tmp_path, [person(1), broken])
    assert errors(path) == [
        (f"{SHEET}A2", "row-twice"),
        (f"{SHEET}A3", "row-twice"),
        (f"{SHEET}B3", "missing"),
    ]


def test_the_returned_workbook_checks_as_the_first_one_did(tmp_path: Path) -> None:
    """Result columns beside the rows, even below the table, are not the operator's data."""
    path, sheet, book = xlsx(tmp_path, [PERSON])
    sheet["E1"], sheet["E2"], sheet["F1"], sheet["E9"] = (
        "ASSIST status",
        "filed",
        "ASSIST time",
        "x",
    )
    book.save(tmp_path / "joiners.xlsx")
    result = checked(path)
    assert result.plan is not None
    assert result.rows_read == 1
