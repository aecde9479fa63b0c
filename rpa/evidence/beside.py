"""Where result columns stand, and which of the sheet's structures they join.

A table's button, a filter and the print area move, hide and print the cells inside their borders
and no others: a status outside of them stands beside another person after the first sort. So the
columns are set directly right of what holds the rows, whose borders are widened by them, and
drawings that stood there move on as they would for inserted columns. Where that cannot be (other
cells stand there, a drawing begins inside the table), nothing of the office gives way: the columns
stand right of everything, and a heading of ours and a note of the run say that sorting parts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter, range_boundaries

from rpa.evidence.splice import NotPatchable
from rpa.evidence.wording import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LAST_COLUMN: Final = 16_384
_LAST_ROW: Final = 1_048_576


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, from 1, its last ones included."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def of(cls, reference: str) -> Area:
        """``A3:F8`` or ``B4``. Raises NotPatchable for anything else."""
        try:
            left, top, right, bottom = range_boundaries(reference)
        except (ValueError, TypeError) as error:
            raise NotPatchable("reference") from error
        return cls(left or 1, top or 1, right or LAST_COLUMN, bottom or _LAST_ROW)

    def meets(self, other: Area) -> bool:
        """Whether they share a cell."""
        return self.across(other) and self.top <= other.bottom and other.top <= self.bottom

    def across(self, other: Area) -> bool:
        """Whether they share a column."""
        return self.left <= other.right and other.left <= self.right

    def __str__(self) -> str:
        first, last = get_column_letter(self.left), get_column_letter(self.right)
        return f"{first}{self.top}:{last}{self.bottom}"


@dataclass(frozen=True, slots=True)
class Structure:
    """What sorts the rows inside its borders: an Excel table, or the sheet's own filter.

    ``part`` is a table's file in the package. ``takes`` tells whether columns can be added to it
    at all; ``names`` are those that its columns have.
    """

    area: Area
    part: str = ""
    takes: bool = True
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing over the cells; ``columns`` are the bytes that tell its columns, from 0."""

    area: Area
    columns: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The operator's rows: from the headings to the last result, in the columns that were read.

    ``edge`` is the last column of those that follow without a gap, ``ours`` the result columns of
    an earlier run, and ``sign`` that of the heading which says that they part (0: none). ``lowest``
    is the first row from the headings on that a column has a value in, ``blocks`` are merged cells
    and pivot tables.
    """

    area: Area
    edge: int
    ours: dict[str, int]
    sign: int
    lowest: dict[int, int]
    blocks: Sequence[Area]


class Standing:
    """The result columns' places.

    ``joined`` are the names of the columns that ``holder`` takes in now, ``titles`` the headings
    of those that are new to their place. ``parted`` tells that sorting would part results from
    rows, as a heading in the column ``sign`` says. ``shift`` is by how many columns the drawings
    ``moved`` go to the right, ``kept`` are columns under any other, whose size would follow their
    width. ``neighbour`` is the operator's column that ours look like.
    """

    def __init__(
        self,
        rows: Rows,
        structures: Sequence[Structure],
        drawings: Sequence[Drawn],
        headings: Mapping[str, str],
    ) -> None:
        self._rows, self._drawings, self.titles = rows, drawings, headings
        self.neighbour = rows.edge
        below = Area(rows.area.left, rows.area.top + 1, rows.area.right, rows.area.bottom)
        sorting = [s for s in structures if s.area.meets(below)]
        holders = [s for s in sorting if _covers(s.area, rows.area)]
        self.holder = holders[0] if holders else None
        self._others = [s for s in structures if s is not self.holder]
        self.edge = self.holder.area.right if self.holder else rows.edge
        self.shift, self.moved = 0, frozenset[Drawn]()
        self.added = [name for name in COLUMNS if name not in rows.ours]
        self.columns, self.sign = dict(rows.ours), rows.sign
        self._bottom = max(rows.area.bottom, self.holder.area.bottom if self.holder else 0)
        self._place()
        self.columns = {name: self.columns[name] for name in COLUMNS}
        outside = self._outside()
        self.parted = len(sorting) > len(holders[:1]) or not self._joins(outside)
        if self.parted:
            self.sign = self.sign or self.beyond
        if max(self.last, self.sign) > LAST_COLUMN:
            raise NotPatchable("no columns left")
        self.joined = [] if self.parted or not self.holder else outside
        if outside and not self.parted:
            self._make_room(self._block(self.columns[outside[0]], len(outside)))
        self.kept = {c for d in drawings if d not in self.moved for c in self._under(d.area)}

    @property
    def first(self) -> int:
        """The leftmost result column."""
        return min(self.columns.values())

    @property
    def last(self) -> int:
        """The rightmost result column."""
        return max(self.columns.values())

    @property
    def span(self) -> Area:
        """The rows with their results, as they must be selected to be sorted together."""
        area = self._rows.area
        right = max(area.right, self.edge, self.last)
        return Area(min(area.left, self.first), area.top, right, area.bottom)

    @property
    def beyond(self) -> int:
        """The first column right of all that the sheet holds from the headings on."""
        rows = self._rows
        areas = [*rows.blocks, *(s.area for s in self._others), *(d.area for d in self._drawings)]
        right = [area.right for area in areas if area.bottom >= rows.area.top]
        return max([self.edge, *right, *rows.lowest, *self.columns.values()]) + 1

    def _place(self) -> None:
        """The columns that are not there yet: at the edge, else right of everything."""
        if not self.added:
            return
        start, ours = self.edge + 1, self.columns.values()
        while start in ours:
            start += 1
        if not self._free(self._block(start, len(self.added))):
            self.sign = self.sign or self.beyond
            start = max(self.beyond, self.sign + 1)
        self.columns |= dict(zip(self.added, range(start, LAST_COLUMN + 9), strict=False))

    def _block(self, left: int, columns: int) -> Area:
        """So many columns, as high as the rows."""
        return Area(left, self._rows.area.top, left + columns - 1, self._bottom)

    def _free(self, block: Area) -> bool:
        """Whether no cell, merged block, structure or fixed drawing of the office stands there."""
        cells = self._rows.lowest
        if any(cells.get(c, _LAST_ROW) <= block.bottom for c in range(block.left, block.right + 1)):
            return False
        areas = [*self._rows.blocks, *(s.area for s in self._others)]
        fixed = [d.area for d in self._drawings if d.area.left < block.left - 1]
        return not any(area.meets(block) for area in [*areas, *fixed])

    def _make_room(self, block: Area) -> None:
        """Drawings that begin right of the rows go to the right, as for inserted columns.

        Those above and below go with them, for they would be stretched where columns are new.
        """
        right = [d for d in self._drawings if d.area.left >= block.left]
        leaning = [d for d in self._drawings if d.area.left == block.left - 1]
        over = [d for d in [*right, *leaning] if d.area.meets(block)]
        stretched = [d for d in right if self.added and d.area.across(block)]
        if lefts := [d.area.left for d in [*over, *stretched]]:
            self.shift = max(len(self.added), block.right + 1 - min(lefts))
            self.moved = frozenset([*right, *(d for d in leaning if d in over)])

    def _outside(self) -> list[str]:
        """The result columns that are not inside the rows' own borders, from the left."""
        left = self.holder.area.left if self.holder else self._rows.area.left
        out = [name for name, c in self.columns.items() if not left <= c <= self.edge]
        return sorted(out, key=lambda name: self.columns[name])

    def _joins(self, outside: Sequence[str]) -> bool:
        """Whether they follow directly, and what holds the rows can be widened by them."""
        places = [self.columns[name] for name in outside]
        if places != list(range(self.edge + 1, self.edge + 1 + len(places))):
            return False
        if not (self.holder and places):
            return True
        area = self.holder.area
        wider = Area(places[0], area.top, places[-1], area.bottom)
        taken = any(self.titles[x].casefold() in self.holder.names for x in outside)
        return (
            self.holder.takes and not taken and not any(s.area.meets(wider) for s in self._others)
        )

    def _under(self, area: Area) -> Iterable[int]:
        return range(max(area.left, self.first), min(area.right, self.last) + 1)


def _covers(outer: Area, inner: Area) -> bool:
    return outer.left <= inner.left and inner.right <= outer.right
