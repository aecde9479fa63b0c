"""A blank workbook for a procedure: the table, a sheet that explains it, the lists behind it.

What Excel would spoil is kept from it: numbers of people are text cells, so that no zero is lost.
Headings are in both languages, as the reader knows them.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from rpa.errors import Words
from rpa.rules import example
from rpa.rules.record import Kind
from rpa.start import told
from rpa.start.columns import explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from rpa.start.columns import Shown

SHEET: Final = "Data"
EXPLAINED: Final = "Penerangan (Columns)"
LISTS: Final = "Senarai (Lists)"
LAST_ROW: Final = 1_048_576  # of a sheet
_FORMATS: Final = {Kind.DATE: "dd/mm/yyyy", Kind.MONEY: "#,##0.00", Kind.COUNT: "0"}
_TEXT: Final = "@"
_NEEDED, _SOMETIMES, _OPTIONAL, _EXAMPLE = "FF1F4E79", "FF5B7FA6", "FFE6EAF0", "FFFFF2CC"
_WHITE, _BLACK, _GREY = "FFFFFFFF", "FF1B1F24", "FF7F6000"
_HEAD_HEIGHT, _LINE_HEIGHT, _TOP_ROWS, _WHEN = 48, 15, 6, 4
_WIDTHS: Final = (8, 28, 28, 44, 36, 32, 36, 58)
_NARROW, _WIDE, _NAME_WIDTH = 14, 30, 50


def blank(shown: Sequence[Shown], *, malay: bool = True) -> bytes:
    """The workbook, ready to be written; its lists begin with the words of this language."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet, explained_on, lists = map(book.create_sheet, (SHEET, EXPLAINED, LISTS))
    lists.sheet_state = "hidden"
    for number, one in enumerate(shown, 1):
        _column(sheet, number, one)
        _list(sheet, lists, number, one, malay=malay)
    _frame(sheet, shown)
    _explain(explained_on, shown, malay=malay)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _column(sheet: Worksheet, number: int, one: Shown) -> None:
    """Heading, example, format and width of one column."""
    head = sheet.cell(1, number, one.column.both)
    _dress(head, one)
    form = _FORMATS.get(one.column.kind, _TEXT)
    # For cells that are typed into later; the example's own cell below.
    whole: Any = sheet.column_dimensions[get_column_letter(number)]
    whole.number_format, whole.width = form, _width(one)
    cell = sheet.cell(2, number, one.example)
    cell.number_format = form


def _dress(head: Cell | MergedCell, one: Shown) -> None:
    fill = _NEEDED if one.needed else _SOMETIMES if one.sometimes else _OPTIONAL
    head.fill = PatternFill("solid", fgColor=fill)
    head.font = Font("Calibri", 11, bold=True, color=_BLACK if fill == _OPTIONAL else _WHITE)
    head.alignment = Alignment(wrap_text=True, vertical="center")
    head.number_format = "General"


def _width(one: Shown) -> int:
    if one.name == "name":
        return _NAME_WIDTH
    words = max(len(one.column.heading.bm), len(one.column.heading.en), len(str(one.example or "")))
    return max(_NARROW, min(_WIDE, words + 4))


def _list(sheet: Worksheet, lists: Worksheet, number: int, one: Shown, *, malay: bool) -> None:
    """The drop-down of a column; other words that the reader knows may be typed all the same."""
    words = one.listed(malay=malay)
    if not words:
        return
    letter = get_column_letter(number)
    for row, word in enumerate([one.column.both, *words], 1):
        lists.cell(row, number, word)
    source = f"{quote_sheetname(LISTS)}!${letter}$2:${letter}${len(words) + 1}"
    pick = DataValidation("list", formula1=source, allow_blank=True, errorStyle="warning")
    pick.showErrorMessage = True
    pick.errorTitle = "Senarai / List"
    pick.error = "Tiada dalam senarai. Teruskan? / Not in the list. Go on?"
    pick.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(pick)


def _frame(sheet: Worksheet, shown: Sequence[Shown]) -> None:
    """What stays in view, and the example's look, which goes when the example does."""
    names = [one.name for one in shown]
    sheet.row_dimensions[1].height = _HEAD_HEIGHT
    # Who a row is about stays in sight however far to the right its cells are.
    sheet.freeze_panes = sheet.cell(2, names.index("name") + 2).coordinate
    marks = [
        f'${get_column_letter(names.index(name) + 1)}2="{mark}"'
        for name, mark in (("identification", example.NUMBER), ("name", example.NAME))
    ]
    look = DifferentialStyle(
        font=Font(italic=True, color=_GREY), fill=PatternFill("solid", bgColor=_EXAMPLE)
    )
    shown_as_example = Rule("expression", formula=[f"OR({','.join(marks)})"], dxf=look)
    last = get_column_letter(len(shown))
    sheet.conditional_formatting.add(f"A2:{last}{LAST_ROW}", shown_as_example)
    _on_paper(sheet)


def _explain(sheet: Worksheet, shown: Sequence[Shown], *, malay: bool) -> None:
    """Each column in both languages: when it is needed, how it is written, an example."""
    for row, words in enumerate(TOP, 1):
        sheet.cell(row, 1, f"{words.bm} / {words.en}")
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(_TOP_ROWS, number, HEADS[number - 1])
        head.font = Font("Calibri", 11, bold=True)
        head.fill = PatternFill("solid", fgColor=_OPTIONAL)
    for number, one in enumerate(shown, 1):
        row, values = _TOP_ROWS + number, _told(number, one, malay=malay)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(bottom=Side("thin", color=_OPTIONAL))
        _dress(sheet.cell(row, _WHEN), one)
        # Nobody else makes a row as high as its text: Excel does not when it opens a file.
        sheet.row_dimensions[row].height = _LINE_HEIGHT * max(map(_lines, values, _WIDTHS))
    sheet.freeze_panes = sheet.cell(_TOP_ROWS + 1, 1).coordinate
    _on_paper(sheet)


def _on_paper(sheet: Worksheet) -> None:
    """Across the page, all columns beside each other."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(text: str | None, width: int) -> int:
    return sum(1 + len(part) // width for part in (text or "").split("\n"))


def _told(number: int, one: Shown, *, malay: bool) -> list[str | None]:
    # Of what the example's kind of row does not have, what the models give.
    sample = next(iter(one.info.examples or ()), None) if one.example is None else one.example
    if one.column.kind is Kind.DATE and sample is not None:
        sample = f"{date.fromisoformat(str(sample)):%d/%m/%Y}"
    return [
        get_column_letter(number),
        one.column.heading.bm,
        one.column.heading.en,
        _both(one.when),
        _both(told.in_table(one.column)),
        None if sample is None else str(sample),
        ", ".join(one.listed(malay=malay)) or None,
        _both(explained(one)),
    ]


def _both(words: Words) -> str:
    return f"{words.bm}\n{words.en}" if words.bm != words.en else words.bm


HEADS: Final = (
    "Lajur", "Bahasa Melayu", "English", "Wajib? / Mandatory?", "Cara tulis / How to write",
    "Contoh / Example", "Nilai dibenarkan / Allowed values", "Penerangan / Explanation",
)  # fmt: skip
TOP: Final = (
    Words(
        "Isi helaian 'Data', satu baris seorang. Baris kuning ialah contoh: gantikan atau padamkan",
        "Fill the sheet 'Data', one row a person. The yellow row is an example: replace or "
        "delete it",
    ),
    Words(
        "Tajuk biru tua: wajib. Biru: wajib bagi sesetengah baris. Kelabu: tidak wajib",
        "Dark blue heading: mandatory. Blue: mandatory for some rows. Grey: optional",
    ),
    Words(
        "Lajur yang tidak diperlukan boleh dipadamkan; tajuk lajur yang dikekalkan jangan diubah",
        "Columns that are not needed may be deleted; leave the headings of the others as they are",
    ),
    Words(
        "Jika hari dan bulan bertukar tempat selepas ditaip, taip tarikh sebagai 2026-06-05",
        "If day and month change places as you type, write the date as 2026-06-05",
    ),
)
