"""The samples of ``fixtures/`` on a clerk's desk, and what must stand at the portal before one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

FIXTURES = Path(__file__).parents[2] / "fixtures"
# The sample of a procedure that shows most of it, where it has several.
FULLEST = {"add_employees": "job-foreign.yaml"}


def sample(desk: Desk, procedure: str) -> Path:
    """A copy of a procedure's sample job, with what it names."""
    folder = desk.folder / procedure
    shutil.copytree(FIXTURES / procedure, folder)
    return folder / FULLEST.get(procedure, "job.yaml")


def arrange(desk: Desk, portal: PracticePortal, procedure: str) -> int:
    """What the sample needs to stand at the portal; how many cases that makes."""
    if procedure != "add_documents":
        return 0
    under_query(desk, portal)
    return 1


def under_query(desk: Desk, portal: PracticePortal) -> str:
    """A case of one worker that an officer has asked about; its number."""
    portal.ask("settings", {"officer": True})
    assert desk.file(desk.job([person(990)], name="asked")).returncode == 0
    portal.ask("settings", {"officer": False})
    reference = str(portal.filings[-1]["reference"])
    portal.ask("decide", {"reference": reference, "status": "Under Query", "reason": "Borang 2"})
    return reference
