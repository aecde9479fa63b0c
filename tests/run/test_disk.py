"""A disk that is full, shut, held or lost its file: nothing is pressed, or the next run settles it.

The real command; the portal counts.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rpa import flows
from rpa.ledger.tables import META_VERSION, SCHEMA_VERSION
from tests.conftest import person
from tests.flows.samples import arrange, quick
from tests.supervisor import allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Desk, PracticePortal

if sys.platform != "linux":
    pytest.skip("the named moments are the drill's, and disks are mounted", allow_module_level=True)

from drill.points import CONTROL, RECEIVED, TORN_EVIDENCE, TORN_FILE

ROOT = Path(__file__).parents[2]
NO_ROOM, NOT_KEPT, CONFIG, DOUBT = 74, 73, 78, 14
LONGEST_S = 900  # a wall for what hangs; a busy machine takes its time
BROKEN = ("Traceback", "Error:")


def mount(*words: str | Path) -> None:
    """Mount it, or skip: only root may, and not in every container."""
    done = subprocess.run(["mount", *map(str, words)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("nothing may be mounted here")


@pytest.fixture
def mounts() -> Iterator[list[Path]]:
    """What is mounted for the while of a test."""
    places: list[Path] = []
    yield places
    for place in reversed(places):
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def small_disk(desk: Desk, mounts: list[Path]) -> Path:
    """The tool's home on a disk of its own, of 40 MB."""
    desk.home.mkdir()
    mount("-t", "tmpfs", "-o", "size=40m,mode=700", "tmpfs", desk.home)
    mounts.append(desk.home)
    return desk.home


@pytest.fixture
def shut(mounts: list[Path]) -> Callable[[Path], None]:
    """Take the right to write away, from root as well."""

    def do(place: Path) -> None:
        if os.geteuid():
            place.chmod(0o555 if place.is_dir() else 0o444)
            return
        mount("--bind", place, place)
        mounts.append(place)
        mount("-o", "remount,bind,ro", place)

    return do


def two_joiners(desk: Desk) -> Path:
    """A job of two filings."""
    return desk.job([person(1), person(2)], rows_per_filing=1)


def sick(
    desk: Desk, job: Path, point: str, how: str, disk: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`run --submit` on a disk that falls sick at this moment."""
    words = [sys.executable, "-m", "tests.run.sick_disk", point, how]
    words += [str(disk or desk.home), "--"]
    env = {**desk.env, "PYTHONPATH": str(ROOT), CONTROL: desk.portal.control}
    return subprocess.run(
        [*words, "run", str(job), "--submit"],
        cwd=desk.folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_S,
    )


def told(done: subprocess.CompletedProcess[str], code: int, place: Path) -> None:
    """It ended with this code, a sentence that names the place, and no programmer's words."""
    assert done.returncode == code, done.stderr
    assert str(place) in done.stderr
    assert not any(word in done.stderr for word in BROKEN), done.stderr


def recovered(desk: Desk, portal: PracticePortal, job: Path) -> str:
    """With room again the same job files each person once; what the run said."""
    (desk.home / "filler").unlink(missing_ok=True)
    done = desk.file(job, limit_s=LONGEST_S)
    assert done.returncode == 0, done.stderr + done.stdout
    filed = Counter(w["registrationNo"] for f in portal.filings for w in f["workers"])
    assert filed == Counter(person(n)["identification"] for n in (1, 2))
    assert portal.submissions == 2
    assert portal.drafts == []
    return done.stdout


# --- full ----------------------------------------------------------------------------------------


def test_a_full_disk_is_told_before_a_browser_opens(
    desk: Desk, portal: PracticePortal, small_disk: Path
) -> None:
    """Almost full, and full to the last byte: the place is named, the portal hears nothing."""
    job = two_joiners(desk)
    with (small_disk / "filler").open("wb") as filler:
        left = shutil.disk_usage(small_disk).free
        filler.write(bytes(left - (8 << 20)))
    done = desk.file(job, limit_s=LONGEST_S)
    told(done, NOT_KEPT, small_disk)
    assert "almost full: 7 MB left, 16 MB needed" in done.stderr
    with (small_disk / "filler").open("ab") as filler:
        filler.write(bytes(shutil.disk_usage(small_disk).free))
    done = desk.file(job, limit_s=LONGEST_S)
    told(done, CONFIG, small_disk / "ledger.sqlite3")
    assert "the disk is full" in done.stderr
    assert not portal.ask("received")


@pytest.mark.heavy
def test_a_disk_that_fills_up_between_intent_and_press_forgets_nothing(
    desk: Desk, portal: PracticePortal
) -> None:
    """That the press leaves cannot be written, so it does not; no row is in doubt, none is sent.

    No file grows any more, as with a quota that is used up.
    """
    job = two_joiners(desk)
    done = sick(desk, job, "after intent:1", "limit")
    told(done, NO_ROOM, desk.home)
    assert portal.submissions == 0
    assert "not sent: 2 of 2 rows" in done.stdout
    said = recovered(desk, portal, job)
    assert "sent by this run: 2 filings; filed before: 0 rows" in said


AT = (
    "before evidence",
    TORN_EVIDENCE,
    "before lease",
    "lease taken",
    "signed in",
    "before look",
    "draft announced",
    "draft unnamed",
    "before picture",
    "before comparison",
    "before intent",
    "after intent",
    "before press",
    "press leaves",
    RECEIVED,
    "answered",
    "after press",
    "before download",
    "during download",
    "before record",
    "after record",
    f"{TORN_FILE} (workbook)",
    f"{TORN_FILE} (report)",
    "before swap (workbook)",
    "before swap (report)",
)
BEFORE = AT[: AT.index("after intent")]


@pytest.mark.heavy
@pytest.mark.parametrize("how", ["full", "limit"])
@pytest.mark.parametrize("point", AT)
def test_wherever_the_disk_fills_up_each_is_filed_once(
    desk: Desk, portal: PracticePortal, request: pytest.FixtureRequest, point: str, how: str
) -> None:
    """Before the intent nothing is pressed; after it at most the one; then once each."""
    if how == "full":
        request.getfixturevalue("small_disk")
    job = two_joiners(desk)
    done = sick(desk, job, f"{point}:1", how)
    told(done, done.returncode, desk.home)
    assert done.returncode in {NO_ROOM, NOT_KEPT, CONFIG, DOUBT}
    assert portal.submissions <= (0 if point in BEFORE else 2 if "(" in point else 1)
    recovered(desk, portal, job)


@pytest.mark.heavy
def test_a_press_that_the_ledger_cannot_record_is_in_doubt_and_never_called_unsent(
    desk: Desk, portal: PracticePortal, mounts: list[Path]
) -> None:
    """The ledger on a disk of its own, full when the receipt is there; pictures find their room."""
    apart = desk.folder / "apart"
    apart.mkdir()
    mount("-t", "tmpfs", "-o", "size=40m,mode=700", "tmpfs", apart)
    mounts.append(apart)
    desk.env["ASSIST_RPA_LEDGER"] = str(apart / "ledger.sqlite3")
    job = two_joiners(desk)
    done = sick(desk, job, "before record:1", "full", apart)
    told(done, DOUBT, apart / "ledger.sqlite3")
    assert portal.submissions == 1
    assert "in doubt: 1 of 2 rows" in done.stdout
    assert "not sent: 1 of 2 rows" in done.stdout
    (apart / "filler").unlink()
    recovered(desk, portal, job)


@pytest.mark.heavy
@pytest.mark.parametrize("point", ["before intent", "after intent", "answered", "before record"])
@pytest.mark.parametrize("procedure", flows.names())
def test_every_procedure_on_a_full_disk_is_filed_once(
    desk: Desk, portal: PracticePortal, small_disk: Path, procedure: str, point: str
) -> None:
    """Whatever a procedure needs on disk; also a procedure that comes later."""
    before = arrange(desk, portal, procedure)
    job = allowed(desk, quick(desk, procedure))
    done = sick(desk, job, f"{point}:1", "full")
    told(done, done.returncode, small_disk)
    assert done.returncode
    pressed = portal.submissions - before
    assert pressed == (point != "before intent")
    (small_disk / "filler").unlink()
    done = desk.file(job, limit_s=LONGEST_S)
    assert done.returncode == 0, done.stderr
    assert portal.submissions - before >= 1
    once = portal.submissions
    assert desk.file(job, limit_s=LONGEST_S).returncode == 0
    assert portal.submissions == once
    assert portal.drafts == []


# --- shut, newer, held, lost ---------------------------------------------------------------------

SHUT = {
    "home": ("", CONFIG),
    "runs": ("runs", CONFIG),
    "ledger": ("ledger.sqlite3", CONFIG),
    "locks": ("ledger.sqlite3.locks", CONFIG),
}


@pytest.mark.parametrize("which", SHUT)
def test_a_place_that_may_not_be_written_is_named_before_anything_is_asked_of_the_portal(
    desk: Desk, portal: PracticePortal, shut: Callable[[Path], None], which: str
) -> None:
    """Home (no log can be made beside the ledger), run folders, ledger, its locks."""
    inside, code = SHUT[which]
    job = two_joiners(desk)
    assert desk.assist("status").returncode == 0  # makes the ledger
    (desk.home / "runs").mkdir(exist_ok=True)
    shut(desk.home / inside)
    told(desk.file(job, limit_s=LONGEST_S), code, desk.home / inside)
    assert not portal.ask("received")


def test_a_ledger_of_a_newer_version_stops_before_anything(
    desk: Desk, portal: PracticePortal
) -> None:
    """The file and both numbers are named; it is left as it is."""
    job = two_joiners(desk)
    ledger = desk.home / "ledger.sqlite3"
    assert desk.assist("status").returncode == 0
    with closing(sqlite3.connect(ledger)) as raw, raw:
        raw.execute("UPDATE meta SET value = ? WHERE key = ?", (SCHEMA_VERSION + 4, META_VERSION))
    before = ledger.read_bytes()
    done = desk.file(job, limit_s=LONGEST_S)
    told(done, CONFIG, ledger)
    assert f"ledger version {SCHEMA_VERSION + 4}" in done.stderr
    assert f"knows up to {SCHEMA_VERSION})" in done.stderr
    assert ledger.read_bytes() == before
    assert not portal.ask("received")


def test_a_register_of_a_newer_version_stops_before_the_month_is_sent(
    desk: Desk, portal: PracticePortal
) -> None:
    """A month that could not be kept for seven years is not sent first."""
    arrange(desk, portal, "submit_contributions")
    job = allowed(desk, quick(desk, "submit_contributions"))
    desk.home.mkdir(exist_ok=True)
    with closing(sqlite3.connect(desk.home / "register.sqlite3")) as raw:
        raw.executescript("PRAGMA application_id=1095914055; PRAGMA user_version=9;")
    done = desk.file(job, limit_s=LONGEST_S)
    told(done, NOT_KEPT, desk.home / "register.sqlite3")
    assert "register version 9; this tool knows up to 1" in done.stderr
    assert portal.submissions == 0


def test_a_table_open_in_excel_is_told_before_the_run(desk: Desk) -> None:
    """Excel's own lock file beside it: what was not saved is not filed, and that is said first."""
    job = two_joiners(desk)
    (desk.folder / "~$joiners.xlsx").write_bytes(b"\x06Aminah")
    done = desk.assist("check", job)
    assert done.returncode == 0, done.stderr
    assert "This table is open in Excel: only what was saved will be filed." in done.stdout


@pytest.mark.heavy
def test_a_workbook_held_open_loses_nothing(desk: Desk, portal: PracticePortal) -> None:
    """As Windows has it: the results go beside it, both are named, the ledger has all."""
    job = two_joiners(desk)
    done = sick(desk, job, "before swap (workbook):1", "held")
    assert done.returncode == 0, done.stderr
    assert "joiners.xlsx is open in Excel or cannot be replaced." in done.stderr
    assert "joiners (2).xlsx; close the old one" in done.stderr
    # What is to be known of the workbook stands in the report, too.
    assert "joiners (2).xlsx; close the old one" in (desk.last_run() / "report.html").read_text()
    assert portal.submissions == 2
    assert (desk.last_run() / "joiners (2).xlsx").is_file()
    recovered(desk, portal, job)
    assert [r["ASSIST status"] for r in desk.returned()] == ["difailkan / filed"] * 2


@pytest.mark.heavy
@pytest.mark.parametrize(
    "procedure",
    [
        pytest.param(name, marks=[] if name == "update_employer" else [pytest.mark.heavy])
        for name in flows.names()
    ],
)
def test_a_ledger_that_lost_its_memory_is_made_good_by_the_look(
    desk: Desk, portal: PracticePortal, procedure: str
) -> None:
    """Filed, then the ledger is gone as after a torn disk: the portal is asked before any press."""
    before = arrange(desk, portal, procedure)
    job = allowed(desk, quick(desk, procedure))
    assert desk.file(job, limit_s=LONGEST_S).returncode == 0
    once = portal.submissions
    assert once > before
    for file in desk.home.glob("ledger.sqlite3*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    done = desk.file(allowed(desk, job), limit_s=LONGEST_S)
    assert portal.submissions == once, done.stderr + done.stdout
