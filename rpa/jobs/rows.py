"""Rows to records: every cell read, every rule asked, every objection addressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rpa.errors import Severity, Words
from rpa.jobs.cells import Broken, Cell, blank, convert
from rpa.jobs.grid import letters
from rpa.jobs.places import Place, Problems, Unfit
from rpa.run.filing import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from rpa.jobs.columns import Header
    from rpa.jobs.grid import Grid, Line
    from rpa.rules.record import Record

_OTHERS_SHOWN = 3

MERGED = Broken(
    "cell-merged",
    Words(
        "Sel ini digabungkan (merge) dengan sel lain. Nyahgabung dan isi setiap sel.",
        "This cell is merged with another. Unmerge them and fill each cell.",
    ),
)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row before it is read: every field with the place where a person mends it."""

    number: int
    place: Place
    cells: Mapping[str, tuple[Place, Cell]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A row's record, so far as it could be read, for the comparison with the others."""

    raw: RawRow
    person: str | None
    key: tuple[str, ...] | None


class RowReader:
    """Reads raw rows of one kind of record as of one day."""

    def __init__(self, record: type[Record], today: date, problems: Problems) -> None:
        self._record = record
        self._columns = record.columns()
        self._mandatory = {n for n, info in record.model_fields.items() if info.is_required()}
        self._today = today
        self._problems = problems

    def read_all(self, raws: Iterable[RawRow]) -> list[Row[Any]]:
        """All rows that could be read, and every objection to all of them in ``problems``."""
        rows: list[Row[Any]] = []
        seen: list[_Read] = []
        for raw in raws:
            values = self._values(raw)
            seen.append(self._compared(raw, values))
            record = self._record_of(raw, values)
            if record is not None:
                rows.append(Row(raw.number, raw.place.text, record))
        self._note_repeated(seen)
        return rows

    def _values(self, raw: RawRow) -> dict[str, Any]:
        """The cells that could be read; a blank one is absent, and noted where it is mandatory."""
        values: dict[str, Any] = {}
        for name, (place, cell) in raw.cells.items():
            if blank(cell):
                if name in self._mandatory:
                    self._problems.add(place, "missing", self._missing(name))
                continue
            try:
                values[name] = convert(self._columns[name], cell)
            except Unfit as fault:
                self._problems.unfit(fault, place)
        return values

    def _record_of(self, raw: RawRow, values: dict[str, Any]) -> Record | None:
        """The whole record, or None; either way the rules are asked about what was read."""
        record = None
        if values.keys() >= self._mandatory:
            try:
                record = self._record.model_validate(values)
            except ValidationError as fault:
                for error in fault.errors(include_url=False, include_input=False):
                    self._problems.add(_place(raw, str(error["loc"][0])), "value", _VALUE)
        findings = (
            self._record.objections(values, self._today)
            if record is None
            else record.findings(self._today)
        )
        for finding in findings:
            place = _place(raw, finding.field)
            self._problems.add(place, finding.code, finding.words, finding.severity)
        return record

    def _compared(self, raw: RawRow, values: dict[str, Any]) -> _Read:
        # A row with one bad cell is compared as well, so that mending it brings no new surprise:
        # a property that needs the bad cell raises AttributeError and counts as not known.
        partial = self._record.model_construct(**values)
        return _Read(raw, getattr(partial, "person", None), getattr(partial, "key", None))

    def _note_repeated(self, seen: list[_Read]) -> None:
        persons: dict[str, list[_Read]] = {}
        for read in seen:
            if read.person is not None:
                persons.setdefault(read.person, []).append(read)
        for same in persons.values():
            if len(same) > 1:
                self._note_group(same)

    def _note_group(self, same: list[_Read]) -> None:
        by_key: dict[object, list[_Read]] = {}
        for read in same:
            by_key.setdefault(read.key, []).append(read)
        for read in same:
            twins = [] if read.key is None else by_key[read.key]
            self._note_one(read, _others(read, twins), _others(read, same))

    def _note_one(self, read: _Read, twins: list[str], others: list[str]) -> None:
        place = _place(read.raw, self._record.identity)
        if twins:
            self._problems.add(place, "row-twice", _row_twice(", ".join(twins)))
        else:
            self._problems.add(place, "person-twice", _person_twice(", ".join(others)))

    def _missing(self, name: str) -> Words:
        heading = self._columns[name].heading
        return Words(
            f"'{heading.bm}' ({name}) wajib diisi.", f"'{heading.en}' ({name}) must be filled."
        )


def table_rows(grid: Grid, header: Header, problems: Problems) -> Iterator[RawRow]:
    """The lines below the header that hold anything; what no column explains is noted."""
    unnamed: set[int] = set()
    _mark_merged(grid, header)
    for line in grid.lines[header.row :]:
        cells = [c for i, c in enumerate(line.cells) if i not in header.results]
        if all(blank(cell) for cell in cells):
            continue
        unnamed |= _unnamed(grid, header, line, problems)
        if line.number in grid.hidden:
            problems.add(grid.row(line.number), "row-hidden", _HIDDEN, Severity.WARNING)
        yield RawRow(
            line.number,
            grid.row(line.number),
            {
                name: (
                    grid.cell(line.number, column),
                    line.cells[column] if column < len(line.cells) else None,
                )
                for name, column in header.columns.items()
            },
        )
    if unnamed:
        _note_unnamed(grid, header, unnamed, problems)


def _mark_merged(grid: Grid, header: Header) -> None:
    """A merged cell hides whether its value is meant for one row or for all of them."""
    for (top, left), (bottom, right) in grid.merged:
        for line in grid.lines[max(top, header.row) : bottom + 1]:
            row = line.cells
            for column in header.columns.values():
                if left <= column <= right and column < len(row) and isinstance(row, list):
                    row[column] = MERGED


def _unnamed(grid: Grid, header: Header, line: Line, problems: Problems) -> set[int]:
    """The columns without a heading in which this line holds something."""
    found = {
        column
        for column, cell in enumerate(line.cells)
        if column not in header.results
        and not blank(cell)
        and (column >= len(grid.headings) or not grid.headings[column])
    }
    if grid.sheet is None and any(column >= len(grid.headings) for column in found):
        problems.add(grid.row(line.number), "row-long", _LONG)
        return set()
    return found


def _note_unnamed(grid: Grid, header: Header, columns: set[int], problems: Problems) -> None:
    listed = ", ".join(
        str(column + 1) if grid.sheet is None else letters(column) for column in sorted(columns)
    )
    problems.add(
        grid.row(header.row),
        "column-unnamed",
        Words(
            f"Lajur tanpa tajuk ini mengandungi data yang tidak dihantar: {listed}.",
            f"These columns without a heading hold data that is not sent: {listed}.",
        ),
        Severity.WARNING,
    )


def _place(raw: RawRow, name: str) -> Place:
    return raw.cells[name][0] if name in raw.cells else raw.place


def _others(read: _Read, group: list[_Read]) -> list[str]:
    """The addresses of the first few others; a person needs no longer list to find them."""
    first = group[: _OTHERS_SHOWN + 1]
    return [x.raw.place.text for x in first if x is not read][:_OTHERS_SHOWN]


def _row_twice(others: str) -> Words:
    return Words(
        f"Baris ini sama dengan {others} (orang dan tarikh yang sama). Padamkan salah satu.",
        f"This row is the same as {others} (same person and date). Delete one of them.",
    )


def _person_twice(others: str) -> Words:
    return Words(
        f"Orang ini juga ada di {others}. Seorang hanya boleh ada sekali dalam satu kerja.",
        f"This person stands also in {others}. One person may stand only once in a job.",
    )


_VALUE = Words("Nilai ini tidak boleh diterima.", "This value cannot be accepted.")
_HIDDEN = Words(
    "Baris ini tersembunyi dalam Excel tetapi akan dihantar juga. Padamkannya jika tidak mahu.",
    "This row is hidden in Excel but will be sent as well. Delete it if that is not wanted.",
)
_LONG = Words(
    "Baris ini mempunyai lebih banyak sel daripada baris tajuk. Semak pemisah dan tanda petik.",
    "This row has more cells than the header. Check the delimiters and quotes.",
)
