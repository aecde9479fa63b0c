"""The border to what reads a person's files: any failure behind it is one error with an address.

PyYAML, pydantic, calamine, zipfile, expat, csv, json, cryptography and datetime fail in more ways
than anybody has listed: a number of 5,000 digits is a ValueError, nested lists are a
RecursionError, a letter that no text can hold is a UnicodeEncodeError, and a library written in
Rust *panics*, which is not even an Exception. Whoever names the failures that were seen leaves a
traceback for the next one. So :func:`reading` is the one place that catches what it cannot name,
and each reader calls it once, around the library alone (`tests/test_house.py` lists them).
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rpa.errors import RpaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Whoever ends the program, or its memory, says nothing about the file.
_NOT_THE_FILE: Final = (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)

# Never waits for a pipe's other end; Windows would otherwise change line ends.
_OPEN: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def reading(
    fault: Callable[[BaseException], Exception], *, leave: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Around a library that reads what a person wrote: whatever it raises is ``fault(error)``.

    Errors of this tool pass, and ``leave``: those that have their address already. The library's
    own words do not travel with the new error, for they may repeat a person's number or a secret.
    """
    passing: tuple[type[BaseException], ...] = (RpaError, *_NOT_THE_FILE, *leave)
    try:
        yield
    except passing:
        raise
    except BaseException as error:  # noqa: BLE001  a panic of Rust is no Exception
        raise fault(error) from None


class Reason(StrEnum):
    """Why a file's bytes cannot be had."""

    MISSING = "missing"
    KIND = "kind"
    LARGE = "large"
    UNREADABLE = "unreadable"


class Unreadable(Exception):
    """A file whose bytes cannot be had; the caller says so in its reader's words."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def contents(path: Path, most: int) -> bytes:
    """The bytes of a regular file, at most ``most``. Raises Unreadable.

    Only a regular file is read, and what was opened is asked again: a pipe or a device would
    never end.
    """
    with reading(_unreadable, leave=(Unreadable,)):
        _regular(path.stat(), most)  # before it is opened: opening some devices does something
        with os.fdopen(os.open(path, _OPEN), "rb") as file:
            _regular(os.fstat(file.fileno()), most)
            data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(Reason.LARGE)
    return data


def _regular(about: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(about.st_mode):
        raise Unreadable(Reason.KIND)
    if about.st_size > most:
        raise Unreadable(Reason.LARGE)


def _unreadable(error: BaseException) -> Unreadable:
    # A ValueError is a name that no file system takes.
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return Unreadable(Reason.MISSING if missing else Reason.UNREADABLE)
