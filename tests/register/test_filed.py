"""From verdicts to entries: what the portal has, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from rpa.errors import Words
from rpa.model.filing import Row, RowState, Verdict
from rpa.register import entries_of
from rpa.rules.schedule import Amounts
from tests.register.people import EMPLOYER, FILED, JULY, ONE, TWO
from tests.textfile.people import payee

if TYPE_CHECKING:
    from rpa.rules.months import Month


@dataclass(frozen=True)
class Job:
    employer: str = EMPLOYER
    month: Month = JULY
    act: str = "both"
    kind: str = "month"


def verdict(state: RowState = RowState.FILED, **more: Any) -> Verdict[Any]:
    row = Row(2, "payroll.csv: row 2", payee(identification=ONE, **more))
    return Verdict(row, state, Words("", ""), reference="ACR082260000001", at=FILED)


def test_a_filed_row_is_an_entry_with_all_that_the_law_wants_kept() -> None:
    """Occupation and allowances come from the payroll table; the amounts are the schedule's."""
    (one,) = entries_of(Job(), [verdict(occupation="Kerani", allowances=20_000)], "r1")
    assert (one.employer, one.month, one.identification, one.name) == (
        EMPLOYER,
        JULY,
        ONE,
        "CONTOH BIN REKAAN",
    )
    assert (one.occupation, one.wages, one.allowances) == ("Kerani", 300_000, 20_000)
    assert (one.socso_employer, one.socso_employee, one.skbbk) == (5165, 1475, 2215)
    assert (one.eis_employer, one.eis_employee) == (590, 590)
    assert (one.acts, one.kind, one.reference, one.run_id) == (
        "both",
        "month",
        "ACR082260000001",
        "r1",
    )
    assert one.filed_at == FILED


@pytest.mark.parametrize("state", [state for state in RowState if state is not RowState.FILED])
def test_what_is_not_filed_is_not_entered(state: RowState) -> None:
    """A rehearsal, a refusal, a doubt: nothing was paid by it."""
    assert entries_of(Job(), [verdict(state)], "r1") == []


@pytest.mark.parametrize(
    ("act", "expected"), [("socso", (5165, 1475, 2215, 0, 0)), ("eis", (0, 0, 0, 590, 590))]
)
def test_acts_filed_apart_hold_their_own_amounts_only(act: str, expected: tuple[int, ...]) -> None:
    """Else the line of both would count them twice."""
    (one,) = entries_of(Job(act=act), [verdict()], "r1")
    amounts = (one.socso_employer, one.socso_employee, one.skbbk)
    assert (*amounts, one.eis_employer, one.eis_employee) == expected


def test_a_short_payment_enters_the_difference_to_what_the_portal_had() -> None:
    """Never less than nothing; of a worker whom it lacked, all."""
    had = {ONE: Amounts(5000, 1475, 500, 590, 2215)}
    job = Job(kind="short")
    (one,) = entries_of(job, [verdict()], "r1", had)
    assert (one.socso_employer, one.socso_employee, one.skbbk) == (165, 0, 0)
    assert (one.eis_employer, one.eis_employee, one.wages) == (90, 0, 300_000)
    (whole,) = entries_of(job, [verdict()], "r1", {TWO: had[ONE]})
    assert whole.socso_employer == 5165
