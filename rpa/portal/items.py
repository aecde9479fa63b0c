"""What is a table or lists below a heading: the items of a review, the sums of a month."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from pathlib import Path
from string import digits
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rpa.errors import UnexpectedPage, Words
from rpa.portal import values
from rpa.portal.find import READ_TABLE, Table
from rpa.portal.look import Kind
from rpa.portal.resolve import plain
from rpa.portal.screen import STAYS, Absent, asked, marked
from rpa.portal.values import Cell
from rpa.rules.vocabulary import TOTALS, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rpa.portal.lines import Line
    from rpa.portal.look import Look

NOT_WHOLE = Words(
    "Sebahagian semakan di portal ditunjukkan dengan cara yang tidak dikenali.",
    "A part of the portal's review is shown in a way that is not known.",
)
SAID_TWICE = Words(
    "Semakan portal menunjukkan perkara yang sama dua kali.",
    "The portal's review shows the same item twice.",
)


@cache
def _script() -> str:
    return Path(__file__).with_suffix(".js").read_text("utf-8")


class Item(NamedTuple):
    """A line of a review: what it is called, what is to be, and what was; None: told once."""

    item: str
    new: Cell
    current: str | None


class Listed(Table):
    """A table that may be lists instead, each below a heading of its name.

    ``tiles``: or a tile for each column, with its sum and a number of something.
    """

    tiles: ClassVar[bool] = False

    def lists(self) -> list[dict[str, Any]]:
        """Of each such heading its ``lines``, as (heading, name, value), and what stands beside.

        ``rest``: text that is neither; ``table``: a table without a name of its own.
        """
        names = {
            "names": [plain(words) for words in self.labels],
            "most": self._most.rows,
            "tiles": self.tiles,
        }
        with self.doing():
            found: list[Any] = asked(self.page.root, _script(), names)
        longest = max((len(part["lines"]) for part in found), default=0)
        values.bounded(max(len(found), longest), self._most.rows, "rows", self.key)
        texts = (len(text) for part in found for line in part["lines"] for text in line)
        values.bounded(max(texts, default=0), self._most.text, "text", self.key)
        return found


class Sums(Listed):
    """A table of sums, either way round; as lists, one for each line, below its own heading.

    Of a tile the sum has no name: it is the amount.
    """

    tiles = True

    def rows(self) -> list[Line]:
        """Its lines, whichever way they are shown."""
        read = self._read() if self.shown() else None
        words = {plain(w) for name in self.columns for ws in self.known().words(name) for w in ws}
        if read is not None and (isinstance(read, int) or _is_table(read, words)):
            return self._rows(read, self.key)
        if read is not None and any(len(row) != len(read["heads"]) for row in read["rows"]):
            return self._rows(read, self.key)  # a remark, or what does not fit
        listed = self._lists() if read is None else _cards(read)
        if not listed:
            return super().rows()  # which tells what is missing
        if all(plain(under) in words for under, _, _ in listed if under):
            listed = [[name, under, value] for under, name, value in listed]  # a card a column
        told: dict[str, dict[str, str]] = {}
        for under, name, value in (line for line in listed if plain(line[1]) in words):
            if name in told.setdefault(under, {}):
                raise UnexpectedPage(SAID_TWICE, where=self.key)
            told[under][name] = value
        heads = list(dict.fromkeys(name for line in told.values() for name in line))
        item, amount = self.known().words(self.columns[0])[1][0], TOTALS.words(Total.AMOUNT)[0]
        lines = [(under or amount, line) for under, line in told.items()]
        rows = [[under, *(line.get(name, "") for name in heads)] for under, line in lines]
        return self._rows({"heads": [item, *heads], "rows": rows}, self.key)

    def _lists(self) -> list[list[str]]:
        """What stands below the one heading of its name; nothing where there is none."""
        found = self.lists()
        return found[0]["lines"] if len(found) == 1 else []


def _is_table(read: dict[str, list[Any]], words: set[str]) -> bool:
    """Whether the sums stand under their names; else each has a card, or a line of its own."""
    heads, rows = read["heads"], read["rows"]
    lines = rows and all(len(r) == len(heads) and plain(r[0]) in words for r in rows)
    return heads[:1] != [""] and not lines


def _cards(read: dict[str, list[Any]]) -> list[list[str]]:
    """Of cards each a title and its values."""
    names = read["heads"][1:]
    return [[row[0], *pair] for row in read["rows"] for pair in zip(names, row[1:], strict=True)]


def _current(line: Line) -> str:
    """What was before; nothing where the table has its two other columns and no third."""
    alone = len(line.heads) == len(line.places["item"]) + len(line.places["new"])
    return "" if alone else _told(line["current"])


def _told(cell: Cell) -> Cell:
    return Cell(values.told(cell), cell.where)


class Items(Listed):
    """Tables of one title with a number behind it (``Case Item 1``, ``2``), one a part."""

    kind = "tables"
    numbered = True

    def all(self) -> list[list[Line]]:
        """Every one of them, in the screen's order."""
        with self.doing():
            marks = [marked(one.element.mark) for one in self.page.portal.screen.every(self)]
            every = f"(ts, most) => ts.slice(0, most + 1).map(t => ({READ_TABLE})(t, most))"
            tables = self.page.portal.tab.locator(", ".join(marks) or "no-table")
            found: list[Any] = tables.evaluate_all(every, self._most.rows)
        values.bounded(len(found), self._most.rows, "rows", self.key)
        return [self._rows(t, f"{self.key} {n}") for n, t in enumerate(found, start=1)]

    def _mine(self, seen: Look) -> set[int]:
        """All of them, or their headings."""
        names = {plain(words) for words in self.labels}
        able = (e for e in seen.elements if e.kind in {Kind.TABLE, Kind.HEADING})
        return {e.order for e in able if names & {plain(w).rstrip(digits) for w in e.said}}

    @contextmanager
    def renewed(
        self, unless: Callable[[], bool] = lambda: False, *, grows: bool = False
    ) -> Iterator[None]:
        """Around a press that shows others: waits until it shows any but those of before."""
        del grows  # what it shows is another thing then, too
        screen, before = self.page.portal.screen, self.parts()
        with self.doing():
            yield
            end = monotonic() + self.page.portal.settings.timeouts.arrive_s
            while not unless() and self.parts() in ([], before):
                if monotonic() >= end:
                    raise Absent(STAYS)
                screen.changes(end)
        self.page.portal.whole()

    def parts(self) -> list[list[Item]]:
        """Every part as its items, whether the portal shows it as a table or as lines.

        Raises UnexpectedPage where something stands there that is neither.
        """
        tables = [[Item(r["item"], _told(r["new"]), _current(r)) for r in rows]
                  for rows in self.all()]  # fmt: skip
        return [*tables, *self._listed(len(tables))]

    def _listed(self, tables: int) -> list[list[Item]]:
        found = self.lists()
        mine = [part for part in found if not part["table"]]
        headed = [part for part in found if part["table"]]
        # A heading over a table that was not read above, or over more than that.
        strange = len(headed) not in {0, tables} or any(part["lines"] for part in headed)
        if strange or any(part["rest"] for part in mine):
            raise UnexpectedPage(NOT_WHOLE, where=self.key)
        return [self._items(part["lines"]) for part in mine]

    def _items(self, lines: list[list[str]]) -> list[Item]:
        """The values beside their items: what is to be, and what was."""
        told: dict[str, dict[str, str]] = {"new": {}, "current": {}}
        heads = [under for under in dict.fromkeys(under for under, _, _ in lines) if under]
        if heads:  # told like the headings of a table
            row = self._rows({"heads": heads, "rows": [heads]}, self.key)[0]
            _ = row["new"], len(heads) > 1 and row["current"]
        for under, item, value in lines:
            column = told[self._column(under)]
            if item in column:
                raise UnexpectedPage(SAID_TWICE, where=self.key)
            column[item] = values.told(value)
        once = {item: None for under, item, _ in lines if not under}
        names = dict.fromkeys((*told["new"], *told["current"]))
        where = f"{self.key}, "
        new, current = told["new"], {**once, **told["current"]}
        return [Item(n, Cell(new.get(n, ""), where + n), current.get(n, "")) for n in names]

    def _column(self, under: str) -> str:
        """Of what the lines below this heading are; of what is to be where there is none."""
        known = self.known()
        for name in ("new", "current"):
            if plain(under) in {plain(word) for words in known.words(name) for word in words}:
                return name
        if under:
            raise UnexpectedPage(NOT_WHOLE, where=self.key)
        return "new"
