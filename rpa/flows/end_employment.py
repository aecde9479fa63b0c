"""QRG 3, *Kemaskini Tambah Tarikh Berhenti Kerja*, *Khusus*: workers leave, each on his day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.model.filing import DRAFT, Alarm, Census
from rpa.model.job import DatedJob, Effect
from rpa.pages.resigned_dates import SomeLeavers
from rpa.pages.review import Review
from rpa.pages.shell import MySites, cases, remove_draft
from rpa.pages.workers import Workers
from rpa.rules.leaver import Leaver
from rpa.rules.record import Record
from rpa.rules.vocabulary import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rpa.model.filing import Filing, Receipt, Row, Sighting
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps

PREFIX = "CUN"  # facts 3.4
UNSENT = DRAFT
SCREEN = SomeLeavers
REVIEW = Review(SomeLeavers)


class Job(DatedJob):
    """Workers who leave an employer, each on his own day."""

    record: ClassVar[type[Record] | None] = Leaver

    procedure: Literal["end_employment"]
    rows: Annotated[list[Leaver], Field(description="Rows written into the job itself.")] = Field(
        default_factory=list
    )

    def effect(self, rows: Sequence[Row[Any]]) -> Effect:
        """Each row is a worker less."""
        return Effect(ends=len(rows))

    def unlisted(self, rows: Sequence[Row[Any]], census: Census) -> list[Row[Any]]:
        """The leavers whom nothing in the listing is like."""
        return [row for row in rows if not row.record.among(census.workers)]

    def against(self, rows: Sequence[Row[Any]], census: Census) -> Iterator[Alarm]:
        """Each leaver who is listed, but otherwise than declared."""
        for row in rows:
            found = [row.record.disagreement(line) for line in row.record.among(census.workers)]
            for field in min(found, key=len, default=[]):
                yield Alarm(*ALARMS[field], absolute=True, row=row.number)


def run(filing: Filing[Leaver], portal: Portal, steps: Steps) -> Receipt:
    """The leavers one by one, then the case as every update has it."""
    with steps("open Kemaskini Tambah Tarikh Berhenti Kerja"):
        site = MySites(portal).registration()
        listing = site.update(SomeLeavers, filing.employer, steps.left)
        listing.emptied()
    for row in filing.rows:
        with steps("Khusus, Tindakan, Kemas Kini", row=row):
            steps.entered(row, listing.add(row))
    with steps("save and continue"):
        steps.saving()
        documents = listing.save()
        steps.draft(documents.reference.read())
    with steps("documents"):
        preview = documents.upload(steps.documents).preview()
    with steps("review"):
        declared = REVIEW.declared(filing.employer, steps.parts.values(), steps.documents)
        steps.same(declared, REVIEW.shown(preview), REVIEW.mends(preview))
    with steps.commit("Hantar, Pengesahan"):
        result = preview.submit()
    with steps("keep the letters"):
        steps.picture("receipt")
        return result.receipt(steps.letter)


def find(
    employer: str, rows: tuple[Row[Leaver], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Nothing to be seen: who has left is on no list, and `run` seeks each leaver on the list.

    The survey has looked for all of them by then.
    """
    del employer, rows, portal, steps
    return {}


def survey(
    job: Job, rows: tuple[Row[Any], ...], portal: Portal, alive: Callable[[], None]
) -> Census:
    """How many work there, and whom the portal lists under each leaver's number, else his name."""
    listing = MySites(portal).registration().update(Workers, job.employer)
    active, found = listing.count(), []
    for leaver in (row.record for row in rows):
        alive()
        number, name = leaver.identification, leaver.name
        found += listing.find(number) if number else listing.find(name, Search.NAME)
    return Census(active, tuple(found))


def persons(reference: str, portal: Portal) -> set[str]:
    """Whom a draft left at the portal is about."""
    inbox = MySites(portal).registration().inbox()
    return set(inbox.edit(reference, SomeLeavers).persons())


tray = cases
withdraw = remove_draft

ALARMS = {
    "identification": (
        "leaver-number",
        Words(
            "Portal menyenaraikan nombor pengenalan lain.",
            "The portal lists another identification number.",
        ),
    ),
    "name": (
        "leaver-name",
        Words("Portal menyenaraikan nama lain.", "The portal lists another name."),
    ),
    "employment_start_date": (
        "leaver-start",
        Words(
            "Portal menyenaraikan tarikh mula bekerja yang lain.",
            "The portal lists another employment start date.",
        ),
    ),
    "employment_resign_date": (
        "leaver-before-start",
        Words(
            "Tarikh berhenti kerja lebih awal daripada tarikh mula bekerja di portal.",
            "The employment resign date is before the start date at the portal.",
        ),
    ),
}
