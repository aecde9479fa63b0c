"""What a look at a screen says of each entry that the profile has of it.

Pure but for the page's own words: a look and the page's controls are all that is asked. Nothing of
what is typed, chosen or listed is in a look, so nothing of it is in an entry.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from string import digits
from typing import TYPE_CHECKING

from rpa.calibration.evidence import Bench, Evidence, Proof, beside, set_of
from rpa.engine import red
from rpa.portal import told
from rpa.portal.find import Links, Selection, Table
from rpa.portal.items import Listed
from rpa.portal.look import Kind
from rpa.portal.resolve import (
    ALIKE,
    FIELDS,
    FRAME,
    Grade,
    Signal,
    Verdict,
    alike,
    plain,
    resolve,
)
from rpa.portal.values import DAY_FORM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rpa.errors import WordSought
    from rpa.portal.find import Control
    from rpa.portal.lines import Columns
    from rpa.portal.look import Element, Look
    from rpa.portal.page import Page
    from rpa.portal.resolve import Finding

MOST_NEAR, MOST_ASKED = 3, 40
ASKED_LATER = frozenset({Grade.FILL, Grade.PRESS})  # what a filing needs, though a look does not
WORDS = frozenset({"bm", "en"})
NOTHING = "none"  # the kind of what is not there
HIDDEN = "password"  # the box that hides what is typed is none of the others
SEVERAL = 3  # things of a screen that tell that it has come
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
    reasons: tuple[Evidence, ...] = ()


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
    reasons: tuple[Evidence, ...] = ()  # why the line is proposed


def examine(page: Page, seen: Look) -> Iterator[Entry]:
    """Each entry of this screen, a table's columns behind it."""
    bench = Bench(page, seen)
    sure = {c.key: thing for c in bench.controls if (thing := _sure(c, bench))}
    claimed = Counter(thing.order for thing in sure.values())
    for control in bench.controls:
        thing = sure.get(control.key)
        # What two entries would be is neither's; one of a group's buttons shares it with another.
        alone = thing and (claimed[thing.order] == 1 or isinstance(control, Selection))
        yield _entry(control, bench, thing if alone else None)
        table = bench.answers[control.key].element
        if isinstance(control, Table) and table:
            yield from _columns(control, table)


def has_come(page: Page, seen: Look) -> bool:
    """Whether it is this screen that is seen: by its sign, or several things of its own."""
    bench = Bench(page, seen)
    mark = bench.answers.get(page.mark.key)
    if mark is None or mark.element:
        return True
    mine = (bench.answers[c.key].element for c in bench.controls if c.attr in vars(type(page)))
    return sum(bool(thing and not thing.frame) for thing in mine) >= SEVERAL


def _entry(control: Control, bench: Bench, sure: Element | None) -> Entry:
    sought, answer = bench.sought[control.key], bench.answers[control.key]
    if answer.element and not bench.placed[control.key]:  # in a dialog that may be another one
        there = (_near(control, bench, answer.element),)
        return Entry(control.key, State.UNSEEN, sought.grade, sought.labels, nearest=there)
    values = _line(control, bench, sure) if sure else None
    near = _candidates(control, bench) if answer.element is None else ()
    state = _state(answer, values, near, absent=bool(control.none))
    if isinstance(control, Listed) and answer.element is None and _heads_lists(control, bench):
        state = State.EXPECTED  # as lists
    if state is State.TWICE and isinstance(control, Links):
        state = State.EXPECTED  # as many as there are
    if state is State.EXPECTED:
        values, near = None, ()
    elif answer.element:
        near = (_near(control, bench, answer.element),)
    if answer.element and _offers_another(control, bench, answer.element):
        state = State.DISAGREE
        near = (_near(control, bench, answer.element),)
    few = MOST_ASKED if state is State.UNSEEN and sought.grade in ASKED_LATER else MOST_NEAR
    return Entry(
        control.key, state, sought.grade, sought.labels, answer.by, answer.missed,
        values, near[:few], bench.reasons(control, sure) if values and sure else (),
    )  # fmt: skip


def _state(
    answer: Finding, values: Mapping[str, str] | None, near: tuple[Near, ...], *, absent: bool
) -> State:
    if answer.verdict is Verdict.FOUND:
        return State.OTHERWISE if values else State.EXPECTED
    pointed = [e for found in answer.pointed.values() for e in found]
    if answer.verdict is Verdict.TWICE and all(e.row for e in pointed):
        return State.EXPECTED  # one in each row
    if absent:
        return State.NONE
    if answer.verdict is Verdict.MISSING:
        alike = bool(values) or any(_tells(one) for one in near[:1])
        return State.MISSING if alike else State.UNSEEN
    return State.TWICE if answer.verdict is Verdict.TWICE else State.DISAGREE


def _tells(near: Near) -> bool:
    """Whether more speaks for it than that its words or its place would do."""
    return any(reason.by in {Proof.OPTIONS, Proof.COLUMNS} for reason in near.reasons)


def _line(control: Control, bench: Bench, thing: Element) -> Mapping[str, str] | None:
    sought, answer = bench.sought[control.key], bench.answers[control.key]
    if answer.element is None:
        return told.mending(thing, answer, sought, bench.seen)
    return told.renamed(thing, sought, bench.seen)


def _sure(control: Control, bench: Bench) -> Element | None:
    """What is proposed: where its name points, or each word has its like, or its options say so.

    Never what another entry is found as, nor a list of something else.
    """
    answer, sought = bench.answers[control.key], bench.sought[control.key]
    if answer.element is not None and bench.placed[control.key]:
        other = sought.labels and Signal.WORDS in answer.missed and answer.element.kind in FIELDS
        wrong = _offers_another(control, bench, answer.element)
        return answer.element if other and not wrong else None
    if red.never_alike(control) or not bench.placed[control.key] or answer.element:
        return None
    pointed = {e.order: e for found in answer.pointed.values() for e in found}
    if pointed:
        thing = next(iter(pointed.values())) if len(pointed) == 1 else None
    else:
        thing = bench.by_options(control) or _alike(control, bench)
    if thing is None or bench.is_anothers(control, thing):
        return None
    others = bench.is_of_another_set(control, thing) or bench.is_called_as_another(control, thing)
    return thing if not others and _line(control, bench, thing) else None


def _offers_another(control: Control, bench: Bench, thing: Element) -> bool:
    """Whether a name alone points at a list of something else."""
    by_words = Signal.WORDS in bench.answers[control.key].by
    return bool(set_of(control)) and bench.is_of_another_set(control, thing) and not by_words


def _alike(control: Control, bench: Bench) -> Element | None:
    """The nearest by its words, where its line says the same as what is known."""

    def near(e: Element) -> float:
        return bench.alike(control, e) - (FRAME if e.frame else 0.0)

    free = (e for e in bench.free(control) if not bench.is_called_as_another(control, e))
    thing = max(free, key=near, default=None)
    if thing is None or bench.alike(control, thing) < ALIKE:
        return None
    said = {text for part, text in (_line(control, bench, thing) or {}).items() if part in WORDS}
    known = [w for w in bench.sought[control.key].labels for one in said if same_sense(w, one)]
    return thing if known and not _may_be_another(control, bench, thing, known) else None


def _may_be_another(control: Control, bench: Bench, thing: Element, known: list[str]) -> bool:
    """Whether a field that says more than is known (*State (premises)*) may be another free one."""
    said = plain_words(next(iter(thing.said), ""))
    more = all(len(said) > len(plain_words(one)) for one in known)
    like = [e for e in bench.free(control) if (e.type == HIDDEN) == (thing.type == HIDDEN)]
    return more and control.grade is Grade.FILL and len(like) > 1


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


def _candidates(control: Control, bench: Bench) -> tuple[Near, ...]:
    """All that may be meant, the likeliest first: a line would take it, and nothing else is it.

    What a signal points at, without a line too: both of what is there twice. Behind them, where a
    profile can say so, that there is nothing of the kind.
    """
    if isinstance(control, Selection):
        return tuple(itertools.islice(_buttons(control, bench), MOST_ASKED))
    pointed = {e.order for those in bench.answers[control.key].pointed.values() for e in those}
    near = ((_near(control, bench, e), e.order) for e in bench.ranked(control))
    those = ((n, order) for n, order in near if n.values or order in pointed)
    told = {(n.words, None if n.values else order): n for n, order in those}
    found = list(itertools.islice(told.values(), MOST_ASKED))
    if isinstance(control, Listed) and not pointed:
        found.extend(itertools.islice(_over_lists(control, bench), MOST_ASKED - len(found)))
    if "none" in control.looks and not pointed:
        found.append(Near("", NOTHING, {"none": "a person looked, and there is none"}))
    return tuple(found)


def _buttons(control: Selection, bench: Bench) -> Iterator[Near]:
    """Each button of each group, but those of another entry: a person says which is meant."""
    others = {plain(words) for c in bench.selections(control) for words in c.labels}
    for group in (e for e in bench.seen.elements if e.kind is Kind.RADIO):
        for words in dict.fromkeys(group.options):
            sought = replace(bench.sought[control.key], bm=(words,), en=(), name="")
            if plain(words) not in others and resolve(bench.seen, sought).element is group:
                kind = told.KINDS[Kind.RADIO].en
                yield Near(words, kind, {bench.seen.language_key: words}, group.mark)


def _heads_lists(control: Listed, bench: Bench) -> bool:
    known = {plain(words) for words in bench.sought[control.key].labels}
    return any(e.kind is Kind.HEADING and plain(e.words.rstrip(digits)) in known
               for e in bench.seen.elements)  # fmt: skip


def _over_lists(control: Listed, bench: Bench) -> Iterator[Near]:
    """Headings of this screen, numbered ones first: what may be a table may be lists below some."""
    heads = (e for e in bench.seen.elements if e.kind is Kind.HEADING and not e.frame)
    mine = (e for e in heads if not bench.is_anothers(control, e))
    called: dict[str, Element] = {}
    for thing in sorted(mine, key=lambda e: not e.words[-1:].isdecimal()):
        called.setdefault(thing.words.rstrip(digits).strip(), thing)
    for words, thing in called.items():
        if words:
            kind = told.KINDS[Kind.HEADING].en
            yield Near(words, kind, {bench.seen.language_key: words}, thing.mark)


def candidates(control: Control, seen: Look) -> tuple[Near, ...]:
    """Those of one look that a line would take; of what is found what else it may be."""
    bench = Bench(control.page, seen, control)
    return tuple(near for near in _candidates(control, bench) if near.values)


def _near(control: Control, bench: Bench, thing: Element) -> Near:
    answer, sought = bench.answers[control.key], bench.sought[control.key]
    own = not bench.is_anothers(control, thing)
    values = told.mending(thing, answer, sought, bench.seen) if own else None
    said = next(iter(thing.said), thing.section if thing.kind is Kind.TABLE else "")
    return Near(said, told.KINDS[thing.kind].en, values, thing.mark, bench.reasons(control, thing))


def _columns(table: Table, element: Element) -> Iterator[Entry]:
    """What its headings say of each column; a list of cards has none."""
    if not element.heads:
        return
    columns = table.known()
    places, between = columns.places(element.heads), beside(columns, element.heads)
    for name, at in places.items():
        state = State.EXPECTED if len(at) == 1 else State.TWICE
        entry = Entry(columns.key(name), state, Grade.READ, _labels(columns, name))
        yield entry if at else _lost(entry, table, name, element.heads, between.get(name))


def _lost(
    entry: Entry,
    table: Table,
    name: str,
    heads: tuple[str, ...],
    place: tuple[str, Evidence] | None,
) -> Entry:
    """A column that is called otherwise: the nearest by words, then the one that has its place."""
    columns = table.known()
    taken = {plain(word) for one in columns.looks for word in _labels(columns, one)}
    near = [head for head in dict.fromkeys(heads) if head and plain(head) not in taken]
    head, why = place or ("", None)

    def well(one: str) -> float:
        like = max((alike(word, one) for word in entry.known), default=0.0)
        return like + (ALIKE if one == head else 0.0)

    near.sort(key=well, reverse=True)
    bm, en = columns.words(name)
    told = [
        Near(one, "column", {"bm" if _more_alike(one, bm, en) else "en": one}, "", _why(entry, one))
        for one in near
    ]
    told = [replace(n, reasons=(*n.reasons, why)) if why and n.words == head else n for n in told]
    best = next((n for n in told[:1] if any(same_sense(w, n.words) for w in entry.known)), None)
    sure = None if red.never_alike_column(table, name) else best
    state = State.MISSING if best or (why and near[0] == head) else State.UNSEEN
    return replace(
        entry, state=state, values=sure.values if sure else None,
        nearest=tuple(told[:MOST_NEAR]), reasons=sure.reasons if sure else (),
    )  # fmt: skip


def _why(entry: Entry, head: str) -> tuple[Evidence, ...]:
    like = any(alike(word, head) >= ALIKE for word in entry.known)
    return (Evidence(Signal.WORDS),) if like else ()


def _labels(columns: Columns, name: str) -> tuple[str, ...]:
    bm, en = columns.words(name)
    return (*bm, *en)


def _more_alike(head: str, bm: tuple[str, ...], en: tuple[str, ...]) -> bool:
    return max((alike(w, head) for w in bm), default=0.0) > max(
        (alike(w, head) for w in en), default=0.0
    )


def which(asks: WordSought, known: tuple[str, ...], language: str) -> Entry:
    """Which of these words is meant, as they stand on a screen of this language; a person says."""
    part = "like" if asks.key == DAY_FORM else language
    those = tuple(Near(word, "word", {part: word}) for word in asks.words[:MOST_ASKED])
    return Entry(asks.key, State.MISSING, Grade.READ, known, nearest=those)


def expected(known: Entry) -> Entry:
    """The same, which is there after all."""
    return replace(known, state=State.EXPECTED, values=None, nearest=(), reasons=())


def merged(before: Entry | None, now: Entry) -> Entry:
    """Of two looks at one entry the surer one, else the later: what was there is not missing."""
    if before is None:
        return now
    return min(now, before, key=lambda entry: (entry.state.value, -len(entry.nearest)))


def both(one: Mapping[str, Entry], other: Mapping[str, Entry]) -> dict[str, Entry]:
    """Of a portal that was seen in two languages: what is otherwise in either is otherwise."""
    return {key: _both(one.get(key), other.get(key)) for key in {**one, **other}}


def _both(one: Entry | None, other: Entry | None) -> Entry:
    """The one that says more; its line says what the other has to say, too."""
    told = [entry for entry in (one, other) if entry]
    mine = max(told, key=lambda e: (e.state is not State.UNSEEN, bool(e.values), e.state.value))
    values = {part: text for e in told for part, text in (e.values or {}).items()}
    return replace(mine, values=values or None)
