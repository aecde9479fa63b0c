"""A month's contribution as a whole: which Acts, which columns, and what they add up to.

Everything is in whole sen. Columns are called as in `rpa.rules.schedule.Amounts`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rpa.errors import Words
from rpa.rules.months import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rpa.rules.schedule import Amounts


NUMBER = r"(?:ACR|ECR)[0-9]{12}"
"""The form of the number that a submitted contribution gets (facts 8.5)."""


class Act(StrEnum):
    """What is submitted together (facts 8.1)."""

    BOTH = "both"  # SOCSO + EIS: Act 4 with SKBBK and Act 800, an ACR and an ECR
    SOCSO = "socso"  # Act 4 alone, with SKBBK: an ACR
    EIS = "eis"  # Act 800 alone: an ECR

    @property
    def shown(self) -> str:
        """As the portal's menu calls it."""
        return _SHOWN[self]

    @property
    def columns(self) -> tuple[str, ...]:
        """The amounts that go with it."""
        return _COLUMNS[self]


_SHOWN = {Act.BOTH: "SOCSO + EIS", Act.SOCSO: "SOCSO", Act.EIS: "EIS"}
WAGES = "wages"
_OF_SOCSO = ("socso_employer", "socso_employee", "skbbk")
_OF_EIS = ("eis_employer", "eis_employee")
AMOUNTS = (WAGES, *_OF_SOCSO, *_OF_EIS)
"""The amounts of a worker's month, by which tables are asked for their columns."""
_COLUMNS = {Act.BOTH: (*_OF_SOCSO, *_OF_EIS), Act.SOCSO: _OF_SOCSO, Act.EIS: _OF_EIS}

HEADINGS: Mapping[str, Words] = {
    WAGES: Words("Gaji", "Wages"),
    "socso_employer": Words("PERKESO majikan", "SOCSO Employer"),
    "socso_employee": Words("PERKESO pekerja", "SOCSO Employee"),
    "skbbk": Words("SKBBK", "SKBBK"),
    "eis_employer": Words("SIP majikan", "EIS Employer"),
    "eis_employee": Words("SIP pekerja", "EIS Employee"),
}
"""Of each amount, in our own sentences and records."""


class Kind(StrEnum):
    """How the portal takes a month (facts 8.2)."""

    MONTHLY = "Monthly"
    ARREARS = "Arrears"  # a month that the pending list does not show any more
    SHORT = "Short"  # more of a month that was submitted


class Sum(NamedTuple):
    """One column's total in sen, and how many workers have anything in it."""

    amount: int = 0
    workers: int = 0

    def plus(self, amount: int) -> Sum:
        """With one more worker's amount."""
        return Sum(self.amount + amount, self.workers + (amount > 0))


class Share(NamedTuple):
    """One worker's month: his wages, and what is due of them, in sen."""

    wages: int
    due: Amounts

    def of(self, column: str) -> int:
        """One column of it."""
        amount: int = self.wages if column == WAGES else getattr(self.due, column)
        return amount


def any_due(due: Amounts, act: Act) -> bool:
    """Whether there is anything to submit under it."""
    return any(getattr(due, column) for column in act.columns)


def sums(shares: Iterable[Share], act: Act) -> dict[str, Sum]:
    """Every column's total and head-count, the wages' first."""
    found = dict.fromkeys((WAGES, *act.columns), Sum())
    for share in shares:
        for column, total in found.items():
            found[column] = total.plus(share.of(column))
    return found


def grand(totals: Mapping[str, Sum]) -> int:
    """What is to be paid for all columns together, in sen."""
    return sum(total.amount for column, total in totals.items() if column != WAGES)


class Draft(NamedTuple):
    """What the portal keeps unsubmitted of an employer's month: it has no number of its own.

    At most one stands for an employer, act, month and kind (assumed, facts 16.5).
    """

    employer: str
    act: Act
    month: Month
    kind: Kind

    def __str__(self) -> str:
        """As the ledger notes it: ``E9900001234V SOCSO + EIS 10/2026 Monthly``."""
        return f"{self.employer} {self.act.shown} {self.month} {self.kind}"

    @classmethod
    def read(cls, text: str) -> Draft | None:
        """What ``str`` gave; None for anything else."""
        employer, _, rest = text.partition(" ")
        shown, _, kind = rest.rpartition(" ")
        act_words, _, month_words = shown.rpartition(" ")
        month = Month.read(month_words)
        act = next((act for act, words in _SHOWN.items() if words == act_words), None)
        if month is None or act is None or kind not in set(Kind):
            return None
        return cls(employer, act, month, Kind(kind))
