"""`assist-rpa forms`: Borang 1 and Borang 2 as PDF, from the job that files them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa import jobs, settings
from rpa.cli import package
from rpa.cli.settled import settled
from rpa.engine.agenda import job_name
from rpa.errors import JobInvalid, Words
from rpa.ledger import parcels
from rpa.ledger.ledger import Ledger
from rpa.parcel import borang

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.parcel.package import Package
    from rpa.settings import Settings

FORMS = "forms"


def forms(job: Path, config: Path | None) -> int:
    """Write the forms into a new private folder; 0 when they stand there."""
    known = settings.load(config=config)
    plan = settled(jobs.check(job, today=known.today()), job)
    if plan.job.procedure not in borang.PROCEDURES:
        raise JobInvalid(NO_FORMS, where=str(job))
    made = borang.forms(plan.job.employer_code, plan.rows)
    if not made.files:
        raise JobInvalid(made.told[-1], where=str(job))
    with Ledger.open(known.ledger) as ledger:
        folder = package.written(known, plan, made, lambda *of: _note(ledger, known, plan, *of))
    package.told(made, folder)
    return 0


def _note(ledger: Ledger, known: Settings, plan: Plan, _: Package, folder: Path) -> None:
    """So that `purge` knows it; these forms belong to a job of the portal, not to a package."""
    name = job_name(plan.job_file)
    key = ledger.seal("", FORMS, "", "parcel", name)
    made = parcels.Made(FORMS, name, plan.digest, key, folder.name, known.today(), {})
    parcels.note(ledger, made)


NO_FORMS = Words(
    f"Borang 1 dan Borang 2 hanya bagi: {', '.join(borang.PROCEDURES)}.",
    f"Borang 1 and Borang 2 are only of: {', '.join(borang.PROCEDURES)}.",
)
