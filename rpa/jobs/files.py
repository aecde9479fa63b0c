"""Reading a file once, whole and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.jobs.places import Unfit
from rpa.reading import Reason, Unreadable, contents

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, limit: int) -> bytes:
    """The file's bytes, at most ``limit``.

    Raises Unfit (``file-missing``, ``file-kind``, ``file-large``, ``file-unreadable``,
    ``file-open``). Only a regular file is opened: a pipe or a device would never end.
    """
    try:
        return contents(path, limit)
    except Unreadable as fault:
        code, words = f"file-{fault.reason}", _WORDS.get(fault.reason) or _large(limit)
        if fault.reason is Reason.UNREADABLE and is_open(path):
            code, words = "file-open", _OPEN
    raise Unfit(code, words)


def is_open(path: Path) -> bool:
    """Whether a spreadsheet program has it open, or ended without closing it.

    Excel lays ``~$name.xlsx`` beside it, LibreOffice ``.~lock.name.xlsx#``.
    """
    try:
        return any(
            path.with_name(name).is_file() for name in (f"~${path.name}", f".~lock.{path.name}#")
        )
    except (OSError, ValueError):  # a name that no file system takes, or a folder shut to us
        return False


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
_WORDS = {Reason.MISSING: _MISSING, Reason.KIND: _KIND, Reason.UNREADABLE: _UNREADABLE}
