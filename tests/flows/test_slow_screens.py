"""Screens that come late or in the wrong order: no wrong value is ever saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import person
from tests.flows.samples import sample

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

CASCADE = {
    "occupation": "[4]NUMERICAL AND MATERIAL RECORDING CLERKS",
    "sub_occupation": "[4]Stock Clerks",
    "sub_occupation_list": "[4]Clerk, raw material",
}


@pytest.mark.heavy
def test_every_cascade_of_a_registration_may_come_late(desk: Desk, portal: PracticePortal) -> None:
    """Sub-entity, city, postcode, sub-industry, venue, occupations: each empty for a while."""
    portal.arm("late options", seconds=0.6, times=99)
    done = desk.file(sample(desk, "register_employer"))
    assert done.returncode == 0, done.stderr
    form = portal.filings[0]["employer_form"]
    assert form["subIndustryCodeListId"] == "[47111]Provision stores"
    assert form["postCode"] == "80000"


@pytest.mark.parametrize(
    ("fault", "how"),
    [
        ("popup closes late", {"seconds": 3, "times": 2}),
        pytest.param("overlay stays", {"seconds": 10}, marks=pytest.mark.heavy),
    ],
)
def test_a_screen_that_stays_covered_is_waited_for(
    desk: Desk, portal: PracticePortal, fault: str, how: dict[str, Any]
) -> None:
    """A click into an overlay is lost at the real portal; here none is made."""
    desk.settings(timeouts={"act_s": 20, "arrive_s": 20, "result_s": 20})
    portal.arm(fault, **how)
    rows = [person(n, **CASCADE) for n in (1, 2)]
    done = desk.file(desk.job(rows))
    assert done.returncode == 0, done.stderr
    workers = portal.filings[0]["workers"]
    assert [w["nameOfEmployee"] for w in workers] == [row["name"] for row in rows]


def test_lens_answers_out_of_order_save_nobody_under_anothers_name(
    desk: Desk, portal: PracticePortal
) -> None:
    """What is filed is what was declared; a row that cannot be sure is refused."""
    rows = [person(n) for n in (1, 2, 3)]
    known = {"name": rows[0]["name"], "birth": "02/01/1990", "gender": "M"}
    portal.ask("person", {"nric": rows[0]["identification"], **known})
    portal.arm("lens answers out of order", seconds=0.5, times=3)
    done = desk.file(desk.job(rows))
    assert done.returncode in {0, 10, 11, 70}, done.stderr
    declared = {row["identification"]: row["name"] for row in rows}
    for filing in portal.filings:
        for worker in filing["workers"]:
            assert worker["nameOfEmployee"] == declared[worker["registrationNo"]]
    states = {row["ASSIST status"] for row in desk.returned()}
    assert states <= {"difailkan / filed", "ditolak / refused"}, done.stderr
