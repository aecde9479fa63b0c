"""What becomes of a case after it was sent: looked up, told, and never pressed again."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from rpa.ledger.lease import acquire
from rpa.ledger.ledger import Ledger
from rpa.model.filing import Filing, Receipt, Row
from rpa.rules.employee import Employee
from tests.conftest import EMPLOYER, person
from tests.evidence.noted import faults
from tests.flows.samples import sample

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from tests.conftest import Desk, PracticePortal

REASON = "Salinan kad pengenalan tidak jelas."
NOBODY = "CAN112026999999{:02}"  # a number that the portal never gave

SECOND = "second@contoh.example"


@pytest.fixture
def officer(portal: PracticePortal) -> PracticePortal:
    """A portal where every case goes to an officer first."""
    portal.ask("settings", {"officer": True})
    return portal


def sent(desk: Desk, officer: PracticePortal, *numbers: int) -> tuple[Path, list[str]]:
    """A job with one case for each of these people, filed; their case numbers in order."""
    job = desk.job([person(n) for n in numbers], rows_per_filing=1)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    return job, [filing["reference"] for filing in officer.filings]


def decide(officer: PracticePortal, reference: str, status: str, reason: str = "") -> None:
    officer.ask("decide", {"reference": reference, "status": status, "reason": reason})


def last_line(done: CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[-1]


def letters(desk: Desk) -> list[str]:
    """The letters in the newest run folder, without the filing's number before them."""
    names = (path.name for path in (desk.last_run() / "letters").iterdir())
    return sorted(name.partition("-")[2] for name in names)


def assert_whole(folder: Path) -> None:
    """The evidence of a round is sealed, and its report is there."""
    assert faults(folder) == []
    assert (folder / "report.html").is_file()


def test_who_waits_in_a_case_of_ours_is_filed_in_no_second_one(
    desk: Desk, officer: PracticePortal
) -> None:
    """With another start date the row is another matter, and the portal lists nobody of it yet."""
    _, (reference,) = sent(desk, officer, 1)
    again = desk.file(desk.job([person(1, employment_start_date="2026-11-12")]))
    assert again.returncode == 10, again.stderr
    (row,) = desk.returned()
    assert f"Case {reference} about the same person waits" in row["ASSIST reason (EN)"]
    assert (officer.submissions, officer.drafts) == (1, [])


@pytest.mark.heavy
def test_an_approved_case_is_told_once_and_closed(desk: Desk, officer: PracticePortal) -> None:
    """Its letter and a picture are kept; the next round has nothing left to look at."""
    _, (reference,) = sent(desk, officer, 1)
    pending = desk.assist("follow")
    assert pending.returncode == 0, pending.stderr
    assert last_line(pending).endswith("0 approved, 0 under query, 0 rejected, 1 still pending")
    decide(officer, reference, "Approved")
    done = desk.assist("follow")
    assert done.returncode == 0, done.stderr
    assert "Pending for Review -> Approved" in done.stdout
    assert last_line(done) == (
        "followed 1 case: 1 approved, 0 under query, 0 rejected, 0 still pending"
    )
    assert letters(desk) == ["Letter-of-acknowledgement.pdf", "Letter-of-successful-update.pdf"]
    assert [path.suffix for path in (desk.last_run() / "pictures").iterdir()] == [".png"]
    assert_whole(desk.last_run())
    assert last_line(desk.assist("follow")).startswith("followed 0 cases")
    assert "Approved" in desk.assist("status").stdout
    assert officer.submissions == 1


def test_every_row_comes_back_with_what_perkeso_decided(
    desk: Desk, officer: PracticePortal
) -> None:
    """Approved, under query, rejected: in the operator's own workbook; again: the same."""
    job, (approved, queried, rejected) = sent(desk, officer, 1, 2, 3)
    decide(officer, approved, "Approved")
    decide(officer, queried, "Under Query", REASON)
    decide(officer, rejected, "Rejected", REASON)
    for again in (False, True):
        done = desk.assist("follow", job)
        assert done.returncode == 10, done.stderr
        told = [(r["ASSIST status"], r["ASSIST reason (EN)"]) for r in desk.returned()]
        assert told[0] == ("difailkan / filed", "Filed, and approved by PERKESO.")
        assert told[1][0] == "difailkan / filed"
        assert "under query by PERKESO, see the letter" in told[1][1]
        assert told[2][0] == "ditolak / refused"
        assert told[2][1].startswith("PERKESO's officer rejected this case")
        assert all(REASON in told[n][1] for n in (1, 2))
        references = [r["ASSIST reference"] for r in desk.returned()]
        assert references == [approved, queried, rejected]
        # What stands as it stood is read in the inbox and not fetched again.
        assert ("Letter-of-inquiry.pdf" in letters(desk)) is not again
        assert_whole(desk.last_run())
    assert officer.submissions == 3


@pytest.mark.heavy
def test_a_case_under_query_asks_for_a_person_every_round(
    desk: Desk, officer: PracticePortal
) -> None:
    """As long as it stands so, and `status` names it."""
    _, (reference,) = sent(desk, officer, 1)
    decide(officer, reference, "Under Query", REASON)
    for _ in range(2):
        done = desk.assist("follow")
        assert done.returncode == 13, done.stderr
        assert last_line(done).endswith("0 approved, 1 under query, 0 rejected, 0 still pending")
    shown = desk.assist("status").stdout
    assert reference in shown
    assert "Under Query" in shown


@pytest.mark.heavy
def test_a_rejected_row_is_filed_anew_when_it_is_corrected(
    desk: Desk, officer: PracticePortal
) -> None:
    """As a second case, and only after the portal's record said that the first is rejected."""
    job, (first,) = sent(desk, officer, 1)
    decide(officer, first, "Rejected", REASON)
    assert desk.file(job).returncode == 0  # not followed yet: the row counts as filed
    assert officer.submissions == 1
    assert desk.assist("follow", job).returncode == 10
    job = desk.job([person(1, name="CONTOH REKAAN BETUL")], rows_per_filing=1)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    second = officer.filings[1]["reference"]
    assert desk.returned()[0]["ASSIST reference"] == second != first
    assert officer.filings[1]["workers"][0]["nameOfEmployee"] == "CONTOH REKAAN BETUL"
    done = desk.assist("follow", job)
    assert done.returncode == 0, done.stderr
    assert "still with PERKESO's officer" in desk.returned()[0]["ASSIST reason (EN)"]
    assert officer.submissions == 2


@pytest.mark.heavy
def test_a_case_that_is_not_listed_is_said_and_the_others_are_read(
    desk: Desk, officer: PracticePortal
) -> None:
    """An empty answer decides nothing; once it is listed, it is read."""
    officer.arm("listed late", seconds=3600)
    job, (late, other) = sent(desk, officer, 1, 2)
    for reference in (late, other):
        decide(officer, reference, "Rejected")
    done = desk.assist("follow", job)
    assert done.returncode == 10, done.stderr
    assert "does not list this case" in done.stderr
    assert late in done.stderr
    assert "not read: 1 of 2 cases" in done.stdout
    states = [row["ASSIST status"] for row in desk.returned()]
    assert states == ["difailkan / filed", "ditolak / refused"]
    assert "does not list" in desk.returned()[0]["ASSIST reason (EN)"]
    officer.ask("show", {})
    assert last_line(desk.assist("follow")).startswith("followed 1 case")
    assert officer.submissions == 2


@pytest.mark.heavy
def test_a_lost_session_is_renewed_and_the_round_goes_on(
    desk: Desk, officer: PracticePortal
) -> None:
    """One more log-in, every case read, nothing sent."""
    _, references = sent(desk, officer, 1, 2)
    for reference in references:
        decide(officer, reference, "Approved")
    before = len(officer.ask("logins"))
    officer.arm("session expired", on="registration/myassist", skip=2)
    done = desk.assist("follow")
    assert done.returncode == 0, done.stderr
    assert last_line(done).startswith("followed 2 cases: 2 approved")
    assert len(officer.ask("logins")) == before + 2
    assert officer.submissions == 2


@pytest.mark.heavy
def test_two_jobs_are_followed_in_one_session(desk: Desk, officer: PracticePortal) -> None:
    """Each gets a run folder with its own workbook; the portal sees one log-in."""
    for number, name in ((1, "one"), (2, "two")):
        assert desk.file(desk.job([person(number)], name=name)).returncode == 0
    before = len(officer.ask("logins"))
    done = desk.assist("follow", desk.folder / "one.yaml", desk.folder / "two.yaml")
    assert done.returncode == 0, done.stderr
    assert last_line(done).startswith("followed 2 cases")
    assert len(officer.ask("logins")) == before + 1
    for name in ("one", "two"):
        folders = (desk.home / "runs").glob(f"*-{name}*")
        folder = max(folders, key=lambda made: made.stat().st_mtime_ns)
        assert (folder / f"{name}.xlsx").is_file()
        assert_whole(folder)


@pytest.mark.heavy
def test_an_employer_approved_later_is_known_by_his_code_from_then_on(
    desk: Desk, officer: PracticePortal
) -> None:
    """The case page gives it: the job's row is told, and the ledger knows who holds him."""
    job = sample(desk, "register_employer")
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    (reference,) = [filing["reference"] for filing in officer.filings]
    decide(officer, reference, "Approved")
    done = desk.assist("follow", job)
    assert done.returncode == 0, done.stderr
    with Ledger.open(desk.home / "ledger.sqlite3") as ledger:
        portal_name = urlsplit(officer.address).netloc
        (known,) = ledger.known_employers(portal_name)
        assert known.lease_name == ledger.lease_name(portal_name, officer.email)
    assert known.reference == reference
    assert known.code in (desk.last_run() / "report.html").read_text()
    assert "Letter-of-approval.pdf" in letters(desk)
    again = desk.assist("follow", job)
    assert known.code in (desk.last_run() / "report.html").read_text(), again.stderr


@pytest.mark.heavy
def test_a_number_written_down_in_part_finds_no_case(desk: Desk, officer: PracticePortal) -> None:
    """The inbox searches for parts of numbers; another's decision is never taken for one's own."""
    _, (reference,) = sent(desk, officer, 1)
    remembered(desk, reference[:-2], first=2)
    done = desk.assist("follow")
    assert done.returncode == 75, done.stderr
    assert f"at: {reference[:-2]}\n" in done.stderr
    assert last_line(done).startswith("followed 1 case")


# --- cases that only the ledger knows: quick, for no robot has to file them first ---


def remembered(desk: Desk, *references: str, email: str = "", first: int = 1) -> None:
    """Write cases into the ledger as if this tool had filed them."""
    portal_name = urlsplit(desk.portal.address).netloc
    with Ledger.open(desk.home / "ledger.sqlite3") as ledger:
        name = ledger.lease_name(portal_name, email or desk.portal.email)
        run_id = uuid.uuid4().hex
        with acquire(ledger, name, holder=run_id) as lease:
            ledger.start_run(run_id, job_digest="d", folder="runs/1")
            how: dict[str, Any] = {"portal": portal_name, "run_id": run_id, "job_digest": "d"}
            for number, reference in enumerate(references, first):
                record = Employee.model_validate(person(number))
                rows = (Row(number, f"joiners.xlsx!People!{number}", record),)
                filing = Filing(uuid.uuid4().hex, "add_employees", EMPLOYER, rows)
                ledger.plan(filing, lease, **how)
                ledger.intend(filing.id, [number], lease, margin_s=10)
                receipt = Receipt(reference, datetime.now(UTC), status="Pending for Review")
                ledger.filed(filing.id, receipt, lease, reconciled=False)


def configure_second(desk: Desk, *, variable: str = "CANARY_PASSWORD") -> None:
    """A portal ID before the desk's own, with its secrets in this environment variable."""
    path = desk.config / "employers.yaml"
    known = yaml.safe_load(path.read_text())
    secrets = {key: {"env": variable} for key in ("password", "security_phrase")}
    known["portal_ids"].insert(0, {"email": SECOND, "employers": [EMPLOYER], **secrets})
    path.write_text(yaml.safe_dump(known))


@pytest.mark.heavy
def test_a_case_the_portal_does_not_know_leaves_everything_as_it_was(
    desk: Desk, portal: PracticePortal
) -> None:
    """It is told by its number, and run again later: nobody is refused for an empty answer."""
    remembered(desk, NOBODY.format(1))
    done = desk.assist("follow")
    assert done.returncode == 75, done.stderr
    assert NOBODY.format(1) in done.stderr
    assert "nothing was changed" in done.stderr
    assert "Pending for Review -> ?" in done.stdout
    assert last_line(done).startswith("followed 0 cases")
    with Ledger.open(desk.home / "ledger.sqlite3") as ledger:
        (case,) = ledger.open_cases(urlsplit(portal.address).netloc)
    assert case.portal_status == "Pending for Review"


@pytest.mark.heavy
def test_a_portal_that_is_down_is_tried_a_few_times_and_not_for_every_case(
    desk: Desk, portal: PracticePortal
) -> None:
    """What keeps the inbox from being reached is no fault of a case; the next round goes on."""
    remembered(desk, *(NOBODY.format(n) for n in range(1, 9)))
    portal.arm("maintenance page", times=500)
    done = desk.assist("follow")
    assert done.returncode == 75, done.stderr
    assert "under maintenance" in done.stderr
    assert done.stderr.count("look at CAN") <= 3
    assert "not read: 8 of 8 cases" in done.stdout


@pytest.mark.heavy
def test_a_portal_id_at_work_elsewhere_is_said_and_skipped(
    desk: Desk, portal: PracticePortal
) -> None:
    """Two sessions of one log-in break each other; the next portal ID's cases are read."""
    remembered(desk, NOBODY.format(1), email=SECOND)
    remembered(desk, NOBODY.format(2), first=2)
    configure_second(desk)
    with Ledger.open(desk.home / "ledger.sqlite3") as ledger:
        name = ledger.lease_name(urlsplit(portal.address).netloc, SECOND)
        with acquire(ledger, name, holder="another"):
            done = desk.assist("follow")
    assert done.returncode == 75, done.stderr
    assert "Another run is using this portal ID" in done.stderr
    assert f"look at {NOBODY.format(2)}" in done.stderr
    assert [one["email"] for one in portal.ask("logins")] == [portal.email]


@pytest.mark.heavy
def test_cases_of_a_portal_id_that_is_not_configured_here_are_counted_and_left(
    desk: Desk, portal: PracticePortal
) -> None:
    """On a shared ledger each computer follows its own; another's is nobody's trouble here."""
    remembered(desk, NOBODY.format(1), NOBODY.format(2), email="other@contoh.example")
    done = desk.assist("follow")
    assert done.returncode == 0, done.stderr
    assert "2 cases" in done.stderr
    assert "not read: 2 of 2 cases" in done.stdout
    assert portal.ask("logins") == []


@pytest.mark.heavy
def test_one_missing_secret_does_not_hold_up_the_other_portal_ids(
    desk: Desk, portal: PracticePortal
) -> None:
    """The first has no password here: told, and the second's case is looked for."""
    remembered(desk, NOBODY.format(1), email=SECOND)
    remembered(desk, NOBODY.format(2), first=2)
    configure_second(desk, variable="NO_SUCH_SECRET")
    done = desk.assist("follow")
    assert done.returncode == 78, done.stderr
    assert "NO_SUCH_SECRET" in done.stderr
    assert f"look at {NOBODY.format(2)}" in done.stderr
    assert [one["email"] for one in portal.ask("logins")] == [portal.email]


def test_following_without_any_case_is_no_error(desk: Desk) -> None:
    """Not even a portal ID is asked for."""
    (desk.config / "employers.yaml").unlink()
    done = desk.assist("follow")
    assert done.returncode == 0, done.stderr
    assert last_line(done) == (
        "followed 0 cases: 0 approved, 0 under query, 0 rejected, 0 still pending"
    )


def test_a_row_that_was_never_filed_is_told_as_such(desk: Desk, portal: PracticePortal) -> None:
    """Following a job sends nothing of it."""
    done = desk.assist("follow", desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert desk.returned()[0]["ASSIST status"] == "belum dihantar / not sent"
    assert "has never filed this row" in desk.returned()[0]["ASSIST reason (EN)"]
    assert portal.ask("logins") == []
