"""Regulation 33 of the Employees' Social Security (General) Regulations 1971."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpa.rules.late_interest import due, interest
from rpa.rules.months import Month

JULY = Month(2026, 7)


@pytest.mark.parametrize(
    ("month", "day"),
    [(JULY, date(2026, 8, 15)), (Month(2026, 12), date(2027, 1, 15))],
)
def test_a_month_is_due_on_the_fifteenth_of_the_next(month: Month, day: date) -> None:
    """Facts 8.6."""
    assert due(month) == day


@pytest.mark.parametrize(
    ("amount", "paid", "expected"),
    [
        (50_000, date(2026, 8, 1), 0),
        (50_000, date(2026, 8, 15), 0),
        (50_000, date(2026, 8, 16), 500),  # 8 sen become RM5
        (50_000, date(2026, 8, 29), 500),  # RM500, 14 days: RM1.15, that is RM5
        (1_000_000, date(2026, 9, 14), 5000),  # RM10,000, 30 days: RM49.32, that is RM50
        (50_000, date(2026, 9, 15), 500),
        (50_000, date(2026, 9, 16), 1000),  # a month and a day: twice RM5
        (1_000_000, date(2026, 9, 16), 6000),  # RM50.96 to RM55, and one day RM1.65 to RM5
        (0, date(2027, 8, 15), 0),
    ],
)
def test_six_percent_a_year_by_the_day_in_steps_of_five_ringgit_for_each_month(
    amount: int, paid: date, expected: int
) -> None:
    """Less than RM5 is RM5, more is the next RM5, for each month or part of a month."""
    assert interest(amount, JULY, paid) == expected


def test_an_interest_of_exactly_five_ringgit_stays_five() -> None:
    """RM3,041.67 for 10 days is a little more than RM5 and becomes RM10; RM3,041.66 is RM5."""
    paid = date(2026, 8, 25)
    assert interest(304_166, JULY, paid) == 500
    assert interest(304_167, JULY, paid) == 1000
    assert interest(36_500 * 50, JULY, date(2026, 8, 16)) == 500  # RM18,250 for a day is RM3


def test_each_month_of_delay_is_rounded_by_itself_as_the_printed_example_has_it() -> None:
    """RM50.50 paid 45 days late: 30 days are RM0.249, that is RM5, and 15 more days RM5 again."""
    april = Month(2026, 3)  # due on 15 April, so that 30 days end on 15 May
    assert interest(5050, april, date(2026, 5, 15)) == 500
    assert interest(5050, april, date(2026, 5, 30)) == 1000


@given(st.integers(1, 10**9), st.integers(0, 3000))
def test_interest_never_falls_with_the_days_and_is_always_whole_five_ringgits(
    amount: int, days: int
) -> None:
    """In whole numbers all the way."""
    start = due(JULY)
    now = interest(amount, JULY, date.fromordinal(start.toordinal() + days))
    then = interest(amount, JULY, date.fromordinal(start.toordinal() + days + 1))
    assert now % 500 == 0
    assert now <= then
    assert then >= 500
