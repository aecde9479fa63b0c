"""assist-rpa cancel, which a message names, exists and takes back nothing that was pressed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from rpa.cli.main import app
from rpa.ledger.ledger import MAX_ATTEMPTS, Exhausted, Ledger
from tests.ledger.people import Run, joiner

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    return tmp_path / "home"


def assist(*words: str) -> tuple[int, str]:
    said = CliRunner().invoke(app, list(words))
    assert said.exception is None or isinstance(said.exception, SystemExit)
    return said.exit_code, " ".join(said.output.split())


def given_up(home: Path) -> str:
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        filing = run.plan(joiner(7))
        for _ in range(MAX_ATTEMPTS):
            ledger.begin_attempt(filing.id, run.lease)
        with pytest.raises(Exhausted) as told:
            ledger.begin_attempt(filing.id, run.lease)
        assert "assist-rpa cancel" in told.value.next_move.en
        assert "assist-rpa cancel" in told.value.next_move.bm
        run.end()
    return filing.id


def test_the_command_that_the_message_names_lets_it_be_tried_anew(home: Path) -> None:
    """Who did it and why is kept."""
    filing = given_up(home)
    code, said = assist("cancel", filing[:8], "--reason", "the portal was mended")
    assert (code, "the next run tries it anew" in said) == (0, True)
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        assert (found := ledger.filing(filing)) is not None
        assert (found.state, found.cause) == ("cancelled", "by a person")
        last = json.loads(ledger.events_of(filing)[-1].data)
    assert last["reason"] == "the portal was mended"
    assert last["by"]
    assert assist("cancel", filing[:8], "--reason", "again")[0] == 78


def test_a_filing_that_was_pressed_is_never_cancelled(home: Path) -> None:
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        filing = run.intended(joiner(8))
        run.end()
    code, said = assist("cancel", filing.id[:8], "--reason", "gone")
    assert code == 78
    assert "The ledger was not changed." in said
    assert assist("cancel", given_up(home)[:8], "--reason", " ")[0] == 78
