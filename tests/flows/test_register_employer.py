"""QRG 1, Pendaftaran Majikan: what is promised, counted at the portal."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import person
from tests.flows.samples import sample

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal


def changed(job: Path, **other: Any) -> Path:
    """The sample with other values for the employer; a value of None takes the key away."""
    data = yaml.safe_load(job.read_text("utf-8"))
    employer = {**data["employer"], **other}
    data["employer"] = {k: v for k, v in employer.items() if v is not None}
    job.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return job


def small(desk: Desk) -> Path:
    """The sample with one worker only."""
    job = sample(desk, "register_employer")
    data = yaml.safe_load(job.read_text("utf-8"))
    del data["table"]
    job.write_text(yaml.safe_dump({**data, "rows": [person(1)]}, sort_keys=False), "utf-8")
    return job


def new_code(portal: PracticePortal) -> str:
    """The code of the employer who was registered: whose worker is the one that the job names."""
    number = person(1)["identification"]
    (code,) = {w["employer"] for w in portal.workers("") if w["nric"] == number}
    return str(code)


def reasons(desk: Desk) -> str:
    """What the last run's report says, all of it."""
    return (desk.last_run() / "report.html").read_text("utf-8")


def test_the_portal_receives_what_the_job_declares(desk: Desk, portal: PracticePortal) -> None:
    """Employer, workers of both kinds, papers; the portal's own wording is told beside ours."""
    job = changed(sample(desk, "register_employer"), postal_address_1="1 Jalan Contoh")
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    (filing,) = portal.filings
    form = filing["employer_form"]
    assert (
        form["registrationNo"] == yaml.safe_load(job.read_text())["employer"]["registration_number"]
    )
    assert form["postalAddress1"] == "1 JALAN CONTOH"
    assert [w["kind"] for w in filing["workers"]] == ["local", "local", "local", "foreign"]
    assert filing["workers"][-1]["nokForm"] == "waris-4.pdf"
    said = reasons(desk)
    assert "'1 Jalan Contoh'" in said
    assert "'1 JALAN CONTOH'" in said
    assert "SSFW" in said


@pytest.mark.heavy
def test_the_new_code_serves_later_jobs(desk: Desk, portal: PracticePortal) -> None:
    """An employer registered with this tool needs no line in config/employers.yaml."""
    assert desk.file(small(desk)).returncode == 0
    code = new_code(portal)
    assert code not in (desk.config / "employers.yaml").read_text()
    assert code in reasons(desk)
    later = desk.file(desk.job([person(2)], name="later", employer=code))
    assert later.returncode == 0, later.stderr
    assert portal.submissions == 2
    assert len(portal.workers(code)) == 2


@pytest.mark.heavy
def test_a_worker_added_to_the_job_later_is_not_a_second_registration(
    desk: Desk, portal: PracticePortal
) -> None:
    """The employer is filed once; the sentence names the procedure for more workers."""
    job = small(desk)
    assert desk.file(job).returncode == 0
    data = yaml.safe_load(job.read_text("utf-8"))
    data["rows"].append(person(2))
    job.write_text(yaml.safe_dump(data), "utf-8")
    again = desk.file(job)
    assert again.returncode == 10, again.stderr
    assert "add_employees" in again.stderr
    assert portal.submissions == 1


@pytest.mark.heavy
def test_an_employer_whom_the_portal_lists_is_not_registered_again(
    desk: Desk, portal: PracticePortal
) -> None:
    """With the ledger lost, the look at the portal still finds employer and workers."""
    job = small(desk)
    assert desk.file(job).returncode == 0
    (desk.home / "ledger.sqlite3").rename(desk.home / "lost.sqlite3")
    again = desk.file(job)
    assert again.returncode == 0, again.stderr
    assert "sent by this run: 0 filings; filed before: 2 rows" in again.stdout
    assert portal.submissions == 1


@pytest.mark.heavy
def test_a_number_that_exists_is_refused_unless_a_branch_is_declared(
    desk: Desk, portal: PracticePortal
) -> None:
    """The portal's question is answered by the job, never by habit."""
    # The number belongs to an employer of another portal ID, so that only the lens knows it.
    number = {"registration_number": "9900003-T", "registered_with_ssm": "Before February 2017"}
    job = changed(small(desk), **number)
    done = desk.file(job)
    assert done.returncode == 10, done.stderr
    assert "registering_as_branch" in done.stderr
    assert portal.filings == []
    changed(job, registering_as_branch=True)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert portal.filings[0]["employer_form"]["registeredAsABranch"] == "Yes"


def test_a_choice_that_means_no_option_names_the_nearest(
    desk: Desk, portal: PracticePortal
) -> None:
    """MSIC by code or words; several or none end the filing with what the list offers."""
    job = changed(small(desk), sub_industry_code="Provision shops")
    desk.settings(timeouts={"act_s": 3, "arrive_s": 10, "result_s": 10})
    done = desk.file(job)
    assert done.returncode == 10, done.stderr
    assert "[47111]Provision stores" in done.stderr
    assert portal.filings == []
    assert portal.drafts == []


@pytest.mark.heavy
def test_a_worker_whom_the_portal_refuses_does_not_hold_up_the_registration(
    desk: Desk, portal: PracticePortal
) -> None:
    """The employer is registered with the others."""
    portal.arm("duplicate worker")
    done = desk.file(sample(desk, "register_employer"))
    assert done.returncode == 10, done.stderr
    (filing,) = portal.filings
    assert len(filing["workers"]) == 3


@pytest.mark.heavy
def test_a_lost_answer_is_looked_up_and_brings_the_new_code(
    desk: Desk, portal: PracticePortal
) -> None:
    """Registered once; number and code come from the portal's record."""
    portal.arm("commit, then drop the connection silently")
    done = desk.file(small(desk))
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 1
    assert new_code(portal) in reasons(desk)


@pytest.mark.heavy
def test_a_draft_of_an_earlier_try_is_continued_when_the_setting_says_so(
    desk: Desk, portal: PracticePortal
) -> None:
    """The same number, every value read again, nothing twice."""
    desk.settings(leftover_drafts="continue", retry={"attempts": 1})
    job = sample(desk, "register_employer")
    portal.arm("portlet unavailable", on="documents", times=99)
    assert desk.file(job).returncode == 75
    portal.ask("disarm", {})
    (draft,) = portal.drafts
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    (filing,) = portal.filings
    assert filing["reference"] == draft["reference"]
    assert len(filing["workers"]) == 4
    assert portal.drafts == []


@pytest.mark.heavy
def test_a_private_employers_number_stands_nowhere_but_in_the_evidence(
    desk: Desk, portal: PracticePortal
) -> None:
    """Of a household the registration number is a person's: no log, no name, no ledger has it."""
    job = sample(desk, "register_domestic_employer")
    number = str(yaml.safe_load(job.read_text("utf-8"))["employer"]["registration_number"])
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    digits = number.replace("-", "")
    with sqlite3.connect(desk.home / "ledger.sqlite3") as ledger:
        kept = "\n".join(
            line for line in ledger.iterdump() if 'INTO "filing_rows"' not in line
        )  # the rows' payload is the record itself, blanked after its retention
    ledger.close()
    log = (desk.last_run() / "run.log").read_text("utf-8")
    for text in (kept, log, done.stdout, done.stderr, str(list(desk.home.rglob("*")))):
        assert digits not in text.replace("-", "")
    numbers = [w["ssfw"] for w in portal.workers("") if w["ssfw"]]
    assert [n[:5] for n in numbers] == ["SSFDW"]
