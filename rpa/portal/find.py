"""The things of a screen, by name: what each is meant to be, and how it is written and read.

A control is declared on its page class; by which words, names and ids it is known stands in the
portal's profile under its key, the screen's name and its own (``EmployeePopup.save``). Which thing
of the screen it is tells the resolver (`rpa.portal.resolve`, with its grades of danger) from one
look; how that thing is built (the browser's own list, a Select2, an ARIA combobox; a check box or
an icon) is seen in that look and not declared.
"""

from __future__ import annotations

import copy
import itertools
import re
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from rpa.errors import NotOnScreen, RowRefused, Words, WordSought
from rpa.portal import values
from rpa.portal.lines import NUMBER, Columns, Line, is_remark, kinds, lines, not_offered
from rpa.portal.look import Kind, Place
from rpa.portal.profile import same, shipped
from rpa.portal.resolve import CHOICES, FIELDS, Grade, Signal, Sought, is_id, judge, plain
from rpa.portal.screen import ABSENT, AGAIN_MS, HELD, Absent, Went, asked, marked
from rpa.portal.tab import SLOW, Slow
from rpa.portal.values import Cell
from rpa.rules.choices import meant, nearest, squeeze
from rpa.rules.vocabulary import (
    ACTIONS,
    DATE_PARTS,
    PLACEHOLDERS,
    REMARKS,
    Action,
    DatePart,
    Remark,
    alike,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from enum import StrEnum

    from playwright.sync_api import Locator

    from rpa.errors import RpaError
    from rpa.portal.look import Element, Look
    from rpa.portal.page import Page
    from rpa.portal.profile import Look as Named
    from rpa.portal.resolve import Finding
    from rpa.portal.screen import Found
    from rpa.rules.vocabulary import Vocabulary
    from rpa.settings import Limits

T = TypeVar("T")
PRESSABLE = "a, button, input[type=button], input[type=submit], [role=button]"
OURS = "rpa."  # the screens that the shipped profile knows
WORDS = frozenset({"bm", "en"})
NAMED, MARKED = WORDS | {"name"}, WORDS | {"id"}
ABLE = NAMED | {"none"}  # what a form need not have
COUNTRY_CODE = "+60"
MOMENT_S = 0.4  # for a menu to unfold
MOST_FOLDS = 20  # parts of the menus that are opened to find an entry
NOWHERE = ("#", "javascript:")  # where a link leads that only opens something
YES, NO = "Yes", "No"
SHOWS = r"(e, texts) => texts.includes(e.innerText.replace(/\s+/g, ' ').trim())"
REGISTRY: dict[str, Control] = {}
_ORDER = itertools.count()  # controls are declared in the screen's order


def whole(labels: Iterable[str], then: str = "") -> re.Pattern[str]:
    """Any of these labels as the whole text, whatever the case and the spaces.

    ``then`` is a pattern for what follows the label.

    The slash is written as a class, for Playwright's binding breaks on it in a pattern.
    """
    words = (
        r"\s*".join(re.escape(word).replace("/", "[/]") for word in label.split())
        for label in labels
    )
    return re.compile(rf"^\s*(?:{'|'.join(words)}){then}\s*[*:]?\s*$", re.IGNORECASE)


class Control:
    """One thing on a screen. Its looks are the profile's; the words given here are for tests."""

    kind: ClassVar[str] = "control"
    seen: ClassVar[tuple[Kind, ...]] = ()  # as what it may be built
    grade: ClassVar[Grade] = Grade.READ
    by: ClassVar[Signal] = Signal.WORDS
    numbered: ClassVar[bool] = False  # a number stands behind its words
    among: ClassVar[Place | None] = None  # what it stands among, where that matters
    looks: ClassVar[frozenset[str]] = WORDS  # what of its looks finds it or names it in a review

    def __init__(
        self,
        *,
        bm: str | tuple[str, ...] = (),
        en: str | tuple[str, ...] = (),
        name: str = "",
        id: str = "",  # noqa: A002  the HTML word
        css: str = "",
    ) -> None:
        self.bm = (bm,) if isinstance(bm, str) else bm
        self.en = (en,) if isinstance(en, str) else en
        self.name = name
        self.id = id
        self.css = css
        self.under: tuple[str, ...] = ()
        self.none = ""
        self.others: frozenset[str] = frozenset()  # marks of what it is not
        self.order = next(_ORDER)
        self.key = self.room = self.attr = self.item = ""
        self.page: Page

    def __set_name__(self, owner: type[Page], name: str) -> None:
        if self.key:
            return  # a landmark is one of the screen's controls under a second name
        self.attr, self.room = name, owner.__module__
        self.place(owner)
        REGISTRY[self.key] = self

    def __get__(self, page: Page | None, owner: type[Page]) -> Self:
        own = self
        if owner.__name__ != self.key.partition(".")[0] and owner.__module__.startswith(OURS):
            own = copy.copy(self)  # inherited: the screen may have looks of its own for it
            own.place(owner)
        return own if page is None else own.on(page)

    def on(self, page: Page) -> Self:
        """The same to be found on this page, as the profile in use has it."""
        bound = copy.copy(self)
        bound.page = page
        if look := page.portal.overrides.get(self.key):
            bound.take(look)
        return bound

    def place(self, owner: type[Page]) -> None:
        """It is this screen's, with the looks that it has there as shipped."""
        self.key = f"{owner.__name__}.{self.attr}"
        look = shipped().looks.get(self.key)
        if look and owner.__module__.startswith(OURS):
            self.take(look)
        # What a review's item is called in our own records, whatever the portal calls it today.
        self.item = self.labels[-1] if self.labels else ""

    def take(self, look: Named) -> None:
        """Be found by these looks and no others."""
        self.bm, self.en = look.bm or (), look.en or ()
        self.name, self.id, self.css = look.name or "", look.id or "", look.css or ""
        self.under, self.none = look.under or (), look.none or ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The words in both languages; on a mixed screen either may stand."""
        return (*self.bm, *self.en)

    @property
    def called(self) -> Words:
        """Its name on the screen in each language, quoted; in the other where one is not known."""
        bm, en = (*self.bm, *self.labels)[0], self.labels[-1]
        return Words(f"'{bm}'", f"'{en}'")

    @property
    def needs(self) -> frozenset[Signal]:
        """The signals by which the profile knows it, and which a line that mends it gives."""
        return frozenset({self.by})

    def sought(self) -> Sought:
        """What `locator` seeks, as data: for whoever reasons about a look at the screen."""
        return Sought(
            key=self.key,
            kinds=self.seen,
            grade=self.grade,
            bm=self.bm,
            en=self.en,
            name=self.name,
            id=self.id,
            css=self.css,
            place=self.among,
            under=self.under,
            numbered=self.numbered,
            needs=self.needs,
            never=frozenset(map(plain, self._last_press())),
            **self._around(),
        )

    def _around(self) -> dict[str, Any]:
        """What of its screen tells of it: the dialog it is in, the titles, others' words."""
        page, boxed = type(self.page), self.page.boxed
        there = [c for room in page.__mro__ for c in vars(room).values()]
        others = [c.on(self.page) for c in there if isinstance(c, Control) and c.attr != self.attr]
        titles = [c for c in (*others, self) if isinstance(c, Heading)]
        return {
            "within": self.page.within,
            "titled": boxed and page.landmark.key == self.key,
            "heads": isinstance(self, Heading) and not boxed,
            "top": tuple(words for title in titles for words in title.labels),
            "taken": tuple(words for control in others for words in control.labels),
        }

    def doing(self) -> AbstractContextManager[None]:
        """Around what is done with it: where it is not found, the error tells what is there."""
        return self.page.portal.doing(self.key, sought=self.sought)

    def answer(self, seen: Look) -> Finding:
        """What a look at its page holds of it."""
        if self.others:
            mine = tuple(e for e in seen.elements if e.mark not in self.others)
            seen = replace(seen, elements=mine)
        answer = judge(seen, self.page.sought(self))
        self.page.portal.visitor.answered(self, seen, answer)
        return answer

    def find(self) -> Found:
        """It, as soon as it is there, once: how it is built and where it is reached."""
        with self.doing():
            return self.page.portal.screen.find(self)

    def act(self, do: Callable[[Found, float], T]) -> T:
        """What may be done again where the portal draws it anew meanwhile; see `Screen.act`."""
        return self.page.portal.screen.act(self, do)

    def locator(self) -> Locator:
        """Where it is reached, as soon as it is there."""
        return self.find().locator

    @property
    def with_id(self) -> str:
        """Whatever carries its id, in css."""
        return f'[id="{self.id}"], [id$="_{self.id}"]'

    def shown(self) -> bool:
        """Whether it is there now; for reading a record, never for deciding where we are."""
        with self.doing():
            return not self.none and any(self.page.portal.screen.shown(self))

    def _last_press(self) -> frozenset[str]:
        """The words of the last press, which nothing may carry that is used and found by a sign."""
        worded = Signal.WORDS in self.needs and self.grade is not Grade.GO
        if self.grade is Grade.READ or worded:
            return frozenset()
        looks = self.page.portal.overrides
        last = [c for c in REGISTRY.values() if isinstance(c, Button) and c.commits]
        told = [look for c in last for look in (c, looks.get(c.key)) if look]
        words = (word for look in told for word in look.labels)
        return frozenset(words)


class Heading(Control):
    """Text that marks a screen: a heading or a dialog's title, whole."""

    kind = "heading"
    seen = (Kind.HEADING,)


class Value(Control):
    """A text the portal shows, at a stable id."""

    kind = "value"
    seen = (Kind.VALUE, Kind.MESSAGE, Kind.HEADING, Kind.LINK)
    by = Signal.ID
    looks = MARKED | {"none"}

    def read(self) -> Cell:
        """The text, white space squeezed."""
        with self.doing():
            text = squeeze(self.act(lambda found, ms: found.locator.inner_text(timeout=ms)))
        values.bounded(len(text), self.page.portal.settings.limits.text, "text", self.key)
        return Cell(text, self.key)

    def said(self) -> str:
        """A sentence, to be kept and not to be compared."""
        with self.doing():
            return self.page.portal.said(self.locator())

    def shows(self, text: str) -> None:
        """Wait until it shows this, and no more; a month in any of its ways."""
        with self.doing():
            self.page.portal.screen.until(self, SHOWS, list(values.ways(text)))

    def filled(self) -> None:
        """Wait until it shows anything."""
        with self.doing():
            self.page.portal.screen.until(self, "(e, _) => e.innerText.trim() !== ''")

    def number(self) -> int:
        """The text as a count. Raises UnexpectedPage when it is none."""
        return values.count(self.read())


class Spoken(Value):
    """A text that is a word of a vocabulary, in either language; or as its own entry has it."""

    kind = "value"

    def __init__(self, vocabulary: Vocabulary[Any]) -> None:
        self.vocabulary = vocabulary
        super().__init__()

    def take(self, look: Named) -> None:
        """Be found by these looks, and by the vocabulary's words."""
        super().take(look)
        every = self.vocabulary
        known = (word for meaning in every.means.values() for word in every.words(meaning))
        self.en = tuple(dict.fromkeys((*self.en, *(w for w in known if w not in self.bm))))


class LensSign(Value):
    """What a lens shows of a number: that the portal knows it, or that it does not."""


class Notice(Value):
    """What the portal says above a screen: at its id, else in its messages."""

    def messages(self) -> str:
        """All of it, to be kept and not to be compared; empty where it says nothing."""
        with self.doing():
            seen = self.page.portal.screen.standing(self)
            one = self.answer(seen).element
            those = [one] if one else [e for e in seen.messages if e.dialog is None]
            marks = ", ".join(marked(e.mark) for e in those) or "no-message"
            return self.page.portal.said(self.page.portal.tab.locator(marks).filter(visible=True))


class Button(Control):
    """Something to press: the portal's buttons are mostly anchors (facts 1).

    ``commits``: part of the press that cannot be taken back; nothing else may be given its words.
    """

    kind = "button"
    seen = (Kind.BUTTON, Kind.LINK)
    # Which of them change nothing is not known yet, so each counts as one that does.
    grade = Grade.PRESS
    among: ClassVar[Place | None] = Place.PAGE
    looks = MARKED

    def __init__(self, *, commits: bool = False, **how: Any) -> None:
        super().__init__(**how)
        self.commits = commits

    @property
    def needs(self) -> frozenset[Signal]:
        """Its words; the id of an icon without any."""
        return frozenset({Signal.WORDS if self.labels else Signal.ID})

    def of(self, row: Locator) -> Locator:
        """The one of this row, for an icon without words; it never has those of the last press."""
        found = row.locator(self.with_id).filter(visible=True)
        last = whole(self._last_press() or {" "})
        with self.doing():
            named = found.and_(row.get_by_label(last).or_(row.get_by_title(last))).count()
        return found.filter(has_not_text=re.compile("") if named else last)

    def click(self, found: Found | None = None) -> None:
        """Press it; ``found``: what the look of this very moment has, unless it went since.

        An overlay that covers it is waited for, within the time-out.
        """
        with self.doing():
            self.page.portal.wire.calm()
            still = found if found and found.locator.count() else self.find()
            self.page.portal.visitor.pressing(self)
            still.locator.click()
            self.page.portal.screen.moved()

    def ready(self) -> None:
        """Wait until it could be pressed, and do not press it."""
        with self.doing():
            self.locator().click(trial=True)


class Leave(Button):
    """What leaves a popup and keeps nothing: a button, and a cross of the same words beside it."""

    kind = "button"

    def find(self) -> Found:
        """It; of several of the same words the last, where nothing else tells them apart."""
        with self.doing():
            screen = self.page.portal.screen
            pointed = self.answer(screen.standing(self)).pointed
        called = pointed.get(Signal.WORDS, ())
        alone = len(called) > 1 and not any(
            hits for s, hits in pointed.items() if s is not Signal.WORDS
        )
        return screen.at(called[-1]) if alone else super().find()


class Lens(Button):
    """What asks the portal and changes nothing: known by its words or, without any, by its id."""

    kind = "button"
    grade = Grade.GO
    looks = MARKED | {"css"}


class Turn(Button):
    """What leads on among the numbers of pages."""

    kind = "link"
    grade = Grade.GO
    among = Place.PAGES
    looks = MARKED | {"css"}


class Menu(Button):
    """Something of the portal's menus: it leads somewhere and changes nothing."""

    kind = "menu"
    grade = Grade.GO
    among: ClassVar[Place | None] = Place.MENU
    looks = MARKED | {"css", "under", "none"}

    def sought(self) -> Sought:
        """Another menu's words are never proposed for it."""
        found = super().sought()
        looks = self.page.portal.overrides
        others = (
            looks.get(k, c) for k, c in REGISTRY.items() if isinstance(c, Menu) and k != self.key
        )
        told = {w for look in others for w in look.labels} - {*self.labels}
        return replace(found, taken=(*found.taken, *sorted(told)))

    def choose(self, entry: Menu) -> None:
        """Open it, by hover (facts 3.2) or by click, and press this entry of it.

        What was called so before it was open is another menu's, unless nothing else comes. Where a
        profile says that there is no such menu, its entries stand open, or folded in another.
        """
        if self.none:
            entry.click(entry.within_reach())
            return
        with self.doing():
            screen = self.page.portal.screen
            seen = screen.standing(entry, self)
            before = frozenset(found.element.mark for found in screen.every(entry, seen))
            inside, mine = entry.but(before), self.answer(seen).element
            opener = screen.at(mine).locator if mine else self.locator()
            stands = opener.get_attribute("aria-expanded") == "true"
            if stands and (found := entry.comes(at_once=True)):
                entry.click(found)  # another press would fold it
                return
            opener.hover()
            screen.moved()
            leads = opener.get_attribute("href") or "#"
            found = inside.comes(at_once=leads.startswith(NOWHERE))
            if not found:
                self.click()
                found = inside.comes()
        entry.click(found)

    def within_reach(self) -> Found | None:
        """It, where it stands open; else what is folded of the menus is opened one by one.

        What was opened in vain is shut again: a second press would shut it for who opens it next.
        """
        if self.none:
            return None
        if found := self.comes(at_once=True):
            return found
        with self.doing():
            for _ in self._folds():
                if found := self.comes():
                    return found
        return None

    def unfolded(self) -> Look:
        """The screen, and behind it what is folded in its menus; all is shut again."""
        with self.doing():
            screen = self.page.portal.screen
            seen = screen.standing(self)
            known = {one.mark: one for one in seen.elements}
            for _ in self._folds():
                self.comes()  # it is not there; what is folded may need a moment
                for one in screen.standing(self).elements:
                    known.setdefault(one.mark, replace(one, order=len(known), dialog=None))
        return replace(seen, elements=tuple(known.values()))

    def _folds(self) -> Iterator[None]:
        """Open what is folded of the menus one by one; shut again for the next one."""
        screen = self.page.portal.screen
        seen = screen.standing(self)
        folded = [e for e in seen.elements if e.place is Place.MENU and e.folded]
        for fold in (screen.at(e).locator for e in folded[:MOST_FOLDS]):
            fold.click()
            screen.moved()
            yield
            fold.click()
            screen.moved()

    def click(self, found: Found | None = None) -> None:
        """Press it; nothing where a profile says that there is none: one is there already."""
        if not self.none:
            super().click(found)

    def but(self, others: frozenset[str]) -> Self:
        """The same, and none of these."""
        mine = copy.copy(self)
        mine.others = others
        return mine

    def comes(self, *, at_once: bool = False) -> Found | None:
        """It, where it is there within a moment or at once."""
        try:
            return self.page.portal.screen.find(self, 0.001 if at_once else MOMENT_S)
        except Absent:
            return None


class Way(Menu):
    """A link that leads on, in the page or in a menu of it."""

    among = None


class Links(Control):
    """Links to papers: several may carry the same id (facts 15), or stand below one heading."""

    kind = "links"
    seen = (Kind.LINK, Kind.BUTTON)
    by = Signal.ID
    looks = MARKED

    def locator(self) -> Locator:
        """All of them: by their id, their words, or what they stand below."""
        with self.doing():
            seen = self.page.portal.screen.standing(self)
        those = [e for e in seen.elements if e.kind in self.seen and self._leads(e)]
        papers = any(e.paper for e in those)
        marks = [marked(e.mark) for e in those if not (papers and self._is_its_heading(e))]
        return self.page.portal.tab.locator(", ".join(marks) or "no-link").filter(visible=True)

    def _is_its_heading(self, element: Element) -> bool:
        """What folds the list of papers stands in the heading over them, and is none."""
        said = {plain(words) for words in element.said}
        return not element.paper and plain(element.section) in said

    def shown(self) -> bool:
        """Whether there are any now."""
        return self.locator().count() > 0

    def _leads(self, element: Element) -> bool:
        known = {plain(words) for words in self.labels}
        called = {plain(words) for words in element.said}
        below = element.paper and plain(element.section) in known
        return is_id(element.id, self.id) or bool(known & called) or below


def radio(control: Control, found: Found, words: Iterable[str]) -> Locator:
    """The button of a group under these words."""
    if found.element.role == "radiogroup":
        return found.locator.get_by_role("radio", name=whole(words))
    return found.locator.and_(control.page.root.get_by_label(whole(words)))


RADIO_WORDS = """those => those.flatMap(r => r.matches('input')
  ? [r.labels[0]?.innerText ?? r.value]
  : [...r.querySelectorAll('[role=radio]')].map(x => x.innerText))"""


class Selection(Control):
    """One radio button of a group, by the words beside it."""

    kind = "radio button"
    seen = (Kind.RADIO,)
    by = Signal.NAME
    grade = Grade.FILL
    looks = NAMED

    def sought(self) -> Sought:
        """The group by its name, else by the words of its buttons, of which this has one."""
        return replace(super().sought(), chosen=True)

    def locator(self) -> Locator:
        """The one button of the group with these words."""
        return radio(self, self.find(), self.labels)

    def choose(self) -> None:
        """Choose it, and see that it is chosen."""
        with self.page.portal.doing(self.key):
            self.locator().check()
            expect(self.locator()).to_be_checked()


class Input(Control):
    """A field of a form: written as text, read back as text."""

    def fill(self, value: str) -> None:
        """Put the value there."""
        raise NotImplementedError

    def read(self) -> str:
        """What stands there; empty when nothing does."""
        raise NotImplementedError

    def holds(self, held: str, value: str) -> bool:
        """Whether ``held``, as read, is what ``value`` declares."""
        return held == value

    def becomes(self, held: str) -> str:
        """What the portal makes of it when it saves."""
        return held


class Text(Input):
    """A text box. ``upper``: the portal keeps its text in capital letters (facts 2.4)."""

    kind = "text box"
    seen = (Kind.TEXT, Kind.DATE, Kind.DATE_PARTS, Kind.SUGGEST)
    by = Signal.NAME
    grade = Grade.FILL
    looks = ABLE

    def __init__(self, *, upper: bool = False, **how: Any) -> None:
        super().__init__(**how)
        self.upper = upper

    @property
    def needs(self) -> frozenset[Signal]:
        """The label too, where both languages of it are known."""
        return frozenset({Signal.NAME, *([Signal.WORDS] if self.bm and self.en else [])})

    def holds(self, held: str, value: str) -> bool:
        """Whether it is what was declared; a day may have its month in words."""
        return value in {held, values.written(held)}

    def becomes(self, held: str) -> str:
        """In capital letters where the portal does that."""
        return held.upper() if self.upper else held

    def fill(self, value: str) -> None:
        """Write the value and leave the box, as a person does."""
        with self.doing():
            self.act(lambda found, ms: _fill(found, value, ms))
            self.page.portal.screen.typed()

    def read(self) -> str:
        """What stands in the box."""
        with self.doing():
            return self.act(self._held)

    def _held(self, found: Found, ms: float) -> str:
        if found.element.kind is Kind.DATE_PARTS:
            parts = [box.input_value(timeout=ms) for box in _boxes(found)]
            return "/".join(parts) if any(parts) else ""
        held = self.page.portal.screen.held(found, ms)
        return _of_day(held) if found.element.type == "date" else held

    def stays(self) -> None:
        """Raise NotThePortal where what is typed here could be sent to another host."""
        with self.doing():
            self.page.portal.keeps_secrets(self.locator())

    def secret(self, value: str) -> None:
        """Type a secret: Playwright's own messages repeat what `fill` was given.

        At the configured address only, into this box only, and where its form stays there.
        """
        with self.doing():
            box = self.locator()
            self.page.portal.keeps_secrets(box)
            box.focus()
            # A script may give the keys to another field, or a frame.
            expect(box).to_be_focused()
            self.page.portal.tab.keyboard.insert_text(value)


def _fill(found: Found, value: str, ms: float) -> None:
    if found.element.kind is Kind.DATE_PARTS:
        for box, part in zip(_boxes(found), value.split("/"), strict=True):
            box.fill(part, timeout=ms)
            box.press("Tab", timeout=ms)
        return
    found.locator.fill(_as_day(value) if found.element.type == "date" else value, timeout=ms)
    found.locator.page.keyboard.press("Tab")  # the box has the keys: it was filled just now


def _boxes(found: Found) -> list[Locator]:
    """Those of day, month and year, by their words."""
    return [found.locator.get_by_label(whole(DATE_PARTS.words(part))) for part in DatePart]


def _as_day(value: str) -> str:
    """dd/mm/yyyy as the browser's own date box takes it."""
    return "-".join(reversed(value.split("/")))


def _of_day(held: str) -> str:
    """What the browser's own date box holds, as dd/mm/yyyy."""
    return "/".join(reversed(held.split("-")))


class Phone(Text):
    """A telephone box behind a fixed ``+60`` (facts 4.1); a further one comes by its plus icon.

    Values are ``+60`` and digits.
    """

    kind = "telephone box"
    looks = ABLE | {"opened_by"}

    def __init__(self, *, opened_by: str = "", **how: Any) -> None:
        super().__init__(**how)
        self.opened_by = opened_by

    def take(self, look: Named) -> None:
        """The icon that brings it is one of its looks."""
        super().take(look)
        self.opened_by = look.opened_by or ""

    def fill(self, value: str) -> None:
        """Write what stands behind the prefix."""
        if self.opened_by and not self.shown():
            self._open_box()
        super().fill(value.removeprefix(COUNTRY_CODE))

    def _open_box(self) -> None:
        """Press the plus: by its words between the first box and the next, else by its id."""
        with self.doing():
            worded = self._pluses()
            if len(worded) == 1:
                worded[0].locator.click()
                self.page.portal.screen.moved()
                return
        plus = Button(id=self.opened_by)
        plus.key, plus.page = f"{self.key}.opened_by", self.page
        plus.click()

    def _pluses(self) -> list[Found]:
        """What stands after the first box and adds another."""
        first: Phone = getattr(self.page, re.sub(r"_\d$", "", self.attr))
        screen = self.page.portal.screen
        seen, at = screen.standing(first), first.find().element
        after = [e for e in seen.elements if e.order > at.order and e.dialog == at.dialog]
        mine = itertools.takewhile(lambda e: e.kind not in FIELDS, after)
        words = ACTIONS.words(Action.ADD)
        told = {plain(f"{word}{of}") for word in words for of in ("", *at.said)}
        called = ((e, {plain(words).replace(":", "") for words in e.said}) for e in mine)
        return [screen.at(e) for e, said in called if told & said]

    def read(self) -> str:
        """With the prefix; a box that was not opened holds nothing."""
        digits = "" if self.opened_by and not self.shown() else super().read()
        return f"{COUNTRY_CODE}{digits}" if digits else ""


class Choice(Input):
    """A Select2-like drop-down (facts 1), whose options may come late; or a group of radio buttons.

    The value is an option's text, its code, or its words without the code.
    """

    kind = "drop-down"
    seen = CHOICES
    by = Signal.NAME
    grade = Grade.FILL
    looks = ABLE

    def fill(self, value: str) -> None:
        """Choose the one option that is meant; wait for a cascade to bring it.

        Raises RowRefused, with the nearest options, when none or several are meant.
        """
        with self.doing():
            text, found = self._pick(value)
            if found.element.kind is not Kind.RADIO:
                self.page.portal.screen.until(self, CHOSEN, text, first=found)

    def offered(self) -> list[str]:
        """The texts of all its options; the list is closed again."""
        with self.doing():
            found, options = self._open()
            if options is None:
                return self._buttons(found)
            texts = self._texts(options)
            self._close(found)
            return texts

    def lead(self, value: str) -> None:
        """The same where the choice leads to another screen at once."""
        with self.doing():
            self._pick(value)
            self.page.portal.screen.moved()

    def _pick(self, value: str) -> tuple[str, Found]:
        found, options = self._open()
        if options is None:
            text = self._meant(found, self._buttons(found), value)
            self._press_one(found, (text,))
            return text, found
        text = self._meant(found, self._listed(found, options, value), value)
        self._take(found, options, text)
        return text, found

    def _buttons(self, found: Found) -> list[str]:
        """What stands beside the radio buttons, as it stands there."""
        words = found.locator.evaluate_all(RADIO_WORDS)
        values.bounded(len(words), self.page.portal.settings.limits.options, "options", self.key)
        return [squeeze(text) for text in words]

    def _press_one(self, found: Found, words: Iterable[str], ms: float | None = None) -> None:
        """The radio button with these words."""
        radio(self, found, words).check(timeout=ms)
        self.page.portal.screen.chose()

    def _take(self, found: Found, options: Locator, text: str) -> None:
        """Choose the one option with exactly this text."""
        exact = options.filter(has_text=whole((text,)))
        if found.element.kind is Kind.SELECT:
            found.locator.select_option(asked(exact, "option => option.value"))
        elif found.element.kind is Kind.SUGGEST:
            _fill(found, text, AGAIN_MS)
        else:
            exact.click()
        self.page.portal.screen.chose()

    def _listed(self, found: Found, options: Locator, value: str) -> list[str]:
        """All, once one is there that could be meant: a cascade brings its list when it likes."""
        possible = re.compile("|".join(map(_pattern, values.ways(value))), re.IGNORECASE)
        listed = self._texts(options)
        if any(possible.search(text) for text in listed):
            return listed
        typed = found.element.kind is Kind.SUGGEST  # the words of its list are no text of the page
        try:
            if typed:
                self.page.portal.screen.until(self, SUGGESTED, possible.pattern, first=found)
            else:
                expect(options.filter(has_text=possible)).not_to_have_count(0)
        except AssertionError:
            if options.count() > (not typed):  # the list came, and nothing in it is like this
                raise self._missing(found, value, self._texts(options)) from None
            raise Slow(SLOW, where=self.key) from None
        return self._texts(options)

    def _meant(self, found: Found, listed: list[str], value: str) -> str:
        those = _meaning(value, listed)
        if len(those) != 1:
            raise self._missing(found, value, those or listed)
        return those[0]

    def _missing(self, found: Found, value: str, offered: list[str]) -> RpaError:
        """The portal offers no such choice, or several; the open list is closed again."""
        self._close(found)
        called = self.called
        near = self.page.portal.kept("; ".join(nearest(value, offered)))
        return self.page.portal.trouble() or RowRefused(
            Words(
                f"{called.bm}: portal tidak menawarkan tepat satu pilihan bagi '{value}'. "
                f"Yang terdekat: {near}.",
                f"{called.en}: the portal does not offer exactly one choice for '{value}'. "
                f"The nearest: {near}.",
            )
        )

    def _texts(self, options: Locator) -> list[str]:
        most = self.page.portal.settings.limits.options
        told = options.evaluate_all(FEW_TEXTS, most)
        values.bounded(told["all"], most, "options", self.key)
        return [squeeze(text) for text in told["texts"]]

    def holds(self, held: str, value: str) -> bool:
        """Whether the chosen option is what was declared, by whichever of its names."""
        return held == value or bool(held and _meaning(value, [held]))

    def lists(self, value: str) -> bool:
        """Whether any of its options is meant by this."""
        return bool(_meaning(value, self.offered()))

    def _open(self) -> tuple[Found, Locator | None]:
        """It and its options, to be chosen from; radio buttons have none but themselves."""
        found = self.act(_opened)
        if found.element.kind is Kind.RADIO:
            return found, None
        if found.element.kind is Kind.SELECT:
            return found, found.locator.locator("option")
        if found.element.kind is Kind.SUGGEST:
            named = asked(found.locator, "box => box.list.id")
            return found, self.page.portal.tab.locator(f'datalist[id="{named}"] option')
        return found, self.page.portal.tab.locator(OPTIONS).filter(visible=True)

    def _close(self, found: Found) -> None:
        if found.element.kind not in {Kind.SELECT, Kind.SUGGEST, Kind.RADIO}:
            self.page.portal.tab.keyboard.press("Escape")

    def read(self) -> str:
        """The text of the choice; empty when nothing is chosen."""
        with self.doing():
            text = squeeze(self.act(self._chosen))
        return "" if PLACEHOLDERS.knows(text.strip("- ")) else text

    def _chosen(self, found: Found, ms: float) -> str:
        """The words of what is chosen in it."""
        return self.page.portal.screen.held(found, ms)


def _meaning(value: str, options: list[str]) -> list[str]:
    """Those that the value can mean, however the portal writes it."""
    return list(dict.fromkeys(text for way in values.ways(value) for text in meant(way, options)))


def _opened(found: Found, ms: float) -> Found:
    """Press it, unless its options are at hand."""
    if found.element.kind in {Kind.SELECT, Kind.RADIO}:
        return _here(found)
    # A cascade is grey until its parent has been answered: the press waits for that.
    found.locator.click(timeout=ms)
    return found


def _here(found: Found) -> Found:
    """It, as long as it stands. Raises Went; for what is asked without waiting for it."""
    if not found.locator.count():
        raise Went(ABSENT)
    return found


OPTIONS = "[role=option], li.select2-results__option"
FEW_TEXTS = """(those, most) => ({ all: those.length,
  texts: those.slice(0, most).map(e => e.closest('datalist') ? e.value : e.innerText) })"""
SUGGESTED = "(box, text) => [...box.list.options].some(e => new RegExp(text, 'i').test(e.value))"
# The option's own words, whatever the style makes of their letters.
CHOSEN = rf"""(e, text) => (({HELD})(e)).replace(/\s+/g, ' ').trim().toLowerCase()
  === text.toLowerCase()"""


class Radio(Choice):
    """Radio buttons of one name, chosen by the words beside them; or a drop-down of these words."""

    kind = "radio buttons"

    def fill(self, value: str) -> None:
        """Choose what has this label, or means the same."""
        known = alike(value)
        words = known[1] if known else (value,)
        with self.doing():
            found = self.find()
            if found.element.kind is Kind.RADIO:
                if not {*map(plain, words)} & {*map(plain, self._buttons(found))}:
                    raise self._none_is(found, value)
                self.act(lambda one, ms: self._press_one(one, words, ms))
                return
        offered = {plain(option): option for option in self.offered()}
        super().fill(next((offered[plain(w)] for w in words if plain(w) in offered), value))

    def _none_is(self, found: Found, value: str) -> RpaError:
        """No button means this: the words of a closed list an office adds, others are the job's."""
        known, offered = alike(value), self._buttons(found)
        if known is None:
            return self._missing(found, value, offered)
        return not_once(self, known[0], known[0].read(value), offered)

    def holds(self, held: str, value: str) -> bool:
        """Whether what is chosen means what was declared. Raises UnknownWord."""
        known = alike(value)
        if held == value or not held or known is None:
            return held == value
        return known[0].read(held, self.key) is known[0].read(value)


def not_once(
    choice: Choice, words: Vocabulary[Any], meaning: StrEnum, offered: Sequence[str]
) -> NotOnScreen:
    """With what is offered, none of which is anybody's, and the line that mends it."""
    kept = choice.page.portal.kept
    there = ", ".join(f"'{kept(option)}'" for option in offered)
    sought = words.words(meaning)[0]
    line = f"words: {{{words.name}: {{{meaning.name.lower()}: {{en: …}}}}}}"
    error = NotOnScreen(
        Words(
            f"Senarai pilihan tidak menawarkan tepat satu '{sought}'; yang ada: {there}. "
            f"Pejabat boleh membaiki ini: tulis dalam config/profile.yaml: {line}",
            f"The drop-down does not offer exactly one '{sought}'; there are: {there}. "
            f"The office can mend this: write into config/profile.yaml: {line}",
        ),
        where=choice.key,
    )
    key = f"words.{words.name}.{meaning.name.lower()}"
    error.asks = WordSought(key, tuple(map(kept, offered)))
    return error


class Tick(Input):
    """The portal's own tick-box: an icon that changes by click (facts 1). ``Yes`` or ``No``."""

    kind = "tick-box"
    seen = (Kind.ICON_TICK, Kind.CHECKBOX)
    by = Signal.ID
    grade = Grade.FILL
    looks = MARKED | {"none"}

    def tick(self) -> None:
        """Tick it unless it is ticked, and see that it is; where there is none, nothing."""
        if not self.none:
            self.fill(YES)

    def fill(self, value: str) -> None:
        """Tick it or leave it, and see that it is so; one that should not be ticked is unticked.

        A late answer of the portal may take the tick back: once more, in the second half of the
        time.
        """
        ticked = value == YES
        with self.doing():
            found = self._as_it_stands(sure=False)
            if found.element.checked is ticked:  # it is pressed no more: that is seen once more
                found = self._as_it_stands()
            with suppress(Absent):
                return self._press_unless(found, ticked=ticked)
            return self._press_unless(self._as_it_stands(), ticked=ticked)

    def _press_unless(self, found: Found, *, ticked: bool) -> None:
        """Press it unless it is so, and see that it becomes so. Raises Absent."""
        if found.element.checked is not ticked:
            found.locator.click()
            screen = self.page.portal.screen
            screen.moved()
            half = self.page.portal.settings.timeouts.act_s / 2
            screen.find(self, limit_s=half, holds=lambda seen: seen.checked is ticked)

    def read(self) -> str:
        """Yes when it is ticked."""
        with self.doing():
            at_once = self.page.portal.screen.at_one
            return YES if self._as_it_stands(sure=not at_once).element.checked else NO

    def _as_it_stands(self, *, sure: bool = True) -> Found:
        """Its state is told by a look: one of now, or unless ``sure`` the last, if nobody typed."""
        if sure or self.page.portal.screen.current is None:
            self.page.portal.screen.moved()
        return self.find()


class File(Input):
    """A file to upload; as a text, its name."""

    kind = "file"
    seen = (Kind.FILE,)
    by = Signal.NAME
    grade = Grade.FILL
    looks = ABLE

    def choose(self, path: Path) -> None:
        """Choose this file; the box itself may be hidden behind a button."""
        with self.doing():
            self.locator().set_input_files(path)
            self.page.portal.screen.moved()

    def read(self) -> str:
        """The chosen file's name."""
        with self.doing():
            return str(asked(self.locator(), "input => input.files[0]?.name ?? ''"))


class Table(Control):
    """A table found by its title, read as lines; its columns are the profile's, by these keys.

    Where it is a list of cards, ``title`` is the column that a card's heading tells and ``badge``
    the one of the text beside it, should they have no name.
    """

    kind = "table"
    seen = (Kind.TABLE,)

    def __init__(self, *columns: str, title: str = "", badge: str = "", **how: Any) -> None:
        super().__init__(**how)
        self.columns, self.title, self.badge = columns, title, badge

    def known(self) -> Columns:
        """What the profile in use calls its columns."""
        keys = {name: f"{self.key}.columns.{name}" for name in self.columns}
        now, then = self.page.portal.overrides, shipped().looks
        looks = {n: now.get(key) or then[key] for n, key in keys.items()}
        return Columns(self.key, looks, self.title, self.badge)

    def locator(self) -> Locator:
        """By its own name, which outlives its being drawn anew; else where it was seen."""
        return self._at(self.find())

    def _at(self, found: Found) -> Locator:
        if found.element.labels:
            return self.page.root.get_by_role("table", name=whole(self.labels)).filter(visible=True)
        said = found.element.section.replace('"', "")
        path = f'xpath=//*[{HEADINGS}][normalize-space()="{said}"]/following::*[{LISTS}][1]'
        below = self.page.root.locator(path).filter(visible=True)
        return below if below.and_(found.locator).count() == below.count() == 1 else found.locator

    def below(self, seen: Look) -> Iterator[Element]:
        """What stands below it on its screen and before the next table."""
        mine = self._mine(seen)
        after = (e for e in seen.elements if mine and e.order > min(mine))
        others = (e for e in after if e.order not in mine and e.table not in mine)
        return itertools.takewhile(lambda e: e.kind is not Kind.TABLE, others)

    def _mine(self, seen: Look) -> set[int]:
        """Where it stands in this look."""
        at = self.answer(seen).element
        return {at.order} if at else set()

    def rows(self) -> list[Line]:
        """All rows that carry data; a single cell over all columns is a remark, not a row."""
        return self._rows(self._read(), self.key)

    def _read(self) -> Any:
        """As ``table.js`` tells it: headings, rows, what they offer; too many as their number."""
        with self.doing():
            return asked(self.locator(), READ_TABLE, self._most.rows)

    @property
    def _most(self) -> Limits:
        return self.page.portal.settings.limits

    def _rows(self, read: dict[str, list[Any]] | int, where: str) -> list[Line]:
        """Raises UnexpectedPage for more rows, or longer ones, than the settings allow."""
        if isinstance(read, int):
            values.bounded(read, self._most.rows, "rows", where)
            return []
        longest = max((len(cell) for row in read["rows"] for cell in row), default=0)
        values.bounded(longest, self._most.text, "text", where)
        return lines(read, where, self.known())

    def lines(self) -> list[tuple[Line, list[str]]]:
        """The same rows, each with the names of what it offers to press."""
        read = self._read()
        rows = self._rows(read, self.key)  # raises for more than there may be
        offered = [names for cells, names in zip(read["rows"], read["offered"], strict=True)
                   if not is_remark(cells, read["heads"])]  # fmt: skip
        return list(zip(rows, offered, strict=True))

    def row(self, text: str) -> Locator:
        """The one row with a cell of exactly this text; a month in any of its ways."""
        tab = self.page.portal.tab
        wanted = f"(?:{'|'.join(map(_pattern, values.ways(text)))})"
        named = re.compile(rf"^\s*{wanted}\s*$")
        cell = tab.get_by_role("cell", name=named).or_(tab.get_by_role("gridcell", name=named))
        cell = cell.or_(tab.get_by_role("rowheader", name=named))
        heads = [w for name in self.columns for ws in self.known().words(name) for w in ws]
        valued = tab.locator(VALUES).filter(has_text=whole(["", *heads], rf"\s*:?\s*{wanted}"))
        found = self.find()
        at = self.known().person(found.element.heads) if NUMBER in self.columns else None
        if at is not None:  # it may stand behind its kind, beside a name
            lined = tab.locator(f":is({CELLS}):nth-child({at + 1}) *")
            valued = valued.or_(lined.filter(has_text=whole(kinds(), rf"\s+{wanted}")))
        return self._at(found).locator(ROWS).filter(has=cell.or_(valued))

    @property
    def body(self) -> Locator:
        """All its rows, as they stand there."""
        return self.locator().locator(ROWS)

    def offers(self, row: Locator, *actions: Action) -> Locator:
        """What a row offers to press under the words of these actions, by its label or its text.

        Behind them a text of the row may stand: *Change CONTOH BIN REKAAN*.
        """
        with self.doing():
            told = _texts_of(row.locator(CELLS))
        named = rf"(?:\s+(?:{'|'.join(map(_pattern, sorted(told)))}))?" if told else ""
        words = whole((w for action in actions for w in ACTIONS.words(action)), named)
        labelled = row.get_by_label(words)
        others = row.locator(PRESSABLE).filter(has_not=self.page.portal.tab.get_by_label(words))
        worded = others.and_(row.get_by_title(words)).or_(others.filter(has_text=words))
        return labelled.or_(worded).filter(visible=True)

    def press(self, row: Locator, *actions: Action) -> None:
        """Press what a row offers; where nothing of it is in sight, what unfolds it first.

        Raises NotOnScreen, with what it offers instead.
        """
        with self.doing():
            offered = self.offers(row, *actions)
            folded = row.locator(FOLDED).filter(visible=True)
            if not offered.count() and folded.count() == 1:
                folded.click()
            self.page.portal.visitor.pressing(self)
            try:
                offered.click()
            except PlaywrightTimeout:
                if row.count() == 1 and not offered.count():
                    self.page.portal.nothing_worse()
                    raise self._not_offered(row, actions[0]) from None
                raise
            self.page.portal.screen.moved()

    def _not_offered(self, row: Locator, action: Action) -> NotOnScreen:
        """What it offers instead, without the texts of the row."""
        told = self.known()
        known = [same(w) for name in self.columns for ws in told.words(name) for w in ws]
        names = row.evaluate(NAMES, [CELLS, PRESSABLE, known])
        return not_offered(self.key, ACTIONS.words(action), action, names)

    def settled_on(self, text: str) -> None:
        """Wait until every row shows this text, or says that there is nothing: a search's answer.

        A word that an office added to *nothing* is a row's whole text, or it is none.
        """
        with self.doing():
            none = _nothing()
            self.page.portal.screen.until(self, SETTLED, [f"{_pattern(text)}|{none}", none])

    @contextmanager
    def renewed(
        self, unless: Callable[[], bool] = lambda: False, *, grows: bool = False
    ) -> Iterator[None]:
        """Around a press that loads the table anew: waits until no row of before is left.

        Or for ``unless``, which may come instead. ``grows``: or until others stand below those of
        before, which are all where they were: a list that shows more instead of another page.
        """
        with self.doing():
            before = self.locator().evaluate(BEFORE, _nothing())
            yield
            known = [_nothing(), str(before if grows else 0)]
            self.page.portal.screen.until(self, RENEWED, known, unless=unless)


def _texts_of(cells: Locator) -> set[str]:
    return {squeeze(text) for text in cells.all_inner_texts()} - {""}


def _nothing() -> str:
    """The whole of what an empty list says, as a pattern."""
    return whole(REMARKS.words(Remark.NOTHING)).pattern


HEADINGS = " or ".join(
    f"self::{name}" for name in ("h1", "h2", "h3", "h4", "h5", "h6", "figcaption")
)
FOLDED = "[aria-expanded=false], [aria-haspopup], summary"
LISTS = "self::table or self::ul or self::ol or self::p"
# What a row offers: each name as far as no word of its cells stands in it, but for the cell where a
# row is pressed: the last; the first where that holds no data and the last nothing to press.
NAMES = r"""(row, [CELLS, PRESSABLE, known]) => {
  const words = text => (text || '').toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const cells = [...row.querySelectorAll(`${CELLS}, th, h1, h2, h3, h4, h5, h6`)];
  const line = cells.filter(c => !c.matches('dd, h1, h2, h3, h4, h5, h6'));
  const head = row.closest('table')?.tHead?.rows[0]?.cells[0]?.innerText ?? '';
  const data = known.includes(head.replace(/\s+/g, '').toLowerCase());
  const pressed = cell => cell?.querySelector(PRESSABLE);
  const last = pressed(line[0]) && !pressed(line.at(-1)) && !data ? line[0] : line.at(-1);
  const others = cells.filter(c => c !== last);
  const held = new Set(others.flatMap(c => words(c.innerText)));
  return [...row.querySelectorAll(PRESSABLE)].filter(e => e.getClientRects().length).map(e => {
    const name = e.getAttribute('aria-label') || e.title || e.innerText || '';
    const told = name.trim().split(/\s+/);
    const end = told.findIndex(word => words(word).some(one => held.has(one)));
    return told.slice(0, end < 0 ? told.length : end).join(' ') || '…';
  });
}"""
CELLS = "td, [role=cell], [role=gridcell], [role=rowheader], dd"
ROWS = "tbody tr, :scope > li, [role=row]:not(:has([role=columnheader]))"
OTHER = (
    "h1, h2, h3, h4, h5, h6, figcaption, [role=heading], table, [role=table], [role=grid], ul, ol"
)
VALUES = "dd, h3, h4, h5, p"
# Of a list that is empty, the text that says so: in its place, or behind it under its heading.
_ROWS = f"""const said = e => e.textContent.replace(/\\s+/g, ' ').trim();
  const seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
  const other = e => e && (e.matches('{OTHER}') || e.querySelector('{OTHER}'));
  const behind = () => {{ // and before whatever else begins, nor beyond what its heading is of
    for (let at = t, up = 0; at && up < 3; at = at.parentElement, up++) {{
      for (let e = at.nextElementSibling; e; e = e.nextElementSibling) {{
        if (other(e)) return [];
        if (seen(e) && new RegExp(none, 'i').test(said(e))) return [e];
      }}
      for (let e = at.previousElementSibling; e; e = e.previousElementSibling)
        if (other(e)) return [];
    }}
    return [];
  }};
  const found = [...t.querySelectorAll('{ROWS}')];
  const rows = !t.matches('table, ul, ol, [role=table], [role=grid]') ? [t]
    : found.length ? found : behind();"""
BEFORE = f"""(t, none) => {{ {_ROWS}
  rows.forEach(r => r.setAttribute('data-before', '')); return rows.length }}"""
# No row of before is left, and there are others, or all of them lead the others; every row shows a
# text.
RENEWED = f"""(t, [none, before]) => {{ {_ROWS}
  const old = rows.filter(r => r.hasAttribute('data-before')), led = rows.slice(0, old.length);
  const grown = old.length && String(old.length) === before && old.every((r, n) => r === led[n]);
  return rows.length > old.length && (!old.length || Boolean(grown)) }}"""
SETTLED = f"""(t, [text, none]) => {{ {_ROWS}
  return rows.length > 0 && rows.every(r => new RegExp(text, 'i').test(said(r))) }}"""
READ_TABLE = Path(__file__).with_name("table.js").read_text("utf-8")


def _pattern(text: str) -> str:
    return r"\s+".join(re.escape(word).replace("/", "[/]") for word in text.split())
