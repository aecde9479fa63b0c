"""What Windows does otherwise, shown by argument: nobody has run these on Windows yet."""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from functools import cache
from typing import TYPE_CHECKING, ClassVar

import pytest
from typer.testing import CliRunner

from rpa.cli.console import malay
from rpa.cli.main import app
from rpa.cli.stopping import STOPS, _straight, stops_when_asked
from rpa.engine.retry import pausing
from rpa.engine.scratch import LOCK, MARK, _take_away
from rpa.errors import to_copy
from rpa.evidence.files import _moved, fitting
from tests.test_house import ROOT, dotted, modules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Scanned:
    """A new file at which a scanner looks: it cannot be moved at first."""

    def __init__(self, path: Path, refusals: int) -> None:
        self.path, self.refusals = path, refusals

    def replace(self, place: Path) -> Path:
        self.refusals -= 1
        if self.refusals >= 0:
            raise PermissionError(13, "Access is denied")
        return self.path.replace(place)


def test_a_file_that_is_looked_at_for_a_moment_takes_its_place(tmp_path: Path) -> None:
    """Within its patience; beyond it the refusal stands."""
    new, place = tmp_path / "new", tmp_path / "out.xlsx"
    new.write_bytes(b"results")
    with pytest.raises(PermissionError):
        _moved(Scanned(new, 1), place, 0)  # type: ignore[arg-type]
    assert not place.exists()
    _moved(Scanned(new, 2), place, 5)  # type: ignore[arg-type]
    assert place.read_bytes() == b"results"


@pytest.mark.parametrize("refusals", [2, 1000])
def test_what_a_browser_has_open_goes_when_it_has_ended_or_is_left_with_its_mark(
    tmp_path: Path, refusals: int
) -> None:
    """Pages that were looked at are in it: the next run must know it for ours."""
    folder = tmp_path / "a1"
    (folder / "profile" / "cache").mkdir(parents=True)
    (folder / MARK).touch()
    (folder / LOCK).touch()
    asked = []

    def remove(path: Path, *, ignore_errors: bool) -> None:
        asked.append(path.name)
        if len(asked) > refusals:
            shutil.rmtree(path, ignore_errors=ignore_errors)

    _take_away(folder, remove, 0.5)
    assert folder.exists() == (refusals == 1000)
    assert not folder.exists() or {p.name for p in folder.iterdir()} == {"profile", MARK, LOCK}


@pytest.mark.parametrize("most", [30, 60, 4000])
def test_a_name_that_is_too_long_keeps_its_beginning_and_its_ending(
    tmp_path: Path, most: int
) -> None:
    """A table's name of a hundred letters, below a long folder: the results have a place."""
    name = "Pekerja Baru. " + "x" * 100 + ".xlsx"
    found = fitting(tmp_path / name, len(str(tmp_path)) + most)
    assert found.suffix == ".xlsx"
    assert found.parent == tmp_path
    assert name.startswith(found.stem)
    assert not found.stem.endswith((".", " "))
    assert len(str(found)) <= len(str(tmp_path)) + most
    assert (found.name == name) == (most == 4000)


def test_what_is_written_to_the_descriptor_itself_is_of_any_code_page() -> None:
    assert _straight("✗ Berhenti … CONTOH\n") == b"x Berhenti ... CONTOH\n"


def test_whatever_asks_a_run_to_stop_is_heard() -> None:
    """Ctrl-Break has a signal of its own on Windows, and would end the process in a press."""
    assert {signal.SIGINT, signal.SIGTERM} <= set(STOPS)
    assert all(name in {s.name for s in STOPS} for name in ("SIGBREAK",) if hasattr(signal, name))
    for one in STOPS:
        stop = threading.Event()
        with stops_when_asked(stop):
            signal.raise_signal(one)
        assert stop.is_set()


class Deaf(threading.Event):
    """A wait during which no signal is heard, as on Windows; the wish comes in the second one."""

    waits: ClassVar[list[float]] = []

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.waits.append(timeout)
        if len(self.waits) == 2:
            self.set()
        return self.is_set()


def test_a_long_wait_is_in_parts_between_which_ctrl_c_is_heard() -> None:
    """Eighty seconds between two looks at the portal's record would else be deaf."""
    stop = Deaf()
    pausing(stop, 0.5)(80)
    assert stop.waits == [0.5, 0.5]
    pausing(stop, 0.5)(80)
    assert len(stop.waits) == 3


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    return list(modules("rpa", "mock_portal", "tools"))


def writings(tree: ast.Module) -> Iterator[int]:
    """Calls of ``os.open`` to write with flags of their own; texts without an encoding."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        named, said = node.func.attr, ast.unparse(node)
        keys = {keyword.arg for keyword in node.keywords}
        if said.startswith("os.open(") and ("O_APPEND" in said or "O_WRONLY" in said):
            yield node.lineno  # by `evidence.files.APPENDING`, which is binary
        texts = {"read_text": 1, "write_text": 2}
        if named in texts and len(node.args) < texts[named] and "encoding" not in keys:
            yield node.lineno


def test_bytes_are_written_as_they_are_and_texts_name_their_encoding() -> None:
    """Windows has another encoding and another line end of its own."""
    wrong = [f"{dotted(path)}:{line}" for path, tree in trees() for line in writings(tree)]
    assert not wrong
    found = ast.parse("os.open(p, os.O_APPEND)\np.read_text()\np.write_text(x)\n")
    assert list(writings(found)) == [1, 2, 3]  # negative control


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("joiners.yaml", "joiners.yaml"),
        (r"C:\Pejabat\a.yaml", r"C:\Pejabat\a.yaml"),
        ("pekerja baru.yaml", '"pekerja baru.yaml"'),
        ("gaji(2)&x;y.yaml", '"gaji(2)&x;y.yaml"'),
    ],
)
def test_a_word_to_copy_is_one_word_in_every_shell(word: str, shown: str) -> None:
    """In double quotes alone: single ones are letters to cmd."""
    assert to_copy(word) == shown
    assert shown.startswith('"') or shlex.split(shown.replace("\\", "/")) == [
        word.replace("\\", "/")
    ]


def test_no_command_that_is_shown_has_single_quotes() -> None:
    """`cmd` would take them for part of the word."""
    shown = [
        f"{dotted(path)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and re.search(r"(assist-rpa [a-z-]+|pip install|--\w+) '", node.value)
    ]  # fmt: skip
    assert not shown


def test_a_language_that_python_has_no_name_for_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows may be set; the sentences are English then, and no traceback."""

    def unknown() -> tuple[str, str]:
        raise ValueError("unknown locale: en-MY")

    monkeypatch.setattr("locale.getlocale", unknown)
    monkeypatch.delenv("ASSIST_RPA_LANGUAGE", raising=False)
    assert not malay()


def test_a_console_of_an_old_code_page_ends_no_command(tmp_path: Path) -> None:
    """Signs and names that it has not become question marks; the sentence is whole."""
    page = "cp437"
    env = {**os.environ, "PYTHONIOENCODING": page, "ASSIST_RPA_HOME": str(tmp_path)}
    env |= {"ASSIST_RPA_LANGUAGE": "bm", "PYTHONUTF8": "0"}
    said = subprocess.run(
        [sys.executable, "-m", "rpa", "check", "tiada-名.yaml"],
        env=env, capture_output=True, check=False, cwd=ROOT,
    )  # fmt: skip
    told = said.stderr.decode(page)
    assert said.returncode == 65, told
    assert "Traceback" not in told
    assert "tiada-?.yaml" in told + said.stdout.decode(page)
    assert "seterusnya" in told


@pytest.mark.parametrize("command", [["schema"], ["profile", "schema"]])
def test_a_schema_is_the_same_in_every_encoding(command: list[str]) -> None:
    """Redirected into a file it is read as UTF-8."""
    assert CliRunner().invoke(app, command).stdout.isascii()
