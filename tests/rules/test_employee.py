"""What the law and the papers say of a worker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from rpa.errors import Severity
from rpa.jobs.columns import fold
from rpa.rules.case_query import CaseQuery
from rpa.rules.domestic import DomesticEmployer
from rpa.rules.employee import Employee
from rpa.rules.employee_changes import EmployeeChanges
from rpa.rules.employer import Employer
from rpa.rules.employer_changes import EmployerChanges
from rpa.rules.variants import WORKERS

if TYPE_CHECKING:
    from rpa.rules.record import Record

TODAY = date(2026, 11, 21)
GOOD: dict[str, Any] = {
    "identification": "900101005555",
    "name": "CONTOH BIN REKAAN",
    "date_of_birth": date(1990, 1, 1),
    "gender": "Male",
    "employment_start_date": date(2026, 11, 2),
}


def findings(**changes: Any) -> list[tuple[str, str]]:
    worker = Employee(**{**GOOD, **changes})
    return [(f.field, f.code) for f in worker.findings(TODAY) if f.code != "nric-birthplace"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"identification": "90010100555"}, [("identification", "nric-zeros")]),
        ({"identification": "901301005555"}, [("identification", "nric-date")]),
        ({"identification": "900229005555"}, [("identification", "nric-date")]),
        ({"date_of_birth": date(1990, 1, 2)}, [("date_of_birth", "birth-nric")]),
        (
            {"date_of_birth": date(1890, 1, 1)},
            [("date_of_birth", "birth-nric"), ("date_of_birth", "age-old")],
        ),
        ({"nationality": "Indonesia"}, [("nationality", "nationality-local")]),
        ({"nationality": "Warganegara"}, []),
        ({"nationality": "Pemastautin Tetap"}, []),
        ({"date_of_birth": date(2026, 12, 1)}, [("date_of_birth", "birth-future")]),
        ({"gender": "Female"}, [("gender", "gender-nric")]),
        ({"gender": None}, []),
        ({"employment_start_date": TODAY}, []),
        (
            {"employment_start_date": TODAY + timedelta(1)},
            [("employment_start_date", "start-future")],
        ),
        ({"employment_start_date": TODAY - timedelta(30)}, []),
        (
            {"employment_start_date": TODAY - timedelta(31)},
            [("employment_start_date", "start-late")],
        ),
        (
            {"employment_start_date": date(1989, 12, 31)},
            [
                ("employment_start_date", "start-late"),
                ("employment_start_date", "start-before-birth"),
            ],
        ),
        (
            {"employment_start_date": date(2002, 12, 31)},
            [("employment_start_date", "start-late"), ("employment_start_date", "start-young")],
        ),
        ({"employment_start_date": date(2003, 1, 1)}, [("employment_start_date", "start-late")]),
        ({"name": "12345"}, [("name", "name-number")]),
        ({"name": "A\tB"}, [("name", "text-control")]),
        ({"name": "A\u2028B"}, [("name", "text-control")]),
        ({"name": "A\u00a0B"}, [("name", "text-invisible")]),
        ({"name": "A\u200dB"}, [("name", "text-invisible")]),
        ({"name": "A\ufffdB"}, [("name", "text-damaged")]),
        ({"name": "=A1"}, [("name", "text-formula")]),
        ({"name": "A" * 151}, [("name", "text-long")]),
        ({"name": "A" * 150}, []),
        ({"name": "Nur'Ain A/P @ D'Cruz-Lim Jr."}, []),
        ({"name": "A  B"}, [("name", "text-blanks")]),
        ({"name": "E\u0301"}, [("name", "text-invisible")]),
        ({"name": "D\u2019CRUZ"}, [("name", "name-file")]),
        ({"name": "\u9648\u5927\u6587"}, [("name", "name-file")]),
        ({"name": "<script>"}, [("name", "name-file")]),
        ({"name": "-"}, [("name", "name-file")]),
        ({"race": "M\nC"}, [("race", "text-control")]),
        ({"sub_occupation": "x"}, [("sub_occupation", "occupation-cascade")]),
        (
            {"occupation": "x", "sub_occupation_list": "y"},
            [("sub_occupation_list", "occupation-cascade")],
        ),
        ({"occupation": "x", "sub_occupation": "y", "sub_occupation_list": "z"}, []),
    ],
)
def test_each_rule_objects_to_its_own_field(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """One mistake, one objection, at the field that is mended."""
    assert findings(**changes) == expected


def test_a_birth_date_may_lie_in_either_century() -> None:
    """Six digits do not tell the century; the declared date does."""
    for born, number in ((date(1926, 1, 1), "260101005555"), (date(2008, 2, 29), "080229005555")):
        found = findings(identification=number, date_of_birth=born)
        assert {code for _, code in found} <= {"age-old"}


def test_a_birth_date_to_come_does_not_open_a_century() -> None:
    """261201 is December 1926 as long as December 2026 has not come."""
    changes = {"identification": "261201005555", "date_of_birth": date(1926, 12, 1)}
    assert findings(**changes) == [("date_of_birth", "age-old")]


@pytest.mark.parametrize(
    ("code", "warned"), [("00", True), ("17", True), ("97", True), ("14", False), ("98", False)]
)
def test_a_birthplace_code_not_in_use_is_a_warning_and_a_foreign_one_is_not(
    code: str, *, warned: bool
) -> None:
    """Facts 13.5: other countries' codes are in use."""
    worker = Employee(**{**GOOD, "identification": f"900101{code}0001"})
    found = [f for f in worker.findings(TODAY) if f.code == "nric-birthplace"]
    assert bool(found) is warned
    assert all(f.severity is Severity.WARNING for f in found)


def test_an_unreadable_field_keeps_only_its_own_rules_silent() -> None:
    """One bad cell never hides another."""
    partial = {"identification": "900101005555", "gender": "Female", "name": "123"}
    codes = {f.code for f in Employee.objections(partial, TODAY)}
    assert codes == {"name-number", "gender-nric", "nric-birthplace"}


KINDS: list[dict[str, type[Record]]] = [
    dict(WORKERS),
    {"": EmployeeChanges},
    {"": Employer},
    {"": DomesticEmployer},
    {"": EmployerChanges},
    {"": CaseQuery},
]


@pytest.mark.parametrize(
    "kinds", KINDS, ids=lambda kinds: "-".join(sorted({r.__name__ for r in kinds.values()}))
)
def test_no_heading_is_known_for_two_fields(kinds: dict[str, type[Record]]) -> None:
    """A heading that could mean two things would be a guess, also in a table of two kinds."""
    owner: dict[str, str] = {}
    for record in kinds.values():
        for name, column in record.columns().items():
            for heading in {fold(h) for h in (name, *column.bm, *column.en)}:
                assert owner.setdefault(heading, name) == name
                assert heading


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"document": "a.pdf"}, [("document", "document-type")]),
        ({"document_type": "Others"}, [("document_type", "document-file")]),
        ({"document": "a.pdf", "document_type": "Others"}, []),
    ],
)
def test_a_workers_own_paper_has_a_type_and_a_file(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Both or neither; the objection stands where something is written."""
    assert findings(**changes) == expected


def test_a_record_never_shows_its_values() -> None:
    """Neither repr nor str nor a validation error holds a person."""
    worker = Employee(**GOOD)
    with pytest.raises(ValidationError) as refused:
        Employee(**{**GOOD, "date_of_birth": "CONTOH", "name": 900101005555})
    for text in (repr(worker), str(worker), f"{worker!r:>5}", str(refused.value)):
        assert "900101005555" not in text
        assert "CONTOH" not in text


def test_the_same_person_on_another_day_is_another_matter() -> None:
    """Re-hiring is legal; the guard against one person in two open filings is `person`."""
    one, two = Employee(**GOOD), Employee(**{**GOOD, "employment_start_date": TODAY})
    assert one.person == two.person
    assert one.key != two.key
