"""Search Pending Case For Add Supporting Document: papers for a query, sent once."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from tests.conftest import Desk
from tests.flows.samples import sample, under_query

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import PracticePortal


PAPERS = ["payslips.pdf", "bank-letter.pdf"]


def exits(portal: PracticePortal) -> list[dict[str, Any]]:
    """What was sent for cases that stood there already."""
    return [filing for filing in portal.filings if filing["procedure"] == "add_documents"]


@pytest.mark.heavy
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
def test_a_press_that_never_arrived_waits_for_a_persons_answer(
    desk: Desk, portal: PracticePortal
) -> None:
    """The case still waits for papers; that is no proof, for nothing bars a press under way."""
    reference = under_query(desk, portal)
    portal.arm("drop before commit")
    job = sample(desk, "add_documents")
    done = desk.file(job)
    assert done.returncode == 14, done.stderr
    assert "still shows this case as not answered" in done.stderr
    assert exits(portal) == []
    assert desk.file(job).returncode == 14
    settled(desk, reference, "--not-filed")
    assert desk.file(job).returncode == 0
    (sent,) = exits(portal)
    assert [paper["file"] for paper in sent["documents"]] == PAPERS


def settled(desk: Desk, reference: str, *answer: str) -> None:
    """A person's answer for the filing whose case this is."""
    table = desk.assist("status").stdout
    (filing,) = re.findall(rf"\b([0-9a-f]{{8}})\b.*{reference}", table)
    done = desk.assist("settle", filing, "--reason", "looked", *answer)
    assert done.returncode == 0, done.stderr


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="the drill looks into /proc")
def test_a_press_still_under_way_is_not_met_by_a_second_one(tmp_path: Path) -> None:
    """The run is dead, its POST is not: it arrives whole, and the next run finds it."""
    from drill.place import Place  # noqa: PLC0415  Linux alone
    from drill.points import RECEIVED, Wanted  # noqa: PLC0415  Linux alone

    place = Place(tmp_path)
    try:
        known = place.ready("add_documents")
        before = place.portal.submissions
        place.portal.arm("delay", on="commit", seconds=30)
        assert place.run(known, Wanted(RECEIVED)).killed
        assert place.run(known).code == 14
        assert place.portal.submissions == before, "the test is too slow to show anything"
        arrived = Retrying(
            retry=retry_if_result(lambda there: there == before),
            stop=stop_after_delay(90),
            wait=wait_fixed(0.2),
        )
        arrived(lambda: place.portal.submissions)
        assert place.run(known).code == 0
        (sent,) = exits(place.portal)
        assert [paper["file"] for paper in sent["documents"]] == PAPERS
    finally:
        place.close()


@pytest.mark.heavy
def test_a_case_that_nobody_asked_about_takes_no_papers(desk: Desk, portal: PracticePortal) -> None:
    """The portal's list of pending cases decides."""
    reference = under_query(desk, portal)
    portal.ask("decide", {"reference": reference, "status": "Approved", "reason": ""})
    done = desk.file(sample(desk, "add_documents"))
    assert done.returncode == 10, done.stderr
    assert "does not wait for documents" in done.stderr
    assert exits(portal) == []


@pytest.mark.heavy
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
