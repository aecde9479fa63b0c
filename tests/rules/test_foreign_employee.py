"""What is asked of a foreign worker's papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from rpa.errors import Severity
from rpa.rules.employee import Employee
from rpa.rules.foreign_employee import ForeignEmployee
from rpa.rules.workers import WorkerKind
from tests.rules.samples import FOREIGN, LOCAL, TODAY, findings

DAY = timedelta(1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"passport_number": "x0000001"}, [("passport_number", "passport-odd")]),
        ({"passport_number": "X 000001"}, [("passport_number", "passport-odd")]),
        ({"passport_number": "900101005555"}, [("passport_number", "passport-odd")]),
        ({"passport_number": "10203005555"}, [("passport_number", "passport-zeros")]),
        ({"passport_number": "000000001"}, []),
        ({"passport_number": "X" * 20}, []),
        ({"passport_number": "X" * 21}, [("passport_number", "text-long")]),
        ({"nationality": "Malaysia"}, [("nationality", "nationality-home")]),
        ({"nationality": "MALAYSIA "}, [("nationality", "nationality-home")]),
        (
            {"passport_valid_until": date(2024, 12, 31)},
            [("passport_valid_until", "passport-order"), ("permit_valid_until", "permit-passport")],
        ),
        ({"permit_valid_until": date(2026, 9, 30)}, [("permit_valid_until", "permit-order")]),
        ({"permit_valid_until": TODAY - DAY}, [("permit_valid_until", "permit-expired")]),
        ({"permit_valid_until": TODAY}, [("permit_valid_until", "permit-expires")]),
        ({"permit_valid_until": TODAY + 30 * DAY}, [("permit_valid_until", "permit-expires")]),
        ({"permit_valid_until": TODAY + 31 * DAY}, []),
        (
            {"passport_valid_until": TODAY - DAY, "permit_valid_until": TODAY + 60 * DAY},
            [
                ("passport_valid_until", "passport-expired"),
                ("permit_valid_until", "permit-passport"),
            ],
        ),
        ({"permit_valid_until": date(2030, 1, 1)}, []),
        ({"permit_valid_until": date(2030, 1, 2)}, [("permit_valid_until", "permit-passport")]),
        ({"permit_valid_from": date(2025, 1, 1)}, []),
        ({"permit_valid_from": date(2024, 12, 31)}, [("permit_valid_from", "permit-passport")]),
        ({"next_of_kin_address": "A" * 151}, [("next_of_kin_address", "text-long")]),
        ({"name": "123"}, [("name", "name-number")]),
        ({"date_of_birth": TODAY + DAY}, [("date_of_birth", "birth-future")]),
        (
            {"employment_start_date": TODAY + DAY},
            [("employment_start_date", "start-future")],
        ),
        (
            {"employment_start_date": TODAY - 31 * DAY},
            [("employment_start_date", "start-late")],
        ),
        (
            {"date_of_birth": date(2020, 1, 1)},
            [("employment_start_date", "start-young")],
        ),
        ({"sub_occupation": "x"}, [("sub_occupation", "occupation-cascade")]),
        ({"document": "a.pdf"}, [("document", "document-type")]),
        ({"document_type": "Others"}, [("document_type", "document-file")]),
        ({"document": "a.pdf", "document_type": "Others"}, []),
    ],
)
def test_each_rule_objects_to_its_own_field(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """One mistake, one objection, at the field that is mended."""
    assert findings(ForeignEmployee, FOREIGN, **changes) == expected


def test_what_is_only_likely_wrong_about_papers_is_a_warning() -> None:
    """A portal's rule that is not known never stops a filing here."""
    strange = {
        "passport_number": "x-1",
        "passport_valid_until": TODAY - DAY,
        "permit_valid_from": date(2024, 1, 1),
    }
    found = list(ForeignEmployee(**{**FOREIGN, **strange}).findings(TODAY))
    assert {f.code for f in found} == {"passport-odd", "passport-expired", "permit-passport"}
    assert {f.severity for f in found} == {Severity.WARNING}


def test_an_unreadable_date_keeps_only_its_own_rules_silent() -> None:
    """One bad cell never hides another."""
    partial = {"permit_valid_until": TODAY - DAY, "nationality": "Malaysia"}
    codes = [f.code for f in ForeignEmployee.objections(partial, TODAY)]
    assert codes == ["nationality-home", "permit-expired"]


def test_each_kind_of_worker_has_one_record() -> None:
    """A passport never stands in a local worker's row, nor an NRIC in a foreign one's."""
    for record, good, other in ((Employee, LOCAL, "foreign"), (ForeignEmployee, FOREIGN, "local")):
        with pytest.raises(ValidationError):
            record(**{**good, "worker": other})
    assert Employee(**LOCAL).worker is WorkerKind.LOCAL


def test_the_kinds_are_told_apart_when_rows_are_grouped() -> None:
    """A filing holds one kind of worker."""
    groups = {
        record(**{**good, "worker": kind}).group
        for record, good, kinds in (
            (Employee, LOCAL, ("local", "domestic local")),
            (ForeignEmployee, FOREIGN, ("foreign", "domestic foreign")),
        )
        for kind in kinds
    }
    assert groups == {"local", "foreign", "domestic local", "domestic foreign"}


def test_the_same_passport_on_another_day_is_another_matter() -> None:
    """Re-hiring is legal, as with a local worker."""
    one = ForeignEmployee(**FOREIGN)
    two = ForeignEmployee(**{**FOREIGN, "employment_start_date": TODAY})
    assert one.person == two.person == "X0000001"
    assert one.key != two.key
