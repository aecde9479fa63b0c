"""An employer as the registration form asks for him (facts 4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from rpa.errors import Severity, Words
from rpa.rules import brn, contacts, entities
from rpa.rules.brn import RegisteredWithSsm
from rpa.rules.contacts import Numbers
from rpa.rules.record import Column, Finding, Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date


BUSINESS_ENTITY = Column(Kind.TEXT, bm=("Entiti Perniagaan",), en=("Business Entity",))
SUB_BUSINESS_ENTITY = Column(Kind.TEXT, bm=("Entiti Sub-Perniagaan",), en=("Sub-Business Entity",))

_CODE = "The portal's whole text, its code, or its words."
_SHOWN = "In the portal's words."


class Employer(Record):
    """A business to be registered; texts as declared, telephones with +60.

    Lengths of address lines, boxes and the BRN are the form's (facts 4.1), the others assumed.
    """

    identity: ClassVar[str] = "registration_number"

    business_entity: Annotated[
        str,
        BUSINESS_ENTITY,
        Field(description=_SHOWN, examples=list(entities.ENTITIES)),
    ]
    sub_business_entity: Annotated[
        str,
        SUB_BUSINESS_ENTITY,
        Field(description=_SHOWN, examples=["Sendirian Berhad", "Registered with SSM"]),
    ]
    sub_business_entity_list: Annotated[
        str | None,
        Column(
            Kind.TEXT, bm=("Senarai Entiti Sub-Perniagaan",), en=("Sub-Business Entity - List",)
        ),
        Field(description="Only for some of the entity Others."),
    ] = None
    registration_number: Annotated[
        str,
        Column(
            Kind.TEXT,
            bm=("No. Pendaftaran (BRN)", "No. Pendaftaran"),
            en=("Registration Number(BRN)", "Registration Number", "BRN"),
            length=brn.LENGTH,
        ),
        Field(description="The BRN, in quotes.", examples=["202001012345", "1234567-X"]),
    ]
    registered_with_ssm: Annotated[
        RegisteredWithSsm | None,
        Column(
            Kind.CHOICE,
            bm=("Berdaftar dengan SSM",),
            en=("Registered with SSM",),
            choices={since.value.lower(): since.value for since in RegisteredWithSsm},
        ),
        Field(description="When it was registered with SSM."),
    ] = None
    registering_as_branch: Annotated[
        bool,
        Column(Kind.YES_NO, bm=("Mendaftar Sebagai Cawangan",), en=("Registering As A Branch",)),
        Field(description="true for a branch of a business that PERKESO knows already."),
    ] = False
    eis_acknowledgement: Annotated[
        bool,
        Column(
            Kind.YES_NO,
            bm=("Perakuan Sistem Insurans Pekerjaan",),
            en=("Registration Employment Insurance System",),
        ),
        Field(description="true: the employer certifies and agrees to contribute under Act 800."),
    ]
    industry_name: Annotated[str, contacts.INDUSTRY_NAME, Field(examples=["CONTOH SDN. BHD."])]
    postal_address_1: Annotated[str, contacts.POSTAL_1, Field(examples=["1 JALAN CONTOH"])]
    postal_address_2: Annotated[str | None, contacts.POSTAL_2] = None
    postal_address_3: Annotated[str | None, contacts.POSTAL_3] = None
    state: Annotated[str, contacts.STATE, Field(description=_SHOWN, examples=["Johor"])]
    city: Annotated[str, contacts.CITY, Field(description=_SHOWN, examples=["Johor Bahru"])]
    postcode: Annotated[
        str,
        contacts.POSTCODE,
        Field(description="Five digits, in quotes.", examples=["80000"]),
    ]
    po_box: Annotated[str | None, contacts.PO_BOX] = None
    locked_bag_no: Annotated[str | None, contacts.LOCKED_BAG] = None
    socso_office: Annotated[
        str,
        contacts.OFFICE,
        Field(description=_SHOWN, examples=["Pejabat PERKESO Negeri Johor"]),
    ]
    industry_address_same_as_postal: Annotated[
        bool, contacts.SAME, Field(description="false needs the industry address below.")
    ]
    industry_address_1: Annotated[str | None, contacts.INDUSTRY_1] = None
    industry_address_2: Annotated[str | None, contacts.INDUSTRY_2] = None
    industry_address_3: Annotated[str | None, contacts.INDUSTRY_3] = None
    industry_state: Annotated[str | None, contacts.INDUSTRY_STATE] = None
    industry_city: Annotated[str | None, contacts.INDUSTRY_CITY] = None
    industry_postcode: Annotated[str | None, contacts.INDUSTRY_POSTCODE] = None
    industry_po_box: Annotated[str | None, contacts.INDUSTRY_PO_BOX] = None
    industry_locked_bag_no: Annotated[str | None, contacts.INDUSTRY_LOCKED_BAG] = None
    telephone: Annotated[Numbers, contacts.TELEPHONE] = ()
    mobile: Annotated[Numbers, contacts.MOBILE] = ()
    fax: Annotated[Numbers, contacts.FAX] = ()
    industry_code: Annotated[str, contacts.INDUSTRY_CODE, Field(description=_CODE, examples=["01"])]
    sub_industry_code: Annotated[
        str, contacts.SUB_INDUSTRY_CODE, Field(description=_CODE, examples=["01111"])
    ]
    email: Annotated[str | None, contacts.EMAIL, Field(examples=["payroll@contoh.example"])] = None
    payment_method: Annotated[
        str, contacts.PAYMENT, Field(description=_SHOWN, examples=["Portal", "Internet Banking"])
    ]
    service_type: Annotated[
        str,
        contacts.SERVICE,
        Field(description=_SHOWN, examples=["Professional Bodies"]),
    ] = "Non-Professional Bodies"
    induction_venue: Annotated[
        str,
        Column(Kind.TEXT, bm=("Tempat Induksi",), en=("Induction Venue",)),
        Field(
            description="The portal's whole text, or its first part where only one begins so.",
            examples=["PPN JOHOR"],
        ),
    ]

    @property
    def person(self) -> str:
        """The registration number."""
        return self.registration_number

    @property
    def key(self) -> tuple[str, ...]:
        """The registration number: an employer is registered once."""
        return (self.registration_number,)

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, the entity, its number, the consent, addresses and telephones."""
        yield from super().objections(values, today)
        entity, sub_entity = values.get("business_entity"), values.get("sub_business_entity")
        yield from entities.findings(entity, sub_entity, values.get("sub_business_entity_list"))
        yield from cls.number_objections(values, today)
        yield from _ssm(values)
        if values.get("eis_acknowledgement") is False:
            yield _CONSENT
        yield from contacts.objections(values)
        yield from _industry_address(values)

    @classmethod
    def number_objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """What the registration number must be: here a business's."""
        del today
        if (number := values.get("registration_number")) is not None:
            entity, sub_entity = values.get("business_entity"), values.get("sub_business_entity")
            since = values.get("registered_with_ssm")
            yield from brn.findings(number, entity or "", sub_entity or "", since)


def _ssm(values: Mapping[str, Any]) -> Iterator[Finding]:
    """The form asks for it only of who can be registered with SSM (assumed)."""
    not_asked = (
        values.get("business_entity") == entities.OTHERS
        or values.get("sub_business_entity") == entities.NOT_REGISTERED
    )
    known = {"business_entity", "sub_business_entity"} <= values.keys()
    given = values.get("registered_with_ssm") is not None
    if given and not_asked:
        yield _SSM_NOT_ASKED
    elif known and not given and not not_asked:
        yield _SSM_ASKED


def _industry_address(values: Mapping[str, Any]) -> Iterator[Finding]:
    if values.get("industry_address_same_as_postal") is not False:
        return
    for field in contacts.MANDATORY_INDUSTRY_ADDRESS:
        if values.get(field) is None:
            heading = contacts.INDUSTRY_ADDRESS[field].heading
            yield Finding(
                field,
                "industry-address",
                Words(
                    f"'{heading.bm}' ({field}) wajib diisi kerana alamat industri tidak sama.",
                    f"'{heading.en}' ({field}) must be filled: the industry address is another.",
                ),
                needs=(field,),
            )


_CONSENT = Finding(
    "eis_acknowledgement",
    "eis-consent",
    Words(
        "Majikan mesti memperakui dan bersetuju mencarum di bawah Akta 800 (tulis true).",
        "The employer must certify and agree to contribute under Act 800 (write true).",
    ),
)
_SSM_NOT_ASKED = Finding(
    "registered_with_ssm",
    "ssm-not-asked",
    Words(
        "Portal tidak bertanya tentang SSM bagi entiti ini. Padamkan medan ini.",
        "The portal does not ask about SSM for this entity. Remove this field.",
    ),
)
_SSM_ASKED = Finding(
    "registered_with_ssm",
    "ssm-asked",
    Words(
        "Portal mungkin mewajibkan 'Berdaftar dengan SSM' bagi entiti ini.",
        "The portal may demand 'Registered with SSM' for this entity.",
    ),
    Severity.WARNING,
    needs=("registered_with_ssm",),
)
