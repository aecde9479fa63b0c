"""What stands before the first filing of a run: the guards, and a second person where one is due.

The figures of an approved plan must still be those of the run that sends it. A run that goes on
where one of today broke off counts what that one filed back, so that it needs no new approval.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rpa import __version__
from rpa.engine import guards, pins, red, whom
from rpa.engine.approval import ACTIVE, ENDED, JOINED, SHORT, Approvals, Proposal, log_in
from rpa.errors import ConfigInvalid, NeedsApproval, Words
from rpa.ledger.tables import FilingState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from rpa.engine.approval import Permit
    from rpa.engine.runner import Runner
    from rpa.engine.work import Work
    from rpa.errors import RpaError
    from rpa.ledger.records import Standing
    from rpa.model.filing import Alarm, Census, Row

COUNTING = Words(
    "Mengira pekerja majikan ini di portal.", "Counting this employer's workers at the portal."
)
GOING_ON = timedelta(hours=24)
ASKED = "approval asked"  # the event of it


@dataclass(frozen=True)
class Preflight:
    """The gate of one run."""

    runner: Runner
    work: Work

    def open(
        self, rows: Sequence[Row[Any]], later: Sequence[Row[Any]], standing: dict[int, Standing]
    ) -> Permit | None:
        """Let these rows pass; the permit is asked again before each press.

        ``later`` are the job's rows whose day has not come, or that were not filed on it.

        Raises NotConfirmed, Guarded, NeedsApproval, ConfigInvalid, and what the portal raises.
        """
        if not rows:
            return None
        self._confirmed()
        guard = guards.of(self.runner.plan.job, self.runner.settings)
        census = self._census(rows) if guard.counts(rows) else None
        before = self._filed_by_this_job(standing)
        whole = sorted([*rows, *before], key=lambda row: row.number)
        alarms = guard.of_job(whole, later)
        if census is not None:
            alarms += guard.against(rows, census)
            guards.refuse(alarms)
            census = guards.as_before(self.runner.plan.job, before, census)
            alarms += guard.shares(whole, census, self.runner.plan.rows)
        if not alarms and not guards.always(self.runner.plan.job, self.runner.settings):
            return None
        self.runner.folder.put(whom.FILE, whom.of(self.runner.plan.job, whole).text)
        return self._permit(self._proposal(whole, alarms, census), alarms)

    def _confirmed(self) -> None:
        """Nothing is filed at a live portal by words that nobody has confirmed there."""
        known, procedure = self.runner.settings, self.runner.plan.job.procedure
        if self.runner.rehearse:
            if told := red.would_stop(known, procedure):
                self.runner.watcher.note(told)
        else:
            red.require(known, procedure)

    def _census(self, rows: Sequence[Row[Any]]) -> Census | None:
        """The portal's own count; an employer without a code has no workers yet."""
        if not self.runner.plan.job.employer_code:
            return None
        self.runner.watcher.note(COUNTING)
        return self.work.tries()(self._survey, tuple(rows))

    def _survey(self, rows: tuple[Row[Any], ...]) -> Census:
        self.work.alive()
        portal = self.work.session.fresh()
        return self.runner.procedure.survey(self.runner.plan.job, rows, portal, self.work.alive)

    def _filed_by_this_job(self, standing: dict[int, Standing]) -> list[Row[Any]]:
        """The rows that a run of this very job filed within a day."""
        since = self.runner.settings.now() - GOING_ON
        lately = {
            number: self.runner.ledger.filing(known.filing_id)
            for number, known in standing.items()
            if known.state is FilingState.FILED and known.at and known.at >= since
        }
        digest = self.runner.plan.digest
        mine = {n for n, filing in lately.items() if filing and filing.job_digest == digest}
        return [row for row in self.runner.plan.rows if row.number in mine]

    def _proposal(
        self, rows: list[Row[Any]], alarms: list[Alarm], census: Census | None
    ) -> Proposal:
        job = self.runner.plan.job
        effect = job.effect(rows)
        counted = ((ACTIVE, census.active if census else 0), (JOINED, effect.joins),
                   (ENDED, effect.ends))  # fmt: skip
        return Proposal(
            version=__version__,
            portal=self.runner.portal_name,
            procedure=job.procedure,
            employer=job.employer_code,
            job=self.runner.plan.job_file.name,
            digest=self.runner.plan.digest,
            rows=tuple(row.number for row in rows),
            filings=len(job.filings(rows)),
            figures=(
                *((name, str(count)) for name, count in counted if count),
                *job.figures(rows, census),
            ),
            profile=self.runner.settings.profile.digest,
            alarms=tuple((a.guard, *_both(guards.where(a))) for a in alarms),
        )

    def _permit(self, proposal: Proposal, alarms: list[Alarm]) -> Permit | None:
        known = self.runner.settings
        # The plan is written also where nobody may approve yet.
        plan = Approvals(known.approvals, (), known.now).propose(proposal, log_in())
        note = {"by": self._asked(proposal.hash, log_in())}
        self.runner.ledger.event(ASKED, note, run_id=self.runner.id)
        self.runner.folder.keep(plan, "plan")
        told = guards.said(alarms) if alarms else ALWAYS
        if self.runner.rehearse:
            self.runner.watcher.note(_waits(told, plan))
            return None
        seen = self._seen()
        try:
            pins.require(self.runner.ledger, known.approvers())
            judge = replace(Approvals.of(known), seen=seen, noted=self._has_asked)
            permit = judge.permit(proposal)
        except (NeedsApproval, ConfigInvalid) as error:
            raise NeedsApproval(_also(told, error), where=str(plan)) from None
        self.runner.folder.keep(permit.file, "approval")
        return permit

    def _asked(self, plan: str, log_in: str) -> str:
        """That somebody asked for a plan; sealed, for a log-in may be an identity number."""
        return self.runner.ledger.seal("", "", "", ASKED, plan, log_in.casefold())

    def _has_asked(self, plan: str, log_in: str) -> bool:
        note = self._asked(plan, log_in)
        return any(note in line.data for line in self.runner.ledger.said(ASKED))

    def _seen(self) -> datetime:
        """The latest moment known from elsewhere than this computer's clock.

        A live portal's own clock is one that nobody here can set; the ledger has met it since.
        """
        seen = self.runner.ledger.seen()
        if self.runner.settings.portal.live:
            said = self.work.tries()(self._clock)
            seen = max(seen, said or seen)
        return seen

    def _clock(self) -> datetime | None:
        self.work.alive()
        return self.work.session.fresh().clock


ALWAYS = Words(
    "Prosedur ini sentiasa memerlukan orang kedua.", "This procedure always needs a second person."
)


def _both(words: Words) -> tuple[str, str]:
    return words.bm, words.en


def _also(told: Words, error: RpaError) -> Words:
    where = f"{error.where}: " if isinstance(error, ConfigInvalid) else ""
    return Words(f"{told.bm} {where}{error.words.bm}", f"{told.en} {where}{error.words.en}")


def _waits(told: Words, plan: Path) -> Words:
    return Words(
        f"{told.bm} Sebelum dihantar, penyelia: assist-rpa approve {plan.name[:SHORT]}",
        f"{told.en} Before it can be sent, a supervisor: assist-rpa approve {plan.name[:SHORT]}",
    )
