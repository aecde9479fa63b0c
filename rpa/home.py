"""The folder where ledger, runs and approvals are kept: this user's own, or it is not used.

Who may write there decides what was filed and what was approved.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

from rpa.errors import ConfigInvalid, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT = 0
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
OURS = ("runs", "packages", "approvals", "ledger.sqlite3", "ledger.mark.json", "register.sqlite3")


def require_private(home: Path) -> None:
    """Raise ConfigInvalid where another user could change what is kept there.

    A home that is not there yet is made for its owner alone. Windows keeps a person's own folder
    by other means.
    """
    if os.name == "nt" or not os.path.lexists(home):
        return
    if not home.is_dir():
        raise _refused(home, "bukan folder", "is not a folder", "ASSIST_RPA_HOME")
    # The home itself may be a link to a larger disk; what counts is where it leads.
    _require_own(home, home.stat())
    for path in _kept(home):
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise _refused(path, "ialah pautan ke tempat lain", "is a link to elsewhere", str(path))
        _require_own(path, found)


def _kept(home: Path) -> Iterator[Path]:
    """What is ours in it, with the files that a database keeps beside its own."""
    return (path for path in home.iterdir() if path.name.startswith(OURS))


def _require_own(path: Path, found: os.stat_result) -> None:
    if sys.platform != "win32" and found.st_uid not in {os.geteuid(), ROOT}:
        raise _refused(path, "milik pengguna lain", "belongs to another user", str(path))
    if found.st_mode & OTHERS_WRITE:
        raise _refused(
            path, "boleh ditulis oleh pengguna lain", "can be written by other users", str(path)
        )


def _refused(path: Path, bm: str, en: str, where: str) -> ConfigInvalid:
    return ConfigInvalid(
        Words(
            f"{path.name} {bm}: rekod di situ boleh diubah. Jadikan milik anda sahaja (chmod go-w, "
            "chown), atau nyatakan ASSIST_RPA_HOME yang lain.",
            f"{path.name} {en}: what is kept there could be changed. Make it yours alone (chmod "
            "go-w, chown), or name another ASSIST_RPA_HOME.",
        ),
        where=where,
    )
