"""`--json`: one object on stdout for every reading command, by one schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rpa.cli.answer import ANSWERS, schema
from rpa.cli.main import app

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs" / "answers.schema.json"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was run here; no portal is named but one that is not there."""
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSIST_RPA_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("ASSIST_RPA_PORTAL", "http://127.0.0.1:9")
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2026-11-20")
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")


def asked(*words: str | Path) -> tuple[int, dict[str, Any], str]:
    """Exit code, the object, and what stood on stderr."""
    done = CliRunner().invoke(app, [*map(str, words), "--json"])
    told = json.loads(done.stdout)
    ANSWERS[told["command"]].model_validate(told)  # what the schema is made of
    assert told["exit"] == done.exit_code
    return done.exit_code, told, done.stderr


def test_a_check_tells_rows_by_filing() -> None:
    """The words for a person go to stderr."""
    code, told, said = asked("check", ROOT / "fixtures/add_employees/job.yaml")
    assert (code, told["command"], told["error"]) == (0, "check", None)
    assert (told["told"]["rows"], len(told["told"]["filings"])) == (25, 3)
    assert "25 rows in 3 filings" in said


def test_what_is_wrong_stands_in_it_and_the_code_is_the_same(tmp_path: Path) -> None:
    """Each problem with its place; the error with whose move is next."""
    job = tmp_path / "job.yaml"
    job.write_text("procedure: add_employees\nemployer: E9900001234V\nrowz: []\n")
    code, told, said = asked("check", job)
    assert (code, told["error"]["kind"], told["told"]) == (65, "JobInvalid", None)
    assert told["error"]["next_move"]["en"]
    assert "job.yaml:3:1" in [one["address"] for one in told["problems"]]
    assert CliRunner().invoke(app, ["check", str(job)]).exit_code == 65
    assert "job.yaml:3:1" in said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("columns add_employees", 0),
        ("columns add_employes", 65),
        ("approve", 0),
        ("schedule", 78),
        ("report", 78),
        ("evidence verify", 78),
        ("evidence verify --all", 78),
        ("profile show EmployeePopup", 0),
        ("profile show Nowhere", 65),
        ("profile diff", 0),
        ("profile status", 0),
    ],
)
def test_every_reading_command_has_it_with_its_own_code(words: str, code: int) -> None:
    """As without."""
    told = asked(*words.split())
    assert told[0] == code == CliRunner().invoke(app, words.split()).exit_code
    assert told[1]["command"] in words


def test_a_folder_that_is_no_run_is_told_as_evidence(tmp_path: Path) -> None:
    """Its problems, and the code 1."""
    (tmp_path / "run").mkdir()
    code, told, _ = asked("evidence", "verify", tmp_path / "run")
    assert (code, bool(told["problems"])) == (1, True)
    assert told["told"][0]["folder"] == str(tmp_path / "run")


def test_the_profile_is_told_whole() -> None:
    """By the keys of the file, with what is confirmed."""
    told = asked("profile", "show", "EmployeePopup")[1]["told"]
    save = next(one for one in told if one["key"] == "EmployeePopup.save")
    assert save["look"]["bm"]
    assert sum(one["confirmed"] for one in asked("profile", "status")[1]["told"]) == 0


def test_the_schema_of_the_docs_is_the_codes() -> None:
    """``python -m tests.cli.test_answer`` writes it."""
    assert json.loads(SCHEMA.read_text("utf-8")) == schema()
    text = (ROOT / "docs/exit-codes.md").read_text("utf-8")
    assert all(f"`{name}`" in text for name in ANSWERS)


if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(schema(), indent=1) + "\n", "utf-8")
