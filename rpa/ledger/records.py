"""What the ledger answers with, and the questions behind it. Nothing here writes."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping  # noqa: TC003  the answers' types are told as a schema
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, not_, or_, select, true

from rpa.errors import Words
from rpa.ledger.tables import (
    BEFORE_INTENT,
    CLAIMING,
    FINAL,
    UNSETTLED,
    AgendaState,
    FilingState,
    agenda,
    clock,
    drafts,
    due_runs,
    employers,
    events,
    filing_rows,
    filings,
    leases,
    runs,
    sign_ins,
)
from rpa.model.filing import REJECTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, Row

ANSWERED = "settled"  # the event of a person's answer
TAKEN_BACK = "answer taken back"  # and of its end: the filing is in doubt again
BY_PERSONS = (ANSWERED, TAKEN_BACK)
PINNED = "approvers pinned"  # the event of it
SHORT = 8  # digits of a log-in's seal that are shown and may be typed
# Twelve digits standing alone, with or without the dashes of an identity card. Case numbers and
# employer codes have letters joined to their digits and stay readable.
_IDENTITY = re.compile(r"\b\d{6}-?\d{2}-?\d{4}\b")
HIDDEN = "******-**-****"
AT_A_TIME = 900  # keys in one question; old SQLite builds take 999 parameters


def masked(text: str) -> str:
    """As a text stands in the log, which holds no identity numbers."""
    return _IDENTITY.sub(HIDDEN, text)


def moment(at: datetime) -> str:
    """As a time stands in the log's lines."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def keys_digest(rows: Iterable[tuple[int, str, str]]) -> str:
    """Of the sealed keys of a filing's rows, by their positions."""
    return hashlib.sha256(json.dumps(sorted(rows)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a matter stands: intended, in doubt or filed; all times aware UTC.

    With ``held`` the intent is written and the press has not left: nothing was sent.
    ``reference`` is empty and ``at`` None as long as the portal's record is not known.
    ``portal_status`` is the case's status when it was last read, in the portal's words; empty when
    it never was.
    """

    state: FilingState
    filing_id: str
    reference: str
    at: datetime | None
    portal_status: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class RowRecord:
    """One row of a filing; ``position`` is ``Row.number``.

    ``payload`` is the record as ``model_dump_json`` gave it, None once it was blanked: personal
    data, for the look at the portal, and to tell that a table differs from what was filed.
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
    ``settled as not filed``). ``portal_status`` is the case's status in the portal's words, empty
    when nobody has read it, and ``status_at`` when it was found to be so. With ``held_at``
    its intent was written and the press has not left: nothing was sent.
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
    held_at: datetime | None
    filed_at: datetime | None
    cause: str
    reason: Words
    rows: tuple[RowRecord, ...]
    portal_status: str
    status_at: datetime | None


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
class Start:
    """One start of a job at a portal that came to its end, with which code."""

    portal: str
    job: str
    at: datetime
    exit: int


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
class OpenCase:
    """A case that was filed and that PERKESO has not decided, as far as it was followed."""

    reference: str
    procedure: str
    employer: str
    rows: int
    filed_at: datetime | None
    portal_status: str
    status_at: datetime | None


@dataclass(frozen=True, slots=True)
class EmployerRecord:
    """An employer registered with this tool: the code the portal gave, and the case it came by.

    ``lease_name`` is the lease of the portal ID that holds it.
    """

    code: str
    lease_name: str
    filing_id: str
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said of a filing in doubt, and why: ``filed``, ``not filed``, ``taken back``.

    The last ends an earlier answer, whose ``reference`` it has. ``reason`` is in his words; it is
    empty when the filing was blanked since.
    """

    filing_id: str
    at: datetime
    outcome: str
    reference: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftDraft:
    """What we prepared and, as far as is known, still stands at the portal unsent.

    ``reference`` may be a stand-in: nobody wrote the number down.
    """

    reference: str
    procedure: str
    employer: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """What ``assist-rpa status`` shows; no personal data. ``runs`` and ``answers`` newest first.

    ``statuses`` counts the cases that were filed by the portal's status, "" for those nobody has
    read; ``open_cases`` are those without a decision, oldest first.
    """

    filings: Mapping[FilingState, int]
    rows: Mapping[FilingState, int]
    waiting: tuple[Waiting, ...]
    runs: tuple[RunRecord, ...]
    statuses: Mapping[str, int]
    open_cases: tuple[OpenCase, ...]
    answers: tuple[Answer, ...]
    drafts: tuple[LeftDraft, ...]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A password that was typed and is not known to have been accepted; it is not typed again.

    ``digest`` is its seal, ``ending`` what the portal showed then: empty when the run saw no end.
    """

    digest: str
    portal: str
    lease_name: str
    typed_at: datetime
    ending: Words

    @property
    def number(self) -> str:
        """As it is shown, and typed by a person."""
        return self.digest[:SHORT]


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """What became of a row with a date, and why when it was not done on its day.

    ``due_on`` is the day on which it was to be filed. ``reason`` names nobody.
    """

    business_key: str
    due_on: date
    state: AgendaState
    days_late: int = 0
    reason: Words = Words("", "")  # noqa: RUF009 - frozen, as its owner is


@dataclass(frozen=True, slots=True)
class DueRun:
    """One start of ``assist-rpa due`` for a job; without ``exit`` it goes on, or died.

    ``reason`` is empty when all that was due was done.
    """

    day: date
    exit: int | None
    reason: Words


# Filed, and without a decision that ends the case.
UNDECIDED = and_(filings.c.state == FilingState.FILED, filings.c.portal_status.not_in(FINAL))
# Filed, then turned down by an officer: the only refusal that carries a status.
TURNED_DOWN = and_(filings.c.state == FilingState.REFUSED, filings.c.portal_status == REJECTED)


def read_standing(conn: Connection, keys: Sequence[str]) -> dict[str, Standing]:
    """The claims on these business keys; a key nobody claims is left out."""
    return _standing(conn, keys, filing_rows.c.state.in_(CLAIMING))


def read_claims(conn: Connection, portal: str, employer: str, procedure: str) -> Iterator[Standing]:
    """The filings of one procedure for an employer that are filed, or may be; oldest first."""
    asked = (
        select(
            filings.c.state,
            filings.c.id,
            filings.c.reference,
            filings.c.filed_at,
            filings.c.portal_status,
        )
        .where(filings.c.portal == portal, filings.c.procedure == procedure)
        .where(filings.c.employer == employer, filings.c.state.in_(CLAIMING))
        .order_by(filings.c.created_at)
    )
    for state, *rest in conn.execute(asked):
        yield Standing(FilingState(state), *rest)


def read_rejections(conn: Connection, keys: Sequence[str]) -> dict[str, Standing]:
    """The latest case of each matter that an officer rejected; a key without one is left out."""
    # The rows that were sent carry the officer's words; one refused before the press has its own.
    was_sent = filing_rows.c.reason_en == filings.c.reason_en
    refused = filing_rows.c.state == FilingState.REFUSED
    return _standing(conn, keys, and_(TURNED_DOWN, refused, was_sent))


def _standing(
    conn: Connection, keys: Sequence[str], which: ColumnElement[bool]
) -> dict[str, Standing]:
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
                filings.c.portal_status,
                filings.c.held_at.is_not(None),
            )
            .select_from(joined)
            .where(filing_rows.c.business_key.in_(part), which)
            .order_by(filings.c.created_at)
        )
        for key, state, *rest in conn.execute(asked):
            found[key] = Standing(FilingState(state), *rest)
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


LETTERS = "letters"
"""The event that tells whether letters of a case are missing."""


def read_lacking(conn: Connection, portal: str) -> list[FilingRecord]:
    """The cases of a portal of which the last note says that letters are missing."""
    latest = select(func.max(events.c.id)).where(events.c.kind == LETTERS)
    latest = latest.group_by(events.c.filing_id)
    noted = select(events.c.filing_id, events.c.data).where(events.c.id.in_(latest))
    lacking = [row.filing_id for row in conn.execute(noted) if json.loads(row.data)["missing"]]
    filed = and_(filings.c.portal == portal, filings.c.state == FilingState.FILED)
    return read_filings(conn, and_(filed, filings.c.id.in_(lacking)))


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
        held_at=row.held_at,
        filed_at=row.filed_at,
        cause=row.cause,
        reason=Words(row.reason_bm, row.reason_en),
        rows=rows,
        portal_status=row.portal_status,
        status_at=row.status_at,
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


def read_employers(conn: Connection, portal: str) -> list[EmployerRecord]:
    """Employers registered at this portal with this tool, by code."""
    asked = (
        select(
            employers.c.code,
            employers.c.lease_name,
            employers.c.filing_id,
            employers.c.reference,
            employers.c.at,
        )
        .where(employers.c.portal == portal)
        .order_by(employers.c.code)
    )
    return [EmployerRecord(*row) for row in conn.execute(asked)]


def read_agenda(conn: Connection, portal: str, keys: Sequence[str]) -> dict[str, AgendaEntry]:
    """What the calendar has of these matters; one it never met is left out."""
    found: dict[str, AgendaEntry] = {}
    columns = ("business_key", "due_on", "state", "days_late", "reason_bm", "reason_en")
    asked = select(*(agenda.c[name] for name in columns)).where(agenda.c.portal == portal)
    for part in _parts(keys):
        for row in conn.execute(asked.where(agenda.c.business_key.in_(part))):
            words = Words(row.reason_bm, row.reason_en)
            state = AgendaState(row.state)
            entry = AgendaEntry(row.business_key, row.due_on, state, row.days_late, words)
            found[entry.business_key] = entry
    return found


def read_due_runs(conn: Connection, portal: str, job: str, since: date) -> list[DueRun]:
    """The starts of ``due`` for a job from a day on, in their order."""
    of_job = (due_runs.c.portal == portal, due_runs.c.job == job, due_runs.c.trusted == 1)
    asked = select(due_runs).where(*of_job, due_runs.c.day >= since)
    return [
        DueRun(row.day, row.exit, Words(row.reason_bm, row.reason_en))
        for row in conn.execute(asked.order_by(due_runs.c.day, due_runs.c.started_at))
    ]


def read_last_day(conn: Connection, portal: str) -> date | None:
    """The latest day that a start of ``due`` believed to be; None when there was none."""
    trusted = (due_runs.c.portal == portal, due_runs.c.trusted == 1)
    found: date | None = conn.scalars(select(func.max(due_runs.c.day)).where(*trusted)).one()
    return found


def read_sign_ins(conn: Connection, digest: str | None = None) -> list[SignIn]:
    """The passwords that are not typed again by themselves, oldest first; or the one of a seal."""
    asked = select(sign_ins)
    if digest is not None:
        asked = asked.where(sign_ins.c.digest == digest)
    return [
        SignIn(
            row.digest,
            row.portal,
            row.lease_name,
            row.typed_at,
            Words(row.ending_bm, row.ending_en),
        )
        for row in conn.execute(asked.order_by(sign_ins.c.typed_at, sign_ins.c.digest))
    ]


def read_events(conn: Connection, filing_id: str) -> list[EventRecord]:
    """All that happened to one filing, in order."""
    return _events(conn, events.c.filing_id == filing_id)


def read_log(conn: Connection, run_id: str | None = None) -> list[EventRecord]:
    """The whole log, or one run's lines, in order."""
    return _events(conn, true() if run_id is None else events.c.run_id == run_id)


def read_said(conn: Connection, kind: str) -> list[EventRecord]:
    """All lines of the log of one kind, in order."""
    return _events(conn, events.c.kind == kind)


def _events(conn: Connection, which: ColumnElement[bool]) -> list[EventRecord]:
    asked = select(events).where(which).order_by(events.c.id)
    return [
        EventRecord(row.at, row.filing_id, row.run_id, row.kind, row.data)
        for row in conn.execute(asked)
    ]


STARTED = "run started"
"""The event of a run's beginning; one of a job names it, and the portal."""


def read_starts(conn: Connection, since: datetime) -> Iterator[Start]:
    """The starts of jobs that began since, in their order."""
    joined = events.join(runs, runs.c.id == events.c.run_id)
    asked = select(events.c.data, runs.c.started_at, runs.c.exit).select_from(joined)
    mine = (events.c.kind == STARTED, runs.c.started_at >= since, runs.c.exit.is_not(None))
    for data, at, code in conn.execute(asked.where(*mine).order_by(events.c.id)):
        said = json.loads(data)
        if "file" in said:
            yield Start(said["portal"], said["file"], at, code)


def read_latest(conn: Connection, since: str) -> datetime:
    """The database's present, or the latest time in the log since the last line of a kind."""
    last = select(func.coalesce(func.max(events.c.id), 0)).where(events.c.kind == since)
    after = events.c.id >= last.scalar_subquery()
    now = conn.scalars(select(clock())).one()
    return max(now, conn.scalars(select(func.max(events.c.at)).where(after)).one() or now)


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
    statuses, cases = _statuses(conn), _open_cases(conn)
    answers = read_answers(conn, last_runs)
    told = (statuses, cases, answers, _left_drafts(conn))
    return Summary(counts[0], counts[1], _waiting(conn), listed, *told)


def _left_drafts(conn: Connection) -> tuple[LeftDraft, ...]:
    """Those of settled filings; a filing that waits for a person names its own."""
    columns = (drafts.c.reference, filings.c.procedure, filings.c.employer, drafts.c.saved_at)
    asked = (
        select(*columns)
        .select_from(drafts.join(filings, filings.c.id == drafts.c.filing_id))
        .where(drafts.c.gone_at.is_(None), filings.c.state.not_in((*UNSETTLED, FilingState.DEAD)))
    )
    ordered = asked.order_by(drafts.c.saved_at, drafts.c.reference)
    return tuple(LeftDraft(*row) for row in conn.execute(ordered))


def read_answers(conn: Connection, most: int, filing_id: str | None = None) -> tuple[Answer, ...]:
    """What persons said last, of one filing or of all; the newest first."""
    joined = events.join(filings, filings.c.id == events.c.filing_id)
    asked = select(events, filings.c.message, said_before()).select_from(joined)
    asked = asked.where(events.c.kind.in_(BY_PERSONS))
    if filing_id is not None:
        asked = asked.where(events.c.filing_id == filing_id)
    newest = asked.order_by(events.c.id.desc()).limit(most)
    return tuple(_answer(row) for row in conn.execute(newest))


def said_before() -> Any:
    """How often persons spoke of an event's filing before it: which of its lines is theirs."""
    earlier = events.alias()
    of_it = and_(earlier.c.filing_id == events.c.filing_id, earlier.c.id < events.c.id)
    count = select(func.count()).where(of_it, earlier.c.kind.in_(BY_PERSONS)).correlate(events)
    return count.scalar_subquery().label("before_")


def _answer(row: Row[Any]) -> Answer:
    said = json.loads(row.data)
    who = (said["outcome"], said["reference"], said["by"])
    line = row.message.split("\n")[row.before_ :][:1]
    return Answer(row.filing_id, row.at, *who, "".join(line))


def _statuses(conn: Connection) -> dict[str, int]:
    sent = or_(filings.c.state == FilingState.FILED, TURNED_DOWN)
    asked = select(filings.c.portal_status, func.count()).where(sent)
    counted = conn.execute(asked.group_by(filings.c.portal_status))
    return {str(status): count for status, count in counted}


def _open_cases(conn: Connection) -> tuple[OpenCase, ...]:
    asked = (
        select(
            filings.c.reference,
            filings.c.procedure,
            filings.c.employer,
            _row_count(),
            filings.c.filed_at,
            filings.c.portal_status,
            filings.c.status_at,
        )
        .where(UNDECIDED)
        .order_by(filings.c.created_at, filings.c.id)
    )
    return tuple(OpenCase(*row) for row in conn.execute(asked))


def _row_count() -> Any:
    """How many rows a filing has, as a column of a question about filings."""
    of_it = filing_rows.c.filing_id == filings.c.id
    count = select(func.count()).where(of_it).correlate(filings)
    return count.scalar_subquery().label("count_")


def _waiting(conn: Connection) -> tuple[Waiting, ...]:
    which = filings.c.state.in_((*UNSETTLED, FilingState.DEAD))
    open_drafts = _open_drafts(conn, which)
    listed = select(filings, _row_count()).where(which)
    asked = listed.order_by(filings.c.created_at, filings.c.id)
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
