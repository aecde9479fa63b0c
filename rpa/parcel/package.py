"""What a package procedure's file holds, what it is given, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from rpa.errors import JobInvalid, Words
from rpa.model.job import Job, TableJob
from rpa.reading import Unreadable, contents

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from rpa.model.filing import Document, Row

MOST_OF_PAPER: Final = 5_000_000  # bytes, as the check has it


class PackageJob(Job):
    """A job that files nothing: no portal ID is asked for, and no guard, for nothing is sent."""

    portal_id: ClassVar[None] = None  # type: ignore[misc]  # no key of these jobs
    limits: ClassVar[None] = None  # type: ignore[misc]  # no key of these jobs


class PackageTableJob(TableJob, PackageJob):
    """Such a job with rows, in a table or written into the job itself."""


@dataclass(frozen=True, slots=True)
class Order:
    """A checked job of a package procedure, and the day of Malaysia on which it is made.

    ``rows`` begin with the head's, number 0, where the job has one; ``documents`` are the papers
    of the whole job.
    """

    job: Any
    rows: tuple[Row[Any], ...]
    documents: tuple[Document, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Package:
    """What was made: the files by their names in the folder, and what a person is told.

    A name may have a folder before it (``papers/row-2-1.pdf``); none holds personal data. ``told``
    are lines about what is in it and what is missing; ``next_move`` says what a person does now.
    ``copies`` are further files, by what they are copied from: of many people more than fits a
    memory. ``persons`` are whom it lists, by the numbers of their rows: the ledger keeps a seal of
    each.
    """

    files: Mapping[str, bytes]
    told: tuple[Words, ...]
    next_move: Words
    persons: Mapping[int, str] = field(default_factory=dict)
    copies: Mapping[str, Path] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Of all files."""
        return [*self.files, *self.copies]


def read_paper(path: Path) -> bytes:
    """A paper that was checked. Raises JobInvalid for one that is not there any more."""
    try:
        return contents(path, MOST_OF_PAPER)
    except Unreadable as fault:
        raise JobInvalid(_GONE, where=path.name) from fault


_GONE = Words(
    "Dokumen ini tidak dapat dibaca lagi selepas disemak.",
    "This paper can no longer be read since it was checked.",
)


class Parcel(Protocol):
    """One package procedure."""

    Job: type[PackageJob]

    def matter(self, order: Order) -> tuple[str, ...]:
        """What the ledger knows it by: the same for what must not be sent twice."""

    def pack(self, order: Order) -> Package:
        """The same files of the same order, byte by byte. Writes nothing."""

    def answered(self, order: Order) -> Package:
        """What a person needs once the answer came; its files go into the same folder."""
