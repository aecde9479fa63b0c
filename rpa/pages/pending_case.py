"""Search Pending Case For Add Supporting Document (facts 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rpa.errors import NeedsPerson, Refused, Words
from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.preview import Confirmation
from rpa.pages.result import UpdateResult
from rpa.pages.supporting_documents import Documents
from rpa.pages.word_choice import search_box
from rpa.portal.find import Button, Control, Heading, Lens, Menu, Table, Text
from rpa.portal.page import Page
from rpa.rules.vocabulary import Action, Search

if TYPE_CHECKING:
    from collections.abc import Collection

    from rpa.portal.lines import Line


class SearchPendingCase(Page):
    """The cases that wait for an answer of the employer."""

    entry = Menu()
    title = Heading()
    search_type = search_box()
    search_data = Text()
    lens = Lens()
    cases = Table("reference", "employer_code")
    landmark: ClassVar[Control] = title

    def lists(self, reference: str) -> bool:
        """Whether this case waits for papers."""
        self.search_type.pick(Search.REFERENCE)
        self.search_data.fill(reference)
        with self.portal.answer("SearchPendingCase.lens"):
            self.lens.click()
        self.cases.settled_on(reference)
        return bool(self._of(reference))

    def _of(self, reference: str) -> list[Line]:
        """The lines with this number; the search also finds those that only contain it."""
        return [line for line in self.cases.rows() if line["reference"] == reference]

    def open(self, reference: str, employer: str) -> PendingDocuments:
        """The case's pencil, then SETERUSNYA. Raises Refused when it does not wait for papers."""
        if not self.lists(reference):
            raise Refused(NOT_WAITING)
        codes = {line["employer_code"] for line in self._of(reference)}
        if codes != {employer}:
            raise Refused(OF_ANOTHER)
        with self.portal.doing("SearchPendingCase.edit"):
            row = self.cases.row(reference)
            self.cases.press(row, Action.EDIT, Action.CHOOSE)
        PendingCase(self.portal).unless_another(employer).go_on.click()
        return PendingDocuments(self.portal).unless_another(employer)


class PendingCase(EmployerScreen):
    """The case before its documents."""

    go_on = Button()
    landmark: ClassVar[Control] = go_on


class PendingDocuments(EmployerScreen, Documents):
    """The documents of a case under query; those sent before cannot be removed any more."""

    send = Button(commits=True)
    landmark: ClassVar[Control] = send

    def unsent(self) -> list[str]:
        """The papers that were added and not sent."""
        return [name for name in self.papers() if self.removable(name)]

    def withdraw(self, names: Collection[str]) -> None:
        """Remove those of these papers that were not sent.

        Raises NeedsPerson for another unsent paper: leaving would send it along.
        """
        unsent = self.unsent()
        if not set(unsent) <= set(names):
            raise NeedsPerson(OF_ANOTHER_HAND)
        for name in unsent:
            self.remove(name)

    def about(self, employer: str, reference: str) -> tuple[dict[str, str], dict[str, str]]:
        """Whose case this must be and is, as far as the screen shows it."""
        told = ((self.employer_code, employer), (self.reference, reference))
        there = [(value, must_be) for value, must_be in told if value.shown()]
        return {v.item: must for v, must in there}, {v.item: v.read() for v, _ in there}

    def leave(self) -> UpdateResult:
        """KELUAR, SAHKAN: the papers are sent. Only inside `steps.commit`."""
        with self.portal.single_press() as press:
            self.send.click()
            press.confirm(Confirmation(self.portal).confirm)
            return UpdateResult(self.portal)


OF_ANOTHER_HAND = Words(
    "Kes ini mempunyai dokumen orang lain yang belum dihantar. Hantar atau buang dalam pelayar.",
    "This case holds an unsent document of another hand. Send or remove it in the browser.",
)
NOT_WAITING = Words(
    "Portal tidak menyenaraikan kes ini sebagai menunggu dokumen.",
    "The portal does not list this case as waiting for documents.",
)
OF_ANOTHER = Words(
    "Kes ini milik majikan lain daripada yang dinyatakan dalam kerja.",
    "This case belongs to another employer than the one in the job.",
)
