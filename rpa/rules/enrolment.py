"""What the portal ID form (*Borang Permohonan Enrolment Penggunaan Portal ASSIST*) asks for.

Fields, lengths and which of them must be filled are those of facts 2.4, seen on the officer's
screen. The security phrase is one of them and none of these: it is the employer's sign that a
portal is the real one, so that it stands in no file, log or mail of this tool; a person writes it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final

from pydantic import Field

from rpa.errors import Severity, Words
from rpa.rules import contacts, employer_code, identities, phones
from rpa.rules.contacts import Numbers
from rpa.rules.record import Column, Finding, Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

ADDRESS: Final = "idportal@perkeso.gov.my"  # facts 2.4, S2
PHRASE_LENGTH: Final = 30
_LINE, _EMAIL, _NUMBER = 100, 50, 30
_EMAIL_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class IdentityKind(StrEnum):
    """As ASSIST's lists have them (facts 5.2)."""

    NEW = "New Identification"
    OLD = "Old Identification"
    PASSPORT = "Passport Id"
    ARMY = "Army ID"
    POLICE = "Police ID"


_KINDS = {
    "kppn": IdentityKind.NEW,
    "no. kp lama": IdentityKind.OLD,
    "pasport": IdentityKind.PASSPORT,
    "tentera": IdentityKind.ARMY,
    "polis": IdentityKind.POLICE,
    **{kind.value.lower(): kind for kind in IdentityKind},
}
_AS_ON_FORM = "In the words of PERKESO's form; its choices are not known."


class Enrolment(Record):
    """One employer and the person who shall hold the portal ID for it."""

    identity: ClassVar[str] = "identification"

    application_type: Annotated[
        str | None, Column(Kind.TEXT, bm=("Jenis Permohonan",), en=("Application Type",)),
        Field(description=_AS_ON_FORM),
    ] = None  # fmt: skip
    employer_code: Annotated[
        str | None,
        Column(Kind.TEXT, bm=("Kod Majikan",), en=("Employer Code",)),
        Field(
            description="Where PERKESO has given one already: letter, ten digits, letter.",
            examples=["E9900001234V"],
        ),
    ] = None
    name: Annotated[
        str,
        Column(Kind.TEXT, bm=("Nama Majikan",), en=("Name",), length=150),
        Field(description="The employer's.", examples=["CONTOH SDN. BHD."]),
    ]
    registration_type: Annotated[
        str | None, Column(Kind.TEXT, bm=("Jenis Pendaftaran",), en=("Registration Type",)),
        Field(description=_AS_ON_FORM),
    ] = None  # fmt: skip
    registration_number: Annotated[
        str | None,
        Column(Kind.TEXT, bm=("No. Pendaftaran",), en=("Registration No.",), length=_NUMBER),
        Field(description="The BRN, in quotes.", examples=["202001012345"]),
    ] = None
    postal_address_1: Annotated[
        str,
        Column(Kind.TEXT, bm=("Alamat Surat-menyurat 1",), en=("Postal Address 1",), length=_LINE),
        Field(examples=["1 JALAN CONTOH"]),
    ]
    postal_address_2: Annotated[
        str | None,
        Column(Kind.TEXT, bm=("Alamat Surat-menyurat 2",), en=("Postal Address 2",), length=_LINE),
    ] = None
    postal_address_3: Annotated[
        str | None,
        Column(Kind.TEXT, bm=("Alamat Surat-menyurat 3",), en=("Postal Address 3",), length=_LINE),
    ] = None
    state: Annotated[str, contacts.STATE, Field(examples=["Johor"])]
    city: Annotated[str, contacts.CITY, Field(examples=["Johor Bahru"])]
    postcode: Annotated[
        str, contacts.POSTCODE, Field(description="Five digits, in quotes.", examples=["80000"])
    ]
    full_name: Annotated[
        str,
        Column(Kind.TEXT, bm=("Nama Penuh",), en=("Full Name",), length=150),
        Field(description="Of who shall hold the portal ID.", examples=["CONTOH BIN REKAAN"]),
    ]
    identification_type: Annotated[
        IdentityKind,
        Column(
            Kind.CHOICE,
            bm=("Jenis Pengenalan",),
            en=("Identification Type",),
            choices={word: kind.value for word, kind in _KINDS.items()},
        ),
        Field(description="New Identification (NRIC), or another kind of number."),
    ] = IdentityKind.NEW
    identification: Annotated[
        str,
        Column(
            Kind.IDENTITY, bm=("No. Pengenalan",), en=("Identification No.",),
            length=identities.PASSPORT_LENGTH,
        ),
        Field(description="In quotes.", examples=["900101-00-5555"]),
    ]  # fmt: skip
    contact_number: Annotated[
        Numbers, Column(Kind.PHONES, bm=("No. Telefon",), en=("Contact No.",))
    ]
    email: Annotated[
        str,
        Column(Kind.TEXT, bm=("E-mel",), en=("Email",), length=_EMAIL),
        Field(
            description="It becomes the portal ID; the password comes to it.",
            examples=["payroll@contoh.example"],
        ),
    ]
    group_of_companies: Annotated[
        bool,
        Column(Kind.YES_NO, bm=("Kumpulan Syarikat",), en=("Group of Companies",)),
        Field(description="Whether the employer is one of a group of companies."),
    ]

    @property
    def person(self) -> str:
        """Who shall hold the portal ID."""
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        """The portal ID, and the employer it shall hold."""
        employer = self.registration_number or self.employer_code or self.name
        return (self.email.casefold(), employer.casefold())

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of the address in capitals, as the form makes them (facts 2.4)."""
        lines = (self.postal_address_1, self.postal_address_2, self.postal_address_3)
        return tuple(line.upper() for line in lines if line)

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, the codes and numbers, address, telephone and e-mail."""
        yield from super().objections(values, today)
        if (code := values.get("employer_code")) is not None:
            for one in employer_code.findings(code):
                yield one._replace(field="employer_code")
        elif values.get("registration_number") is None:
            yield _NO_NUMBER
        yield from _identity(values, today)
        yield from _reached(values)


def _identity(values: Mapping[str, Any], today: date) -> Iterator[Finding]:
    number = values.get("identification")
    kind = values.get("identification_type", IdentityKind.NEW)
    if number is None:
        return
    if kind == IdentityKind.NEW:
        yield from identities.of_nric("identification", values, today)
    elif kind == IdentityKind.PASSPORT:
        yield from identities.of_passport("identification", number, today)


def _reached(values: Mapping[str, Any]) -> Iterator[Finding]:
    """Postcode, telephone and e-mail; the last must be one alone, for it becomes the log-in."""
    yield from contacts.objections({k: values[k] for k in ("postcode",) if k in values})
    numbers = values.get("contact_number", ())
    if not all(map(phones.well_formed, numbers)):
        yield Finding("contact_number", "phone-form", phones.FORM)
    if len(numbers) > 1:
        yield _ONE_NUMBER
    email = values.get("email")
    if email is not None and _EMAIL_ADDRESS.fullmatch(email) is None:
        yield Finding("email", "email-form", _EMAIL_FORM)


_NO_NUMBER = Finding(
    "registration_number",
    "enrolment-whose",
    Words(
        "Borang tanpa kod majikan dan tanpa No. Pendaftaran: PERKESO mungkin tidak tahu majikan "
        "mana. Isi salah satu.",
        "A form without employer code and registration number: PERKESO may not know which "
        "employer it is. Fill in one of them.",
    ),
    Severity.WARNING,
    needs=("registration_number", "employer_code"),
)
_ONE_NUMBER = Finding(
    "contact_number",
    "phone-many",
    Words("Borang ini ada tempat bagi satu nombor sahaja.", "The form has room for one number."),
)
_EMAIL_FORM = Words(
    "Ini bukan satu alamat e-mel, contohnya payroll@contoh.example. Ia menjadi ID portal.",
    "This is not one e-mail address, such as payroll@contoh.example. It becomes the portal ID.",
)
