"""Files that are whole or not there, and readable by their owner alone."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from rpa.errors import NotWritten, Words, keeping

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
# Windows would make two signs of each line end.
APPENDING: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
_MOST_NUMBERS = 99
# A scanner looks at a new file for a moment, and Windows lets nobody move it meanwhile.
PATIENCE_S: Final = 2.0 if os.name == "nt" else 0.0
# Windows takes 259 letters of a whole path; a number and "-results" must find room as well.
LONGEST_PATH: Final = 240 if os.name == "nt" else 4000
_SHORTEST_STEM: Final = 8
LEAST_ROOM: Final = 16 << 20  # bytes: the pictures and letters of a filing, and the ledger's log
_MB: Final = 1 << 20


def write_private(target: Path, content: bytes) -> Path:
    """Put ``content`` at ``target`` at once and for good; returns where it now stands.

    The new file is complete on disk before it takes the old one's place, so a process killed at
    any moment leaves the old file or the new one. When the place is held (Excel has the workbook
    open, or a folder has that name) the file goes beside it as ``name (2).xlsx`` and so on.
    Raises NotWritten when the disk is full or the folder refuses.
    """
    with keeping(target):
        temporary = _written_beside(target, content)
        try:
            return _take_place(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)


def create_private(target: Path, content: bytes) -> None:
    """Put ``content`` at ``target`` at once and for good, where nothing stands yet.

    Raises FileExistsError when something does, also when it came there this very moment, and
    NotWritten as `write_private` does.
    """
    with keeping(target, leave=(FileExistsError,)):
        temporary = _written_beside(target, content)
        try:
            _take_free_place(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)


def require_room(*folders: Path) -> None:
    """Raise NotWritten naming the first folder whose disk is as good as full.

    Asked before anything is pressed: what a press brings must find its place. A quota is not
    seen here.
    """
    for folder in folders:
        with keeping(folder):
            free = shutil.disk_usage(folder).free
        if free < LEAST_ROOM:
            raise NotWritten(
                Words(
                    f"Cakera bagi {folder} hampir penuh: baki {free // _MB} MB, diperlukan "
                    f"{LEAST_ROOM // _MB} MB. Tiada apa-apa ditekan.",
                    f"The disk of {folder} is almost full: {free // _MB} MB left, "
                    f"{LEAST_ROOM // _MB} MB needed. Nothing was pressed.",
                ),
                where=str(folder),
            )


def sync_file(path: Path) -> None:
    """Make a file's content last through a power cut. Raises OSError."""
    handle = os.open(path, os.O_RDWR)  # Windows syncs only what may be written
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def numbered(target: Path, number: int) -> Path:
    """``results.xlsx`` for 1, ``results (2).xlsx`` for 2."""
    return target if number == 1 else target.with_stem(f"{target.stem} ({number})")


def fitting(target: Path, most: int = LONGEST_PATH) -> Path:
    """The name, or its beginning where the whole path would be longer than the system takes."""
    over = len(str(target)) - most
    if over <= 0:
        return target
    kept = max(len(target.stem) - over, _SHORTEST_STEM)
    return target.with_stem(target.stem[:kept].rstrip(". "))


def _written_beside(target: Path, content: bytes) -> Path:
    """A complete temporary file in the target's folder (mkstemp makes it 0600)."""
    handle, name = tempfile.mkstemp(prefix=".assist-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    with contextlib.ExitStack() as undo:
        undo.callback(temporary.unlink)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        undo.pop_all()
    return temporary


def _take_place(temporary: Path, target: Path) -> Path:
    """Move to the first name that is free to take."""
    for number in range(1, _MOST_NUMBERS + 1):
        place = numbered(target, number)
        if number > 1 and place.exists():
            continue  # a numbered neighbour belongs to an earlier run and stays
        try:
            _moved(temporary, place)
        except (PermissionError, IsADirectoryError):
            if not _held(place):
                raise
            continue
        sync_folder(place.parent)
        return place
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def _moved(temporary: Path, place: Path, patience_s: float = PATIENCE_S) -> None:
    asked = Retrying(
        retry=retry_if_exception_type(PermissionError),
        stop=stop_after_delay(patience_s),
        wait=wait_fixed(0.05),
        reraise=True,
    )
    asked(temporary.replace, place)


def _take_free_place(temporary: Path, target: Path) -> None:
    """A second name for the complete file: the one way that never takes another file's place."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as a memory stick's
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        temporary.replace(target)
    sync_folder(target.parent)


def _held(place: Path) -> bool:
    """Whether a name is refused because something stands there, not because the folder is shut."""
    return place.exists()


def sync_folder(folder: Path) -> None:
    """Make names durable, where the system lets a folder be synced (Windows does not)."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
