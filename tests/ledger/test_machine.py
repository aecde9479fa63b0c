"""Whatever happens in whatever order: the portal gets each matter at most once."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from rpa.errors import Words
from rpa.ledger.ledger import Claimed, Ledger, Outcome, PressedSince, WrongState
from rpa.ledger.tables import UNSETTLED, FilingState
from rpa.model.filing import Receipt
from tests.ledger.people import AT, PORTAL, Run, joiner

if TYPE_CHECKING:
    from rpa.model.filing import Filing
    from tests.ledger.people import Joiner

PEOPLE = st.lists(st.integers(1, 3), min_size=1, max_size=2, unique=True)
LATE = Words("Lambat.", "Late.")


class Filings(RuleBasedStateMachine):
    """A portal that takes every press it gets, and runs that crash wherever they are."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ledger-machine-"))
        self.submitted: list[str] = []  # the portal's witness: one entry a row it received
        self.at_portal: set[str] = set()  # filings whose press arrived
        self.open: list[Filing[Joiner]] = []
        self.ledger = Ledger.open(self.folder / "ledger.sqlite3")
        self.run = Run(self.ledger)

    def teardown(self) -> None:
        self.run.lease.release()
        self.ledger.close()
        shutil.rmtree(self.folder)

    @rule(people=PEOPLE)
    def plan(self, people: list[int]) -> None:
        self.open.append(self.run.plan(*(joiner(n) for n in people)))

    @precondition(lambda self: self.open)
    @rule(data=st.data(), arrives=st.booleans(), answered=st.booleans())
    def press(self, data: st.DataObject, *, arrives: bool, answered: bool) -> None:
        filing = data.draw(st.sampled_from(self.open))
        try:
            intent = self.run.intend(filing)
        except (Claimed, WrongState):
            return
        assert intent.still_fresh()
        if arrives:
            self.at_portal.add(filing.id)
            self.submitted.extend(row.record.identification for row in filing.rows)
        if arrives and answered:
            self.run.file(filing)

    @rule()
    def crash_and_run_again(self) -> None:
        self.run.lease.release()
        self.ledger.close()
        self.ledger = Ledger.open(self.folder / "ledger.sqlite3")
        self.run = Run(self.ledger)
        self.ledger.dissolve_planned(self.run.lease, self.run.id)

    @rule(sure=st.booleans())
    def look(self, *, sure: bool) -> None:
        for found in self.ledger.unsettled(PORTAL):
            if found.id in self.at_portal and sure:
                receipt = Receipt("CAN1", AT)
                self.ledger.filed(found.id, receipt, self.run.lease, reconciled=True)
            elif found.state is FilingState.INTENDED and sure:
                self.ledger.not_filed(found.id, self.run.lease)
            else:
                self.ledger.in_doubt(found.id, LATE, self.run.lease)

    @rule()
    def a_person_settles(self) -> None:
        for found in self.ledger.unsettled(PORTAL):
            if found.state is FilingState.IN_DOUBT:
                there = found.id in self.at_portal
                outcome = Outcome.FILED if there else Outcome.NOT_FILED
                self.ledger.settle(found.id, outcome, reference="CAN2", reason="", person="aminah")

    @rule()
    def a_person_errs_and_corrects(self) -> None:
        """The wrong answer, taken back before anybody pressed by it; then in doubt as before."""
        for found in self.ledger.unsettled(PORTAL):
            if found.state is FilingState.IN_DOUBT:
                there = found.id in self.at_portal
                wrong = Outcome.NOT_FILED if there else Outcome.FILED
                said = {"reason": "", "person": "aminah"}
                self.ledger.settle(found.id, wrong, reference="CAN3", **said)
                self.ledger.take_back(found.id, **said)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def a_person_takes_back(self, data: st.DataObject) -> None:
        """Whatever the filing: only an answer ends so, and none by which it was pressed again."""
        filing = data.draw(st.sampled_from(self.open))
        with suppress(WrongState, PressedSince, Claimed):
            self.ledger.take_back(filing.id, reason="", person="siti")
            assert FilingState(self.run.state(filing)) is FilingState.IN_DOUBT

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def meddle(self, data: st.DataObject) -> None:
        filing = data.draw(st.sampled_from(self.open))
        move = data.draw(st.sampled_from(["cancel", "begin_attempt", "prepared", "rehearsed"]))
        try:
            if move == "cancel":
                self.ledger.cancel(filing.id)
            else:
                getattr(self.ledger, move)(filing.id, self.run.lease)
        except WrongState:
            pass

    @invariant()
    def nobody_was_submitted_twice(self) -> None:
        assert len(self.submitted) == len(set(self.submitted))

    @invariant()
    def what_arrived_is_remembered(self) -> None:
        for filing in self.open:
            if filing.id in self.at_portal:
                assert FilingState(self.run.state(filing)) in (*UNSETTLED, FilingState.FILED)


Filings.TestCase.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, database=None, derandomize=True
)
test_the_portal_gets_each_matter_at_most_once = Filings.TestCase


class Drill(Filings):
    """The same for longer, and with other dice every time."""


Drill.TestCase.settings = settings(
    max_examples=300, stateful_step_count=60, deadline=None, database=None
)
TestDrill = pytest.mark.heavy(Drill.TestCase)
