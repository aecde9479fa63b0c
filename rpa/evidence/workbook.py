"""The operator's own table back, with what became of each row beside it.

Nothing of hers is changed: rows, cells, formats, widths, formulas with their last values, other
sheets, pictures, charts, pivots and macros stay byte for byte (``rpa.evidence.splice`` says how;
openpyxl, which writes workbooks anew, would lose several of these without a word). What gives way
are borders, places and the view: the table or filter takes the columns in, and drawings beside it
move to the right (``rpa.evidence.beside``), so that a sort moves each result with its row; a row is
as high as its reason, and where she had none the headings stay in sight under a filter
(``rpa.evidence.view``). Only when a workbook cannot be changed safely (it is digitally signed, or
its sheet is gone) do the results come as a workbook of their own, and a note says so.
"""

from __future__ import annotations

import io
import os
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from rpa.errors import Words
from rpa.evidence.csvback import with_results
from rpa.evidence.files import write_private
from rpa.evidence.folder import REPORT
from rpa.evidence.package import Package
from rpa.evidence.sheet import LINE, SENTENCE, CellText
from rpa.evidence.splice import NotPatchable
from rpa.evidence.styles import LINK, PLAIN, WRAPPED
from rpa.evidence.wording import TINTS, inert, label, lines_in, shown, titles
from rpa.reading import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from rpa.evidence.beside import Area
    from rpa.model.filing import Verdict

_SEE = "lihat / see"
_WIDTHS = (12, 34, 24, 38, 17, 60, 60, 24)
_SENTENCES = (6, 7)


class TableLike(Protocol):
    """Where the rows stand. ``rpa.jobs.plan.TableRef`` is one."""

    @property
    def path(self) -> Path:
        """The file on disk."""
        ...

    @property
    def kind(self) -> Literal["xlsx", "csv"]:
        """How it is written."""
        ...

    @property
    def sheet(self) -> str | None:
        """The sheet's name; None for the only visible one."""
        ...

    @property
    def header_row(self) -> int:
        """The headings' row, from 1."""
        ...

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that were read, from 1; empty when that is not known."""
        ...

    @property
    def encoding(self) -> str | None:
        """Python's name of a CSV file's encoding."""
        ...

    @property
    def delimiter(self) -> str | None:
        """The sign between a CSV file's fields."""
        ...


@dataclass(frozen=True, slots=True)
class Returned:
    """Where the results stand, and what the operator must be told about it (nothing, usually)."""

    path: Path
    notes: tuple[Words, ...] = ()


def write_back(  # noqa: PLR0913  each by its name
    table: TableLike | None,
    verdicts: Sequence[Verdict[Any]],
    out: Path,
    *,
    evidence_root: Path,
    aim: str = "",
    malay: bool = False,
) -> Returned:
    """Write the table with the six result columns to ``out``, at once, readable by its owner only.

    Columns of an earlier run are overwritten where they stand, others are added directly right of
    the rows, or right of all that the sheet holds, and a note says that sorting parts them.
    ``Row.number`` is the Excel row (the record's number in a CSV file). ``aim`` tells at which
    portal that was, beside each row's link (a CSV's link stays a link). ``malay``: new headings;
    columns of an earlier run are known in either language.
    Links lead to ``report.html`` in ``evidence_root``, relative to ``out``. ``table`` is None for
    rows written in the job itself: a small new workbook then.

    Give the copy that ``RunFolder.keep`` made when the job was checked as ``table.path``: results
    must not land beside rows that were sorted since. If ``out`` is open in Excel the file goes
    beside it under a numbered name, and a note says so; whatever cannot be read or patched in the
    operator's own workbook, the results go beside it. Raises NotWritten when nothing can be
    written.
    """
    link = _relative(evidence_root / REPORT, out.parent)
    see = " · ".join(filter(None, (_SEE, aim)))
    target, content, notes = _made(table, verdicts, out, (link, see), malay=malay)
    path = write_private(target, content)
    if path != target:
        notes.append(_elsewhere(target, path))
    return Returned(path, tuple(notes))


def _made(
    table: TableLike | None,
    verdicts: Sequence[Verdict[Any]],
    out: Path,
    told: tuple[str, str],
    *,
    malay: bool,
) -> tuple[Path, bytes, list[Words]]:
    """Where it goes and what it is; a workbook of our own where the operator's takes nothing."""
    link, see = told
    if table is None:
        return out, _own_workbook(verdicts, link, see, malay=malay), []
    try:
        with reading(lambda error: NotPatchable(type(error).__name__), leave=(NotPatchable,)):
            return (out, *_beside(table, verdicts, link, see, malay=malay))
    except NotPatchable:
        target = out.with_name(f"{out.stem}-results.xlsx")
        own = _own_workbook(verdicts, link, see, malay=malay)
        return target, own, [_separate(table.path, target)]


def _beside(
    table: TableLike, verdicts: Sequence[Verdict[Any]], link: str, see: str, *, malay: bool
) -> tuple[bytes, list[Words]]:
    original = table.path.read_bytes()
    if table.kind == "xlsx":
        cells = {verdict.row.number: _cells(verdict, see) for verdict in verdicts}
        done = Package(original, titles(malay=malay)).add_results(
            table.sheet, table.header_row, cells, link, table.columns
        )
        where = f"{table.path.name}!{table.sheet}" if table.sheet else table.path.name
        notes = [_parted(where, done.parted)] if done.parted else []
        return done.content, notes + [_guarded(where)] * done.guarded
    content = with_results(
        original,
        header_row=table.header_row,
        encoding=table.encoding or "utf-8",
        delimiter=table.delimiter or ",",
        results={
            table.header_row: [*titles(malay=malay).values()],
            **{v.row.number: [*_texts(v), f"{link}#{_anchor(v)}"] for v in verdicts},
        },
    )
    return content, []


def _texts(verdict: Verdict[Any]) -> tuple[str, ...]:
    """Status, reference, time and the reason in both languages, all safe in a cell."""
    reason = verdict.told
    parts = (label(verdict.state), verdict.reference, shown(verdict.at), reason.bm, reason.en)
    return tuple(inert(part) for part in parts)


def _cells(verdict: Verdict[Any], see: str) -> list[CellText]:
    state, reference, at, *sentences = _texts(verdict)
    return [
        CellText(state, TINTS[verdict.state]),
        CellText(reference, PLAIN),
        CellText(at, PLAIN),
        *(CellText(text, WRAPPED) for text in sentences),
        CellText(see, LINK, _anchor(verdict)),
    ]


def _anchor(verdict: Verdict[Any]) -> str:
    return f"row-{verdict.row.number}"


def _relative(target: Path, start: Path) -> str:
    """A link as Excel and browsers want it; from another drive it can only be absolute."""
    try:
        relative = os.path.relpath(target, start)
    except ValueError:
        return target.absolute().as_uri()
    return urllib.parse.quote(Path(relative).as_posix())


def _own_workbook(verdicts: Sequence[Verdict[Any]], link: str, see: str, *, malay: bool) -> bytes:
    """Row number, address and results, for tables that cannot take them."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "ASSIST"
    sheet.append(["baris / row", "alamat / address", *titles(malay=malay).values()])
    for verdict in verdicts:
        address = inert(verdict.row.address)
        sheet.append([verdict.row.number, address, *_texts(verdict), see])
        _dress(sheet, sheet.max_row, verdict, link)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE6EAF0")
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _dress(sheet: Worksheet, number: int, verdict: Verdict[Any], link: str) -> None:
    """Tint the status, set the link, let long reasons have several lines."""
    status, evidence = sheet.cell(number, 3), sheet.cell(number, len(_WIDTHS))
    status.fill = PatternFill("solid", fgColor=f"FF{TINTS[verdict.state]}")
    evidence.hyperlink = Hyperlink(ref=evidence.coordinate, target=link, location=_anchor(verdict))
    evidence.font = Font(underline="single", color="FF0563C1")
    evidence.alignment = Alignment(horizontal="left", vertical="top")
    lines = max(lines_in(str(sheet.cell(number, c).value or ""), SENTENCE) for c in _SENTENCES)
    sheet.row_dimensions[number].height = LINE * lines
    for column in _SENTENCES:
        sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")


def _parted(where: str, cells: Area) -> Words:
    return Words(
        f"{where}: lajur keputusan tidak dapat dijadikan sebahagian daripada jadual atau penapis "
        "anda. Menyusun akan mengalihkan baris tanpa keputusannya. Untuk menyusun dengan selamat: "
        "tukar jadual kepada julat (Table Design > Convert to Range), matikan penapis, pilih "
        f"{cells}, kemudian Data > Sort. Jika sudah tersusun, jalankan semula: setiap keputusan "
        "ditulis di sebelah barisnya sendiri, dan tiada apa-apa difailkan dua kali.",
        f"{where}: the result columns could not be made part of your table or filter. Sorting "
        "would move the rows without their results. To sort safely: turn the table into a range "
        f"(Table Design > Convert to Range), switch the filter off, select {cells}, then Data > "
        "Sort. If it was sorted already, run the job again: each result is written beside its own "
        "row, and nothing is filed twice.",
    )


def _guarded(where: str) -> Words:
    return Words(
        f"{where} dilindungi. Jika Excel enggan menyusun, nyahlindung dahulu (Review > Unprotect "
        "Sheet); keputusan beralih bersama barisnya.",
        f"{where} is protected. If Excel refuses to sort, unprotect it first (Review > Unprotect "
        "Sheet); the results move with their rows.",
    )


def _separate(source: Path, target: Path) -> Words:
    return Words(
        f"{source.name} tidak dapat ditambah lajur dengan selamat, maka ia tidak diubah. "
        f"Keputusan setiap baris ada dalam {target.name}.",
        f"Columns cannot be added safely to {source.name}, so it was left as it is. "
        f"The result of each row is in {target.name}.",
    )


def _elsewhere(target: Path, path: Path) -> Words:
    return Words(
        f"{target.name} sedang dibuka dalam Excel atau tidak boleh diganti. Keputusan ditulis "
        f"dalam {path.name}; tutup yang lama dan buka yang itu.",
        f"{target.name} is open in Excel or cannot be replaced. The results were written to "
        f"{path.name}; close the old one and open that.",
    )
