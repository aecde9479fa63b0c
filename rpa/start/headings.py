"""An office's own table: which of its headings are understood, by the reader itself.

A heading is taken by itself only where the reader of a job takes it. What it does not take gets
its nearest field, as a line that a person confirms; nothing is mapped in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from rpa.errors import JobInvalid, Words
from rpa.jobs import csv_file, files, tables, xlsx_file
from rpa.jobs.columns import Mapped, Recogniser, fold, heading, is_result, names_somebody
from rpa.jobs.grid import letters
from rpa.jobs.limits import Limits
from rpa.jobs.places import IN_JOB, OPTIONS, Place, Unfit
from rpa.start.jobfile import explained, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rpa.jobs.cells import Cell
    from rpa.jobs.grid import Grid, Line
    from rpa.jobs.kinds import Kinds

    Say = Callable[[Words], str]

_NEAR = 0.7  # of 1, for a field to be offered
_OF_KIN = re.compile(r"waris|kin", re.IGNORECASE)
_LEAST = 2  # cells with words: a line of fewer is a title
_LIMITS: Final = Limits()


class OneSheet(JobInvalid):
    """Which of several sheets is meant is not known."""

    next_move = Words("Ulang dengan --sheet NAMA.", "Type it again with --sheet NAME.")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, where it stands, what it is taken as, and else what comes nearest."""

    column: str
    text: str
    field: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A table's header; ``lacking`` are mandatory fields that no heading is taken as."""

    sheet: str | None
    row: int
    headings: list[Heading]
    lacking: list[str]

    @property
    def open(self) -> bool:
        """Whether a person has to say something."""
        twice = len({h.field for h in self.headings if h.field}) < sum(
            bool(h.field) for h in self.headings
        )
        return twice or bool(self.lacking) or any(h.near for h in self.headings)


def understand(table: Path, sheet: str | None, kinds: Kinds) -> Understood:
    """Read a table and tell its headings; the file stays as it is. Raises JobInvalid."""
    recogniser = Recogniser(kinds, Mapped({}, {}), OPTIONS)
    try:
        grid = _grid(table, sheet, recogniser)
    except Unfit as fault:
        if fault.code not in {"sheet-which", "sheet-wrong"}:
            raise JobInvalid(fault.words, where=str(table)) from None
        raise OneSheet(fault.words, where=str(table)) from None
    lines = [line for line in grid.lines if line.number <= _LIMITS.header_within]
    line = recogniser.best(lines) or _first(lines)
    if line is None:
        raise JobInvalid(NO_HEADINGS, where=str(table))
    return _told(grid, line, recogniser, kinds)


def _grid(table: Path, sheet: str | None, recogniser: Recogniser) -> Grid:
    kind = table.suffix.lower()
    if kind not in {".xlsx", ".csv"}:
        raise Unfit("table-kind", tables.KIND)
    data = files.read(table, _LIMITS.table)
    if kind == ".csv":
        return csv_file.read(data, table.name, recogniser, _LIMITS)
    wanted = xlsx_file.Sheet(sheet, Place("--sheet", (IN_JOB, 0, 0)), OPTIONS)
    return xlsx_file.read(data, table.name, wanted, _LIMITS)


def _first(lines: list[Line]) -> Line | None:
    """Where no heading is known: the first line that looks like headings."""
    rows = [line for line in lines if not any(map(names_somebody, line.cells))]
    return next((line for line in rows if _words(line) >= _LEAST), None)


def _words(line: Line) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in line.cells)


def _told(grid: Grid, line: Line, recogniser: Recogniser, kinds: Kinds) -> Understood:
    found = recogniser.match(line.cells)
    taken = {column: name for name, columns in found.items() for column in columns}
    words = {
        fold(known): name
        for name, column in kinds.columns.items()
        if name not in found
        for known in (name, *column.bm, *column.en)
    }
    lacking = [name for name in recogniser.mandatory(found) if name not in found]
    free = [text for column, text in _texts(line.cells) if column not in taken]
    offered = {recogniser.nearest(name, free): name for name in lacking}
    headings = [
        Heading(
            letters(column) if grid.sheet is not None else str(column + 1),
            text,
            taken.get(column, ""),
            "" if column in taken else offered.get(text) or _nearest(text, words),
        )
        for column, text in _texts(line.cells)
    ]
    return Understood(grid.sheet, line.number, headings, lacking)


def _texts(cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    """The headings there are, without the columns that this tool adds to a workbook."""
    for column, cell in enumerate(cells):
        if (text := heading(cell)) and not is_result(cell):
            yield column, text


def _nearest(text: str, words: dict[str, str]) -> str:
    near = get_close_matches(fold(text), list(words), n=1, cutoff=_NEAR)
    name = words[near[0]] if near else ""
    # One's own telephone is not that of one's next of kin.
    return "" if name.startswith("next_of_kin") and not _OF_KIN.search(text) else name


def lines(understood: Understood, kinds: Kinds, say: Say) -> list[str]:
    """The lines of ``columns:`` for a person to confirm, each behind a ``#``; none where all is so.

    One heading under two fields, or one field under two headings: each has its line.
    """
    if not understood.open:
        return []
    names = [h.field for h in understood.headings if h.field]
    offered = [
        (h.near or h.field, h.text)
        for h in understood.headings
        if h.near or names.count(h.field) > 1
    ]
    offered += [(name, "") for name in understood.lacking if name not in dict(offered)]
    return [
        *explained(say(CONFIRM)),
        "# columns:",
        *(
            f"#   {name}: {scalar(' '.join(text.split())) if text else ''}".rstrip()
            + f"   # {say(kinds.columns[name].heading)}"
            for name, text in offered
        ),
    ]


NO_HEADINGS = Words(
    f"Tiada baris tajuk dalam {_LIMITS.header_within} baris pertama jadual ini.",
    f"There is no row of headings in the first {_LIMITS.header_within} rows of this table.",
)
CONFIRM = Words(
    "Sahkan setiap baris yang betul: buang '# ' pada baris itu dan pada 'columns:'.\n"
    "Isi tajuk anda selepas ':' jika kosong. Tiada satu pun diambil sebelum itu.",
    "Confirm each line that is right: take the '# ' from it and from 'columns:'.\n"
    "Where none stands after the ':', write your heading. Until then none of them is taken.",
)
