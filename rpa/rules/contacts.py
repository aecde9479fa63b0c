"""How an employer's addresses, telephones and e-mail must look, in a registration or a change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, WithJsonSchema

from rpa.errors import Words
from rpa.rules import changes, phones
from rpa.rules.record import Column, Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINE = 50
_BOX = 30
_POSTCODE = re.compile(r"[0-9]{5}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")

INDUSTRY_NAME = Column(
    Kind.TEXT, bm=("Nama Industri", "Nama Majikan"), en=("Industry Name",), length=150
)
POSTAL_1 = Column(
    Kind.TEXT, bm=("Alamat Surat-menyurat 1",), en=("Postal Address 1",), length=_LINE
)
POSTAL_2 = Column(
    Kind.TEXT, bm=("Alamat Surat-menyurat 2",), en=("Postal Address 2",), length=_LINE
)
POSTAL_3 = Column(
    Kind.TEXT, bm=("Alamat Surat-menyurat 3",), en=("Postal Address 3",), length=_LINE
)
STATE = Column(Kind.TEXT, bm=("Negeri",), en=("State",))
CITY = Column(Kind.TEXT, bm=("Bandar",), en=("City",))
POSTCODE = Column(Kind.TEXT, bm=("Poskod",), en=("Postcode",))
PO_BOX = Column(Kind.TEXT, bm=("Peti Surat",), en=("P.O. Box",), length=_BOX)
LOCKED_BAG = Column(Kind.TEXT, bm=("Beg Berkunci",), en=("Locked Bag No.",), length=_BOX)
OFFICE = Column(Kind.TEXT, bm=("Lokasi Pejabat PERKESO",), en=("SOCSO Office Location",))
SAME = Column(
    Kind.YES_NO,
    bm=("Alamat Industri Sama Dengan Alamat Surat-menyurat",),
    en=("Industry Address Same As Postal Address",),
)
INDUSTRY_1 = Column(Kind.TEXT, bm=("Alamat Industri 1",), en=("Industry Address 1",), length=_LINE)
INDUSTRY_2 = Column(Kind.TEXT, bm=("Alamat Industri 2",), en=("Industry Address 2",), length=_LINE)
INDUSTRY_3 = Column(Kind.TEXT, bm=("Alamat Industri 3",), en=("Industry Address 3",), length=_LINE)
INDUSTRY_STATE = Column(Kind.TEXT, bm=("Negeri Industri",), en=("Industry State",))
INDUSTRY_CITY = Column(Kind.TEXT, bm=("Bandar Industri",), en=("Industry City",))
INDUSTRY_POSTCODE = Column(Kind.TEXT, bm=("Poskod Industri",), en=("Industry Postcode",))
INDUSTRY_PO_BOX = Column(
    Kind.TEXT, bm=("Peti Surat Industri",), en=("Industry P.O. Box",), length=_BOX
)
INDUSTRY_LOCKED_BAG = Column(
    Kind.TEXT, bm=("Beg Berkunci Industri",), en=("Industry Locked Bag No.",), length=_BOX
)
TELEPHONE = Column(Kind.PHONES, bm=("No. Telefon",), en=("Telephone No.",))
MOBILE = Column(Kind.PHONES, bm=("No. Telefon Bimbit",), en=("Mobile No.",))
FAX = Column(Kind.PHONES, bm=("No. Faks",), en=("Fax No.",))
INDUSTRY_CODE = Column(Kind.TEXT, bm=("Kod Industri",), en=("Industry Code",), length=200)
SUB_INDUSTRY_CODE = Column(
    Kind.TEXT, bm=("Senarai Kod Sub Industri",), en=("Sub Industry Code List",), length=200
)
EMAIL = Column(Kind.TEXT, bm=("E-mel",), en=("Email",))
PAYMENT = Column(Kind.TEXT, bm=("Kaedah Bayaran Caruman",), en=("Methods of Contribution Payment",))
SERVICE = Column(Kind.TEXT, bm=("Jenis Perkhidmatan",), en=("Service Type",))

INDUSTRY_ADDRESS = {
    "industry_address_1": INDUSTRY_1,
    "industry_address_2": INDUSTRY_2,
    "industry_address_3": INDUSTRY_3,
    "industry_state": INDUSTRY_STATE,
    "industry_city": INDUSTRY_CITY,
    "industry_postcode": INDUSTRY_POSTCODE,
    "industry_po_box": INDUSTRY_PO_BOX,
    "industry_locked_bag_no": INDUSTRY_LOCKED_BAG,
}
MANDATORY_INDUSTRY_ADDRESS = (
    "industry_address_1",
    "industry_state",
    "industry_city",
    "industry_postcode",
)

_NUMBER_SCHEMA = {"type": "string", "pattern": "^\\+60[0-9]{7,11}$"}
Numbers = Annotated[
    tuple[str, ...],
    WithJsonSchema(
        {
            "description": "+60 and 7 to 11 digits, in quotes; a list of at most three, or one.",
            "examples": [["+60312345678"]],
            "anyOf": [
                {"type": "array", "items": _NUMBER_SCHEMA, "maxItems": phones.MOST},
                _NUMBER_SCHEMA,
            ],
        }
    ),
]
Postcode = Annotated[str | None, Field(description="Five digits, in quotes.", examples=["80000"])]


def objections(values: Mapping[str, Any]) -> Iterator[Finding]:
    """The objections to postcodes, telephones, e-mail, and an industry address given twice."""
    for field in ("postcode", "industry_postcode"):
        value = values.get(field)
        if value is not None and _POSTCODE.fullmatch(value) is None:
            yield Finding(field, "postcode-form", _POSTCODE_FORM)
    for field in ("telephone", "mobile", "fax"):
        yield from _numbers(field, values.get(field, ()))
    email = values.get("email")
    if email is not None and _EMAIL.fullmatch(email) is None:
        yield Finding("email", "email-form", _EMAIL_FORM)
    if values.get("industry_address_same_as_postal") is True:
        given = (field for field in INDUSTRY_ADDRESS if changes.given(values.get(field)))
        yield from (Finding(field, "address-twice", _TWICE) for field in given)


def _numbers(field: str, numbers: tuple[str, ...]) -> Iterator[Finding]:
    if not all(map(phones.well_formed, numbers)):
        yield Finding(field, "phone-form", phones.FORM)
    if len(numbers) > phones.MOST:
        yield Finding(field, "phone-many", phones.TOO_MANY)


_POSTCODE_FORM = Words(
    'Poskod mesti 5 digit dalam tanda petik, contohnya "80000".',
    'A postcode must be 5 digits in quotes, such as "80000".',
)
_EMAIL_FORM = Words(
    "Ini bukan alamat e-mel, contohnya payroll@contoh.example.",
    "This is no e-mail address, such as payroll@contoh.example.",
)
_TWICE = Words(
    "Alamat industri dinyatakan sama dengan alamat surat-menyurat, jadi padamkan medan ini.",
    "The industry address is declared to be the postal one, so remove this field.",
)
