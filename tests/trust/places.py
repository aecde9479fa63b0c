"""Where docs/privacy.md says that data of persons stands: its table is what the search allows.

The places of a row are the code spans of its first cell: a path below the home (``…`` is any name;
a folder holds all below it), ``stdout``, or a command with ``--out`` for the file that it writes.
The first bold words of the second cell say what may stand there: **nobody** for none of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.trust.search import PERSONAL, SECRET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.trust.search import Canary

PAGE: Final = Path(__file__).parents[2] / "docs" / "privacy.md"
HEADING: Final = "## What stands where"
NOBODY: Final = "nobody"
CODE: Final = re.compile(r"`([^`]+)`")
NO_PLACES: Final = frozenset({"calibrate", "watch"})  # commands that a cell only mentions


@dataclass(frozen=True)
class Row:
    """One row: its places, and what of persons may stand there."""

    places: tuple[str, ...]
    allowed: frozenset[str]

    def holds(self, place: str) -> bool:
        """Whether this place is one of its, or below one."""
        return any(re.fullmatch(_pattern(one), place) for one in self.places)


def _pattern(place: str) -> str:
    return "[^/]+".join(map(re.escape, place.split("…"))) + "(/.*)?"


def rows(page: str) -> list[Row]:
    """The table. Raises ValueError for a row whose second cell does not begin with its kinds."""
    table = page.partition(HEADING)[2].partition("\n## ")[0]
    told = []
    for line in table.splitlines():
        where, whom, *_ = [*line.strip("| ").split(" | "), ""]
        if not (line.startswith("|") and (places := CODE.findall(where))):
            continue
        bold = re.match(r"\*\*([\w, ]+)\*\*", whom)
        kinds = set(bold[1].split(", ")) if bold else set()
        if not kinds or not (kinds <= PERSONAL or kinds == {NOBODY}):
            raise ValueError(line)
        told.append(
            Row(tuple(p for p in places if p not in NO_PLACES), frozenset(kinds & PERSONAL))
        )
    return told


def faults(table: Iterable[Row], place: str, found: Iterable[Canary]) -> list[str]:
    """What stands there and may not; or that the table does not know the place at all."""
    mine = [row for row in table if row.holds(place)]
    allowed = frozenset[str]().union(*(row.allowed for row in mine))
    wrong = sorted(
        f"{place}: {one.kind}: {one.called}"
        for one in found
        if one.kind == SECRET or one.kind not in allowed
    )
    return wrong if mine else [f"{place}: docs/privacy.md does not name it", *wrong]
