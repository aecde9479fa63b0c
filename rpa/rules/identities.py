"""Who a person is, told by a number: an NRIC, or a passport's (facts 13.5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rpa.errors import Severity, Words
from rpa.rules import nric
from rpa.rules.record import Finding
from rpa.rules.workers import Gender

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

PASSPORT_LENGTH = 20
"""Characters of a passport number. Assumed: no rule is known (facts 13.5)."""

_PASSPORT = re.compile(r"[A-Z0-9]+")
_NEARLY_NRIC = re.compile(r"[0-9]{10,12}")


def of_nric(field: str, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    """The objections to the NRIC in ``field``, and to birth date and gender declared with it."""
    number, born, gender = values[field], values.get("date_of_birth"), values.get("gender")
    if not nric.well_formed(number):
        yield Finding(field, "nric-format", NRIC_FORMAT)
        return
    if not nric.birthplace_in_use(number):
        yield Finding(field, "nric-birthplace", BIRTHPLACE, Severity.WARNING)
    days = nric.birth_dates(number, today)
    if not days:
        yield Finding(field, "nric-date", _NRIC_DATE)
    if days and born is not None and born <= today and born not in days:
        yield Finding("date_of_birth", "birth-nric", _BIRTH_DIFFERS)
    if gender is not None and (gender == Gender.MALE) != nric.is_male(number):
        yield Finding("gender", "gender-nric", _GENDER_DIFFERS)


def of_passport(field: str, number: str) -> Iterator[Finding]:
    """What is odd about a passport number in ``field``: a warning, for no rule is known.

    Ten digits and more are odd as well: they may be an NRIC, or one that lost its zeros.
    """
    if _PASSPORT.fullmatch(number) is None or _NEARLY_NRIC.fullmatch(number) is not None:
        yield Finding(field, "passport-odd", _PASSPORT_ODD, Severity.WARNING)


NRIC_FORMAT = Words(
    "No. KPPN mesti 12 digit, tanpa sengkang atau bersengkang seperti YYMMDD-PB-####.",
    "The identification number must be 12 digits, without dashes or as YYMMDD-PB-####.",
)
_NRIC_DATE = Words(
    "Enam digit pertama No. KPPN bukan tarikh lahir yang sah.",
    "The first six digits of the identification number are no real date of birth.",
)
BIRTHPLACE = Words(
    "Kod tempat lahir dalam No. KPPN ini tidak digunakan. Semak nombor ini.",
    "The birthplace code in this identification number is not in use. Check the number.",
)
_BIRTH_DIFFERS = Words(
    "Tarikh lahir tidak sama dengan tarikh dalam No. KPPN.",
    "The date of birth is not the one in the identification number.",
)
_GENDER_DIFFERS = Words(
    "Jantina tidak sepadan dengan digit terakhir No. KPPN (ganjil lelaki, genap perempuan).",
    "The gender does not fit the identification number's last digit (odd male, even female).",
)
_PASSPORT_ODD = Words(
    "No. pasport biasanya huruf besar dan digit sahaja, dan bukan seperti No. KPPN. Semak nombor "
    "ini.",
    "A passport number is usually capital letters and digits only, and not like an NRIC. Check "
    "the number.",
)
