"""The portal moves, and the robot files right, stops with the entry's name, or proposes its line.

`python -m tests.drift` (`make drift`) runs any part; what is not right names its kind and seed.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform != "linux":
    pytest.skip("the runs are watched in /proc, as the drill's are", allow_module_level=True)

from rpa import flows
from rpa.portal import resolve
from rpa.portal.look import Element, Kind, Look
from rpa.portal.resolve import Grade, Sought
from tests.drift.crew import OUT, SKINS, Drill, line, shown, wanted
from tests.drift.kinds import KINDS, Verdict
from tests.drift.looks import drilled
from tests.drift.parts import PARTS
from tests.drift.watched import without_grades
from tests.drift.words import SAID

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 0.97
USE: dict[str, Any] = {
    "key": "EmployeePopup.race", "sort": "field", "grade": "fill", "commits": False,
    "bm": ["Bangsa"], "en": ["Race"], "by": ["words"],
    "element": {"kind": "list", "labels": ["Bangsa *"], "beside": "", "words": "", "options": []},
}  # fmt: skip


def test_every_kind_is_drilled_at_every_procedure_and_over_four_seeds_on_every_skin() -> None:
    """Each kind is a change that the portal knows; none has two names."""
    cases = wanted(range(1, 5), flows.names(), (), SKINS)
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len(cases) == len(KINDS) * len(flows.names()) * len(SKINS)
    met = {(case["kind"], case["procedure"], case["skin"]) for case in cases}
    assert len(met) == len(cases)
    for kind in KINDS:
        assert kind.how in {*PARTS, *SAID, "lens reversed", "menu moved", "menu twice"}
    assert {kind.verdict for kind in KINDS} == set(Verdict)


def test_a_seed_draws_the_same_change_and_words_of_a_label_without_its_mark() -> None:
    """A case that was not right is so again; the star behind a label is none of its words."""
    outside = next(kind for kind in KINDS if kind.name == "label outside")
    first, second = (outside.drawn(7, [USE], "add_employees classic") for _ in range(2))
    assert first == second
    assert first is not None
    assert (first["key"], first["label"]) == ("EmployeePopup.race", "Bangsa")
    assert outside.drawn(7, [{**USE, "en": []}], "add_employees classic") is None


def test_the_line_counts_what_applies_alone() -> None:
    """A change that never came says nothing of the robot."""
    about = {"kind": "a", "procedure": "b", "right": Verdict.STOPS}
    right = {**about, "applies": True, "not right": [], "wrong filings": []}
    wrong = {**right, "not right": ["x"], "wrong filings": ["x"]}
    told = line([right, wrong, {**about, "applies": False}])
    assert told.startswith("wrong filings 1 of 2; right verdict 1 of 2")


SCREEN = Look(
    (
        Element(0, Kind.TEXT, labels=("Nama",), name="_p_dto.name"),
        Element(1, Kind.TEXT, labels=("Alamat",), name="_p_dto.address"),
        Element(2, Kind.BUTTON, words="SIMPAN"),
        Element(3, Kind.BUTTON, words="BATAL"),
    )
)
SOUGHT = (
    Sought("A.name", (Kind.TEXT,), Grade.FILL, bm=("Nama",), en=("Name",), name="_dto.name"),
    Sought("A.save", (Kind.BUTTON,), Grade.PRESS, bm=("SIMPAN",), en=("SAVE",)),
)


@pytest.mark.parametrize("graded", [True, False])
def test_looks_are_held_to_and_without_the_grades_they_go_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, graded: bool
) -> None:
    """The storey without a browser, on a look made up here."""
    look = [asdict(element) for element in SCREEN.elements]
    lines = [json.dumps({"sought": asdict(one), "look": look}, default=sorted) for one in SOUGHT]
    (tmp_path / "classic-x.jsonl").write_text("\n".join(lines), "utf-8")
    if not graded:
        monkeypatch.setattr(resolve, "_judge", without_grades)
    seen, wrong, right, bad = drilled(tmp_path, 60)
    assert seen > 60
    assert (not wrong and right == seen) is graded, bad[:5]


@pytest.mark.heavy
@pytest.mark.parametrize("procedure", flows.names())
def test_every_kind_at_a_procedure(procedure: str) -> None:
    """Each on one of the four looks; what was done with this very code is not done again."""
    drill = Drill(OUT, procedures=[procedure])
    bad = [case for case in drill.go() if case["applies"] and case["not right"]]
    told = "\n".join([*map(shown, bad), drill.line])
    assert not [case for case in bad if case["wrong filings"]], told
    assert len(bad) <= (1 - LEAST) * sum(case["applies"] for case in drill.cases), told


@pytest.mark.heavy
def test_without_the_grades_of_danger_the_drill_goes_red(tmp_path: Path) -> None:
    """The real robot, which takes whatever is nearest, goes on where it should have stopped."""
    kinds = ["label outside", "button twice", "labels exchanged"]
    drill = Drill(
        tmp_path / "cases.jsonl", procedures=["add_employees"], only=kinds, skins=["classic"],
        jobs=1, without="grades",
    )  # fmt: skip
    assert any(case["not right"] for case in drill.go()), drill.line
