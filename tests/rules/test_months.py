"""Months of wages."""

from __future__ import annotations

from datetime import date

import pytest

from rpa.rules.months import Month


def test_a_month_is_read_and_written_in_both_ways() -> None:
    """As a person types it, and as a text file has it."""
    assert Month.read("06/2026") == Month.from_digits("062026") == Month(2026, 6)
    assert str(Month(2026, 6)) == "06/2026"
    assert Month(2026, 6).digits == "062026"


@pytest.mark.parametrize(
    "text", ["", "6/2026", "13/2026", "00/2026", "2026-06", "06/26", "06/0000"]
)
def test_anything_else_is_no_month(text: str) -> None:
    """Never guessed."""
    assert Month.read(text) is None
    assert Month.from_digits(text.replace("/", "")) is None


def test_months_follow_each_other_and_know_their_days() -> None:
    """December, February, leap years."""
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 12) < Month(2027, 1)
    assert (Month(2028, 2).first, Month(2028, 2).last) == (date(2028, 2, 1), date(2028, 2, 29))
    assert Month.of(date(2026, 11, 22)) == Month(2026, 11)
