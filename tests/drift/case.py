"""One case: a kind of drift at a procedure on a skin, run, judged, and its verdict held to."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from rpa import settings
from rpa.calibration import overlay
from tests.drift.kinds import Verdict, named
from tests.drift.words import plain
from tests.hostile.case import table
from tests.hostile.judge import FILED, WRONG_FILINGS, Findings, Seen, Told, judge, ledger_rows
from tests.hostile.place import TIMES_QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.drift.place import DriftPlace
    from tests.hostile.place import Ended

# What a stop before the press may end with: somebody's move, and none of them "later" or "a fault".
STOPPED = frozenset({10, 11, 13, 15, 65, 70})
NOT_ON_SCREEN, OF_A_ROW = 70, frozenset({10, 11})
LINE = re.compile(r"below screens: (\w+: \{[^…]*\})$", re.MULTILINE)  # none with a blank
MOST_LINES = 5  # the same words may stand on so many screens
PROFILE = "profile.yaml"


@dataclass
class Case:
    """A case under way."""

    place: DriftPlace
    kind: str
    procedure: str
    seed: int
    wanted: str = ""
    found: Findings = field(default_factory=Findings)
    ends: list[Ended] = field(default_factory=list)
    presses: list[int] = field(default_factory=list)
    filed: list[bool] = field(default_factory=list)

    def carry_out(self) -> dict[str, Any]:
        """Do it; what happened and whether it was right, as plain JSON."""
        began = time.monotonic()
        place, kind = self.place, named(self.kind)
        uses = place.used(self.procedure)
        change = kind.drawn(self.seed, uses, f"{self.procedure} {place.skin}", self.wanted)
        about = {
            "kind": self.kind,
            "procedure": self.procedure,
            "skin": place.skin,
            "seed": self.seed,
        }
        if change is None:
            return {**about, "applies": False}
        self.known = place.ready(self.procedure)
        self.keys = self._keys(change)
        self.last, self.right = self.known.before, kind.right(place.skin)
        self.fired = 0
        profile = self.known.desk.config / PROFILE
        before = profile.read_bytes() if profile.is_file() else None
        try:
            wrong = self._verdict(change)
        finally:
            profile.unlink(missing_ok=True)
            if before is not None:
                profile.write_bytes(before)
        return {
            **about, "applies": bool(self.fired), "change": change, "right": self.right,
            "wrong filings": self.found.wrong.get(WRONG_FILINGS, []),
            "not right": [*wrong, *(w for rule in self.found.wrong.values() for w in rule)],
            "codes": [one.code for one in self.ends], "presses": self.presses,
            "seconds": [round(one.seconds, 1) for one in self.ends],
            "whole": round(time.monotonic() - began, 1),
            "said": [(one.out[-600:], one.err[-1500:]) for one in self.ends],
        }  # fmt: skip

    def _verdict(self, change: dict[str, Any]) -> list[str]:
        """What is not as it should be."""
        self._run(change)
        if self.right is Verdict.GOES_ON:
            return self._goes_on()
        wrong = self._stops()
        return wrong if wrong or self.right is not Verdict.PROPOSES else self._proposes(change)

    def _proposes(self, change: dict[str, Any]) -> list[str]:
        """What is proposed is accepted, line by line, until it files."""
        for _ in range(MOST_LINES):
            line = LINE.search(self.ends[-1].err)
            if line is None:
                return [f"no line was proposed in run {len(self.ends)}"]
            self._accept(line[1])
            self._run(change)
            if self.ends[-1].code == 0:
                break
            if wrong := self._stops():
                return wrong
        return self._goes_on()

    def _goes_on(self) -> list[str]:
        code = self.ends[-1].code
        wrong = [] if code == 0 else [f"should go on and ended {code}"]
        return wrong if self.filed[-1] else [*wrong, "not everything is filed"]

    def _stops(self) -> list[str]:
        code, said = self.ends[-1].code, self.ends[-1].out + self.ends[-1].err
        wrong = [] if code in STOPPED else [f"should stop and ended {code}"]
        # A row that is refused, or that the review shows otherwise, holds up no other.
        others = code in OF_A_ROW and not self.filed[-1]
        wrong += ["pressed"] if self.presses[-1] and not others else []
        if self.right in {Verdict.NAMES, Verdict.PROPOSES}:
            wrong += (
                [] if code == NOT_ON_SCREEN else [f"should end {NOT_ON_SCREEN} and ended {code}"]
            )
            there = any(_is_named(key, said) for key in self.keys)
            wrong += [] if there else [f"none of {sorted(self.keys)} is named"]
        return list(dict.fromkeys(wrong))

    def _keys(self, change: dict[str, Any]) -> set[str]:
        """What the office knows by the words that were changed."""
        words = plain(str(change.get("label", "")))
        looks = settings.load(config=self.known.desk.config).profile.looks
        called = {k for k, one in looks.items() if words in map(plain, one.labels)}
        return {change["key"], *called} if "key" in change else called

    def _accept(self, line: str) -> None:
        """Write the proposed line into config/profile.yaml, as the office would."""
        config = self.known.desk.config
        whole = overlay.standing(config)
        for key, looks in _entries(yaml.safe_load(line)):
            overlay.put(whole, key, looks)
        overlay.write(config / PROFILE, whole)

    def _run(self, change: dict[str, Any]) -> None:
        """One run under the change, judged by what the portal counts and by the report."""
        place, desk = self.place, self.known.desk
        place.lay(change)
        runs = set((desk.home / "runs").glob("*"))
        bound = max(place.least_bound_s, TIMES_QUIET * place.quiets[self.procedure]["seconds"])
        ended = place.go(self.known, len(self.ends) + 1, bound)
        said = place.proxy.ask("seen")
        place.lay({})
        new = set((desk.home / "runs").glob("*")) - runs
        told = Told.read(desk.home) if new else None
        now = place.count()
        events = [{"what": "came"}, *([{"what": "press"}] * said["presses"])]
        seen = Seen(
            ended, told, place.quiets[self.procedure], self.known.before, self.last, now, events, [],
            ledger_rows(desk.home / "ledger.sqlite3", self.procedure), table(max(new)) if new else {},
        )  # fmt: skip
        for rule, all_ in judge(seen).wrong.items():
            for what in all_:
                self.found.add(rule, f"run {len(self.ends) + 1}: {what}")
        rows = [line for wanted in seen.quiet["rows"].values() for line in wanted]
        states = set(told.states.values()) if told else set()
        self.filed.append(states == {FILED} and all(seen.filed[line] for line in rows))
        self.fired += said["fired"]
        self.ends.append(ended)
        self.presses.append(said["presses"])
        self.last = now


def _entries(told: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Each entry of a line by its key; a column's stands deeper."""
    for name, looks in told.items():
        key = f"{above}{name}"
        if all(isinstance(one, str) for one in looks.values()):
            yield key, looks
        else:
            yield from _entries(looks, f"{key}.")


def _is_named(key: str, said: str) -> bool:
    """Whether the entry stands there, as a key or as the line that mends it."""
    screen, _, name = key.partition(".")
    there = rf"(?<!\w){re.escape(key)}(?!\w)|\b{screen}: \{{{re.escape(name.partition('.')[0])}:"
    return re.search(there, said) is not None
