"""Employers of domestic workers: an individual, not a business (facts 4.2, 13.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from rpa.errors import Words
from rpa.rules import contacts, entities, identities, nric, workers
from rpa.rules.employer import BUSINESS_ENTITY, SUB_BUSINESS_ENTITY, Employer
from rpa.rules.record import Column, Finding, Kind
from rpa.rules.workers import WorkerKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date


class DomesticEmployer(Employer):
    """A person who employs in the household.

    The number is an NRIC or a passport's, told by its shape. Entity, sub-entity and industry are
    what is assumed to be right: the guide does not say which to choose (facts 4.2).
    """

    identity: ClassVar[str] = "registration_number"

    business_entity: Annotated[str, BUSINESS_ENTITY] = entities.SOLE_PROPRIETOR
    sub_business_entity: Annotated[str, SUB_BUSINESS_ENTITY] = entities.NOT_REGISTERED
    registration_number: Annotated[
        str,
        Column(
            Kind.IDENTITY, bm=workers.NRIC_BM, en=workers.NRIC_EN, length=identities.PASSPORT_LENGTH
        ),
        Field(
            description="NRIC: 12 digits in quotes or with dashes; else the passport's number.",
            examples=["800101-00-5555", "X0000001"],
        ),
    ]
    industry_code: Annotated[str, contacts.INDUSTRY_CODE] = "97"
    sub_industry_code: Annotated[str, contacts.SUB_INDUSTRY_CODE] = "97000"
    nationality: Annotated[
        str,
        Column(Kind.TEXT, bm=("Warganegara",), en=("Nationality",), sent=False),
        Field(description="The country in English; it decides whom the law lets you employ."),
    ]
    permanent_resident: Annotated[
        bool,
        Column(Kind.YES_NO, bm=("Pemastautin Tetap",), en=("Permanent Resident",), sent=False),
        Field(description="true for a permanent resident of Malaysia."),
    ] = False

    @classmethod
    def number_objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """What the registration number must be: here a person's."""
        if (number := values.get("registration_number")) is None:
            return
        if nric.well_formed(number):
            yield from identities.of_nric("registration_number", values, today)
        else:
            yield from identities.of_passport("registration_number", number, today)


def objections(employer: DomesticEmployer, worker: WorkerKind) -> Iterator[Finding]:
    """What speaks against this kind of worker in this employer's household.

    Foreign citizens may employ Malaysians and permanent residents only (facts 4.2).
    """
    if not worker.domestic:
        yield _NOT_DOMESTIC
    at_home = workers.is_home(employer.nationality) or employer.permanent_resident
    if worker is WorkerKind.DOMESTIC_FOREIGN and not at_home:
        yield _FOREIGN_EMPLOYER


def objections_to_domestic(worker: WorkerKind) -> Iterator[Finding]:
    """What speaks against this kind of worker with an employer who is a business."""
    if worker.domestic:
        yield _DOMESTIC


_NOT_DOMESTIC = Finding(
    "worker",
    "worker-not-domestic",
    Words(
        "Pekerja ini bukan pekerja domestik. Tulis 'Domestik Tempatan' atau 'Domestik Asing'.",
        "This is no domestic worker. Write 'domestic local' or 'domestic foreign'.",
    ),
)
_DOMESTIC = Finding(
    "worker",
    "worker-domestic",
    Words(
        "Majikan perniagaan tidak boleh mendaftarkan pekerja domestik di sini. Guna prosedur "
        "register_domestic_employer.",
        "A business cannot register domestic workers here. Use register_domestic_employer.",
    ),
)
_FOREIGN_EMPLOYER = Finding(
    "worker",
    "worker-foreign-employer",
    Words(
        "Majikan warga asing hanya boleh menggaji pekerja domestik warganegara Malaysia atau "
        "pemastautin tetap.",
        "An employer of foreign nationality may only employ Malaysian domestic workers or "
        "permanent residents.",
    ),
)
