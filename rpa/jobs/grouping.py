"""The same objection to neighbouring cells, said once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from rpa.errors import Problem, Words
from rpa.jobs.aside import Aside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.errors import Severity

_XLSX = re.compile(r"(?P<before>.*!)(?P<column>[A-Z]*)(?P<row>[0-9]+)", re.DOTALL)
_CSV = re.compile(r"(?P<before>.*): row (?P<row>[0-9]+)(?P<column>|, column .*)", re.DOTALL)
_SEVERAL = 2
_TEXT = re.compile(r"(?P<before>.*): line (?P<row>[0-9]+)(?P<column>|, positions? .*)", re.DOTALL)


_ROWS = re.compile(
    r"(?P<file>.*): rows? (?P<rows>[0-9]+(-[0-9]+)?|[0-9]+, [0-9, -]+)(?P<column>, column .*?)?"
    r"( \((?P<count>[0-9]+) (?P<unit>cells|rows)\))?",
    re.DOTALL,
)
_LINES = re.compile(
    r"(?P<file>.*): lines? (?P<rows>[0-9]+(-[0-9]+)?)(?P<column>, positions? .*?)?"
    r"( \((?P<count>[0-9]+) (?P<unit>lines)\))?",
    re.DOTALL,
)
_CELLS = re.compile(r"(?P<cells>.*) \((?P<count>[0-9]+) (?P<unit>cells|rows)\)", re.DOTALL)
_UNITS: Final = {"cells": "sel", "rows": "baris", "lines": "baris"}
_LEFT_OUT: Final = frozenset({Aside.TOTAL.value, Aside.FOOTER.value, Aside.HEADING.value})
LEFT_OUT: Final = Words(
    "Baris ini jumlah, tajuk atau kaki jadual dan bukan pekerja; semuanya ditinggalkan.",
    "These rows are totals, headings or footers and no workers; they are left out.",
)


def in_words(address: str) -> Words:
    """An address as a person reads it: ``p.csv: baris 3, lajur Gaji``; files stay as they are."""
    if found := _ROWS.fullmatch(address) or _LINES.fullmatch(address):
        column = re.sub(r"^, column", ", lajur", found["column"] or "")
        column = re.sub(r"^, positions?", ", kedudukan", column)
        return Words(f"{found['file']}: baris {found['rows']}{column}{_counted(found)}", address)
    if found := _CELLS.fullmatch(address):
        return Words(f"{found['cells']}{_counted(found)}", address)
    return Words.quoted(address)


def _counted(found: re.Match[str]) -> str:
    return f" ({found['count']} {_UNITS[found['unit']]})" if found["count"] else ""


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
    problems = _left_out_once(list(problems))
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


def _left_out_once(problems: list[Problem]) -> list[Problem]:
    """Totals, headings and footers that were left out as one line, where several kinds are."""
    aside = [(p, w) for p in problems if p.code in _LEFT_OUT and (w := _where(p.address))]
    if len({p.words for p, _ in aside}) < _SEVERAL or len({w.before for _, w in aside}) > 1:
        return problems
    first, where = aside[0]
    rows = sorted({w.row for _, w in aside})
    listed = ", ".join(map(str, rows))
    csv = where.form is not _XLSX
    told = Problem(
        f"{where.before}: rows {listed}" if csv else f"{where.before}{listed}",
        first.code, LEFT_OUT, first.severity,
    )  # fmt: skip
    gone = [p for p, _ in aside]
    return [told if p is first else p for p in problems if p is first or p not in gone]


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
