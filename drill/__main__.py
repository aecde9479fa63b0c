"""The drill: ``python -m drill --kills 2000 --seed 1``; `make drill` does that.

First the negative controls, then the cases until so many processes were killed. A case that was
done with this very code is not done again, so a drill that was cut goes on where it was. Exit 1
when anything was filed twice, lost or left without a verdict, or a control stayed green.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drill import controls, table
from drill.crew import Crew
from drill.plan import Plan, Sample
from rpa import flows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
SOURCES = ("rpa", "mock_portal", "fixtures", "drill")
DOCUMENTED = 2000  # kills from which on the result is put into docs/
EVERY = 20  # cases, after which the line is told


@dataclass
class Drill:
    """One call of the command."""

    asked: argparse.Namespace
    crew: Crew

    def __post_init__(self) -> None:
        self.out = Path(self.asked.out)
        self.out.mkdir(parents=True, exist_ok=True)
        self.names = self.asked.procedure or flows.names()
        self.cases: list[dict[str, Any]] = []
        self.began = time.monotonic()

    @cached_property
    def code(self) -> str:
        """What tells this code from another."""
        digest = hashlib.sha256()
        for folder in SOURCES:
            for path in sorted((ROOT / folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts and "out" not in path.parts:
                    digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
        return digest.hexdigest()[:12]

    @property
    def done(self) -> Path:
        """Every case that was done, a line each."""
        return self.out / f"cases-{self.asked.seed}-{self.code}.jsonl"

    def golden(self, procedure: str) -> Path:
        """What a quiet run of a procedure leaves."""
        return self.out / f"quiet-{procedure}-{self.code}.json"

    def prepare(self) -> Plan:
        """The quiet runs that are not there yet, and the plan made of all."""
        missing = [{"quiet": name} for name in self.names if not self.golden(name).is_file()]
        for question, answer in self.crew.all(missing):
            if answer is None:
                raise SystemExit(f"the quiet run of {question['quiet']} failed; see above")
            self.golden(question["quiet"]).write_text(json.dumps(answer), "utf-8")
        ((_, faults),) = self.crew.all([{"faults": True}])
        samples = []
        for name in self.names:
            known = json.loads(self.golden(name).read_text("utf-8"))
            passings, again = tuple(known["passings"]), tuple(known["again"])
            samples.append(Sample(name, passings, again, known["seconds"]))
        return Plan(samples, faults, self.asked.seed)

    def known(self) -> dict[int, dict[str, Any]]:
        """The cases that were done before, by number; half a line at the end is none."""
        if not self.done.is_file():
            return {}
        whole = [line for line in self.done.read_text("utf-8").splitlines() if line.endswith("}")]
        cases = [json.loads(line) for line in whole]
        return {case["number"]: case for case in cases if case["procedure"] in self.names}

    def questions(self, plan: Plan) -> Iterator[dict[str, Any]]:
        """The cases still to be done, until enough were killed."""
        known = self.known()
        self.cases += known.values()
        for case in plan.cases():
            if self.enough:
                return
            if case.number in known:
                continue
            yield {"case": asdict(case), "golden": str(self.golden(case.procedure))}

    @property
    def enough(self) -> bool:
        """Whether so many were killed, or the time is up."""
        up = self.asked.minutes and time.monotonic() - self.began > self.asked.minutes * 60
        return bool(up or table.Tally(self.cases).kills >= self.asked.kills)

    def not_alone(self, plan: Plan) -> list[str]:
        """Procedures and their points that no case has hit alone."""
        wanted = [(sample.procedure, point) for sample in plan.samples for point in sample.points]
        return table.not_alone(self.cases, wanted)

    def go(self, plan: Plan) -> None:
        """Do the cases, and keep each at once."""
        for question, answer in self.crew.all(self.questions(plan)):
            if answer is None:
                raise SystemExit(f"case {question['case']['number']} broke the drill; see above")
            with self.done.open("a", encoding="utf-8") as file:
                file.write(f"{json.dumps(answer)}\n")
            self.cases.append(answer)
            tally = table.Tally([answer])
            if tally.bad:
                said("WRONG", json.dumps(answer))
            if len(self.cases) % EVERY == 0:
                said(f"  {len(self.cases)} cases:", table.Tally(self.cases).line)

    def tell(self, plan: Plan, controls_said: Sequence[str]) -> None:
        """The lines, matrix.json and the document."""
        for line in table.summary(self.cases):
            said(line)
        minutes = sum(case["seconds"] for case in self.cases) / 60 / self.asked.jobs
        about = {
            "seed": self.asked.seed, "minutes": round(minutes), "jobs": self.asked.jobs,
            "cores": os.cpu_count(), "code": self.code, "controls": list(controls_said),
            "not_alone": self.not_alone(plan),
        }  # fmt: skip
        whole = table.Tally(self.cases)
        found = {
            **about, "line": whole.line, "kills": whole.kills, "faults": whole.faults,
            "points": table.matrix(self.cases), "fired": table.troubles(self.cases),
            "wrong": whole.bad, "cases": self.cases,
        }  # fmt: skip
        (self.out / "matrix.json").write_text(json.dumps(found, indent=1), "utf-8")
        document = table.document(self.cases, about)
        (self.out / "drill.md").write_text(document, "utf-8")
        if whole.kills >= DOCUMENTED and not self.asked.no_document:
            (ROOT / "docs" / "drill.md").write_text(document, "utf-8")


def said(*words: str) -> None:
    """Say a line now."""
    sys.stdout.write(f"{' '.join(words)}\n")
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="drill", description=__doc__)
    add = parser.add_argument
    add("--kills", type=int, default=2000, help="how many processes to kill at least")
    add("--seed", type=int, default=1, help="which cases; the same seed has the same ones")
    # A third of the time a run waits (for a lost answer, for a fault to end): one more than cores.
    add("--jobs", type=int, default=(os.cpu_count() or 1) + 1, help="how many cases at a time")
    add("--minutes", type=float, default=0, help="stop after so long; go on another time")
    add("--procedure", action="append", help="only this one; may be given several times")
    add("--control", action="append", choices=list(controls.CASES), help="only this one")
    add("--no-controls", action="store_true", help="without the negative controls")
    add("--no-document", action="store_true", help="leave docs/drill.md as it is")
    add("--out", default=str(ROOT / "drill" / "out"), help="where cases and matrix are kept")
    return parser.parse_args()


def main() -> int:
    """Enter here."""
    asked = arguments()
    with Crew(asked.jobs) as crew:
        drill = Drill(asked, crew)
        plan = drill.prepare()
        told: list[str] = []
        green = False
        if not asked.no_controls:
            for control in controls.run(crew, drill.golden, asked.control):
                told.append(control.line)
                green = green or not control.red
                said(control.line)
        drill.go(plan)
        drill.tell(plan, told)
    return int(green or bool(table.Tally(drill.cases).bad))


if __name__ == "__main__":
    sys.exit(main())
