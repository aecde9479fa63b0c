"""The Malaysian identity number (NRIC, KPPN, MyKad): ``YYMMDD`` ``PB`` ``###G``, facts 13.5.

Twelve digits without dashes, as ASSIST takes them (facts 5.2). The first six are the birth date
without its century, the next two the place of birth, the last one is odd for a man and even for a
woman. There is no check digit, so that these three are all that can be checked.
"""

from __future__ import annotations

import re
from datetime import date

LENGTH = 12

BIRTHPLACES_NOT_IN_USE = frozenset(
    "00 17 18 19 20 69 70 73 80 81 94 95 96 97".split()  # noqa: SIM905  as the list of facts 13.5 reads
)

_CENTURIES = (1900, 2000)
_DIGITS = re.compile(r"[0-9]{12}")


def well_formed(number: str) -> bool:
    """Whether ``number`` is twelve ASCII digits and nothing else."""
    return _DIGITS.fullmatch(number) is not None


def birth_dates(number: str, today: date) -> tuple[date, ...]:
    """The birth dates that ``number`` can mean: real days of the last two centuries, none to come.

    ``number`` must be ``well_formed``. Empty when its first six digits are no date; two dates when
    the century is open.
    """
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:6])
    days = [_day(century + year, month, day) for century in _CENTURIES]
    return tuple([found for found in days if found is not None and found <= today])


def is_male(number: str) -> bool:
    """What the last digit says: odd is a man. ``number`` must be ``well_formed``."""
    return int(number[-1]) % 2 == 1


def birthplace_in_use(number: str) -> bool:
    """Whether the two digits of the birthplace are in use; other countries' codes are."""
    return number[6:8] not in BIRTHPLACES_NOT_IN_USE


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
