"""Whatever the review shows otherwise stops the filing: shown for each field of each procedure.

The fields are taken from the models and the screens themselves, so that a new one is covered by
being there. Flow, pages and comparison are the robot's own; only the browser is shared, and a
mutated review is read again and again instead of preparing a filing for each field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rpa import flows
from rpa.errors import UnexpectedPage
from rpa.jobs import check
from rpa.pages.form import texts
from rpa.pages.login import LoginEmail
from rpa.pages.preview import Preview
from rpa.pages.review import BOX, PAPERS
from rpa.portal.tab import Portal
from rpa.run.filing import Filing
from rpa.run.steps import Rehearsed, Steps, differences
from rpa.settings import PortalSettings
from tests.conftest import TODAY, PracticePortal
from tests.flows.samples import sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from rpa.pages.review import Review
    from rpa.run.filing import Row
    from tests.conftest import Desk

    Parts = Mapping[str, Mapping[str, str]]

WITH_REVIEW = [name for name in flows.names() if flows.load(name).REVIEW.forms]


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
    def papers(self, paths: Sequence[Path]) -> None: ...
    def entered(self, row: Row[Any], items: Mapping[str, str]) -> None: ...

    def saving(self) -> None:
        self.unnamed += 1

    def draft(self, reference: str) -> None:
        assert reference
        self.unnamed = 0

    def row_refused(self, row: Row[Any], words: Any) -> None:  # noqa: ARG002  as `Book` has it
        raise AssertionError(words.en)

    def letter(self, file_name: str) -> Path:
        return self._folder / file_name


class Kept(Steps):
    """Steps that remember what the review had to show."""

    declared: Parts

    def same(self, declared: Parts, shown: Parts) -> None:
        super().same(declared, shown)
        self.declared = declared


@pytest.fixture
def robot(chrome: Browser, portal: PracticePortal) -> Iterator[Portal]:
    """The robot's own portal object, signed in, on the browser that the tests share."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    limits = {"act_s": 8, "arrive_s": 10, "result_s": 10}
    settings = PortalSettings.model_validate({"address": portal.address, "timeouts": limits})
    opened = Portal(context.new_page(), settings, {})
    opened.open(settings.login_path)
    password = LoginEmail(opened).enter(portal.email)
    password.same_phrase(portal.phrase).enter(portal.password)
    opened.open(settings.home_path)
    yield opened
    context.close()


def prepared(desk: Desk, robot: Portal, procedure: str) -> tuple[Kept, Filing[Any]]:
    """The sample's first filing, prepared up to its review."""
    from datetime import date  # noqa: PLC0415

    plan = check(sample(desk, procedure), today=date.fromisoformat(TODAY)).plan
    assert plan is not None
    code = plan.job.employer_code
    filing = Filing("0" * 32, procedure, code, plan.filings[0], plan.documents)
    book = Folder(desk.folder)
    steps = Kept(filing, book, rehearse=True)
    with pytest.raises(Rehearsed):
        flows.load(procedure).run(filing, robot, steps)
    assert book.unnamed == 0, "a draft that is announced gets its number"
    return steps, filing


def mutations(declared: Parts) -> Iterator[dict[str, Any]]:
    """Every shown value changed; of each kind of case item one left out and one too many."""
    kinds: dict[frozenset[str], int] = {}
    for number, part in enumerate(p for key, p in declared.items() if key not in {BOX, PAPERS}):
        kinds.setdefault(frozenset(part), number)
    for items, number in kinds.items():
        for item in items:
            field, current, _ = item.partition(" (current)")
            column = "current" if current else "new"
            yield {"part": number, "field": field, "column": column, "value": "LAIN"}
        yield {"part": number, "field": next(iter(items)).partition(" (current)")[0], "value": None}
        yield {"part": number, "field": "extra: Sesuatu", "value": "LAIN"}
    yield {"field": "employerCode", "value": "E9900002001F"}
    if declared[PAPERS]:
        yield {"field": "document", "value": "LAIN"}
        yield {"field": "document", "value": None}


def stopped(review: Review, declared: Parts, robot: Portal) -> bool:
    """Whether what is shown now would end the filing before the press."""
    robot.tab.reload()
    try:
        return bool(list(differences(declared, review.shown(Preview(robot)))))
    except UnexpectedPage:  # a case item that does not tell whom it is about
        return True


def forgotten(procedure: str, steps: Kept, filing: Filing[Any]) -> list[str]:
    """Fields that a row declares and the review is not asked for."""
    forms = flows.load(procedure).REVIEW.forms
    inputs = {name: control for form in forms for name, control in form.inputs().items()}
    inputs |= {"passport_number": inputs["identification"]} if "identification" in inputs else {}
    asked = {item for part in steps.declared.values() for item in part}
    filled = [n for row in filing.rows for n, value in texts(row.record).items() if value]
    return [name for name in filled if inputs[name].labels[-1] not in asked]


@pytest.mark.parametrize(
    "procedure",
    # A household's screens are the business's own.
    [pytest.param(n, marks=[pytest.mark.heavy] if "domestic" in n else []) for n in WITH_REVIEW],
)
def test_any_value_that_the_review_shows_otherwise_is_seen(
    desk: Desk, portal: PracticePortal, robot: Portal, procedure: str
) -> None:
    """Each field of a worker of each kind, of the employer, and the papers."""
    steps, filing = prepared(desk, robot, procedure)
    assert forgotten(procedure, steps, filing) == []
    review = flows.load(procedure).REVIEW
    assert not stopped(review, steps.declared, robot), "the negative control"
    missed = []
    for mutation in mutations(steps.declared):
        portal.arm("review shows another value", **mutation)
        if not stopped(review, steps.declared, robot):
            missed.append(mutation)
    assert not missed
    assert all(fault["left"] == 0 for fault in portal.ask("faults")["armed"]), "each was shown"


def test_every_field_of_the_models_has_a_control() -> None:
    """A record's field that the portal takes has a control of the same name on its form."""
    for name in WITH_REVIEW:
        procedure = flows.load(name)
        inputs = {n for form in procedure.REVIEW.forms for n in form.inputs()}
        kinds = {procedure.Job.record, *procedure.Job.variants.values()} - {None}
        heads = {procedure.Job.head[1]} if procedure.Job.head else set()
        for kind in kinds | heads:
            assert kind is not None
            sent = {n for n, c in kind.columns().items() if c.sent and not c.document_type}
            assert sent - inputs <= {"passport_number"}, kind.__name__
