"""The drill itself: it reaches what it names, changes nothing, sees what is wrong, covers all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from drill.points import POINTS, RECEIVED, TORN_EVIDENCE, Wanted, point_of

if sys.platform != "linux":
    pytest.skip("the drill looks into /proc", allow_module_level=True)

from drill.judge import lines, reported
from drill.place import Place, Prepared

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FIVE_FILES = Path(__file__).parent / "five-files"
CONTROLS = ("intent", "look", "lease")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A portal and a desk, wound back before each run."""
    made = Place(tmp_path_factory.mktemp("drill"))
    yield made
    made.close()


def killed(place: Place, known: Prepared, key: str) -> None:
    done = place.run(known, Wanted(key))
    assert (done.killed, done.died_at) == (True, key), done.said


@pytest.mark.heavy
def test_every_named_point_is_reached(place: Place) -> None:
    """By a filing that nobody disturbs, or by one that finds what a killed run left."""
    known = place.ready("submit_contributions")
    _, passed = place.passings(known)
    for key in ("after intent", "answered"):
        known = place.ready("submit_contributions")
        killed(place, known, key)
        done, found = place.passings(known)
        assert done.code == 0, done.said
        passed += found
    assert set(map(point_of, passed)) == set(POINTS)


@pytest.mark.heavy
def test_the_points_change_nothing(place: Place) -> None:
    """With them and without: the same requests, the same filing, the same verdicts."""
    ends = []
    for log in ("", "passings"):
        known = place.ready("update_employer")
        pid, mark = place.begin(known, log=log)
        assert place.end(known, pid, mark).code == 0
        posts = [(p["action"], p["fields"], p["status"]) for p in place.portal.ask("received")]
        ends.append((posts, lines(place.count(), []), reported(known.desk.home)))
    assert ends[0] == ends[1]


@pytest.mark.heavy
@pytest.mark.parametrize("machine", [False, True])
def test_a_kill_before_the_answer_comes_when_the_portal_has_the_post(
    place: Place, *, machine: bool
) -> None:
    """One POST is there, filed; the run is dead, and its browser and driver soon after."""
    known = place.ready("update_employer")
    place.portal.arm("commit, then delay", seconds=1.0)
    done = place.run(known, Wanted(RECEIVED, machine=machine))
    assert done.killed, done.said
    assert place.orphans() == []
    assert len([p for p in place.portal.ask("received") if "commit" in p["action"]]) == 1
    assert not list(known.desk.home.glob("runs/*/report.html"))


@pytest.mark.heavy
def test_a_torn_line_of_evidence_is_really_torn(place: Place) -> None:
    """Half of it is on disk, as after a power cut; the run after it files all the same."""
    known = place.ready("update_employer")
    killed(place, known, TORN_EVIDENCE)
    (chain,) = known.desk.home.glob("runs/*/evidence.jsonl")
    assert chain.read_bytes()
    assert not chain.read_bytes().endswith(b"\n")
    assert place.run(known).code == 0
    assert place.portal.submissions == 1


def drill(root: Path, out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, in a tree."""
    return subprocess.run(
        [sys.executable, "-m", "drill", "--out", str(out), "--no-document", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


@pytest.mark.heavy
def test_a_small_drill_finds_nothing_and_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    """One kill alone and a chain, judged at the portal; without the intent it is seen."""
    # Two slots take a case each at once; the first that is done is enough.
    some = ["--kills=1", "--seed=33", "--procedure=update_employer"]
    done = drill(ROOT, tmp_path, *some, "--jobs=2", "--control=intent")
    assert done.returncode == 0, done.stdout + done.stderr
    control, *_, last = done.stdout.splitlines()
    assert control.startswith("control, without the intent: ")
    assert "more than once" in control
    assert int(last.split()[0]) >= 6
    assert last.endswith("0 duplicates, 0 lost, 0 rows without a verdict")
    # Called again it does nothing twice.
    (kept,) = tmp_path.glob("cases-*.jsonl")
    before = kept.read_text("utf-8")
    again = drill(ROOT, tmp_path, *some, "--jobs=1", "--no-controls")
    assert again.stdout.splitlines()[-1] == last
    assert kept.read_text("utf-8") == before


@pytest.mark.heavy
def test_it_goes_red_without_intent_look_or_lease(tmp_path: Path) -> None:
    """Each part is taken out of the tool; with the whole tool the same cases are green."""
    done = drill(ROOT, tmp_path, "--kills=0", "--procedure=update_employer")
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout.splitlines()
    for part, line in zip(CONTROLS, said, strict=False):
        assert line.startswith(f"control, without the {part}: ")
        assert line.endswith("(with it: green)")
    assert "more than once" in said[0]
    assert "more than once" in said[1]
    assert "two sessions" in said[2]


@pytest.mark.heavy
def test_a_new_procedure_gets_the_drill_by_its_five_files(tmp_path: Path) -> None:
    """A toy is laid into a copy of the tree; nothing there is edited."""
    tree = tmp_path / "tree"
    for folder in ("rpa", "mock_portal", "fixtures", "tests", "drill", "config"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("out", "*.pyc"))
    for path in FIVE_FILES.rglob("*.*"):
        new = tree / path.relative_to(FIVE_FILES).with_name(path.name.removesuffix(".txt"))
        new.parent.mkdir(exist_ok=True)
        assert not new.exists()
        shutil.copyfile(path, new)
    done = drill(tree, tmp_path, "--kills=2", "--procedure=update_owner", "--no-controls")
    assert done.returncode == 0, done.stdout + done.stderr
    line, _ = done.stdout.splitlines()[-2:]
    assert line.startswith("update_owner")
    assert line.endswith("0 duplicates, 0 lost, 0 rows without a verdict")
