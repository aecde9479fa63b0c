"""`assist-rpa profile`: everything about the portal's looks without a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from rpa.cli import console
from rpa.cli import profile as command
from rpa.cli.main import app
from rpa.errors import ConfigInvalid, RpaError
from rpa.portal.profile import Mend, overlay_schema, shipped

if TYPE_CHECKING:
    from pathlib import Path

MENDED = """extends: assist-2019
screens:
  EmployeePopup:
    save: {bm: Simpan Pekerja, confirmed: {by: Pejabat Contoh, on: 2026-11-28}}
  LocalFields:
    race: {en: Ethnic Group}
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(console.out, "width", 160)
    (tmp_path / "profile.yaml").write_text(MENDED, "utf-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["check", "show", "diff", "status", "schema"])
def test_each_help_has_an_example(name: str) -> None:
    """As every command's."""
    told = CliRunner().invoke(app, ["profile", name, "--help"])
    assert told.exit_code == 0
    assert f"Example: assist-rpa profile {name}" in told.output


def test_check_says_what_the_overlay_is_worth(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it mends; nothing; or what is wrong with it."""
    assert command.check(config) == 0
    assert "profile.yaml mends entries: 2" in said(capsys)
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "bm")
    (config / "profile.yaml").unlink()
    assert command.check(config) == 0
    assert "profile.yaml tidak mengubah apa-apa." in said(capsys)
    (config / "profile.yaml").write_text(MENDED.replace("race", "rase"), "utf-8")
    with pytest.raises(ConfigInvalid) as failed:
        command.check(config)
    assert failed.value.exit_code == 78
    assert failed.value.where.endswith("profile.yaml:6:5")


def test_show_and_diff_say_where_each_thing_came_from(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line of the shipped profile, and that of the overlay."""
    assert command.show("EmployeePopup", config) == 0
    lines = {line.split()[0]: line for line in said(capsys).splitlines() if line.strip()}
    assert "Simpan Pekerja" in lines["save"]
    assert "Pejabat Contoh," in lines["save"]
    assert lines["race"].split("Ethnic Group")[1].split()[:2] == ["_dto.raceId", "mended"]
    assert lines["race"].split()[-1] == "profile.yaml:6"  # and below it the line of before
    assert "assumed" in lines["title"]
    assert command.show(None, config) == 0
    assert "SubmissionRecord" in said(capsys)
    with pytest.raises(RpaError) as failed:
        command.show("EmployeePopp", config)
    assert "EmployeePopup" in failed.value.words.bm
    assert command.diff(config) == 0
    changed = said(capsys)
    assert "LocalFields.race: en" in changed
    assert "EmployeePopup.race" not in changed  # once, where it is mended
    assert changed.count("\n") == 3


def test_status_counts_what_was_confirmed(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By screen and in all; the figure that the README tells openly."""
    assert command.status(config) == 0
    told = said(capsys)
    assert f"Entries confirmed on the live portal: 1 of {len(shipped().declared)}" in told
    assert any(line.split()[:4] == ["EmployeePopup", "1", "of", "8"] for line in told.splitlines())
    (config / "profile.yaml").unlink()
    assert command.status(config) == 0
    assert f"confirmed on the live portal: 0 of {len(shipped().declared)}" in said(capsys)


def test_the_schema_knows_every_entry(capsys: pytest.CaptureFixture[str]) -> None:
    """An editor completes screens and entries by name, and marks whatever is none."""
    assert command.schema() == 0
    assert json.loads(said(capsys)) == overlay_schema()
    told = overlay_schema()
    assert set(told["$defs"]["Screens"]["properties"]) == set(shipped().screens)
    popup = told["$defs"]["EmployeePopup"]
    assert popup["additionalProperties"] is False
    assert {"save", "race", "known"} < set(popup["properties"])
    columns = told["$defs"]["Inbox_cases_columns"]["properties"]
    assert set(columns) == {"reference", "description", "status"}
    assert set(told["$defs"]["Mend"]["properties"]) == set(Mend.model_fields)
