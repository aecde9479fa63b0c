"""The browser itself dies, crashes or hangs, or its driver does: counted at the portal.

The real command, harmed at a named point of the drill; the filing ends by the same rules as after
any other fault, in bounded time, and leaves no process and no file behind.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform != "linux":
    pytest.skip("the drill looks into /proc", allow_module_level=True)

from drill.child import NEW, OUTPUTS, PRIVATE, ROOT
from drill.place import HUNG, Place, Prepared
from drill.points import RECEIVED, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from drill.child import Order

PROCEDURE = "update_employer"  # the quickest
DEADLY = ("browser KILL", "renderer KILL", "renderer SEGV", "renderer ABRT", "driver KILL")
HANGING = ("browser STOP", "renderer STOP", "driver STOP")
MOMENTS = ("before look", "before step (documents)", "after intent", RECEIVED, "before settling")
UNPRESSED = MOMENTS[:2]  # where the filing starts over
QUICK = {("driver KILL", RECEIVED)}
# A browser that hangs is ended after hung_s: 33 seconds here.
TIMEOUTS = {"act_s": 5, "arrive_s": 8, "result_s": 5}
DONE = 0


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A portal and a desk, wound back before each run."""
    made = Place(tmp_path_factory.mktemp("browser"))
    yield made
    made.close()


@pytest.fixture
def known(place: Place, tmp_path: Path) -> Prepared:
    """The sample, with a folder of its own for temporary files."""
    known = place.ready(PROCEDURE)
    known.desk.settings(name="drill", timeouts=TIMEOUTS, lease_s=60)
    known.desk.env["TMPDIR"] = str(tmp_path)
    return known


def cases(harms: tuple[str, ...]) -> list[Any]:
    pairs = [(harm, at) for harm in harms for at in MOMENTS]
    return [pytest.param(*p, marks=[] if p in QUICK else [pytest.mark.heavy]) for p in pairs]


def harmed(place: Place, known: Prepared, harm: str, at: str) -> int:
    """A run that is harmed there, then another; the code of the last one."""
    if at == RECEIVED:
        place.portal.arm("commit, then delay", seconds=1.0)
    if at == "before settling":
        place.portal.arm("commit, then drop the connection silently")
    first = place.run(known, Wanted(at, harm=harm))
    assert first.died_at == at, first.said
    assert first.code != HUNG, first.said
    assert "Traceback" not in first.said, first.said
    assert "rror" not in first.said, first.said
    if at in UNPRESSED and not harm.startswith("command"):
        assert "Starting over (2 of 3)" in first.said
    again = place.run(known)
    assert "Traceback" not in again.said, again.said
    return again.code


@pytest.mark.parametrize(("harm", "at"), cases((*DEADLY, *HANGING)))
def test_whatever_happens_to_the_browser_it_is_filed_once_and_nothing_is_left(
    place: Place, known: Prepared, tmp_path: Path, harm: str, at: str
) -> None:
    """Killed, crashed or stopped: the filing starts over or is settled; no process, no file."""
    assert harmed(place, known, harm, at) == DONE
    assert len([p for p in place.portal.ask("received") if "commit" in p["action"]]) == 1
    assert place.portal.submissions == 1
    assert place.portal.drafts == []
    assert place.orphans() == []
    assert list(tmp_path.iterdir()) == []


def starving(order: Order, env: Mapping[str, str], place: Path) -> int:
    """As the drill starts a run, with `tests.run.out_of_memory` in between."""
    words = [sys.executable, "-m", "tests.run.out_of_memory", *order.typed]
    files = [(os.POSIX_SPAWN_OPEN, fd, str(place / name), NEW, PRIVATE) for fd, name in OUTPUTS]
    here = {**env, "PYTHONPATH": str(ROOT)}
    return os.posix_spawn(sys.executable, words, here, file_actions=files, setsid=True)


@pytest.mark.heavy
@pytest.mark.parametrize("at", MOMENTS)
@pytest.mark.parametrize("who", ["renderer", "browser"])
def test_a_browser_without_memory_files_once_and_leaves_nothing(  # noqa: PLR0913, PLR0917  as above
    place: Place,
    known: Prepared,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
    at: str,
) -> None:
    """Whatever the kernel gives it no more: the filing starts over or is settled."""
    monkeypatch.setattr(place, "start", starving)
    assert harmed(place, known, f"{who} MEMORY", at) == DONE
    assert place.portal.submissions == 1
    assert place.portal.drafts == []
    assert place.orphans() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at", [pytest.param(m, marks=pytest.mark.heavy) for m in MOMENTS])
@pytest.mark.parametrize("harm", ["command KILL", "command TERM"])
def test_a_command_that_is_ended_leaves_neither_browser_nor_files(
    place: Place, known: Prepared, tmp_path: Path, harm: str, at: str
) -> None:
    """SIGKILL, and SIGTERM, after which it stops at a safe point; the next run files it."""
    assert harmed(place, known, harm, at) == DONE
    assert place.portal.submissions == 1
    assert place.portal.drafts == []
    assert place.orphans() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.heavy
def test_what_a_killed_run_left_hanging_is_ended_by_the_next(
    place: Place, known: Prepared, tmp_path: Path
) -> None:
    """Driver stopped, command killed: nobody is left to notice, but the next run."""
    pid, mark = place.begin(known, Wanted("before step (documents)", harm="driver STOP"))
    killed = place.end(known, pid, mark, 12.0, machine=False)
    assert killed.killed
    assert place.run(known).code == DONE
    assert place.orphans() == []
    assert place.portal.submissions == 1
    assert list(tmp_path.iterdir()) == []
