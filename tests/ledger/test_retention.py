"""What is in clear goes when it has served or is old; what waits stays; nobody is filed twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from rpa.aftercare import retention
from rpa.aftercare.retention import RunStanding
from rpa.errors import Words
from rpa.ledger.ledger import Outcome
from rpa.ledger.records import AgendaEntry
from rpa.ledger.tables import AgendaState, clock, filing_rows, filings, runs
from rpa.rules.months import Month
from tests.ledger.people import PORTAL, Joiner, Run, joiner

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.model.filing import Filing

QUARTER = timedelta(days=90)
WHO, OTHER = joiner(1), joiner(2)
WORDS = Words.quoted("CONTOH BIN REKAAN telah wujud")


def clear(run: Run) -> int:
    """Rows whose record is there in clear."""
    with run.ledger.store.reading() as conn:
        kept = select(filing_rows.c.filing_id).where(filing_rows.c.payload.is_not(None))
        return len(conn.execute(kept).all())


def older(run: Run, filing: Filing[Joiner], days: int = 91) -> None:
    """Nobody has touched it for so long."""
    with run.ledger.store.writing() as conn:
        mine = update(filings).where(filings.c.id == filing.id)
        conn.execute(mine.values(updated_at=clock(-days * 86_400)))


def rehearsed(run: Run, filing: Filing[Joiner]) -> None:
    run.ledger.rehearsed(filing.id, run.lease)


def refused(run: Run, filing: Filing[Joiner]) -> None:
    run.ledger.refused(filing.id, WORDS, run.lease)


def refused_row_by_row(run: Run, filing: Filing[Joiner]) -> None:
    for row in (2, 3):
        run.ledger.row_refused(filing.id, row, WORDS, run.lease)
        assert clear(run) == 3 - row, "also while the filing goes on"


def cancelled(run: Run, filing: Filing[Joiner]) -> None:
    run.ledger.cancel(filing.id)


def dissolved(run: Run, _: Filing[Joiner]) -> None:
    run.ledger.dissolve_planned(run.lease, "the next run")


def answered(run: Run, filing: Filing[Joiner]) -> None:
    run.intend(filing)
    run.ledger.in_doubt(filing.id, WORDS, run.lease)
    run.ledger.settle(filing.id, Outcome.NOT_FILED, reference="", reason="?", person="siti")


def rejected(run: Run, filing: Filing[Joiner]) -> None:
    run.intend(filing)
    run.file(filing)
    run.ledger.decided(filing.id, "Rejected", WORDS, run.lease)


MOVES = (rehearsed, refused, refused_row_by_row, cancelled, dissolved, answered, rejected)


@pytest.mark.parametrize("move", MOVES)
def test_a_record_goes_with_the_move_that_ends_it_unfiled(
    run: Run, move: Callable[[Run, Filing[Joiner]], None]
) -> None:
    """Nothing asks for it any more, and nobody need remember to purge it."""
    filing = run.plan(WHO, OTHER)
    assert clear(run) == 2
    move(run, filing)
    assert clear(run) == 0


def test_what_an_earlier_version_left_in_clear_goes_at_once(run: Run) -> None:
    """Its rehearsals kept their records for ever."""
    filing = run.plan(WHO)
    rehearsed(run, filing)
    with run.ledger.store.writing() as conn:
        conn.execute(update(filing_rows).values(payload=WHO.model_dump_json()))
    assert retention.stale(run.ledger, QUARTER).rows == 1
    assert retention.forget(run.ledger, QUARTER) == 1
    assert clear(run) == 0


def test_a_filed_record_goes_after_its_time_and_the_matter_is_still_filed(run: Run) -> None:
    """Told before it is done; the reference stays for ever."""
    filing = run.filed(WHO)
    assert retention.stale(run.ledger, QUARTER).rows == 0
    assert retention.forget(run.ledger, QUARTER) == 0
    older(run, filing)
    told = retention.stale(run.ledger, QUARTER)
    assert told.rows == 1
    assert told.since is not None
    assert retention.forget(run.ledger, QUARTER) == 1
    assert clear(run) == 0
    assert run.ledger.standing([run.key(WHO)])[run.key(WHO)].reference == "CAN1120260000123"


def test_what_is_not_settled_stays_whatever_its_age(run: Run) -> None:
    """Pressed, in doubt, and planned by a run that may be at work."""
    pressed, doubtful, planned = run.intended(WHO), run.intended(OTHER), run.plan(joiner(3))
    run.ledger.in_doubt(doubtful.id, WORDS, run.lease)
    for filing in (pressed, doubtful):
        older(run, filing, days=9_000)
    older(run, planned, days=6)
    assert retention.forget(run.ledger, timedelta(0)) == 0
    assert clear(run) == 3
    found = run.ledger.filing(doubtful.id)
    assert found is not None
    assert found.reason == WORDS
    assert retention.forget_person(run.ledger, WHO.identification) == 0
    assert retention.find(run.ledger, WHO.identification).waiting == 1
    older(run, planned, days=8)  # nobody has touched it for a week: that run has died
    assert retention.forget(run.ledger, QUARTER) == 1


def test_the_words_of_a_case_without_a_decision_stay(run: Run) -> None:
    """An officer's question waits for an answer."""
    filing = run.filed(WHO)
    run.ledger.decided(filing.id, "Query", WORDS, run.lease)
    older(run, filing)
    assert retention.forget(run.ledger, QUARTER) == 1
    assert (found := run.ledger.filing(filing.id)) is not None
    assert found.reason == WORDS


def test_whom_an_officer_rejected_is_told_apart_after_the_words_have_gone(run: Run) -> None:
    """A row that the portal refused before the press was never before the officer."""
    filing = run.plan(WHO, OTHER)
    run.ledger.row_refused(filing.id, 3, Words("Sudah ada.", "There already."), run.lease)
    run.intend(filing, without=(3,))
    run.file(filing)
    run.ledger.decided(filing.id, "Rejected", WORDS, run.lease)
    before = run.ledger.rejections([run.key(WHO), run.key(OTHER)])
    older(run, filing)
    retention.forget(run.ledger, QUARTER)
    assert run.ledger.rejections([run.key(WHO), run.key(OTHER)]) == before
    assert set(before) == {run.key(WHO)}
    assert (found := run.ledger.filing(filing.id)) is not None
    assert WORDS.en not in str(found) + str([row.reason for row in found.rows])


# --- one person -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [WHO.identification, "900101-00-0001", " 900101 00 0001"])
def test_a_person_is_found_and_forgotten_alone(run: Run, number: str) -> None:
    """However his number is written; the others of his filing stay."""
    filing = run.filed(WHO, OTHER)
    found = retention.find(run.ledger, retention.in_one_way(number))
    assert (found.filings, found.rows, found.waiting) == (frozenset({filing.id}), 1, 0)
    assert retention.forget_person(run.ledger, retention.in_one_way(number)) == 1
    assert clear(run) == 1
    again = retention.find(run.ledger, retention.in_one_way(number))
    assert (again.filings, again.rows) == (frozenset({filing.id}), 0)  # by the sealed key


def test_a_person_of_a_month_is_found_by_the_key_alone(run: Run) -> None:
    """A contribution's key has its month in it."""
    filing = run.filed(WHO)
    month = str(Month(2026, 6))
    key = run.ledger.person_key(PORTAL, filing.employer, WHO, (month, "both", "month"))
    with run.ledger.store.writing() as conn:
        before = conn.execute(select(filing_rows.c.person_key)).scalar_one()
        conn.execute(update(filing_rows).values(payload=None, person_key=key))
    assert retention.find(run.ledger, WHO.identification).filings == {filing.id}
    assert retention.find(run.ledger, OTHER.identification).filings == frozenset()
    with run.ledger.store.writing() as conn:  # as the log has it
        conn.execute(update(filing_rows).values(person_key=before))


# --- what waits in a run folder -------------------------------------------------------------------


def standing(run: Run, *cases: str) -> RunStanding | None:
    return retention.standing_of(run.ledger, "runs/1", frozenset(cases))


def test_a_run_at_work_waits_and_one_that_died_long_ago_does_not(run: Run) -> None:
    assert standing(run) == RunStanding(waiting=True, pressed=False, of_a_job=True)
    with run.ledger.store.writing() as conn:
        conn.execute(update(runs).values(started_at=clock(-8 * 86_400)))
    assert standing(run) == RunStanding(waiting=False, pressed=False, of_a_job=True)


@pytest.mark.parametrize(
    ("status", "waits"), [("", True), ("Query", True), ("Approved", False), ("Rejected", False)]
)
def test_a_case_waits_until_it_is_decided(run: Run, status: str, *, waits: bool) -> None:
    """Also in the folder of a later run, whose evidence names it."""
    filing = run.filed(WHO)
    if status:
        run.ledger.decided(filing.id, status, WORDS, run.lease)
    run.ledger.end_run(run.id, 0)
    told = RunStanding(waiting=waits, pressed=True, of_a_job=True)
    assert standing(run) == told
    run.ledger.start_run("later", job_digest="", folder="another runs-2")
    run.ledger.end_run("later", 0)
    later = retention.standing_of(run.ledger, "runs-2", frozenset({filing.id}))
    assert later is not None
    assert (later.waiting, later.pressed) == (waits, True)
    assert retention.standing_of(run.ledger, "runs", frozenset()) is None


def test_a_rehearsal_whose_day_is_to_come_waits(run: Run) -> None:
    """What is rehearsed today and due next week is looked at until then."""
    rehearsed(run, run.plan(WHO))
    run.ledger.end_run(run.id, 0)
    assert standing(run) == RunStanding(waiting=False, pressed=False, of_a_job=True)
    entry = AgendaEntry(run.key(WHO), date(2026, 12, 1), AgendaState.DUE)
    run.ledger.note_agenda(PORTAL, [entry], run_id=run.id)
    assert standing(run) == RunStanding(waiting=True, pressed=False, of_a_job=True)
