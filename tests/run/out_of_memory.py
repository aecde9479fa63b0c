"""The command, whose browser gets no more memory from a named moment on: for `drill.child`'s words.

The harm ``renderer MEMORY`` (or ``browser MEMORY``) leaves that process what it has; whatever it
asks the kernel for from then on is refused, as in a container that is full.
"""

from __future__ import annotations

import resource
import sys

import psutil

from drill import child, points


def starve(words: str) -> None:
    """Instead of a signal. Raises LookupError when nobody of that name is there."""
    who = words.partition(" ")[0]
    found = [one for one in psutil.Process().children(recursive=True) if _is(who, one)]
    if not found:
        raise LookupError(f"no {who} is running")
    for one in found:
        resource.prlimit(one.pid, resource.RLIMIT_AS, (1, 1))


def _is(who: str, one: psutil.Process) -> bool:
    return points.HARMED[who](" ".join(one.cmdline()))


if __name__ == "__main__":
    points.harm = starve
    sys.exit(child.main())
