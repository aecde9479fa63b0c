"""A month of wages: what a contribution is for (facts 8.4: the month of the wages, ``MMYYYY``)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_SHOWN = re.compile(r"([0-9]{2})/([0-9]{4})")
_DIGITS = re.compile(r"([0-9]{2})([0-9]{4})")
_MONTHS = 12
_YEARS = range(1900, 2900)


class Month(NamedTuple):
    """One month; months compare in the order of time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> Month | None:
        """``06/2026`` as a month; None for anything else."""
        return cls._matched(_SHOWN.fullmatch(text))

    @classmethod
    def from_digits(cls, text: str) -> Month | None:
        """``062026`` as a text file has it; None for anything else."""
        return cls._matched(_DIGITS.fullmatch(text))

    @classmethod
    def _matched(cls, match: re.Match[str] | None) -> Month | None:
        if match is None:
            return None
        number, year = map(int, match.groups())
        return cls(year, number) if 1 <= number <= _MONTHS and year in _YEARS else None

    def __str__(self) -> str:
        return f"{self.number:02}/{self.year:04}"

    @property
    def digits(self) -> str:
        """As a text file has it: ``062026``."""
        return f"{self.number:02}{self.year:04}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def before(self) -> Month:
        """The month before it."""
        if self.number == 1:
            return Month(self.year - 1, _MONTHS)
        return Month(self.year, self.number - 1)

    @property
    def next(self) -> Month:
        """The month after it."""
        if self.number == _MONTHS:
            return Month(self.year + 1, 1)
        return Month(self.year, self.number + 1)
