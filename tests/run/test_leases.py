"""One portal ID, one run at work: real runs, frozen, overtaken, on two machines; counted there.

A run is frozen with SIGSTOP at a named point of the drill, alone or with its browser, as a laptop
is that sleeps. Meanwhile another run takes its lease and works; then the frozen one wakes up.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

if sys.platform != "linux":
    pytest.skip("freezes processes and looks into /proc", allow_module_level=True)

from drill.points import CONTROL, MARK, RECEIVED, bearing, send
from rpa.ledger.ledger import Ledger
from rpa.ledger.tables import clock, drafts, filing_rows, filings, leases
from tests.cli.test_due import FRIDAY, employ, leavers, left
from tests.conftest import Desk, person
from tests.flows.samples import quick
from tests.ledger.conftest import postgres_server, postgres_url  # noqa: F401  fixtures
from tests.run.stepped import STEP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import PracticePortal

ROOT = Path(__file__).parents[2]
LONG, SHORT = 300.0, 8.0  # leases: no freeze of a test is half as long; any is as long
HOUR = 60 * 60
DAY = 24 * HOUR
BUSY = "Another run is using this portal ID: computer {host}, process {pid}, since "
LOST = "This run no longer holds its portal ID"


@dataclass
class Run:
    """A run that stands still where it was told to."""

    process: subprocess.Popen[bytes]
    mark: str
    said: Path

    def wake(self) -> None:
        """Go on, with all that belongs to it."""
        for one in bearing(self.mark):
            one.resume()

    def end(self) -> tuple[int, str]:
        """Wait for its end; its exit code and all that it said."""
        return self.process.wait(240), self.said.read_text("utf-8")

    def kill(self) -> None:
        """With its browser, as when the machine goes."""
        for one in bearing(self.mark):
            send(one, signal.SIGKILL)
        self.process.wait(60)


@dataclass
class Office:
    """Starts runs of a desk, frozen at a point or not; none outlives the test."""

    portal: PracticePortal
    started: list[Run] = field(default_factory=list)

    def begin(
        self, desk: Desk, point: str, *words: str | Path, machine: bool = False, host: str = ""
    ) -> Run:
        """A run that will freeze at the point (``none``: nowhere); ``host`` names its computer."""
        mark = uuid.uuid4().hex
        module = "tests.run.stepped" if STEP in desk.env else "drill.child"
        options = ["--stop", *(["--machine"] if machine else [])] if point != "none" else []
        typed = [sys.executable, "-m", module, point, *options, "--", *map(str, words)]
        named = ["unshare", "--uts", "sh", "-c", 'hostname "$0" && exec "$@"', host]
        said = desk.folder / f"said-{mark}.txt"
        with said.open("wb") as out:
            process = subprocess.Popen(
                [*(named if host else []), *typed],
                cwd=desk.folder,
                env={
                    **desk.env,
                    "PYTHONPATH": str(ROOT),
                    MARK: mark,
                    CONTROL: self.portal.control,
                },
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.started.append(Run(process, mark, said))
        return self.started[-1]

    def freeze(self, desk: Desk, point: str, *words: str | Path, **how: Any) -> Run:
        """A run that stands still at the point by now."""
        run = self.begin(desk, point, *words, **how)
        _, status = os.waitpid(run.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), run.said.read_text("utf-8")
        return run

    def run(self, desk: Desk, *words: str | Path, **how: Any) -> tuple[int, str]:
        """A run from its start to its end."""
        return self.begin(desk, "none", *words, **how).end()


@pytest.fixture
def office(portal: PracticePortal) -> Iterator[Office]:
    made = Office(portal)
    yield made
    for run in made.started:
        run.kill()


@pytest.fixture
def job(desk: Desk) -> tuple[str | Path, ...]:
    """The words that file one changed employer; the portal takes such a change twice."""
    desk.settings(lease_s=LONG)
    return ("run", quick(desk, "update_employer"), "--submit")


def ledger_of(desk: Desk) -> Ledger:
    return Ledger.open(desk.env.get("ASSIST_RPA_LEDGER", desk.home / "ledger.sqlite3"))


def run_out(desk: Desk) -> None:
    """As if the lease's time had passed."""
    with ledger_of(desk) as ledger, ledger.store.writing() as conn:
        conn.execute(update(leases).values(expires_at=clock(-1)))


def wait_until_run_out(desk: Desk) -> None:
    """A lease that nobody renews any more runs out by itself."""

    def held() -> bool:
        with ledger.store.reading() as conn:
            return bool(conn.scalars(select(leases.c.expires_at > clock())).one())

    with ledger_of(desk) as ledger:
        wait = Retrying(
            retry=retry_if_result(bool), stop=stop_after_delay(120), wait=wait_fixed(0.2)
        )
        wait(held)


def kept(desk: Desk) -> list[Any]:
    """What the ledger knows of filings, rows, drafts and leases."""
    with ledger_of(desk) as ledger, ledger.store.reading() as conn:
        return [
            list(conn.execute(table.select())) for table in (filings, filing_rows, drafts, leases)
        ]


def presses(portal: PracticePortal) -> list[str]:
    """The session of every last press that the portal received."""
    return [post["session"] for post in portal.ask("received") if "commit" in post["action"]]


def logged_in(portal: PracticePortal) -> int:
    """How many sessions there were."""
    return len([one for one in portal.ask("logins") if one["outcome"] == "in"])


# --- two at once ------------------------------------------------------------------------------


@pytest.mark.heavy
def test_of_two_timers_at_once_one_files_and_the_other_says_who_is_at_work(
    desk: Desk, portal: PracticePortal, office: Office
) -> None:
    """Two `due` of one portal ID: the second leaves with 75; one session, one filing."""
    desk.settings(lease_s=LONG)
    employ(portal, 1)
    job = leavers(desk, FRIDAY)
    first = office.freeze(desk, "after look", "due", job)
    code, said = office.run(desk, "due", job)
    assert code == 75, said
    assert BUSY.format(host=socket.gethostname(), pid=first.process.pid) in said
    assert "Nothing was sent" in said
    first.wake()
    assert first.end()[0] == 0
    assert (logged_in(portal), len(left(portal)), portal.submissions) == (1, 1, 1)


@pytest.mark.heavy
@pytest.mark.parametrize("command", ["due", "run"])
def test_of_four_at_once_one_works_at_a_time(
    desk: Desk, portal: PracticePortal, office: Office, command: str
) -> None:
    """Started together, in whatever order they come: a second session is never there."""
    desk.settings(lease_s=LONG)
    employ(portal, 1)
    words: list[str | Path] = ["due", leavers(desk, FRIDAY)]
    if command == "run":
        words = ["run", quick(desk, "update_employer"), "--submit"]
    begun = [office.begin(desk, "none", *words) for _ in range(4)]
    codes = sorted(run.end()[0] for run in begun)
    assert codes[0] == 0
    assert set(codes) <= {0, 75}
    assert (portal.submissions, len(presses(portal))) == (1, 1)
    assert portal.ask("sessions")["ended_by_second_log_in"] <= codes.count(0) - 1


# --- frozen, overtaken, awake again -----------------------------------------------------------


def test_who_was_overtaken_between_intent_and_press_never_presses(
    desk: Desk, portal: PracticePortal, office: Office, job: tuple[str | Path, ...]
) -> None:
    """Too short a sleep for the watchdog: the POST itself asks the ledger before it leaves."""
    old = office.freeze(desk, "before press", *job)
    run_out(desk)
    code, said = office.run(desk, *job)
    assert code == 0, said
    before, pressed = kept(desk), presses(portal)
    old.wake()
    code, said = old.end()
    assert code == 75, said
    assert LOST in said
    assert presses(portal) == pressed
    assert (len(pressed), portal.submissions, portal.drafts) == (1, 1, [])
    assert kept(desk) == before


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("point", "machine", "fault"),
    [
        ("after look", True, ""),
        ("before intent", True, ""),
        ("after intent", True, ""),
        ("before press", True, ""),
        ("before press", False, ""),
        ("press leaves", True, ""),
        ("press leaves", False, ""),
        (RECEIVED, True, "commit, then delay"),
        (RECEIVED, False, "commit, then delay"),
        ("answered", True, ""),
        ("after press", True, ""),
        ("before record", False, ""),
        ("before settling", True, "commit, then drop the connection silently"),
        ("before settling", False, "drop before commit"),
    ],
)
def test_who_slept_longer_than_his_lease_ends_when_he_wakes_and_writes_nothing(  # noqa: PLR0913, PLR0917  the matrix
    desk: Desk,
    portal: PracticePortal,
    office: Office,
    job: tuple[str | Path, ...],
    point: str,
    machine: bool,  # noqa: FBT001  parametrised
    fault: str,
) -> None:
    """Another has taken over and settled it: 75, a sentence, one filing, no draft left."""
    if fault:
        portal.arm(fault)
    desk.settings(lease_s=SHORT)
    old = office.freeze(desk, point, *job, machine=machine)
    wait_until_run_out(desk)
    desk.settings(lease_s=LONG)
    code, said = office.run(desk, *job)
    assert code == 0, said
    before, pressed = kept(desk), presses(portal)
    old.wake()
    code, said = old.end()
    assert code == 75, said
    assert LOST in said
    assert "Traceback" not in said
    if point != "press leaves":  # there it has left this program's hands; the portal refuses it
        assert presses(portal) == pressed
    assert (portal.submissions, portal.drafts) == (1, [])
    assert kept(desk) == before


@pytest.mark.heavy
@pytest.mark.parametrize("point", ["before step (documents)", "before comparison", "before press"])
def test_who_slept_longer_than_half_his_lease_asks_the_portal_for_nothing_more(
    desk: Desk, portal: PracticePortal, office: Office, job: tuple[str | Path, ...], point: str
) -> None:
    """Although nobody took the lease: the watchdog ends it. Run again, all is filed once."""
    desk.settings(lease_s=SHORT)
    old = office.freeze(desk, point, *job)
    wait_until_run_out(desk)
    received = len(portal.ask("received"))
    old.wake()
    code, said = old.end()
    assert code == 75, said
    assert LOST in said
    assert len(portal.ask("received")) == received
    desk.settings(lease_s=LONG)
    code, said = office.run(desk, *job)
    assert code == 0, said
    assert (portal.submissions, portal.drafts) == (1, [])


@pytest.mark.heavy
@pytest.mark.parametrize("call", ["before transaction (intend)", "inside transaction (intend)"])
def test_a_run_frozen_while_it_writes_harms_nobody(
    desk: Desk, portal: PracticePortal, office: Office, job: tuple[str | Path, ...], call: str
) -> None:
    """Another leaves with a sentence; awake again, the first files."""
    first = office.freeze(desk, call, *job)
    code, said = office.run(desk, *job)
    assert code == 75, said
    assert "Traceback" not in said
    first.wake()
    assert first.end()[0] == 0
    assert (portal.submissions, logged_in(portal)) == (1, 1)


# --- the clock --------------------------------------------------------------------------------


def stepped(desk: Desk, seconds: float) -> None:
    """This desk's computer has a clock that stands wrong by so much."""
    path = desk.folder / "clock.txt"
    path.write_text(str(seconds), "ascii")
    desk.env[STEP] = str(path)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("point", "code", "step"),
    [
        ("after look", 75, DAY),
        ("before intent", 75, DAY),
        ("before press", 75, 2 * HOUR),
        ("before press", 75, DAY),
        ("before record", 14, DAY),
    ],
)
def test_a_clock_set_forward_frees_the_lease_and_still_there_is_one_press(  # noqa: PLR0913, PLR0917  the matrix
    desk: Desk,
    portal: PracticePortal,
    office: Office,
    job: tuple[str | Path, ...],
    point: str,
    code: int,
    step: float,
) -> None:
    """The second works; the first finds at its next write that it was overtaken, and says so."""
    stepped(desk, 0)
    old = office.freeze(desk, point, *job)
    stepped(desk, step)
    done, said = office.run(desk, *job)
    assert done == 0, said
    before = kept(desk)
    old.wake()
    ended, said = old.end()
    assert ended == code, said
    assert LOST in said
    assert (len(presses(portal)), portal.submissions, portal.drafts) == (1, 1, [])
    assert kept(desk) == before


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("point", "step"),
    [
        ("after look", -DAY),
        ("before intent", -DAY),
        ("before press", -2 * HOUR),
        ("before press", -DAY),
        ("before record", -DAY),
    ],
)
def test_a_clock_set_back_hinders_nobody(  # noqa: PLR0913, PLR0917  the matrix
    desk: Desk,
    portal: PracticePortal,
    office: Office,
    job: tuple[str | Path, ...],
    point: str,
    step: float,
) -> None:
    """The first files; a second leaves while it is at work."""
    stepped(desk, 0)
    first = office.freeze(desk, point, *job)
    stepped(desk, step)
    code, said = office.run(desk, *job)
    assert code == 75, said
    first.wake()
    code, said = first.end()
    assert code == 0, said
    assert (len(presses(portal)), portal.submissions, logged_in(portal)) == (1, 1, 1)


@pytest.mark.heavy
@pytest.mark.parametrize("step", [DAY, -DAY])
def test_a_killed_run_frees_its_lease_whatever_the_clock_says(
    desk: Desk, portal: PracticePortal, office: Office, job: tuple[str | Path, ...], step: float
) -> None:
    """Its lock file tells that it is dead."""
    stepped(desk, 0)
    office.freeze(desk, "before press", *job).kill()
    stepped(desk, step)
    code, said = office.run(desk, *job)
    assert code == 0, said
    assert (portal.submissions, portal.drafts) == (1, [])


# --- two machines -----------------------------------------------------------------------------


@pytest.fixture
def machines(desk: Desk, portal: PracticePortal) -> tuple[Desk, Desk]:
    """Two computers with one portal ID, each with its own folders."""
    desk.settings(lease_s=LONG)
    folder = desk.folder / "two"
    folder.mkdir()
    other = Desk(folder, portal)
    other.settings(lease_s=LONG)
    return desk, other


@pytest.fixture
def one_ledger(machines: tuple[Desk, Desk], postgres_url: str) -> tuple[Desk, Desk]:  # noqa: F811  the fixture
    """The same with one PostgreSQL; lock files stay with each machine."""
    if os.geteuid() or subprocess.run(["unshare", "--uts", "true"], check=False).returncode:
        pytest.skip("a computer's name can be set by root only")
    for desk in machines:
        desk.env["ASSIST_RPA_LEDGER"] = postgres_url
        desk.env["XDG_STATE_HOME"] = str(desk.folder / "state")
    return machines


def changed(desk: Desk) -> Path:
    return quick(desk, "update_employer")


def joined(desk: Desk) -> Path:
    return desk.job([person(1)])


@pytest.mark.heavy
@pytest.mark.postgres
def test_of_two_machines_with_one_ledger_one_works_and_the_other_says_who(
    one_ledger: tuple[Desk, Desk], portal: PracticePortal, office: Office
) -> None:
    """One session and one filing at the portal, whoever comes first."""
    here, there = one_ledger
    first = office.freeze(here, "after look", "run", changed(here), "--submit", host="one")
    words = ("run", changed(there), "--submit")
    code, said = office.run(there, *words, host="two")
    assert code == 75, said
    assert BUSY.format(host="one", pid=first.process.pid) in said
    first.wake()
    code, said = first.end()
    assert code == 0, said
    code, said = office.run(there, *words, host="two")
    assert code == 0, said
    assert (portal.submissions, logged_in(portal)) == (1, 1)


@pytest.mark.heavy
@pytest.mark.postgres
@pytest.mark.parametrize("dead", [True, False])
def test_when_one_machine_dies_or_sleeps_the_other_settles_what_it_left(
    one_ledger: tuple[Desk, Desk],
    portal: PracticePortal,
    office: Office,
    dead: bool,  # noqa: FBT001  parametrised
) -> None:
    """When the lease has run out, and not before; who sleeps finds on waking that it is over."""
    here, there = one_ledger
    here.settings(lease_s=SHORT)
    old = office.freeze(
        here, "before press", "run", changed(here), "--submit", host="one", machine=True
    )
    if dead:
        old.kill()
    wait_until_run_out(here)
    code, said = office.run(there, "run", changed(there), "--submit", host="two")
    assert code == 0, said
    before = kept(here)
    if not dead:
        old.wake()
        code, said = old.end()
        assert code == 75, said
        assert LOST in said
    assert (len(presses(portal)), portal.submissions, portal.drafts) == (1, 1, [])
    assert kept(here) == before


@pytest.mark.heavy
@pytest.mark.parametrize("made", [changed, joined])
@pytest.mark.parametrize(
    "point", ["signed in", "after look", "draft noted", "before press", "press leaves", "answered"]
)
def test_two_machines_with_a_ledger_each_are_kept_apart_by_the_portals_session(
    machines: tuple[Desk, Desk],
    portal: PracticePortal,
    office: Office,
    point: str,
    made: Callable[[Desk], Path],
) -> None:
    """The second log-in ends the first; who lost his session starts over with a look.

    A draft that it did not make stops a run with 13. Run again, each has all of it filed.
    """
    here, there = machines
    jobs = [("run", made(desk), "--submit") for desk in machines]
    first = office.freeze(here, point, *jobs[0])
    ends = [office.run(there, *jobs[1])]
    first.wake()
    ends += [
        first.end(),
        *(office.run(desk, *job) for desk, job in zip(machines, jobs, strict=True)),
    ]
    assert "Traceback" not in "".join(said for _, said in ends)
    codes = [code for code, _ in ends]
    assert codes[0] in {0, 13}, ends
    assert codes[1:] == [0, 0, 0], ends
    # A press of a session that was ended is answered with the log-in page: not counted, not filed.
    assert (portal.submissions, portal.drafts) == (1, [])
