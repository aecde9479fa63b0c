"""One practice portal and one desk, wound back to the same moment before every case.

What a procedure's sample needs is arranged once (`tests.flows.samples`); after that the portal's
file and the desk's home are copies.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psutil

from drill.child import Order, spawn
from drill.points import CONTROL, MARK, Wanted, bearing, send
from tests.conftest import Desk, start_portal, stop_portal, with_words
from tests.flows.samples import arrange, quick
from tests.supervisor import allowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Starter = Callable[["Order", "Mapping[str, str]", "Path"], int]
LONGEST_RUN_S = 240.0
HUNG = -100  # the code of a run that did not end by itself
ORPHANS_S = 20.0  # so long a driver may take to notice that its run is gone
TICK_S, LOOK_S = 0.01, 0.05  # between two looks whether a run ended; what it left
PAUSED_S = 1.0


@dataclass(frozen=True)
class Run:
    """How one run of the command ended: its code, how long it took, where it died."""

    code: int
    seconds: float
    died_at: str
    said: str

    @property
    def killed(self) -> bool:
        """Whether it was killed."""
        return self.code == -signal.SIGKILL


@dataclass
class Prepared:
    """A procedure's sample, ready to be run: its desk, and both sides as they stood then."""

    desk: Desk
    job: Path
    portal: Path
    home: Path
    before: dict[str, Any]


@dataclass
class Place:
    """A portal, and a folder for everything else.

    ``heir``: this process is given whatever a run leaves without a parent, so that `orphans` sees
    what bears no mark too. ``skin``: how the portal looks.
    """

    folder: Path
    start: Starter = spawn
    language: str = "mixed"
    heir: bool = False
    skin: str = "classic"
    prepared: dict[str, Prepared] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.portal = start_portal(self.folder, self.language)
        self._marks: list[str] = []
        self._mine: list[psutil.Process] = []  # children that no run left

    def close(self) -> None:
        """End the portal."""
        stop_portal(self.portal)

    # -- beginning anew --

    def ready(self, procedure: str) -> Prepared:
        """The procedure's sample with both sides as they were before anything was filed."""
        if procedure not in self.prepared:
            self.prepared[procedure] = self._prepare(procedure)
        known = self.prepared[procedure]
        self._marks.clear()
        with closing(sqlite3.connect(known.portal)) as kept, closing(self._portal_file()) as live:
            kept.backup(live)
        shutil.rmtree(known.desk.home, ignore_errors=True)
        if known.home.is_dir():
            shutil.copytree(known.home, known.desk.home)
        self._mine = psutil.Process().children()
        return known

    def _prepare(self, procedure: str) -> Prepared:
        self.portal.reset()
        self.portal.ask("settings", {"skin": self.skin})
        folder = self.folder / procedure
        folder.mkdir()
        desk = with_words(Desk(folder, self.portal), self.skin)
        desk.settings(name="drill", timeouts=TIMEOUTS, settle=SETTLE)
        desk.env[CONTROL] = self.portal.control
        # What Node made of the driver's source is kept from run to run; every run has its own.
        desk.env["NODE_COMPILE_CACHE"] = str(self.folder / "node")
        arrange(desk, self.portal, procedure)
        job = allowed(desk, quick(desk, procedure))
        kept, home = self.folder / f"{procedure}.sqlite3", folder / "home-before"
        with closing(self._portal_file()) as live, closing(sqlite3.connect(kept)) as copy:
            live.backup(copy)
            copy.execute("DELETE FROM sessions")  # of the runs that arranged it; they are over
            copy.commit()
        if desk.home.is_dir():
            shutil.copytree(desk.home, home)
        return Prepared(desk, job, kept, home, self.count())

    def _portal_file(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / f"portal-{self.language}.sqlite3", timeout=30)

    def count(self) -> dict[str, Any]:
        """What the portal has: submitted, saved, on its books."""
        return {
            "filings": self.portal.filings,
            "contributions": self.portal.contributions,
            "drafts": self.portal.drafts,
            "workers": self.portal.workers(""),
            "employers": [employer["code"] for employer in self.portal.ask("employers")],
        }

    # -- runs --

    def begin(
        self, known: Prepared, wanted: Wanted | None = None, *, log: str = "", without: str = ""
    ) -> tuple[int, str]:
        """Start ``run --submit``; its process and the mark that all its processes bear."""
        mark = uuid.uuid4().hex
        self._marks.append(mark)
        place = known.desk.folder / mark
        place.mkdir()
        listed = place / log if log else place / "died-at"
        words = ("run", str(known.job), "--submit")
        order = Order(words, wanted, listed if wanted or log else None, without)
        return self.start(order, {**known.desk.env, MARK: mark}, place), mark

    def end(
        self,
        known: Prepared,
        pid: int,
        mark: str,
        kill_after_s: float = 0.0,
        *,
        machine: bool = True,
    ) -> Run:
        """Wait for it; kill it when its time has come, and its browser if the machine dies."""
        began = time.monotonic()
        limit = kill_after_s or LONGEST_RUN_S
        code = _wait(pid, limit)
        died = ""
        if code is None:
            died = "a moment" if kill_after_s else ""
            for one in [psutil.Process(pid), *(bearing(mark) if machine else [])]:
                send(one, signal.SIGKILL)
            code = _wait(pid, LONGEST_RUN_S)
            code = code if kill_after_s else HUNG
        place = known.desk.folder / mark
        at = place / "died-at"
        died = at.read_text("utf-8").strip() if at.is_file() else died
        said = (place / "err.txt").read_text("utf-8")[-2000:]
        said += (place / "out.txt").read_text("utf-8")[-2000:]
        return Run(HUNG if code is None else code, time.monotonic() - began, died, said)

    def let_in(self, known: Prepared) -> None:
        """What a person does after a run that was killed while it signed in: looks, and allows it.

        Never while another run is at work: its own note would be taken away.
        """
        ledger = known.desk.home / "ledger.sqlite3"
        if not ledger.is_file():
            return
        with closing(sqlite3.connect(ledger, timeout=30)) as db:
            numbers = [digest[:8] for (digest,) in db.execute("SELECT digest FROM sign_ins")]
        for number in numbers:
            known.desk.assist("retry-login", number, "--reason", "looked")

    def run(self, known: Prepared, wanted: Wanted | None = None, **how: Any) -> Run:
        """One run from its start to its end, after a person has answered for the log-in."""
        self.let_in(known)
        return self.end(known, *self.begin(known, wanted, **how))

    def passings(self, known: Prepared) -> tuple[Run, list[str]]:
        """A run that nobody kills, and every boundary that it passes, in order."""
        pid, mark = self.begin(known, log="passings")
        done = self.end(known, pid, mark)
        return done, (known.desk.folder / mark / "passings").read_text("utf-8").splitlines()

    def orphans(self) -> list[int]:
        """Processes of the case's runs that do not end, though the runs have."""
        until = time.monotonic() + ORPHANS_S
        while left := {*(one for mark in self._marks for one in bearing(mark)), *self._inherited()}:
            if time.monotonic() > until:
                for one in left:
                    send(one, signal.SIGKILL)
                return sorted(one.pid for one in left)
            time.sleep(LOOK_S)
        return []

    def _inherited(self) -> list[psutil.Process]:
        """Children of ours that we did not start: what a run left; the ended ones are buried."""
        if not self.heir:
            return []
        left = [one for one in psutil.Process().children() if one not in self._mine]
        return [one for one in left if os.waitpid(one.pid, os.WNOHANG) == (0, 0)]


# As the tool's own: the looks after a lost answer last longer than the wait for it did.
TIMEOUTS = {"act_s": 15, "arrive_s": 15, "result_s": 4}
SETTLE = {"reads": 3, "first_wait_s": 1.65, "growth": 2}


def _wait(pid: int, limit_s: float) -> int | None:
    """The exit code of a child, negative for a signal; None when it has not ended by then."""
    waited, last = 0.0, time.monotonic()
    while waited < limit_s:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(TICK_S)
        now = time.monotonic()
        waited += min(now - last, PAUSED_S)  # a drill that was stopped for a while counts on
        last = now
    return None


def wanted(kills: Sequence[dict[str, Any]], number: int) -> Wanted | None:
    """Where the ``number``-th run is to die."""
    if number >= len(kills) or "after_s" in kills[number]:
        return None
    kill = kills[number]
    return Wanted(kill["key"], kill.get("n", 1), kill.get("machine", False))
