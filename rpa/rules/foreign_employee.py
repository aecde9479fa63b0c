"""A foreign worker as the popup Tambah Maklumat Pekerja Asing asks for him (facts 5.3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from rpa.errors import Severity, Words
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

EXPIRES_SOON = timedelta(days=30)
"""How long before its end a passport or permit is worth a word (assumed, no rule is known)."""

OTHERS = "Others"
"""The document type of copies that the portal has no type of its own for (facts 4.4)."""

_DAY = "yyyy-mm-dd or dd/mm/yyyy."
_FILE = "PDF, JPG or PNG, relative to the job file."


class ForeignEmployee(Record):
    """A foreign worker: passport, pass or permit, next of kin.

    The guide names the sections and not their fields; fields and lengths are assumed (facts 5.3,
    16). Validity begins and ends with the days named.
    """

    identity: ClassVar[str] = "passport_number"

    worker: Annotated[
        Literal[WorkerKind.FOREIGN, WorkerKind.DOMESTIC_FOREIGN],
        workers.WORKER,
        Field(description="foreign or domestic foreign; in a table also Asing, Domestik Asing."),
    ]
    passport_number: Annotated[
        str,
        Column(
            Kind.TEXT,
            bm=("No. Pasport", "Nombor Pasport", "Pasport"),
            en=("Passport No.", "Passport Number", "Passport", "Passport Id"),
            length=identities.PASSPORT_LENGTH,
        ),
        Field(description="As in the passport.", examples=["X0000001"]),
    ]
    name: Name
    date_of_birth: BirthDate
    gender: Annotated[
        Gender,
        workers.GENDER,
        Field(description="Male or Female; in a table also M, F, L, P, Lelaki, Perempuan."),
    ]
    nationality: Annotated[
        str,
        workers.NATIONALITY,
        Field(
            description="The country in English, as the portal lists it.", examples=["Indonesia"]
        ),
    ]
    employment_start_date: StartDate
    occupation: Occupation = None
    sub_occupation: SubOccupation = None
    sub_occupation_list: SubOccupationList = None
    passport_valid_from: Annotated[
        date,
        Column(
            Kind.DATE,
            bm=("Pasport Sah Dari", "Tarikh Mula Pasport", "Tarikh Keluar Pasport"),
            en=("Passport Valid From", "Passport Issue Date", "Passport Issued On"),
        ),
        Field(description=_DAY, examples=["2025-01-02"]),
    ]
    passport_valid_until: Annotated[
        date,
        Column(
            Kind.DATE,
            bm=("Pasport Sah Hingga", "Tarikh Tamat Pasport", "Tarikh Luput Pasport"),
            en=(
                "Passport Valid Until",
                "Passport Valid To",
                "Passport Expiry Date",
                "Passport Expiry",
            ),
        ),
        Field(description=_DAY, examples=["2030-01-01"]),
    ]
    permit_type: Annotated[
        str,
        Column(
            Kind.TEXT,
            bm=("Jenis Pas/Permit", "Jenis Permit", "Jenis Pas"),
            en=("Pass/Permit Type", "Permit Type", "Pass Type", "Work Permit Type"),
        ),
        Field(
            description="Pass or permit, in the portal's words.",
            examples=["Visit Pass (Temporary Employment)"],
        ),
    ]
    permit_number: Annotated[
        str,
        Column(
            Kind.TEXT,
            bm=("No. Pas/Permit", "No. Permit", "No. Pas"),
            en=("Pass/Permit No.", "Permit No.", "Permit Number", "Pass No.", "Work Permit No."),
            length=30,
        ),
        Field(description="Number of the pass or permit, in quotes.", examples=["PL0000001"]),
    ]
    permit_valid_from: Annotated[
        date,
        Column(
            Kind.DATE,
            bm=("Pas/Permit Sah Dari", "Permit Sah Dari", "Tarikh Mula Permit"),
            en=("Pass/Permit Valid From", "Permit Valid From", "Permit Issue Date"),
        ),
        Field(description=_DAY, examples=["2026-10-01"]),
    ]
    permit_valid_until: Annotated[
        date,
        Column(
            Kind.DATE,
            bm=(
                "Pas/Permit Sah Hingga",
                "Permit Sah Hingga",
                "Tarikh Tamat Permit",
                "Tarikh Luput Permit",
            ),
            en=(
                "Pass/Permit Valid Until",
                "Pass/Permit Valid To",
                "Permit Valid Until",
                "Permit Valid To",
                "Permit Expiry Date",
                "Permit Expiry",
            ),
        ),
        Field(description=_DAY, examples=["2027-09-30"]),
    ]
    next_of_kin_name: Annotated[
        str,
        Column(Kind.TEXT, bm=("Nama Waris",), en=("Next of Kin Name", "Next of Kin"), length=150),
        Field(examples=["WARIS REKAAN"]),
    ]
    next_of_kin_relation: Annotated[
        str,
        Column(
            Kind.TEXT,
            bm=("Hubungan Waris", "Hubungan"),
            en=("Next of Kin Relation", "Next of Kin Relationship", "Relationship"),
        ),
        Field(description="In the portal's words.", examples=["Spouse"]),
    ]
    next_of_kin_telephone: Annotated[
        str,
        Column(
            Kind.TEXT,
            bm=("No. Telefon Waris", "Telefon Waris"),
            en=("Next of Kin Telephone No.", "Next of Kin Telephone", "Next of Kin Phone"),
            length=20,
        ),
        Field(description="In quotes; it may be abroad.", examples=["+62000000001"]),
    ]
    next_of_kin_address: Annotated[
        str,
        Column(Kind.TEXT, bm=("Alamat Waris",), en=("Next of Kin Address",), length=150),
        Field(examples=["JALAN CONTOH 1, BANDAR REKAAN"]),
    ]
    next_of_kin_country: Annotated[
        str,
        Column(Kind.TEXT, bm=("Negara Waris",), en=("Next of Kin Country",)),
        Field(description="The country in English.", examples=["Indonesia"]),
    ]
    next_of_kin_form: Annotated[
        str,
        Column(
            Kind.FILE,
            bm=("Borang Waris", "Borang Akuan Waris"),
            en=("Next of Kin Form", "Declaration Form for Dependent of Foreign Worker"),
        ),
        Field(description=f"The declaration form for dependents, filled and signed. {_FILE}"),
    ]
    passport_copy: Annotated[
        str | None,
        Column(
            Kind.FILE,
            bm=("Salinan Pasport",),
            en=("Passport Copy", "Copy of Passport"),
            sent=False,
            document_type=OTHERS,
        ),
        Field(description=f"The passport's front page. {_FILE}"),
    ] = None
    permit_copy: Annotated[
        str | None,
        Column(
            Kind.FILE,
            bm=("Salinan Pas/Permit", "Salinan Permit"),
            en=("Pass/Permit Copy", "Permit Copy", "Copy of Permit"),
            sent=False,
            document_type=OTHERS,
        ),
        Field(description=f"The valid pass or permit. {_FILE}"),
    ] = None
    document: Paper = None
    document_type: PaperType = None

    @property
    def person(self) -> str:
        """The passport's number."""
        return self.passport_number

    @property
    def key(self) -> tuple[str, ...]:
        """The passport's number and the start date, as with a local worker."""
        return (self.passport_number, self.employment_start_date.isoformat())

    @property
    def group(self) -> str:
        """The kind of worker."""
        return self.worker.value

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, the passport's number, both validities, and the rules all workers share."""
        yield from super().objections(values, today)
        if (number := values.get("passport_number")) is not None:
            yield from identities.of_passport("passport_number", number, today)
        yield from workers.nationality({"worker": WorkerKind.FOREIGN, **values})
        if (name := values.get("name")) is not None:
            yield from name_in_file.remarks("name", name)
        for paper in ("passport", "permit"):
            yield from _validity(paper, values, today)
        yield from _permit_within_passport(values)
        yield from workers.objections(values, today)


def _validity(paper: str, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    field = f"{paper}_valid_until"
    begin, end = values.get(f"{paper}_valid_from"), values.get(field)
    if end is None:
        return
    if begin is not None and end < begin:
        yield Finding(field, f"{paper}-order", _ORDER)
    elif end < today:
        yield Finding(field, f"{paper}-expired", _EXPIRED, Severity.WARNING)
    elif end <= today + EXPIRES_SOON:
        yield Finding(field, f"{paper}-expires", _EXPIRES, Severity.WARNING)


def _permit_within_passport(values: Mapping[str, Any]) -> Iterator[Finding]:
    for field, bound, outside, words in (
        ("permit_valid_from", "passport_valid_from", date.__lt__, _PERMIT_EARLY),
        ("permit_valid_until", "passport_valid_until", date.__gt__, _PERMIT_LATE),
    ):
        permit, passport = values.get(field), values.get(bound)
        if permit is not None and passport is not None and outside(permit, passport):
            yield Finding(field, "permit-passport", words, Severity.WARNING)


_ORDER = Words(
    "Tarikh tamat ini lebih awal daripada tarikh mulanya.",
    "This end of validity is before its beginning.",
)
_EXPIRED = Words(
    "Tempoh sah laku ini sudah tamat. Portal mungkin menolaknya.",
    "This validity has ended. The portal may refuse it.",
)
_EXPIRES = Words(
    f"Tempoh sah laku ini tamat dalam masa {EXPIRES_SOON.days} hari.",
    f"This validity ends within {EXPIRES_SOON.days} days.",
)
_PERMIT_EARLY = Words(
    "Pas/permit ini bermula sebelum pasport sah. Semak kedua-dua tarikh.",
    "This pass or permit begins before the passport does. Check both dates.",
)
_PERMIT_LATE = Words(
    "Pas/permit ini tamat selepas pasport tamat. Semak kedua-dua tarikh.",
    "This pass or permit ends after the passport does. Check both dates.",
)
