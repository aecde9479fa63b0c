"""Where a command aims: the first line of each that opens a portal, and the one question.

LIVE is every portal that is not on this machine: whatever stands there may be the real one. A
portal at a loopback address is PRACTICE, such as the bundled one.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from rpa.cli import console
from rpa.errors import ConfigInvalid, Stopped, Words, many

if TYPE_CHECKING:
    from rpa.jobs import Plan
    from rpa.settings import Settings

REHEARSAL = Words("raptai: tiada apa-apa dihantar", "rehearsal: nothing will be sent")
FILING = Words("MEMFAILKAN", "FILING")
READING = Words("membaca sahaja", "reading only")
LEDGER, CONFIG = Words("lejar:", "ledger:"), Words("tetapan:", "config:")
YES = ("y", "yes", "ya")
NOT_AGREED = Words(
    "Tiada persetujuan untuk memfailkan di portal sebenar.",
    "Nobody agreed to file at the live portal.",
)


def line(known: Settings, employer: str, what: Words) -> Words:
    """LIVE or PRACTICE, address, employer, what is done there."""
    kind, whose = known.portal.kind, named(known, employer)
    return Words(
        f"{kind.bm} · {known.portal.address} · {whose} · {what.bm}",
        f"{kind.en} · {known.portal.address} · {whose} · {what.en}",
    )


def named(known: Settings, employer: str) -> str:
    """The employer's code, with his name where ``config/employers.yaml`` has it."""
    try:
        name = known.employers().names.get(employer, "")
    except ConfigInvalid:
        name = ""  # told when the portal ID is needed; the aim is shown all the same
    return " ".join(filter(None, (employer, name)))


def tell(known: Settings, employer: str, what: Words) -> None:
    """The line, where no program reads it for a result."""
    style = "bold red" if known.portal.live else "bold green"
    console.err.print(console.say(line(known, employer, what)), style=style, markup=False)


def tell_places(known: Settings) -> None:
    """Which memory and which folder of settings: a timer's line is compared with them."""
    told = f"{console.say(LEDGER)} {ledger(known)}\n{console.say(CONFIG)} {known.config.absolute()}"
    console.err.print(told, markup=False)


def ledger(known: Settings) -> str:
    """The ledger's place; a password in it is not shown."""
    if "://" not in known.ledger:
        return known.ledger
    try:
        return make_url(known.ledger).render_as_string(hide_password=True)
    except ArgumentError:
        return "?"


def ask(known: Settings, plan: Plan) -> None:
    """A person at a terminal is asked once before a live portal is opened to file.

    Raises Stopped for any other answer than yes. Who has no terminal is not asked: a script or a
    timer that files today goes on doing so.
    """
    if not (known.portal.live and console.at_a_terminal()):
        return
    whose, rows = named(known, plan.job.employer_code), len(plan.rows)
    question = Words(
        f"Failkan {rows} baris untuk {whose} di {known.portal.address}? [y/T] ",
        f"File {many(rows, 'row')} for {whose} at {known.portal.address}? [y/N] ",
    )
    console.err.print(console.say(question), style="bold", markup=False, end="")
    if sys.stdin.readline().strip().casefold() not in YES:
        raise Stopped(NOT_AGREED)
