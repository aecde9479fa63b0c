"""The amounts of a line against the schedule's row for its wages (text-files, section 6.4).

Which category a worker is in, and whether he stays out of SKBBK, does not stand in the file: it is
told by which amounts are zero, then every amount must be the row's. What no worker can lawfully
have is an error; what only some can have is a warning that says whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from rpa.errors import Severity, Words
from rpa.rules import coverage, money, schedule
from rpa.rules.payee import OLDEST
from rpa.rules.schedule import Amounts, Category, Cover
from rpa.textfile import numbers
from rpa.textfile.layouts import EIS, SOCSO, V2_1
from rpa.textfile.parse import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rpa.rules.months import Month
    from rpa.textfile.layouts import Layout
    from rpa.textfile.parse import Read


class Reading(NamedTuple):
    """As what a line's amounts were taken."""

    category: Category
    eis: bool
    skbbk: bool

    @property
    def words(self) -> Words:
        """Such as: first category, EIS, SKBBK."""
        first = self.category is Category.FIRST
        return Words(
            f"kategori {'pertama' if first else 'kedua'}, {'SIP' if self.eis else 'tanpa SIP'}, "
            f"{'SKBBK' if self.skbbk else 'tanpa SKBBK'}",
            f"{self.category} category, {'EIS' if self.eis else 'no EIS'}, "
            f"{'SKBBK' if self.skbbk else 'no SKBBK'}",
        )


def reading(values: Mapping[str, Any], layout: Layout) -> Reading | None:
    """What the zeros tell; None where the line has no such amounts or they could not be read."""
    wanted = {"wages", "month", *Amounts._fields}
    if layout is not V2_1 or not values.keys() >= wanted or not schedule.known(values["month"]):
        return None
    first = values["socso_employee"] > 0
    return Reading(
        Category.FIRST if first else Category.SECOND,
        eis=values["eis_employer"] > 0 or values["eis_employee"] > 0,
        skbbk=values["skbbk"] > 0,
    )


def faults(read: Read, layout: Layout, reading: Reading | None) -> Iterator[Fault]:
    """Every amount that is not the row's, else whoever could not have such amounts."""
    if reading is not None:
        found = list(_amounts(read, layout, reading))
        yield from found or _person(read, layout, reading)
    elif layout is EIS and read.values.keys() >= {"eis_total", "month"}:
        yield from _eis_alone(read, layout)
    elif layout is SOCSO and read.values.get("wages") == 0:
        yield Fault.of(
            read.number, layout.field("wages"), "wages-none", _NO_WAGES, Severity.WARNING
        )


def eis_totals(month: Month) -> frozenset[int]:
    """Every amount, in sen, that both shares of EIS can be together in a month of wages."""
    if month < schedule.EIS_SINCE or not schedule.known(month):
        return frozenset()
    return frozenset(2 * row.eis for row in schedule.table(month).rows)


def _amounts(read: Read, layout: Layout, reading: Reading) -> Iterator[Fault]:
    values = read.values
    due = schedule.amounts(values["wages"], values["month"], Cover(*reading))
    for name, amount in due._asdict().items():
        if values[name] != amount:
            yield Fault.of(
                read.number, layout.field(name), "amount-schedule", _differs(amount, reading)
            )
    if not values["wages"]:
        yield Fault.of(
            read.number, layout.field("wages"), "wages-none", _NO_WAGES, Severity.WARNING
        )


def _eis_alone(read: Read, layout: Layout) -> Iterator[Fault]:
    """Without the wages: whether it is any row's amount, and the ages (text-files 6.4)."""
    if read.values["eis_total"] not in eis_totals(read.values["month"]):
        yield Fault.of(read.number, layout.field("eis_total"), "amount-schedule", _NO_ROW)
    ages = _ages(read.values)
    if ages is not None and _outside_eis(*ages):
        yield Fault.of(read.number, layout.field("eis_total"), "eis-age", _EIS_AGE)


def _person(read: Read, layout: Layout, reading: Reading) -> Iterator[Fault]:
    """Whether there can be a worker with this number and these, correct, amounts.

    A foreign worker's number may look like an NRIC: what only such a one could have is a warning.
    """
    ages, month = _ages(read.values), read.values["month"]
    if ages is None and numbers.unfit(read, layout):
        return
    foreign = list(_foreigner(month, reading))
    judged = foreign if ages is None else _local(month, reading, *ages)
    for name, code, words, severity in judged:
        milder = severity if ages is None or foreign else Severity.WARNING
        yield Fault.of(read.number, layout.field(name), code, words, milder)


def _ages(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """The ages by the NRIC on the first and the last day of the month; None for no NRIC."""
    month = values["month"]
    births = numbers.births(values)
    living = [b for b in births if coverage.age(b, month.last) < OLDEST] or births
    if not living:
        return None
    return coverage.age(max(living), month.first), coverage.age(min(living), month.last)


_Judged = Iterator[tuple[str, str, Words, Severity]]


def _foreigner(month: Month, reading: Reading) -> _Judged:
    """Without an NRIC: a foreign worker."""
    if reading.eis:
        yield "eis_employer", "eis-foreign", _EIS_FOREIGN, Severity.ERROR
    if not reading.skbbk and month >= schedule.SKBBK_SINCE:
        yield "skbbk", "skbbk-foreign", _SKBBK_FOREIGN, Severity.ERROR
    if month < coverage.FOREIGN_SINCE:
        yield "month", "foreign-month", _FOREIGN_MONTH, Severity.ERROR
    elif reading.category is Category.FIRST and month < coverage.FOREIGN_INVALIDITY_SINCE:
        yield "socso_employee", "category-foreign", _CATEGORY_FOREIGN, Severity.ERROR


def _local(month: Month, reading: Reading, youngest: int, oldest: int) -> _Judged:
    """By the ages on the first and the last day: in the month of a birthday both will do."""
    first = reading.category is Category.FIRST
    if first and youngest >= coverage.SECOND_FROM:
        yield "socso_employee", "category-age", _CATEGORY_AGE, Severity.ERROR
    if not first and oldest < coverage.LATE_ENTRY:
        yield "socso_employee", "category-young", _CATEGORY_YOUNG, Severity.WARNING
    if not reading.skbbk and schedule.SKBBK_SINCE <= month < schedule.SKBBK_OPTIONAL_SINCE:
        yield "skbbk", "skbbk-june", _SKBBK_JUNE, Severity.ERROR
    if reading.eis:
        if _outside_eis(youngest, oldest):
            yield "eis_employer", "eis-age", _EIS_AGE, Severity.ERROR
    elif month >= schedule.EIS_SINCE and _eis_due(youngest, oldest):
        yield "eis_employer", "eis-missing", _EIS_MISSING, Severity.WARNING


def _outside_eis(youngest: int, oldest: int) -> bool:
    return oldest < coverage.EIS_FROM or youngest >= coverage.SECOND_FROM


def _eis_due(youngest: int, oldest: int) -> bool:
    """Whether every local worker of these ages pays EIS."""
    return youngest >= coverage.EIS_FROM and oldest < coverage.EIS_LATE_ENTRY


def _differs(amount: int, reading: Reading) -> Words:
    due = money.shown(amount)
    return Words(
        f"Jumlah ini bukan jumlah jadual bagi gaji ini: sepatutnya RM{due} ({reading.words.bm}).",
        f"This is not the schedule's amount for these wages: it should be RM{due} "
        f"({reading.words.en}).",
    )


_NO_WAGES = Words(
    "Gaji sifar: pekerja tanpa caruman biasanya tidak dimasukkan ke dalam fail.",
    "No wages: a worker without contributions is usually left out of the file.",
)
_NO_ROW = Words(
    "Jumlah ini tiada dalam jadual SIP bagi bulan ini (bahagian majikan dan pekerja bersama).",
    "This amount is in no row of the EIS schedule of this month (both shares together).",
)
_EIS_FOREIGN = Words(
    "Nombor ini bukan No. KPPN: pekerja asing tiada SIP.",
    "This number is no NRIC: a foreign worker has no EIS.",
)
_SKBBK_FOREIGN = Words(
    "Nombor ini bukan No. KPPN: SKBBK wajib untuk pekerja asing.",
    "This number is no NRIC: SKBBK is compulsory for a foreign worker.",
)
_FOREIGN_MONTH = Words(
    f"Nombor ini bukan No. KPPN: pekerja asing dilindungi mulai {coverage.FOREIGN_SINCE} sahaja.",
    f"This number is no NRIC: foreign workers are covered from {coverage.FOREIGN_SINCE} on only.",
)
_CATEGORY_FOREIGN = Words(
    "Nombor ini bukan No. KPPN: sebelum 07/2024 pekerja asing dalam kategori kedua.",
    "This number is no NRIC: before 07/2024 foreign workers are in the second category.",
)
_CATEGORY_AGE = Words(
    "Pekerja ini berumur 60 tahun ke atas: kategori kedua, tanpa bahagian pekerja.",
    "This worker is 60 or over: second category, without a worker's share.",
)
_CATEGORY_YOUNG = Words(
    "Kategori kedua bagi pekerja bawah 55 tahun: betul hanya bagi penerima pencen ilat (atau "
    "pekerja asing sebelum 07/2024).",
    "Second category for a worker under 55: right only for one with an invalidity pension (or a "
    "foreign worker before 07/2024).",
)
_SKBBK_JUNE = Words(
    "SKBBK bulan 06/2026 wajib untuk semua.", "SKBBK of 06/2026 is due for everybody."
)
_EIS_AGE = Words(
    "SIP hanya untuk umur 18 hingga bawah 60 tahun.", "EIS is for ages from 18 to under 60 only."
)
_EIS_MISSING = Words(
    "Tanpa SIP bagi umur 18 hingga 56 tahun: betul hanya bagi kakitangan kontrak badan berkanun "
    "atau pihak berkuasa tempatan, atau pekerja asing (yang mesti mempunyai SKBBK).",
    "No EIS at an age from 18 to 56: right only for contract staff of a statutory body or local "
    "authority, or for a foreign worker (who must have SKBBK).",
)
