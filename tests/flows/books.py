"""Flows without the runner: the robot's own flow, pages and steps, and a book for the notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rpa import flows
from rpa.jobs import check
from rpa.model.filing import Filing
from rpa.procedure.steps import Rehearsed, Steps
from tests.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rpa.errors import RowRefused
    from rpa.jobs import Plan
    from rpa.model.filing import Papers, Receipt, Row
    from rpa.portal.tab import Portal

    Parts = Mapping[str, Mapping[str, str]]


class Folder:
    """A book that keeps papers in a folder and notes nothing but how drafts are announced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.unnamed = 0

    def alive(self) -> None: ...
    def step(self, what: str, row: Row[Any] | None) -> None: ...
    def reviewed(self, shown: Parts) -> None: ...
    def picture(self, what: str) -> None: ...
    def intend(self, rows: Sequence[Row[Any]]) -> None: ...
    def papers(self, papers: Papers) -> None: ...
    def entered(self, row: Row[Any], items: Mapping[str, str]) -> None: ...

    def trouble(self) -> None: ...

    def saving(self, whole: frozenset[str] = frozenset()) -> None:  # noqa: ARG002  the protocol
        self.unnamed += 1

    def unsaved(self) -> None:
        self.unnamed = 0

    def draft(self, reference: str) -> None:
        assert reference
        self.unnamed = 0

    def row_refused(self, row: Row[Any], refused: RowRefused) -> None:  # noqa: ARG002  as `Book` has it
        raise AssertionError(refused.words.en)

    def letter(self, file_name: str) -> Path:
        return self._folder / file_name


class Kept(Steps):
    """Steps that remember what the review had to show."""

    declared: Parts

    def same(self, declared: Parts, shown: Parts, mends: Any = lambda *_: ()) -> None:
        super().same(declared, shown, mends)
        self.declared = declared


class Refusals(Folder):
    """A book that remembers who was refused; ``meanwhile`` is called as each step begins."""

    def __init__(
        self,
        folder: Path,
        refused: dict[int, str],
        meanwhile: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(folder)
        self.refused = refused
        self._meanwhile = meanwhile

    def step(self, what: str, row: Row[Any] | None) -> None:
        del row
        if self._meanwhile is not None:
            self._meanwhile(what)

    def row_refused(self, row: Row[Any], refused: RowRefused) -> None:
        self.refused[row.number] = refused.words.en


@dataclass
class Filed:
    """How a filing ended: who was refused and why, by row number; the portal's receipt."""

    refused: dict[int, str]
    receipt: Receipt | None
    steps: Kept


def plan_of(job: Path) -> Plan:
    """The checked plan of a job that has no errors."""
    checked = check(job, today=date.fromisoformat(TODAY))
    assert checked.plan is not None, checked.errors
    return checked.plan


def file(
    robot: Portal,
    job: Path,
    *,
    look: bool = True,
    meanwhile: Callable[[str], None] | None = None,
    refused: dict[int, str] | None = None,
) -> Filed:
    """A job's one filing: look, prepare, review, press; without the guards of the runner.

    ``refused`` is filled as it goes, so that it is there also when the filing is refused.
    """
    filing = _filing(job)
    book = Refusals(job.parent, {} if refused is None else refused, meanwhile)
    steps = Kept(filing, book, rehearse=False)
    procedure = flows.load(filing.procedure)
    if look:
        seen = procedure.find(filing.employer, filing.rows, robot, steps)
        book.refused |= {number: sighting.words.en for number, sighting in seen.items()}
        steps.kept[:] = [row for row in filing.rows if row.number not in book.refused]
    if not steps.kept:
        return Filed(book.refused, None, steps)
    receipt = procedure.run(replace(filing, rows=tuple(steps.kept)), robot, steps)
    return Filed(book.refused, receipt, steps)


def at_home(robot: Portal) -> None:
    """A fresh screen, as the runner's next attempt has it."""
    robot.open("/web/base/myassist")


def prepare(robot: Portal, job: Path) -> Kept:
    """The same up to the last press, which is not made: a draft stays at the portal."""
    filing = _filing(job)
    book = Folder(job.parent)
    steps = Kept(filing, book, rehearse=True)
    with pytest.raises(Rehearsed):
        flows.load(filing.procedure).run(filing, robot, steps)
    assert book.unnamed == 0, "a draft that is announced gets its number"
    return steps


def _filing(job: Path) -> Filing[Any]:
    plan = plan_of(job)
    rows, *_ = plan.filings
    of = plan.job
    papers = plan.documents
    return Filing("0" * 32, of.procedure, of.employer_code, rows, papers, of)
