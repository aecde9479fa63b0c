"""The matrix, made from what exists: procedures, passings, the portal's faults, seeds.

Nothing is listed here: procedures are found as `rpa.flows` finds them, their passings come from
quiet runs of their sample, the faults from the practice portal's own list. Case ``n`` of a seed
is always the same case, so that a drill that was cut goes on where it was.

Most kills are links of a chain: one filing is killed several times in a row, each time elsewhere,
and then left to finish. That is the harder test and the cheaper one: the run that finishes and the
judging serve every kill of the chain. Beside that each point is hit alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from drill.case import Case
from drill.points import RECEIVED, point_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ALONE, CHAIN, FAULT, RIVALS = "alone", "chain", "fault without a kill", "rivals"
# What a procedure's cases are made of, in turn: how it is killed, and how many faults come.
# Alone means with no fault either, which might end the run before it is killed.
ROUND = (
    (ALONE, 0), (CHAIN, 1), (ALONE, 0), (CHAIN, 2), (ALONE, 0), (CHAIN, 0), (ALONE, 0),
    (CHAIN, 1), (ALONE, 0), (CHAIN, 2), (ALONE, 0), (ALONE, 0),
)  # fmt: skip
KINDS = (*ROUND, *ROUND, (FAULT, 1), *ROUND, *ROUND, (RIVALS, 0))
BESIDE = {0: "", 1: ", a fault", 2: ", two faults"}
LENGTHS = (6, 7, 8)  # kills of a chain
ONCE_FILED = (1, 2, 3, 4)  # of them, when the portal has it already
UNPRESSED = 0.2  # so often a chain has no kill from the press on
AT_A_MOMENT = 0.2  # so often a link is a kill at any moment
CLEANING = 0.5  # so often a run that cleans up after another is killed while it does
# Runs of a chain that may die after an attempt began, by faults: the fifth such death is the
# ledger's last (`rpa.ledger.ledger.MAX_ATTEMPTS`), and a fault may take an attempt too.
ATTEMPTS = {0: 3, 1: 2, 2: 1}
BEGUN = "after COMMIT (begin_attempt)"
INTENDED, PRESS, RECORDED = "after COMMIT (intend)", "press leaves", "after COMMIT (filed)"
SAVED = "draft announced"
# Around the press most depends on the order: twice as often.
DANGEROUS = (INTENDED, "after intent", "before press", PRESS, RECEIVED, "answered", "after press",
             "before record", "inside transaction (filed)")  # fmt: skip
# What a run passes when it cleans up after one that had pressed, or had saved a draft.
LOOKING = ("before settling", "inside transaction (not_filed)", "after COMMIT (not_filed)",
           "inside transaction (in_doubt)")  # fmt: skip
REMOVING = ("before withdrawing", "after withdrawing")
FINDING = ("before settling", "after settling read", "before record", "inside transaction (filed)",
           RECORDED, "after record", "before swap (report)")  # fmt: skip
RECOVERY = (*LOOKING, *REMOVING, *FINDING)
REACHED = 0.8  # of the quiet run's time: on a quicker day it is over before
MANY = 30  # requests of a run, about; a fault that fits any waits for one of them
# For a kill before the answer: it has been filed, or the POST is still on its way when somebody
# looks.
HOLDS = (
    {"fault": "commit, then delay", "seconds": 1.0},
    {"fault": "delay", "on": "commit", "seconds": 3.0},
    {"fault": "delay", "on": "commit", "seconds": 12.0},
)


@dataclass(frozen=True)
class Sample:
    """What a procedure's quiet runs showed.

    ``passings`` of the run that files, in order, and ``again`` of one that finds all filed;
    ``seconds`` is how long the first took.
    """

    procedure: str
    passings: tuple[str, ...]
    again: tuple[str, ...]
    seconds: float

    @property
    def points(self) -> list[str]:
        """The named points that it passes."""
        return list(dict.fromkeys(map(point_of, self.passings)))

    @cached_property
    def press(self) -> int:
        """Where the press is."""
        return self.passings.index(PRESS)

    def where(self, kill: Mapping[str, Any]) -> int:
        """Where in a quiet run that kill comes; -1 for one that it does not reach."""
        places = [n for n, key in enumerate(self.passings) if key == kill.get("key")]
        return places[kill["n"] - 1] if places and kill["n"] <= len(places) else -1

    def passed(self, kill: Mapping[str, Any], key: str) -> bool:
        """Whether the run had gone so far when it was killed."""
        return key in self.passings[: self.where(kill) + 1]


@dataclass(frozen=True)
class Plan:
    """All cases of a seed, without an end."""

    samples: Sequence[Sample]
    faults: Sequence[Mapping[str, Any]]
    seed: int

    def cases(self) -> Iterator[Case]:
        """Case 0, 1, 2 and so on; the procedures take turns."""
        streams = [self._of(place, sample) for place, sample in enumerate(self.samples)]
        for stream in cycle(streams):
            yield next(stream)

    def first(self, count: int) -> list[Case]:
        """The first cases."""
        return list(islice(self.cases(), count))

    def _of(self, place: int, sample: Sample) -> Iterator[Case]:
        chance = random.Random(f"{self.seed} {sample.procedure}")  # noqa: S311 - to be repeatable
        killer = Killer(sample, chance)
        faults = _endless(list(self.faults), chance)
        # Each procedure begins with another kind, so that a short drill has all of them.
        kinds = islice(cycle(KINDS), place, None)
        for turn, (how, troubles) in enumerate(kinds):
            kills = killer.of(how, troubles)
            how = CHAIN if len(kills) > 1 else how  # noqa: PLW2901 - said as it was done
            armed = [_armed(next(faults), chance) for _ in range(troubles)]
            yield Case(
                turn * len(self.samples) + place,
                sample.procedure,
                how if how == FAULT else how + BESIDE[troubles],
                tuple(kills),
                (*armed, *_held(kills, armed, chance)),
                _settings(chance),
                rivals=2 if how == RIVALS else 0,
            )


class Killer:
    """Where the runs of one procedure are killed; each passing comes before one comes again."""

    def __init__(self, sample: Sample, chance: random.Random) -> None:
        self._sample, self._chance = sample, chance
        before, after = sample.passings[: sample.press], sample.passings[sample.press :]
        self._begun = sample.passings.index(BEGUN)
        self._points = iter(chance.sample(sample.points, len(sample.points)))
        self._begin = _endless(_weighed(sample.passings[: self._begun]), chance)
        self._early, self._late = (_endless(_weighed(some), chance) for some in (before, after))
        self._again = _endless(list(dict.fromkeys(sample.again)), chance)

    def of(self, how: str, faults: int) -> list[dict[str, Any]]:
        """The kills of a case in which so many faults may come."""
        if how not in {ALONE, CHAIN}:
            return []
        point = next(self._points, None) if how == ALONE else None
        if point is None:  # each was hit alone: chains only, from then on
            return self._chain(ATTEMPTS[faults])
        return [self._at(self._one_of([key for key in self._all if point_of(key) == point]))]

    def _chain(self, attempts: int) -> list[dict[str, Any]]:
        length = self._chance.choice(LENGTHS)
        pressed = self._chance.random() >= UNPRESSED
        then = self._chance.choice(ONCE_FILED) if pressed else 0
        kills: list[dict[str, Any]] = []
        while len(kills) < length - then - pressed:
            tired = sum(map(self._is_attempt, kills)) == attempts
            kills.append(self._tired() if tired else self._unfiled(kills[-1] if kills else None))
        if pressed:
            kills.append(self._at(next(self._late), since=self._sample.press))
        for _ in range(then):
            kills.append(self._filed(kills[-1]))
        return kills

    def _unfiled(self, last: dict[str, Any] | None) -> dict[str, Any]:
        """One before the press; after a kill that left something, often while that is cleared."""
        if last and self._chance.random() < CLEANING:
            ways = [*(LOOKING if self._sample.passed(last, INTENDED) else ())]
            ways += REMOVING if self._sample.passed(last, SAVED) else ()
            if ways:
                return self._kill(self._one_of(ways))
        if self._chance.random() < AT_A_MOMENT:
            longest = self._sample.seconds * REACHED
            after_s = round(self._chance.uniform(0.05, longest), 3)
            return {"after_s": after_s, "machine": self._half}
        return self._at(next(self._early), before=self._sample.press)

    def _tired(self) -> dict[str, Any]:
        """One before the next attempt begins."""
        return self._at(next(self._begin), before=self._begun)

    def _is_attempt(self, kill: dict[str, Any]) -> bool:
        inside = self._sample.where(kill) >= self._begun
        return inside or "after_s" in kill or kill["key"] in REMOVING

    def _filed(self, last: dict[str, Any]) -> dict[str, Any]:
        """One of a run that finds it filed: by the portal's record, or in the ledger already."""
        known = last.get("again") or self._sample.passed(last, RECORDED)
        if known:
            return self._kill(next(self._again)) | {"again": True}
        return self._kill(self._one_of(FINDING))

    @property
    def _all(self) -> tuple[str, ...]:
        return self._sample.passings

    @property
    def _half(self) -> bool:
        return self._chance.random() < 0.5  # noqa: PLR2004 - the half

    def _one_of(self, ways: Sequence[str]) -> str:
        return self._chance.choice(ways)

    def _kill(self, key: str, n: int = 1) -> dict[str, Any]:
        return {"key": key, "n": n, "machine": self._half}

    def _at(self, key: str, since: int = 0, before: int | None = None) -> dict[str, Any]:
        """At any of its passings in that stretch of the quiet run."""
        skipped = self._all[:since].count(key)
        there = self._all[since:before].count(key)
        return self._kill(key, skipped + self._chance.randint(1, there))


def _weighed(passings: Sequence[str]) -> list[str]:
    there = list(dict.fromkeys(passings))
    return [*there, *(key for key in there if key in DANGEROUS)]


def _endless(things: Sequence[Any], chance: random.Random) -> Iterator[Any]:
    """All of them in a random order, then in another; so that each comes before one comes again."""
    while things:
        yield from chance.sample(things, len(things))


def _armed(fault: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    """As ``arm`` takes it: at some request of those it fits, for a short or a long time."""
    wish = {"fault": fault["fault"], "skip": 0 if fault["on"] else chance.randrange(MANY)}
    if "seconds" in fault:
        wish["seconds"] = chance.choice((0.3, 1.0, 5.0))
    if "field" in fault:
        wish |= {"field": chance.choice(("nameOfEmployee", "employerCode", "extra: X")), "skip": 0}
    return wish


def _held(
    kills: Sequence[dict[str, Any]], armed: Sequence[dict[str, Any]], chance: random.Random
) -> list[dict[str, Any]]:
    """A kill before the answer needs an answer that takes its time."""
    waits = any(kill.get("key") == RECEIVED for kill in kills)
    there = any(fault["fault"].startswith("commit, then") for fault in armed)
    hold = chance.choice(HOLDS)
    return [dict(hold)] if waits and not there else []


def _settings(chance: random.Random) -> dict[str, Any]:
    """The portal's ways that differ: an officer looks at the case, CONFIRM is sent by AJAX."""
    found: dict[str, Any] = {}
    if chance.random() < 0.2:  # noqa: PLR2004 - one in five
        found["officer"] = True
    if chance.random() < 0.25:  # noqa: PLR2004 - one in four
        found["commit"] = "ajax"
    return found
