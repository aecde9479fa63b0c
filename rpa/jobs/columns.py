"""Which column holds which field."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.jobs.cells import Cell, blank
from rpa.jobs.grid import letters
from rpa.jobs.kinds import TOLD_BY
from rpa.jobs.places import shown
from rpa.run.filing import RESULT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rpa.jobs.grid import Grid, Line
    from rpa.jobs.kinds import Kinds
    from rpa.jobs.places import Place, Problems

Matches = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Mapped:
    """The operator's own ``field: heading`` pairs, with their places in the job file."""

    headings: Mapping[str, str]
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Header:
    """The header line: its number, the column of each field, the columns of our own results.

    ``absent`` are fields without a column that a row may need all the same, as its kind asks.
    """

    row: int
    columns: dict[str, int]
    results: frozenset[int]
    absent: tuple[str, ...] = ()


class Recogniser:
    """Knows the headings of all kinds of row that a job takes."""

    def __init__(self, kinds: Kinds, mapped: Mapped) -> None:
        self._fields = kinds.columns
        self._kinds = kinds
        self.mapped = {f: fold(h) for f, h in mapped.headings.items() if f in self._fields}
        self._known = {
            fold(heading): name
            for name, column in self._fields.items()
            if name not in self.mapped
            for heading in (name, *column.bm, *column.en, column.both)
        } | {heading: name for name, heading in self.mapped.items()}

    def match(self, cells: Sequence[Cell]) -> Matches:
        """Every field found in a line, with all columns that claim to hold it."""
        found: Matches = {}
        for column, cell in enumerate(cells):
            folded = fold(heading(cell))
            name = self._known.get(folded)
            if folded and name is not None:
                found.setdefault(name, []).append(column)
        return found

    def complete(self, cells: Sequence[Cell]) -> bool:
        """Whether a line holds the headings of all mandatory fields."""
        found = self.match(cells)
        return found.keys() >= set(self.mandatory(found))

    def mandatory(self, found: Collection[str]) -> list[str]:
        """The fields that this header must have.

        A header that tells the kind of each row needs what all kinds need; the rest is asked of
        the rows.
        """
        kinds = self._kinds
        return kinds.shared if kinds.several and TOLD_BY in found else kinds.mandatory

    def absent(self, found: Collection[str]) -> tuple[str, ...]:
        """The fields without a column that only the rows of some kind must have."""
        if not self._kinds.several or TOLD_BY not in found:
            return ()
        return tuple(name for name in self._kinds.sometimes if name not in found)

    def shown(self, name: str) -> Words:
        """A field's heading as an operator knows it."""
        return self._fields[name].heading

    def best(self, lines: Sequence[Line]) -> Line | None:
        """The header: the first complete line, else the one that comes nearest."""
        for line in lines:
            if self.complete(line.cells):
                return line
        nearest = max(lines, key=lambda line: len(self.match(line.cells)), default=None)
        return nearest if nearest and self.match(nearest.cells) else None


def heading(cell: Cell) -> str:
    """A heading as text; a heading may be a number or a date."""
    return cell.strip() if isinstance(cell, str) else "" if blank(cell) else str(cell)


def fold(text: str) -> str:
    """A heading without what does not count: case, blanks, punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def is_result(cell: Cell) -> bool:
    """Whether a heading is one of the columns that this tool adds to a workbook."""
    return isinstance(cell, str) and cell.strip().startswith(RESULT_PREFIX)


def find_header(
    grid: Grid, recogniser: Recogniser, mapped: Mapped, within: int, problems: Problems
) -> Header | None:
    """The header within the first ``within`` lines; notes all that is wrong with it."""
    line = recogniser.best([x for x in grid.lines if x.number <= within])
    if line is None:
        problems.add(grid.place(), "header-missing", _no_header(within))
        return None
    grid.headings[:] = [heading(cell) for cell in line.cells]
    found = recogniser.match(line.cells)
    _note_mapped(grid, recogniser, mapped, found, problems)
    _note_twice(grid, line, found, problems)
    _note_missing(grid.row(line.number), recogniser, found, problems)
    results = frozenset(i for i, cell in enumerate(line.cells) if is_result(cell))
    _note_unknown(
        grid, line, {c for columns in found.values() for c in columns} | results, problems
    )
    columns = {name: columns[0] for name, columns in found.items()}
    return Header(line.number, columns, results, recogniser.absent(found))


def check_mapped(kinds: Kinds, mapped: Mapped, problems: Problems) -> None:
    """Notes unknown fields, and headings mapped to two fields, in ``table.columns``."""
    known = kinds.columns
    taken: dict[str, str] = {}
    for name, wanted in mapped.headings.items():
        if name not in known:
            problems.add(mapped.places[name], "column-field", unknown_key(name, list(known)))
        elif (first := taken.setdefault(fold(wanted), name)) != name:
            problems.add(
                mapped.places[name],
                "column-shared",
                Words(
                    f"Tajuk ini sudah digunakan untuk '{first}'.",
                    f"This heading is used for '{first}' already.",
                ),
            )


def unknown_key(key: str, known: Sequence[str]) -> Words:
    """The sentence about a misspelt key, with the nearest one there is."""
    near = get_close_matches(key, known, n=1)
    if near:
        return Words(
            f"'{shown(key)}' tidak dikenali. Adakah maksud anda '{near[0]}'?",
            f"'{shown(key)}' is not known. Did you mean '{near[0]}'?",
        )
    names = ", ".join(known)
    return Words(
        f"'{shown(key)}' tidak dikenali. Yang ada: {names}.",
        f"'{shown(key)}' is not known. There are: {names}.",
    )


def _note_mapped(
    grid: Grid, recogniser: Recogniser, mapped: Mapped, found: Matches, problems: Problems
) -> None:
    for name in recogniser.mapped:
        if name not in found:
            text = shown(mapped.headings[name])
            problems.add(
                mapped.places[name],
                "column-heading",
                Words(
                    f"Tiada lajur dengan tajuk '{text}' dalam {grid.name}.",
                    f"There is no column with the heading '{text}' in {grid.name}.",
                ),
            )


def _note_twice(grid: Grid, line: Line, found: Matches, problems: Problems) -> None:
    for name, (first, *more) in found.items():
        for column in more:
            a, b = (shown(grid.headings[c]) for c in (first, column))
            problems.add(
                grid.cell(line.number, column),
                "column-twice",
                Words(
                    f"Lajur '{a}' dan '{b}' kedua-duanya bermaksud '{name}'. Tinggalkan satu, atau "
                    "tentukan dalam 'table.columns'.",
                    f"The columns '{a}' and '{b}' both mean '{name}'. Keep one, or say which in "
                    "'table.columns'.",
                ),
            )


def _note_missing(row: Place, recogniser: Recogniser, found: Matches, problems: Problems) -> None:
    for name in recogniser.mandatory(found):
        if name not in found and name not in recogniser.mapped:
            shown_as = recogniser.shown(name)
            problems.add(
                row,
                "column-missing",
                Words(
                    f"Lajur wajib '{shown_as.bm}' ({name}) tiada dalam baris tajuk ini.",
                    f"The mandatory column '{shown_as.en}' ({name}) is missing from this header.",
                ),
            )


def _note_unknown(grid: Grid, line: Line, known: set[int], problems: Problems) -> None:
    """A column nobody reads is said once: it may be a misspelt heading of an optional field."""
    names = [
        f"{letters(i)} '{shown(text)}'" if grid.sheet is not None else f"'{shown(text)}'"
        for i, text in enumerate(grid.headings)
        if text and i not in known
    ]
    if names:
        listed = ", ".join(names)
        problems.add(
            grid.row(line.number),
            "column-unknown",
            Words(
                f"Lajur ini tidak dikenali dan tidak dihantar: {listed}.",
                f"These columns are not known and are not sent: {listed}.",
            ),
            Severity.WARNING,
        )


def _no_header(within: int) -> Words:
    return Words(
        f"Tiada baris tajuk yang dikenali dalam {within} baris pertama. Namakan lajur dalam "
        "'table.columns'.",
        f"No header is recognised in the first {within} rows. Name the columns in 'table.columns'.",
    )
