"""What the ledger keeps of rows with a date and of the starts of `due`; on both databases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rpa.errors import Words
from rpa.ledger.records import AgendaEntry
from rpa.ledger.store import LedgerFailed
from rpa.ledger.tables import DONE, AgendaState, agenda, events

if TYPE_CHECKING:
    from rpa.ledger.ledger import Ledger

PORTAL, JOB = "practice", "jobs/leavers.yaml"
DAY, NEXT = date(2026, 12, 1), date(2026, 12, 2)
WHY = Words("Komputer ditutup.", "The computer was off.")


def entry(key: str, state: AgendaState, days: int = 0, why: Words = WHY) -> AgendaEntry:
    return AgendaEntry(key, DAY, state, days, why)


def test_an_entry_comes_back_as_it_was_written(ledger: Ledger) -> None:
    """Of this portal; a key it never met is left out, and many keys are asked at once."""
    written = [entry("a", AgendaState.SKIPPED, 3), entry("b", AgendaState.DUE)]
    ledger.note_agenda(PORTAL, written, run_id="r")
    keys = ["a", "b", *(f"k{n}" for n in range(2_000))]
    assert ledger.agenda(PORTAL, keys) == {one.business_key: one for one in written}
    assert ledger.agenda("another", keys) == {}


@pytest.mark.parametrize("state", DONE)
def test_what_is_done_stays_as_it_was_written_first(ledger: Ledger, state: AgendaState) -> None:
    """Nothing that comes later changes it; until then an entry moves on."""
    ledger.note_agenda(PORTAL, [entry("a", AgendaState.ASKED, 1)], run_id="r")
    first = entry("a", state, 2)
    for said in (first, entry("a", AgendaState.SKIPPED, 9), entry("a", AgendaState.LATE, 8)):
        ledger.note_agenda(PORTAL, [said], run_id="r")
    assert ledger.agenda(PORTAL, ["a"]) == {"a": first}


def test_every_change_is_in_the_log_and_the_same_again_is_not(ledger: Ledger) -> None:
    """Who decided stands there, where it was a person."""
    for _ in range(3):
        ledger.note_agenda(PORTAL, [entry("a", AgendaState.ALLOWED, 1)], run_id="r", person="siti")
    with ledger.store.reading() as conn:
        found = list(conn.execute(select(events).where(events.c.kind == "calendar")))
    assert len(found) == 1
    assert '"by": "siti"' in found[0].data
    assert WHY.en in found[0].data


def test_no_other_state_than_the_known_ones_can_be_written(ledger: Ledger) -> None:
    """The database itself refuses it."""
    ledger.note_agenda(PORTAL, [entry("a", AgendaState.DUE)], run_id="r")
    with pytest.raises(LedgerFailed) as failed, ledger.store.writing() as conn:
        conn.execute(agenda.update().values(state="perhaps"))
    assert isinstance(failed.value.__cause__, IntegrityError)


def test_the_starts_of_due_are_told_in_their_order(ledger: Ledger) -> None:
    """Those of this job from a day on; one that did not end has no exit code."""
    for due_id, job, day in (("1", JOB, DAY), ("2", JOB, NEXT), ("3", "other", NEXT)):
        ledger.start_due(due_id, portal=PORTAL, job=job, day=day)
    ledger.end_due("1", 75, WHY)
    found = ledger.due_runs(PORTAL, JOB, DAY)
    assert [(run.day, run.exit, run.reason) for run in found] == [
        (DAY, 75, WHY),
        (NEXT, None, Words("", "")),
    ]
    assert [run.day for run in ledger.due_runs(PORTAL, JOB, NEXT)] == [NEXT]
    assert ledger.due_runs("another", JOB, DAY) == []


def test_the_last_day_is_the_latest_that_was_believed(ledger: Ledger) -> None:
    """Of any job at this portal, and without those that a person called wrong."""
    assert ledger.last_day(PORTAL) is None
    ledger.start_due("1", portal=PORTAL, job=JOB, day=NEXT)
    ledger.start_due("2", portal=PORTAL, job="other", day=DAY)
    assert ledger.last_day(PORTAL) == NEXT
    assert ledger.last_day("another") is None
    ledger.distrust_after(PORTAL, DAY, reason="battery", person="siti")
    assert ledger.last_day(PORTAL) == DAY
    assert ledger.due_runs(PORTAL, JOB, DAY) == []
    ledger.end_due("2", 78, WHY, trusted=False)
    assert ledger.last_day(PORTAL) is None
