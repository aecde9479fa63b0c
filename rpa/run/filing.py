"""The words every room shares: record, row, filing, receipt, verdict.

They hold data and no behaviour, so that a flow, the ledger, the report and the workbook speak of
the same thing without knowing each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from rpa.rules.record import Record

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from rpa.errors import Words

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to upload: its type in the portal's words, and the file on the operator's disk."""

    type: str
    path: Path
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Row(Generic[RecordT]):
    """One line of the operator's table.

    ``number`` is the line's number as the operator sees it in Excel (or its place in the job
    file, from 1); ``address`` shows where it stands (``joiners.xlsx!Sheet1!17``). Two rows are the
    same filing matter when ``record.key`` is equal.
    """

    number: int
    address: str
    record: RecordT
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing(Generic[RecordT]):
    """One submission at the portal; the unit of *at most once*."""

    id: str
    procedure: str
    employer: str
    rows: tuple[Row[RecordT], ...]
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the portal gave for one filing: reference, time, its words, its letters."""

    reference: str
    at: datetime
    message: str = ""
    letters: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """A row that the portal already knows: ``same`` with the declared data, or otherwise."""

    same: bool
    words: Words


RESULT_PREFIX = "ASSIST "  # headings of the columns this tool adds to a workbook begin with it


class RowState(StrEnum):
    """How a row stands, for its operator."""

    FILED = "filed"
    REHEARSED = "rehearsed"
    REFUSED = "refused"
    IN_DOUBT = "in doubt"
    INVALID = "invalid"
    NOT_SENT = "not sent"


@dataclass(frozen=True, slots=True)
class Verdict(Generic[RecordT]):
    """What became of one row; every row of a job gets exactly one.

    ``before`` tells that the row was filed by an earlier run (or by hand) and this run only found
    it. ``evidence`` are files inside the run folder.
    """

    row: Row[RecordT]
    state: RowState
    reason: Words
    reference: str = ""
    at: datetime | None = None
    before: bool = False
    evidence: tuple[Path, ...] = field(default=())
