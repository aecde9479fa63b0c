"""Search For Employer, the first screen of every update (facts 6, step 3)."""

from __future__ import annotations

from typing import ClassVar, NamedTuple, TypeVar

from rpa.errors import Refused, UnexpectedPage, Words
from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.word_choice import search_box
from rpa.portal.find import Button, Control, Heading, Lens, Table, Text
from rpa.portal.page import Page
from rpa.rules.vocabulary import Action, Search

ScreenT = TypeVar("ScreenT", bound=EmployerScreen)


def not_listed(employer: str) -> Refused:
    """Only where the portal was asked for him, or all it lists was seen."""
    return Refused(
        Words(
            f"Portal tidak menyenaraikan majikan {employer} untuk ID ini.",
            f"The portal does not list employer {employer} for this portal ID.",
        )
    )


def not_seen(where: str) -> UnexpectedPage:
    """Where a listing does not show him, and may not be the whole of it."""
    return UnexpectedPage(
        Words(
            "Majikan itu tidak kelihatan dalam senarai di portal, dan senarai itu mungkin tidak "
            f"lengkap: {where}.",
            "The employer is not to be seen in the portal's listing, which may not be the whole "
            f"of it: {where}.",
        ),
        where=where,
    )


class ListedEmployer(NamedTuple):
    """One line of the listing."""

    code: str
    name: str


class SearchForEmployer(Page):
    """The employers of this portal ID, each with a pencil."""

    title = Heading()
    search_type = search_box()
    search_data = Text()
    lens = Lens()
    employers = Table("code", "name", title="name")
    pencil = Button()
    landmark: ClassVar[Control] = title

    def open(self, screen: type[ScreenT], employer: str) -> ScreenT:
        """The pencil of this employer, to the screen that the menu's entry leads to.

        One who is not in sight is sought by his code: the listing may be long, or empty until a
        search. Raises Refused when the search does not find him either.
        """
        row = self.employers.row(employer)
        with self.portal.doing("SearchForEmployer.edit"):
            self.employers.locator().wait_for()
            self.portal.whole()
            in_sight = row.count() > 0
        if not in_sight:
            self._seek(employer)
        with self.portal.doing("SearchForEmployer.edit"):
            pencil = self.pencil.of(row)
            if pencil.count():
                pencil.click()
            else:
                self.employers.press(row, Action.EDIT, Action.CHOOSE)
        return screen(self.portal).of(employer)

    def _seek(self, employer: str) -> None:
        """The search by code. Raises Refused when its answer is that there is none."""
        if not self.search_type.offers(Search.EMPLOYER_CODE):
            raise not_seen(self.employers.key)
        self.search_type.pick(Search.EMPLOYER_CODE)
        self.search_data.fill(employer)
        with self.employers.renewed():
            self.lens.click()
        self.employers.settled_on(employer)
        if not self.employers.rows():
            raise not_listed(employer)

    def registered(self, number: str) -> list[ListedEmployer]:
        """This portal ID's employers under this registration number (BRN)."""
        self.search_type.pick(Search.BRN)
        self.search_data.fill(number)
        with self.employers.renewed():
            self.lens.click()
        return [ListedEmployer(line["code"], line["name"]) for line in self.employers.rows()]
