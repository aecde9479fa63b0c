"""Form 2: the lists of new workers, local and foreign, and what follows them (facts 5.1, 5.3)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from rpa.pages.employee_popups import EmployeePopup, ForeignEmployeePopup, PersonPopup
from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.form import texts
from rpa.pages.supporting_documents import Documents
from rpa.portal.find import Button, Control, Heading, Menu, Table, Turn, Value
from rpa.portal.page import Page
from rpa.portal.sheets import everything, seek
from rpa.rules.foreign_employee import ForeignEmployee
from rpa.rules.vocabulary import Action

if TYPE_CHECKING:
    from typing import Any

    from rpa.model.filing import Row


class EmployeeList(EmployerScreen):
    """Senarai Pekerja Baharu and Senarai Pekerja Asing Baru of one case."""

    entry = Menu()
    title = Heading()
    reference = Value()
    new_employees = Table("identification")
    add_employee = Button()
    new_foreign_employees = Table("identification")
    add_foreign_employee = Button()
    next_page = Turn()
    save_and_continue = Button()
    landmark: ClassVar[Control] = title

    def persons(self) -> list[str]:
        """The identification numbers in both lists."""
        lists = (self.new_employees, self.new_foreign_employees)
        lines = [line for one in lists for line in everything(one, self.next_page)]
        return [line["identification"] for line in lines]

    def add(self, row: Row[Any]) -> dict[str, str]:
        """TAMBAH PEKERJA or TAMBAH PEKERJA ASING, the popup, SIMPAN; seen in the list.

        A worker whom a draft that is continued lists already is opened by its pencil instead.
        Gives what the review must show of him: the declared data, verified in the popup, with what
        the portal itself knew. Raises RowRefused with the lists as they were.
        """
        person = row.record.person
        listed, button, kind = self._place(row)
        known = person in self._persons
        if known:
            row_there = seek(listed, self.next_page, person)
            with self.portal.doing("EmployeeList.edit"):
                listed.press(row_there, Action.EDIT)
        else:
            button.click()
        files = {p.field: p.path for p in row.documents if not p.type}
        entered = kind(self.portal).enter(texts(row.record), files, again=known)
        seek(listed, self.next_page, person)
        self._persons.add(person)
        return entered

    @cached_property
    def _persons(self) -> set[str]:
        """Whom the lists held when they came, and whom they were seen to hold since."""
        return set(self.persons())

    def _place(self, row: Row[Any]) -> tuple[Table, Button, type[PersonPopup]]:
        if isinstance(row.record, ForeignEmployee):
            return self.new_foreign_employees, self.add_foreign_employee, ForeignEmployeePopup
        return self.new_employees, self.add_employee, EmployeePopup

    def save(self) -> SavedCase:
        """SIMPAN & TERUSKAN: the portal keeps the case as a draft and numbers it."""
        self.save_and_continue.click()
        return SavedCase(self.portal)


class SavedCase(Page):
    """The screen after SIMPAN & TERUSKAN: the EIS screen, or at once the documents.

    The EIS screen comes only when a listed worker is of EIS age (facts 6, step 6).
    """

    reference = Value()
    eis_title = Heading()
    documents_title = Heading()
    save_and_continue = Button()
    landmark: ClassVar[Control] = reference

    def documents(self) -> Documents:
        """Past the EIS screen where it stands."""
        with self.portal.doing("SavedCase.documents"):
            self.portal.screen.soonest([self.eis_title, self.documents_title])
        if self.eis_title.shown():
            self.save_and_continue.click()
        return Documents(self.portal)
