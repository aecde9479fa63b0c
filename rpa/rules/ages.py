"""Ages that are lawful and most often a mistyped year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.rules.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

OLD = 80
"""Years. No law ends insurance at an age; from here on a person is asked to look (assumed)."""


def completed(born: date, day: date) -> int:
    """Completed years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def implausible(field: str, born: date, day: date) -> Iterator[Finding]:
    """The remark on somebody of 80 or more on a day."""
    years = completed(born, day)
    if years >= OLD:
        words = Words(
            f"Mengikut tarikh lahir, pekerja ini berumur {years} tahun. Semak tahunnya.",
            f"Going by the date of birth this worker is {years} years old. Check the year.",
        )
        yield Finding(field, "age-old", words, Severity.WARNING)
