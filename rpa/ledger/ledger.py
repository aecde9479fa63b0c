"""The ledger: the durable memory of filings, rows, runs and leases; what makes *at most once*.

A filing moves planned → prepared → intended → filed; aside from it: rehearsed, refused, cancelled,
dead (given up after too many attempts) before the press, in doubt after it. The intent is on disk
before the last press. From then on its rows claim their business keys for ever, across jobs, runs,
processes and machines, until a look at the portal or a person says that nothing was filed.

Who died in planned or prepared starts over (``dissolve_planned``, then plan anew). Who died in
intended is looked up in the portal (``unsettled``): there → ``filed`` (reconciled), surely not
there → ``not_filed``, unsure → ``in_doubt``, which only the portal's record or a person ends.

What is filed may wait for an officer (``open_cases``). What he decides is written by ``decided``:
approved is the end of it, rejected is refused, and the rows may be filed anew.

Every write a run makes about a filing takes the run's lease and happens only while the lease's
token holds (LeaseLost otherwise). Keys are sealed, so that an identity number stands in payloads
only. The payload of a row that ended without being filed is blanked with that move, the others by
``rpa.aftercare.retention``. Any method may raise LedgerFailed.

Everywhere, ``position`` of a row is its ``Row.number``, and ``portal`` is one stable name of the
portal, compared letter by letter: an address that changes (a port) would forget what was filed.
"""

from __future__ import annotations

import contextlib
import hmac
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self

from sqlalchemy import and_, case, delete, func, insert, literal, or_, select, true, update

from rpa.errors import RpaError, Words
from rpa.ledger.lease import Lease, LeaseLost, elapsed
from rpa.ledger.records import (
    ANSWERED,
    BY_PERSONS,
    LETTERS,
    PINNED,
    SHORT,
    STARTED,
    TAKEN_BACK,
    UNDECIDED,
    keys_digest,
    masked,
    moment,
    read_agenda,
    read_answers,
    read_claims,
    read_drafts,
    read_due_runs,
    read_employers,
    read_events,
    read_filings,
    read_lacking,
    read_last_day,
    read_latest,
    read_log,
    read_rejections,
    read_said,
    read_sign_ins,
    read_standing,
    read_starts,
    read_summary,
)
from rpa.ledger.store import LedgerFailed, Store
from rpa.ledger.tables import (
    BEFORE_INTENT,
    CLAIMING,
    DONE,
    UNSETTLED,
    FilingState,
    agenda,
    clock,
    drafts,
    due_runs,
    employers,
    events,
    filing_rows,
    filings,
    heads,
    lock_gate,
    runs,
    sign_ins,
)
from rpa.model.filing import REJECTED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from rpa.ledger.records import (
        AgendaEntry,
        Answer,
        DueRun,
        EmployerRecord,
        EventRecord,
        FilingRecord,
        SignIn,
        Standing,
        Start,
        Summary,
    )
    from rpa.model.filing import Filing, Receipt
    from rpa.rules.record import Record

__all__ = [
    "Claim",
    "Claimed",
    "Exhausted",
    "FilingState",
    "Intent",
    "LeaseLost",
    "Ledger",
    "LedgerFailed",
    "Outcome",
    "PressedSince",
    "WrongLease",
    "WrongState",
]

MAX_ATTEMPTS = 5
PSEUDONYM = "new-"  # how the name of an employer begins who has no code yet

DIED, ENDED, REPLACED = "run died", "run ended", "replaced"
DRAFT_SAVED = "draft saved"  # the event of it
BY_A_PERSON, SETTLED = "by a person", "settled as not filed"
DOUBTED = Words(
    "Jawapan seorang telah ditarik balik; kesudahannya belum pasti semula.",
    "A person's answer was taken back; how it ended is in doubt again.",
)

Plain = str | int | float | bool | None


class Outcome(StrEnum):
    """A person's answer for a filing in doubt, after looking in the portal."""

    FILED = "filed"
    NOT_FILED = "not filed"


AGAIN = "taken back"  # in the place of an outcome, where an answer ended


class WrongState(RpaError):
    """A filing does not stand where this move begins; nothing was changed."""

    next_move: ClassVar[Words] = Words(
        "Lihat `assist-rpa status`. Lejar tidak diubah.",
        "See `assist-rpa status`. The ledger was not changed.",
    )

    def __init__(self, filing_id: str, state: FilingState | None) -> None:
        stands = "not known" if state is None else state.value
        super().__init__(
            Words(
                f"Langkah ini tidak dibenarkan: keadaan pemfailan {filing_id} ialah {stands!r}.",
                f"This move is not allowed: filing {filing_id} is {stands!r}.",
            )
        )
        self.filing_id, self.state = filing_id, state


class WrongLease(RpaError):
    """A filing was begun with another portal ID; its changes need that one's lease.

    ``rpa.ledger.lease.under`` gets it, unless a run is at work with that portal ID.
    """

    exit_code: ClassVar[int] = 75
    who: ClassVar[Words] = Words("pengendali", "operator")
    next_move: ClassVar[Words] = Words(
        "Jalankan semula dengan ID portal itu. Lejar tidak diubah.",
        "Run again with that portal ID. The ledger was not changed.",
    )

    def __init__(self, filing_id: str) -> None:
        super().__init__(
            Words(
                f"Pemfailan {filing_id} dimulakan dengan ID portal yang lain.",
                f"Filing {filing_id} was begun with another portal ID.",
            )
        )


class PressedSince(RpaError):
    """An answer cannot be taken back: its rows were pressed once more in another filing since."""

    exit_code: ClassVar[int] = 65
    who: ClassVar[Words] = Words("pengendali", "operator")
    next_move: ClassVar[Words] = Words(
        "Cari kedua-duanya di portal; jika kedua-duanya ada, minta PERKESO membatalkan satu. "
        "Jawapan itu kekal; lejar tidak diubah.",
        "Look for both in the portal; if both are there, ask PERKESO to cancel one. The answer "
        "stays; the ledger was not changed.",
    )

    def __init__(self, other: str) -> None:
        super().__init__(
            Words(
                f"Selepas jawapan itu baris ini ditekan sekali lagi, dalam pemfailan {other}.",
                f"These rows were pressed once more since that answer, in filing {other}.",
            )
        )


class Exhausted(RpaError):
    """A filing was begun too many times without an end and is given up (dead)."""

    next_move: ClassVar[Words] = Words(
        "Laporkan kepada penyelenggara. Untuk mencubanya semula: lihat nombor pemfailan dengan "
        '`assist-rpa status`, kemudian `assist-rpa cancel PEMFAILAN --reason "…"`.',
        "Report it to the maintainer. To let it be tried anew: see the filing's number with "
        '`assist-rpa status`, then `assist-rpa cancel FILING --reason "…"`.',
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """Why a row may not be pressed: another filing holds its matter, or its person.

    ``same_matter``: the same business key is filed, intended or in doubt there. Otherwise the
    person stands there in another matter that is not settled.
    """

    position: int
    same_matter: bool
    filing_id: str
    state: FilingState
    reference: str


class Claimed(RpaError):
    """Rows of a filing are claimed by other filings; the intent was not written."""

    exit_code: ClassVar[int] = 65
    who: ClassVar[Words] = Words("pengendali", "operator")
    next_move: ClassVar[Words] = Words(
        "Semak pemfailan lain itu, kemudian jalankan semula.",
        "See that other filing, then run again.",
    )

    def __init__(self, claims: Sequence[Claim]) -> None:
        first = claims[0]
        other = first.reference or first.filing_id
        matter = (
            Words("perkara yang sama", "the same matter")
            if first.same_matter
            else Words("orang yang sama", "the same person")
        )
        super().__init__(
            Words(
                f"Baris {first.position}: {matter.bm} sudah ada dalam pemfailan {other}"
                f" ({first.state.value}); jumlah baris begini: {len(claims)}.",
                f"Row {first.position}: {matter.en} already stands in filing {other}"
                f" ({first.state.value}); rows like this: {len(claims)}.",
            )
        )
        self.claims = tuple(claims)


@dataclass(frozen=True, slots=True)
class Intent:
    """The written intent to press; ask ``still_fresh`` directly before the press."""

    filing_id: str
    at: datetime
    margin_s: float
    lease: Lease
    started: float
    store: Store

    def still_fresh(self) -> bool:
        """Whether the press may be made: lease held, less than half of the margin gone by.

        Asked of this process's clock and of the database's. False, too, when the ledger does not
        answer. Without the press the runner may write ``not_filed`` at once.
        """
        half = self.margin_s / 2
        if not self.lease.held():
            return False
        try:
            with self.store.reading() as conn:
                self.lease.guard(conn)
                now = conn.scalars(select(clock())).one()
        except (LedgerFailed, LeaseLost):
            return False
        return abs((now - self.at).total_seconds()) <= half and elapsed() - self.started <= half


class _Change:
    """One filing inside one transaction, under the lease it was planned with (None: a person)."""

    def __init__(self, conn: Connection, filing_id: str, lease: Lease | None) -> None:
        self.conn = conn
        self.filing_id = filing_id
        self.run_id = None if lease is None else lease.holder
        self.lease_name = None if lease is None else lease.name

    def move(self, allowed: Collection[FilingState], **values: Any) -> None:
        """Change the filing if it is in one of these states. Raises WrongState.

        Raises WrongLease for a filing of another portal ID: whoever holds that lease may be at
        work on it.
        """
        mine = [filings.c.id == self.filing_id, filings.c.state.in_(allowed)]
        if self.lease_name is not None:
            mine.append(filings.c.lease_name == self.lease_name)
        changed = update(filings).where(*mine).values(updated_at=clock(), **values)
        if self.conn.execute(changed).rowcount != 1:
            self._refuse()

    def _refuse(self) -> None:
        asked = select(filings.c.state, filings.c.lease_name).where(filings.c.id == self.filing_id)
        found = self.conn.execute(asked).one_or_none()
        if found and self.lease_name not in {None, found.lease_name}:
            raise WrongLease(self.filing_id)
        raise WrongState(self.filing_id, FilingState(found.state) if found else None)

    def rows(self, before: Collection[FilingState], to: FilingState, **values: Any) -> None:
        """Change the state of those rows that are in one of the states ``before``.

        The record of a row that ended without being filed has done its service.
        """
        mine = (filing_rows.c.filing_id == self.filing_id, filing_rows.c.state.in_(before))
        if to in {FilingState.REHEARSED, FilingState.REFUSED, FilingState.CANCELLED}:
            values["payload"] = None
        self.conn.execute(update(filing_rows).where(*mine).values(state=to, **values))

    def words(self, text: str) -> str:
        """The filing's words with these below: one line for each that a person said of it."""
        asked = select(filings.c.message).where(filings.c.id == self.filing_id)
        before = self.conn.scalars(asked).one_or_none() or ""
        of_it = (events.c.filing_id == self.filing_id, events.c.kind.in_(BY_PERSONS))
        count = self.conn.scalars(select(func.count()).where(*of_it)).one()
        lines = before.split("\n")[:count]
        lines += [""] * (count - len(lines))  # blanked since
        return "\n".join((*lines, " ".join(masked(text).split())))

    def say(self, kind: str, **data: Plain) -> None:
        """Append an event."""
        _append(self.conn, kind, data, self.filing_id, self.run_id)


def _append(
    conn: Connection,
    kind: str,
    data: Mapping[str, Plain],
    filing_id: str | None,
    run_id: str | None,
) -> None:
    clean = {key: masked(value) if isinstance(value, str) else value for key, value in data.items()}
    conn.execute(
        insert(events).values(
            at=clock(), filing_id=filing_id, run_id=run_id, kind=kind, data=json.dumps(clean)
        )
    )


def _reason(words: Words) -> dict[str, str]:
    return {"reason_bm": words.bm, "reason_en": words.en}


class Ledger:
    """One ledger, for one process; ``close`` it at the end. Safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._secret = store.secret()

    @classmethod
    def open(cls, url_or_path: str | Path) -> Ledger:
        """Open a ledger: a file (made, 0600, when there is none) or ``postgresql://…``.

        Raises ConfigInvalid, naming the place and the next move, when it cannot be read and
        written, is damaged, belongs to something else or was made by a newer version; Busy when
        another process keeps hold of it.
        """
        return cls(Store.open(url_or_path))

    def close(self) -> None:
        """Close all connections. Leases must have been released before."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- keys ---

    def seal(self, portal: str, procedure: str, employer: str, *parts: str) -> str:
        """A key of 64 hexadecimal digits that tells nothing to who has not this ledger's secret.

        The same words give the same key for the ledger's whole life, other words another.
        """
        said = json.dumps([portal, procedure, employer, *parts])
        return hmac.digest(self._secret, said.encode(), "sha256").hex()

    def business_key(
        self,
        portal: str,
        procedure: str,
        employer: str,
        record: Record,
        occasion: Sequence[str] = (),
    ) -> str:
        """The key of a matter: filed at most once."""
        return self.seal(portal, procedure, employer, "matter", *occasion, *record.matter)

    def person_key(
        self, portal: str, employer: str, record: Record, occasion: Sequence[str] = ()
    ) -> str:
        """The key of a person with an employer: in one unsettled filing at a time.

        Whatever the procedure, unless the filing is of an occasion (a month): then in one of that
        occasion. Another employer's filing about the same person is another matter.
        """
        return self.sealed_person(portal, employer, record.person, occasion)

    def sealed_person(
        self, portal: str, employer: str, person: str, occasion: Sequence[str] = ()
    ) -> str:
        """The same of whoever is called so, as ``Record.person`` has it."""
        return self.seal(portal, "", employer, "person", *occasion[:1], person)

    def pseudonym(self, text: str) -> str:
        """The name in this ledger of an employer who has no code yet: ``new-`` and 12 hex digits.

        ``text`` is what the employer is known by until then, which for a household is a person's
        identity number: it stands nowhere in the ledger.
        """
        return f"{PSEUDONYM}{self.seal('', '', '', 'employer', text)[:12]}"

    def lease_name(self, portal: str, portal_id: str) -> str:
        """The name of the lease on a portal ID."""
        return self.seal(portal, "", "", "portal ID", portal_id)

    @property
    def identity(self) -> str:
        """What tells this ledger from every other."""
        return self.seal("", "", "", "ledger")

    # --- passwords ---

    def secret_digest(self, portal: str, portal_id: str, secret: str) -> str:
        """The seal of a password of this portal ID, however its e-mail is written."""
        return self.seal(portal, "", "", "password", portal_id.strip().casefold(), secret)

    def will_type(self, digest: str, lease: Lease, *, portal: str, run_id: str) -> SignIn | None:
        """Note, on disk, that this password is typed now; the caller must then type it at once.

        The note that stands already, when there is one: then nothing is written, and it must not
        be typed. Raises LeaseLost.
        """
        with self.store.writing() as conn:
            lock_gate(conn)
            lease.guard(conn)
            for known in read_sign_ins(conn, digest):
                return known
            ending = {"ending_bm": "", "ending_en": ""}
            named = {"digest": digest, "portal": portal, "run_id": run_id, **ending}
            new = insert(sign_ins).values(typed_at=clock(), lease_name=lease.name, **named)
            conn.execute(new)
        return None

    def was_accepted(self, digest: str, *, run_id: str) -> None:
        """The portal's first screen has come: this run's note is taken back."""
        mine = and_(sign_ins.c.digest == digest, sign_ins.c.run_id == run_id)
        with self.store.writing() as conn:
            conn.execute(delete(sign_ins).where(mine))

    def not_accepted(self, digest: str, ending: Words, *, run_id: str) -> None:
        """What stood there instead of the first screen; the note stays until a person says so."""
        mine = and_(sign_ins.c.digest == digest, sign_ins.c.run_id == run_id)
        bm, en = (masked(text) for text in (ending.bm, ending.en))
        with self.store.writing() as conn:
            conn.execute(update(sign_ins).where(mine).values(ending_bm=bm, ending_en=en))

    def typed(self, digest: str) -> SignIn | None:
        """The note of a password that must not be typed; None when it may be."""
        with self.store.reading() as conn:
            return next(iter(read_sign_ins(conn, digest)), None)

    def sign_ins(self) -> list[SignIn]:
        """The passwords that are not typed again until a person says so; oldest first."""
        with self.store.reading() as conn:
            return read_sign_ins(conn)

    def allow_sign_in(self, digest: str, *, reason: str, person: str) -> None:
        """A person says that this password may be typed once more."""
        with self.store.writing() as conn:
            conn.execute(delete(sign_ins).where(sign_ins.c.digest == digest))
            said = {"login": digest[:SHORT], "reason": reason, "by": person}
            _append(conn, "log-in allowed", said, None, None)

    # --- runs and events ---

    def start_run(self, run_id: str, *, job_digest: str, folder: str, **of_job: str) -> None:
        """Note the beginning of a run; before its first ``plan``.

        ``of_job`` are, of the run of a job, its ``portal`` and its ``file``, see ``starts``.
        """
        with self.store.writing() as conn:
            values = {"id": run_id, "job_digest": job_digest, "folder": folder}
            conn.execute(insert(runs).values(started_at=clock(), **values))
            _append(conn, STARTED, {"job": job_digest, **of_job}, None, run_id)

    def end_run(self, run_id: str, exit_code: int) -> None:
        """Note that a run came to its end; a run without one died, and its attempts count on."""
        with self.store.writing() as conn:
            mine = update(runs).where(runs.c.id == run_id)
            conn.execute(mine.values(ended_at=clock(), exit=exit_code))

    def starts(self, since: datetime) -> list[Start]:
        """The starts of jobs that began since and came to their end, in their order."""
        with self.store.reading() as conn:
            return list(read_starts(conn, since))

    def note_head(self, folder: str, first: str, chain: str, lines: int) -> None:
        """Note where the list of evidence of a run folder ends; what was noted before stays."""
        values = {"folder": folder, "first": first, "chain": chain, "lines": lines}
        with self.store.writing() as conn:
            conn.execute(insert(heads).values(noted_at=clock(), **values))

    def head_of(self, folder: str, first: str) -> tuple[str, int] | None:
        """The end of a run folder's list as it was noted last; None when nobody noted any.

        Of several folders of one name it is the one whose list begins with ``first``, if any does.
        """
        asked = select(heads.c.first, heads.c.chain, heads.c.lines).where(heads.c.folder == folder)
        with self.store.reading() as conn:
            found = conn.execute(asked.order_by(heads.c.id.desc())).all()
        row = next((row for row in found if row.first == first), found[0] if found else None)
        return (row.chain, row.lines) if row else None

    def folders(self) -> list[str]:
        """The run folders that should be there: of the last that was noted, lines are left."""
        asked = select(heads.c.folder, heads.c.lines).order_by(heads.c.id)
        with self.store.reading() as conn:
            newest = {row.folder: row.lines for row in conn.execute(asked)}
        return sorted(folder for folder, left in newest.items() if left)

    def event(
        self,
        kind: str,
        data: Mapping[str, Plain],
        *,
        run_id: str,
        filing_id: str | None = None,
    ) -> None:
        """Append a line to the log; identity numbers in texts are masked.

        Asks for no lease: what an overtaken run still did is worth knowing, too.
        """
        with self.store.writing() as conn:
            _append(conn, kind, data, filing_id, run_id)

    def log(self) -> list[EventRecord]:
        """The whole log, in order."""
        with self.store.reading() as conn:
            return read_log(conn)

    def log_of(self, run_id: str) -> list[EventRecord]:
        """A run's lines of the log, in order."""
        with self.store.reading() as conn:
            return read_log(conn, run_id)

    def said(self, kind: str) -> list[EventRecord]:
        """All lines of the log of one kind, in order."""
        with self.store.reading() as conn:
            return read_said(conn, kind)

    def say_next(self, kind: str, data: Mapping[str, Plain], *, after: int) -> bool:
        """Append a line that belongs to no run, if just so many of its kind stand there by now."""
        with self.store.writing() as conn:
            lock_gate(conn)
            if len(read_said(conn, kind)) != after:
                return False
            _append(conn, kind, data, None, None)
        return True

    def seen(self) -> datetime:
        """The latest moment that this ledger has met, whatever a computer's clock says now.

        A clock that was wrong in the future would be met for ever: what stands before the last
        pin of the approvers does not count, for an approver has signed since.
        """
        with self.store.reading() as conn:
            return read_latest(conn, PINNED)

    # --- a filing before its press ---

    def plan(
        self, filing: Filing[Any], lease: Lease, *, portal: str, run_id: str, job_digest: str
    ) -> None:
        """Write a new filing and its rows: planned.

        Attempts of filings of the same job and matter whose run died are carried over. Raises
        ValueError for a filing without rows or with one matter twice.
        """
        rows = [self._row(filing, row, portal) for row in filing.rows]
        if not rows or len({row["business_key"] for row in rows}) != len(rows):
            raise ValueError("a filing has rows, and each matter once")
        with self._changing(filing.id, lease) as change:
            begun = insert(filings).values(
                id=filing.id,
                portal=portal,
                lease_name=lease.name,
                procedure=filing.procedure,
                employer=filing.employer,
                state=FilingState.PLANNED,
                attempts=0,
                job_digest=job_digest,
                run_id=run_id,
                created_at=clock(),
                updated_at=clock(),
            )
            change.conn.execute(begun)
            change.conn.execute(insert(filing_rows), rows)
            _inherit_attempts(change.conn, filing.id, job_digest)
            keys = keys_digest((r["position"], r["business_key"], r["person_key"]) for r in rows)
            change.say("planned", rows=len(rows), keys=keys)

    def _row(self, filing: Filing[Any], row: Any, portal: str) -> dict[str, Any]:
        record: Record = row.record
        return {
            "filing_id": filing.id,
            "position": row.number,
            "business_key": self.business_key(
                portal, filing.procedure, filing.employer, record, filing.occasion
            ),
            "person_key": self.person_key(portal, filing.employer, record, filing.occasion),
            "state": FilingState.PLANNED,
            "payload": record.model_dump_json(),
        }

    def begin_attempt(self, filing_id: str, lease: Lease, *, bound: int = MAX_ATTEMPTS) -> int:
        """Count an attempt before its work, so that work that kills the process is counted.

        Back to planned from prepared. Raises Exhausted, the filing being dead from then on, when
        ``bound`` attempts were begun before.
        """
        with self._changing(filing_id, lease) as change:
            change.move(BEFORE_INTENT)
            mine = filings.c.id == filing_id
            before: int = change.conn.scalars(select(filings.c.attempts).where(mine)).one()
            words = Words(
                f"Baris-baris ini sudah dimulakan {before} kali tanpa selesai dan tidak dicuba"
                " lagi.",
                f"These rows were begun {before} times without an end and are not tried again.",
            )
            if before < bound:
                change.move(BEFORE_INTENT, state=FilingState.PLANNED, attempts=before + 1)
                change.say("attempt", number=before + 1)
                return before + 1
            change.move(BEFORE_INTENT, state=FilingState.DEAD, **_reason(words))
            change.rows([FilingState.PLANNED], FilingState.DEAD)
            change.say("dead", attempts=before)
        raise Exhausted(words)

    def draft_saved(self, filing_id: str, reference: str, lease: Lease, **told: str) -> None:
        """Note a case number the portal gave to a draft, so that it is known as ours.

        ``told`` goes into the log beside it: nothing that is a person's in plain words.

        A draft that an earlier filing left may be taken over. Raises WrongState when it is the
        draft of a filing that is not settled.
        """
        with self._changing(filing_id, lease) as change:
            change.move(BEFORE_INTENT)
            asked = select(filings).where(filings.c.id == filing_id)
            filing = change.conn.execute(asked).one()
            known = and_(drafts.c.portal == filing.portal, drafts.c.reference == reference)
            _refuse_unsettled_draft(change.conn, known)
            values = {"employer": filing.employer, "filing_id": filing_id, "gone_at": None}
            taken = update(drafts).where(known).values(saved_at=clock(), **values)
            if change.conn.execute(taken).rowcount == 0:
                named = {"portal": filing.portal, "reference": reference, **values}
                change.conn.execute(insert(drafts).values(saved_at=clock(), **named))
            change.say(DRAFT_SAVED, reference=reference, **told)

    def draft_gone(self, portal: str, reference: str, lease: Lease) -> None:
        """Note that a draft is no longer at the portal (removed, or not found there)."""
        known = and_(drafts.c.portal == portal, drafts.c.reference == reference)
        with self._writing(lease) as conn:
            conn.execute(update(drafts).where(known).values(gone_at=clock()))
            _append(conn, "draft gone", {"reference": reference}, None, lease.holder)

    def drafts_of(self, portal: str, employer: str, lease: Lease) -> list[str]:
        """Case numbers of our left-over drafts, the newest last.

        Left out are those that may have been sent, and those another portal ID's run is at work
        on at this moment.
        """
        with self.store.reading() as conn:
            return read_drafts(conn, portal, employer, lease.name)

    def prepared(self, filing_id: str, lease: Lease) -> None:
        """The portal's review is open and right; only the press is left."""
        with self._changing(filing_id, lease) as change:
            change.move(BEFORE_INTENT, state=FilingState.PREPARED)
            change.say("prepared")

    def rehearsed(self, filing_id: str, lease: Lease) -> None:
        """A rehearsal came to the last press and did not make it."""
        with self._changing(filing_id, lease) as change:
            change.move(BEFORE_INTENT, state=FilingState.REHEARSED)
            change.rows([FilingState.PLANNED], FilingState.REHEARSED)
            change.say("rehearsed")

    def row_refused(self, filing_id: str, position: int, words: Words, lease: Lease) -> None:
        """The portal refused one row; the filing goes on without it, its claim is let go.

        Raises WrongState when the filing is settled or in doubt, ValueError for a row it has not.
        """
        mine = (filing_rows.c.filing_id == filing_id, filing_rows.c.position == position)
        values = {"state": FilingState.REFUSED, "payload": None, **_reason(words)}
        with self._changing(filing_id, lease) as change:
            change.move((*BEFORE_INTENT, FilingState.INTENDED))
            changed = change.conn.execute(update(filing_rows).where(*mine).values(**values))
            if changed.rowcount != 1:
                raise ValueError("no such row in this filing")
            change.say("row refused", position=position)

    def refused(self, filing_id: str, words: Words, lease: Lease) -> None:
        """The portal said no to the whole filing; its claims are let go.

        From intended only when the portal's record, not merely its answer to the press, says that
        nothing was filed.
        """
        before = (FilingState.PLANNED, FilingState.INTENDED)
        with self._changing(filing_id, lease) as change:
            allowed = (*BEFORE_INTENT, FilingState.INTENDED)
            change.move(allowed, state=FilingState.REFUSED, **_reason(words))
            change.rows(before, FilingState.REFUSED, **_reason(words))
            change.say("refused")

    def cancel(self, filing_id: str, *, reason: str = "", person: str = "") -> None:
        """A person takes back a filing that was not pressed, or lets a dead one be tried anew.

        Raises WrongState for any other; above all an intended one is left alone.
        """
        with self._changing(filing_id, None) as change:
            allowed = (*BEFORE_INTENT, FilingState.DEAD)
            change.move(allowed, state=FilingState.CANCELLED, cause=BY_A_PERSON)
            change.rows([FilingState.PLANNED, FilingState.DEAD], FilingState.CANCELLED)
            change.say("cancelled", cause=BY_A_PERSON, reason=reason, by=person)

    def dissolve_planned(self, lease: Lease, run_id: str) -> int:
        """Cancel what earlier runs of this portal ID planned and never pressed; how many.

        Whoever holds the lease knows that those runs are over. Their rows are planned anew.
        """
        left = and_(
            filings.c.lease_name == lease.name,
            filings.c.state.in_(BEFORE_INTENT),
            filings.c.run_id != run_id,
        )
        ended = select(runs.c.id).where(runs.c.ended_at.is_not(None))
        cause = case((filings.c.run_id.in_(ended), ENDED), else_=DIED)
        with self._writing(lease) as conn:
            _cancel_all(conn, left, lease.holder)
            dissolved = (
                update(filings)
                .where(left)
                .values(state=FilingState.CANCELLED, cause=cause, updated_at=clock())
            )
            return conn.execute(dissolved).rowcount

    # --- the press and after ---

    def intend(
        self, filing_id: str, positions: Collection[int], lease: Lease, *, margin_s: float
    ) -> Intent:
        """Write, in one transaction on disk, that these rows will be pressed now.

        The lease is given its whole time in the same transaction, so that at least ``margin_s``
        seconds of it are left. ``positions`` are the rows in the portal's review. A row outside
        it must have been refused (ValueError); one inside it that an earlier attempt had refused
        counts again. Raises Claimed when a row's matter is filed, intended or in doubt in another
        filing or its person stands in one not settled, LeaseLost, WrongState, WrongLease.
        """
        if not 0 < margin_s < lease.ttl_s:
            raise ValueError("the margin is shorter than the lease")
        started = elapsed()
        lease.check()
        with self.store.writing() as conn:
            lock_gate(conn)
            lease.guard(conn)
            lease.extend(conn)
            change = _Change(conn, filing_id, lease)
            times = {"intended_at": clock(), "held_at": clock()}
            change.move(BEFORE_INTENT, state=FilingState.INTENDED, **times)
            _open_rows(conn, filing_id, positions)
            _refuse_claimed(conn, filing_id)
            change.rows([FilingState.PLANNED], FilingState.INTENDED)
            change.say("intended", rows=len(positions))
            mine = filings.c.id == filing_id
            at = conn.scalars(select(filings.c.intended_at).where(mine)).one()
        return Intent(filing_id, at, margin_s, lease, started, self.store)

    def left(self, filing_id: str, lease: Lease) -> None:
        """The press is about to leave; on disk before it does.

        As long as this is not written nothing was sent, whatever else is known of the run. Raises
        LeaseLost, and WrongState without an intent: then it must not leave.
        """
        with self._changing(filing_id, lease) as change:
            change.move([FilingState.INTENDED], held_at=None)
            change.say("left")

    def distrust(self, run_id: str) -> None:
        """This is an older state of the ledger: what it calls not sent may have been sent since.

        Each intent counts as pressed from here on, and is asked of the portal.
        """
        with self.store.writing() as conn:
            held = filings.c.held_at.is_not(None)
            asked = conn.execute(update(filings).where(held).values(held_at=None)).rowcount
            _append(conn, "older ledger", {"asked of the portal": asked}, None, run_id)

    def filed(self, filing_id: str, receipt: Receipt, lease: Lease, *, reconciled: bool) -> None:
        """The portal has it: the filing and its rows, in one transaction.

        ``reconciled``: found by a look at the portal's record and not read from the press's own
        answer; this may also end a doubt. The case's status is kept with its time, and the code of
        an employer it registered. Raises WrongState, ValueError for a receipt whose time has no
        zone.
        """
        if receipt.at.tzinfo is None:
            raise ValueError("a receipt's time needs its zone")
        allowed = UNSETTLED if reconciled else (FilingState.INTENDED,)
        with self._changing(filing_id, lease) as change:
            change.move(
                allowed,
                state=FilingState.FILED,
                reference=receipt.reference,
                filed_at=receipt.at,
                message=change.words(receipt.message),
                portal_status=receipt.status,
                status_at=receipt.at if receipt.status else None,
                **_reason(Words("", "")),  # a doubt there was is over
            )
            change.rows(UNSETTLED, FilingState.FILED)
            _draft_became_filing(change.conn, filing_id, receipt.reference)
            _keep_employer(change, receipt.employer_code)
            told = {"reference": receipt.reference, "status": receipt.status}
            change.say("filed", filed_at=moment(receipt.at), reconciled=reconciled, **told)

    def not_filed(self, filing_id: str, lease: Lease) -> None:
        """A look decided, or no press was made: intended → planned, the claims are let go.

        Never for one in doubt (WrongState): only the portal's record or a person ends a doubt.
        """
        with self._changing(filing_id, lease) as change:
            nothing = {"intended_at": None, "held_at": None}
            change.move([FilingState.INTENDED], state=FilingState.PLANNED, **nothing)
            change.rows([FilingState.INTENDED], FilingState.PLANNED)
            change.say("not filed")

    def in_doubt(self, filing_id: str, words: Words, lease: Lease) -> None:
        """The looks did not decide: a person must; the claims stay."""
        with self._changing(filing_id, lease) as change:
            change.move(UNSETTLED, state=FilingState.IN_DOUBT, **_reason(words))
            change.rows([FilingState.INTENDED], FilingState.IN_DOUBT)
            change.say("in doubt")

    def settle(  # noqa: PLR0913  by keyword only
        self,
        filing_id: str,
        outcome: Outcome,
        *,
        reference: str,
        reason: str,
        person: str,
        status: str = "",
    ) -> None:
        """A person's answer, after looking in the portal, for a filing in doubt.

        ``reference`` is the case number seen there (needed for FILED: ValueError without), and
        ``person`` who looked; ``status`` what needs no later look at it. NOT_FILED lets the claims
        go, so that the rows are planned anew. Raises WrongState for a filing that is not in doubt.
        """
        if outcome is Outcome.FILED and not reference:
            raise ValueError("what was filed has a reference")
        filed = outcome is Outcome.FILED
        state = FilingState.FILED if filed else FilingState.CANCELLED
        told = {"reference": reference, "portal_status": status}
        values = told if filed else {"cause": SETTLED}
        with self._changing(filing_id, None) as change:
            said = change.words(reason)
            change.move([FilingState.IN_DOUBT], state=state, message=said, **values)
            change.rows([FilingState.IN_DOUBT], state)
            if filed:
                _draft_became_filing(change.conn, filing_id, reference)
            who = {"outcome": outcome.value, "reference": reference, "by": person}
            change.say(ANSWERED, status=status, **who)

    def take_back(self, filing_id: str, *, reason: str, person: str) -> None:
        """A person's answer ends, by a person: the filing is in doubt again, its rows claimed.

        The answer stays in the log. Only while it is the last that happened to the filing
        (WrongState): what the portal's record said since is no person's to take back. Raises
        PressedSince when its rows were pressed in another filing since, Claimed when a person
        of it stands in another one that is not settled.
        """
        with self.store.writing() as conn:
            lock_gate(conn)
            change = _Change(conn, filing_id, None)
            mine = filings.c.id == filing_id
            stood = conn.execute(select(filings).where(mine)).one_or_none()
            last = _last_event(conn, filing_id)
            if stood is None or last is None or last.kind != ANSWERED:
                raise WrongState(filing_id, FilingState(stood.state) if stood else None)
            _refuse_pressed_since(conn, filing_id, last.id)
            _refuse_claimed(conn, filing_id, (FilingState.FILED, FilingState.CANCELLED))
            answered = FilingState(stood.state)
            nothing = {"reference": "", "cause": "", "portal_status": "", "status_at": None}
            words = {"message": change.words(reason), **_reason(DOUBTED)}
            change.move([answered], state=FilingState.IN_DOUBT, **nothing, **words)
            change.rows([answered], FilingState.IN_DOUBT)
            _draft_became_filing(conn, filing_id, stood.reference, gone_at=None)
            who = {"outcome": AGAIN, "reference": stood.reference, "by": person}
            change.say(TAKEN_BACK, **who)

    # --- what the portal decides later ---

    def decided(
        self, filing_id: str, status: str, reason: Words, lease: Lease, employer_code: str = ""
    ) -> None:
        """What the portal's record says now of a case that was filed: its status, since when.

        "Rejected" turns the filing and its rows to refused, so that a corrected row may be filed
        anew. ``employer_code`` is the code of an employer whom the case registered. The same said
        again changes nothing. Raises WrongState for a filing that is not filed, ValueError without
        a status.
        """
        if not status:
            raise ValueError("what the portal's record says has words")
        with self._changing(filing_id, lease) as change:
            if not _stands_so(change, status, reason):
                _write_status(change, status, reason)
            _keep_employer(change, employer_code)

    def open_cases(self, portal: str, employer: str | None = None) -> list[FilingRecord]:
        """Filed, and neither approved nor rejected as far as is known; oldest first.

        A case whose status nobody has read yet is open.
        """
        which = and_(filings.c.portal == portal, UNDECIDED)
        if employer is not None:
            which = and_(which, filings.c.employer == employer)
        with self.store.reading() as conn:
            return read_filings(conn, which)

    def letters(self, filing_id: str, run_id: str, *, missing: bool) -> None:
        """Note whether letters of a case are missing; the last note counts."""
        self.event(LETTERS, {"missing": missing}, run_id=run_id, filing_id=filing_id)

    def lacking_letters(self, portal: str) -> list[FilingRecord]:
        """The cases whose letters were missing when they were last asked for; oldest first."""
        with self.store.reading() as conn:
            return read_lacking(conn, portal)

    def rejections(self, keys: Sequence[str]) -> dict[str, Standing]:
        """The latest case of each of these matters that an officer rejected; others are left out.

        A matter may have been filed anew since: ``standing`` tells, and comes first.
        """
        with self.store.reading() as conn:
            return read_rejections(conn, keys)

    def known_employers(self, portal: str) -> list[EmployerRecord]:
        """Employers registered at this portal with this tool, by code."""
        with self.store.reading() as conn:
            return read_employers(conn, portal)

    def holder_of(self, portal: str, code: str) -> str | None:
        """The name of the lease under which this employer was registered; None when it was not."""
        return next((e.lease_name for e in self.known_employers(portal) if e.code == code), None)

    # --- rows with a date ---

    def agenda(self, portal: str, keys: Sequence[str]) -> dict[str, AgendaEntry]:
        """What the calendar has of these matters; one it never met is left out."""
        with self.store.reading() as conn:
            return read_agenda(conn, portal, keys)

    def note_agenda(
        self, portal: str, entries: Collection[AgendaEntry], *, run_id: str, person: str = ""
    ) -> None:
        """Write what was decided about rows with a date, all in one transaction.

        What is done stays as it was written first: a matter ends in the calendar once. ``person``
        is who decided where it was no rule.
        """
        if not entries:
            return
        with self.store.writing() as conn:
            lock_gate(conn)
            before = read_agenda(conn, portal, [entry.business_key for entry in entries])
            for entry in entries:
                known = before.get(entry.business_key)
                if entry != known and (known is None or known.state not in DONE):
                    _write_entry(conn, portal, entry, run_id, person)

    def start_due(self, due_id: str, *, portal: str, job: str, day: date) -> None:
        """Note that ``due`` began for a job, and which day it believed to be."""
        values = {"id": due_id, "portal": portal, "job": job, "day": day, "trusted": 1}
        words = {"reason_bm": "", "reason_en": ""}
        with self.store.writing() as conn:
            conn.execute(insert(due_runs).values(started_at=clock(), **values, **words))

    def end_due(self, due_id: str, exit_code: int, reason: Words, *, trusted: bool = True) -> None:
        """Note how it ended; ``reason`` is why not all that was due was done, or empty.

        Not ``trusted``: the portal denied the day that the run believed in.
        """
        values = {"exit": exit_code, "reason_bm": reason.bm, "reason_en": reason.en}
        if not trusted:
            values["trusted"] = 0
        with self.store.writing() as conn:
            mine = update(due_runs).where(due_runs.c.id == due_id)
            conn.execute(mine.values(ended_at=clock(), **values))

    def due_runs(self, portal: str, job: str, since: date) -> list[DueRun]:
        """The starts of ``due`` for a job from a day on, in their order."""
        with self.store.reading() as conn:
            return read_due_runs(conn, portal, job, since)

    def last_day(self, portal: str) -> date | None:
        """The latest day that ``due`` has seen at this portal; None when it never ran."""
        with self.store.reading() as conn:
            return read_last_day(conn, portal)

    def distrust_after(self, portal: str, day: date, *, reason: str, person: str) -> None:
        """A person says that the clock was wrong when ``due`` saw days later than this one."""
        later = and_(due_runs.c.portal == portal, due_runs.c.day > day)
        with self.store.writing() as conn:
            conn.execute(update(due_runs).where(later).values(trusted=0))
            said = {"day": day.isoformat(), "reason": reason, "by": person}
            _append(conn, "clock corrected", said, None, None)

    # --- questions ---

    def standing(self, keys: Sequence[str]) -> dict[str, Standing]:
        """How these business keys stand; one that nothing claims is left out."""
        with self.store.reading() as conn:
            return read_standing(conn, keys)

    def claims(self, portal: str, employer: str, procedure: str) -> list[Standing]:
        """The filings of one procedure for an employer that are filed, or may be; oldest first."""
        with self.store.reading() as conn:
            return list(read_claims(conn, portal, employer, procedure))

    def unsettled(self, portal: str, employer: str | None = None) -> list[FilingRecord]:
        """Filings intended or in doubt, with all that a look at the portal needs; oldest first.

        To settle one, hold the lease of its ``lease_name``: ``rpa.ledger.lease.under`` gets it.
        Busy then means that a run of another portal ID is at work on it: leave it alone.
        """
        which = and_(filings.c.portal == portal, filings.c.state.in_(UNSETTLED))
        if employer is not None:
            which = and_(which, filings.c.employer == employer)
        with self.store.reading() as conn:
            return read_filings(conn, which)

    def filings(self) -> list[FilingRecord]:
        """All of them, oldest first."""
        with self.store.reading() as conn:
            return read_filings(conn, true())

    def filing(self, filing_id: str) -> FilingRecord | None:
        """One filing; None when there is none of that id."""
        with self.store.reading() as conn:
            return next(iter(read_filings(conn, filings.c.id == filing_id)), None)

    def filings_named(self, name: str) -> list[FilingRecord]:
        """The filings of this reference, or whose id begins so."""
        words = " " + filings.c.reference + " "
        of_it = words.contains(f" {name} ", autoescape=True)
        begins = filings.c.id.startswith(name, autoescape=True)
        with self.store.reading() as conn:
            return read_filings(conn, or_(of_it, begins))

    def answer(self, filing_id: str) -> Answer | None:
        """What a person said last of a filing in doubt; None when nobody did."""
        with self.store.reading() as conn:
            return next(iter(read_answers(conn, 1, filing_id)), None)

    def answered(self, filing_id: str) -> bool:
        """Whether a person's answer is the last that happened to a filing."""
        with self.store.reading() as conn:
            last = _last_event(conn, filing_id)
        return last is not None and last.kind == ANSWERED

    def events_of(self, filing_id: str) -> list[EventRecord]:
        """All that happened to one filing, in order."""
        with self.store.reading() as conn:
            return read_events(conn, filing_id)

    def summary(self, *, last_runs: int = 10) -> Summary:
        """What ``assist-rpa status`` shows."""
        with self.store.reading() as conn:
            return read_summary(conn, last_runs)

    # --- retention ---

    def note(self, kind: str, data: Mapping[str, Plain]) -> None:
        """Append a line to the log about what no run and no filing did."""
        with self.store.writing() as conn:
            _append(conn, kind, data, None, None)

    # --- transactions ---

    @contextlib.contextmanager
    def _writing(self, lease: Lease | None) -> Iterator[Connection]:
        with self.store.writing() as conn:
            if lease is not None:
                lease.guard(conn)
            yield conn

    @contextlib.contextmanager
    def _changing(self, filing_id: str, lease: Lease | None) -> Iterator[_Change]:
        with self._writing(lease) as conn:
            yield _Change(conn, filing_id, lease)


def _write_entry(
    conn: Connection, portal: str, entry: AgendaEntry, run_id: str, person: str
) -> None:
    mine = and_(agenda.c.portal == portal, agenda.c.business_key == entry.business_key)
    conn.execute(delete(agenda).where(mine))
    bm, en = (masked(text) for text in (entry.reason.bm, entry.reason.en))
    values = {"state": entry.state.value, "days_late": entry.days_late}
    named = {"portal": portal, "business_key": entry.business_key, "run_id": run_id}
    words = {"reason_bm": bm, "reason_en": en}
    at = {"due_on": entry.due_on, "decided_at": clock()}
    conn.execute(insert(agenda).values(**at, **named, **values, **words))
    said = {"key": entry.business_key, "due_on": entry.due_on.isoformat(), "reason": en}
    by = {"by": person} if person else {}
    _append(conn, "calendar", {**said, **values, **by}, None, run_id)


def _keys_of(filing_id: str) -> Any:
    return select(filing_rows.c.business_key).where(filing_rows.c.filing_id == filing_id)


def _inherit_attempts(conn: Connection, filing_id: str, job_digest: str) -> None:
    """Carry on the count of filings of the same job and matter whose run died.

    Otherwise work that kills its process would begin at one again with every run. A changed job,
    or a person's ``cancel``, begins anew.
    """
    same_matter = select(filing_rows.c.filing_id).where(
        filing_rows.c.business_key.in_(_keys_of(filing_id))
    )
    earlier = and_(
        filings.c.id.in_(same_matter),
        filings.c.id != filing_id,
        filings.c.job_digest == job_digest,
        or_(filings.c.state == FilingState.DEAD, filings.c.cause == DIED),
    )
    most = conn.scalars(select(func.max(filings.c.attempts)).where(earlier)).one()
    if most:
        _cancel_all(conn, and_(earlier, filings.c.state == FilingState.DEAD), None)
        replaced = {"state": FilingState.CANCELLED, "cause": REPLACED}
        conn.execute(update(filings).where(earlier).values(**replaced))
        conn.execute(update(filings).where(filings.c.id == filing_id).values(attempts=most))


def _cancel_all(conn: Connection, which: ColumnElement[bool], run_id: str | None) -> None:
    """Cancel the rows of these filings and note it; the filings themselves are the caller's."""
    chosen = select(filings.c.id).where(which)
    open_rows = filing_rows.c.state.in_([FilingState.PLANNED, FilingState.DEAD])
    rows = update(filing_rows).where(filing_rows.c.filing_id.in_(chosen), open_rows)
    conn.execute(rows.values(state=FilingState.CANCELLED, payload=None))
    line = select(clock(), filings.c.id, literal(run_id), literal("cancelled"), literal("{}"))
    columns = ["at", "filing_id", "run_id", "kind", "data"]
    conn.execute(insert(events).from_select(columns, line.where(which)))


def _refuse_unsettled_draft(conn: Connection, known: ColumnElement[bool]) -> None:
    joined = drafts.join(filings, filings.c.id == drafts.c.filing_id)
    asked = select(filings.c.id, filings.c.state).select_from(joined)
    for filing_id, state in conn.execute(asked.where(known, filings.c.state.in_(UNSETTLED))):
        raise WrongState(filing_id, FilingState(state))


def _draft_became_filing(
    conn: Connection, filing_id: str, reference: str, **gone: datetime | None
) -> None:
    """A case keeps the number of its draft; ``gone_at=None``: it did not become one after all."""
    portal = select(filings.c.portal).where(filings.c.id == filing_id).scalar_subquery()
    became = and_(drafts.c.portal == portal, drafts.c.reference == reference)
    conn.execute(update(drafts).where(became).values({"gone_at": clock(), **gone}))


def _last_event(conn: Connection, filing_id: str) -> Any:
    """The line of the log that tells last of a filing; None when there is none."""
    asked = select(events.c.id, events.c.kind).where(events.c.filing_id == filing_id)
    return conn.execute(asked.order_by(events.c.id.desc()).limit(1)).one_or_none()


# What the log says of a filing whose press left, or may have.
_PRESSED = ("left", "filed", "in doubt", ANSWERED)


def _refuse_pressed_since(conn: Connection, filing_id: str, since: int) -> None:
    """Raise PressedSince when another filing of its matters was pressed after this event."""
    pressed = and_(events.c.id > since, events.c.kind.in_(_PRESSED))
    joined = filing_rows.join(events, events.c.filing_id == filing_rows.c.filing_id)
    asked = select(filing_rows.c.filing_id).select_from(joined).where(pressed)
    theirs = (filing_rows.c.business_key.in_(_keys_of(filing_id)),
              filing_rows.c.filing_id != filing_id)  # fmt: skip
    for other in conn.scalars(asked.where(*theirs).limit(1)):
        raise PressedSince(other[:SHORT])


def _stands_so(change: _Change, status: str, reason: Words) -> bool:
    """Whether the ledger has this status of the filing already."""
    filed = and_(
        filings.c.state == FilingState.FILED,
        filings.c.reason_bm == reason.bm,
        filings.c.reason_en == reason.en,
    )
    rejected = filings.c.state == FilingState.REFUSED
    asked = select(filings.c.id).where(
        filings.c.id == change.filing_id,
        filings.c.lease_name == change.lease_name,
        filings.c.portal_status == status,
        rejected if status == REJECTED else filed,
    )
    return change.conn.execute(asked).first() is not None


def _write_status(change: _Change, status: str, reason: Words) -> None:
    state = FilingState.REFUSED if status == REJECTED else FilingState.FILED
    values = {"portal_status": status, "status_at": clock(), **_reason(reason)}
    change.move([FilingState.FILED], state=state, **values)
    if state is FilingState.REFUSED:
        change.rows([FilingState.FILED], state, **_reason(reason))
    change.say("decided", status=status)


def _keep_employer(change: _Change, code: str) -> None:
    """Remember the code that the portal gave to the employer this filing registered."""
    asked = select(filings.c.portal, filings.c.employer, filings.c.lease_name, filings.c.reference)
    filing = change.conn.execute(asked.where(filings.c.id == change.filing_id)).one()
    if code in {"", filing.employer}:
        return
    known = and_(employers.c.portal == filing.portal, employers.c.code == code)
    kept_by = select(employers.c.filing_id).where(known)
    if change.conn.scalars(kept_by).one_or_none() == change.filing_id:
        return
    change.conn.execute(delete(employers).where(known))
    values = {"filing_id": change.filing_id, "reference": filing.reference, "at": clock()}
    named = {"portal": filing.portal, "code": code, "lease_name": filing.lease_name}
    change.conn.execute(insert(employers).values(**named, **values))
    change.say("employer registered", code=code, reference=filing.reference)


def _open_rows(conn: Connection, filing_id: str, positions: Collection[int]) -> None:
    """Make sure that exactly these rows are planned; those not among them were refused."""
    mine = filing_rows.c.filing_id == filing_id
    again = and_(filing_rows.c.position.in_(positions), filing_rows.c.state == FilingState.REFUSED)
    words = {"reason_bm": "", "reason_en": ""}
    reopened = update(filing_rows).where(mine, again).values(state=FilingState.PLANNED, **words)
    conn.execute(reopened)
    planned = filing_rows.c.state == FilingState.PLANNED
    found = conn.scalars(select(filing_rows.c.position).where(mine, planned))
    if not positions or sorted(positions) != sorted(found):
        raise ValueError("the rows to press are not the filing's rows without the refused ones")


def _refuse_claimed(
    conn: Connection, filing_id: str, states: Sequence[FilingState] = (FilingState.PLANNED,)
) -> None:
    """Raise Claimed when another filing holds a matter or a person of this one's rows.

    Race-free behind the gate; the unique index ``one_claim`` stands behind it all the same.
    """
    mine, other = filing_rows.alias("mine"), filing_rows.alias("other")
    same_matter = and_(other.c.business_key == mine.c.business_key, other.c.state.in_(CLAIMING))
    same_person = and_(other.c.person_key == mine.c.person_key, other.c.state.in_(UNSETTLED))
    asked = (
        select(
            mine.c.position,
            (other.c.business_key == mine.c.business_key).label("same_matter"),
            filings.c.id,
            other.c.state,
            filings.c.reference,
        )
        .select_from(
            mine.join(other, or_(same_matter, same_person)).join(
                filings, filings.c.id == other.c.filing_id
            )
        )
        .where(mine.c.filing_id == filing_id, mine.c.state.in_(states))
        .where(other.c.filing_id != filing_id)
        .order_by(mine.c.position)
    )
    found = conn.execute(asked).all()
    if found:
        raise Claimed([Claim(p, bool(s), i, FilingState(t), r) for p, s, i, t, r in found])
