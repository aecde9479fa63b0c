"""`assist-rpa check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa import jobs, settings
from rpa.cli import console
from rpa.errors import JobInvalid, Problem, Words
from rpa.jobs import group

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.settings import Settings


def check(job: Path, portal: str | None, config: Path | None) -> int:
    """Show all problems and the plan; 0 when the job can be run."""
    plan, _ = checked(job, settings.load(config=config, portal=portal))
    rows, per = len(plan.rows), plan.job.rows_per_filing
    console.out.print(
        f"[green]ok[/] {plan.job.procedure} for {plan.job.employer}: "
        f"{rows} rows in {-(-rows // per)} filings of at most {per}, "
        f"{len(plan.documents)} documents each"
    )
    return 0


def checked(job: Path, config: Settings) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan and its warnings, which were shown. Raises JobInvalid after showing every error."""
    found = jobs.check(job, today=config.today())
    console.problems(found.problems)
    if found.plan is None:
        errors, rows = len(found.errors), found.rows_read
        raise JobInvalid(
            Words(
                f"Ralat dalam {job.name}: {errors} (baris dibaca: {rows}).",
                f"Errors in {job.name}: {errors} (rows read: {rows}).",
            ),
            where=str(job),
            problems=found.errors,
        )
    warned = tuple(Problem(g.address, g.code, g.words, g.severity) for g in group(found.problems))
    return found.plan, warned
