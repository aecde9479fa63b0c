"""The samples are documentation: they check, and their schema is the models'."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rpa.jobs import check, models, names, schema
from rpa.rules import nric

FIXTURES = Path(__file__).parents[2] / "fixtures"
SAMPLES = sorted(FIXTURES.glob("*/job*.yaml"))
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_sample_job_checks_and_names_the_schema(path: Path) -> None:
    """No errors; the first line tells an editor where the schema is."""
    result = check(path, today=TODAY)
    assert not result.errors
    assert result.plan is not None
    first = path.read_text("utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == FIXTURES / "job.schema.json"


def test_the_sample_workbook_has_twenty_five_workers_whom_nobody_is() -> None:
    """Every identity number carries a birthplace code that is not in use."""
    result = check(FIXTURES / "add_employees" / "job.yaml", today=TODAY)
    assert result.rows_read == 25
    codes = [p.code for p in result.problems]
    assert codes.count("nric-birthplace") == 25
    assert set(codes) == {"nric-birthplace", "column-unknown"}


def test_workbook_and_csv_hold_the_same_people() -> None:
    """The two samples are one list."""
    plans = [
        check(FIXTURES / "add_employees" / name, today=TODAY).plan
        for name in ("job.yaml", "job-csv.yaml")
    ]
    keys = [{row.record.key for row in plan.rows} for plan in plans if plan]
    assert len(keys) == 2
    assert keys[0] == keys[1]


def test_every_procedure_has_a_sample() -> None:
    """An operator begins with one."""
    assert {path.parent.name for path in SAMPLES} == set(models.names())


def test_the_people_of_the_samples_are_nobody() -> None:
    """Every NRIC, a household's included, carries a birthplace code that is not in use."""
    for path in SAMPLES:
        result = check(path, today=TODAY)
        assert result.plan is not None
        people = [row.record.person for row in result.plan.rows]
        numbers = [person for person in people if nric.well_formed(person)]
        brn = {"202601999991"} & set(people)
        assert all(not nric.birthplace_in_use(number) for number in set(numbers) - brn)


def test_the_samples_of_mixed_lists_hold_what_they_say() -> None:
    """Six workers of two kinds; a business with four; a household with two helpers."""
    groups = {}
    for name in (
        "add_employees/job-foreign",
        "register_employer/job",
        "register_domestic_employer/job",
    ):
        plan = check(FIXTURES / f"{name}.yaml", today=TODAY).plan
        assert plan is not None
        groups[name.partition("/")[0]] = [
            Counter(row.record.group for row in filing if row.number) for filing in plan.filings
        ]
    assert groups == {
        "add_employees": [Counter({"local": 3}), Counter({"foreign": 3})],
        "register_employer": [Counter({"local": 3, "foreign": 1})],
        "register_domestic_employer": [Counter({"domestic local": 1, "domestic foreign": 1})],
    }


def test_the_samples_do_not_go_stale_soon() -> None:
    """Nothing but first and last days ages within three years, and those are a warning only."""
    for path in SAMPLES:
        codes = {p.code for p in check(path, today=date(2029, 8, 1)).problems}
        assert codes <= {
                "nric-birthplace", "column-unknown", "start-late", "resign-late", "month-late",
            }  # fmt: skip


def test_the_committed_schema_is_the_models_own() -> None:
    """Run `python fixtures/make.py` when a model has changed."""
    committed = json.loads((FIXTURES / "job.schema.json").read_text("utf-8"))
    assert committed == schema(None)


def test_every_procedure_has_a_schema_that_refuses_unknown_keys() -> None:
    """And the whole one tells them apart by their name."""
    whole = schema(None)
    assert {ref["$ref"].rpartition("/")[2] for ref in whole["oneOf"]} == set(names())
    for name in names():
        one = schema(name)
        assert one["additionalProperties"] is False
        assert one["properties"]["procedure"]["const"] == name


def test_every_reference_of_the_schema_leads_somewhere() -> None:
    """An editor follows each of them."""
    whole = schema(None)

    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [ref for value in node.values() for ref in references(value)]
        return [r for item in node for r in references(item)] if isinstance(node, list) else []

    for reference in references(whole):
        node = whole
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


def test_an_unknown_procedure_has_no_schema() -> None:
    """The caller hears it as a KeyError."""
    with pytest.raises(KeyError):
        schema("gone")
