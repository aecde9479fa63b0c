"""Reading a file once, whole and bounded."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.jobs.places import Unfit

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, limit: int) -> bytes:
    """The file's bytes, at most ``limit``.

    Raises Unfit (``file-missing``, ``file-kind``, ``file-large``, ``file-unreadable``). Only a
    regular file is opened: a pipe or a device would never end.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Unfit("file-kind", _KIND)
        if about.st_size > limit:
            raise Unfit("file-large", _large(limit))
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise Unfit("file-missing", _MISSING) from None
    except (OSError, ValueError):  # ValueError: a name that no file system takes
        raise Unfit("file-unreadable", _UNREADABLE) from None
    if len(data) > limit:
        raise Unfit("file-large", _large(limit))
    return data


def _large(limit: int) -> Words:
    size = f"{limit / 1_000_000:g} MB"
    return Words(f"Fail ini melebihi had {size}.", f"This file is larger than {size}.")


_MISSING = Words(
    "Fail ini tidak dijumpai. Semak nama dan foldernya.",
    "This file was not found. Check its name and folder.",
)
_KIND = Words("Ini bukan fail biasa (mungkin folder).", "This is no ordinary file (a folder?).")
_UNREADABLE = Words(
    "Fail ini tidak dapat dibuka. Semak kebenaran membaca dan namanya.",
    "This file cannot be opened. Check its name and whether you may read it.",
)
