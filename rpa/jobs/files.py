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

    Raises Unfit (``file-missing``, ``file-kind``, ``file-large``, ``file-unreadable``,
    ``file-open``). Only a regular file is opened: a pipe or a device would never end.
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
        if is_open(path):
            raise Unfit("file-open", _OPEN) from None
        raise Unfit("file-unreadable", _UNREADABLE) from None
    if len(data) > limit:
        raise Unfit("file-large", _large(limit))
    return data


def is_open(path: Path) -> bool:
    """Whether a spreadsheet program has it open, or ended without closing it.

    Excel lays ``~$name.xlsx`` beside it, LibreOffice ``.~lock.name.xlsx#``.
    """
    return any(
        path.with_name(name).is_file() for name in (f"~${path.name}", f".~lock.{path.name}#")
    )


def _large(limit: int) -> Words:
    size = f"{limit / 1_000_000:g} MB"
    return Words(f"Fail ini melebihi had {size}.", f"This file is larger than {size}.")


_MISSING = Words(
    "Fail ini tidak dijumpai. Semak nama dan foldernya.",
    "This file was not found. Check its name and folder.",
)
_OPEN = Words(
    "Fail ini sedang dibuka dalam Excel dan tidak dapat dibaca. Simpan dan tutupnya dahulu.",
    "This file is open in Excel and cannot be read. Save and close it first.",
)
_KIND = Words("Ini bukan fail biasa (mungkin folder).", "This is no ordinary file (a folder?).")
_UNREADABLE = Words(
    "Fail ini tidak dapat dibuka. Semak kebenaran membaca dan namanya.",
    "This file cannot be opened. Check its name and whether you may read it.",
)
