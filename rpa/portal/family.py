"""The processes that belong to one browser: its driver, the browser, what that started.

Known so that none of them outlives its run, however it ended: a process that is stopped notices
nothing by itself. A process is known by its number *and* the time of its birth, for numbers are
given again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE = "processes.json"
SAME_BIRTH_S = 2.0  # a clock that is put right moves every birth a little


class Family:
    """What this process started since the family was made, and its offspring.

    ``folder`` gets a list of them, for whoever finds it when this process was killed.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._mine = psutil.Process()
        self._before = set(self._mine.children())
        self._members: list[psutil.Process] = []

    def look(self) -> None:
        """Remember who is there now: an orphan is not found by its parent any more."""
        born_here = [one for one in self._mine.children() if one not in self._before]
        self._members = offspring([*self._members, *born_here])
        with suppress(OSError):
            self._file.write_text(json.dumps(list(_births(self._members))), "utf-8")

    def end(self) -> None:
        """End all of them, at once."""
        self.look()
        end(self._members)


def offspring(known: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Those of ``known`` who live, each before its children and their children."""
    found: dict[psutil.Process, None] = {}
    for one in known:
        with suppress(psutil.Error):
            if one.is_running():
                found |= dict.fromkeys([one, *one.children(recursive=True)])
    return list(found)


def end(members: Iterable[psutil.Process]) -> None:
    """Kill those who live, and what they started meanwhile.

    The driver, of whom the others come, last: a browser that loses it lets go what is held back,
    and that may be the press.
    """
    for one in reversed(offspring(members)):
        with suppress(psutil.Error):
            one.kill()  # also reaches one that is stopped, and none that was given the number since


def end_of(folder: Path, since: float) -> None:
    """End what a killed run left, by the list it kept in ``folder``.

    Nobody who was there before that run (``since``) is one of its processes.
    """
    try:
        listed = json.loads((folder / FILE).read_text("utf-8"))
        births = [(int(pid), float(born)) for pid, born in listed]
        later = [(pid, born) for pid, born in births if born >= since - SAME_BIRTH_S]
        members = [process for pid, born in later for process in _born(pid, born)]
    except (OSError, ValueError, TypeError):
        return
    end(members)


def lives(pid: int, born: float) -> bool:
    """Whether the process of that number is the one that was born then."""
    return any(True for _ in _born(pid, born))


def _births(members: Iterable[psutil.Process]) -> Iterator[tuple[int, float]]:
    for one in members:
        with suppress(psutil.Error):
            yield one.pid, one.create_time()


def _born(pid: int, born: float) -> Iterator[psutil.Process]:
    """The process of that number, if it is the one that was born then."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if abs(process.create_time() - born) <= SAME_BIRTH_S:
            yield process
