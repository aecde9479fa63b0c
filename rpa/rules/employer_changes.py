"""What of a registered employer is to be changed (facts 10: same fields as 4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from rpa.errors import Words
from rpa.rules import changes, contacts
from rpa.rules.changes import ChangedOn
from rpa.rules.contacts import Numbers, Postcode
from rpa.rules.record import Finding, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_LOWER = {
    "state": ("city", "postcode"),
    "city": ("postcode",),
    "industry_state": ("industry_city", "industry_postcode"),
    "industry_city": ("industry_postcode",),
    "industry_code": ("sub_industry_code",),
}


class EmployerChanges(Record):
    """The fields to change, and no others; what is not given stays as the portal has it."""

    industry_name: Annotated[str | None, contacts.INDUSTRY_NAME] = None
    postal_address_1: Annotated[str | None, contacts.POSTAL_1] = None
    postal_address_2: Annotated[str | None, contacts.POSTAL_2] = None
    postal_address_3: Annotated[str | None, contacts.POSTAL_3] = None
    state: Annotated[str | None, contacts.STATE] = None
    city: Annotated[str | None, contacts.CITY] = None
    postcode: Annotated[Postcode, contacts.POSTCODE] = None
    po_box: Annotated[str | None, contacts.PO_BOX] = None
    locked_bag_no: Annotated[str | None, contacts.LOCKED_BAG] = None
    socso_office: Annotated[str | None, contacts.OFFICE] = None
    industry_address_same_as_postal: Annotated[bool | None, contacts.SAME] = None
    industry_address_1: Annotated[str | None, contacts.INDUSTRY_1] = None
    industry_address_2: Annotated[str | None, contacts.INDUSTRY_2] = None
    industry_address_3: Annotated[str | None, contacts.INDUSTRY_3] = None
    industry_state: Annotated[str | None, contacts.INDUSTRY_STATE] = None
    industry_city: Annotated[str | None, contacts.INDUSTRY_CITY] = None
    industry_postcode: Annotated[Postcode, contacts.INDUSTRY_POSTCODE] = None
    industry_po_box: Annotated[str | None, contacts.INDUSTRY_PO_BOX] = None
    industry_locked_bag_no: Annotated[str | None, contacts.INDUSTRY_LOCKED_BAG] = None
    telephone: Annotated[Numbers, contacts.TELEPHONE] = ()
    mobile: Annotated[Numbers, contacts.MOBILE] = ()
    fax: Annotated[Numbers, contacts.FAX] = ()
    industry_code: Annotated[str | None, contacts.INDUSTRY_CODE] = None
    sub_industry_code: Annotated[str | None, contacts.SUB_INDUSTRY_CODE] = None
    email: Annotated[str | None, contacts.EMAIL] = None
    payment_method: Annotated[str | None, contacts.PAYMENT] = None
    service_type: Annotated[str | None, contacts.SERVICE] = None
    changed_on: ChangedOn = None

    @property
    def person(self) -> str:
        """The employer of the job; one job changes one."""
        return "employer"

    @property
    def key(self) -> tuple[str, ...]:
        """What is changed to what, and the day: the same change on another day is another."""
        return changes.as_key(self, self.changeable(), self.changed_on)

    @classmethod
    def changeable(cls) -> tuple[str, ...]:
        """The fields that are changes."""
        return tuple(name for name in cls.model_fields if name != "changed_on")

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """The texts, that there is a change, whole lists, addresses and telephones."""
        yield from super().objections(values, today)
        yield from changes.findings(values, cls.changeable(), "")
        yield from _cascades(values)
        yield from contacts.objections(values)


def _cascades(values: Mapping[str, Any]) -> Iterator[Finding]:
    """A choice in an upper list empties the lists below it, which are mandatory (facts 4.1)."""
    for upper, below in _LOWER.items():
        missing = [name for name in below if values.get(name) is None]
        if values.get(upper) is not None and missing:
            names = ", ".join(missing)
            yield Finding(
                upper,
                "change-cascade",
                Words(
                    f"Perubahan ini mengosongkan senarai di bawahnya. Nyatakan juga: {names}.",
                    f"This change empties the lists below it. Give these as well: {names}.",
                ),
                needs=tuple(missing),
            )
