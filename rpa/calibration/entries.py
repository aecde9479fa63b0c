"""What a look at a screen says of each entry that the profile has of it.

Pure but for the page's own words: a look and the page's controls are all that is asked. Nothing of
what is typed, chosen or listed is in a look, so nothing of it is in an entry.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from rpa.portal import told
from rpa.portal.find import Links, Table
from rpa.portal.look import Kind
from rpa.portal.resolve import (
    FIELDS,
    Grade,
    Signal,
    Verdict,
    alike,
    judge,
    likeness,
    plain,
    resolve,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rpa.portal.find import Control
    from rpa.portal.look import Element, Look
    from rpa.portal.page import Page
    from rpa.portal.resolve import Finding, Sought

MOST_NEAR, MOST_ASKED = 3, 40
ASKED_LATER = frozenset({Grade.FILL, Grade.PRESS})  # what a filing needs, though a look does not
NOTHING = "none"  # the kind of what is not there
LIKE = 0.75  # of two words: *Kemaskini* and *Kemas*


class State(StrEnum):
    """What became of an entry; the value is its order, the surest first."""

    EXPECTED = "1"
    NONE = "2"  # the profile says that there is none, and there is none
    OTHERWISE = "3"  # it is there, and one of its signs is another
    TWICE = "4"
    DISAGREE = "5"
    MISSING = "6"  # and something else is like it
    UNSEEN = "7"  # nothing is like it: it may only come later


@dataclass(frozen=True)
class Near:
    """Something that may be meant: what it is called, its kind, and the line that would take it."""

    words: str
    kind: str
    values: Mapping[str, str] | None = None
    mark: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of a screen as it was seen. ``values``: what a line of the profile would say."""

    key: str
    state: State
    grade: Grade = Grade.READ
    known: tuple[str, ...] = ()
    by: tuple[Signal, ...] = ()
    missed: tuple[Signal, ...] = ()
    values: Mapping[str, str] | None = None
    nearest: tuple[Near, ...] = ()


def examine(page: Page, seen: Look) -> Iterator[Entry]:
    """Each entry of this screen, a table's columns behind it."""
    for control in page.controls():
        sought = page.sought(control)
        answer = resolve(seen, sought)
        entry = _entry(control, sought, answer, seen)
        lost = entry.state is State.UNSEEN and sought.grade in ASKED_LATER
        yield replace(entry, nearest=candidates(control, seen)) if lost else entry
        if isinstance(control, Table) and answer.element:
            yield from _columns(control, answer.element)


def _entry(control: Control, sought: Sought, answer: Finding, seen: Look) -> Entry:
    near = tuple(_near(e, answer, sought, seen) for e in _candidates(answer)[:MOST_NEAR])
    values = _sure(answer, sought, seen)
    state = _state(answer, values, absent=bool(control.none))
    if state is State.TWICE and isinstance(control, Links):
        state = State.EXPECTED  # as many as there are
    values = None if state is State.EXPECTED else values
    return Entry(
        control.key, state, sought.grade, sought.labels, answer.by, answer.missed,
        values, () if state is State.EXPECTED else near,
    )  # fmt: skip


def _state(answer: Finding, values: Mapping[str, str] | None, *, absent: bool) -> State:
    if answer.verdict is Verdict.FOUND:
        return State.OTHERWISE if values else State.EXPECTED
    pointed = [e for found in answer.pointed.values() for e in found]
    if answer.verdict is Verdict.TWICE and all(e.row for e in pointed):
        return State.EXPECTED  # one in each row
    if absent:
        return State.NONE
    if answer.verdict is Verdict.MISSING:
        return State.MISSING if values else State.UNSEEN
    return State.TWICE if answer.verdict is Verdict.TWICE else State.DISAGREE


def _sure(answer: Finding, sought: Sought, seen: Look) -> Mapping[str, str] | None:
    """What a message would propose, where its name points there or every word has its like."""
    if answer.element is not None:
        other = sought.labels and Signal.WORDS in answer.missed and answer.element.kind in FIELDS
        return told.renamed(answer.element, sought, seen) if other else None
    values = told.proposed(answer, sought, seen)
    if not values or any(answer.pointed.values()):
        return values
    said = {text for part, text in values.items() if part in {"bm", "en"}}
    return values if any(same_sense(w, s) for w in sought.labels for s in said) else None


def same_sense(known: str, said: str) -> bool:
    """Whether each word of the shorter has its like in the longer, which has one more at most.

    *Employer Code* is no *Employer Name*, and *Update* no *Update Employee Information*.
    """
    mine, theirs = plain_words(known), plain_words(said)
    few, many = sorted((mine, theirs), key=len)
    near = bool(few) and len(many) - len(few) <= 1
    return near and all(any(_like(one, other) for other in many) for one in few)


def plain_words(text: str) -> list[str]:
    """Its words, without signs and the smallest."""
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) > 1]


def _like(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= LIKE


def _candidates(answer: Finding) -> list[Element]:
    """What it is, else what a signal points at, else what comes nearest; each once."""
    pointed = [e for found in answer.pointed.values() for e in found]
    mine = [answer.element] if answer.element else [*pointed, *answer.nearest]
    return list({e.order: e for e in mine}.values())


def candidates(control: Control, seen: Look) -> tuple[Near, ...]:
    """All that may be meant, the likeliest first: a line would take it, and nothing else is it.

    Behind them, where a profile can say so, that there is nothing of the kind.
    """
    page, sought = control.page, control.page.sought(control)
    answer = resolve(seen, sought)
    others = (judge(seen, page.sought(c)).element for c in page.controls() if c.key != control.key)
    taken = {e.order for e in others if e}
    free = [e for e in seen.elements if e.order not in taken and e.kind in sought.kinds]
    free.sort(key=lambda e: -likeness(sought, e))
    near = (_near(e, answer, sought, seen) for e in free)
    found = list(itertools.islice((n for n in near if n.values), MOST_ASKED))
    if "none" in control.looks:
        found.append(Near("", NOTHING, {"none": "a person looked, and there is none"}))
    return tuple({one.words: one for one in found}.values())


def _near(thing: Element, answer: Finding, sought: Sought, seen: Look) -> Near:
    values = told.mending(thing, answer, sought, seen)
    said = next(iter(thing.said), thing.section if thing.kind is Kind.TABLE else "")
    return Near(said, told.KINDS[thing.kind].en, values, thing.mark)


def _columns(table: Table, element: Element) -> Iterator[Entry]:
    """What its headings say of each column; a list of cards has none."""
    if not element.heads:
        return
    columns = table.known()
    taken = {plain(w) for name in columns.looks for ws in columns.words(name) for w in ws}
    for name, places in columns.places(element.heads).items():
        bm, en = columns.words(name)
        free = [head for head in element.heads if head and plain(head) not in taken]
        near = sorted(free, key=lambda h: -max((alike(w, h) for w in (*bm, *en)), default=0.0))
        best = near[0] if near and any(same_sense(w, near[0]) for w in (*bm, *en)) else None
        language = "bm" if best and _more_alike(best, bm, en) else "en"
        values = {language: best} if best and not places else None
        state = State.EXPECTED if len(places) == 1 else State.TWICE if places else None
        yield Entry(
            columns.key(name), state or (State.MISSING if values else State.UNSEEN), Grade.READ,
            (*bm, *en), values=values,
            nearest=() if places else _headings(near, language),
        )  # fmt: skip


def _headings(near: list[str], language: str) -> tuple[Near, ...]:
    return tuple(Near(head, "column", {language: head}) for head in near[:MOST_NEAR])


def _more_alike(head: str, bm: tuple[str, ...], en: tuple[str, ...]) -> bool:
    return max((alike(w, head) for w in bm), default=0.0) > max(
        (alike(w, head) for w in en), default=0.0
    )


def expected(known: Entry) -> Entry:
    """The same, which is there after all."""
    return replace(known, state=State.EXPECTED, values=None, nearest=())


def merged(before: Entry | None, now: Entry) -> Entry:
    """Of two looks at one entry the surer one: what was there once is not missing."""
    if before is None:
        return now
    return min(before, now, key=lambda entry: (entry.state.value, -len(entry.nearest)))


def both(one: Mapping[str, Entry], other: Mapping[str, Entry]) -> dict[str, Entry]:
    """Of a portal that was seen in two languages: what is otherwise in either is otherwise."""
    return {key: _both(one.get(key), other.get(key)) for key in {**one, **other}}


def _both(one: Entry | None, other: Entry | None) -> Entry:
    """The one that says more; its line says what the other has to say, too."""
    told = [entry for entry in (one, other) if entry]
    mine = max(told, key=lambda e: (e.state is not State.UNSEEN, bool(e.values), e.state.value))
    values = {part: text for e in told for part, text in (e.values or {}).items()}
    return replace(mine, values=values or None)
