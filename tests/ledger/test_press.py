"""Whether a press left stands in the ledger; what an older tool wrote counts as left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from rpa.ledger.ledger import FilingState, Ledger, WrongState
from tests.ledger import version1
from tests.ledger.people import EMPLOYER, PORTAL, Run, joiner

if TYPE_CHECKING:
    from pathlib import Path


def intended(run: Run) -> str:
    """A filing whose intent is written."""
    filing = run.plan(joiner(1))
    run.ledger.begin_attempt(filing.id, run.lease)
    run.ledger.intend(filing.id, [2], run.lease, margin_s=10)
    return filing.id


def test_nothing_was_sent_until_the_press_is_written_to_leave(tmp_path: Path) -> None:
    """With the intent it is held; it is let go under the lease, and only from there."""
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        filing = intended(run)
        (found,) = ledger.unsettled(PORTAL, EMPLOYER)
        assert found.held_at is not None
        ledger.left(filing, run.lease)
        (found,) = ledger.unsettled(PORTAL, EMPLOYER)
        assert (found.held_at, found.state) == (None, FilingState.INTENDED)
        ledger.not_filed(filing, run.lease)
        with pytest.raises(WrongState):
            ledger.left(filing, run.lease)
        run.lease.release()


def test_what_an_older_tool_intended_may_have_left(tmp_path: Path) -> None:
    """It knows nothing of the column and goes on writing into an upgraded ledger."""
    place = tmp_path / "ledger.sqlite3"
    with Ledger.open(place) as ledger:
        run = Run(ledger)
        filing = intended(run)
        engine = version1.engine_of(str(place))
        with engine.begin() as conn:
            # As an older tool leaves it: the column's default stays.
            conn.execute(text("UPDATE filings SET held_at = NULL"))
            default = "SELECT dflt_value FROM pragma_table_info('filings') WHERE name = 'held_at'"
            assert conn.execute(text(default)).scalar_one() is None
        engine.dispose()
        found = ledger.filing(filing)
        assert found is not None
        assert found.held_at is None
        run.lease.release()
