"""Everything that is wrong with a text file, at once, before anybody uploads it (text-files 6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rpa.errors import Severity, Words
from rpa.rules import brn, employer_code, name_in_file, schedule
from rpa.rules.employment_status import EmploymentStatus
from rpa.rules.months import Month
from rpa.textfile import numbers, recompute
from rpa.textfile.layouts import CUT_OVER, EIS, V2_1, Layout
from rpa.textfile.parse import Fault, Parsed, Read, parse, split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rpa.textfile.recompute import Reading

_OTHERS_SHOWN = 3
_STATUSES = {"", *EmploymentStatus}


@dataclass(frozen=True, slots=True)
class Expected:
    """What the person says the file is of; None where he does not say."""

    employer: str | None = None
    month: Month | None = None


@dataclass(slots=True)
class Checked:
    """What a check found. ``layout`` is None where it must be said which one it is.

    ``readings`` tell as what the lines' amounts were taken, and how many lines each.
    """

    layout: Layout | None
    faults: tuple[Fault, ...]
    parsed: Parsed | None = None
    readings: Counter[Reading] = field(default_factory=Counter)

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What must be mended before an upload."""
        return tuple(f for f in self.faults if f.severity is Severity.ERROR)

    @property
    def totals(self) -> dict[str, int]:
        """The sum of each column of money that could be read, in sen."""
        return self.parsed.totals() if self.parsed else {}


NOTHING_EXPECTED = Expected()


def check(
    data: bytes, *, today: date, layout: Layout | None = None, expected: Expected = NOTHING_EXPECTED
) -> Checked:
    """All faults of a file as of ``today`` (Asia/Kuala_Lumpur), in the file's order.

    Without a ``layout`` it is told by the lines' length; of 223 characters there are two, which
    nothing in the file tells apart for certain, so that it must be said.
    """
    layout = layout or told(data)
    if layout is None:
        return Checked(None, (Fault(0, 0, 0, "layout-which", WHICH),))
    parsed = parse(data, layout)
    readings: Counter[Reading] = Counter()
    faults = [*parsed.faults, *_file(layout, today), *_alike(parsed, expected), *_twice(parsed)]
    faults += _codes(parsed)
    for read in parsed.read:
        faults += _line(read, layout, today)
        reading = recompute.reading(read.values, layout)
        if reading is not None:
            readings[reading] += 1
        faults += recompute.faults(read, layout, reading)
    faults.sort(key=lambda f: (f.line, f.first, f.last))
    return Checked(layout, tuple(faults), parsed, readings)


def told(data: bytes) -> Layout | None:
    """The layout by the length that most lines have; None when that is the old ones' length."""
    lengths = Counter(len(content.text) for content in split(data))
    old = lengths[EIS.length]
    return None if old > lengths[V2_1.length] else V2_1


def _file(layout: Layout, today: date) -> Iterator[Fault]:
    """The portal takes by the day of the upload, whatever month the file is of (text-files 1)."""
    if layout.replaced and today >= CUT_OVER:
        yield Fault(0, 0, 0, "layout-old", LAYOUT_OLD)


def _alike(parsed: Parsed, expected: Expected) -> Iterator[Fault]:
    """One employer and one month in the whole file, and those that are expected."""
    for name, wanted, other, mixed in (
        ("employer", expected.employer, _EMPLOYER_OTHER, _EMPLOYER_MIXED),
        ("month", expected.month, _MONTH_OTHER, _MONTH_MIXED),
    ):
        spec = parsed.layout.field(name)
        usual = wanted or _most(parsed, name)
        for read in parsed.read:
            if name in read.values and read.values[name] != usual:
                code, words = (f"{name}-other", other) if wanted else (f"{name}-mixed", mixed)
                yield Fault.of(read.number, spec, code, words)


def _most(parsed: Parsed, name: str) -> Any:
    """What most lines say, so that one odd line among many is the one that is told."""
    found = Counter(read.values[name] for read in parsed.read if name in read.values)
    return max(found, key=lambda value: found[value], default=None)


def _codes(parsed: Parsed) -> Iterator[Fault]:
    """Every employer code and SSM number, judged once each and told where it first stands."""
    seen: set[tuple[str, str]] = set()
    for read in parsed.read:
        for name in ("employer", "ssm"):
            value = read.values.get(name, "")
            if value and (name, value) not in seen:
                seen.add((name, value))
                yield from _code(read.number, parsed.layout, name, value)


def _code(number: int, layout: Layout, name: str, value: str) -> Iterator[Fault]:
    spec = layout.field(name)
    if name == "employer":
        for finding in employer_code.findings(value):
            yield Fault.of(number, spec, finding.code, finding.words, finding.severity)
    elif brn.kind(value) is None:
        yield Fault.of(number, spec, "ssm-form", SSM, Severity.WARNING)


def _twice(parsed: Parsed) -> Iterator[Fault]:
    """A person stands once in a file (text-files 6)."""
    spec = parsed.layout.field("identification")
    lines: dict[str, list[int]] = {}
    for read in parsed.read:
        if "identification" in read.values:
            lines.setdefault(read.values["identification"], []).append(read.number)
    for found in lines.values():
        for number in found if len(found) > 1 else ():
            others = [x for x in found[: _OTHERS_SHOWN + 1] if x != number][:_OTHERS_SHOWN]
            words = _person_twice(", ".join(map(str, others)))
            yield Fault.of(number, spec, "person-twice", words)


def _line(read: Read, layout: Layout, today: date) -> Iterator[Fault]:
    """What is seen in one line by itself, beside its amounts."""
    yield from numbers.faults(read, layout)
    yield from _month(read, layout, today)
    name = read.values.get("name")
    if name is not None and not name_in_file.plain(name):
        yield Fault.of(
            read.number, layout.field("name"), "name-signs", name_in_file.SIGNS, Severity.WARNING
        )
    if read.values.get("employment_status", "") not in _STATUSES:
        yield Fault.of(read.number, layout.field("employment_status"), "status-letter", _STATUS)


def _month(read: Read, layout: Layout, today: date) -> Iterator[Fault]:
    month = read.values.get("month")
    if month is None:
        return
    if month > Month.of(today):
        yield Fault.of(read.number, layout.field("month"), "month-future", MONTH_FUTURE)
    elif not schedule.known(month):
        yield Fault.of(read.number, layout.field("month"), "month-unknown", MONTH_UNKNOWN)


def _person_twice(others: str) -> Words:
    return Words(
        f"Nombor ini juga ada pada baris {others}. Seorang hanya sekali dalam satu fail.",
        f"This number stands also in line {others}. A person may stand only once in a file.",
    )


WHICH = Words(
    "Baris fail ini 223 aksara: sama ada PERKESO sahaja atau SIP sahaja. Nyatakan dengan "
    "--layout socso atau --layout eis.",
    "The lines of this file have 223 characters: SOCSO only or EIS only. Say which with "
    "--layout socso or --layout eis.",
)
LAYOUT_OLD = Words(
    "Mulai 01/10/2026 portal hanya menerima susun atur gabungan v2.1 (278 aksara), untuk semua "
    "bulan.",
    "Since 01/10/2026 the portal takes only the combined layout v2.1 (278 characters), for any "
    "month.",
)
_EMPLOYER_OTHER = Words(
    "Kod majikan ini bukan yang dinyatakan.", "This is not the employer code that was given."
)
_EMPLOYER_MIXED = Words(
    "Kod majikan ini berbeza daripada kebanyakan baris.",
    "This employer code differs from that of most lines.",
)
_MONTH_OTHER = Words(
    "Bulan ini bukan bulan yang dinyatakan.", "This is not the month that was given."
)
_MONTH_MIXED = Words(
    "Bulan ini berbeza daripada kebanyakan baris.", "This month differs from that of most lines."
)
MONTH_FUTURE = Words(
    "Bulan caruman ini belum tiba.", "This month of contribution has not come yet."
)
MONTH_UNKNOWN = Words(
    f"Jadual caruman bulan ini tidak diketahui (hanya {schedule.TABLES[0].since} hingga "
    f"{schedule.SKBBK_KNOWN_UNTIL}).",
    f"The contribution schedule of this month is not known (only {schedule.TABLES[0].since} to "
    f"{schedule.SKBBK_KNOWN_UNTIL}).",
)
SSM = Words(
    "Nombor ini bukan bentuk nombor SSM yang dikenali. Medan ini boleh dikosongkan.",
    "This number has no form of SSM's that is known. The field may be left blank.",
)
_STATUS = Words(
    "Status mesti B, H, M, S, T atau kosong.", "The status must be B, H, M, S, T or blank."
)
