"""What Form 1 asks of an employer, a business or a household."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from rpa.errors import Severity
from rpa.rules import brn
from rpa.rules.brn import BrnKind
from rpa.rules.domestic import DomesticEmployer, objections, objections_to_domestic
from rpa.rules.employer import Employer
from rpa.rules.entities import ENTITIES
from rpa.rules.workers import WorkerKind
from tests.rules.samples import EMPLOYER, HOUSEHOLD, INDUSTRY_ADDRESS, TODAY, findings

SSM = {
    "business_entity": "Partnership",
    "sub_business_entity": "Registered with SSM",
    "registration_number": "AS9900002-K",
}
UNREGISTERED = {
    "business_entity": "Sole Proprietor / Individual Business",
    "sub_business_entity": "Not Registered",
    "registered_with_ssm": None,
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"business_entity": "corporation"}, [("business_entity", "entity-unknown")]),
        (
            {"sub_business_entity": "Sendirian  Berhad"},
            [("sub_business_entity", "text-blanks"), ("sub_business_entity", "sub-entity-unknown")],
        ),
        (
            {"sub_business_entity": "Not Registered", "registered_with_ssm": None},
            [("sub_business_entity", "sub-entity-unknown")],
        ),
        ({"sub_business_entity_list": "x"}, [("sub_business_entity_list", "entity-list")]),
        (
            {
                "business_entity": "Others",
                "sub_business_entity": "NGO / Society",
                "sub_business_entity_list": "Registered with Registrar of Society",
                "registration_number": "PPM-001-01",
                "registered_with_ssm": None,
            },
            [("registration_number", "brn-form")],
        ),
        (
            {"business_entity": "Others", "sub_business_entity": "Embassy"},
            [("registration_number", "brn-entity"), ("registered_with_ssm", "ssm-not-asked")],
        ),
        (UNREGISTERED, []),
        ({**UNREGISTERED, "registration_number": "anything at all 123"}, []),
        ({**UNREGISTERED, "registration_number": "9" * 31}, [("registration_number", "text-long")]),
        (
            {**UNREGISTERED, "registered_with_ssm": "Before February 2017"},
            [("registered_with_ssm", "ssm-not-asked")],
        ),
        ({"registered_with_ssm": None}, [("registered_with_ssm", "ssm-asked")]),
        ({"eis_acknowledgement": False}, [("eis_acknowledgement", "eis-consent")]),
        ({"postal_address_1": "A" * 50}, []),
        ({"postal_address_1": "A" * 51}, [("postal_address_1", "text-long")]),
        ({"po_box": "A" * 31}, [("po_box", "text-long")]),
        ({"postcode": "8000"}, [("postcode", "postcode-form")]),
        ({"postcode": "8000O"}, [("postcode", "postcode-form")]),
        ({"telephone": ()}, []),
        ({"telephone": ("0312345678",)}, [("telephone", "phone-form")]),
        ({"mobile": ("+6012345",)}, [("mobile", "phone-form")]),
        ({"mobile": ("+60123456789012",)}, [("mobile", "phone-form")]),
        ({"fax": ("+60 312345678",)}, [("fax", "phone-form")]),
        ({"fax": ("+60300000001",) * 3}, []),
        ({"fax": ("+60300000001",) * 4}, [("fax", "phone-many")]),
        ({"email": "payroll"}, [("email", "email-form")]),
        ({"email": "a@b@contoh.example"}, [("email", "email-form")]),
        ({"email": "a b@contoh.example"}, [("email", "email-form")]),
        ({"email": "a@contoh"}, [("email", "email-form")]),
        ({"email": None}, []),
        (INDUSTRY_ADDRESS, []),
        ({"industry_po_box": "12"}, [("industry_po_box", "address-twice")]),
        (
            {"industry_address_same_as_postal": False},
            [
                ("industry_address_1", "industry-address"),
                ("industry_state", "industry-address"),
                ("industry_city", "industry-address"),
                ("industry_postcode", "industry-address"),
            ],
        ),
        (
            {**INDUSTRY_ADDRESS, "industry_postcode": "x"},
            [("industry_postcode", "postcode-form")],
        ),
    ],
)
def test_each_rule_objects_to_its_own_field(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """One mistake, one objection, at the field that is mended."""
    assert findings(Employer, EMPLOYER, **changes) == expected


@pytest.mark.parametrize("field", ["eis_acknowledgement", "industry_address_same_as_postal"])
def test_a_consent_and_an_address_are_never_taken_for_granted(field: str) -> None:
    """Neither has a default."""
    with pytest.raises(ValidationError):
        Employer(**{name: value for name, value in EMPLOYER.items() if name != field})


def test_an_unknown_entity_is_answered_with_the_nearest() -> None:
    """The list's own words are shown, those that come near first."""
    wrong = Employer(**{**EMPLOYER, "sub_business_entity": "Sdn Berhad"})
    (finding,) = wrong.findings(TODAY)
    assert "'Sendirian Berhad'" in finding.words.en
    assert "'Sendirian Berhad'" in finding.words.bm


def test_every_entity_of_the_form_is_known_with_its_sub_entities() -> None:
    """Facts 4.1: four entities; three, three, three and ten sub-entities."""
    assert [len(below) for below in ENTITIES.values()] == [3, 3, 3, 10]
    for entity, below in ENTITIES.items():
        for sub_entity in below:
            changes = {"business_entity": entity, "sub_business_entity": sub_entity}
            codes = {code for _, code in findings(Employer, EMPLOYER, **changes)}
            assert not codes & {"entity-unknown", "sub-entity-unknown"}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("202601999991", BrnKind.TWELVE),
        ("199806000001", BrnKind.TWELVE),
        ("202607000001", None),
        ("202600000001", None),
        ("182601000001", None),
        ("20260199999", None),
        ("1-X", BrnKind.COMPANY),
        ("1234567-X", BrnKind.COMPANY),
        ("1234567-x", None),
        ("12345678-X", BrnKind.BUSINESS),
        ("AS9900002-K", BrnKind.BUSINESS),
        ("002345678A", BrnKind.BUSINESS),
        ("ABCDEF-K", None),
        ("202601999991 (1234567-X)", None),
        ("", None),
    ],
)
def test_a_registration_number_is_told_by_its_form(number: str, expected: BrnKind | None) -> None:
    """Facts 13.5; no check letter is known, so none is asked."""
    assert brn.kind(number) is expected


@pytest.mark.parametrize(
    ("number", "entity", "sub_entity", "warned"),
    [
        ("202601000001", "Corporation", "Sendirian Berhad", False),
        ("202602000001", "Corporation", "Berhad", False),
        ("202601000001", "Corporation", "Limited Liability Partnership", True),
        ("202601000001", "Partnership", "Registered with SSM", True),
        ("202603000001", "Partnership", "Registered with SSM", False),
        ("202603000001", "Sole Proprietor / Individual Business", "Registered with SSM", False),
        ("202603000001", "Corporation", "Sendirian Berhad", True),
        ("202604000001", "Corporation", "Limited Liability Partnership", False),
        ("202606000001", "Corporation", "Sendirian Berhad", True),
        ("1234567-X", "Partnership", "Registered with SSM", False),
    ],
)
def test_the_type_in_a_twelve_digit_number_is_held_against_the_entity(
    number: str, entity: str, sub_entity: str, *, warned: bool
) -> None:
    """A warning: the number may be right and the entity wrong, or the other way about."""
    found = list(brn.findings(number, entity, sub_entity, None))
    assert [f.code for f in found] == ["brn-entity"] * warned
    assert all(f.severity is Severity.WARNING for f in found)


@pytest.mark.parametrize(
    ("year", "since", "warned"),
    [
        (2016, "Before February 2017", False),
        (2017, "Before February 2017", False),
        (2018, "Before February 2017", True),
        (2016, "February 2017 Onwards", True),
        (2017, "February 2017 Onwards", False),
        (2018, "February 2017 Onwards", False),
    ],
)
def test_the_year_in_a_twelve_digit_number_is_held_against_its_time(
    year: int, since: str, *, warned: bool
) -> None:
    """Of the year of the turn both may be true."""
    found = list(brn.findings(f"{year}01000001", "Corporation", "Berhad", since))
    assert [(f.field, f.code) for f in found] == [("registered_with_ssm", "brn-year")] * warned
    assert all(f.severity is Severity.WARNING for f in found)


def test_a_number_of_no_form_stops_only_who_says_ssm_gave_it() -> None:
    """Other registrars have forms of their own."""
    for sub_entity, severity in (
        ("Registered with SSM", Severity.ERROR),
        ("Registered with other Agencies", Severity.WARNING),
    ):
        (finding,) = brn.findings("no number", "Partnership", sub_entity, None)
        assert (finding.code, finding.severity) == ("brn-form", severity)
    assert not findings(Employer, EMPLOYER, **SSM)


def test_an_employer_is_registered_once() -> None:
    """The number is the person and the matter."""
    one = Employer(**EMPLOYER)
    assert one.key == (one.person,) == ("202601999991",)
    assert Employer(**{**EMPLOYER, "state": "Selangor"}).key == one.key


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"registration_number": "X0000001", "nationality": "Japan"}, []),
        ({"registration_number": "791305175519"}, [("registration_number", "nric-date")]),
        ({"registration_number": "7904051755"}, [("registration_number", "passport-odd")]),
        ({"registration_number": "x 1"}, [("registration_number", "passport-odd")]),
        (
            {"registered_with_ssm": "Before February 2017"},
            [("registered_with_ssm", "ssm-not-asked")],
        ),
        ({"eis_acknowledgement": False}, [("eis_acknowledgement", "eis-consent")]),
    ],
)
def test_a_household_is_a_person_and_no_business(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """The number is an NRIC or a passport's; a business's rules are not asked."""
    assert findings(DomesticEmployer, HOUSEHOLD, **changes) == expected


def test_a_household_has_its_entity_and_industry_by_itself() -> None:
    """Assumed (facts 4.2), and a job may say otherwise."""
    home = DomesticEmployer(**HOUSEHOLD)
    assert home.business_entity == "Sole Proprietor / Individual Business"
    assert home.sub_business_entity == "Not Registered"
    assert (home.industry_code, home.sub_industry_code) == ("97", "97000")
    other = DomesticEmployer(**{**HOUSEHOLD, "industry_code": "96"})
    assert other.industry_code == "96"


def test_whom_the_law_lets_you_employ_is_not_sent() -> None:
    """The portal has no field for it."""
    columns = DomesticEmployer.columns()
    assert {n for n, c in columns.items() if not c.sent} == {"nationality", "permanent_resident"}
    with pytest.raises(ValidationError):
        DomesticEmployer(**{n: v for n, v in HOUSEHOLD.items() if n != "nationality"})


@pytest.mark.parametrize(
    ("nationality", "resident", "kind", "expected"),
    [
        ("Malaysia", False, "domestic foreign", []),
        ("malaysia", False, "domestic local", []),
        ("Japan", True, "domestic foreign", []),
        ("Japan", False, "domestic local", []),
        ("Japan", False, "domestic foreign", ["worker-foreign-employer"]),
        ("Malaysia", False, "local", ["worker-not-domestic"]),
        ("Malaysia", False, "foreign", ["worker-not-domestic"]),
    ],
)
def test_a_household_employs_helpers_and_a_foreigner_only_malaysians(
    nationality: str, kind: str, expected: list[str], *, resident: bool
) -> None:
    """Facts 4.2."""
    changes = {"nationality": nationality, "permanent_resident": resident}
    home = DomesticEmployer(**{**HOUSEHOLD, **changes})
    assert [f.code for f in objections(home, WorkerKind(kind))] == expected


def test_a_business_registers_no_helpers() -> None:
    """They belong to the household that employs them."""
    codes = {k.value: [f.code for f in objections_to_domestic(k)] for k in WorkerKind}
    assert codes == {
        "local": [],
        "foreign": [],
        "domestic local": ["worker-domestic"],
        "domestic foreign": ["worker-domestic"],
    }
