"""The portal's clock, as its Date header tells it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rpa.engine.clock import DayDenied, same_day
from rpa.portal.values import moment
from rpa.settings import TIME_ZONE

MIDNIGHT = datetime(2026, 11, 21, tzinfo=TIME_ZONE)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Fri, 20 Nov 2026 16:00:00 GMT", datetime(2026, 11, 20, 16, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 16:00:00 -0000", datetime(2026, 11, 20, 16, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 16:00:00", datetime(2026, 11, 20, 16, tzinfo=UTC)),
        ("yesterday", None),
        ("Fri, 99 Nov 2026 16:00:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_a_header_that_cannot_be_read_is_no_clock(said: str | None, read: datetime | None) -> None:
    """And one without a zone is GMT, as the protocol has it."""
    assert moment(said) == read


@pytest.mark.parametrize(("minutes", "denied"), [(9, False), (10, False), (11, True)])
def test_ten_minutes_around_midnight_are_nobodys_fault(minutes: int, *, denied: bool) -> None:
    """This computer's clock against the portal's, which stands before midnight."""
    ours = MIDNIGHT + timedelta(minutes=minutes - 1)
    theirs = MIDNIGHT - timedelta(minutes=1)
    if denied:
        with pytest.raises(DayDenied, match="portal's 20/11/2026 23:59"):
            same_day(theirs, ours.date(), ours)
    else:
        same_day(theirs, ours.date(), ours)


def test_a_portal_without_a_clock_cannot_object() -> None:
    """Nothing is known, so nothing is denied."""
    same_day(None, MIDNIGHT.date(), MIDNIGHT)
