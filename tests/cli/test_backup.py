"""`assist-rpa backup`: what it copies can be put back, and is whole, whoever writes meanwhile."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from rpa.aftercare import backup as copies
from rpa.ledger.ledger import Ledger
from tests.cli.test_cancel import assist, given_up, home
from tests.ledger.people import Run, joiner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["home"]


def copied(into: Path) -> Path:
    code, said = assist("backup", str(into))
    assert code == 0, said
    (place,) = into.iterdir()
    return place


@pytest.fixture
def office(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a run's folder, and a config folder with a link to somebody else's file."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "portal.yaml").write_text("address: http://127.0.0.1:9\n")
    monkeypatch.setenv("ASSIST_RPA_CONFIG", str(config))
    given_up(home)
    (home / "runs" / "1").mkdir(parents=True)
    (home / "runs" / "1" / "run.log").write_text("{}\n")
    return home


def test_a_copy_that_is_put_back_knows_what_was_known(office: Path, tmp_path: Path) -> None:
    """Ledger, runs and config, for its owner alone; also of a ledger that is being written."""
    with Ledger.open(office / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        filing = run.filed(joiner(9))
        place = copied(tmp_path / "copies")
        run.end()
    names = {p.relative_to(place).as_posix() for p in place.rglob("*") if p.is_file()}
    assert {"home/ledger.sqlite3", "home/runs/1/run.log", "config/portal.yaml"} <= names
    assert not [name for name in names if name.endswith(("-wal", "-shm"))]
    if sys.platform != "win32":
        modes = {stat.S_IMODE(p.stat().st_mode) for p in [place, *place.rglob("*")]}
        assert modes == {0o700, 0o600}
    shutil.rmtree(office)
    shutil.copytree(place / "home", office)
    with Ledger.open(office / "ledger.sqlite3") as ledger:
        found = ledger.filing(filing.id)
    assert found is not None
    assert found.state == "filed"
    assert assist("status", "--verify")[0] == 0


def test_a_link_is_not_followed(office: Path, tmp_path: Path) -> None:
    """Nothing of somebody else's comes into a copy."""
    if sys.platform == "win32":
        pytest.skip("links need rights there")
    (tmp_path / "theirs.txt").write_text("canary")
    (office / "runs" / "1" / "link.txt").symlink_to(tmp_path / "theirs.txt")
    (office / "folder").symlink_to(tmp_path)
    place = copied(tmp_path / "copies")
    assert not [p for p in place.rglob("*") if "link" in p.name or "theirs" in p.name]


def test_what_goes_while_it_is_copied_is_left_out(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run at work makes files and takes them away; the rest is copied."""
    there = copies._files

    def and_one_that_went(root: Path) -> Iterator[Path]:
        yield from there(root)
        if root == office:
            yield office / "runs" / "1" / "picture.part"
            yield office / "gone.sqlite3"

    monkeypatch.setattr(copies, "_files", and_one_that_went)
    place = copied(tmp_path / "copies")
    assert (place / "home/runs/1/run.log").is_file()
    assert not list(place.rglob("*.part"))
    assert not list(place.rglob("gone*"))


def test_a_folder_that_cannot_be_read_is_said(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy without it would be taken for the whole."""
    shut, scan = office / "runs" / "1", os.scandir

    def refusing(path: str | Path = ".") -> object:
        if str(path) == str(shut):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    code, said = assist("backup", str(tmp_path / "copies"))
    assert code != 0
    assert str(shut) in said.replace("\n", "")
    assert [p.name.endswith("-incomplete") for p in (tmp_path / "copies").iterdir()] == [True]


@pytest.mark.usefixtures("office")
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody looks for room on the disk."""

    def refusing(source: Path, _: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(source))

    monkeypatch.setattr(shutil, "copy2", refusing)
    code, said = assist("backup", str(tmp_path / "copies"))
    assert code == 78
    assert "This cannot be read" in said


@pytest.mark.usefixtures("office")
def test_a_full_disk_is_no_damaged_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody mistrusts a ledger for want of room."""

    class Full(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, **_: object) -> None:
            target.execute("pragma max_page_count = 1")
            super().backup(target)

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Full))
    code, said = assist("backup", str(tmp_path / "copies"))
    assert code == 73
    assert "No space left" in said


@pytest.mark.usefixtures("office")
def test_a_copy_never_holds_the_copies_before_it(tmp_path: Path) -> None:
    """They would double each time: neither home nor config takes them."""
    assert assist("backup", str(tmp_path / "config" / "copies"))[0] == 78


def test_what_cannot_be_copied_whole_is_said(office: Path, tmp_path: Path) -> None:
    """A damaged database, a place inside the home itself; a copy is never taken for one."""
    assert assist("backup", str(office / "copies"))[0] == 78
    with closing(sqlite3.connect(office / "other.sqlite3")) as new:
        new.execute("create table t (a)")
        new.executemany("insert into t values (?)", [("x" * 500,)] * 200)
        new.commit()
    whole = (office / "other.sqlite3").read_bytes()
    (office / "other.sqlite3").write_bytes(whole[:5000] + b"\xff" * 40000 + whole[45000:])
    code, said = assist("backup", str(tmp_path / "copies"))
    assert code == 78
    assert "cannot be copied whole" in said
    assert "other.sqlite3" in said.replace(" ", "")
    assert [p.name.endswith("-incomplete") for p in (tmp_path / "copies").iterdir()] == [True]
