"""An employer stops being one: Form 1A, and Form 3 for EIS (facts 7.2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.rules.leaver import RESIGN, resigned
from rpa.rules.leaving import ActiveWorkers, CodeAgain, last_day
from rpa.rules.record import Column, Finding, Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORM_1A: Literal["Form 1A"] = "Form 1A"
FORM_3_EIS: Literal["Form 3 EIS"] = "Form 3 EIS"

_FORMS = {
    "form 1a": FORM_1A,
    "borang 1a": FORM_1A,
    "form 3 eis": FORM_3_EIS,
    "borang 3 sip": FORM_3_EIS,
}
_STATUSES = ("Dormant", "Winding Up", "Cancel")  # facts 7.2
_OF_FORM_1A = (
    "change_employer_status_to",
    "temporary_closure_no_employee_from",
    "temporary_closure_no_employee_till",
)


class Cessation(Record):
    """Which form, and what it says; ``active_workers`` are those that this form lists.

    Form 3 is about EIS alone: it lists the workers who are insured there.
    """

    identity: ClassVar[str] = "employer_code_again"

    form: Annotated[
        Literal["Form 1A", "Form 3 EIS"],
        Column(Kind.CHOICE, bm=("Borang",), en=("Form",), choices=_FORMS, sent=False),
        Field(description="Form 1A, or Form 3 EIS."),
    ]
    employer_code_again: CodeAgain
    active_workers: ActiveWorkers
    change_employer_status_to: Annotated[
        Literal["Dormant", "Winding Up", "Cancel"] | None,
        Column(
            Kind.CHOICE,
            bm=("Tukar Status Majikan Kepada",),
            en=("Change Employer Status To",),
            choices={word.lower(): word for word in _STATUSES},
        ),
        Field(description="Form 1A only: Dormant, Winding Up or Cancel."),
    ] = None
    temporary_closure_no_employee_from: Annotated[
        date | None,
        Column(
            Kind.DATE,
            bm=("Tutup Sementara / Tiada Pekerja Dari",),
            en=("Temporary closure / No employee from",),
            occasion=True,
        ),
        Field(description="Form 1A only: the first day without workers."),
    ] = None
    temporary_closure_no_employee_till: Annotated[
        date | None,
        Column(Kind.DATE, bm=("Hingga",), en=("Till",)),
        Field(description="Form 1A only: the last such day, where it is known."),
    ] = None
    employment_resign_date: Annotated[
        date | None,
        RESIGN,
        Field(description="The workers' last day; of Form 3 the day on which EIS ends."),
    ] = None

    @property
    def person(self) -> str:
        """The employer of the job, whatever becomes of his workers."""
        return "employer"

    @property
    def key(self) -> tuple[str, ...]:
        """The form, the new status and the days: who begins again may cease again."""
        days = (self.temporary_closure_no_employee_from, self.employment_resign_date)
        told = (day.isoformat() if day else "" for day in days)
        return (self.person, self.form, self.change_employer_status_to or "", *told)

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, the fields that this form asks for and no others, and the days."""
        yield from super().objections(values, today)
        if values.get("form") == FORM_3_EIS:
            given = (field for field in _OF_FORM_1A if values.get(field) is not None)
            yield from (Finding(field, "form-other", _FORM_1A_ONLY) for field in given)
        if values.get("form") == FORM_1A:
            missing = (field for field in _OF_FORM_1A[:2] if values.get(field) is None)
            yield from (_missing(cls, field) for field in missing)
        yield from _resign(cls, values, today)
        yield from _closure(values, today)


def _resign(cls: type[Record], values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    day, count = values.get("employment_resign_date"), values.get("active_workers")
    # An employer without workers has nobody to give a last day (assumed; facts 7.2 do not tell).
    if day is None and (count or values.get("form") == FORM_3_EIS):
        yield _missing(cls, "employment_resign_date")
    yield from last_day("employment_resign_date", day, today)
    yield from resigned(day, today)


def _closure(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    begins, ends = (values.get(field) for field in _OF_FORM_1A[1:])
    yield from last_day("temporary_closure_no_employee_from", begins, today)
    if begins is not None and ends is not None and ends <= begins:
        yield Finding("temporary_closure_no_employee_till", "closure-order", _ORDER)


def _missing(cls: type[Record], field: str) -> Finding:
    heading = cls.columns()[field].heading
    words = Words(
        f"Borang ini memerlukan '{heading.bm}' ({field}).",
        f"This form needs '{heading.en}' ({field}).",
    )
    return Finding("form", "form-field", words, needs=(field,))


_FORM_1A_ONLY = Words(
    "Medan ini hanya untuk Borang 1A. Kosongkannya, atau semak 'form'.",
    "This field is for Form 1A only. Empty it, or check 'form'.",
)
_ORDER = Words(
    "Tarikh 'Hingga' mesti selepas tarikh mula penutupan.",
    "The date 'Till' must be after the date on which the closure begins.",
)
