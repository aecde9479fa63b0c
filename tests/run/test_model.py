"""Random jobs, edits between runs, faults, kills, officers, answers: held against a small model.

Hypothesis makes the days up; the real command and the practice portal live through them. A seed has
always the same days, so that a failure comes again; there is no shrinking, for a run takes seconds.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

if sys.platform != "linux":
    pytest.skip("the drill looks into /proc", allow_module_level=True)

from drill.place import SETTLE, TIMEOUTS, Place, Prepared
from drill.plan import DANGEROUS
from drill.points import CONTROL, Wanted
from tests.conftest import Desk, person

if TYPE_CHECKING:
    from collections.abc import Iterator

FILED, REFUSED, DOUBT, NOT_SENT = "filed", "refused", "in doubt", "not sent"
# What a run that nobody kills may end with: filed, no, another review, a person's turn, in doubt,
# a claim, later.
CODES = {0, 10, 11, 13, 14, 65, 75}
NEEDS_PERSON = 13
RECORD, PRESSED_SINCE = 11, 65  # what an answer may be stopped by
STARTS = ("2026-11-10", "2026-11-12")
PEOPLE = st.integers(1, 4)
POINTS = st.sampled_from((*DANGEROUS, "before step (documents)", "draft unnamed", "before look",
                          "after withdrawing", "during download"))  # fmt: skip
FAULTS = st.sampled_from(
    [
        {"fault": "commit, then drop the connection"},
        {"fault": "commit, then drop the connection silently"},
        {"fault": "commit, then 500"},
        {"fault": "commit, then delay", "seconds": 1},
        {"fault": "500 before commit"},
        {"fault": "drop before commit"},
        {"fault": "listed late", "seconds": 3600},
        {"fault": "listed never"},
        {"fault": "listed twice"},
        {"fault": "listed under another name"},
        {"fault": "listed under another employer"},
        {"fault": "listed under another number"},
        {"fault": "maintenance page", "skip": 12},
        {"fault": "session expired", "skip": 15},
        {"fault": "duplicate worker"},
        {"fault": "worker listed twice"},
        {"fault": "review shows another value"},
    ]
)
MOST_RUNS = 5  # until everything is told, once nobody disturbs any more


class Days(RuleBasedStateMachine):
    """One employer's joiners, over some days."""

    place: ClassVar[Place]
    example: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        Days.example += 1
        folder = self.place.folder / f"example-{Days.example}"
        folder.mkdir()
        self.portal = self.place.portal
        self.portal.reset()
        self.desk = Desk(folder, self.portal)
        self.desk.settings(name="drill", timeouts=TIMEOUTS, settle=SETTLE)
        self.desk.env[CONTROL] = self.portal.control
        self.rows: dict[int, str] = {}
        # For whom a second filing is right: a person said not filed, or an officer rejected.
        self.again: Counter[str] = Counter()
        # Who need not be filed in the end: his row was changed, or the portal said no to him.
        self.touched: set[str] = set()
        self.kills = 0

    # -- what may happen --

    @initialize(
        officer=st.booleans(),
        per=st.sampled_from((4, 1)),
        ajax=st.booleans(),
        point=st.sampled_from(DANGEROUS),
        fault=st.none() | FAULTS,
    )
    def begin(
        self, *, officer: bool, per: int, ajax: bool, point: str, fault: dict[str, Any] | None
    ) -> None:
        """The portal's ways, a job of two people, and a first run that dies near its press."""
        self.per = per
        commit = "ajax" if ajax else "form"
        self.portal.ask("settings", {"officer": officer, "commit": commit})
        self.rows = {1: STARTS[0], 2: STARTS[0]}
        self.run_killed(point, machine=False, fault=fault)

    @rule(number=PEOPLE)
    def add_a_row(self, number: int) -> None:
        """A joiner more."""
        self.rows.setdefault(number, STARTS[0])

    @rule(number=PEOPLE)
    def change_a_row(self, number: int) -> None:
        """Another day of entry, which is another matter of the same person."""
        if number in self.rows:
            self.rows[number] = STARTS[self.rows[number] == STARTS[0]]
            self.touched.add(identity(number))

    @precondition(lambda self: len(self.rows) > 1)
    @rule(number=PEOPLE)
    def remove_a_row(self, number: int) -> None:
        """He does not come after all."""
        self.rows.pop(number, None)

    @rule(point=POINTS, machine=st.booleans(), fault=st.none() | FAULTS)
    def run_killed(self, point: str, *, machine: bool, fault: dict[str, Any] | None) -> None:
        """`kill -9`, or a machine that goes off."""
        if fault:
            self.portal.ask("arm", fault)
        self.kills += self.run(Wanted(point, machine=machine)).killed

    @rule(fault=FAULTS, lost=st.booleans())
    def run_in_trouble(self, fault: dict[str, Any], *, lost: bool) -> None:
        """A fault of the portal, and often a lost answer beside it."""
        if lost:
            self.portal.arm("commit, then drop the connection")
        self.portal.ask("arm", fault)
        self.run()

    @rule()
    def run_quietly(self) -> None:
        """Nothing new goes wrong."""
        self.run()

    @precondition(lambda self: self.waiting())
    @rule(status=st.sampled_from(("Approved", "Rejected")))
    def an_officer_decides(self, status: str) -> None:
        """The oldest case that waits; then the tool reads what became of it."""
        case = self.waiting()[0]
        self.portal.ask("decide", {"reference": case["reference"], "status": status})
        if status == "Rejected":
            people = {worker["registrationNo"] for worker in case["workers"]}
            self.again.update(people)
            self.touched |= people
        done = self.desk.assist("follow", self.job().job)
        assert "Traceback" not in done.stderr, done.stderr

    @precondition(lambda self: self.doubts())
    @rule(truly=st.booleans(), look=st.booleans())
    def a_person_answers(self, *, truly: bool, look: bool) -> None:
        """What the portal has; or, wrongly, that it is not there."""
        for filing in self.doubts():
            self.answer(filing, truly=truly, look=look)

    @precondition(lambda self: self.answered())
    @rule(truly=st.booleans(), look=st.booleans())
    def a_person_corrects(self, *, truly: bool, look: bool) -> None:
        """An earlier answer, of before any run acted by it or of after; rightly or wrongly."""
        for filing in self.answered():
            self.answer(filing, "--correct", truly=truly, look=look)

    # -- what must hold --

    @invariant()
    def nobody_is_filed_twice(self) -> None:
        """As the portal counts; more than once only by a person's or an officer's word."""
        filings = self.portal.filings
        assert not any(filing["again"] for filing in filings)
        filed = Counter(w["registrationNo"] for f in filings for w in f["workers"])
        too_many = {who: n for who, n in filed.items() if n > 1 + self.again[who]}
        assert not too_many

    @invariant()
    def what_the_ledger_calls_filed_is_at_the_portal(self) -> None:
        """By its number."""
        known = {filing["reference"] for filing in self.portal.filings}
        noted = {number for (number,) in self.asked("reference FROM filings WHERE state = 'filed'")}
        assert noted <= known

    def teardown(self) -> None:
        """Nobody disturbs any more; what is in doubt is answered; then all who must be are there.

        The portal's own lists stay as wrong as they are.
        """
        if not self.rows:
            return
        self.portal.ask("disarm", {})
        self.portal.ask("show", {})
        code = None
        for _ in range(MOST_RUNS):
            code = self.run().code
            for filing in self.doubts():
                self.answer(filing, truly=True, look=False)
            if code == 0:
                break
        self.nobody_is_filed_twice()
        self.what_the_ledger_calls_filed_is_at_the_portal()
        if code != NEEDS_PERSON:  # a draft that cannot be told from another hand's
            self.everybody_is_there()

    def everybody_is_there(self) -> None:
        """Each row's verdict is the one that the model expects, and the portal has the filed."""
        there = {w["registrationNo"] for f in self.portal.filings for w in f["workers"]}
        for who, verdict in self.verdicts().items():
            expected = {FILED, REFUSED} if who in self.touched else {FILED}
            if self.kills >= 5:  # given up (dead)
                expected |= {REFUSED}
            assert verdict in expected, (who[-4:], verdict)
            assert verdict != FILED or who in there

    # -- tools --

    def job(self) -> Prepared:
        """The job as it stands now."""
        rows = [person(n, employment_start_date=day) for n, day in sorted(self.rows.items())]
        path = self.desk.job(rows, rows_per_filing=self.per)
        return Prepared(self.desk, path, Path(), Path(), {})

    def run(self, wanted: Wanted | None = None) -> Any:
        """`run --submit`; whoever ends by himself has a verdict for each row."""
        done = self.place.run(self.job(), wanted)
        assert "Traceback" not in done.said, done.said
        if not done.killed:
            assert done.code in CODES, done.said
            assert set(self.verdicts()) == {identity(number) for number in self.rows}
            known = {FILED, REFUSED, DOUBT, NOT_SENT}
            assert set(self.verdicts().values()) <= known, done.said
        return done

    def verdicts(self) -> dict[str, str]:
        """Of the last run, by identity number, as the workbook has them."""
        return {
            str(row["No. KPPN"]): str(row["ASSIST status"]).rpartition(" / ")[2]
            for row in self.desk.returned()
        }

    def waiting(self) -> list[dict[str, Any]]:
        """The cases that wait for an officer."""
        return [f for f in self.portal.filings if f["status"] == "Pending for Review"]

    def asked(self, question: str) -> list[tuple[Any, ...]]:
        """Of the ledger's file."""
        path = self.desk.home / "ledger.sqlite3"
        if not path.is_file():
            return []
        with closing(sqlite3.connect(path)) as db:
            return db.execute(f"SELECT {question}").fetchall()

    def doubts(self) -> list[str]:
        """The filings in doubt."""
        return [one for (one,) in self.asked("id FROM filings WHERE state = 'in doubt'")]

    def answered(self) -> list[str]:
        """The filings of which a person's answer is the last that happened."""
        last = "(SELECT max(id) FROM events WHERE filing_id = one.filing_id)"
        told = f"filing_id FROM events AS one WHERE kind = 'settled' AND id = {last}"
        return [one for (one,) in self.asked(told)]

    def answer(self, filing: str, *how: str, truly: bool, look: bool) -> None:
        """`settle`, as somebody who has looked at the portal, or believes that he has.

        A wrong answer may be stopped by the record, a correction by what was pressed since.
        """
        drafts = self.asked(f"reference FROM drafts WHERE filing_id = '{filing}'")
        numbers = {number for (number,) in drafts}
        cases = self.portal.filings
        there = [f for f in cases if {f["reference"], f["draft_reference"]} & numbers]
        said = ["--filed", there[0]["reference"]] if there and truly else ["--not-filed"]
        ways = [*how, *([] if look else ["--no-look"])]
        done = self.desk.assist("settle", filing, "--reason", "looked", *said, *ways)
        stops = {*([] if truly else [RECORD]), *([PRESSED_SINCE] if how else [])}
        assert done.returncode in {0, *stops}, done.stderr
        if there and not truly and done.returncode == 0:
            people = {worker["registrationNo"] for f in there for worker in f["workers"]}
            self.again.update(people)
            self.touched |= people


def identity(number: int) -> str:
    """Of one of the people."""
    return str(person(number)["identification"])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One portal for all days."""
    made = Place(tmp_path_factory.mktemp("model"))
    yield made
    made.close()


def live(place: Place, number: int, examples: int, steps: int) -> None:
    """So many examples of a seed, of so many steps."""
    machine = seed(number)(type("Seeded", (Days,), {"place": place}))
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=limits)


def test_whatever_happens_nobody_is_filed_twice_or_forgotten(place: Place) -> None:
    """A few days; `make heavy` has more."""
    live(place, 1, examples=1, steps=4)


@pytest.mark.heavy
@pytest.mark.parametrize("number", range(2, 12))
def test_more_of_whatever_may_happen(place: Place, number: int) -> None:
    """Ten seeds; a failure is repeated by its seed."""
    live(place, number, examples=3, steps=10)
