"""The way of a job: look, prepare, review, commit, keep; and what happens when that goes wrong.

Trouble before the last press: the filing starts over, a bounded number of times (the one retry
policy there is). Trouble inside or after it: `settle` asks the portal's own record. A filing that
cannot be settled is in doubt and is never sent again by this tool.
"""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rpa import flows
from rpa.engine import clock, pins, truth
from rpa.engine import double_submit as twice
from rpa.engine.agenda import job_name
from rpa.engine.business_keys import Matters
from rpa.engine.lastguard import last_guard
from rpa.engine.memory import Memory, noted
from rpa.engine.outcome import Outcome
from rpa.engine.preflight import Preflight
from rpa.engine.session import Session
from rpa.engine.settle import NotFiled
from rpa.engine.work import HEAD, HEADLESS, Work
from rpa.errors import Busy, InDoubt, Words
from rpa.ledger import lease as leases
from rpa.ledger.tables import FilingState
from rpa.model.filing import Filing, RowState, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.engine.agenda import Agenda
    from rpa.engine.memory import Known
    from rpa.engine.watch import Watcher
    from rpa.evidence.folder import RunFolder
    from rpa.jobs import Plan
    from rpa.ledger.lease import Lease
    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import FilingRecord, Standing
    from rpa.model.filing import Row
    from rpa.portal.tab import Visitor
    from rpa.settings import PortalId, Settings


@dataclass
class Runner:
    """One run of one plan."""

    settings: Settings
    plan: Plan
    ledger: Ledger
    folder: RunFolder
    watcher: Watcher
    rehearse: bool
    agenda: Agenda | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    on_freeze: Callable[[], None] = leases.end_process
    visitor: Visitor | None = None

    def __post_init__(self) -> None:
        self.id = uuid.uuid4().hex
        self.portal_name = self.settings.portal.ledger_name
        self.procedure = flows.load(self.plan.job.procedure)
        self.matters = Matters(self.plan, self.ledger, self.portal_name)
        self.memory = Memory(self.plan, self.ledger, self.matters)
        self.mark = truth.Mark(self.settings.home, self.ledger)
        self.outcome = Outcome(self.id, rehearsal=self.rehearse, started=self.settings.now())
        if self.agenda:
            self.agenda.run_id = self.id

    def run(self) -> Outcome:
        """Do all that can be done; what ends a run on purpose is told in the outcome.

        The ledger is asked first of all: whatever stops the run, each row is told by it.
        """
        with noted(self.outcome), last_guard(self.folder.path):
            self._begin()
            self._run()
        self.memory.tell(self.outcome)
        with noted(self.outcome), last_guard(self.folder.path):
            self.ledger.end_run(self.id, self.outcome.exit_code)
            self.folder.put(truth.NOTE, truth.Seal.of(self.ledger, self.id).text)
            self.mark.set(self.id)
        self.outcome.ended = self.settings.now()
        return self.outcome

    def _begin(self) -> None:
        """On disk before anything else; an older ledger is not believed that nothing was sent."""
        if self.mark.older():
            self.ledger.distrust(self.id)
            self.outcome.older.append(truth.DISTRUSTED)
        self.memory.read()
        of_job = {"portal": self.portal_name, "file": job_name(self.plan.job_file)}
        folder = self.folder.path.name
        self.ledger.start_run(self.id, job_digest=self.plan.digest, folder=folder, **of_job)
        self.mark.set(self.id)

    def _run(self) -> None:
        job, ledger = self.plan.job, self.ledger
        self._same_approvers()
        holder = self.settings.employers().holder_of(
            job.employer_code, job.portal_id, self._registered_by
        )
        told = self.watcher.note, self.outcome.elsewhere
        session = Session(self.settings, holder, self.ledger, *told)
        session.visitor = self.visitor or self.outcome.sightings
        name = ledger.lease_name(self.portal_name, holder.email)
        limit = self.settings.portal.lease_s
        with leases.acquire(
            ledger, name, holder=self.id, ttl_s=limit, on_freeze=self.on_freeze
        ) as lease:
            with noted(self.outcome), last_guard(self.folder.path), session.under(lease):
                self._work(session, lease)
            if self.agenda and not self.rehearse:
                self.agenda.done(self.outcome.verdicts.values(), self.matters.keys)

    def _same_approvers(self) -> None:
        """Nothing is filed by a configuration with other approvers than this ledger knows."""
        if not self.rehearse and (self.settings.config / "approvers.yaml").exists():
            pins.refuse_others(self.ledger, self.settings.approvers)

    def _registered_by(self, portal_id: PortalId) -> bool:
        """Whether this portal ID registered the job's employer with this tool."""
        name = self.ledger.lease_name(self.portal_name, portal_id.email)
        return self.ledger.holder_of(self.portal_name, self.plan.job.employer_code) == name

    def _work(self, session: Session, lease: Lease) -> None:
        work = Work(self, session, lease)
        if self.settings.portal.single_press == twice.BY_BROWSER and not self.rehearse:
            self.watcher.note(twice.UNGUARDED)
        with work.telling():
            for record in self.ledger.unsettled(self.portal_name, self.matters.subject):
                self._settle(work, record)
        self.ledger.dissolve_planned(lease, self.id)
        known = self.memory.read()  # again: what was settled just now stands otherwise
        standing, again = known.standing, known.again
        headless = HEAD in standing or HEAD in again
        self._give_known(known, headless=headless)
        wanted = [] if headless else self._sent(self._without({**standing, **again}), standing)
        if wanted and self.agenda and self.agenda.scheduled:
            work.tries()(self._same_day, work)
        rows = self._dated(wanted)
        groups = self.plan.job.filings(rows)
        self.watcher.started(len(self.plan.rows), len(groups))
        for verdict in self.outcome.verdicts.values():
            self.watcher.verdict(verdict)
        later = [row for row in wanted if row.number in self.outcome.verdicts]
        with work.telling():
            work.permit = Preflight(self, work).open(rows, later, standing)
        for group in groups:
            work.file(self._filing(group))

    def _give_known(self, known: Known, *, headless: bool) -> None:
        """Their verdicts to the rows that the ledger knows; the watcher is told later."""
        self.outcome.verdicts.update(known.verdicts)
        for row in self.plan.rows:
            if headless and row.number not in known.verdicts:
                # An employer who was registered takes no more workers by that procedure.
                self._give(row, RowState.REFUSED, HEADLESS)

    def _same_day(self, work: Work) -> None:
        """Nothing is filed for a day, or skipped for good, by a clock that the portal denies."""
        work.alive()
        said = work.session.fresh().clock
        clock.same_day(said, self.settings.today(), self.settings.now())

    def _dated(self, rows: list[Row[Any]]) -> list[Row[Any]]:
        """The rows whose day has come; the others are given their verdicts."""
        if self.agenda is None:
            return rows
        found = self.agenda.sort(rows, self.matters.keys)
        if found.ask:
            self.outcome.errors.append(found.ask)
        for row in rows:
            if row.number in found.held:
                self._give(row, *found.held[row.number])
        return found.now

    def _sent(self, rows: list[Row[Any]], standing: dict[int, Standing]) -> list[Row[Any]]:
        """The rows that are to be sent; those that the job leaves out are given their verdicts."""
        out = self.plan.job.left_out(self.plan.rows)
        for row in rows:
            if row.number in out:
                self._give(row, RowState.SKIPPED, out[row.number])
        sent = [row for row in rows if row.number not in out]
        apart = self.plan.job.apart(sorted(standing))
        if apart is None:
            return sent
        for row in sent:
            self._give(row, RowState.REFUSED, apart)
        return []

    def _without(self, known: dict[int, Standing]) -> list[Row[Any]]:
        return [row for row in self.plan.rows if row.number not in known]

    def _settle(self, work: Work, record: FilingRecord) -> None:
        """A filing whose press was made, or may have been, by a run that is over."""
        doubt = record.state is FilingState.IN_DOUBT
        try:
            with leases.under(self.ledger, record.lease_name, work.lease) as lease:
                if record.held_at and not doubt:
                    self.ledger.not_filed(record.id, lease)
                    self.watcher.note(NEVER_LEFT)
                    return
                work.settle(record.id, record.drafts, lease, in_doubt=doubt)
        except Busy:
            # Begun with another portal ID, and a run of that ID is at work on it now.
            return
        except NotFiled:
            self.watcher.note(SETTLED_NOT)
        except InDoubt as error:
            self.outcome.errors.append(error)

    def _filing(self, rows: tuple[Row[Any], ...]) -> Filing[Any]:
        job = self.plan.job
        new = uuid.uuid4().hex
        papers = self.plan.documents
        subject = self.matters.subject
        return Filing(new, job.procedure, subject, rows, papers, job)

    def verdict(
        self, row: Row[Any], state: RowState, reason: Words, reference: str = "", **more: Any
    ) -> None:
        """Give a row its one verdict, and tell the watcher."""
        self.watcher.verdict(self._give(row, state, reason, reference, **more))

    def _give(
        self, row: Row[Any], state: RowState, reason: Words, reference: str = "", **more: Any
    ) -> Verdict[Any]:
        late = self.agenda.late.get(row.number) if self.agenda else None
        if late and state is RowState.FILED and not more.get("before"):
            more["remarks"] = (*more.get("remarks", ()), late)
        given = Verdict(row, state, reason, reference, **more)
        self.outcome.verdicts[row.number] = given
        return given


NEVER_LEFT = Words(
    "Satu pelaksanaan terdahulu terhenti sebelum tekanan terakhirnya keluar; tiada apa-apa "
    "dihantar.",
    "An earlier run ended before its last press had left; nothing was sent.",
)
SETTLED_NOT = Words(
    "Penghantaran terdahulu disahkan tidak sampai ke portal; ia dimulakan semula.",
    "An earlier press is shown not to have reached the portal; it starts over.",
)
