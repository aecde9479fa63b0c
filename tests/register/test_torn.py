"""A register that a power cut tore is whole, or refused with its name; a newer one is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from rpa.errors import NotWritten
from rpa.register import Register
from rpa.register.store import VERSION
from tests.register.people import entry

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096
MANY = 120


def kept(path: Path) -> int | None:
    """How many entries are found; None where the file is refused by its name."""
    try:
        with Register.open(path) as register:
            return int(register._db.execute("SELECT COUNT(*) FROM entries").fetchone()[0])
    except NotWritten as told:
        return None if told.where == str(path) else -1


def made(path: Path) -> tuple[bytes, bytes]:
    """Its main file and its log as a killed process leaves them, after two batches."""
    with Register.open(path) as register:
        for batch in ("a", "b"):
            register.keep(entry(identification=f"{n:012}", reference=batch) for n in range(MANY))
        return path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()


@pytest.mark.parametrize("step", [997, pytest.param(1, marks=pytest.mark.heavy)])
def test_a_log_cut_anywhere_holds_whole_batches(tmp_path: Path, step: int) -> None:
    """All of the second, or nothing of it; never a part."""
    path = tmp_path / "register.sqlite3"
    main, wal = made(path)
    found = []
    for n in range(max(0, len(wal) - 4 * PAGE) if step == 1 else 0, len(wal), step):
        path.write_bytes(main)
        path.with_name(path.name + "-wal").write_bytes(wal[:n])
        found.append(kept(path))
    assert set(found) <= {None, 0, MANY, 2 * MANY}
    assert 2 * MANY in found or found[-1] == MANY


@pytest.mark.parametrize("step", [509, pytest.param(1, marks=pytest.mark.heavy)])
def test_a_register_cut_anywhere_is_refused(tmp_path: Path, step: int) -> None:
    """Closed in order, so there is no log to make it good."""
    path = tmp_path / "register.sqlite3"
    made(path)
    whole = path.read_bytes()
    for n in range(len(whole) - 2 * PAGE if step == 1 else 0, len(whole), step):
        path.write_bytes(whole[:n])
        assert kept(path) is None, n
    path.write_bytes(whole)
    assert kept(path) == 2 * MANY


def test_a_newer_register_is_refused_with_both_numbers(tmp_path: Path) -> None:
    """In both languages, with what to do."""
    path = tmp_path / "register.sqlite3"
    Register.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version={VERSION + 3}")
    with pytest.raises(NotWritten) as told:
        Register.open(path)
    for words in (told.value.words.bm, told.value.words.en):
        assert str(VERSION + 3) in words
        assert str(VERSION) in words
    assert "update this tool" in told.value.words.en
