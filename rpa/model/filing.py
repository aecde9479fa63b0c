"""The words every room shares: record, row, filing, receipt, verdict.

They hold data and no behaviour, so that a flow, the ledger, the report and the workbook speak of
the same thing without knowing each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from rpa.errors import Words
from rpa.rules.record import Record
from rpa.rules.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from rpa.errors import NotWritten, WordSought

# A case's status, as the ledger keeps it; the portal's words for them: `rpa.rules.vocabulary`.
DRAFT, APPROVED, REJECTED = Status.DRAFT, Status.APPROVED, Status.REJECTED
UNDER_QUERY, UNDER_ENFORCEMENT = Status.UNDER_QUERY, Status.UNDER_ENFORCEMENT
RECEIVED = Status.RECEIVED  # a contribution: nobody decides over it

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to upload: its type in the portal's words, and the file on the operator's disk.

    ``field`` is the row's field that names it, empty for a paper of the whole filing. A paper
    without a type goes into a popup of its own field, not among the supporting documents.
    """

    type: str
    path: Path
    remarks: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Row(Generic[RecordT]):
    """One line of the operator's table.

    ``number`` is the line's number as the operator sees it in Excel (or its place in the job
    file, from 1); ``address`` shows where it stands (``joiners.xlsx!Sheet1!17``), ``places`` where
    its fields do. Two rows are the same filing matter when ``record.key`` is equal. ``also`` are
    the numbers of further lines that it was added up of.
    """

    number: int
    address: str
    record: RecordT
    documents: tuple[Document, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    also: tuple[int, ...] = ()

    def paper(self, field: str) -> Document | None:
        """The paper that this field names."""
        return next((paper for paper in self.documents if paper.field == field), None)


@dataclass(frozen=True, slots=True)
class Filing(Generic[RecordT]):
    """One submission at the portal; the unit of *at most once*.

    ``job`` is the job it is of (`rpa.model.job.Job`).
    """

    id: str
    procedure: str
    employer: str
    rows: tuple[Row[RecordT], ...]
    documents: tuple[Document, ...] = ()
    job: Any = None

    @property
    def occasion(self) -> tuple[str, ...]:
        """What it is about beside its rows, such as a month, the widest word first.

        Two unsettled filings about one person and the same first word exclude each other.
        """
        return self.job.occasion if self.job else ()


class Papers(NamedTuple):
    """What came of the portal's papers (letters, slips, forms), and what is missing of them.

    ``unwritten``: the disk did not take one.
    """

    saved: tuple[Path, ...] = ()
    remarks: tuple[Words, ...] = ()
    unwritten: NotWritten | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the portal gave for one filing: reference, time, its words, its letters.

    ``status`` is the case's status (`rpa.rules.vocabulary.Status`), empty when none was shown;
    ``employer_code`` the code of a newly registered employer, ``numbers`` the numbers given to
    persons (SSFW, SSFDW), by `Record.person`. ``remarks`` tell what it promised and did not give;
    ``unwritten`` is what the disk did not take of it.
    """

    reference: str
    at: datetime
    message: str = ""
    letters: tuple[Path, ...] = ()
    status: str = ""
    employer_code: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Words, ...] = ()
    unwritten: NotWritten | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A row that the portal already knows: ``same`` with the declared data, or otherwise."""

    same: bool
    words: Words


class Mend(NamedTuple):
    """What the office can do about a review that differs, and what a person may be asked of it."""

    words: Words
    asks: WordSought | None


class ListedWorker(NamedTuple):
    """One line of the portal's listing of an employer's workers; it may show no start date."""

    identification: str
    name: str
    employment_start_date: date | None

    @property
    def known_as(self) -> frozenset[str]:
        """By what a case may name them."""
        return frozenset({self.identification, self.name})


class Bill(NamedTuple):
    """A month's contribution as the portal has it: how many workers, and how much in sen."""

    month: str
    workers: int
    amount: int


class Census(NamedTuple):
    """The active workers of an employer as the portal counts them.

    ``workers`` are they, where they were read as well and not only counted; ``listed`` are their
    identification numbers, of a month's listing; ``last`` is the contribution of the month before,
    where the portal has one.
    """

    active: int
    workers: tuple[ListedWorker, ...] = ()
    listed: frozenset[str] | None = None
    last: Bill | None = None


class Alarm(NamedTuple):
    """Something a guard will not let pass without a person.

    ``guard`` is its short, stable name. ``absolute``: no approval helps, for the job contradicts
    the portal or itself. ``row`` is the number of the row it is about, if it is about one.
    """

    guard: str
    words: Words
    absolute: bool = False
    row: int | None = None


RESULT_PREFIX = "ASSIST "  # headings of the columns this tool adds to a workbook begin with it


class RowState(StrEnum):
    """How a row stands, for its operator."""

    FILED = "filed"
    REHEARSED = "rehearsed"
    REFUSED = "refused"
    IN_DOUBT = "in doubt"
    INVALID = "invalid"
    NOT_SENT = "not sent"
    LATER = "not due yet"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"  # the ledger is away, or another run at work: sent or not, nobody can say


def _with(row: Row[Any]) -> Words:
    return Words(
        f"Dijumlahkan dengan baris {row.number}; jumlahnya di sana.",
        f"Added up with row {row.number}; the amounts stand there.",
    )


def _added(numbers: tuple[int, ...]) -> Words:
    listed = ", ".join(map(str, numbers))
    return Words(f"Dijumlahkan dengan baris {listed}.", f"Row {listed} is added in.")


@dataclass(frozen=True, slots=True)
class Verdict(Generic[RecordT]):
    """What became of one row; every row of a job gets exactly one.

    ``before`` tells that the row was filed by an earlier run (or by hand) and this run only found
    it. ``evidence`` are files inside the run folder. ``remarks`` are what the portal made of
    the row (a number it gave, a value it keeps in other words); they may hold personal data, so no
    log line has them. ``own_move``: what comes next for the row stands in its reason. ``doubt`` is
    the id of the filing that a person may answer for.
    """

    row: Row[RecordT]
    state: RowState
    reason: Words
    reference: str = ""
    at: datetime | None = None
    before: bool = False
    evidence: tuple[Path, ...] = field(default=())
    remarks: tuple[Words, ...] = ()
    own_move: bool = False
    doubt: str = ""

    def of_lines(self) -> Iterator[Verdict[RecordT]]:
        """The same for each line of the operator's table that the row was made of."""
        yield self
        for number in self.row.also:
            line = replace(self.row, number=number, also=())
            yield replace(self, row=line, remarks=(_with(self.row),))

    @property
    def told(self) -> Words:
        """The reason with the remarks, for report and workbook."""
        parts = (self.reason, *self.remarks, *([_added(self.row.also)] if self.row.also else []))
        return Words(" ".join(p.bm for p in parts), " ".join(p.en for p in parts))
