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
from rpa.pages.form import texts
from rpa.pages.preview import Preview
from rpa.pages.review import BOX, PAPERS
from rpa.procedure.steps import differences
from tests.flows.books import prepare
from tests.flows.samples import arrange, sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.pages.review import Review
    from rpa.portal.tab import Portal
    from tests.conftest import Desk, PracticePortal
    from tests.flows.books import Kept, Parts

WITH_REVIEW = [name for name in flows.names() if flows.load(name).REVIEW.forms]
QUICK = {"add_employees", "end_employment"}  # a list of new people, and one of changes


def prepared(desk: Desk, robot: Portal, procedure: str) -> Kept:
    """The sample's first filing, prepared up to its review."""
    arrange(desk, desk.portal, procedure)
    return prepare(robot, sample(desk, procedure))


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


def forgotten(procedure: str, steps: Kept) -> list[str]:
    """Fields that a row declares and the review is not asked for."""
    forms = flows.load(procedure).REVIEW.forms
    inputs = {name: control for form in forms for name, control in form.inputs().items()}
    inputs |= {"passport_number": inputs["identification"]} if "identification" in inputs else {}
    asked = {item for part in steps.declared.values() for item in part}
    filled = [n for row in steps.kept for n, value in texts(row.record).items() if value]
    return [name for name in filled if inputs[name].labels[-1] not in asked]


@pytest.mark.parametrize(
    "procedure",
    [pytest.param(n, marks=[] if n in QUICK else [pytest.mark.heavy]) for n in WITH_REVIEW],
)
def test_any_value_that_the_review_shows_otherwise_is_seen(
    desk: Desk, portal: PracticePortal, robot: Portal, procedure: str
) -> None:
    """Each field of a worker of each kind, of the employer, and the papers."""
    steps = prepared(desk, robot, procedure)
    assert forgotten(procedure, steps) == []
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
