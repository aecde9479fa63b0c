"""What is sought, and what of it is on the screen: found, there twice, signals disagree, missing.

Pure: a `Look` and what a control seeks are all it knows. The grades of danger stand here and
nowhere else. What was found twice, or by two signals that disagree, is never chosen:

- *reading* and *going*: one signal is enough, in the declared order; those that found nothing are
  told (``missed``);
- *filling*: the whole label or the whole name. Both, where both point somewhere, point to the same
  field; and words known in both languages that are not those beside the named field speak against
  it;
- *pressing*, where it changes something: the exact words, in their place, once. Only what has no
  words at all goes by its id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from rpa.portal.look import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.portal.look import Element, Look

NEAREST = 3
FRAME = 0.3  # so much more alike must a thing of header, menu or footer be than one of the screen
WHOLE, PARTLY = 0.995, 0.97  # how near words come that are all there beside others, or some
ALIKE = 0.5  # below it nothing is proposed, only told
SPOKEN = frozenset({Kind.BUTTON, Kind.LINK, Kind.HEADING})  # by what stands on it
CHOICES = (Kind.LIST, Kind.SELECT, Kind.COMBOBOX, Kind.SUGGEST, Kind.RADIO)
FIELDS = frozenset({Kind.TEXT, Kind.DATE, Kind.DATE_PARTS, Kind.FILE, *CHOICES})
_SIGNS = re.compile(r"^[\s+\u203a\u00bb\u2022]+(?=\w)")  # drawn before the words
# The mark behind a label that must be filled, or of one that may be left.
MARK = r"\((?:required|mandatory|wajib|optional|pilihan|tidak\s+wajib)\)"
_ENDING = re.compile(rf"\s*(?:{MARK}|[*:])?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+$")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Grade(StrEnum):
    """What would come of the wrong one."""

    READ = "read"
    GO = "go"
    FILL = "fill"
    PRESS = "press"


class Signal(StrEnum):
    """By what a thing is known, in the order in which a fallback is taken."""

    WORDS = "words"
    NAME = "name"
    ID = "id"


class Verdict(StrEnum):
    """What became of the search."""

    FOUND = "found"
    TWICE = "twice"
    DISAGREE = "disagree"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a control seeks; the first of ``kinds`` is what it is called.

    ``within``: the title of the dialog it is in, in both languages; ``titled``: it is that title.
    ``place``: what it stands among, where that matters; ``under``: the words over its list; for
    what only leads somewhere, ``css`` instead of both.
    ``heads``: it only tells which screen it is, so that its words may stand there twice.
    ``chosen``: its words are those of one of a group's buttons.
    ``top``: the screen's title; of several values of one name that below it is the screen's own.
    ``needs``: the signals that a line of the profile gives of it. ``taken``: words that belong to
    the screen's other controls; ``never``: those of the last press, `plain`, which nothing else may
    carry.
    """

    key: str
    kinds: tuple[Kind, ...]
    grade: Grade
    bm: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    name: str = ""
    id: str = ""
    css: str = ""
    place: Place | None = None
    under: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    titled: bool = False
    numbered: bool = False
    heads: bool = False
    chosen: bool = False
    top: tuple[str, ...] = ()
    needs: frozenset[Signal] = frozenset()
    taken: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()

    @property
    def labels(self) -> tuple[str, ...]:
        """The words in both languages."""
        return (*self.bm, *self.en)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look holds of what is sought.

    ``pointed``: what each signal points at, also where nothing is chosen. ``placed``: whether its
    dialog is there, once.
    """

    verdict: Verdict
    element: Element | None = None
    pointed: dict[Signal, tuple[Element, ...]] = field(default_factory=dict)
    nearest: tuple[Element, ...] = ()
    placed: bool = True

    @property
    def by(self) -> tuple[Signal, ...]:
        """The signals that point at something."""
        return tuple(signal for signal, found in self.pointed.items() if found)

    @property
    def missed(self) -> tuple[Signal, ...]:
        """The signals that are known and point at nothing."""
        return tuple(signal for signal, found in self.pointed.items() if not found)


def resolve(look: Look, sought: Sought) -> Finding:
    """`judge`, and where nothing is chosen what comes nearest; nothing is chosen by resemblance."""
    answer = judge(look, sought)
    if answer.verdict is Verdict.FOUND or (not answer.placed and answer.verdict is Verdict.TWICE):
        return answer
    inside = _inside(look, sought) if answer.placed else look.elements
    return replace(answer, nearest=_nearest(inside, sought, answer.pointed))


def judge(look: Look, sought: Sought) -> Finding:
    """What of ``sought`` is on this screen."""
    dialogs = _dialogs(look, sought)
    if sought.within and len(dialogs) != 1:
        return Finding(Verdict.TWICE if dialogs else Verdict.MISSING, placed=False)
    found = _pointed(fitting(look, sought), sought)
    verdict, element = _judge(found, sought)
    return Finding(verdict, element, found)


def fitting(look: Look, sought: Sought) -> list[Element]:
    """All that is of its kind and stands where it is sought, whatever it is called."""
    places = {e.place for e in look.elements}
    inside = _inside(look, sought)
    return [e for e in inside if _fits(e, sought) and _stands(e, sought, places)]


def _dialogs(look: Look, sought: Sought) -> list[Element]:
    return [e for e in look.elements if e.kind is Kind.DIALOG and _is_called(e, sought.within)]


def _inside(look: Look, sought: Sought) -> list[Element]:
    """What stands where it is sought: in its dialog, else anywhere."""
    dialogs = _dialogs(look, sought)
    around = {e.order: e.dialog for e in look.elements if e.kind is Kind.DIALOG}
    within = dialogs[0].order if dialogs else None
    return [e for e in look.elements if within is None or _is_in(e, within, around)]


def _pointed(those: list[Element], sought: Sought) -> dict[Signal, tuple[Element, ...]]:
    """What each known signal points at."""
    found: dict[Signal, tuple[Element, ...]] = {}
    if sought.labels:
        found[Signal.WORDS] = tuple(e for e in those if _is_called(e, sought.labels, sought))
    if sought.name:
        found[Signal.NAME] = tuple(e for e in those if _ends(e, sought.name))
    if sought.id:
        found[Signal.ID] = tuple(e for e in those if is_id(e.id, sought.id))
    return found


def _judge(
    found: dict[Signal, tuple[Element, ...]], sought: Sought
) -> tuple[Verdict, Element | None]:
    """Whether one thing, and only one, is what all that is known points at."""
    if sought.grade is Grade.PRESS and sought.labels:
        words = found[Signal.WORDS]
        if len(words) != 1:
            return (Verdict.TWICE if words else Verdict.MISSING), None
    hits = [those for those in found.values() if those]
    if not hits:
        return Verdict.MISSING, None
    common = [e for e in hits[0] if all(e in those for those in hits[1:])]
    if not common:
        return Verdict.DISAGREE, None
    if len(common) > 1 and sought.grade is Grade.READ:
        labels = {(e.order - 1, plain(e.beside)) for e in common if e.beside}
        common = [e for e in common if (e.order, plain(e.words)) not in labels]  # it is a label
        title = {plain(words) for words in sought.top}
        common = [e for e in common if plain(e.section) in title] or common
    if len(common) > 1 and sought.grade is Grade.GO and sought.place is None:
        common = [e for e in common if e.place is not Place.MENU] or common  # the screen's own
    if len(common) > 1 and not sought.heads:
        return Verdict.TWICE, None
    if sought.grade is Grade.FILL and _spoken_against(common[0], found, sought):
        return Verdict.DISAGREE, None
    return Verdict.FOUND, common[0]


def _spoken_against(
    element: Element, found: dict[Signal, tuple[Element, ...]], sought: Sought
) -> bool:
    """Whether the named field has words of its own that are none of ours, in either language.

    A language that is not known says nothing: its words may be the ones that stand there.
    """
    both = bool(sought.bm and sought.en)
    return both and not found[Signal.WORDS] and bool(element.labels or element.beside)


def _fits(element: Element, sought: Sought) -> bool:
    # A field is called as it likes; what may be pressed is so by any of its names.
    pressed = () if element.kind in FIELDS else (*element.labels, element.title)
    if sought.never.intersection(plain(words) for words in (element.words, *pressed) if words):
        return False
    if sought.css:
        return sought.css in element.matches
    return element.kind in sought.kinds


def _stands(element: Element, sought: Sought, places: set[Place]) -> bool:
    """Whether it stands where it is sought; on a screen without any menu, anywhere."""
    if sought.grade is Grade.READ and element.kind is Kind.LINK and element.frame:
        return False  # a menu's entry tells nothing of the screen
    if sought.place is None or (sought.css and sought.grade is Grade.GO):
        return True
    free = sought.place is Place.MENU and Place.MENU not in places
    here = element.place is (Place.PAGE if free else sought.place)
    return here and (not sought.under or plain(element.under) in map(plain, sought.under))


def _is_in(element: Element, dialog: int, around: dict[int, int | None]) -> bool:
    """Whether it stands in that dialog, or in one inside it."""
    at = element.dialog
    for _ in around:
        if at is None or at == dialog:
            break
        at = around.get(at)
    return at == dialog


def plain(text: str) -> str:
    """Words as they are compared: whatever the case, the blanks and the signs before and behind."""
    return "".join(_ENDING.sub("", _SIGNS.sub("", text)).split()).casefold()


def _is_called(element: Element, labels: Iterable[str], sought: Sought | None = None) -> bool:
    """Whether one of the labels is the whole of what it is called by."""
    # What is beside a button is another thing's label.
    named = (*element.labels, element.title if element.kind in SPOKEN else element.beside)
    said = (element.words,) if element.worded else (*named, element.words)
    if element.kind is Kind.VALUE:
        said = (element.words, *named)
    if element.kind is Kind.TABLE and not any(said):
        said = (element.section,)  # the heading before it
    if sought is not None and sought.numbered:
        said = tuple(_NUMBER.sub("", words.strip()) for words in said)
    known = {plain(label) for label in labels}
    if sought is not None and sought.chosen:
        said = element.options
    return any(words and plain(words) in known for words in said)


def _dotless(text: str) -> str:
    return text.replace(".", "")


def _ends(element: Element, name: str) -> bool:
    """Whether the name is its whole, or its ending from a joint on (facts 1: a portlet before it).

    A Select2 knows its name without the dot. A file's box goes by its id.
    """
    shown = element.id.removeprefix("select2-").removesuffix("-container")
    names = [element.name] if element.kind is not Kind.LIST else [_dotless(element.name), shown]
    if element.kind is Kind.FILE:
        names.append(element.id)
    wanted = _dotless(name) if element.kind is Kind.LIST else name
    return any(one and _is_ending(one, wanted) for one in names)


def _is_ending(whole: str, ending: str) -> bool:
    if not whole.endswith(ending):
        return False
    before = whole[: -len(ending)]
    return not before or not ending[0].isalnum() or before[-1] in "_.-"


def is_id(whole: str, wanted: str) -> bool:
    """Whether it is that id, whatever portlet stands before it."""
    return bool(whole and wanted) and (whole == wanted or whole.endswith(f"_{wanted}"))


def _nearest(
    those: Iterable[Element], sought: Sought, found: dict[Signal, tuple[Element, ...]]
) -> tuple[Element, ...]:
    """The few things that come nearest: what a signal points at, then by kind and words."""
    pointed = {e.order for hits in found.values() for e in hits}

    def near(e: Element) -> tuple[bool, bool, float]:
        farther = FRAME if e.frame else 0.0
        return e.order in pointed, _fits(e, sought), likeness(sought, e) - farther

    told = [e for e in those if e.said or e.order in pointed]
    likely = [e for e in told if _fits(e, sought) or e.order in pointed]
    return tuple(sorted(likely or told, key=near, reverse=True)[:NEAREST])


def likeness(sought: Sought, element: Element) -> float:
    """How near its words come to those that are sought, in either language: 0 to 1."""
    wanted = sought.labels or (_spelt(sought.name or sought.id),)
    said = element.said if sought.labels else (*element.said, _spelt(element.name or element.id))
    pairs = ((one, other) for one in wanted for other in said if one and other)
    return max((alike(*pair) for pair in pairs), default=0.0)


def alike(wanted: str, said: str) -> float:
    """How near these words come to those: 0 to 1."""
    one, other = wanted.casefold(), said.casefold()
    mine, theirs = set(one.split()), set(other.split())
    # Words that are all there beside new ones are a longer label, not another one: nearer than any
    # that differs by a letter (*by Employee*, *by Employer*).
    covered = (
        (WHOLE if mine <= theirs else PARTLY) * len(mine & theirs) / len(mine) if mine else 0.0
    )
    return max(SequenceMatcher(None, one, other).ratio(), covered if covered > ALIKE else 0.0)


def _spelt(name: str) -> str:
    """A technical name as words: ``_dto.raceId`` is *race*."""
    last = re.split(r"[._]", name)[-1]
    return " ".join(p.casefold() for p in _PARTS.findall(last) if p.casefold() != "id")
