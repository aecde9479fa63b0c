"""Search For Employer, the first screen of every update (facts 6, step 3)."""

from __future__ import annotations

from typing import ClassVar, NamedTuple, TypeVar

from rpa.errors import Refused, Words
from rpa.pages.employer_screen import EmployerScreen
from rpa.portal.find import Button, Choice, Control, Heading, Table, Text, column
from rpa.portal.page import Page

ScreenT = TypeVar("ScreenT", bound=EmployerScreen)


class ListedEmployer(NamedTuple):
    """One line of the listing."""

    code: str
    name: str


class SearchForEmployer(Page):
    """The employers of this portal ID, each with a pencil."""

    title = Heading(bm="Carian Majikan", en="Search For Employer", assumed=True)
    search_type = Choice(en="Please Select", name="_objsearchEmployerType", assumed=True)
    search_data = Text(en="Search For Employer", name="_obj.searchEmployerData")
    lens = Button(id="searchforemployer_WAR_registrationportlet_searchBtn")
    employers = Table(bm="Senarai Majikan", en="Employer(s) Listing", assumed=True)
    landmark: ClassVar[Control] = title

    BY_NUMBER: ClassVar[str] = "Business Registration No. (BRN)"

    def open(self, screen: type[ScreenT], employer: str) -> ScreenT:
        """The pencil of this employer, to the screen that the menu's entry leads to."""
        row = self.employers.row(employer)
        with self.portal.doing("SearchForEmployer.edit"):
            self.employers.locator().wait_for()
            if row.count() == 0:
                raise Refused(
                    Words(
                        f"Portal tidak menyenaraikan majikan {employer} untuk ID ini.",
                        f"The portal does not list employer {employer} for this portal ID.",
                    )
                )
            row.locator("#editBtn").click()
        return screen(self.portal).of(employer)

    def registered(self, number: str) -> list[ListedEmployer]:
        """This portal ID's employers under this registration number (BRN)."""
        self.search_type.fill(self.BY_NUMBER)
        self.search_data.fill(number)
        with self.employers.renewed():
            self.lens.click()
        return [
            ListedEmployer(column(row, "Kod", "Code"), column(row, "Nama", "Name"))
            for row in self.employers.rows()
        ]
