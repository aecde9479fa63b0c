"""The job file of `assist-rpa review`: which months to read, and the payrolls to compare with.

It files nothing, so that it is no job of `rpa.model.job`: no rows, no filings, no plan to approve.
Its payroll tables are read as those of a filing are, every error with its cell.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003  pydantic's models are beside it
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from rpa.errors import Problem, Severity, Words
from rpa.jobs import files, models, tables, yaml_file
from rpa.jobs.alone import objected
from rpa.jobs.documents import Papers
from rpa.jobs.kinds import Kinds
from rpa.jobs.limits import Limits
from rpa.jobs.model import Source, part
from rpa.jobs.places import IN_JOB, Place, Problems, Unfit, shown_name
from rpa.jobs.rows import RowReader
from rpa.model.job import Strict, Table
from rpa.reading import Unreadable, contents
from rpa.rules import employer_code, schedule
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from rpa.rules.recorded import Fund

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rpa.jobs.tables import ReadTable
    from rpa.model.filing import Row

PROCEDURE = "review_contributions"
MOST_MONTHS = 84
"""Seven years: as long as the employer keeps his register (facts 13.2)."""

FUNDS = {"both": (Fund.ACR, Fund.ECR), "socso": (Fund.ACR,), "eis": (Fund.ECR,)}
_DEFAULT_LIMITS = Limits()
_MONTH_EXAMPLES = ["10/2026"]


class ReviewJob(Strict):
    """One review: an employer's months, read at the portal and compared."""

    procedure: Annotated[Literal["review_contributions"], Field(description="Nothing is filed.")]
    employer: Annotated[
        str,
        Field(description="Employer code: letter, ten digits, letter.", examples=["E9900001234V"]),
    ]
    months: Annotated[
        list[str],
        Field(description="MM/YYYY each; or give from and to.", examples=[_MONTH_EXAMPLES]),
    ] = Field(default_factory=list)
    since: Annotated[
        str | None,
        Field(alias="from", description="The first month, MM/YYYY.", examples=_MONTH_EXAMPLES),
    ] = None
    until: Annotated[
        str | None,
        Field(alias="to", description="The last month, MM/YYYY.", examples=_MONTH_EXAMPLES),
    ] = None
    acts: Annotated[
        Literal["both", "socso", "eis"], Field(description="ACR and ECR, ACR alone, ECR alone.")
    ] = "both"
    tables: Annotated[
        dict[str, Table],
        Field(description="MM/YYYY: the payroll table of that month, to compare with."),
    ] = Field(default_factory=dict)
    portal_id: Annotated[
        str | None, Field(description="Only when several portal IDs hold the employer.")
    ] = None


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """A review without errors; ``payrolls`` are the rows of the months that have a table.

    ``inputs`` are the job file and the tables, absolute; ``digest`` is over their bytes.
    """

    job: ReviewJob
    job_file: Path
    months: tuple[Month, ...]
    payrolls: dict[Month, tuple[Row[Payee], ...]]
    inputs: tuple[Path, ...]
    digest: str

    @property
    def funds(self) -> tuple[Fund, ...]:
        """The records to read."""
        return FUNDS[self.job.acts]

    def unchanged(self, copies: Sequence[Path]) -> bool:
        """Whether these copies of ``inputs`` are what was checked."""
        try:
            read = [contents(copy, _DEFAULT_LIMITS.table) for copy in copies]
        except Unreadable:
            return False  # taken away, or shut to us
        return _digest(read) == self.digest


@dataclass(frozen=True, slots=True)
class CheckedReview:
    """``plan`` is None when an error stands; ``problems`` are in the order of the files."""

    plan: ReviewPlan | None
    problems: tuple[Problem, ...]
    rows_read: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops the review."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def is_review(job_file: Path) -> bool:
    """Whether a job file is one of `review`; False for whatever cannot be read."""
    return models.named(job_file) == PROCEDURE


def check_review(job_file: Path, *, today: date, limits: Limits = _DEFAULT_LIMITS) -> CheckedReview:
    """Everything that can be known of a review before a browser opens.

    ``today`` is the day in Asia/Kuala_Lumpur. Never raises for what the files hold.
    """
    work = _Check(job_file, today, limits)
    try:
        plan = work.run()
    except Unfit as fault:
        plan = None
        work.problems.unfit(fault, Place(shown_name(job_file), (IN_JOB, 0, 0)))
    found = tuple(p for some in (work.problems, *work.of_tables) for p in some.in_order())
    checked = CheckedReview(plan, found, work.rows_read)
    return replace(checked, plan=None) if checked.errors else checked


@dataclass(slots=True)
class _Check:
    """One check and what it has read so far."""

    job_file: Path
    today: date
    limits: Limits
    problems: Problems = field(default_factory=Problems)
    rows_read: int = 0
    of_tables: list[Problems] = field(default_factory=list)
    payrolls: dict[Month, tuple[Row[Payee], ...]] = field(default_factory=dict)
    inputs: dict[Path, bytes] = field(default_factory=dict)

    def run(self) -> ReviewPlan | None:
        content = files.read(self.job_file, self.limits.job)
        self.inputs[self.job_file.absolute()] = content
        name = shown_name(self.job_file)
        source = Source(
            yaml_file.parse(content, name, self.limits.depth, self.problems), self.problems
        )
        data = source.data(source.root, ())
        job = source.model(ReviewJob, data)
        self._employer(source, data.get("employer"))
        months = self._months(source, data)
        self._tables(source, data, months)
        if job is None:
            return None
        return ReviewPlan(
            job=job,
            job_file=self.job_file.absolute(),
            months=months,
            payrolls=self.payrolls,
            inputs=tuple(self.inputs),
            digest=_digest(list(self.inputs.values())),
        )

    def _employer(self, source: Source, code: Any) -> None:
        if isinstance(code, str) and ("employer",) not in source.spoilt:
            for finding in employer_code.findings(code):
                place = source.place(("employer",))
                self.problems.add(place, finding.code, finding.words, finding.severity)

    # --- months ---

    def _months(self, source: Source, data: dict[str, Any]) -> tuple[Month, ...]:
        """The months asked for, oldest first; what is wrong with them is noted."""
        listed, ends = data.get("months"), [data.get("from"), data.get("to")]
        if listed and ends != [None, None]:
            self.problems.add(source.place(("months",), key=True), "months-both", _BOTH)
        if listed:
            listed = listed if isinstance(listed, list) else []
            found = [self._month(source, ("months", i), text) for i, text in enumerate(listed)]
            self._twice(source, found)
            return tuple(sorted({month for month in found if month}))
        first, last = (self._month(source, (key,), data.get(key)) for key in ("from", "to"))
        if None in ends:
            self.problems.add(source.place(()), "months-none", _NO_MONTHS)
        if first is None or last is None:
            return ()
        return self._span(source, first, last)

    def _month(self, source: Source, loc: tuple[str | int, ...], text: Any) -> Month | None:
        if not isinstance(text, str):
            return None  # the model says that it is missing, or no text
        month = Month.read(text)
        if month is None:
            self.problems.add(source.place(loc), "month-form", _MONTH_FORM)
        elif month > Month.of(self.today):
            self.problems.add(source.place(loc), "month-future", _FUTURE)
        return month

    def _twice(self, source: Source, found: Sequence[Month | None]) -> None:
        for i, month in enumerate(found):
            if month and month in found[:i]:
                self.problems.add(source.place(("months", i)), "month-twice", _TWICE)

    def _span(self, source: Source, first: Month, last: Month) -> tuple[Month, ...]:
        if last < first:
            self.problems.add(source.place(("to",)), "months-order", _ORDER)
            return ()
        months = [first]
        while months[-1] < last and len(months) <= MOST_MONTHS:
            months.append(months[-1].next)
        if len(months) > MOST_MONTHS:
            self.problems.add(source.place(("from",)), "months-many", _MANY)
        return tuple(months)

    # --- payroll tables ---

    def _tables(self, source: Source, data: dict[str, Any], months: tuple[Month, ...]) -> None:
        given = data.get("tables")
        for text, told in given.items() if isinstance(given, dict) else ():
            loc = ("tables", text)
            month, spec = Month.read(text), part(Table, told)
            problem = self._misplaced(month, months)
            if problem:
                self.problems.add(source.place(loc, key=True), *problem)
            elif month and spec:
                self.payrolls[month] = self._payroll(source, loc, spec, month, data)

    def _misplaced(self, month: Month | None, months: Sequence[Month]) -> tuple[str, Words] | None:
        if month is None:
            return "month-form", _MONTH_FORM
        if month not in months:
            return "table-month", _OTHER_MONTH
        return None if schedule.known(month) else ("month-unknown", _UNKNOWN)

    def _payroll(
        self,
        source: Source,
        loc: tuple[str, str],
        spec: Table,
        month: Month,
        data: dict[str, Any],
    ) -> tuple[Row[Payee], ...]:
        """The rows of one month's table; every objection to them is noted at its cell."""
        folder, kinds, problems = self.job_file.parent, Kinds(Payee), Problems()
        self.of_tables.append(problems)
        try:
            table = tables.read(spec, folder, _of_table(source, loc, problems), kinds, self.limits)
        except Unfit as fault:
            problems.unfit(fault, source.place((*loc, "file")))
            return ()
        self.inputs[(folder / spec.file).absolute()] = table.data
        if isinstance(data.get("employer"), str):
            tables.note_other_employer(table.codes, data["employer"], problems)
        tables.note_other_month(table.titles, month, problems)
        return self._rows(kinds, table, month, problems, add=spec.same_worker == "add")

    def _rows(
        self, kinds: Kinds, table: ReadTable, month: Month, problems: Problems, *, add: bool
    ) -> tuple[Row[Payee], ...]:
        papers = Papers(self.job_file.parent, self.limits, problems)
        reader = RowReader(self.today, problems, papers)
        reader.add = add
        self.rows_read += len(table.rows)
        rows = reader.read_all(kinds, table.rows)
        return objected(rows, reader, lambda payee: payee.in_month(month))


def _of_table(source: Source, loc: tuple[str, str], problems: Problems) -> Source:
    """The job file as the reader of tables knows it: with one table, under ``table``."""
    key, node = source.place(loc, key=True), source.root.values[loc[0]]
    if not isinstance(node, yaml_file.Mapping):
        raise TypeError("tables of no mapping were not read")
    root = yaml_file.Mapping(key, {"table": key}, {"table": node.values[loc[1]]})
    return Source(root, problems)


def _digest(contents: Sequence[bytes]) -> str:
    """SHA-256 over the files' own."""
    marks = [hashlib.sha256(content).digest() for content in contents]
    return hashlib.sha256(b"".join(marks)).hexdigest()


_MONTH_FORM = Words(
    "Tulis bulan sebagai BB/TTTT, contohnya 10/2026.",
    "Write the month as MM/YYYY, such as 10/2026.",
)
_FUTURE = Words("Bulan ini belum tiba.", "This month has not come.")
_TWICE = Words("Bulan ini sudah disebut.", "This month is named already.")
_NO_MONTHS = Words(
    "Nyatakan 'months' (senarai BB/TTTT), atau 'from' dan 'to'.",
    "Give 'months' (a list of MM/YYYY), or 'from' and 'to'.",
)
_BOTH = Words(
    "Gunakan 'months', atau 'from' dan 'to', bukan kedua-duanya.",
    "Use either 'months', or 'from' and 'to', not both.",
)
_ORDER = Words("Bulan ini sebelum 'from'.", "This month is before 'from'.")
_MANY = Words(
    f"Lebih daripada {MOST_MONTHS} bulan. Bahagikan semakan ini.",
    f"More than {MOST_MONTHS} months. Divide this review.",
)
_OTHER_MONTH = Words(
    "Jadual ini bagi bulan yang tidak disemak. Tambah bulan itu, atau padamkan jadual ini.",
    "This table is of a month that is not reviewed. Add the month, or remove the table.",
)
_UNKNOWN = Words(
    "Kadar caruman bulan ini tidak diketahui, maka ia tidak dapat dibandingkan.",
    "The contribution amounts of this month are not known, so that it cannot be compared.",
)
