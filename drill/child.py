"""The command with crash points in its way, and nothing else changed.

    python -m drill.child "after intent:1" --machine -- run job.yaml --submit

``POINT[:n]`` is a name of `drill.points.POINTS`, or a passing such as ``before step (documents)``.
``list`` instead kills nobody and writes every passing into the file of ``--log``.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from drill.points import POINTS, WITHOUT, Trap, Wanted, lay
from rpa.cli import main as command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIST = "list"


def wanted(text: str, *, machine: bool = False) -> Wanted | None:
    """``point:n`` as it was typed. Raises ValueError for a point there is not."""
    if text == LIST:
        return None
    key, colon, number = text.rpartition(":")
    key, n = (key, int(number)) if colon else (text, 1)
    if key.partition(" (")[0] not in POINTS:
        raise ValueError(f"No crash point is named {key!r}; there are: {', '.join(POINTS)}.")
    return Wanted(key, n, machine)


def run(trap: Trap | None, without: str, words: Sequence[str]) -> int:
    """The command itself in this process; its exit code."""
    if without:
        WITHOUT[without]()
    if trap:
        lay(trap)
    sys.argv = ["assist-rpa", *words]
    try:
        command.main()
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    return 0


def start(
    trap: Trap | None, without: str, words: Sequence[str], env: Mapping[str, str], place: Path
) -> int:
    """The same as a process of its own, in a session of its own; gives its number.

    Forked and not started anew, because a Python that has loaded everything saves a second of each
    of some thousand runs. The caller must have no threads and no browser of its own. What the run
    prints goes to ``out.txt`` and ``err.txt`` in ``place``.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        _become(env, place)
        code = run(trap, without, words)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _become(env: Mapping[str, str], place: Path) -> None:
    os.setsid()
    os.chdir(place)
    os.environ.clear()
    os.environ.update(env)
    for descriptor, name in ((1, "out.txt"), (2, "err.txt")):
        handle = os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, descriptor)
        os.close(handle)


def main() -> int:
    """Enter here; the mark that all its processes bear is taken from the environment."""
    given, words = sys.argv[1:], list[str]()
    if "--" in given:
        place = given.index("--")
        given, words = given[:place], given[place + 1 :]
    parser = argparse.ArgumentParser(prog="drill.child", description=__doc__)
    parser.add_argument("point", metavar="POINT[:n]")
    parser.add_argument("--machine", action="store_true", help="the browser dies with it")
    parser.add_argument("--log", type=Path, help="gets the passings, or the one it died at")
    parser.add_argument("--without", choices=list(WITHOUT), default="", help="a negative control")
    asked = parser.parse_args(given)
    trap = Trap(wanted(asked.point, machine=asked.machine), asked.log)
    return run(trap, asked.without, words)


if __name__ == "__main__":
    sys.exit(main())
