"""The samples of ``fixtures/`` on a clerk's desk, and what must stand at the portal before one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

FIXTURES = Path(__file__).parents[2] / "fixtures"
# The sample of a procedure that shows most of it, where it has several.
FULLEST = {"add_employees": "job-foreign.yaml", "end_employment": "job-csv.yaml"}
QUICK = {"add_employees": "job-inline.yaml", "end_employment": "job-csv.yaml"}
# Three of the sample's leavers, and so many others that nearly nobody leaves.
LEAVERS = (
    ("910909195562", "TELADAN BINTI UJIAN", "04/05/2020"),
    ("930405205573", "CONTOH BIN PERCUBAAN", "01/03/2022"),
)
FOREIGN_LEAVER = {
    "passport": "X0000031",
    "name": "REKAAN TIGA SATU",
    "birth": "31/01/1993",
    "gender": "M",
    "nationality": "Indonesia",
    "ssfw": "SSFW00000031",
}


def sample(desk: Desk, procedure: str) -> Path:
    """A copy of a procedure's sample job, with what it names."""
    folder = desk.folder / procedure
    shutil.copytree(FIXTURES / procedure, folder)
    return folder / FULLEST.get(procedure, "job.yaml")


def quick(desk: Desk, procedure: str) -> Path:
    """As `sample`, a job of few rows."""
    return sample(desk, procedure).with_name(QUICK.get(procedure, "job.yaml"))


def arrange(desk: Desk, portal: PracticePortal, procedure: str) -> int:
    """What the sample needs to stand at the portal; how many cases that makes."""
    if procedure in {"end_employment", "submit_contributions"}:
        at_work(portal, 0 if procedure == "submit_contributions" else 8)
    if procedure != "add_documents":
        return 0
    under_query(desk, portal)
    return 1


def at_work(portal: PracticePortal, others: int = 8) -> None:
    """The people of the samples and some more, on the books of the desk's employer."""
    portal.ask("person", FOREIGN_LEAVER)
    worker(portal, "X0000031", start="05/01/2024")
    for nric, name, start in LEAVERS:
        worker(portal, nric, name, start)
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
