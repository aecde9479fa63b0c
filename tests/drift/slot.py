"""One worker: a portal and a desk of its own for the skin in hand; a case a line in, an answer out."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drill.child import fork
from drill.slot import IN_MEMORY, inherit
from rpa.cli import run  # noqa: F401 - loaded once, for all runs that are forked from here
from tests.drift.case import Case
from tests.drift.place import DriftPlace
from tests.drift.watched import starter

if TYPE_CHECKING:
    from drill.place import Starter


class Worker:
    """The place of the skin that was asked for last."""

    def __init__(self, folder: Path, start: Starter) -> None:
        self._folder, self._start = folder, start
        self._place: DriftPlace | None = None

    def at(self, skin: str, looks: Path) -> DriftPlace:
        """The place of this skin; another's is closed first."""
        if self._place and self._place.skin == skin:
            return self._place
        self.close()
        inside = Path(tempfile.mkdtemp(prefix=f"{skin}-", dir=self._folder))
        self._place = DriftPlace(inside, self._start, heir=True, skin=skin, looks=looks)
        return self._place

    def close(self) -> None:
        """End what runs, and take away what it left."""
        if self._place:
            self._place.close()
            shutil.rmtree(self._place.folder, ignore_errors=True)
            self._place = None


def answer(worker: Worker, asked: dict[str, Any]) -> dict[str, Any]:
    """Carry a case out."""
    place = worker.at(asked["skin"], Path(asked["looks"]))
    case = Case(place, asked["kind"], asked["procedure"], asked["seed"], asked["entry"])
    told = case.carry_out()
    if told.get("change"):
        place.clear(case.known)
    return told


def main() -> int:
    """Read lines until there are none."""
    inside = IN_MEMORY if IN_MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="drift-", dir=inside))
    inherit()
    worker = Worker(folder, starter(sys.argv[1]) if sys.argv[1:] else fork)
    with suppress(BrokenPipeError):
        for line in sys.stdin:
            sys.stdout.write(f"{json.dumps(answer(worker, json.loads(line)))}\n")
            sys.stdout.flush()
    worker.close()
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
