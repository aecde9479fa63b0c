"""The workers an employer already has (facts 10, Update Employee Information)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, NamedTuple, Self

from rpa.errors import UnexpectedPage, Words
from rpa.portal.find import Button, Choice, Control, Heading, Table, Text, Value, column
from rpa.portal.page import Page

NOTHING = ("Record Not Found.", "No Record Found.", "Tiada rekod ditemui.")


class Worker(NamedTuple):
    """One line of the listing."""

    identification: str
    name: str
    employment_start_date: date


class Workers(Page):
    """Employee(s) Listing of one employer, searched by new identification."""

    title = Heading(bm="Senarai Pekerja", en="Employee(s) Listing", assumed=True)
    employer_code = Value(id="employerCode", assumed=True)
    search_type = Choice(en="Please Select", name="_objsearchEmployeeType", assumed=True)
    search_data = Text(en="Search", name="_obj.searchEmployeeData", assumed=True)
    lens = Button(id="searchforemployee_WAR_registrationportlet_searchBtn")
    listing = Table(bm="Senarai Pekerja", en="Employee(s) Listing")
    landmark: ClassVar[Control] = title

    def of(self, employer: str) -> Self:
        """This listing, when it is this employer's."""
        shown = self.employer_code.read()
        if shown != employer:
            raise UnexpectedPage(
                Words(
                    f"Portal membuka majikan {shown}, bukan {employer}.",
                    f"The portal opened employer {shown}, not {employer}.",
                )
            )
        return self

    def find(self, identification: str) -> list[Worker]:
        """All lines with this identification number; most often none or one."""
        if self.search_type.read() != "New Identification":
            self.search_type.fill("New Identification")
        self.search_data.fill(identification)
        with self.portal.answer("Workers.lens"):
            self.lens.click()
        self.listing.settled_on(identification, *NOTHING)
        return [_worker(row) for row in self.listing.rows()]


def _worker(row: dict[str, str]) -> Worker:
    start = column(row, "Tarikh Mula Kerja", "Employment Start Date")
    return Worker(
        identification=column(row, "No. Pengenalan", "Identification No."),
        name=column(row, "Nama Pekerja", "Name of Employee"),
        employment_start_date=datetime.strptime(start, "%d/%m/%Y").date(),  # noqa: DTZ007  a day, no time
    )
