"""The number that identifies a worker in a line (text-files, field 3 of each layout)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rpa.errors import Severity, Words
from rpa.rules import identities, nric, ssfw
from rpa.textfile.layouts import EIS, SOCSO, V2_1
from rpa.textfile.parse import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from rpa.rules.months import Month
    from rpa.textfile.layouts import Layout
    from rpa.textfile.parse import Read


def births(values: Mapping[str, Any]) -> tuple[date, ...]:
    """The birth dates that a line's number can mean by the end of its month; empty for no NRIC."""
    number, month = values.get("identification", ""), values.get("month")
    return () if month is None else _births(number, month)


@lru_cache(maxsize=1)  # a line's number is asked for several times, one after the other
def _births(number: str, month: Month) -> tuple[date, ...]:
    return nric.birth_dates(number, month.last) if nric.well_formed(number) else ()


def faults(read: Read, layout: Layout) -> Iterator[Fault]:
    """What is wrong with the number (text-files 1: digits without dashes; 6.2).

    Twelve digits that are no date are wrong for a local worker. A foreign worker's number may be
    such (its form is not known), and one without EIS may be foreign: then it is a warning.
    """
    number = read.values.get("identification")
    if number is None or "month" not in read.values:
        return
    spec = layout.field("identification")
    if layout is V2_1 and not ssfw.well_formed(number):
        yield Fault.of(read.number, spec, "id-form", _FORM)
    elif "-" in number:
        yield Fault.of(read.number, spec, "id-dash", _DASH)
    elif births(read.values):
        if not nric.birthplace_in_use(number):
            words, severity = identities.BIRTHPLACE, Severity.WARNING
            yield Fault.of(read.number, spec, "nric-birthplace", words, severity)
    elif nric.well_formed(number):
        foreign = _may_be_foreign(read.values, layout)
        words, severity = (_NO_DATE, Severity.WARNING) if foreign else (_DATE, Severity.ERROR)
        yield Fault.of(read.number, spec, "nric-date", words, severity)


def unfit(read: Read, layout: Layout) -> bool:
    """Whether the number tells nothing about its person: what is wrong with it is said already."""
    if "identification" not in read.values:
        return True
    return any(fault.severity is Severity.ERROR for fault in faults(read, layout))


def _may_be_foreign(values: Mapping[str, Any], layout: Layout) -> bool:
    if layout is EIS:
        return False  # foreigners have no EIS
    return layout is SOCSO or not (values.get("eis_employer", 0) or values.get("eis_employee", 0))


_FORM = Words(
    "Nombor mesti 12 aksara: No. KPPN tanpa sengkang, atau No. SSFW/SSFDW (huruf besar dan digit). "
    "No. pasport tidak diterima.",
    "The number must have 12 characters: an NRIC without dashes, or an SSFW/SSFDW number (capitals "
    "and digits). A passport number does not do.",
)
_DASH = Words(
    "Tulis nombor ini tanpa sengkang: medan ini hanya 12 aksara.",
    "Write this number without dashes: the field has only 12 characters.",
)
_DATE = Words(
    "Enam digit pertama nombor ini bukan tarikh lahir yang sah.",
    "The first six digits of this number are no real date of birth.",
)
_NO_DATE = Words(
    "Enam digit pertama bukan tarikh; betul hanya jika ini nombor pekerja asing (SSFW/SSFDW).",
    "The first six digits are no date; right only if this is a foreign worker's number "
    "(SSFW/SSFDW).",
)
