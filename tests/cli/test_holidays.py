"""`assist-rpa holidays`: lines that config/calendar.yaml takes as they are."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from rpa import settings
from rpa.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSIST_RPA_CONFIG", str(tmp_path))
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    return tmp_path / "calendar.yaml"


def test_what_is_printed_is_what_the_calendar_takes(office: Path) -> None:
    """Of the state; what the file has already is not printed again."""
    office.write_text("holidays: {2027-12-25: Hari Krismas}\n", "utf-8")
    said = CliRunner().invoke(app, ["holidays", "johor", "2027"])
    assert said.exit_code == 0, said.output
    assert "2027-12-25" not in said.stdout
    assert "gazette" in said.stderr
    lines = textwrap.indent(textwrap.dedent(said.stdout), "  ")
    office.write_text(f"holidays:\n{lines}", "utf-8")
    found = settings.load().calendar().holidays
    assert found[date(2027, 3, 23)] == "Hari Keputeraan Sultan Johor"
    assert date(2027, 8, 31) in found
    sabah = CliRunner().invoke(app, ["holidays", "Sabah", "2027"])
    assert "2027-03-23" not in sabah.stdout


@pytest.mark.usefixtures("office")
def test_no_such_state_is_said_with_the_nearest() -> None:
    """And nothing is printed that could be pasted."""
    said = CliRunner().invoke(app, ["holidays", "Selangur", "2027"])
    assert (said.exit_code, said.stdout) == (65, "")
    assert "Selangor" in said.stderr
