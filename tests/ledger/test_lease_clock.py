"""The lease when clocks are set, when the ledger does not answer, when a process stands still."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError
from sqlalchemy import select, update
from tenacity import Retrying, stop_after_delay, wait_fixed

from rpa.errors import Busy, ConfigInvalid
from rpa.ledger.lease import LOST, LeaseLost, acquire
from rpa.ledger.ledger import Ledger
from rpa.ledger.lockfile import LockFile
from rpa.ledger.tables import clock, leases
from rpa.settings import LONGEST_LEASE_S, PortalSettings
from tests.ledger.conftest import ROOT
from tests.ledger.people import Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ledger.conftest import Actor

DAY = 24 * 60 * 60


def set_clock(ledger: Ledger, seconds: float) -> None:
    """As if the database's clock was set by so much while a lease of 60 seconds is held."""
    with ledger.store.writing() as conn:
        conn.execute(update(leases).values(expires_at=clock(60 - seconds)))


def left(ledger: Ledger) -> float:
    """For how many seconds the lease is held by the database's clock."""
    with ledger.store.reading() as conn:
        until, now = conn.execute(select(leases.c.expires_at, clock().label("now"))).one()
        return float((until - now).total_seconds())


def as_of_another_machine(run: Run) -> None:
    """Its machine died: nobody renews it, and its lock file cannot be asked from here."""
    run.lease._stop.set()
    with run.ledger.store.writing() as conn:
        conn.execute(update(leases).values(host="another"))


def test_a_clock_set_back_keeps_a_dead_machines_lease_for_minutes_not_for_a_day(
    begin: Callable[..., Run], ledger: Ledger
) -> None:
    """Whoever asks first cuts it; it is not taken before its time, and then it is."""
    run = begin()
    as_of_another_machine(run)
    set_clock(ledger, -DAY)
    with pytest.raises(Busy):
        begin()
    assert LONGEST_LEASE_S - 60 < left(ledger) <= LONGEST_LEASE_S
    with pytest.raises(Busy):
        begin()
    assert left(ledger) <= LONGEST_LEASE_S
    with ledger.store.writing() as conn:  # those minutes later
        conn.execute(update(leases).values(expires_at=clock()))
    assert begin().lease.token == 2


def test_a_lease_of_usual_length_is_not_cut_by_who_asks(
    begin: Callable[..., Run], ledger: Ledger
) -> None:
    """Also the longest there may be."""
    begin(ttl_s=LONGEST_LEASE_S)
    before = left(ledger)
    with pytest.raises(Busy):
        begin(ttl_s=5)
    assert before - 60 < left(ledger) <= before


def test_a_clock_set_back_harms_no_holder(begin: Callable[..., Run], ledger: Ledger) -> None:
    """Cut by another that asked, it is given its whole time again by the next beat."""
    run = begin(ttl_s=6)
    set_clock(ledger, -DAY)
    with pytest.raises(Busy):
        begin()
    for attempt in Retrying(stop=stop_after_delay(60), wait=wait_fixed(0.1)):
        with attempt:
            assert left(ledger) <= run.ttl_s
    run.lease.confirm()


def test_a_clock_set_forward_frees_the_lease_and_the_token_tells_the_first(
    begin: Callable[..., Run], ledger: Ledger
) -> None:
    """Who believes that he holds it asks once more before the press leaves."""
    old = begin()
    old.lease.confirm()
    set_clock(ledger, DAY)
    old.lease.confirm()  # nobody took it: nobody is in the way
    begin()
    assert old.lease.held()
    with pytest.raises(LeaseLost):
        old.lease.confirm()
    assert not old.lease.held()


def test_a_killed_process_frees_its_lease_whatever_the_clock_says(
    actor: Callable[..., Actor], ledger: Ledger
) -> None:
    """By its lock file; set back by a day as well."""
    other = actor("press")
    assert other.says() == "intended"
    set_clock(ledger, -DAY)
    other.kill()
    run = Run(ledger)
    assert run.lease.token == 2
    run.lease.release()


def test_a_press_does_not_leave_while_the_ledger_does_not_answer(run: Run) -> None:
    """Nobody knows then who holds the portal ID."""
    with run.ledger.store.writing() as conn:
        conn.exec_driver_sql("ALTER TABLE leases RENAME TO gone")
    try:
        with pytest.raises(LeaseLost):
            run.lease.confirm()
    finally:
        with run.ledger.store.writing() as conn:
            conn.exec_driver_sql("ALTER TABLE gone RENAME TO leases")


def test_no_lease_is_longer_than_the_longest(ledger: Ledger) -> None:
    """Neither asked for nor set: what is longer is known to be a clock's doing."""
    name = ledger.lease_name("practice", "clerk@example.test")
    with pytest.raises(ValueError, match="that long"):
        acquire(ledger, name, ttl_s=LONGEST_LEASE_S + 1)
    with pytest.raises(ValidationError):
        PortalSettings(lease_s=LONGEST_LEASE_S + 1)
    assert PortalSettings(lease_s=LONGEST_LEASE_S).lease_s == LONGEST_LEASE_S


def test_a_ledger_that_another_process_keeps_hold_of_is_busy(
    file_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is opened there, or written: 75 and a sentence, not a fault of the configuration."""
    with Ledger.open(file_place) as ledger:
        monkeypatch.setattr("rpa.ledger.store.BUSY_S", 0.2)
        opening = LockFile(ledger.store.lock_folder / "open.lock")
        with opening, pytest.raises(Busy, match="keeps hold of it"):
            Ledger.open(file_place)
        with ledger.store.writing(), pytest.raises(Busy, match="keeps hold of it"):
            Ledger.open(file_place)
    assert Busy.exit_code == 75
    assert not issubclass(Busy, ConfigInvalid)


FROZEN = """
import os, sys
from rpa.cli.stopping import frozen
if "full" in sys.argv:
    os.set_blocking(2, False)
    try:
        while True:
            os.write(2, b"x" * 65536)
    except BlockingIOError:
        os.set_blocking(2, True)
frozen()
"""


@pytest.mark.parametrize("full", [False, True])
def test_a_frozen_run_says_so_and_ends_even_when_nobody_reads(*, full: bool) -> None:
    """Exit 75, with a sentence and the next move."""
    process = subprocess.Popen(
        [sys.executable, "-c", FROZEN, *(["full"] if full else [])],
        cwd=ROOT,
        env={**os.environ, "ASSIST_RPA_LANGUAGE": "en"},
        stderr=subprocess.PIPE,
    )
    assert process.wait(60) == 75
    _, said = process.communicate()
    assert full or LOST.en in said.decode()
    assert full or "Run it again" in said.decode()
