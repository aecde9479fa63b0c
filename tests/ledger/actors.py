"""Processes for the tests that need another one: ``python -m tests.ledger.actors WHAT PLACE``.

An actor says one line when it stands ready and waits for a line before it goes on, so that a test
decides the order and nobody sleeps. Its last line is what became of it.
"""

from __future__ import annotations

import sys

from rpa.errors import RpaError
from rpa.run.ledger import Ledger
from tests.ledger.people import Run, joiner


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


if __name__ == "__main__":
    act = {"intend": intend, "press": press, "hold": hold, "mortal": mortal}[sys.argv[1]]
    try:
        act(sys.argv[2], sys.argv[3], float(sys.argv[4]))
    except RpaError as stopped:
        say(type(stopped).__name__)
