"""One of the drill's workers: a portal and a desk of its own; a case a line in, an answer out.

Ends, with its portal, when whoever started it is gone.
"""

from __future__ import annotations

import ctypes
import json
import shutil
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from drill.case import Case, carry_out, quiet
from drill.child import fork
from drill.place import Place
from rpa.cli import run  # noqa: F401 - loaded once, for all runs that are forked from here

PR_SET_CHILD_SUBREAPER = 36  # Linux, prctl(2)
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - what a kill leaves is the same there, and it is quicker


def answer(place: Place, asked: dict[str, Any], known: dict[str, dict[str, Any]]) -> Any:
    """What a line asks for: a quiet run, or a case."""
    if "quiet" in asked:
        return quiet(place, asked["quiet"])
    if "faults" in asked:
        return place.portal.ask("faults")["faults"]
    case = Case(**asked["case"])
    path = asked["golden"]
    if path not in known:
        golden = json.loads(Path(path).read_text("utf-8"))
        golden["verdicts"] = {int(n): told for n, told in golden["verdicts"].items()}
        known[path] = golden
    return carry_out(place, case, known[path])


def inherit() -> None:
    """Be given the processes that a killed run leaves, in place of the machine's first process."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def main() -> int:
    """Read lines until there are none."""
    inside = IN_MEMORY if IN_MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=inside))
    inherit()
    place = Place(folder, fork, heir=True)
    known: dict[str, dict[str, Any]] = {}
    # What runs print goes to files; this is the only line to who asks.
    with suppress(BrokenPipeError), closing(place):
        for line in sys.stdin:
            told = json.dumps(answer(place, json.loads(line), known))
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
