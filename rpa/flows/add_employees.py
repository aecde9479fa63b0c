"""QRG 2, *Tambah Pekerja Baru*: add workers to an existing employer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rpa.model.filing import DRAFT
from rpa.model.job import EmployerJob, WorkersJob
from rpa.pages.employee_popups import EmployeePopup, ForeignEmployeePopup
from rpa.pages.employees import EmployeeList
from rpa.pages.review import Review
from rpa.pages.shell import MySites, cases, remove_draft
from rpa.pages.workers import Workers, counted

if TYPE_CHECKING:
    from rpa.model.filing import Filing, Receipt, Row, Sighting
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps
    from rpa.rules.employee import Employee
    from rpa.rules.foreign_employee import ForeignEmployee

PREFIX = "CAN"  # case numbers of this procedure (facts 3.4)
UNSENT = DRAFT
SCREEN = EmployeeList
REVIEW = Review(EmployeePopup, ForeignEmployeePopup)


class Job(EmployerJob, WorkersJob):
    """New workers, local and foreign, of an employer who is already registered."""

    procedure: Literal["add_employees"]


def run(filing: Filing[Employee | ForeignEmployee], portal: Portal, steps: Steps) -> Receipt:
    """The guide, step by step. Raises what `rpa.errors` names."""
    with steps("open Tambah Pekerja Baru"):
        site = MySites(portal).registration()
        listing = site.update(EmployeeList, filing.employer, steps.left)
    for row in filing.rows:
        with steps("add worker", row=row):
            steps.entered(row, listing.add(row))
    with steps("save and continue"):
        steps.saving()
        case = listing.save()
        steps.draft(case.reference.read())
    with steps("documents"):
        documents = case.documents()
        steps.papers(documents.download(steps.letter))
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
    employer: str, rows: tuple[Row[Employee | ForeignEmployee], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Which of these rows the portal already lists as this employer's workers, by row number."""
    with steps("look at the employer's workers"):
        workers = MySites(portal).registration().update(Workers, employer)
    seen = {}
    for row in rows:
        with steps("look", row=row):
            seen.update(workers.sighting(row))
    return seen


def persons(reference: str, portal: Portal) -> set[str]:
    """Whom a draft left at the portal is about."""
    inbox = MySites(portal).registration().inbox()
    return set(inbox.edit(reference, EmployeeList).persons())


tray = cases
withdraw = remove_draft
survey = counted
