"""Search For Employer, the first screen of every update (facts 6, step 3)."""

from __future__ import annotations

from typing import ClassVar

from rpa.errors import Refused, Words
from rpa.pages.employees import EmployeeList
from rpa.pages.workers import Workers
from rpa.portal.find import Control, Heading, Table
from rpa.portal.page import Page


class SearchForEmployer(Page):
    """The employers of this portal ID, each with a pencil."""

    title = Heading(bm="Carian Majikan", en="Search For Employer", assumed=True)
    employers = Table(bm="Senarai Majikan", en="Employer(s) Listing", assumed=True)
    landmark: ClassVar[Control] = title

    def open(self, employer: str) -> EmployeeList:
        """The pencil of this employer, for adding workers."""
        self._pencil(employer)
        return EmployeeList(self.portal).of(employer)

    def workers(self, employer: str) -> Workers:
        """The pencil of this employer, for reading its workers."""
        self._pencil(employer)
        return Workers(self.portal).of(employer)

    def _pencil(self, employer: str) -> None:
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
