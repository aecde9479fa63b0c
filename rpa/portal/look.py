"""A look: all that a person could see or touch on the screen, as plain data, in one round trip.

What is typed, chosen or listed is not in it: no value of a field, no cell of a table, no text of a
value, and no words that repeat one (``look.js``). So a look may be reasoned about, and the words of
its things may stand in a message. A name of somebody that stands outside of fields and tables, in a
heading of its own, is only known by its particle (*bin*, *binti*, *a/l*) or its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from rpa.reading import reading
from rpa.rules.vocabulary import ACTIONS, Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page as Tab

    from rpa.portal.origins import Origins
    from rpa.settings import Limits

LONGEST_S = 2.0  # a look is for reading a screen that stands still
_SCRIPT = Path(__file__).with_suffix(".js")


class Kind(StrEnum):
    """How a thing is built, as it is seen in the page."""

    TEXT = "text"
    DATE = "date"
    SELECT = "select"  # the browser's own list
    LIST = "list"  # Select2 and its like
    COMBOBOX = "combobox"
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
    options: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()  # of a table
    matches: tuple[str, ...] = ()  # the css that was asked for and fits
    dialog: int | None = None
    frame: bool = False  # in what stands around every screen: header, menu, footer
    section: str = ""
    table: int | None = None
    row: int = 0
    column: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """Every word a person would call it by, the surest first."""
        # What is beside a button is another thing's label.
        called = (self.words,) if self.words else (*self.labels, self.beside)
        found = (*called, self.title)
        return tuple(dict.fromkeys(words for words in found if words))


@dataclass(frozen=True, slots=True)
class Look:
    """A screen. ``whole``: nothing was left out for its size or its slowness."""

    elements: tuple[Element, ...] = ()
    language: str = ""
    whole: bool = True

    @property
    def messages(self) -> tuple[Element, ...]:
        """What the portal says."""
        return tuple(e for e in self.elements if e.kind is Kind.MESSAGE)


class NotSeen(Exception):
    """The page gave no look: it is another's, it was too slow, or it gave what is none."""


def take(
    tab: Tab, origins: Origins, limits: Limits, *, css: Iterable[str] = (), limit_s: float
) -> Look:
    """The screen as it is now. Raises NotSeen and Playwright's errors; takes ``limit_s`` at most.

    The page itself compares its address with what is allowed, in the moment of the look.
    """
    limit_ms = min(limit_s, LONGEST_S) * 1000
    asked = {
        "own": origins.written,
        "css": list(css),
        "known": ["".join(w.split()).lower() for action in Action for w in ACTIONS.words(action)],
        "most": {
            "ms": limit_ms / 2,
            "elements": limits.elements,
            "characters": limits.characters,
            "options": limits.options,
            "words": limits.words,
        },
    }
    # Of all the ways to ask the page only this one has a time-out.
    answer = tab.wait_for_function(_SCRIPT.read_text("utf-8"), arg=asked, timeout=limit_ms)
    told = answer.json_value()
    with reading(lambda _: NotSeen()):
        return _shape().validate_python(told)


@cache
def _shape() -> TypeAdapter[Look]:
    return TypeAdapter(Look)
