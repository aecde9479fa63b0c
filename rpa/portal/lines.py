"""The rows of a table as they are asked: by the profile's keys of its columns, never by words.

Pure: headings and cells as they were read, and what the profile calls each column. A column that is
not there, or there twice, is never guessed: the error says which headings stand there, and the line
for config/profile.yaml that mends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rpa import plain_yaml
from rpa.errors import NotOnScreen, UnexpectedPage, Words, WordSought
from rpa.portal.resolve import ALIKE, alike, plain
from rpa.portal.values import Cell
from rpa.rules.choices import squeeze
from rpa.rules.vocabulary import ACTIONS, IDENTIFICATION_TYPES, REMARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rpa.portal.profile import Look
    from rpa.rules.vocabulary import Action

NUMBER = "identification"  # the column of somebody's number
LONGEST, MOST = 60, 20  # letters of a heading, and headings, that a sentence repeats
# Somebody's, should a heading ever hold one: a long number, a name by its particle.
_PERSON = re.compile(r"[0-9]{4}|\b(?:bin|binti|bte|a/l|a/p)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """What the profile in use calls the columns of one table, by key.

    ``title``, ``badge``: which of them a card's heading tells, and which the one text beside it,
    where those have no name of their own. Somebody's number may be a line of another's cell.
    """

    table: str = ""
    looks: Mapping[str, Look] = field(default_factory=dict)
    title: str = ""
    badge: str = ""

    def words(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Malay and English."""
        look = self.looks[name]
        return look.bm or (), look.en or ()

    def key(self, name: str) -> str:
        """As the profile has it."""
        return f"{self.table}.columns.{name}"

    def places(
        self, heads: tuple[str, ...], bare: Mapping[str, int] = MappingProxyType({})
    ) -> dict[str, tuple[int, ...]]:
        """Under which of these headings each column stands; once for a whole table.

        ``bare``: where a card's title and its badge stand, which are under none.
        """
        said = [plain(head) for head in heads]
        known = {n: {plain(w) for ws in self.words(n) for w in ws} for n in self.looks}
        found = {n: tuple(i for i, s in enumerate(said) if s in ws) for n, ws in known.items()}
        own = {
            NUMBER: bare.get(NUMBER),
            self.title: bare.get("title"),
            self.badge: bare.get("badge"),
        }
        free = {n: (at,) for n, at in own.items() if at is not None and not found.get(n, (0,))}
        return {**found, **free}

    def person(self, heads: tuple[str, ...]) -> int | None:
        """Where somebody's number may stand behind its kind: under its own heading, or a name's."""
        if NUMBER not in self.looks:
            return None
        found = self.places(heads)
        those = found[NUMBER] or found.get("name", ())
        return those[0] if len(those) == 1 else None


@dataclass(frozen=True)
class Line:
    """One row; ``where`` is its table and its number."""

    where: str
    heads: tuple[str, ...]
    cells: tuple[str, ...]
    columns: Columns = field(compare=False, repr=False)
    places: Mapping[str, tuple[int, ...]] = field(compare=False, repr=False)

    def __getitem__(self, name: str) -> Cell:
        """The cell of this column. Raises UnexpectedPage where it is not there, or there twice."""
        at = self.places[name]
        if len(at) != 1:
            raise _not_once(self, name, len(at))
        return Cell(self.cells[at[0]], f"{self.where}, {name}")


def lines(read: dict[str, Any], table: str, columns: Columns) -> list[Line]:
    """The rows that carry data.

    Raises UnexpectedPage when a row does not fit its headings, or when a remark stands there that
    does not say that there is nothing.
    """
    heads = tuple(squeeze(h) for h in read["heads"])
    bare: dict[str, int] = {part: read[part] for part in ("title", "badge") if part in read}
    remarks = [cells[0] for cells in read["rows"] if is_remark(cells, heads)]
    for remark in remarks:
        REMARKS.read(remark)
    if remarks and len(remarks) != len(read["rows"]):
        raise REMARKS.unknown(remarks[0])
    rows, heads, places = _placed(read["rows"], heads, bare, columns)
    found = []
    for number, cells in enumerate(rows, start=1):
        where = f"{table}, row {number}"
        if is_remark(cells, heads):
            continue
        if len(cells) != len(heads):
            raise UnexpectedPage(
                Words(
                    f"Jadual di portal tidak sepadan dengan tajuknya: {where}.",
                    f"A table at the portal does not fit its headings: {where}.",
                ),
                where=where,
            )
        found.append(Line(where, heads, tuple(squeeze(cell) for cell in cells), columns, places))
    return found


def _placed(
    rows: list[list[str]], heads: tuple[str, ...], bare: dict[str, int], columns: Columns
) -> tuple[list[list[str]], tuple[str, ...], dict[str, tuple[int, ...]]]:
    """The rows and their headings, somebody's number by itself, and where each column stands."""
    apart = _apart(rows, heads, columns)
    if apart and len(apart[0]) > len(heads) > 1:
        bare[NUMBER], heads = len(heads), (*heads, "")
    places = columns.places(heads, bare)
    mine = [at for at in places.get(NUMBER, ()) if apart is rows]
    if any(_several(cells[at]) for cells in rows for at in mine if at < len(cells)):
        places[NUMBER] = ()  # with something else beside it, it is not read
    return apart, heads, places


def kinds() -> list[str]:
    """What kinds of identification are called."""
    every = IDENTIFICATION_TYPES
    return [word for kind in every.means.values() for word in every.words(kind)]


def _apart(rows: list[list[str]], heads: tuple[str, ...], columns: Columns) -> list[list[str]]:
    """Somebody's number by itself, where it stands behind its kind in a line of a cell.

    *MyKad 900115000001* below a name: instead of a cell that is the number's own by its heading,
    else behind a row whose name's cell has it. The same rows where that is not so of each.
    """
    at = columns.person(heads)
    if at is None:
        return rows
    words = "|".join(r"\s+".join(map(re.escape, kind.split())) for kind in kinds())
    line = re.compile(rf"(?:{words})\s+(\S*[0-9]\S*)", re.IGNORECASE)
    named = not columns.places(heads)[NUMBER]
    told = []
    for cells in rows:
        whole = at < len(cells) and not is_remark(cells, heads)  # else what is short is told below
        rest, number = _split(cells[at], line) if whole else ("", "")
        if number and named:
            told.append([*cells[:at], rest, *cells[at + 1 :], number])
        elif number:
            told.append([*cells[:at], number, *cells[at + 1 :]])
    return told if len(told) == len(rows) else rows


def _several(cell: str) -> list[str]:
    """The lines of a cell that has more than one."""
    texts = list(filter(None, map(squeeze, cell.split("\n"))))
    return texts if len(texts) > 1 else []


def _split(cell: str, line: re.Pattern[str]) -> tuple[str, str]:
    """What else is in a cell of several lines, and the number; none unless it is there once."""
    texts = _several(cell)
    found = [hit for hit in map(line.fullmatch, texts) if hit]
    if len(found) != 1:
        return cell, ""
    return " ".join(text for text in texts if text != found[0][0]), found[0][1]


def is_remark(cells: list[str], heads: tuple[str, ...] | list[str]) -> bool:
    """A single cell over all columns: what is said of the list as a whole."""
    return len(cells) == 1 and len(heads) > 1


def _not_once(line: Line, name: str, times: int) -> UnexpectedPage:
    """Which column, which headings stand there, and the line that mends it."""
    key = line.columns.key(name)
    sought = " / ".join(f"'{w}'" for ws in line.columns.words(name) for w in ws)
    there = ", ".join(_shown(head) for head in line.heads[:MOST] if head)
    there += ", …" if len(line.heads) > MOST else ""
    move = _move(line, name)
    amiss = Words("lebih daripada sekali", "more than once") if times else Words("tiada", "missing")
    error = NotOnScreen(
        Words(
            f"Lajur {sought} ({key}) {amiss.bm} dalam jadual di portal. Tajuk yang ada: {there}. "
            f"{move.bm}",
            f"The column {sought} ({key}) is {amiss.en} in the portal's table. The headings that "
            f"are there: {there}. {move.en}",
        ),
        where=f"{line.where}, {name}",
    )
    error.asks = WordSought(key, tuple(filter(None, line.heads[:MOST]))) if not times else None
    return error


def not_offered(table: str, sought: Iterable[str], action: Action, there: list[str]) -> NotOnScreen:
    """A row does not offer this action: what it offers, and the line that mends it."""
    known = " / ".join(f"'{word}'" for word in sought)
    names = ", ".join(_shown(name) for name in there[:MOST] if name) or "-"
    line = plain_yaml.line("action", {action.value: {"en": "…"}})
    error = NotOnScreen(
        Words(
            f"Baris dalam jadual di portal ({table}) tidak menawarkan {known}; yang ada: {names}. "
            f"Pejabat boleh membaiki ini: tulis dalam config/profile.yaml, di bawah words: {line}",
            f"A row of the portal's table ({table}) does not offer {known}; it offers: {names}. "
            f"The office can mend this: write into config/profile.yaml, below words: {line}",
        ),
        where=f"{table}, {action.value}",
    )
    told = tuple(dict.fromkeys(name for name in there[:MOST] if name not in {"", "…"}))
    unknown = tuple(name for name in told if not ACTIONS.knows(name))
    # Of one word its meaning is asked, for it may be another action's that serves as well.
    alone = len(unknown) == 1
    error.asks = (
        WordSought(f"words.{ACTIONS.name}", unknown)
        if alone
        else WordSought(f"words.action.{action.value}", told)
    )
    return error


def _move(line: Line, name: str) -> Words:
    """The line to write; with the nearest heading, where one is like it and no other column's."""
    nearest = _nearest(line, name)
    screen, _, table = line.columns.table.partition(".")
    words = {"en": "…"} if nearest is None else {_language(line, name, nearest): nearest}
    entry = plain_yaml.line(screen, {table: {"columns": {name: words}}})
    bm = f"Yang terdekat: '{nearest}'. Jika itu yang dimaksudkan, pejabat" if nearest else "Pejabat"
    en = f"The nearest: '{nearest}'. If that is meant, the office" if nearest else "The office"
    return Words(
        f"{bm} boleh membaiki ini: tulis dalam config/profile.yaml, di bawah screens: {entry}",
        f"{en} can mend this: write into config/profile.yaml, below screens: {entry}",
    )


def _nearest(line: Line, name: str) -> str | None:
    taken = {place for places in line.places.values() for place in places}
    free = [head for place, head in enumerate(line.heads) if head and place not in taken]
    once = [h for h in free if line.heads.count(h) == 1 and _shown(h) == f"'{h}'"]
    ranked = sorted(once, key=lambda head: _likeness(line, name, head), reverse=True)
    return next((head for head in ranked if _likeness(line, name, head) >= ALIKE), None)


def _likeness(line: Line, name: str, head: str) -> float:
    return max(_alike(words, head) for words in line.columns.words(name))


def _alike(words: tuple[str, ...], head: str) -> float:
    return max((alike(one, head) for one in words), default=0.0)


def _language(line: Line, name: str, head: str) -> str:
    """Whose words the new ones are like."""
    bm, en = (_alike(words, head) for words in line.columns.words(name))
    return "bm" if bm > en else "en"


def _shown(head: str) -> str:
    """A heading for a sentence; of one that may hold somebody's data only that it is there."""
    return "'…'" if len(head) > LONGEST or _PERSON.search(head) else f"'{head}'"
