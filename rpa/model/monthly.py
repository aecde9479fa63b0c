"""The job about a month of all of an employer's workers: its keys, totals and guards (QRG 4)."""

from __future__ import annotations

from datetime import date  # noqa: TC003  pydantic reads the annotations
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from rpa import textfile
from rpa.errors import Severity, Words, first_few, many
from rpa.model.filing import Alarm
from rpa.model.job import OfEmployer, Strict, TableJob
from rpa.rules import contribution, late_interest, money, schedule
from rpa.rules.contribution import HEADINGS, WAGES, Act, Draft, Kind, Share, Sum
from rpa.rules.declared_totals import DeclaredTotals
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from rpa.rules.record import Finding, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.model.filing import Census, Row

SEN = 100


class Figure(StrEnum):
    """What a second person reads of a month."""

    MONTH = "contribution month"
    PAID = "workers paid"
    WAGES = "wages (RM)"
    DUE = "contribution (RM)"
    WHOLE = "contribution of the whole month (RM)"  # of one that is short: what is added is less
    LAST_PAID = "workers paid last month"
    LAST_DUE = "contribution last month (RM)"


def _month(value: Any) -> Any:
    """``10/2026``. Raises what pydantic takes for an objection."""
    found = value if isinstance(value, Month) else Month.read(str(value))
    if found is None:
        raise PydanticCustomError("month_form", "a month is MM/YYYY")
    return found


class TextFileStyle(Strict):
    """What may differ between two text files of one layout (facts: text-files 2.1)."""

    padding: textfile.Padding = textfile.Padding.ZEROS
    line_end: textfile.LineEnd = textfile.LineEnd.CRLF
    ssm: Annotated[
        str, Field(pattern=r"^[0-9A-Z-]{0,20}$", description="The SSM number; blanks without.")
    ] = ""

    @property
    def style(self) -> textfile.Style:
        """As the builder takes it."""
        return textfile.Style(self.padding, self.line_end)


class MonthlyJob(TableJob, OfEmployer):
    """A month's contribution of an employer: every worker who is paid for it, in one submission."""

    record: ClassVar[type[Record] | None] = Payee

    month: Annotated[
        Any,
        BeforeValidator(_month, json_schema_input_type=str),
        Field(description='The month of the wages, "MM/YYYY".', examples=["10/2026"]),
    ]
    act: Annotated[
        Act, Field(description="both: SOCSO + EIS; socso: an ACR alone; eis: an ECR alone.")
    ] = Act.BOTH
    by: Annotated[
        Literal["text_file", "rows"],
        Field(description="Upload a text file, or type each worker's wages."),
    ] = "text_file"
    kind: Annotated[
        Literal["month", "short"],
        Field(description="month: the whole month, in time or in arrears; short: what is missing "
              "of a month that was submitted, each row with his full wages."),
    ] = "month"  # fmt: skip
    text_file: TextFileStyle = TextFileStyle()
    totals: Annotated[
        DeclaredTotals, Field(description="What the payroll program says the month adds up to.")
    ] = DeclaredTotals()
    rows: Annotated[list[Payee], Field(description="Rows written into the job itself.")] = Field(
        default_factory=list
    )

    @property
    def monthly(self) -> bool:
        """A whole month is held against the portal's own list and the month before."""
        return self.kind == "month"

    @property
    def occasion(self) -> tuple[str, ...]:
        """Month, act and kind: in time and in arrears are the same matter."""
        return (str(self.month), self.act.value, self.kind)

    def draft(self, kind: Kind) -> Draft:
        """What the portal keeps of it before it is submitted."""
        return Draft(self.employer, self.act, self.month, kind)

    def layout(self, today: date) -> textfile.Layout:
        """Which text file the portal takes on a day (facts: text-files 1)."""
        if self.act is Act.BOTH or today >= textfile.CUT_OVER:
            return textfile.V2_1
        return textfile.SOCSO if self.act is Act.SOCSO else textfile.EIS

    # --- the table ---

    def shares(self, rows: Sequence[Row[Payee]]) -> list[Share]:
        """Each row's wages and what is due of them."""
        return [Share(row.record.wages, row.record.contributions(self.month)) for row in rows]

    def left_out(self, rows: Sequence[Row[Any]]) -> dict[int, Words]:
        """Who has nothing due under this act this month."""
        return {
            row.number: NOTHING_DUE
            for row in rows
            if not contribution.any_due(row.record.contributions(self.month), self.act)
        }

    def apart(self, known: Sequence[int]) -> Words | None:
        """A month goes whole: a part of it would be submitted as if nobody else had worked."""
        if not known or not self.monthly:
            return None
        shown = first_few(known)
        return Words(
            f"Bulan ini pernah dihantar dengan baris {shown}; baris ini tidak dihantar sendirian. "
            "Lihat `assist-rpa review`: jika bulan itu ada di portal, hantar baris ini dengan "
            "'kind: short'; jika ia sudah dibuang di portal, tanya PERKESO.",
            f"This month was submitted with rows {shown}; this row does not go by itself. See "
            "`assist-rpa review`: if the portal has the month, submit this row with 'kind: short'; "
            "if it was removed there, ask PERKESO.",
        )

    def summed(self, rows: Sequence[Row[Payee]]) -> dict[str, Sum]:
        """Every column over the rows that are sent."""
        out = self.left_out(rows)
        return contribution.sums(
            self.shares([row for row in rows if row.number not in out]), self.act
        )

    def cross(self, rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Finding]]:
        """What depends on the month, of each row."""
        for row in rows:
            for finding in row.record.in_month(self.month):
                yield row, finding

    def whole(
        self, rows: Sequence[Row[Any]], today: date
    ) -> Iterator[tuple[tuple[str, ...], Finding]]:
        """The month, what does not go together, and the declared totals."""
        yield from self._of_month(today)
        if self.kind == "short" and self.by == "text_file":
            yield ("kind",), Finding("by", "short-by-rows", SHORT_BY_ROWS)
        summable = self.kind == "month" and schedule.known(self.month) and rows
        if summable and not self._objected(rows, today):
            yield from self._totals(rows)

    def _objected(self, rows: Sequence[Row[Payee]], today: date) -> bool:
        """Whether a row has an objection of any kind: what is due of it cannot be told then.

        Not only those of the month: whose number tells no birth date has no age.
        """
        of_rows = (finding for row in rows for finding in row.record.findings(today))
        of_month = (finding for _, finding in self.cross(rows))
        return any(f.severity is Severity.ERROR for some in (of_rows, of_month) for f in some)

    def _of_month(self, today: date) -> Iterator[tuple[tuple[str, ...], Finding]]:
        if self.month > Month.of(today):
            yield ("month",), Finding("month", "month-future", textfile.MONTH_FUTURE)
        elif not schedule.known(self.month):
            yield ("month",), Finding("month", "month-unknown", textfile.MONTH_UNKNOWN)
        elif today > late_interest.due(self.month) and self.kind == "month":
            yield ("month",), Finding("month", "month-late", LATE, Severity.WARNING)

    def _totals(self, rows: Sequence[Row[Payee]]) -> Iterator[tuple[tuple[str, ...], Finding]]:
        found = self.summed(rows)
        for path, finding in self.totals.differing(found, found[WAGES].workers):
            yield ("totals", *path), finding

    # --- the guards ---

    def alarms(self, rows: Sequence[Row[Any]], limits: Any) -> Iterator[Alarm]:
        """Wages below the minimum wage, which does not bind households (the Order's own rule)."""
        low = [
            row.number
            for row in rows
            if 0 < row.record.wages < limits.minimum_wage * SEN and not row.record.worker.domestic
        ]
        if low:
            yield Alarm("minimum-wage", _low(low, limits.minimum_wage))

    def swings(self, rows: Sequence[Row[Any]], census: Census, limits: Any) -> Iterator[Alarm]:
        """Workers whom the table lacks, and a month far from the one before."""
        if not self.monthly:
            return
        known = {row.record.identification for row in rows}
        missing = len((census.listed or frozenset()) - known)
        if missing > limits.month_missing:
            yield Alarm("month-missing", _missing(missing, limits.month_missing))
        if census.last is not None:
            found = self.summed(rows)
            yield from self._far(found, census, limits)

    def _far(self, found: dict[str, Sum], census: Census, limits: Any) -> Iterator[Alarm]:
        last = census.last
        if last is None:
            return
        workers, amount = found[WAGES].workers, contribution.grand(found)
        away = abs(workers - last.workers)
        if away > limits.month_change_free and _beyond(away, last.workers, limits.month_change):
            told = _swing(HEADS, str(workers), str(last.workers), last.month, limits.month_change)
            yield Alarm("month-workers", told)
        if _beyond(abs(amount - last.amount), last.amount, limits.month_change):
            now, before = f"RM {money.shown(amount)}", f"RM {money.shown(last.amount)}"
            told = _swing(AMOUNT, now, before, last.month, limits.month_change)
            yield Alarm("month-total", told)

    def told(self, rows: Sequence[Row[Any]]) -> dict[int, Words]:
        """What is due of each worker's wages."""
        return {
            row.number: _amounts(share, self.act, self.kind)
            for row, share in zip(rows, self.shares(rows), strict=True)
        }

    def total(self, rows: Sequence[Row[Any]]) -> tuple[str, Words] | None:
        """What the submission comes to; of one that is short only the portal knows it."""
        if not self.monthly or not rows:
            return None
        found = contribution.sums(self.shares(rows), self.act)
        heads, month = found[WAGES].workers, self.month
        words = Words(
            f"caruman {month}, {heads} pekerja", f"due for {month}, {many(heads, 'worker')}"
        )
        return f"RM {money.shown(contribution.grand(found))}", words

    def figures(self, rows: Sequence[Row[Any]], census: Census | None) -> list[tuple[str, str]]:
        """The month, its head-count, every column's total, and those of the month before."""
        found, due = self.summed(rows), Figure.DUE if self.kind == "month" else Figure.WHOLE
        told = [
            (Figure.MONTH, str(self.month)),
            (Figure.PAID, str(found[WAGES].workers)),
            (Figure.WAGES, money.shown(found[WAGES].amount)),
            *(
                (f"{HEADINGS[name].en} (RM)", money.shown(found[name].amount))
                for name in self.act.columns
            ),
            (due, money.shown(contribution.grand(found))),
        ]
        last = census.last if census else None
        if last is not None:
            told += [
                (Figure.LAST_PAID, str(last.workers)),
                (Figure.LAST_DUE, money.shown(last.amount)),
            ]
        return told


def _amounts(share: Share, act: Act, kind: str) -> Words:
    each = [(HEADINGS[name], money.shown(share.of(name))) for name in act.columns]
    bm = ", ".join(f"{heading.bm} {amount}" for heading, amount in each)
    en = ", ".join(f"{heading.en} {amount}" for heading, amount in each)
    if kind == "short":  # what was added is the portal's difference
        return Words(f"Seluruh bulan: {bm}.", f"The whole month: {en}.")
    return Words(f"RM: {bm}.", f"RM: {en}.")


def _beyond(away: int, base: int, percent: int) -> bool:
    return away * 100 > percent * base


def _low(numbers: list[int], wage: int) -> Words:
    shown = first_few(numbers)
    return Words(
        f"Gaji di bawah gaji minimum RM{wage:,}: {len(numbers)} baris ({shown}).",
        f"Wages below the minimum wage of RM{wage:,}: {many(len(numbers), 'row')} ({shown}).",
    )


def _missing(found: int, limit: int) -> Words:
    return Words(
        f"Pekerja dalam senarai portal bulan itu yang tiada dalam jadual gaji: {found}; had: "
        f"{limit}.",
        f"Workers on the portal's list of the month who are not in the payroll table: {found}; "
        f"the limit is {limit}.",
    )


def _swing(what: Words, now: str, before: str, month: str, limit: int) -> Words:
    return Words(
        f"{what.bm} {now}, bulan {month}: {before}; had perbezaan: {limit} %.",
        f"{what.en} {now}, of {month}: {before}; the limit of the difference is {limit} %.",
    )


HEADS = Words("Pekerja bulan ini", "Workers this month")
AMOUNT = Words("Jumlah caruman bulan ini", "This month's total contribution")
NOTHING_DUE = Words(
    "Tiada caruman bulan ini; baris ini tidak dihantar.",
    "Nothing is due for this month; this row is left out.",
)
SHORT_BY_ROWS = Words(
    "Kekurangan caruman dihantar baris demi baris sahaja: tulis 'by: rows'.",
    "A short payment goes by rows only: write 'by: rows'.",
)
LATE = Words(
    "Bulan ini sudah lewat; PERKESO boleh mengenakan faedah caruman lewat bayar (FCLB).",
    "This month is late; PERKESO may charge interest on late contributions (FCLB).",
)
