"""What a worker costs: the whole command against a straight-line Playwright script, side by side.

``python -m bench.add_employees`` files so many workers and so many more with each, in turns; what
lies between is what a worker costs, without start, log-in and report. Counted are what is asked of
Playwright's driver and the POSTs at the portal, which no other program disturbs, and the seconds,
which are worth as much as the machine is quiet. The script looks nobody up before it files, reads
nothing back, reviews nothing and keeps no evidence.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from bench.counted import counting
from rpa.portal import browser
from tests.conftest import EMPLOYER, SHELL, Desk, person, start_portal, stop_portal
from tests.mock.conftest import Mock
from tests.mock.hand import Hand

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import PracticePortal

FEW, MANY, TRIES = 2, 10, 3  # workers, in one filing each; how often
CHOICES = {
    "race": ("dtoraceId", "Melayu"),
    "occupation": ("dtooccupationId", "[4]NUMERICAL AND MATERIAL RECORDING CLERKS"),
    "sub_occupation": ("dtosubOccupationId", "[4]Stock Clerks"),
    "sub_occupation_list": ("dtosubOccupationListId", "[4]Clerk, raw material"),
}


class There(Mock):
    """A portal that was started already, for a person's hand."""

    def __init__(self, portal: PracticePortal) -> None:
        self.address = portal.address
        told = {"portal": portal.address, "control": portal.control, "email": portal.email}
        self.facts = {**told, "password": portal.password, "security_phrase": portal.phrase}


@dataclass(frozen=True)
class Cost:
    """Of a run, or of a worker."""

    asked: float  # of the driver
    posts: float  # at the portal
    seconds: float

    def more(self, fewer: Cost) -> Cost:
        """What a worker costs, of a run with more of them and one with fewer."""
        return Cost(*((a - b) / (MANY - FEW) for a, b in zip(self.all, fewer.all, strict=True)))

    @property
    def all(self) -> tuple[float, float, float]:
        """In this order."""
        return self.asked, self.posts, self.seconds


def people(count: int, *, choices: bool) -> list[dict[str, Any]]:
    """So many, each with what is chosen in lists or without."""
    told = {field: words for field, (_, words) in CHOICES.items()} if choices else {}
    return [person(number, **told) for number in range(1, count + 1)]


def robot(portal: PracticePortal, workers: list[dict[str, Any]]) -> Cost:
    """``run --submit``, as its users have it."""
    with tempfile.TemporaryDirectory() as folder:
        desk, told = Desk(Path(folder), portal), Path(folder) / "asked.json"
        words = ["-m", "bench.counted", str(told), "run", str(desk.job(workers)), "--submit"]
        began, before = time.perf_counter(), answered(portal)
        here = str(Path(__file__).parents[1])
        done = subprocess.run(
            [sys.executable, *words], env={**desk.env, "PYTHONPATH": here},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        seconds = time.perf_counter() - began
        if done.returncode:
            raise SystemExit(done.stderr)
        return Cost(sum(json.loads(told.read_text()).values()), answered(portal) - before, seconds)


def script(portal: PracticePortal, workers: list[dict[str, Any]]) -> Cost:
    """The same filing by hand and in a straight line."""
    asked, began, before = counting(), time.perf_counter(), answered(portal)
    path = SHELL or next(p for p in browser._on_this_machine() if p.is_file())  # noqa: SLF001  as the tests do
    args = [*browser.QUIET, *(["--no-sandbox"] if browser.is_root() else [])]
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=args) as started,
    ):
        hand = Hand(started.new_page(), There(portal))
        hand.log_in()
        hand.walk_to_list(EMPLOYER)
        for worker in workers:
            add(hand, worker)
        for screen in ("/eis.jsp", "/documents.jsp", "/preview.jsp"):
            hand.link("SIMPAN & TERUSKAN", "SAVE & CONTINUE").click()
            hand.tab.wait_for_url(f"**{screen}*")
        hand.confirm()
        hand.filed()
    seconds = time.perf_counter() - began
    return Cost(sum(asked.values()), answered(portal) - before, seconds)


def add(hand: Hand, worker: dict[str, Any]) -> None:
    """One worker: the popup, its lens, its fields, SAVE."""
    hand.tab.locator("#addNewBtnPopBtnId").click()
    hand.look_up(worker["identification"])
    hand.tab.locator("#registerNewEmployeeIconId").click()
    hand.field("nameOfEmployee").fill(worker["name"])
    hand.field("dateOfBirth").fill(day(worker["date_of_birth"]))
    hand.tab.get_by_label(worker["gender"], exact=True).check()
    for field, (box, words) in CHOICES.items():
        if field in worker:
            hand.tab.locator(f'[id$="{box}-container"]').click()
            hand.tab.locator("li.select2-results__option", has_text=words).click()
    hand.field("employmentStartDate").fill(day(worker["employment_start_date"]))
    hand.tab.locator("#acknowledgementIconId").click()
    hand.save_popup()


def day(iso: str) -> str:
    """As the portal has it."""
    return "/".join(reversed(iso.split("-")))


def answered(portal: PracticePortal) -> int:
    """How many POSTs the portal has had."""
    return len(portal.ask("received"))


def measured(portal: PracticePortal, work: Callable[..., Cost], *, choices: bool) -> Cost:
    """What a worker costs that way: the least of a few tries."""
    found = []
    for _ in range(TRIES):
        costs = []
        for count in (FEW, MANY):
            portal.reset()
            costs.append(work(portal, people(count, choices=choices)))
        found.append(costs[1].more(costs[0]))
    return Cost(*(min(values) for values in zip(*(one.all for one in found), strict=True)))


def main() -> None:
    """Enter here."""
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        portal = start_portal(Path(folder), "en")
        try:
            for choices in (False, True):
                told = {w.__name__: measured(portal, w, choices=choices) for w in (script, robot)}
                say(f"a worker, {'with' if choices else 'without'} lists to choose from\n")
                for name, cost in told.items():
                    asked, posts, seconds = cost.all
                    say(f"  {name:7} {asked:6.1f} of the driver {posts:6.2f} POSTs")
                    say(f"{seconds:6.2f} s\n")
                pairs = zip(told["robot"].all, told["script"].all, strict=True)
                asked, posts, seconds = (mine / theirs for mine, theirs in pairs)
                say(f"  ratio   {asked:6.1f} {posts:20.2f} {seconds:12.2f}\n")
        finally:
            stop_portal(portal)


if __name__ == "__main__":
    main()
