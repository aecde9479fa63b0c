"""Where a calibration goes: each stop reads as a person would walk it, and ends before any SAVE.

Every screen that comes on the way is looked at when it arrives (`Portal.arrived`); a stop says only
what is opened, and looks once more where something was brought to sight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from rpa.errors import NeedsPerson, Refused, RowRefused, RpaError, UnexpectedPage, Words
from rpa.pages.cessation import Cessation1A, Cessation3
from rpa.pages.contribution import (
    ArrearsContribution,
    ContributionScreen,
    PendingList,
    ShortContribution,
    TextFile,
)
from rpa.pages.contribution_review import Submissions, submissions
from rpa.pages.employee_popups import EmployeePopup, EmployeeUpdatePopup, ForeignEmployeePopup
from rpa.pages.employee_update import UpdateEmployees
from rpa.pages.employees import EmployeeList
from rpa.pages.employer_form import EmployerForm, EmployerUpdateForm
from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.inbox import Inbox
from rpa.pages.pending_case import SearchPendingCase
from rpa.pages.resigned_dates import ResignedDates
from rpa.pages.shell import MySites, cases
from rpa.portal.page import Page
from rpa.rules.contribution import Act
from rpa.rules.recorded import Fund
from rpa.rules.vocabulary import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.pages.employee_popups import PersonPopup
    from rpa.pages.shell import RegistrationSite
    from rpa.portal.tab import Portal

ScreenT = TypeVar("ScreenT", bound=Page)
OfEmployerT = TypeVar("OfEmployerT", bound=EmployerScreen)
ContributionT = TypeVar("ContributionT", bound=ContributionScreen)
# What a person may help over; what passes by itself is waited for.
OF_A_PERSON = (UnexpectedPage, Refused, NeedsPerson)
# No day of birth, so nobody's number; a passport of a state that there is not.
NOBODY: dict[type[PersonPopup], str] = {
    EmployeePopup: "900230990000",
    ForeignEmployeePopup: "ZZ0000000",
}
NRIC = re.compile(r"\d{12}")


@dataclass
class Visit:
    """A signed-in portal at its first screen, one employer, and what a stop may do there."""

    portal: Portal
    employer: str
    see: Callable[[Page], None]
    brought: Callable[[RpaError, type[Page]], bool]  # whether a person has opened this screen
    met: dict[type[PersonPopup], str] = field(default_factory=dict)  # a number that is listed
    says: str = "unknown"  # what a lens is to say of the number that it was asked for last
    unknown: list[UnexpectedPage] = field(default_factory=list)  # words that nobody knows

    @property
    def sites(self) -> MySites:
        """Where every way begins."""
        return MySites(self.portal)

    @property
    def registration(self) -> RegistrationSite:
        """MY SITES, PENDAFTARAN."""
        return self.sites.registration()

    def reach(
        self,
        screen: type[ScreenT],
        way: Callable[[], ScreenT],
        came: Callable[[Portal], ScreenT] | None = None,
    ) -> ScreenT:
        """This screen by its way; where that does not lead there, as a person has opened it.

        ``came``: how it is made, where that takes more than a portal.
        """
        try:
            return way()
        except OF_A_PERSON as error:
            if not self.brought(error, screen):
                raise
        return (came or screen)(self.portal)

    def of_employer(self, screen: type[OfEmployerT]) -> OfEmployerT:
        """A screen of the menu Kemaskini, behind the employer's pencil."""
        return self.reach(screen, lambda: self.registration.update(screen, self.employer))

    def months(self, act: Act) -> PendingList:
        """The list of months under an act."""
        return self.reach(
            PendingList,
            lambda: PendingList.opened(self.portal, act, self.employer),
            lambda portal: PendingList(portal, act).chosen(self.employer),
        )


@dataclass(frozen=True)
class Stop:
    """One part of the portal."""

    name: str
    title: Words
    walk: Callable[[Visit], None]


def _inbox(visit: Visit) -> None:
    """The list of cases, and one that was sent."""
    inbox = visit.reach(Inbox, partial(cases, visit.portal, visit.employer, ()))
    listed = inbox.listed()
    visit.unknown += [case.unknown for case in listed if case.unknown]
    sent = next((c for c in listed if c.means and c.is_sent and c.viewable), None)
    if sent:
        inbox.view(sent.reference)


def _new_workers(visit: Visit) -> None:
    """The lists of new workers, each popup opened, its lens asked, and left.

    First for nobody, then for one who is listed, where the listing was walked before.
    """
    for kind, nobody in NOBODY.items():
        for says, number in (("unknown", nobody), ("known", visit.met.get(kind, ""))):
            if number:
                visit.says = says
                _asked(visit, visit.reach(kind, partial(_popup, visit, kind)), number)
                visit.portal.open(visit.portal.settings.home_path)


def _popup(visit: Visit, kind: type[PersonPopup]) -> PersonPopup:
    lists = visit.of_employer(EmployeeList)
    button = lists.add_employee if kind is EmployeePopup else lists.add_foreign_employee
    button.click()
    return kind(visit.portal)


def _asked(visit: Visit, popup: PersonPopup, number: str) -> None:
    """What a lens says brings the rest of the popup to sight."""
    try:
        popup.look_up(number)
    except RowRefused:  # there is no such number, or this one is listed already: also an answer
        return
    visit.see(popup)
    popup.close()


def _workers(visit: Visit) -> None:
    """The listing of workers, and the pencil of the first."""
    listing = visit.of_employer(UpdateEmployees).listing
    rows = listing.rows()
    for number in (row["identification"] for row in rows):
        visit.met[EmployeePopup if NRIC.fullmatch(number) else ForeignEmployeePopup] = number

    def popup() -> EmployeeUpdatePopup:
        listing.press(listing.row(rows[0]["identification"]), Action.EDIT)
        return EmployeeUpdatePopup(visit.portal)

    if rows:
        visit.reach(EmployeeUpdatePopup, popup).close()


def _leavers(visit: Visit) -> None:
    visit.of_employer(ResignedDates)


def _employer(visit: Visit) -> None:
    visit.of_employer(EmployerUpdateForm)


def _closing(visit: Visit) -> None:
    visit.of_employer(Cessation1A)


def _closing_eis(visit: Visit) -> None:
    visit.reach(Cessation3, lambda: visit.registration.eis_update(Cessation3, visit.employer))


def _registration(visit: Visit) -> None:
    visit.reach(EmployerForm, lambda: visit.registration.open(EmployerForm))


def _pending(visit: Visit) -> None:
    visit.reach(SearchPendingCase, lambda: visit.registration.search(SearchPendingCase))


def _contribution(visit: Visit) -> None:
    """The list of months under each act, and the ways in beside it."""
    for act in Act:
        visit.months(act)
        visit.portal.open(visit.portal.settings.home_path)


def _beside(
    visit: Visit, screen: type[ContributionT], press: Callable[[PendingList], None]
) -> None:
    """A way in beside the list of months."""

    def way() -> ContributionT:
        press(visit.months(Act.BOTH))
        return came(visit.portal)

    def came(portal: Portal) -> ContributionT:
        return screen(portal, Act.BOTH)

    visit.reach(screen, way, came)


def _text_file(visit: Visit) -> None:
    _beside(visit, TextFile, lambda months: months.text_file.click())


def _arrears(visit: Visit) -> None:
    _beside(visit, ArrearsContribution, lambda months: months.arrears.click())


def _short(visit: Visit) -> None:
    _beside(visit, ShortContribution, lambda months: months.short.click())


def _records(visit: Visit) -> None:
    """What was submitted, for each act."""
    for fund in Fund:
        way = partial(submissions, visit.portal, fund, visit.employer)
        visit.reach(Submissions, way, partial(Submissions, fund=fund, employer=visit.employer))
        visit.portal.open(visit.portal.settings.home_path)


STOPS = (
    Stop("inbox", Words("MyASSIST dan satu kes", "MyASSIST and one case"), _inbox),
    Stop("workers", Words("Senarai pekerja", "Listing of workers"), _workers),
    Stop("new-workers", Words("Pekerja baharu", "New workers"), _new_workers),
    Stop("leavers", Words("Tarikh berhenti", "Resigned dates"), _leavers),
    Stop("employer", Words("Maklumat majikan", "Employer's information"), _employer),
    Stop("closing", Words("Penutupan majikan", "Employer's cessation"), _closing),
    Stop("closing-eis", Words("Penutupan majikan, SIP", "Cessation, EIS"), _closing_eis),
    Stop("registration", Words("Pendaftaran majikan", "Employer's registration"), _registration),
    Stop("pending", Words("Kes tertunda", "Pending cases"), _pending),
    Stop("contribution", Words("Caruman", "Contributions"), _contribution),
    Stop("text-file", Words("Fail teks", "Text file"), _text_file),
    Stop("arrears", Words("Caruman tertunggak", "Arrears"), _arrears),
    Stop("short", Words("Caruman kurang", "Short contribution"), _short),
    Stop("records", Words("Semakan caruman", "Contribution review"), _records),
)
