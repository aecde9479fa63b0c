"""A month of wages: what a contribution is for (facts 8.4: the month of the wages, ``MMYYYY``)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = re.compile(r"([0-9]{2})/([0-9]{4})")
_DIGITS = re.compile(r"([0-9]{2})([0-9]{4})")
_MONTHS = 12
_YEARS = range(1900, 2900)
_NAMED = {
    word: number
    for number, words in enumerate(
        (
            "jan januari january",
            "feb februari february",
            "mac mar march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul julai july",
            "ogos ogo aug august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dis dec disember december",
        ),
        1,
    )
    for word in words.split()
}
_WORD = "|".join(sorted(_NAMED, key=len, reverse=True))
_WORDED = re.compile(rf"({_WORD})(?:\.? |[-/])([12][0-9]{{3}})", re.IGNORECASE)
_NUMBERED = re.compile(r"([0-9]{1,2})[-./]([12][0-9]{3})|([12][0-9]{3})[-./]([0-9]{1,2})")
_WORDED_DAY = re.compile(
    rf"(?P<d>[0-9]{{1,2}})(?P<by>[ -])(?P<m>{_WORD})[.,]?(?P=by)(?P<y>[12][0-9]{{3}})"
    rf"|(?P<name>{_WORD}) (?P<day>[0-9]{{1,2}}), (?P<year>[12][0-9]{{3}})",
    re.IGNORECASE,
)
_YEAR = r"(20[1-4][0-9])(?![0-9]|\s?[0-9]{3})"
_DAY = r"(?<![0-9])[0-3]?[0-9][\s.-]*"
_NAME_YEAR = re.compile(rf"({_DAY})?\b({_WORD})[\s.,'/-]*(?:tahun|year)?\s*{_YEAR}", re.IGNORECASE)
_NAME = re.compile(rf"(?<![A-Za-z])({_WORD})(?![A-Za-z])", re.IGNORECASE)
_NUMBER_YEAR = re.compile(
    r"(?<![0-9/])(?<![0-9][.-])(?<!bil )(?<!bil\. )(?<!no\. )"
    rf"(?:(0?[1-9]|1[0-2])[/.-]|(0[1-9]|1[0-2])){_YEAR}",
    re.IGNORECASE,
)
_YEAR_NUMBER = re.compile(r"(?<![0-9])(20[1-4][0-9])[/.-]?(0[1-9]|1[0-2])(?![0-9]|[/.-][0-9])")
_WHOLE_DAY = re.compile(r"(?<![0-9])([0-3]?[0-9])[/.-](0?[1-9]|1[0-2])[/.-](20[0-9]{2})(?![0-9])")
_SHORT = re.compile(r"(?<![0-9/.-])(0[1-9]|1[0-2])[/.-]?(2[0-9])(?![0-9/.-])")
_BULAN = re.compile(r"\b(?:bulan|month)\s*:?\s*(0?[1-9]|1[0-2])\b(?![/.-])", re.IGNORECASE)
_NAME_SHORT = re.compile(rf"(?:{_WORD})[\s'-]*(2[0-9])", re.IGNORECASE)
_CENTURY = 2000


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
    def named(cls, text: str) -> Month | None:
        """``September 2026``, ``Sep. 2026``, ``SEP-2026`` as a month; None for anything else."""
        found = _WORDED.fullmatch(text)
        return cls._of(_NAMED[found[1].lower()], int(found[2])) if found else None

    @classmethod
    def written(cls, text: str) -> Month | None:
        """As a portal may write it, where only one month can be meant; else None.

        In words, or ``09/2026``, ``9-2026``, ``2026-09``.
        """
        found = _NUMBERED.fullmatch(text)
        if not found:
            return cls.named(text)
        return cls._of(int(found[1] or found[4]), int(found[2] or found[3]))

    @classmethod
    def from_digits(cls, text: str) -> Month | None:
        """``062026`` as a text file has it; None for anything else."""
        return cls._matched(_DIGITS.fullmatch(text))

    @classmethod
    def _matched(cls, match: re.Match[str] | None) -> Month | None:
        return cls._of(*map(int, match.groups())) if match else None

    @classmethod
    def _of(cls, number: int, year: int) -> Month | None:
        return cls(year, number) if 1 <= number <= _MONTHS and year in _YEARS else None

    def __str__(self) -> str:
        return f"{self.number:02}/{self.year:04}"

    @property
    def ways(self) -> tuple[str, ...]:
        """As a portal may write it; `written` reads each of them."""
        names = [word.capitalize() for word, number in _NAMED.items() if number == self.number]
        year, numbers = f"{self.year:04}", dict.fromkeys((f"{self.number:02}", str(self.number)))
        told = [f"{one}{sign}{year}" for one in numbers for sign in "/-."]
        told += [f"{name}{sign}{year}" for name in names for sign in (" ", ". ", "-", "/")]
        return (*told, f"{year}-{self.number:02}", f"{year}/{self.number:02}")

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


def day_named(text: str) -> date | None:
    """``01 Sep 2026``, ``1-Sep-2026``, ``Sep 1, 2026`` as a day; None for anything else."""
    found = _WORDED_DAY.fullmatch(text)
    if not found:
        return None
    month = Month(int(found["y"] or found["year"]), _NAMED[(found["m"] or found["name"]).lower()])
    day = int(found["d"] or found["day"])
    return month.first.replace(day=day) if 1 <= day <= month.last.day else None


def mentioned(text: str) -> frozenset[Month]:
    """The months of a year that a text names: ``Okt 2026``, ``10/2026``, ``2026-10``, ``102026``.

    A whole date names none, for it may be the day on which something was printed; but the first
    and the last day of one month name it.
    """
    plain = text.replace("_", " ")
    days = {tuple(map(int, m.groups())) for m in _WHOLE_DAY.finditer(plain)}
    span = [
        month
        for _, number, year in days
        for month in [Month(year, number)]
        if {(day.day, number, year) for day in (month.first, month.last)} <= days
    ]
    return frozenset(
        chain(
            (
                Month(int(m[3]), _NAMED[m[2].lower()])
                for m in _NAME_YEAR.finditer(plain)
                if not m[1]
            ),
            (Month(int(m[3]), int(m[1] or m[2])) for m in _NUMBER_YEAR.finditer(plain)),
            (Month(int(m[1]), int(m[2])) for m in _YEAR_NUMBER.finditer(plain)),
            span,
        )
    )


def hinted(text: str) -> frozenset[int]:
    """The numbers of the months that a text may name: ``Sept``, ``SEP26``, ``09/26``, ``Bulan 9``.

    Without a year of four digits it is no more than a hint; with one it is none.
    """
    plain = text.replace("_", " ")
    dated = {m.span(2) for m in _NAME_YEAR.finditer(plain)}
    words = (_NAMED[m[1].lower()] for m in _NAME.finditer(plain) if m.span(1) not in dated)
    numbers = chain(_BULAN.finditer(plain), _SHORT.finditer(plain))
    return frozenset(chain(words, (int(m[1]) for m in numbers)))


def of_cell(text: str) -> Iterator[Month | int]:
    """What a cell of a column of months says: a month, or only its number in the year."""
    if found := mentioned(text):
        yield from found
    elif match := _WHOLE_DAY.fullmatch(text.strip()):
        yield Month(int(match[3]), int(match[2]))
    elif match := _SHORT.fullmatch(text.strip()):
        yield Month(_CENTURY + int(match[2]), int(match[1]))
    elif match := _NAME_SHORT.fullmatch(text.strip()):
        yield from (Month(_CENTURY + int(match[1]), number) for number in hinted(text))
    elif text.isdigit() and 1 <= int(text) <= _MONTHS:
        yield int(text)
    else:
        yield from hinted(text)
