"""The looks that quiet runs had, changed by the thousand without a browser.

What a run found on a screen of the practice portal is sought again after each change. Never may
another thing be chosen; and what must come of a change follows from its grade and from the signals
by which the thing is known there, not from what the robot says.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from rpa.portal.look import Element, Look
from rpa.portal.resolve import Grade, Signal, Sought, Verdict, judge, plain, resolve
from tests.drift.kinds import ELSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ELEMENTS, SOUGHT = TypeAdapter(tuple[Element, ...]), TypeAdapter(Sought)
GONE, NEW = 10_000, 20_000  # orders that no element of a look has
CHANCED = {Grade.READ, Grade.GO}  # one signal is enough


class Scene:
    """One look, and the thing that was found in it."""

    def __init__(self, sought: Sought, look: tuple[Element, ...], draw: random.Random) -> None:
        self.sought, self.elements, self.draw = sought, look, draw
        self.found = judge(Look(look), sought)

    @cached_property
    def target(self) -> Element:
        """What was found."""
        assert self.found.element is not None
        return self.found.element

    @property
    def named(self) -> bool:
        """Whether a stable name or id points at it beside its words."""
        return bool({Signal.NAME, Signal.ID} & set(self.found.by))

    @property
    def worded(self) -> bool:
        """Whether its words do."""
        return Signal.WORDS in self.found.by

    @property
    def alone(self) -> bool:
        """Whether nothing else is called so: a screen's title may stand there twice."""
        return Signal.WORDS not in self.found.by or len(self.found.pointed[Signal.WORDS]) == 1

    def put(self, **how: Any) -> tuple[Element, ...]:
        """The look with the target changed."""
        mine = self.target.order
        return tuple(replace(e, **how) if e.order == mine else e for e in self.elements)

    def called(self, words: str) -> dict[str, Any]:
        """These words in the place of its own."""
        own = self.target
        return {
            "words": words if own.words else "", "labels": (words,) if own.labels else (),
            "beside": words if own.beside else "", "title": "", "options": own.options,
            "section": words if not (own.words or own.labels) else own.section,
        }  # fmt: skip


def _within(scene: Scene) -> tuple[tuple[Element, ...], set[Verdict]] | None:
    """Another of its known words."""
    other = scene.draw.choice(scene.sought.labels) if scene.worded else ""
    taken = [e for e in scene.elements if plain(other) in map(plain, (*e.said, e.section))]
    if not other or [e for e in taken if e.order != scene.target.order]:
        return None
    return scene.put(**scene.called(other)), {Verdict.FOUND}


def _outside(scene: Scene) -> tuple[tuple[Element, ...], set[Verdict]] | None:
    """Words that nobody knows: a stable sign is enough to read, and to fill where no words speak."""
    if not scene.worded or not scene.alone or scene.sought.chosen or scene.sought.titled:
        return None
    grade, both = scene.sought.grade, bool(scene.sought.bm and scene.sought.en)
    chanced = scene.named and (grade in CHANCED or (grade is Grade.FILL and not both))
    stops = {Verdict.MISSING, Verdict.DISAGREE}
    return scene.put(**scene.called(ELSE)), {Verdict.FOUND} if chanced else stops


def _unnamed(scene: Scene) -> tuple[tuple[Element, ...], set[Verdict]] | None:
    """Name and id are others, and the words are its own."""
    if not scene.worded or (scene.target.kind == "list" and not scene.target.labels):
        return None
    return scene.put(name="zz.moved", id="zz-moved"), {Verdict.FOUND}


def _gone(scene: Scene) -> tuple[tuple[Element, ...], set[Verdict]] | None:
    """It is not there any more; whatever is chosen instead is wrong."""
    if not scene.alone:
        return None
    rest = tuple(e for e in scene.elements if e.order != scene.target.order)
    return rest, {Verdict.MISSING, Verdict.TWICE, Verdict.DISAGREE}


def _twice(scene: Scene) -> tuple[tuple[Element, ...], set[Verdict]] | None:
    """The same again, further down."""
    if scene.sought.heads or scene.sought.titled:
        return None
    return (*scene.elements, replace(scene.target, order=NEW, mark="")), {Verdict.TWICE}


def _impostor(scene: Scene) -> tuple[tuple[Element, ...], set[Verdict]] | None:
    """It has words that nobody knows, and another thing of its kind has its name and its id."""
    mine = scene.target
    others = [e for e in scene.elements if e.kind is mine.kind and e.dialog == mine.dialog]
    others = [e for e in others if e.order != mine.order and e.said]
    if not (others and scene.named and scene.worded) or scene.sought.grade in CHANCED:
        return None
    other = scene.draw.choice(others)
    changed = [replace(e, name=mine.name, id=mine.id) if e is other else e for e in scene.elements]
    gone = tuple(e for e in changed if e.order != mine.order)
    both = bool(scene.sought.bm and scene.sought.en)
    return (gone, {Verdict.MISSING, Verdict.DISAGREE}) if both else None


def _likes(scene: Scene) -> tuple[tuple[Element, ...], set[Verdict]] | None:
    """Others whose words hold its own stand around it."""
    said = next(iter(scene.target.said), "")
    if not said:
        return None
    texts = (f"{said} Semua", f"Set Semula {said}", said[:-1], f"{said} 2")
    plains = {plain(words) for words in scene.sought.labels}
    more = [
        replace(
            scene.target, order=NEW + n, mark="", name="", id="", matches=(), **scene.called(words)
        )
        for n, words in enumerate(texts)
        if plain(words) not in plains
    ]
    return (*more[:2], *scene.elements, *more[2:]), {Verdict.FOUND}


CHANGES: dict[str, Callable[[Scene], tuple[tuple[Element, ...], set[Verdict]] | None]] = {
    "words within": _within, "words outside": _outside, "name and id": _unnamed, "gone": _gone,
    "twice": _twice, "impostor": _impostor, "likes": _likes,
}  # fmt: skip


def kept(folder: Path) -> Iterator[tuple[Sought, tuple[Element, ...]]]:
    """What quiet runs sought and found, once each."""
    known: set[str] = set()
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line not in known:
                known.add(line)
                told = json.loads(line)
                sought = SOUGHT.validate_python(told["sought"])
                yield sought, ELEMENTS.validate_python(told["look"])


def drilled(folder: Path, seeds: int) -> tuple[int, int, int, list[str]]:
    """Looks changed, wrong things chosen, right verdicts; and of what was not right a line each."""
    count: Counter[str] = Counter()
    bad: list[str] = []
    for number, (sought, look) in enumerate(kept(folder)):
        for seed in range(seeds):
            draw = random.Random(f"{number} {seed}")  # noqa: S311  repeatable, no secret
            name = draw.choice(sorted(CHANGES))
            said = _one(sought, look, name, draw)
            if said is not None:
                count += Counter({"all": 1, "wrong": said.startswith("another"), "right": not said})
                bad += [f"{sought.key} ({sought.grade}): {name}: {said}"] if said else []
    return count["all"], count["wrong"], count["right"], bad


def _one(sought: Sought, look: tuple[Element, ...], name: str, draw: random.Random) -> str | None:
    """What is not right of one change; None where it does not apply."""
    scene = Scene(sought, look, draw)
    made = CHANGES[name](scene) if scene.found.element is not None else None
    if made is None:
        return None
    changed, right = made
    answer = resolve(Look(changed), sought)
    chosen = answer.element.order if answer.element else GONE
    if chosen not in {GONE, scene.target.order}:
        return f"another thing was chosen: {answer.element}"[:300]
    return "" if answer.verdict in right else f"{answer.verdict}, and should be {sorted(right)}"
