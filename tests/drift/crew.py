"""The cases of a drift drill, as many at a time as asked; what was done is kept, not done again."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rpa import flows
from tests.drift.kinds import KINDS
from tests.hostile import crew

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OUT = Path(__file__).parent / "out" / "cases.jsonl"
SKINS = ("classic", "modern", "foreign", "stranger")
MODULE = "tests.drift.slot"
SOURCES = (
    "rpa",
    "mock_portal",
    "fixtures",
    "tests/drift",
    "tests/hostile",
    "tests/overlays",
    "drill",
)


def wanted(
    seeds: Sequence[int], procedures: Sequence[str], only: Sequence[str], skins: Sequence[str]
) -> list[dict[str, Any]]:
    """Every kind at every procedure, each on one skin of the four: another with each seed."""
    kinds = [kind.name for kind in KINDS]
    cases = [
        {"kind": kind, "procedure": name, "seed": seed, "skin": skins[(k + p + seed) % len(skins)]}
        for seed in seeds
        for k, kind in enumerate(kinds)
        for p, name in enumerate(flows.names())
        if kind in (only or kinds) and name in procedures
    ]
    place = {"skin": list(skins).index, "procedure": list(flows.names()).index}
    return sorted(
        cases,
        key=lambda c: (c["seed"], place["skin"](c["skin"]), place["procedure"](c["procedure"])),
    )


@dataclass
class Drill:
    """What is drilled, and where its cases are kept, a line each."""

    out: Path
    seeds: Sequence[int] = (1,)
    procedures: Sequence[str] = ()
    only: Sequence[str] = ()
    skins: Sequence[str] = SKINS
    entry: str = ""
    jobs: int = crew.JOBS
    most: int = 0  # so many cases at most, spread evenly over all
    without: str = ""  # a negative control: a part that is taken out of the robot
    again: bool = False
    cases: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self._code = crew.code(SOURCES)

    def go(self) -> Iterator[dict[str, Any]]:
        """Each case as it comes, those done before first."""
        cases = wanted(self.seeds, self.procedures or flows.names(), self.only, self.skins)
        if self.most:
            cases = cases[:: max(1, -(-len(cases) // self.most))]
        known = self._known()
        yield from self._kept([known[key] for key in map(_key, cases) if key in known])
        more = {"entry": self.entry, "looks": str(self.looks)}
        asked = [{**case, **more} for case in cases if _key(case) not in known]
        with crew.HostileCrew(
            min(self.jobs, len(asked)), without=self.without, module=MODULE
        ) as slots:
            for question, answer in slots.all(asked):
                if answer is None:
                    raise RuntimeError(f"{_key(question)} broke it")
                with self.out.open("a", encoding="utf-8") as file:
                    file.write(f"{json.dumps({'code': self._code, **answer})}\n")
                yield from self._kept([answer])

    @property
    def looks(self) -> Path:
        """Where the quiet runs leave what they saw."""
        return self.out.with_suffix("") / "looks"

    def _kept(self, cases: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for case in cases:
            self.cases.append(case)
            yield case

    def _known(self) -> dict[tuple[Any, ...], dict[str, Any]]:
        """Done before with this very code; half a line at the end is none."""
        if self.again or self.entry or self.without or not self.out.is_file():
            return {}
        whole = [line for line in self.out.read_text("utf-8").splitlines() if line.endswith("}")]
        cases = [json.loads(line) for line in whole]
        return {_key(case): case for case in cases if case["code"] == self._code}

    @property
    def line(self) -> str:
        """The line at the end."""
        return line(self.cases)


def _key(case: dict[str, Any]) -> tuple[Any, ...]:
    return case["kind"], case["procedure"], case["skin"], case["seed"]


def line(cases: Sequence[dict[str, Any]]) -> str:
    """``wrong filings 0 of N; right verdict M of N``; what does not apply is not counted."""
    those = [case for case in cases if case["applies"]]
    wrong = sum(bool(case["wrong filings"]) for case in those)
    right = sum(not case["not right"] for case in those)
    pairs = len({(case["kind"], case["procedure"]) for case in those})
    return (
        f"wrong filings {wrong} of {len(those)}; right verdict {right} of {len(those)}"
        f" ({pairs} kinds x procedures; {len(cases) - len(those)} did not apply)"
    )


def by_verdict(cases: Sequence[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """Of each verdict how many cases there were, and how many were right."""
    those = [case for case in cases if case["applies"]]
    whole = Counter(case["right"] for case in those)
    right = Counter(case["right"] for case in those if not case["not right"])
    return {name: (count, right[name]) for name, count in sorted(whole.items())}


def shown(case: dict[str, Any]) -> str:
    """One case that is not right, to be read."""
    about = f"{case['kind']} · {case['procedure']} · {case['skin']} · seed {case['seed']}"
    said = [f"NOT RIGHT {about}; exits {case['codes']}, should: {case['right']}"]
    said += [f"    change {json.dumps(case['change'], ensure_ascii=False)}"]
    said += [f"    {what}" for what in dict.fromkeys(case["not right"])]
    said += [
        f"    {text.strip().splitlines()[-1][:400]}"
        for one in case["said"]
        for text in one[1:]
        if text.strip()
    ]
    return "\n".join(said)
