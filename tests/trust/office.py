"""An office at work with planted people, wages and secrets; all it leaves is kept by its place.

Each command is the real one in a process of its own, at a practice portal, with a browser where it
opens one. While it runs, the lines and environments of the processes it starts are looked at.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import openpyxl
import psutil

from tests.conftest import EMPLOYER, Desk, person, start_portal, stop_portal
from tests.flows.samples import known, sample
from tests.run.test_lastguard import PLANTED
from tests.supervisor import SECRET as PASSPHRASE
from tests.supervisor import Supervisor
from tests.trust import search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.conftest import PracticePortal

PASSWORD, PHRASE, WRONG = "Kenari#Sandi9137", "kenari ungu terbang tinggi", "Kenari#Salah4421"
JOINERS = (person(9137, name="CONTOH BIN KENARISATU"), person(9142, name="REKAAN BINTI KENARIDUA"))
BROKEN = person(9151, name="MISALAN BIN KENARITIGA")  # whose filing an error of our own ends
AWAY = person(9166, name="UJIAN BINTI KENARIEMPAT")  # whose filing the portal's maintenance ends
REFUSED = person(9173, name="LATIHAN BINTI KENARIENAM")  # whom the portal does not take
WAGE = "4177.39"
PAID = {"930405205573": "CONTOH BIN KENARILIMA"}  # of the sample's payroll; its name is ours here
PEOPLE = (*JOINERS, BROKEN, AWAY, REFUSED)
LOOK_S = 0.02
BACKUP = re.compile(r"^assist-rpa backup/[^/]+/(home/)?")  # the same places as the folder's own


@dataclass(frozen=True)
class Artefact:
    """One thing that is left: its place as docs/privacy.md calls it, and where it is to be read."""

    place: str
    path: Path


@dataclass
class Processes:
    """What stands in the lines and environments of a process's children, while it lives."""

    canaries: Sequence[search.Canary]
    seen: set[tuple[int, float]] = field(default_factory=set)
    found: set[str] = field(default_factory=set)

    def watch(self, top: psutil.Process, ended: threading.Event) -> None:
        """Until it has ended. The office itself gave secrets to the first one, and to no other."""
        while not ended.wait(LOOK_S):
            with suppress(psutil.Error):
                self._look(top, environment=False)
                for child in top.children(recursive=True):
                    with suppress(psutil.Error):
                        self._look(child, environment=True)

    def _look(self, one: psutil.Process, *, environment: bool) -> None:
        line = " ".join(one.cmdline())
        self._tell(one, "line", line)
        if environment:
            told = "\n".join(f"{name}={value}" for name, value in one.environ().items())
            self._tell(one, "environment", told)
        self.seen.add((one.pid, one.create_time()))

    def _tell(self, one: psutil.Process, where: str, text: str) -> None:
        look = search.Search(tuple(self.canaries))
        for canary in look.data(text.encode()):
            self.found.add(f"{where} of {one.name()}: {canary.kind}: {canary.called}")


@dataclass
class Office:
    """A desk at a portal of its own; what was printed, by command."""

    folder: Path
    codes: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "portal").mkdir()
        portal = start_portal(self.folder / "portal", "mixed")
        portal.reset()
        portal.ask("account", {"email": portal.email, "password": PASSWORD, "phrase": PHRASE})
        self.portal: PracticePortal = replace(portal, password=PASSWORD, phrase=PHRASE)
        (self.folder / "desk").mkdir()
        self.desk = Desk(self.folder / "desk", self.portal)
        for name in ("tmp", "printed", "asked"):
            (self.folder / name).mkdir()
        mine = {"TMPDIR": "tmp", "HOME": "tmp", "XDG_CACHE_HOME": "tmp", "XDG_CONFIG_HOME": "tmp"}
        self.desk.env |= {name: str(self.folder / folder) for name, folder in mine.items()}
        self.processes = Processes(self.canaries())

    def close(self) -> None:
        """End the portal."""
        stop_portal(self.portal)

    def canaries(self) -> tuple[search.Canary, ...]:
        """All that was planted; the cookies are those that the portal has given so far."""
        cookies = self._rows("SELECT id FROM sessions")
        return (
            search.secret("the password", PASSWORD),
            search.secret("the phrase", PHRASE),
            search.secret("the wrong password", WRONG),
            search.secret("the approver's passphrase", PASSPHRASE),
            *(search.secret("a cookie", cookie) for cookie in cookies),
            *(search.name(str(one["name"]).rsplit(maxsplit=1)[-1]) for one in PEOPLE),
            *(search.number(str(one["identification"])) for one in PEOPLE),
            *(search.name(name.rsplit(maxsplit=1)[-1]) for name in PAID.values()),
            *map(search.number, PAID),
            search.wage(WAGE),
        )

    def _rows(self, asked: str) -> list[str]:
        place = self.folder / "portal" / "portal-mixed.sqlite3"
        with closing(sqlite3.connect(place)) as base:
            return [str(row[0]) for row in base.execute(asked)]

    # -- at work --

    def assist(self, *words: str | Path, code: int = 0, planted: str = "") -> str:
        """A command to its end; what it printed is kept. ``planted``: a function that breaks."""
        said = [str(word) for word in words]
        command = [sys.executable, "-m", "rpa", *said]
        if planted:
            module, _, name = planted.partition(":")
            who = f"{BROKEN['name']} {BROKEN['identification']} {WAGE} {PASSWORD}"
            text = PLANTED.format(
                kind="TypeError", secret=who, module=module, target=f"module.{name}", words=said
            )
            command = [sys.executable, "-c", text]
        out, err = self._ran(command)
        name = " ".join(
            ["assist-rpa", *said[: 1 + (said[0] in {"evidence", "register", "textfile"})]]
        )
        number = len(self.codes.setdefault(name, []))
        for stream, text in (("out", out), ("err", err)):
            place = self.folder / "printed" / f"{name}.{number}.{stream}"
            place.write_text(text, "utf-8")
        code_now = self._code
        self.codes[name].append(code_now)
        assert code_now == code, (said, code_now, out[-800:], err[-3000:])
        return out

    def _ran(self, command: Sequence[str]) -> tuple[str, str]:
        desk, ended = self.desk, threading.Event()
        running = subprocess.Popen(
            command, cwd=desk.folder, env=desk.env,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        # A planted fault's own line holds what it says, by our doing.
        watched = "-m" in command[:2]
        args = (psutil.Process(running.pid), ended)
        eye = threading.Thread(target=self.processes.watch, args=args)
        if watched:
            eye.start()
        try:
            out, err = running.communicate(timeout=400)
        finally:
            ended.set()
            if watched:
                eye.join()
        self._code = running.returncode
        return out, err

    def works(self) -> None:
        """All that an office does, and what goes wrong."""
        self._approves()
        self._files()
        self._fails()
        self._looks()
        self._pays()
        self._prepares()
        self._asks()

    def _approves(self) -> None:
        """A second person's key, plan and approval; nothing is filed by it."""
        job = sample(self.desk, "end_all_employment")
        supervisor = Supervisor(self.desk)
        self.assist("run", job, "--submit", code=12)
        (plan,) = supervisor.plans
        assert supervisor.approve(plan).returncode == 0

    def _files(self) -> None:
        job = self.desk.job(list(JOINERS))
        self.assist("check", job)
        self.assist("run", job)
        self.assist("run", job, "--submit")
        self.assist("run", job, "--submit")
        self.assist("follow", job)

    def _fails(self) -> None:
        """A fault of our own that repeats everything; a portal that goes away; one that says no."""
        job = self.desk.job([BROKEN], name="broken")
        self.assist(
            "run", job, "--submit", planted="rpa.pages.result:UpdateResult.message", code=71
        )
        self.portal.arm("maintenance page", times=99)
        self.assist("run", self.desk.job([AWAY], name="away"), "--submit", code=75)
        self.portal.ask("disarm", {"fault": "maintenance page"})
        self.portal.arm("duplicate worker", times=9)
        self.assist("run", self.desk.job([REFUSED], name="refused"), "--submit", code=10)
        self.portal.ask("disarm", {"fault": "duplicate worker"})

    def _looks(self) -> None:
        """Visits, and a rehearsal that looks."""
        part = (EMPLOYER, "--part", "new-workers")
        self.assist("calibrate", *part)
        self.assist("capture", *part)
        (capture,) = self.desk.last_run().glob("*capture*")
        self.assist("calibrate", "--against", capture)
        self.assist("watch", *part)
        self.assist("calibrate", "--rehearse", self.desk.job([AWAY], name="seen"))

    def _pays(self) -> None:
        """A month with wages by text file, into the register; what is on record, as a workbook."""
        for step in known("submit_contributions")["before"]:
            ((call, body),) = step.items()
            named = PAID.get(str(body.get("nric")))
            self.portal.ask(call, body | ({"name": named} if named else {}))
        job = sample(self.desk, "submit_contributions")
        self._payroll(job)
        # Who was filed before stands on the month's list by now, and not in the payroll.
        (self.desk.config / "guards.yaml").write_text("month_missing: 9\n")
        self.assist("run", job, "--submit")
        out = self._asked("textfile build", "file.txt")
        self.assist("textfile", "build", job.parent / "payroll.xlsx", "--employer", EMPLOYER,
                    "--month", "11/2026", "--sheet", "Gaji", "--out", out)  # fmt: skip

    def _payroll(self, job: Path) -> None:
        book = openpyxl.load_workbook(job.parent / "payroll.xlsx")
        sheet = book.active
        assert sheet is not None
        changed = 0.0
        for row in sheet.iter_rows(min_row=3):
            if str(row[1].value) in PAID:
                changed = float(WAGE) - float(str(row[5].value))
                row[2].value = PAID[str(row[1].value)]
                row[5].value = float(WAGE)
        book.save(job.parent / "payroll.xlsx")
        text = job.read_text("utf-8")
        (total,) = re.findall(r"total: ([\d.]+)", text)
        job.write_text(text.replace(total, f"{float(total) + changed:.2f}"), "utf-8")

    def _prepares(self) -> None:
        """A package that a person sends."""
        job = sample(self.desk, "enrol_portal_id", "job-signed.yaml")
        text = job.read_text("utf-8").replace("CONTOH BIN REKAAN", str(JOINERS[0]["name"]))
        job.write_text(text.replace("900101-00-5555", str(JOINERS[0]["identification"])), "utf-8")
        self.assist("run", job)

    def _asks(self) -> None:
        """What is told, and what is written where the office says."""
        self.assist("schedule", self.desk.folder / "joiners.yaml")
        self.assist("due", self.desk.folder / "joiners.yaml", code=65)
        self.assist("status")
        self.assist("status", "--json")
        self.assist("report", self.run("joiners"))
        self.assist("evidence", "verify", "--all")
        reference = str(self.portal.filings[-1]["reference"])
        self.assist(
            "evidence", "export", reference, "--out", self._asked("evidence export", "pack.zip")
        )
        self.assist(
            "register", "export", EMPLOYER, "--out", self._asked("register export", "r.xlsx")
        )
        self.assist("register", "show", EMPLOYER)
        self.assist("forms", self.desk.folder / "joiners.yaml")
        self.assist("backup", self.folder / "asked" / "assist-rpa backup")
        self.assist("purge")
        self.desk.env["CANARY_PASSWORD"] = WRONG
        self.assist("run", self.desk.job([AWAY], name="wrong"), "--submit", code=13)
        self.assist("status", code=13)

    def run(self, job: str) -> Path:
        """The last run folder of this job."""
        return max((self.desk.home / "runs").glob(f"*-{job}*"), key=lambda p: p.stat().st_mtime_ns)

    def _asked(self, command: str, name: str) -> Path:
        folder = self.folder / "asked" / f"{command} --out"
        folder.mkdir()
        return folder / name

    def artefacts(self) -> Iterator[Artefact]:
        """Everything that is left, but the jobs and tables that the office gave."""
        below = {
            self.desk.home: "",
            self.desk.config: "config/",
            self.folder / "asked": "",
            self.folder / "tmp": "tmp/",
        }
        for root, called in below.items():
            for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.is_symlink()):
                place = called + path.relative_to(root).as_posix()
                yield Artefact(BACKUP.sub("", place), path)
        for path in sorted((self.folder / "printed").iterdir()):
            yield Artefact(f"std{path.suffix[1:]}/{path.stem}", path)
