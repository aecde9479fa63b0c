"""The one thing besides rows: an employer to be registered, changes, a case under query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rpa.jobs import schema
from rpa.rules.case_query import CaseQuery
from rpa.rules.domestic import DomesticEmployer
from rpa.rules.employer import Employer
from tests.jobs.build import (
    EMPLOYER_FIELDS,
    HOUSEHOLD_FIELDS,
    LOCAL_FIELDS,
    checked,
    entry,
    errors,
    found,
    job,
    line,
    mapping,
    paper,
)

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = "procedure: register_employer\nemployer:\n"
ROW = "rows:\n" + entry(LOCAL_FIELDS)
CHANGE = "procedure: update_employer\nemployer: E9900001234V\nchanges:\n"
QUERY = "procedure: add_documents\nemployer: E9900001234V\ncase:\n"
CASE = "  reference: CAN11202600000001\n  letter_date: 2026-11-18\n"
PAPERS = "documents: [{type: Others, file: answer.pdf}]\n"


def register(folder: Path, rows: str = ROW, **changes: Any) -> Path:
    return job(folder, REGISTER + mapping(EMPLOYER_FIELDS, "  ", **changes) + rows)


def test_the_head_is_the_first_row_and_goes_with_all_others(tmp_path: Path) -> None:
    """An employer and all of his workers are one filing, addressed by line and column."""
    plan = checked(register(tmp_path)).plan
    assert plan is not None
    head, worker = plan.rows
    assert (head.number, head.address) == (0, "joiners.yaml:3:3")
    assert isinstance(head.record, Employer)
    assert worker.number == 1
    assert plan.filings == ((head, worker),)
    assert plan.job.model_dump()["employer"]["registration_number"] == "202601999991"
    assert plan.job.employer_code == ""
    assert [r["identification"] for r in plan.job.model_dump()["rows"]] == ["900101005555"]


@pytest.mark.parametrize(
    ("changes", "place", "code"),
    [
        ({"state": None}, "3:3", "missing"),
        ({"state": ""}, "9", "missing"),
        ({"stat": "Johor"}, "3", "key-unknown"),
        ({"state": "[Johor]"}, "10", "key-text"),
        ({"state": "{a: b}"}, "10", "key-text"),
        ({"postcode": "80000"}, "13", "yaml-quotes"),
        ({"postcode": "08000"}, "13", "yaml-quotes"),
        ({"postcode": '"8000"'}, "13", "postcode-form"),
        ({"registration_number": "202601999991"}, "24", "yaml-quotes"),
        ({"registered_with_ssm": "2018"}, "24", "choice"),
        ({"eis_acknowledgement": None}, "3:3", "missing"),
        ({"eis_acknowledgement": "false"}, "24", "eis-consent"),
        ({"eis_acknowledgement": "maybe"}, "24", "yes-no"),
        ({"business_entity": "Corp"}, "20", "entity-unknown"),
        ({"industry_address_same_as_postal": "0"}, "36", "yes-no"),
        ({"industry_po_box": "x"}, "20", "address-twice"),
        ({"telephone": "+60300000001"}, "14", "yaml-quotes"),
        ({"telephone": "0300000001"}, "14", "yaml-quotes"),
        ({"telephone": '"0300000001"'}, "14", "phone-form"),
        ({"telephone": "{a: b}"}, "14", "key-text"),
        ({"email": "payroll"}, "10", "email-form"),
    ],
)
def test_a_mistake_in_the_head_is_said_at_its_own_value(
    tmp_path: Path, changes: dict[str, Any], place: str, code: str
) -> None:
    """Each value has its own line and column; what is missing has the head's."""
    path = register(tmp_path, **changes)
    (name, value), *_ = changes.items()
    if value is not None:
        at = line(path, f"{name}:")
        place = f"{at}:{place}"
    assert errors(path) == [(f"joiners.yaml:{place}", code)]


def test_each_number_of_a_list_has_its_own_place(tmp_path: Path) -> None:
    """All wrong ones at once; too many is said of the list."""
    path = register(tmp_path, telephone='["+60300000001", "123", 0300, [x], "x"]')
    at = line(path, "telephone")
    assert errors(path) == [
        (f"joiners.yaml:{at}:31", "phone-form"),
        (f"joiners.yaml:{at}:38", "yaml-quotes"),
        (f"joiners.yaml:{at}:44", "key-text"),
        (f"joiners.yaml:{at}:49", "phone-form"),
    ]
    path = register(tmp_path, telephone=str(["+60300000001"] * 4))
    assert errors(path) == [(f"joiners.yaml:{at}:14", "phone-many")]
    path = register(tmp_path, telephone=str(["+60300000001", "+60300000002"]), fax="[]")
    plan = checked(path).plan
    assert plan is not None
    assert plan.rows[0].record.telephone == ("+60300000001", "+60300000002")
    assert plan.rows[0].record.fax == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("procedure: register_employer\n" + ROW, [("1:1", "key-missing")]),
        (REGISTER + ROW, [("2:10", "key-mapping")]),
        (REGISTER[:-1] + " E9900001234V\n" + ROW, [("2:11", "key-mapping")]),
        (REGISTER[:-1] + " [a]\n" + ROW, [("2:11", "key-mapping")]),
        (CHANGE + "  {}\n", [("4:3", "change-none")]),
        (CHANGE + "  changed_on: 2026-11-16\n", [("4:3", "change-none")]),
        (CHANGE + "  city: Shah Alam\n", [("4:9", "change-cascade")]),
        (CHANGE + "  stat: Johor\n", [("4:3", "key-unknown"), ("4:3", "change-none")]),
        (CHANGE + "  postal_address_1: 12\n", [("4:21", "yaml-quotes")]),
        (CHANGE + "  registration_number: x\n  email: a@b.example\n", [("4:3", "key-unknown")]),
        (CHANGE.replace("1234V", "123V") + "  email: a@b.example\n", [("2:11", "employer-format")]),
        (CHANGE + "  email: a@b.example\nrows: []\n", [("5:1", "key-unknown")]),
        (CHANGE + "  email: a@b.example\ntable: {file: a.csv}\n", [("5:1", "key-unknown")]),
        (CHANGE + "  email: a@b.example\nrows_per_filing: 2\n", [("5:1", "key-unknown")]),
        (QUERY + CASE.replace("2026-11-18", "18 Nov") + PAPERS, [("5:16", "date-form")]),
        (QUERY + CASE.replace("2026-11-18", "2026-12-18") + PAPERS, [("5:16", "letter-future")]),
        (QUERY + CASE.replace("CAN", "CAT") + PAPERS, [("4:14", "reference-form")]),
        (QUERY + "  reference: CAN11202600000001\n" + PAPERS, [("4:3", "missing")]),
        (QUERY + CASE, [("1:1", "key-missing")]),
    ],
)
def test_a_head_that_is_missing_misshapen_or_out_of_place_is_said(
    tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    """A procedure takes its own keys and no others."""
    paper(tmp_path, "answer.pdf")
    wanted = [(f"joiners.yaml:{place}", code) for place, code in expected]
    assert errors(job(tmp_path, text)) == wanted


def test_one_unreadable_value_hides_no_other_and_makes_no_new_mistake(tmp_path: Path) -> None:
    """What is there but unreadable is not said to be missing."""
    path = register(
        tmp_path,
        industry_address_same_as_postal="false",
        industry_address_1="[x]",
        industry_state="Johor",
        industry_city="12",
        industry_postcode='"1"',
    )
    assert [code for _, code in errors(path)] == ["key-text", "yaml-quotes", "postcode-form"]
    path = job(tmp_path, CHANGE + "  state: Johor\n  city: 12\n  postcode: 80000\n")
    assert [code for _, code in errors(path)] == ["yaml-quotes", "yaml-quotes"]


def test_workers_are_read_although_the_head_is_wrong(tmp_path: Path) -> None:
    """And the other way about: all at once."""
    path = register(tmp_path, "rows:\n" + entry(LOCAL_FIELDS, name=None), state=None)
    assert [code for _, code in errors(path)] == ["missing", "missing"]


def test_a_registration_without_workers_is_a_mistake_and_a_change_is_none(tmp_path: Path) -> None:
    """The class of the job says whether it needs rows."""
    assert errors(register(tmp_path, rows="")) == [("joiners.yaml:1:1", "rows-none")]
    plan = checked(job(tmp_path, CHANGE + "  email: a@b.example\n")).plan
    assert plan is not None
    assert [row.number for row in plan.rows] == [0]
    assert plan.filings == (plan.rows,)
    assert plan.job.employer_code == "E9900001234V"


def test_a_case_under_query_is_a_plan_of_its_head_alone(tmp_path: Path) -> None:
    """Its papers are the job's."""
    paper(tmp_path, "answer.pdf")
    plan = checked(job(tmp_path, QUERY + CASE + PAPERS)).plan
    assert plan is not None
    (row,) = plan.rows
    assert isinstance(row.record, CaseQuery)
    assert row.record.key == ("CAN11202600000001", "2026-11-18")


def household(folder: Path, worker: str, **changes: str) -> Path:
    text = "procedure: register_domestic_employer\nemployer:\n"
    text += mapping(HOUSEHOLD_FIELDS, "  ", **changes)
    return job(folder, text + "rows:\n" + entry(LOCAL_FIELDS, worker=worker))


def test_a_household_takes_helpers_only_and_a_business_none(tmp_path: Path) -> None:
    """Rules between head and rows stand at the row's own cell."""
    path = household(tmp_path, "domestic local")
    plan = checked(path).plan
    assert plan is not None
    assert isinstance(plan.rows[0].record, DomesticEmployer)
    assert plan.rows[0].record.person == "790405175519"
    path = household(tmp_path, "local")
    at = line(path, "worker: ")
    assert errors(path) == [(f"joiners.yaml:{at}:13", "worker-not-domestic")]
    path = register(tmp_path, "rows:\n" + entry(LOCAL_FIELDS, worker="domestic local"))
    at = line(path, "worker: ")
    assert errors(path) == [(f"joiners.yaml:{at}:13", "worker-domestic")]


def test_nobody_is_employer_and_worker_of_one_household(tmp_path: Path) -> None:
    """The same number twice is a mistake wherever it stands."""
    path = household(tmp_path, "domestic local", registration_number="900101-00-5555")
    codes = [(address, code) for address, code in found(path) if code == "person-twice"]
    assert [address.split(":")[1] for address, _ in codes] == [
        str(line(path, "registration_number")),
        str(line(path, "identification")),
    ]


def test_no_value_of_a_head_shows_in_a_plan_or_a_problem(tmp_path: Path) -> None:
    """A household's number is a person's."""
    good = checked(household(tmp_path, "domestic local"))
    bad = checked(household(tmp_path, "local"))
    shown = repr(good) + str(good.plan) + repr(bad) + "".join(map(str, bad.problems))
    assert "790405" not in shown
    assert "JALAN" not in shown


def test_the_schema_has_heads_variants_and_only_the_keys_in_use() -> None:
    """An editor offers what a check takes."""
    register_schema = schema("register_employer")
    assert register_schema["properties"]["employer"]["$ref"].endswith("/Employer")
    kinds = register_schema["properties"]["rows"]["items"]["anyOf"]
    assert [kind["$ref"].rpartition("/")[2] for kind in kinds] == ["Employee", "ForeignEmployee"]
    assert "rows_per_filing" not in register_schema["properties"]
    assert register_schema["oneOf"] == [{"required": ["rows"]}, {"required": ["table"]}]
    change = schema("update_employer")
    assert change["properties"].keys() == {
        "procedure", "portal_id", "documents", "limits", "employer", "changes",
    }  # fmt: skip
    assert "oneOf" not in change
