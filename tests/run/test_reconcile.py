"""After a press whose answer was lost: what the portal's record shows, and what follows from it.

A record may come late, never, twice, under another name, another employer, another number. Each is
tried with a procedure of cases, one that has no draft, and one that has no number before its press.
"""

from __future__ import annotations

import getpass
import re
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from rpa import flows
from rpa.engine.settle import NotFiled, Settler, Shown
from rpa.errors import InDoubt, PortalUnavailable, Refused, UnexpectedPage, Words
from rpa.model.filing import APPROVED, DRAFT, REJECTED, UNDER_QUERY, Receipt
from rpa.pages.inbox import Case
from rpa.rules.vocabulary import UnknownWord
from rpa.settings import Settle
from tests.conftest import EMPLOYER, person
from tests.flows.samples import arrange, quick
from tests.supervisor import allowed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

HEAVY = pytest.mark.heavy
LONG_S = 600  # a machine with much else to do

# --- the reads themselves, at a record that is played --------------------------------------------

NOW = datetime(2026, 11, 22, tzinfo=UTC)
OURS, OTHER = "CAN11202600000001", "B9900005678W"
SHOWN = {
    "nothing": None,
    "draft": Case(OURS, "Add Employee", DRAFT),
    "query": Case(OURS, "Add Employee", UNDER_QUERY),
    "approved": Case(OURS, "Add Employee", APPROVED),
    "rejected": Case(OURS, "Add Employee", REJECTED),
    "under another name": Case(OURS, "Something else", APPROVED),
    "of another employer": Case(OURS, "Add Employee", APPROVED),
    "away": PortalUnavailable(Words("", "")),
    "with a page of its own": Case(OURS, "Add Employee", APPROVED),
    "with an unknown word on its page": Case(OURS, "Add Employee", APPROVED),
    "with such a page of another employer": Case(OURS, "Add Employee", APPROVED),
    "without a way to its page": Case(OURS, "Add Employee", APPROVED, viewable=False),
    "as another employer's in the list": Case(OURS, f"Add Employee {OTHER}", APPROVED),
    "twice": UnexpectedPage(Words("", "")),
    "no": Refused(Words("", "")),
}


# Whose a case's page is, and why it cannot be read.
PAGES = {
    "with a page of its own": ("", UnexpectedPage(Words("", ""))),
    "with an unknown word on its page": (EMPLOYER, UnknownWord(Words("", ""))),
    "with such a page of another employer": (OTHER, UnknownWord(Words("", ""))),
    "as another employer's in the list": ("", UnexpectedPage(Words("", ""))),
    "without a way to its page": ("", UnexpectedPage(Words("", ""))),
}


def fails(error: UnexpectedPage, *_: object) -> Any:
    raise error


class Waits(threading.Event):
    """Remembers how long was waited, and waits not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0)
        return self.is_set()


@dataclass
class Record:
    """A portal's record: what it shows at the first look, the second, and from then on.

    ``after`` is what it shows once the draft was withdrawn.
    """

    shows: Sequence[str]
    unsent: str = DRAFT
    after: str = "nothing"
    looks: int = 0
    withdrawn: list[str] = field(default_factory=list)

    def procedure(self) -> Any:
        return SimpleNamespace(
            UNSENT=self.unsent,
            tray=lambda *_: self,
            withdraw=lambda reference, *_: self.withdrawn.append(reference),
        )

    @property
    def now(self) -> str:
        if self.withdrawn:
            return self.after
        return self.shows[min(self.looks, len(self.shows)) - 1]

    def find(self, reference: str) -> Case | None:
        assert reference == OURS
        self.looks += 1
        shown = SHOWN[self.now]
        if isinstance(shown, Exception):
            raise shown
        return shown

    def told(self, case: Case) -> Receipt:
        return Receipt(case.reference, NOW, "", status=case.status)

    def view(self, reference: str) -> Any:
        case = SHOWN[self.now]
        assert isinstance(case, Case)
        if self.now in PAGES:
            employer, error = PAGES[self.now]
            return SimpleNamespace(receipt=partial(fails, error), whose=lambda: employer)
        employer = OTHER if self.now == "of another employer" else EMPLOYER
        receipt = Receipt(reference, NOW, "", status=case.status, employer_code=employer)
        return SimpleNamespace(receipt=lambda *_: receipt, whose=lambda: employer)


def settler(record: Record, reads: int = 4) -> tuple[Settler, Waits]:
    session: Any = SimpleNamespace(fresh=lambda: None, doubt=lambda: None)
    limits, pause = Settle(reads=reads, first_wait_s=5, growth=2), Waits()

    def nothing(*_: object) -> Any:
        return None

    made = Settler(
        record.procedure(), EMPLOYER, (), session, limits, nothing, pause, nothing, nothing
    )
    return made, pause


ENDINGS = [
    (["approved"], "filed", 1),
    (["rejected"], "filed", 1),  # it was sent, and an officer has looked at it
    (["nothing", "nothing", "approved"], "filed", 3),  # late
    (["draft", "draft", "approved"], "filed", 3),  # the press was under way
    (["away", "no", "twice", "approved"], "filed", 4),
    (["under another name"], "filed", 1),  # a case is known by its number
    (["with a page of its own"], "filed", 2),  # the list is believed, after a second look
    (["with an unknown word on its page"], "filed", 1),
    (["with such a page of another employer"], "in doubt", 1),
    (["without a way to its page"], "in doubt", 4),
    (["as another employer's in the list"], "in doubt", 2),
    (["of another employer"], "in doubt", 1),
    (["nothing"], "in doubt", 4),  # never
    (["twice"], "in doubt", 4),
    (["away"], "in doubt", 4),
    (["nothing", "nothing", "nothing", "draft"], "in doubt", 4),  # seen once is not seen
    (["draft", "draft", "draft", "nothing"], "in doubt", 4),
    (["draft", "nothing", "draft", "nothing"], "in doubt", 4),
    (["draft"], "not filed", 6),  # seen again before its removal, and not any more after it
    (["away", "away", "draft", "draft"], "not filed", 6),
]


@pytest.mark.parametrize(("shows", "ending", "looks"), ENDINGS)
def test_the_record_decides_what_a_lost_answer_means(
    shows: list[str], ending: str, looks: int
) -> None:
    """Filed, not filed (its draft is gone then), or in doubt; after a bounded number of looks."""
    record = Record(shows)
    asked, _ = settler(record)
    if ending == "filed":
        assert asked.ending(OURS, may_start_over=True).reference == OURS
    else:
        with pytest.raises(NotFiled if ending == "not filed" else InDoubt):
            asked.ending(OURS, may_start_over=True)
    assert record.looks == looks
    assert record.withdrawn == ([OURS] if ending == "not filed" else [])


NEW, NEWER = "CAN11202600000007", "CAN11202600000008"
MINE, HIS = "900102000001", "900102000002"


@dataclass
class Listing(Record):
    """Nothing under our number; under others, a case with its status, employer and persons."""

    cases: dict[str, tuple[Any, str, set[str]]] = field(default_factory=dict)

    def find(self, reference: str) -> Case | None:
        self.looks += 1
        found = self.cases.get(reference)
        return Case(reference, "Add Employee", found[0]) if found else None

    def view(self, reference: str) -> Any:
        status, employer, persons = self.cases[reference]
        receipt = Receipt(reference, NOW, "", status=status, employer_code=employer)
        return SimpleNamespace(
            receipt=lambda *_: receipt, whose=lambda: employer, values=lambda: persons
        )


@pytest.mark.parametrize(
    ("cases", "ours"),
    [
        ({NEW: (APPROVED, EMPLOYER, {MINE, "x"})}, NEW),
        ({NEW: (APPROVED, EMPLOYER, {HIS})}, ""),  # about somebody else
        ({NEW: (APPROVED, OTHER, {MINE})}, ""),
        ({NEW: (APPROVED, "", {MINE})}, ""),  # whose it is is not told
        ({NEW: (DRAFT, EMPLOYER, {MINE})}, ""),
        ({NEW: (None, EMPLOYER, {MINE})}, ""),  # a status that nobody knows
        ({NEW: (APPROVED, EMPLOYER, {MINE}), NEWER: (APPROVED, EMPLOYER, {MINE})}, ""),
        ({NEW: (APPROVED, EMPLOYER, {MINE}), NEWER: (APPROVED, EMPLOYER, {HIS})}, NEW),
        ({}, ""),
    ],
)
def test_a_number_that_only_the_screen_showed_is_believed_by_the_list_alone(
    cases: dict[str, tuple[Any, str, set[str]]], ours: str
) -> None:
    """Where nothing stands under the draft's number: sent, our employer, all of our persons."""
    asked, _ = settler(Listing(["nothing"], cases=cases))
    asked.shown = Shown((NEW, NEWER), (frozenset({MINE, "A1"}),))
    if ours:
        assert asked.ending(OURS, may_start_over=True).reference == ours
        return
    with pytest.raises(InDoubt):
        asked.ending(OURS, may_start_over=True)


def test_a_number_that_a_person_typed_is_believed_as_one_that_the_screen_showed() -> None:
    """Also of a filing that has no draft any more; and without its persons it is not."""
    for about, ours in (((frozenset({MINE}),), NEW), ((frozenset(),), ""), ((), "")):
        asked, pause = settler(Listing([], cases={NEW: (APPROVED, EMPLOYER, {MINE})}))
        asked.shown = Shown((NEW,), about)
        if ours:
            assert asked.ending("", may_start_over=False).reference == ours
        else:
            with pytest.raises(InDoubt):
                asked.ending("", may_start_over=False)
        assert pause.waited == []


@pytest.mark.parametrize(
    ("shows", "unsent"), [("draft", True), ("approved", False), ("nothing", False)]
)
def test_a_number_is_told_as_unsent_where_the_record_has_it_so(shows: str, *, unsent: bool) -> None:
    """What is not listed says nothing."""
    asked, _ = settler(Record([shows]))
    assert asked.lists_as_unsent(OURS) is unsent


def test_the_looks_are_further_and_further_apart() -> None:
    """Five seconds, ten, twenty …; as many as the settings say, and no more."""
    asked, pause = settler(Record(["nothing"]), reads=6)
    with pytest.raises(InDoubt):
        asked.ending(OURS, may_start_over=True)
    assert pause.waited == [5, 10, 20, 40, 80]


def test_a_query_without_an_answer_is_no_proof() -> None:
    """Its papers are left where they are; a press under way would need them."""
    record = Record(["query"], unsent=UNDER_QUERY)
    asked, _ = settler(record)
    with pytest.raises(InDoubt, match="not answered"):
        asked.ending(OURS, may_start_over=True)
    assert record.withdrawn == []


def test_a_draft_that_was_sent_while_it_was_removed_is_not_sent_again() -> None:
    """It leaves the list of drafts either way; the record tells which it was."""
    record = Record(["draft"], after="approved")
    asked, _ = settler(record)
    with pytest.raises(InDoubt):
        asked.ending(OURS, may_start_over=True)


def test_a_draft_that_is_sent_at_the_last_moment_is_not_removed() -> None:
    """Between the last look and its removal: in doubt, and a later look finds it."""
    record = Record(["draft", "draft", "draft", "draft", "approved"])
    asked, _ = settler(record)
    with pytest.raises(InDoubt):
        asked.ending(OURS, may_start_over=True)
    assert record.withdrawn == []


@pytest.mark.parametrize("shows", ["draft", "nothing", "twice"])
def test_a_doubt_of_an_earlier_run_is_looked_at_once(shows: str) -> None:
    """It may bring good news; a draft changes nothing."""
    record = Record([shows])
    asked, _ = settler(record)
    with pytest.raises(InDoubt):
        asked.ending(OURS, may_start_over=False)
    assert (record.looks, record.withdrawn) == (1, [])


def test_who_asks_to_stop_proves_nothing() -> None:
    """The waits were cut short, so a press may still be on its way."""
    record = Record(["draft"])
    asked, pause = settler(record)
    pause.set()
    with pytest.raises(InDoubt):
        asked.ending(OURS, may_start_over=True)
    assert record.withdrawn == []


# --- the whole way, at the practice portal -------------------------------------------------------

LOST = "commit, then drop the connection silently"
LATE, NEVER, TWICE = "listed late", "listed never", "listed twice"
NAME, ELSEWHERE = "listed under another name", "listed under another employer"
NUMBER = "listed under another number"
WHY = "seen by telephone, Puan X of PERKESO"
UNTOLD = "does not yet tell how it ended"

DOUBTS = [
    ("add_employees", NEVER, UNTOLD),
    ("add_employees", TWICE, UNTOLD),
    ("add_employees", ELSEWHERE, "under another employer"),
    ("add_employees", NUMBER, UNTOLD),
    ("add_documents", NEVER, UNTOLD),
    ("add_documents", TWICE, UNTOLD),
    ("add_documents", ELSEWHERE, "under another employer"),
    ("submit_contributions", NEVER, UNTOLD),
    ("submit_contributions", TWICE, UNTOLD),
    ("submit_contributions", ELSEWHERE, UNTOLD),
]
# What follows when the person says that it is not filed: how often it is at the portal then. Where
# the look before the filing finds it all the same, nothing is sent.
ANEW = {
    ("add_employees", NEVER): (0, 2),
    ("add_employees", TWICE): (0, 1),
    ("add_employees", ELSEWHERE): (10, 1),  # the lens knows him
    ("add_employees", NUMBER): (0, 1),
    ("add_documents", NEVER): (10, 1),
    ("add_documents", TWICE): (10, 1),
    ("add_documents", ELSEWHERE): (10, 1),
    ("submit_contributions", NEVER): (0, 2),
    ("submit_contributions", TWICE): (70, 1),  # no screen that is known
    ("submit_contributions", ELSEWHERE): (10, 1),  # the portal itself says no
}


def ready(desk: Desk, portal: PracticePortal, procedure: str) -> tuple[Path, int]:
    """A job, and how much was filed before it."""
    if procedure == "add_employees":
        return desk.job([person(1)]), 0
    before = arrange(desk, portal, procedure)
    return allowed(desk, quick(desk, procedure)), before


def numbers(portal: PracticePortal, procedure: str) -> str:
    """The number of what was filed last, as a person reads it at the portal."""
    if flows.decided_on(procedure):
        return str(portal.filings[-1]["reference"])
    (one,) = portal.contributions
    return f"{one['acr']} {one['ecr']}"


def in_doubt(desk: Desk, portal: PracticePortal, procedure: str, fault: str) -> tuple[Path, int]:
    """A press whose answer was lost, and a record that does not tell."""
    job, before = ready(desk, portal, procedure)
    portal.arm(LOST)
    portal.arm(fault)
    done = desk.file(job, limit_s=LONG_S)
    assert done.returncode == 14, done.stderr
    assert portal.submissions == before + 1
    words = {(name, kind): said for name, kind, said in DOUBTS}
    assert words[procedure, fault] in done.stderr
    return job, before


def settle(desk: Desk, *answer: str) -> str:
    """The person's answer; what the command says."""
    (filing,) = set(re.findall(r"\b[0-9a-f]{8}\b", desk.assist("status").stdout))
    done = desk.assist("settle", filing, *answer)
    assert done.returncode == 0, done.stderr
    return done.stdout


def heavy_but(first: tuple[str, str]) -> list[Any]:
    """All doubts; the first in the quick part."""
    return [
        pytest.param(name, fault, marks=[] if (name, fault) == first else [HEAVY])
        for name, fault, _ in DOUBTS
    ]


@pytest.mark.heavy
@pytest.mark.parametrize(("procedure", "fault"), heavy_but(("add_employees", ELSEWHERE)))
def test_what_a_person_says_is_filed_stays_filed(
    desk: Desk, portal: PracticePortal, procedure: str, fault: str
) -> None:
    """In doubt, never pressed again; then filed by his word, which stands beside the row."""
    job, before = in_doubt(desk, portal, procedure, fault)
    again = desk.file(job, limit_s=LONG_S)
    assert again.returncode == 14, again.stderr
    assert portal.submissions == before + 1
    seen = numbers(portal, procedure)
    said = settle(desk, "--filed", seen, "--reason", WHY)
    assert all(words in said for words in (seen, WHY, getpass.getuser()))
    done = desk.file(job, limit_s=LONG_S)
    assert done.returncode == 0, done.stderr
    assert portal.submissions == before + 1
    report = (desk.last_run() / "report.html").read_text("utf-8")
    assert f"as {getpass.getuser()} answered: {WHY}" in report
    status = desk.assist("status").stdout
    assert all(words in status for words in ("Answers of persons", seen, WHY, getpass.getuser()))


@pytest.mark.heavy
@pytest.mark.parametrize(("procedure", "fault"), [(name, fault) for name, fault, _ in DOUBTS])
def test_only_a_persons_word_lets_it_be_pressed_again(
    desk: Desk, portal: PracticePortal, procedure: str, fault: str
) -> None:
    """`--not-filed` starts it over; the look before the filing still stands in between."""
    job, before = in_doubt(desk, portal, procedure, fault)
    assert desk.file(job, limit_s=LONG_S).returncode == 14
    assert portal.submissions == before + 1
    settle(desk, "--not-filed", "--reason", WHY)
    done = desk.file(job, limit_s=LONG_S)
    code, count = ANEW[procedure, fault]
    assert done.returncode == code, done.stderr
    assert portal.submissions == before + count
    assert portal.drafts == []
    assert desk.file(job, limit_s=LONG_S).returncode == code
    assert portal.submissions == before + count
    assert WHY in desk.assist("status").stdout


@pytest.mark.heavy
@pytest.mark.parametrize("procedure", ["add_employees", "add_documents", "submit_contributions"])
def test_a_record_under_another_name_is_known_by_what_does_not_change(
    desk: Desk, portal: PracticePortal, procedure: str
) -> None:
    """A case by its number, a month by its workers' numbers and wages: filed, once."""
    job, before = ready(desk, portal, procedure)
    portal.arm(LOST)
    portal.arm(NAME)
    done = desk.file(job, limit_s=LONG_S)
    assert done.returncode == 0, done.stderr
    assert portal.submissions == before + 1
    report = (desk.last_run() / "report.html").read_text("utf-8")
    assert all(number in report for number in numbers(portal, procedure).split())
    assert desk.file(job, limit_s=LONG_S).returncode == 0
    assert portal.submissions == before + 1


@pytest.mark.heavy
@pytest.mark.parametrize("procedure", ["add_employees", "add_documents", "submit_contributions"])
def test_a_record_that_comes_late_is_found_by_a_later_run(
    desk: Desk, portal: PracticePortal, procedure: str
) -> None:
    """In doubt until it is listed, then filed with its number."""
    job, before = ready(desk, portal, procedure)
    portal.arm(LOST)
    portal.arm(LATE, seconds=3600)
    assert desk.file(job, limit_s=LONG_S).returncode == 14
    assert desk.file(job, limit_s=LONG_S).returncode == 14
    portal.ask("show", {})
    done = desk.file(job, limit_s=LONG_S)
    assert done.returncode == 0, done.stderr
    assert portal.submissions == before + 1


# --- a person's answer ---------------------------------------------------------------------------


@pytest.mark.heavy
def test_an_answer_that_cannot_be_right_is_not_taken(desk: Desk, portal: PracticePortal) -> None:
    """No reason, another procedure's number, both answers, none, a filing there is not."""
    in_doubt(desk, portal, "add_employees", NEVER)
    (filing,) = re.findall(r"\b[0-9a-f]{8}\b", desk.assist("status").stdout)
    why = ("--reason", WHY)
    for words in (
        (filing, "--not-filed", "--reason", " "),
        (filing, "--filed", "yes", *why),
        (filing, "--filed", "CUN11202600000001", *why),
        (filing, "--filed", OURS, "--not-filed", *why),
        (filing, *why),
        ("0" * 8, "--not-filed", *why),
    ):
        assert desk.assist("settle", *words).returncode == 78, words
    assert desk.assist("settle", filing, "--not-filed").returncode == 2
    assert "in doubt" in desk.assist("status").stdout
