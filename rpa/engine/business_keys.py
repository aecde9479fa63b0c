"""Whose filings a job's rows are, and under which keys the ledger knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rpa.jobs import Plan
    from rpa.ledger.ledger import Ledger


@dataclass(frozen=True)
class Matters:
    """The matters of one plan at one portal.

    ``whose`` is the employer for the portal: his code or, before he has one, his registration
    number. ``subject`` is he for the ledger: nothing that could be a person's number. ``keys`` are
    the rows' business keys, by row number.
    """

    plan: Plan
    ledger: Ledger
    portal_name: str
    whose: str = field(init=False)
    subject: str = field(init=False)
    keys: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        job, rows = self.plan.job, self.plan.rows
        whose = job.employer_code or rows[0].record.person
        subject = job.employer_code or self.ledger.pseudonym(whose)
        keys = {
            row.number: self.ledger.business_key(
                self.portal_name, job.procedure, subject, row.record, job.occasion
            )
            for row in rows
        }
        for name, value in (("whose", whose), ("subject", subject), ("keys", keys)):
            object.__setattr__(self, name, value)
