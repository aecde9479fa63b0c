"""The identity number: what its digits say, and what they leave open."""

from __future__ import annotations

from datetime import date

import pytest

from rpa.rules import nric

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("number", "days"),
    [
        ("900101005555", (date(1990, 1, 1),)),
        ("260101005555", (date(1926, 1, 1), date(2026, 1, 1))),
        ("261201005555", (date(1926, 12, 1),)),
        ("000229005555", (date(2000, 2, 29),)),
        ("901301005555", ()),
        ("900132005555", ()),
    ],
)
def test_the_first_six_digits_mean_every_real_day_that_has_come(
    number: str, days: tuple[date, ...]
) -> None:
    """The century is open as long as both would be real; a day to come is none."""
    assert nric.birth_dates(number, TODAY) == days


def test_the_last_digit_tells_a_man_from_a_woman() -> None:
    """Odd and even."""
    assert nric.is_male("900101005555")
    assert not nric.is_male("900101005550")


def test_only_twelve_plain_digits_are_well_formed() -> None:
    """Digits of other scripts look alike and are none of the portal's."""
    assert nric.well_formed("900101005555")
    for wrong in ("", "90010100555", "9001010055555", "900101-00-5555", "\uff1900101005555"):
        assert not nric.well_formed(wrong)
