"""docs/register.md says what is so: its table, its commands and their answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from rpa import jobs
from rpa.errors import Words
from rpa.model.filing import RowState, Verdict
from rpa.model.job import Table
from rpa.register import Register, entries_of
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from tests.test_docs_textfiles import ROOT, answer

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = (ROOT / "docs/register.md").read_text("utf-8")


@dataclass(frozen=True)
class Job:
    month: Month
    employer: str = "E9900001234V"
    act: str = "both"
    kind: str = "month"


def filed(table: Path, month: Month, count: int) -> list[Any]:
    """The first rows of the page's table, as a run would have filed them."""
    found = jobs.read_table(
        Table(file=table), Payee, lambda one: one.in_month(month), today=date(2026, 11, 22)
    )
    assert not found.errors
    at = datetime(2026, 10, 14, tzinfo=UTC)
    verdicts = [
        Verdict(row, RowState.FILED, Words("", ""), f"ACR{month.digits}", at) for row in found.rows
    ]
    return entries_of(Job(month), verdicts[:count], "r")


def test_every_command_of_the_page_answers_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the page's order, on a register filled from the page's own table."""
    (table,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "payroll.csv").write_text(table, "utf-8")
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    with Register.open(tmp_path / "home/register.sqlite3") as register:
        for number, count in ((6, 2), (7, 1), (9, 2)):
            register.keep(filed(tmp_path / "payroll.csv", Month(2026, number), count))
    steps = [
        step
        for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
        for step in re.findall(r"\$ (.*)\n((?:(?!\$ ).*\n)*)", block)
    ]
    assert len(steps) == 4
    for command, printed in steps:
        assert answer(command, tmp_path) == printed.strip("\n"), command
