"""The runner's last guard: what nobody foresaw ends a run by the rules, and is told as a bug.

Nothing is decided by it. It only sees to it that a fault of this tool leaves every row with its
verdict, the ledger's run closed, the browser signed out, and a file for the maintainers that holds
no person's data: types of errors, and places in our own code. Messages, values and the code of
others are left out, for they may repeat what was typed.
"""

from __future__ import annotations

import json
import platform
import traceback
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import rpa
from rpa.errors import Bug, NotWritten, RpaError, Words
from rpa.evidence.files import numbered, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE: Final = "bug.json"
_OURS: Final = Path(rpa.__file__).parent
_LIBRARIES: Final = ("playwright", "sqlalchemy", "pydantic", "openpyxl")
_MOST_ERRORS, _MOST_FRAMES, _MOST_FILES = 10, 100, 20


@contextmanager
def last_guard(folder: Path | None, *, leave: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Any error that is not of ours becomes a Bug, with a file for the maintainers in ``folder``.

    ``leave``: what the caller answers by itself. Ctrl-C stays what it is.
    """
    try:
        yield
    except leave:
        raise
    except RpaError:
        raise
    except Exception as error:
        raise bug_of(error, folder) from error


def bug_of(error: Exception, folder: Path | None) -> Bug:
    """What happened as a sentence with the place in our code; the file beside it."""
    told = about(error)
    errors = told["errors"]
    places = [place for one in errors for place in one["places"]]
    at = f"{errors[0]['type']}, {places[-1] if places else '?'}"
    where = ""
    if folder is not None and folder.is_dir():
        with suppress(NotWritten, OSError):
            where = str(_written(folder, json.dumps(told, indent=1).encode()))
    return Bug(
        Words(f"Pepijat dalam alat ini ({at}).", f"A fault in this tool itself ({at})."),
        where=where,
    )


def about(error: BaseException) -> dict[str, Any]:
    """For the maintainers: types, places in our code, versions; no message and no value."""
    return {
        "assist-rpa": rpa.__version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "errors": [
            {"type": type(one).__qualname__, "places": _places(one)} for one in _chain(error)
        ],
    }


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and those it came from."""
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen and len(seen) < _MOST_ERRORS:
        seen.append(one)
        yield one
        one = one.__cause__ or one.__context__


def _places(error: BaseException) -> list[str]:
    """``rpa/pages/workers.py:93 in find``, the outermost first."""
    found = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_OURS):
            inside = path.relative_to(_OURS.parent).as_posix()
            found.append(f"{inside}:{line} in {frame.f_code.co_name}")
    return found[-_MOST_FRAMES:]


def _version(name: str) -> str:
    with suppress(metadata.PackageNotFoundError):
        return metadata.version(name)
    return ""


def _written(folder: Path, content: bytes) -> Path:
    """Beside those of before; where there are very many, the last one's place is taken."""
    places = [numbered(folder / FILE, number) for number in range(1, _MOST_FILES + 1)]
    free = next((place for place in places if not place.exists()), places[-1])
    return write_private(free, content)
