"""The command on a disk that falls sick at a named moment, and nothing else changed.

    python -m tests.run.sick_disk "after intent:1" full FOLDER -- run job.yaml --submit

``full`` writes FOLDER's file system full, which should be a small one of its own. ``limit`` forbids
this process to make any file longer, as an exhausted quota does; any user may. ``held`` is Windows
with Excel on top of it: whoever would put a file in the place of one named ``*.xlsx`` is refused.
The moments are those of the drill (`drill.points.POINTS`).
"""

from __future__ import annotations

import errno
import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drill import child, points

FILLER = "filler"
BLOCKS = (1 << 20, 1 << 12, 1)


def full(folder: Path) -> None:
    """Not one byte is left in the file system."""
    handle = os.open(folder / FILLER, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for size in BLOCKS:
        try:
            while os.write(handle, bytes(size)):
                pass
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
    os.close(handle)


def limit(_folder: Path) -> None:
    """No file grows any more; what is in place may be written over in its first byte at most."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def held(folder: Path) -> None:
    """A workbook in the run's folder stays as it is: another program has it open."""
    replace = Path.replace
    newest = max(folder.glob("runs/*"))
    for kept in newest.glob("input/*.xlsx"):
        (newest / kept.name).write_bytes(b"open in Excel")

    def refused(self: Path, target: Any) -> Any:
        place = Path(target)
        if place.suffix == ".xlsx" and place.exists():
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        return replace(self, target)

    Path.replace = refused  # type: ignore[method-assign]


SICK = {"full": full, "limit": limit, "held": held}


@dataclass
class Falling(points.Trap):
    """At the wanted passing the disk falls sick; nobody is killed."""

    how: str = "full"
    folder: Path = Path()

    def kill(self) -> None:
        """Instead."""
        SICK[self.how](self.folder)


def main() -> int:
    """Enter here."""
    key, how, folder, _, *words = sys.argv[1:]
    if key == child.LIST:
        return child.run(points.Trap(None, Path(folder)), "", words)
    return child.run(Falling(child.wanted(key), None, how=how, folder=Path(folder)), "", words)


if __name__ == "__main__":
    sys.exit(main())
