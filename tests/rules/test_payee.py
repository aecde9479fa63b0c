"""A payroll row: what it must say, and what follows from it for the month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rpa.errors import Severity
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from rpa.rules.workers import WorkerKind
from tests.textfile.people import JULY, JUNE, TODAY, payee

FOREIGN: dict[str, Any] = {
    "worker": WorkerKind.FOREIGN,
    "identification": "SSFW00000001",
    "date_of_birth": date(1990, 1, 1),
}


def codes(values: dict[str, Any]) -> set[str]:
    told = {"identification": "900101820003", "name": "CONTOH BIN REKAAN", "wages": 1} | values
    given = {name: value for name, value in told.items() if value is not None}
    return {f.code for f in Payee.objections(given, TODAY) if f.code != "nric-birthplace"}


def in_month(month: Month = JULY, **more: Any) -> set[str]:
    return {f.code for f in payee(**more).in_month(month)}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, set()),
        (FOREIGN, set()),
        (
            {"worker": "domestic foreign", **{k: FOREIGN[k] for k in FOREIGN if k != "worker"}},
            set(),
        ),
        ({"identification": "X0000001"}, {"nric-format"}),
        ({"identification": "SSFW00000001"}, {"nric-foreign", "birth-missing"}),
        ({"identification": "901301820003"}, {"nric-date"}),
        ({"date_of_birth": date(1990, 1, 2)}, {"birth-nric"}),
        ({**FOREIGN, "identification": "X0000001"}, {"ssfw-form"}),
        ({**FOREIGN, "identification": "ssfw00000001"}, {"ssfw-form"}),
        ({**FOREIGN, "identification": "900101820003"}, {"ssfw-nric"}),
        ({**FOREIGN, "date_of_birth": None}, {"birth-missing"}),
        ({"name": "CONTOH \u00c9"}, {"name-foreign"}),
        ({"name": "Contoh"}, {"name-capitals"}),
        ({"name": "CONTOH (2)"}, {"name-signs"}),
        ({"name": "CONTOH A/L REKAAN @ D'CONTOH-X."}, set()),
        ({"name": "1234"}, {"name-number", "name-signs"}),
        ({"name": "X" * 151}, {"text-long"}),
        ({"wages": 100, "allowances": 100}, set()),
        ({"wages": 100, "allowances": 101}, {"allowances-more"}),
    ],
)
def test_what_is_wrong_with_a_row_is_known_without_its_month(
    values: dict[str, Any], expected: set[str]
) -> None:
    """Numbers, names as a file takes them, what contradicts itself."""
    assert codes(values) == expected


def test_a_kind_that_cannot_be_read_silences_the_rules_about_the_number() -> None:
    """One bad cell never hides another, and never accuses one."""
    for finding in Payee.objections({"identification": "X0000001"}, TODAY):
        assert "worker" in finding.needs


@pytest.mark.parametrize(
    ("number", "young"),
    [
        ("900101820003", False),  # 1990; 2090 is to come
        ("130731820003", False),  # 2013: 13 years on the month's last day; 1913 is no worker's
        ("130801820003", True),
        ("270101820003", False),  # 1927: 99 years; 2027 is to come
        ("260701820003", True),  # 2026, and not 100 years old
    ],
)
def test_the_century_of_an_nric_is_the_one_in_which_the_person_can_work(
    number: str, *, young: bool
) -> None:
    """Under 13 nobody has wages, and nobody of 100: a mistyped number, and never a guess."""
    assert ("payee-young" in in_month(identification=number)) is young
    declared = in_month(identification=number, date_of_birth=date(1926, 7, 1))
    assert "payee-young" not in declared


def test_the_rules_of_the_month_are_asked_of_the_row() -> None:
    """The fields that they name are the row's own."""
    for more, month, code, field in (
        ({"skbbk_opt_out": True}, JUNE, "skbbk-june", "skbbk_opt_out"),
        ({**FOREIGN, "skbbk_opt_out": True}, JULY, "skbbk-foreign", "skbbk_opt_out"),
        (
            {"identification": "700101820003"},
            JULY,
            "first-contribution-missing",
            "first_contribution_date",
        ),
        (FOREIGN, Month(2018, 12), "foreign-month", "worker"),
    ):
        (finding,) = payee(**more).in_month(month)
        assert (finding.code, finding.field) == (code, field)
        assert finding.severity is Severity.ERROR
        assert finding.field in Payee.model_fields


def test_contributions_are_the_schedule_s_for_the_person_and_the_month() -> None:
    """RM3,000 in June 2026: 51.65 and 14.75, EIS 5.90 each, SKBBK 22.15."""
    assert payee().contributions(JUNE) == (5165, 1475, 590, 590, 2215)
    assert payee(skbbk_opt_out=True).contributions(JULY) == (5165, 1475, 590, 590, 0)
    assert payee(**FOREIGN).contributions(JULY) == (5165, 1475, 0, 0, 2215)
    assert payee(invalidity_pension=True).contributions(JULY) == (3690, 0, 590, 590, 2215)
    assert payee(wages=0).contributions(JULY).total == 0
    old = payee(identification="600101820003")
    assert old.contributions(JULY) == (3690, 0, 0, 0, 2215)


def test_an_occupation_is_for_the_register_and_never_goes_to_the_portal() -> None:
    """In the employer's own words, under the headings that payrolls have; and optional."""
    column = Payee.columns()["occupation"]
    assert not column.sent
    assert {*column.bm, *column.en} == {"Pekerjaan", "Jawatan", "Occupation", "Job Title"}
    assert payee().occupation is None
    assert codes({"occupation": "Kerani Gaji"}) == set()
    assert codes({"occupation": "=1+1"}) == {"text-formula"}


def test_no_amount_is_reckoned_for_a_person_of_unknown_age() -> None:
    """It is a mistake of ours to ask."""
    with pytest.raises(ValueError, match="objections"):
        payee(**{**FOREIGN, "date_of_birth": None}).contributions(JULY)
    assert not list(payee(**{**FOREIGN, "date_of_birth": None}).in_month(JULY))


def test_a_payee_is_one_matter_and_never_shows_itself() -> None:
    """Key and person are the number; the month stands beside the table."""
    assert payee().key == ("880229820001",)
    assert payee().person == "880229820001"
    assert "CONTOH" not in repr(payee())
    assert payee(name="Contoh a/p Rekaan").name_in_file == "CONTOH A/P REKAAN"


def test_in_a_job_file_wages_are_ringgit_as_number_or_text() -> None:
    """The schema that editors read says what a person may write, not what is kept."""
    wages = Payee.model_json_schema()["properties"]["wages"]
    assert wages["type"] == ["number", "string"]
