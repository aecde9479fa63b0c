"""A person's hand on the screens of QRG 4, and what can go wrong there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.mock.contributing import (
    AKTIF,
    EMPLOYER,
    LAMA,
    OTHER_EMPLOYER,
    PORTLET,
    SOCSO,
    TODAY,
    record,
)
from tests.mock.hand import LANGUAGES, Hand, words

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

PENDING = ("Senarai Tertunda Caruman Majikan", "Employer Contribution Pending List")


class Clerk(Hand):
    """A person at one window."""

    def walk(self, group: str = "") -> None:
        """MY SITES, CARUMAN, the menu; ``group`` SOCSO or EIS, else both together."""
        self.tab.goto(f"{self.mock.address}/web/base/myassist")
        self.tab.locator("a.dropdown-toggle").click()
        self.tab.locator("span.site-name", has_text=words("CARUMAN", "CONTRIBUTION")).click()
        self.tab.locator("a.menu-toggle", has_text=words("CARUMAN", "CONTRIBUTION")).hover()
        place = self.tab.locator(f'li[data-group="{group}"]') if group else self.tab
        name = "NEW SUBMISSION" if group else "SOCSO + EIS"
        place.get_by_role("link", name=name, exact=True).click()
        expect(self.tab.locator("#act")).to_have_text(group or "SOCSO + EIS")

    def open(self, month: str) -> None:
        """The pointing hand."""
        row = self.tab.locator("#pendingList").get_by_role("row", name=month)
        row.get_by_role("link", name="Open").click()

    def row(self, number: str) -> Locator:
        """A worker on the month page."""
        return self.tab.locator("#employeeList").get_by_role("row", name=number)

    def pay(self, number: str, amount: str) -> None:
        """The pencil, the wages, SAVE; the popup is gone when it returns."""
        self.row(number).get_by_role("link", name=words("Kemaskini", "Edit")).click()
        box = self.tab.get_by_role("dialog").get_by_label(words("Gaji (RM)", "Wages (RM)"))
        box.fill(amount)
        self.tab.locator("#wagesSaveBtnId").click()
        expect(self.tab.get_by_role("dialog")).to_have_count(0)

    def choose_month(self, month: str) -> None:
        """The drop-down of months."""
        self.tab.locator(f'[id="select2-_{PORTLET}_dtocontributionMonth-container"]').click()
        self.tab.locator("li.select2-results__option", has_text=month).click()

    def upload(self, content: str) -> None:
        """Choose File and UPLOAD."""
        self.tab.locator(f'[id="_{PORTLET}_uploadFile"]').set_input_files(
            {"name": "10.txt", "mimeType": "text/plain", "buffer": content.encode()}
        )
        self.link("Muat Naik", "UPLOAD").click()

    def at_draft(self) -> None:
        """Be at a saved month with one paid worker, ready for SUBMIT."""
        self.arrive()
        self.walk()
        self.open("10/2026")
        self.pay(AKTIF, "3000")
        self.pay(LAMA, "0")
        self.link("SIMPAN DRAF", "SAVE DRAFT").click()
        expect(self.tab.locator("#receivedDate")).to_have_text("22/11/2026")

    def filed(self, kind: str = "acr") -> str:
        """The number on the result page."""
        number = self.tab.locator(f"#{kind}Number")
        expect(number).to_be_visible()
        return number.inner_text()


@pytest.fixture
def clerk(mock: Mock, tab: Page) -> Clerk:
    """Somebody at the portal on 22 November 2026."""
    mock.ask("/date", {"today": TODAY})
    return Clerk(tab, mock)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_acts_together_are_filed_by_row_in_english_words(clerk: Clerk, language: str) -> None:
    """The combined screens are English in every language; header and menu are not."""
    tab = clerk.tab
    clerk.mock.ask("/settings", {"language": language})
    clerk.arrive()
    clerk.walk()
    expect(tab.get_by_role("heading", level=1)).to_have_text(PENDING[1])
    clerk.open("10/2026")
    for number in (AKTIF, LAMA):
        clerk.row(number).get_by_role("link", name="Edit", exact=True).click()
        tab.get_by_role("dialog", name="Update Wages").get_by_label("Wages (RM)").fill("3000")
        tab.get_by_role("button", name="SAVE", exact=True).click()
        expect(tab.get_by_role("dialog")).to_have_count(0)
        expect(clerk.row(number)).to_contain_text("Complete")
    expect(tab.get_by_role("button", name="COMPLETE")).to_have_count(0)
    tab.get_by_role("button", name="SUBMIT").click()
    expect(tab.locator("main .alert-error")).to_have_text("Please save draft before submit.")
    expect(tab.locator("#successMsg")).to_have_count(0)
    tab.get_by_role("button", name="SAVE DRAFT").click()
    expect(tab.locator("#successMsg")).to_be_visible()
    tab.get_by_role("button", name="SUBMIT").click()
    dialog = tab.get_by_role("dialog", name="CONFIRMATION")
    dialog.get_by_role("button", name="CONFIRM", exact=True).click()
    assert clerk.filed() == "ACR112260000001"
    assert clerk.filed("ecr") == "ECR112260000001"
    with tab.expect_download() as coming:
        tab.locator("a#iconDownload.btndownload", has_text="Print ACR").click()
    assert coming.value.suggested_filename == "ACR112260000001.pdf"
    assert coming.value.path().read_bytes().startswith(b"%PDF-")
    tab.get_by_role("button", name="Process to Payment").click()
    expect(tab.locator("main")).to_contain_text("outside this practice portal")


@pytest.mark.parametrize("language", LANGUAGES)
def test_socso_alone_speaks_the_guides_words(clerk: Clerk, language: str) -> None:
    """LENGKAP, SIMPAN DRAF, HANTAR, SAHKAN, and their English."""
    tab = clerk.tab
    clerk.mock.ask("/settings", {"language": language})
    clerk.arrive()
    clerk.walk("SOCSO")
    expect(tab.get_by_role("heading", level=1, name=words(*PENDING))).to_be_visible()
    clerk.open("10/2026")
    clerk.pay(AKTIF, "3000")
    clerk.pay(LAMA, "0")
    clerk.link("HANTAR", "SUBMIT").click()
    expect(tab.locator("main .alert-error")).to_have_text("Please save draft before submit.")
    clerk.link("SIMPAN DRAF", "SAVE DRAFT").click()
    clerk.link("HANTAR", "SUBMIT").click()
    expect(tab.locator("main .alert-error")).to_have_text("There are incomplete record(s).")
    clerk.link("LENGKAP", "COMPLETE").click()
    expect(clerk.row(AKTIF)).to_contain_text("Complete")
    clerk.link("HANTAR", "SUBMIT").click()
    clerk.link("SAHKAN", "CONFIRM").click()
    clerk.filed()
    expect(tab.locator("#ecrNumber")).to_have_count(0)
    if language == "bm":
        assert "COMPLETE" not in tab.locator("main").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_eis_alone_chooses_its_month_and_takes_a_file(clerk: Clerk, language: str) -> None:
    """By row the month is chosen on the month page; after a file BACK leads to the draft."""
    tab = clerk.tab
    clerk.mock.ask("/settings", {"language": language})
    clerk.arrive()
    clerk.walk("EIS")
    clerk.open("10/2026")
    expect(tab.locator("#employeeList")).to_have_count(0)
    month = tab.get_by_role("combobox", name=words("Bulan Caruman", "Contribution Month"))
    expect(month).to_have_text("Please Select")
    clerk.choose_month("11/2026")
    expect(tab.locator("#contributionMonth")).to_have_text("11/2026")
    expect(tab.locator("#employeeList tbody tr")).to_have_count(2)
    clerk.link("KEMBALI", "BACK").click()
    clerk.link("TEKS FAIL", "TEXT FILE").click()
    expect(tab.get_by_label(words("Pilih Fail", "Choose File"))).to_be_visible()
    clerk.choose_month("10/2026")
    clerk.upload(f"{record(AKTIF)}\n{record(LAMA)[:-1]}")
    expect(tab.locator("main .alert-error")).to_have_text("Text file is rejected.")
    expect(tab.locator("#uploadErrorList tbody tr")).to_have_text("21-278Invalid record length.")
    clerk.upload(f"{record(AKTIF)}\n{record(LAMA)}")
    expect(tab.locator("#recordCount")).to_have_text("2")
    clerk.link("KEMBALI", "BACK").click()
    draft = tab.locator("#draftList").get_by_role("row", name="10/2026")
    draft.get_by_role("link", name=words("Kemaskini", "Edit")).click()
    expect(tab.locator("#grandTotal")).to_have_text("23.60")


def test_the_employer_is_chosen_above_the_lists(clerk: Clerk) -> None:
    """Whoever holds several; everything that follows is of that employer."""
    tab = clerk.tab
    clerk.arrive()
    clerk.walk()
    expect(tab.locator("#employerCode")).to_have_text(EMPLOYER)
    tab.locator(f'[id="select2-_{PORTLET}_dtoemployerCode-container"]').click()
    tab.locator("li.select2-results__option", has_text=OTHER_EMPLOYER).click()
    expect(tab.locator("#employerCode")).to_have_text(OTHER_EMPLOYER)
    clerk.open("11/2026")
    expect(tab.locator("#employerCode")).to_have_text(OTHER_EMPLOYER)
    expect(tab.locator("#employeeList tbody tr")).to_have_count(1)


def test_the_review_is_reached_by_its_link(clerk: Clerk) -> None:
    """From the first page after log-in: link, Maklumat Pembayaran Caruman, view icons."""
    tab = clerk.tab
    clerk.mock.ask("/settings", {"language": "bm"})
    clerk.at_draft()
    clerk.link("SUBMIT").click()
    clerk.link("CONFIRM").click()
    number = clerk.filed("ecr")
    tab.goto(f"{clerk.mock.address}/web/base/myassist")
    clerk.link("Maklumat Caruman & Kutipan SIP (ECR)").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Maklumat Caruman & Kutipan SIP (ECR)")
    clerk.link("Maklumat Pembayaran Caruman").click()
    tab.get_by_role("row", name=EMPLOYER).get_by_role("link", name="Papar").click()
    tab.locator('[name$="_dto.contributionMonth"]').fill("09/2026")
    tab.locator("#searchBtn").click()
    expect(tab.locator("#recordList")).to_contain_text("No Record Found.")
    tab.locator('[name$="_dto.contributionMonth"]').fill("10/2026")
    tab.locator('[name$="_dto.contributionMonth"]').press("Enter")
    tab.get_by_role("row", name=number).get_by_role("link", name="Papar").click()
    expect(tab.locator("#recordNumber")).to_have_text(number)
    expect(tab.locator("#paymentStatus")).to_have_text("Unpaid")


def test_workers_are_found_by_number_and_by_part_of_the_name(clerk: Clerk) -> None:
    """An empty text finds all; the totals stay those of everybody."""
    tab = clerk.tab
    clerk.at_draft()
    search = tab.locator('[name$="_dto.searchEmployeeData"]')
    rows = tab.locator("#employeeList tbody tr")
    for text, found in ((LAMA, LAMA), ("aktif", AKTIF), ("95021170", "No Record Found.")):
        search.fill(text)
        tab.locator("#searchBtn").click()
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(found)
    expect(tab.locator("#totalEmployees")).to_have_text("1")
    search.fill("aktif")
    tab.locator("#searchBtn").click()
    expect(rows).to_contain_text(AKTIF)
    clerk.pay(AKTIF, "3100")
    expect(rows).to_contain_text("3,100.00")
    expect(search).to_have_value("aktif")


# --- what can go wrong -------------------------------------------------------------------------


@pytest.mark.parametrize("commit", ["form", "ajax"])
@pytest.mark.parametrize(("fault", "filed"), [("500 before commit", 0), ("commit, then 500", 1)])
def test_a_500_may_come_before_or_after_the_submission(
    clerk: Clerk, fault: str, filed: int, commit: str
) -> None:
    """Only the portal's own record tells; the draft is there or gone with it."""
    clerk.mock.ask("/settings", {"commit": commit})
    clerk.at_draft()
    clerk.mock.arm(fault)
    clerk.link("SUBMIT").click()
    clerk.link("CONFIRM").click()
    expect(clerk.tab.get_by_role("heading", name="Internal Server Error")).to_be_visible()
    assert len(clerk.mock.ask("/contributions")) == filed
    assert len(clerk.mock.ask("/contribution_drafts")) == 1 - filed


@pytest.mark.parametrize("strict", ["free", "strict"])
def test_a_submission_that_the_browser_sends_twice_is_seen_in_the_count(
    clerk: Clerk, strict: str
) -> None:
    """Chromium repeats a POST whose connection died silently; a strict portal refuses it."""
    clerk.mock.ask("/settings", {"strict_commit": strict == "strict"})
    clerk.at_draft()
    clerk.mock.arm("commit, then drop the connection silently")
    clerk.link("SUBMIT").click()
    clerk.link("CONFIRM").click()
    if strict == "strict":
        expect(clerk.tab.get_by_role("heading", name="Access Denied")).to_be_visible()
    else:
        assert clerk.filed() == "ACR112260000002"
    again = [c["again"] for c in clerk.mock.ask("/contributions")]
    assert again == ([False] if strict == "strict" else [False, True])
    assert len(clerk.mock.posts("commit")) == 2


def test_going_back_and_pressing_again_is_refused(clerk: Clerk) -> None:
    """The month page of a submitted draft is not there any more."""
    clerk.at_draft()
    page = clerk.tab.url
    clerk.link("SUBMIT").click()
    clerk.link("CONFIRM").click()
    clerk.filed()
    clerk.tab.goto(page)
    expect(clerk.tab.locator("main .alert-error")).to_have_text("Contribution has been submitted.")
    assert len(clerk.mock.ask("/contributions")) == 1


def test_the_overlay_stays_over_a_saved_line(clerk: Clerk) -> None:
    """And the popup may close late; what was saved is saved once."""
    clerk.arrive()
    clerk.walk()
    clerk.open("10/2026")
    clerk.mock.arm("overlay stays", seconds=0.3)
    clerk.pay(AKTIF, "3000")
    expect(clerk.tab.locator(".blockOverlay")).to_be_visible()
    expect(clerk.tab.locator(".blockOverlay")).to_have_count(0)
    clerk.mock.arm("popup closes late", seconds=0.3)
    clerk.pay(LAMA, "1000")
    expect(clerk.tab.locator("#totalEmployees")).to_have_text("2")
    assert [f["fired"] for f in clerk.mock.ask("/faults")["armed"]] == [1, 1]


@pytest.mark.parametrize(
    ("place", "fault", "seen"),
    [
        ("upload", "session expired", "Email Address"),
        ("upload", "portlet unavailable", "Portlet is temporarily unavailable."),
        ("draft_save", "firewall page", "Your support ID is: "),
        ("popup", "maintenance page", "maintenance"),
    ],
)
def test_another_page_may_stand_where_the_screen_was_expected(
    clerk: Clerk, place: str, fault: str, seen: str
) -> None:
    """In an upload, a save, a popup; nothing is kept then."""
    clerk.arrive()
    clerk.walk("SOCSO")
    if place == "upload":
        clerk.link("TEXT FILE").click()
        clerk.mock.arm(fault, on="/upload")
        clerk.upload(f"{record(AKTIF)}\n{record(LAMA)}")
    else:
        clerk.open("10/2026")
        expect(clerk.tab.locator("#contributionMonth")).to_be_visible()
        clerk.mock.arm(fault, on="draft_save" if place == "draft_save" else SOCSO)
        pencil = clerk.row(LAMA).get_by_role("link", name="Edit")
        (clerk.link("SAVE DRAFT") if place == "draft_save" else pencil).click()
    if fault == "session expired":
        expect(clerk.tab.get_by_label(seen)).to_be_visible()
    else:
        expect(clerk.tab.locator("body")).to_contain_text(seen)
    assert clerk.mock.ask("/contribution_drafts") == []
