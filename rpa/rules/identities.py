"""Who a person is, told by a number: an NRIC, or a passport's (facts 13.5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rpa.errors import Severity, Words
from rpa.rules import nric, signs
from rpa.rules.record import Finding
from rpa.rules.workers import Gender

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

PASSPORT_LENGTH = 20
"""Characters of a passport number. Assumed: no rule is known (facts 13.5)."""

_PASSPORT = re.compile(r"[A-Z0-9]+")
_NEARLY_NRIC = re.compile(r"[0-9]{10,12}")
_FEW_DIGITS = re.compile(r"[0-9]{9,11}")  # what an NRIC keeps: 00 and a month below 10 drop three
_FOREIGN = re.compile(r"SSF(W|DW)[A-Z0-9]+", re.IGNORECASE)


def of_nric(field: str, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    """The objections to the NRIC in ``field``, and to birth date and gender declared with it."""
    number, born, gender = values[field], values.get("date_of_birth"), values.get("gender")
    if not nric.well_formed(number):
        yield Finding(field, *nric_fault(number))
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


def of_passport(field: str, number: str, today: date) -> Iterator[Finding]:
    """What is odd about a passport number in ``field``: a warning, for no rule is known.

    Digits alone are odd where they would be an NRIC with the zeros that Excel drops.
    """
    if may_lack_zeros(number, today):
        words = may_lack(len(number))
        yield Finding(field, "passport-zeros", words, Severity.WARNING)
    elif _PASSPORT.fullmatch(number) is None or _NEARLY_NRIC.fullmatch(number) is not None:
        yield Finding(field, "passport-odd", _PASSPORT_ODD, Severity.WARNING)


def nric_fault(number: str) -> tuple[str, Words]:
    """Why a text is no NRIC: too few digits, signs around them, another form."""
    if _FEW_DIGITS.fullmatch(number):
        return "nric-zeros", zeros(len(number))
    if of_foreigner(number):
        return "nric-foreign", _OF_FOREIGN
    bare, odd = signs.around_digits(number)
    if odd and nric.well_formed(bare):
        return "nric-format", _signs(odd)
    digits = sum(c.isdigit() for c in number)
    if digits != nric.LENGTH and digits == len(number.replace("-", "")):
        return "nric-format", _digits(digits)
    return "nric-format", NRIC_FORMAT


def _digits(digits: int) -> Words:
    return Words(
        f"Nombor ini ada {digits} digit; No. KPPN mesti 12. Semak pada kad pengenalan.",
        f"This number has {digits} digits; an identification number must have 12. Look at the "
        "card.",
    )


def of_foreigner(number: str) -> bool:
    """Whether a number says by itself that it is a foreign worker's."""
    return _FOREIGN.fullmatch(number) is not None


def may_lack_zeros(number: str, today: date) -> bool:
    """Whether these digits, fewer than twelve, are an NRIC's without its leading zeros."""
    if _FEW_DIGITS.fullmatch(number) is None:
        return False
    whole = number.zfill(nric.LENGTH)
    return bool(nric.birth_dates(whole, today))


def zeros(digits: int) -> Words:
    """The sentence about a number that Excel took for an amount."""
    return Words(
        f"Nombor ini hanya {digits} digit, bukan 12: Excel membuang sifar di hadapan. Tukar "
        "format sel kepada Text, kemudian taip semula nombornya.",
        f"This number has {digits} digits, not 12: Excel has dropped its leading zeros. Format "
        "the cell as Text and type the number again.",
    )


def may_lack(digits: int) -> Words:
    """The same of a number that may be a passport's."""
    return Words(
        f"Nombor ini hanya {digits} digit: jika ia No. KPPN, Excel membuang sifar di hadapan; "
        "tukar format sel kepada Text dan taip semula. Biarkan jika ia No. pasport.",
        f"This number has {digits} digits: if it is an NRIC, Excel has dropped its leading zeros; "
        "format the cell as Text and type it again. Leave it if it is a passport number.",
    )


def _signs(odd: str) -> Words:
    named = signs.listed(odd)
    return Words(
        f"Nombor ini betul, tetapi di sekelilingnya ada {named.bm}. Tinggalkan 12 digit sahaja.",
        f"The digits are right, but around them stands {named.en}. Leave the 12 digits only.",
    )


NRIC_FORMAT = Words(
    "No. KPPN mesti 12 digit, tanpa sengkang atau bersengkang seperti YYMMDD-PB-####.",
    "The identification number must be 12 digits, without dashes or as YYMMDD-PB-####.",
)
_OF_FOREIGN = Words(
    "Ini nombor pekerja asing (SSFW/SSFDW): isi 'Jenis Pekerja': Asing atau Domestik Asing.",
    "This is a foreign worker's number (SSFW/SSFDW): fill 'Type of Worker': foreign or domestic "
    "foreign.",
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
