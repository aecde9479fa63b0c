"""Header, MY SITES and the menus of the registration site (facts 3.1, 3.2).

A screen that a menu leads to declares its entry itself (``entry``), so that a new procedure
touches nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.employer_search import ScreenT, SearchForEmployer
from rpa.pages.inbox import Inbox
from rpa.portal.find import Control, Menu, Way
from rpa.portal.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpa.portal.tab import Portal

PageT = TypeVar("PageT", bound=Page)


class Shell(Page):
    """Any screen of a signed-in user."""

    my_sites = Menu()
    registration_site = Menu()
    contribution_site = Menu()
    landmark: ClassVar[Control] = my_sites
    fresh: ClassVar[bool] = True


class Languages(Page):
    """The portal's own links from one language to the other, on every screen (facts 2.1)."""

    in_malay = Way()
    in_english = Way()
    landmark: ClassVar[Control] = in_english

    def turned(self) -> bool:
        """The same portal in its other language, where a link of it is in sight or folded away.

        The portal may keep the choice for this user (assumed), so that whoever turns turns back.
        """
        before = self.portal.screen.language
        other = self.in_english if before == "bm" else self.in_malay
        found = other.within_reach()
        if found is None:
            return False
        other.click(found)
        MySites(self.portal)
        return self.portal.screen.language != before


class MySites(Shell):
    """The drop-down at the top right."""

    def contribution(self) -> ContributionSite:
        """MY SITES, CARUMAN (QRG 4, step 1)."""
        self.my_sites.choose(self.contribution_site)
        return ContributionSite(self.portal)

    def registration(self) -> RegistrationSite:
        """MY SITES, PENDAFTARAN."""
        self.my_sites.choose(self.registration_site)
        return RegistrationSite(self.portal)


def cases(portal: Portal, employer: str, payloads: Sequence[str]) -> Inbox:
    """The tray of a procedure whose cases stand in the inbox, each under its number."""
    del employer, payloads
    return MySites(portal).registration().inbox()


def draft_of(reference: str, portal: Portal) -> str:
    """The code of the employer whom a draft is of, from its own first screen."""
    inbox = MySites(portal).registration().inbox()
    return inbox.edit(reference, OpenedDraft).employer_code.read()


class OpenedDraft(EmployerScreen):
    """The first screen of a draft, whichever procedure's."""

    landmark: ClassVar[Control] = EmployerScreen.employer_code


def remove_draft(reference: str, employer: str, portal: Portal) -> None:
    """Remove a draft, which also bars a press of it that may still be on its way."""
    del employer  # a draft is found by its number alone
    MySites(portal).registration().inbox().remove(reference)


class RegistrationSite(Page):
    """The registration site with its bar; the menus open on hover."""

    inbox_link = Menu()
    update_menu = Menu()
    search_menu = Menu()
    eis_update_menu = Menu()
    landmark: ClassVar[Control] = update_menu

    def inbox(self) -> Inbox:
        """MyASSIST."""
        self.inbox_link.click()
        return Inbox(self.portal)

    def open(self, screen: type[PageT], draft: str = "") -> PageT:
        """An entry of the bar itself, such as PENDAFTARAN; or a draft that is gone on with."""
        if draft:
            return self.inbox().edit(draft, screen)
        entry = self._entry(screen)
        entry.click(entry.within_reach())
        return screen(self.portal)

    def search(self, screen: type[PageT]) -> PageT:
        """Search, then the screen's entry."""
        self.search_menu.choose(self._entry(screen))
        return screen(self.portal)

    def employers(self, screen: type[Page]) -> SearchForEmployer:
        """Kemaskini, then the screen's entry: first comes Search For Employer."""
        return self._through(self.update_menu, screen)

    def update(self, screen: type[ScreenT], employer: str, draft: str = "") -> ScreenT:
        """Kemaskini, the screen's entry, the employer's pencil (QRG 2, steps 2 and 3).

        Or a draft of that employer that is gone on with.
        """
        if draft:
            return self.inbox().edit(draft, screen).of(employer)
        return self.employers(screen).open(screen, employer)

    def eis_update(self, screen: type[ScreenT], employer: str, draft: str = "") -> ScreenT:
        """The same from the menu EIS Update."""
        if draft:
            return self.inbox().edit(draft, screen).of(employer)
        return self._through(self.eis_update_menu, screen).open(screen, employer)

    def _through(self, menu: Menu, screen: type[Page]) -> SearchForEmployer:
        menu.choose(self._entry(screen))
        return SearchForEmployer(self.portal)

    def _entry(self, screen: type[Page]) -> Menu:
        entry: Menu = vars(screen)["entry"]
        return entry.on(self)


class ContributionSite(Shell):
    """The contribution site with its one menu, which opens on hover (facts 8.1)."""

    menu = Menu()
    landmark: ClassVar[Control] = menu

    def open(self, entry: Menu) -> None:
        """CARUMAN, then one of the menu's entries."""
        self.menu.choose(entry.on(self))
