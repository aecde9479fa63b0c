"""The matrix, made from what exists: procedures, passings, the portal's faults, seeds.

Nothing is listed here: procedures are found as `rpa.flows` finds them, their passings come from
one quiet run of their sample, the faults from the practice portal's own list. Case ``n`` of a seed
is always the same case, so that a drill that was cut goes on where it was.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from drill.case import Case
from drill.points import RECEIVED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# What a case is made of, in turn: kills at a passing, kills at a moment, faults.
KINDS = {
    "kill": (1, 0, 0),
    "kill, fault": (1, 0, 1),
    "two kills": (2, 0, 0),
    "fault, kill": (1, 0, 1),
    "two kills, fault": (2, 0, 1),
    "moment, kill": (1, 1, 0),
    "kill, two faults": (1, 0, 2),
    "two kills again": (2, 0, 0),
    "three kills": (3, 0, 0),
    "moment, kill, fault": (1, 1, 1),
    "fault": (0, 0, 1),
    "rivals": (0, 0, 0),
}
# Around the press most depends on the order: twice as often.
DANGEROUS = ("after intent", "before press", "press leaves", RECEIVED, "answered", "after press",
             "before record", "inside transaction (filed)")  # fmt: skip
# What a run passes only when it cleans up after another.
RECOVERY = ("before settling", "after settling read", "before withdrawing", "after withdrawing",
            "inside transaction (not_filed)", "after COMMIT (not_filed)",
            "inside transaction (in_doubt)")  # fmt: skip
RECOVERED = 0.3  # so often a second kill is one of them
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
    """What a procedure's quiet run showed: its passings in order, how long it took."""

    procedure: str
    passings: tuple[str, ...]
    seconds: float


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
        points = _endless(self._points(sample), chance)
        faults = _endless(list(self.faults), chance)
        # Each procedure begins with another kind, so that a short drill has all of them.
        kinds = islice(cycle(KINDS), place, None)
        for round_, kind in enumerate(kinds):
            number = round_ * len(self.samples) + place
            at, moments, troubles = KINDS[kind]
            kills = [_moment(sample, chance) for _ in range(moments)]
            kills += [_kill(next(points), sample, chance) for _ in range(at)]
            kills[1:] = [_recovering(kill, chance) for kill in kills[1:]]
            armed = [_armed(next(faults), chance) for _ in range(troubles)]
            yield Case(
                number,
                sample.procedure,
                kind.removesuffix(" again"),
                tuple(kills),
                (*armed, *_held(kills, armed, chance)),
                _settings(chance),
                rivals=2 if kind == "rivals" else 0,
            )

    def _points(self, sample: Sample) -> list[str]:
        there = list(dict.fromkeys(sample.passings))
        return [*there, *(point for point in there if point in DANGEROUS)]


def _endless(things: Sequence[Any], chance: random.Random) -> Iterator[Any]:
    """All of them in a random order, then in another; so that each comes before one comes again."""
    while True:
        yield from chance.sample(things, len(things))


def _kill(key: str, sample: Sample, chance: random.Random) -> dict[str, Any]:
    times = Counter(sample.passings)[key]
    return {"key": key, "n": chance.randint(1, times), "machine": chance.random() < 0.5}  # noqa: PLR2004 - the half


def _moment(sample: Sample, chance: random.Random) -> dict[str, Any]:
    after_s = round(chance.uniform(0.05, sample.seconds * REACHED), 3)
    return {"after_s": after_s, "machine": chance.random() < 0.5}  # noqa: PLR2004 - the half


def _recovering(kill: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    other = {"key": chance.choice(RECOVERY), "n": 1}
    return {**kill, **other} if chance.random() < RECOVERED else kill


def _armed(fault: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    """As ``arm`` takes it: at some request of those it fits, for a short or a long time."""
    wish = {"fault": fault["fault"], "skip": 0 if fault["on"] else chance.randrange(MANY)}
    if "seconds" in fault:
        wish["seconds"] = chance.choice((0.3, 1.0, 5.0))
    if fault["what"].startswith("One item of the preview"):
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
