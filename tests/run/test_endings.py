"""Whatever stops a run, each row is told by the ledger first.

Mostly without a browser; the list of stops is the list of the error classes itself.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

import rpa
from rpa import jobs
from rpa.cli.main import app
from rpa.engine import runner as running
from rpa.engine import work
from rpa.engine.agenda import Agenda
from rpa.engine.business_keys import Matters
from rpa.engine.preflight import Preflight
from rpa.engine.runner import Runner
from rpa.engine.watch import Silent
from rpa.errors import SENT_NOTHING, Busy, InDoubt, RpaError, Words
from rpa.evidence.folder import RunFolder
from rpa.ledger import lease as leases
from rpa.ledger.lease import Lease, acquire
from rpa.ledger.ledger import Ledger, LedgerFailed
from rpa.model.filing import Filing, Receipt, RowState
from rpa.settings import Employers, PortalSettings, Settings
from tests.conftest import EMPLOYER, HEADINGS, TODAY, person
from tests.ledger.people import survive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.model.filing import Verdict

FILED_AT = datetime(2026, 11, 19, 2, 30, tzinfo=UTC)
FILED, DOUBT, REJECTED, CORRECTED, NEW = 2, 3, 4, 5, 6
"""The rows: filed, pressed and in doubt, rejected, rejected and corrected since, never met."""
SAID = Words("Kata kesalahan.", "The words of the fault.")


def kinds() -> list[type[RpaError]]:
    """Every way to stop that the code knows, wherever it is written."""
    for module in pkgutil.walk_packages(rpa.__path__, "rpa."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[RpaError]] = []
    more: list[type[RpaError]] = [RpaError]
    while more:
        kind = more.pop()
        found.append(kind)
        more += kind.__subclasses__()
    return sorted(
        {k for k in found if k.__module__.startswith("rpa.")}, key=lambda k: k.__qualname__
    )


def raised(kind: type[RpaError]) -> RpaError:
    """One of that class, whatever its own constructor asks for."""
    error = kind.__new__(kind)
    RpaError.__init__(error, SAID)
    if hasattr(kind, "claims") or kind.__name__ == "Claimed":
        error.claims = ()  # type: ignore[attr-defined]
    return error


def write_job(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [person(n) for n in range(1, 6)]
    sheet.append([HEADINGS[f] for f in rows[0]])
    for row in rows:
        sheet.append([str(value) for value in row.values()])
    book.save(folder / "joiners.xlsx")
    job = {"procedure": "add_employees", "employer": EMPLOYER, "table": {"file": "joiners.xlsx"}}
    path = folder / "joiners.yaml"
    path.write_text(yaml.safe_dump(job))
    return path


@dataclass
class Office:
    """A job, settings whose portal nobody serves, and a ledger that remembers earlier runs."""

    folder: Path

    def __post_init__(self) -> None:
        plan = jobs.check(write_job(self.folder), today=datetime.fromisoformat(TODAY).date()).plan
        assert plan is not None
        self.plan: Plan = plan
        email = "clerk@example.test"
        holder = {
            "email": email,
            "employers": [EMPLOYER],
            "password": {"command": ["printf", "x"]},
            "security_phrase": {"command": ["printf", "y"]},
        }
        (self.folder / "config").mkdir()
        (self.folder / "config" / "employers.yaml").write_text(
            yaml.safe_dump({"portal_ids": [holder]})
        )
        self.known = Settings(
            config=self.folder / "config",
            home=self.folder / "home",
            portal=PortalSettings(address="http://127.0.0.1:9", name="practice"),
            ledger=str(self.folder / "home" / "ledger.sqlite3"),
            clock=datetime.fromisoformat(TODAY).date(),
        )
        self.ledger = Ledger.open(self.known.ledger)
        self.lease_name = self.ledger.lease_name("practice", email)
        self.run_folder = RunFolder.create(
            self.known.runs, job_name="joiners", now=self.known.now()
        )

    def remember(self, *, doubt: bool) -> None:
        """What runs of yesterday left: 2 filed, 3 in doubt, 4 and 5 rejected by an officer."""
        self.ledger.start_run("yesterday", job_digest=self.plan.digest, folder="runs/1")
        with acquire(self.ledger, self.lease_name, holder="yesterday", on_freeze=survive) as lease:
            self._filed(lease, FILED, "CAN11202600000002", self.plan.digest)
            if doubt:
                filing = self._pressed(lease, DOUBT, self.plan.digest)
                self.ledger.in_doubt(filing.id, Words("?", "?"), lease)
            for row, digest in ((REJECTED, self.plan.digest), (CORRECTED, "of another job")):
                filing = self._filed(lease, row, f"CAN1120260000000{row}", digest)
                self.ledger.decided(filing.id, "Rejected", Words("Tidak", "No"), lease)

    def _filed(self, lease: Lease, row: int, reference: str, digest: str) -> Filing[Any]:
        filing = self._pressed(lease, row, digest)
        self.ledger.filed(filing.id, Receipt(reference, FILED_AT), lease, reconciled=False)
        return filing

    def _pressed(self, lease: Lease, row: int, digest: str) -> Filing[Any]:
        job = self.plan.job
        subject = Matters(self.plan, self.ledger, "practice").subject
        rows = tuple(r for r in self.plan.rows if r.number == row)
        filing = Filing(f"filing-{row}", job.procedure, subject, rows, (), job)
        self.ledger.plan(filing, lease, portal="practice", run_id="yesterday", job_digest=digest)
        self.ledger.intend(filing.id, [row], lease, margin_s=1)
        return filing

    def runner(self, *, rehearse: bool = False) -> Runner:
        agenda = Agenda.of(self.known, self.plan, self.ledger, scheduled=False)
        return Runner(
            self.known, self.plan, self.ledger, self.run_folder, Silent(), rehearse, agenda,
            on_freeze=survive,
        )  # fmt: skip

    def last_exit(self) -> int | None:
        return self.ledger.summary(last_runs=1).runs[0].exit


Place = tuple[Any, str]
# Where a run can be stopped, in the order of its way. A place is an object and its attribute.
PLACES: dict[str, Place] = {
    "the portal IDs": (Settings, "employers"),
    "whose portal ID": (Employers, "holder_of"),
    "the secrets": (running, "Session"),
    "the lease": (leases, "acquire"),
    "the work begins": (work.Work, "__init__"),
    "what is not settled": (Ledger, "unsettled"),
    "a left-over plan": (Ledger, "dissolve_planned"),
    "the days": (Agenda, "sort"),
    "the gate": (Preflight, "open"),
    "a filing is planned": (Ledger, "plan"),
    "an attempt": (work._Attempt, "make"),
    "the calendar is closed": (Agenda, "done"),
}


def stops_at(place: str, kind: type[RpaError], monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> Any:
        raise raised(kind)

    # Nobody is at the portal: the look at an earlier doubt finds that out by itself.
    monkeypatch.setattr(work.Work, "settle", _no_look)
    monkeypatch.setattr(Preflight, "open", lambda *_: None)
    monkeypatch.setattr(work._Attempt, "make", lambda _: None)
    monkeypatch.setattr(work.Work, "tries", lambda _: lambda call: call())
    monkeypatch.setattr(*PLACES[place], stop)


def _no_look(*_: object, **__: object) -> Any:
    raise InDoubt(SAID)


def check_rows(told: dict[int, Verdict[Any]], *, doubt: bool) -> None:
    """Filed with number and time, in doubt, refused before; of the others what is true."""
    assert set(told) == {FILED, DOUBT, REJECTED, CORRECTED, NEW}
    filed = told[FILED]
    assert (filed.state, filed.reference) == (RowState.FILED, "CAN11202600000002")
    assert (filed.at, filed.before) == (FILED_AT, True)
    assert told[DOUBT].state is (RowState.IN_DOUBT if doubt else RowState.NOT_SENT)
    rejected = told[REJECTED]
    assert (rejected.state, rejected.reference) == (RowState.REFUSED, "CAN11202600000004")
    corrected = told[CORRECTED]
    assert (corrected.state, corrected.reference) in {
        (RowState.NOT_SENT, "CAN11202600000005"),
        (RowState.NOT_SENT, ""),  # the run had taken it up, and did not reach it
    }
    assert told[NEW].state is RowState.NOT_SENT
    known = [told[n] for n in (FILED, REJECTED, CORRECTED, *([DOUBT] if doubt else []))]
    for words in (w.reason for w in known):
        assert "nothing was sent" not in words.en.lower()
        assert "tiada apa-apa dihantar" not in words.bm.lower()


def every_stop(*, all_of_them: bool) -> Iterator[tuple[str, type[RpaError]]]:
    """Each error class at each place; or each at one of them, so that every place has its turn."""
    if all_of_them:
        yield from itertools.product(PLACES, kinds())
        return
    found = kinds()
    assert len(found) > len(PLACES)
    yield from zip(itertools.cycle(PLACES), found, strict=False)


@pytest.mark.parametrize("all_of_them", [False, pytest.param(True, marks=pytest.mark.heavy)])
def test_whatever_stops_a_run_tells_each_row_by_the_ledger(
    all_of_them: bool,  # noqa: FBT001  pytest's
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every error class there is: rows, exit code, words, `status`."""
    office = Office(tmp_path)
    office.remember(doubt=True)
    for place, kind in every_stop(all_of_them=all_of_them):
        with monkeypatch.context() as patched:
            stops_at(place, kind, patched)
            outcome = office.runner().run()
        check_rows(outcome.verdicts, doubt=True)
        assert outcome.exit_code == InDoubt.exit_code, (place, kind)
        assert office.last_exit() == InDoubt.exit_code, (place, kind)
        if error := outcome.stopped_by:
            assert "Nothing was sent" not in f"{error.next_move} {outcome.sent}", (place, kind)
    office.ledger.close()


@pytest.mark.parametrize("all_of_them", [False, pytest.param(True, marks=pytest.mark.heavy)])
def test_without_a_doubt_the_stop_itself_says_whose_move_it_is(
    all_of_them: bool,  # noqa: FBT001  pytest's
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same without a row in doubt: the error's own code, and the row never met says why."""
    office = Office(tmp_path)
    office.remember(doubt=False)
    for place, kind in every_stop(all_of_them=all_of_them):
        with monkeypatch.context() as patched:
            stops_at(place, kind, patched)
            outcome = office.runner().run()
        check_rows(outcome.verdicts, doubt=False)
        assert office.last_exit() == outcome.exit_code, (place, kind)
        if outcome.stopped_by:
            assert outcome.exit_code == kind.exit_code, (place, kind)
            reason = outcome.verdicts[NEW].reason
            assert SAID.en in reason.en
            assert reason.en.endswith("Nothing was sent.")
            assert reason.bm.endswith("Tiada apa-apa dihantar.")
    office.ledger.close()


def test_no_error_claims_by_itself_that_nothing_was_sent() -> None:
    """It knows neither the run before it nor the ledger: the run says it, where it is so."""
    for kind in kinds():
        moves = f"{kind.next_move.en} {kind.next_move.bm}".lower()
        assert "nothing was sent" not in moves, kind
        assert "tiada apa-apa dihantar" not in moves, kind


@pytest.mark.parametrize("reads", [0, 1])
def test_a_ledger_that_fails_half_way_is_told_as_it_was_read_last(
    reads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read once, it is believed; never read, no row is "not sent": nobody can know."""
    office = Office(tmp_path)
    office.remember(doubt=True)
    runner = office.runner()
    left = [reads]
    real: Callable[..., Any] = Ledger.standing

    def failing(self: Ledger, keys: Any) -> Any:
        if not left[0]:
            raise raised(LedgerFailed)
        left[0] -= 1
        return real(self, keys)

    monkeypatch.setattr(Ledger, "standing", failing)
    outcome = runner.run()
    if reads:
        check_rows(outcome.verdicts, doubt=True)
        assert outcome.exit_code == InDoubt.exit_code
    else:
        assert {v.state.value for v in outcome.verdicts.values()} == {"unknown"}
        assert outcome.exit_code == LedgerFailed.exit_code
        assert all("not known" in v.reason.en for v in outcome.verdicts.values())
    office.ledger.close()


# --- the command; none of these runs comes as far as a browser ---------------------------------


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """What yesterday left, and a portal that nobody serves: reaching for it would be seen."""
    office = Office(tmp_path)
    office.remember(doubt=True)
    office.ledger.close()
    portal = {"address": "http://127.0.0.1:9", "name": "practice"}
    (office.known.config / "portal.yaml").write_text(yaml.safe_dump(portal))
    return office


class Said(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def assist(office: Office, *words: str) -> Said:
    """The command, in this process: it never comes as far as a browser."""
    env = {
        "ASSIST_RPA_CONFIG": str(office.known.config),
        "ASSIST_RPA_HOME": str(office.known.home),
        "ASSIST_RPA_TODAY": TODAY,
        "ASSIST_RPA_LANGUAGE": "en",
        "COLUMNS": "200",
    }
    command, job, *how = words
    said = CliRunner().invoke(app, [command, str(office.folder / job), *how], env=env)
    return Said(said.exit_code, said.stdout, said.stderr)


def no_secret(office: Office) -> None:
    path = office.known.config / "employers.yaml"
    path.write_text(path.read_text().replace("printf", "false"))


def no_employer(office: Office) -> None:
    path = office.known.config / "employers.yaml"
    path.write_text(path.read_text().replace(EMPLOYER, "E9900002001F"))


def no_calendar(office: Office) -> None:
    (office.known.config / "calendar.yaml").write_text("window: soon\n")


def no_room(office: Office) -> None:
    shutil.rmtree(office.known.runs)
    office.known.runs.write_text("in the way of a folder")


@pytest.mark.parametrize("hindrance", [no_secret, no_employer, no_calendar, no_room])
@pytest.mark.parametrize("how", [("--submit",), ()])
def test_the_command_that_stops_early_forgets_nothing(
    office: Office, hindrance: Callable[[Office], None], how: tuple[str, ...]
) -> None:
    """Rows and exit code by the ledger, no "nothing was sent", and `status` lists the run."""
    hindrance(office)
    said = assist(office, "run", "joiners.yaml", *how)
    assert said.returncode == InDoubt.exit_code, said.stderr
    assert "in doubt: 1 of 5 rows" in said.stdout
    assert "not sent: 2 of 5 rows" in said.stdout
    assert "nothing was sent" not in (said.stdout + said.stderr).lower()
    assert "This run sent nothing." in said.stderr
    with Ledger.open(office.known.ledger) as ledger:
        assert ledger.summary().runs[0].exit == InDoubt.exit_code
    if hindrance in (no_calendar, no_room):  # no report: the rows are told here
        assert "CAN11202600000002" in said.stdout
        return
    folder = max(path for path in office.known.runs.iterdir() if (path / "report.html").is_file())
    report = (folder / "report.html").read_text()
    assert "CAN11202600000002" in report
    assert "Rehearsal: nothing was sent" not in report
    sheet = openpyxl.load_workbook(folder / "joiners.xlsx").worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    assert told[0]["ASSIST reference"] == "CAN11202600000002"
    assert told[0]["ASSIST time"] == "19/11/2026 10:30"
    assert "in doubt" in str(told[1]["ASSIST status"])
    assert str(told[4]["ASSIST reason (EN)"]).endswith("Nothing was sent.")


def test_a_busy_portal_id_forgets_nothing(office: Office) -> None:
    """Exit 75 would pass for "all in order, later" in a timer; the doubt is told instead."""
    with (
        Ledger.open(office.known.ledger) as ledger,
        acquire(ledger, office.lease_name, holder="another", on_freeze=survive),
    ):
        said = assist(office, "run", "joiners.yaml", "--submit")
    assert said.returncode == InDoubt.exit_code, said.stderr
    assert "Another run is using this portal ID" in said.stderr
    assert "nothing was sent" not in (said.stdout + said.stderr).lower()
    assert "filed 1 of 5 rows in 1 filing" in said.stdout


def test_a_row_that_another_run_may_be_sending_now_is_neither(tmp_path: Path) -> None:
    """Two timers at once: the second knows of an intent and that a run is at work: 75."""
    office = Office(tmp_path)
    office.remember(doubt=False)
    with acquire(office.ledger, office.lease_name, holder="now", on_freeze=survive) as lease:
        office._pressed(lease, NEW, office.plan.digest)
        outcome = office.runner().run()
    assert outcome.verdicts[NEW].state is RowState.UNKNOWN
    assert outcome.exit_code == Busy.exit_code
    assert outcome.sent is SENT_NOTHING
    office.ledger.close()


def test_due_that_stops_early_forgets_nothing(office: Office) -> None:
    """Its job has rows without a date, and then its clock goes back: the doubt wins both times."""
    said = assist(office, "due", "joiners.yaml")
    assert said.returncode == InDoubt.exit_code, said.stderr
    assert "rows without a date" in said.stderr
    assert "CAN11202600000002" in said.stdout
    with Ledger.open(office.known.ledger) as ledger:
        later = office.known.today() + timedelta(days=3)
        ledger.start_due("later", portal="practice", job="x/y.yaml", day=later)
    said = assist(office, "due", "joiners.yaml")
    assert said.returncode == InDoubt.exit_code, said.stderr
    assert "clock says" in said.stderr
    assert "nothing was sent" not in (said.stdout + said.stderr).lower()


def test_an_invalid_job_claims_no_more_than_it_knows(office: Office) -> None:
    """Without a plan nobody knows the rows: only that this run sent nothing."""
    path = office.folder / "joiners.yaml"
    path.write_text(f"{path.read_text()}rowz: []\n")
    said = assist(office, "run", "joiners.yaml", "--submit")
    assert said.returncode == 65
    assert "This run sent nothing." in said.stderr
    assert "Nothing was sent" not in said.stderr
