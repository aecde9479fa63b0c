"""Which cases there are, and what is called wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from drill.judge import Books, Judgement, _asked, _numbers, _rows, _twice, kept, lines, references
from drill.plan import (
    ALONE,
    ATTEMPTS,
    BEGUN,
    BESIDE,
    CHAIN,
    DANGEROUS,
    FAULT,
    HOLDS,
    LENGTHS,
    RECOVERY,
    RIVALS,
    Plan,
    Sample,
)
from drill.points import POINTS, RECEIVED, point_of
from drill.table import Tally, document, matrix, not_alone, summary
from mock_portal.faults import FAULTS

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

ALL = [{"fault": f.name, "what": f.what, "on": f.on, **dict(f.options)} for f in FAULTS.values()]
BEGIN = ("before lease", "before transaction (take)")
WORK = (BEGUN, "before step (documents)", "before step (documents)", "after COMMIT (intend)",
        "after intent")  # fmt: skip
END = ("press leaves", RECEIVED, "answered", "after COMMIT (filed)", "after swap (report)")
PASSED = (*BEGIN, *WORK, *END)
AGAIN = ("before lease", "before transaction (take)", "after swap (report)")
SAMPLES = [Sample(name, PASSED, AGAIN, 9.0) for name in ("add_employees", "update_employer")]


def plan(seed: int = 1) -> Plan:
    return Plan(SAMPLES, ALL, seed)


def test_a_seed_has_always_the_same_cases_and_another_has_others() -> None:
    """So that a drill goes on where it was cut, and finds more another time."""
    assert plan().first(40) == plan().first(40) != plan(2).first(40)
    assert [case.number for case in plan().first(40)] == list(range(40))


def test_every_point_and_every_fault_comes_to_every_procedure() -> None:
    """Before any of them comes more often than twice again."""
    for sample in SAMPLES:
        cases = [c for c in plan().first(180) if c.procedure == sample.procedure]
        points = {kill["key"] for case in cases for kill in case.kills if "key" in kill}
        assert set(PASSED) <= points <= {*PASSED, *AGAIN, *RECOVERY}
        assert {fault["fault"] for case in cases for fault in case.faults} == set(FAULTS)
        kinds = {CHAIN + words for words in BESIDE.values()}
        assert {case.kind for case in cases} == {ALONE, *kinds, FAULT, RIVALS}


def test_each_point_is_hit_alone() -> None:
    """By the one kill of a case, within the first 2,000 kills of ten procedures."""
    kills, alone = 0, set()
    for case in plan().cases():
        if kills > 2 * 200:
            break
        kills += len(case.kills)
        if case.kind == ALONE:
            assert len(case.kills) == 1
            alone.add((case.procedure, point_of(case.kills[0]["key"])))
    assert alone == {(sample.procedure, point) for sample in SAMPLES for point in sample.points}


def test_a_chain_is_killed_in_a_row_and_can_still_be_finished() -> None:
    """Six times and more; once filed it stays so; not so often that the ledger gives it up."""
    (sample, *_) = SAMPLES
    chains = [case for case in plan().first(200) if case.kind.startswith(CHAIN)]
    assert {len(case.kills) for case in chains} == set(LENGTHS)
    press, begun = sample.press, PASSED.index(BEGUN)
    for case in chains:
        places = [sample.where(kill) for kill in case.kills if not kill.get("again")]
        filed = next((n for n, place in enumerate(places) if place >= press), len(places))
        assert all(place >= press or place == -1 for place in places[filed:])
        attempts = sum(begun <= place < press for place in places)
        (allowed,) = (n for faults, n in ATTEMPTS.items() if case.kind == CHAIN + BESIDE[faults])
        assert attempts <= allowed


def test_a_kill_before_the_answer_has_an_answer_to_wait_for() -> None:
    """Otherwise it would come too late on a quick machine."""
    for case in plan().first(120):
        if any(kill.get("key") == RECEIVED for kill in case.kills):
            then = [f for f in case.faults if f in HOLDS or f["fault"].startswith("commit, then")]
            assert then


def test_the_named_passings_are_of_known_points() -> None:
    """A word that no run passes would never be tried."""
    for key in (*DANGEROUS, *RECOVERY):
        assert point_of(key) in POINTS


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
        [filing(documents=[{"file": "a.pdf"}, {"file": "a.pdf"}])],
        [filing(workers=[], documents=[{"file": "a.pdf"}])] * 2,
    ],
)
def test_the_judge_sees_what_is_there_twice_or_otherwise(there: list[dict[str, Any]]) -> None:
    """Another number, the same POST, another worker, another employer, a paper sent twice."""
    found = Judgement()
    _twice(found, of(filing(documents=[{"file": "a.pdf"}])), of(*there), portal(*there))
    assert found.duplicates


def test_a_row_that_is_filed_later_brings_the_papers_of_its_job_again() -> None:
    """Nobody is filed twice by that."""
    papers = {"documents": [{"file": "a.pdf"}]}
    one, other = ({"workers": [{"no": n}]} for n in (1, 2))
    quiet = of(filing(workers=[*one["workers"], *other["workers"]], **papers))
    apart = filing(**one, **papers), filing(**other, **papers, reference="CUN2")
    found = Judgement()
    _twice(found, quiet, of(*apart), portal(*apart))
    assert not found.wrong
    assert quiet == of(*apart)


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


def test_a_draft_is_left_to_a_person_only_when_its_number_was_never_learnt() -> None:
    """And when he is told which; one that is in the ledger is ours."""
    before: dict[str, Any] = {"drafts": []}
    now = {"drafts": [{"reference": "CUN1"}]}
    told = "Draft CUN1 at the portal holds the same worker."
    assert _asked(Books([], []), before, now, told) == ["CUN1"]
    assert _asked(Books([], []), before, now, "") == []
    assert _asked(Books([], [], ["CUN1"]), before, now, told) == []
    assert _asked(Books([], []), now, now, told) == []


def test_the_judge_sees_a_file_that_is_not_whole(tmp_path: Path) -> None:
    """A workbook cut in the middle, a chain that ends in a line, a file beside its place."""
    folder = tmp_path / "runs" / "1"
    folder.mkdir(parents=True)
    (folder / "evidence.jsonl").write_text("{}\n")
    openpyxl.Workbook().save(folder / "whole.xlsx")
    assert kept(tmp_path) == []
    content = (folder / "whole.xlsx").read_bytes()
    (folder / "whole.xlsx").write_bytes(content[: len(content) // 2])
    (folder / "evidence.jsonl").write_text('{}\n{"n"')
    (folder / ".assist-1.tmp").write_bytes(b"")
    assert len(kept(tmp_path)) == 3


def test_the_table_counts_what_was_done() -> None:
    """The line at the end, a line a procedure, the matrix, the document."""
    case: dict[str, Any] = {
        "procedure": "toy", "kind": "alone", "kills": [{}], "died_at": ["before step (documents)"],
        "fired": ["delay"], "verdicts": ["filed"], "duplicates": [], "lost": [],
        "without_verdict": [], "other": [], "asked": [],
    }  # fmt: skip
    wrong = {**case, "duplicates": ["x"], "asked": ["CUN1"]}
    line = "2 kills, 2 faults: 1 duplicates, 0 lost, 0 rows without a verdict"
    assert Tally([case, wrong]).line == line
    of_all, asked, last = summary([case, wrong])
    assert (of_all, asked[:28], last) == (f"toy  {line}", "1 ended with a person asked:", line)
    assert matrix([case, wrong]) == {"before step": {"toy": 2}}
    points = [("toy", "before step"), ("toy", "after step")]
    assert not_alone([case, wrong], points) == ["toy: after step"]
    about = {"seed": 1, "minutes": 2, "jobs": 2, "cores": 2, "controls": ["red"], "not_alone": []}
    assert f"**{line}.**" in document([case, wrong], about)
