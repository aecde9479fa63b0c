"""What the bar tells: rows of this run, and at which of them it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from rpa.cli import console
from rpa.cli.progress import Bar
from rpa.errors import Stopped, Words
from rpa.model.filing import Row, RowState, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[[Bar], str]:
    """The bar's line as it stands."""
    monkeypatch.setenv("ASSIST_RPA_LANGUAGE", "en")
    monkeypatch.setattr(console, "err", Console(file=io.StringIO(), width=120, force_terminal=True))

    def line(bar: Bar) -> str:
        page = Console(file=io.StringIO(), width=120, color_system=None)
        page.print(bar._progress.get_renderable())
        assert isinstance(page.file, io.StringIO)
        return page.file.getvalue()

    return line


def row(number: int) -> Row[Any]:
    return Row(number, f"t.xlsx!A{number}", None)


def test_rows_of_an_earlier_run_are_no_progress_of_this_one(shown: Callable[[Bar], str]) -> None:
    """Nor are those that wait for their day; a filing that starts over begins at its first row."""
    bar = Bar()
    bar.started(5, 1)
    bar.verdict(Verdict(row(2), RowState.FILED, Words("", ""), before=True))
    bar.verdict(Verdict(row(3), RowState.LATER, Words("", "")))
    assert "0/3" in shown(bar)
    for number in (4, 5):
        bar.step("add the workers", row(number))
    assert "row 5 (2 of 3)" in shown(bar)
    assert "left" not in shown(bar)
    bar.verdict(Verdict(row(4), RowState.FILED, Words("", "")))
    assert "1/3" in shown(bar)
    bar.again(Stopped(Words("", "")), 1, 3)
    bar.step("add the workers", row(5))
    assert "row 5 (2 of 3)" in shown(bar)
