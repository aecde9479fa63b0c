"""*Search Pending Case For Add Supporting Document*: answer an officer's query with papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from rpa.errors import Words
from rpa.model.filing import UNDER_QUERY, Sighting
from rpa.model.job import DocumentSpec, OfEmployer
from rpa.pages.pending_case import PendingDocuments, SearchPendingCase
from rpa.pages.review import Review
from rpa.pages.shell import MySites, cases
from rpa.rules.case_query import CaseQuery
from rpa.rules.record import Record
from rpa.rules.vocabulary import PAPER_TYPES

if TYPE_CHECKING:
    from rpa.model.filing import Filing, Receipt, Row
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps

PREFIX = ""  # a query keeps the number of its case
UNSENT = UNDER_QUERY
SCREEN = SearchPendingCase
REVIEW = Review()
ANSWERED = Words(
    "Kes ini tidak menunggu dokumen; lihat statusnya dalam MyASSIST.",
    "This case does not wait for documents; see its status in MyASSIST.",
)


class Job(OfEmployer):
    """Papers for a case under query."""

    head: ClassVar[tuple[str, type[Record]] | None] = ("case", CaseQuery)

    procedure: Literal["add_documents"]
    documents: Annotated[list[DocumentSpec], Field(min_length=1)]
    case: Annotated[CaseQuery, Field(description="The case under query.")]


def run(filing: Filing[CaseQuery], portal: Portal, steps: Steps) -> Receipt:
    """Search the case, add the papers, see them listed, leave."""
    (case,) = filing.rows
    with steps("open Search Pending Case"):
        search = MySites(portal).registration().search(SearchPendingCase)
        documents = search.open(case.record.reference, filing.employer)
    with steps("documents"):
        documents.withdraw({paper.path.name for paper in steps.documents})
        steps.draft(case.record.reference)  # no paper of another hand stands there unsent
        sent = documents.papers()
        documents.add(steps.documents)
    with steps("review"):
        added = {name: kind for name, kind in documents.papers().items() if name not in sent}
        declared = {paper.path.name: PAPER_TYPES.plainly(paper.type) for paper in steps.documents}
        must_be, case_shown = documents.about(filing.employer, case.record.reference)
        steps.same(
            {"case": must_be, "documents": declared}, {"case": case_shown, "documents": added}
        )
    with steps.commit("Keluar, Sahkan"):
        result = documents.leave()
    with steps("keep the letters"):
        steps.picture("receipt")
        return result.receipt(steps.letter)


def find(
    employer: str, rows: tuple[Row[CaseQuery], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """A case that does not wait for papers takes none."""
    del employer
    seen = {}
    for row in rows:
        with steps("look for the case", row=row):
            search = MySites(portal).registration().search(SearchPendingCase)
            if not search.lists(row.record.reference):
                seen[row.number] = Sighting(same=False, words=ANSWERED)
    return seen


def persons(reference: str, portal: Portal) -> set[str]:
    """A case that waits for papers is no draft; nobody stands in one."""
    del reference, portal
    return set()


def withdraw(reference: str, employer: str, portal: Portal) -> None:
    """Remove the papers that were added and not sent."""
    search = MySites(portal).registration().search(SearchPendingCase)
    documents: PendingDocuments = search.open(reference, employer)
    # None of another hand stood there unsent when ours were noted.
    documents.withdraw(documents.unsent())


tray = cases
