"""What a run does with one filing while it holds the lease."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_attempt,
    wait_exponential_jitter,
)

from rpa.errors import (
    InDoubt,
    PortalUnavailable,
    Refused,
    ReviewMismatch,
    RpaError,
    UnexpectedPage,
    Words,
)
from rpa.evidence.report import FilingSummary
from rpa.run.filing import RowState
from rpa.run.ledger import Claimed, Exhausted
from rpa.run.leftovers import Leftovers
from rpa.run.notebook import Notebook
from rpa.run.settle import UNSURE, NotFiled, Settler
from rpa.run.steps import Rehearsed, Steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpa.run.filing import Filing, Receipt, Row, Sighting
    from rpa.run.lease import Lease
    from rpa.run.runner import Runner
    from rpa.run.session import Session

# What may be repeated, because it ended before the last press or was shown not to be filed. There
# is no default.
REPEATABLE = (PortalUnavailable, UnexpectedPage)  # NotFiled is one of the first
# What ends one filing and leaves the others be. The log-in itself never belongs here.
OF_THIS_FILING = (Refused, ReviewMismatch, Claimed, InDoubt, Exhausted)
LOOKING = Words(
    "Jawapan portal hilang; rekod portal sedang disemak.",
    "The portal's answer was lost; its record is being looked up.",
)

LISTED = Words(
    "Portal sudah menyenaraikan pekerja ini; tiada apa-apa dihantar.",
    "The portal already lists this worker; nothing was sent.",
)
FILED = Words("Difailkan.", "Filed.")
RECONCILED = Words(
    "Difailkan; jawapan portal hilang dan rekodnya ditemui semula.",
    "Filed; the portal's answer was lost and its record was found again.",
)
REHEARSED = Words(
    "Raptai sampai ke tekanan terakhir; tiada apa-apa dihantar.",
    "Rehearsed up to the last press; nothing was sent.",
)


def words_of(error: RpaError) -> Words:
    """An error's sentence with the next move, as a row's reason."""
    return Words(f"{error.words.bm} {error.next_move.bm}", f"{error.words.en} {error.next_move.en}")


class Work:
    """The filings of one run."""

    def __init__(self, runner: Runner, session: Session, lease: Lease) -> None:
        self.runner = runner
        self.session = session
        self.lease = lease
        self.ledger = runner.ledger

    def file(self, filing: Filing[Any]) -> None:
        """One filing, started over when that is safe, to a verdict for each of its rows."""
        runner = self.runner
        self.ledger.plan(
            filing,
            self.lease,
            portal=runner.portal_name,
            run_id=runner.id,
            job_digest=runner.plan.digest,
        )
        retry = runner.settings.portal.retry
        tries = Retrying(
            retry=retry_if_exception_type(REPEATABLE),
            stop=stop_after_attempt(retry.attempts),
            wait=wait_exponential_jitter(initial=retry.wait_s),
            sleep=sleep_using_event(runner.stop),
            before_sleep=self._again,
            reraise=True,
        )
        try:
            tries(_Attempt(self, filing).make)
        except OF_THIS_FILING as error:
            runner.outcome.errors.append(error)

    def _again(self, state: RetryCallState) -> None:
        # A new browser and a new log-in: nothing of the lost session is trusted.
        self.session.close()
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RpaError):
            attempts = self.runner.settings.portal.retry.attempts
            self.runner.watcher.again(error, state.attempt_number, attempts)

    def notebook(self, filing_id: str) -> Notebook:
        """Where this filing's steps are written down."""
        runner = self.runner
        return Notebook(
            filing_id,
            runner.id,
            runner.portal_name,
            self.ledger,
            self.lease,
            self.session,
            runner.folder,
            runner.watcher,
            runner.stop,
        )

    def settle(
        self, filing_id: str, drafts: Sequence[str], lease: Lease, *, in_doubt: bool
    ) -> Receipt:
        """Ask the portal's record how a press ended, and write the answer down.

        ``lease`` is the one the filing was begun with.

        Raises NotFiled (the filing may start over) and InDoubt (a person must look).
        """
        note = self.notebook(filing_id)
        settler = Settler(
            self.session,
            self.runner.settings.portal.settle,
            self.lease.check,
            self.runner.stop,
            note.letter,
            note.picture,
        )
        try:
            receipt = settler.ending(drafts[-1] if drafts else "", may_start_over=not in_doubt)
        except NotFiled:
            self.ledger.not_filed(filing_id, lease)
            raise
        except InDoubt as error:
            self.ledger.in_doubt(filing_id, error.words, lease)
            raise
        except RpaError as error:
            # Whatever hindered the look says nothing about the press: the intent stands, and the
            # next run looks again.
            raise InDoubt(UNSURE, where=error.where) from error
        self.ledger.filed(filing_id, receipt, lease, reconciled=True)
        note.seal(receipt.letters)
        return receipt


class _Attempt:
    """One filing; each `make` is one attempt at it."""

    def __init__(self, work: Work, filing: Filing[Any]) -> None:
        self.work = work
        self.runner = work.runner
        self.filing = filing
        self.note = work.notebook(filing.id)
        self.rows = list(filing.rows)  # without those that the look has settled

    def make(self) -> None:
        """Look, prepare, review, commit, keep."""
        self.note.begin()
        steps = Steps(replace(self.filing, rows=tuple(self.rows)), self.note, self.runner.rehearse)
        try:
            self.work.ledger.begin_attempt(self.filing.id, self.work.lease)
            self._look(steps)
            if self.rows:
                self._file(steps)
        except Rehearsed:
            self._rehearsed(steps)
        except RpaError as error:
            if steps.committed:
                self._settle(steps, error)
            else:
                self._failed(steps, error)

    def _look(self, steps: Steps) -> None:
        """Settle the rows that the portal already has, and clear what an earlier try left."""
        portal = self.work.session.fresh()
        seen = self.runner.procedure.find(self.filing.employer, tuple(self.rows), portal, steps)
        for row in [row for row in self.rows if row.number in seen]:
            self._listed(row, seen[row.number])
            steps.kept.remove(row)
        if not self.rows:
            self.work.ledger.refused(self.filing.id, LISTED, self.work.lease)
            return
        Leftovers(self.note, self.runner).clear(row.record.person for row in self.rows)

    def _listed(self, row: Row[Any], sighting: Sighting) -> None:
        self.rows.remove(row)
        if sighting.same:
            self.work.ledger.row_refused(self.filing.id, row.number, LISTED, self.work.lease)
            self.runner.verdict(row, RowState.FILED, LISTED, before=True)
            return
        words = sighting.words
        self.work.ledger.row_refused(self.filing.id, row.number, words, self.work.lease)
        self.runner.verdict(row, RowState.REFUSED, words)

    def _file(self, steps: Steps) -> None:
        filing = replace(self.filing, rows=tuple(self.rows))
        receipt = self.runner.procedure.run(filing, self.work.session.portal(), steps)
        self.work.ledger.filed(self.filing.id, receipt, self.work.lease, reconciled=False)
        self.note.seal(receipt.letters)
        self._done(steps, RowState.FILED, FILED, receipt)

    def _settle(self, steps: Steps, error: RpaError) -> None:
        """The press was made and its ending is unknown, whatever the error says."""
        self.note.trouble(error)
        self.runner.watcher.note(LOOKING)
        reference = (self.note.reference,) if self.note.reference else ()
        try:
            receipt = self.work.settle(self.filing.id, reference, self.work.lease, in_doubt=False)
        except NotFiled:
            # Shown not to be filed: what hindered the press is the better explanation.
            self._failed(steps, error)
            return
        except InDoubt as doubt:
            self._done(steps, RowState.IN_DOUBT, words_of(doubt), None)
            raise
        self._done(steps, RowState.FILED, RECONCILED, receipt)

    def _rehearsed(self, steps: Steps) -> None:
        Leftovers(self.note, self.runner).remove(self.note.reference)
        self.work.ledger.rehearsed(self.filing.id, self.work.lease)
        self._done(steps, RowState.REHEARSED, REHEARSED, None)

    def _failed(self, steps: Steps, error: RpaError) -> None:
        """Before the press: the filing ends here, or starts over."""
        self.note.trouble(error)
        if isinstance(error, OF_THIS_FILING):
            if not isinstance(error, Exhausted):
                self.work.ledger.refused(self.filing.id, error.words, self.work.lease)
            self._done(steps, RowState.REFUSED, words_of(error), None)
        raise error

    def _done(self, steps: Steps, state: RowState, reason: Words, receipt: Receipt | None) -> None:
        """A verdict for each row, and the filing's line in the report."""
        reference = receipt.reference if receipt else ""
        at = receipt.at if receipt else None
        for row in self.rows:
            words = self.note.refused.get(row.number)
            if words is not None:
                self.runner.verdict(row, RowState.REFUSED, words)
            else:
                pictures = tuple(self.note.pictures.values())
                self.runner.verdict(row, state, reason, reference, at=at, evidence=pictures)
        self.runner.outcome.filings.append(self._summary(steps, state, reason, receipt))

    def _summary(
        self, steps: Steps, state: RowState, reason: Words, receipt: Receipt | None
    ) -> FilingSummary:
        return FilingSummary(
            id=self.filing.id,
            reference=receipt.reference if receipt else self.note.reference,
            state=state,
            rows=tuple(row.number for row in steps.kept),
            at=receipt.at if receipt else None,
            pictures=tuple(self.note.pictures.values()),
            letters=receipt.letters if receipt else (),
            message=receipt.message if receipt else "",
            reason=reason,
        )
