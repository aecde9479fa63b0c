"""*Update Employer Information*: change what the portal holds of an employer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.model.filing import DRAFT, Sighting
from rpa.model.job import OfEmployer
from rpa.pages.employer_form import EmployerUpdateForm
from rpa.pages.form import texts
from rpa.pages.review import Review
from rpa.pages.shell import MySites, cases, remove_draft
from rpa.rules.employer_changes import EmployerChanges
from rpa.rules.record import Record

if TYPE_CHECKING:
    from rpa.model.filing import Filing, Receipt, Row
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps

PREFIX = "CUN"  # facts 3.4
UNSENT = DRAFT
SCREEN = EmployerUpdateForm
REVIEW = Review(EmployerUpdateForm)
ALREADY = Words("Portal sudah memegang maklumat ini.", "The portal holds these details already.")


class Job(OfEmployer):
    """Changed details of an employer; what is not named stays as it is."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("changes", EmployerChanges)

    procedure: Literal["update_employer"]
    changes: Annotated[EmployerChanges, Field(description="Only what changes.")]


def run(filing: Filing[EmployerChanges], portal: Portal, steps: Steps) -> Receipt:
    """Change the form, then the case as every update has it."""
    (changes,) = filing.rows
    with steps("open Update Employer Information"):
        site = MySites(portal).registration()
        form = site.update(EmployerUpdateForm, filing.employer, steps.left)
    with steps("change the employer"):
        steps.entered(changes, form.change(filing.employer, texts(changes.record)))
        steps.saving()
        documents = form.save()
        steps.draft(documents.reference.read())
    with steps("documents"):
        preview = documents.upload(steps.documents).preview()
    with steps("review"):
        declared = REVIEW.declared(filing.employer, steps.parts.values(), steps.documents)
        steps.same(declared, REVIEW.shown(preview), REVIEW.mends(preview))
    with steps.commit("Hantar, Sahkan"):
        result = preview.submit()
    with steps("keep the letters"):
        steps.picture("receipt")
        return result.receipt(steps.letter)


def find(
    employer: str, rows: tuple[Row[EmployerChanges], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Whether the portal holds all of it already."""
    with steps("look at the employer"):
        form = MySites(portal).registration().update(EmployerUpdateForm, employer)
    return {
        row.number: Sighting(same=True, words=ALREADY)
        for row in rows
        if form.already(texts(row.record))
    }


def persons(reference: str, portal: Portal) -> set[str]:
    """A draft of this kind is about the employer himself."""
    del reference, portal
    return {"employer"}


tray = cases
withdraw = remove_draft
