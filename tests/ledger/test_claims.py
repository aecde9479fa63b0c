"""Nobody is pressed twice: claims on matters and persons, across filings, runs and processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from rpa.errors import Words
from rpa.ledger.ledger import Claimed, FilingState, LedgerFailed, Outcome
from rpa.ledger.tables import filing_rows
from tests.ledger.people import OTHER_EMPLOYER, joiner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ledger.conftest import Actor
    from tests.ledger.people import Run

DOUBT = Words("Tidak pasti.", "Not sure.")


def claimed_by(run: Run, number: int = 1, **how: str) -> Claimed:
    filing = run.plan(joiner(99), joiner(number), **how)
    with pytest.raises(Claimed) as caught:
        run.intend(filing)
    assert run.state(filing) == "planned"
    assert run.row_states(filing) == ["planned", "planned"]
    return caught.value


def test_a_matter_that_is_intended_in_doubt_or_filed_is_not_intended_again(run: Run) -> None:
    """The error names the row, the other filing and, when there is one, its reference."""
    first = run.intended(joiner(1))
    (claim,) = claimed_by(run).claims
    assert (claim.position, claim.same_matter, claim.filing_id) == (3, True, first.id)
    assert claim.state is FilingState.INTENDED
    run.ledger.in_doubt(first.id, DOUBT, run.lease)
    assert claimed_by(run).claims[0].state is FilingState.IN_DOUBT
    run.ledger.settle(first.id, Outcome.FILED, reference="CAN5", reason="", person="aminah")
    error = claimed_by(run)
    assert error.claims[0].reference == "CAN5"
    assert "CAN5" in error.words.bm
    assert "Row 3" in error.words.en


def test_a_matter_stays_claimed_by_another_run_and_another_portal_id(
    begin: Callable[..., Run],
) -> None:
    """Two log-ins of one employer, two jobs: still one filing."""
    one = begin()
    one.file(one.intended(joiner(1)))
    other = begin(portal_id="other@example.test", job_digest="e" * 64)
    assert claimed_by(other).claims[0].same_matter


def test_a_person_stands_in_one_unsettled_filing_of_an_employer(run: Run) -> None:
    """Another date, another procedure: it waits until the first is settled."""
    first = run.intended(joiner(1))
    for start, procedure in (("2026-12-01", "add_employees"), ("2026-11-10", "remove_employees")):
        again = run.plan(joiner(1, start), procedure=procedure)
        with pytest.raises(Claimed) as caught:
            run.intend(again)
        assert [claim.same_matter for claim in caught.value.claims] == [False]
    run.file(first)
    assert run.state(run.intended(joiner(1, "2026-12-01"))) == "intended"


def test_another_employer_files_the_same_person_at_the_same_time(run: Run) -> None:
    """A second job is another matter."""
    run.intended(joiner(1))
    assert run.state(run.intended(joiner(1), employer=OTHER_EMPLOYER)) == "intended"


def test_planned_prepared_and_rehearsed_filings_claim_nobody(run: Run) -> None:
    """Only the press and what follows it does."""
    waiting, ready = run.plan(joiner(1)), run.plan(joiner(1))
    run.ledger.prepared(ready.id, run.lease)
    assert run.ledger.standing([run.key(joiner(1))]) == {}
    run.intend(ready)
    with pytest.raises(Claimed):
        run.intend(waiting)


def test_the_database_itself_refuses_a_second_claim(run: Run) -> None:
    """Even if the code above it were wrong, the unique index stands."""
    run.intended(joiner(1))
    second = run.plan(joiner(1))
    mine = filing_rows.c.filing_id == second.id
    with pytest.raises(LedgerFailed) as caught, run.ledger.store.writing() as conn:
        conn.execute(update(filing_rows).where(mine).values(state="intended"))
    assert isinstance(caught.value.__cause__, IntegrityError)


def test_of_two_processes_that_race_for_one_matter_one_intends(
    actor: Callable[..., Actor],
) -> None:
    """Two log-ins, two processes, the same person: one intent, the other is told."""
    racers = [actor("intend", f"clerk{n}@example.test") for n in (1, 2)]
    assert [racer.says() for racer in racers] == ["ready", "ready"]
    for racer in racers:
        racer.go_on()
    assert sorted(racer.says() for racer in racers) == ["Claimed", "intended"]
