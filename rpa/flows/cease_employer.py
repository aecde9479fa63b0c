"""*Form 1A* and *Form 3 EIS*: an employer stops being one, and his workers leave with him.

The figures guard it as they do in `end_all_employment`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.flows.end_all_employment import EverybodysJob, all_active, other_number
from rpa.model.filing import DRAFT, Sighting
from rpa.pages.cessation import Cessation1A, Cessation3, CessationForm, CessationWorkers
from rpa.pages.form import texts
from rpa.pages.review import BOX, PAPERS, Review
from rpa.pages.shell import MySites, cases, remove_draft
from rpa.pages.workers import counted
from rpa.rules.cessation import FORM_1A, Cessation
from rpa.rules.leaving import same_number
from rpa.rules.record import Record
from rpa.rules.vocabulary import EMPLOYER, EmployerStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.model.filing import Alarm, Census, Filing, Receipt, Row
    from rpa.pages.review import Part
    from rpa.pages.supporting_documents import Documents
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps

PREFIX = ("CUN", "ERN")  # facts 3.4: Form 1A, Form 3 EIS
UNSENT = DRAFT
SCREEN = CessationForm
REVIEW = Review(Cessation1A, CessationWorkers)


class Job(EverybodysJob):
    """An employer ceases, for PERKESO as a whole or for EIS."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("cessation", Cessation)

    procedure: Literal["cease_employer"]
    cessation: Annotated[Cessation, Field(description="The form, and what it says.")]

    def against(self, rows: Sequence[Row[Any]], census: Census) -> Iterator[Alarm]:
        """Another number of active workers than the job's; Form 3 lists those of EIS alone."""
        for row in rows:
            if row.record.form == FORM_1A:
                yield from other_number(row, census)


def run(filing: Filing[Cessation], portal: Portal, steps: Steps) -> Receipt:
    """The form with its workers, then the case as every update has it."""
    (head,) = filing.rows
    form = _form_1a if head.record.form == FORM_1A else _form_3
    documents, workers = form(filing.employer, head, portal, steps)
    with steps("documents"):
        preview = documents.upload(steps.documents).preview()
    with steps("review"):
        shown = REVIEW.shown(preview)
        reviewed = len(shown.keys() - {BOX, PAPERS, filing.employer})
        same_number(head.record.active_workers, len(workers), None, reviewed)
        parts = [*steps.parts.values(), *workers]
        declared = REVIEW.declared(filing.employer, parts, steps.documents)
        steps.same(declared, shown, REVIEW.mends(preview))
    with steps.commit("Hantar, Pengesahan"):
        result = preview.submit()
    with steps("keep the letters"):
        steps.picture("receipt")
        return result.receipt(steps.letter)


def _form_1a(
    employer: str, head: Row[Cessation], portal: Portal, steps: Steps
) -> tuple[Documents, list[Part]]:
    """Form 1A; gives what the review must show of each worker."""
    cessation = head.record
    with steps("count the active workers"):
        listed = all_active(employer, head, portal)
    with steps("Discontinue Business"):
        form = MySites(portal).registration().update(Cessation1A, employer, steps.left)
        steps.entered(head, form.enter(employer, cessation))
        steps.saving()
        workers = form.save()
        steps.draft(workers.reference.read())
    with steps("Update Add Employee Resigned Date"):
        ending = workers.enter(texts(cessation)["employment_resign_date"])
        same_number(cessation.active_workers, listed.active, len(ending))
        return workers.save(), ending


def _form_3(
    employer: str, head: Row[Cessation], portal: Portal, steps: Steps
) -> tuple[Documents, list[Part]]:
    """Form 3 EIS; gives what the review must show of each worker."""
    cessation = head.record
    with steps("Form 3 EIS"):
        form = MySites(portal).registration().eis_update(Cessation3, employer, steps.left)
        ending = form.insured()
        same_number(cessation.active_workers, len(ending))
        day = texts(cessation)["employment_resign_date"]
        steps.entered(head, form.enter(employer, day))
        steps.saving()
        documents = form.save()
        steps.draft(documents.reference.read())
    return documents, ending


def find(
    employer: str, rows: tuple[Row[Cessation], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Whether the employer has ceased already."""
    (head,) = rows
    with steps("look at the employer"):
        site = MySites(portal).registration()
        if head.record.form == FORM_1A:
            status = site.update(Cessation1A, employer).employer_status.read()
        else:
            status = site.eis_update(Cessation3, employer).employer_status.read()
    wanted = EMPLOYER.read(head.record.change_employer_status_to or EmployerStatus.DORMANT_SIP)
    stands = EMPLOYER.read(status, "employer_status")
    if stands is EmployerStatus.ACTIVE:
        return {}
    return {head.number: Sighting(same=stands is wanted, words=_ceased(stands))}


def persons(reference: str, portal: Portal) -> set[str]:
    """A draft of this kind is about the employer himself."""
    del reference, portal
    return {"employer"}


survey = counted
tray = cases
withdraw = remove_draft


def _ceased(status: str) -> Words:
    return Words(
        f"Status majikan di portal sudah '{status}'; tiada apa-apa dihantar.",
        f"The employer's status at the portal is '{status}' already; nothing was sent.",
    )
