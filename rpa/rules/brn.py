"""The number of a business (BRN, No. Pendaftaran): the forms SSM gives it (facts 13.5).

SSM's check letters follow no rule that is known, so none is checked. The portal takes up to 30
characters of anything (facts 4.1).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.rules.entities import (
    CORPORATION,
    ENTITIES,
    LIMITED_LIABILITY_PARTNERSHIP,
    NOT_REGISTERED,
    PARTNERSHIP,
    REGISTERED_WITH_SSM,
    SOLE_PROPRIETOR,
)
from rpa.rules.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH = 30

_TURN = 2017


class RegisteredWithSsm(StrEnum):
    """As the form's radios have it: two ages of SSM's numbers."""

    BEFORE = "Before February 2017"
    SINCE = "February 2017 Onwards"


_TWELVE = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<type>0[1-6])[0-9]{6}")
_COMPANY = re.compile(r"[0-9]{1,7}-[A-Z]")
_BUSINESS = re.compile(r"(?=.*[0-9])[A-Z0-9]+-?[A-Z]")
_COMPANIES = {"01", "02"}
_BUSINESSES = {"03"}


class BrnKind(StrEnum):
    """The forms there are."""

    TWELVE = "twelve digits"  # since October 2019
    COMPANY = "company"
    BUSINESS = "business"


def kind(number: str) -> BrnKind | None:
    """The form that ``number`` has, or None when it is none of SSM's."""
    if _TWELVE.fullmatch(number):
        return BrnKind.TWELVE
    if _COMPANY.fullmatch(number):
        return BrnKind.COMPANY
    return BrnKind.BUSINESS if _BUSINESS.fullmatch(number) else None


def findings(number: str, entity: str, sub_entity: str, since: str | None) -> Iterator[Finding]:
    """The objections to the BRN of an employer; the fields are named as `Employer` has them.

    ``entity`` and ``sub_entity`` are empty where not known. ``since`` is what is declared as
    *Registered with SSM*. A business that is not registered may have any number.
    """
    if sub_entity == NOT_REGISTERED:
        return
    match = _TWELVE.fullmatch(number)
    if kind(number) is None:
        ssm = sub_entity == REGISTERED_WITH_SSM
        severity = Severity.ERROR if ssm else Severity.WARNING
        yield Finding("registration_number", "brn-form", _FORM, severity)
    elif match is not None:
        known = sub_entity in ENTITIES.get(entity, ())
        if known and not _fits(match["type"], entity, sub_entity):
            yield Finding("registration_number", "brn-entity", _ENTITY, Severity.WARNING)
        if since is not None and not _of_time(int(match["year"]), since):
            yield Finding("registered_with_ssm", "brn-year", _YEAR, Severity.WARNING)


def _fits(digits: str, entity: str, sub_entity: str) -> bool:
    """Digits 5 and 6: 01, 02 companies; 03 businesses; 04 to 06 limited liability partnerships."""
    if digits in _COMPANIES:
        return entity == CORPORATION and sub_entity != LIMITED_LIABILITY_PARTNERSHIP
    if digits in _BUSINESSES:
        return entity in {SOLE_PROPRIETOR, PARTNERSHIP}
    return sub_entity == LIMITED_LIABILITY_PARTNERSHIP


def _of_time(year: int, since: str) -> bool:
    """Whether the year agrees with what is declared; of the year of the turn both may be true."""
    return year <= _TURN if since == RegisteredWithSsm.BEFORE else year >= _TURN


_FORM = Words(
    "Nombor ini bukan bentuk nombor SSM: 12 digit (202001012345), syarikat (1234567-X) atau "
    "perniagaan (AS1234567-K). Tulis satu nombor sahaja, tanpa nombor lama dalam kurungan.",
    "This number has none of SSM's forms: 12 digits (202001012345), a company (1234567-X) or a "
    "business (AS1234567-K). Write one number only, without the old one in brackets.",
)
_ENTITY = Words(
    "Digit ke-5 dan ke-6 nombor ini menunjukkan jenis entiti yang lain. Semak nombor dan entiti.",
    "Digits 5 and 6 of this number tell of another kind of entity. Check number and entity.",
)
_YEAR = Words(
    "Tahun dalam nombor ini tidak sepadan dengan masa pendaftaran dengan SSM yang dinyatakan.",
    "The year in this number does not agree with the declared time of registering with SSM.",
)
