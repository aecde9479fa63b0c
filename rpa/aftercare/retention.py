"""What the ledger holds of people in clear, and its end.

The record of a row that ended without being filed goes at that moment (``rpa.ledger.ledger``); of
one that was filed it is kept for as long as the settings say, so that a table that differs now can
be told. What stays for ever are sealed keys, states, references and times: nobody is filed twice
because they were forgotten. Whatever waits, for the portal's record, an officer or its day, is
left.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, case, exists, func, or_, select, update

from rpa.ledger.records import TURNED_DOWN, UNDECIDED
from rpa.ledger.tables import (
    BEFORE_INTENT,
    UNSETTLED,
    AgendaState,
    FilingState,
    agenda,
    clock,
    filing_rows,
    filings,
    runs,
)
from rpa.rules.months import Month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from rpa.ledger.ledger import Ledger

STILL_AT_WORK: Final = timedelta(days=7)
"""A run that began before that and noted no end has died; no run lasts so long."""

ENDED: Final = (FilingState.REHEARSED, FilingState.REFUSED, FilingState.CANCELLED)
_OPEN: Final = (AgendaState.DUE, AgendaState.ASKED, AgendaState.ALLOWED)
_SIGNS: Final = re.compile(r"[\s-]+")
_FIRST_YEAR: Final = 2015  # no month before it is filed at this portal
_BLANK: Final = {"reason_bm": "", "reason_en": ""}

# A planned filing is a run's at work, unless nobody has touched it for so long.
_died = and_(
    filings.c.state.in_(BEFORE_INTENT),
    filings.c.updated_at < clock(-STILL_AT_WORK.total_seconds()),
)
_settled = or_(filings.c.state.not_in((*UNSETTLED, *BEFORE_INTENT)), _died)
_due = select(agenda.c.business_key).where(agenda.c.state.in_([state.value for state in _OPEN]))
_waiting = or_(
    filings.c.state.in_((*UNSETTLED, FilingState.DEAD)),
    and_(filings.c.state.in_(BEFORE_INTENT), ~_died),
    UNDECIDED,
    filings.c.id.in_(select(filing_rows.c.filing_id).where(filing_rows.c.business_key.in_(_due))),
)


class Stale(NamedTuple):
    """Rows whose clear text may go, and the oldest of their filings."""

    rows: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Where one person stands in the ledger: in which filings, and in how many rows in clear.

    ``waiting`` of these rows cannot go yet.
    """

    filings: frozenset[str]
    rows: int
    waiting: int


@dataclass(frozen=True, slots=True)
class RunStanding:
    """What the ledger knows of a run folder.

    ``waiting``: the run is at work, or something of it is not settled, decided or done.
    ``pressed``: something of it was sent, or may have been. ``of_a_job``: it kept a job's table.
    """

    waiting: bool
    pressed: bool
    of_a_job: bool


def stale(ledger: Ledger, older: timedelta) -> Stale:
    """What `forget` would blank."""
    asked = select(func.count(), func.min(filings.c.updated_at)).select_from(
        filing_rows.join(filings, filings.c.id == filing_rows.c.filing_id)
    )
    with ledger.store.reading() as conn:
        return Stale(*conn.execute(asked.where(_may_go(older))).one())


def forget(ledger: Ledger, older: timedelta) -> int:
    """Blank the records of rows that ended without being filed, and what is older; how many rows.

    The words of filings untouched for that long go as well.
    """
    past = and_(_settled, ~UNDECIDED, filings.c.updated_at < clock(-older.total_seconds()))
    with ledger.store.writing() as conn:
        forgotten = _blank_records(conn, _may_go(older))
        _blank_words(conn, past)
    ledger.store.scrub()
    return forgotten


def find(ledger: Ledger, number: str) -> Person:
    """Where this identity, passport or social security number stands.

    By the sealed key, which stays when the clear text has gone, and in every record, for a
    person may stand in one beside the person whom it is about.
    """
    with ledger.store.reading() as conn:
        rows = list(_rows_of(ledger, conn, number))
        free = set(conn.scalars(select(filings.c.id).where(_settled)))
    clear = [filing_id for filing_id, _, in_clear in rows if in_clear]
    waiting = sum(filing_id not in free for filing_id in clear)
    return Person(frozenset(filing_id for filing_id, *_ in rows), len(clear), waiting)


def forget_person(ledger: Ledger, number: str) -> int:
    """Blank their records, and the words of their filings, where they are settled; how many."""
    with ledger.store.writing() as conn:
        gone = 0
        for filing_id, position, in_clear in list(_rows_of(ledger, conn, number)):
            theirs = and_(filing_rows.c.filing_id == filing_id, filing_rows.c.position == position)
            if in_clear:
                gone += _blank_records(conn, and_(theirs, _settled))
            _blank_words(conn, and_(filings.c.id == filing_id, _settled, ~UNDECIDED))
    ledger.store.scrub()
    return gone


def standing_of(ledger: Ledger, folder: str, cases: frozenset[str]) -> RunStanding | None:
    """Of a run folder by its name, and the filings that its evidence names; None: not known."""
    at_work = and_(
        runs.c.ended_at.is_(None), runs.c.started_at > clock(-STILL_AT_WORK.total_seconds())
    )
    asked = select(runs.c.id, runs.c.job_digest, at_work)
    # A run that followed several jobs names several folders.
    named = (" " + runs.c.folder + " ").contains(f" {folder} ", autoescape=True)
    with ledger.store.reading() as conn:
        mine = conn.execute(asked.where(named)).all()
        if not mine:
            return None
        theirs = or_(filings.c.run_id.in_([run.id for run in mine]), filings.c.id.in_(cases))
        pressed = filings.c.intended_at.is_not(None)
        found = conn.execute(select(_waiting, pressed).where(theirs)).all()
    return RunStanding(
        waiting=any(run[2] for run in mine) or any(waits for waits, _ in found),
        pressed=any(pressed for _, pressed in found),
        of_a_job=any(run.job_digest for run in mine),
    )


def in_one_way(number: str) -> str:
    """A number without blanks and dashes, as it is compared."""
    return _SIGNS.sub("", number).upper()


def _may_go(older: timedelta) -> ColumnElement[bool]:
    """Of rows joined with their filings."""
    old = filings.c.updated_at < clock(-older.total_seconds())
    return and_(
        filing_rows.c.payload.is_not(None),
        _settled,
        or_(filing_rows.c.state.in_(ENDED), _died, old),
    )


def _blank_records(conn: Connection, which: ColumnElement[bool]) -> int:
    theirs = exists().where(filings.c.id == filing_rows.c.filing_id, which).correlate(filing_rows)
    return conn.execute(update(filing_rows).where(theirs).values(payload=None)).rowcount


def _blank_words(conn: Connection, which: ColumnElement[bool]) -> None:
    """Portal's and persons' words. Which rows an officer rejected is still told by them."""
    chosen = select(filings.c.id).where(which)
    rejected = select(filings.c.id).where(TURNED_DOWN)
    whole = select(filings.c.reason_en).where(filings.c.id == filing_rows.c.filing_id)
    own = and_(
        filing_rows.c.filing_id.in_(rejected),
        filing_rows.c.reason_en != whole.scalar_subquery(),
    )
    left = case((own, "…"), else_="")
    said = and_(filing_rows.c.filing_id.in_(chosen), filing_rows.c.reason_en != "")
    conn.execute(update(filing_rows).where(said).values(reason_bm=left, reason_en=left))
    worded = or_(filings.c.message != "", filings.c.reason_en != "")
    conn.execute(update(filings).where(which, worded).values(message="", **_BLANK))


def _rows_of(ledger: Ledger, conn: Connection, number: str) -> Iterator[tuple[str, int, bool]]:
    """Filing, position, and whether the record is there in clear."""
    wanted = in_one_way(number)
    today: date = conn.scalars(select(clock())).one().date()
    pairs = conn.execute(select(filings.c.portal, filings.c.employer).distinct()).all()
    keys = {
        ledger.seal(portal, "", employer, "person", *occasion, said)
        for portal, employer in pairs
        for occasion in ((), *((month,) for month in _months(today)))
        for said in {wanted, number}
    }
    columns = (filing_rows.c.filing_id, filing_rows.c.position, filing_rows.c.person_key)
    for filing_id, position, key, payload in conn.execute(
        select(*columns, filing_rows.c.payload)
    ).all():
        if key in keys or (payload and wanted in _texts(json.loads(payload))):
            yield filing_id, position, payload is not None


def _months(today: date) -> Iterator[str]:
    for year in range(_FIRST_YEAR, today.year + 2):
        for number in range(1, 13):
            yield str(Month(year, number))


def _texts(value: Any) -> set[str]:
    """Every text in a record, however deep."""
    if isinstance(value, dict):
        return {text for inner in value.values() for text in _texts(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in _texts(inner)}
    return {in_one_way(value)} if isinstance(value, str) else set()
