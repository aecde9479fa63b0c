"""What becomes of a case after it was filed: its status, its decision, the employer it made."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from rpa.errors import Words
from rpa.ledger.ledger import FilingState, LeaseLost, Ledger, WrongLease, WrongState
from rpa.model.filing import Receipt
from tests.ledger.people import AT, EMPLOYER, OTHER_EMPLOYER, PORTAL, joiner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rpa.ledger.records import FilingRecord
    from rpa.model.filing import Filing
    from tests.ledger.people import Joiner, Run

NONE = Words("", "")
WAITING = Words("Masih dengan pegawai.", "Still with the officer.")
NO = Words("Pegawai PERKESO menolak kes ini: CANARY.", "PERKESO's officer rejected it: CANARY.")
CODE = "E9900007777K"


def record(run: Run, filing: Filing[Joiner]) -> FilingRecord:
    found = run.ledger.filing(filing.id)
    assert found is not None
    return found


def kinds(run: Run, filing: Filing[Joiner]) -> list[str]:
    return [event.kind for event in run.ledger.events_of(filing.id)]


def test_the_status_of_the_receipt_is_kept_with_its_time(run: Run) -> None:
    """In the portal's words, with the filing and with the standing of its rows."""
    filing = run.filed(joiner(1), status="Pending for Review")
    found = record(run, filing)
    assert (found.portal_status, found.status_at) == ("Pending for Review", AT)
    told = run.ledger.standing([run.key(joiner(1))])[run.key(joiner(1))]
    assert told.portal_status == "Pending for Review"


def test_a_receipt_without_a_status_leaves_it_unknown(run: Run) -> None:
    """Unknown is not approved: the case is open, and has no time of a status."""
    filing = run.filed(joiner(1))
    assert (record(run, filing).portal_status, record(run, filing).status_at) == ("", None)
    assert [case.id for case in run.ledger.open_cases(PORTAL)] == [filing.id]


def test_open_cases_are_those_that_were_filed_and_not_decided(run: Run) -> None:
    """Neither what was only planned or pressed, nor what is approved or rejected."""
    run.plan(joiner(1))
    run.intended(joiner(2))
    run.filed(joiner(3), status="Approved")
    pending = run.filed(joiner(4), status="Pending for Review")
    queried, rejected = run.filed(joiner(5), status="Under Query"), run.filed(joiner(6))
    run.ledger.decided(rejected.id, "Rejected", NO, run.lease)
    other = run.intended(joiner(7), employer=OTHER_EMPLOYER)
    run.file(other)
    listed = [case.id for case in run.ledger.open_cases(PORTAL)]
    assert listed == [pending.id, queried.id, other.id]
    assert [c.id for c in run.ledger.open_cases(PORTAL, OTHER_EMPLOYER)] == [other.id]
    assert run.ledger.open_cases("another portal") == []


def test_an_approved_case_is_closed_and_stays_filed(run: Run) -> None:
    """Its rows keep their claim for ever."""
    filing = run.filed(joiner(1), status="Pending for Review")
    run.ledger.decided(filing.id, "Approved", NONE, run.lease)
    assert (run.state(filing), run.row_states(filing)) == ("filed", ["filed"])
    assert record(run, filing).portal_status == "Approved"
    assert record(run, filing).status_at != AT
    assert run.ledger.open_cases(PORTAL) == []
    assert run.key(joiner(1)) in run.ledger.standing([run.key(joiner(1))])


def test_a_rejected_case_lets_its_people_go_and_says_why(run: Run) -> None:
    """Filing and rows are refused with the officer's words; a corrected row may be filed anew."""
    filing = run.filed(joiner(1), joiner(2), status="Pending for Review")
    run.ledger.decided(filing.id, "Rejected", NO, run.lease)
    found = record(run, filing)
    assert (found.state, found.reason) == (FilingState.REFUSED, NO)
    assert [(row.state, row.reason) for row in found.rows] == [(FilingState.REFUSED, NO)] * 2
    assert run.ledger.standing([run.key(joiner(1))]) == {}
    assert run.state(run.intended(joiner(1))) == "intended"


def test_a_row_refused_before_the_press_keeps_its_own_reason_when_the_case_is_rejected(
    run: Run,
) -> None:
    """It was not in the case; the officer's words are not about it."""
    own = Words.quoted("Rekod telah wujud")
    filing = run.plan(joiner(1), joiner(2))
    run.ledger.row_refused(filing.id, 2, own, run.lease)
    run.intend(filing, without=(2,))
    run.file(filing)
    run.ledger.decided(filing.id, "Rejected", NO, run.lease)
    assert [row.reason for row in record(run, filing).rows] == [own, NO]
    keys = [run.key(joiner(1)), run.key(joiner(2))]
    assert list(run.ledger.rejections(keys)) == [run.key(joiner(2))]


def test_a_rejection_is_remembered_beside_what_was_filed_since(run: Run) -> None:
    """The latest case of a matter is told, whatever came before."""
    key = run.key(joiner(1))
    for reference in ("CAN1", "CAN2"):
        filing = run.filed(joiner(1), reference=reference)
        run.ledger.decided(filing.id, "Rejected", NO, run.lease)
    run.filed(joiner(1), reference="CAN3")
    told = run.ledger.rejections([key, run.key(joiner(2))])
    assert list(told) == [key]
    assert (told[key].reference, told[key].state) == ("CAN2", FilingState.REFUSED)
    assert told[key].portal_status == "Rejected"
    assert run.ledger.standing([key])[key].reference == "CAN3"


@pytest.mark.parametrize("status", ["Under Query", "In Progress", "words nobody knows"])
def test_a_status_that_decides_nothing_changes_nothing_else(run: Run, status: str) -> None:
    """The filing stays filed, its rows claimed, the case open."""
    filing = run.filed(joiner(1))
    run.ledger.decided(filing.id, status, WAITING, run.lease)
    assert (run.state(filing), run.row_states(filing)) == ("filed", ["filed"])
    (case,) = run.ledger.open_cases(PORTAL)
    assert (case.portal_status, case.reason) == (status, WAITING)
    assert case.rows[0].reason == NONE


@pytest.mark.parametrize("status", ["Approved", "Rejected", "Under Query"])
def test_the_same_said_twice_is_written_once(run: Run, status: str) -> None:
    """A case may be followed every night: one event, one time, one state."""
    filing = run.filed(joiner(1))
    run.ledger.decided(filing.id, status, NO, run.lease)
    first = record(run, filing)
    run.ledger.decided(filing.id, status, NO, run.lease)
    assert record(run, filing) == first
    assert kinds(run, filing).count("decided") == 1


def test_nothing_is_decided_about_a_filing_that_was_never_filed(run: Run) -> None:
    """Whatever the portal's words: planned, pressed, doubted, refused and cancelled stay so."""
    planned, pressed, doubted = (run.plan(joiner(n)) for n in (1, 2, 3))
    run.intend(pressed)
    run.intend(doubted)
    run.ledger.in_doubt(doubted.id, WAITING, run.lease)
    refused, cancelled = run.plan(joiner(4)), run.plan(joiner(5))
    run.ledger.refused(refused.id, WAITING, run.lease)
    run.ledger.cancel(cancelled.id)
    filings = (planned, pressed, doubted, refused, cancelled)
    before = [record(run, filing) for filing in filings]
    for filing in filings:
        for status in ("Approved", "Rejected", "Under Query"):
            with pytest.raises(WrongState):
                run.ledger.decided(filing.id, status, NO, run.lease, CODE)
    assert [record(run, filing) for filing in filings] == before
    assert run.ledger.known_employers(PORTAL) == []


def test_a_rejected_case_is_not_brought_back(run: Run) -> None:
    """Its people may have been filed anew since."""
    filing = run.filed(joiner(1))
    run.ledger.decided(filing.id, "Rejected", NO, run.lease)
    for status in ("Approved", "Under Query"):
        with pytest.raises(WrongState):
            run.ledger.decided(filing.id, status, NONE, run.lease)
    assert run.state(filing) == "refused"


def test_a_status_without_words_is_no_status(run: Run) -> None:
    """An empty cell of the inbox is a mistake of the reader, not an answer."""
    filing = run.filed(joiner(1), status="Pending for Review")
    with pytest.raises(ValueError, match="words"):
        run.ledger.decided(filing.id, "", NONE, run.lease)
    assert record(run, filing).portal_status == "Pending for Review"


def test_only_the_lease_of_the_portal_id_that_filed_it_may_write(
    begin: Callable[..., Run],
) -> None:
    """Another log-in sees other cases, and one that was overtaken may be out of date."""
    run, other = begin(), begin(portal_id="other@example.test")
    filing = run.filed(joiner(1))
    with pytest.raises(WrongLease):
        other.ledger.decided(filing.id, "Rejected", NO, other.lease)
    run.ledger.decided(filing.id, "Approved", NONE, run.lease)
    with pytest.raises(WrongLease):
        other.ledger.decided(filing.id, "Approved", NONE, other.lease, CODE)
    run.lease.release()
    begin()
    with pytest.raises(LeaseLost):
        run.ledger.decided(filing.id, "Under Query", NONE, run.lease)
    assert record(run, filing).portal_status == "Approved"


def test_the_log_tells_the_decision_and_nobody(run: Run) -> None:
    """Status and time; the officer's words may name a person and stay out of it."""
    filing = run.filed(joiner(1))
    run.ledger.decided(filing.id, "Rejected", NO, run.lease)
    last = run.ledger.events_of(filing.id)[-1]
    assert (last.kind, json.loads(last.data)) == ("decided", {"status": "Rejected"})


def test_an_employer_without_a_code_has_a_name_that_tells_nothing(
    file_place: Path, tmp_path: Path
) -> None:
    """The same words give the same name in one ledger, and another in another."""
    number = "900101001234"
    with Ledger.open(file_place) as one, Ledger.open(tmp_path / "b" / "l") as two:
        names = [one.pseudonym(number), one.pseudonym(number), two.pseudonym(number)]
        assert one.pseudonym("900101001235") not in names
    assert names[0] == names[1] != names[2]
    assert all(re.fullmatch("new-[0-9a-f]{12}", name) for name in names)


def registration(run: Run) -> Filing[Joiner]:
    return run.intended(joiner(1), employer=run.ledger.pseudonym("900101001234"))


def test_the_code_of_a_registered_employer_is_kept_with_its_log_in(run: Run) -> None:
    """Approved at once: the receipt brings it, and the next job finds who holds it."""
    filing = registration(run)
    run.file(filing, "CRN1", status="Approved", employer_code=CODE)
    (known,) = run.ledger.known_employers(PORTAL)
    assert (known.code, known.lease_name) == (CODE, run.lease.name)
    assert (known.filing_id, known.reference) == (filing.id, "CRN1")
    assert run.ledger.holder_of(PORTAL, CODE) == run.lease.name
    assert run.ledger.holder_of(PORTAL, EMPLOYER) is None
    assert run.ledger.holder_of("another portal", CODE) is None


def test_the_code_of_an_employer_approved_later_is_kept_as_well(run: Run) -> None:
    """Once, however often it is told; also when only the code is new."""
    filing = registration(run)
    run.file(filing, "CRN1", status="Pending for Review")
    assert run.ledger.known_employers(PORTAL) == []
    run.ledger.decided(filing.id, "Approved", NONE, run.lease)
    run.ledger.decided(filing.id, "Approved", NONE, run.lease, CODE)
    known = run.ledger.known_employers(PORTAL)
    run.ledger.decided(filing.id, "Approved", NONE, run.lease, CODE)
    assert run.ledger.known_employers(PORTAL) == known
    assert kinds(run, filing).count("employer registered") == 1


def test_an_employer_who_had_his_code_before_is_not_a_new_one(run: Run) -> None:
    """Every case page shows a code; only another than the filing's is news."""
    filing = run.filed(joiner(1), status="Approved", employer_code=EMPLOYER)
    run.ledger.decided(filing.id, "Approved", NONE, run.lease, EMPLOYER)
    assert run.ledger.known_employers(PORTAL) == []


def test_a_receipt_that_is_not_believed_registers_nobody(run: Run) -> None:
    """Code and filing are written together or not at all."""
    filing = run.plan(joiner(1))
    receipt = Receipt("CRN1", AT, status="Approved", employer_code=CODE)
    with pytest.raises(WrongState):
        run.ledger.filed(filing.id, receipt, run.lease, reconciled=False)
    assert run.ledger.known_employers(PORTAL) == []


def test_the_summary_shows_what_perkeso_has_decided_and_what_is_open(run: Run) -> None:
    """Cases by the portal's status, and each open one with its number and rows."""
    run.filed(joiner(1), status="Approved")
    run.filed(joiner(2), joiner(3), reference="CAN2", status="Under Query")
    unread = run.filed(joiner(4), reference="CAN3")
    rejected = run.filed(joiner(5))
    run.ledger.decided(rejected.id, "Rejected", NO, run.lease)
    run.ledger.refused(run.plan(joiner(6)).id, WAITING, run.lease)
    summary = run.ledger.summary()
    assert summary.statuses == {"Approved": 1, "Under Query": 1, "": 1, "Rejected": 1}
    told = [(c.reference, c.rows, c.portal_status) for c in summary.open_cases]
    assert told == [("CAN2", 2, "Under Query"), ("CAN3", 1, "")]
    assert summary.open_cases[1].filed_at == AT
    assert record(run, unread).status_at is None
