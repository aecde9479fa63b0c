"""What a worker is insured for in a month: category, EIS, SKBBK (facts 13.2, 13.3).

The age that counts for a month is the age on its last day: who has a birthday in the month has the
new age for the whole of it. Assumed (the Acts say "attained", not in which month the change is
made), so that every such row is warned about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.rules import ages
from rpa.rules.months import Month
from rpa.rules.record import Finding
from rpa.rules.schedule import (
    EIS_SINCE,
    SKBBK_OPTIONAL_SINCE,
    SKBBK_SINCE,
    Category,
    Cover,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rpa.rules.workers import WorkerKind

SECOND_FROM = 60
"""Years: second category, and no EIS any more."""

LATE_ENTRY = 55
"""Years: who first contributes at this age or later is in the second category, foreign workers too
(facts 13.2 say so of all; of foreign workers since July 2024 a payroll firm's notice as well)."""

EIS_FROM = 18

EIS_LATE_ENTRY = 57
"""Years: who never contributed to EIS before this age stays out of it."""

FOREIGN_SINCE = Month(2019, 1)
"""Foreign workers are covered since 1 January 2019 (facts 5.3)."""

FOREIGN_INVALIDITY_SINCE = Month(2024, 7)
"""Before it foreign workers were insured against employment injury only (facts 13.2)."""

DOMESTIC_SINCE = Month(2021, 6)
"""Domestic workers are covered since 1 June 2021 (facts 13.2)."""


@dataclass(frozen=True, slots=True)
class Insured:
    """What of a person decides. Local are Malaysians, permanent and temporary residents.

    ``first_contribution`` is the day of the first contribution to PERKESO, whoever the employer
    was; one day serves both Acts (assumed). ``opted_out`` is of SKBBK. ``pensioner`` receives an
    invalidity pension, which leaves the second category, and EIS as it is (both assumed: the facts
    do not say it; he cannot become an invalid again). ``eis_exempt``: outside EIS by
    law, as contract staff of statutory bodies and local authorities are (not in the facts, assumed)
    and who is 57 or over without EIS before.
    """

    kind: WorkerKind
    born: date
    first_contribution: date | None = None
    opted_out: bool = False
    pensioner: bool = False
    eis_exempt: bool = False


age = ages.completed


def cover(insured: Insured, month: Month) -> Cover:
    """What is insured; only of somebody without ``objections`` for this month."""
    return Cover(_category(insured, month), _eis(insured, month), _skbbk(insured, month))


def objections(insured: Insured, month: Month) -> Iterator[Finding]:
    """Why it cannot be told what the worker is insured for, and what was assumed to tell it.

    The findings name the fields as `rpa.rules.payee.Payee` has them.
    """
    yield from _scheme(insured, month)
    yield from _first_contribution(insured, month)
    yield from _opt_out(insured, month)
    yield from _exempt(insured, month)
    yield from _birthday(insured, month)


def _category(insured: Insured, month: Month) -> Category:
    if insured.kind.foreign and month < FOREIGN_INVALIDITY_SINCE:
        return Category.SECOND
    old = age(insured.born, month.last) >= SECOND_FROM
    return Category.SECOND if old or insured.pensioner or _late(insured) else Category.FIRST


def _late(insured: Insured) -> bool:
    first = insured.first_contribution
    return first is not None and age(insured.born, first) >= LATE_ENTRY


def _eis(insured: Insured, month: Month) -> bool:
    if insured.kind.foreign or insured.eis_exempt or month < EIS_SINCE:
        return False
    return EIS_FROM <= age(insured.born, month.last) < SECOND_FROM and not _eis_late(insured)


def _eis_late(insured: Insured) -> bool:
    """Nobody contributed to EIS before there was EIS."""
    first = insured.first_contribution
    began = EIS_SINCE.first if first is None else max(first, EIS_SINCE.first)
    return age(insured.born, began) >= EIS_LATE_ENTRY


def _skbbk(insured: Insured, month: Month) -> bool:
    """Everybody, whatever the age and the category; locals may stay out since July 2026."""
    return month >= SKBBK_SINCE and not insured.opted_out


def _needs_first_contribution(insured: Insured, month: Month) -> bool:
    injury_only = insured.kind.foreign and month < FOREIGN_INVALIDITY_SINCE
    return not injury_only and LATE_ENTRY <= age(insured.born, month.last) < SECOND_FROM


def _scheme(insured: Insured, month: Month) -> Iterator[Finding]:
    if insured.kind.foreign and month < FOREIGN_SINCE:
        yield Finding("worker", "foreign-month", _FOREIGN_MONTH)
    if insured.kind.domestic and month < DOMESTIC_SINCE:
        yield Finding("worker", "domestic-month", _DOMESTIC_MONTH)
    if insured.kind.domestic and _skbbk(insured, month):
        yield Finding("worker", "domestic-skbbk", _DOMESTIC_SKBBK, Severity.WARNING)


def _first_contribution(insured: Insured, month: Month) -> Iterator[Finding]:
    field, first = "first_contribution_date", insured.first_contribution
    if first is None:
        if _needs_first_contribution(insured, month):
            yield Finding(field, "first-contribution-missing", _FIRST_MISSING)
    elif first > month.last:
        yield Finding(field, "first-contribution-later", _FIRST_LATER)
    elif first < insured.born:
        yield Finding(field, "first-contribution-birth", _FIRST_BEFORE_BIRTH)


def _opt_out(insured: Insured, month: Month) -> Iterator[Finding]:
    if insured.opted_out and insured.kind.foreign:
        yield Finding("skbbk_opt_out", "skbbk-foreign", _SKBBK_FOREIGN)
    elif insured.opted_out and SKBBK_SINCE <= month < SKBBK_OPTIONAL_SINCE:
        yield Finding("skbbk_opt_out", "skbbk-june", _SKBBK_JUNE)


def _exempt(insured: Insured, month: Month) -> Iterator[Finding]:
    """Who says that no EIS is due is believed, and it is said whom the law means."""
    if insured.eis_exempt and _eis(replace(insured, eis_exempt=False), month):
        yield Finding("eis_exempt", "eis-exempt", _EIS_EXEMPT, Severity.WARNING)


def _birthday(insured: Insured, month: Month) -> Iterator[Finding]:
    """The month in which the age changes what is due; for foreigners only the last one does."""
    turned = age(insured.born, month.last)
    ages = {SECOND_FROM} if insured.kind.foreign else {EIS_FROM, SECOND_FROM}
    if turned in ages and age(insured.born, month.first) < turned:
        yield Finding("identification", "age-turned", _turned(turned), Severity.WARNING)


def _turned(years: int) -> Words:
    return Words(
        f"Pekerja ini mencapai umur {years} tahun dalam bulan ini; caruman bulan ini dikira dengan "
        "umur itu. Semak dengan PERKESO jika ragu.",
        f"This worker turns {years} in this month; the month's contribution is reckoned with that "
        "age. Ask PERKESO if in doubt.",
    )


_FOREIGN_MONTH = Words(
    f"Pekerja asing dilindungi mulai {FOREIGN_SINCE} sahaja.",
    f"Foreign workers are covered from {FOREIGN_SINCE} on only.",
)
_DOMESTIC_MONTH = Words(
    f"Pekerja domestik dilindungi mulai {DOMESTIC_SINCE} sahaja.",
    f"Domestic workers are covered from {DOMESTIC_SINCE} on only.",
)
_DOMESTIC_SKBBK = Words(
    "SKBBK dikira untuk pekerja domestik seperti pekerja lain; ini belum disahkan. Semak dengan "
    "PERKESO.",
    "SKBBK is reckoned for domestic workers as for others; this is not confirmed. Ask PERKESO.",
)
_FIRST_MISSING = Words(
    "Pekerja ini berumur 55 hingga 59 tahun: isi 'Tarikh Caruman Pertama' kepada PERKESO "
    "(mana-mana majikan). Ia menentukan kategori dan SIP.",
    "This worker is 55 to 59 years old: fill 'First Contribution Date' to PERKESO (under any "
    "employer). It decides the category and EIS.",
)
_FIRST_LATER = Words(
    "Tarikh caruman pertama ini selepas bulan caruman. Semak tarikh ini.",
    "This first contribution is after the month of the contribution. Check the date.",
)
_FIRST_BEFORE_BIRTH = Words(
    "Tarikh caruman pertama ini sebelum tarikh lahir.",
    "This first contribution is before the date of birth.",
)
_EIS_EXEMPT = Words(
    "Tanpa SIP seperti dinyatakan: betul hanya bagi kakitangan kontrak badan berkanun atau pihak "
    "berkuasa tempatan, atau yang berumur 57 tahun ke atas tanpa SIP sebelumnya.",
    "Without EIS, as declared: right only for contract staff of a statutory body or local "
    "authority, or from 57 on without EIS before.",
)
_SKBBK_FOREIGN = Words(
    "Pekerja asing tidak boleh keluar daripada SKBBK.",
    "A foreign worker cannot opt out of SKBBK.",
)
_SKBBK_JUNE = Words(
    "SKBBK bulan 06/2026 wajib untuk semua; pekerja hanya boleh keluar mulai 07/2026.",
    "SKBBK of 06/2026 is due for everybody; opting out begins with 07/2026.",
)
