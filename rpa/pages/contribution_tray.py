"""What the portal has of an employer's months: drafts on the pending lists, records in the review.

A contribution has no number before its press. What was sent is therefore known by what it is of
and by whom it holds: the same month and kind, exactly these workers with exactly these wages.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from rpa.model.filing import DRAFT, RECEIVED, Papers, Receipt
from rpa.pages.contribution import PendingList
from rpa.pages.contribution_review import Fund, Submission, SubmissionRecord, submissions
from rpa.pages.inbox import Case
from rpa.portal.downloads import NOT_COME, SLIP, together
from rpa.rules.contribution import Act, Draft, Kind, any_due
from rpa.rules.payee import Payee
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from rpa.pages.contribution_review import Share
    from rpa.portal.tab import Portal
    from rpa.rules.months import Month
    from rpa.rules.schedule import Amounts

FUNDS = {Act.BOTH: (Fund.ACR, Fund.ECR), Act.SOCSO: (Fund.ACR,), Act.EIS: (Fund.ECR,)}
_COLUMNS = {
    Fund.ACR: ("socso_employer", "socso_employee", "skbbk"),
    Fund.ECR: ("eis_employer", "eis_employee"),
}


class Recorded(NamedTuple):
    """What the portal has of one worker's month under the acts looked at: sen by column.

    ``wages`` are those of the first fund looked at, for each fund repeats them.
    """

    amounts: dict[str, int]
    wages: int

    def same(self, due: Amounts) -> bool:
        """Whether it is exactly what is due."""
        return all(amount == getattr(due, name) for name, amount in self.amounts.items())

    def left(self, due: Amounts) -> Amounts:
        """What is due beyond it."""
        return due._replace(**{n: getattr(due, n) - had for n, had in self.amounts.items()})

    def more(self, due: Amounts) -> bool:
        """Whether any of it is more than what is due."""
        return any(amount > getattr(due, name) for name, amount in self.amounts.items())


@dataclass(frozen=True)
class MonthRecord:
    """All that was submitted of a month: the funds that have anything, and each worker's sums."""

    funds: frozenset[Fund]
    workers: dict[str, Recorded]


def recorded(portal: Portal, employer: str, month: Month, act: Act) -> MonthRecord:
    """What the review has of this month under this act, all submissions of a worker together."""
    found = [
        (fund, share)
        for fund in FUNDS[act]
        for sent in submissions(portal, fund, employer).of(month)
        for share in _record(portal, fund, employer, sent).details().shares
    ]
    mine: dict[str, list[tuple[Fund, Share]]] = defaultdict(list)
    for fund, share in found:
        mine[share.identification].append((fund, share))
    workers = {who: _added_up(shares, act) for who, shares in mine.items()}
    return MonthRecord(frozenset(fund for fund, _ in found), workers)


def _added_up(shares: list[tuple[Fund, Share]], act: Act) -> Recorded:
    sums = dict.fromkeys(act.columns, 0)
    for fund, share in shares:
        amounts = (share.employer, share.employee, share.skbbk)
        for column, amount in zip(_COLUMNS[fund], amounts, strict=False):  # an ECR has no SKBBK
            sums[column] += amount
    first = shares[0][0]
    return Recorded(sums, sum(share.wages for fund, share in shares if fund is first))


def _record(portal: Portal, fund: Fund, employer: str, sent: Submission) -> SubmissionRecord:
    """Afresh from the menu: what an earlier look left on the screen must not pass for it."""
    return submissions(portal, fund, employer).view(sent)


@dataclass
class ContributionTray:
    """The tray of one employer (`rpa.procedure.contract.Tray`)."""

    portal: Portal
    employer: str
    payloads: Sequence[str] = ()
    _sent: list[tuple[Fund, Submission]] = field(default_factory=list)

    def listed(self) -> list[Case]:
        """The drafts of all acts."""
        return [_case(draft) for act in Act for draft in self._drafts(act)]

    def find(self, reference: str) -> Case | None:
        """The draft of this name; else what was sent of it, with exactly these workers."""
        draft = Draft.read(reference)
        if draft is None:
            return None
        if draft in self._drafts(draft.act):
            return _case(draft)
        self._sent = list(self._matching(draft))
        whole = {fund for fund, _ in self._sent} >= set(self._wanted(draft))
        return Case(reference, str(draft), RECEIVED) if whole and self._sent else None

    def view(self, reference: str) -> SentContribution:
        """What `find` found sent."""
        del reference
        return SentContribution(self.portal, self.employer, tuple(self._sent))

    def told(self, case: Case) -> Receipt:
        """The numbers of what `find` found sent."""
        del case
        return _received(self._sent, Papers((), (SLIP.lost(NOT_COME),)))

    def _drafts(self, act: Act) -> list[Draft]:
        return PendingList.opened(self.portal, act, self.employer).drafts(self.employer)

    def _people(self) -> list[Payee]:
        return [Payee.model_validate_json(payload) for payload in self.payloads]

    def _wanted(self, draft: Draft) -> list[Fund]:
        """The funds that must have a record: of none but foreigners there is no ECR."""
        due = [payee.contributions(draft.month) for payee in self._people()]
        acts = {Fund.ACR: Act.SOCSO, Fund.ECR: Act.EIS}
        return [f for f in FUNDS[draft.act] if any(any_due(d, acts[f]) for d in due)]

    def _matching(self, draft: Draft) -> Iterable[tuple[Fund, Submission]]:
        """In each fund the one submission that holds exactly these workers and wages.

        Of two alike it cannot be told which is ours: neither is taken.
        """
        for fund in self._wanted(draft):
            alike = [sent for sent in submissions(self.portal, fund, self.employer).of(draft.month)
                     if sent.type is draft.kind and self._same(fund, draft, sent)]  # fmt: skip
            if len(alike) == 1:
                yield fund, alike[0]

    def _same(self, fund: Fund, draft: Draft, sent: Submission) -> bool:
        shares = _record(self.portal, fund, self.employer, sent).details().shares
        there = {share.identification: share for share in shares if share.total}
        payees = {p.identification: p for p in self._people()}
        if draft.kind is Kind.SHORT:
            return there.keys() <= payees.keys() and self._settled(draft, payees)
        due = {who: p.contributions(draft.month) for who, p in payees.items()}
        ours = {who for who, d in due.items() if any(getattr(d, c) for c in _COLUMNS[fund])}
        # The old file of EIS alone tells the portal no wages (facts: text-files 4).
        return there.keys() == ours and all(
            share.wages in {0, payees[who].wages} for who, share in there.items()
        )

    def _settled(self, draft: Draft, payees: dict[str, Payee]) -> bool:
        """Whether nothing of these workers' month is left to submit."""
        known = recorded(self.portal, self.employer, draft.month, draft.act).workers
        return all(
            who in known and known[who].same(payee.contributions(draft.month))
            for who, payee in payees.items()
        )


@dataclass(frozen=True)
class SentContribution:
    """What was sent, found again in the review (`rpa.procedure.contract.Viewed`)."""

    portal: Portal
    employer: str
    sent: tuple[tuple[Fund, Submission], ...]

    def values(self) -> set[str]:
        """The numbers."""
        return {submission.number for _, submission in self.sent}

    def whose(self) -> str:
        """The employer whose review it stands in."""
        return self.employer

    def receipt(self, reference: str, place: Callable[[str], Path]) -> Receipt:
        """ACR and ECR as the press would have given them, with their slips."""
        del reference
        slips = together(
            _record(self.portal, fund, self.employer, sent).slip(place) for fund, sent in self.sent
        )
        return _received(self.sent, slips)


def _received(those: Sequence[tuple[Fund, Submission]], slips: Papers) -> Receipt:
    return Receipt(
        reference=" ".join(sent.number for _, sent in those),
        at=datetime.now(TIME_ZONE),
        message="; ".join(f"{sent.number}: {sent.status}" for _, sent in those),
        letters=slips.saved,
        status=RECEIVED,
        remarks=slips.remarks,
        unwritten=slips.unwritten,
    )


def _case(draft: Draft) -> Case:
    return Case(str(draft), str(draft), DRAFT)
