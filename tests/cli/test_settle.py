"""A person's answer: shown before it is noted, corrected with a reason, never by overwriting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from rpa.cli import console
from rpa.cli.main import app
from rpa.errors import Words
from rpa.ledger.ledger import FilingState, Ledger, Outcome
from tests.cli.test_cancel import assist, home
from tests.ledger.people import Run, joiner

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["home"]
NUMBER, OTHER = "CAN11202600000001", "CAN11202600000002"
WHY = ("--reason", "seen there")


@pytest.fixture
def filing(home: Path) -> str:
    """Of three rows, in doubt."""
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        pressed = run.intended(joiner(1), joiner(2), joiner(3))
        ledger.in_doubt(pressed.id, Words("", "the answer was lost"), run.lease)
        run.end()
    return pressed.id


def events(home: Path, filing: str) -> list[str]:
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        return [one.kind for one in ledger.events_of(filing)]


def state(home: Path, filing: str) -> FilingState:
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        found = ledger.filing(filing)
    assert found is not None
    return found.state


def test_what_will_be_noted_is_shown_and_that_nobody_looked(filing: str) -> None:
    """Procedure, employer, rows, when it was pressed, what follows; no portal was ever named."""
    code, said = assist("settle", filing[:8], "--not-filed", *WHY)
    assert code == 0
    for words in ("add_employees · E9900001234V · rows 2-4 · pressed ", "presses these rows AGAIN",
                  "The portal could not be looked at"):  # fmt: skip
        assert words in said
    assert "9001010" not in said


def test_without_a_look_it_says_so(filing: str) -> None:
    """And what is filed is never pressed again."""
    code, said = assist("settle", filing[:8], "--filed", NUMBER, "--no-look", *WHY)
    assert code == 0
    assert "was not looked at (--no-look)" in said
    assert f"filed, {NUMBER}. These rows are never pressed again" in said


@pytest.mark.parametrize("first", Outcome)
def test_a_wrong_answer_is_corrected_and_both_stay(
    home: Path, filing: str, first: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second answer by itself is refused with the way; the correction appends."""
    ways = {Outcome.FILED: ("--filed", NUMBER), Outcome.NOT_FILED: ("--not-filed",)}
    second = next(outcome for outcome in Outcome if outcome is not first)
    assert assist("settle", filing[:8], *ways[first], *WHY)[0] == 0
    before = events(home, filing)
    code, said = assist("settle", filing[:8], *ways[second], *WHY)
    assert code == 78
    assert f"assist-rpa settle {filing[:8]} --correct --reason" in said
    again = ("--correct", *ways[second], "--reason", "it was another case")
    code, said = assist("settle", filing[:8], *again)
    assert code == 0
    assert f"The earlier answer is taken back: {first.value}" in said
    ends = FilingState.FILED if second is Outcome.FILED else FilingState.CANCELLED
    assert state(home, filing) is ends
    assert events(home, filing) == [*before, "answer taken back", "settled"]
    monkeypatch.setattr(console.out, "width", 250)
    told = assist("status")[1]
    assert all(words in told for words in ("seen there", "it was another case", "taken back"))
    assert assist("status", "--verify")[0] == 0


def test_an_answer_taken_back_alone_leaves_a_doubt(home: Path, filing: str) -> None:
    """Which alarms, and which the next run looks at."""
    assert assist("settle", filing[:8], "--filed", NUMBER, *WHY)[0] == 0
    code, said = assist("settle", filing[:8], "--correct", *WHY)
    assert (code, "in doubt again" in said) == (14, True)
    assert state(home, filing) is FilingState.IN_DOUBT
    assert assist("status")[0] == 14
    assert assist("settle", filing[:8], "--correct", *WHY)[0] == 78
    assert assist("settle", filing[:8], "--filed", OTHER, *WHY)[0] == 0


def test_nothing_is_corrected_that_was_pressed_again(home: Path, filing: str) -> None:
    """Nor what the portal's record said since."""
    assert assist("settle", filing[:8], "--not-filed", *WHY)[0] == 0
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        again = run.filed(joiner(1))
        run.end()
    code, said = assist("settle", filing[:8], "--correct", "--filed", NUMBER, *WHY)
    assert code == 65
    assert f"pressed once more since that answer, in filing {again.id[:8]}" in said
    assert state(home, filing) is FilingState.CANCELLED
    assert assist("settle", again.id[:8], "--correct", *WHY)[0] == 78


def test_a_person_at_a_terminal_is_asked_once_more(
    home: Path, filing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No is no: nothing is noted. `--yes` asks nothing."""
    monkeypatch.setattr(console, "at_a_terminal", lambda: True)

    def typed(answer: str, *words: str) -> int:
        settle = ["settle", filing[:8], *words, *WHY]
        return CliRunner().invoke(app, settle, input=f"{answer}\n").exit_code

    assert typed("n", "--not-filed") == 130
    assert state(home, filing) is FilingState.IN_DOUBT
    assert typed("y", "--not-filed") == 0
    assert typed("n", "--correct") == 130
    assert state(home, filing) is FilingState.CANCELLED
    assert typed("", "--correct", "--yes") == 14
