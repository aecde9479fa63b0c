"""What is due, what PERKESO has on record and what is paid: compared per worker and month.

Pure: the payroll says what is due (`rpa.rules.payee`), the portal's records what was submitted and
paid (`rpa.rules.recorded`). Nothing is estimated: of a submission that is paid in part nobody
knows whose contribution is paid, so it stands as open for each of its workers. Money in whole sen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rpa.rules import late_interest
from rpa.rules.recorded import Fund

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from rpa.rules.months import Month
    from rpa.rules.payee import Payee
    from rpa.rules.recorded import Details, Share


class State(StrEnum):
    """How a worker, a fund or a month stands. The gravest first: that one tells of the whole."""

    NOT_IN_PAYROLL = "not in payroll"  # recorded, and not in the table
    ARREARS = "in arrears"  # not submitted, and its 15th is over
    SHORT = "short"  # recorded less than due
    MORE = "more than due"
    PART_PAID = "paid in part"
    LATE = "unpaid, late"  # its 15th is over: FCLB runs
    UNREAD = "not read"  # the portal's record could not be read, so nothing is said of it
    UNPAID = "unpaid"  # in time still
    NOT_DUE_YET = "not due yet"  # not submitted, and its 15th is not over
    PAID = "paid"
    NOTHING = "nothing due"


DIFFERING = frozenset({State.NOT_IN_PAYROLL, State.ARREARS, State.SHORT, State.MORE})
"""What the portal has otherwise than the payroll."""

OWING = frozenset({State.PART_PAID, State.LATE})
"""Recorded as it is due, and late with the money."""


def gravest(states: Iterable[State]) -> State:
    """The one that tells of them all; ``NOTHING`` of none."""
    return min(states, key=_ORDER.__getitem__, default=State.NOTHING)


_ORDER = {state: place for place, state in enumerate(State)}


class Due(NamedTuple):
    """What a payroll asks for one worker and month, by fund."""

    name: str
    wages: int
    of: Mapping[Fund, int]


def due_of(payee: Payee, month: Month) -> Due:
    """What the schedule asks for a payroll row without objections for this month."""
    amounts = payee.contributions(month)
    acr = amounts.socso_employer + amounts.socso_employee + amounts.skbbk
    ecr = amounts.eis_employer + amounts.eis_employee
    return Due(payee.name, payee.wages, {Fund.ACR: acr, Fund.ECR: ecr})


class Part(NamedTuple):
    """One worker's month under one fund.

    ``due`` is None without a payroll. ``paid`` is what stands in submissions that are paid whole,
    ``partly`` what stands in those paid in part; the rest of ``recorded`` is unpaid.
    """

    due: int | None
    recorded: int
    paid: int
    partly: int
    state: State

    @property
    def difference(self) -> int:
        """Recorded above (or, below zero, under) what is due; 0 where that is not known."""
        return 0 if self.due is None else self.recorded - self.due


class Worker(NamedTuple):
    """One worker's month. ``wages`` are the payroll's; None when he does not stand there."""

    identification: str
    name: str
    wages: int | None
    parts: Mapping[Fund, Part]
    state: State

    def __repr__(self) -> str:
        """Without its values: they are a person's."""
        return "Worker(…)"


class Figures(NamedTuple):
    """The sums of a month; None is what is not known: without a payroll, or not read.

    ``difference`` is recorded above (below zero: under) due, ``open`` recorded and not paid.
    ``fclb`` is the interest that the portal shows, ``expected`` what is to be reckoned with on
    what is not recorded, were it paid today (`rpa.rules.late_interest`).
    """

    due: int | None
    recorded: int | None
    paid: int | None
    difference: int | None
    open: int | None
    fclb: int | None
    expected: int | None


class Total(NamedTuple):
    """A month under one fund; ``details`` are its records."""

    figures: Figures
    state: State
    details: tuple[Details, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One month, compared. ``workers`` in the payroll's order, then those not in it.

    ``late`` tells that its 15th is over.
    """

    month: Month
    late: bool
    workers: tuple[Worker, ...]
    totals: Mapping[Fund, Total]

    @property
    def figures(self) -> Figures:
        """Of all funds together; a figure that one of them lacks is not known."""
        columns = zip(*(total.figures for total in self.totals.values()), strict=True)
        return Figures(*(None if None in column else sum(column) for column in columns))

    @property
    def state(self) -> State:
        """The gravest of its funds."""
        return gravest(total.state for total in self.totals.values())

    def in_state(self, state: State, fund: Fund) -> list[Worker]:
        """The workers who stand so under a fund."""
        return [w for w in self.workers if fund in w.parts and w.parts[fund].state is state]


Payroll = dict[str, Due]
"""By identification number, as `same_person` writes it."""

Read = dict[Fund, "Sequence[Details] | None"]
"""The submissions of one month; None where they could not be read."""


def same_person(identification: str) -> str:
    """An identification number without dashes and blanks, in capitals."""
    return "".join(letter for letter in identification.upper() if letter.isalnum())


def reconcile(month: Month, today: date, payroll: Payroll | None, read: Read) -> Reconciled:
    """Compare one month as of ``today``; the funds are those of ``read``."""
    late = today > late_interest.due(month)
    desk = _Desk(late=late, payroll=payroll, read=read)
    workers = tuple(desk.worker(person) for person in desk.persons())
    totals = {fund: desk.total(fund, workers, month, today) for fund in read}
    return Reconciled(month, late, workers, totals)


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What is on record for one worker, month and fund."""

    name: str
    amount: int = 0
    paid: int = 0
    partly: int = 0

    def plus(self, share: Share, of: Details) -> _Recorded:
        head = of.submission
        whole = share.total if head.paid >= head.amount else 0
        part = share.total if 0 < head.paid < head.amount else 0
        amount = self.amount + share.total
        return _Recorded(share.name, amount, self.paid + whole, self.partly + part)


class _Desk:
    """The papers of one month side by side."""

    def __init__(self, *, late: bool, payroll: Payroll | None, read: Read) -> None:
        self.late = late
        self.payroll = payroll
        self.read = read
        self.recorded = {fund: _by_person(details or ()) for fund, details in read.items()}

    def persons(self) -> list[str]:
        """Everybody who stands in the payroll or on record, once."""
        recorded = (person for found in self.recorded.values() for person in found)
        return list(dict.fromkeys([*(self.payroll or ()), *recorded]))

    def worker(self, person: str) -> Worker:
        """One of them."""
        asked = (self.payroll or {}).get(person)
        on_record = [found[person] for found in self.recorded.values() if person in found]
        parts = {fund: self._part(fund, person, asked) for fund in self.read}
        return Worker(
            identification=person,
            name=asked.name if asked else on_record[0].name,
            wages=asked.wages if asked else None,
            parts=parts,
            state=gravest(part.state for part in parts.values()),
        )

    def _part(self, fund: Fund, person: str, asked: Due | None) -> Part:
        found = self.recorded[fund].get(person, _Recorded(""))
        due = None if self.payroll is None else asked.of[fund] if asked else 0
        state = self._state(fund, due, found, listed=asked is not None)
        return Part(due, found.amount, found.paid, found.partly, state)

    def _state(self, fund: Fund, due: int | None, found: _Recorded, *, listed: bool) -> State:
        """Exactly one for whatever stands there; what is on record first, then its payment."""
        details = self.read[fund]
        if details is None:
            return State.UNREAD if due or due is None else State.NOTHING
        if due is not None and found.amount > due:
            return State.MORE if listed else State.NOT_IN_PAYROLL
        if due is not None and found.amount < due:
            if details:
                return State.SHORT
            return State.ARREARS if self.late else State.NOT_DUE_YET
        if not found.amount:
            return State.NOTHING
        return self._paid(found)

    def _paid(self, found: _Recorded) -> State:
        if found.partly:
            return State.PART_PAID
        if found.paid >= found.amount:
            return State.PAID
        return State.LATE if self.late else State.UNPAID

    def total(self, fund: Fund, workers: Sequence[Worker], month: Month, today: date) -> Total:
        """The sums of a fund; what the portal's heads say is paid counts to the sen."""
        parts = [worker.parts[fund] for worker in workers]
        due = None if self.payroll is None else sum(part.due or 0 for part in parts)
        details, state = self.read[fund], self._whole(fund, parts)
        if details is None:
            return Total(Figures(due, *_UNREAD), state, ())
        heads = [of.submission for of in details]
        recorded, paid = sum(head.amount for head in heads), sum(head.paid for head in heads)
        missing = sum(max(-part.difference, 0) for part in parts)
        figures = Figures(
            due=due,
            recorded=recorded,
            paid=paid,
            difference=None if due is None else recorded - due,
            open=sum(max(head.amount - head.paid, 0) for head in heads),
            fclb=sum(of.fclb for of in details),
            expected=late_interest.interest(missing, month, today),
        )
        return Total(figures, state, tuple(details))

    def _whole(self, fund: Fund, parts: Sequence[Part]) -> State:
        """A fund without anybody is told by what is on record of it."""
        details = self.read[fund]
        if details is None:
            return State.UNREAD
        if self.payroll is None and not details:
            return State.ARREARS if self.late else State.NOT_DUE_YET
        return gravest(part.state for part in parts)


_UNREAD = (None,) * 6
"""The figures of a fund that could not be read."""


def _by_person(details: Iterable[Details]) -> dict[str, _Recorded]:
    """Every type of the month together: Monthly, Arrears, Short."""
    found: dict[str, _Recorded] = defaultdict(lambda: _Recorded(""))
    for of in details:
        for share in of.shares:
            person = same_person(share.identification)
            found[person] = found[person].plus(share, of)
    return dict(found)
