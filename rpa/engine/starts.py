"""Every start of a job, also one that came to nothing: a line in the ledger's log, for `status`.

The table of runs knows a digest and a folder; of a start that failed before them it knows nothing.
A line names the job's file, the employer and counts, and nobody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rpa.engine.agenda import job_name
from rpa.model.filing import RowState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from rpa.engine.outcome import Outcome
    from rpa.errors import RpaError, Words
    from rpa.jobs import Plan
    from rpa.ledger.ledger import Ledger, Plain

KIND: Final = "start ended"
_DONE: Final = {False: RowState.FILED, True: RowState.REHEARSED}


@dataclass(frozen=True, slots=True)
class Start:
    """How one start of a job ended; ``run`` is empty where there was no plan."""

    at: datetime
    job: str
    employer: str
    procedure: str
    rehearsal: bool
    run: str
    exit: int
    done: int
    rows: int
    why_bm: str
    why_en: str


def note(ledger: Ledger, plan: Plan, outcome: Outcome) -> None:
    """Of a plan, whether its run began or not."""
    why = outcome.stopped_by or next(iter(outcome.errors), None)
    ledger.note(
        KIND,
        {
            "job": job_name(plan.job_file),
            "employer": plan.job.employer_code,
            "procedure": plan.job.procedure,
            "rehearsal": outcome.rehearsal,
            "run": outcome.run_id,
            "exit": outcome.exit_code,
            "done": outcome.count(_DONE[outcome.rehearsal]),
            "rows": len(outcome.verdicts),
            **_why(why.words if why else None),
        },
    )


def failed(ledger: Ledger, job: Path, error: RpaError) -> None:
    """Of a file that gave no plan: nothing more is known of it."""
    told: dict[str, Plain] = {"job": job_name(job), "employer": "", "procedure": "", "run": ""}
    counts: dict[str, Plain] = {"rehearsal": False, "exit": error.exit_code, "done": 0, "rows": 0}
    ledger.note(KIND, {**told, **counts, **_why(error.words)})


def lately(ledger: Ledger, most: int) -> Iterator[Start]:
    """The newest first."""
    for line in reversed(ledger.said(KIND)[-most:]):
        yield Start(line.at, **json.loads(line.data))


def _why(words: Words | None) -> dict[str, str]:
    """The portal's own words may name somebody, and the log is for ever: only our own are kept."""
    ours = words if words and words.bm != words.en else None
    return {"why_bm": ours.bm if ours else "", "why_en": ours.en if ours else ""}
