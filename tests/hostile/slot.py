"""One worker: a portal, a proxy and a desk of its own; a case a line in, an answer a line out."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from drill.child import fork
from drill.slot import IN_MEMORY, inherit
from rpa.cli import run  # noqa: F401 - loaded once, for all runs that are forked from here
from tests.hostile.case import Case, keep
from tests.hostile.place import HostilePlace
from tests.hostile.without import starter


def answer(place: HostilePlace, asked: dict[str, Any]) -> dict[str, Any]:
    """Carry a case out, and keep its folder when anything is wrong with it."""
    case = Case(place, asked["procedure"], asked["seed"], tuple(asked["only"]))
    told = case.carry_out()
    if told["wrong"]:
        keep(case.known.desk.home, Path(asked["kept"]) / f"{case.seed}-{case.procedure}")
    place.clear(case.known)
    return told


def main() -> int:
    """Read lines until there are none."""
    inside = IN_MEMORY if IN_MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="hostile-", dir=inside))
    inherit()
    place = HostilePlace(folder, starter(sys.argv[1]) if sys.argv[1:] else fork, heir=True)
    with suppress(BrokenPipeError), closing(place):
        for line in sys.stdin:
            sys.stdout.write(f"{json.dumps(answer(place, json.loads(line)))}\n")
            sys.stdout.flush()
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
