"""Wishes to change something: of a worker, of an employer; and the answer to an officer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from rpa.rules.case_query import CaseQuery
from rpa.rules.employee_changes import EmployeeChanges
from rpa.rules.employer_changes import EmployerChanges
from tests.rules.samples import TODAY, findings

WORKER: dict[str, Any] = {"identification": "900101005555", "race": "Cina"}
STRANGER: dict[str, Any] = {"identification": "X0000001", "nationality": "Nepal"}
FIRM: dict[str, Any] = {"postal_address_1": "1 JALAN CONTOH"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"race": None}, [("identification", "change-none")]),
        (
            {"race": None, "changed_on": TODAY, "document": "a.pdf", "document_type": "Others"},
            [("identification", "change-none")],
        ),
        ({"race": None, "wages_exceed_3000_before_june_2016": False}, []),
        ({"identification": "901301005555"}, [("identification", "nric-date")]),
        ({"date_of_birth": date(1990, 1, 1), "gender": "Male"}, []),
        ({"date_of_birth": date(1990, 1, 2)}, [("date_of_birth", "birth-nric")]),
        ({"gender": "Female"}, [("gender", "gender-nric")]),
        ({"name": "CONTOH BARU"}, [("name", "name-card")]),
        ({"name": "CONTOH BARU", "identification_card": "ic.pdf"}, []),
        ({"additional_identification": "A" * 21}, [("additional_identification", "text-long")]),
        ({"sub_occupation": "x"}, [("sub_occupation", "occupation-cascade")]),
        ({"document": "a.pdf"}, [("document", "document-type")]),
    ],
)
def test_each_rule_about_a_workers_change_objects_to_its_own_field(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """One mistake, one objection, at the field that is mended."""
    assert findings(EmployeeChanges, WORKER, **changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"identification": "10203005555"}, [("identification", "passport-zeros")]),
        ({"identification": "X" * 21}, [("identification", "text-long")]),
        (
            {"identification": "X\u200b1"},
            [("identification", "text-invisible"), ("identification", "passport-odd")],
        ),
        ({"race": "Cina"}, [("race", "field-local")]),
        ({"old_identification": "A1"}, [("old_identification", "field-local")]),
        (
            {"wages_exceed_3000_before_june_2016": False},
            [("wages_exceed_3000_before_june_2016", "field-local")],
        ),
    ],
)
def test_a_foreign_workers_change_has_no_fields_of_local_ones(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """What the portal has no field for is not silently left out."""
    assert findings(EmployeeChanges, STRANGER, **changes) == expected


def test_two_equal_wishes_are_one_matter_until_another_day_is_named() -> None:
    """Order and silence do not count; values, worker and day do."""
    one = EmployeeChanges(**WORKER)
    assert one.person == "900101005555"
    assert EmployeeChanges(race="Cina", identification="900101005555").key == one.key
    others = (
        {"race": "India"},
        {"nationality": "Malaysia"},
        {"identification": "900101005556"},
        {"changed_on": TODAY},
    )
    assert len({EmployeeChanges(**{**WORKER, **other}).key for other in others} | {one.key}) == 5


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"postal_address_1": None}, [("", "change-none")]),
        ({"postal_address_1": None, "changed_on": TODAY}, [("", "change-none")]),
        ({"postal_address_1": None, "telephone": ()}, [("", "change-none")]),
        ({"postal_address_1": None, "fax": ("+60300000001",)}, []),
        ({"postcode": "81100"}, []),
        ({"postcode": "8110"}, [("postcode", "postcode-form")]),
        ({"city": "Shah Alam"}, [("city", "change-cascade")]),
        ({"state": "Selangor"}, [("state", "change-cascade")]),
        ({"state": "Selangor", "city": "Shah Alam", "postcode": "40000"}, []),
        ({"industry_city": "Shah Alam"}, [("industry_city", "change-cascade")]),
        ({"industry_code": "47"}, [("industry_code", "change-cascade")]),
        ({"industry_code": "47", "sub_industry_code": "47111"}, []),
        (
            {"industry_address_same_as_postal": True, "industry_address_1": "2 JALAN CONTOH"},
            [("industry_address_1", "address-twice")],
        ),
        ({"email": "x"}, [("email", "email-form")]),
        ({"telephone": ("123",)}, [("telephone", "phone-form")]),
    ],
)
def test_each_rule_about_an_employers_change_objects_to_its_own_field(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """A list that is changed empties those below it, so they are declared as well."""
    assert findings(EmployerChanges, FIRM, **changes) == expected


def test_an_employers_change_is_about_the_jobs_employer() -> None:
    """Its matter is what is changed to what, and when."""
    one = EmployerChanges(**FIRM)
    assert one.person == "employer"
    assert one.key == ("postal_address_1=1 JALAN CONTOH", "")
    numbers = {"telephone": ("+60300000001", "+60300000002"), "changed_on": TODAY}
    assert EmployerChanges(**{**FIRM, **numbers}).key == (
        "postal_address_1=1 JALAN CONTOH",
        "telephone=+60300000001,+60300000002",
        "2026-11-21",
    )


@pytest.mark.parametrize(
    ("reference", "fits"),
    [
        ("CAN11202600000001", True),
        ("CRN11202600000001", True),
        ("CUN112026C000000001", True),
        ("ERN11202600000001", True),
        ("can11202600000001", False),
        ("CAN1120260000001", False),
        ("CXN11202600000001", False),
        ("CAN11202600000001 ", False),
        ("CAN112026000000012345", False),
    ],
)
def test_a_case_number_is_told_by_its_form(reference: str, *, fits: bool) -> None:
    """Letters of the procedure, month and year, a number."""
    found = findings(CaseQuery, {"reference": reference, "letter_date": TODAY})
    assert found == ([] if fits else [("reference", "reference-form")])


def test_a_letter_of_tomorrow_was_not_written() -> None:
    """Its date tells two rounds of questions apart, so that it must be the letter's own."""
    good: dict[str, Any] = {"reference": "CAN11202600000001", "letter_date": TODAY}
    tomorrow = TODAY + timedelta(1)
    assert findings(CaseQuery, good, letter_date=tomorrow) == [("letter_date", "letter-future")]
    one, two = CaseQuery(**good), CaseQuery(**{**good, "letter_date": date(2026, 11, 1)})
    assert one.person == two.person
    assert one.key != two.key
