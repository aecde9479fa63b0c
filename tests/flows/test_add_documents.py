"""Search Pending Case For Add Supporting Document: papers for a query, sent once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Desk
from tests.flows.samples import sample, under_query

if TYPE_CHECKING:
    from tests.conftest import PracticePortal


PAPERS = ["payslips.pdf", "bank-letter.pdf"]


def exits(portal: PracticePortal) -> list[dict[str, Any]]:
    """What was sent for cases that stood there already."""
    return [filing for filing in portal.filings if filing["procedure"] == "add_documents"]


@pytest.mark.parametrize(
    "fault",
    [pytest.param("", marks=pytest.mark.heavy), "commit, then drop the connection silently"],
)
def test_the_papers_go_to_the_officer_once(desk: Desk, portal: PracticePortal, fault: str) -> None:
    """Whether the answer comes or is lost; the case keeps its number and waits again."""
    reference = under_query(desk, portal)
    if fault:
        portal.arm(fault)
    job = sample(desk, "add_documents")
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    (sent,) = exits(portal)
    assert (sent["reference"], sent["status"]) == (reference, "Pending for Review")
    assert [paper["file"] for paper in sent["documents"]] == PAPERS


@pytest.mark.heavy
def test_a_press_that_never_arrived_is_made_anew(desk: Desk, portal: PracticePortal) -> None:
    """The case still waits for papers: what was added is removed, and the way starts over."""
    under_query(desk, portal)
    portal.arm("drop before commit")
    done = desk.file(sample(desk, "add_documents"))
    assert done.returncode == 0, done.stderr
    (sent,) = exits(portal)
    assert [paper["file"] for paper in sent["documents"]] == PAPERS


def test_a_case_that_nobody_asked_about_takes_no_papers(desk: Desk, portal: PracticePortal) -> None:
    """The portal's list of pending cases decides."""
    reference = under_query(desk, portal)
    portal.ask("decide", {"reference": reference, "status": "Approved", "reason": ""})
    done = desk.file(sample(desk, "add_documents"))
    assert done.returncode == 10, done.stderr
    assert "does not wait for documents" in done.stderr
    assert exits(portal) == []


def test_unsent_papers_of_another_hand_stop_the_filing(
    desk: Desk, portal: PracticePortal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Leaving the case would send them along; the person who added them decides."""
    under_query(desk, portal)
    other = Desk(tmp_path_factory.mktemp("other"), portal)
    process = other.start("run", sample(other, "add_documents"), "--submit")
    assert process.stderr is not None
    assert any("review" in line for line in process.stderr)
    process.kill()
    process.communicate(timeout=60)
    mine = sample(desk, "add_documents")
    for name in ("payslips.pdf", "bank-letter.pdf"):
        (mine.parent / name).rename(mine.parent / f"own-{name}")
    mine.write_text(mine.read_text().replace("file: ", "file: own-"))
    done = desk.file(mine)
    assert done.returncode == 13, done.stderr
    assert "unsent document of another hand" in done.stderr
    assert exits(portal) == []
