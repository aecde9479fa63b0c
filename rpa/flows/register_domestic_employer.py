"""QRG 1 for employers of domestic workers only: an individual and his household's workers.

The guide has the same steps as for any employer (facts 4.2); what differs is what the papers say
of him, which `DomesticEmployer` holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from rpa.flows.register_employer import (
    PREFIX,
    REVIEW,
    SCREEN,
    UNSENT,
    find,
    persons,
    run,
    tray,
    withdraw,
)
from rpa.model.job import WorkersJob
from rpa.rules.domestic import DomesticEmployer, objections
from rpa.rules.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.model.filing import Row
    from rpa.rules.record import Finding

__all__ = [
    "PREFIX",
    "REVIEW",
    "SCREEN",
    "UNSENT",
    "Job",
    "find",
    "persons",
    "run",
    "tray",
    "withdraw",
]


class Job(WorkersJob):
    """A private employer with his domestic workers, under one case number."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("employer", DomesticEmployer)

    procedure: Literal["register_domestic_employer"]
    employer: Annotated[DomesticEmployer, Field(description="The private employer.")]

    def cross(self, rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Finding]]:
        """All workers are domestic, and the employer may employ each of them."""
        for row in rows:
            if row.number:
                for finding in objections(self.employer, row.record.worker):
                    yield row, finding
