"""How a run ended: one verdict a row, one summary a filing, one exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rpa.engine.moved import Sightings
from rpa.errors import (
    SENT_NOTHING,
    Bug,
    InDoubt,
    NeedsPerson,
    Refused,
    ReviewMismatch,
    RpaError,
    Words,
)
from rpa.evidence.report import TOUCHED
from rpa.model.filing import RowState
from rpa.portal.origins import Elsewhere

if TYPE_CHECKING:
    from datetime import datetime

    from rpa.evidence.report import FilingSummary
    from rpa.model.filing import Verdict


# Whose move weighs most when several filings ended badly: a doubt, a review that shows something
# else, what a person must do, the portal's no.
GRAVITY = (Refused, NeedsPerson, ReviewMismatch, Bug, InDoubt)


NOTHING_SENT = Words("Tiada apa-apa dihantar.", "Nothing was sent.")


def _gravity(error: RpaError) -> int:
    return max((place for place, kind in enumerate(GRAVITY) if isinstance(error, kind)), default=-1)


@dataclass
class Outcome:
    """Filled while the run goes on."""

    run_id: str
    rehearsal: bool
    started: datetime
    ended: datetime | None = None
    verdicts: dict[int, Verdict[Any]] = field(default_factory=dict)
    filings: list[FilingSummary] = field(default_factory=list)
    stopped_by: RpaError | None = None
    errors: list[RpaError] = field(default_factory=list)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)  # what was refused to the browser
    older: list[Words] = field(default_factory=list)  # that the ledger is not the newest
    drafts: list[Words] = field(default_factory=list)  # drafts of ours that still stand
    sightings: Sightings = field(default_factory=Sightings)  # by which signs things were found
    moved: tuple[Words, ...] = ()  # what earlier runs found by signs that are gone

    @property
    def notes(self) -> tuple[Words, ...]:
        """What a person should know of the run, beside its rows."""
        return (*self.older, *self.drafts, *self.elsewhere.told)

    def stop(self, error: RpaError) -> None:
        """What ended the run; what comes after it is one more of its errors."""
        if self.stopped_by is None:
            self.stopped_by = error
        elif error is not self.stopped_by:
            self.errors.append(error)

    def count(self, *states: RowState) -> int:
        """How many rows stand so."""
        return sum(v.state in states for v in self.verdicts.values())

    @property
    def sent(self) -> Words | None:
        """*Nothing was sent*, where no run has sent a row of the job, as far as the ledger knows.

        Of a run that sent nothing itself of a job of which an earlier one did, that it did not.
        None where this run sent or pressed something: then the rows are told, and no sentence.
        """
        if not self.count(*TOUCHED) and not any(v.reference for v in self.verdicts.values()):
            return NOTHING_SENT
        mine = any(f.state in (RowState.FILED, RowState.IN_DOUBT) for f in self.filings)
        return None if mine else SENT_NOTHING

    @property
    def filed_before(self) -> int:
        """Rows that an earlier run, or a person, had filed."""
        return sum(v.before for v in self.verdicts.values())

    @property
    def references(self) -> set[str]:
        """The case numbers behind the filed rows."""
        filed = (v for v in self.verdicts.values() if v.state is RowState.FILED)
        return {v.reference for v in filed if v.reference}

    @property
    def exit_code(self) -> int:
        """0 when every row is filed or rehearsed; else whose move it is, the gravest first."""
        stops = [*([self.stopped_by] if self.stopped_by else []), *self.errors]
        if self.count(RowState.IN_DOUBT) or any(isinstance(e, InDoubt) for e in stops):
            return InDoubt.exit_code
        if self.stopped_by:
            return self.stopped_by.exit_code
        if self.errors:
            return max(self.errors, key=_gravity).exit_code
        return Refused.exit_code if self.count(RowState.REFUSED) else 0
