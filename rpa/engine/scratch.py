"""A folder for what a browser puts down, and what killed runs left of theirs.

A folder is known as ours by what it holds and where it stands, never by its name: it is in a folder
that is this user's alone, and its mark tells who made it (process and birth) and which folder it
was written for. What lacks one of these is left alone, whatever it looks like.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from rpa.ledger.lockfile import LockFile, maker_is_dead
from rpa.portal import family

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCK, MARK = "lock", "mark.json"
PATIENCE_S = 5.0 if os.name == "nt" else 0.0
TRIES = 20  # another run may take the empty parent away at that moment


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what the browser puts down, removed again.

    What killed runs left is removed too: their folders, and the processes named in them.
    """
    for left, born in _left_behind(_parent()):
        family.end_of(left, since=born)
        _take_away(left)
    folder = _new()
    try:
        with LockFile(folder / LOCK):
            (folder / MARK).write_text(json.dumps(_mark(folder)), "utf-8")
            yield folder
    finally:
        _take_away(folder)
        with suppress(OSError):  # others are in it
            folder.parent.rmdir()


def _take_away(
    folder: Path, remove: Callable[..., object] = shutil.rmtree, patience_s: float = PATIENCE_S
) -> None:
    """All of it. Windows keeps what a process has open, and a killed one takes a moment to end.

    Its mark goes last: where something stays in spite of that, the next run knows the folder.
    """

    def emptied() -> bool:
        inside = [one for one in folder.iterdir() if one.name not in {LOCK, MARK}]
        for one in inside:
            remove(one, ignore_errors=True)
            with suppress(OSError):
                one.unlink(missing_ok=True)
        return not any(one.exists() for one in inside)

    asked = Retrying(
        retry=retry_if_result(lambda done: not done),
        stop=stop_after_delay(patience_s),
        wait=wait_fixed(0.1),
        retry_error_callback=lambda _: False,
    )
    with suppress(OSError):
        if asked(emptied):
            remove(folder, ignore_errors=True)


def _parent() -> Path:
    """Short: a browser puts a socket beneath it, whose whole path may have 103 letters."""
    own = f"-{os.getuid()}" if hasattr(os, "getuid") else ""
    return Path(tempfile.gettempdir()) / f"rpa{own}"


def _new() -> Path:
    """An empty folder in the parent; in one of its own where somebody else took that name."""
    for _ in range(TRIES):
        with suppress(FileExistsError):
            _parent().mkdir(mode=0o700)
        if not _private(_parent()):
            break
        with suppress(FileNotFoundError):
            return Path(tempfile.mkdtemp(prefix="", dir=_parent()))
    return Path(tempfile.mkdtemp(prefix="", dir=tempfile.mkdtemp(prefix="rpa-")))


def _private(folder: Path) -> bool:
    """Whether it is a folder, no link to one, of this user, and nobody else's business."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    shared = hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077)
    return stat.S_ISDIR(found.st_mode) and not shared


def _mark(folder: Path) -> dict[str, object]:
    maker = psutil.Process()
    return {"pid": maker.pid, "born": maker.create_time(), "folder": _identity(folder)}


def _identity(folder: Path) -> list[object]:
    """A copy has another one."""
    found = folder.lstat()
    return [folder.name, found.st_dev, found.st_ino]


def _left_behind(parent: Path) -> list[tuple[Path, float]]:
    """The folders that runs made which are dead, and when each of those began."""
    if not _private(parent):
        return []
    found = []
    with suppress(OSError):
        for folder in parent.iterdir():
            born = _born(folder)
            if born is not None and maker_is_dead(folder / LOCK):
                found.append((folder, born))
    return found


def _born(folder: Path) -> float | None:
    """When its maker was born; None where the mark is not ours, or its maker lives."""
    try:
        mark = json.loads((folder / MARK).read_text("utf-8"))
        pid, born, identity = int(mark["pid"]), float(mark["born"]), mark["folder"]
        if not _private(folder) or identity != _identity(folder):
            return None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return None if family.lives(pid, born) else born
