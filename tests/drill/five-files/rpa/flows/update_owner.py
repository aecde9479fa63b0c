"""A toy procedure: an employer has another owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.pages.form import texts
from rpa.pages.owner import OwnerForm
from rpa.pages.review import Review
from rpa.pages.shell import MySites, cases, remove_draft
from rpa.rules.record import Column, Kind, Record
from rpa.run.filing import DRAFT, Sighting
from rpa.run.job import OfEmployer

if TYPE_CHECKING:
    from rpa.portal.tab import Portal
    from rpa.run.filing import Filing, Receipt, Row
    from rpa.run.steps import Steps

PREFIX = "CUN"
UNSENT = DRAFT
SCREEN = OwnerForm
REVIEW = Review(OwnerForm)


class Owner(Record):
    """His name."""

    owner_name: Annotated[str, Column(Kind.TEXT, bm=("Nama Pemilik",), en=("Owner Name",))]

    @property
    def person(self) -> str:
        """The employer of the job."""
        return "employer"

    @property
    def key(self) -> tuple[str, ...]:
        """The name."""
        return (self.owner_name,)


class Job(OfEmployer):
    """Another owner."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("owner", Owner)

    procedure: Literal["update_owner"]
    owner: Annotated[Owner, Field(description="Who it is.")]


def run(filing: Filing[Owner], portal: Portal, steps: Steps) -> Receipt:
    """One form, then the case as every update has it."""
    (owner,) = filing.rows
    with steps("open Update Director/Owner Information"):
        form = MySites(portal).registration().update(OwnerForm, filing.employer, steps.left)
    with steps("change the owner"):
        steps.entered(owner, form.change(filing.employer, texts(owner.record)))
        steps.saving()
        documents = form.save()
        steps.draft(documents.reference.read())
    with steps("documents"):
        preview = documents.upload(steps.documents).preview()
    with steps("review"):
        declared = REVIEW.declared(filing.employer, steps.parts.values(), steps.documents)
        steps.same(declared, REVIEW.shown(preview))
    with steps.commit("Hantar, Sahkan"):
        result = preview.submit()
    with steps("keep the letters"):
        return result.receipt(steps.letter)


def find(
    employer: str, rows: tuple[Row[Owner], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Whether the portal has that owner."""
    with steps("look at the owner"):
        form = MySites(portal).registration().update(OwnerForm, employer)
    there = Sighting(same=True, words=Words("Sudah ada.", "It is there already."))
    return {row.number: there for row in rows if form.already(texts(row.record))}


def persons(reference: str, portal: Portal) -> set[str]:
    """The employer."""
    del reference, portal
    return {"employer"}


tray = cases
withdraw = remove_draft
