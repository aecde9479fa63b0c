"""Rows to records: every cell read, every rule asked, every objection addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rpa.errors import Severity, Words
from rpa.jobs.aside import Workers
from rpa.jobs.cells import NUMBERS, SAID, Broken, Cell, Listed, Shown, blank, convert
from rpa.jobs.grid import letters
from rpa.jobs.kinds import TOLD_BY
from rpa.jobs.places import KEYS, Place, Problems, Unfit, Ways
from rpa.model.filing import Document, Row
from rpa.reading import reading
from rpa.rules import example, identities, money
from rpa.rules.payee import Payee
from rpa.rules.record import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rpa.jobs.columns import Header
    from rpa.jobs.documents import Papers
    from rpa.jobs.grid import Grid, Line
    from rpa.jobs.kinds import Kinds, RowKind
    from rpa.rules.record import Column, Finding, Record

_OTHERS_SHOWN = 3
_AMOUNTS_SHOWN = 4
_MONTHS = 12
_DAY_FIRST = re.compile(r"([0-9]{2})/([0-9]{2})/[0-9]{4}")
_FEW_DIGITS = re.compile(r"[0-9]{9,11}")
_NRIC = re.compile(r"(?<![0-9])([0-9]{12}|[0-9]{6}-[0-9]{2}-[0-9]{4})(?![0-9])")

OWN_PAPER = "document"  # a row's paper of any kind; its type stands in another column
OWN_PAPER_TYPE = "document_type"

MERGED = Broken(
    "cell-merged",
    Words(
        "Sel ini digabungkan (merge) dengan sel lain. Nyahgabung dan isi setiap sel.",
        "This cell is merged with another. Unmerge them and fill each cell.",
    ),
)


BOTH = Broken(
    "identity-both",
    Words(
        "No. KP dan No. pasport kedua-duanya diisi. Tinggalkan yang dikenali oleh portal sahaja.",
        "The NRIC and the passport number are both filled. Leave the one that the portal knows.",
    ),
)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row before it is read: every field with the place where a person mends it."""

    number: int
    place: Place
    cells: Mapping[str, tuple[Place, Cell | Listed]]
    line: tuple[Cell, ...] = ()  # all of it, also what no field is read from

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
    pay: bool = False


class RowReader:
    """Reads the rows of one job as of one day, the head's among them.

    ``raws`` are the rows whose records could be made, by their numbers: where their cells stand.
    ``add``: a worker's wages in several rows are added up.
    """

    def __init__(self, today: date, problems: Problems, papers: Papers) -> None:
        self._today = today
        self._problems = problems
        self._papers = papers
        self._seen: list[_Read] = []
        self.add = False
        self.ways = KEYS
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
            elif (value := self._value(column, place, cell)) is not None:
                values[name] = value
            elif not column.compared:
                unread.add(name)
        return values, frozenset(unread)

    def _value(self, column: Column, place: Place, cell: Cell | Listed) -> Any:
        """The typed value; None, and noted unless it is said already, where it cannot be read."""
        if isinstance(cell, Listed):
            parts = [self._value(column, *item) for item in cell.items]
            return None if None in parts else tuple(x for part in parts for x in part)
        if cell is SAID:
            return None
        if isinstance(cell, Shown) and column.kind in NUMBERS and cell.digits.startswith("0"):
            self._problems.add(place, "nric-shown", _AS_SHOWN, Severity.WARNING)
        try:
            with reading(lambda _: Unfit("value", _VALUE), leave=(Unfit,)):
                return convert(column, cell)
        except Unfit as fault:
            if column.compared:  # nothing of it is sent, so that it stops nothing
                self._problems.add(place, "not-compared", _NOT_COMPARED, Severity.WARNING)
            else:
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
                self._note(raw, finding)
        return record

    def object(self, row: Row[Any], finding: Finding) -> None:
        """Note what is found of a row that was read, at its cell."""
        self._note(self.raws[row.number], finding)

    def _note(self, raw: RawRow, finding: Finding) -> None:
        """At the cell; where the table has no such column, that is told as well."""
        words, place = finding.words, _place(raw, finding.field)
        if raw.line and finding.field and finding.field not in raw.cells:
            words = Words(f"{words.bm} {_NO_COLUMN.bm}", f"{words.en} {_NO_COLUMN.en}")
        self._problems.add(place, finding.code, words, finding.severity)

    def repeated(self, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
        """Notes rows that are the same matter, and persons who stand in several.

        Gives the rows; with ``add`` those of one worker's wages as one.
        """
        persons: dict[str, list[_Read]] = {}
        for read in self._seen:
            if read.person is not None:
                persons.setdefault(read.person, []).append(read)
        kept = {row.number: row for row in rows}
        for same in persons.values():
            if len(same) > 1 and not self._wages(same, kept):
                self._note_group(same)
        return list(kept.values())

    def _wages(self, same: list[_Read], kept: dict[int, Row[Any]]) -> bool:
        """Whether these are the wages of one worker in several rows, which belong together."""
        found = [kept[read.raw.number] for read in same if read.raw.number in kept]
        if len(found) < len(same) or not all(isinstance(row.record, Payee) for row in found):
            return False
        whole = found[0].record.with_wages_of([row.record for row in found[1:]])
        amounts = " + ".join(money.shown(row.record.wages) for row in found[:_AMOUNTS_SHOWN])
        amounts += " + …" if len(found) > _AMOUNTS_SHOWN else ""
        if whole is not None and self.add and not _copied([read.raw for read in same]):
            words = _added_up(_others(same[0], same), amounts, money.shown(whole.wages))
            place = _place(same[0].raw, same[0].identity)
            self._problems.add(place, "wages-added", words, Severity.WARNING)
            also = tuple(kept.pop(row.number).number for row in found[1:])
            kept[found[0].number] = replace(found[0], record=whole, also=also)
            return True
        for read in same:
            place, others = _place(read.raw, read.identity), _others(read, same)
            if whole is None:
                self._problems.add(place, "worker-twice", _other_person(others))
            elif self.add:
                self._problems.add(place, "wages-twice", _pasted(others))
            else:
                self._problems.add(place, "wages-twice", _wages_twice(others, amounts, self.ways))
        return True

    def _note_group(self, same: list[_Read]) -> None:
        by_key: dict[object, list[_Read]] = {}
        for read in same:
            by_key.setdefault(read.key, []).append(read)
        for read in same:
            twins = [] if read.key is None else by_key[read.key]
            self._note_one(read, _others(read, twins), _others(read, same))

    def _note_one(self, read: _Read, twins: list[str], others: list[str]) -> None:
        place = _place(read.raw, read.identity)
        if twins and read.pay:
            self._problems.add(place, "row-twice", _pay_twice(", ".join(twins)))
        elif twins:
            self._problems.add(place, "row-twice", _row_twice(", ".join(twins)))
        else:
            self._problems.add(place, "person-twice", _person_twice(", ".join(others)))


def _compared(kind: RowKind, raw: RawRow, values: dict[str, Any]) -> _Read:
    # A row with one bad cell is compared as well, so that mending it brings no new surprise:
    # a property that needs the bad cell raises AttributeError and counts as not known.
    partial = kind.record.model_construct(**values)
    person, key = getattr(partial, "person", None), getattr(partial, "key", None)
    return _Read(raw, kind.record.identity, person, key, issubclass(kind.record, Payee))


def table_rows(grid: Grid, header: Header, kinds: Kinds, problems: Problems) -> Iterator[RawRow]:
    """The lines below the header that hold a worker; what no column explains is noted.

    A total, a footer, formulas kept for later are left out, and told.
    """
    unnamed: set[int] = set()
    lines = Workers(grid, header, kinds, problems).lines()
    _mark_merged(grid, header)
    _note_dates(grid, header, kinds, lines, problems)
    for line in lines:
        unnamed |= _unnamed(grid, header, line, problems)
        _note_torn(grid, header, kinds, line, problems)
        place = grid.row(line.number)
        if line.number in grid.hidden:
            problems.add(place, "row-hidden", _HIDDEN, Severity.WARNING)
        whole = tuple(cell for i, cell in enumerate(line.cells) if i not in header.results)
        yield RawRow(line.number, place, _cells(grid, header, line, place), whole)
    if unnamed:
        _note_unnamed(grid, header, unnamed, problems)


def _note_dates(
    grid: Grid, header: Header, kinds: Kinds, lines: list[Line], problems: Problems
) -> None:
    """A column with real dates, all of a day up to 12, and texts whose day is beyond it.

    So it looks where an Excel that reads month/day/year has made dates of some texts, with day and
    month exchanged, and left the others.
    """
    for name, column in header.columns.items():
        if kinds.columns[name].kind is not Kind.DATE:
            continue
        cells = {x.number: x.cells[column] for x in lines if column < len(x.cells)}
        real = {n: c for n, c in cells.items() if isinstance(c, date)}
        texts = [n for n, c in cells.items() if isinstance(c, str) and _beyond_twelve(c)]
        early = [n for n, day in real.items() if day.day <= _MONTHS]
        if texts and len(early) > len(real) - len(early):
            for number in early:
                place = grid.cell(number, column)
                problems.add(place, "date-exchanged", _EXCHANGED, Severity.WARNING)


def _beyond_twelve(text: str) -> bool:
    match = _DAY_FIRST.match(text.strip())
    return match is not None and int(match[1]) > _MONTHS


def _cells(
    grid: Grid, header: Header, line: Line, place: Place
) -> dict[str, tuple[Place, Cell | Listed]]:
    cells: dict[str, tuple[Place, Cell | Listed]] = {}
    for name, first in header.columns.items():
        column, cell = first, line.cells[first] if first < len(line.cells) else None
        if name in header.passports:
            column, cell = _either(line, first, header.passports[name])
        of_nric = name in header.nric and column == first
        if of_nric and isinstance(cell, str) and _FEW_DIGITS.fullmatch(cell.strip(" ")):
            cell = Broken("nric-zeros", identities.zeros(len(cell.strip(" "))))
        cells[name] = (grid.cell(line.number, column), cell)
    for name in header.absent:
        cells[name] = (place, None)
    return cells


def _either(line: Line, nric: int, passport: int) -> tuple[int, Cell]:
    """The column that is filled, and its cell; where both are, neither is the person's for sure."""
    here, there = (line.cells[c] if c < len(line.cells) else None for c in (nric, passport))
    if blank(there):
        return nric, here
    return (passport, there) if blank(here) else (passport, BOTH)


def _mark_merged(grid: Grid, header: Header) -> None:
    """A merged cell hides whether its value is meant for one row or for all of them."""
    for (top, left), (bottom, right) in grid.merged:
        for line in grid.lines[max(top, header.row) : bottom + 1]:
            row = line.cells
            for column in (*header.columns.values(), *header.passports.values()):
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


def _note_torn(grid: Grid, header: Header, kinds: Kinds, line: Line, problems: Problems) -> None:
    """What a .csv's own signs have torn or glued: an amount at its comma, rows inside quotes."""
    if grid.sheet is not None:
        return
    cells = [cell if isinstance(cell, str) else "" for cell in line.cells]
    for name, column in header.columns.items():
        amount, behind = (*cells[column : column + 2], "", "")[:2]
        room = len(cells) > len(grid.headings) or "" in grid.headings[column + 1 : column + 2]
        money_kind = kinds.columns[name].kind is Kind.MONEY and grid.delimiter == ","
        if money_kind and room and _torn(amount.strip(), behind.strip()):
            problems.add(grid.cell(line.number, column), "money-torn", _TORN)
    mapped = set(header.columns.values())
    for column, cell in enumerate(cells):
        if column not in mapped and "\n" in cell and _holds_rows(cell, grid, header):
            problems.add(grid.cell(line.number, column), "rows-glued", _GLUED)


def _holds_rows(cell: str, grid: Grid, header: Header) -> bool:
    parts = len(header.columns) - 1
    lines = cell.splitlines()
    signs = parts and any(one.count(grid.delimiter or ",") >= parts for one in lines)
    return bool(signs) or _NRIC.search(cell) is not None


def _torn(amount: str, behind: str) -> bool:
    """Whether two cells are one amount: ``3`` and ``500.00``, of which no wages begin."""
    with_sen = re.fullmatch(r"[0-9]{1,3}", amount) and re.fullmatch(r"[0-9]{3}\.[0-9]{2}", behind)
    without = re.fullmatch(r"[0-9]{1,2}", amount) and re.fullmatch(r"[0-9]{3}", behind)
    return bool(with_sen or without)


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


def _copied(raws: list[RawRow]) -> bool:
    """Whether two of these rows are alike in every cell: the same one, pasted twice."""
    return any(one.line == other.line for i, one in enumerate(raws) for other in raws[:i])


def _row_twice(others: str) -> Words:
    return Words(
        f"Baris ini sama dengan {others} (orang dan perkara yang sama). Padamkan salah satu.",
        f"This row is the same as {others} (same person and matter). Delete one of them.",
    )


def _pay_twice(others: str) -> Words:
    return Words(
        f"Pekerja ini juga ada di {others}. Jika kedua-duanya gaji bulan ini, jumlahkannya dalam "
        "satu baris; jangan padam sebelum menyemak.",
        f"This worker stands also in {others}. If both are wages of this month, add them into one "
        "row; delete neither before you have looked.",
    )


def _wages_twice(others: list[str], amounts: str, ways: Ways) -> Words:
    stand = ", ".join(others)
    return Words(
        f"Pekerja ini juga ada di {stand}: gaji RM {amounts}. Gaji sebulan mesti dalam satu "
        f"baris. Jika semuanya gaji bulan ini, jumlahkan dalam jadual, atau {ways.add.bm}. Jika "
        "satu tersalin dua kali, padamkan yang itu.",
        f"This worker stands also in {stand}: wages RM {amounts}. A month's wages must be in one "
        f"row. If all are wages of this month, add them up in the table, or {ways.add.en}. If one "
        "was copied twice, delete that one.",
    )


def _added_up(others: list[str], amounts: str, whole: str) -> Words:
    stand = ", ".join(others)
    return Words(
        f"Dijumlahkan dengan {stand}: RM {amounts} = RM {whole}.",
        f"Added up with {stand}: RM {amounts} = RM {whole}.",
    )


def _pasted(others: list[str]) -> Words:
    stand = ", ".join(others)
    return Words(
        f"Baris ini sama dengan {stand} dalam setiap sel, jadi ia tidak dijumlahkan. Jika tersalin "
        "dua kali, padamkan satu; jika dua bayaran, jumlahkan sendiri dalam satu baris.",
        f"This row is the same as {stand} in every cell, so that it is not added up. If it was "
        "copied twice, delete one; if they are two payments, add them up in one row yourself.",
    )


def _other_person(others: list[str]) -> Words:
    stand = ", ".join(others)
    return Words(
        f"Nombor ini juga ada di {stand} dengan nama atau butiran lain. Semak nombor siapa.",
        f"This number stands also in {stand} with another name or other details. See whose it is.",
    )


def _person_twice(others: str) -> Words:
    return Words(
        f"Orang ini juga ada di {others}. Seorang hanya boleh ada sekali dalam satu kerja.",
        f"This person stands also in {others}. One person may stand only once in a job.",
    )


_NO_COLUMN = Words(
    "Jadual ini tiada lajur itu: tambahkannya jika perlu.",
    "The table has no such column: add it where it is needed.",
)
_NOT_COMPARED = Words(
    "Nilai ini tidak dikenali, jadi tidak dibandingkan; ia tidak dihantar ke mana-mana.",
    "This value is not known, so that it is not compared; it is sent nowhere.",
)
_AS_SHOWN = Words(
    "Dibaca seperti ditunjukkan oleh format sel, dengan sifar di hadapan.",
    "Read as the cell's format shows it, with the zeros in front.",
)
_EXCHANGED = Words(
    "Lajur ini bercampur: tarikh Excel yang semuanya pada hari 1 hingga 12, dan teks pada hari "
    "selepas 12. Excel negara lain mungkin menukar hari dengan bulan: semak tarikh ini.",
    "This column mixes Excel dates, all on days 1 to 12, with texts on later days. An Excel of "
    "another country may have exchanged day and month: check this date.",
)
_VALUE = Words("Nilai ini tidak boleh diterima.", "This value cannot be accepted.")
_HIDDEN = Words(
    "Baris ini tersembunyi dalam Excel tetapi akan dihantar juga. Padamkannya jika tidak mahu.",
    "This row is hidden in Excel but will be sent as well. Delete it if that is not wanted.",
)
_TORN = Words(
    "Jumlah ini kelihatan terbelah pada komanya (3,500.00 menjadi 3 dan 500.00). Letakkannya dalam "
    "tanda petik, atau buang koma ribuan.",
    "This amount looks torn at its comma (3,500.00 became 3 and 500.00). Put it in quotes, or "
    "leave out the comma of thousands.",
)
_GLUED = Words(
    "Sel ini mengandungi baris-baris lain: ada tanda petik yang tidak ditutup. Baris di dalamnya "
    "tidak akan dibaca; betulkan tanda petik itu.",
    "This cell holds further rows: a quote was not closed. The rows inside it would not be read; "
    "mend the quote.",
)
_LONG = Words(
    "Baris ini mempunyai lebih banyak sel daripada baris tajuk. Semak pemisah dan tanda petik.",
    "This row has more cells than the header. Check the delimiters and quotes.",
)
