"""Due, recorded and paid: each worker stands in exactly one state, and the sums add up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpa.rules.contribution import Kind
from rpa.rules.months import Month
from rpa.rules.next_moves import NONE, moves
from rpa.rules.payee import Payee
from rpa.rules.reconcile import (
    DIFFERING,
    Due,
    State,
    due_of,
    gravest,
    reconcile,
    same_person,
)
from rpa.rules.recorded import Details, Fund, Share, Submission

MONTH = Month(2026, 10)
IN_TIME, LATE = date(2026, 11, 15), date(2026, 11, 16)
A, B = "900101005001", "900102005002"


def share(person: str, total: int) -> Share:
    return Share(person, f"CONTOH {person[-1]}", 300000, total, 0, 0, total)


def record(
    fund: Fund, lines: dict[str, int], paid: int | None = None, number: int = 1, fclb: int = 0
) -> Details:
    """A submission of these lines, paid whole unless it is said how far."""
    amount = sum(lines.values())
    known = amount if paid is None else paid
    head = Submission(
        f"{fund}11226{number:07d}", MONTH, Kind.MONTHLY, len(lines), amount, known, "", LATE
    )
    return Details(head, tuple(share(*line) for line in lines.items()), "", None, fclb)


def payroll(lines: dict[str, int]) -> dict[str, Due]:
    return {
        p: Due(f"CONTOH {p[-1]}", 300000, {Fund.ACR: sen, Fund.ECR: 0}) for p, sen in lines.items()
    }


def state_of(
    due: dict[str, int] | None,
    *records: Details,
    today: date = LATE,
    person: str = A,
) -> State:
    known = None if due is None else payroll(due)
    compared = reconcile(MONTH, today, known, {Fund.ACR: list(records)})
    (worker,) = [w for w in compared.workers if w.identification == person]
    return worker.state


# --- each state ---


def test_recorded_as_due_and_paid_whole_is_paid() -> None:
    """Whatever the day; several submissions of the month count together."""
    first, rest = record(Fund.ACR, {A: 5000}), record(Fund.ACR, {A: 3855}, number=2)
    assert state_of({A: 8855}, first, rest) is State.PAID
    assert state_of(None, first) is State.PAID


@pytest.mark.parametrize(("today", "state"), [(IN_TIME, State.UNPAID), (LATE, State.LATE)])
def test_unpaid_is_late_from_the_16th_of_the_next_month(today: date, state: State) -> None:
    """Due by the 15th (facts 8.6)."""
    assert state_of({A: 8855}, record(Fund.ACR, {A: 8855}, paid=0), today=today) is state


@pytest.mark.parametrize(("today", "state"), [(IN_TIME, State.NOT_DUE_YET), (LATE, State.ARREARS)])
def test_a_month_not_submitted_is_in_arrears_once_its_15th_is_over(
    today: date, state: State
) -> None:
    """Not before."""
    assert state_of({A: 8855}, today=today) is state


def test_recorded_less_than_due_is_short_also_when_that_is_paid() -> None:
    """And a worker whom the month's submission leaves out is short of everything."""
    assert state_of({A: 8855}, record(Fund.ACR, {A: 8000})) is State.SHORT
    assert state_of({A: 8855, B: 100}, record(Fund.ACR, {B: 100})) is State.SHORT


def test_recorded_more_than_due_is_told_apart_from_a_stranger() -> None:
    """A stranger does not stand in the payroll at all."""
    assert state_of({A: 100}, record(Fund.ACR, {A: 200})) is State.MORE
    assert state_of({A: 100}, record(Fund.ACR, {A: 100, B: 1}), person=B) is State.NOT_IN_PAYROLL


def test_of_a_record_paid_in_part_nobody_is_paid() -> None:
    """Whose contribution it was is not known."""
    assert state_of({A: 50, B: 50}, record(Fund.ACR, {A: 50, B: 50}, paid=99)) is State.PART_PAID


def test_what_was_not_read_is_never_taken_for_missing() -> None:
    """No arrears, no figures, and a next move that says so."""
    compared = reconcile(MONTH, LATE, payroll({A: 8855}), {Fund.ACR: None})
    assert compared.state is State.UNREAD
    assert compared.figures[1:] == (None,) * 6
    assert "could not be read" in moves(compared)[0].en


def test_numbers_are_compared_without_dashes_and_blanks() -> None:
    """A payroll may write them otherwise than the portal."""
    assert same_person("900101-00-5001") == same_person("900101005001 ") == A
    assert same_person("ssfw00000001") == "SSFW00000001"


def test_what_is_due_is_the_schedules_row_of_both_acts() -> None:
    """RM3,000 in the first category: row 34 of the Third Schedule, with SKBBK; EIS twice."""
    told = {"identification": A, "name": "CONTOH", "wages": 300000}
    due = due_of(Payee.model_validate(told), MONTH)
    assert due.of == {Fund.ACR: 5165 + 1475 + 2215, Fund.ECR: 590 + 590}


def test_the_gravest_state_tells_of_the_whole() -> None:
    """What differs from the payroll goes before what is only unpaid."""
    assert gravest([State.PAID, State.LATE, State.SHORT]) is State.SHORT
    assert gravest([]) is State.NOTHING
    assert all(gravest([State.LATE, state]) is state for state in DIFFERING)


# --- next moves ---


def test_a_month_that_agrees_and_is_paid_needs_nothing() -> None:
    """One sentence says so."""
    read = {Fund.ACR: [record(Fund.ACR, {A: 8855})]}
    assert moves(reconcile(MONTH, LATE, payroll({A: 8855}), dict(read))) == [NONE]


def test_arrears_tell_what_interest_to_expect() -> None:
    """RM 88.55, a day late: less than RM5 is RM5 (facts 8.6)."""
    (move,) = moves(reconcile(MONTH, LATE, payroll({A: 8855}), {Fund.ACR: []}))
    assert move.en == (
        "SOCSO (ACR): submit RM 88.55 as Arrears and pay it; it was due by 15/11/2026. "
        "Expect FCLB of about RM 5.00 if it is paid today."
    )


def test_interest_that_the_portal_shows_is_told_also_of_a_paid_month() -> None:
    """It may not have been paid with it."""
    read = {Fund.ACR: [record(Fund.ACR, {A: 8855}, fclb=500)]}
    (move,) = moves(reconcile(MONTH, LATE, payroll({A: 8855}), dict(read)))
    assert move.en.endswith("the portal shows FCLB of RM 5.00; pay it unless that is done.")


# --- whatever stands there ---

people = st.sampled_from([f"90010100500{n}" for n in range(5)])
lines = st.dictionaries(people, st.integers(0, 20_000), max_size=5)
payments = st.sampled_from([0, 1, 2])  # nothing, in part, whole


@st.composite
def records(draw: st.DrawFn, fund: Fund) -> list[Details]:
    found = []
    for number in range(draw(st.integers(0, 3))):
        held = draw(lines)
        amount = sum(held.values())
        found.append(record(fund, held, amount * draw(payments) // 2, number))
    return found


@given(
    st.none() | lines,
    st.none() | records(Fund.ACR),
    st.none() | records(Fund.ECR),
    st.sampled_from([IN_TIME, LATE]),
)
def test_everybody_stands_once_in_one_state_and_the_sums_add_up(
    due: dict[str, int] | None,
    acr: list[Details] | None,
    ecr: list[Details] | None,
    today: date,
) -> None:
    """Payroll and record, person by person, against the heads of the records."""
    asked = None if due is None else payroll(due)
    read = {Fund.ACR: acr, Fund.ECR: ecr}
    compared = reconcile(MONTH, today, asked, dict(read))
    on_record = {
        s.identification for found in read.values() for of in found or () for s in of.shares
    }
    numbers = [worker.identification for worker in compared.workers]
    assert sorted(numbers) == sorted({*(due or ()), *on_record})
    assert moves(compared)
    for fund, found in read.items():
        parts = [worker.parts[fund] for worker in compared.workers]
        total = compared.totals[fund]
        assert all(part.state in State for part in parts)
        if asked is not None:
            assert total.figures.due == sum(d.of[fund] for d in asked.values())
        if found is None:
            assert {part.state for part in parts} <= {State.UNREAD, State.NOTHING}
            continue
        heads = [of.submission for of in found]
        assert (
            total.figures.recorded == sum(p.recorded for p in parts) == sum(h.amount for h in heads)
        )
        partly = [h for h in heads if 0 < h.paid < h.amount]
        assert sum(p.partly for p in parts) == sum(h.amount for h in partly)
        surely = sum(p.paid for p in parts) + sum(h.paid for h in partly)
        assert total.figures.paid == surely
        assert total.figures.open == sum(h.amount - h.paid for h in heads)
        for part in parts:
            assert (part.difference > 0) == (part.state in {State.MORE, State.NOT_IN_PAYROLL})
            below = {State.SHORT, State.ARREARS, State.NOT_DUE_YET}
            assert (part.difference < 0) == (part.state in below)
