"""Rows of a table that are no worker: totals, footers, headings of a department or a page.

What is certainly none is left out and told; whatever may be a worker is read as one, and a row
with a single text is objected to in one sentence. A total that is not the sum of the rows that
were read is an error: something of the table was not read as its office means it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rpa.errors import Severity, Words
from rpa.jobs.cells import Cell, Shown, blank, convert
from rpa.jobs.columns import names_somebody
from rpa.jobs.places import Unfit
from rpa.rules import money
from rpa.rules.record import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rpa.jobs.columns import Header
    from rpa.jobs.grid import Grid, Line
    from rpa.jobs.kinds import Kinds
    from rpa.jobs.places import Problems

_TOTAL: Final = re.compile(
    r"((sub|grand|nett?|page|overall)?[\s-]*(total|totals|jumlah|keseluruhan|合计|总计|小计)"
    r"([\s:;.,(/-]|$).*)|(.*[\s-](total|jumlah))",
    re.IGNORECASE | re.DOTALL,
)
_NAMED: Final = re.compile(r"\b(bin|binti|bt|anak)\b|\b[as]/[lpo]\b|[ad]/[pl]\b|@", re.IGNORECASE)
_SIGNED: Final = re.compile(
    r"(disediakan|disemak|disahkan|diluluskan|dicetak|prepared|checked|verified|approved|printed|"
    r"generated|tandatangan|signature|muka surat|page)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE: Final = re.compile(r"(nota|notes?|catatan|remarks?)\b.*", re.IGNORECASE | re.DOTALL)
_PART: Final = re.compile(
    r"(jabatan|bahagian|cawangan|department|dept|branch|division)\b.*", re.IGNORECASE | re.DOTALL
)
_UNDER_HEADING: Final = re.compile(
    r"\(\d{1,2}\)|\(?(rm|myr)\)?|\(?(dd|hh)/(mm|bb)/(yyyy|tttt)\)?", re.IGNORECASE
)
_NUMBERED: Final = re.compile(r"(?<![A-Za-z0-9])[0-9]{9,}|[0-9]{6}-[0-9]{2}-[0-9]{4}")
_SHORT_NUMBER: Final = re.compile(r"[0-9]{1,6}[.)]?")
_DATE: Final = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}")
_FEWEST: Final = 2  # mandatory fields, so that one filled cell alone cannot be a row
_WORD: Final = 3  # letters; fewer are a choice's letter or a sign
_PERSONAL: Final = frozenset({Kind.TEXT, Kind.NRIC, Kind.IDENTITY})
_NUMBERS: Final = frozenset({Kind.NRIC, Kind.IDENTITY})
_NUMBER: Final = 5  # digits of a passport's number, and more than a date's parts
_SOMETHING_ELSE: Final = re.compile(
    r"pekerja|orang|staff|employee|headcount|socso|perkeso|sip|eis|caruman|potongan|bersih|deduct|"
    r"\bnett?\b|kwsp|epf",
    re.IGNORECASE,
)
_ROUNDED: Final = 100  # sen


class Aside(StrEnum):
    """Why a row is no worker."""

    TOTAL = "row-total"
    FOOTER = "row-footer"
    HEADING = "row-heading"
    TABLE = "row-table"  # the heading of another table
    FORMULA = "rows-formula"
    NOTHING = ""  # numbered in advance
    LONE = "row-lone"  # it may be a worker whose other cells are missing


class Workers:
    """The lines below a header that are workers; every other one is told, and why."""

    def __init__(self, grid: Grid, header: Header, kinds: Kinds, problems: Problems) -> None:
        self._grid, self._header, self._kinds, self._problems = grid, header, kinds, problems
        self._fields = {column: name for name, column in header.columns.items()}
        self._sums = _Sums(grid, header, kinds, problems)

    def lines(self) -> list[Line]:
        """Those to be read, in the table's order."""
        self._note_above()
        below = [(line, self._filled(line)) for line in self._grid.lines[self._header.row :]]
        rows = [(line, cells) for line, cells in below if cells]
        end = self._signed_off([cells for _, cells in rows])
        found, ready = [], []
        for i, (line, cells) in enumerate(rows[:end]):
            kind = self._aside(line, cells, last=i == end - 1)
            if kind is None:
                found.append(line)
                self._sums.add(line)
            elif kind is Aside.FORMULA:
                ready.append(line.number)
            elif kind is not Aside.NOTHING:
                self._tell(kind, [line.number])
            if kind is Aside.TOTAL:
                self._sums.total(line)
        self._sums.compare()
        self._tell(Aside.FORMULA, ready)
        self._tell(Aside.FOOTER, [line.number for line, _ in rows[end:]])
        return found

    def _filled(self, line: Line) -> dict[int, Cell]:
        results = self._header.results
        return {i: c for i, c in enumerate(line.cells) if i not in results and not blank(c)}

    def _note_above(self) -> None:
        """A sort that took the heading along, or a second table: its people are not read."""
        for line in self._grid.lines[: self._header.row - 1]:
            if any(names_somebody(cell) for cell in self._filled(line).values()):
                self._problems.add(self._grid.row(line.number), "row-above", ABOVE)

    def _signed_off(self, rows: Sequence[Mapping[int, Cell]]) -> int:
        """Where the lines for signatures begin, if nobody stands below; else the end."""
        end = len(rows)
        for i in reversed(range(len(rows))):
            if self._may_be_row(rows[i]):
                break
            first = next(iter(rows[i].values()))
            if isinstance(first, str) and _SIGNED.fullmatch(first.strip()):
                end = i
        return end

    def _may_be_row(self, cells: Mapping[int, Cell]) -> bool:
        """Whether a line has what only rows have: a number, wages, a date, a choice."""
        for column, cell in cells.items():
            kind, digits = self._kind(column), _digits(cell)
            if _somebody(cell) or kind in {Kind.DATE, Kind.CHOICE}:
                return True
            if (kind is Kind.MONEY and digits) or (kind in _NUMBERS and digits >= _NUMBER):
                return True
        return False

    def _aside(self, line: Line, cells: dict[int, Cell], *, last: bool) -> Aside | None:
        mapped = {i: cell for i, cell in cells.items() if i in self._fields}
        if self._numbered_ahead(cells, mapped):
            return Aside.NOTHING
        if (again := self._heading(cells, mapped)) is not None:
            return again
        if line.number in self._grid.formulas and all(not c for c in mapped.values()):
            return Aside.FORMULA
        texts = [cell.strip() for cell in cells.values() if isinstance(cell, str)]
        alone = len(cells) == len(texts) == 1
        if alone and not _somebody(texts[0]) and self._footer(texts[0], last=last):
            return Aside.FOOTER
        if self._total(cells):
            return Aside.TOTAL
        lone = alone and len(self._kinds.shared) >= _FEWEST
        return Aside.LONE if lone and sum(map(str.isalpha, texts[0])) >= _WORD else None

    @staticmethod
    def _footer(text: str, *, last: bool) -> bool:
        """A note is a footer only at the end: further up it may speak of the rows below."""
        if _NAMED.search(text):
            return False
        return bool(_SIGNED.fullmatch(text) or _PART.fullmatch(text)) or (
            last and _NOTE.fullmatch(text) is not None
        )

    @staticmethod
    def _numbered_ahead(cells: Mapping[int, Cell], mapped: Mapping[int, Cell]) -> bool:
        """Only a running number, or boxes that nobody ticked."""
        if any(cell is not False for cell in mapped.values()):
            return False
        others = [cell for i, cell in cells.items() if i not in mapped]
        return all(
            _SHORT_NUMBER.fullmatch(c.strip()) if isinstance(c, str) else _small(c) for c in others
        )

    def _heading(self, cells: Mapping[int, Cell], mapped: Mapping[int, Cell]) -> Aside | None:
        """The heading again, as on each printed page; the line of units below it; another one."""
        texts = {i: cell.strip() for i, cell in cells.items() if isinstance(cell, str)}
        if len(texts) < len(cells):
            return None
        heads = self._grid.headings
        again = {i for i in texts if i < len(heads) and texts[i].casefold() == heads[i].casefold()}
        if again >= self._fields.keys() or all(map(_UNDER_HEADING.fullmatch, texts.values())):
            return Aside.HEADING
        return Aside.TABLE if len(again & mapped.keys()) >= _FEWEST else None

    def _total(self, cells: Mapping[int, Cell]) -> bool:
        """A word of totals, and nothing else that could be somebody's: no number, name, date."""
        found = [i for i, cell in cells.items() if self._says_total(i, cell)]
        return bool(found) and not any(
            self._of_somebody(i, cell) for i, cell in cells.items() if i not in found
        )

    def _says_total(self, column: int, cell: Cell) -> bool:
        if not isinstance(cell, str) or self._kind(column) not in {None, *_PERSONAL}:
            return False
        text = cell.strip()
        return _TOTAL.fullmatch(text) is not None and _NAMED.search(text) is None

    def _of_somebody(self, column: int, cell: Cell) -> bool:
        kind = self._kind(column)
        if kind is None:
            return _somebody(cell)
        if kind in _PERSONAL:
            return _somebody(cell) or (isinstance(cell, str) and any(map(str.isalpha, cell)))
        return kind in {Kind.DATE, Kind.CHOICE}

    def _kind(self, column: int) -> Kind | None:
        name = self._fields.get(column)
        return self._kinds.columns[name].kind if name else None

    def _tell(self, kind: Aside, rows: list[int]) -> None:
        if not rows:
            return
        severity = Severity.ERROR if kind in {Aside.LONE, Aside.TABLE} else Severity.WARNING
        words = TOLD[kind]
        if len(rows) > 1:
            words = Words(
                f"{words.bm} Begitu juga baris lain hingga {rows[-1]}.",
                f"{words.en} So are the other rows up to {rows[-1]}.",
            )
        self._problems.add(self._grid.row(rows[0]), kind.value, words, severity)


class _Sums:
    """What the rows come to in each column of money, to hold a total against."""

    def __init__(self, grid: Grid, header: Header, kinds: Kinds, problems: Problems) -> None:
        self._grid, self._problems = grid, problems
        self._columns = {
            column: kinds.columns[name]
            for name, column in header.columns.items()
            if kinds.columns[name].kind is Kind.MONEY
        }
        self._whole: dict[int, int | None] = dict.fromkeys(self._columns, 0)
        self._part = dict(self._whole)
        self._said: list[tuple[int, int, int, bool]] = []

    def add(self, line: Line) -> None:
        """A worker's row; one that cannot be read makes the sum unknown."""
        for column in self._columns:
            amount = self._amount(line, column)
            for sums in (self._whole, self._part):
                known = sums[column]
                sums[column] = None if amount is None or known is None else known + amount

    def total(self, line: Line) -> None:
        """A total's row: of all so far, or of those since the last one; or, below, of all."""
        texts = " ".join(cell for cell in line.cells if isinstance(cell, str))
        for column in self._columns:
            said, whole, part = self._amount(line, column), self._whole[column], self._part[column]
            self._part[column] = 0 if whole is not None else None
            if said and not _SOMETHING_ELSE.search(texts):
                near = any(sums is None or abs(said - sums) < _ROUNDED for sums in (whole, part))
                self._said.append((line.number, column, said, near))

    def compare(self) -> None:
        """Once every row is known: totals are right where one of them is of all that was read."""
        for column, whole in self._whole.items():
            said = [one for one in self._said if one[1] == column]
            if whole is None or any(abs(one[2] - whole) < _ROUNDED for one in said):
                continue
            for number, _, amount, near in said:
                if not near:
                    words = _differs(money.shown(amount), money.shown(whole))
                    self._problems.add(self._grid.cell(number, column), "total-differs", words)

    def _amount(self, line: Line, column: int) -> int | None:
        cell = line.cells[column] if column < len(line.cells) else None
        if blank(cell):
            return 0
        try:
            amount: int = convert(self._columns[column], cell)
        except Unfit:
            return None
        return amount


def _digits(cell: Cell) -> int:
    """How many digits a cell shows, a date's not counted."""
    return sum(map(str.isdigit, _DATE.sub("", str(cell))))


def _small(cell: Cell) -> bool:
    """Whether a cell that is no text is a running number or a box, and nobody's number."""
    return isinstance(cell, int | float) and not _somebody(cell)


def _somebody(cell: Cell) -> bool:
    """Whether a cell holds a number by which a person is known."""
    if isinstance(cell, str):
        return _NUMBERED.search(cell) is not None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell >= 10**8 and float(cell).is_integer()
    return isinstance(cell, Shown)


def _differs(said: str, read: str) -> Words:
    return Words(
        f"Jumlah dalam jadual ini RM{said}, tetapi baris yang dibaca berjumlah RM{read}. Semak "
        "baris yang hilang, berganda atau tersilap; jika jumlah ini yang salah, padamkannya.",
        f"The table's total is RM{said}, but the rows that were read come to RM{read}. Look for "
        "rows that are missing, double or misread; if it is the total that is wrong, delete it.",
    )


TOLD: Final = {
    Aside.TOTAL: Words(
        "Baris ini ialah jumlah, bukan pekerja; ia ditinggalkan.",
        "This row is a total and no worker; it is left out.",
    ),
    Aside.FOOTER: Words(
        "Baris ini ialah kepala atau kaki jadual, bukan pekerja; ia ditinggalkan.",
        "This row is a heading or footer and no worker; it is left out.",
    ),
    Aside.HEADING: Words(
        "Baris ini mengulang tajuk; ia ditinggalkan.",
        "This row repeats the heading; it is left out.",
    ),
    Aside.TABLE: Words(
        "Di sini bermula jadual lain dengan tajuk lain. Letakkan kedua-duanya dalam fail atau "
        "helaian berasingan.",
        "Here another table begins, with other headings. Put the two into files or sheets of their "
        "own.",
    ),
    Aside.LONE: Words(
        "Baris ini hanya ada satu teks. Jika ia seorang pekerja, isi sel-selnya yang lain; jika "
        "bukan, padamkan baris ini.",
        "This row holds one text only. If it is a worker, fill the other cells; if not, delete "
        "the row.",
    ),
    Aside.FORMULA: Words(
        "Baris ini hanya formula yang belum berisi apa-apa; ia ditinggalkan.",
        "This row holds formulas alone that come to nothing yet; it is left out.",
    ),
}
ABOVE: Final = Words(
    "Baris ini di atas baris tajuk tetapi ada nombor orang: ia tidak akan dibaca. Alihkan tajuk ke "
    "atas semua baris, atau padamkan baris ini.",
    "This row stands above the headings but holds somebody's number: it would not be read. Put the "
    "headings above all rows, or delete this row.",
)
