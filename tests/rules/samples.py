"""Good values of every record, all of them invented, for tests to spoil one at a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rpa.rules.record import Record

TODAY = date(2026, 11, 21)
LOCAL: dict[str, Any] = {
    "identification": "900101005555",
    "name": "CONTOH BIN REKAAN",
    "date_of_birth": date(1990, 1, 1),
    "gender": "Male",
    "employment_start_date": date(2026, 11, 2),
}
FOREIGN: dict[str, Any] = {
    "worker": "foreign",
    "passport_number": "X0000001",
    "name": "REKAAN SATU",
    "date_of_birth": date(1990, 1, 1),
    "gender": "Male",
    "nationality": "Indonesia",
    "employment_start_date": date(2026, 11, 2),
    "passport_valid_from": date(2025, 1, 1),
    "passport_valid_until": date(2030, 1, 1),
    "permit_type": "Visit Pass (Temporary Employment)",
    "permit_number": "PL0000001",
    "permit_valid_from": date(2026, 10, 1),
    "permit_valid_until": date(2028, 9, 30),
    "next_of_kin_name": "WARIS REKAAN",
    "next_of_kin_relation": "Spouse",
    "next_of_kin_telephone": "+62000000001",
    "next_of_kin_address": "JALAN CONTOH 1",
    "next_of_kin_country": "Indonesia",
    "next_of_kin_form": "waris.pdf",
}
EMPLOYER: dict[str, Any] = {
    "business_entity": "Corporation",
    "sub_business_entity": "Sendirian Berhad",
    "registration_number": "202601999991",
    "registered_with_ssm": "February 2017 Onwards",
    "eis_acknowledgement": True,
    "industry_name": "CONTOH SDN. BHD.",
    "postal_address_1": "1 JALAN CONTOH",
    "state": "Johor",
    "city": "Johor Bahru",
    "postcode": "80000",
    "socso_office": "Pejabat PERKESO Negeri Johor",
    "industry_address_same_as_postal": True,
    "telephone": ("+60300000001",),
    "industry_code": "47",
    "sub_industry_code": "47111",
    "email": "payroll@contoh.example",
    "payment_method": "Portal",
    "induction_venue": "PPN JOHOR",
}
INDUSTRY_ADDRESS: dict[str, Any] = {
    "industry_address_same_as_postal": False,
    "industry_address_1": "2 JALAN CONTOH",
    "industry_state": "Johor",
    "industry_city": "Johor Bahru",
    "industry_postcode": "81100",
}
_OF_A_BUSINESS = {
    "business_entity",
    "sub_business_entity",
    "registered_with_ssm",
    "industry_code",
    "sub_industry_code",
}
HOUSEHOLD: dict[str, Any] = {
    **{name: value for name, value in EMPLOYER.items() if name not in _OF_A_BUSINESS},
    "registration_number": "790405175519",
    "nationality": "Malaysia",
}


def findings(record: type[Record], good: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    """Field and code of all objections, but for the one that all invented people share."""
    values = {name: value for name, value in {**good, **changes}.items() if value is not None}
    found = record(**values).findings(TODAY)
    return [(f.field, f.code) for f in found if f.code != "nric-birthplace"]
