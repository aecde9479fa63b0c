"""A pending case whose officer asked for more papers (facts 3.4, 10)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from rpa.errors import Words
from rpa.rules.record import Column, Finding, Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REFERENCE = re.compile(r"(CRN|CAN|CUN|ERN)[0-9]{6}C?[0-9]{8,9}")


class CaseQuery(Record):
    """Which case, and which of its letters of inquiry: one case may be asked about twice."""

    identity: ClassVar[str] = "reference"

    reference: Annotated[
        str,
        Column(Kind.TEXT, bm=("No. Rujukan", "No. Kes"), en=("Reference No.", "Case Number")),
        Field(description="The case number.", examples=["CAN11202600000001"]),
    ]
    letter_date: Annotated[
        date,
        Column(Kind.DATE, bm=("Tarikh Surat",), en=("Letter Date", "Date of Letter"), sent=False),
        Field(description="Date of the letter of inquiry.", examples=["2026-11-20"]),
    ]

    @property
    def person(self) -> str:
        """The case number."""
        return self.reference

    @property
    def key(self) -> tuple[str, ...]:
        """The case number and the letter's date."""
        return (self.reference, self.letter_date.isoformat())

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The number's form, and a letter that has not been written yet."""
        yield from super().objections(values, today)
        reference, written = values.get("reference"), values.get("letter_date")
        if reference is not None and _REFERENCE.fullmatch(reference) is None:
            yield _FORM
        if written is not None and written > today:
            yield _FUTURE


_FORM = Finding(
    "reference",
    "reference-form",
    Words(
        "No. rujukan mesti seperti CAN11202600000001: CRN, CAN, CUN atau ERN, kemudian digit.",
        "The reference must be like CAN11202600000001: CRN, CAN, CUN or ERN, then digits.",
    ),
)
_FUTURE = Finding(
    "letter_date",
    "letter-future",
    Words("Tarikh surat ini belum tiba.", "This letter's date has not come yet."),
)
