"""What the ledger knows of packages that a person sends: made, sent on, answered on.

Only a person knows the last two, and says so (`assist-rpa package`). What was sent is what was
made: an answer is about the newest package of these very files.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, insert, or_, select, true, update

from rpa.ledger import listings
from rpa.ledger.tables import clock, lock_gate, parcels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy import ColumnElement

    from rpa.ledger.ledger import Ledger
    from rpa.settings import Calendar, Retention


@dataclass(frozen=True, slots=True)
class Known:
    """A package as the ledger has it. ``folder`` is its name below the folder of packages."""

    id: str
    procedure: str
    job: str
    job_digest: str
    matter_key: str
    folder: str
    made_at: datetime
    sent_on: date | None
    answered_on: date | None

    @property
    def waits(self) -> bool:
        """Whether it was sent and nothing came."""
        return self.sent_on is not None and self.answered_on is None


@dataclass(frozen=True, slots=True)
class Made:
    """A package that was made just now, on the office's day.

    ``persons`` are the sealed keys of whom it lists, by row.
    """

    procedure: str
    job: str
    job_digest: str
    matter_key: str
    folder: str
    day: date
    persons: Mapping[int, str]


def note(ledger: Ledger, made: Made) -> None:
    """Note that a package stands there. Raises AlreadyListed, and then notes nothing."""
    values = {
        "id": uuid.uuid4().hex,
        "procedure": made.procedure,
        "job": made.job,
        "job_digest": made.job_digest,
        "matter_key": made.matter_key,
        "folder": made.folder,
    }
    with ledger.store.writing() as conn:
        lock_gate(conn)
        conn.execute(insert(parcels).values(made_at=clock(), **values))
        if made.persons:
            listings.hold(conn, values["id"], made.persons, made.day)


def of_matter(ledger: Ledger, key: str) -> list[Known]:
    """All packages of one matter, oldest first."""
    return _read(ledger, parcels.c.matter_key == key)


def waiting(ledger: Ledger) -> list[Known]:
    """All that were sent and not answered, oldest first."""
    return _read(ledger, and_(parcels.c.sent_on.is_not(None), parcels.c.answered_on.is_(None)))


def past(ledger: Ledger, root: Path, kept: Retention, now: datetime) -> list[tuple[Path, datetime]]:
    """The folders of packages that may go, and when they were made.

    One that was not sent goes like a run that sent nothing, an answered one like a run that did;
    one that waits for its answer stays.
    """
    found = []
    newest = {one.folder: one for one in _read(ledger, true())}  # of a name that came again
    for one in newest.values():
        age = now - one.made_at
        days = timedelta(days=kept.rehearsals_days)
        if one.sent_on:
            days = timedelta(days=kept.folders_years * 366)
        folder = root / one.folder
        if not one.waits and age > days and folder.parent == root and folder.is_dir():
            found.append((folder, one.made_at))
    return found


def unknown(ledger: Ledger, root: Path) -> list[str]:
    """The names of folders that no package of this ledger has: a run died before it was noted."""
    noted = {one.folder for one in _read(ledger, true())}
    places = sorted(root.iterdir()) if root.is_dir() else []
    return [place.name for place in places if place.is_dir() and place.name not in noted]


def sent(ledger: Ledger, known: Known, day: date) -> None:
    """A person says on which day it went out."""
    _say(ledger, known, parcels.c.id == known.id, "sent_on", day)


def answered(ledger: Ledger, known: Known, day: date) -> None:
    """A person says on which day the answer came: to it, and to what was sent for it before."""
    waits = and_(
        parcels.c.matter_key == known.matter_key,
        parcels.c.sent_on.is_not(None),
        parcels.c.answered_on.is_(None),
    )
    _say(ledger, known, or_(parcels.c.id == known.id, waits), "answered_on", day)


def working_days(calendar: Calendar, since: date, today: date) -> int:
    """The office's working days after ``since``, up to ``today``."""
    days = ((since + timedelta(days=n)) for n in range(1, (today - since).days + 1))
    return sum(calendar.closed(day) is None for day in days)


def _say(ledger: Ledger, known: Known, which: ColumnElement[bool], what: str, day: date) -> None:
    with ledger.store.writing() as conn:
        conn.execute(update(parcels).where(which).values({what: day}))
    ledger.note(f"package {what}", {"package": known.folder, "day": day.isoformat()})


def _read(ledger: Ledger, which: ColumnElement[bool]) -> list[Known]:
    asked = select(parcels).where(which).order_by(parcels.c.made_at, parcels.c.id)
    with ledger.store.reading() as conn:
        return [Known(**row) for row in conn.execute(asked).mappings()]
