"""The samples of ``fixtures/`` on a clerk's desk, and what must stand at the portal before one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

FIXTURES = Path(__file__).parents[2] / "fixtures"
PORTAL = "portal.yaml"  # beside the samples: which of them to use, and what must stand there before


def known(procedure: str) -> dict[str, Any]:
    """What ``portal.yaml`` says beside a procedure's samples; it may be absent."""
    path = FIXTURES / procedure / PORTAL
    return dict(yaml.safe_load(path.read_text("utf-8"))) if path.is_file() else {}


def sample(desk: Desk, procedure: str, which: str = "sample") -> Path:
    """A copy of a procedure's sample job, with what it names."""
    folder = desk.folder / procedure
    shutil.copytree(FIXTURES / procedure, folder)
    return folder / str(known(procedure).get(which, "job.yaml"))


def quick(desk: Desk, procedure: str) -> Path:
    """As `sample`, the job of fewest rows."""
    return sample(desk, procedure, "quick")


def arrange(desk: Desk, portal: PracticePortal, procedure: str) -> int:
    """What the sample needs to stand at the portal; how many cases that makes."""
    for step in known(procedure).get("before", []):
        ((call, body),) = step.items()
        if call == "file":
            done = desk.file(FIXTURES / procedure / body)
            assert done.returncode == 0, done.stderr
        else:
            portal.ask(call, body)
    return portal.submissions


def at_work(portal: PracticePortal, others: int = 8) -> None:
    """The leavers of the sample and so many more, on the books of the desk's employer."""
    calls = [step for step in known("end_employment")["before"] if "TINGGAL" not in str(step)]
    for step in calls:
        ((call, body),) = step.items()
        portal.ask(call, body)
    for number in range(others):
        worker(portal, f"90010100{number:04d}", f"TINGGAL REKAAN {chr(ord('A') + number)}")


def worker(
    portal: PracticePortal,
    nric: str,
    name: str = "",
    start: str = "01/02/2020",
    employer: str = EMPLOYER,
) -> None:
    """Put one on the employer's books; his birth date is his number's."""
    born = {"birth": f"{nric[4:6]}/{nric[2:4]}/19{nric[:2]}", "gender": "M"}
    told = {"name": name, **born} if name else {}
    portal.ask("worker", {"employer": employer, "nric": nric, "start": start, **told})


def under_query(desk: Desk, portal: PracticePortal) -> str:
    """A case of one worker that an officer has asked about; its number."""
    portal.ask("settings", {"officer": True})
    assert desk.file(desk.job([person(990)], name="asked")).returncode == 0
    portal.ask("settings", {"officer": False})
    reference = str(portal.filings[-1]["reference"])
    portal.ask("decide", {"reference": reference, "status": "Under Query", "reason": "Borang 2"})
    return reference
