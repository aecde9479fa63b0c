"""What a second person agreed to is sent, exactly that, and only as long as he agreed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml

from rpa.engine.approval import canonical, new_key, public_text
from tests.conftest import EMPLOYER, Desk, person
from tests.flows.samples import sample, worker
from tests.supervisor import SECRET, Supervisor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import PracticePortal

NOON = "2026-11-20T12:00:00+08:00"


@pytest.fixture
def supervisor(desk: Desk) -> Supervisor:
    """The second person."""
    return Supervisor(desk)


def everybody(desk: Desk) -> Path:
    """The sample that ends everybody's work."""
    return sample(desk, "end_all_employment")


def test_everybody_leaves_only_with_a_second_person(
    desk: Desk, portal: PracticePortal, supervisor: Supervisor
) -> None:
    """Held without him; filed with him; never again after that."""
    job = everybody(desk)
    rehearsed = desk.assist("run", job)
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "assist-rpa approve" in rehearsed.stderr
    held = desk.file(job)
    assert held.returncode == 12, held.stderr
    assert portal.filings == []
    given = supervisor.approve()
    assert given.returncode == 0, given.stderr
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    books = [w for w in portal.workers() if w["employer"] == EMPLOYER]
    assert [w["resigned"] for w in books] == ["20/11/2026", "20/11/2026"]
    again = desk.file(job)
    assert again.returncode == 0, again.stderr
    assert portal.submissions == 1
    (kept,) = (desk.home / "runs").glob("*/input/approval.json")
    assert SECRET not in kept.read_text()


def test_nobody_makes_himself_an_approver_by_another_configuration(
    desk: Desk, portal: PracticePortal, supervisor: Supervisor
) -> None:
    """Attack: a key of one's own in a copied folder, given by --config. No browser opens."""
    job = everybody(desk)
    copied = desk.folder / "copied"
    shutil.copytree(desk.config, copied)
    own = {"name": "Kerani Contoh", "public_key": public_text(new_key()), "users": ["lain"]}
    (copied / "approvers.yaml").write_text(yaml.safe_dump({"approvers": [own]}))
    stopped = desk.assist("run", job, "--submit", "--config", copied)
    assert stopped.returncode == 12, stopped.stderr
    assert "does not name the approvers pinned in this ledger" in stopped.stderr
    assert "Nothing was sent." in stopped.stderr
    assert (portal.filings, portal.drafts, supervisor.plans) == ([], [], [])


@pytest.mark.heavy
def test_neither_an_edited_note_nor_an_empty_ledger_makes_a_second_person(
    desk: Desk, portal: PracticePortal, supervisor: Supervisor
) -> None:
    """Attacks: another log-in written among those who asked; an approved plan, another ledger."""
    job = everybody(desk)
    assert desk.assist("run", job).returncode == 0
    assert supervisor.approve().returncode == 0
    (asked,) = (desk.home / "approvals").glob("*.asked.json")
    before = asked.read_bytes()
    asked.write_bytes(canonical(json.loads(before) | {"orang.lain": NOON}))
    stopped = desk.file(job)
    assert stopped.returncode == 12, stopped.stderr
    assert "who asked for it is missing or was changed" in stopped.stderr
    asked.write_bytes(before)
    desk.env["ASSIST_RPA_LEDGER"] = str(desk.folder / "other.sqlite3")
    stopped = desk.file(job)
    assert stopped.returncode == 12, stopped.stderr
    assert "none were pinned" in stopped.stderr
    assert portal.filings == []


@pytest.mark.heavy
def test_what_was_approved_is_not_what_is_there_now(
    desk: Desk, portal: PracticePortal, supervisor: Supervisor
) -> None:
    """One more worker at the portal than the supervisor read of: nothing is sent."""
    job = everybody(desk)
    assert desk.assist("run", job).returncode == 0
    assert supervisor.approve().returncode == 0
    worker(portal, "900101000077", "TINGGAL REKAAN", "05/01/2024")
    stopped = desk.file(job)
    assert stopped.returncode == 15, stopped.stderr
    assert "[active-workers]" in stopped.stderr
    assert (portal.filings, portal.drafts) == ([], [])


@pytest.mark.heavy
def test_an_approval_that_expires_before_the_press_sends_nothing(
    desk: Desk, portal: PracticePortal, supervisor: Supervisor
) -> None:
    """It was good when the run began; the portal was slow."""
    job = everybody(desk)
    assert desk.assist("run", job).returncode == 0
    supervisor.approve_for(seconds=12)
    desk.settings(timeouts={"act_s": 20, "arrive_s": 30, "result_s": 20})
    portal.arm("delay", on="documents_save", seconds=13)
    stopped = desk.file(job)
    assert stopped.returncode == 12, stopped.stderr
    assert "expired" in stopped.stderr
    assert portal.filings == []


@pytest.mark.heavy
def test_an_approved_job_goes_on_where_it_broke_off(
    desk: Desk, portal: PracticePortal, supervisor: Supervisor
) -> None:
    """One approval for all of its filings: what is filed changes the portal's count, not that."""
    # What is left after the first filing passes the limit as well; the whole job was agreed to.
    job = desk.job([person(n) for n in range(1, 5)], rows_per_filing=2, limits={"rows": 1})
    assert desk.assist("run", job).returncode == 0
    assert supervisor.approve().returncode == 0
    process = desk.start("run", job, "--submit")
    assert process.stderr is not None
    reached = (line for line in process.stderr if line.startswith("2/4"))
    assert next(reached)
    process.kill()
    process.communicate(timeout=60)
    assert 0 < portal.submissions < 3
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert sorted(len(f["workers"]) for f in portal.filings) == [2, 2]


@pytest.mark.heavy
def test_what_was_filed_before_is_still_told_when_the_gate_holds_the_rest(
    desk: Desk, portal: PracticePortal
) -> None:
    """The workbook that comes back never calls a filed row unsent."""
    assert desk.file(desk.job([person(1)], name="first")).returncode == 0
    held = desk.file(desk.job([person(n) for n in range(1, 4)], limits={"rows": 1}, name="second"))
    assert held.returncode == 12, held.stderr
    assert portal.submissions == 1
    states = [line["ASSIST status"].split(" / ")[-1] for line in desk.returned()]
    assert states == ["filed", "not sent", "not sent"]


def test_a_changed_table_or_profile_needs_a_new_approval(
    desk: Desk, portal: PracticePortal, supervisor: Supervisor
) -> None:
    """And the words say what changed."""
    job = desk.job([person(1), person(2)], limits={"rows": 1})
    assert desk.file(job).returncode == 12
    assert supervisor.approve().returncode == 0
    desk.job([person(1), person(3)], limits={"rows": 1})
    desk.profile("LocalFields", "race: {en: Ethnic Group}")
    stopped = desk.file(job)
    assert stopped.returncode == 12, stopped.stderr
    assert "its table" in stopped.stderr
    assert "how the portal is read (config/profile.yaml)" in stopped.stderr
    assert portal.filings == []
