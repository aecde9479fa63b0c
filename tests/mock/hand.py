"""What a person's hand does at the portal, for the tests; words typed here once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.mock.conftest import Mock

LOGIN = "_customlogin_WAR_pksloginportlet_"
FORM = "_searchforemployer_WAR_registrationportlet_"
UNKNOWN = "920314005111"  # birthplace 00 is not in use
PDF = b"%PDF-1.4\n%%EOF\n"


def words(bm: str, en: str = "") -> re.Pattern[str]:
    """Either language's word, whole."""
    return re.compile(f"^({re.escape(bm)}|{re.escape(en or bm)})$")


class Hand:
    """One person at one window."""

    def __init__(self, tab: Page, mock: Mock) -> None:
        self.tab = tab
        self.mock = mock

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
        """Log in and see the inbox."""
        self.log_in()
        expect(self.tab.locator("#taskInbox")).to_be_visible()

    def open_list(self, employer: str = "E9900001234V") -> None:
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

    def look_up(self, number: str) -> None:
        """The number and the lens."""
        self.field("registrationNo").fill(number)
        self.tab.locator("#searchEmployeeInfo").click()

    def fill_unknown(self, number: str = UNKNOWN, *, born: str = "14/03/1992") -> None:
        """A person the portal does not know, with all fields that matter."""
        self.look_up(number)
        expect(self.tab.locator("#falseImg")).to_be_visible()
        self.tab.locator("#registerNewEmployeeIconId").click()
        self.field("nameOfEmployee").fill("BARU BIN CONTOH")
        self.field("dateOfBirth").fill(born)
        self.tab.get_by_label("Male", exact=True).check()
        self.field("employmentStartDate").fill("01/06/2025")
        self.tab.locator("#acknowledgementIconId").click()

    def save_popup(self) -> None:
        """SAVE, and the popup closes."""
        self.tab.locator("#employeePopUpSubmitBtn").click()
        expect(self.tab.get_by_role("dialog")).to_have_count(0)

    def add_unknown(self, number: str = UNKNOWN, *, born: str = "14/03/1992") -> None:
        """One worker on the list."""
        self.open_popup()
        self.fill_unknown(number, born=born)
        self.save_popup()
        expect(self.tab.locator("#newEmployeeList").get_by_text(number)).to_have_count(1)

    def to_preview(self) -> None:
        """SAVE & CONTINUE until the preview."""
        self.tab.locator("#newegfSubmit").click()
        eis = self.tab.locator("#eisSubmit")
        documents = self.tab.locator(f'[id="{FORM}saveNContinueFormBtnId"]')
        expect(eis.or_(documents)).to_have_count(1)
        if eis.count():
            eis.click()
        documents.click()
        expect(self.tab.locator("table.caseItem")).not_to_have_count(0)

    def prepare(self) -> None:
        """From the log-in to a preview with one worker."""
        self.arrive()
        self.open_list()
        self.add_unknown()
        self.to_preview()

    def confirm(self) -> None:
        """SUBMIT and CONFIRM; what comes then is the test's matter."""
        self.tab.locator("#btnSubmitId").click()
        self.tab.get_by_role("dialog").locator("a.confirm").click(no_wait_after=True)

    def filed(self) -> str:
        """The case number of the result page."""
        number = self.tab.locator("#caseNumber")
        expect(number).to_be_visible()
        return number.inner_text()
