"""What the last step is called, in a rehearsal and in a filing."""

from __future__ import annotations

import ast
import contextlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rpa.procedure.steps import Rehearsed, Steps

FLOWS = Path(__file__).parent.parent.parent / "rpa" / "flows"
PRESSES = sorted(
    {
        node.args[0].value
        for path in FLOWS.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
)


def told(press: str, *, rehearse: bool) -> list[str]:
    """The steps that a person sees of the last press."""
    seen: list[str] = []
    book: Any = SimpleNamespace(
        alive=lambda: None, step=lambda what, _row: seen.append(what), intend=lambda _rows: None
    )
    filing: Any = SimpleNamespace(rows=())
    with contextlib.suppress(Rehearsed), Steps(filing, book, rehearse).commit(press):
        pass
    return seen


@pytest.mark.parametrize("press", PRESSES)
def test_a_rehearsal_says_that_it_stops_before_the_press(press: str) -> None:
    """In both languages and with the button's own name; only a filing shows the press itself."""
    button = press.partition(",")[0].upper()
    (step,) = told(press, rehearse=True)
    assert step == f"berhenti sebelum {button} / stops before {button}"
    assert press not in step
    assert told(press, rehearse=False) == [press]


def test_every_press_of_the_flows_is_among_them() -> None:
    """The list above is read from the flows: it is not empty by a mistake."""
    assert {"Hantar, Sahkan", "Keluar, Sahkan"} <= set(PRESSES)
