"""The way of a filing through its states."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from rpa.errors import Words
from rpa.ledger.ledger import (
    Claimed,
    Exhausted,
    FilingState,
    Ledger,
    Outcome,
    PressedSince,
    WrongState,
)
from rpa.ledger.tables import filings
from rpa.model.filing import Receipt
from tests.ledger.people import AT, EMPLOYER, OTHER_EMPLOYER, PORTAL, Joiner, joiner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ledger.people import Run

DOUBT = Words("Rekod portal tidak menunjukkan hasilnya.", "The portal's record does not tell.")
PORTALS_WORDS = Words.quoted("Rekod telah wujud")


def test_a_filing_goes_from_planned_to_filed_with_all_its_rows(run: Run) -> None:
    """From planned → prepared → intended → filed; the receipt is kept with the rows."""
    filing = run.plan(joiner(1), joiner(2))
    assert run.ledger.begin_attempt(filing.id, run.lease) == 1
    run.ledger.prepared(filing.id, run.lease)
    assert run.state(filing) == "prepared"
    run.intend(filing)
    assert run.row_states(filing) == ["intended", "intended"]
    run.file(filing)
    assert run.state(filing) == "filed"
    standing = run.ledger.standing([run.key(joiner(1)), run.key(joiner(2)), run.key(joiner(3))])
    assert set(standing) == {run.key(joiner(1)), run.key(joiner(2))}
    told = standing[run.key(joiner(2))]
    assert (told.state, told.reference, told.at) == (FilingState.FILED, "CAN1120260000123", AT)


def test_everything_that_happens_to_a_filing_is_in_its_log(run: Run) -> None:
    """Each move leaves one event, in order, with the run that made it."""
    filing = run.plan(joiner(1))
    run.ledger.begin_attempt(filing.id, run.lease)
    run.ledger.event("step", {"name": "open Tambah Pekerja Baru"}, run_id=run.id)
    run.ledger.event("step", {"name": "add"}, run_id=run.id, filing_id=filing.id)
    run.intend(filing)
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    events = run.ledger.events_of(filing.id)
    kinds = [event.kind for event in events]
    assert kinds == ["planned", "attempt", "step", "intended", "in doubt"]
    assert {event.run_id for event in events} == {run.id}
    assert all(abs(event.at - datetime.now(UTC)) < timedelta(minutes=1) for event in events)


def test_a_refused_row_leaves_and_the_others_are_filed(run: Run) -> None:
    """One row's refusal, in the portal's words, does not stop its neighbours."""
    filing = run.plan(joiner(1), joiner(2), joiner(3))
    run.ledger.row_refused(filing.id, 3, PORTALS_WORDS, run.lease)
    run.intend(filing, without=(3,))
    run.file(filing)
    assert run.row_states(filing) == ["filed", "refused", "filed"]
    found = run.ledger.filing(filing.id)
    assert found is not None
    assert found.rows[1].reason == PORTALS_WORDS
    assert run.key(joiner(2)) not in run.ledger.standing([run.key(joiner(2))])


@pytest.mark.parametrize("positions", [[2], [2, 3, 4], [2, 2], [], [3, 4]])
def test_the_intent_is_for_exactly_the_rows_that_were_not_refused(
    run: Run, positions: list[int]
) -> None:
    """A row missing from the review, or one too many, is never pressed and never forgotten."""
    filing = run.plan(joiner(1), joiner(2))
    with pytest.raises(ValueError, match="rows to press"):
        run.ledger.intend(filing.id, positions, run.lease, margin_s=5)
    assert run.state(filing) == "planned"


def test_a_row_refused_in_an_earlier_attempt_counts_again_when_it_is_in_the_review(
    run: Run,
) -> None:
    """What the portal refused once it may take the next time; what is pressed is what is noted."""
    filing = run.plan(joiner(1), joiner(2))
    run.ledger.row_refused(filing.id, 3, PORTALS_WORDS, run.lease)
    run.ledger.begin_attempt(filing.id, run.lease)
    run.intend(filing)
    found = run.ledger.filing(filing.id)
    assert found is not None
    assert [row.state.value for row in found.rows] == ["intended", "intended"]
    assert [row.reason.bm for row in found.rows] == ["", ""]


def test_a_filing_without_rows_or_with_one_matter_twice_is_not_planned(run: Run) -> None:
    """Nothing to file is a mistake of the planner, the same matter twice as well."""
    for people in ((), (joiner(1), joiner(1))):
        with pytest.raises(ValueError, match="each matter once"):
            run.plan(*people)
    assert run.ledger.summary().filings == {}


def test_a_look_that_finds_nothing_lets_the_filing_begin_again(run: Run) -> None:
    """Back from intended to planned, and its people are free."""
    filing = run.intended(joiner(1))
    run.ledger.not_filed(filing.id, run.lease)
    assert (run.state(filing), run.row_states(filing)) == ("planned", ["planned"])
    assert run.ledger.standing([run.key(joiner(1))]) == {}
    run.intend(filing)
    assert run.state(filing) == "intended"


def test_a_look_that_finds_it_files_it_as_reconciled(run: Run) -> None:
    """The portal's record settles what the press's answer did not, even after a doubt."""
    filing = run.intended(joiner(1))
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    with pytest.raises(WrongState):
        run.ledger.filed(filing.id, Receipt("CAN1", AT), run.lease, reconciled=False)
    run.ledger.filed(filing.id, Receipt("CAN1", AT), run.lease, reconciled=True)
    assert (run.state(filing), run.row_states(filing)) == ("filed", ["filed"])
    last = json.loads(run.ledger.events_of(filing.id)[-1].data)
    at = AT.isoformat(timespec="milliseconds")
    assert last == {"reference": "CAN1", "reconciled": True, "status": "", "filed_at": at}


def test_a_doubt_is_never_sent_again_by_the_tool(run: Run) -> None:
    """Only the portal's record or a person ends a doubt; nothing else moves it."""
    filing = run.intended(joiner(1))
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    moves: list[Callable[[], object]] = [
        lambda: run.ledger.not_filed(filing.id, run.lease),
        lambda: run.ledger.begin_attempt(filing.id, run.lease),
        lambda: run.ledger.prepared(filing.id, run.lease),
        lambda: run.intend(filing),
        lambda: run.ledger.refused(filing.id, PORTALS_WORDS, run.lease),
        lambda: run.ledger.row_refused(filing.id, 2, PORTALS_WORDS, run.lease),
        lambda: run.ledger.rehearsed(filing.id, run.lease),
        lambda: run.ledger.cancel(filing.id),
    ]
    for move in moves:
        with pytest.raises(WrongState):
            move()
    assert run.ledger.dissolve_planned(run.lease, "another run") == 0
    assert (run.state(filing), run.row_states(filing)) == ("in doubt", ["in doubt"])


def test_a_person_settles_a_doubt_as_filed(run: Run) -> None:
    """With the case number seen in the portal, and who saw it."""
    filing = run.intended(joiner(1))
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    with pytest.raises(ValueError, match="reference"):
        run.ledger.settle(filing.id, Outcome.FILED, reference="", reason="", person="aminah")
    how = {"reference": "CAN9", "reason": "seen in MyASSIST", "person": "aminah"}
    run.ledger.settle(filing.id, Outcome.FILED, **how)
    told = run.ledger.standing([run.key(joiner(1))])[run.key(joiner(1))]
    assert (told.state, told.reference, told.at) == (FilingState.FILED, "CAN9", None)
    last = json.loads(run.ledger.events_of(filing.id)[-1].data)
    assert last == {"outcome": "filed", "reference": "CAN9", "by": "aminah", "status": ""}
    with pytest.raises(WrongState):
        run.ledger.settle(filing.id, Outcome.NOT_FILED, reference="", reason="", person="x")


def test_a_person_settles_a_doubt_as_not_filed_and_the_rows_may_be_planned_anew(run: Run) -> None:
    """The claims are let go; the old filing stays in the ledger."""
    filing = run.intended(joiner(1))
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    run.ledger.settle(filing.id, Outcome.NOT_FILED, reference="", reason="none", person="aminah")
    assert run.state(filing) == "cancelled"
    again = run.intended(joiner(1))
    assert run.state(again) == "intended"


def said(run: Run, filing_id: str) -> list[tuple[str, str, str, str]]:
    """What persons said of a filing, the oldest first."""
    answers = [a for a in run.ledger.summary().answers if a.filing_id == filing_id]
    return [(a.outcome, a.reference, a.person, a.reason) for a in reversed(answers)]


@pytest.mark.parametrize("first", Outcome)
def test_a_persons_answer_is_corrected_and_both_stay(run: Run, first: Outcome) -> None:
    """In doubt again, claimed again; then the other answer. Who, what and why stand in order."""
    filing = run.intended(joiner(1), joiner(2))
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    there = "CAN9" if first is Outcome.FILED else ""
    run.ledger.settle(filing.id, first, reference=there, reason="seen\nthere", person="aminah")
    run.ledger.take_back(filing.id, reason="another case", person="siti")
    assert (run.state(filing), set(run.row_states(filing))) == ("in doubt", {"in doubt"})
    found = run.ledger.filing(filing.id)
    assert found is not None
    assert (found.reference, found.portal_status, found.cause) == ("", "", "")
    with pytest.raises(Claimed):
        run.intend(run.plan(joiner(1)))
    second = next(outcome for outcome in Outcome if outcome is not first)
    other = "CAN8" if second is Outcome.FILED else ""
    run.ledger.settle(filing.id, second, reference=other, reason="now", person="siti")
    assert said(run, filing.id) == [
        (first.value, there, "aminah", "seen there"),
        ("taken back", there, "siti", "another case"),
        (second.value, other, "siti", "now"),
    ]
    last = run.ledger.answer(filing.id)
    assert (last and (last.outcome, last.reason)) == (second.value, "now")
    again = run.plan(joiner(1))
    if second is Outcome.FILED:
        with pytest.raises(Claimed):
            run.intend(again)
    else:
        run.intend(again)


def test_the_record_after_a_correction_keeps_what_was_said(run: Run) -> None:
    """The words of persons stand in their own lines, also when purge took the first ones."""
    filing = run.intended(joiner(1))
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    how = {"reference": "CAN9", "reason": "seen", "person": "aminah"}
    run.ledger.settle(filing.id, Outcome.FILED, **how)
    with run.ledger.store.writing() as conn:
        conn.execute(update(filings).values(message=""))
    run.ledger.take_back(filing.id, reason="a slip", person="siti")
    run.ledger.filed(filing.id, Receipt("CAN7", AT, "Received"), run.lease, reconciled=True)
    assert [reason for *_, reason in said(run, filing.id)] == ["", "a slip"]
    with pytest.raises(WrongState):
        run.ledger.take_back(filing.id, reason="", person="siti")


def test_a_draft_that_no_filing_came_of_is_ours_again(run: Run) -> None:
    """By its number the next look asks the portal."""
    filing = run.plan(joiner(1))
    run.ledger.draft_saved(filing.id, "CAN9", run.lease)
    run.intend(filing)
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    run.ledger.settle(filing.id, Outcome.FILED, reference="CAN9", reason="", person="aminah")
    run.ledger.take_back(filing.id, reason="", person="aminah")
    (found,) = run.ledger.unsettled(PORTAL)
    assert found.drafts == ("CAN9",)


def test_an_answer_by_which_it_was_pressed_again_stays(run: Run) -> None:
    """Also when that second press came to nothing; one that never left is no press."""
    filing = run.intended(joiner(1))
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    run.ledger.settle(filing.id, Outcome.NOT_FILED, reference="", reason="", person="aminah")
    again = run.intended(joiner(1))
    with pytest.raises(Claimed):
        run.ledger.take_back(filing.id, reason="", person="aminah")
    run.ledger.not_filed(again.id, run.lease)
    run.ledger.take_back(filing.id, reason="", person="aminah")
    run.ledger.settle(filing.id, Outcome.NOT_FILED, reference="", reason="", person="aminah")
    run.intend(again)
    run.ledger.left(again.id, run.lease)
    run.ledger.not_filed(again.id, run.lease)
    with pytest.raises(PressedSince) as caught:
        run.ledger.take_back(filing.id, reason="", person="aminah")
    assert again.id[:8] in caught.value.words.en
    assert run.state(filing) == "cancelled"


def test_what_the_portal_said_since_is_no_persons_to_take_back(run: Run) -> None:
    """Nor what nobody answered."""
    filing = run.intended(joiner(1))
    run.ledger.in_doubt(filing.id, DOUBT, run.lease)
    for _ in range(2):
        with pytest.raises(WrongState):
            run.ledger.take_back(filing.id, reason="", person="aminah")
        if run.state(filing) == "in doubt":
            how = {"reference": "CAN9", "reason": "", "person": "aminah"}
            run.ledger.settle(filing.id, Outcome.FILED, **how)
            run.ledger.decided(filing.id, "Approved", Words("", ""), run.lease)


def test_only_a_doubt_can_be_settled_by_a_person(run: Run) -> None:
    """An intended filing is looked up by the next run first."""
    filing = run.intended(joiner(1))
    with pytest.raises(WrongState) as caught:
        run.ledger.settle(filing.id, Outcome.FILED, reference="CAN1", reason="", person="x")
    assert caught.value.state is FilingState.INTENDED


def test_cancel_takes_back_what_was_not_pressed_and_leaves_intended_alone(run: Run) -> None:
    """After the intent there is nothing left to cancel, only to look up."""
    waiting, pressed = run.plan(joiner(1)), run.intended(joiner(2))
    run.ledger.cancel(waiting.id)
    assert (run.state(waiting), run.row_states(waiting)) == ("cancelled", ["cancelled"])
    with pytest.raises(WrongState):
        run.intend(waiting)
    with pytest.raises(WrongState, match="intended"):
        run.ledger.cancel(pressed.id)
    assert run.row_states(pressed) == ["intended"]


def test_a_rehearsal_claims_nobody(run: Run) -> None:
    """It stopped before the press; the same people may be filed next."""
    rehearsed = run.plan(joiner(1))
    run.ledger.prepared(rehearsed.id, run.lease)
    run.ledger.rehearsed(rehearsed.id, run.lease)
    assert (run.state(rehearsed), run.row_states(rehearsed)) == ("rehearsed", ["rehearsed"])
    assert run.state(run.intended(joiner(1))) == "intended"


def test_a_refused_filing_lets_its_people_go(run: Run) -> None:
    """Corrected data may be filed; the portal's words stay with the old filing."""
    filing = run.plan(joiner(1), joiner(2))
    run.ledger.row_refused(filing.id, 2, DOUBT, run.lease)
    run.ledger.refused(filing.id, PORTALS_WORDS, run.lease)
    found = run.ledger.filing(filing.id)
    assert found is not None
    assert found.reason == PORTALS_WORDS
    assert [row.reason for row in found.rows] == [DOUBT, PORTALS_WORDS]
    run.intended(joiner(1))


def test_an_unknown_filing_is_a_wrong_state_and_not_a_silence(run: Run) -> None:
    """No write goes to nobody."""
    with pytest.raises(WrongState) as caught:
        run.ledger.prepared("0" * 32, run.lease)
    assert caught.value.state is None


def test_attempts_are_counted_before_the_work_and_bounded(run: Run) -> None:
    """Over the bound the filing is dead, says so, and the count is kept."""
    filing = run.plan(joiner(1))
    counted = [run.ledger.begin_attempt(filing.id, run.lease, bound=3) for _ in range(3)]
    assert counted == [1, 2, 3]
    with pytest.raises(Exhausted) as caught:
        run.ledger.begin_attempt(filing.id, run.lease, bound=3)
    assert "3" in caught.value.words.bm
    assert (run.state(filing), run.row_states(filing)) == ("dead", ["dead"])
    assert run.ledger.summary().waiting[0].state is FilingState.DEAD


def test_work_that_kills_its_process_every_time_ends(begin: Callable[..., Run]) -> None:
    """Attempts of runs that died are carried to the next run's filing of the same job."""
    for expected in (1, 2):
        run = begin()
        assert run.ledger.dissolve_planned(run.lease, run.id) == expected - 1
        filing = run.plan(joiner(1))
        assert run.ledger.begin_attempt(filing.id, run.lease, bound=2) == expected
        run.lease.release()  # and no end_run: it died
    for _ in range(2):  # dead stays dead, however often it is run again
        run = begin()
        run.ledger.dissolve_planned(run.lease, run.id)
        filing = run.plan(joiner(1))
        with pytest.raises(Exhausted):
            run.ledger.begin_attempt(filing.id, run.lease, bound=2)
        run.end()
    assert run.ledger.summary().filings == {FilingState.DEAD: 1, FilingState.CANCELLED: 3}


def test_a_dead_filing_is_tried_anew_when_a_person_cancels_it(begin: Callable[..., Run]) -> None:
    """So does a changed job; nothing else revives it."""
    run = begin()
    filing = run.plan(joiner(1))
    run.ledger.begin_attempt(filing.id, run.lease, bound=1)
    with pytest.raises(Exhausted):
        run.ledger.begin_attempt(filing.id, run.lease, bound=1)
    run.ledger.cancel(filing.id)
    again = run.plan(joiner(1))
    assert run.ledger.begin_attempt(again.id, run.lease, bound=1) == 1


def test_attempts_of_runs_that_came_to_their_end_are_not_held_against_the_next(
    begin: Callable[..., Run],
) -> None:
    """A night without the portal does not use up the rows' chances."""
    first = begin()
    filing = first.plan(joiner(1))
    first.ledger.begin_attempt(filing.id, first.lease)
    first.end(75)
    second = begin()
    assert second.ledger.dissolve_planned(second.lease, second.id) == 1
    again = second.plan(joiner(1))
    assert second.ledger.begin_attempt(again.id, second.lease) == 1


def test_dissolving_touches_only_earlier_runs_of_the_same_portal_id(
    begin: Callable[..., Run],
) -> None:
    """Neither this run's own filings, nor another log-in's, nor anything pressed."""
    old = begin()
    left, pressed = old.plan(joiner(1)), old.intended(joiner(2))
    old.lease.release()
    other, now = begin(portal_id="other@example.test"), begin()
    others, mine = other.plan(joiner(3)), now.plan(joiner(4))
    assert now.ledger.dissolve_planned(now.lease, now.id) == 1
    states = [now.state(filing) for filing in (left, pressed, others, mine)]
    assert states == ["cancelled", "intended", "planned", "planned"]
    assert now.row_states(left) == ["cancelled"]
    assert now.ledger.events_of(left.id)[-1].kind == "cancelled"


def test_what_was_pressed_can_be_looked_up_without_the_job_file(run: Run) -> None:
    """After a crash the ledger alone tells who was in the filing and in which draft."""
    filing = run.plan(joiner(1), joiner(2))
    run.ledger.draft_saved(filing.id, "CAN7", run.lease)
    run.intend(filing)
    run.plan(joiner(3))
    run.intended(joiner(4), employer=OTHER_EMPLOYER)
    (found,) = run.ledger.unsettled(PORTAL, EMPLOYER)
    assert (found.id, found.drafts, found.lease_name) == (filing.id, ("CAN7",), run.lease.name)
    assert found.intended_at is not None
    people = [Joiner.model_validate_json(row.payload or "") for row in found.rows]
    assert people == [joiner(1), joiner(2)]
    assert len(run.ledger.unsettled(PORTAL)) == 2
    assert run.ledger.unsettled("another portal") == []


def test_left_over_drafts_are_known_as_ours_until_they_are_gone(run: Run) -> None:
    """Also those of cancelled filings; a draft taken over belongs to the new filing."""
    old, new = run.plan(joiner(1)), run.plan(joiner(2))
    run.ledger.draft_saved(old.id, "CAN1", run.lease)
    run.ledger.draft_saved(old.id, "CAN2", run.lease)
    run.ledger.draft_saved(old.id, "CAN2", run.lease)
    run.ledger.cancel(old.id)
    assert run.ledger.drafts_of(PORTAL, EMPLOYER, run.lease) == ["CAN1", "CAN2"]
    assert run.ledger.drafts_of(PORTAL, OTHER_EMPLOYER, run.lease) == []
    run.ledger.draft_gone(PORTAL, "CAN1", run.lease)
    run.ledger.draft_saved(new.id, "CAN2", run.lease)
    assert run.ledger.drafts_of(PORTAL, EMPLOYER, run.lease) == ["CAN2"]
    run.intend(new)
    assert run.ledger.drafts_of(PORTAL, EMPLOYER, run.lease) == []
    run.file(new, "CAN2")
    assert run.ledger.drafts_of(PORTAL, EMPLOYER, run.lease) == []


def test_a_draft_that_another_log_in_is_preparing_is_not_a_left_over(
    begin: Callable[..., Run],
) -> None:
    """Two portal IDs of one employer: neither removes the other's draft from under it."""
    one, other = begin(), begin(portal_id="other@example.test")
    one.ledger.draft_saved(one.plan(joiner(1)).id, "CAN1", one.lease)
    assert one.ledger.drafts_of(PORTAL, EMPLOYER, one.lease) == ["CAN1"]
    assert other.ledger.drafts_of(PORTAL, EMPLOYER, other.lease) == []
    one.lease.release()
    assert other.ledger.drafts_of(PORTAL, EMPLOYER, other.lease) == ["CAN1"]


def test_the_draft_that_was_saved_last_comes_last(run: Run) -> None:
    """Also when it was taken over from an earlier filing."""
    old, new = run.plan(joiner(1)), run.plan(joiner(2))
    for reference in ("CAN1", "CAN2"):
        run.ledger.draft_saved(old.id, reference, run.lease)
    run.ledger.draft_saved(new.id, "CAN3", run.lease)
    run.ledger.event("time goes on", {}, run_id=run.id)
    run.ledger.draft_saved(new.id, "CAN1", run.lease)
    found = run.ledger.filing(new.id)
    assert found is not None
    assert found.drafts == ("CAN3", "CAN1")


def test_a_draft_that_may_have_been_sent_is_not_taken_over(run: Run) -> None:
    """The look at a doubtful filing must not lose its case number."""
    doubtful, new = run.plan(joiner(1)), run.plan(joiner(2))
    run.ledger.draft_saved(doubtful.id, "CAN1", run.lease)
    run.intend(doubtful)
    with pytest.raises(WrongState):
        run.ledger.draft_saved(new.id, "CAN1", run.lease)
    assert run.ledger.unsettled(PORTAL)[0].drafts == ("CAN1",)


def test_the_summary_counts_and_names_what_waits_for_a_person(run: Run) -> None:
    """Counts by state, doubts with their references and times, the last runs."""
    filed, doubtful = run.intended(joiner(1), joiner(2)), run.intended(joiner(3))
    run.file(filed)
    run.ledger.in_doubt(doubtful.id, DOUBT, run.lease)
    run.ledger.end_run(run.id, 14)
    summary = run.ledger.summary()
    assert summary.filings == {FilingState.FILED: 1, FilingState.IN_DOUBT: 1}
    assert summary.rows == {FilingState.FILED: 2, FilingState.IN_DOUBT: 1}
    (waiting,) = summary.waiting
    assert (waiting.filing_id, waiting.rows, waiting.employer) == (doubtful.id, 1, EMPLOYER)
    assert waiting.intended_at is not None
    assert [(r.id, r.exit) for r in summary.runs] == [(run.id, 14)]


def test_a_receipt_without_a_time_zone_is_refused(run: Run) -> None:
    """Nobody could tell whose time it is."""
    filing = run.intended(joiner(1))
    naive = Receipt("CAN1", AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        run.ledger.filed(filing.id, naive, run.lease, reconciled=False)
    assert run.state(filing) == "intended"


def test_times_come_back_as_they_were_given(run: Run) -> None:
    """To the millisecond, in UTC, whatever zone they were given in."""
    filing = run.intended(joiner(1))
    at = datetime(2026, 11, 21, 22, 14, 5, 123000, tzinfo=UTC).astimezone()
    run.ledger.filed(filing.id, Receipt("CAN1", at), run.lease, reconciled=False)
    found = run.ledger.filing(filing.id)
    assert found is not None
    assert (found.filed_at, found.filed_at and found.filed_at.tzinfo) == (at, UTC)


def test_ten_thousand_keys_are_answered_in_one_go(run: Run) -> None:
    """A job's rows are asked for in bulk, whatever the limit of parameters."""
    filing = run.intended(*(joiner(n) for n in range(50)))
    run.file(filing)
    keys = [run.key(joiner(n)) for n in range(10_000)]
    assert set(run.ledger.standing(keys)) == set(keys[:50])


def test_a_ledger_that_was_closed_and_opened_remembers(place: str, run: Run) -> None:
    """Same secret, same keys, same states."""
    filing = run.intended(joiner(1))
    with Ledger.open(place) as again:
        assert run.key(joiner(1)) in again.standing([run.key(joiner(1))])
        assert again.business_key(PORTAL, "add_employees", EMPLOYER, joiner(1)) == run.key(
            joiner(1)
        )
        found = again.filing(filing.id)
    assert found is not None
    assert found.state is FilingState.INTENDED
