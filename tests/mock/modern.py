"""A person's hand at the skin "modern"; words and addresses typed here once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.mock.hand import PDF, Hand, words
from tests.mock.line import UNKNOWN

if TYPE_CHECKING:
    from playwright.sync_api import Locator

EMPLOYER = "E9900001234V"
AKTIF = "950211705780"
TODAY = "2026-11-22"


class Modern(Hand):
    """One person at one window of the rebuilt portal."""

    def enter(self, path: str, language: str = "en") -> None:
        """Be signed in, and at this address."""
        self.arrive()
        self.mock.ask("/settings", {"skin": "modern", "language": language})
        self.mock.ask("/date", {"today": TODAY})
        self.tab.goto(self.mock.address + path)

    def press(self, bm: str, en: str = "") -> None:
        """A button by its words."""
        self.tab.get_by_role("button", name=words(bm, en), exact=True).click()

    def go_on(self) -> None:
        """SAVE & CONTINUE."""
        self.press("SIMPAN DAN TERUSKAN", "SAVE & CONTINUE")

    def row(self, text: str) -> Locator:
        """The row of a table that says this."""
        return self.tab.get_by_role("row").filter(has_text=text)

    def pencil(self, employer: str = EMPLOYER) -> None:
        """The employer's row in Search For Employer."""
        self.row(employer).get_by_role("button", name=words("Kemas Kini", "Edit")).click()
        expect(self.tab.locator("dl.facts")).to_contain_text(employer)

    @property
    def window(self) -> Locator:
        """The open window."""
        return self.tab.get_by_role("dialog")

    def box(self, name: str) -> Locator:
        """A field by its name."""
        return self.tab.locator(f'[name="{name}"]:not([type=hidden])')

    def pick(self, name: str, label: str) -> None:
        """A choice, as soon as it is there."""
        expect(self.box(name).locator("option", has_text=label)).to_have_count(1)
        self.box(name).select_option(label=label)

    def add_unknown(self) -> None:
        """A worker whom the portal does not know."""
        self.press("TAMBAHAN PEKERJA", "ADD EMPLOYEE")
        self.box("identity-number").fill(UNKNOWN)
        self.window.get_by_role("button", name=words("Cari", "Search")).click()
        expect(self.window.get_by_role("status")).to_have_text("Record not found")
        self.window.get_by_label(
            words("Pendaftaran Pekerja Baharu", "Register New Employee")
        ).check()
        self.window.get_by_label("Name of Employee").fill("BARU BIN CONTOH")
        self.window.get_by_label("Date of Birth").fill("1992-03-14")
        self.window.get_by_label("Male", exact=True).check()
        self.window.get_by_label("Employment Start Date").fill("2025-06-01")
        self.window.get_by_label("i have read and agree to the terms and condition").check()
        self.save_window()

    def save_window(self) -> None:
        """SAVE, and the window is gone."""
        self.window.get_by_role("button", name=words("SIMPAN", "SAVE")).click()
        expect(self.window).to_have_count(0)

    def choose_file(self) -> None:
        """Into the window's box for a file."""
        file: Any = {"name": "borang.pdf", "mimeType": "application/pdf", "buffer": PDF}
        self.window.locator("[type=file]").set_input_files(file)

    def add_paper(self, kind: str) -> None:
        """ADD DOCUMENT and its window."""
        self.press("TAMBAH DOKUMEN", "ADD DOCUMENT")
        self.window.get_by_label("Description").select_option(label=kind)
        self.choose_file()
        self.window.get_by_role("button", name=words("MASUKKAN DOKUMEN", "ADD DOCUMENT")).click()
        expect(self.window).to_have_count(0)
        expect(self.row("borang.pdf")).to_be_visible()

    def send(self) -> None:
        """SUBMIT and CONFIRM."""
        self.press("HANTAR", "SUBMIT")
        self.window.get_by_role("button", name=words("SAHKAN", "CONFIRM")).click()

    def file_from_documents(self) -> str:
        """Without papers, over the preview, to the case's number."""
        expect(self.tab.get_by_role("heading", level=1)).to_have_text("Upload Supporting Document")
        self.go_on()
        self.send()
        expect(self.tab.get_by_role("heading", level=1)).to_have_text("Result")
        number = self.fact("Request Case Update No.")
        assert number in {f["reference"] for f in self.mock.ask("/filings")["filings"]}
        return number

    def fact(self, label: str) -> str:
        """A value beside its label."""
        term = self.tab.locator("dt").get_by_text(label, exact=True)
        return self.tab.locator("dl > div").filter(has=term).locator("dd").inner_text()
