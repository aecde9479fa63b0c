"""What a check gives back: a plan that can be filed, or everything that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rpa.errors import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.model.filing import Document, Row
    from rpa.model.job import Job


@dataclass(frozen=True, slots=True)
class TableRef:
    """How the operator's table was read, so that it can be given back the same.

    ``path`` is absolute. ``header_row`` counts from 1 as Excel shows it, and so do ``columns``,
    those that were read. ``encoding``, ``delimiter`` and ``newline`` are for a .csv only: Python's
    name of the encoding, the sign between fields, and how lines end.
    """

    path: Path
    kind: Literal["xlsx", "csv"]
    sheet: str | None
    header_row: int
    encoding: str | None = None
    delimiter: str | None = None
    newline: str | None = None
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A job without errors.

    ``rows`` begin with the head's, number 0, where the job has one; ``filings`` are the same rows
    as they are sent. ``job_file`` and the documents' paths are absolute. ``digest`` is over the
    bytes of the job file, the table and all documents: what was checked is what will be sent.
    """

    job: Job
    job_file: Path
    rows: tuple[Row[Any], ...]
    filings: tuple[tuple[Row[Any], ...], ...]
    documents: tuple[Document, ...]
    table: TableRef | None
    digest: str


@dataclass(frozen=True, slots=True)
class Checked:
    """``plan`` is None when an error stands; ``problems`` are in the order of the files."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    rows_read: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops the job."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is only shown."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)
