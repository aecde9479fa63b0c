"""`assist-rpa demo`: the whole way on this machine, with a practice portal of one's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from rpa import settings
from rpa.cli import console, mock
from rpa.cli import run as running
from rpa.errors import ConfigInvalid, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_RPA = Path(__file__).parent.parent
# In a wheel the sample lies inside the package, in a checkout beside it.
SAMPLES = (_RPA / "samples" / "add_employees", _RPA.parent / "fixtures" / "add_employees")
START_LIMIT_S = 30


def demo(folder: Path, language: str) -> int:
    """Rehearse the sample job, then file it, against a practice portal that keeps its state."""
    folder = folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    job = _sample(folder)
    with _practice_portal(folder, language) as portal:
        os.environ |= {
            "ASSIST_RPA_HOME": str(folder / "home"),
            "ASSIST_RPA_CONFIG": str(_config(folder, portal)),
            "ASSIST_RPA_PORTAL": portal["portal"],
            # The port differs from day to day; the ledger must know the portal again.
            "ASSIST_RPA_PORTAL_NAME": "practice",
            "DEMO_PASSWORD": portal["password"],
            "DEMO_PHRASE": portal["security_phrase"],
        }
        _heading(Words("1. Raptai: berhenti sebelum HANTAR", "1. Rehearsal: stops before HANTAR"))
        code = running.run(
            job, submit=False, show_browser=False, yes=True, portal=None, config=None
        )
        if code:
            return code
        _heading(Words("2. Memfailkan", "2. Filing"))
        return running.run(job, submit=True, show_browser=False, yes=True, portal=None, config=None)


def _heading(words: Words) -> None:
    console.err.print(f"\n[bold]{console.say(words)}[/]")


def _sample(folder: Path) -> Path:
    """The sample job, copied once, its start dates moved to the last weeks: it stays the same."""
    place = folder / "job"
    if not place.is_dir():
        fresh = folder / "job.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(next(s for s in SAMPLES if s.is_dir()), fresh)
        _move_dates(fresh / "joiners.xlsx", settings.load().today())
        fresh.rename(place)
    return place / "job.yaml"


def _move_dates(workbook: Path, today: date) -> None:
    """Shift every start date by the same number of days, so that the latest is yesterday."""
    import openpyxl  # noqa: PLC0415  only the first demo needs it

    book = openpyxl.load_workbook(workbook)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    columns = {
        (c.parent.title, c.column) for c in cells if str(c.value or "").startswith("Tarikh Mula")
    }
    dated = {
        c: c.value
        for c in cells
        if (c.parent.title, c.column) in columns and isinstance(c.value, datetime)
    }
    move = (today - timedelta(days=1)) - max(dated.values()).date()
    for cell, value in dated.items():
        cell.value = value + move
    book.save(workbook)


@contextmanager
def _practice_portal(folder: Path, language: str) -> Iterator[dict[str, Any]]:
    announced = folder / "portal.json"
    announced.unlink(missing_ok=True)
    words = mock.command(port=0, language=language, db=folder / "portal.sqlite3")
    log = (folder / "portal.log").open("ab")
    process = subprocess.Popen(  # noqa: S603  this project's own program
        [*words, "--announce", str(announced)],
        stdout=log,
        stderr=log,
        # Ctrl-C is for the run alone; the second is how Windows says it.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    try:
        portal = _wait_for(announced, process)
        console.err.print(
            f"practice portal: {portal['portal']}/employer/login  "
            f"({portal['email']} / {portal['password']})",
            markup=False,
        )
        yield portal
    finally:
        process.terminate()
        process.wait()
        log.close()


def _wait_for(announced: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    for attempt in Retrying(
        retry=retry_if_exception_type(FileNotFoundError),
        stop=stop_after_delay(START_LIMIT_S),
        wait=wait_fixed(0.05),
        reraise=True,
    ):
        with attempt:
            if process.poll() is not None:
                raise ConfigInvalid(
                    Words(
                        "Portal latihan tidak dapat dimulakan.",
                        "The practice portal could not be started.",
                    ),
                    where=str(announced.with_name("portal.log")),
                )
            return dict(json.loads(announced.read_text("utf-8")))
    raise AssertionError("unreachable")  # pragma: no cover


def _config(folder: Path, portal: dict[str, Any]) -> Path:
    config = folder / "config"
    config.mkdir(mode=0o700, exist_ok=True)
    holder = {
        "email": portal["email"],
        "employers": ["E9900001234V", "B9900005678W"],
        "password": {"env": "DEMO_PASSWORD"},
        "security_phrase": {"env": "DEMO_PHRASE"},
    }
    text = yaml.safe_dump({"portal_ids": [holder]}, sort_keys=False)
    (config / "employers.yaml").write_text(text, "utf-8")
    return config
