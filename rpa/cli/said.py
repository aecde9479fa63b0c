"""A day that a person types as an option."""

from __future__ import annotations

from datetime import date

from rpa.errors import JobInvalid, Words
from rpa.reading import reading


class NotSaid(JobInvalid):
    """What a person says of a package cannot be noted."""

    next_move = Words(
        "Betulkan dan taip semula. Tiada apa-apa dicatat.",
        "Mend it and type it again. Nothing was noted.",
    )


def day_of(text: str, option: str) -> date:
    """The day. Raises NotSaid."""
    with reading(lambda _: NotSaid(DAY_FORM, where=option)):
        day = date.fromisoformat(text)
        if day.isoformat() != text:
            raise ValueError
    return day


DAY_FORM = Words(
    "Tulis hari sebagai yyyy-mm-dd, contohnya 2026-11-30.",
    "Write the day as yyyy-mm-dd, such as 2026-11-30.",
)
