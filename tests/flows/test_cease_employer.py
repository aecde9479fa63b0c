"""An employer ceases: Form 1A with all his workers, Form 3 for EIS alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rpa import flows
from rpa.errors import Refused
from rpa.flows.cease_employer import Job
from rpa.jobs import check
from rpa.model.filing import Census, Row
from rpa.portal.profile import shipped
from rpa.rules.cessation import Cessation
from tests.conftest import EMPLOYER, TODAY
from tests.flows.books import at_home, file, plan_of, prepare
from tests.flows.samples import sample, worker
from tests.flows.test_end_employment import left
from tests.flows.test_review import mutations, stopped

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.portal.tab import Portal
    from tests.conftest import Desk, PracticePortal

FORM_1A: dict[str, Any] = {
    "form": "Form 1A",
    "employer_code_again": EMPLOYER,
    "active_workers": 2,
    "change_employer_status_to": "Winding Up",
    "temporary_closure_no_employee_from": "2026-11-16",
    "employment_resign_date": "2026-11-15",
}
FORM_3: dict[str, Any] = {
    "form": "Form 3 EIS",
    "employer_code_again": EMPLOYER,
    "active_workers": 2,
    "employment_resign_date": "2026-11-15",
}
PAPER = {
    "Form 1A": "Supporting Document For Cessation",
    "Form 3 EIS": "Form 3 - Cessation Of Employer",
}


def ceasing(desk: Desk, good: dict[str, Any], **changes: Any) -> Path:
    """A job; a change of None leaves the key out."""
    told = {name: value for name, value in {**good, **changes}.items() if value is not None}
    (desk.folder / "paper.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    papers = [{"type": PAPER[good["form"]], "file": "paper.pdf"}]
    path = desk.folder / "ceasing.yaml"
    job = {"procedure": "cease_employer", "employer": EMPLOYER, "cessation": told}
    path.write_text(yaml.safe_dump({**job, "documents": papers}))
    return path


def standing(portal: PracticePortal, what: str = "status") -> str:
    """The employer's status on the portal's books."""
    return str(next(e[what] for e in portal.ask("employers") if e["code"] == EMPLOYER))


@pytest.mark.parametrize("language", ["bm", pytest.param("en", marks=pytest.mark.heavy)])
def test_form_1a_ends_the_employer_and_all_his_workers(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """An officer decides; until then everything stands as it was."""
    done = file(robot, sample(desk, "cease_employer"))
    assert done.receipt is not None
    assert done.receipt.status == "Pending for Review"
    assert (left(portal), standing(portal)) == ({}, "Active")
    (filing,) = portal.filings
    assert filing["reference"].startswith("CUN112026C")
    assert filing["employer_form"] == {
        "changeEmployerStatusTo": "Dormant",
        "temporaryClosureNoEmployeeFrom": "16/11/2026",
        "temporaryClosureNoEmployeeTill": "15/11/2027",
    }
    assert [p["type"] for p in filing["documents"]] == ["Supporting Document For Cessation"]
    portal.ask("decide", {"reference": filing["reference"], "status": "Approved"})
    assert left(portal) == {"950211705780": "15/11/2026", "870818735893": "15/11/2026"}
    assert standing(portal) == "Dormant"


@pytest.mark.parametrize("language", [pytest.param("bm", marks=pytest.mark.heavy), "en"])
def test_form_3_ends_eis_and_leaves_the_workers(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """It counts those of EIS age who are not foreign, and nobody else."""
    worker(portal, "600101000001", "TUA REKAAN")  # over 60
    done = file(robot, sample(desk, "cease_employer").with_name("job-eis.yaml"))
    assert done.receipt is not None
    (filing,) = portal.filings
    assert filing["reference"].startswith("ERN112026C")
    assert filing["employer_form"] == {"sipEmploymentResignDate": "15/11/2026"}
    assert len(filing["workers"]) == 2
    assert [p["type"] for p in filing["documents"]] == ["Form 3 - Cessation Of Employer"]
    portal.ask("decide", {"reference": filing["reference"], "status": "Approved"})
    assert (left(portal), standing(portal)) == ({}, "Active")
    assert standing(portal, "eis_status") == "Dormant SIP"


def test_whatever_the_review_of_form_3_shows_otherwise_is_seen(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """As `test_review` shows for the first form of each procedure."""
    steps = prepare(robot, sample(desk, "cease_employer").with_name("job-eis.yaml"))
    review = flows.load("cease_employer").REVIEW
    assert not stopped(review, steps.declared, robot), "the negative control"
    missed = []
    for mutation in mutations(steps.declared):
        portal.arm("review shows another value", **mutation)
        if not stopped(review, steps.declared, robot):
            missed.append(mutation)
    assert not missed
    assert all(fault["left"] == 0 for fault in portal.ask("faults")["armed"]), "each was shown"


@pytest.mark.parametrize("form", [FORM_1A, FORM_3], ids=["1A", "3 EIS"])
@pytest.mark.parametrize("count", [1, 3])
def test_one_more_or_one_less_and_nothing_is_sent(
    desk: Desk, portal: PracticePortal, robot: Portal, form: dict[str, Any], count: int
) -> None:
    """Before anything is saved."""
    with pytest.raises(Refused) as refused:
        file(robot, ceasing(desk, form, active_workers=count))
    assert f"The job: {count}; listed by the portal as active: 2" in refused.value.words.en
    assert (portal.drafts, portal.filings) == ([], [])


def test_who_is_hired_while_the_form_is_filled_stops_it(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """The second tab lists three; the draft of the first is not sent."""

    def hire(what: str) -> None:
        if what == "Discontinue Business":
            worker(portal, "900101000001", "BAHARU REKAAN", "14/11/2026")

    with pytest.raises(Refused) as refused:
        file(robot, ceasing(desk, FORM_1A), meanwhile=hire)
    assert "as active: 2; given a resign date: 3" in refused.value.words.en
    assert portal.filings == []
    (draft,) = portal.drafts
    assert draft["workers"] == []


def test_an_employer_without_workers_ceases_without_a_last_day(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Nobody is asked for whom there is not."""
    portal.ask("employer", {"code": EMPLOYER, "details": {}})
    for nric in ("950211705780", "870818735893"):
        _leave(robot, desk, nric)
    job = ceasing(desk, FORM_1A, active_workers=0, employment_resign_date=None)
    assert file(robot, job).receipt is not None
    assert portal.filings[-1]["workers"] == []


def _leave(robot: Portal, desk: Desk, nric: str) -> None:
    names = {"950211705780": "AKTIF BINTI CONTOH", "870818735893": "LAMA BIN REKAAN"}
    row = {"identification": nric, "name": names[nric], "employment_resign_date": "2026-11-13"}
    path = desk.folder / "leavers.yaml"
    job = {"procedure": "end_employment", "employer": EMPLOYER, "rows": [row]}
    path.write_text(yaml.safe_dump(job))
    assert file(robot, path).refused == {}


CEASED: list[tuple[dict[str, Any], str, str, bool]] = [
    (FORM_1A, "status", "Winding Up", True),
    (FORM_1A, "status", "Dormant", False),
    (FORM_3, "eis_status", "Dormant SIP", True),
]


@pytest.mark.parametrize("case", CEASED, ids=lambda case: f"{case[0]['form']} {case[2]}")
def test_an_employer_who_has_ceased_is_not_asked_for_again(
    desk: Desk, portal: PracticePortal, robot: Portal, case: tuple[dict[str, Any], str, str, bool]
) -> None:
    """With the status that is wanted it is done; with another a person must look."""
    form, column, status, same = case
    portal.ask("employer", {"code": EMPLOYER, column: status})
    job = ceasing(desk, form)
    done = file(robot, job)
    assert done.receipt is None
    assert f"is '{status}' already" in done.refused[0]
    seen = flows.load("cease_employer").find(EMPLOYER, plan_of(job).rows, robot, done.steps)
    assert seen[0].same is same


def test_the_portals_no_is_told_in_its_words(
    desk: Desk, portal: PracticePortal, robot: Portal
) -> None:
    """Also where the look did not see it coming."""
    worker(portal, "900101000001", "BAHARU REKAAN", "16/11/2026")
    with pytest.raises(Refused, match="Date is not valid for some employee"):
        file(robot, ceasing(desk, FORM_1A, active_workers=3))
    at_home(robot)
    with pytest.raises(Refused, match="Date is not valid for some employee"):
        file(robot, ceasing(desk, FORM_3, active_workers=3))
    portal.ask("employer", {"code": EMPLOYER, "status": "Dormant", "eis_status": "Dormant SIP"})
    at_home(robot)
    with pytest.raises(Refused, match="Employer is not active"):
        file(robot, ceasing(desk, FORM_1A, active_workers=3), look=False)
    at_home(robot)
    day = {"active_workers": 3, "employment_resign_date": "2026-11-16"}
    with pytest.raises(Refused, match="Not allow to change Dormant EIS to Active"):
        file(robot, ceasing(desk, FORM_3, **day), look=False)
    assert portal.filings == []


@pytest.mark.parametrize(
    ("form", "changes", "code"),
    [
        (FORM_1A, {"employer_code_again": "B9900005678W"}, "employer-again"),
        (FORM_3, {"employer_code_again": "B9900005678W"}, "employer-again"),
        (FORM_1A, {"form": None}, "missing"),
        (FORM_1A, {"form": "Form 8"}, "choice"),
        (FORM_1A, {"change_employer_status_to": "Active"}, "choice"),
        (FORM_3, {"change_employer_status_to": "Dormant"}, "form-other"),
        (FORM_1A, {"active_workers": None}, "missing"),
    ],
)
def test_a_mistake_in_the_form_is_said_before_a_browser_opens(
    desk: Desk, form: dict[str, Any], changes: dict[str, Any], code: str
) -> None:
    """At its own place."""
    checked = check(ceasing(desk, form, **changes), today=date.fromisoformat(TODAY))
    assert [problem.code for problem in checked.errors] == [code]


@pytest.mark.parametrize(
    ("form", "active", "guards"),
    [(FORM_1A, 2, []), (FORM_1A, 3, ["active-workers"]), (FORM_3, 3, [])],
)
def test_another_count_at_the_portal_is_beyond_any_approval(
    form: dict[str, Any], active: int, guards: list[str]
) -> None:
    """Of Form 1A; Form 3 lists fewer than work there."""
    days = {n: date.fromisoformat(v) for n, v in form.items() if str(v).startswith("2026")}
    record = Cessation(**{**form, **days})
    job = Job(procedure="cease_employer", employer=EMPLOYER, cessation=record)
    row = Row(0, "ceasing.yaml:3:3", record)
    alarms = list(job.against([row], Census(active)))
    assert [alarm.guard for alarm in alarms] == guards
    assert all(alarm.absolute for alarm in alarms)
    assert (job.approval, job.effect([row]).ends) == (True, 2)


def beside(procedure: str) -> set[str]:
    return flows.beside(flows.load(procedure), shipped().looks)


def test_both_forms_are_known_in_the_inbox() -> None:
    """A case of Form 1A is no case of another update, and none of those is one of this."""
    own = {"Form 1A - Cessation As Employer (Discontinue Business)",
           "Form 3 EIS - Cessation as Employer"}  # fmt: skip
    others = beside("cease_employer")
    assert "Update Employer Information" in others
    assert not own & others
    assert own <= beside("update_employer")
    assert own <= beside("end_employment")
    assert not own & beside("add_employees")
