"""The end of everybody's employment with one employer (facts 7.1, *Semua*).

What a person types twice, or has counted, is compared with the portal's own figures.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from rpa.errors import Refused, Words
from rpa.rules.leaver import RESIGN, resigned
from rpa.rules.record import Column, Finding, Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CodeAgain = Annotated[
    str,
    Column(
        Kind.TEXT,
        bm=("Kod Majikan Sekali Lagi",),
        en=("Employer Code Again",),
        length=12,
        sent=False,
    ),
    Field(description="The employer code typed a second time.", examples=["E9900001234V"]),
]
ActiveWorkers = Annotated[
    int,
    Column(
        Kind.COUNT,
        bm=("Bilangan Pekerja Aktif",),
        en=("Number of Active Workers",),
        sent=False,
    ),
    Field(ge=0, description="How many active workers the portal lists; exactly.", examples=[40]),
]


class AllWorkers(Record):
    """All workers of an employer leave on one day."""

    identity: ClassVar[str] = "employer_code_again"

    employer_code_again: CodeAgain
    active_workers: ActiveWorkers
    employment_resign_date: Annotated[
        date, RESIGN, Field(description="Everybody's last day.", examples=["2026-11-20"])
    ]

    @property
    def person(self) -> str:
        """All of them; one job ends them once."""
        return "all workers"

    @property
    def key(self) -> tuple[str, ...]:
        """The day: whoever is hired later may leave on another."""
        return (self.person, self.employment_resign_date.isoformat())

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, that there is somebody to leave, and that the day has come."""
        yield from super().objections(values, today)
        if values.get("active_workers") == 0:
            yield _NOBODY
        day = values.get("employment_resign_date")
        yield from last_day("employment_resign_date", day, today)
        yield from resigned(day, today)


def last_day(field: str, day: date | None, today: date) -> Iterator[Finding]:
    """The objection to a day that has not come: the portal takes none."""
    if day is not None and day > today:
        yield Finding(field, "resign-future", _FUTURE)


def typed_again(code: str, again: str) -> Iterator[Finding]:
    """The objection when the employer code typed a second time is another."""
    if again != code:
        yield Finding("employer_code_again", "employer-again", _ANOTHER_CODE)


def same_number(
    declared: int, listed: int, marked: int | None = None, shown: int | None = None
) -> None:
    """Raise Refused, with all figures, unless they are one number.

    ``declared`` by the job, ``listed`` as active by the portal, ``marked`` with a last day on its
    screen, ``shown`` in its review; None is not known yet.
    """
    if all(figure in {declared, None} for figure in (listed, marked, shown)):
        return
    told = [str(figure) if figure is not None else "-" for figure in (listed, marked, shown)]
    raise Refused(
        Words(
            f"Bilangan pekerja tidak sama. Kerja: {declared}; disenaraikan portal sebagai aktif: "
            f"{told[0]}; diberi tarikh berhenti: {told[1]}; dalam semakan: {told[2]}. Tiada "
            "apa-apa dihantar.",
            f"The numbers of workers are not the same. The job: {declared}; listed by the portal "
            f"as active: {told[0]}; given a resign date: {told[1]}; in the review: {told[2]}. "
            "Nothing was sent.",
        )
    )


_NOBODY = Finding(
    "active_workers",
    "workers-none",
    Words(
        "Tiada pekerja aktif bermakna tiada apa-apa untuk difailkan.",
        "No active workers means that there is nothing to file.",
    ),
)
_FUTURE = Words("Tarikh ini belum tiba; portal menolaknya.", "This date has not come yet.")
_ANOTHER_CODE = Words(
    "Kod majikan yang ditaip sekali lagi tidak sama dengan 'employer' kerja ini.",
    "The employer code typed again is not this job's 'employer'.",
)
