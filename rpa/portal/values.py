"""What the portal shows, as values: money in sen, days, months, counts, one of a few words.

Read exactly or not at all, and here only: what does not parse is an unexpected screen that names
the cell (table, row, column) and never its text, which may be a person's.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self, TypeVar

from rpa.errors import UnexpectedPage, Words
from rpa.portal.profile import DATES, in_use
from rpa.rules import money, months
from rpa.rules.months import Month
from rpa.rules.vocabulary import COUNTED, Counted
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")

_ONE_OR_TWO = "(?P<{}>[0-9]{{1,2}})"
_COUNT = "[0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2}"
_MOMENT = re.compile(r"[^+\n]{8,40}[0-9]{2}:[0-9]{2}(?: [0-9]{4})?(?: ?(?:GMT|UTC|[-+][0-9]{4}))?")
_NONE = re.compile(r"[-\N{EN DASH}\N{EM DASH}]*")  # how a table says that there is nothing


DAY_FORM = "formats.date"  # the profile's entry
NOTHING = ("-", "\u2013", "\u2014")  # how some portals show an empty value


def told(text: str) -> str:
    """The text; empty for a dash that stands for nothing."""
    return "" if text.strip() in NOTHING else text


class Cell(str):
    """A text that the portal shows, with the place where it stands."""

    __slots__ = ("where",)
    where: str

    def __new__(cls, text: str, where: str) -> Self:
        """The text as it was read; ``where`` names no person."""
        cell = super().__new__(cls, text)
        cell.where = where
        return cell

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """A copy keeps its place."""
        return str(self), self.where


def sen(cell: Cell) -> int:
    """``1,234.50`` in sen. Raises UnexpectedPage for anything but an amount."""
    try:
        return money.of_text(cell)
    except money.NotMoney:
        raise _strange("jumlah wang", "an amount of money", cell.where) from None


def day(cell: Cell) -> date:
    """A day as the profile writes it (``dd/mm/yyyy``), or with its month in words.

    Raises UnexpectedPage for anything else.
    """
    if named := months.day_named(cell):
        return named
    form = re.escape(in_use().date).replace("%d", _ONE_OR_TWO.format("d"))
    form = form.replace("%m", _ONE_OR_TWO.format("m")).replace("%Y", "(?P<y>[0-9]{4})")
    found = re.fullmatch(form, cell)
    try:
        if found:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        pass  # 31/02
    raise _strange("tarikh", "a date", cell.where)


def typed(day: date) -> str:
    """The same the other way: as it is typed into the portal."""
    return day.strftime(in_use().date)


def other_forms(text: str) -> tuple[str, ...]:
    """How else a portal may write days, where this is one as it is typed; else nothing."""
    with suppress(ValueError):
        datetime.strptime(text, in_use().date)  # noqa: DTZ007  a day alone
        return tuple(form for form in DATES if form not in (in_use().looks[DAY_FORM].like or ()))
    return ()


def written(text: str) -> str:
    """The same with a day, or a month, as it is typed where it is written in words."""
    found = months.day_named(text)
    return typed(found) if found else str(Month.named(text) or text)


def ways(text: str) -> tuple[str, ...]:
    """How the portal may write what is declared so: a month also in words."""
    found = Month.read(text)
    return found.ways if found else (text,)


def day_or_none(cell: Cell) -> date | None:
    """The same where the portal may have none: an empty cell or a dash says so."""
    return None if _NONE.fullmatch(cell) else day(cell)


def last_day(cell: Cell) -> date | None:
    """The last of several days behind each other, parted by commas; None where there is none."""
    texts = (text.strip() for text in cell.split(","))
    days = (day_or_none(Cell(text, cell.where)) for text in texts)
    return max((one for one in days if one), default=None)


def month(cell: Cell) -> Month:
    """``MM/YYYY``, or as else a month may be written. Raises UnexpectedPage for anything else."""
    found = Month.written(cell)
    if found is None:
        raise _strange("bulan", "a month", cell.where)
    return found


def count(cell: Cell) -> int:
    """``1,234`` as a whole number below 10⁹; also with its unit, or behind what is shown of it.

    ``12 rekod``, ``Showing 1 to 10 of 12 entries``, ``1-10 / 12``: by the profile's words
    (``words: counted``). Raises UnexpectedPage for anything else.
    """
    of, to, shown, unit = (
        _any(COUNTED.words(one)) for one in (Counted.OF, Counted.TO, Counted.SHOWN, Counted.UNIT)
    )
    part = f"(?:{shown} )?(?:{_COUNT}) ?(?:-|\N{EN DASH}|{to}) ?(?:{_COUNT}) ?(?:/|{of}) ?"
    found = re.fullmatch(rf"(?:{part})?(?P<n>{_COUNT})(?: {unit})?", cell, re.IGNORECASE)
    if not found:
        raise _strange("bilangan", "a count", cell.where)
    return int(found["n"].replace(",", ""))


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def only(found: Iterable[T], where: str) -> T:
    """The one there is. Raises UnexpectedPage when there are more or none."""
    listed = list(found)
    if len(listed) != 1:
        raise _strange("tepat satu baris", "exactly one such line", where)
    return listed[0]


def by(lines: Iterable[T], name: Callable[[T], str], where: str) -> dict[str, T]:
    """Lines by their name. Raises UnexpectedPage when two have the same."""
    named: dict[str, T] = {}
    for line in lines:
        if name(line) in named:
            raise _strange("setiap baris sekali sahaja", "each line once only", where)
        named[name(line)] = line
    return named


def at(lines: Mapping[str, T], name: str, where: str) -> T:
    """The line of this name. Raises UnexpectedPage when there is none."""
    if name not in lines:
        raise _strange(f"baris '{name}'", f"the line '{name}'", where)
    return lines[name]


def moment(said: str | None) -> datetime | None:
    """An HTTP date, which is GMT; None where there is none, or none that can be read."""
    if not _MOMENT.fullmatch(said or ""):
        return None  # a zone that nobody can read would be left out, and taken for GMT
    try:
        found = parsedate_to_datetime(said or "")
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(TIME_ZONE)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None  # a zone or a year that no clock has


def bounded(found: float, most: float, name: str, where: str) -> None:
    """Raise UnexpectedPage when the portal shows more than the setting of this name allows."""
    if found <= most:
        return
    raise UnexpectedPage(
        Words(
            f"Portal menunjukkan lebih daripada had di sini (limits: {name}: {most}): {where}.",
            f"The portal shows more than the bound here (limits: {name}: {most}): {where}.",
        ),
        where=where,
    )


def cut(text: str, most: int) -> str:
    """A text to be kept, not to be compared: where it is cut, a sign says how much is left out."""
    left = len(text) - most
    return text if left <= 0 else f"{text[:most]} … [+{left}]"


def _strange(bm: str, en: str, where: str) -> UnexpectedPage:
    return UnexpectedPage(
        Words(
            f"Portal tidak menunjukkan {bm} di sini: {where}.",
            f"The portal does not show {en} here: {where}.",
        ),
        where=where,
    )
