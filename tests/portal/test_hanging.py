"""What is never answered is ended, and nothing that was started outlives it."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from rpa.portal import family
from rpa.portal.family import Family
from rpa.portal.watch import Watch
from rpa.run.session import LOCK, PREFIX, scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SLEEPER = [sys.executable, "-c", "import sys; print('here', flush=True); sys.stdin.read()"]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def test_a_call_that_is_never_answered_is_ended_and_one_that_is_answered_is_not() -> None:
    """The first waits until the watch ends what it waits for; the second is over before."""
    ended = threading.Event()
    with Watch(0.2, ended.set) as watch, watch.busy():
        assert ended.wait(60)
    calm = threading.Event()
    with Watch(3600, calm.set) as watch, watch.busy():
        pass
    assert not calm.is_set()


def test_nobody_is_ended_while_nothing_is_asked() -> None:
    """A run that computes, or waits between two looks, may take as long as it likes."""
    ended, others = threading.Event(), threading.Event()
    with Watch(0.05, ended.set) as idle, Watch(0.2, others.set) as busy, busy.busy():
        assert others.wait(60)  # four times the idle one's limit
        del idle
    assert not ended.is_set()


def started(*words: str) -> subprocess.Popen[str]:
    """A process that waits until its end, and is there already."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    one = subprocess.Popen([*SLEEPER, *words], **pipes, text=True, start_new_session=True)  # type: ignore[call-overload]
    assert one.stdout.readline()
    assert isinstance(one, subprocess.Popen)
    return one


@pytest.fixture
def before() -> Iterator[subprocess.Popen[str]]:
    """A process that was there before the browser."""
    one = started()
    yield one
    one.kill()
    one.communicate()


@POSIX
def test_a_stopped_process_of_ours_is_ended_and_no_other(
    tmp_path: Path, before: subprocess.Popen[str]
) -> None:
    """One that is stopped notices nothing by itself."""
    ours = Family(tmp_path)
    mine = started()
    os.kill(mine.pid, signal.SIGSTOP)
    ours.end()
    assert mine.wait(60) == -signal.SIGKILL
    mine.communicate()
    assert before.poll() is None


@POSIX
def test_the_next_run_ends_what_a_killed_one_left_and_takes_its_folder_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: subprocess.Popen[str]
) -> None:
    """By the list in its folder; a folder whose run lives is left alone, and so are strangers."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead, strange = tmp_path / f"{PREFIX}dead", tmp_path / f"{PREFIX}strange"
    for folder in (dead, strange):
        folder.mkdir()
    (dead / LOCK).touch()
    ours = Family(dead)
    mine = started()
    ours.look()
    with scratch() as living, scratch() as another:
        assert mine.wait(60) == -signal.SIGKILL
        assert {living, another, strange} == set(tmp_path.iterdir())
    mine.communicate()
    assert before.poll() is None
    assert [strange] == list(tmp_path.iterdir())


def test_a_number_that_was_given_again_is_not_ended(tmp_path: Path) -> None:
    """A process is known by its birth as well: the list of a killed run may be a day old."""
    with started() as other:
        there = psutil.Process(other.pid)
        listed = tmp_path / family.FILE
        listed.write_text(json.dumps([[there.pid, there.create_time() - 3600]]), "utf-8")
        family.end_of(tmp_path)
        assert other.poll() is None
        listed.write_text(json.dumps([[there.pid, there.create_time()]]), "utf-8")
        family.end_of(tmp_path)
        assert other.wait(60)
        other.communicate()


@pytest.mark.parametrize("listed", ["", "{", "7", "[7]", "[[7]]", '[["a", "b"]]', "[[-1, 0]]"])
def test_a_list_that_says_nothing_ends_nobody(tmp_path: Path, listed: str) -> None:
    """It was half written when its run was killed."""
    (tmp_path / family.FILE).write_text(listed, "utf-8")
    family.end_of(tmp_path)


ASKS = {
    "all_inner_texts", "evaluate", "evaluate_all", "get_attribute", "goto", "inner_text",
    "input_value", "save_as", "screenshot", "set_input_files", "wait_for", "wait_for_load_state",
}  # fmt: skip
AROUND = {"answer", "busy", "doing", "renewed"}
# Called by nobody but a method whose own `doing` is around it.
INSIDE = {"_await", "_texts", "_open", "_raise_blocker", "keeps_secrets"}


def bare(path: Path) -> Iterator[str]:
    """The calls of the driver that stand in no `doing`: without translation, without a bound."""

    def walk(node: ast.AST, covered: bool) -> Iterator[str]:  # noqa: FBT001  which it is
        if isinstance(node, ast.FunctionDef):
            covered = node.name in INSIDE
        if isinstance(node, ast.With):
            calls = [i.context_expr for i in node.items if isinstance(i.context_expr, ast.Call)]
            covered = covered or any(_name(call) in AROUND for call in calls)
        if isinstance(node, ast.Call) and not covered:
            name = _name(node)
            if name in ASKS or (name.startswith(("to_have", "not_to_have"))):
                yield f"{path.name}:{node.lineno} {name}"
        for child in ast.iter_child_nodes(node):
            yield from walk(child, covered)

    yield from walk(ast.parse(path.read_text("utf-8")), covered=False)


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", "")


def test_whatever_is_asked_of_the_driver_has_a_bound() -> None:
    """Every such call of a page stands in a `doing`, which the watch sees."""
    found = [one for room in ("pages", "portal") for p in sorted((ROOT / "rpa" / room).glob("*.py"))
             for one in bare(p)]  # fmt: skip
    assert found == []
