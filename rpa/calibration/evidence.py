"""What speaks for a thing of which nobody knows the words: what it offers, and where it stands.

Of calibration alone: nothing is ever filled, pressed or read by it in a run. A list is known by
what it offers (*Melayu, Cina, India* is race), a table by its headings, and of what else is free
that comes first which stands between the things around it that are known, in the screen's order.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from rpa import plain_yaml
from rpa.errors import Words
from rpa.portal.find import REGISTRY, Choice, Heading, Menu, Selection, Table
from rpa.portal.look import Kind
from rpa.portal.profile import in_use
from rpa.portal.resolve import (
    ALIKE,
    CHOICES,
    FRAME,
    Grade,
    Signal,
    fitting,
    judge,
    likeness,
    plain,
)
from rpa.rules.vocabulary import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rpa.portal.find import Control
    from rpa.portal.lines import Columns
    from rpa.portal.look import Element, Look
    from rpa.portal.page import Page
    from rpa.portal.resolve import Sought

OPTIONS = Path(__file__).with_name("options.yaml")
_CODE = re.compile(r"^\[[^\]]*\]\s*")
FEWEST, SURE = 2, 3  # options that make a list known, and known for sure
MANY = 10  # however many others it has
MOSTLY = 0.6  # of what a list offers
HALF = 0.5  # of a table's columns
TOLD, LONGEST = 3, 30  # options, headings that are told; letters of one
DAYS = frozenset({Kind.DATE, Kind.DATE_PARTS})
OF_A_DAY = frozenset({"date", "from", "until", "till"})  # in the name of an entry
# How much each counts beside words that are all there (1): what a list offers outweighs them.
OFFERED, HEADED, PLACED, WIDGET, SLIGHTLY = 2.0, 1.5, 0.5, 0.3, 0.2
KNOWN = 100.0  # of the order: what is found stays where it is


class Proof(StrEnum):
    """By what a thing is a candidate, beside words, name and id."""

    OPTIONS = "option-set"
    COLUMNS = "column-set"
    ORDER = "order"


@dataclass(frozen=True)
class Evidence:
    """One reason; ``told``: the options, the headings, or what it stands between."""

    by: Signal | Proof
    told: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """As a person reads it."""
        said, listed = SAID[self.by], ", ".join(self.told)
        return Words(said.bm.format(listed), said.en.format(listed))


SAID: Mapping[Signal | Proof, Words] = {
    Signal.WORDS: Words("perkataannya hampir sama", "its words come near"),
    Signal.NAME: Words("nama medannya", "its field name"),
    Signal.ID: Words("id-nya", "its id"),
    Proof.OPTIONS: Words("pilihannya: {}", "its options: {}"),
    Proof.COLUMNS: Words("tajuk lajurnya: {}", "its headings: {}"),
    Proof.ORDER: Words("kedudukannya, di sebelah: {}", "where it stands, beside: {}"),
}


def said(reasons: Iterable[Evidence]) -> Words:
    """All of them in one line."""
    words = [reason.words for reason in reasons]
    return Words("; ".join(w.bm for w in words), "; ".join(w.en for w in words))


@cache
def _data() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Which entries offer which set, and the words of each that is not the profile's."""
    told: dict[str, Any] = plain_yaml.read(OPTIONS) or {}
    return told["of"], {name: frozenset(map(plain, those)) for name, those in told["sets"].items()}


def _bare(option: str) -> str:
    return plain(_CODE.sub("", option))


def set_of(control: Control) -> str:
    """The set that this control's list offers; empty where that is not known."""
    return _data()[0].get(control.attr, "") if isinstance(control, Choice) else ""


def _sets() -> dict[str, frozenset[str]]:
    """Every set, with the profile's own vocabularies as they are in use."""
    of, told = _data()
    words = in_use().words
    mine = {name: words[name].values() for name in set(of.values()) - told.keys()}
    return told | {n: frozenset(plain(w) for ws in those for w in ws) for n, those in mine.items()}


@dataclass(frozen=True)
class Offer:
    """What a list offers: the one set that it is of, and what of it is in each."""

    name: str
    told: tuple[str, ...]
    touched: frozenset[str]  # the sets of which it has several, though it may be of none

    @classmethod
    def of(cls, element: Element) -> Offer | None:
        """None where it offers nothing that anybody knows."""
        each = dict.fromkeys(element.options)
        free = [o for o in each if not PLACEHOLDERS.knows(o.strip("-() "))]
        found = {n: [o for o in free if _bare(o) in those] for n, those in _sets().items()}
        found = {n: those for n, those in found.items() if len(those) >= FEWEST}
        if not found:
            return None
        name, *others = sorted(found, key=lambda n: -len(found[n]))
        told, blank = found[name], len(free) - 1  # one may be how nothing is chosen
        clear = not others or len(found[others[0]]) < len(told)
        fits = clear and (len(told) >= MANY or len(told) >= MOSTLY * blank)
        return cls(name if fits else "", tuple(told), frozenset(found))


class Bench:
    """One screen as it is seen: what of it is found, what is free, and what speaks for which."""

    def __init__(self, page: Page, seen: Look, guest: Control | None = None) -> None:
        """``guest``: another screen's thing that is sought here too, as a menu's entry is."""
        self.page, self.seen = page, seen
        self.controls = page.controls()
        if guest and guest.key not in (c.key for c in self.controls):
            self.controls = [*self.controls, guest]
        self.dialog = self._nobodys()
        asked = {c.key: page.sought(c) for c in self.controls}
        first = {key: judge(seen, one) for key, one in asked.items()}
        self.placed = {key: answer.placed for key, answer in first.items()}
        self.sought = {key: self._inside(one) for key, one in asked.items()}
        others = {key for key, one in self.sought.items() if one is not asked[key]}
        again = {key: judge(seen, self.sought[key]) for key in others}
        self.answers = first | again
        self.rooms = _rooms(page, self.controls)
        self._like: dict[tuple[str, int], float] = {}

    def _nobodys(self) -> Element | None:
        """The dialog that is open, where it is one and no screen is known by its title."""
        there = [e for e in self.seen.elements if e.kind is Kind.DIALOG and e.dialog is None]
        titles = {
            w for w, those in self._known.items() if any(isinstance(c, Heading) for c in those)
        }
        free = [e for e in there if e.labels and titles.isdisjoint(map(plain, e.labels))]
        return free[0] if len(there) == len(free) == 1 else None

    def _inside(self, sought: Sought) -> Sought:
        """Where its dialog is called otherwise, and one is open: in that one."""
        if self.dialog is None or sought.titled or not sought.within or self.placed[sought.key]:
            return sought
        return replace(sought, within=self.dialog.labels)

    # --- what is whose ---

    @cached_property
    def taken(self) -> dict[int, list[Control]]:
        """What is found: whose it is."""
        found: dict[int, list[Control]] = {}
        for control in self.controls:
            if thing := self.answers[control.key].element:
                found.setdefault(thing.order, []).append(control)
        return found

    def is_anothers(self, control: Control, thing: Element) -> bool:
        """Whether another entry is found as this very thing; one of a group shares it with one."""
        return any(
            c.key != control.key
            and not (isinstance(c, Selection) and isinstance(control, Selection))
            for c in self.taken.get(thing.order, ())
        )

    def free(self, control: Control) -> list[Element]:
        """All that could be it and is nobody else's, in the screen's order; below any list."""
        sought = replace(self.sought[control.key], css="", under=())
        return [e for e in fitting(self.seen, sought) if not self.is_anothers(control, e)]

    def is_called_as_another(self, control: Control, thing: Element) -> bool:
        """Whether its words are known of another such thing: of this screen or of any other."""
        said = set(map(plain, thing.said or (thing.section,)))
        if said.intersection(map(plain, self.sought[control.key].taken)):
            return True
        others = [c for words in said for c in self._known.get(words, ())]
        mine, kind = set(map(plain, control.labels)), type(control).seen[:1]
        return any(
            type(c).seen[:1] == kind
            # Headings are all called alike in the code.
            and (c.attr != control.attr or isinstance(control, Heading))
            and mine.isdisjoint(self._words(c))
            for c in others
        )

    def selections(self, control: Selection) -> list[Selection]:
        """The others there are, on any screen, as the profile in use has them."""
        others = (c for c in REGISTRY.values() if isinstance(c, Selection) and c.key != control.key)
        return [c.on(control.page) for c in others]

    @cached_property
    def _known(self) -> dict[str, list[Control]]:
        """What is called so, on any screen."""
        told: dict[str, list[Control]] = {}
        for control in REGISTRY.values():
            for words in self._words(control):
                told.setdefault(words, []).append(control)
        return told

    def _words(self, control: Control) -> set[str]:
        look = self.page.portal.overrides.get(control.key)
        return {plain(w) for ws in (look.bm, look.en) for w in ws or ()} if look else set()

    # --- what speaks for it ---

    @cached_property
    def offers(self) -> dict[int, Offer]:
        """What each list offers."""
        told = ((e.order, Offer.of(e)) for e in self.seen.elements if e.kind in CHOICES)
        return {order: offer for order, offer in told if offer}

    def options(self, control: Control, thing: Element) -> tuple[str, ...]:
        """What it offers of this control's set."""
        offer = self.offers.get(thing.order)
        return offer.told if offer and offer.name and offer.name == set_of(control) else ()

    def is_of_another_set(self, control: Control, thing: Element) -> bool:
        """Whether what it offers is another list."""
        offer = self.offers.get(thing.order)
        mine = set_of(control)
        return bool(offer and offer.name and isinstance(control, Choice) and offer.name != mine)

    def headings(self, control: Control, thing: Element) -> tuple[str, ...]:
        """Those of its headings that are known as this table's columns."""
        if not isinstance(control, Table) or not thing.heads:
            return ()
        places = control.known().places(thing.heads).values()
        return tuple(thing.heads[at[0]] for at in places if len(at) == 1)

    def alike(self, control: Control, thing: Element) -> float:
        """How near its words come."""
        key = control.key, thing.order
        if key not in self._like:
            self._like[key] = likeness(self.sought[control.key], thing)
        return self._like[key]

    def _strength(self, control: Control, thing: Element) -> float:
        """What speaks for it, the order apart."""
        like = self.alike(control, thing)
        told = like if like >= ALIKE else 0.0
        told += OFFERED if self.options(control, thing) else 0.0
        told -= OFFERED if self.is_of_another_set(control, thing) else 0.0
        told += PLACED if self._leads(control, thing) else 0.0
        told -= PLACED if self.is_called_as_another(control, thing) else 0.0
        if isinstance(control, Table) and control.columns:
            told += HEADED * len(self.headings(control, thing)) / len(control.columns)
        return told - (0.0 if _is_built_so(control, thing) else WIDGET)

    def _leads(self, control: Control, thing: Element) -> bool:
        """Whether it is the first heading, where the screen's own title is sought."""
        if not isinstance(control, Heading) or control.attr != self.page.mark.attr:
            return False
        headings = (e for e in self.free(control) if e.kind is Kind.HEADING and not e.frame)
        return next((e.order for e in headings), None) == thing.order

    # --- the order ---

    @cached_property
    def aligned(self) -> dict[str, int]:
        """What each missing entry would be, were the screen's order still the one that is known."""
        told: dict[str, int] = {}
        for room in self.rooms:
            rows = [self._row(control) for control in room]
            places = sorted({order for row in rows for order in row})
            told |= {room[n].key: order for n, order in _aligned(rows, places).items()}
        return told

    def _row(self, control: Control) -> dict[int, float]:
        """What it may be, and how well."""
        if found := self.answers[control.key].element:
            return {found.order: KNOWN}
        those = {e.order: PLACED + self._strength(control, e) for e in self._near(control)}
        return {order: well for order, well in those.items() if well > 0}

    def _near(self, control: Control) -> list[Element]:
        """What is free among the screen's own things."""
        own = isinstance(control, Menu)
        return [e for e in self.free(control) if e.row == 0 and (own or not e.frame)]

    def around(self, control: Control) -> tuple[Element | None, Element | None]:
        """The nearest things before and behind it that are found, in the order that is known."""
        room, at = next(
            (room, at) for room in self.rooms for at, c in enumerate(room) if c.key == control.key
        )
        before = (self.answers[c.key].element for c in reversed(room[:at]))
        behind = (self.answers[c.key].element for c in room[at + 1 :])
        return next(filter(None, before), None), next(filter(None, behind), None)

    def is_between(self, control: Control, thing: Element) -> bool:
        """Whether it stands where the things that are known leave it a place."""
        before, behind = self.around(control)
        after = before is None or before.order < thing.order
        return after and (behind is None or thing.order < behind.order)

    # --- what comes of it ---

    def ranked(self, control: Control) -> list[Element]:
        """What may be meant, the likeliest first; what a signal points at, also as another's."""
        hits = {e.order: e for those in self.answers[control.key].pointed.values() for e in those}
        those = hits | {e.order: e for e in self.free(control)}
        order = self.aligned.get(control.key)

        def well(e: Element) -> tuple[bool, float]:
            told = self._strength(control, e) + SLIGHTLY * self.alike(control, e)
            told += PLACED * (e.order == order) + SLIGHTLY * self.is_between(control, e)
            return e.order in hits, told - (FRAME if e.frame else 0.0)

        return sorted(those.values(), key=well, reverse=True)

    def reasons(self, control: Control, thing: Element) -> tuple[Evidence, ...]:
        """What speaks for this thing."""
        pointed = self.answers[control.key].pointed
        told = [Evidence(s) for s, those in pointed.items() if thing in those]
        if self.alike(control, thing) >= ALIKE and Signal.WORDS not in (one.by for one in told):
            told.append(Evidence(Signal.WORDS))
        if options := self.options(control, thing):
            few = (shorten(_CODE.sub("", o), LONGEST, placeholder="…") for o in options[:TOLD])
            told.append(Evidence(Proof.OPTIONS, tuple(few)))
        if self._is_headed(control, thing):
            told.append(Evidence(Proof.COLUMNS, self.headings(control, thing)[:TOLD]))
        beside = [next(iter(e.said), "") for e in self.around(control) if e]
        if any(beside) and self.aligned.get(control.key) == thing.order:
            told.append(Evidence(Proof.ORDER, tuple(filter(None, beside))))
        return tuple(told)

    def _is_headed(self, control: Control, thing: Element) -> bool:
        mine = self.headings(control, thing)
        return (
            bool(mine) and isinstance(control, Table) and len(mine) >= HALF * len(control.columns)
        )

    def by_options(self, control: Control) -> Element | None:
        """The one list that offers this control's set, where it can be nothing else.

        No other entry of this screen offers that set and no other list of it has any of it; it
        stands where the things around it leave it a place.
        """
        mine, others = set_of(control), [set_of(c) for c in self.controls]
        those = [order for order, offer in self.offers.items() if mine in offer.touched]
        alone = bool(mine) and self.seen.whole and others.count(mine) == len(those) == 1
        if not (alone and self.placed[control.key]):
            return None
        thing = next((e for e in self.free(control) if e.order == those[0]), None)
        sure = thing and len(self.options(control, thing)) >= SURE
        return thing if thing and sure and self.is_between(control, thing) else None


def beside(columns: Columns, heads: Sequence[str]) -> dict[str, tuple[str, Evidence]]:
    """Of each column that is not there the one heading that stands alone where it would be.

    Between the two that are its neighbours in the profile and are there.
    """
    places = columns.places(tuple(heads))
    names, known = list(places), {at[0] for at in places.values() if at}
    told: dict[str, tuple[str, Evidence]] = {}
    for before, name, behind in zip(names, names[1:], names[2:], strict=False):
        at = [places[one] for one in (before, name, behind)]
        if [len(one) for one in at] == [1, 0, 1]:
            lost = [n for n in range(at[0][0] + 1, at[2][0]) if heads[n] and n not in known]
            if len(lost) == 1:
                around = (heads[at[0][0]], heads[at[2][0]])
                told[name] = heads[lost[0]], Evidence(Proof.ORDER, around)
    return told


def _is_built_so(control: Control, thing: Element) -> bool:
    """Whether it is built as such a thing mostly is: a day in a box for days, a text in none."""
    kinds = type(control).seen
    if kinds[0] in CHOICES:
        return True
    if kinds[0] is Kind.TEXT:
        return (thing.kind in DAYS) == bool(OF_A_DAY.intersection(control.attr.split("_")))
    return thing.kind is kinds[0] or control.grade in {Grade.PRESS, Grade.GO}


def _rooms(page: Page, controls: Sequence[Control]) -> list[list[Control]]:
    """The controls by the class that declares them, each in the screen's order."""
    where = {
        name: depth
        for depth, room in reversed([*enumerate(type(page).__mro__)])
        for name in vars(room)
    }
    told = sorted(controls, key=lambda c: (where.get(c.attr, -1), c.order))
    return [list(those) for _, those in itertools.groupby(told, lambda c: where.get(c.attr, -1))]


def _aligned(rows: Sequence[Mapping[int, float]], places: Sequence[int]) -> dict[int, int]:
    """Which place each row takes, all in order, so that they fit best together."""
    best = [[0.0] * (len(places) + 1) for _ in range(len(rows) + 1)]
    for i, row in enumerate(rows):
        for j, place in enumerate(places):
            taken = best[i][j] + row[place] if place in row else 0.0
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], taken)
    told: dict[int, int] = {}
    i, j = len(rows), len(places)
    while i and j:
        if best[i][j] == best[i][j - 1]:
            j -= 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            i, j = i - 1, j - 1
            told[i] = places[j]
    return told
