"""The register as a workbook: a summary, a sheet for each year, and the gaps.

Money is a number with two decimals, a month the first day of it. What a person wrote stands as
inert text. openpyxl makes the sheets with their headings; the rows are put into them here, in
memory: openpyxl would write them into a temporary file first, where a killed export leaves people's
wages, and take four times as long.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from rpa.evidence.wording import inert, shown
from rpa.register.entry import ACTS_SHOWN, AMOUNTS, Totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rpa.register.entry import Gaps, MonthOfWorker
    from rpa.rules.months import Month

MOST_ROWS: Final = 1_000_000  # below what Excel holds in a sheet

_MONEY_HEADS: Final = (
    "PERKESO majikan / SOCSO Employer",
    "PERKESO pekerja / SOCSO Employee",
    "SKBBK",
    "SIP majikan / EIS Employer",
    "SIP pekerja / EIS Employee",
    "Jumlah caruman / Contributions",
)
_HEADS: Final = (
    "Bulan / Month",
    "No. Pengenalan / Identification No.",
    "Nama / Name",
    "Pekerjaan / Occupation",
    "Gaji / Wages",
    "Elaun / Allowances",
    *_MONEY_HEADS,
    "Akta / Acts",
    "Rujukan / Reference",
    "Difailkan / Filed",
)
_WIDTHS: Final = (10, 16, 34, 26, 13, 13, 13, 13, 11, 11, 11, 13, 27, 34, 17)
_SUMMARY_HEADS: Final = (
    "Bulan / Month",
    "Pekerja / Workers",
    "Gaji / Wages",
    *_MONEY_HEADS,
    "Akta / Acts",
)
_SUMMARY_WIDTHS: Final = (10, 12, 16, 16, 16, 14, 14, 14, 16, 27)
_GAP_HEADS: Final = (
    "Bulan tanpa catatan / Month without an entry",
    "No. Pengenalan / Identification No.",
    "Nama / Name",
)
_GAP_WIDTHS: Final = (24, 34, 40)
_LETTERS: Final = tuple(get_column_letter(number) for number in range(1, len(_HEADS) + 1))
_BEGIN: Final = date(1899, 12, 30)  # day 0 of a workbook's dates
_END: Final = b"</sheetData>"
_PIECE: Final = 1 << 20
EVERYBODY: Final = "semua pekerja / all workers"


Row = tuple[str, ...]
"""The cells of a row as XML without their beginning, which says where they stand; "" for none."""


def workbook(lines: Iterable[MonthOfWorker], gaps: Gaps) -> bytes:
    """The ``.xlsx`` file; ``lines`` by month, as `Register.entries` gives them."""
    book = Workbook(write_only=True)
    look = _Look.of(_sheet(book, "Ringkasan Summary", _SUMMARY_HEADS, _SUMMARY_WIDTHS))
    totals: dict[Month, Totals] = {}
    sheets = [b""]  # the summary's rows are known last
    for year, of_year in groupby(_counted(lines, totals), key=lambda line: line.month.year):
        number = 0
        while rows := _packed(look.line(line) for line in islice(of_year, MOST_ROWS)):
            number += 1
            _sheet(book, f"{year}" if number == 1 else f"{year} ({number})", _HEADS, _WIDTHS)
            sheets.append(rows)
    _sheet(book, "Jurang Gaps", _GAP_HEADS, _GAP_WIDTHS)
    sheets.append(_packed(look.gaps(gaps)))
    sheets[0] = _packed(look.sums(month, found) for month, found in totals.items())
    return _with_rows(book, sheets)


def _counted(
    lines: Iterable[MonthOfWorker], totals: dict[Month, Totals]
) -> Iterator[MonthOfWorker]:
    for line in lines:
        totals.setdefault(line.month, Totals()).add(line)
        yield line


def _sheet(book: Workbook, title: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
    """An empty sheet with its headings; its type is openpyxl's own, which has no full stub."""
    sheet: Any = book.create_sheet(title)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    bold, grey = Font(bold=True), PatternFill("solid", fgColor="FFE6EAF0")
    row = []
    for head in heads:
        cell = WriteOnlyCell(sheet, head)
        cell.font, cell.fill = bold, grey
        row.append(cell)
    sheet.append(row)
    return sheet


class _Look(NamedTuple):
    """How things stand in cells; the numbers are those of the workbook's own formats."""

    money_format: int
    month_format: int

    @classmethod
    def of(cls, sheet: Any) -> _Look:
        """Makes the formats known to the workbook of this sheet."""
        return cls(_format(sheet, "#,##0.00"), _format(sheet, "mm/yyyy"))

    def line(self, line: MonthOfWorker) -> Row:
        """One line of the register."""
        return (
            self._month(line.month),
            _text(line.identification),
            _text(line.name),
            _text(line.occupation),
            self._money(line.wages),
            "" if line.allowances is None else self._money(line.allowances),
            *(self._money(getattr(line, name)) for name in AMOUNTS),
            self._money(line.total),
            _text(ACTS_SHOWN[line.acts]),
            _text(" ".join(line.references)),
            _text(shown(line.filed_at)),
        )

    def sums(self, month: Month, found: Totals) -> Row:
        """What a month adds up to."""
        money = (found.wages, *found.amounts.values(), found.total)
        workers = f"><v>{found.workers}</v>"
        return (self._month(month), workers, *map(self._money, money), _text(found.shown_acts))

    def gaps(self, gaps: Gaps) -> Iterator[Row]:
        """The employer's months without an entry, then each worker's."""
        for month in gaps.months:
            yield (self._month(month), "", _text(EVERYBODY))
        for worker in gaps.workers:
            who = (_text(worker.identification), _text(worker.name))
            for month in worker.months:
                yield (self._month(month), *who)

    def _money(self, sen: int) -> str:
        return f' s="{self.money_format}"><v>{sen // 100}.{sen % 100:02}</v>'

    def _month(self, month: Month) -> str:
        return f' s="{self.month_format}"><v>{(month.first - _BEGIN).days}</v>'


def _format(sheet: Any, number_format: str) -> int:
    cell = WriteOnlyCell(sheet)
    cell.number_format = number_format
    return int(cell.style_id)


def _text(text: str) -> str:
    if not text:
        return ""
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(inert(text))}</t></is>'


def _packed(rows: Iterable[Row]) -> bytes:
    """The rows below a sheet's headings, packed to a tenth of their size; empty for none."""
    packer = zlib.compressobj(1)
    parts: list[bytes] = []
    for number, cells in enumerate(rows, 2):
        row = [
            f'<c r="{a}{number}"{cell}</c>'
            for a, cell in zip(_LETTERS, cells, strict=False)
            if cell
        ]
        parts.append(packer.compress(f'<row r="{number}">{"".join(row)}</row>'.encode()))
    return b"".join([*parts, packer.flush()]) if parts else b""


def _with_rows(book: Workbook, sheets: Sequence[bytes]) -> bytes:
    """The workbook's file with the rows in its sheets, which stand there in their order."""
    skeleton, whole = io.BytesIO(), io.BytesIO()
    book.save(skeleton)
    rows = {f"xl/worksheets/sheet{n}.xml": packed for n, packed in enumerate(sheets, 1) if packed}
    with zipfile.ZipFile(skeleton) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            before, end, after = old.read(name).partition(_END if name in rows else b"\0")
            with new.open(name, "w") as part:
                part.write(before)
                unpacker = zlib.decompressobj()
                for piece in _pieces(rows.get(name, b"")):
                    part.write(unpacker.decompress(piece))
                part.write(end + after)
    return whole.getvalue()


def _pieces(packed: bytes) -> Iterator[bytes]:
    for start in range(0, len(packed), _PIECE):
        yield packed[start : start + _PIECE]
