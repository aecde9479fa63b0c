"""The same objection to neighbouring cells, said once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.errors import Problem, Severity, Words

_XLSX = re.compile(r"(?P<before>.*!)(?P<column>[A-Z]*)(?P<row>[0-9]+)", re.DOTALL)
_CSV = re.compile(r"(?P<before>.*): row (?P<row>[0-9]+)(?P<column>|, column .*)", re.DOTALL)
_TEXT = re.compile(r"(?P<before>.*): line (?P<row>[0-9]+)(?P<column>|, positions? .*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Grouped:
    """One line to show: ``address`` is a cell, or a run of them with their count."""

    address: str
    code: str
    words: Words
    severity: Severity
    count: int


class _Where(NamedTuple):
    form: re.Pattern[str]
    before: str
    column: str
    row: int


@dataclass(slots=True)
class _Run:
    first: Problem
    where: _Where | None
    last: int = 0
    count: int = field(default=1)

    def grouped(self) -> Grouped:
        first = self.first
        address = first.address
        if self.where is not None and self.count > 1:
            address = _span(self.where, self.last, self.count)
        return Grouped(address, first.code, first.words, first.severity, self.count)


def group(problems: Iterable[Problem]) -> list[Grouped]:
    """Problems with the same words in one column's consecutive rows become one.

    Such as ``joiners.xlsx!Sheet1!A2:A26 (25 cells)`` and ``joiners.csv: rows 2-26, column ic (25
    cells)``; of a text file ``contributions.txt: lines 1-25, positions 195-200 (25 lines)``. The
    order is that of each group's first problem.
    """
    runs: list[_Run] = []
    open_runs: dict[object, _Run] = {}
    for problem in problems:
        where = _where(problem.address)
        key = where and (where.before, where.column, problem.code, problem.words, problem.severity)
        run = open_runs.get(key) if key else None
        if run is not None and where is not None and where.row == run.last + 1:
            run.last, run.count = where.row, run.count + 1
            continue
        run = _Run(problem, where, where.row if where else 0)
        runs.append(run)
        if key:
            open_runs[key] = run
    return [run.grouped() for run in runs]


def _where(address: str) -> _Where | None:
    for pattern in (_XLSX, _CSV, _TEXT):
        if match := pattern.fullmatch(address):
            return _Where(pattern, match["before"], match["column"], int(match["row"]))
    return None


def _span(where: _Where, last: int, count: int) -> str:
    if where.form is _TEXT:
        return f"{where.before}: lines {where.row}-{last}{where.column} ({count} lines)"
    unit = "cells" if where.column else "rows"
    if where.form is _XLSX:
        column = where.column
        return f"{where.before}{column}{where.row}:{column}{last} ({count} {unit})"
    return f"{where.before}: rows {where.row}-{last}{where.column} ({count} {unit})"
