"""The processes that belong to one browser: its driver, the browser, what that started.

Known so that none of them outlives its run, however it ended: a process that is stopped notices
nothing by itself. A process is known by its number *and* the time of its birth, for numbers are
given again.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

PATIENCE_S = 30  # for the system's own list of processes, where it is asked of a program
FILE = "processes.json"
PROC = Path("/proc")
PS = ("ps", "-A", "-o", "pid=,ppid=,pgid=,lstart=")
# Windows keeps the number of a dead parent, and has no groups.
EACH = '"$($_.ProcessId) $($_.ParentProcessId) 0 $($_.CreationDate.Ticks)"'
LISTING = f"Get-CimInstance Win32_Process | ForEach-Object {{ {EACH} }}"
POWERSHELL = ("powershell", "-NoProfile", "-Command", LISTING)


class Process(NamedTuple):
    """One process. ``group`` is 0 where there are no process groups."""

    pid: int
    parent: int
    group: int
    born: str


def running() -> dict[int, Process]:
    """All processes by number; empty when the system does not tell."""
    if (PROC / "self" / "stat").is_file():  # Linux, where no program need be asked
        found = [_of_linux(place) for place in PROC.glob("[0-9]*")]
        return {one.pid: one for one in found if one}
    words = POWERSHELL if sys.platform == "win32" else PS
    program = shutil.which(words[0])
    if program is None:
        return {}
    try:
        done = subprocess.run(  # noqa: S603  fixed words
            [program, *words[1:]], capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    lines = (line.split(maxsplit=3) for line in done.stdout.splitlines())
    return {int(a): Process(int(a), int(b), int(c), d) for a, b, c, d in lines}


def _of_linux(place: Path) -> Process | None:
    """From ``/proc/N/stat``; None for one that is gone, or dead and not yet fetched."""
    try:
        text = (place / "stat").read_text("utf-8", errors="replace")
    except OSError:
        return None
    state, parent, group, *others = text.rpartition(")")[2].split()
    one = Process(int(place.name), int(parent), int(group), born=others[16])
    return None if state in "ZX" else one


class Family:
    """What this process started since the family was made, and its offspring.

    ``folder`` gets a list of them, for whoever finds it when this process was killed.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._mine = os.getpid()
        self._before = {p.pid for p in running().values() if p.parent == self._mine}
        self._members: dict[int, Process] = {}

    def look(self) -> None:
        """Remember who is there now: an orphan is not found by its parent any more."""
        table = running()
        born_here = {p.pid for p in table.values() if p.parent == self._mine} - self._before
        self._members |= offspring(table, {**self._members, **{n: table[n] for n in born_here}})
        with suppress(OSError):
            self._file.write_text(json.dumps(list(self._members.values())), "utf-8")

    def end(self) -> None:
        """End all of them, at once."""
        self.look()
        end(self._members)


def offspring(table: dict[int, Process], known: dict[int, Process]) -> dict[int, Process]:
    """Those of ``known`` who live, their children's children, and the groups they lead."""
    found = {pid: one for pid, one in known.items() if table.get(pid) == one or _same(table, one)}
    groups = {one.group for one in known.values() if one.group == one.pid}
    while True:
        more = {
            pid: one
            for pid, one in table.items()
            if pid not in found and (one.parent in found or one.group in groups)
        }
        if not more:
            return found
        found |= more


def _same(table: dict[int, Process], one: Process) -> bool:
    """Whether it still lives; by then it may have another parent."""
    return one.pid in table and table[one.pid].born == one.born


def end(members: dict[int, Process]) -> None:
    """Kill those who live, and what they started meanwhile; ours and the system's never.

    The driver last: a browser that loses it lets go what is held back, and that may be the press.
    """
    table = offspring(running(), members)
    theirs = table.keys() - {0, 1, os.getpid(), os.getppid()}
    for pid in sorted(theirs, key=lambda pid: (table[pid].group not in theirs, pid)):
        with suppress(OSError):
            # SIGKILL also reaches a process that is stopped; Windows ends it by any signal.
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def end_of(folder: Path) -> None:
    """End what a killed run left, by the list it kept in ``folder``."""
    try:
        listed = json.loads((folder / FILE).read_text("utf-8"))
        members = {one[0]: Process(*one) for one in listed}
    except (OSError, ValueError, TypeError):
        return
    end(members)
