"""An .xlsx sheet to a grid."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from rpa.errors import Words
from rpa.jobs import xlsx_scan
from rpa.jobs.cells import Shown
from rpa.jobs.grid import Grid, Line
from rpa.jobs.places import Unfit, shown
from rpa.reading import reading

if TYPE_CHECKING:
    import zipfile

    from rpa.jobs.cells import Cell
    from rpa.jobs.limits import Limits
    from rpa.jobs.places import Place, Ways

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TWELVE_DIGITS = 10**12
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Sheet(NamedTuple):
    """The sheet that is named, or None; where it is named, or should be, and how."""

    name: str | None
    place: Place
    ways: Ways


def read(data: bytes, name: str, sheet: Sheet, limits: Limits) -> Grid:
    """The sheet's lines under their true numbers, from A1 on.

    Raises Unfit when the file is none, locked, damaged or beyond ``limits``, or the sheet is not
    the one there is.
    """
    _check_kind(data)
    with (
        reading(lambda _: Unfit("xlsx-broken", xlsx_scan.BROKEN_FILE), leave=(Unfit,)),
        xlsx_scan.open_zip(io.BytesIO(data), limits) as archive,
    ):
        _check_parts(archive)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            chosen = _choose(book, sheet)
            seen = xlsx_scan.scan(archive, chosen, limits)
            return _grid(book.get_sheet_by_name(chosen), name, seen)


def _check_kind(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Unfit("xlsx-password", _PASSWORD)
        raise Unfit("table-renamed", _OLD)
    if not data.startswith(_ZIP):
        raise Unfit("table-renamed", _RENAMED)


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.namelist()
    if "xl/vbaProject.bin" in parts:
        raise Unfit("xlsx-macros", _MACROS)
    if "xl/workbook.xml" not in parts:
        odd = any(part.replace("\\", "/").lower().endswith("xl/workbook.xml") for part in parts)
        raise Unfit(*(("xlsx-odd", _ODD) if odd else ("table-renamed", _RENAMED)))


def _choose(book: CalamineWorkbook, wanted: Sheet) -> str:
    """The sheet named; or the only visible one. Which of several is meant is never guessed."""
    sheets = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    visible = [m.name for m in sheets if m.visible == SheetVisibleEnum.Visible]
    listed = ", ".join(f"'{shown(name)}'" for name in visible)
    sheet, place, ways = wanted
    if sheet is not None and sheet not in {m.name for m in sheets}:
        raise Unfit(
            "sheet-wrong",
            Words(
                f"Tiada helaian dengan nama ini. Helaian yang ada: {listed}.",
                f"There is no sheet of this name. The sheets are: {listed}.",
            ),
            place,
        )
    if sheet is not None:
        return sheet
    if len(visible) != 1:
        raise Unfit(
            "sheet-which",
            Words(
                f"Nyatakan helaian dengan {ways.sheet.bm}. Helaian yang ada: {listed}.",
                f"Say which sheet with {ways.sheet.en}. The sheets are: {listed}.",
            ),
            place,
        )
    return visible[0]


def _grid(sheet: CalamineSheet, name: str, seen: xlsx_scan.Scan) -> Grid:
    cells: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    width = seen.last_column + 1
    cells += [[] for _ in range(seen.last_row - len(cells))]
    for row in cells:
        row.extend([None] * (width - len(row)))
    for (number, column), broken in seen.broken.items():
        cells[number - 1][column] = broken
    for number, column in seen.padded:
        cells[number - 1][column] = _shown(cells[number - 1][column])
    lines = [Line(number, row) for number, row in enumerate(cells, 1)]
    merged = tuple(sheet.merged_cell_ranges or ())
    return Grid(
        name,
        sheet.name,
        lines,
        frozenset(seen.hidden),
        frozenset(seen.hidden_columns),
        frozenset(seen.formulas - seen.typed),
        merged,
    )


def _shown(cell: Cell) -> Cell:
    """A whole number as its format of twelve digits shows it."""
    if not isinstance(cell, int | float) or isinstance(cell, bool) or cell != int(cell):
        return cell
    return Shown(cell, f"{int(cell):012}") if 0 < cell < _TWELVE_DIGITS else cell


_PASSWORD = Words(
    "Buku kerja ini dilindungi kata laluan. Buang kata laluannya (File > Info > Protect Workbook) "
    "dan simpan semula.",
    "This workbook is protected by a password. Remove it (File > Info > Protect Workbook) and save "
    "it again.",
)
_OLD = Words(
    "Ini buku kerja Excel lama (.xls) walaupun namanya .xlsx. Buka dalam Excel dan simpan sebagai "
    ".xlsx.",
    "This is an old Excel workbook (.xls) although its name ends in .xlsx. Open it in Excel and "
    "save it as .xlsx.",
)
_RENAMED = Words(
    "Fail ini bukan buku kerja Excel walaupun namanya .xlsx. Buka dalam Excel dan simpan sebagai "
    ".xlsx, atau namakan .csv jika ia CSV.",
    "This file is no Excel workbook although its name ends in .xlsx. Open it in Excel and save it "
    "as .xlsx, or name it .csv if it is one.",
)
_ODD = Words(
    "Bahagian dalam buku kerja ini dinamakan secara luar biasa (ditulis oleh program lain, bukan "
    "Excel). Buka dalam Excel dan simpan semula sebagai .xlsx.",
    "The parts inside this workbook have unusual names (another program than Excel wrote it). Open "
    "it in Excel and save it again as .xlsx.",
)
_MACROS = Words(
    "Buku kerja ini mengandungi makro. Simpan sebagai .xlsx tanpa makro.",
    "This workbook holds macros. Save it as .xlsx without them.",
)
