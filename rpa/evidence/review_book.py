"""The workbook of a review: what is due, recorded and paid, by month, record and worker.

Sheets: Summary (months, then the records), ACR and ECR (their lines), Workers, Differences. Money
stands in number cells with two decimals, months and days in date cells, so that a filter, a sum and
a pivot work; texts are inert. Written a row at a time: 10,000 workers need no memory.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from rpa.errors import Words
from rpa.evidence.files import write_private
from rpa.evidence.wording import inert, lines_in, shown
from rpa.rules.next_moves import moves
from rpa.rules.reconcile import DIFFERING, State
from rpa.rules.recorded import Fund

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from rpa.rules.months import Month
    from rpa.rules.reconcile import Part, Reconciled
    from rpa.rules.recorded import Details, Share

STATES: Final[Mapping[State, Words]] = {
    State.NOT_IN_PAYROLL: Words("tiada dalam jadual gaji", "not in payroll"),
    State.ARREARS: Words("tertunggak", "in arrears"),
    State.SHORT: Words("kurang", "short"),
    State.MORE: Words("lebih", "more than due"),
    State.PART_PAID: Words("dibayar sebahagian", "paid in part"),
    State.LATE: Words("belum dibayar, lewat", "unpaid, late"),
    State.UNREAD: Words("tidak dibaca", "not read"),
    State.UNPAID: Words("belum dibayar", "unpaid"),
    State.NOT_DUE_YET: Words("belum sampai tempoh", "not due yet"),
    State.PAID: Words("dibayar", "paid"),
    State.NOTHING: Words("tiada caruman", "nothing due"),
}
"""How each state is said, in workbook and terminal."""

_RED, _AMBER, _GREEN, _GREY, _BLUE = "FAE1DE", "FDEFC8", "E2F2E5", "ECEFF2", "E0ECF9"
_TINTS: Final[Mapping[State, str]] = {
    **dict.fromkeys(DIFFERING, _RED),
    State.PART_PAID: _AMBER,
    State.LATE: _AMBER,
    State.UNREAD: _GREY,
    State.UNPAID: _BLUE,
    State.NOT_DUE_YET: _BLUE,
    State.PAID: _GREEN,
    State.NOTHING: _GREY,
}
_HEAD_FILL = "FFE6EAF0"
_LINE = 15.0  # points
_MONEY, _DAY, _MONTH = "#,##0.00", "dd/mm/yyyy", "mm/yyyy"


def label(state: State) -> str:
    """The state in both languages, as one cell shows it."""
    words = STATES[state]
    return f"{words.bm} / {words.en}"


class Sen(NamedTuple):
    """Money for a number cell."""

    sen: int


@dataclass(frozen=True, slots=True)
class Review:
    """What the workbook tells.

    ``by`` says for each number whose filing it is, ``slips`` which file in the run folder is its
    slip; ``notes`` are what the ledger has otherwise than the portal: reference and words;
    ``pending`` the funds under which a filing may still come to be listed.
    """

    employer: str
    portal: str
    at: datetime
    months: Sequence[Reconciled]
    by: Mapping[str, Words] = field(default_factory=dict)
    slips: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[tuple[str, Words]] = ()
    pending: Collection[Fund] = ()


def write_review(review: Review, out: Path) -> Path:
    """Write the workbook, readable by its owner only; where it stands. Raises NotWritten."""
    book = Workbook(write_only=True)
    funds = list(dict.fromkeys(fund for month in review.months for fund in month.totals))
    _summary(book, review)
    for fund in funds:
        _lines(book, review, fund)
    _workers(book, review, funds)
    _differences(book, review)
    buffer = io.BytesIO()
    book.save(buffer)
    return write_private(out, buffer.getvalue())


# --- Summary ---


def _summary(book: Workbook, review: Review) -> None:
    widths = (20, 13, 12, 34, 14, 14, 14, 18, 15, 15, 22, 36, 36)
    sheet = _Sheet(book, "Ringkasan (Summary)", widths)
    for name, text in (
        ("Majikan / Employer", review.employer),
        ("Portal", review.portal),
        ("Dibaca / Read", shown(review.at)),
    ):
        sheet.row((name, text))
    sheet.row(())
    sheet.head(
        "Bulan / Month", "Akta / Act", "Pekerja / Workers", "Keadaan / State",
        "Perlu dibayar / Due", "Direkod / Recorded", "Dibayar / Paid",
        "Beza (direkod - perlu dibayar) / Difference", "Belum dibayar / Open", "FCLB",
        "FCLB dijangka / expected",
    )  # fmt: skip
    for month in review.months:
        for row in _months(month):
            sheet.row(row)
    sheet.row(())
    sheet.head("Bulan / Month", "Langkah seterusnya / Next move")
    for month in review.months:
        for words in moves(month, review.pending):
            sheet.row((_first(month.month), f"{words.bm} / {words.en}"))
    sheet.row(())
    _records(sheet, review)


def _months(month: Reconciled) -> Iterator[tuple[Any, ...]]:
    """A row for each act and, of two, one for the month; what is not known has no figure."""
    first = _first(month.month)
    for fund, total in month.totals.items():
        persons = sum(bool(w.parts[fund].due or w.parts[fund].recorded) for w in month.workers)
        yield (first, fund.value, persons, total.state, *map(_sen, total.figures))
    if len(month.totals) > 1:
        both = " + ".join(month.totals)
        yield (first, both, len(month.workers), month.state, *map(_sen, month.figures))


def _records(sheet: _Sheet, review: Review) -> None:
    sheet.head(
        "Nombor / Number", "Bulan / Month", "Pekerja / Workers", "Jenis / Type",
        "Jumlah / Amount", "Dibayar / Paid", "Status", "Diterima / Received", "FCLB",
        "Dibayar pada / Paid on", "No. Resit / Receipt No.", "Difailkan / Filed", "Slip",
    )  # fmt: skip
    for month in review.months:
        for total in month.totals.values():
            for of in total.details:
                sheet.row(_record(of, review))


def _record(of: Details, review: Review) -> tuple[Any, ...]:
    head, by = of.submission, review.by.get(of.submission.number)
    return (
        head.number, _first(head.month), head.workers, head.type, Sen(head.amount), Sen(head.paid),
        head.status, head.received, Sen(of.fclb), of.payment_date, of.receipt_number,
        f"{by.bm} / {by.en}" if by else "", review.slips.get(head.number, ""),
    )  # fmt: skip


# --- ACR, ECR ---


def _lines(book: Workbook, review: Review, fund: Fund) -> None:
    """Every line of every record of the months, as the portal shows it."""
    sheet = _Sheet(book, fund.value, (20, 12, 12, 16, 17, 34, 13, 13, 13, 13, 13), filtered=True)
    skbbk = ("SKBBK",) if fund is Fund.ACR else ()
    sheet.head(
        f"No. {fund.value}", "Bulan / Month", "Jenis / Type", "Status",
        "No. Pengenalan / Identification No.", "Nama / Name", "Gaji / Wages",
        "Majikan / Employer", "Pekerja / Employee", *skbbk, "Jumlah / Total",
    )  # fmt: skip
    for month in review.months:
        total = month.totals.get(fund)
        for of in total.details if total else ():
            head = of.submission
            start = (head.number, _first(head.month), head.type, head.status)
            for share in of.shares:
                sheet.row((*start, *_share(share, fund)))
    sheet.close()


def _share(share: Share, fund: Fund) -> tuple[Any, ...]:
    skbbk = (Sen(share.skbbk),) if fund is Fund.ACR else ()
    shares = (Sen(share.employer), Sen(share.employee), *skbbk, Sen(share.total))
    return (share.identification, share.name, Sen(share.wages), *shares)


# --- Workers, Differences ---


def _workers(book: Workbook, review: Review, funds: Sequence[Fund]) -> None:
    """One row per worker and month."""
    per_fund = (13, 13, 13, 13, 38)
    widths = (12, 17, 34, 13, 38, *(per_fund * len(funds)))
    sheet = _Sheet(book, "Pekerja (Workers)", widths, filtered=True)
    sheet.head(
        "Bulan / Month", "No. Pengenalan / Identification No.", "Nama / Name",
        "Gaji (jadual) / Wages (payroll)", "Keadaan / State",
        *(heading for fund in funds for heading in _part_headings(fund)),
    )  # fmt: skip
    for month in review.months:
        first = _first(month.month)
        for worker in month.workers:
            figures = (cell for fund in funds for cell in _part(worker.parts[fund]))
            wages = _sen(worker.wages)
            who = (worker.identification, worker.name, wages, worker.state)
            sheet.row((first, *who, *figures))
    sheet.close()


def _part_headings(fund: Fund) -> tuple[str, ...]:
    return (
        f"{fund} perlu dibayar / due", f"{fund} direkod / recorded", f"{fund} dibayar / paid",
        f"{fund} beza / difference", f"{fund} keadaan / state",
    )  # fmt: skip


def _part(part: Part) -> tuple[Any, ...]:
    """Of a record paid in part nobody knows whose share is paid: no figure."""
    if part.state is State.UNREAD:
        return (_sen(part.due), None, None, None, part.state)
    paid = None if part.partly else part.paid
    difference = None if part.due is None else part.difference
    return (_sen(part.due), Sen(part.recorded), _sen(paid), _sen(difference), part.state)


def _differences(book: Workbook, review: Review) -> None:
    """What a person must look at: workers who differ, records not paid in time, the ledger."""
    widths = (12, 8, 20, 17, 34, 38, 14, 14, 14, 14, 60)
    sheet = _Sheet(book, "Perbezaan (Differences)", widths, filtered=True)
    sheet.head(
        "Bulan / Month", "Akta / Act", "Nombor / Number", "No. Pengenalan / Identification No.",
        "Nama / Name", "Keadaan / State", "Perlu dibayar / Due", "Direkod / Recorded",
        "Dibayar / Paid", "Beza / Difference", "Catatan / Note",
    )  # fmt: skip
    for month in review.months:
        for row in _differing(month):
            sheet.row((_first(month.month), *row))
    for reference, words in review.notes:
        told = f"{words.bm} / {words.en}"
        sheet.row((None, reference[:3], reference, *[None] * 7, told))
    sheet.close()


def _differing(month: Reconciled) -> Iterator[tuple[Any, ...]]:
    for fund, total in month.totals.items():
        if total.state is State.ARREARS and not month.workers:
            yield (fund.value, "", "", "", State.ARREARS)
        for worker in month.workers:
            part = worker.parts[fund]
            if part.state in DIFFERING:
                who = (worker.identification, worker.name, part.state)
                paid = None if part.partly else part.paid
                sums = (_sen(part.due), Sen(part.recorded), _sen(paid), Sen(part.difference))
                yield (fund.value, "", *who, *sums, "direkod - perlu dibayar / recorded - due")
        for of in total.details:
            head = of.submission
            if head.paid < head.amount and (month.late or head.paid):
                state = State.PART_PAID if head.paid else State.LATE
                left = (Sen(head.amount), Sen(head.paid), Sen(head.paid - head.amount))
                what = (fund.value, head.number, "", "", state)
                yield (*what, None, *left, "dibayar - direkod / paid - recorded")


# --- cells ---


class _FirstDay(NamedTuple):
    """A month as a cell holds it: its first day, shown as MM/YYYY."""

    day: date


def _first(month: Month) -> _FirstDay:
    return _FirstDay(month.first)


def _sen(sen: int | None) -> Sen | None:
    return None if sen is None else Sen(sen)


def _cell_value(value: Any) -> tuple[Any, str, str]:
    """What a cell holds, its number format, its fill."""
    if isinstance(value, State):
        return label(value), "General", _TINTS[value]
    if isinstance(value, Sen):
        return Decimal(value.sen).scaleb(-2), _MONEY, ""
    if isinstance(value, _FirstDay):
        return value.day, _MONTH, ""
    if isinstance(value, date):
        return value, _DAY, ""
    return (inert(value) if isinstance(value, str) else value), "General", ""


class _Sheet:
    """A sheet that is written from the top, each row once."""

    def __init__(
        self, book: Workbook, title: str, widths: Sequence[int], *, filtered: bool = False
    ) -> None:
        self._sheet = book.create_sheet(title)
        for column, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width
        if filtered:
            self._sheet.freeze_panes = "A2"
        self._widths = tuple(widths)
        self._columns, self._rows = 0, 0
        # A look is made once for each column: to dress every cell anew takes most of the time.
        self._dressed: dict[tuple[int, str, str], Any] = {}

    def head(self, *headings: str) -> None:
        """Headings of what follows, each whole above its column; of two the last needs no room."""
        wrapped = len(headings) > 2  # noqa: PLR2004  month and sentence
        if wrapped:
            lines = max(map(lines_in, headings, self._widths))
            self._sheet.row_dimensions[self._rows + 1].height = _LINE * lines
        cells = []
        for heading in headings:
            cell = WriteOnlyCell(self._sheet, heading)
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD_FILL)
            cell.alignment = Alignment(wrap_text=wrapped, vertical="top")
            cells.append(cell)
        self._append(cells)

    def row(self, values: Iterable[Any]) -> None:
        """Values, each in its own kind of cell; None and an empty text leave theirs empty."""
        self._append([self._cell(*pair) for pair in enumerate(values)])

    def close(self) -> None:
        """The filter over all that was written; known only now."""
        last = get_column_letter(self._columns)
        self._sheet.auto_filter.ref = f"A1:{last}{self._rows}"

    def _cell(self, column: int, value: Any) -> Any:
        if value is None or value == "":
            return None
        held, form, fill = _cell_value(value)
        if (form, fill) == ("General", ""):
            return held
        dressed = self._dressed.get((column, form, fill))
        if dressed is None:
            dressed = self._dressed[column, form, fill] = self._dress(form, fill)
        dressed.value = held
        return dressed

    def _dress(self, form: str, fill: str) -> Any:
        cell = WriteOnlyCell(self._sheet)
        cell.number_format = form
        if fill:
            cell.fill = PatternFill("solid", fgColor=f"FF{fill}")
        return cell

    def _append(self, cells: list[Any]) -> None:
        self._sheet.append(cells)
        self._columns, self._rows = max(self._columns, len(cells)), self._rows + 1
