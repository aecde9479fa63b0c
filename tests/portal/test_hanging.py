"""What is never answered is ended, and nothing that was started outlives it."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from rpa.engine.scratch import LOCK, MARK, scratch
from rpa.portal import family
from rpa.portal.family import Family
from rpa.portal.watch import Watch
from tests.conftest import SHELL

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


KILLED = """
import subprocess, sys
from rpa.portal.family import Family
from rpa.engine.scratch import scratch
with scratch() as folder:
    ours = Family(folder)
    one = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"],
                           stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)
    ours.look()
    print(one.pid, folder, flush=True)
    sys.stdin.read()
"""


@contextmanager
def killed(temporary: Path) -> Iterator[tuple[psutil.Process, Path]]:
    """A run that was killed: the process it left, stopped, and its folder."""
    words = [sys.executable, "-c", KILLED]
    env = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        words, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        pid, folder = run.stdout.readline().split()
        left = psutil.Process(int(pid))
        left.suspend()
        run.kill()
        run.communicate()
    try:
        yield left, Path(folder)
    finally:
        with suppress(psutil.NoSuchProcess):
            left.kill()


@POSIX
def test_the_next_run_ends_what_a_killed_one_left_and_takes_its_folder_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: subprocess.Popen[str]
) -> None:
    """By the list in its folder; a folder whose run lives is left alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with killed(tmp_path) as (mine, dead), scratch() as living, scratch() as another:
        psutil.wait_procs([mine], timeout=60)
        assert gone(mine)
        assert set(dead.parent.iterdir()) == {living, another}
        assert stat.S_IMODE(dead.parent.stat().st_mode) == 0o700
    assert before.poll() is None
    assert list(tmp_path.iterdir()) == []


def gone(one: psutil.Process) -> bool:
    return not one.is_running() or one.status() == psutil.STATUS_ZOMBIE


def spoil(folder: Path, how: str) -> Path:
    """A folder of a killed run, but for one thing that makes it not ours; where it is then."""
    parent = folder.parent
    if how == "a name alone":
        moved = parent.parent / f"rpa-{folder.name}"
        return folder.rename(moved)
    if how == "a copy":
        copied = parent / "copied"
        shutil.copytree(folder, copied)
        shutil.rmtree(folder)
        return copied
    if how == "another name":
        return folder.rename(parent / "renamed")
    if how == "no mark":
        (folder / MARK).unlink()
    if how == "a mark that says nothing":
        (folder / MARK).write_text("{}")
    if how == "open to others":
        folder.chmod(0o777)
    if how == "a parent open to others":
        parent.chmod(0o777)
    if how == "a link":
        outside = folder.rename(parent.parent / "outside")
        folder.symlink_to(outside)
    if how == "its maker lives":
        mark = json.loads((folder / MARK).read_text())
        me = psutil.Process()
        (folder / MARK).write_text(json.dumps({**mark, "pid": me.pid, "born": me.create_time()}))
    return folder


SPOILT = ("a name alone", "a copy", "another name", "no mark", "a mark that says nothing", "a link",
          "open to others", "a parent open to others", "its maker lives")  # fmt: skip


@POSIX
@pytest.mark.parametrize("how", SPOILT)
def test_what_only_looks_like_ours_is_left_alone_and_so_is_who_is_named_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Neither is the folder deleted nor the process ended, also of this very user."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with killed(tmp_path) as (stranger, folder):
        planted = spoil(folder, how)
        with scratch() as mine:
            assert mine.is_dir()
        assert (planted / family.FILE).is_file()
        assert (planted / LOCK).is_file()
        assert not gone(stranger)


@POSIX
def test_who_was_there_before_a_run_is_none_of_its_processes(
    tmp_path: Path, before: subprocess.Popen[str]
) -> None:
    """A list that names such a one was not written by that run."""
    there = psutil.Process(before.pid)
    (tmp_path / family.FILE).write_text(json.dumps([[there.pid, there.create_time()]]), "utf-8")
    family.end_of(tmp_path, since=there.create_time() + 60)
    assert before.poll() is None


def test_a_number_that_was_given_again_is_not_ended(tmp_path: Path) -> None:
    """A process is known by its birth as well: the list of a killed run may be a day old."""
    with started() as other:
        there = psutil.Process(other.pid)
        listed = tmp_path / family.FILE
        listed.write_text(json.dumps([[there.pid, there.create_time() - 3600]]), "utf-8")
        family.end_of(tmp_path, since=0)
        assert other.poll() is None
        listed.write_text(json.dumps([[there.pid, there.create_time()]]), "utf-8")
        family.end_of(tmp_path, since=0)
        assert other.wait(60)
        other.communicate()


@pytest.mark.parametrize("listed", ["", "{", "7", "[7]", "[[7]]", '[["a", "b"]]', "[[-1, 0]]"])
def test_a_list_that_says_nothing_ends_nobody(tmp_path: Path, listed: str) -> None:
    """It was half written when its run was killed."""
    (tmp_path / family.FILE).write_text(listed, "utf-8")
    family.end_of(tmp_path, since=0)


ENDLESS = b"""<h1>?</h1><script>performance.now = () => 0;
Element.prototype.matches = () => { for (const end = Date.now() + 9e6; Date.now() < end;); }
</script>"""
VISIT = """
import os, sys
from pathlib import Path
from rpa.errors import RpaError
from rpa.portal import browser
from rpa.portal.origins import Elsewhere
from rpa.settings import PortalSettings, Settings, Timeouts
from tests.portal.test_what_passes import Screen
times = Timeouts(act_s=1, arrive_s=2, result_s=60)
known = Settings(config=Path(), home=Path(), ledger="", browser=os.environ["ASSIST_RPA_BROWSER"],
                 portal=PortalSettings(address=sys.argv[1], timeouts=times))
try:
    with browser.portal(known, Path(sys.argv[2]), Elsewhere()) as opened:
        opened.open("/")
        Screen(opened)
except RpaError as error:
    print(type(error).__name__, error.words.en)
"""


class Endless(BaseHTTPRequestHandler):
    """A page on which no look comes to its end."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(ENDLESS)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.skipif(SHELL is None, reason="with a browser whose place is known")
def test_a_page_that_never_answers_a_look_is_ended_as_any_that_hangs(tmp_path: Path) -> None:
    """Long before `hung_s`; and it can pass by itself, so the filing starts over."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Endless) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{host.server_port}"
        words = [sys.executable, "-c", VISIT, address, str(tmp_path)]
        env = {**os.environ, "ASSIST_RPA_BROWSER": str(SHELL), "PYTHONPATH": str(ROOT)}
        said = subprocess.run(
            words, env=env, capture_output=True, text=True, check=True, timeout=50
        )
        host.shutdown()
    assert said.stdout == "BrowserLost The browser ended.\n"


ASKS = {
    "all_inner_texts", "evaluate", "evaluate_all", "get_attribute", "goto", "inner_text",
    "input_value", "save_as", "screenshot", "set_input_files", "wait_for", "wait_for_load_state",
}  # fmt: skip
AROUND = {"answer", "asking", "busy", "doing", "renewed"}
# Called by nobody but a method whose own `doing` is around it.
INSIDE = {
    "asked",
    "_buttons",
    "_chosen",
    "_each",
    "_fill",
    "_folds",
    "_held",
    "_listed",
    "_not_offered",
    "_opened",
    "_take",
    "_texts",
    "_texts_of",
    "_open",
    "_raise_blocker",
    "_raise_passing",
    "keeps_secrets",
    "said",
    "take",
    "_unknown",
    "until",
}


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
