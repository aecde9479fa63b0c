"""A person's hand at the fourth look; its words typed once more."""

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


def named(bm: str, en: str) -> re.Pattern[str]:
    """Either language's word, whole; the browser's engine wants its slashes told."""
    return re.compile(words(bm or en, en or bm).pattern.replace("/", r"\/"))


class Stranger(Hand):
    """One person at one window of the portal as a house that knows no other look built it."""

    def enter(self, path: str, language: str = "en") -> None:
        """Be signed in, and at this address."""
        self.arrive()
        self.mock.ask("/settings", {"skin": "stranger", "language": language})
        self.mock.ask("/date", {"today": TODAY})
        self.tab.goto(self.mock.address + path)

    def press(self, bm: str, en: str) -> None:
        """A button by its words."""
        self.tab.get_by_role("button", name=named(bm, en), exact=True).click()

    def go_on(self) -> None:
        """Save, and what comes next."""
        self.press("Simpan & ke langkah seterusnya", "Save & go to next step")

    def row(self, text: str) -> Locator:
        """The row of a list that says this."""
        return self.tab.get_by_role("row").filter(has_text=text)

    def with_row(self, text: str, bm: str, en: str) -> None:
        """What can be done with the row; behind the word stands, unseen, whose row it is."""
        either = re.compile(f"^({re.escape(bm)}|{re.escape(en)}) ")
        row = self.row(text)
        row.get_by_role("button", name=either).or_(row.get_by_role("link", name=either)).click()

    def pencil(self, employer: str = EMPLOYER) -> None:
        """The employer's row."""
        self.with_row(employer, "Guna syarikat ini", "Use this company")
        expect(self.tab.locator(".sp-sheet")).to_contain_text(employer)

    @property
    def window(self) -> Locator:
        """The open window."""
        return self.tab.get_by_role("dialog")

    @property
    def title(self) -> Locator:
        """What the screen is called."""
        return self.tab.get_by_role("heading", level=1)

    def box(self, bm: str, en: str) -> Locator:
        """A text field by its label."""
        return self.tab.get_by_role("textbox", name=named(bm, en))

    def pick(self, bm: str, en: str, option: str) -> None:
        """A choice, as soon as it is there."""
        button = self.tab.get_by_role("combobox", name=named(bm, en))
        expect(button).to_be_enabled()
        button.click()
        self.tab.get_by_role("option", name=option, exact=True).click()
        expect(button).to_have_text(option)

    def mark(self, bm: str, en: str) -> None:
        """One of the few that are all to be seen."""
        self.tab.get_by_role("radio", name=named(bm, en)).check()

    def look_up(self, number: str) -> None:
        """The number, and Look up."""
        self.box("Nombor dokumen diri", "ID number").fill(number)
        self.press("Semak rekod", "Look up")

    def add_worker(self, number: str = UNKNOWN, name: str = "BARU BIN CONTOH") -> None:
        """A worker whom the portal does not know."""
        self.press("Kakitangan tempatan baharu", "New local staff")
        self.look_up(number)
        answer = self.window.get_by_role("status")
        expect(answer).to_have_text(words("Tiada dalam rekod", "Not on record"))
        self.window.get_by_label(re.compile("^(Daftar pekerja|Register new)")).check()
        self.box("Nama penuh", "Full name").fill(name)
        self.box("Tarikh kelahiran", "Birth date").fill("14-03-1992")
        self.mark("Lelaki", "Male")
        self.box("Mula bertugas", "Hired on").fill("01-06-2025")
        self.accept()
        self.save_window()
        expect(self.row(number)).to_contain_text(name)

    def accept(self) -> None:
        """The conditions."""
        self.window.get_by_label(re.compile("^.*(Saya terima syarat|I accept the cond)")).check()

    def save_window(self) -> None:
        """Save, and the window is gone."""
        self.press("Simpan rekod", "Save record")
        expect(self.window).to_have_count(0)

    def choose_file(self) -> None:
        """Into the window's box for a file."""
        file: Any = {"name": "borang.pdf", "mimeType": "application/pdf", "buffer": PDF}
        self.window.locator("[type=file]").set_input_files(file)

    def add_paper(self, kind: str) -> None:
        """Attach file, and its window."""
        self.press("Lampirkan fail", "Attach file")
        self.pick("Jenis", "Kind", kind)
        self.choose_file()
        inside = self.window.get_by_role("button", name=words("Lampirkan fail", "Attach file"))
        inside.click()
        expect(self.window).to_have_count(0)
        expect(self.row("borang.pdf")).to_be_visible()

    def agree(self) -> None:
        """The question before the deed."""
        self.window.get_by_role("button", name=re.compile("^(Ya|Yes)")).click()

    def lodge(self) -> str:
        """From the papers over the check to the number."""
        expect(self.title).to_have_text(words("Dokumen sokongan", "Supporting documents"))
        self.go_on()
        expect(self.title).to_have_text(words("Semak sebelum hantar", "Check before you lodge"))
        self.press("Hantar permohonan", "Lodge application")
        self.agree()
        expect(self.title).to_have_text(words("Akuan penerimaan", "Acknowledgement"))
        number = self.fact("Nombor permohonan", "Application number")
        assert number in {f["reference"] for f in self.mock.ask("/filings")["filings"]}
        return number

    def fact(self, bm: str, en: str) -> str:
        """A value beside its label."""
        label = self.tab.get_by_role("rowheader", name=named(bm, en), exact=True)
        return label.locator("xpath=following-sibling::td[1]").inner_text()

    def fill_foreigner(self) -> None:
        """What a foreign worker's window wants beside the number."""
        for label, text in (
            ("Full name", "REKAAN CONTOH"), ("Work pass number", "P0000001"),
            ("Full name of next of kin", "WARIS REKAAN"),
            ("Address of next of kin", "JALAN CONTOH 1"),
            ("Phone of next of kin", "+60300000000"),
            ("Birth date", "05-05-1990"), ("Hired on", "01-06-2025"),
            ("Passport effective", "01-01-2024"), ("Passport expires", "31-12-2049"),
            ("Work pass effective", "01-05-2025"), ("Work pass expires", "30-04-2049"),
        ):  # fmt: skip
            self.box("", label).fill(text)
        self.mark("Lelaki", "Male")
        self.mark("", "Visit Pass (Temporary Employment)")
        self.pick("", "Citizenship", "Indonesia")
        self.pick("", "Relation", "Spouse")
        self.pick("", "Country of next of kin", "Indonesia")

    def fill_employer(self, brn: str, venue: str, division: str) -> None:
        """A company's enrolment, as far as it is wanted."""
        self.fill_business(brn)
        self.fill_address()
        industry, branch = TRADES[division]
        self.pick("", "Line of industry (MSIC)", industry)
        self.pick("", "Branch of industry", branch)
        self.pick("", "Payment channel", "Portal")
        self.pick("", "Briefing session", venue)

    def fill_business(self, brn: str) -> None:
        """Who it is, and the consent."""
        self.pick("", "Form of business", "Corporation")
        self.pick("", "Subform", "Sendirian Berhad")
        self.box("", "SSM / BRN number").fill(brn)
        self.press("Semak rekod", "Look up")
        self.mark("", "February 2017 Onwards")
        self.tab.get_by_label(re.compile("we will contribute under Act 800")).check()
        self.box("", "Name of premises").fill("Kedai Contoh Sdn. Bhd.")

    def fill_address(self) -> None:
        """Where it is; two telephone numbers."""
        self.box("", "Mailing address, line 1").fill("No. 1, Jalan Contoh")
        self.pick("", "State", "Selangor")
        self.pick("", "Town", "Shah Alam")
        self.pick("", "Post code", "40100")
        self.pick("", "SOCSO branch", "Pejabat PERKESO Negeri Selangor")
        self.tab.get_by_label("The premises are at the mailing address").check()
        self.box("", "Office phone").fill("30000011")
        self.press("", "Another number: Office phone")
        self.box("", "Office phone 2").fill("30000012")
