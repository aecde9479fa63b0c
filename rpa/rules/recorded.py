"""What PERKESO has on record for a month: submissions under ACR and ECR, and what is in them.

Facts 8.5, 9. Money in whole sen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from rpa.rules.contribution import Kind
    from rpa.rules.months import Month


class Fund(StrEnum):
    """Which record: the name is how its numbers begin (facts 8.5)."""

    ACR = "ACR"  # Act 4: SOCSO, and SKBBK with it
    ECR = "ECR"  # Act 800: EIS


class Submission(NamedTuple):
    """One line of the list of submissions.

    ``status`` is Unpaid, Partially Paid or Paid, in the portal's words, and decides nothing: the
    amounts do. ``workers`` are those for whom something is to be paid.
    """

    number: str
    month: Month
    type: Kind
    workers: int
    amount: int
    paid: int
    status: str
    received: date

    @property
    def fund(self) -> Fund:
        """Told by how the number begins."""
        return Fund(self.number[:3])


class Share(NamedTuple):
    """One worker's line of a submission; ``skbbk`` is 0 in an ECR."""

    identification: str
    name: str
    wages: int
    employer: int
    employee: int
    skbbk: int
    total: int

    def __repr__(self) -> str:
        """Without its values: they are a person's."""
        return "Share(…)"


class Details(NamedTuple):
    """A submission with its lines and its payment.

    ``receipt_number`` is empty and ``payment_date`` None as long as nothing was paid; ``fclb`` is
    the interest that the portal shows for it.
    """

    submission: Submission
    shares: tuple[Share, ...]
    receipt_number: str
    payment_date: date | None
    fclb: int
