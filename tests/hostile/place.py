"""A practice portal, the proxy before it and a desk, wound back before every case."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from tenacity import RetryError, Retrying, retry_if_result, stop_after_delay, wait_fixed

from drill.place import HUNG, Place
from drill.points import bearing
from tests.hostile.judge import Told, lines_of_rows

if TYPE_CHECKING:
    from drill.place import Prepared

ROOT = Path(__file__).parents[2]
LEAST_BOUND_S = 75.0  # of one run
TIMES_QUIET = 15.0  # or so many quiet runs, on a machine that is busy
EASY_S, MOST_BUSY = 6.0, 4.0  # a quiet run on a machine that has little else to do
TICK_S = 0.02
QUIET_TRIES = 4  # a machine that is too busy for the short time-outs
SETTINGS: dict[str, Any] = {
    "name": "drill",  # for which what needs a second person was approved
    "timeouts": {"act_s": 4, "arrive_s": 5, "result_s": 4},
    "settle": {"reads": 3, "first_wait_s": 0.3, "growth": 1.5},
    "retry": {"attempts": 3, "wait_s": 0.1},
    "lease_s": 30,
}


@dataclass
class Ended:
    """One run: how it ended, and all it said."""

    code: int
    seconds: float
    out: str
    err: str


@dataclass
class Proxy:
    """The proxy's process, and its control port."""

    folder: Path
    portal: str
    address: str = field(init=False)

    def __post_init__(self) -> None:
        announced = self.folder / "proxy.json"
        words = [sys.executable, "-m", "tests.hostile.proxy"]
        words += ["--portal", self.portal, "--announce", str(announced)]
        with (self.folder / "proxy.log").open("ab") as log:
            self.process = subprocess.Popen(words, cwd=ROOT, stdout=log, stderr=log)
        ready = Retrying(
            retry=retry_if_result(lambda there: not there),
            stop=stop_after_delay(60),
            wait=wait_fixed(0.02),
        )
        try:
            ready(announced.is_file)
        except RetryError:
            self.close()
            raise
        said = json.loads(announced.read_text("utf-8"))
        self.address, self.elsewhere, self.control = (
            said["address"], said["elsewhere"], said["control"],
        )  # fmt: skip

    def ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The control port."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.control}/{path}", data)  # noqa: S310  loopback only
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  loopback only
            return dict(json.load(answer))

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


@dataclass
class HostilePlace(Place):
    """As the drill's place, with the proxy's address in the desk's settings."""

    quiets: dict[str, dict[str, Any]] = field(default_factory=dict)
    least_bound_s: float = LEAST_BOUND_S

    def __post_init__(self) -> None:
        super().__post_init__()
        try:
            self.proxy = Proxy(self.folder, self.portal.address)
        except RetryError:
            super().close()
            raise
        self.portal.address = self.proxy.address
        self.plan(0)

    def close(self) -> None:
        self.proxy.close()
        super().close()

    def _prepare(self, procedure: str) -> Prepared:
        self.plan(0)
        made = super()._prepare(procedure)
        made.desk.settings(**SETTINGS | {"timeouts": waits(LEAST_BOUND_S)})
        return made

    def plan(
        self,
        seed: int,
        told: tuple[str, ...] = (),
        only: tuple[str, ...] = (),
        *,
        keep: bool = False,
    ) -> list[str]:
        """Lay the changes of a seed; what was seen before is forgotten, unless it is kept."""
        secrets = {"password": self.portal.password, "phrase": self.portal.phrase}
        asked = {"seed": seed, "told": told, "only": only, "keep": keep, **secrets}
        return list(self.proxy.ask("plan", asked)["changes"])

    def go(self, known: Prepared, number: int, bound_s: float) -> Ended:
        """One run of the job under the changes, ended when it takes longer than its bound."""
        self.proxy.ask("mark", {"run": number})
        began = time.monotonic()
        pid, mark = self.begin(known)
        code = _ended(pid, bound_s)
        seconds = time.monotonic() - began
        if code is None:
            for one in [psutil.Process(pid), *bearing(mark)]:
                _kill(one)
            _ended(pid, 30)
            code = HUNG
        place = known.desk.folder / mark
        said = [(place / name).read_text("utf-8", "replace") for name in ("out.txt", "err.txt")]
        return Ended(code, seconds, *said)

    def clear(self, known: Prepared) -> None:
        """Take away what the runs of a case left beside the home."""
        self.orphans()
        for folder in known.desk.folder.iterdir():
            if re.fullmatch(r"[0-9a-f]{32}", folder.name):
                shutil.rmtree(folder, ignore_errors=True)

    def quiet(self, procedure: str) -> dict[str, Any]:
        """What one run leaves that nothing disturbs: the measure of all others."""
        if procedure not in self.quiets:
            for _ in range(QUIET_TRIES):
                known = self.ready(procedure)
                self.plan(0)
                ended = self.go(known, 1, 4 * LEAST_BOUND_S)
                told = Told.read(known.desk.home)
                if not ended.code:
                    break
            if ended.code or told is None or set(told.states.values()) != {"filed"}:
                raise RuntimeError(f"{procedure}: the quiet run ended {ended.code}: {ended.err}")
            known.desk.settings(**SETTINGS | {"timeouts": waits(ended.seconds)})
            now = self.count()
            self.quiets[procedure] = {
                **now, "seconds": ended.seconds, "told": _told(now, known.before),
                "rows": lines_of_rows(told, now, known.before),
            }  # fmt: skip
        return self.quiets[procedure]


def waits(quiet_s: float) -> dict[str, float]:
    """The robot's time-outs: short ones, and longer on a machine that has much else to do."""
    busy = min(MOST_BUSY, max(1.0, quiet_s / EASY_S))
    return {name: round(seconds * busy, 1) for name, seconds in SETTINGS["timeouts"].items()}


def _told(now: dict[str, Any], before: dict[str, Any]) -> tuple[str, ...]:
    """The words that were declared, as the portal keeps them."""
    old = {filing["id"] for filing in before["filings"] if filing["procedure"] != "add_documents"}
    new = [f for f in now["filings"] if f["id"] not in old or f["procedure"] == "add_documents"]
    parts = [part for f in new for part in (*f["workers"], f["employer_form"])]
    parts += [line for month in now["contributions"] for line in month["lines"]]
    parts += [{"file": paper["file"]} for filing in new for paper in filing["documents"]]
    found = {str(value) for part in parts for value in part.values()}
    return tuple(sorted(word for word in found if 4 < len(word) < 60 and "<" not in word))


def _ended(pid: int, limit_s: float) -> int | None:
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(TICK_S)
    return None


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
