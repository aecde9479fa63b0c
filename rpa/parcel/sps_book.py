"""The workbook of a list: every person with the amounts and the names of the papers; the sums.

Numbers of people are text cells, money stands in number cells with two decimals. No text begins
with ``=``: the check refuses it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from rpa.rules import sps
from rpa.rules.sps import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from openpyxl.worksheet.worksheet import Worksheet

    from rpa.errors import Words
    from rpa.model.filing import Row
    from rpa.rules.self_employed import SelfEmployed

_HEAD_FILL: Final = "FFE6EAF0"
_MONEY: Final = "#,##0.00"
_TEXT: Final = "@"
_COLUMNS: Final = {
    "Bil. / No.": 10,
    "Baris / Row": 10,
    "No. KPPN / Identification No.": 18,
    "Nama / Name": 40,
    "Taraf / Standing": 38,
    "Sektor / Sector": 60,
    "Kumpulan / Group": 38,
    "Pelan / Plan": 10,
    "Pendapatan diinsuranskan / Insured earning (RM)": 18,
    "Caruman setahun / Year's contribution (RM)": 18,
    "Bahagian pemohon / Person's share (RM)": 18,
    "Bahagian Kerajaan / Government's share (RM)": 18,
    "Dokumen / Papers": 60,
}
_HEAD_HEIGHT: Final = 62
_NAME_COLUMN: Final = 4
_SUMMARY_WIDTHS: Final = (46, 14, 18, 18, 18)
_WRITTEN: Final = re.compile(rb"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")


@dataclass(frozen=True, slots=True)
class Listed:
    """What the workbook tells; ``papers`` are the names of each row's, by its number."""

    agency: str
    scheme: Scheme
    day: date
    rows: Sequence[Row[SelfEmployed]]
    papers: Mapping[int, tuple[str, ...]]


def workbook(listed: Listed, sums: Words) -> bytes:
    """The same bytes of the same list."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _people(book.create_sheet("Senarai (List)"), listed)
    _summary(book.create_sheet("Ringkasan (Summary)"), listed, sums)
    written = io.BytesIO()
    book.save(written)
    return _of_day(written.getvalue(), listed.day)


def _people(sheet: Worksheet, listed: Listed) -> None:
    """Without a column for the group where the scheme has none."""
    grouped = listed.scheme is Scheme.SERVICE
    kept = [i for i, head in enumerate(_COLUMNS) if grouped or not head.startswith("Kumpulan")]
    heads = list(_COLUMNS.items())
    _head(sheet, 1, [heads[i][0] for i in kept])
    for column, i in enumerate(kept, 1):
        sheet.column_dimensions[get_column_letter(column)].width = heads[i][1]
    for number, row in enumerate(listed.rows, 1):
        cells = _cells(number, row, listed)
        _line(sheet, number + 1, [cells[i] for i in kept])
    sheet.freeze_panes = sheet.cell(2, _NAME_COLUMN + 1).coordinate
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(kept))}{len(listed.rows) + 1}"
    sheet.print_title_rows = "1:1"
    _on_paper(sheet)


def _cells(number: int, row: Row[SelfEmployed], listed: Listed) -> list[Any]:
    terms, one = sps.terms(listed.day), row.record
    plan, shares = terms.plans[one.plan], terms.shares(listed.scheme, one.plan)
    group = getattr(one, "group_of_service", None)
    return [
        number, row.number, one.identification, one.name, _both(sps.STANDINGS[one.standing]),
        _both(sps.SECTORS[one.sector]), _both(sps.GROUPS[group]) if group else "", one.plan,
        _ringgit(plan.earning), _ringgit(plan.year), _ringgit(shares.person),
        _ringgit(shares.state), ", ".join(listed.papers[row.number]),
    ]  # fmt: skip


def _summary(sheet: Worksheet, listed: Listed, sums: Words) -> None:
    for column, width in enumerate(_SUMMARY_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    told = (
        f"{listed.scheme.called}: {listed.agency}",
        f"{listed.day:%d/%m/%Y}",
        f"{sums.bm} / {sums.en}",
    )
    for number, text in enumerate(told, 1):
        sheet.cell(number, 1, text)
    at = len(told) + 2
    heads = ("", "Orang / People", "Setahun / Year (RM)", "Pemohon / Person (RM)",
             "Kerajaan / Government (RM)")  # fmt: skip
    _head(sheet, at, heads)
    for number, line in enumerate(_sums(listed), at + 1):
        _line(sheet, number, line)
    _on_paper(sheet)


def _sums(listed: Listed) -> Iterator[list[Any]]:
    """By plan, all, then how many there are of each sector."""
    terms = sps.terms(listed.day)
    plans = Counter(row.record.plan for row in listed.rows)
    every = [(terms.shares(listed.scheme, plan), count) for plan, count in plans.items()]
    for plan, count in sorted(plans.items()):
        shares = terms.shares(listed.scheme, plan)
        yield _sum(f"Pelan / Plan {plan}", [(shares, count)])
    yield _sum("Jumlah / Total", every)
    yield []
    for sector, count in sorted(Counter(row.record.sector for row in listed.rows).items()):
        yield [_both(sps.SECTORS[sector]), count]


def _sum(name: str, parts: Sequence[tuple[sps.Shares, int]]) -> list[Any]:
    person = sum(shares.person * count for shares, count in parts)
    state = sum(shares.state * count for shares, count in parts)
    amounts = (_ringgit(sen) for sen in (person + state, person, state))
    return [name, sum(count for _, count in parts), *amounts]


def _both(words: Words) -> str:
    bm, en = words.bm.capitalize(), words.en.capitalize()
    return f"{bm} / {en}"


def _ringgit(sen: int) -> Decimal:
    return Decimal(sen).scaleb(-2)


def _head(sheet: Worksheet, number: int, heads: Iterable[str]) -> None:
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(number, column, head)
        cell.font = Font("Calibri", 11, bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    # Nobody else makes a row as high as its text: Excel does not when it opens a file.
    sheet.row_dimensions[number].height = _HEAD_HEIGHT


def _line(sheet: Worksheet, number: int, values: Iterable[Any]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column, value)
        if isinstance(value, Decimal):
            cell.number_format = _MONEY
        elif isinstance(value, int):
            cell.alignment = Alignment(horizontal="center")
        elif isinstance(value, str):
            cell.number_format = _TEXT


def _on_paper(sheet: Worksheet) -> None:
    """Across the page, all columns beside each other."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _of_day(data: bytes, day: date) -> bytes:
    """The file without the time of its writing: that of the list's own day."""
    stamp = f"{datetime.combine(day, time()):%Y-%m-%dT%H:%M:%S}Z".encode()
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _WRITTEN.sub(stamp, content)
            new.writestr(part, content)
    return written.getvalue()
