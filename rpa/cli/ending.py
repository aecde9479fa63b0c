"""The end of a run: what was filed, what is to be paid, what waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rpa.errors import Words, many
from rpa.model.filing import RowState
from rpa.model.monthly import MonthlyJob
from rpa.rules import late_interest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.engine.outcome import Outcome
    from rpa.evidence.report import FilingSummary
    from rpa.jobs import Plan

MOST_CASES = 20  # shown one by one; the report has all of them


def cases(outcome: Outcome) -> Iterator[Words]:
    """Each case that this run filed, by its number, and how many rows are in it."""
    filed = _filed(outcome)
    for one in filed[:MOST_CASES]:
        rows = len(one.rows)
        yield Words(f"{one.reference}: {rows} baris", f"{one.reference}: {many(rows, 'row')}")
    if len(filed) > MOST_CASES:
        yield Words(*[f"… +{len(filed) - MOST_CASES}"] * 2)


def moves(plan: Plan, outcome: Outcome) -> tuple[Words, ...]:
    """What a person does now: pay the month (facts 8.6), answer for what is in doubt."""
    return (*_to_pay(plan, outcome), *to_settle(outcome))


def to_settle(outcome: Outcome) -> Iterator[Words]:
    """Of each filing in doubt, this run's or an earlier one's, the commands that end it."""
    doubts = dict.fromkeys(v.doubt for v in outcome.verdicts.values() if v.doubt)
    for one in list(doubts)[:MOST_CASES]:
        yield settled_by(one[:8])


def _filed(outcome: Outcome) -> list[FilingSummary]:
    return [one for one in outcome.filings if one.state is RowState.FILED]


def _to_pay(plan: Plan, outcome: Outcome) -> Iterator[Words]:
    """The bank's log-in is a person's: this tool stops before FPX."""
    job, filed = plan.job, _filed(outcome)
    if not isinstance(job, MonthlyJob) or not filed:
        return
    numbers = ", ".join(one.reference for one in filed)
    day = f"{late_interest.due(job.month):%d/%m/%Y}"
    numbers_of = {number for one in filed for number in one.rows}
    rows: list[Any] = [row for row in plan.rows if row.number in numbers_of]
    total = job.total(rows)
    amount = total[0] if total else ""
    yield Words(
        f"Bayar {amount or 'jumlah yang ditunjukkan portal'} bagi {numbers}, selewat-lewatnya "
        f"{day}: melalui FPX di portal, oleh anda sendiri. Alat ini tidak membuat bayaran.",
        f"Pay {amount or 'the amount that the portal shows'} for {numbers}, by {day}: by FPX in "
        "the portal, yourself. This tool makes no payment.",
    )


def settled_by(doubt: str) -> Words:
    """Ready to be copied."""
    settle = f"assist-rpa settle {doubt}"
    return Words(
        f"Perlu disemak ({doubt}): jalankan kerja itu semula kemudian, atau cari di portal dan "
        f'jawab.\n  Jika ada:   {settle} --filed NOMBOR --reason "dilihat di portal"\n'
        f'  Jika tiada: {settle} --not-filed --reason "tiada di portal"',
        f"In doubt ({doubt}): run the job again later, or look in the portal and answer.\n"
        f'  If it is there: {settle} --filed NUMBER --reason "seen in the portal"\n'
        f'  If it is not:   {settle} --not-filed --reason "not in the portal"',
    )


WORKBOOK, REPORT = Words("buku kerja:", "workbook:"), Words("laporan:", "report:  ")
