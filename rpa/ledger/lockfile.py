"""A file that is locked as long as the process that made it lives, on every system alike.

The kernel lets go of the lock when the process ends, however it ends, so a lock that can be taken
tells for certain that its maker is dead. Asking for the process by its number tells nothing:
numbers are given again, and on Windows ``os.kill(pid, 0)`` ends the process it asks about.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        # flock and not lockf: with lockf a process may lock its own file again, and closing
        # any other handle of the file would let go of the lock.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


ASK_AGAIN_S = 0.02


def _lock_within(handle: int, wait_s: float) -> None:
    """Lock it as soon as it is free. Raises BlockingIOError when it was not in time.

    Asked again and again, and not left to the system to wait: a holder that was frozen would keep
    everybody waiting without a word.
    """
    until = time.monotonic() + wait_s
    while True:
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError) as error:  # Windows calls it the latter
            if time.monotonic() >= until:
                raise BlockingIOError(errno.EAGAIN, "locked by another process") from error
            threading.Event().wait(ASK_AGAIN_S)
        else:
            return


class LockFile:
    """An open, locked file (0600). Raises OSError when it cannot be made.

    BlockingIOError, which is one, when another holds it, and still does after ``wait_s`` seconds.
    Children started by this process do not inherit it: Python's handles are closed at exec.
    """

    def __init__(self, path: Path, *, create: bool = True, wait_s: float = 0) -> None:
        self.path = path
        handle = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
        try:
            _lock_within(handle, wait_s)
        except OSError:
            os.close(handle)
            raise
        self._handle: int | None = handle

    def close(self) -> None:
        """Let go of it, once; the file stays."""
        # Never the same number twice: it may by then be the handle of another file.
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def remove(self) -> None:
        """Let go of it and take the file away."""
        self.close()
        # Another process may be probing it at this moment; the empty file harms nobody.
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def maker_is_dead(path: Path) -> bool:
    """Whether the file is there and nobody alive holds it.

    A missing file tells nothing (it may stand on another machine), and so does one that may not
    be opened: both answer False.
    """
    try:
        LockFile(path, create=False).close()
    except OSError:
        return False
    return True
