"""Which column holds which field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.jobs.cells import Cell, Shown, blank
from rpa.jobs.grid import letters
from rpa.jobs.kinds import TOLD_BY
from rpa.jobs.places import shown
from rpa.model.filing import RESULT_PREFIX
from rpa.objections import unknown_key
from rpa.rules import nric
from rpa.rules.record import Kind
from rpa.rules.workers import NRIC_BM, NRIC_EN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rpa.jobs.grid import Grid, Line
    from rpa.jobs.kinds import Kinds
    from rpa.jobs.places import Place, Problems, Ways

Matches = dict[str, list[int]]
_ALIKE = 0.75  # of 1, for a heading to be offered
_HOLDS_IT = 0.9
_SAME_WORD = 0.8
_GENERAL = {"tarikh", "tkh", "date", "no", "nombor", "number", "nama", "name", "jenis", "of"}
_OF_OTHERS = re.compile(
    r"waris|kin\b|pasangan|suami|isteri|anak|bapa|ibu|spouse|child|majikan|syarikat|employer|company",
    re.IGNORECASE,
)
"""Whose date or name it is, when it is not the worker's."""
_UNIT = re.compile(
    r"[\s(\[:/-]+(rm|myr|ringgit|ringgit malaysia|wajib|mandatory|required|"
    r"(dd|hh)[/.-](mm|bb)[/.-](yyyy|yy|tttt)|12 digit|12 digits|tanpa sengkang|no dashes|"
    r"l/p|m/f|ya/tidak|yes/no|y/n)[\s)\]*]*$",
    re.IGNORECASE,
)
"""What may stand behind a heading and changes nothing: the unit of the record, or the form."""
_PART_OF_WAGES = re.compile(
    r"pokok|asas|bersih|hari|sejam|potong|basic|net|dail|hour|deduct", re.IGNORECASE
)
_ALL_WAGES = re.compile(
    r"gaji kasar|gross|jumlah (gaji|upah|pendapatan)|total (pay|wage|salar|earning)", re.IGNORECASE
)
_GROSS = re.compile(r"kasar|gross", re.IGNORECASE)
_OF_PASSPORTS = "pas"  # of both languages' words: pasport, passport
_NRIC_HEADINGS = (*NRIC_BM, *NRIC_EN)


@dataclass(frozen=True, slots=True)
class Mapped:
    """The operator's own ``field: heading`` pairs, with their places in the job file."""

    headings: Mapping[str, str]
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Header:
    """The header line: its number, the column of each field, the columns of our own results.

    ``absent`` are fields without a column that a row may need all the same, as its kind asks;
    ``nric`` are those of identity whose heading speaks of NRICs alone, ``passports`` the second
    column of such a field, where one of passports stands beside it.
    """

    row: int
    columns: dict[str, int]
    results: frozenset[int]
    absent: tuple[str, ...] = ()
    nric: frozenset[str] = frozenset()
    passports: Mapping[str, int] = field(default_factory=dict)


class Recogniser:
    """Knows the headings of all kinds of row that a job takes; ``ways`` to say more of them."""

    def __init__(self, kinds: Kinds, mapped: Mapped, ways: Ways) -> None:
        self.ways = ways
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
            name = self._field(heading(cell))
            if name is not None:
                found.setdefault(name, []).append(column)
        return found

    def with_unit(self, text: str) -> bool:
        """Whether a heading is known only without the unit or form behind it: ``Gaji (RM)``."""
        return fold(text) not in self._known and self._field(text) is not None

    def nearest(self, name: str, headings: Iterable[str]) -> str:
        """The heading, of those that nobody knows, that comes nearest to a field's; or none."""
        best = max(((self.likeness(name, text), text) for text in headings), default=(0.0, ""))
        return best[1] if best[0] >= _ALIKE else ""

    def likeness(self, name: str, text: str) -> float:
        """How likely an unknown heading is this field's, from 0 to 1."""
        column = self._fields[name]
        of_others = _OF_OTHERS.search(text) and not _OF_OTHERS.search(column.bm[0])
        if of_others or (column.kind is Kind.MONEY and _PART_OF_WAGES.search(text)):
            return 0.0
        if fold(text) in map(fold, column.offered):
            return 1.0
        if column.kind is Kind.MONEY and _ALL_WAGES.search(text):
            return _HOLDS_IT
        return max(_likeness(_words(text), _words(one)) for one in (*column.bm, *column.en))

    def _field(self, text: str) -> str | None:
        folded = fold(text)
        if not folded:
            return None
        return self._known.get(folded) or self._known.get(fold(_UNIT.sub("", text)))

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

    def of_nric(self, name: str, text: str) -> bool:
        """Whether a field that may hold a passport's number stands under a heading of NRICs."""
        return self._fields[name].kind is Kind.IDENTITY and fold(text) in _NRICS

    def best(self, lines: Sequence[Line]) -> Line | None:
        """The header: the first complete line, else the one that comes nearest.

        A line with somebody's number is a row, whatever words stand in it.
        """
        lines = [line for line in lines if not any(map(names_somebody, line.cells))]
        for line in lines:
            if self.complete(line.cells):
                return line
        nearest = max(lines, key=lambda line: len(self.match(line.cells)), default=None)
        return nearest if nearest and self.match(nearest.cells) else None


def names_somebody(cell: Cell) -> bool:
    """Whether a cell is a person's number and nothing else."""
    if isinstance(cell, Shown):
        return True
    whole = isinstance(cell, float) and cell.is_integer()
    number = (str(int(cell)) if whole else heading(cell)).replace("-", "")  # type: ignore[arg-type]
    firm = number.startswith(("19", "20"))  # SSM's numbers of firms; nobody of that birth works
    return nric.well_formed(number) and not firm and bool(nric.birth_dates(number, date.max))


def _words(text: str) -> list[str]:
    """A heading's words, without what does not count."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def _likeness(one: list[str], known: list[str]) -> float:
    """How alike two headings are, word by word: letters alone make *Lapor* a *Lahir*.

    One that holds all words of the other is; so is not what has only a word such as *Tarikh* of it.
    """
    if set(known) <= set(one):
        return _HOLDS_IT
    pairs = [(_best(word, known), word) for word in one] + [(_best(w, one), w) for w in known]
    if not any(alike and word not in _GENERAL for alike, word in pairs):
        return 0.0
    return sum(alike * len(word) for alike, word in pairs) / sum(len(word) for _, word in pairs)


def _best(word: str, others: list[str]) -> float:
    """How alike the nearest of them is, where it is the same word but for a slip."""
    best = max((SequenceMatcher(None, word, other).ratio() for other in others), default=0.0)
    return best if best >= _SAME_WORD else 0.0


def heading(cell: Cell) -> str:
    """A heading as text; a heading may be a number or a date."""
    return cell.strip() if isinstance(cell, str) else "" if blank(cell) else str(cell)


def fold(text: str) -> str:
    """A heading without what does not count: case, blanks, punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


_NRICS = frozenset(fold(heading) for heading in _NRIC_HEADINGS)


def is_result(cell: Cell) -> bool:
    """Whether a heading is one of the columns that this tool adds to a workbook."""
    return isinstance(cell, str) and cell.strip().startswith(RESULT_PREFIX)


def find_header(
    grid: Grid, recogniser: Recogniser, mapped: Mapped, within: int, problems: Problems
) -> Header | None:
    """The header within the first ``within`` lines; notes all that is wrong with it."""
    line = recogniser.best([x for x in grid.lines if x.number <= within])
    if line is None:
        problems.add(grid.place(), "header-missing", _no_header(within, recogniser.ways))
        return None
    grid.headings[:] = [heading(cell) for cell in line.cells]
    found = recogniser.match(line.cells)
    beside = passports(grid, recogniser, found)
    columns = {name: columns[0] for name, columns in found.items()}
    results = frozenset(i for i, cell in enumerate(line.cells) if is_result(cell))
    _note_mapped(grid, recogniser, mapped, found, problems)
    _note_twice(grid, line, found, problems, recogniser.ways)
    _note_read(grid, line.number, recogniser, columns, problems)
    unknown = {c for columns in found.values() for c in columns} | {*beside.values()} | results
    unknown |= _note_missing(grid, line.number, recogniser, found, problems)
    _note_unknown(grid, line, unknown, problems)
    _note_gross(grid, line.number, columns, unknown, problems)
    nric = frozenset(
        name for name in columns if recogniser.of_nric(name, grid.headings[columns[name]])
    )
    return Header(line.number, columns, results, recogniser.absent(found), nric, beside)


def passports(grid: Grid, recogniser: Recogniser, found: Matches) -> dict[str, int]:
    """The fields that may be either number, with a column of NRICs and one of passports.

    ``found`` keeps the column of NRICs alone.
    """
    beside = {}
    for name, columns in found.items():
        of_nric = [c for c in columns if recogniser.of_nric(name, grid.headings[c])]
        others = [c for c in columns if c not in of_nric]
        if len(of_nric) == len(others) == 1 and _OF_PASSPORTS in fold(grid.headings[others[0]]):
            beside[name], found[name] = others[0], of_nric
    return beside


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


def _note_twice(grid: Grid, line: Line, found: Matches, problems: Problems, ways: Ways) -> None:
    for name, (first, *more) in found.items():
        for column in more:
            a, b = (shown(grid.headings[c]) for c in (first, column))
            problems.add(
                grid.cell(line.number, column),
                "column-twice",
                Words(
                    f"Lajur '{a}' dan '{b}' kedua-duanya bermaksud '{name}'. Tinggalkan satu, atau "
                    f"tentukan yang mana: {ways.column(name, a).bm}",
                    f"The columns '{a}' and '{b}' both mean '{name}'. Keep one, or say which: "
                    f"{ways.column(name, a).en}",
                ),
            )


def _note_read(
    grid: Grid, row: int, recogniser: Recogniser, columns: dict[str, int], problems: Problems
) -> None:
    """What is taken and a person may not expect: a heading with its unit, a hidden column."""
    for name, column in columns.items():
        text, shown_as = shown(grid.headings[column]), recogniser.shown(name)
        if recogniser.with_unit(grid.headings[column]):
            words = Words(
                f"'{text}' dibaca sebagai '{shown_as.bm}' ({name}).",
                f"'{text}' is read as '{shown_as.en}' ({name}).",
            )
            problems.add(grid.cell(row, column), "column-unit", words, Severity.WARNING)
        if column in grid.hidden_columns:
            words = Words(
                f"Lajur '{text}' tersembunyi dalam Excel tetapi dibaca juga. Tunjukkannya "
                "(Unhide) dan semak, atau padamkan.",
                f"The column '{text}' is hidden in Excel but is read as well. Unhide it and look, "
                "or delete it.",
            )
            problems.add(grid.cell(row, column), "column-hidden", words, Severity.WARNING)


def _note_missing(
    grid: Grid, row: int, recogniser: Recogniser, found: Matches, problems: Problems
) -> set[int]:
    """The mandatory fields without a column; gives the columns that were offered for them."""
    taken = {column for columns in found.values() for column in columns}
    free = {text: i for i, text in enumerate(grid.headings) if text and i not in taken}
    offered = set()
    for name in recogniser.mandatory(found):
        if name in found or name in recogniser.mapped:
            continue
        shown_as, near = recogniser.shown(name), recogniser.nearest(name, free)
        bm = f"Lajur wajib '{shown_as.bm}' ({name}) tiada dalam baris tajuk ini."
        en = f"The mandatory column '{shown_as.en}' ({name}) is missing from this header."
        if near:
            offered.add(free.pop(near))
            say = recogniser.ways.column(name, shown(near))
            bm += f" Jika '{shown(near)}' yang dimaksudkan, {say.bm}"
            en += f" If '{shown(near)}' is meant, {say.en}"
        problems.add(grid.row(row), "column-missing", Words(bm, en))
    return offered


def of_gross(text: str) -> bool:
    """Whether a heading is one of gross pay, which may hold more than wages."""
    return _GROSS.search(text) is not None


NOT_WAGES = Words(
    "Gaji kasar: bonus tahunan, tuntutan perjalanan, ganjaran bukan upah. Pastikan tidak termasuk.",
    "Gross pay: an annual bonus, travel claims, gratuity are no wages. Make sure it has none.",
)


def _note_gross(
    grid: Grid, row: int, columns: dict[str, int], known: set[int], problems: Problems
) -> None:
    """A column of all wages beside the one that is read: contributions are due on all of them."""
    others = [
        i for i, text in enumerate(grid.headings) if i not in known and _ALL_WAGES.search(text)
    ]
    if "wages" in columns and of_gross(grid.headings[columns["wages"]]):
        place = grid.cell(row, columns["wages"])
        problems.add(place, "wages-of-gross", NOT_WAGES, Severity.WARNING)
    if "wages" in columns and others:
        text, read = shown(grid.headings[others[0]]), shown(grid.headings[columns["wages"]])
        words = Words(
            f"Gaji dibaca daripada '{read}', sedangkan ada juga '{text}'. Caruman dikira daripada "
            "semua upah bulan itu: pastikan lajur yang dibaca bukan gaji pokok sahaja.",
            f"The wages are read from '{read}', but there is '{text}' as well. Contributions are "
            "due on all wages of the month: make sure that the column read is not basic pay only.",
        )
        problems.add(grid.cell(row, others[0]), "wages-gross", words, Severity.WARNING)


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


def _no_header(within: int, ways: Ways) -> Words:
    return Words(
        f"Tiada baris tajuk yang dikenali dalam {within} baris pertama. Letakkan tajuk lebih ke "
        f"atas, atau namakan lajur dengan {ways.columns.bm}.",
        f"No header is recognised in the first {within} rows. Put the headings further up, or name "
        f"the columns with {ways.columns.en}.",
    )
