"""`assist-rpa demo`: the whole way on this machine, with a practice portal of one's own."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console
from rpa.cli import run as running
from rpa.cli.practice import newest, own, practice_portal, private, to_open, work_there
from rpa.errors import Words, keeping

if TYPE_CHECKING:
    from datetime import date

_RPA = Path(__file__).parent.parent
# In a wheel the sample lies inside the package, in a checkout beside it.
SAMPLES = (_RPA / "samples" / "add_employees", _RPA.parent / "fixtures" / "add_employees")


def demo(folder: Path, language: str) -> int:
    """Rehearse the sample job, then file it, against a practice portal that keeps its state."""
    place = own(folder)
    with keeping(place):
        private(place)
        job = _sample(place)
    with practice_portal(place, language) as portal:
        work_there(place, portal, ["E9900001234V", "B9900005678W"])
        return rehearsed_then_filed(job)


def rehearsed_then_filed(job: Path) -> int:
    """Both, one after the other; the exit code of the first that did not go through.

    Then how its report is opened: by itself `report` shows a run of real work.
    """
    before = newest(settings.load().runs)
    _heading(Words("1. Raptai: berhenti sebelum HANTAR", "1. Rehearsal: stops before HANTAR"))
    code = running.run(job, submit=False, show_browser=False, yes=True, portal=None, config=None)
    if not code:
        _heading(Words("2. Memfailkan", "2. Filing"))
        code = running.run(job, submit=True, show_browser=False, yes=True, portal=None, config=None)
    run = newest(settings.load().runs)
    if run and run != before:
        console.err.print(f"{console.say(SEE)} {to_open(run)}", markup=False)
    return code


SEE = Words("Lihat laporan latihan ini:", "See the report of this practice:")


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
