"""QRG 3, *Kemaskini Tambah Tarikh Berhenti Kerja*, *Semua*: every worker of an employer leaves.

Nobody is named in the job, so that figures guard it: what the supervisor approved, what the portal
counts, what it puts on its list and what its review shows are one number, or nothing is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.model.filing import DRAFT, Alarm, Sighting
from rpa.model.job import Effect, OfEmployer
from rpa.pages.form import texts
from rpa.pages.resigned_dates import AllLeavers, Leaving, Roll
from rpa.pages.review import BOX, PAPERS, Review
from rpa.pages.shell import MySites, cases, remove_draft
from rpa.pages.workers import counted
from rpa.rules.leaving import AllWorkers, same_number, typed_again
from rpa.rules.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.model.filing import Census, Filing, Receipt, Row
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps
    from rpa.rules.record import Finding

PREFIX = "CUN"  # facts 3.4
UNSENT = DRAFT
SCREEN = AllLeavers
REVIEW = Review(AllLeavers)
ITEM = "Employment Resign Date"
NOBODY = Words(
    "Portal tidak menyenaraikan pekerja aktif bagi majikan ini; tiada apa-apa dihantar.",
    "The portal lists no active worker of this employer; nothing was sent.",
)


class EverybodysJob(OfEmployer):
    """A job that names nobody: a second person must approve it, and figures guard it."""

    approval: ClassVar[bool] = True

    def cross(self, rows: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Finding]]:
        """The employer code is typed twice."""
        for row in rows:
            for finding in typed_again(self.employer, row.record.employer_code_again):
                yield row, finding

    def effect(self, rows: Sequence[Row[Any]]) -> Effect:
        """Everybody."""
        return Effect(ends=sum(row.record.active_workers for row in rows))

    def against(self, rows: Sequence[Row[Any]], census: Census) -> Iterator[Alarm]:
        """Another number of active workers than the job's."""
        for row in rows:
            yield from other_number(row, census)


class Job(EverybodysJob):
    """All workers of an employer leave on one day."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("all_workers", AllWorkers)

    procedure: Literal["end_all_employment"]
    all_workers: Annotated[AllWorkers, Field(description="How many, when, and whose.")]


def other_number(row: Row[Any], census: Census) -> Iterator[Alarm]:
    """The portal counts another number of active workers than the job declares."""
    declared = row.record.active_workers
    if declared != census.active:
        words = Words(
            f"Kerja mengira {declared} pekerja aktif, portal {census.active}.",
            f"The job counts {declared} active workers, the portal {census.active}.",
        )
        yield Alarm("active-workers", words, absolute=True, row=row.number)


def all_active(employer: str, head: Row[Any], portal: Portal) -> Census:
    """Every active worker. Raises Refused when they are not as many as the job declares."""
    listed = MySites(portal).registration().update(Roll, employer).everybody()
    same_number(head.record.active_workers, listed.active)
    return listed


def run(filing: Filing[AllWorkers], portal: Portal, steps: Steps) -> Receipt:
    """Count, Semua, count, review, count; then the case as every update has it."""
    (head,) = filing.rows
    count, day = head.record.active_workers, texts(head.record)["employment_resign_date"]
    with steps("count the active workers"):
        listed = all_active(filing.employer, head, portal)
    with steps("Kemaskini Tambah Tarikh Berhenti Kerja: Semua, Kemas Kini"):
        screen = MySites(portal).registration().update(AllLeavers, filing.employer, steps.left)
        same_number(count, listed.active, marked := len(screen.end_all(day)))
        steps.entered(head, {ITEM: day})
    with steps("save and continue"):
        steps.saving(frozenset().union(*(w.known_as for w in listed.workers)))
        documents = screen.save()
        steps.draft(documents.reference.read())
    with steps("documents"):
        preview = documents.upload(steps.documents).preview()
    with steps("review"):
        shown = REVIEW.shown(preview)
        same_number(count, listed.active, marked, len(shown.keys() - {BOX, PAPERS}))
        leaving = [screen.told(Leaving(worker, day)) for worker in listed.workers]
        declared = REVIEW.declared(filing.employer, leaving, steps.documents)
        steps.same(declared, shown, REVIEW.mends(preview))
    with steps.commit("Hantar, Pengesahan"):
        result = preview.submit()
    with steps("keep the letters"):
        steps.picture("receipt")
        return result.receipt(steps.letter)


def find(
    employer: str, rows: tuple[Row[AllWorkers], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Whether there is anybody left to leave."""
    with steps("look at the employer's workers"):
        active = MySites(portal).registration().update(Roll, employer).count()
    return {} if active else {row.number: Sighting(same=False, words=NOBODY) for row in rows}


def persons(reference: str, portal: Portal) -> set[str]:
    """Everybody, and by number and name those whom a draft names.

    So a draft about anybody of this employer stops the filing, and none is taken for ours but one
    whose number was noted, or that is about everybody who was counted before its SAVE.
    """
    inbox = MySites(portal).registration().inbox()
    return {"all workers", *inbox.edit(reference, AllLeavers).persons()}


survey = counted
tray = cases
withdraw = remove_draft
