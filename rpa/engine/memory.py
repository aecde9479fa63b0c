"""What the ledger knows of a job's rows, told before anything else is said of them.

A run that ends early, whatever ended it, knows less than the ledger: a row that an earlier run
pressed is not "not sent" because this one lacked a password. So every ending tells each row by the
ledger first, and *nothing was sent* only of those of which the ledger knows nothing.
"""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rpa.engine.agenda import job_name
from rpa.engine.business_keys import Matters
from rpa.engine.lastguard import last_guard
from rpa.engine.outcome import NOTHING_SENT, Outcome
from rpa.errors import Busy, RpaError, Words
from rpa.ledger.tables import FilingState
from rpa.model.filing import RowState, Verdict
from rpa.rules.record import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rpa.jobs import Plan
    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import Standing
    from rpa.model.filing import Row
    from rpa.settings import Settings

BEFORE = Words("Sudah difailkan sebelum ini.", "Filed before.")
FORGOTTEN = Words(
    "Sudah difailkan sebelum ini. Apa yang dihantar ketika itu sudah dipadamkan di sini, maka ia "
    "tidak dibandingkan dengan jadual.",
    "Filed before. What was sent then has been deleted here since, so it was not compared with the "
    "table.",
)
OTHERWISE = Words(
    "Difailkan sebelum ini dengan data lain; jadual kini berbeza pada: {}. Yang difailkan kekal "
    "dan perubahan ini tidak dihantar. Caruman yang kurang: 'kind: short'; butiran pekerja atau "
    "majikan: prosedur kemas kini.",
    "Filed before with other data; the table differs now in: {}. What was filed stands, and this "
    "change was not sent. Of a contribution what is short: 'kind: short'; details of a worker or "
    "employer: the procedures that update them.",
)
UNSETTLED = Words(
    "Penghantaran terdahulu belum dapat dipastikan; tidak dihantar lagi. Semak di portal.",
    "An earlier press is not settled; it is not sent again. Look in the portal.",
)
UNCORRECTED = Words(
    "PERKESO menolak baris ini dan kerja ini belum diubah sejak itu; ia tidak dihantar lagi.",
    "PERKESO rejected this row and nothing in this job was changed since; it was not sent again.",
)
NOT_SENT_AGAIN = Words(
    "PERKESO menolak baris ini sebelum ini; pelaksanaan ini tidak menghantarnya semula.",
    "PERKESO rejected this row before; this run did not send it again.",
)
NOT_REACHED = Words("Belum sampai ke baris ini.", "The run did not reach this row.")
AT_WORK = Words(
    "Pelaksanaan yang lain itu mungkin sedang menghantar baris ini.",
    "That other run may be sending this row just now.",
)
UNREAD = Words(
    "Pelaksanaan ini tidak menghantarnya. Lejar tidak dapat dibaca, maka tidak diketahui sama ada "
    "pelaksanaan terdahulu telah menghantarnya.",
    "This run did not send it. The ledger could not be read, so whether an earlier run did is not "
    "known.",
)


_DECIDE = frozenset({"worker", "skbbk_opt_out", "eis_exempt", "invalidity_pension"})
"""Columns that the portal has no field for and that decide what is filed all the same."""


def words_of(error: RpaError) -> Words:
    """An error's sentence with the next move, as a row's reason."""
    return Words(f"{error.words.bm} {error.next_move.bm}", f"{error.words.en} {error.next_move.en}")


def said_by(person: str, reason: str) -> Words:
    """Why a row counts as filed without the portal's own word."""
    return Words(
        f"Difailkan mengikut jawapan {person}: {reason}", f"Filed, as {person} answered: {reason}"
    )


@dataclass(frozen=True)
class Known:
    """What the ledger says at one moment, by row number.

    ``standing``: filed, or pressed and not settled. ``again``: rejected, and nothing in the job was
    corrected since. ``rejected``: whatever an officer rejected. ``verdicts``: of the first two.
    """

    standing: dict[int, Standing]
    again: dict[int, Standing]
    rejected: dict[int, Standing]
    verdicts: dict[int, Verdict[Any]]


@dataclass
class Memory:
    """The ledger's memory of one plan; ``last`` is what it said when it was asked last."""

    plan: Plan
    ledger: Ledger
    matters: Matters
    last: Known | None = None

    def read(self) -> Known:
        """Ask the ledger now. Raises what the ledger raises; ``last`` then stays."""
        standing = self._known_to(self.ledger.standing)
        rejected = self._known_to(self.ledger.rejections)
        again = self._uncorrected(rejected)
        filed = self._payloads(standing)
        verdicts = {
            row.number: self._verdict(row, standing, again, filed)
            for row in self.plan.rows
            if row.number in standing or row.number in again
        }
        self.last = Known(standing, again, rejected, verdicts)
        return self.last

    def tell(self, outcome: Outcome) -> None:
        """Give each row without a verdict the one that the ledger has, as it stands now."""
        with noted(outcome), last_guard(None):
            self.read()
        for row in self.plan.rows:
            if row.number not in outcome.verdicts:
                outcome.verdicts[row.number] = self._left(row, outcome.stopped_by)

    def _left(self, row: Row[Any], error: RpaError | None) -> Verdict[Any]:
        known = self.last
        said = words_of(error) if error else NOT_REACHED
        if known is None:
            return Verdict(row, RowState.UNKNOWN, _both(said, UNREAD))
        standing = known.standing.get(row.number)
        if isinstance(error, Busy) and standing and standing.state is FilingState.INTENDED:
            return Verdict(row, RowState.UNKNOWN, _both(said, AT_WORK))
        never_left = standing and standing.held and standing.state is FilingState.INTENDED
        if row.number in known.verdicts and not never_left:
            return known.verdicts[row.number]
        if row.number in known.rejected:
            reference = known.rejected[row.number].reference
            return Verdict(row, RowState.NOT_SENT, _both(said, NOT_SENT_AGAIN), reference)
        return Verdict(row, RowState.NOT_SENT, _both(said, NOTHING_SENT) if error else said)

    def _known_to(
        self, question: Callable[[Sequence[str]], dict[str, Standing]]
    ) -> dict[int, Standing]:
        """The rows of which the ledger answers something."""
        keys = self.matters.keys
        known = question(list(keys.values()))
        return {number: known[key] for number, key in keys.items() if key in known}

    def _uncorrected(self, rejected: dict[int, Standing]) -> dict[int, Standing]:
        """Those that stand in this very job: nothing was corrected."""
        filings = {k.filing_id: self.ledger.filing(k.filing_id) for k in rejected.values()}
        digest = self.plan.digest
        same = {n for n, filing in filings.items() if filing and filing.job_digest == digest}
        return {number: known for number, known in rejected.items() if known.filing_id in same}

    def _payloads(self, standing: dict[int, Standing]) -> dict[str, str]:
        """What was filed, by the rows' keys, as far as the ledger has not forgotten it."""
        wanted = {k.filing_id for k in standing.values() if k.state is FilingState.FILED}
        filings = [self.ledger.filing(one) for one in sorted(wanted)]
        rows = [row for filing in filings if filing for row in filing.rows]
        return {row.business_key: row.payload for row in rows if row.payload}

    def _verdict(
        self,
        row: Row[Any],
        standing: dict[int, Standing],
        again: dict[int, Standing],
        filed: dict[str, str],
    ) -> Verdict[Any]:
        if row.number not in standing:
            return Verdict(row, RowState.REFUSED, UNCORRECTED, again[row.number].reference)
        known = standing[row.number]
        if known.state is not FilingState.FILED:
            doubt = known.filing_id if known.state is FilingState.IN_DOUBT else ""
            return Verdict(row, RowState.IN_DOUBT, UNSETTLED, known.reference, doubt=doubt)
        payload = filed.get(self.matters.keys[row.number], "")
        if changed := _changed(row, payload):
            return Verdict(
                row, RowState.REFUSED, changed, known.reference, at=known.at, own_move=True
            )
        before = BEFORE if payload else FORGOTTEN
        words = before if known.at else self._answered(known.filing_id)
        return Verdict(row, RowState.FILED, words, known.reference, at=known.at, before=True)

    def _answered(self, filing_id: str) -> Words:
        """Of a filing that is filed because a person said so: who, and in his words why."""
        answer = self.ledger.answer(filing_id)
        return said_by(answer.person, answer.reason) if answer else BEFORE


def _changed(row: Row[Any], payload: str) -> Words | None:
    """That this row differs from what was filed of it, and in which columns."""
    try:
        filed = type(row.record).model_validate_json(payload) if payload else row.record
    except ValidationError:
        return None  # of an edition that knew other fields
    names = [
        column.heading
        for name, column in type(row.record).columns().items()
        if (column.sent or name in _DECIDE) and column.kind is not Kind.FILE
        if getattr(filed, name) != getattr(row.record, name)
    ]
    bm, en = ", ".join(n.bm for n in names), ", ".join(n.en for n in names)
    return Words(OTHERWISE.bm.format(bm), OTHERWISE.en.format(en)) if names else None


def _both(first: Words, second: Words) -> Words:
    return Words(f"{first.bm} {second.bm}", f"{first.en} {second.en}")


@contextmanager
def noted(outcome: Outcome) -> Iterator[None]:
    """What goes wrong here is among the run's errors, and ends nothing else."""
    try:
        yield
    except RpaError as error:
        outcome.stop(error)


def before_it_began(
    known: Settings, plan: Plan, ledger: Ledger, error: RpaError, *, rehearse: bool
) -> Outcome:
    """The outcome of a run that was stopped before a runner was at work; `status` lists it."""
    outcome = Outcome(uuid.uuid4().hex, rehearsal=rehearse, started=known.now(), stopped_by=error)
    with noted(outcome):
        of_job = {"portal": known.portal.ledger_name, "file": job_name(plan.job_file)}
        ledger.start_run(outcome.run_id, job_digest=plan.digest, folder="", **of_job)
    Memory(plan, ledger, Matters(plan, ledger, known.portal.ledger_name)).tell(outcome)
    with noted(outcome):
        ledger.end_run(outcome.run_id, outcome.exit_code)
    outcome.ended = known.now()
    return outcome
