"""What only comes after the last press decides nothing by its words, and is proposed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa import flows
from tests.calibration.test_calibrate import calibrate, result
from tests.conftest import person
from tests.flows.samples import arrange, quick
from tests.supervisor import allowed

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

READS = "result reads otherwise"
CALLED, OLDER = "Request Update Case No.", "CAN11202600099999"
KNOWN = "Request Case Update No."
USUAL = "Your Request Update Add New Employee Has Been Submitted Successfully."
SAYS = "Your workers are known to us from now on."
OFFICE = ("--by", "Pejabat Contoh")
FILES = ("profile.proposed.yaml", "calibration.json", "calibration.html")
PROPOSES = "The screens of this filing call"
LOOKED_UP = "the portal's record is being looked up"


@pytest.mark.parametrize("language", ["en"])
def test_a_result_that_is_called_otherwise_is_filed_and_proposed_once(
    desk: Desk, portal: PracticePortal
) -> None:
    """Settled by its own number though an older one stands above it; then its line, and no more."""
    portal.ask("settings", {"words": {USUAL: SAYS}})
    portal.arm(READS, label=CALLED, older=OLDER, times=2)
    first = desk.file(desk.job([person(1)]))
    assert first.returncode == 0, first.stderr
    assert LOOKED_UP in first.stderr
    assert f"{PROPOSES} 2 things otherwise" in first.stderr
    (row,) = desk.returned()
    number = portal.filings[-1]["reference"]
    assert row["ASSIST reference"] == number
    told = result(desk)
    assert told["lines"] == {}  # which of them is the number is a person's to say
    asked = {e["key"]: [n["words"] for n in e["nearest"]] for e in told["entries"] if e["nearest"]}
    assert CALLED in asked["UpdateResult.number"]
    assert told["words"] == [{"vocabulary": "words.sent", "word": SAYS}]
    written = "".join((desk.last_run() / name).read_text("utf-8") for name in FILES)
    somebodys = (number, OLDER, "REKAAN", "E9900001234V", person(1)["identification"])
    assert not [text for text in somebodys if text in written]
    chosen = asked["UpdateResult.number"].index(CALLED) + 1
    taken = calibrate(desk, "--accept", *OFFICE, said=f"{chosen}\n1\n")
    assert "accepted: 2 lines" in taken.stdout, taken.stderr
    assert desk.assist("report").returncode == 0
    second = desk.file(desk.job([person(2)]))
    assert second.returncode == 0, second.stderr
    assert LOOKED_UP not in second.stderr
    assert PROPOSES not in second.stderr
    assert not (desk.last_run() / "calibration.json").exists()
    assert portal.submissions == 2


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_question_that_is_answered_otherwise_is_asked_and_files(
    desk: Desk, portal: PracticePortal
) -> None:
    """No rehearsal comes so far: the filing stops before its press and says what stands there."""
    portal.ask("settings", {"words": {"CONFIRM": "YES, GO ON"}})
    job = desk.job([person(1)])
    first = desk.file(job)
    assert first.returncode == 70, first.stderr
    assert f"{PROPOSES} 1 thing otherwise" in first.stderr
    assert portal.submissions == 0
    (asked,) = (e for e in result(desk)["entries"] if e["nearest"])
    chosen = [near["words"] for near in asked["nearest"]].index("YES, GO ON") + 1
    taken = calibrate(desk, "--accept", *OFFICE, said=f"{chosen}\n")
    assert "accepted: 1 lines" in taken.stdout, taken.stderr
    second = desk.file(job)
    assert second.returncode == 0, second.stderr
    assert portal.submissions == 1
    assert portal.drafts == []


OLD = {"submit_contributions": "ACR112026000099", "register_employer": "CRN11202600099999",
       "register_domestic_employer": "CRN11202600099999", "add_employees": OLDER}  # fmt: skip
# Nothing on the page after the press is called as before.
ELSE = {"Letter(s)": "Papers", "Result": "Thank you", "Contribution Submitted": "Thank you"}


@pytest.mark.heavy
@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("procedure", flows.names())
def test_whatever_the_result_says_the_record_decides(
    desk: Desk, portal: PracticePortal, procedure: str, *, bare: bool
) -> None:
    """Another label, status, heading, papers; an older number, or none at all: filed once."""
    before = arrange(desk, portal, procedure)
    portal.ask("settings", {"words": ELSE})
    older = OLD.get(procedure, "CUN11202600099999")
    portal.arm(READS, older=older, status="Diterima", bare=bare, times=99)
    job = allowed(desk, quick(desk, procedure))
    done = desk.file(job, limit_s=600)
    assert done.returncode == 0, done.stderr
    once = portal.submissions
    assert once > before
    assert portal.drafts == []
    filed, of = done.stdout.splitlines()[-1].split()[1:4:2]
    assert filed == of != "0"
    assert older not in (desk.last_run() / "report.html").read_text("utf-8")
    if not bare:
        assert PROPOSES in done.stderr
        written = "".join((desk.last_run() / name).read_text("utf-8") for name in FILES)
        assert not [text for text in (older, "REKAAN", "E9900001234V") if text in written]
    again = desk.file(job, limit_s=600)
    assert "sent by this run: 0 filings" in again.stdout, again.stderr
    assert portal.submissions == once


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize(
    ("procedure", "older", "label"),
    [("add_employees", OLDER, KNOWN), ("submit_contributions", "ACR112026000099", "ACR No.")],
)
def test_an_older_number_under_the_known_label_is_not_believed(
    desk: Desk, portal: PracticePortal, procedure: str, older: str, label: str
) -> None:
    """The draft's number, or the record of the month, tells which is ours."""
    arrange(desk, portal, procedure)
    portal.arm(READS, older=older, beside=label, times=9)
    done = desk.file(allowed(desk, quick(desk, procedure)), limit_s=600)
    assert done.returncode == 0, done.stderr
    assert LOOKED_UP in done.stderr
    report = (desk.last_run() / "report.html").read_text("utf-8")
    filed = portal.contributions[-1]["acr"] if portal.contributions else None
    assert (filed or str(portal.filings[-1]["reference"])) in report
    assert older not in report


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_status_that_only_the_result_calls_otherwise_is_asked(
    desk: Desk, portal: PracticePortal
) -> None:
    """Filed, for the inbox's word is known; the answer is in use the next time."""
    portal.arm(READS, label=KNOWN, ids=True, status="Diterima", times=2)
    first = desk.file(desk.job([person(1)]))
    assert first.returncode == 0, first.stderr
    assert f"{PROPOSES} 1 thing otherwise" in first.stderr
    assert result(desk)["words"] == [{"vocabulary": "words.status", "word": "Diterima"}]
    offered = calibrate(desk, "--accept", said="q\n").stderr
    assert "What does 'Diterima' mean (words.status)?" in offered
    number = next(line for line in offered.splitlines() if "approved / " in line).split()[0]
    assert "accepted: 1 lines" in calibrate(desk, "--accept", said=f"{number}\n").stdout
    second = desk.file(desk.job([person(2)]))
    assert second.returncode == 0, second.stderr
    assert LOOKED_UP not in second.stderr
    assert PROPOSES not in second.stderr


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_new_number_is_believed_once_the_inbox_has_it_with_our_persons(
    desk: Desk, portal: PracticePortal
) -> None:
    """A portal that gives a case another number than its draft's: found by the screen's own."""
    portal.arm("listed under another number")
    job = desk.job([person(1), person(2)])
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert LOOKED_UP in done.stderr
    assert {row["ASSIST reference"] for row in desk.returned()} == {portal.filings[-1]["reference"]}
    assert "sent by this run: 0 filings" in desk.file(job).stdout
    assert portal.submissions == 1


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_list_that_offers_otherwise_before_any_filing_is_asked(
    desk: Desk, portal: PracticePortal
) -> None:
    """The survey of who is listed searches first: what stops it there has its answers, too."""
    arrange(desk, portal, "end_employment")
    portal.ask("settings", {"words": {"New Identification": "MyKad"}})
    job = allowed(desk, quick(desk, "end_employment"))
    assert calibrate(desk, "--rehearse", str(job)).returncode == 70
    (asked,) = (e for e in result(desk)["entries"] if e["key"] == "words.search.identification")
    chosen = [near["words"] for near in asked["nearest"]].index("MyKad") + 1
    taken = calibrate(desk, "--accept", *OFFICE, said=f"{chosen}\n")
    assert "accepted: 1 lines" in taken.stdout, taken.stderr
    again = desk.file(job)
    assert "words.search" not in again.stderr
