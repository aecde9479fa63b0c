"""Where a calibration goes: each stop reads as a person would walk it, and ends before any SAVE.

Every screen that comes on the way is looked at when it arrives (`Portal.arrived`); a stop says only
what is opened, and looks once more where something was brought to sight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rpa.errors import RowRefused, UnexpectedPage, Words
from rpa.pages.cessation import Cessation1A, Cessation3
from rpa.pages.contribution import ArrearsContribution, PendingList, ShortContribution
from rpa.pages.contribution_review import submissions
from rpa.pages.employee_popups import EmployeePopup, EmployeeUpdatePopup, ForeignEmployeePopup
from rpa.pages.employee_update import UpdateEmployees
from rpa.pages.employees import EmployeeList
from rpa.pages.employer_form import EmployerForm, EmployerUpdateForm
from rpa.pages.pending_case import SearchPendingCase
from rpa.pages.resigned_dates import ResignedDates
from rpa.pages.shell import MySites
from rpa.rules.contribution import Act
from rpa.rules.recorded import Fund
from rpa.rules.vocabulary import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.pages.employee_popups import PersonPopup
    from rpa.portal.page import Page
    from rpa.portal.tab import Portal

# No day of birth, so nobody's number; a passport of a state that there is not.
NOBODY = {EmployeePopup: "900230990000", ForeignEmployeePopup: "ZZ0000000"}


@dataclass
class Visit:
    """A signed-in portal at its first screen, one employer, and what a stop may do there."""

    portal: Portal
    employer: str
    see: Callable[[Page], None]
    unknown: list[UnexpectedPage] = field(default_factory=list)  # words that nobody knows

    @property
    def sites(self) -> MySites:
        """Where every way begins."""
        return MySites(self.portal)


@dataclass(frozen=True)
class Stop:
    """One part of the portal."""

    name: str
    title: Words
    walk: Callable[[Visit], None]


def _inbox(visit: Visit) -> None:
    """The list of cases, and one that was sent."""
    inbox = visit.sites.registration().inbox()
    cases = inbox.listed()
    visit.unknown += [case.unknown for case in cases if case.unknown]
    sent = next((c for c in cases if c.means and c.is_sent and c.viewable), None)
    if sent:
        inbox.view(sent.reference)


def _new_workers(visit: Visit) -> None:
    """The lists of new workers, each popup opened, its lens asked for nobody, and left."""
    for kind in (EmployeePopup, ForeignEmployeePopup):
        lists = visit.sites.registration().update(EmployeeList, visit.employer)
        button = lists.add_employee if kind is EmployeePopup else lists.add_foreign_employee
        button.click()
        _asked(visit, kind(visit.portal))
        visit.portal.open(visit.portal.settings.home_path)


def _asked(visit: Visit, popup: PersonPopup) -> None:
    """What a lens says of somebody whom nobody knows brings the rest of the popup to sight."""
    try:
        popup.look_up(NOBODY[type(popup)])
    except RowRefused:  # the portal sees that there is no such number: also an answer
        return
    visit.see(popup)
    popup.close()


def _workers(visit: Visit) -> None:
    """The listing of workers, and the pencil of the first."""
    listing = visit.sites.registration().update(UpdateEmployees, visit.employer)
    rows = listing.listing.rows()
    if rows:
        row = listing.listing.row(rows[0]["identification"])
        listing.listing.press(row, Action.EDIT)
        EmployeeUpdatePopup(visit.portal).close()


def _leavers(visit: Visit) -> None:
    visit.sites.registration().update(ResignedDates, visit.employer)


def _employer(visit: Visit) -> None:
    visit.sites.registration().update(EmployerUpdateForm, visit.employer)


def _closing(visit: Visit) -> None:
    visit.sites.registration().update(Cessation1A, visit.employer)


def _closing_eis(visit: Visit) -> None:
    visit.sites.registration().eis_update(Cessation3, visit.employer)


def _registration(visit: Visit) -> None:
    visit.sites.registration().open(EmployerForm)


def _pending(visit: Visit) -> None:
    visit.sites.registration().search(SearchPendingCase)


def _contribution(visit: Visit) -> None:
    """The list of months under each act, and the ways in beside it."""
    for act in Act:
        PendingList.opened(visit.portal, act, visit.employer)
        visit.portal.open(visit.portal.settings.home_path)


def _text_file(visit: Visit) -> None:
    PendingList.opened(visit.portal, Act.BOTH, visit.employer).upload()


def _arrears(visit: Visit) -> None:
    PendingList.opened(visit.portal, Act.BOTH, visit.employer).arrears.click()
    ArrearsContribution(visit.portal, Act.BOTH)


def _short(visit: Visit) -> None:
    PendingList.opened(visit.portal, Act.BOTH, visit.employer).short.click()
    ShortContribution(visit.portal, Act.BOTH)


def _records(visit: Visit) -> None:
    """What was submitted, for each act."""
    for fund in Fund:
        submissions(visit.portal, fund, visit.employer)
        visit.portal.open(visit.portal.settings.home_path)


STOPS = (
    Stop("inbox", Words("MyASSIST dan satu kes", "MyASSIST and one case"), _inbox),
    Stop("new-workers", Words("Pekerja baharu", "New workers"), _new_workers),
    Stop("workers", Words("Senarai pekerja", "Listing of workers"), _workers),
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
