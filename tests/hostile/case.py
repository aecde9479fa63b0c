"""One case: the sample of a procedure under the changes of a seed, run by run, judged."""

from __future__ import annotations

import csv
import random
import re
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openpyxl

from tests.hostile.judge import (
    ELSEWHERE,
    FILED,
    SECRETS,
    Findings,
    Seen,
    Told,
    judge,
    keeps,
    ledger_rows,
)  # fmt: skip
from tests.hostile.place import TIMES_QUIET

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.place import Ended, HostilePlace

# So often the job is run again under the same changes; in peace; after a run that was cut off.
AGAIN, CALM, LEFT = 0.3, 0.3, 0.35
CALM_RUN = 9
STATUS = "ASSIST status"
INLINE = "inline"  # a job of this name has its rows in itself, and they are counted from 1


@dataclass
class Case:
    """A case under way."""

    place: HostilePlace
    procedure: str
    seed: int
    only: tuple[str, ...] = ()
    found: Findings = field(default_factory=Findings)
    ends: list[Ended] = field(default_factory=list)
    states: list[list[str]] = field(default_factory=list)

    def carry_out(self) -> dict[str, Any]:
        """Do it; what happened and what is wrong, as plain JSON."""
        began = time.monotonic()
        self.quiet = self.place.quiet(self.procedure)
        self.known = self.place.ready(self.procedure)
        self.last = self.known.before
        self.earlier: list[dict[str, Any]] = []
        self._runs()
        seen = self.place.proxy.ask("seen")
        if seen["elsewhere"]:
            what = sorted({said.split(" HTTP")[0][:60] for said in seen["received"]})
            self.found.add(ELSEWHERE, f"{seen['elsewhere']}: {'; '.join(what)[:300]}")
            if any(self.place.portal.password in said for said in seen["received"]):
                self.found.add(ELSEWHERE, "the password among them")
        secrets = {"password": self.place.portal.password, "phrase": self.place.portal.phrase}
        keeps(self.known.desk.home, secrets, self.found)
        said = "".join(one.out + one.err for one in self.ends)
        for name, secret in secrets.items():
            if secret in said:
                self.found.add(SECRETS, f"the {name} was printed")
        return {
            "seed": self.seed, "procedure": self.procedure, "only": list(self.only),
            "changes": self.changes, "fired": self.fired,
            "wrong": self.found.wrong, "notes": self.found.notes,
            "codes": [one.code for one in self.ends], "states": self.states,
            "seconds": [round(one.seconds, 1) for one in self.ends],
            "whole": round(time.monotonic() - began, 1),
            "said": [(one.out[-1200:], one.err[-2500:]) for one in self.ends]
            if self.found.wrong else [],
        }  # fmt: skip

    def _runs(self) -> None:
        draw = random.Random(f"{self.seed} {self.procedure}")  # noqa: S311  repeatable
        again, calm, late = (draw.random() < share for share in (AGAIN, CALM, LEFT))
        told = tuple(self.quiet["told"])
        self.place.plan(0)
        before: list[str] = []
        if late and not self.only:
            before = self.place.plan(self.seed, told, ("gone at the press",))
            self._run(0)
        self.changes = before + self.place.plan(self.seed, told, self.only, keep=True)
        states = self._run(1)
        if self._led_nowhere():
            self._run(2)
            self._run(3)
        elif again and not late and states != {FILED}:
            self._run(2)
        self.fired = self.place.proxy.ask("seen")["fired"]
        if calm:
            self.place.proxy.ask("calm", {})
            self._run(CALM_RUN)

    def _led_nowhere(self) -> bool:
        begun = max(n for n, event in enumerate(self.earlier) if event["what"] == "run")
        what = [event["what"] for event in self.earlier[begun:]]
        return "password" in what and "inside" not in what

    def _run(self, number: int) -> set[str]:
        """One run, judged; the states it told."""
        desk, place = self.known.desk, self.place
        runs = set((desk.home / "runs").glob("*"))
        bound = max(place.least_bound_s, TIMES_QUIET * self.quiet["seconds"])
        ended = place.go(self.known, number, bound)
        self.ends.append(ended)
        new = set((desk.home / "runs").glob("*")) - runs
        told = Told.read(desk.home) if new else None
        events = place.proxy.ask("seen")["events"][len(self.earlier) :]
        now = place.count()
        seen = Seen(
            ended, told, self.quiet, self.known.before, self.last, now, events, list(self.earlier),
            ledger_rows(desk.home / "ledger.sqlite3", self.procedure),
            table(max(new)) if new else {},
        )  # fmt: skip
        for rule, said in judge(seen).wrong.items():
            for what in said:
                self.found.add(rule, f"run {number}: {what}")
        self.found.notes += [f"run {number}: {note}" for note in drafts(seen)]
        self.last = now
        self.earlier += events
        states = set(told.states.values()) if told else set()
        self.states.append(sorted(states))
        return states


def drafts(seen: Seen) -> list[str]:
    """Drafts that a run leaves at the portal and does not name; worth a look."""
    were = [draft["id"] for draft in seen.last["drafts"]]
    left = [draft for draft in seen.now["drafts"] if draft["id"] not in were]
    numbers = [str(draft.get("reference") or draft.get("month")) for draft in left]
    return [f"a draft is left, and not named: {n}" for n in numbers if n not in seen.said]


def table(folder: Path) -> dict[int, str]:
    """What stands beside each row of the operator's table, by row number; none for inline rows."""
    found: dict[int, str] = {}
    for path in folder.iterdir():
        if path.suffix == ".xlsx" and not path.stem.endswith(INLINE):
            book = openpyxl.load_workbook(path, read_only=True)
            for sheet in book.worksheets:
                found |= _beside([list(row) for row in sheet.iter_rows(values_only=True)])
            book.close()
        elif path.suffix == ".csv":
            text = path.read_text("utf-8-sig", "replace")
            mark = ";" if text.count(";") > text.count(",") else ","
            found |= _beside(list(csv.reader(text.splitlines(), delimiter=mark)))
    return found


def _beside(rows: list[list[Any]]) -> dict[int, str]:
    for at, row in enumerate(rows):
        heads = [str(cell).strip() for cell in row]
        if STATUS in heads:
            column = heads.index(STATUS)
            told = {
                n: str(one[column] or "")
                for n, one in enumerate(rows[at + 1 :], at + 2)
                if len(one) > column
            }
            return {n: re.sub(r".* / ", "", state) for n, state in told.items() if state}
    return {}


def keep(home: Path, to: Path) -> None:
    """A copy of what a bad case left."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(home, to, dirs_exist_ok=True)
