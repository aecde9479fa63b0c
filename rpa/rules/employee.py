"""A local worker as Form 2 (facts 5.2) asks for him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from rpa.rules import identities, name_in_file, workers
from rpa.rules.record import Column, Finding, Kind, Record
from rpa.rules.workers import (
    BirthDate,
    Gender,
    Name,
    Occupation,
    Paper,
    PaperType,
    StartDate,
    SubOccupation,
    SubOccupationList,
    WorkerKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date


class Employee(Record):
    """A local worker: NRIC of 12 digits without dashes, dates as dates, texts as declared.

    The metadata beside each field are the headings under which an operator's table may hold it.
    The lengths are assumed: the guide prints none (facts 16.14).
    """

    identity: ClassVar[str] = "identification"

    worker: Annotated[
        Literal[WorkerKind.LOCAL, WorkerKind.DOMESTIC_LOCAL],
        workers.WORKER,
        Field(description="local or domestic local; in a table also Tempatan, Domestik Tempatan."),
    ] = WorkerKind.LOCAL
    identification: Annotated[
        str,
        Column(Kind.NRIC, bm=workers.NRIC_BM, en=workers.NRIC_EN),
        Field(
            description="NRIC: 12 digits in quotes, or with dashes as in YYMMDD-PB-####.",
            examples=["900101005555"],
            json_schema_extra={"pattern": "^([0-9]{12}|[0-9]{6}-[0-9]{2}-[0-9]{4})$"},
        ),
    ]
    name: Name
    date_of_birth: BirthDate
    gender: Annotated[
        Gender | None,
        workers.GENDER,
        Field(description="Male or Female; in a table also M, F, L, P, Lelaki, Perempuan."),
    ] = None
    race: Annotated[
        str | None,
        workers.RACE,
        Field(description="In the portal's words.", examples=["Melayu", "Cina", "India"]),
    ] = None
    employment_start_date: StartDate
    occupation: Occupation = None
    sub_occupation: SubOccupation = None
    sub_occupation_list: SubOccupationList = None
    nationality: Annotated[
        str,
        workers.NATIONALITY,
        Field(description="The country in English, as the portal lists it."),
    ] = "Malaysia"
    old_identification: Annotated[
        str | None,
        workers.OLD_IDENTIFICATION,
        Field(description="Number of the old identity card, in quotes."),
    ] = None
    wages_exceed_3000_before_june_2016: Annotated[
        bool,
        workers.WAGES_EXCEED,
        Field(description="true or false; in a table also Yes, No, Ya, Tidak."),
    ] = False
    document: Paper = None
    document_type: PaperType = None

    @property
    def person(self) -> str:
        """The NRIC."""
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        """The NRIC and the start date: re-hiring the same person later is another matter."""
        return (self.identification, self.employment_start_date.isoformat())

    @property
    def group(self) -> str:
        """The kind of worker."""
        return self.worker.value

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, the NRIC against birth date and gender, the start date's legal clock."""
        yield from super().objections(values, today)
        if "identification" in values:
            yield from identities.of_nric("identification", values, today)
        yield from workers.nationality(values)
        if (name := values.get("name")) is not None:
            yield from name_in_file.remarks("name", name)
        yield from workers.objections(values, today)
