"""*Update Employee Information (by Employer)*: change what the portal holds of workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.model.filing import DRAFT, Sighting
from rpa.model.job import EmployerJob
from rpa.pages.employee_popups import EmployeeUpdatePopup
from rpa.pages.employee_update import UpdateEmployees
from rpa.pages.review import Review
from rpa.pages.shell import MySites, cases, remove_draft
from rpa.rules.employee_changes import EmployeeChanges
from rpa.rules.record import Record

if TYPE_CHECKING:
    from rpa.model.filing import Filing, Receipt, Row
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps

PREFIX = "CUN"  # facts 3.4
UNSENT = DRAFT
SCREEN = UpdateEmployees
REVIEW = Review(EmployeeUpdatePopup)
ALREADY = Words("Portal sudah memegang maklumat ini.", "The portal holds these details already.")


class Job(EmployerJob):
    """Changed details of workers; a cell left empty changes nothing."""

    record: ClassVar[type[Record] | None] = EmployeeChanges

    procedure: Literal["update_employee"]
    rows: Annotated[
        list[EmployeeChanges], Field(description="Rows written into the job itself.")
    ] = Field(default_factory=list)


def run(filing: Filing[EmployeeChanges], portal: Portal, steps: Steps) -> Receipt:
    """Change the workers one by one, then the case as every update has it."""
    with steps("open Update Employee Information"):
        site = MySites(portal).registration()
        listing = site.update(UpdateEmployees, filing.employer, steps.left)
    for row in filing.rows:
        with steps("change worker", row=row):
            steps.entered(row, listing.change(row))
    with steps("save and continue"):
        steps.saving()
        documents = listing.save()
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
    employer: str, rows: tuple[Row[EmployeeChanges], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Which workers the portal already shows as the rows want them."""
    with steps("look at the employer's workers"):
        listing = MySites(portal).registration().update(UpdateEmployees, employer)
    seen = {}
    for row in rows:
        with steps("look", row=row):
            if listing.already(row):
                seen[row.number] = Sighting(same=True, words=ALREADY)
    return seen


def persons(reference: str, portal: Portal) -> set[str]:
    """Whom a draft left at the portal is about."""
    inbox = MySites(portal).registration().inbox()
    return set(inbox.edit(reference, UpdateEmployees).persons())


tray = cases
withdraw = remove_draft
