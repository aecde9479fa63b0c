"""`assist-rpa status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from rpa import settings
from rpa.cli import console
from rpa.evidence.wording import shown
from rpa.run.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.run.records import Summary


def status(config: Path | None) -> int:
    """Counts by state, what waits for a person, the last runs."""
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger:
        summary = ledger.summary()
    _counts(summary)
    _waiting(summary)
    _runs(summary)
    console.err.print(f"ledger: {known.ledger}", markup=False)
    return 0


def _counts(summary: Summary) -> None:
    if not summary.filings:
        console.out.print("Nothing has been planned or filed yet.")
        return
    table = Table("state", "filings", "rows", title="Filings", title_justify="left")
    for state, filings in summary.filings.items():
        table.add_row(state, str(filings), str(summary.rows.get(state, 0)))
    console.out.print(table)


def _waiting(summary: Summary) -> None:
    if not summary.waiting:
        return
    columns = ("filing", "procedure", "employer", "state", "rows", "pressed", "draft")
    table = Table(*columns, title="A person must look at these", title_justify="left")
    for one in summary.waiting:
        drafts = ", ".join(one.drafts)
        at = shown(one.intended_at)
        where = (one.filing_id[:8], one.procedure, one.employer)
        table.add_row(*where, one.state, str(one.rows), at, drafts)
    console.out.print(table)


def _runs(summary: Summary) -> None:
    if not summary.runs:
        return
    table = Table("started", "ended", "exit", "folder", title="Last runs", title_justify="left")
    for run in summary.runs:
        code = "?" if run.exit is None else str(run.exit)
        table.add_row(shown(run.started_at), shown(run.ended_at), code, run.folder)
    console.out.print(table)
