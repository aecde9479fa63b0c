"""The parts of a job file that procedures share: bare, with rows, of an employer, or both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from rpa.rules.employee import Employee
from rpa.rules.foreign_employee import ForeignEmployee
from rpa.rules.record import Record
from rpa.rules.variants import WORKERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rpa.errors import Words
    from rpa.model.filing import Alarm, Census, Row
    from rpa.rules.record import Finding


class Strict(BaseModel):
    """Unknown keys are refused: a misspelt key is a wish nobody heard."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Table(Strict):
    """Where the rows stand."""

    file: Annotated[Path, Field(description="An .xlsx or .csv file, relative to the job file.")]
    sheet: Annotated[str | None, Field(description="Needed when the workbook has several.")] = None
    columns: Annotated[
        dict[str, str],
        Field(description="field: heading, for headings that are not recognised by themselves."),
    ] = Field(default_factory=dict)
    same_worker: Annotated[
        Literal["refuse", "add"],
        Field(description="A worker's wages in several rows of a pay table: refused, or added up."),
    ] = "refuse"


class DocumentSpec(Strict):
    """A paper for every filing of the job."""

    type: Annotated[
        str, Field(min_length=1, description="The document type in the portal's words.")
    ]
    file: Annotated[Path, Field(description="PDF, JPG or PNG, relative to the job file.")]
    remarks: Annotated[str, Field(max_length=1000)] = ""


Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Count = Annotated[int, Field(strict=True, ge=0)]


class Limits(Strict):
    """How far one job may reach before a person is asked; unset: ``config/guards.yaml``."""

    rows: Annotated[Count | None, Field(description="Rows in a job.")] = None
    ended_share: Annotated[
        Percent | None, Field(description="Percent of the active workers whose work may end.")
    ] = None
    ended_free: Annotated[
        Count | None, Field(description="So many may end whatever share they are, but never all.")
    ] = None
    joined_share: Annotated[
        Count | None, Field(description="New workers in percent of the active ones.")
    ] = None
    joined_free: Annotated[
        Count | None, Field(description="So many may join whatever share they are.")
    ] = None
    days_back: Annotated[Count | None, Field(description="How old a date may be.")] = None
    days_ahead: Annotated[Count | None, Field(description="How far ahead a date may lie.")] = None
    unlisted: Annotated[
        Count | None, Field(description="Leavers whom the portal does not list.")
    ] = None
    month_change: Annotated[
        Count | None,
        Field(description="Percent by which a month's workers or total may differ from the last."),
    ] = None
    month_change_free: Annotated[
        Count | None, Field(description="So many workers more or fewer are never too many.")
    ] = None
    month_missing: Annotated[
        Count | None, Field(description="Workers of the portal's list whom the table lacks.")
    ] = None
    minimum_wage: Annotated[
        Count | None, Field(description="Ringgit a month; lower wages ask. 0: none do.")
    ] = None


class Schedule(Strict):
    """When the rows of a job with dates are filed by ``assist-rpa due``."""

    missed: Annotated[
        Literal["late", "skip", "ask"],
        Field(description="A day on which nothing ran: file late, skip with the reason, or ask."),
    ] = "late"
    days_after: Annotated[
        int, Field(strict=True, ge=0, le=29, description="So many days after the row's own date.")
    ] = 0
    rest_days: Annotated[
        Literal["file", "next"],
        Field(description="On rest days and holidays: file, or wait for the next working day."),
    ] = "next"


class Effect(NamedTuple):
    """How many workers the rows of a job bring to an employer, and how many they take."""

    joins: int = 0
    ends: int = 0


class Job(Strict):
    """One job file: one procedure and its documents; perhaps one thing besides rows, the head.

    A procedure says by class variables what it takes, and has a model field of the same name for
    each: ``head`` the YAML key and the record of the one thing (an employer to be registered);
    ``record`` the kind of row, None for a procedure without rows (else the field ``rows``);
    ``variants`` further kinds of row by the value of their field ``worker``, whose blank means
    ``record``; ``rows_required`` whether a job without rows is a mistake.
    """

    head: ClassVar[tuple[str, type[Record]] | None] = None
    record: ClassVar[type[Record] | None] = None
    variants: ClassVar[Mapping[str, type[Record]]] = MappingProxyType({})
    rows_required: ClassVar[bool] = False
    approval: ClassVar[bool] = False  # never filed without a second person
    lists: ClassVar[bool] = False  # people who are listed once in a time of cover

    procedure: Annotated[str, Field(description="What to file, such as add_employees.")]
    portal_id: Annotated[
        str | None, Field(description="Only when several portal IDs could file this.")
    ] = None
    documents: list[DocumentSpec] = Field(default_factory=list)
    limits: Annotated[
        Limits, Field(description="How far this job may reach before a person is asked.")
    ] = Limits()

    @property
    def employer_code(self) -> str:
        """The employer it is about; empty where he is none yet."""
        return ""

    @property
    def monthly(self) -> bool:
        """Whether it is about all workers of a month: then the portal is always asked. Here not."""
        return False

    @property
    def occasion(self) -> tuple[str, ...]:
        """What its filings are about beside their rows, see `Filing.occasion`. Here nothing."""
        return ()

    @property
    def known_as(self) -> frozenset[str]:
        """All by which a draft at the portal may name its matter, beside its persons.

        A draft of a month, under whichever act, holds the same workers.
        """
        return frozenset(self.occasion[:1])

    def left_out(self, rows: Sequence[Row[Any]]) -> dict[int, Words]:
        """The rows that are not to be sent, by their numbers, with the reason. Here none."""
        del rows
        return {}

    def apart(self, known: Sequence[int]) -> Words | None:
        """Why the others may not go by themselves, where the ledger knows these rows. Here: may."""
        del known
        return None

    def whole(
        self, rows: Sequence[Row[Any]], today: date
    ) -> Iterator[tuple[tuple[str | int, ...], Finding]]:
        """Objections to the job's own keys, each with its path in the job file. Here none."""
        del rows, today
        return iter(())

    def filings(self, rows: Sequence[Row[Any]]) -> list[tuple[Row[Any], ...]]:
        """The rows as they are sent: each tuple under one HANTAR. Here all of them together.

        ``rows`` begin with the head's, number 0, where the job has one.
        """
        return [tuple(rows)] if rows else []

    def cross(self, rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Finding]]:
        """Objections that need more than one row to be seen. Here none.

        ``rows`` are those that could be read, the head's first.
        """
        del rows
        return iter(())

    def effect(self, rows: Sequence[Row[Any]]) -> Effect:
        """What these rows do to the employer's number of workers. Here nothing."""
        del rows
        return Effect()

    def unlisted(self, rows: Sequence[Row[Any]], census: Census) -> list[Row[Any]]:
        """The rows about people whom the portal should list and does not. Here none."""
        del rows, census
        return []

    def against(self, rows: Sequence[Row[Any]], census: Census) -> Iterator[Alarm]:
        """What the portal's own listing says against these rows. Here nothing."""
        del rows, census
        return iter(())

    def alarms(self, rows: Sequence[Row[Any]], limits: Any) -> Iterator[Alarm]:
        """What is seen without the portal, beyond what every job is asked. Here nothing.

        ``limits`` are `rpa.settings.Guards` with the job's own in their place.
        """
        del rows, limits
        return iter(())

    def swings(self, rows: Sequence[Row[Any]], census: Census, limits: Any) -> Iterator[Alarm]:
        """What of a whole month is far from what the portal has. Here nothing.

        ``rows`` are all of the job, sent or not.
        """
        del rows, census, limits
        return iter(())

    def told(self, rows: Sequence[Row[Any]]) -> dict[int, Words]:
        """What report and workbook tell beside each of these rows once they are filed. Nothing."""
        del rows
        return {}

    def total(self, rows: Sequence[Row[Any]]) -> tuple[str, Words] | None:
        """An amount that these rows come to, and what it is; for the top of a report. None."""
        del rows
        return None

    def figures(self, rows: Sequence[Row[Any]], census: Census | None) -> list[tuple[str, str]]:
        """Figures that a second person reads, beside the workers who join and leave. Here none."""
        del rows, census
        return []


class TableJob(Job):
    """A job with rows, in a table or written into the job itself."""

    rows_required: ClassVar[bool] = True

    table: Table | None = None


class WorkersJob(TableJob):
    """A job whose rows are new workers: local, foreign, domestic."""

    record: ClassVar[type[Record] | None] = Employee
    variants: ClassVar[Mapping[str, type[Record]]] = WORKERS

    rows: Annotated[
        list[Employee | ForeignEmployee], Field(description="Rows written into the job itself.")
    ] = Field(default_factory=list)

    def effect(self, rows: Sequence[Row[Any]]) -> Effect:
        """Each row is a worker more; the head of a registration is none."""
        return Effect(joins=sum(row.number > 0 for row in rows))


class OfEmployer(Job):
    """A job for an employer who has his code already."""

    employer: Annotated[
        str,
        Field(description="Employer code: letter, ten digits, letter.", examples=["E9900001234V"]),
    ]

    @property
    def employer_code(self) -> str:
        """The code."""
        return self.employer


class EmployerJob(TableJob, OfEmployer):
    """A job with rows for an employer who has his code already, sent so many at a time."""

    rows_per_filing: Annotated[
        int, Field(strict=True, ge=1, le=100, description="Rows sent under one HANTAR.")
    ] = 10

    def filings(self, rows: Sequence[Row[Any]]) -> list[tuple[Row[Any], ...]]:
        """By ``Record.group``, so many at a time.

        Groups come in the order of their first rows, and rows keep the table's order inside.
        """
        groups: dict[str, list[Row[Any]]] = {}
        for row in rows:
            groups.setdefault(row.record.group, []).append(row)
        size = self.rows_per_filing
        return [
            tuple(group[start : start + size])
            for group in groups.values()
            for start in range(0, len(group), size)
        ]


class DatedJob(EmployerJob):
    """Such a job whose rows have a day before which they are not filed (`Record.due`)."""

    schedule: Annotated[
        Schedule, Field(description="How `assist-rpa due` files the rows on their days.")
    ] = Schedule()
