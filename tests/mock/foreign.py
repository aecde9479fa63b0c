"""A person's hand at the third look; its words typed once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.mock.hand import PDF, Hand, words
from tests.mock.line import UNKNOWN
from tests.mock.modern import EMPLOYER, TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Locator

TRADES = {
    "47": (
        "[47] RETAIL TRADE, EXCEPT OF MOTOR VEHICLES AND MOTORCYCLES",
        "[47111]Provision stores",
    ),
    "97": (
        "[97] ACTIVITIES OF HOUSEHOLDS AS EMPLOYERS OF DOMESTIC PERSONNEL",
        "[97000]Activities of households as employers of domestic personnel",
    ),
}


def begins(bm: str, en: str) -> re.Pattern[str]:
    """A field's label; behind it may stand that it must be filled."""
    either = rf"({re.escape(bm or en)}|{re.escape(en)})".replace("/", r"\/")
    return re.compile(rf"^{either}( \((wajib|required)\))?$")


class Foreign(Hand):
    """One person at one window of the portal as another team rebuilt it."""

    def enter(self, path: str, language: str = "en") -> None:
        """Be signed in, and at this address."""
        self.arrive()
        self.mock.ask("/settings", {"skin": "foreign", "language": language})
        self.mock.ask("/date", {"today": TODAY})
        self.tab.goto(self.mock.address + path)

    def press(self, bm: str, en: str) -> None:
        """A button by its words."""
        self.tab.get_by_role("button", name=words(bm, en), exact=True).click()

    def go_on(self) -> None:
        """Save and continue."""
        self.press("Simpan dan teruskan", "Save and continue")

    def card(self, text: str) -> Locator:
        """The card that says this."""
        cards = self.tab.locator("article article")
        return cards.filter(has_text=text)

    def row(self, text: str) -> Locator:
        """The row of a table that says this."""
        return self.tab.get_by_role("row").filter(has_text=text)

    def pencil(self, employer: str = EMPLOYER) -> None:
        """The employer's card in Search for employer."""
        self.card(employer).get_by_role("button", name=words("Pilih", "Select")).click()
        expect(self.tab.locator(".ep-summary")).to_contain_text(employer)

    @property
    def drawer(self) -> Locator:
        """The open drawer."""
        return self.tab.get_by_role("dialog")

    def box(self, bm: str, en: str) -> Locator:
        """A text field by its label."""
        return self.tab.get_by_role("textbox", name=begins(bm, en))

    def pick(self, bm: str, en: str, option: str) -> None:
        """A choice, as soon as it is there: a part of it is typed, the option pressed."""
        box = self.tab.get_by_role("combobox", name=begins(bm, en))
        expect(box).to_be_enabled()
        box.click()
        box.press_sequentially(option[:12])
        self.tab.get_by_role("option", name=option, exact=True).click()
        expect(box).to_have_value(option)

    def day(self, bm: str, en: str, value: str) -> None:
        """Three boxes."""
        boxes = self.tab.get_by_role("group", name=begins(bm, en))
        names = (("Hari", "Day"), ("Bulan", "Month"), ("Tahun", "Year"))
        for name, part in zip(names, value.split("/"), strict=True):
            boxes.get_by_label(words(*name)).fill(part)

    def segment(self, bm: str, en: str) -> None:
        """One of the buttons that stand for a choice."""
        self.tab.get_by_role("radio", name=words(bm, en)).click()

    def look_up(self, number: str) -> None:
        """The number, and Check."""
        self.drawer.get_by_role(
            "textbox", name=begins("No. pengenalan", "Identification no.")
        ).fill(number)
        self.drawer.get_by_role("button", name=words("Semak", "Check")).click()

    def add_unknown(self) -> None:
        """A worker whom the portal does not know."""
        self.press("Tambah pekerja", "Add employee")
        self.look_up(UNKNOWN)
        expect(self.drawer.get_by_role("status")).to_have_text(
            words("Rekod tidak ditemui", "Record not found")
        )
        self.drawer.get_by_role("switch").click()
        self.box("Nama pekerja", "Name of employee").fill("BARU BIN CONTOH")
        self.day("Tarikh lahir", "Date of birth", "14/3/1992")
        self.segment("Lelaki", "Male")
        self.day("Tarikh mula kerja", "Employment start date", "1/6/2025")
        self.drawer.get_by_role("checkbox").check()
        self.save_drawer()

    def save_drawer(self) -> None:
        """Save, and the drawer is gone."""
        self.drawer.get_by_role("button", name=words("Simpan", "Save")).click()
        expect(self.drawer).to_have_count(0)

    def choose_file(self, place: Locator) -> None:
        """Into the box for a file."""
        file: Any = {"name": "borang.pdf", "mimeType": "application/pdf", "buffer": PDF}
        place.locator("[type=file]").set_input_files(file)

    def add_paper(self, kind: str) -> None:
        """Add document, and its drawer."""
        self.press("Tambah dokumen", "Add document")
        self.pick("Penerangan", "Description", kind)
        self.choose_file(self.drawer)
        self.drawer.get_by_role("button", name=words("Tambah dokumen", "Add document")).click()
        expect(self.drawer).to_have_count(0)
        expect(self.row("borang.pdf")).to_be_visible()

    def agree(self) -> None:
        """The question before the deed."""
        asked = self.tab.get_by_role("alertdialog")
        asked.get_by_role("button", name=words("Sahkan", "Confirm")).click()

    def file_from_documents(self) -> str:
        """Over the review to the case's number."""
        expect(self.title).to_have_text(
            words("Muat naik dokumen sokongan", "Upload supporting document")
        )
        self.go_on()
        self.press("Hantar", "Submit")
        self.agree()
        expect(self.title).to_have_text(words("Permohonan dihantar", "Request submitted"))
        number = self.fact("No. kes permohonan", "Request case update no.")
        assert number in {f["reference"] for f in self.mock.ask("/filings")["filings"]}
        return number

    @property
    def title(self) -> Locator:
        """What the screen is called."""
        return self.tab.get_by_role("heading", level=1)

    def fact(self, bm: str, en: str) -> str:
        """A value beside its label."""
        term = self.tab.locator("dt").get_by_text(words(bm or en, en))
        return term.locator("xpath=following-sibling::dd[1]").inner_text()

    def fill_foreigner(self) -> None:
        """What a foreign worker's drawer wants beside the number."""
        for label, words_there in (
            ("Name of employee", "REKAAN CONTOH"), ("Pass/permit no.", "P0000001"),
            ("Name of next of kin", "WARIS REKAAN"), ("Address of next of kin", "JALAN CONTOH 1"),
            ("Telephone no. of next of kin", "+60300000000"),
        ):  # fmt: skip
            self.box("", label).fill(words_there)
        for label, day in (
            ("Date of birth", "05/05/1990"), ("Employment start date", "01/06/2025"),
            ("Passport valid from", "01/01/2024"), ("Passport valid to", "31/12/2049"),
            ("Pass/permit valid from", "01/05/2025"), ("Pass/permit valid to", "30/04/2049"),
        ):  # fmt: skip
            self.day("", label, day)
        self.segment("Lelaki", "Male")
        self.pick("", "Nationality", "Indonesia")
        self.pick("", "Pass/permit type", "Visit Pass (Temporary Employment)")
        self.pick("", "Relationship", "Spouse")
        self.pick("", "Country of next of kin", "Indonesia")

    def fill_employer(self, brn: str, venue: str, division: str) -> None:
        """A company's registration, as far as it is wanted."""
        self.fill_business(brn)
        self.fill_address()
        industry, sub = TRADES[division]
        self.pick("", "Industry code", industry)
        self.pick("", "Sub-industry code", sub)
        self.pick("", "Method of contribution payment", "Portal")
        self.pick("", "Induction venue", venue)

    def fill_business(self, brn: str) -> None:
        """Who it is, and the consent."""
        self.pick("", "Business entity", "Corporation")
        self.pick("", "Sub-business entity", "Sendirian Berhad")
        self.box("", "Registration number (BRN)").fill(brn)
        self.press("Semak", "Check")
        self.segment("", "February 2017 Onwards")
        self.tab.get_by_role("checkbox").check()
        self.box("", "Industry name").fill("Kedai Contoh Sdn. Bhd.")

    def fill_address(self) -> None:
        """Where it is; two telephone numbers."""
        self.box("", "Postal address 1").fill("No. 1, Jalan Contoh")
        self.pick("", "State", "Selangor")
        self.pick("", "City", "Shah Alam")
        self.pick("", "Postcode", "40100")
        self.pick("", "SOCSO office", "Pejabat PERKESO Negeri Selangor")
        self.tab.get_by_role("switch").click()
        self.box("", "Telephone no.").fill("30000011")
        self.tab.get_by_role("button", name="Add: Telephone no.").click()
        self.box("", "Telephone no. 2").fill("30000012")

    def find_receipt(self, kind: str, number: str) -> None:
        """The record of a month, over the employers and their records."""
        self.tab.goto(f"{self.mock.address}/ep/receipts/{kind}")
        self.tab.get_by_role("link", name="Contribution payment information").click()
        self.card(EMPLOYER).get_by_role("link", name="View").click()
        self.row(number).get_by_role("link", name="View").click()
