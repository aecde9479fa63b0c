"""QRG 1, *Pendaftaran Majikan*: register an employer with his first workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.model.filing import DRAFT, Sighting
from rpa.model.job import WorkersJob
from rpa.pages.employee_popups import EmployeePopup, ForeignEmployeePopup
from rpa.pages.employer_form import EmployerForm
from rpa.pages.form import texts
from rpa.pages.review import Review
from rpa.pages.shell import MySites, cases, remove_draft
from rpa.pages.workers import Workers
from rpa.rules.domestic import objections_to_domestic
from rpa.rules.employer import Employer
from rpa.rules.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.model.filing import Filing, Receipt, Row
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps
    from rpa.rules.record import Finding

PREFIX = "CRN"  # facts 3.4
UNSENT = DRAFT
SCREEN = EmployerForm
REVIEW = Review(EmployerForm, EmployeePopup, ForeignEmployeePopup)


class Job(WorkersJob):
    """A new employer with all of his workers, under one case number."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("employer", Employer)

    procedure: Literal["register_employer"]
    employer: Annotated[Employer, Field(description="The employer, as Form 1 asks.")]

    def cross(self, rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Finding]]:
        """Domestic workers have a registration of their own."""
        for row in rows:
            if row.number:
                for finding in objections_to_domestic(row.record.worker):
                    yield row, finding


def run(filing: Filing[Any], portal: Portal, steps: Steps) -> Receipt:
    """The guide, step by step. Raises what `rpa.errors` names."""
    employer, *workers = filing.rows
    with steps("Maklumat Pendaftaran Perniagaan, Majikan, Induksi"):
        form = MySites(portal).registration().open(EmployerForm, steps.left)
        steps.entered(employer, form.enter(texts(employer.record)))
        steps.saving()
        listing = form.save()
        steps.draft(listing.reference.read())
    for row in workers:
        with steps("add worker", row=row):
            steps.entered(row, listing.add(row))
    with steps("save and continue"):
        steps.anyone_left()
        case = listing.save()
    with steps("documents"):
        documents = case.documents()
        steps.papers(documents.download(steps.letter))
        preview = documents.upload(steps.documents).preview()
    with steps("review"):
        declared = REVIEW.declared("", steps.parts.values(), steps.documents)
        steps.same(declared, REVIEW.shown(preview), REVIEW.mends(preview))
    with steps.commit("Hantar, Sahkan"):
        result = preview.submit()
    with steps("keep the letters"):
        steps.picture("receipt")
        return result.receipt(steps.letter)


def find(
    employer: str, rows: tuple[Row[Any], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Whether the portal ID holds an employer of this number already, and his workers then."""
    del employer  # he has no code yet
    head, *workers = rows
    with steps("look for the employer"):
        search = MySites(portal).registration().employers(Workers)
        listed = search.registered(head.record.registration_number)
    if not listed or head.record.registering_as_branch:
        return {}
    same = len(listed) == 1 and listed[0].name.casefold() == head.record.industry_name.casefold()
    codes = ", ".join(one.code for one in listed)
    seen = {row.number: Sighting(same=False, words=_add_instead(codes)) for row in workers}
    words = _registered(codes) if same else _otherwise(codes)
    seen[head.number] = Sighting(same=same, words=words)
    if same:
        with steps("look at the employer's workers"):
            known = MySites(portal).registration().update(Workers, codes)
        for row in workers:
            with steps("look", row=row):
                seen.update(known.sighting(row))
    return seen


def persons(reference: str, portal: Portal) -> set[str]:
    """The number of the employer whom a draft is about."""
    form = MySites(portal).registration().inbox().edit(reference, EmployerForm)
    return {form.registration_number.read()}


tray = cases
withdraw = remove_draft


def _add_instead(code: str) -> Words:
    return Words(
        f"Majikan ini sudah berdaftar ({code}). Tambah pekerja ini dengan add_employees.",
        f"This employer is registered already ({code}). Add this worker with add_employees.",
    )


def _registered(code: str) -> Words:
    return Words(
        f"Majikan ini sudah berdaftar ({code}); tiada apa-apa dihantar.",
        f"This employer is registered already ({code}); nothing was sent.",
    )


def _otherwise(code: str) -> Words:
    return Words(
        f"No. Pendaftaran (BRN) ini sudah berdaftar di bawah {code} dengan nama lain.",
        f"This Registration Number(BRN) is registered already under {code} with another name.",
    )
