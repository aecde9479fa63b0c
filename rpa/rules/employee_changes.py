"""What of a listed worker is to be changed (facts 5.2, 10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from rpa.errors import Words
from rpa.rules import changes, identities, nric, workers
from rpa.rules.changes import ChangedOn
from rpa.rules.record import Column, Finding, Kind, Record
from rpa.rules.workers import (
    Gender,
    Occupation,
    Paper,
    PaperType,
    SubOccupation,
    SubOccupationList,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NO_CHANGES = {
    "identification",
    "identification_card",
    "changed_on",
    "document",
    "document_type",
}
_LOCAL_ONLY = ("old_identification", "race", "wages_exceed_3000_before_june_2016")


class EmployeeChanges(Record):
    """The fields of one worker to change; a blank one stays as the portal has it."""

    identity: ClassVar[str] = "identification"

    identification: Annotated[
        str,
        Column(
            Kind.IDENTITY,
            bm=(*workers.NRIC_BM, "No. Pengenalan", "No. Pasport"),
            en=(
                *workers.NRIC_EN,
                "Passport No.",
                "NRIC / Passport No.",
                *workers.NRIC_OR_PASSPORT,
            ),
            length=identities.PASSPORT_LENGTH,
        ),
        Field(
            description="The worker's NRIC in quotes or with dashes, or passport number.",
            examples=["900101-00-5555", "X0000001"],
        ),
    ]
    name: Annotated[
        str | None, workers.NAME, Field(description="Needs the identification card.")
    ] = None
    date_of_birth: Annotated[
        date | None, workers.BIRTH, Field(description="yyyy-mm-dd or dd/mm/yyyy.")
    ] = None
    gender: Annotated[Gender | None, workers.GENDER, Field(description="Male or Female.")] = None
    race: Annotated[str | None, workers.RACE, Field(description="In the portal's words.")] = None
    occupation: Occupation = None
    sub_occupation: SubOccupation = None
    sub_occupation_list: SubOccupationList = None
    nationality: Annotated[
        str | None, workers.NATIONALITY, Field(description="The country in English.")
    ] = None
    old_identification: Annotated[
        str | None,
        workers.OLD_IDENTIFICATION,
        Field(description="Number of the old identity card, in quotes."),
    ] = None
    additional_identification: Annotated[
        str | None,
        Column(
            Kind.TEXT,
            bm=("No. Pengenalan Tambahan",),
            en=("Additional Identification No.",),
            length=20,
        ),
        Field(description="Another number of this person, in quotes."),
    ] = None
    wages_exceed_3000_before_june_2016: Annotated[
        bool | None, workers.WAGES_EXCEED, Field(description="true or false.")
    ] = None
    identification_card: Annotated[
        str | None,
        Column(
            Kind.FILE,
            bm=("Salinan Kad Pengenalan",),
            en=("Upload Identification Card", "Identification Card", "Copy of IC"),
        ),
        Field(description="Needed with a changed name. PDF, JPG or PNG, relative to the job file."),
    ] = None
    changed_on: ChangedOn = None
    document: Paper = None
    document_type: PaperType = None

    @property
    def person(self) -> str:
        """The NRIC or passport number."""
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        """The worker, what is changed to what, and the day."""
        made = changes.as_key(self, self.changeable(), self.changed_on)
        return (self.identification, *made)

    @classmethod
    def changeable(cls) -> tuple[str, ...]:
        """The fields that are changes."""
        return tuple(name for name in cls.model_fields if name not in _NO_CHANGES)

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, that there is a change, the number against birth date and gender."""
        yield from super().objections(values, today)
        yield from changes.findings(values, cls.changeable(), "identification")
        yield from _identification(values, today)
        if values.get("name") is not None and values.get("identification_card") is None:
            yield _CARD
        yield from workers.objections(values, today)


def _identification(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    number = values.get("identification")
    if number is None:
        return
    if nric.well_formed(number):
        yield from identities.of_nric("identification", values, today)
        return
    yield from identities.of_passport("identification", number, today)
    given = (field for field in _LOCAL_ONLY if changes.given(values.get(field)))
    yield from (Finding(field, "field-local", _LOCAL) for field in given)


_CARD = Finding(
    "name",
    "name-card",
    Words(
        "Perubahan nama memerlukan 'Salinan Kad Pengenalan' (nama fail).",
        "A changed name needs 'Upload Identification Card' (the file's name).",
    ),
    needs=("identification_card",),
)
_LOCAL = Words(
    "Medan ini hanya untuk pekerja tempatan (yang mempunyai No. KPPN).",
    "This field is for local workers (who have an NRIC) only.",
)
