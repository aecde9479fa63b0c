"""When a month's contribution is due, and the interest on it when it comes late (FCLB).

Facts 8.6: regulation 33 of the Employees' Social Security (General) Regulations 1971. What the
portal demands counts; this is for a person to know beforehand what to expect.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.rules.months import Month

DUE_DAY = 15
"""Due by the 15th of the next month (facts 8.6), also when that is a holiday (assumed)."""

_PERCENT = 6
_YEAR = 365  # also in leap years (assumed; the only printed example divides by 365)
_STEP = 500  # RM5


def due(month: Month) -> date:
    """The last day on which the contribution of ``month`` is in time."""
    following = month.next
    return date(following.year, following.number, DUE_DAY)


def interest(amount: int, month: Month, paid: date) -> int:
    """The interest, in sen, on ``amount`` sen of ``month`` paid on a day; zero when in time.

    6 % a year for each day of delay, for each month or part of a month of it by itself: less than
    RM5 is RM5, more is the next RM5. It is the month of delay that is rounded, not the month of
    contribution as a whole: the worked example of facts 8.6 (a payment 45 days late) reckons the
    first 30 days by themselves. A month of delay runs from the 16th to the 15th (assumed: when the
    example was written a month was due on the last day of the next, so that it cannot tell).
    SOCSO with SKBBK and EIS are two amounts, each with its own interest (assumed).
    """
    if amount <= 0:
        return 0
    return sum(_of_days(amount, days) for days in _parts(month, paid))


def _of_days(amount: int, days: int) -> int:
    """Rounded up to the next whole RM5, in whole numbers all the way."""
    return -(-amount * _PERCENT * days // (100 * _YEAR * _STEP)) * _STEP


def _parts(month: Month, paid: date) -> Iterator[int]:
    """The days of delay, month by month of it."""
    begin = due(month)
    while begin < paid:
        month = month.next
        end = min(due(month), paid)
        yield (end - begin) // timedelta(days=1)
        begin = end
