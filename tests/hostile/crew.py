"""As many cases at a time as there are workers; what was done is kept, and not done again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from drill.crew import Crew
from rpa import flows
from tests.hostile.judge import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
SOURCES = ("rpa", "mock_portal", "fixtures", "tests/hostile", "drill")
OUT = Path(__file__).parent / "out" / "cases.jsonl"
SEEDS = range(1, 201)
JOBS = (os.cpu_count() or 1) + 1


@dataclass
class HostileCrew(Crew):
    """`tests.hostile.slot` processes instead of the drill's."""

    without: str = ""
    module: str = "tests.hostile.slot"

    def __enter__(self) -> Self:
        words = [sys.executable, "-m", self.module, *filter(None, [self.without])]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._slots = [subprocess.Popen(words, cwd=ROOT, **pipes) for _ in range(self.size)]
        return self


def code(sources: Sequence[str] = SOURCES) -> str:
    """What tells this code from another."""
    digest = hashlib.sha256()
    for folder in sources:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not {"__pycache__", "out"} & set(path.parts):
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@dataclass
class Attack:
    """Seeds and procedures, and where their cases are kept, a line each."""

    out: Path
    seeds: Sequence[int] = SEEDS
    procedures: Sequence[str] = ()
    only: Sequence[str] = ()
    jobs: int = JOBS
    without: str = ""  # a negative control: a part that is taken out of the robot
    again: bool = False  # also what was done before with this very code
    cases: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.procedures = self.procedures or flows.names()
        self._code = code()

    def go(self) -> Iterator[dict[str, Any]]:
        """Each case as it comes, those done before first."""
        known = self._known()
        yield from self._kept(known.values())
        wanted = [
            {"seed": seed, "procedure": name, "only": list(self.only), "kept": str(self.kept)}
            for seed in self.seeds
            for name in self.procedures
            if (seed, name) not in known
        ]
        with HostileCrew(min(self.jobs, len(wanted)), without=self.without) as crew:
            for question, answer in crew.all(wanted):
                if answer is None:
                    raise RuntimeError(f"{question['seed']} {question['procedure']} broke it")
                with self.out.open("a", encoding="utf-8") as file:
                    file.write(f"{json.dumps({'code': self._code, **answer})}\n")
                yield from self._kept([answer])

    @property
    def kept(self) -> Path:
        """Where the folders of bad cases go."""
        return self.out.with_suffix("")

    def _kept(self, cases: Any) -> Iterator[dict[str, Any]]:
        for case in cases:
            self.cases.append(case)
            yield case

    def _known(self) -> dict[tuple[int, str], dict[str, Any]]:
        """Done before with this very code; half a line at the end is none."""
        if self.again or self.only or not self.out.is_file():
            return {}
        whole = [line for line in self.out.read_text("utf-8").splitlines() if line.endswith("}")]
        cases = [json.loads(line) for line in whole]
        mine = [case for case in cases if case["code"] == self._code and not case["only"]]
        wanted = {(case["seed"], case["procedure"]): case for case in mine}
        return {
            key: c
            for key, c in wanted.items()
            if key[0] in self.seeds and key[1] in self.procedures
        }

    @property
    def line(self) -> str:
        """The line at the end."""
        return line(self.cases)


def line(cases: Sequence[dict[str, Any]]) -> str:
    """``2000 runs: 0 wrong filings, 0 wrong claims, …``; a case may break several rules."""
    wrong = {rule: sum(bool(case["wrong"].get(rule)) for case in cases) for rule in RULES}
    runs = sum(len(case["codes"]) for case in cases)
    told = ", ".join(f"{count} {rule}" for rule, count in wrong.items())
    return f"{len(cases)} cases, {runs} runs: {told}"


def shown(case: dict[str, Any]) -> str:
    """One bad case, to be read."""
    fired = {kind for kind, times in case["fired"].items() if times}
    said = [f"WRONG seed {case['seed']} {case['procedure']} exits {case['codes']} {case['states']}"]
    said += [f"    change {change[:300]}" for change in case["changes"]]
    said += [f"    came: {', '.join(sorted(fired)) or 'none of them'}"]
    said += [f"    {rule}: {what}" for rule, all_ in case["wrong"].items() for what in all_]
    return "\n".join(said)
