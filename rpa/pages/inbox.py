"""MyASSIST, the inbox: cases by reference number, drafts left from an earlier try (facts 3.3)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from playwright.sync_api import expect

from rpa.errors import UnexpectedPage, Words
from rpa.pages.employer_search import NOTHING
from rpa.pages.preview import Confirmation, Preview
from rpa.pages.result import download_letters, numbers_given
from rpa.portal.find import Button, Control, Table, Text, Value, column
from rpa.portal.page import Page
from rpa.run.filing import DRAFT, REJECTED, Papers, Receipt
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from playwright.sync_api import Locator

    from rpa.portal.values import Cell

PageT = TypeVar("PageT", bound=Page)
_REFERENCE = ("No. Rujukan", "Reference No.")


class Case(NamedTuple):
    """One line of the inbox."""

    reference: str
    description: str
    status: str

    @property
    def is_draft(self) -> bool:
        """Saved, not sent."""
        return self.status == DRAFT

    @property
    def is_sent(self) -> bool:
        """Whether it was sent and not rejected."""
        return self.status not in {DRAFT, REJECTED}


class Inbox(Page):
    """Search Information and Task Inbox."""

    reference = Text(name="_myassist_WAR_baseportlet_dto.trxReferenceNum")
    search = Button(bm="CARI", en="SEARCH", css="a.greenBtn", assumed=True)
    cases = Table(bm="Inbox Tugasan", en="Task Inbox")
    landmark: ClassVar[Control] = cases

    def find(self, reference: str) -> Case | None:
        """The case with this reference number; None when the inbox does not list it."""
        self.reference.fill(reference)
        with self.portal.answer("Inbox.search"):
            self.search.click()
        self.cases.settled_on(reference, *NOTHING)
        cases = [_case(row) for row in self.cases.rows()]
        if len(cases) > 1:
            raise UnexpectedPage(
                Words(
                    "Inbox menunjukkan nombor rujukan yang sama lebih daripada sekali.",
                    "The inbox shows the same reference number more than once.",
                )
            )
        return cases[0] if cases else None

    def listed(self) -> list[Case]:
        """The cases on the inbox's first page, the newest first."""
        return [_case(row) for row in self.cases.rows()]

    def edit(self, reference: str, screen: type[PageT]) -> PageT:
        """Continue a draft, at the first screen of its procedure."""
        self._press(reference, "Edit", "Kemaskini")
        return screen(self.portal)

    def view(self, reference: str) -> CasePage:
        """Look at a case that was sent."""
        self._press(reference, "View", "Papar")
        return CasePage(self.portal)

    def remove(self, reference: str) -> Inbox:
        """Remove a draft, and see that it has gone."""
        self._press(reference, "Remove", "Buang")
        Confirmation(self.portal).confirm.click()
        with self.portal.doing("Inbox.remove"):
            expect(self.cases.row(reference)).to_have_count(0)
        return Inbox(self.portal)

    def _press(self, reference: str, *names: str) -> None:
        with self.portal.doing(f"Inbox.{names[0].lower()}"):
            self._icon(reference, *names).click()

    def _icon(self, reference: str, *names: str) -> Locator:
        named = ", ".join(f'[aria-label="{n}"]' for n in names)
        return self.cases.row(reference).locator(named)


class CasePage(Preview):
    """A case that was sent: the review as it was, with its letters."""

    status = Value(id="taskStatus", assumed=True)
    words = Value(id="routedMsg", assumed=True)
    given = Table(en="Foreign Employee(s) Registered", assumed=True)
    landmark: ClassVar[Control] = status

    def letters(self, place: Callable[[str], Path]) -> Papers:
        """Download every letter to ``place(file name)``."""
        return download_letters(self, place)

    def receipt(self, reference: str, place: Callable[[str], Path]) -> Receipt:
        """What the portal's record tells of a case whose answer was lost."""
        status, code = self.status.read(), self.employer_code.read()
        numbers = numbers_given(self.given)
        letters = self.letters(place)  # last: the rest is known whatever becomes of them
        return Receipt(
            reference=reference,
            at=datetime.now(TIME_ZONE),
            message=status,
            letters=letters.saved,
            status=status,
            employer_code=code,
            numbers=numbers,
            remarks=letters.remarks,
            unwritten=letters.unwritten,
        )


def _case(row: Mapping[str, Cell]) -> Case:
    return Case(
        reference=column(row, *_REFERENCE),
        description=column(row, "Penerangan", "Description"),
        status=column(row, "Status Tugasan", "Task Status"),
    )
