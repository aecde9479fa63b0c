"""MyASSIST, the inbox: cases by reference number, drafts left from an earlier try (facts 3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar

from playwright.sync_api import expect

from rpa.errors import NeedsPerson, UnexpectedPage, Words
from rpa.model.filing import Papers, Receipt
from rpa.pages.draft_steps import first_screen
from rpa.pages.paged import COUNT, Paged
from rpa.pages.preview import Preview, Removal
from rpa.pages.result import GIVEN_AS, download_letters, numbers_given
from rpa.portal.find import Button, Control, Links, Notice, Table, Text, Value
from rpa.portal.page import Page
from rpa.portal.sheets import beyond
from rpa.rules.vocabulary import (
    ACTIONS,
    SENT,
    STATUS,
    Action,
    Status,
    UnknownWord,
    status_of,
    status_of_sent,
)
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rpa.portal.lines import Line

PageT = TypeVar("PageT", bound=Page)


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the inbox.

    ``unknown`` is why its status is not known, None when it is; ``viewable`` whether its page can
    be looked at, as that of a case which was sent.

    Asked for a status that is not known, it raises: nobody may go on as if it were the usual one.
    """

    reference: str
    description: str
    means: Status | None
    unknown: UnknownWord | None = None
    viewable: bool = True

    @property
    def status(self) -> Status:
        """How it stands. Raises UnknownWord."""
        if self.means is None:
            raise self.unknown or STATUS.unknown("", self.reference)
        return self.means

    @property
    def is_draft(self) -> bool:
        """Saved, not sent."""
        return self.status is Status.DRAFT

    @property
    def is_sent(self) -> bool:
        """Whether it was sent and not rejected."""
        return self.status in SENT


class Inbox(Paged):
    """Search Information and Task Inbox."""

    reference = Text()
    search = Button()
    cases = Table("reference", "description", "status", title="description", badge="status")
    total = Value()
    listing: ClassVar[Table] = cases
    landmark: ClassVar[Control] = cases

    def find(self, reference: str) -> Case | None:
        """The case with this reference number; None when the inbox does not list it."""
        self.reference.fill(reference)
        with self.portal.answer("Inbox.search"):
            self.search.click()
        self.cases.settled_on(reference)
        # The search also finds numbers that only contain this one.
        cases = [case for case in self._shown() if case.reference == reference]
        if len(cases) > 1:
            raise UnexpectedPage(
                Words(
                    "Inbox menunjukkan nombor rujukan yang sama lebih daripada sekali.",
                    "The inbox shows the same reference number more than once.",
                )
            )
        return cases[0] if cases else None

    def listed(self) -> list[Case]:
        """All cases, the newest first.

        Raises NeedsPerson for more pages than the settings allow, UnexpectedPage when the portal
        counts more tasks than its pages list: whom a case is about that is not seen is not known.
        """
        most = self.portal.settings.inbox.pages
        found: list[Case] = []
        before: list[Case] = []
        for number, _ in enumerate(self.pages(), start=1):
            if number > most:
                raise NeedsPerson(TOO_LONG)
            shown = self._shown()
            found += beyond(before, shown)
            before = shown
        if self.total.shown() and self.total.number() > len(found):
            raise self.strange(COUNT)
        return found

    def _shown(self) -> list[Case]:
        return [_case(row, offered) for row, offered in self.cases.lines()]

    def edit(self, reference: str, screen: type[PageT]) -> PageT:
        """Continue a draft, at the first screen of its procedure; see `first_screen`."""
        self._press(reference, Action.EDIT)
        return first_screen(self.portal, screen)

    def view(self, reference: str) -> CasePage:
        """Look at a case that was sent."""
        self._press(reference, Action.VIEW)
        return CasePage(self.portal)

    def told(self, case: Case) -> Receipt:
        """What its line alone tells of a case that was sent."""
        return Receipt(
            case.reference, datetime.now(TIME_ZONE), status=case.status, remarks=(PAGE_UNREAD,)
        )

    def remove(self, reference: str) -> Inbox:
        """Remove a draft, and see that it has gone."""
        self._press(reference, Action.REMOVE)
        Removal(self.portal).agree()
        with self.portal.doing("Inbox.remove", known=True):
            expect(self.cases.row(reference)).to_have_count(0)
        return Inbox(self.portal)

    def _press(self, reference: str, action: Action) -> None:
        with self.portal.doing(f"Inbox.{action.lower()}"):
            row = self.cases.row(reference)
            if row.count() == 0:
                self.find(reference)  # it stands on a later page
            self.cases.press(row, action)


class CasePage(Preview):
    """A case that was sent: the review as it was, with its letters."""

    status = Value()
    words = Notice()
    given = Table(*GIVEN_AS)
    letter_links = Links()
    landmark: ClassVar[Control] = status

    def stands(self) -> Status:
        """Its status. Raises UnknownWord."""
        return status_of_sent(self.status.read(), self.status.key)

    def letters(self, place: Callable[[str], Path]) -> Papers:
        """Download every letter to ``place(file name)``."""
        return download_letters(self.letter_links, place)

    def receipt(self, reference: str, place: Callable[[str], Path]) -> Receipt:
        """What the portal's record tells of a case whose answer was lost."""
        status, code = self.stands(), self.whose()
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


PAGE_UNREAD = Words(
    "Portal menyenaraikan kes ini sebagai sudah dihantar, tetapi halamannya tidak dapat dibaca; "
    "`assist-rpa follow` membacanya kemudian.",
    "The portal lists this case as sent, but its page could not be read; `assist-rpa follow` reads "
    "it later.",
)
TOO_LONG = Words(
    "Inbox di portal lebih panjang daripada yang dibaca. Naikkan `inbox.pages` dalam "
    "config/portal.yaml.",
    "The inbox at the portal is longer than what is read of it. Raise `inbox.pages` in "
    "config/portal.yaml.",
)


def _case(line: Line, offered: list[str]) -> Case:
    reference, description = line["reference"], line["description"]
    status = status_of(line["status"], offered)
    unknown = None if status else STATUS.unknown(line["status"], reference)
    viewable = any(ACTIONS.knows(o) and ACTIONS.read(o) is Action.VIEW for o in offered)
    return Case(reference, description, status, unknown, viewable)
