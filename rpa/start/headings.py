"""An office's own table: which of its headings are understood, by the reader itself.

A heading is taken by itself only where the reader of a job takes it. What it does not take gets
its nearest field, as a line that a person confirms; nothing is mapped in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rpa.errors import JobInvalid, Words
from rpa.jobs import csv_file, files, tables, xlsx_file
from rpa.jobs.columns import (
    NOT_WAGES,
    Mapped,
    Recogniser,
    heading,
    is_result,
    names_somebody,
    of_gross,
    passports,
)  # fmt: skip
from rpa.jobs.grid import letters
from rpa.jobs.limits import Limits
from rpa.jobs.places import IN_JOB, OPTIONS, Place, Unfit
from rpa.start.jobfile import explained, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rpa.jobs.cells import Cell
    from rpa.jobs.grid import Grid, Line
    from rpa.jobs.kinds import Kinds

    Say = Callable[[Words], str]

_NEAR = 0.7  # of 1, for a field to be offered
_LEAST = 2  # cells with words: a line of fewer is a title
_LIMITS: Final = Limits()


class OneSheet(JobInvalid):
    """Which of several sheets is meant is not known."""

    next_move = Words("Ulang dengan --sheet NAMA.", "Type it again with --sheet NAME.")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, where it stands, what it is taken as, and else what comes nearest.

    ``spare``: an earlier heading is taken as the same field.
    """

    column: str
    text: str
    field: str = ""
    near: str = ""
    spare: bool = False


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
        return bool(self.lacking) or any(h.near or h.spare for h in self.headings)


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
    grid.headings[:] = [heading(cell) for cell in line.cells]
    found = recogniser.match(line.cells)
    beside = {column: name for name, column in passports(grid, recogniser, found).items()}
    taken = beside | {column: name for name, columns in found.items() for column in columns}
    firsts = {*beside, *(columns[0] for columns in found.values())}
    lacking = [name for name in recogniser.mandatory(found) if name not in found]
    free = {column: text for column, text in _texts(line.cells) if column not in taken}
    near = _nearest(free, [name for name in kinds.columns if name not in found], recogniser)
    headings = [
        Heading(
            letters(column) if grid.sheet is not None else str(column + 1),
            text,
            taken.get(column, ""),
            near.get(column, ""),
            spare=column in taken and column not in firsts,
        )
        for column, text in _texts(line.cells)
    ]
    return Understood(grid.sheet, line.number, headings, lacking)


def _texts(cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    """The headings there are, without the columns that this tool adds to a workbook."""
    for column, cell in enumerate(cells):
        if (text := heading(cell)) and not is_result(cell):
            yield column, text


def _nearest(
    free: Mapping[int, str], names: Sequence[str], recogniser: Recogniser
) -> dict[int, str]:
    """For headings that nobody knows the field that each comes nearest to; no field twice."""
    pairs = [
        (recogniser.likeness(name, text), column, name)
        for column, text in free.items()
        for name in names
    ]
    given: dict[int, str] = {}
    for likeness, column, name in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= _NEAR and column not in given and name not in given.values():
            given[column] = name
    return given


def lines(understood: Understood, kinds: Kinds, say: Say) -> list[str]:
    """The lines of ``columns:`` for a person to confirm, each behind a ``#``; none where all is so.

    A field has one line, whatever headings may be meant: a key that stands twice is refused.
    """
    if not understood.open:
        return []
    meant: dict[str, list[str]] = {name: [] for name in understood.lacking}
    spare = {h.field for h in understood.headings if h.spare}
    for one in understood.headings:
        if one.near or one.field in spare:
            meant.setdefault(one.near or one.field, []).append(one.text)
    return [
        *explained(say(CONFIRM)),
        "# columns:",
        *(_line(name, texts, kinds, say) for name, texts in meant.items()),
    ]


def _line(name: str, texts: list[str], kinds: Kinds, say: Say) -> str:
    """``#   field: heading   # what it is; or: another heading``."""
    first, *others = [scalar(" ".join(text.split())) for text in texts] or [""]
    told = [say(kinds.columns[name].heading), *(f"{say(OR)}: {one}" for one in others)]
    if name == "wages" and any(map(of_gross, texts)):
        told.append(say(NOT_WAGES))
    return f"#   {name}: {first}".rstrip() + f"   # {'; '.join(told)}"


OR = Words("atau", "or")
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
