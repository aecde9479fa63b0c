"""Killed at the worst moments, run again: the portal holds each worker once."""

from __future__ import annotations

import re
import sys
import uuid
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from rpa import flows
from rpa.model.filing import DRAFT
from tests.conftest import EMPLOYER, person
from tests.flows.samples import arrange, sample
from tests.supervisor import allowed

if TYPE_CHECKING:
    import subprocess

    from tests.conftest import Desk, PracticePortal

# What the command says on stderr directly before each of these moments.
PREPARING = "documents"
PRESSING = "Hantar, Sahkan"
KEEPING = "keep the letters"


def kill_at(desk: Desk, job: Path, line: str, occurrence: int) -> None:
    """Start filing and kill the process, as `kill -9` does, when it says this line again.

    ``line`` may be several words with a bar between them: any of them is meant.
    """
    process = desk.start("run", job, "--submit")
    assert process.stderr is not None
    said = 0
    for one in process.stderr:
        said += any(words in one for words in line.split("|"))
        if said == occurrence:
            process.kill()
            break
    process.communicate(timeout=60)
    assert process.returncode == -9


def registered(portal: PracticePortal) -> Counter[str]:
    """How often each worker was filed, as the portal counts."""
    return Counter(w["registrationNo"] for f in portal.filings for w in f["workers"])


def run_with_kills(
    desk: Desk, portal: PracticePortal, rows: int, per: int, kills: list[tuple[str, int]]
) -> None:
    people = [person(n) for n in range(1, rows + 1)]
    job = desk.job(people, rows_per_filing=per)
    for line, occurrence in kills:
        kill_at(desk, job, line, occurrence)
    done = desk.file(job, limit_s=1800)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith(f"filed {rows} of {rows} rows")
    assert registered(portal) == Counter(p["identification"] for p in people)
    listed = Counter(w["nric"] for w in portal.workers(EMPLOYER))
    assert {n: listed[n] for n in registered(portal)} == registered(portal)
    assert portal.drafts == []
    returned = {r["No. KPPN"]: r for r in desk.returned()}
    of_portal = {w["registrationNo"]: f["reference"] for f in portal.filings for w in f["workers"]}
    for identity, row in returned.items():
        assert row["ASSIST status"] == "difailkan / filed"
        assert row["ASSIST reference"] == of_portal[identity]


@pytest.mark.heavy
def test_killed_at_three_places_everyone_is_filed_once(desk: Desk, portal: PracticePortal) -> None:
    """In preparation, around the press, and between the answer and its record."""
    kills = [(PREPARING, 1), (PRESSING, 1), (KEEPING, 1)]
    run_with_kills(desk, portal, rows=4, per=1, kills=kills)


def answered(
    desk: Desk, portal: PracticePortal, job: Path, before: int
) -> subprocess.CompletedProcess[str]:
    """A person looks at the portal and says what is there; then the job is run again."""
    (filing,) = re.findall(r"\b[0-9a-f]{8}\b", desk.assist("status").stdout)
    seen = portal.filings[-1]["reference"] if portal.submissions > before else ""
    answer = ["--filed", seen] if seen else ["--not-filed"]
    assert desk.assist("settle", filing, "--reason", "looked", *answer).returncode == 0
    return desk.file(job)


@pytest.mark.parametrize(
    "procedure",
    [
        pytest.param(name, marks=[] if name == "update_employer" else [pytest.mark.heavy])
        for name in flows.names()
    ],
)
def test_every_procedure_killed_around_its_press_is_filed_once(
    desk: Desk, portal: PracticePortal, procedure: str
) -> None:
    """Killed while it prepares and then at the press, run again: the portal counts one.

    Where no draft could be taken away a person answers first (docs/promises.md).
    """
    before = arrange(desk, portal, procedure)
    job = allowed(desk, sample(desk, procedure))
    for line in (f"{PREPARING}|Seterusnya", "Sahkan|Pengesahan"):
        kill_at(desk, job, line, 1)
    done = desk.file(job)
    if done.returncode == 14 and flows.load(procedure).UNSENT != DRAFT:
        done = answered(desk, portal, job, before)
    assert done.returncode == 0, done.stderr
    wanted = 2 if procedure == "add_employees" else 1  # local and foreign workers apart
    assert portal.submissions == before + wanted
    assert portal.drafts == []


@pytest.mark.heavy
def test_two_hundred_rows_killed_at_three_places(desk: Desk, portal: PracticePortal) -> None:
    """The same with two hundred workers and kills further in."""
    kills = [(PREPARING, 3), (PRESSING, 4), (KEEPING, 2)]
    run_with_kills(desk, portal, rows=200, per=20, kills=kills)


def marked(mark: str) -> list[str]:
    """The processes that carry this mark in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (place / "environ").read_bytes():
                found.append((place / "comm").read_text().strip())
        except OSError:
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_browser_outlives_a_killed_run(desk: Desk) -> None:
    """The driver ends its browser when the process that started it is gone."""
    mark = f"HOMEPATH={uuid.uuid4().hex}"  # goes on to driver and browser, as most do not
    desk.env["HOMEPATH"] = mark.partition("=")[2]
    kill_at(desk, desk.job([person(1)]), "open Tambah", 1)
    gone = Retrying(retry=retry_if_result(bool), stop=stop_after_delay(20), wait=wait_fixed(0.1))
    assert gone(marked, mark) == []


@pytest.mark.heavy
def test_two_runs_of_one_portal_id_never_work_at_the_same_time(
    desk: Desk, portal: PracticePortal
) -> None:
    """The second leaves with a sentence that says who is at work, and sends nothing."""
    job = desk.job([person(1), person(2)], rows_per_filing=1)
    first = desk.start("run", job, "--submit")
    assert first.stderr is not None
    for line in first.stderr:
        if "look at" in line:
            break
    second = desk.file(job)
    assert second.returncode == 75, second.stderr
    assert "Nothing was sent" in second.stderr
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert portal.submissions == 2
    assert portal.ask("sessions")["most_at_a_time"] == 1
