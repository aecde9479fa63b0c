"""The review of ACR and ECR: read at the portal, kept as evidence, compared (facts 9).

Nothing is filed here: the only presses are links, lenses and print icons. What cannot be read is
said to be unread and never taken for missing.
"""

from __future__ import annotations

import re
import threading
import uuid
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from rpa.engine.lastguard import last_guard
from rpa.engine.moved import Sightings
from rpa.engine.retry import REPEATABLE, tries
from rpa.engine.session import Session
from rpa.errors import (
    Bug,
    InDoubt,
    NeedsPerson,
    PortalUnavailable,
    Refused,
    ReviewMismatch,
    RpaError,
    Stopped,
    UnexpectedPage,
    Words,
)
from rpa.ledger import lease as leases
from rpa.ledger.tables import UNSETTLED
from rpa.pages.contribution_review import submissions
from rpa.portal.origins import Elsewhere
from rpa.rules.contribution import NUMBER
from rpa.rules.reconcile import DIFFERING, OWING, due_of, reconcile, same_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from tenacity import Retrying

    from rpa.engine.watch import Watcher
    from rpa.evidence.folder import RunFolder
    from rpa.jobs import ReviewPlan
    from rpa.ledger.lease import Lease
    from rpa.ledger.ledger import Ledger
    from rpa.ledger.tables import FilingState
    from rpa.pages.contribution_review import SubmissionRecord, Submissions
    from rpa.portal.tab import Portal
    from rpa.rules.months import Month
    from rpa.rules.reconcile import Payroll, Reconciled
    from rpa.rules.recorded import Details, Fund, Submission
    from rpa.settings import PortalId, Settings

FILES = "submit_contributions"
"""The procedure whose filings carry ACR and ECR numbers."""

OF_A_RECORD = (*REPEATABLE, UnexpectedPage, Refused)
"""What ends the look at one record and leaves the others be."""


class Filed(NamedTuple):
    """A filing of this tool: ``numbers`` are its ACR and ECR, none while it is not settled."""

    id: str
    state: FilingState
    numbers: frozenset[str]


@dataclass
class Reading:
    """What was read under one fund: ``listed`` is None as long as the list itself was not."""

    fund: Fund
    listed: list[Submission] | None = None
    details: dict[str, Details] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)
    slips: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    missing: list[tuple[str, Words]] = field(default_factory=list)
    trouble: RpaError | None = None
    troubles: dict[str, RpaError] = field(default_factory=dict)

    def of(self, month: Month) -> list[Details] | None:
        """The month's submissions; None unless every one of them was read."""
        if self.listed is None:
            return None
        numbers = [submission.number for submission in self.listed if submission.month == month]
        read = [self.details[number] for number in numbers if number in self.details]
        return read if len(read) == len(numbers) else None


@dataclass
class Reviewer:
    """One review, from the log-in to the comparison."""

    settings: Settings
    plan: ReviewPlan
    ledger: Ledger
    folder: RunFolder
    watcher: Watcher
    stop: threading.Event = field(default_factory=threading.Event)
    on_freeze: Callable[[], None] = leases.end_process

    def __post_init__(self) -> None:
        self.id = uuid.uuid4().hex
        self.portal_name = self.settings.portal.ledger_name
        self.readings = [Reading(fund) for fund in self.plan.funds]
        self.compared: list[Reconciled] = []
        self.filed: list[Filed] = []
        self.started: datetime = self.settings.now()
        self.ended: datetime | None = None
        self.stopped_by: RpaError | None = None
        self.elsewhere = Elsewhere()  # what was refused to the browser
        self.sightings = Sightings()
        self.moved: tuple[Words, ...] = ()  # told by the command

    def run(self) -> int:
        """Read and compare; the exit code."""
        folder = self.folder.path.name
        self.ledger.start_run(self.id, job_digest=self.plan.digest, folder=folder)
        try:
            with last_guard(self.folder.path):
                self._read()
        except RpaError as error:
            self.stopped_by = error
        try:
            with last_guard(self.folder.path):
                self.filed = self._filed()
                self.compared = [self._compare(month) for month in self.plan.months]
        except Bug as bug:
            self.stopped_by = bug
        self.ended = self.settings.now()
        self.ledger.end_run(self.id, self.exit_code)
        return self.exit_code

    # --- reading ---

    def _read(self) -> None:
        job, limit = self.plan.job, self.settings.portal.lease_s
        holder = self.settings.employers().holder_of(job.employer, job.portal_id, self._registered)
        session = Session(self.settings, holder, self.ledger, self.watcher.note, self.elsewhere)
        session.visitor = self.sightings
        name = self.ledger.lease_name(self.portal_name, holder.email)
        with (
            leases.acquire(
                self.ledger, name, holder=self.id, ttl_s=limit, on_freeze=self.on_freeze
            ) as lease,
            session.under(lease),
        ):
            for reading in self.readings:
                _Visit(self, session, lease, reading).read()

    def _registered(self, portal_id: PortalId) -> bool:
        """Whether this portal ID registered the employer with this tool."""
        name = self.ledger.lease_name(self.portal_name, portal_id.email)
        return self.ledger.holder_of(self.portal_name, self.plan.job.employer) == name

    def _filed(self) -> list[Filed]:
        """What this tool filed, or may have filed, for this employer, oldest first."""
        known = self.ledger.claims(self.portal_name, self.plan.job.employer, FILES)
        return [
            Filed(one.filing_id, one.state, frozenset(re.findall(NUMBER, one.reference)))
            for one in known
        ]

    # --- comparing ---

    def _compare(self, month: Month) -> Reconciled:
        read = {reading.fund: reading.of(month) for reading in self.readings}
        return reconcile(month, self.settings.today(), self._payroll(month), dict(read))

    def _payroll(self, month: Month) -> Payroll | None:
        rows = self.plan.payrolls.get(month)
        if rows is None:
            return None
        return {same_person(row.record.identification): due_of(row.record, month) for row in rows}

    # --- what it comes to ---

    def by_this_tool(self, number: str) -> bool:
        """Whether the ledger has a filing under this number."""
        return any(number in filing.numbers for filing in self.filed)

    @property
    def unlisted(self) -> list[str]:
        """Numbers that the ledger has as filed and that the portal's lists do not hold."""
        listed = {
            r.fund: {s.number for s in r.listed} for r in self.readings if r.listed is not None
        }
        return [
            number
            for filing in self.filed
            for number in sorted(filing.numbers)
            for fund, numbers in listed.items()
            if number.startswith(fund) and number not in numbers
        ]

    @property
    def pending(self) -> frozenset[Fund]:
        """The funds under which a filing of this tool may still come to be listed."""
        if self.in_doubt:
            return frozenset(self.plan.funds)
        unlisted = self.unlisted
        return frozenset(f for f in self.plan.funds if any(n.startswith(f) for n in unlisted))

    @property
    def in_doubt(self) -> list[str]:
        """The ids of filings of this tool that are not settled."""
        return [filing.id for filing in self.filed if filing.state in UNSETTLED]

    @property
    def troubles(self) -> list[RpaError]:
        """What hindered the reading, each once."""
        found = [t for r in self.readings for t in (r.trouble, *r.troubles.values()) if t]
        return list(dict.fromkeys(found))

    @property
    def exit_code(self) -> int:
        """0 when all agrees; else the gravest: doubt, stop, difference, late payment, trouble."""
        states = {total.state for month in self.compared for total in month.totals.values()}
        states |= {
            part.state for m in self.compared for w in m.workers for part in w.parts.values()
        }
        if self.in_doubt:
            return InDoubt.exit_code
        if self.stopped_by:
            return self.stopped_by.exit_code
        if states & DIFFERING or self.unlisted:
            return ReviewMismatch.exit_code
        if states & OWING:
            return NeedsPerson.exit_code
        return _gravest(self.troubles)


def _gravest(troubles: Iterable[RpaError]) -> int:
    """The code of the one that needs somebody, else of one that passes, else 0."""
    codes = [trouble.exit_code for trouble in troubles]
    needing = [code for code in codes if code != PortalUnavailable.exit_code]
    return next(iter([*needing, *codes]), 0)


class _Visit:
    """One fund's list and the records of the months asked for."""

    def __init__(
        self, reviewer: Reviewer, session: Session, lease: Lease, reading: Reading
    ) -> None:
        self.reviewer = reviewer
        self.session = session
        self.lease = lease
        self.reading = reading
        self.listing: Submissions | None = None
        self.reached = False

    def read(self) -> None:
        """The list, then each record of it. Raises what ends the whole review."""
        try:
            self.reading.listed = self._tries()(self._list)
        except OF_A_RECORD as error:
            self._hindered(error)
            return
        for submission in self.reading.listed:
            if submission.month in self.reviewer.plan.months and not self._record(submission):
                return

    def _record(self, submission: Submission) -> bool:
        """One record; False when not even the list can be reached any more."""
        try:
            self._tries()(self._details, submission)
        except OF_A_RECORD as error:
            self.listing = None  # whatever screen this is, the next record begins anew
            if not self.reached:
                self._hindered(error)
                return False
            self.reading.troubles[submission.number] = error
            self.reviewer.watcher.note(error.words)
        return True

    def _hindered(self, error: RpaError) -> None:
        self.reading.trouble = error
        self.reviewer.watcher.note(error.words)

    def _tries(self) -> Retrying:
        reviewer = self.reviewer
        retry = reviewer.settings.portal.retry
        return tries(retry, self.session, reviewer.stop, reviewer.watcher)

    def _alive(self) -> None:
        self.lease.check()
        if self.reviewer.stop.is_set():
            raise Stopped(Words("Dihentikan atas permintaan.", "Stopped as asked."))

    # --- at the portal ---

    def _list(self) -> list[Submission]:
        self._alive()
        self.reviewer.watcher.step(f"list {self.reading.fund}", None)
        listing = self._at_list()
        found = listing.all()
        self._picture(listing.portal, "list", str(self.reading.fund))
        return found

    def _at_list(self) -> Submissions:
        """The employer's list, from the first screen on unless this is it."""
        if self.listing is None or not self.session.is_sound:
            self.reached = False
            employer = self.reviewer.plan.job.employer
            self.listing = submissions(self.session.fresh(), self.reading.fund, employer)
        self.reached = True
        return self.listing

    def _details(self, submission: Submission) -> None:
        """A record's picture, lines and slip; then back to the list."""
        self._alive()
        number, month = submission.number, submission.month.digits
        self.reviewer.watcher.step(f"read {number}", None)
        record = self._at_list().view(submission)
        picture = self._picture(record.portal, month, _called(number))
        details = record.details(self._alive)
        slips = self._slips(record, month, number)
        self.listing = record.back()
        self.reading.details[number] = details
        self.reading.pictures[number] = picture
        self.reading.slips[number] = slips

    def _picture(self, portal: Portal, of: str, what: str) -> Path:
        path = portal.picture(self.reviewer.folder.picture_path(of, what))
        self.reviewer.folder.add(path, "record", of)
        return path

    def _slips(self, record: SubmissionRecord, month: str, number: str) -> tuple[Path, ...]:
        folder = self.reviewer.folder

        def place(name: str) -> Path:
            return folder.letter_path(month, f"{_called(number)}{PurePath(name).suffix}")

        slips = record.slip(place)
        if slips.unwritten:
            raise slips.unwritten
        for slip in slips.saved:
            folder.add(slip, "slip", month)
        for words in slips.remarks:
            self.reading.missing.append((number, words))
            self.reviewer.watcher.note(words)
        return slips.saved


def _called(number: str) -> str:
    """A number as a file's name keeps it: long rows of digits are taken out of those."""
    return f"{number[:3]}-{number[3:7]}-{number[7:]}"
