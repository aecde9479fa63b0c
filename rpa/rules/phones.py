"""Telephone numbers as the employer's form takes them: a fixed +60 and digits (facts 4.1)."""

from __future__ import annotations

import re

from rpa.errors import Words

MOST = 3
"""Rows that the form's plus icon opens for one kind of number (assumed)."""

_NUMBER = re.compile(r"\+60[0-9]{7,11}")


def well_formed(number: str) -> bool:
    """Whether it is +60 and seven to eleven digits, nothing between."""
    return _NUMBER.fullmatch(number) is not None


FORM = Words(
    'Tulis nombor telefon sebagai "+60" diikuti 7 hingga 11 digit, dalam tanda petik, contohnya '
    '"+60312345678".',
    'Write a telephone number as "+60" and 7 to 11 digits, in quotes, such as "+60312345678".',
)
TOO_MANY = Words(
    f"Paling banyak {MOST} nombor diterima di sini.", f"At most {MOST} numbers are taken here."
)
