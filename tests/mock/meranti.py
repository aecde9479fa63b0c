"""A person's hand at the sixth look; its words typed once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.mock.hand import PDF, Hand, words
from tests.mock.line import UNKNOWN
from tests.mock.modern import EMPLOYER, TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Locator


def named(bm: str, en: str) -> re.Pattern[str]:
    """Either language's word, whole."""
    return re.compile(words(bm or en, en or bm).pattern.replace("/", r"\/"))


def begun(bm: str, en: str) -> re.Pattern[str]:
    """Either language's word, with what may stand behind it."""
    either = f"^({re.escape(bm or en)}|{re.escape(en or bm)})"
    return re.compile(either.replace("\\ ", " "))  # the browser's engine wants no such blanks


class Meranti(Hand):
    """One person at one window."""

    def enter(self, path: str, language: str = "en") -> None:
        """Be signed in, and at this address."""
        self.arrive()
        self.mock.ask("/settings", {"skin": "meranti", "language": language})
        self.mock.ask("/date", {"today": TODAY})
        self.tab.goto(self.mock.address + path)

    def press(self, bm: str, en: str) -> None:
        """The button with these words that is to be seen."""
        button = self.tab.get_by_role("button", name=named(bm, en), exact=True)
        button.filter(visible=True).click()

    def go_on(self) -> None:
        """Save, and what comes next."""
        self.press("Simpan dan seterusnya", "Save and next")

    def row(self, text: str) -> Locator:
        """The row of a list that says this."""
        return self.tab.get_by_role("row").filter(has_text=text)

    def manage(self, employer: str = EMPLOYER) -> None:
        """The employer's row."""
        choose = named("Urus majikan ini", "Manage this employer")
        self.row(employer).get_by_role("button", name=choose).click()
        expect(self.row(employer)).to_contain_text(re.compile("Nama majikan|Employer name"))

    @property
    def title(self) -> Locator:
        """What the screen that is to be seen is called."""
        return self.tab.get_by_role("heading", level=1)

    def box(self, bm: str, en: str) -> Locator:
        """A field by its label."""
        return self.tab.get_by_label(begun(bm, en))

    def chip(self, group: str, choice: str) -> None:
        """One of a few."""
        self.tab.get_by_role("group", name=re.compile(group)).get_by_text(
            re.compile(f"^({choice})$")
        ).click()

    def listed(self, bm: str, en: str, option: str) -> None:
        """A choice that is typed."""
        field = self.tab.get_by_role("combobox", name=begun(bm, en))
        expect(field).to_be_enabled()
        field.fill(option)
        field.press("Tab")
        expect(field).to_have_value(option)

    def find_number(self, number: str) -> Locator:
        """The number, and Look up; gives where the answer stands."""
        self.tab.get_by_label(named("No. pengenalan", "Identity no.")).fill(number)
        self.press("Semak nombor", "Look up")
        return self.tab.get_by_role("status").filter(has_text=re.compile("[Rr]ekod|[Rr]ecord"))

    def add_worker(self, number: str = UNKNOWN, name: str = "BARU BIN CONTOH") -> None:
        """A worker whom the portal does not know."""
        self.press("Tambah pekerja tempatan", "Add a local employee")
        answer = self.find_number(number)
        expect(answer).to_have_text(
            words("Tiada rekod bagi nombor ini", "No record for this number")
        )
        self.tab.get_by_label(re.compile("^(Daftarkan orang|Register this)")).check()
        self.box("Nama seperti dalam dokumen", "Name as in document").fill(name)
        self.box("Tarikh lahir", "Date of birth").first.fill("14.3.1992")
        self.box("Tarikh mula bekerja", "First working day").first.fill("1 Jun 2025")
        self.chip("Jantina|Sex", "Lelaki|Male")
        self.tab.get_by_label(re.compile("^(Saya telah membaca|I have read)")).check()
        self.save()
        expect(self.row(number)).to_contain_text(name)

    def save(self) -> None:
        """Save, and the list is back."""
        self.press("Simpan", "Save")
        expect(self.tab.locator("#borang")).to_be_hidden()

    def add_paper(self, kind: re.Pattern[str]) -> None:
        """Add attachment, and its page."""
        self.press("Tambah lampiran", "Add attachment")
        box = self.box("Jenis dokumen", "Document type")
        box.select_option(box.locator("option", has_text=kind).get_attribute("value"))
        file: Any = {"name": "borang.pdf", "mimeType": "application/pdf", "buffer": PDF}
        self.tab.locator("[type=file]").set_input_files(file)
        self.press("Tambah lampiran", "Add attachment")
        expect(self.row("borang.pdf")).to_be_visible()

    def send(self) -> None:
        """Send to PERKESO, and the question."""
        self.press("Hantar kepada PERKESO", "Send to PERKESO")
        self.press("Ya, teruskan", "Yes, proceed")

    def fact(self, bm: str, en: str) -> str:
        """A value of the summary by its label."""
        label = self.tab.get_by_role("rowheader", name=named(bm, en), exact=True)
        return label.locator("xpath=following-sibling::td[1]").inner_text()

    def file_from_papers(self) -> str:
        """From the papers over the review to the number."""
        expect(self.title).to_have_text(words("Lampiran", "Attachments"))
        self.go_on()
        expect(self.title).to_have_text(words("Semak dan hantar", "Review and send"))
        self.send()
        expect(self.title).to_have_text(words("Penghantaran diterima", "Submission received"))
        number = self.fact("No. rujukan", "Reference no.")
        assert number in {f["reference"] for f in self.mock.ask("/filings")["filings"]}
        return number
