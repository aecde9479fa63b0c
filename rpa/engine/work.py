"""What a run does with one filing while it holds the lease."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rpa import flows
from rpa.engine import double_submit as twice
from rpa.engine.credential import NotLetIn
from rpa.engine.drafts import Drafts, is_stand_in, waits_elsewhere
from rpa.engine.journal import AttemptJournal
from rpa.engine.lastguard import last_guard
from rpa.engine.memory import words_of
from rpa.engine.retry import tries
from rpa.engine.settle import NOTHING_SHOWN, UNSURE, NotFiled, Settler, Shown
from rpa.errors import (
    Bug,
    HeldBack,
    InDoubt,
    NeedsPerson,
    NotWritten,
    Refused,
    ReviewMismatch,
    RpaError,
    Stopped,
    UnexpectedPage,
    Words,
)
from rpa.evidence.report import FilingSummary
from rpa.ledger.ledger import Claimed, Exhausted, LeaseLost, LedgerFailed
from rpa.ledger.tables import UNSETTLED, FilingState
from rpa.model.filing import DRAFT, RECEIVED, RowState
from rpa.procedure.steps import Rehearsed, Steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tenacity import Retrying

    from rpa.engine.approval import Permit
    from rpa.engine.runner import Runner
    from rpa.engine.session import Session
    from rpa.ledger.lease import Lease
    from rpa.model.filing import Filing, Receipt, Row, Sighting
    from rpa.pages.review import Change

# What ends one filing and leaves the others be. The log-in itself never belongs here.
OF_THIS_FILING = (Refused, ReviewMismatch, Claimed, InDoubt, Exhausted)
LOOKING = Words(
    "Kesudahan tekanan terakhir tidak kelihatan; rekod portal sedang disemak.",
    "How the last press ended was not seen; the portal's record is being looked up.",
)

NOTHING_LEFT = Words(
    "Setiap baris sudah ada di portal atau ditolak; tiada apa-apa dihantar.",
    "The portal has every row already or it was refused; nothing was sent.",
)
FILED = Words("Difailkan.", "Filed.")
RECONCILED = Words(
    "Difailkan; kesudahan tekanan terakhir tidak kelihatan, tetapi rekod portal menunjukkannya.",
    "Filed; how the last press ended was not seen, and the portal's record shows it.",
)
REHEARSED = Words(
    "Raptai sampai ke tekanan terakhir; tiada apa-apa dihantar.",
    "Rehearsed up to the last press; nothing was sent.",
)


BESIDE_A_CLAIM = Words(
    "Baris lain dalam pemfailan ini terikat pada pemfailan lain. Jalankan semula tanpanya.",
    "Another row of this filing belongs to another filing. Run again without it.",
)
HEADLESS = Words(
    "Majikan dalam kerja ini tidak didaftarkan sekarang. Setelah beliau berdaftar, tambah pekerja "
    "ini dengan add_employees.",
    "The employer of this job is not being registered now. Once he is registered, add this worker "
    "with add_employees.",
)
ANOTHER_NUMBER = Words(
    "Skrin selepas tekanan terakhir menunjukkan nombor kes yang lain daripada nombor drafnya.",
    "The screen after the last press shows another case number than that of its draft.",
)
MOST_SHOWN = 5  # numbers of one screen that are looked up
HEAD = 0  # the row that is the employer, or whatever a job is about beside its rows


def given_number(number: str) -> Words:
    """The portal gave a person a number (facts 5.3)."""
    return Words(f"No. keselamatan sosial: {number}.", f"Social security number: {number}.")


def new_code(code: str) -> Words:
    """The employer's code as the receipt shows it."""
    return Words(f"Kod majikan: {code}.", f"Employer code: {code}.")


def kept_as(change: Change) -> Words:
    """The portal keeps a value otherwise than it was declared; both are told."""
    return Words(
        f"{change.item}: diisytihar '{change.declared}', disimpan portal '{change.kept}'.",
        f"{change.item}: declared '{change.declared}', kept by the portal as '{change.kept}'.",
    )


def not_told(item: str) -> Words:
    """A declared value that the portal has no field for, as the profile in use says."""
    return Words(
        f"{item}: tidak diberitahu, kerana portal tiada medan itu (config/profile.yaml: none).",
        f"{item}: not told, for the portal has no such field (config/profile.yaml: none).",
    )


def stays(reference: str, why: Words | None = None) -> Words:
    """A draft of ours that a filing left at the portal; a stand-in has no number."""
    unknown = not reference or is_stand_in(reference)
    bm, en = ("(nombor tidak diketahui)", "(number not known)") if unknown else (reference,) * 2
    because = Words(f": {why.bm}", f": {why.en}") if why else Words(".", ".")
    return Words(
        f"Draf {bm} mungkin masih ada di portal{because.bm} Pelaksanaan berikutnya akan "
        f"membuangnya.",
        f"Draft {en} may still stand at the portal{because.en} The next run removes it.",
    )


class Work:
    """The filings of one run."""

    def __init__(self, runner: Runner, session: Session, lease: Lease) -> None:
        self.runner = runner
        self.session = session
        self.lease = lease
        self.ledger = runner.ledger
        self.permit: Permit | None = None

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
        attempt = _Attempt(self, filing)
        while True:  # once more only with fewer rows
            try:
                self.tries()(attempt.make)
            except OF_THIS_FILING as error:
                runner.outcome.errors.append(error)
                if isinstance(error, ReviewMismatch) and error.rows:
                    continue
            except RpaError as error:
                attempt.abandon(error)
                raise
            return

    def alive(self) -> None:
        """Raise LeaseLost or Stopped when this process must not go on."""
        self.lease.check()
        if self.runner.stop.is_set():
            raise Stopped(Words("Dihentikan atas permintaan.", "Stopped as asked."))

    def tell(self, error: RpaError) -> None:
        """Whoever looks on is told what ended this before a press, while its screen stands."""
        self.session.visitor.failed(error, self.session.tab if self.session.is_open else None)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Around what a run does at the portal before its filings."""
        try:
            yield
        except RpaError as error:
            self.tell(error)
            raise

    def tries(self) -> Retrying:
        """For what ended before the last press, or was shown not to be filed (`NotFiled`)."""
        runner = self.runner
        retry = runner.settings.portal.retry
        return tries(retry, self.session, runner.stop, runner.watcher)

    def journal(self, filing_id: str) -> AttemptJournal:
        """Where this filing's steps are written down."""
        runner = self.runner
        return AttemptJournal(
            filing_id,
            runner.id,
            runner.portal_name,
            self.ledger,
            self.lease,
            self.session,
            runner.folder,
            runner.watcher,
            self.alive,
            runner.settings.now,
            self.permit,
        )

    def settle(
        self,
        filing_id: str,
        drafts: Sequence[str],
        lease: Lease,
        *,
        in_doubt: bool,
        shown: Shown = NOTHING_SHOWN,
    ) -> Receipt:
        """Ask the portal's record how a press ended, and write the answer down.

        ``lease`` is the one the filing was begun with, ``shown`` what the screen showed after it.

        Raises NotFiled (the filing may start over) and InDoubt (a person must look).
        """
        note = self.journal(filing_id)
        settler = self._settler(filing_id, note, shown)
        try:
            with last_guard(self.runner.folder.path):
                receipt = settler.ending(drafts[-1] if drafts else "", may_start_over=not in_doubt)
        except NotFiled:
            self.ledger.not_filed(filing_id, lease)
            raise
        except InDoubt as error:
            self.ledger.in_doubt(filing_id, error.words, lease)
            raise
        except LeaseLost as lost:
            # The next run, or the one that took over, looks.
            raise InDoubt(lost.words) from lost
        except RpaError as error:
            # Whatever hindered the look says nothing about the press: the intent stands, and the
            # next run looks again.
            if isinstance(error, NotWritten | NotLetIn | Bug):
                self.runner.outcome.errors.append(error)
            raise InDoubt(UNSURE, where=error.where) from error
        self.ledger.filed(filing_id, receipt, lease, reconciled=True)
        self.seal(note, receipt)
        return receipt

    def seal(self, note: AttemptJournal, receipt: Receipt) -> None:
        """Letters become evidence; it is filed even if the disk does not take them.

        That a case lacks letters is noted, so that `follow` looks for them once more. Of a
        contribution it is told only: its slips are with `review`.
        """
        if receipt.unwritten:
            self.runner.outcome.errors.append(receipt.unwritten)
        try:
            note.seal(receipt.letters)
            if receipt.remarks and receipt.status != RECEIVED:
                self.ledger.letters(note.filing_id, self.runner.id, missing=True)
        except (NotWritten, LedgerFailed) as error:
            self.runner.outcome.errors.append(error)

    def _settler(self, filing_id: str, note: AttemptJournal, shown: Shown) -> Settler:
        """Who asks the portal's record, by the rules of the filing's own procedure."""
        record = self.ledger.filing(filing_id)
        if record is None:
            raise InDoubt(UNSURE)
        open_rows = (row for row in record.rows if row.state in UNSETTLED and row.payload)
        return Settler(
            flows.load(record.procedure),
            record.employer,
            [row.payload for row in open_rows if row.payload],
            self.session,
            self.runner.settings.portal.settle,
            self.lease.check,
            self.runner.stop,
            note.letter,
            note.picture,
            self.session.visitor.unread,
            shown,
        )


class _Attempt:
    """One filing; each `make` is one attempt at it."""

    def __init__(self, work: Work, filing: Filing[Any]) -> None:
        self.work = work
        self.runner = work.runner
        self.filing = filing
        self.note = work.journal(filing.id)
        self.rows = list(filing.rows)  # without those that the look has settled
        self.stood: set[str] = set()  # the cases that the portal listed before the press
        self.doubt: Words | None = None  # what the operator must know of the press itself
        self.stays: Words | None = None  # and of a draft that could not be removed

    def make(self) -> None:
        """Look, prepare, review, commit, keep."""
        self.note.begin()
        self.work.session.visitor.between()
        steps = Steps(self._filing(), self.note, self.runner.rehearse)
        try:
            with last_guard(self.runner.folder.path, leave=(Rehearsed,)):
                self.work.ledger.begin_attempt(self.filing.id, self.work.lease)
                self._look(steps)
                if self.rows:
                    self._file(steps)
        except Rehearsed:
            self._rehearsed(steps)
        except Bug as bug:
            self._stumbled(steps, bug)
            raise
        except RpaError as error:
            if self.note.left:
                self._settle(steps, error)
            else:
                self.note.take_back()
                self._failed(steps, error)

    def _stumbled(self, steps: Steps, bug: Bug) -> None:
        """A fault of this tool: where the press may have left it is treated as after it.

        What the ledger has as filed is filed, whatever broke afterwards.
        """
        record = self.work.ledger.filing(self.filing.id)
        state = record.state if record else FilingState.PLANNED
        if state is FilingState.INTENDED and self.note.left:
            try:
                self._settle(steps, bug)
            except InDoubt as doubt:
                self.runner.outcome.errors.append(doubt)
        elif state is not FilingState.FILED:
            self.note.take_back()
            self.note.show(bug)

    def _look(self, steps: Steps) -> None:
        """Settle the rows that the portal already has, and clear what an earlier try left."""
        portal = self.work.session.fresh()
        seen = self.runner.procedure.find(self.filing.employer, tuple(self.rows), portal, steps)
        for row in list(self.rows):
            if row.number in seen:
                self._listed(row, seen[row.number])
            elif row not in steps.kept:
                shown = self.note.refusals.get(row.number, ())
                self._dropped(row, self.note.refused[row.number], shown)
        if self.rows:
            known_as = {name for row in self.rows for name in row.record.known_as}
            known_as |= self.runner.plan.job.known_as
            found = Drafts(self.note, self.runner).clear(known_as)
            steps.left, self.stood = found.draft, found.listed
            for row in list(self.rows):
                elsewhere = sorted(row.record.known_as & found.waiting.keys())
                if elsewhere:
                    self._known_otherwise(row, waits_elsewhere(found.waiting[elsewhere[0]]))
        if self._headless():
            for row in list(self.rows):
                self._known_otherwise(row, HEADLESS)
        steps.kept[:] = self.rows
        if not self.rows:
            self.work.ledger.refused(self.filing.id, NOTHING_LEFT, self.work.lease)

    def _headless(self) -> bool:
        """Workers of an employer who is not to be registered now: they cannot be filed here."""
        heads = [row.number for row in self.filing.rows if row.number == HEAD]
        return bool(heads and self.rows and self.rows[0].number != HEAD)

    def _filing(self) -> Filing[Any]:
        """The filing with the rows that are still to be filed."""
        return replace(self.filing, rows=tuple(self.rows))

    def _refuse(self, row: Row[Any], words: Words, pictures: tuple[Path, ...] = ()) -> None:
        self.work.ledger.row_refused(self.filing.id, row.number, words, self.work.lease)
        self._dropped(row, words, pictures)

    def _known_otherwise(self, row: Row[Any], words: Words) -> None:
        """Refused by the look; these words tell what comes next."""
        self.work.ledger.row_refused(self.filing.id, row.number, words, self.work.lease)
        self.rows.remove(row)
        self.runner.verdict(row, RowState.REFUSED, words, own_move=True)

    def _dropped(self, row: Row[Any], words: Words, pictures: tuple[Path, ...] = ()) -> None:
        self.rows.remove(row)
        self.runner.verdict(row, RowState.REFUSED, words, evidence=pictures)

    def _listed(self, row: Row[Any], sighting: Sighting) -> None:
        if not sighting.same:
            self._known_otherwise(row, sighting.words)
            return
        self.rows.remove(row)
        words = sighting.words
        self.work.ledger.row_refused(self.filing.id, row.number, words, self.work.lease)
        self.runner.verdict(row, RowState.FILED, words, before=True)

    def _file(self, steps: Steps) -> None:
        receipt = self.runner.procedure.run(self._filing(), self.work.session.portal(), steps)
        self._must_be_ours(receipt)
        self.work.ledger.filed(self.filing.id, receipt, self.work.lease, reconciled=False)
        self.work.seal(self.note, receipt)
        self._counted()
        self._done(steps, RowState.FILED, FILED, receipt)

    def _must_be_ours(self, receipt: Receipt) -> None:
        """A case keeps the number of its draft: another one is looked up before it is believed.

        Raises UnexpectedPage.
        """
        if self._in_the_inbox and receipt.reference != self.note.reference:
            raise UnexpectedPage(ANOTHER_NUMBER, where=receipt.reference)

    @property
    def _in_the_inbox(self) -> bool:
        return flows.decided_on(self.filing.procedure)

    def _shown(self) -> Shown:
        """The numbers on the screen as it stands that the inbox did not list before the press."""
        session, procedure = self.work.session, self.runner.procedure
        if not (self._in_the_inbox and procedure.UNSENT is DRAFT and session.is_open):
            return NOTHING_SHOWN
        with suppress(RpaError):
            known = {*self.stood, self.note.reference}
            new = [n for n in session.tab.numbers("case_number") if n not in known]
            mine = tuple(number for number in new if number.startswith(procedure.PREFIX))
            return Shown(mine[:MOST_SHOWN], tuple(row.record.known_as for row in self.rows))
        return NOTHING_SHOWN

    def _counted(self) -> None:
        """Where the browser may have pressed twice by itself: ask the portal, and say so."""
        if self.runner.settings.portal.single_press != twice.BY_BROWSER:
            return
        sent = twice.sent(self.work, self.note, self.stood, self.rows)
        if sent is None:
            self.doubt = twice.UNSEEN
            self.runner.watcher.note(self.doubt)
        elif len(sent) > 1:
            self.doubt = twice.twice(sent)
            self.runner.outcome.errors.append(InDoubt(self.doubt, where=self.note.reference))
            told = {"references": ", ".join(sent)}
            self.work.ledger.event(
                "pressed twice", told, run_id=self.runner.id, filing_id=self.filing.id
            )

    def _settle(self, steps: Steps, error: RpaError) -> None:
        """The press was made and its ending is unknown, whatever the error says."""
        self.note.show(error)
        session = self.work.session
        session.visitor.unread(error, session.tab if session.is_open else None)
        self.runner.watcher.note(LOOKING)
        reference = (self.note.reference,) if self.note.reference else ()
        try:
            receipt = self.work.settle(
                self.filing.id, reference, self.work.lease, in_doubt=False, shown=self._shown()
            )
        except NotFiled:
            # Shown not to be filed: what hindered the press is the better explanation.
            self._failed(steps, error)
            return
        except InDoubt as doubt:
            self._done(steps, RowState.IN_DOUBT, words_of(doubt), None)
            raise
        except RpaError as unwritten:
            # The portal has told, or not, and the ledger cannot keep it: its intent stands.
            self._done(steps, RowState.IN_DOUBT, words_of(unwritten), None)
            raise
        self._counted()
        self._done(steps, RowState.FILED, RECONCILED, receipt)

    def _rehearsed(self, steps: Steps) -> None:
        told = REHEARSED
        try:
            Drafts(self.note, self.runner).remove(self.note.reference)
        except NeedsPerson as left:
            # What it prepared may stand there still: never as if it had been taken away.
            self.runner.outcome.errors.append(left)
            told = Words(f"{told.bm} {left.words.bm}", f"{told.en} {left.words.en}")
        self.work.ledger.rehearsed(self.filing.id, self.work.lease)
        self._done(steps, RowState.REHEARSED, told, None)

    def _failed(self, steps: Steps, error: RpaError) -> None:
        """Before the press: the filing ends here, or starts over."""
        self.note.show(error)
        self.work.tell(error)
        if isinstance(error, OF_THIS_FILING):
            self._tidy()
            if isinstance(error, ReviewMismatch) and self._apart(error):
                raise error
            if not isinstance(error, Exhausted):
                self.work.ledger.refused(self.filing.id, error.words, self.work.lease)
            if isinstance(error, Claimed):
                claimed = dict.fromkeys((c.position for c in error.claims), words_of(error))
                self.note.refused.update(claimed)
                self._done(steps, RowState.NOT_SENT, BESIDE_A_CLAIM, None)
            else:
                # Whoever was refused himself has his own words.
                held = isinstance(error, HeldBack)
                state = RowState.NOT_SENT if held else RowState.REFUSED
                self._done(steps, state, words_of(error), None)
        raise error

    def _apart(self, error: ReviewMismatch) -> bool:
        """Whether the other rows go without those that the portal shows otherwise.

        Not where the draft that holds them all may still stand.
        """
        if self.stays is not None:
            error.rows = frozenset()
        for row in [row for row in self.rows if row.number in error.rows]:
            self._refuse(row, words_of(error), tuple(self.note.pictures.values()))
        return bool(error.rows)

    def abandon(self, error: RpaError) -> None:
        """The run ends here: what its tries prepared goes, or is named as the ledger has it.

        A portal that does not answer is asked nothing more.
        """
        if self.note.left:
            return
        if isinstance(error, UnexpectedPage):
            self._tidy()
        with suppress(LedgerFailed):  # it is told already, for nothing goes on without the ledger
            record = self.work.ledger.filing(self.filing.id)
            drafts = record.drafts if record else ()
            self.runner.outcome.drafts.extend(stays(draft) for draft in drafts)

    def _tidy(self) -> None:
        """The draft of a filing that ends here goes; one that stays is named beside its rows."""
        note = self.note
        if not (note.reference or note.announced):
            return
        try:
            self.work.session.fresh()
            Drafts(note, self.runner).tidy()
        except LeaseLost:
            raise
        except RpaError as trouble:
            self.stays = stays(note.reference, trouble.words)

    def _done(self, steps: Steps, state: RowState, reason: Words, receipt: Receipt | None) -> None:
        """A verdict for each row, and the filing's line in the report."""
        reference = receipt.reference if receipt else ""
        at = receipt.at if receipt else None
        told = self.runner.plan.job.told(self.rows) if receipt else {}
        doubt = self.filing.id if state is RowState.IN_DOUBT else ""
        for row in self.rows:
            words = self.note.refused.get(row.number)
            if words is not None:
                shown = self.note.refusals.get(row.number, ())
                self.runner.verdict(row, RowState.REFUSED, words, evidence=shown)
            else:
                pictures = tuple(self.note.pictures.values())
                beside = [told[row.number]] if row.number in told else []
                remarks = (*beside, *self._remarks(row, receipt))
                more = {"evidence": pictures, "remarks": remarks, "doubt": doubt}
                self.runner.verdict(row, state, reason, reference, at=at, **more)
        self.runner.outcome.filings.append(self._summary(steps, state, reason, receipt))
        self.work.session.visitor.between()

    def _remarks(self, row: Row[Any], receipt: Receipt | None) -> tuple[Words, ...]:
        """What the portal made of the row: its own wording of values, the number it gave."""
        items = dict(self.note.items.get(row.number, {}))
        review, looks = self.runner.procedure.REVIEW, self.runner.settings.profile.looks
        changes = review.changes(row.record, items) if items else []
        untold = review.untold(row.record, items, looks) if items else []
        number = receipt.numbers.get(row.record.person) if receipt else None
        given = [given_number(number)] if number else []
        code = receipt.employer_code if receipt and row.number == HEAD else ""
        new = [new_code(code)] if code and code != self.filing.employer else []
        doubt = [words for words in (self.doubt, self.stays) if words]
        missing = [*self.note.missing, *receipt.remarks] if receipt else []
        return (*doubt, *given, *new, *map(kept_as, changes), *map(not_told, untold), *missing)

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
