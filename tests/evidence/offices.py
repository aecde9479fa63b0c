"""Workbooks as offices furnish them, and what sorts their rows."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from rpa.evidence.beside import Area
from rpa.evidence.wording import COLUMNS
from tests.evidence.people import FIRST, HEADER, Ref

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 5
LAST = FIRST + ROWS - 1
HEADINGS = ("No KPPN", "Nama", "Jantina", "Gaji")
NAMES = ("CONTOH BIN REKAAN", "REKAAN BINTI CONTOH")


def person(number: int) -> str:
    """The identity number of the verdict on that row (`people.verdict`)."""
    return f"010203001{number % 1000:03d}"


def rows(left: int = 1, headings: Sequence[str] = HEADINGS) -> Workbook:
    """A title, headings, five people; the first column is ``left``."""
    book = Workbook()
    sheet = page(book)
    sheet.title = "Pekerja"
    sheet.cell(1, left, "SENARAI PEKERJA")
    for column, heading in enumerate(headings, left):
        sheet.cell(HEADER, column, heading)
    for number in range(FIRST, LAST + 1):
        told = (person(number), NAMES[number % 2], ("Lelaki", "Perempuan")[number % 2], 1500)
        for column, value in enumerate(told[: len(headings)], left):
            sheet.cell(number, column, value)
    return book


def page(book: Workbook) -> Worksheet:
    """The sheet with the people."""
    sheet: Worksheet = book.worksheets[0]
    return sheet


def add_table(sheet: Worksheet, ref: str, name: str = "Jadual1", *, totals: bool = False) -> Table:
    """An Excel table with its filter buttons."""
    table = Table(displayName=name, ref=ref)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium9", showRowStripes=True)
    area = Area.of(ref)
    for number, column in enumerate(range(area.left, area.right + 1), 1):
        heading = str(sheet.cell(area.top, column).value or f"Column{number}")
        table.tableColumns.append(TableColumn(id=number, name=heading))
    table.autoFilter = AutoFilter(ref=ref)
    if totals:
        sheet.cell(area.bottom, area.left, "Jumlah")
        table.totalsRowCount = 1
        table.tableColumns[0].totalsRowLabel = "Jumlah"
        table.tableColumns[-1].totalsRowFunction = "sum"
        table.autoFilter = AutoFilter(ref=str(replace(area, bottom=area.bottom - 1)))
    sheet.add_table(table)
    if sheet.auto_filter.ref and Area.of(sheet.auto_filter.ref).meets(area):
        sheet.auto_filter.ref = None  # as Excel does where a table takes the rows
    return table


def add_chart(sheet: Worksheet, left: int, top: int, right: int, bottom: int) -> None:
    """A chart over these cells, from 1, the last ones included."""
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=HEADER, max_row=LAST), titles_from_data=True)
    chart.title = "Gaji"
    start = AnchorMarker(col=left - 1, row=top - 1)
    place = TwoCellAnchor(_from=start, to=AnchorMarker(col=right, row=bottom))
    chart.anchor = place  # type: ignore[assignment]  # the stubs know a cell only
    sheet.add_chart(chart)


def furnished(path: Path) -> Ref:
    """A table, a chart beside it, choices, colours, panes, a printed area, a total below."""
    book = rows()
    sheet = page(book)
    add_table(sheet, f"A{HEADER}:D{LAST + 1}", totals=True)
    sheet.cell(LAST + 1, 4, "=SUBTOTAL(109,Jadual1[Gaji])")
    add_chart(sheet, 6, 3, 10, 12)
    choice = DataValidation(type="list", formula1='"Lelaki,Perempuan"')
    choice.add(f"C{FIRST}:C{LAST}")
    sheet.add_data_validation(choice)
    pink = DifferentialStyle(fill=PatternFill(bgColor="FFFFC7CE"))
    women = Rule(type="cellIs", operator="equal", formula=['"Perempuan"'], dxf=pink)
    sheet.conditional_formatting.add(f"C{FIRST}:C{LAST}", women)
    sheet.freeze_panes = f"B{FIRST}"
    sheet.print_area = "A1:J12"
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column, width in zip("ABCD", (18, 30, 12, 12), strict=True):
        sheet.column_dimensions[column].width = width
    book.save(path)
    return Ref(path, columns=(1, 2, 3, 4))


def borders(sheet: Worksheet) -> list[str]:
    """The ranges that a button on this sheet sorts."""
    tables = [str(table.ref) for table in sheet.tables.values()]
    return [*tables, *([str(sheet.auto_filter.ref)] if sheet.auto_filter.ref else [])]


def sort(sheet: Worksheet, ref: str, by: int) -> None:
    """What the button does: all cells inside the borders, and no others, follow their key."""
    area = Area.of(ref)
    totals = any(t.totalsRowCount for t in sheet.tables.values() if t.ref == ref)
    height, width = range(area.top + 1, area.bottom + 1 - totals), range(area.left, area.right + 1)
    lines = [[sheet.cell(n, c).value for c in width] for n in height]
    lines.sort(key=lambda line: str(line[by - area.left] or ""), reverse=True)
    for number, line in zip(height, lines, strict=True):
        for column, value in zip(width, line, strict=True):
            sheet.cell(number, column).value = value


def beside(sheet: Worksheet, identity: int) -> dict[str, str]:
    """Whose row says what: identity number to the reason beside it."""
    reason = [cell.value for cell in sheet[HEADER]].index(COLUMNS[4]) + 1
    people = ((n, str(sheet.cell(n, identity).value)) for n in range(FIRST, sheet.max_row + 1))
    return {who: str(sheet.cell(n, reason).value) for n, who in people if who.isdigit()}


RIGHT = {person(n): f"Row {n} is done." for n in range(FIRST, LAST + 1)}
"""Each result beside its own person."""


def parts(path: Path) -> dict[str, str]:
    """The XML of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n).decode("utf-8", "replace") for n in archive.namelist()}


def sound(path: Path) -> Worksheet:
    """The sheet, after what makes Excel offer a repair was looked for."""
    sheet: Worksheet = load_workbook(path)["Pekerja"]
    for table in sheet.tables.values():
        area = Area.of(table.ref)
        names = [column.name for column in table.tableColumns]
        assert len({name.casefold() for name in names}) == len(names)
        assert len(names) == area.right - area.left + 1
        assert len({column.id for column in table.tableColumns}) == len(names)
        if table.headerRowCount != 0:
            heads = [sheet.cell(area.top, c) for c in range(area.left, area.right + 1)]
            assert [(c.value, c.data_type) for c in heads] == [(name, "s") for name in names]
    for name, xml in parts(path).items():
        if posixpath.dirname(name) == "xl/tables":
            (count,) = re.findall(r'<tableColumns count="(\d+)"', xml)
            assert int(count) == len(re.findall("<tableColumn ", xml))
    areas = [Area.of(ref) for ref in borders(sheet)]
    assert not any(one.meets(other) for at, one in enumerate(areas) for other in areas[:at])
    if sheet.auto_filter.ref:
        (named,) = re.findall(r"_FilterDatabase[^>]*>([^<]*)<", parts(path)["xl/workbook.xml"])
        assert named.rpartition("!")[2].replace("$", "") == sheet.auto_filter.ref
    return sheet


def letters(sheet: Worksheet) -> dict[str, str]:
    """Heading to column letter."""
    return {str(c.value): get_column_letter(c.column) for c in sheet[HEADER] if c.value}
