"""The command with crash points in its way, and nothing else changed.

    python -m drill.child "after intent:1" --machine -- run job.yaml --submit

``POINT[:n]`` is a name of `drill.points.POINTS`, or a passing such as ``before step (documents)``.
``list`` instead kills nobody and writes every passing into the file of ``--log``; ``none`` wraps
nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from drill.points import MARK, POINTS, WITHOUT, Trap, Wanted, lay, point_of
from rpa.cli import main as command
from rpa.portal.environment import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIST, NONE = "list", "none"
BROKEN = 70
ROOT = Path(__file__).parent.parent
NAMES.add(MARK)  # the drill finds what a run started by it
OUTPUTS = ((1, "out.txt"), (2, "err.txt"))
NEW, PRIVATE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600


def wanted(
    text: str, *, machine: bool = False, stop: bool = False, harm: str = ""
) -> Wanted | None:
    """``point:n`` as it was typed. Raises ValueError for a point there is not."""
    if text in {LIST, NONE}:
        return None
    key, colon, number = text.rpartition(":")
    key, n = (key, int(number)) if colon else (text, 1)
    if point_of(key) not in POINTS:
        raise ValueError(f"No crash point is named {key!r}; there are: {', '.join(POINTS)}.")
    return Wanted(key, n, machine, stop, harm)


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


@dataclass(frozen=True)
class Order:
    """One run: where it dies or what it lists, what is taken out of it, and the command's words."""

    words: tuple[str, ...]
    wanted: Wanted | None = None
    log: Path | None = None
    without: str = ""

    @property
    def trap(self) -> Trap | None:
        """What is told of the passings; None where nothing is wrapped."""
        return Trap(self.wanted, self.log) if self.wanted or self.log else None

    @property
    def typed(self) -> list[str]:
        """The same for this module's command line."""
        point = f"{self.wanted.key}:{self.wanted.n}" if self.wanted else LIST
        options = ["--machine"] if self.wanted and self.wanted.machine else []
        options += ["--stop"] if self.wanted and self.wanted.stop else []
        options += ["--harm", self.wanted.harm] if self.wanted and self.wanted.harm else []
        options += ["--log", str(self.log)] if self.log else []
        options += ["--without", self.without] if self.without else []
        return [point if self.trap else NONE, *options, "--", *self.words]


def fork(order: Order, env: Mapping[str, str], place: Path) -> int:
    """The run as a process of its own, in a session of its own; gives its number.

    Forked and not started anew, because a Python that has loaded everything saves a second of each
    of some thousand runs. The caller must have no threads and no browser of its own. What the run
    prints goes to ``out.txt`` and ``err.txt`` in ``place``.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = BROKEN
    try:
        _become(env, place)
        code = run(order.trap, order.without, order.words)
    except BaseException:  # noqa: BLE001 - a child never goes on as its parent, whatever happens
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _become(env: Mapping[str, str], place: Path) -> None:
    os.setsid()
    os.chdir(place)
    os.environ.clear()
    os.environ.update(env)
    for descriptor, name in OUTPUTS:
        handle = os.open(place / name, NEW, PRIVATE)
        os.dup2(handle, descriptor)
        os.close(handle)


def spawn(order: Order, env: Mapping[str, str], place: Path) -> int:
    """The same with a Python of its own, for who has threads or a browser."""
    words = [sys.executable, "-m", "drill.child", *order.typed]
    here = {**env, "PYTHONPATH": str(ROOT)}
    files = [(os.POSIX_SPAWN_OPEN, fd, str(place / name), NEW, PRIVATE) for fd, name in OUTPUTS]
    return os.posix_spawn(sys.executable, words, here, file_actions=files, setsid=True)


def main() -> int:
    """Enter here; the mark that all its processes bear is taken from the environment."""
    given, words = sys.argv[1:], list[str]()
    if "--" in given:
        place = given.index("--")
        given, words = given[:place], given[place + 1 :]
    parser = argparse.ArgumentParser(prog="drill.child", description=__doc__)
    parser.add_argument("point", metavar="POINT[:n]")
    parser.add_argument("--machine", action="store_true", help="the browser dies with it")
    parser.add_argument("--stop", action="store_true", help="frozen there, not killed")
    parser.add_argument("--harm", default="", help="'browser KILL' and so on: the run goes on")
    parser.add_argument("--log", type=Path, help="gets the passings, or the one it died at")
    parser.add_argument("--without", choices=list(WITHOUT), default="", help="a negative control")
    asked = parser.parse_args(given)
    how = {"machine": asked.machine, "stop": asked.stop, "harm": asked.harm}
    trap = Trap(wanted(asked.point, **how), asked.log)
    return run(None if asked.point == NONE else trap, asked.without, words)


if __name__ == "__main__":
    sys.exit(main())
