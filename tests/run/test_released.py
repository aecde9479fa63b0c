"""A POST that arrives in the very moment in which the next run removes its draft.

The run that pressed is dead; the next one reads a draft, twice, and begins to remove it. The portal
counts what it received, and it is asked which of the two it did first.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import person
from tests.flows.samples import arrange, quick
from tests.supervisor import allowed

if TYPE_CHECKING:
    from collections import Counter

    from tests.conftest import Desk, PracticePortal

if sys.platform != "linux":
    pytest.skip("the named moments are the drill's", allow_module_level=True)

from drill.judge import Books, references
from drill.points import CONTROL, RECEIVED

ROOT = Path(__file__).parents[2]
LONG_S = 240  # of a machine with much else to do
KILLED, DOUBT, DONE = -9, 14, 0


def at(desk: Desk, job: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`run --submit` with something in its way."""
    return subprocess.run(
        [sys.executable, "-m", *words, "--", "run", str(job), "--submit"],
        cwd=desk.folder,
        env={**desk.env, "PYTHONPATH": str(ROOT), CONTROL: desk.portal.control},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG_S,
    )


def ready(desk: Desk, portal: PracticePortal, procedure: str) -> Path:
    """A job of one filing."""
    if procedure == "add_employees":
        return desk.job([person(1)])
    arrange(desk, portal, procedure)
    return allowed(desk, quick(desk, procedure))


def numbers(portal: PracticePortal) -> Counter[str]:
    """Of all that was submitted."""
    return references({"filings": portal.filings, "contributions": portal.contributions})


def noted(desk: Desk, procedure: str) -> set[str]:
    """The numbers under which the ledger has what is filed."""
    filings = Books.read(desk.home / "ledger.sqlite3", procedure).filings
    return {one["reference"] for one in filings if one["state"] == "filed"}


PROCEDURES = ["submit_contributions", pytest.param("add_employees", marks=pytest.mark.heavy)]


def held_back(desk: Desk, portal: PracticePortal, procedure: str) -> tuple[Path, int]:
    """A dead run whose POST is still on its way; what was submitted before it."""
    job = ready(desk, portal, procedure)
    before = portal.submissions
    portal.arm("delay", on="commit", seconds=LONG_S)
    killed = at(desk, job, "drill.child", RECEIVED, "--machine")
    assert killed.returncode == KILLED, killed.stderr
    assert portal.submissions == before
    return job, before


@pytest.mark.heavy
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_draft_that_is_sent_while_it_is_removed_is_filed_once(
    desk: Desk, portal: PracticePortal, procedure: str
) -> None:
    """Its line leaves the list of drafts either way: gone is not removed, and nothing is sent."""
    job, before = held_back(desk, portal, procedure)
    known = numbers(portal)
    told = at(desk, job, "tests.run.released", "while withdrawing")
    assert told.returncode == DOUBT, told.stderr
    assert portal.submissions == before + 1
    again = desk.file(job, limit_s=LONG_S)
    assert again.returncode == DONE, again.stderr
    assert portal.submissions == before + 1
    assert noted(desk, procedure) == set(numbers(portal) - known)


@pytest.mark.heavy
@pytest.mark.parametrize("procedure", ["submit_contributions", "add_employees"])
def test_a_press_that_comes_after_its_draft_was_removed_comes_to_nothing(
    desk: Desk, portal: PracticePortal, procedure: str
) -> None:
    """The portal has no such draft any more; the run that removed it files, once."""
    job, before = held_back(desk, portal, procedure)
    told = at(desk, job, "tests.run.released", "after withdrawing")
    assert told.returncode == DONE, told.stderr
    assert portal.submissions == before + 1
    assert portal.drafts == []
