"""People who cannot exist, and a run that files them; for tests and for the actors."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rpa.ledger.lease import acquire
from rpa.model.filing import Filing, Receipt, Row
from rpa.rules.record import Finding, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rpa.ledger.lease import Lease
    from rpa.ledger.ledger import Intent, Ledger

PORTAL, EMPLOYER, OTHER_EMPLOYER = "practice", "E9900001234V", "B9900005678W"
MARGIN_S = 10.0
AT = datetime(2026, 11, 21, 14, 14, tzinfo=UTC)


class Joiner(Record):
    """A synthetic person (birthplace code 00 is in nobody's card) and a date."""

    identification: str
    name: str = "CONTOH BIN REKAAN"
    start: str = "2026-11-10"

    @property
    def person(self) -> str:
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        return (self.identification, self.start)

    def findings(self, today: date) -> Iterator[Finding]:  # noqa: ARG002 - the signature of Record
        return iter(())


def joiner(number: int, start: str = "2026-11-10") -> Joiner:
    return Joiner(identification=f"90010100{number:04d}", start=start)


def filing_of(
    *people: Joiner, employer: str = EMPLOYER, procedure: str = "add_employees"
) -> Filing[Joiner]:
    rows = tuple(Row(n, f"joiners.xlsx!Sheet1!{n}", p) for n, p in enumerate(people, start=2))
    return Filing(uuid.uuid4().hex, procedure, employer, rows)


def survive() -> None:
    """Being frozen is survived; what the ledger makes of it is what is tested."""


@dataclass
class Run:
    """One run under one lease, as the runner makes it."""

    ledger: Ledger
    portal_id: str = "clerk@example.test"
    ttl_s: float = 60
    job_digest: str = "d" * 64
    # A slow moment of a busy machine must not end the whole test run with 75.
    how: dict[str, Any] = field(default_factory=lambda: {"on_freeze": survive})

    def __post_init__(self) -> None:
        self.id = uuid.uuid4().hex
        name = self.ledger.lease_name(PORTAL, self.portal_id)
        self.lease: Lease = acquire(self.ledger, name, holder=self.id, ttl_s=self.ttl_s, **self.how)
        self.ledger.start_run(self.id, job_digest=self.job_digest, folder="runs/1")

    def plan(self, *people: Joiner, **other: str) -> Filing[Joiner]:
        filing = filing_of(*people, **other)
        self.ledger.plan(
            filing, self.lease, portal=PORTAL, run_id=self.id, job_digest=self.job_digest
        )
        return filing

    def intend(self, filing: Filing[Joiner], *, without: tuple[int, ...] = ()) -> Intent:
        positions = [row.number for row in filing.rows if row.number not in without]
        return self.ledger.intend(filing.id, positions, self.lease, margin_s=MARGIN_S)

    def intended(self, *people: Joiner, **other: str) -> Filing[Joiner]:
        filing = self.plan(*people, **other)
        self.intend(filing)
        return filing

    def file(
        self, filing: Filing[Joiner], reference: str = "CAN1120260000123", **more: str
    ) -> None:
        receipt = Receipt(reference, AT, **more)  # type: ignore[arg-type]
        self.ledger.filed(filing.id, receipt, self.lease, reconciled=False)

    def filed(self, *people: Joiner, **more: str) -> Filing[Joiner]:
        filing = self.intended(*people)
        self.file(filing, **more)
        return filing

    def key(self, person: Joiner, employer: str = EMPLOYER) -> str:
        return self.ledger.business_key(PORTAL, "add_employees", employer, person)

    def state(self, filing: Filing[Joiner]) -> str:
        found = self.ledger.filing(filing.id)
        assert found is not None
        return found.state.value

    def row_states(self, filing: Filing[Joiner]) -> list[str]:
        found = self.ledger.filing(filing.id)
        assert found is not None
        return [row.state.value for row in found.rows]

    def end(self, exit_code: int = 0) -> None:
        self.ledger.end_run(self.id, exit_code)
        self.lease.release()
