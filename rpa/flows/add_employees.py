"""QRG 2, *Tambah Pekerja Baru*: add workers to an existing employer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.pages.employees import declared_items, shown_items
from rpa.pages.shell import MySites
from rpa.rules.employee import Employee
from rpa.run.filing import Sighting
from rpa.run.job import Job as AnyJob

if TYPE_CHECKING:
    from rpa.portal.tab import Portal
    from rpa.run.filing import Filing, Receipt, Row
    from rpa.run.steps import Steps

PREFIX = "CAN"  # case numbers of this procedure (facts 3.4)
DESCRIPTION = "Update Add New Employee"


class Job(AnyJob):
    """New local workers of an employer who is already registered."""

    record: ClassVar[type[Employee]] = Employee

    procedure: Literal["add_employees"]
    rows: Annotated[list[Employee], Field(description="Rows written into the job itself.")] = Field(
        default_factory=list
    )


def run(filing: Filing[Employee], portal: Portal, steps: Steps) -> Receipt:
    """The guide, step by step. Raises what `rpa.errors` names."""
    with steps("open Tambah Pekerja Baru"):
        site = MySites(portal).registration()
        listing = site.update_add_new_employee().open(filing.employer)
    for row in filing.rows:
        with steps("add worker", row=row):
            listing = listing.add(row.record)
    with steps("save and continue"):
        steps.saving()
        case = listing.save()
        steps.draft(case.reference.read())
    with steps("documents"):
        preview = case.documents().upload(filing.documents).preview()
    with steps("review"):
        declared = declared_items(filing.employer, steps.kept, filing.documents, listing.filled)
        steps.same(declared, shown_items(preview))
    with steps.commit("Hantar, Sahkan"):
        result = preview.submit()
    with steps("keep the letters"):
        steps.picture("receipt")
        return result.receipt(steps.letter)


def find(
    employer: str, rows: tuple[Row[Employee], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Which of these rows the portal already lists as this employer's workers, by row number."""
    with steps("look at the employer's workers"):
        site = MySites(portal).registration()
        workers = site.update_employee_information().workers(employer)
    seen = {}
    for row in rows:
        with steps("look", row=row):
            for worker in workers.find(row.record.identification):
                seen[row.number] = Sighting(
                    same=worker.employment_start_date == row.record.employment_start_date
                    and worker.name == row.record.name,
                    words=OTHERWISE,
                )
    return seen


OTHERWISE = Words(
    "Pekerja ini sudah tersenarai di bawah majikan ini dengan nama atau tarikh mula yang lain.",
    "This worker is already listed under this employer with another name or start date.",
)


def persons(reference: str, portal: Portal) -> set[str]:
    """Whom a draft left at the portal is about."""
    return set(MySites(portal).registration().inbox().edit(reference).persons())
