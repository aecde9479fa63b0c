"""What the ledger answers with, and the questions behind it. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, not_, select

from rpa.errors import Words
from rpa.run.tables import (
    BEFORE_INTENT,
    CLAIMING,
    UNSETTLED,
    FilingState,
    clock,
    drafts,
    events,
    filing_rows,
    filings,
    leases,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, Row

AT_A_TIME = 900  # keys in one question; old SQLite builds take 999 parameters


@dataclass(frozen=True, slots=True)
class Standing:
    """How a matter stands: intended, in doubt or filed; all times aware UTC.

    ``reference`` is empty and ``at`` None as long as the portal's record is not known.
    """

    state: FilingState
    filing_id: str
    reference: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RowRecord:
    """One row of a filing; ``position`` is ``Row.number``.

    ``payload`` is the record as ``model_dump_json`` gave it, None after ``forget``: personal data,
    for the look at the portal only.
    """

    position: int
    business_key: str
    person_key: str
    state: FilingState
    reason: Words
    payload: str | None

    def __repr__(self) -> str:
        return f"RowRecord(position={self.position}, state={self.state.value!r})"


@dataclass(frozen=True, slots=True)
class FilingRecord:
    """A filing as the ledger remembers it; all times aware UTC.

    ``drafts`` are the case numbers of its drafts that may still be at the portal. ``cause`` tells
    why a cancelled filing was (``run died``, ``run ended``, ``by a person``, ``replaced``,
    ``settled as not filed``).
    """

    id: str
    portal: str
    lease_name: str
    procedure: str
    employer: str
    state: FilingState
    attempts: int
    job_digest: str
    run_id: str
    reference: str
    drafts: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    intended_at: datetime | None
    filed_at: datetime | None
    cause: str
    reason: Words
    rows: tuple[RowRecord, ...]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run; without ``ended_at`` it is still going on, or died."""

    id: str
    started_at: datetime
    ended_at: datetime | None
    job_digest: str
    exit: int | None
    folder: str


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One line of the append-only log."""

    at: datetime
    filing_id: str | None
    run_id: str | None
    kind: str
    data: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A filing that is not settled (intended, in doubt) or was given up (dead)."""

    filing_id: str
    procedure: str
    employer: str
    state: FilingState
    rows: int
    intended_at: datetime | None
    drafts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What ``assist-rpa status`` shows; no personal data. ``runs`` newest first."""

    filings: Mapping[FilingState, int]
    rows: Mapping[FilingState, int]
    waiting: tuple[Waiting, ...]
    runs: tuple[RunRecord, ...]


def read_standing(conn: Connection, keys: Sequence[str]) -> dict[str, Standing]:
    """The claims on these business keys; a key nobody claims is left out."""
    found: dict[str, Standing] = {}
    joined = filing_rows.join(filings, filings.c.id == filing_rows.c.filing_id)
    for part in _parts(keys):
        asked = (
            select(
                filing_rows.c.business_key,
                filing_rows.c.state,
                filings.c.id,
                filings.c.reference,
                filings.c.filed_at,
            )
            .select_from(joined)
            .where(filing_rows.c.business_key.in_(part), filing_rows.c.state.in_(CLAIMING))
        )
        for key, state, filing_id, reference, at in conn.execute(asked):
            found[key] = Standing(FilingState(state), filing_id, reference, at)
    return found


def _parts(keys: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while part := list(islice(rest, AT_A_TIME)):
        yield part


def read_filings(conn: Connection, which: ColumnElement[bool]) -> list[FilingRecord]:
    """The filings for which ``which`` holds, oldest first, with rows and open drafts."""
    chosen = select(filings.c.id).where(which)
    rows: dict[str, list[RowRecord]] = defaultdict(list)
    asked = select(filing_rows).where(filing_rows.c.filing_id.in_(chosen))
    for row in conn.execute(asked.order_by(filing_rows.c.position)):
        rows[row.filing_id].append(_row(row))
    open_drafts = _open_drafts(conn, which)
    listed = select(filings).where(which).order_by(filings.c.created_at, filings.c.id)
    return [
        _filing(filing, tuple(rows[filing.id]), open_drafts.get(filing.id, ()))
        for filing in conn.execute(listed)
    ]


def _open_drafts(conn: Connection, which: ColumnElement[bool]) -> dict[str, tuple[str, ...]]:
    chosen = select(filings.c.id).where(which)
    asked = select(drafts.c.filing_id, drafts.c.reference).where(
        drafts.c.filing_id.in_(chosen), drafts.c.gone_at.is_(None)
    )
    found: dict[str, tuple[str, ...]] = {}
    for filing_id, reference in conn.execute(asked.order_by(drafts.c.saved_at)):
        found[filing_id] = (*found.get(filing_id, ()), reference)
    return found


def _row(row: Row[Any]) -> RowRecord:
    return RowRecord(
        row.position,
        row.business_key,
        row.person_key,
        FilingState(row.state),
        Words(row.reason_bm, row.reason_en),
        row.payload,
    )


def _filing(
    row: Row[Any], rows: tuple[RowRecord, ...], open_drafts: tuple[str, ...]
) -> FilingRecord:
    return FilingRecord(
        id=row.id,
        portal=row.portal,
        lease_name=row.lease_name,
        procedure=row.procedure,
        employer=row.employer,
        state=FilingState(row.state),
        attempts=row.attempts,
        job_digest=row.job_digest,
        run_id=row.run_id,
        reference=row.reference,
        drafts=open_drafts,
        created_at=row.created_at,
        updated_at=row.updated_at,
        intended_at=row.intended_at,
        filed_at=row.filed_at,
        cause=row.cause,
        reason=Words(row.reason_bm, row.reason_en),
        rows=rows,
    )


def read_drafts(conn: Connection, portal: str, employer: str, lease_name: str) -> list[str]:
    """Case numbers of left-over drafts of ours, the newest last.

    Left out are drafts of filings that are not settled, for one of them may be what was sent, and
    drafts of filings that another portal ID's run is preparing.
    """
    held = select(leases.c.name).where(
        leases.c.name != lease_name,
        leases.c.holder.is_not(None),
        leases.c.expires_at > clock(),
    )
    at_work = and_(filings.c.state.in_(BEFORE_INTENT), filings.c.lease_name.in_(held))
    asked = (
        select(drafts.c.reference)
        .select_from(drafts.join(filings, filings.c.id == drafts.c.filing_id))
        .where(drafts.c.portal == portal, drafts.c.employer == employer)
        .where(drafts.c.gone_at.is_(None), filings.c.state.not_in(UNSETTLED), not_(at_work))
    )
    return list(conn.scalars(asked.order_by(drafts.c.saved_at, drafts.c.reference)))


def read_events(conn: Connection, filing_id: str) -> list[EventRecord]:
    """All that happened to one filing, in order."""
    asked = select(events).where(events.c.filing_id == filing_id).order_by(events.c.id)
    return [
        EventRecord(row.at, row.filing_id, row.run_id, row.kind, row.data)
        for row in conn.execute(asked)
    ]


def read_summary(conn: Connection, last_runs: int) -> Summary:
    """Counts by state, what waits for a person, the last runs."""
    counts: list[dict[FilingState, int]] = []
    for table in (filings, filing_rows):
        grouped = select(table.c.state, func.count()).group_by(table.c.state)
        counts.append({FilingState(state): count for state, count in conn.execute(grouped)})
    newest = select(runs).order_by(runs.c.started_at.desc(), runs.c.id).limit(last_runs)
    listed = tuple(
        RunRecord(row.id, row.started_at, row.ended_at, row.job_digest, row.exit, row.folder)
        for row in conn.execute(newest)
    )
    return Summary(counts[0], counts[1], _waiting(conn), listed)


def _waiting(conn: Connection) -> tuple[Waiting, ...]:
    which = filings.c.state.in_((*UNSETTLED, FilingState.DEAD))
    open_drafts = _open_drafts(conn, which)
    of_it = filing_rows.c.filing_id == filings.c.id
    count = select(func.count()).where(of_it).correlate(filings).scalar_subquery().label("count_")
    asked = select(filings, count).where(which).order_by(filings.c.created_at, filings.c.id)
    return tuple(
        Waiting(
            row.id,
            row.procedure,
            row.employer,
            FilingState(row.state),
            row.count_,
            row.intended_at,
            open_drafts.get(row.id, ()),
        )
        for row in conn.execute(asked)
    )
