"""A list that goes on over several pages of its own, beside others on its screen."""

from __future__ import annotations

import itertools
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from rpa.portal import values
from rpa.portal.look import Place
from rpa.portal.resolve import plain
from rpa.portal.screen import ABSENT, TWICE, Absent
from rpa.rules.vocabulary import PAGING, Paging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator

    from rpa.portal.find import Table, Turn
    from rpa.portal.lines import Line
    from rpa.portal.look import Element

FIRST, SECOND = "1", "2"
ShownT = TypeVar("ShownT")


def sheets(table: Table, turn: Turn) -> Iterator[int]:
    """Each page of this table, from its first; the screen shows it while the loop stands there.

    It is turned by *Next* below the table, or by the next number. Raises UnexpectedPage for more
    pages than the settings allow, and where something that turns pages is not known.
    """
    turns = _rewound(table, turn)
    onward = {plain(words) for words in turn.labels}
    for number in itertools.count(1):
        values.bounded(number, table.page.portal.settings.limits.pages, "pages", table.key)
        yield number
        if not turns:
            return
        turned = _pressed(table, turn, turns, onward)
        if not (turned or _pressed(table, turn, turns, {str(number + 1)})):
            break
        turns = _turns(table, turn)
    if number == 1:
        with turn.doing():  # of one page nothing leads to another: it is told what does
            raise Absent(ABSENT)


def _rewound(table: Table, turn: Turn) -> list[Element]:
    """What turns its pages, once it shows the first: by its number, else by *Previous*."""
    back = {plain(words) for words in PAGING.words(Paging.PREVIOUS)}
    turns, number = _turns(table, turn), 1
    while not _pressed(table, turn, turns, {FIRST}):
        values.bounded(number, table.page.portal.settings.limits.pages, "pages", table.key)
        if not _pressed(table, turn, turns, back):
            _is_first(turn, turns)
            return turns
        turns, number = _turns(table, turn), number + 1
    return _turns(table, turn)


def _is_first(turn: Turn, turns: list[Element]) -> None:
    """The first page leads to the second, and to nothing that is not known. Raises what stands."""
    said = [{plain(words) for words in e.said} for e in turns]
    numbers = {words for those in said for words in those if words.isdecimal()}
    ends = (word for end in (Paging.FIRST, Paging.LAST) for word in PAGING.words(end))
    onward = {plain(words) for words in (*turn.labels, *ends)}
    known = SECOND in numbers if numbers else all(those & onward for those in said)
    if not known:
        with turn.doing():
            raise Absent(ABSENT)


def everything(table: Table, turn: Turn) -> list[Line]:
    """The rows of all its pages."""
    return through(table, turn, table.rows)


def through(table: Table, turn: Turn, read: Callable[[], list[ShownT]]) -> list[ShownT]:
    """What this reads of each of its pages, each once."""
    whole: list[ShownT] = []
    before: list[ShownT] = []
    for _ in sheets(table, turn):
        shown = read()
        whole += beyond(before, shown)
        before = shown
    return whole


def beyond(before: list[ShownT], shown: list[ShownT]) -> list[ShownT]:
    """What a page adds to the one before it: all, or what stands below where that stays."""
    stays = len(shown) > len(before) and shown[: len(before)] == before
    return shown[len(before) :] if stays else shown


def seek(table: Table, turn: Turn, text: str) -> Locator:
    """The one row with a cell of exactly this text, as soon as a page has it; it shows that."""
    screen = table.page.portal.screen
    end = monotonic() + table.page.portal.settings.timeouts.act_s
    with table.doing():
        while True:
            for _ in sheets(table, turn):
                row = table.row(text)
                if row.count() == 1:
                    return row
            if monotonic() >= end:
                raise Absent(ABSENT)
            screen.changes(end)


def _pressed(table: Table, turn: Turn, turns: list[Element], words: set[str]) -> bool:
    """Press the one of these that turns to another page under these words; whether there is any."""
    with turn.doing():
        mine = [e for e in turns if words.intersection(map(plain, e.said))]
        if len(mine) > 1:
            raise Absent(TWICE)
        if mine:
            with table.renewed(grows=True):
                table.page.portal.screen.at(mine[0]).locator.click()
                table.page.portal.screen.moved()
        return bool(mine)


def _turns(table: Table, turn: Turn) -> list[Element]:
    """What turns pages below this table and before the next; none where its only page is `1`."""
    with turn.doing():
        seen = table.page.portal.screen.standing(table, turn)
    found = [e for e in table.below(seen) if e.place is Place.PAGES and e.enabled]
    return [] if all(plain(e.words) == FIRST for e in found) else found
