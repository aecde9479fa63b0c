"""Rows to records: every cell read, every rule asked, every objection addressed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rpa.errors import Severity, Words
from rpa.jobs.cells import SAID, Broken, Cell, Listed, blank, convert
from rpa.jobs.grid import letters
from rpa.jobs.kinds import TOLD_BY
from rpa.jobs.places import Place, Problems, Unfit
from rpa.reading import reading
from rpa.rules import example
from rpa.run.filing import Document, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from rpa.jobs.columns import Header
    from rpa.jobs.documents import Papers
    from rpa.jobs.grid import Grid, Line
    from rpa.jobs.kinds import Kinds, RowKind
    from rpa.rules.record import Column, Record

_OTHERS_SHOWN = 3

OWN_PAPER = "document"  # a row's paper of any kind; its type stands in another column
OWN_PAPER_TYPE = "document_type"

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
    cells: Mapping[str, tuple[Place, Cell | Listed]]

    @property
    def told(self) -> Cell:
        """What tells the row's kind."""
        cell = self.cells[TOLD_BY][1] if TOLD_BY in self.cells else None
        return None if isinstance(cell, Listed) else cell

    @property
    def is_example(self) -> bool:
        """Whether it is the example of a new table, which nobody has replaced."""
        marks = (self.cells[name][1] for name in ("identification", "name") if name in self.cells)
        return any(map(example.is_example, marks))


@dataclass(frozen=True, slots=True)
class _Read:
    """A row's record, so far as it could be read, for the comparison with the others."""

    raw: RawRow
    identity: str
    person: str | None
    key: tuple[str, ...] | None


class RowReader:
    """Reads the rows of one job as of one day, the head's among them.

    ``raws`` are the rows whose records could be made, by their numbers: where their cells stand.
    """

    def __init__(self, today: date, problems: Problems, papers: Papers) -> None:
        self._today = today
        self._problems = problems
        self._papers = papers
        self._seen: list[_Read] = []
        self.raws: dict[int, RawRow] = {}

    def read_all(self, kinds: Kinds, raws: Iterable[RawRow]) -> list[Row[Any]]:
        """All rows that could be read, and every objection to all of them in the problems."""
        rows: list[Row[Any]] = []
        for raw in raws:
            if raw.is_example:
                self._problems.add(raw.place, "example-row", example.WORDS)
                continue
            kind = kinds.of(raw.told)
            values, unread = self._values(kinds, kind, raw)
            documents = self._documents(kind, raw, values)
            self._seen.append(_compared(kind, raw, values))
            record = self._record_of(kind, raw, values, unread)
            if record is not None:
                self.raws[raw.number] = raw
                places = {name: place.text for name, (place, _) in raw.cells.items()}
                rows.append(Row(raw.number, raw.place.text, record, documents, places))
        return rows

    def place(self, row: Row[Any], field: str) -> Place:
        """Where a field of a row that was read stands."""
        return _place(self.raws[row.number], field)

    def _values(
        self, kinds: Kinds, kind: RowKind, raw: RawRow
    ) -> tuple[dict[str, Any], frozenset[str]]:
        """The cells that could be read, and the names of those that hold something else.

        A blank one is in neither, and noted where it is mandatory.
        """
        values: dict[str, Any] = {}
        unread = set()
        for name, (place, cell) in raw.cells.items():
            column = kind.columns.get(name)
            if blank(cell):
                if name in kind.mandatory:
                    self._problems.add(place, "missing", _missing(name, kinds.columns[name]))
            elif column is None:
                if kind.makes is not None:
                    self._problems.add(place, "field-kind", kinds.only_for(name))
            elif (value := self._value(column, place, cell)) is None:
                unread.add(name)
            else:
                values[name] = value
        return values, frozenset(unread)

    def _value(self, column: Column, place: Place, cell: Cell | Listed) -> Any:
        """The typed value; None, and noted unless it is said already, where it cannot be read."""
        if isinstance(cell, Listed):
            parts = [self._value(column, *item) for item in cell.items]
            return None if None in parts else tuple(x for part in parts for x in part)
        if cell is SAID:
            return None
        try:
            with reading(lambda _: Unfit("value", _VALUE), leave=(Unfit,)):
                return convert(column, cell)
        except Unfit as fault:
            self._problems.unfit(fault, place)
            return None

    def _documents(
        self, kind: RowKind, raw: RawRow, values: dict[str, Any]
    ) -> tuple[Document, ...]:
        """The papers that the row names. In ``values`` stays a paper's name without its folder."""
        documents = []
        for name in [field for field in kind.files if field in values]:
            file = Path(values[name])
            values[name] = file.name
            path = self._papers.take(file, raw.cells[name][0])
            if path is not None:
                kind_of_paper = kind.columns[name].document_type
                if name == OWN_PAPER:
                    kind_of_paper = values.get(OWN_PAPER_TYPE, "")
                documents.append(Document(kind_of_paper, path, field=name))
        return tuple(documents)

    def _record_of(
        self, kind: RowKind, raw: RawRow, values: dict[str, Any], unread: frozenset[str]
    ) -> Record | None:
        """The whole record, or None; either way the rules are asked about what was read."""
        record = None
        if kind.makes is not None and values.keys() >= kind.mandatory:
            try:
                record = kind.makes.model_validate(values)
            except ValidationError as fault:
                for error in fault.errors(include_url=False, include_input=False):
                    place = _place(raw, str(next(iter(error["loc"]), "")))
                    self._problems.add(place, "value", _VALUE)
        findings = (
            kind.record.objections(values, self._today)
            if record is None
            else record.findings(self._today)
        )
        for finding in findings:
            if unread.isdisjoint(finding.needs):
                place = _place(raw, finding.field)
                self._problems.add(place, finding.code, finding.words, finding.severity)
        return record

    def note_repeated(self) -> None:
        """Notes rows that are the same matter, and persons who stand in several."""
        persons: dict[str, list[_Read]] = {}
        for read in self._seen:
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
        place = _place(read.raw, read.identity)
        if twins:
            self._problems.add(place, "row-twice", _row_twice(", ".join(twins)))
        else:
            self._problems.add(place, "person-twice", _person_twice(", ".join(others)))


def _compared(kind: RowKind, raw: RawRow, values: dict[str, Any]) -> _Read:
    # A row with one bad cell is compared as well, so that mending it brings no new surprise:
    # a property that needs the bad cell raises AttributeError and counts as not known.
    partial = kind.record.model_construct(**values)
    person, key = getattr(partial, "person", None), getattr(partial, "key", None)
    return _Read(raw, kind.record.identity, person, key)


def table_rows(grid: Grid, header: Header, problems: Problems) -> Iterator[RawRow]:
    """The lines below the header that hold anything; what no column explains is noted."""
    unnamed: set[int] = set()
    _mark_merged(grid, header)
    for line in grid.lines[header.row :]:
        cells = [c for i, c in enumerate(line.cells) if i not in header.results]
        if all(blank(cell) for cell in cells):
            continue
        unnamed |= _unnamed(grid, header, line, problems)
        place = grid.row(line.number)
        if line.number in grid.hidden:
            problems.add(place, "row-hidden", _HIDDEN, Severity.WARNING)
        yield RawRow(line.number, place, _cells(grid, header, line, place))
    if unnamed:
        _note_unnamed(grid, header, unnamed, problems)


def _cells(
    grid: Grid, header: Header, line: Line, place: Place
) -> dict[str, tuple[Place, Cell | Listed]]:
    cells: dict[str, tuple[Place, Cell | Listed]] = {
        name: (
            grid.cell(line.number, column),
            line.cells[column] if column < len(line.cells) else None,
        )
        for name, column in header.columns.items()
    }
    for name in header.absent:
        cells[name] = (place, None)
    return cells


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


def _missing(name: str, column: Column) -> Words:
    heading = column.heading
    return Words(
        f"'{heading.bm}' ({name}) wajib diisi.", f"'{heading.en}' ({name}) must be filled."
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
