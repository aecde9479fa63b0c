"""One live session per portal ID."""

from __future__ import annotations

import os
import signal
import socket
import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from tenacity import Retrying, stop_after_delay, wait_fixed

from rpa.errors import Busy, ConfigInvalid
from rpa.ledger.lease import LOST, LeaseLost, acquire, under
from rpa.ledger.ledger import WrongLease
from rpa.ledger.lockfile import LockFile, maker_is_dead
from rpa.ledger.tables import clock, leases
from tests.ledger.people import MARGIN_S, PORTAL, Run, joiner
from tests.systems import signals

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from rpa.ledger.ledger import Ledger
    from tests.ledger.conftest import Actor


def run_out(ledger: Ledger) -> None:
    """As if the database's clock had gone on."""
    with ledger.store.writing() as conn:
        conn.execute(update(leases).values(expires_at=clock(-1)))


def expires_at(run: Run) -> datetime:
    with run.ledger.store.reading() as conn:
        mine = leases.c.name == run.lease.name
        found: datetime = conn.scalars(select(leases.c.expires_at).where(mine)).one()
        return found


def test_a_held_portal_id_is_busy_and_says_who_holds_it(begin: Callable[..., Run]) -> None:
    """Computer, process and time, in both languages; another portal ID is free."""
    run = begin()
    with pytest.raises(Busy) as caught:
        begin()
    for text in (caught.value.words.bm, caught.value.words.en):
        assert str(os.getpid()) in text
    assert begin(portal_id="other@example.test").lease.held()
    assert run.lease.held()


def test_a_lease_is_for_one_portal_and_its_name_is_sealed(ledger: Ledger) -> None:
    """The log-in's name, an e-mail address, does not stand in the ledger."""
    name = ledger.lease_name(PORTAL, "clerk@example.test")
    assert name != ledger.lease_name("another portal", "clerk@example.test")
    with pytest.raises(ValueError, match="sealed"):
        acquire(ledger, "clerk@example.test")


def test_tokens_grow_for_ever(begin: Callable[..., Run]) -> None:
    """Also over releases: no token is ever given twice."""
    tokens = []
    for _ in range(3):
        run = begin()
        tokens.append(run.lease.token)
        run.lease.release()
        run.lease.release()
        assert not run.lease.held()
    assert tokens == [1, 2, 3]


def test_a_released_lease_writes_nothing_more(begin: Callable[..., Run]) -> None:
    """Its token is the newest still; another's taking it ends that."""
    old = begin()
    filing = old.plan(joiner(1))
    old.lease.release()
    begin()
    with pytest.raises(LeaseLost):
        old.ledger.prepared(filing.id, old.lease)


def test_who_was_overtaken_can_neither_intend_nor_write(begin: Callable[..., Run]) -> None:
    """Every write asks for the token, and no row changes."""
    old = begin()
    planned, pressed = old.plan(joiner(1)), old.intended(joiner(2))
    run_out(old.ledger)
    new = begin()
    assert new.lease.token == old.lease.token + 1
    ledger, lease = old.ledger, old.lease
    moves: list[Callable[[], object]] = [
        lambda: old.plan(joiner(3)),
        lambda: ledger.begin_attempt(planned.id, lease),
        lambda: ledger.draft_saved(planned.id, "CAN1", lease),
        lambda: ledger.draft_gone(PORTAL, "CAN1", lease),
        lambda: ledger.prepared(planned.id, lease),
        lambda: ledger.dissolve_planned(lease, "x"),
        lambda: ledger.not_filed(pressed.id, lease),
        lambda: old.file(pressed),
        lambda: old.intend(planned),
    ]
    for move in moves:
        with pytest.raises(LeaseLost):
            move()
    assert not old.lease.held()
    assert [old.state(filing) for filing in (planned, pressed)] == ["planned", "intended"]
    assert ledger.drafts_of(PORTAL, "E9900001234V", new.lease) == []
    new.ledger.not_filed(pressed.id, new.lease)


def test_a_filing_is_changed_only_under_its_own_portal_ids_lease(
    begin: Callable[..., Run],
) -> None:
    """A look by another log-in must not undo what a living run is pressing at this moment."""
    one, other = begin(), begin(portal_id="other@example.test")
    pressed = one.intended(joiner(1))
    with pytest.raises(WrongLease):
        other.ledger.not_filed(pressed.id, other.lease)
    (found,) = other.ledger.unsettled(PORTAL)
    with pytest.raises(Busy), under(other.ledger, found.lease_name, other.lease):
        pass
    one.lease.release()
    with under(other.ledger, other.lease.name, other.lease) as lease:
        assert lease is other.lease
    with under(other.ledger, found.lease_name, other.lease) as lease:
        other.ledger.not_filed(pressed.id, lease)
    assert one.state(pressed) == "planned"


def test_the_intent_gives_the_lease_its_whole_time_again(run: Run) -> None:
    """So that no one else takes the portal ID in the middle of the press."""
    filing = run.plan(joiner(1))
    with run.ledger.store.writing() as conn:
        conn.execute(update(leases).values(expires_at=clock(MARGIN_S / 2)))
    run.intend(filing)
    with run.ledger.store.reading() as conn:
        at, now = conn.execute(select(leases.c.expires_at, clock().label("now"))).one()
    assert (at - now).total_seconds() > run.ttl_s - 5


def test_a_margin_that_the_lease_cannot_hold_is_refused(run: Run) -> None:
    """And a press without one as well."""
    filing = run.plan(joiner(1))
    for margin_s in (0, run.ttl_s):
        with pytest.raises(ValueError, match="margin"):
            run.ledger.intend(filing.id, [2], run.lease, margin_s=margin_s)


def test_an_intent_is_fresh_at_once(run: Run) -> None:
    """The press may follow."""
    assert run.intend(run.plan(joiner(1))).still_fresh()


@pytest.mark.parametrize("plus_s", [0.6, -0.6])
def test_the_press_is_skipped_when_the_databases_clock_left_the_margin(
    run: Run, plus_s: float
) -> None:
    """More than half of the margin has gone by since the intent, or the clock went back."""
    intent = run.intend(run.plan(joiner(1)))
    at = intent.at - timedelta(seconds=plus_s * MARGIN_S)
    assert not replace(intent, at=at).still_fresh()


def test_the_press_is_skipped_when_this_processs_clock_left_the_margin(run: Run) -> None:
    """A process that stood still between intent and press does not press."""
    intent = run.intend(run.plan(joiner(1)))
    assert not replace(intent, started=intent.started - 0.6 * MARGIN_S).still_fresh()


def test_the_press_is_skipped_when_the_lease_was_taken_since(begin: Callable[..., Run]) -> None:
    """Whatever this process believes of its lease."""
    run = begin()
    intent = run.intend(run.plan(joiner(1)))
    run_out(run.ledger)
    begin()
    assert run.lease.held()
    assert not intent.still_fresh()


def test_the_heartbeat_keeps_the_lease_while_the_main_thread_is_busy(
    begin: Callable[..., Run],
) -> None:
    """Nobody renews by hand."""
    run = begin(ttl_s=3)
    first = expires_at(run)
    for attempt in Retrying(stop=stop_after_delay(20), wait=wait_fixed(0.05)):
        with attempt:
            assert expires_at(run) > first
    with pytest.raises(Busy):
        begin()


def test_a_lease_whose_renewal_finds_another_holder_is_lost(begin: Callable[..., Run]) -> None:
    """The next heartbeat notices, before the next step."""
    run = begin(ttl_s=0.9)
    with run.ledger.store.writing() as conn:
        conn.execute(update(leases).values(token=leases.c.token + 1))
    assert run.lease._lost.wait(20)
    with pytest.raises(LeaseLost):
        run.lease.check()


def test_a_lost_connection_is_a_lost_lease(begin: Callable[..., Run], ledger: Ledger) -> None:
    """Who cannot reach the ledger cannot know who holds the portal ID."""
    run = begin(ttl_s=0.9)
    with ledger.store.writing() as conn:
        conn.exec_driver_sql("ALTER TABLE leases RENAME TO gone")
    try:
        assert run.lease._lost.wait(20)
        with pytest.raises(LeaseLost) as lost:
            run.lease.check()
        assert lost.value.words != LOST, "nobody took it"
    finally:
        with ledger.store.writing() as conn:
            conn.exec_driver_sql("ALTER TABLE gone RENAME TO leases")


def test_a_check_wants_its_margin(run: Run) -> None:
    """Before a step that takes long."""
    run.lease.check(30)
    with pytest.raises(LeaseLost):
        run.lease.check(run.ttl_s + 1)


def test_who_waits_gets_the_lease_when_it_is_released(begin: Callable[..., Run]) -> None:
    """Within the time it is ready to wait."""
    run = begin()
    threading.Timer(0.2, run.lease.release).start()
    with acquire(run.ledger, run.lease.name, wait_s=10) as lease:
        assert lease.token == 2


def test_a_killed_process_frees_its_lease_at_once(
    actor: Callable[..., Actor], ledger: Ledger
) -> None:
    """A restarted laptop does not wait out a lease; a living holder keeps it."""
    other = actor("press")
    assert other.says() == "intended"
    with pytest.raises(Busy):
        Run(ledger)
    other.kill()
    run = Run(ledger)
    assert run.lease.token == 2
    run.lease.release()
    left = {path.name for path in ledger.store.lock_folder.glob("*.lock")}
    assert left <= {"open.lock"}


def test_a_dead_holder_on_another_machine_is_waited_for(
    begin: Callable[..., Run], ledger: Ledger
) -> None:
    """Its lock file cannot be asked from here, so only time frees its lease."""
    run = begin()
    run.lease._lock.close()  # as its process's end would
    nowhere = {"host": socket.gethostname(), "lock_file": "/nonexistent/other.lock"}
    for elsewhere in ({"host": "another"}, nowhere):
        with ledger.store.writing() as conn:
            conn.execute(update(leases).values(**elsewhere))
        with pytest.raises(Busy):
            begin()
    run_out(ledger)
    assert begin().lease.token == 2


@signals
def test_a_frozen_holder_whose_lease_was_taken_cannot_intend_or_write(
    actor: Callable[..., Actor], ledger: Ledger
) -> None:
    """SIGSTOP, another takes over, SIGCONT: the token is asked and does not hold."""
    frozen = actor("hold", ttl_s=12)
    assert frozen.says() == "ready"
    frozen.process.send_signal(signal.SIGSTOP)
    run_out(ledger)
    run = Run(ledger)
    frozen.process.send_signal(signal.SIGCONT)
    frozen.go_on()
    assert [frozen.says(), frozen.says()] == ["LeaseLost", "LeaseLost"]
    assert run.ledger.unsettled(PORTAL) == []
    run.lease.release()


@signals
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # the watchdog asks no database
def test_a_process_that_was_frozen_ends_before_it_goes_on(
    actor: Callable[..., Actor], ledger: Ledger
) -> None:
    """The watchdog ends it with 75, although its main thread waits for its next line."""
    frozen = actor("mortal", ttl_s=2)
    assert frozen.says() == "ready"
    frozen.process.send_signal(signal.SIGSTOP)
    # The lease runs out while its holder stands still: that is how long it is frozen.
    Run(ledger, portal_id="clerk@example.test", how={"wait_s": 20}).lease.release()
    frozen.process.send_signal(signal.SIGCONT)
    assert frozen.process.wait(20) == 75
    assert frozen.says() == ""


def test_a_freeze_is_told_to_the_injected_callback_and_the_lease_is_lost(
    begin: Callable[..., Run],
) -> None:
    """The clock of the watchdog made a jump of more than half the lease's time."""
    told = threading.Event()
    run = begin(ttl_s=4, how={"on_freeze": told.set})
    filing = run.plan(joiner(1))
    run.lease._ticked -= 3
    assert not run.lease.held()
    with pytest.raises(LeaseLost):
        run.lease.check()
    assert told.wait(20)
    assert not run.lease.held()
    with pytest.raises(LeaseLost):
        run.ledger.intend(filing.id, [2], run.lease, margin_s=1)
    assert run.state(filing) == "planned"


def test_a_lock_file_is_free_when_its_maker_let_go(tmp_path: Path) -> None:
    """Held: not free, not even for its own process. Missing: nothing is known."""
    path = tmp_path / "one.lock"
    assert not maker_is_dead(path)
    with LockFile(path):
        assert not maker_is_dead(path)
    assert maker_is_dead(path)


def test_a_lock_folder_that_is_gone_is_said(begin: Callable[..., Run], ledger: Ledger) -> None:
    """With its place, before anything is taken."""
    ledger.store.lock_folder = ledger.store.lock_folder / "gone"
    with pytest.raises(ConfigInvalid, match="gone"):
        begin()
