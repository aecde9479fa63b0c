"""Cases of other hands at the portal: never removed, never mistaken, never doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from rpa import flows
from rpa.model.filing import DRAFT
from tests.conftest import EMPLOYER, Desk, person
from tests.flows.samples import arrange, sample
from tests.supervisor import allowed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import PracticePortal

WITH_DRAFTS = [name for name in flows.names() if flows.load(name).UNSENT == DRAFT]


def leave_draft(desk: Desk, job: Path) -> None:
    """Prepare up to the review and be killed: the draft stays."""
    process = desk.start("run", job, "--submit")
    assert process.stderr is not None
    assert any("review" in line for line in process.stderr)
    process.kill()
    process.communicate(timeout=60)


def renamed(desk: Desk) -> Path:
    """A change of the employer that an officer has to look at."""
    path = desk.folder / "renamed.yaml"
    changes = {"industry_name": "CONTOH BARU SDN. BHD."}
    job = {"procedure": "update_employer", "employer": EMPLOYER, "changes": changes}
    path.write_text(yaml.safe_dump(job))
    return path


@pytest.mark.parametrize(
    "procedure",
    [
        pytest.param(name, marks=[] if name == "update_employee" else [pytest.mark.heavy])
        for name in WITH_DRAFTS
    ],
)
def test_a_draft_of_another_hand_stops_every_procedure(
    desk: Desk, portal: PracticePortal, other: Desk, procedure: str
) -> None:
    """About the same person or employer: the one who made it decides, and it stays."""
    arrange(desk, portal, procedure)
    leave_draft(other, allowed(other, sample(other, procedure)))
    before = portal.drafts
    assert len(before) == 1
    done = desk.file(allowed(desk, sample(desk, procedure)))
    assert done.returncode == 13, done.stderr
    assert (portal.drafts, portal.submissions) == (before, 0)


@pytest.mark.heavy
@pytest.mark.parametrize("sent", [True, False])
def test_a_case_of_another_kind_hinders_nobody(
    desk: Desk, portal: PracticePortal, other: Desk, *, sent: bool
) -> None:
    """Changes of an employer and of his workers have numbers of one kind, and are two matters."""
    if sent:
        assert other.file(renamed(other)).returncode == 0
        assert portal.filings[0]["status"] == "Pending for Review"
    else:
        leave_draft(other, renamed(other))
    before = len(portal.drafts)
    done = desk.file(sample(desk, "update_employee"))
    assert done.returncode == 0, done.stderr
    assert len(portal.drafts) == before


@pytest.mark.heavy
def test_the_same_change_of_the_employer_is_not_asked_for_twice(
    desk: Desk, portal: PracticePortal, other: Desk
) -> None:
    """While an officer looks at one, a second waits."""
    assert other.file(renamed(other)).returncode == 0
    done = desk.file(renamed(desk))
    assert done.returncode == 10, done.stderr
    assert "waits for PERKESO's decision" in done.stderr
    assert portal.submissions == 1


@pytest.mark.heavy
def test_a_rehearsal_takes_its_own_draft_away_whatever_the_setting(
    desk: Desk, portal: PracticePortal
) -> None:
    """`stop` is about drafts of earlier tries."""
    desk.settings(leftover_drafts="stop")
    done = desk.assist("run", desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert portal.drafts == []
