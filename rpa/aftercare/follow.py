"""Cases that were sent, followed until PERKESO has decided: looked up, kept, written down.

Nothing is filed here: the only presses are the inbox's search, its eye and the letters' links. What
the portal's record says goes to the ledger, so that a rejected row may be filed anew once it is
corrected; an approved case is closed. An inbox that does not list a case says nothing about it.
"""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from rpa.engine.business_keys import Matters
from rpa.engine.lastguard import last_guard
from rpa.engine.memory import UNSETTLED as NOT_SETTLED
from rpa.engine.moved import Sightings
from rpa.engine.retry import REPEATABLE, tries
from rpa.engine.session import Session
from rpa.engine.work import HEAD, given_number, new_code
from rpa.errors import (
    Bug,
    Busy,
    ConfigInvalid,
    InDoubt,
    NeedsPerson,
    PortalUnavailable,
    Refused,
    RpaError,
    Stopped,
    UnexpectedPage,
    Words,
)
from rpa.evidence.report import FilingSummary
from rpa.ledger import lease as leases
from rpa.ledger.ledger import PSEUDONYM, LeaseLost, WrongState
from rpa.ledger.tables import UNSETTLED, FilingState
from rpa.model.filing import (
    APPROVED,
    RECEIVED,
    REJECTED,
    UNDER_ENFORCEMENT,
    UNDER_QUERY,
    RowState,
    Verdict,
)
from rpa.pages.result import numbers_given
from rpa.pages.shell import MySites
from rpa.portal.origins import Elsewhere
from rpa.rules.vocabulary import KEPT, STATUS, Status, UnknownWord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from tenacity import Retrying

    from rpa.engine.watch import Watcher
    from rpa.evidence.folder import RunFolder
    from rpa.jobs import Plan
    from rpa.ledger.lease import Lease
    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import FilingRecord, Standing
    from rpa.model.filing import Papers, Row
    from rpa.pages.inbox import CasePage
    from rpa.settings import PortalId, Settings

NEVER_FILED = Words(
    "Alat ini tidak pernah memfailkan baris ini.", "This tool has never filed this row."
)
OTHER_CASE = Words(
    "Portal membuka kes yang lain daripada kes yang diminta; tiada apa-apa dicatat.",
    "The portal opened another case than the one that was asked for; nothing was noted.",
)
NO_CODE = Words(
    "Pendaftaran ini diluluskan, tetapi halaman kesnya belum menunjukkan kod majikan.",
    "This registration is approved, but its case page does not show the employer code yet.",
)
TWO_STATUSES = Words(
    "Inbox dan halaman kes ini menunjukkan status yang berbeza; tiada apa-apa dicatat.",
    "The inbox and the page of this case show different statuses; nothing was noted.",
)
AS_DRAFT = Words(
    "Inbox menunjukkan kes ini sebagai draf, sedangkan ia sudah dihantar. Semak di portal.",
    "The inbox shows this case as a draft although it was sent. Look in the portal.",
)

# What ends the look at one case and leaves the others be.
OF_THIS_CASE = (*REPEATABLE, UnexpectedPage, Refused, WrongState)
# What ends the work with one portal ID and leaves the others be.
OF_THIS_PORTAL_ID = (Busy, ConfigInvalid, LeaseLost, NeedsPerson)


class NotListed(PortalUnavailable):
    """The inbox does not list a case that was filed: it may be late, and nothing follows of it."""

    next_move: ClassVar[Words] = Words(
        "Jalankan semula kemudian; jika masih tiada, cari nombor rujukan itu di portal.",
        "Run it again later; if it is still missing, look for the reference number in the portal.",
    )

    def __init__(self, reference: str) -> None:
        words = Words(
            "Inbox tidak menyenaraikan kes ini; tiada apa-apa diubah.",
            "The inbox does not list this case; nothing was changed.",
        )
        super().__init__(words, where=reference)


def outcome_words(status: str, said: str) -> Words:
    """What a case's status means to the person who filed it; ``said`` are the portal's words."""
    start = _OUTCOMES[_as_kept(status)]
    rest = f": {said}" if said else "."
    return Words(f"{start.bm}{rest}", f"{start.en}{rest}")


def _as_kept(status: str) -> Status | None:
    """What a status of the ledger means; None when nobody has read it.

    A ledger of before keeps whatever word the portal showed; of one that is not known nobody can
    say how it stands.
    """
    if not status:
        return None
    return next((v.read(status) for v in (KEPT, STATUS) if v.knows(status)), None)


_PENDING = Words(
    "Difailkan; masih dengan pegawai PERKESO (Pending for Review)",
    "Filed; still with PERKESO's officer (Pending for Review)",
)
_OUTCOMES: Mapping[Status | None, Words] = {
    None: Words(
        "Difailkan; keadaannya di portal belum dibaca",
        "Filed; its status at the portal has not been read yet",
    ),
    Status.PENDING: _PENDING,
    Status.IN_PROGRESS: _PENDING,  # a ledger of before: the case page of what was sent said so
    RECEIVED: Words(
        "Difailkan; PERKESO menerimanya. Bayarannya ada dalam `assist-rpa review`",
        "Filed; PERKESO has received it. What was paid is in `assist-rpa review`",
    ),
    APPROVED: Words("Difailkan dan diluluskan oleh PERKESO", "Filed, and approved by PERKESO"),
    UNDER_QUERY: Words(
        "Difailkan; PERKESO meminta penjelasan, lihat surat",
        "Filed; under query by PERKESO, see the letter",
    ),
    UNDER_ENFORCEMENT: Words(
        "Difailkan; kes ini di bawah penguatkuasaan PERKESO",
        "Filed; the case is under PERKESO's enforcement",
    ),
    REJECTED: Words("Pegawai PERKESO menolak kes ini", "PERKESO's officer rejected this case"),
    Status.DRAFT: Words(
        "Difailkan; portal menunjukkannya sebagai draf",
        "Filed; the portal shows it as a draft",
    ),
}


@dataclass
class Look:
    """One case, and what its record says now: ``status`` is empty as long as it was not read.

    ``reason`` tells it to the operator; ``numbers`` are those given to persons (SSFW, SSFDW), by
    identification. ``trouble`` is what hindered the look.
    """

    case: FilingRecord
    folder: RunFolder
    status: str = ""
    reason: Words = field(default_factory=lambda: outcome_words("", ""))
    numbers: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[Path, ...] = ()
    letters: tuple[Path, ...] = ()
    missing: tuple[Words, ...] = ()
    trouble: RpaError | None = None


@dataclass
class Errand:
    """What one run folder is about: the rows of a job or, without one, every open case."""

    folder: RunFolder
    plan: Plan | None = None
    looks: list[Look] = field(default_factory=list)
    verdicts: list[Verdict[Any]] = field(default_factory=list)

    def filings(self) -> tuple[FilingSummary, ...]:
        """The cases looked at, as the report lists them."""
        return tuple(self._summary(look) for look in self.looks)

    def _summary(self, look: Look) -> FilingSummary:
        case = look.case
        rows = {row.position for row in case.rows} if self.plan else set()
        return FilingSummary(
            id=case.id,
            reference=case.reference,
            state=RowState.REFUSED if look.status == REJECTED else RowState.FILED,
            rows=tuple(v.row.number for v in self.verdicts if v.row.number in rows),
            at=case.filed_at,
            pictures=look.pictures,
            letters=look.letters,
            message=look.status or case.portal_status,
            reason=look.trouble.words if look.trouble else look.reason,
        )


@dataclass
class Follower:
    """One round of looks, for one run folder or several."""

    settings: Settings
    ledger: Ledger
    errands: Sequence[Errand]
    watcher: Watcher
    stop: threading.Event = field(default_factory=threading.Event)
    on_freeze: Callable[[], None] = leases.end_process

    def __post_init__(self) -> None:
        self.id = uuid.uuid4().hex
        self.portal_name = self.settings.portal.ledger_name
        self.looks: dict[str, Look] = {}  # by the filing's id
        self.lacking: set[str] = set()  # cases whose letters were missing
        self._kept: dict[str, Words] = {}
        self.started: datetime = self.settings.now()
        self.ended: datetime | None = None
        self.stopped_by: RpaError | None = None
        self.elsewhere = Elsewhere()  # what was refused to the browsers
        self.sightings = Sightings()
        self.moved: tuple[Words, ...] = ()  # told by the command

    def run(self) -> int:
        """Look at every case once, and tell of every row; the exit code."""
        folders = " ".join(errand.folder.path.name for errand in self.errands)
        digests = " ".join(errand.plan.digest for errand in self.errands if errand.plan)
        self.ledger.start_run(self.id, job_digest=digests, folder=folders)
        try:
            with last_guard(self.errands[0].folder.path):
                self._gather()
                self._look_at_all()
        except RpaError as error:
            self.stopped_by = error
        try:
            with last_guard(self.errands[0].folder.path):
                for errand in self.errands:
                    errand.verdicts = self._verdicts(errand.plan) if errand.plan else []
        except Bug as bug:
            self.stopped_by = bug
        self.ended = self.settings.now()
        self.ledger.end_run(self.id, self.exit_code)
        return self.exit_code

    # --- which cases ---

    def _gather(self) -> None:
        for errand in self.errands:
            for case in self._cases(errand.plan):
                look = self.looks.setdefault(case.id, Look(case, errand.folder))
                errand.looks.append(look)

    def _cases(self, plan: Plan | None) -> list[FilingRecord]:
        """Those that are open: of the job's rows, or all."""
        wanted = self.ledger.open_cases(self.portal_name)
        known = {case.id for case in wanted}
        lacking = self.ledger.lacking_letters(self.portal_name)
        self.lacking |= {case.id for case in lacking}
        wanted += [case for case in lacking if case.id not in known]
        if plan is None:
            return wanted
        standing = self.ledger.standing(list(self._keys(plan).values())).values()
        mine = {one.filing_id for one in standing if one.state is FilingState.FILED}
        return [case for case in wanted if case.id in mine]

    def _keys(self, plan: Plan) -> dict[int, str]:
        """The ledger's keys of a job's rows, as the run that filed them made them."""
        return Matters(plan, self.ledger, self.portal_name).keys

    # --- the looks ---

    def _look_at_all(self) -> None:
        """Portal ID after portal ID; cases of others that this configuration lacks are left."""
        if not self.looks:
            return
        for portal_id in self.settings.employers().portal_ids:
            name = self.ledger.lease_name(self.portal_name, portal_id.email)
            looks = [look for look in self.looks.values() if look.case.lease_name == name]
            if looks:
                self._visit(portal_id, name, looks)

    def _visit(self, portal_id: PortalId, name: str, looks: list[Look]) -> None:
        limit = self.settings.portal.lease_s
        try:
            session = Session(
                self.settings, portal_id, self.ledger, self.watcher.note, self.elsewhere
            )
            session.visitor = self.sightings
            with (
                leases.acquire(
                    self.ledger, name, holder=self.id, ttl_s=limit, on_freeze=self.on_freeze
                ) as lease,
                session.under(lease),
            ):
                _Visit(self, session, lease).look_at(looks)
        except (*OF_THIS_CASE, *OF_THIS_PORTAL_ID) as error:
            self.watcher.note(error.words)
            for look in looks:
                if not look.status and not look.trouble:
                    look.trouble = error

    # --- what is told ---

    def _verdicts(self, plan: Plan) -> list[Verdict[Any]]:
        """One for each row of a job: how it stands now."""
        keys = self._keys(plan)
        wanted = list(keys.values())
        known = {**self.ledger.rejections(wanted), **self.ledger.standing(wanted)}
        return [self._verdict(row, known.get(keys[row.number])) for row in plan.rows]

    def _verdict(self, row: Row[Any], known: Standing | None) -> Verdict[Any]:
        if known is None:
            return Verdict(row, RowState.NOT_SENT, NEVER_FILED)
        if known.state in UNSETTLED:
            return Verdict(row, RowState.IN_DOUBT, NOT_SETTLED, known.reference)
        look = self.looks.get(known.filing_id)
        return Verdict(
            row,
            RowState.REFUSED if known.state is FilingState.REFUSED else RowState.FILED,
            self._reason(known, look),
            known.reference,
            at=known.at,
            before=True,
            evidence=(*look.pictures, *look.letters) if look else (),
            remarks=tuple(self._remarks(row, known, look)),
        )

    def _reason(self, known: Standing, look: Look | None) -> Words:
        if look and look.trouble:
            start, trouble = outcome_words(known.portal_status, ""), look.trouble.words
            return Words(f"{start.bm} {trouble.bm}", f"{start.en} {trouble.en}")
        if look and look.status:
            return look.reason
        return self._kept_words(known)

    def _kept_words(self, known: Standing) -> Words:
        """What the ledger keeps of an earlier look; once forgotten, what the status means."""
        if known.filing_id not in self._kept:
            filing = self.ledger.filing(known.filing_id)
            kept = filing.reason if filing and filing.portal_status else Words("", "")
            meant = outcome_words(known.portal_status, "")
            self._kept[known.filing_id] = kept if kept.en else meant
        return self._kept[known.filing_id]

    def _remarks(self, row: Row[Any], known: Standing, look: Look | None) -> Iterator[Words]:
        """What the portal gave since: a number to the person, a code to the employer."""
        number = look.numbers.get(row.record.person) if look else None
        if number:
            yield given_number(number)
        yield from look.missing if look else ()
        if row.number == HEAD:
            registered = self.ledger.known_employers(self.portal_name)
            yield from (new_code(e.code) for e in registered if e.filing_id == known.filing_id)

    @property
    def troubles(self) -> list[RpaError]:
        """What hindered looks, each once."""
        return list(dict.fromkeys(look.trouble for look in self.looks.values() if look.trouble))

    def count(self, *statuses: str) -> int:
        """How many cases were found to stand so; any status when none is named.

        A case counts once, also when an answer to a query was filed under its number.
        """
        read = [look for look in self.looks.values() if look.status]
        return len({k.case.reference for k in read if not statuses or k.status in statuses})

    @property
    def exit_code(self) -> int:
        """0 when nothing needs a person; else the gravest: doubt, stop, rejected, query, trouble.

        What a person must do goes before what passes by itself.
        """
        rows = {verdict.state for errand in self.errands for verdict in errand.verdicts}
        if RowState.IN_DOUBT in rows:
            return InDoubt.exit_code
        if self.stopped_by:
            return self.stopped_by.exit_code
        if RowState.REFUSED in rows or self.count(REJECTED):
            return Refused.exit_code
        if self.count(UNDER_QUERY, UNDER_ENFORCEMENT):
            return NeedsPerson.exit_code
        return _gravest(self.troubles)


def _gravest(troubles: Iterable[RpaError]) -> int:
    """The code of the one that needs somebody, else of one that passes, else 0."""
    codes = [trouble.exit_code for trouble in troubles]
    needing = [code for code in codes if code != PortalUnavailable.exit_code]
    return next(iter([*needing, *codes]), 0)


class _Visit:
    """The cases of one portal ID, under its lease and in one session."""

    def __init__(self, follower: Follower, session: Session, lease: Lease) -> None:
        self.follower = follower
        self.session = session
        self.lease = lease
        self.at_inbox = False

    def look_at(self, looks: Sequence[Look]) -> None:
        """Each case in turn. Raises what keeps even the inbox from being reached."""
        for look in looks:
            try:
                self._tries()(self._look_once, look)
            except OF_THIS_CASE as error:
                if not self.at_inbox:
                    raise
                look.trouble = error
            if look.trouble:
                self.follower.watcher.note(look.trouble.words)

    def _tries(self) -> Retrying:
        follower = self.follower
        retry = follower.settings.portal.retry
        return tries(retry, self.session, follower.stop, follower.watcher)

    def _look_once(self, look: Look) -> None:
        """A word that is in no list today is in none in a minute: it is not read again."""
        try:
            self._look(look)
        except UnknownWord as error:
            error.where = look.case.reference
            look.trouble = error

    def _look(self, look: Look) -> None:
        """Find the case in the inbox; open it when it stands otherwise than was known."""
        self._alive()
        reference = look.case.reference
        self.follower.watcher.step(f"look at {reference}", None)
        self.at_inbox = False
        # A fresh inbox for each case: what an earlier search left must not pass for the answer.
        inbox = MySites(self.session.fresh()).registration().inbox()
        self.at_inbox = True
        found = inbox.find(reference)
        if found is None:
            look.trouble = NotListed(reference)
        elif found.means is None:
            look.trouble = found.unknown
        elif found.is_draft:
            look.trouble = NeedsPerson(AS_DRAFT, where=reference)
        elif found.status == look.case.portal_status and look.case.id not in self.follower.lacking:
            kept = look.case.reason
            look.status = found.status
            look.reason = kept if kept.en else outcome_words(found.status, "")
        else:
            self._read(inbox.view(reference), look, found.status)

    def _alive(self) -> None:
        self.lease.check()
        if self.follower.stop.is_set():
            raise Stopped(Words("Dihentikan atas permintaan.", "Stopped as asked."))

    def _read(self, page: CasePage, look: Look, listed: Status) -> None:
        """Keep what the case page shows, then write it down: evidence before memory.

        A page that shows another status than the inbox decides nothing.
        """
        case = look.case
        if page.reference.read() != case.reference:
            raise UnexpectedPage(OTHER_CASE, where=case.reference)
        status = page.stands()
        if status is not listed:
            raise UnexpectedPage(TWO_STATUSES, where=case.reference)
        code = _new_code(page, case, status)
        reason = outcome_words(status, page.words.messages())
        look.pictures = (self._picture(page, look),)
        letters = self._letters(page, look)
        look.letters, look.missing = letters.saved, letters.remarks
        look.numbers = numbers_given(page.given)
        self.follower.ledger.decided(case.id, status, reason, self.lease, code)
        if letters.remarks or case.id in self.follower.lacking:
            missing = bool(letters.remarks)
            self.follower.ledger.letters(case.id, self.follower.id, missing=missing)
        look.status, look.reason = status, reason

    def _picture(self, page: CasePage, look: Look) -> Path:
        path = page.portal.picture(look.folder.picture_path(look.case.id, "case"))
        look.folder.add(path, "case", look.case.id)
        return path

    def _letters(self, page: CasePage, look: Look) -> Papers:
        letters = page.letters(lambda name: look.folder.letter_path(look.case.id, name))
        if letters.unwritten:
            raise letters.unwritten
        for letter in letters.saved:
            look.folder.add(letter, "letter", look.case.id)
        for words in letters.remarks:
            self.follower.watcher.note(words)
        return letters


def _new_code(page: CasePage, case: FilingRecord, status: str) -> str:
    """The code of the employer whom an approved registration made; empty for other cases.

    Raises UnexpectedPage for an approved one without a code: closed now, it would never be read.
    """
    if status != APPROVED or not case.employer.startswith(PSEUDONYM):
        return ""
    if not page.employer_code.shown():
        raise UnexpectedPage(NO_CODE, where=case.reference)
    return page.employer_code.read()
