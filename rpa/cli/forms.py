"""`assist-rpa forms`: Borang 1 and Borang 2 as PDF, from the job that files them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa import jobs, settings
from rpa.cli import package
from rpa.cli.settled import settled
from rpa.errors import JobInvalid, Words
from rpa.parcel import borang

if TYPE_CHECKING:
    from pathlib import Path


def forms(job: Path, config: Path | None) -> int:
    """Write the forms into a new private folder; 0 when they stand there."""
    known = settings.load(config=config)
    plan = settled(jobs.check(job, today=known.today()), job)
    if plan.job.procedure not in borang.PROCEDURES:
        raise JobInvalid(NO_FORMS, where=str(job))
    made = borang.forms(plan.job.employer_code, plan.rows)
    if not made.files:
        raise JobInvalid(made.told[-1], where=str(job))
    folder = package.written(known, plan, made)
    package.told(made, folder)
    return 0


NO_FORMS = Words(
    f"Borang 1 dan Borang 2 hanya bagi: {', '.join(borang.PROCEDURES)}.",
    f"Borang 1 and Borang 2 are only of: {', '.join(borang.PROCEDURES)}.",
)
