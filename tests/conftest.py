"""A practice portal, a desk with jobs and settings, and the real command.

The robot runs as a process of its own, as its users run it, so that a test can also kill it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from rpa.portal import browser
from tests.command import assist_rpa

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Playwright

# Chromium without its window draws the same pages for less; used where it is there.
SHELL = shutil.which("chromium-headless-shell")
EMPLOYER = "E9900001234V"
TODAY = "2026-11-20"


# A shell that starts the tests in the background has Ctrl-C ignored, and so has all they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
# What is started here keeps its compiled modules, as on a user's machine.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# And what Node made of the driver's source: a fifth of what its start costs.
os.environ.setdefault("NODE_COMPILE_CACHE", str(Path(tempfile.gettempdir()) / "node-compile-cache"))


@dataclass
class PracticePortal:
    """The practice portal as its owner sees it, from the port that no browser knows."""

    address: str
    control: str
    email: str
    password: str
    phrase: str
    process: subprocess.Popen[bytes]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310  loopback only
            f"{self.control}/{path}", data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  loopback only
            return json.load(answer)

    def arm(self, fault: str, **how: Any) -> None:
        self.ask("arm", {"fault": fault, **how})

    def reset(self) -> None:
        self.ask("reset", {"seed": "default"})
        self.ask("date", {"today": TODAY})
        self.ask("settings", {"pace": 0.01})

    @property
    def filings(self) -> list[dict[str, Any]]:
        """What was submitted, in order."""
        found = self.ask("filings")
        return list(found["filings"] if isinstance(found, dict) else found)

    @property
    def submissions(self) -> int:
        """How often something was filed: the witness of at-most-once."""
        return sum(int(f.get("commits", 1)) for f in self.filings) + len(self.contributions)

    @property
    def contributions(self) -> list[dict[str, Any]]:
        """Every month that was submitted, in order; one submitted twice stands there twice."""
        return list(self.ask("contributions"))

    @property
    def drafts(self) -> list[dict[str, Any]]:
        """What was saved and not sent, cases and months."""
        found = self.ask("drafts")
        cases = found["drafts"] if isinstance(found, dict) else found
        return [*cases, *self.ask("contribution_drafts")]

    def workers(self, employer: str = EMPLOYER) -> list[dict[str, Any]]:
        found = self.ask(f"workers?employer={employer}")
        return list(found["workers"] if isinstance(found, dict) else found)


OVERLAYS = Path(__file__).parent / "overlays"  # a skin's, where one needs it


def start_portal(
    place: Path, language: str = "bm", *more: str, module: str = "mock_portal"
) -> PracticePortal:
    """Start it on free ports and wait until it listens."""
    announced = place / f"portal-{language}.json"
    words = [
        *(sys.executable, "-m", module, "--port", "0", "--control-port", "0"),
        *("--language", language, "--db", str(place / f"portal-{language}.sqlite3")),
        *("--announce", str(announced), "--pace", "0.01", *more),
    ]
    with (place / "portal.log").open("ab") as log:
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=log)
    ready = Retrying(
        retry=retry_if_result(lambda there: not there),
        stop=stop_after_delay(20),
        wait=wait_fixed(0.02),
    )
    ready(announced.is_file)
    said = json.loads(announced.read_text())
    return PracticePortal(
        said["portal"],
        said["control"],
        said["email"],
        said["password"],
        said["security_phrase"],
        process,
    )


def stop_portal(portal: PracticePortal) -> None:
    portal.process.send_signal(signal.SIGTERM)
    portal.process.wait(timeout=10)


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where a test names no home it has one of its own, and never that of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("nobody")))
        yield


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests that look at pages themselves; the machine's own first.

    Two drivers in one process would hinder each other, so everybody shares pytest-playwright's.
    """
    path = SHELL or next((p for p in browser._on_this_machine() if p.is_file()), None)
    args = [*browser.QUIET, *(["--no-sandbox"] if browser.is_root() else [])]
    with playwright.chromium.launch(executable_path=path, args=args) as started:
        yield started


@pytest.fixture(scope="session")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, PracticePortal]]:
    """One practice portal a language, started when first asked for."""

    class Started(dict[str, PracticePortal]):
        def __missing__(self, language: str) -> PracticePortal:
            place = tmp_path_factory.mktemp(f"portal-{language}")
            self[language] = start_portal(place, language)
            return self[language]

    started = Started()
    yield started
    for portal in started.values():
        stop_portal(portal)


@pytest.fixture
def language() -> str:
    """The screens' language; a test may ask for another by parametrising it."""
    return "mixed"


@pytest.fixture
def skin() -> str:
    """How the portal looks; a test may ask for another, and a whole run by ``PORTAL_SKIN``."""
    return os.environ.get("PORTAL_SKIN", "classic")


@pytest.fixture
def portal(portals: dict[str, PracticePortal], language: str, skin: str) -> PracticePortal:
    """A practice portal in its first state."""
    found = portals[language]
    found.reset()
    found.ask("settings", {"skin": skin})
    return found


def shows(tab: Page, html: str) -> None:
    """This page, at an address of this machine: nothing is read of one that has none."""
    tab.unroute_all()
    tab.route("**/*", lambda r: r.fulfill(body=html, content_type="text/html"))
    tab.goto("http://127.0.0.1/")


def person(number: int, **other: Any) -> dict[str, Any]:
    """A worker who cannot exist: birthplace code 00 is not in use."""
    day = 1 + number % 28
    letters = "".join(chr(ord("A") + int(digit)) for digit in f"{number:04d}")
    return {
        "identification": f"9001{day:02d}00{number:04d}",
        "name": f"CONTOH REKAAN {letters}",
        "date_of_birth": f"1990-01-{day:02d}",
        "gender": "Male" if number % 2 else "Female",
        "employment_start_date": "2026-11-10",
        **other,
    }


HEADINGS = {
    "identification": "No. KPPN",
    "name": "Nama",
    "date_of_birth": "Tarikh Lahir",
    "gender": "Jantina",
    "employment_start_date": "Tarikh Mula Kerja",
}


@dataclass
class Desk:
    """A clerk's desk: jobs, tables, settings, the command."""

    folder: Path
    portal: PracticePortal
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.config = self.folder / "config"
        self.config.mkdir()
        self.home = self.folder / "home"
        holder = {
            "email": self.portal.email,
            "employers": [EMPLOYER, "B9900005678W"],
            "password": {"env": "CANARY_PASSWORD"},
            "security_phrase": {"env": "CANARY_PHRASE"},
        }
        (self.config / "employers.yaml").write_text(yaml.safe_dump({"portal_ids": [holder]}))
        self.settings()
        self.env = {
            **({"ASSIST_RPA_BROWSER": SHELL} if SHELL else {}),
            **os.environ,
            "ASSIST_RPA_CONFIG": str(self.config),
            "ASSIST_RPA_HOME": str(self.home),
            "ASSIST_RPA_TODAY": TODAY,
            "ASSIST_RPA_LANGUAGE": "en",
            "CANARY_PASSWORD": self.portal.password,
            "CANARY_PHRASE": self.portal.phrase,
            "COLUMNS": "200",
        }

    def profile(self, screen: str, *entries: str) -> None:
        """config/profile.yaml: what this screen has otherwise than it was shipped."""
        lines = ["extends: assist-2019", "screens:", f"  {screen}:", *(f"    {e}" for e in entries)]
        (self.config / "profile.yaml").write_text("\n".join(lines) + "\n")

    def settings(self, **other: Any) -> None:
        """config/portal.yaml with limits that fit a portal on this machine."""
        quick = {
            "address": self.portal.address,
            "timeouts": {"act_s": 8, "arrive_s": 10, "result_s": 5},
            "settle": {"reads": 4, "first_wait_s": 0.1, "growth": 1.5},
            "retry": {"attempts": 3, "wait_s": 0.1},
            "lease_s": 30,
            **other,
        }
        (self.config / "portal.yaml").write_text(yaml.safe_dump(quick))

    def job(self, rows: list[dict[str, Any]], *, name: str = "joiners", **other: Any) -> Path:
        """A job with its workbook, one row a person."""
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "People"
        fields = list(rows[0])
        sheet.append([HEADINGS.get(f, f) for f in fields])
        for row in rows:
            sheet.append([str(row[f]) for f in fields])
        book.save(self.folder / f"{name}.xlsx")
        job = {
            "procedure": "add_employees",
            "employer": EMPLOYER,
            "table": {"file": f"{name}.xlsx"},
            **other,
        }
        path = self.folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(job, sort_keys=False))
        return path

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        """The command, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "rpa", *map(str, words)],
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def assist(self, *words: str | Path, limit_s: float = 120) -> subprocess.CompletedProcess[str]:
        """The command, to its end."""
        return assist_rpa(*words, cwd=self.folder, env=self.env, limit_s=limit_s)

    def file(self, job: Path, **how: Any) -> subprocess.CompletedProcess[str]:
        """`run --submit`."""
        return self.assist("run", job, "--submit", **how)

    def last_run(self) -> Path:
        """The newest run folder."""
        return max((self.home / "runs").iterdir(), key=lambda p: p.stat().st_mtime_ns)

    def returned(self) -> list[dict[str, Any]]:
        """The rows of the workbook of the last run."""
        (path,) = self.last_run().glob("*.xlsx")
        sheet = openpyxl.load_workbook(path)["People"]
        head, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.fixture
def desk(tmp_path: Path, portal: PracticePortal, skin: str) -> Desk:
    """A clean desk beside a portal in its first state, with what an office says of its look."""
    return with_words(Desk(tmp_path, portal), skin)


@pytest.fixture
def other(portal: PracticePortal, tmp_path_factory: pytest.TempPathFactory, skin: str) -> Desk:
    """Another desk with another ledger, at the same portal ID."""
    return with_words(Desk(tmp_path_factory.mktemp("other"), portal), skin)


def with_words(desk: Desk, skin: str) -> Desk:
    """The desk with what an office says of this look, where it needs to."""
    words_of(skin, desk.config)
    return desk


def words_of(skin: str, config: Path) -> Path:
    """The folder, with what an office says of this look, where it needs to."""
    overlay = OVERLAYS / f"{skin}.yaml"
    if overlay.is_file():
        shutil.copyfile(overlay, config / "profile.yaml")
    return config
