"""A table as it was read: lines of cells under their true numbers, each with its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rpa.jobs.places import IN_TABLE, Place, Unfit, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpa.errors import Words
    from rpa.jobs.cells import Cell

_ALPHABET = 26

Corners = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell, each as row and column counted from 0."""


class Line(NamedTuple):
    """One line; ``number`` counts from 1 as Excel shows it, ``cells`` begin with column A."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of one sheet or .csv.

    ``sheet`` is None for a .csv. ``hidden`` are the numbers of lines that Excel does not show,
    ``hidden_columns`` such columns, counted from 0; ``formulas`` the lines that hold formulas and
    nothing that was typed; ``merged`` the merged cells. ``cut`` is what ended the reading early,
    after the lines before. ``notes`` are remarks about the whole, each as (code, words). The four
    before ``headings`` are a .csv's; ``headings`` are set once the header is found.
    """

    name: str
    sheet: str | None
    lines: list[Line]
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[int] = frozenset()
    merged: tuple[Corners, ...] = ()
    cut: Unfit | None = None
    notes: tuple[tuple[str, Words], ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    newline: str | None = None
    headings: list[str] = field(default_factory=list)

    def place(self) -> Place:
        """The table as a whole."""
        return file_place(self.name, self.sheet)

    def row(self, number: int) -> Place:
        """One line."""
        text = f"{self.name}: row {number}" if self.sheet is None else self._in_sheet(str(number))
        return Place(text, (IN_TABLE, number, 0))

    def cell(self, number: int, column: int) -> Place:
        """One cell; ``column`` counts from 0. A .csv names it by the operator's own heading."""
        if self.sheet is None:
            text = f"{self.name}: row {number}, column {self._heading(column)}"
        else:
            text = self._in_sheet(f"{letters(column)}{number}")
        return Place(text, (IN_TABLE, number, column + 1))

    def _in_sheet(self, cell: str) -> str:
        return f"{self.name}!{self.sheet}!{cell}"

    def _heading(self, column: int) -> str:
        heading = shown(self.headings[column]) if column < len(self.headings) else ""
        return heading or str(column + 1)


def file_place(name: str, sheet: str | None = None) -> Place:
    """A table file, or one sheet of it."""
    return Place(name if sheet is None else f"{name}!{sheet}", (IN_TABLE, 0, 0))


@cache
def letters(column: int) -> str:
    """A column, counted from 0, in Excel's letters."""
    text = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, _ALPHABET)
        text = chr(ord("A") + letter) + text
    return text
