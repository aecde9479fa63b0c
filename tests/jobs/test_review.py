"""The job file of a review: every mistake at its place, before a browser opens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rpa.jobs import check_review, is_review, schema
from rpa.jobs.review import MOST_MONTHS
from rpa.rules.months import Month

TODAY = date(2026, 11, 22)
HEAD = "procedure: review_contributions\nemployer: E9900001234V\n"
FIXTURES = Path(__file__).parents[2] / "fixtures"
PAYROLL = "No. KPPN,Nama,Gaji\n900101005555,CONTOH BIN REKAAN,{}\n"


def found(folder: Path, text: str) -> list[tuple[str, str]]:
    """Where the errors are, and what they are."""
    path = folder / "review.yaml"
    path.write_text(text, "utf-8")
    checked = check_review(path, today=TODAY)
    assert (checked.plan is None) == bool(checked.errors)
    return [(problem.address, problem.code) for problem in checked.errors]


def test_the_sample_checks_and_names_the_schema() -> None:
    """Nobody in it exists; the schema knows the review as it knows the procedures."""
    path = FIXTURES / "review_contributions/review.yaml"
    checked = check_review(path, today=TODAY)
    assert checked.plan is not None
    assert checked.plan.months == (Month(2026, 9), Month(2026, 10))
    assert [p.code for p in checked.problems] == ["nric-birthplace"] * 2
    assert path.read_text("utf-8").splitlines()[0].endswith("$schema=../job.schema.json")
    assert "review_contributions" in schema(None)["$defs"]
    assert {"from", "to", "months"} <= set(schema("review_contributions")["properties"])


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("months: [10/2026, 09/2026]", (Month(2026, 9), Month(2026, 10))),
        ("from: 12/2025\nto: 02/2026", (Month(2025, 12), Month(2026, 1), Month(2026, 2))),
        ("from: 11/2026\nto: 11/2026", (Month(2026, 11),)),
    ],
)
def test_months_are_a_list_or_a_first_and_a_last(
    tmp_path: Path, text: str, months: tuple[Month, ...]
) -> None:
    """Oldest first, whatever order they are written in."""
    path = tmp_path / "review.yaml"
    path.write_text(HEAD + text, "utf-8")
    plan = check_review(path, today=TODAY).plan
    assert plan is not None
    assert plan.months == months


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", ("review.yaml:1:1", "months-none")),
        ("from: 01/2026", ("review.yaml:1:1", "months-none")),
        ("months: [13/2026]", ("review.yaml:3:10", "month-form")),
        ("months: [10/2026, 10/2026]", ("review.yaml:3:19", "month-twice")),
        ("months: [12/2026]", ("review.yaml:3:10", "month-future")),
        ("months: [10/2026]\nto: 10/2026", ("review.yaml:3:1", "months-both")),
        ("from: 10/2026\nto: 09/2026", ("review.yaml:4:5", "months-order")),
        ("from: 01/2010\nto: 09/2026", ("review.yaml:3:7", "months-many")),
        ("months: [10/2026]\nact: eis", ("review.yaml:4:1", "key-unknown")),
        ("months: [10/2026]\nacts: all", ("review.yaml:4:7", "key-choice")),
        ("months: 10/2026", ("review.yaml:3:9", "key-list")),
        ("months: [2026]", ("review.yaml:3:10", "yaml-quotes")),
        ("months: [10/2026]\ntables: {9/2026: {file: a.csv}}", ("review.yaml:4:10", "month-form")),
        (
            "months: [10/2026]\ntables: {09/2026: {file: a.csv}}",
            ("review.yaml:4:10", "table-month"),
        ),
        (
            "months: [10/2026]\ntables: {10/2026: {file: a.csv}}",
            ("review.yaml:4:26", "file-missing"),
        ),
        (
            "months: [01/2016]\ntables: {01/2016: {file: a.csv}}",
            ("review.yaml:4:10", "month-unknown"),
        ),
    ],
)
def test_what_is_wrong_with_the_months_and_tables_stands_at_its_place(
    tmp_path: Path, text: str, error: tuple[str, str]
) -> None:
    """One mistake, one objection."""
    assert found(tmp_path, HEAD + text) == [error]


def test_all_mistakes_come_at_once_the_tables_after_the_file(tmp_path: Path) -> None:
    """The wrong code, the wrong cell of each table, in order."""
    for month in ("09", "10"):
        (tmp_path / f"{month}.csv").write_text(PAYROLL.format("3000.005"), "utf-8")
    text = (
        "procedure: review_contributions\nemployer: E99\nmonths: [09/2026, 10/2026]\n"
        "tables:\n  09/2026: {file: 09.csv}\n  10/2026: {file: 10.csv}\n"
    )
    assert [address for address, _ in found(tmp_path, text)] == [
        "review.yaml:2:11",
        "09.csv: row 2, column Gaji",
        "10.csv: row 2, column Gaji",
    ]


def test_a_payroll_is_judged_by_its_own_month(tmp_path: Path) -> None:
    """An opt-out of SKBBK that July allows is refused for June."""
    table = "No. KPPN,Nama,Gaji,Keluar SKBBK\n900101005555,CONTOH BIN REKAAN,3000,Ya\n"
    (tmp_path / "a.csv").write_text(table, "utf-8")
    text = "months: [06/2026, 07/2026]\ntables: {06/2026: {file: a.csv}, 07/2026: {file: a.csv}}"
    assert found(tmp_path, HEAD + text) == [("a.csv: row 2, column Keluar SKBBK", "skbbk-june")]


def test_a_payroll_of_another_employer_is_refused(tmp_path: Path) -> None:
    """All his people would differ."""
    table = "B9900005678W\nNo. KPPN,Nama,Gaji\n900101005555,CONTOH BIN REKAAN,3000\n"
    (tmp_path / "a.csv").write_text(table, "utf-8")
    errors = found(tmp_path, HEAD + "months: [10/2026]\ntables: {10/2026: {file: a.csv}}")
    assert [code for _, code in errors] == ["employer-other"]


def test_seven_years_are_reviewed_at_once(tmp_path: Path) -> None:
    """As long as an employer keeps his register."""
    path = tmp_path / "review.yaml"
    path.write_text(f"{HEAD}from: 12/2019\nto: 11/2026\n", "utf-8")
    plan = check_review(path, today=TODAY).plan
    assert plan is not None
    assert len(plan.months) == MOST_MONTHS == 84


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(HEAD, True), ("procedure: add_employees", False), ("", False), ("{", False), ("- a", False)],
)
def test_a_review_is_told_from_other_jobs(tmp_path: Path, text: str, is_one: bool) -> None:  # noqa: FBT001
    """Also where the file is no job at all."""
    path = tmp_path / "job.yaml"
    path.write_text(text, "utf-8")
    assert is_review(path) is is_one
    assert not is_review(tmp_path / "missing.yaml")
