"""Everybody leaves: one number, written, counted and shown, or nothing is sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rpa import flows
from rpa.errors import Refused
from rpa.flows.end_all_employment import Job
from rpa.jobs import check
from rpa.model.filing import Census, Row
from rpa.pages.review import BOX, PAPERS
from rpa.rules.leaving import AllWorkers
from tests.conftest import EMPLOYER, TODAY
from tests.flows.books import at_home, file, prepare
from tests.flows.samples import sample, worker
from tests.flows.test_end_employment import close, closure, leavers, left

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.portal.tab import Portal
    from tests.conftest import Desk, PracticePortal

ALL: dict[str, Any] = {
    "employer_code_again": EMPLOYER,
    "active_workers": 2,
    "employment_resign_date": "2026-11-20",
}


def everybody(desk: Desk, **changes: Any) -> Path:
    """A job; a change of None leaves the key out."""
    told = {name: value for name, value in {**ALL, **changes}.items() if value is not None}
    path = desk.folder / "everybody.yaml"
    job = {"procedure": "end_all_employment", "employer": EMPLOYER, "all_workers": told}
    path.write_text(yaml.safe_dump(job))
    return path


@pytest.mark.parametrize("language", ["bm", "en"])
def test_everybody_of_this_employer_leaves_and_nobody_of_another(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """More than a page of them; the review has a case item for each."""
    for number in range(27):
        worker(portal, f"90010100{number:04d}", f"RAMAI REKAAN {number}")
    active = {w["nric"] for w in portal.workers()}
    job = sample(desk, "end_all_employment")
    job.write_text(job.read_text().replace("active_workers: 2", "active_workers: 29"))
    done = file(robot, job)
    assert done.receipt is not None
    assert done.receipt.reference.startswith("CUN112026C")
    assert done.steps.declared.keys() == {BOX, PAPERS, *active}
    assert left(portal) == dict.fromkeys(active, "20/11/2026")
    (filing,) = portal.filings
    assert len(filing["workers"]) == 29
    assert [paper["type"] for paper in filing["documents"]] == ["Supporting Document"]


@pytest.mark.parametrize("count", [1, 3, 20])
def test_one_more_or_one_less_and_nothing_is_sent(
    desk: Desk, portal: PracticePortal, robot: Portal, count: int
) -> None:
    """The job's figure and the portal's are both told; not even a draft is left."""
    with pytest.raises(Refused) as refused:
        file(robot, everybody(desk, active_workers=count))
    told = f"The job: {count}; listed by the portal as active: 2; given a resign date: -"
    assert told in refused.value.words.en
    assert (left(portal), portal.drafts, portal.filings) == ({}, [], [])


def test_who_is_hired_while_the_robot_counts_stops_it(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Three figures: the third worker is on the portal's list and not in the count before."""

    def hire(what: str) -> None:
        if "Semua" in what:
            worker(portal, "900101000001", "BAHARU REKAAN", "19/11/2026")

    with pytest.raises(Refused) as refused:
        file(robot, everybody(desk), meanwhile=hire)
    assert "as active: 2; given a resign date: 3; in the review: -" in refused.value.words.en
    assert (left(portal), portal.drafts, portal.filings) == ({}, [], [])


def test_the_review_must_show_as_many_as_were_counted(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Whoever gets out of the case by another window is missed."""
    worker(portal, "900101000001", "KETIGA REKAAN")
    bins: list[str] = []

    def meddle(what: str) -> None:
        if what == "save and continue":
            bins.append(robot.tab.evaluate(FIRST_BIN))
        if what == "documents":
            robot.tab.evaluate(PRESS, bins[0])
            robot.tab.reload()  # its token is used up

    with pytest.raises(Refused) as refused:
        file(robot, everybody(desk, active_workers=3), meanwhile=meddle)
    assert "given a resign date: 3; in the review: 2" in refused.value.words.en
    assert (left(portal), portal.filings) == ({}, [])


FIRST_BIN = "document.querySelector('#resignedEmployeeList [data-post]').dataset.post"
# As another window does it, which has the same token.
PRESS = """async (address) => {
  const url = new URL(address, location.href);
  url.searchParams.set("p_auth", Liferay.authToken);
  const body = new FormData();
  body.set("_" + url.searchParams.get("p_p_id") + "_browserIdKey",
    sessionStorage.getItem("browserIdKey"));
  await fetch(url, { method: "POST", body });
}"""


def test_the_portals_no_is_told_in_its_words(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """A day before somebody's start; and the employer's closure, which is not changed."""
    worker(portal, "900101000001", "BAHARU REKAAN", "20/11/2026")
    with pytest.raises(Refused, match="Date is not valid for some employee"):
        file(robot, everybody(desk, active_workers=3, employment_resign_date="2026-11-19"))
    close(portal, "10/11/2026")
    at_home(robot)
    with pytest.raises(Refused, match="exceeds the Temporary closure"):
        file(robot, everybody(desk, active_workers=3))
    assert closure(portal) == "10/11/2026"
    assert (left(portal), portal.drafts, portal.filings) == ({}, [], [])


def test_an_employer_whose_workers_have_left_is_told_so(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Run again without its memory it sends nothing."""
    assert file(robot, everybody(desk)).receipt is not None
    again = file(robot, everybody(desk))
    assert again.receipt is None
    assert "lists no active worker" in again.refused[0]
    assert portal.submissions == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"employer_code_again": "B9900005678W"}, "employer-again"),
        ({"employer_code_again": None}, "missing"),
        ({"active_workers": None}, "missing"),
        ({"active_workers": 0}, "workers-none"),
        ({"active_workers": "all"}, "count"),
        ({"active_workers": 2.5}, "count"),
        ({"active_workers": -2}, "count"),
        ({"employment_resign_date": None}, "missing"),
        ({"employment_resign_date": "2026-11-23"}, "resign-future"),
        ({"confirm": True}, "key-unknown"),
    ],
)
def test_each_of_the_three_must_be_written_and_right(
    desk: Desk, changes: dict[str, Any], code: str
) -> None:
    """Nothing is taken from anywhere else."""
    checked = check(everybody(desk, **changes), today=date.fromisoformat(TODAY))
    assert [problem.code for problem in checked.errors] == [code]
    if code == "employer-again":
        assert checked.errors[0].address.startswith("everybody.yaml:")
        assert checked.errors[0].address != "everybody.yaml:1:1"


def test_it_is_never_filed_without_a_second_person() -> None:
    """The class says so; no key of the job can take it back."""
    assert Job.approval
    assert "approval" not in Job.model_fields


@pytest.mark.parametrize(("active", "guards"), [(2, []), (1, ["active-workers"]), (3, [
    "active-workers",
]), (0, ["active-workers"])])  # fmt: skip
def test_another_count_at_the_portal_is_beyond_any_approval(active: int, guards: list[str]) -> None:
    """Both figures are told."""
    record = AllWorkers(**{**ALL, "employment_resign_date": date(2026, 11, 20)})
    row = Row(0, "everybody.yaml:3:3", record)
    job = Job(procedure="end_all_employment", employer=EMPLOYER, all_workers=record)
    alarms = list(job.against([row], Census(active)))
    assert [alarm.guard for alarm in alarms] == guards
    assert all(alarm.absolute and f"the portal {active}" in alarm.words.en for alarm in alarms)
    assert job.effect([row]).ends == 2


def test_a_draft_about_anybody_of_this_employer_is_about_everybody(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Another hand's draft stops the filing; its author decides."""
    row = {
        "identification": "870818735893",
        "name": "LAMA BIN REKAAN",
        "employment_resign_date": "2026-11-13",
    }
    prepare(robot, leavers(desk, row))
    (draft,) = portal.drafts
    about = flows.load("end_all_employment").persons(draft["reference"], robot)
    assert about == {"all workers", "870818735893", "LAMA BIN REKAAN"}
