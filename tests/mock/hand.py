"""What a person's hand does at the portal, for the tests; words typed here once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.mock.line import FORM, PDF, UNKNOWN, Line

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam
    from playwright.sync_api import Locator, Page

    from tests.mock.conftest import Mock

__all__ = ["LANGUAGES", "PDF", "Hand", "words"]

# The mixture has words of both; each alone waits for `make heavy`.
LANGUAGES = ["mixed", *(pytest.param(one, marks=pytest.mark.heavy) for one in ("bm", "en"))]


def words(bm: str, en: str = "") -> re.Pattern[str]:
    """Either language's word, whole."""
    return re.compile(f"^({re.escape(bm)}|{re.escape(en or bm)})$")


class Hand:
    """One person at one window."""

    def __init__(self, tab: Page, mock: Mock) -> None:
        self.tab = tab
        self.mock = mock
        self.line = Line(mock)

    def link(self, bm: str, en: str = "") -> Locator:
        """A button or link by its words."""
        either = self.tab.get_by_role("button", name=words(bm, en))
        return either.or_(self.tab.get_by_role("link", name=words(bm, en)))

    def log_in(self, email: str = "", password: str = "") -> None:
        """Two steps."""
        facts = self.mock.facts
        self.tab.goto(f"{facts['portal']}/employer/login")
        self.tab.get_by_label(words("Emel", "Email Address")).fill(email or facts["email"])
        self.link("SETERUSNYA", "NEXT").click()
        expect(self.tab.locator("#securityPhrase")).to_have_text(facts["security_phrase"])
        self.tab.get_by_label(words("Kata Laluan", "Password")).fill(password or facts["password"])
        self.link("LOG MASUK", "LOGIN").click()

    def arrive(self) -> None:
        """Be signed in, without the log-in screens."""
        self.line.log_in()
        cookie: SetCookieParam = {"name": "JSESSIONID", "value": self.line.cookie}
        self.tab.context.add_cookies([{**cookie, "url": self.mock.address}])
        self.tab.add_init_script(f"sessionStorage.setItem('browserIdKey', '{self.line.key}')")

    def inbox(self) -> None:
        """MyASSIST of the registration site."""
        self.tab.goto(f"{self.mock.address}/web/registration/myassist")

    def open_list(self, employer: str = "E9900001234V", worker: str = "", **other: str) -> None:
        """An employer's list, without the way there; a worker may be on it already."""
        listing = self.line.open(employer)
        if worker:
            self.line.add(listing, registrationNo=worker, searched=worker, **other)
        self.tab.goto(self.mock.address + listing)

    def walk_to_list(self, employer: str = "E9900001234V") -> None:
        """MY SITES, PENDAFTARAN, Kemaskini, Tambah Pekerja Baru, pencil."""
        self.tab.locator("a.dropdown-toggle").click()
        self.tab.locator("span.site-name", has_text=words("PENDAFTARAN", "REGISTRATION")).click()
        self.tab.locator("a.menu-toggle", has_text=words("Kemaskini", "Update")).hover()
        self.link("Tambah Pekerja Baru", "Update Add New Employee").click()
        self.tab.get_by_role("row", name=employer).locator("#editBtn").click()
        expect(self.tab.locator("#employerCode")).to_have_text(employer)

    def open_popup(self) -> Locator:
        """ADD EMPLOYEE."""
        self.tab.locator("#addNewBtnPopBtnId").click()
        popup = self.tab.get_by_role("dialog")
        expect(popup).to_be_visible()
        return popup

    def field(self, name: str) -> Locator:
        """A field of the popup by its stable name."""
        return self.tab.locator(f'[name="{FORM}dto.{name}"]')

    def choose(self, field: str, option: str) -> None:
        """A choice in a Select2-like drop-down."""
        box = self.tab.locator(f'[id="select2-{FORM}{field}-container"]')
        box.click()
        self.tab.locator("li.select2-results__option", has_text=option).click()
        expect(box).to_have_text(option)

    def open_foreign_popup(self) -> Locator:
        """ADD FOREIGN EMPLOYEE."""
        self.tab.locator("#addNewForeignBtnPopBtnId").click()
        popup = self.tab.get_by_role("dialog")
        expect(popup).to_be_visible()
        return popup

    def look_up_foreigner(self, passport: str) -> None:
        """The passport number and the lens."""
        self.field("registrationNo").fill(passport)
        self.tab.locator("#searchForeignEmployeeInfo").click()

    def to_preview(self, listing: str) -> None:
        """The list is saved; be at its preview."""
        following = self.line.save(listing)
        self.tab.goto(self.mock.address + re.sub(r"/\w+\.jsp", "/preview.jsp", following))
        expect(self.tab.locator("#btnSubmitId")).to_be_visible()

    def look_up(self, number: str) -> None:
        """The number and the lens."""
        self.field("registrationNo").fill(number)
        self.tab.locator("#searchEmployeeInfo").click()

    def fill_unknown(self, number: str = UNKNOWN) -> None:
        """A person the portal does not know, with all fields that matter."""
        self.look_up(number)
        expect(self.tab.locator("#falseImg")).to_be_visible()
        self.tab.locator("#registerNewEmployeeIconId").click()
        self.field("nameOfEmployee").fill("BARU BIN CONTOH")
        self.field("dateOfBirth").fill("14/03/1992")
        self.tab.get_by_label("Male", exact=True).check()
        self.field("employmentStartDate").fill("01/06/2025")
        self.tab.locator("#acknowledgementIconId").click()

    def save_popup(self) -> None:
        """SAVE, and the popup closes."""
        self.tab.locator("#employeePopUpSubmitBtn").click()
        expect(self.tab.get_by_role("dialog")).to_have_count(0)

    def prepare(self, **other: str) -> None:
        """Be at a preview with one worker, without the way there."""
        self.arrive()
        listing = self.line.open("E9900001234V")
        self.line.add(listing, **other)
        following = self.line.save(listing)
        self.tab.goto(self.mock.address + following.replace("/eis.jsp", "/preview.jsp"))
        expect(self.tab.locator("table.caseItem")).to_have_count(1)

    def confirm(self) -> None:
        """SUBMIT and CONFIRM; what comes then is the test's matter."""
        self.tab.locator("#btnSubmitId").click()
        self.tab.get_by_role("dialog").locator("a.confirm").click(no_wait_after=True)

    def filed(self) -> str:
        """The case number of the result page."""
        number = self.tab.locator("#caseNumber")
        expect(number).to_be_visible()
        return number.inner_text()
