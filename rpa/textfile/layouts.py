"""Where each field stands in a line: positions from 1, both ends included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rpa.errors import Words

if TYPE_CHECKING:
    from collections.abc import Mapping


CUT_OVER = date(2026, 10, 1)
"""From this day on the portal takes v2.1 only (text-files, section 1; one source)."""


class FieldKind(StrEnum):
    """How a field is written."""

    TEXT = "text"  # left, blanks behind it
    MONTH = "month"  # MMYYYY
    AMOUNT = "amount"  # whole sen, right; see Padding
    DATE = "date"  # DDMMYYYY or all blanks
    BLANK = "blank"  # filler


class Padding(StrEnum):
    """What stands before an amount. The programs that are known differ (text-files 2.1)."""

    ZEROS = "zeros"  # as a business does that files with it
    BLANKS = "blanks"  # as the specification's sample; a zero is 0000 there


class LineEnd(StrEnum):
    """What stands between two lines; nothing stands after the last one (text-files 2.1)."""

    CRLF = "crlf"
    LF = "lf"

    @property
    def mark(self) -> bytes:
        """The bytes themselves."""
        return b"\r\n" if self is LineEnd.CRLF else b"\n"


@dataclass(frozen=True, slots=True)
class Style:
    """What may differ between two files of one layout; the defaults are the facts' advice."""

    padding: Padding = Padding.ZEROS
    line_end: LineEnd = LineEnd.CRLF


class Field(NamedTuple):
    """One field. ``name`` is the attribute of `Line` that it holds, empty for a filler."""

    name: str
    first: int
    last: int
    kind: FieldKind
    words: Words
    mandatory: bool = True

    @property
    def width(self) -> int:
        """Characters."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. ``replaced`` ones are no longer taken by the portal, see ``CUT_OVER``."""

    name: str
    words: Words
    length: int
    fields: tuple[Field, ...]
    replaced: bool

    def __post_init__(self) -> None:
        """A layout with a gap or an overlap is a mistake of ours."""
        gaps = any(a.last + 1 != b.first for a, b in pairwise(self.fields))
        if gaps or self.fields[0].first != 1 or self.fields[-1].last != self.length:
            raise ValueError(f"the fields of {self.name} do not cover its line")

    @property
    def amounts(self) -> tuple[Field, ...]:
        """The fields that hold money."""
        return tuple(field for field in self.fields if field.kind is FieldKind.AMOUNT)

    def at(self, begin: int, end: int) -> str:
        """The name of the field that these positions lie in; empty for none or several."""
        found = [f.name for f in self.fields if f.first <= begin and end <= f.last]
        return found[0] if found else ""

    def field(self, name: str) -> Field:
        """One field by its name."""
        return next(field for field in self.fields if field.name == name)


_TEXT, _MONTH, _AMOUNT = FieldKind.TEXT, FieldKind.MONTH, FieldKind.AMOUNT

_WHO = (
    Field("employer", 1, 12, _TEXT, Words("Kod Majikan", "Employer Code")),
    Field("ssm", 13, 32, _TEXT, Words("No. SSM", "SSM Number"), mandatory=False),
    Field("identification", 33, 44, _TEXT, Words("No. Pengenalan", "Identification No.")),
    Field("name", 45, 194, _TEXT, Words("Nama", "Name")),
    Field("month", 195, 200, _MONTH, Words("Bulan Caruman", "Contribution Month")),
)
_CHANGE = (
    Field(
        "employment_date",
        215,
        222,
        FieldKind.DATE,
        Words("Tarikh Mula/Berhenti", "Employment Date"),
        mandatory=False,
    ),
    Field(
        "employment_status",
        223,
        223,
        _TEXT,
        Words("Status Pekerja", "Employment Status"),
        mandatory=False,
    ),
)
_FILLER = Words("Ruang kosong", "Filler")

V2_1 = Layout(
    "v2.1",
    Words("gabungan PERKESO + SIP + SKBBK, v2.1", "combined SOCSO + EIS + SKBBK, v2.1"),
    278,
    (
        *_WHO,
        Field("wages", 201, 214, _AMOUNT, Words("Gaji", "Wages")),
        Field("socso_employer", 215, 220, _AMOUNT, Words("PERKESO Majikan", "SOCSO Employer")),
        Field("socso_employee", 221, 226, _AMOUNT, Words("PERKESO Pekerja", "SOCSO Employee")),
        Field("eis_employer", 227, 232, _AMOUNT, Words("SIP Majikan", "EIS Employer")),
        Field("eis_employee", 233, 238, _AMOUNT, Words("SIP Pekerja", "EIS Employee")),
        Field("skbbk", 239, 244, _AMOUNT, Words("SKBBK Pekerja", "SKBBK Employee")),
        Field("", 245, 258, FieldKind.BLANK, _FILLER, mandatory=False),
        Field("", 259, 278, FieldKind.BLANK, _FILLER, mandatory=False),
    ),
    replaced=False,
)
"""The only layout from 1 October 2026 (text-files, section 2; 13 February 2026)."""

SOCSO = Layout(
    "socso",
    Words("PERKESO sahaja", "SOCSO only"),
    223,
    # One live user writes the wages here; the specification's copy says contribution amount.
    (*_WHO, Field("wages", 201, 214, _AMOUNT, Words("Gaji", "Wages")), *_CHANGE),
    replaced=True,
)
"""Borang 8A's data (text-files, section 3)."""

EIS = Layout(
    "eis",
    Words("SIP sahaja", "EIS only"),
    223,
    (*_WHO, Field("eis_total", 201, 214, _AMOUNT, Words("Caruman SIP", "EIS")), *_CHANGE),
    replaced=True,
)
"""Employer's and worker's share together in field 6 (text-files, section 4)."""

LAYOUTS: Mapping[str, Layout] = MappingProxyType({x.name: x for x in (V2_1, SOCSO, EIS)})
