"""Processes for the tests that need another one: ``python -m tests.ledger.actors WHAT PLACE``.

An actor says one line when it stands ready and waits for a line before it goes on, so that a test
decides the order and nobody sleeps. Its last line is what became of it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rpa.errors import Busy, RpaError
from rpa.ledger.lease import under
from rpa.ledger.ledger import Claimed, Ledger, WrongState
from rpa.model.filing import Receipt
from tests.ledger.people import AT, PORTAL, Run, joiner

if TYPE_CHECKING:
    from rpa.ledger.lease import Lease
    from tests.ledger.people import Joiner

EVERYBODY = 80


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def wait() -> None:
    sys.stdin.readline()


def intend(place: str, portal_id: str, _ttl_s: float) -> None:
    """Plan person 1 under a portal ID of its own and intend when told."""
    with Ledger.open(place) as ledger:
        run = Run(ledger, portal_id=portal_id)
        filing = run.plan(joiner(1))
        say("ready")
        wait()
        run.intend(filing)
        say("intended")
        wait()
        run.lease.release()


def press(place: str, portal_id: str, _ttl_s: float) -> None:
    """Intend person 1 and 2 and stay there, to be killed."""
    with Ledger.open(place) as ledger:
        run = Run(ledger, portal_id=portal_id)
        run.intended(joiner(1), joiner(2))
        say("intended")
        wait()


def hold(place: str, portal_id: str, ttl_s: float) -> None:
    """Hold a lease; when told, try to intend with it. Being frozen is survived."""
    with Ledger.open(place) as ledger:
        run = Run(ledger, portal_id=portal_id, ttl_s=ttl_s)
        filing, other = run.plan(joiner(1)), run.plan(joiner(2))
        say("ready")
        wait()
        for move in (lambda: run.intend(filing), lambda: run.ledger.prepared(other.id, run.lease)):
            try:
                move()
                say("went on")
            except RpaError as error:
                say(type(error).__name__)
        wait()


def mortal(place: str, portal_id: str, ttl_s: float) -> None:
    """Hold a lease with the watchdog as it is; it ends the process when frozen."""
    with Ledger.open(place) as ledger:
        Run(ledger, portal_id=portal_id, ttl_s=ttl_s, how={})
        say("ready")
        wait()
        say("went on")


def toil(place: str, portal_id: str, _ttl_s: float) -> None:
    """File everybody, two by two, the portal being a file; say every step, to be killed at any."""
    portal = Path(os.environ["PORTAL_FILE"])
    with Ledger.open(place) as ledger:
        run = Run(ledger, portal_id=portal_id)
        lease = run.lease
        for found in ledger.unsettled(PORTAL):
            with suppress(Busy, WrongState), under(ledger, found.lease_name, lease) as its:
                look(ledger, portal, found.id, its)
        ledger.dissolve_planned(lease, run.id)
        people = [joiner(number) for number in range(EVERYBODY)]
        known = ledger.standing([run.key(person) for person in people])
        left = [person for person in people if run.key(person) not in known]
        for pair in zip(left[::2], left[1::2], strict=False):
            with suppress(Claimed):
                toil_on(run, portal, *pair)
        run.end()
    say("done")


def look(ledger: Ledger, portal: Path, filing_id: str, lease: Lease) -> None:
    """The portal's own record settles it."""
    say("look")
    if filing_id in portal.read_text():
        ledger.filed(filing_id, Receipt("CAN1", AT), lease, reconciled=True)
    else:
        ledger.not_filed(filing_id, lease)


def toil_on(run: Run, portal: Path, *pair: Joiner) -> None:
    """One filing; the line written to the portal's file is the press."""
    filing = run.plan(*pair)
    say("planned")
    run.ledger.begin_attempt(filing.id, run.lease, bound=1000)
    run.ledger.prepared(filing.id, run.lease)
    say("prepared")
    intent = run.intend(filing)
    say("intended")
    if intent.still_fresh():
        people = " ".join(person.identification for person in pair)
        handle = os.open(portal, os.O_WRONLY | os.O_APPEND)
        os.write(handle, f"{filing.id} {people}\n".encode())
        os.close(handle)
    say("pressed")
    run.file(filing)
    say("filed")


if __name__ == "__main__":
    acts = {"intend": intend, "press": press, "hold": hold, "mortal": mortal, "toil": toil}
    act = acts[sys.argv[1]]
    try:
        act(sys.argv[2], sys.argv[3], float(sys.argv[4]))
    except RpaError as stopped:
        say(type(stopped).__name__)
