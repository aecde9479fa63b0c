"""A look: all that a person could see or touch on the screen, as plain data, in one round trip.

What is typed, chosen or listed is not in it: no value of a field, no cell of a table, no text of a
value, and no words that repeat one (``look.js``). So a look may be reasoned about, and the words of
its things may stand in a message. A name of somebody that stands outside of fields and tables, in a
heading of its own, is only known by its particle (*bin*, *binti*, *a/l*) or its number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping  # noqa: TC003  the shape of a look is read at run time
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import TypeAdapter

from rpa.portal.profile import same
from rpa.reading import reading
from rpa.rules.vocabulary import ACTIONS, COUNTED, REMARKS, Action, Counted, Remark

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

    from rpa.portal.origins import Origins
    from rpa.settings import Limits

LONGEST_MS = 1000  # a look is for reading a screen that stands still
_SCRIPT = Path(__file__).with_suffix(".js")
_ACTIONS = tuple(word for action in Action for word in ACTIONS.words(action))


class Kind(StrEnum):
    """How a thing is built, as it is seen in the page."""

    TEXT = "text"
    DATE = "date"
    DATE_PARTS = "date parts"  # day, month and year in boxes of their own
    SELECT = "select"  # the browser's own list
    LIST = "list"  # Select2 and its like
    COMBOBOX = "combobox"
    SUGGEST = "suggest"  # a text box with the browser's own list of what may stand in it
    CHECKBOX = "checkbox"
    ICON_TICK = "icon tick"
    RADIO = "radio"  # a whole group
    FILE = "file"
    BUTTON = "button"
    LINK = "link"
    HEADING = "heading"
    TABLE = "table"
    DIALOG = "dialog"
    MESSAGE = "message"
    VALUE = "value"  # a text or sign at a place of its own; what it says is not told


class Place(StrEnum):
    """What a thing that is pressed stands among."""

    PAGE = ""
    MENU = "menu"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on the screen. ``dialog`` and ``table`` are the ``order`` of what it stands in."""

    order: int
    kind: Kind
    role: str = ""
    words: str = ""  # what stands on it
    labels: tuple[str, ...] = ()  # by label, aria-label, caption
    beside: str = ""  # the words before it in its row
    title: str = ""
    name: str = ""  # empty where a load or a person is in it
    id: str = ""
    enabled: bool = True
    checked: bool | None = None
    modal: bool = False  # of a dialog: nothing behind it can be reached
    alone: bool = False  # of a dialog: it is none, and stands in place of its screen
    folded: bool = False  # says of itself that it shows more once it is pressed
    options: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()  # of a table
    matches: tuple[str, ...] = ()  # the css that was asked for and fits
    mark: str = ""  # what it was marked with, to be acted upon
    type: str = ""  # of a field: text, date, number
    dialog: int | None = None
    frame: bool = False  # in what stands around every screen: header, menu, footer
    place: Place = Place.PAGE
    under: str = ""  # the words over the list in which it stands, where that is inside another
    paper: bool = False  # a link to a file
    section: str = ""
    table: int | None = None
    row: int = 0
    column: str = ""

    @property
    def worded(self) -> bool:
        """Whether words stand on it, and not a sign alone."""
        return any(letter.isalnum() for letter in self.words)

    @property
    def said(self) -> tuple[str, ...]:
        """Every word a person would call it by, the surest first.

        What is beside a button is another thing's label; one with a sign alone (``+``) is called by
        its own.
        """
        named = (*self.labels, self.words or self.beside)
        found = (*((self.words,) if self.worded else named), self.title)
        return tuple(dict.fromkeys(words for words in found if words))


@dataclass(frozen=True, slots=True)
class Look:
    """A screen. ``whole``: nothing was left out for its size or its slowness."""

    elements: tuple[Element, ...] = ()
    language: str = ""
    whole: bool = True
    size: Mapping[str, int] = field(default_factory=dict)  # of the page: elements, letters
    stands: Mapping[str, str] = field(default_factory=dict)  # the blockers there, and what they say
    ours: bool = True

    @property
    def malay(self) -> bool:
        """Whether it says that it is Malay (such a screen is half English all the same)."""
        return self.language.casefold().startswith(("ms", "bm"))

    @property
    def language_key(self) -> Literal["bm", "en"]:
        """Under which of the profile's two languages its words go."""
        return "bm" if self.malay else "en"

    @property
    def messages(self) -> tuple[Element, ...]:
        """What the portal says."""
        return tuple(e for e in self.elements if e.kind is Kind.MESSAGE)


class NotSeen(Exception):
    """The page gave no look: it is another's, or it gave what is none."""

    def __init__(self, stands: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.stands = stands or {}


class Asked(NamedTuple):
    """What a look is asked for beside what it always tells.

    ``css``: which of these each thing fits. ``known``: words that are our own, and so told wherever
    they stand. ``blockers``: what may stand there instead, as ``look.js`` reads it. ``stamp``: what
    things are marked with; without it nothing is.
    """

    css: Iterable[str] = ()
    known: Iterable[str] = ()
    blockers: Iterable[Mapping[str, Any]] = ()
    stamp: str = ""


def take(tab: Tab, origins: Origins, limits: Limits, asked: Asked) -> Look:
    """The screen as it is now, of ``LONGEST_MS`` at most. Raises NotSeen and Playwright's errors.

    The page itself compares its address with what is allowed, in the moment of the look. One that
    does not answer is ended by the watch, as any call is.
    """
    told = {
        "own": origins.written,
        "css": list(asked.css),
        "known": [same(w) for w in (*_ACTIONS, *asked.known)],
        "nothing": [same(w) for w in REMARKS.words(Remark.NOTHING)],
        "counted": {k: [same(w) for w in COUNTED.words(k)] for k in (Counted.PAGE, Counted.OF)},
        "blockers": list(asked.blockers),
        "stamp": asked.stamp,
        "most": {
            "ms": LONGEST_MS,
            "elements": limits.elements,
            "characters": limits.characters,
            "options": limits.options,
            "words": limits.words,
        },
    }
    text = tab.evaluate(_script(), json.dumps(told))  # as a text: the driver is slow with lists
    with reading(lambda _: NotSeen()):
        seen = _shape().validate_json(text)
    if not seen.ours:
        raise NotSeen(seen.stands)
    return seen


@cache
def _script() -> str:
    return _SCRIPT.read_text("utf-8")


@cache
def _shape() -> TypeAdapter[Look]:
    return TypeAdapter(Look)
