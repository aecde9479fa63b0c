"""A returned workbook can be sorted, filtered and printed: each result stays beside its person."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Protection
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.table import TableColumn

from rpa.evidence.beside import Area
from rpa.evidence.drawings import anchored, moved
from rpa.evidence.splice import spliced
from rpa.evidence.wording import COLUMNS, PARTED
from rpa.evidence.workbook import write_back
from tests.cases.test_cases import INPUTS
from tests.evidence.offices import (
    LAST,
    RIGHT,
    ROWS,
    add_chart,
    add_table,
    beside,
    borders,
    furnished,
    letters,
    page,
    parts,
    rows,
    sort,
    sound,
)
from tests.evidence.people import FIRST, HEADER, Ref, verdict

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from rpa.evidence.workbook import Returned

VERDICTS = [verdict(n) for n in range(FIRST, LAST + 1)]
WHOLE = f"A{HEADER}:D{LAST}"
JOINED = f"A{HEADER}:J{LAST}"


def given_back(
    book: Workbook, folder: Path, columns: tuple[int, ...] = (1, 2, 3, 4)
) -> tuple[Worksheet, Returned]:
    path = folder / "joiners.xlsx"
    book.save(path)
    return again(path, columns)


def again(path: Path, columns: tuple[int, ...] = (1, 2, 3, 4)) -> tuple[Worksheet, Returned]:
    out = path.with_name(f"back-{path.name}")
    table = Ref(path, columns=columns)
    returned = write_back(table, VERDICTS, out, evidence_root=path.parent / "run")
    assert returned.path == out
    return sound(out), returned


def sorts_rightly(sheet: Worksheet, identity: int = 1) -> bool:
    for ref in borders(sheet):
        if Area.of(ref).left <= identity <= Area.of(ref).right:
            sort(sheet, ref, identity)
    return beside(sheet, identity) == RIGHT


def test_the_sort_is_a_real_one() -> None:
    """Negative control: results outside of the borders stay where they were."""
    book = rows()
    sheet = page(book)
    for n in range(FIRST, LAST + 1):
        sheet.cell(n, 9, f"Row {n} is done.")
    sheet.cell(HEADER, 9, COLUMNS[4])
    add_table(sheet, WHOLE)
    assert beside(sheet, 1) == RIGHT
    assert not sorts_rightly(sheet)


def test_an_excel_table_takes_the_columns_in(tmp_path: Path) -> None:
    """Its borders, filter, count, names and ids; sorted by its button all rows stay whole."""
    book = rows()
    table = add_table(page(book), WHOLE)
    table.tableColumns[2].id, table.tableColumns[3].id = 9, 3
    sheet, returned = given_back(book, tmp_path)
    assert returned.notes == ()
    (joined,) = sheet.tables.values()
    assert (joined.ref, joined.autoFilter.ref) == (JOINED, JOINED)
    assert [c.name for c in joined.tableColumns][4:] == list(COLUMNS)
    assert min(c.id for c in joined.tableColumns[4:]) == 10
    assert sorts_rightly(sheet)


def test_the_sheets_own_filter_and_its_name_take_the_columns_in(tmp_path: Path) -> None:
    """Also its sorting, which Excel applies anew on a press."""
    book = rows()
    page(book).auto_filter.ref = WHOLE
    page(book).auto_filter.add_sort_condition(f"B{FIRST}:B{LAST}")
    sheet, returned = given_back(book, tmp_path)
    assert (sheet.auto_filter.ref, returned.notes) == (JOINED, ())
    xml = parts(tmp_path / "back-joiners.xlsx")["xl/worksheets/sheet1.xml"]
    (before,) = re.findall(r'<sortState ref="A(\d+):D8', str(parts(tmp_path / "joiners.xlsx")))
    assert f'<sortState ref="A{before}:J{LAST}"' in xml
    assert re.search(f'<sortCondition [^>]*ref="B{FIRST}:B{LAST}"', xml)
    assert sorts_rightly(sheet)


def test_plain_rows_come_back_with_headings_that_stay_and_a_filter(tmp_path: Path) -> None:
    """Over rows and results, under the name by which Excel finds it; what an office has stays."""
    book = rows()
    sheet, _ = given_back(book, tmp_path)
    assert sheet.freeze_panes == f"A{HEADER + 1}"
    assert sheet.auto_filter.ref == f"A{HEADER}:J{LAST}"
    names = parts(tmp_path / "back-joiners.xlsx")["xl/workbook.xml"]
    assert f"!$A${HEADER}:$J${LAST}</definedName>" in names
    page(book).freeze_panes = "B9"
    page(book).protection.enable()
    sheet, _ = given_back(book, tmp_path)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B9", None)


def test_a_totals_row_stays_one_and_keeps_its_sum(tmp_path: Path) -> None:
    """The filter ends above it; the new columns have no total."""
    book = rows()
    add_table(page(book), f"A{HEADER}:D{LAST + 1}", totals=True)
    sheet, _ = given_back(book, tmp_path)
    (table,) = sheet.tables.values()
    assert (table.ref, table.autoFilter.ref) == (f"A{HEADER}:J{LAST + 1}", JOINED)
    assert [c.totalsRowFunction for c in table.tableColumns] == [None] * 3 + ["sum"] + [None] * 6
    assert (table.totalsRowCount, table.tableColumns[0].totalsRowLabel) == (1, "Jumlah")
    assert sorts_rightly(sheet)


@pytest.mark.parametrize("ref", [f"A{HEADER}:D{LAST - 2}", f"A{HEADER}:D{LAST + 30}"])
def test_a_table_of_fewer_or_more_rows_takes_its_own(tmp_path: Path, ref: str) -> None:
    """What stands below it is not moved by it, and neither are its results."""
    book = rows()
    add_table(page(book), ref)
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([ref.replace("D", "J")], ())
    assert sorts_rightly(sheet)


def test_a_table_without_a_heading_row_takes_them_in(tmp_path: Path) -> None:
    """Its headings are plain cells above it, and the names of its columns its own."""
    book = rows()
    table = add_table(page(book), f"A{FIRST}:D{LAST}")
    table.headerRowCount, table.autoFilter = 0, None
    for column, name in zip(table.tableColumns, "abcd", strict=True):
        column.name = name
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([f"A{FIRST}:J{LAST}"], ())


def test_columns_of_an_earlier_run_join_where_they_stand(tmp_path: Path) -> None:
    """A workbook given back before tables were joined; nothing is doubled, then or later."""
    given_back(rows(), tmp_path)
    book = load_workbook(tmp_path / "back-joiners.xlsx")
    add_table(page(book), WHOLE)
    page(book).print_area = "A1:D20"
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    assert letters(sheet)[COLUMNS[5]] == "J"
    assert sheet.print_area == "'Pekerja'!$A$1:$J$20"
    first = parts(tmp_path / "back-joiners.xlsx")
    path = tmp_path / "back-joiners.xlsx"
    sheet, returned = again(path.rename(tmp_path / "second.xlsx"))
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    second = parts(tmp_path / "back-second.xlsx")
    assert {n for n in first if first[n] != second[n]} == {
        "xl/worksheets/sheet1.xml",  # the link's number in its relations
        "xl/worksheets/_rels/sheet1.xml.rels",
    }
    assert sorts_rightly(sheet)


@pytest.mark.parametrize("cell", ["E3", "E5", "G8"])
def test_cells_in_use_beside_the_table_part_the_results_and_that_is_said(
    tmp_path: Path, cell: str
) -> None:
    """Nothing is covered; a heading of ours and a note tell how to sort safely."""
    book = rows()
    add_table(page(book), WHOLE)
    page(book)[cell] = "nota pejabat"
    sheet, returned = given_back(book, tmp_path)
    assert sheet[cell].value == "nota pejabat"
    assert borders(sheet) == [WHOLE]
    (note,) = returned.notes
    last = letters(sheet)[COLUMNS[5]]
    assert f"select A{HEADER}:{last}{LAST}, then Data > Sort" in note.en
    assert f"pilih A{HEADER}:{last}{LAST}, kemudian Data > Sort" in note.bm
    assert letters(sheet)[PARTED] < letters(sheet)[COLUMNS[0]]
    assert beside(sheet, 1) == RIGHT
    sheet, returned = again((tmp_path / "back-joiners.xlsx").rename(tmp_path / "second.xlsx"))
    assert [c.value for c in sheet[HEADER]].count(PARTED) == 1
    assert len(returned.notes) == 1


def test_the_heading_of_ours_goes_when_the_columns_have_joined(tmp_path: Path) -> None:
    """The office has made one table of two."""
    given_back(rows(), tmp_path)
    book = load_workbook(tmp_path / "back-joiners.xlsx")
    add_table(page(book), f"A{HEADER}:B{LAST}")
    add_table(page(book), f"C{HEADER}:D{LAST}", "Jadual2")
    sheet, returned = given_back(book, tmp_path)
    assert (letters(sheet)[PARTED], len(returned.notes)) == ("K", 1)
    book = load_workbook(tmp_path / "back-joiners.xlsx")
    page(book).tables.clear()
    add_table(page(book), WHOLE)
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    assert PARTED not in letters(sheet)
    assert sorts_rightly(sheet)


def test_the_heading_of_ours_stays_where_it_is_the_name_of_a_tables_column(tmp_path: Path) -> None:
    """The office drew its table over all of it; without its heading Excel would repair the file."""
    book = rows()
    page(book)["E5"] = "nota"
    given_back(book, tmp_path)
    book = load_workbook(tmp_path / "back-joiners.xlsx")
    page(book)["E3"] = "Nota"
    add_table(page(book), f"A{HEADER}:L{LAST}")
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([f"A{HEADER}:L{LAST}"], ())
    assert letters(sheet)[PARTED] == "F"
    assert sorts_rightly(sheet)


def test_cells_below_the_rows_do_not_keep_the_columns_away(tmp_path: Path) -> None:
    """A signature below the table is not in the way of its rows."""
    book = rows()
    add_table(page(book), WHOLE)
    page(book)["F20"] = "Disediakan oleh"
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    assert sheet["F20"].value == "Disediakan oleh"


def test_another_table_beside_is_never_touched(tmp_path: Path) -> None:
    """Nor joined, where the rows are not in it; an empty one takes room like a full one."""
    book = rows()
    sheet = page(book)
    add_table(sheet, WHOLE)
    sheet["F3"], sheet["G3"] = "Kod", "Nama Kod"
    add_table(sheet, f"F{HEADER}:G{LAST}", "Jadual2")
    sheet, returned = given_back(book, tmp_path)
    assert borders(sheet) == [WHOLE, f"F{HEADER}:G{LAST}"]
    assert (letters(sheet)[COLUMNS[0]], len(returned.notes)) == ("I", 1)


@pytest.mark.parametrize("what", ["merged", "table", "pivot"])
def test_empty_cells_of_something_else_take_room_too(tmp_path: Path, what: str) -> None:
    """A merged block, a table without headings, a pivot table: none of them is written into."""
    book = rows()
    sheet = page(book)
    add_table(sheet, WHOLE)
    if what == "merged":
        sheet.merge_cells("G5:H6")
    elif what == "table":
        other = add_table(sheet, "G5:H6", "Jadual2")
        other.headerRowCount, other.autoFilter = 0, None
    path = tmp_path / "joiners.xlsx"
    book.save(path)
    if what == "pivot":
        told = zip_parts(path)
        name = "xl/worksheets/_rels/sheet1.xml.rels"
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable"
        link = b'<Relationship Id="rP" Type="%s" Target="../pivotTables/p.xml"/></R' % kind
        told[name] = told[name].replace(b"</R", link)
        told["xl/pivotTables/p.xml"] = b'<p><location ref="G5:H6"/></p>'
        with zipfile.ZipFile(path, "w") as archive:
            for part, data in told.items():
                archive.writestr(part, data)
    out = tmp_path / "out.xlsx"
    table = Ref(path, columns=(1, 2, 3, 4))
    returned = write_back(table, VERDICTS, out, evidence_root=tmp_path / "run")
    xml = parts(out)["xl/worksheets/sheet1.xml"]
    assert (len(returned.notes), re.findall(r'r="(\w+)3"[^>]*><is><t[^>]*>ASSIST st', xml)) == (
        1,
        ["J"],
    )


def test_the_table_that_holds_the_rows_is_the_one_that_is_joined(tmp_path: Path) -> None:
    """A table of codes stands left of it."""
    book = rows(left=4)
    sheet = page(book)
    sheet["A3"], sheet["B3"] = "Kod", "Nama Kod"
    add_table(sheet, f"A{HEADER}:B{LAST}", "Jadual2")
    add_table(sheet, f"D{HEADER}:G{LAST}")
    sheet, returned = given_back(book, tmp_path, (4, 5, 6, 7))
    assert sorted(borders(sheet)) == [f"A{HEADER}:B{LAST}", f"D{HEADER}:M{LAST}"]
    assert returned.notes == ()
    assert sorts_rightly(sheet, 4)


def test_rows_over_two_tables_are_said_to_part(tmp_path: Path) -> None:
    """Sorting either would part the office's own row."""
    book = rows()
    add_table(page(book), f"A{HEADER}:B{LAST}")
    add_table(page(book), f"C{HEADER}:D{LAST}", "Jadual2")
    sheet, returned = given_back(book, tmp_path)
    assert borders(sheet) == [f"A{HEADER}:B{LAST}", f"C{HEADER}:D{LAST}"]
    assert len(returned.notes) == 1


@pytest.mark.parametrize("why", ["query", "name"])
def test_a_table_that_takes_no_columns_is_left(tmp_path: Path, why: str) -> None:
    """One that a query fills, or that has a hidden column of our name."""
    book = rows()
    table = add_table(page(book), WHOLE)
    if why == "query":
        table.tableType = "queryTable"
    else:
        table.headerRowCount, table.autoFilter, table.ref = 0, None, f"A{FIRST}:D{LAST}"
        table.tableColumns[3] = TableColumn(id=4, name=COLUMNS[0].upper())
    before = table.ref
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), len(returned.notes)) == ([before], 1)


@pytest.mark.parametrize("gap", ["E5", ""])
def test_plain_rows_without_any_table_are_sorted_with_what_follows_directly(
    tmp_path: Path, gap: str
) -> None:
    """Excel takes all columns up to the first empty one; where there is one, it is said."""
    book = rows()
    if gap:
        page(book)["F5"] = "nota"
    _, returned = given_back(book, tmp_path)
    assert len(returned.notes) == bool(gap)


def test_a_protected_sheet_is_joined_and_says_how_to_sort(tmp_path: Path) -> None:
    """Its protection stays; cells beside unlocked ones are unlocked, so that sorting is allowed."""
    book = rows()
    sheet = page(book)
    add_table(sheet, WHOLE)
    sheet.protection = SheetProtection(sheet=True, sort=False, autoFilter=False)
    for row in sheet["A4:D8"]:
        for cell in row:
            cell.protection = Protection(locked=False)
    sheet, returned = given_back(book, tmp_path)
    assert "Unprotect Sheet" in returned.notes[0].en
    assert sheet.protection.sheet
    assert not sheet["E4"].protection.locked
    assert sheet["E3"].protection.locked
    assert sorts_rightly(sheet)


def drawn(path: Path) -> list[tuple[int, int]]:
    """The columns of each drawing, from 0."""
    xml = parts(path)["xl/drawings/drawing1.xml"]
    found = re.findall(r"from>.*?col>(\d+)<.*?to>.*?col>(\d+)<", xml, re.DOTALL)
    return [(int(a), int(b)) for a, b in found]


@pytest.mark.parametrize("left", [5, 6, 9])
def test_drawings_beside_the_table_make_room(tmp_path: Path, left: int) -> None:
    """They go right as for inserted columns, and printed areas with them."""
    book = rows()
    sheet = page(book)
    add_table(sheet, WHOLE)
    add_chart(sheet, left, 3, left + 5, 12)
    add_chart(sheet, 20, 3, 25, 12)
    sheet.print_area = "A1:Y12"
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    assert drawn(tmp_path / "back-joiners.xlsx") == [(left + 5, left + 11), (25, 31)]
    assert sheet.print_area == "'Pekerja'!$A$1:$AE$12"
    assert sorts_rightly(sheet)


def test_a_drawing_over_columns_of_an_earlier_run_makes_room_as_they_join(tmp_path: Path) -> None:
    """A workbook given back before drawings were minded."""
    given_back(rows(), tmp_path)
    book = load_workbook(tmp_path / "back-joiners.xlsx")
    add_table(page(book), WHOLE)
    add_chart(page(book), 7, 3, 12, 12)
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    assert drawn(tmp_path / "back-joiners.xlsx") == [(10, 16)]


def test_a_drawing_that_leans_over_the_last_column_makes_room_too(tmp_path: Path) -> None:
    """Its left edge stands in the table's last column."""
    book = rows()
    add_table(page(book), WHOLE)
    add_chart(page(book), 4, 3, 8, 12)
    sheet, _ = given_back(book, tmp_path)
    assert borders(sheet) == [JOINED]
    assert drawn(tmp_path / "back-joiners.xlsx") == [(10, 15)]


def test_a_drawing_that_begins_inside_the_table_stays_and_the_columns_pass_it(
    tmp_path: Path,
) -> None:
    """It is about the rows it lies on; the results part, and that is said."""
    book = rows()
    add_table(page(book), WHOLE)
    add_chart(page(book), 2, 4, 7, 6)
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), len(returned.notes)) == ([WHOLE], 1)
    assert drawn(tmp_path / "back-joiners.xlsx") == [(1, 7)]
    assert letters(sheet)[COLUMNS[0]] == "I"


def test_a_drawing_above_or_below_is_not_stretched(tmp_path: Path) -> None:
    """Columns under it keep their width, unless they were hidden; the others get ours."""
    book = rows()
    add_table(page(book), WHOLE)
    add_chart(page(book), 1, 12, 6, 20)
    page(book).column_dimensions["F"].hidden = True
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    assert drawn(tmp_path / "back-joiners.xlsx") == [(0, 6)]
    shown = {c: sheet.column_dimensions[c] for c in "FG" if c in sheet.column_dimensions}
    assert {c: (d.width, d.hidden) for c, d in shown.items()} == {
        "F": (38, False),
        "G": (17, False),
    }
    assert "E" not in sheet.column_dimensions


def test_a_drawing_below_the_new_columns_moves_with_those_beside(tmp_path: Path) -> None:
    """It would be as wide as they are; one further right keeps its distance."""
    book = rows()
    add_table(page(book), WHOLE)
    add_chart(page(book), 7, 12, 9, 20)
    add_chart(page(book), 15, 3, 18, 20)
    sheet, returned = given_back(book, tmp_path)
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    assert drawn(tmp_path / "back-joiners.xlsx") == [(12, 15), (20, 24)]
    assert sheet.column_dimensions["G"].width == 17


def test_a_picture_of_one_anchor_and_a_note_always_shown_make_room(tmp_path: Path) -> None:
    """Each says its place in another way; a note that waits for the mouse is left."""
    book = rows()
    sheet = page(book)
    add_table(sheet, WHOLE)
    sheet.add_chart(BarChart(), "F4")
    sheet["B4"].comment = Comment("semak", "HR")
    path = tmp_path / "joiners.xlsx"
    book.save(path)
    told = zip_parts(path)
    name = next(n for n in told if n.endswith(".vml"))
    note = b'<x:ClientData ObjectType="Note"><x:Anchor>\n 6, 15, 3, 2, 8, 31, 7, 1</x:Anchor>%s'
    shown = note % b"<x:Visible/></x:ClientData>"
    told[name] = b"<xml>" + shown + b"<br>" + note % b"</x:ClientData></xml>"
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in told.items():
            archive.writestr(part, data)
    sheet, returned = again(path)
    assert (borders(sheet), returned.notes) == ([JOINED], ())
    after = parts(tmp_path / "back-joiners.xlsx")
    assert re.findall(r"Anchor>\s*(\d+), 15, 3, 2, (\d+)", after[name]) == [
        ("12", "14"),
        ("6", "8"),
    ]
    assert re.findall(r"col>(\d+)<", after["xl/drawings/drawing1.xml"]) == ["11"]


def test_a_control_says_its_place_in_the_sheet_too() -> None:
    """As Excel writes a button; an edge at the beginning of a cell does not cover it."""
    place = "<x:{0}><c:col>{1}</c:col><c:colOff>{2}</c:colOff><c:row>3</c:row></x:{0}>"
    xml = f"<x:a><x:anchor>{place.format('from', 5, 9)}{place.format('to', 8, 0)}</x:anchor></x:a>"
    (control,) = anchored(xml.encode(), lambda _: 1)
    assert control.area == Area(6, 4, 8, 4)
    changed = spliced(xml.encode(), moved([control], 6))
    assert re.findall(rb"col>(\d+)<", changed) == [b"11", b"14"]


def zip_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.filterwarnings("ignore:Print area")  # openpyxl knows no area of whole columns
@pytest.mark.parametrize(
    ("area", "after"),
    [
        ("A1:D20", "$A$1:$J$20"),
        ("A1:C20", "$A$1:$C$20"),
        ("A1:F20", "$A$1:$J$20"),
        ("A:D", "$A:$J"),
        ("A30:D40", "$A$30:$D$40"),
        ("A1:D20,A30:D40", "$A$1:$J$20,$A$30:$D$40"),
    ],
)
def test_a_printed_area_of_the_rows_prints_the_results(
    tmp_path: Path, area: str, after: str
) -> None:
    """One that leaves columns of the table out, or is about other rows, stays as it is."""
    book = rows()
    page(book).print_area = area if area[1].isdigit() else "A1:D20"
    page(book).print_title_rows = "3:3"
    path = tmp_path / "joiners.xlsx"
    book.save(path)
    told = zip_parts(path)
    if not area[1].isdigit():
        told["xl/workbook.xml"] = told["xl/workbook.xml"].replace(b"$A$1:$D$20", b"$A:$D")
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in told.items():
            archive.writestr(part, data)
    again(path)
    xml = parts(tmp_path / "back-joiners.xlsx")["xl/workbook.xml"]
    (printed,) = re.findall(r"Print_Area[^>]*>([^<]*)<", xml)
    assert printed.replace("'Pekerja'!", "") == after
    assert "'Pekerja'!$3:$3" in xml


def test_rules_and_names_of_the_office_stay_its_own(tmp_path: Path) -> None:
    """Choices, colours and names that cover the table exactly do not grow over the results."""
    table = furnished(tmp_path / "joiners.xlsx")
    write_back(table, VERDICTS, tmp_path / "out.xlsx", evidence_root=tmp_path / "run")
    sheet = sound(tmp_path / "out.xlsx")
    before = load_workbook(table.path)["Pekerja"]
    for one in (before, sheet):
        (choice,) = one.data_validations.dataValidation
        assert str(choice.sqref) == f"C{FIRST}:C{LAST}"
        assert [str(c.sqref) for c in one.conditional_formatting] == [f"C{FIRST}:C{LAST}"]
    assert sheet.freeze_panes == before.freeze_panes
    old, new = zip_parts(table.path), zip_parts(tmp_path / "out.xlsx")
    assert {name for name in old if old[name] != new[name]} == {
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/tables/table1.xml",
        "xl/drawings/drawing1.xml",
    }


layouts = st.fixed_dictionaries({
    "left": st.integers(1, 3),
    "kind": st.sampled_from(["table", "headless", "totals", "filter", "plain"]),
    "bottom": st.integers(FIRST, LAST + 3),
    "noted": st.none() | st.tuples(st.integers(HEADER, LAST + 8), st.integers(0, 9)),
    "chart": st.none() | st.tuples(st.integers(1, 9), st.integers(1, 12), st.integers(0, 7)),
    "earlier": st.booleans(),
    "read": st.booleans(),
})  # fmt: skip


@given(layouts)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sorted_by_its_own_borders_each_result_stays_beside_its_person(
    tmp_path: Path, layout: dict[str, object]
) -> None:
    """Whatever the office has: the results are whole after a sort, or it is said that they part."""
    book, left = built(layout)
    read = tuple(range(left, left + 4)) if layout["read"] else ()
    sheet, returned = given_back(book, tmp_path, read)
    if layout["earlier"]:
        turn = (tmp_path / "back-joiners.xlsx").rename(tmp_path / "turn.xlsx")
        sheet, returned = again(turn, read)
    assert beside(sheet, left) == RIGHT
    noted = layout["noted"]
    if isinstance(noted, tuple):
        assert sheet.cell(noted[0], left + 4 + noted[1]).value == "nota pejabat"
    assert bool(returned.notes) == (PARTED in letters(sheet))
    assert returned.notes or sorts_rightly(sheet, left)
    if noted is None and layout["chart"] is None:
        assert returned.notes == ()


def built(layout: dict[str, object]) -> tuple[Workbook, int]:
    left = int(str(layout["left"]))
    book = rows(left)
    sheet = page(book)
    bottom = int(str(layout["bottom"])) + (layout["kind"] == "totals") * (ROWS + 3)
    first, last = ("ABC"[left - 1], "DEF"[left - 1])
    whole = f"{first}{HEADER}:{last}{bottom}"
    if layout["kind"] == "filter":
        sheet.auto_filter.ref = whole
    elif layout["kind"] == "headless":
        table = add_table(sheet, f"{first}{FIRST}:{last}{bottom}")
        table.headerRowCount, table.autoFilter = 0, None
        for column, name in zip(table.tableColumns, "abcd", strict=True):
            column.name = name
    elif layout["kind"] != "plain":
        add_table(sheet, whole, totals=layout["kind"] == "totals")
    if isinstance(layout["noted"], tuple):
        row, right = layout["noted"]
        sheet.cell(row, left + 4 + right, "nota pejabat")
    if isinstance(layout["chart"], tuple):
        column, row, size = layout["chart"]
        add_chart(sheet, column, row, column + size, row + 6)
    return book, left


@pytest.mark.filterwarnings("ignore:::openpyxl")  # of what openpyxl does not know in it
def test_an_offices_own_workbook_is_sorted_rightly(tmp_path: Path) -> None:
    """As it came: a table, sparklines, conditional formats, a second sheet, one that is hidden."""
    path = tmp_path / "table.xlsx"
    path.write_bytes((INPUTS / "sort-after-return" / "table.xlsx").read_bytes())
    (ref,) = (t.ref for t in load_workbook(path)["Pekerja"].tables.values())
    verdicts = [verdict(n) for n in range(4, 8)]
    out = tmp_path / "back.xlsx"
    read = Ref(path, columns=(1, 2, 3, 4, 5))
    returned = write_back(read, verdicts, out, evidence_root=tmp_path / "run")
    sheet = load_workbook(returned.path)["Pekerja"]
    (joined,) = (t.ref for t in sheet.tables.values())
    assert (ref, joined) == ("A3:F8", "A3:L8")
    assert [note.en.partition(" is protected")[1] for note in returned.notes] == [" is protected"]
    before = beside(sheet, 1)
    sort(sheet, joined, 1)
    assert beside(sheet, 1) == before
