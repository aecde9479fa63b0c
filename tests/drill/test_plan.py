"""Which cases there are, and what is called wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from drill.judge import Books, Judgement, _numbers, _rows, _twice, lines, references
from drill.plan import DANGEROUS, HOLDS, KINDS, RECOVERY, Plan, Sample
from drill.points import POINTS, RECEIVED
from drill.table import Tally, document, matrix, summary
from mock_portal.faults import FAULTS

if TYPE_CHECKING:
    from collections import Counter

ALL = [{"fault": f.name, "what": f.what, "on": f.on, **dict(f.options)} for f in FAULTS.values()]
PASSED = ("before lease", "before step (documents)", "before step (documents)", "after intent",
          RECEIVED)  # fmt: skip
SAMPLES = [Sample("add_employees", PASSED, 9.0), Sample("update_employer", PASSED, 6.0)]


def plan(seed: int = 1) -> Plan:
    return Plan(SAMPLES, ALL, seed)


def test_a_seed_has_always_the_same_cases_and_another_has_others() -> None:
    """So that a drill goes on where it was cut, and finds more another time."""
    assert plan().first(40) == plan().first(40) != plan(2).first(40)
    assert [case.number for case in plan().first(40)] == list(range(40))


def test_every_point_and_every_fault_comes_to_every_procedure() -> None:
    """Before any of them comes more often than twice again."""
    for sample in SAMPLES:
        cases = [c for c in plan().first(120) if c.procedure == sample.procedure]
        points = {kill["key"] for case in cases for kill in case.kills if "key" in kill}
        assert set(PASSED) <= points <= {*PASSED, *RECOVERY}
        assert {fault["fault"] for case in cases for fault in case.faults} == set(FAULTS)
        assert {case.kind for case in cases} == {kind.removesuffix(" again") for kind in KINDS}


def test_a_kill_before_the_answer_has_an_answer_to_wait_for() -> None:
    """Otherwise it would come too late on a quick machine."""
    for case in plan().first(120):
        if any(kill.get("key") == RECEIVED for kill in case.kills):
            then = [f for f in case.faults if f in HOLDS or f["fault"].startswith("commit, then")]
            assert then


def test_the_named_passings_are_of_known_points() -> None:
    """A word that no run passes would never be tried."""
    for key in (*DANGEROUS, *RECOVERY):
        assert key.partition(" (")[0] in POINTS


# --- the judge -----------------------------------------------------------------------------------


def filing(**other: Any) -> dict[str, Any]:
    usual = {"procedure": "toy", "employer": "E", "workers": [{"no": 1}], "employer_form": {},
             "documents": [], "again": False, "reference": "CUN1"}  # fmt: skip
    return {**usual, **other}


def portal(*filings: dict[str, Any]) -> dict[str, Any]:
    return {"filings": list(filings), "contributions": []}


def of(*filings: dict[str, Any]) -> Counter[str]:
    return lines(portal(*filings), ["E"])


@pytest.mark.parametrize(
    "there",
    [
        [filing(), filing(reference="CUN2")],
        [filing(again=True)],
        [filing(workers=[{"no": 2}])],
        [filing(employer="F")],
    ],
)
def test_the_judge_sees_what_is_there_twice_or_otherwise(there: list[dict[str, Any]]) -> None:
    """Another number, the same POST again, another worker, another employer."""
    found = Judgement()
    _twice(found, of(filing()), of(*there), portal(*there))
    assert found.duplicates


def test_the_judge_sees_where_ledger_and_portal_differ() -> None:
    """Called filed and not there; there and not known."""
    filed = Books([{"state": "filed", "reference": "CUN1"}], [])
    for ledger, there in ((filed, portal()), (Books([], []), portal(filing()))):
        found = Judgement()
        _numbers(found, ledger, references(there))
        assert found.lost
    right = Judgement()
    _numbers(right, filed, references(portal(filing())))
    assert not right.wrong


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [({}, "filed"), ({1: "refused"}, "filed"), ({1: "refused"}, "in doubt"), ({1: "filed"}, "x")],
)
def test_the_judge_sees_a_verdict_that_is_missing_or_wrong(
    verdicts: dict[int, str], state: str
) -> None:
    """None; another than the ledger's; filed where the portal has nothing."""
    found = Judgement(verdicts=verdicts)
    _rows(found, Books([], [{"position": 1, "state": state}]), {1}, of(filing()))
    assert found.wrong


def test_the_table_counts_what_was_done() -> None:
    """The line at the end, a line a procedure, the matrix, the document."""
    case: dict[str, Any] = {
        "procedure": "toy", "kind": "kill", "died_at": ["before step (documents)"],
        "fired": ["delay"], "verdicts": ["filed"], "duplicates": [], "lost": [],
        "without_verdict": [], "other": [],
    }  # fmt: skip
    wrong = {**case, "duplicates": ["x"]}
    line = "2 kills, 2 faults: 1 duplicates, 0 lost, 0 rows without a verdict"
    assert Tally([case, wrong]).line == line
    assert summary([case, wrong]) == [f"toy  {line}", line]
    assert matrix([case, wrong]) == {"before step": {"toy": 2}}
    about = {"seed": 1, "minutes": 2, "jobs": 2, "cores": 2, "controls": ["control, red"]}
    assert f"**{line}.**" in document([case, wrong], about)
