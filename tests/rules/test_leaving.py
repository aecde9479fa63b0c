"""Everybody leaves, or the employer ceases: what is typed twice and counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from rpa.errors import Refused
from rpa.jobs.columns import fold
from rpa.rules.cessation import Cessation
from rpa.rules.leaving import AllWorkers, same_number, typed_again
from tests.rules.samples import TODAY, findings

EVERYBODY: dict[str, Any] = {
    "employer_code_again": "E9900001234V",
    "active_workers": 40,
    "employment_resign_date": date(2026, 11, 20),
}
FORM_1A: dict[str, Any] = {
    **EVERYBODY,
    "form": "Form 1A",
    "change_employer_status_to": "Dormant",
    "temporary_closure_no_employee_from": date(2026, 11, 21),
}
FORM_3: dict[str, Any] = {**EVERYBODY, "form": "Form 3 EIS"}
TOMORROW = TODAY + timedelta(1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"active_workers": 0}, [("active_workers", "workers-none")]),
        ({"employment_resign_date": TOMORROW}, [("employment_resign_date", "resign-future")]),
        (
            {"employment_resign_date": date(2026, 10, 1)},
            [("employment_resign_date", "resign-late")],
        ),
    ],
)
def test_each_rule_about_everybody_objects_to_its_own_field(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Nobody to leave is no filing, and no day that has not come is scheduled."""
    assert findings(AllWorkers, EVERYBODY, **changes) == expected


@pytest.mark.parametrize("field", list(EVERYBODY))
def test_nothing_about_everybody_has_a_default(field: str) -> None:
    """Each of the three must be written."""
    with pytest.raises(ValidationError):
        AllWorkers(**{name: value for name, value in EVERYBODY.items() if name != field})


@pytest.mark.parametrize(
    ("good", "changes", "expected"),
    [
        (FORM_1A, {}, []),
        (FORM_1A, {"change_employer_status_to": None}, [("form", "form-field")]),
        (FORM_1A, {"temporary_closure_no_employee_from": None}, [("form", "form-field")]),
        (FORM_1A, {"employment_resign_date": None}, [("form", "form-field")]),
        (FORM_1A, {"employment_resign_date": None, "active_workers": 0}, []),
        (
            FORM_1A,
            {"temporary_closure_no_employee_from": TOMORROW},
            [("temporary_closure_no_employee_from", "resign-future")],
        ),
        (FORM_1A, {"temporary_closure_no_employee_till": date(2027, 1, 1)}, []),
        (
            FORM_1A,
            {"temporary_closure_no_employee_till": date(2026, 11, 21)},
            [("temporary_closure_no_employee_till", "closure-order")],
        ),
        (FORM_1A, {"employment_resign_date": TOMORROW}, [
            ("employment_resign_date", "resign-future"),
        ]),
        (FORM_3, {}, []),
        (FORM_3, {"employment_resign_date": None, "active_workers": 0}, [("form", "form-field")]),
        (FORM_3, {"change_employer_status_to": "Cancel"}, [
            ("change_employer_status_to", "form-other"),
        ]),
        (FORM_3, {"temporary_closure_no_employee_from": date(2026, 11, 1)}, [
            ("temporary_closure_no_employee_from", "form-other"),
        ]),
        (FORM_3, {"temporary_closure_no_employee_till": date(2026, 11, 1)}, [
            ("temporary_closure_no_employee_till", "form-other"),
        ]),
    ],
)  # fmt: skip
def test_each_form_has_its_own_fields_and_no_others(
    good: dict[str, Any], changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """What the form has no field for is not silently left out."""
    assert findings(Cessation, good, **changes) == expected


@pytest.mark.parametrize("record", [AllWorkers, Cessation])
def test_no_heading_is_known_for_two_fields(record: type[AllWorkers | Cessation]) -> None:
    """As for every record."""
    owner: dict[str, str] = {}
    for name, column in record.columns().items():
        for heading in {fold(h) for h in (name, *column.bm, *column.en)}:
            assert owner.setdefault(heading, name) == name


def test_the_matter_is_the_day_and_the_form() -> None:
    """Who is hired or begins later may leave or cease again."""
    one = AllWorkers(**EVERYBODY)
    assert one.person == "all workers"
    later = AllWorkers(**{**EVERYBODY, "employment_resign_date": TODAY})
    assert AllWorkers(**{**EVERYBODY, "active_workers": 39}).key == one.key != later.key
    forms = [Cessation(**good) for good in (FORM_1A, FORM_3)]
    assert [form.person for form in forms] == ["employer", "employer"]
    cancel = Cessation(**{**FORM_1A, "change_employer_status_to": "Cancel"})
    assert len({cancel.key, *(form.key for form in forms)}) == 3


@pytest.mark.parametrize(("again", "codes"), [("E9900001234V", []), ("E9900001234W", [
    "employer-again",
]), ("e9900001234v", ["employer-again"])])  # fmt: skip
def test_the_code_typed_again_is_the_same_to_the_letter(again: str, codes: list[str]) -> None:
    """It guards against the wrong employer's job file."""
    assert [f.code for f in typed_again("E9900001234V", again)] == codes


@pytest.mark.parametrize("figures", [(3, 3), (3, 3, 3), (3, 3, 3, 3), (3, 3, None, 3), (0, 0, 0)])
def test_equal_figures_pass(figures: tuple[int, ...]) -> None:
    """What is not known yet is not compared."""
    same_number(*figures)


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ((3, 4), "The job: 3; listed by the portal as active: 4"),
        ((3, 3, 2), "given a resign date: 2"),
        ((3, 3, 3, 4), "in the review: 4"),
        ((3, 3, None, 2), "given a resign date: -; in the review: 2"),
    ],
)
def test_one_figure_that_differs_stops_it_with_all_of_them(
    figures: tuple[int, ...], told: str
) -> None:
    """By one more or one less."""
    with pytest.raises(Refused) as refused:
        same_number(*figures)
    assert told in refused.value.words.en
