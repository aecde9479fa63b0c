"""A person works at the portal."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.mock.hand import LANGUAGES, PDF, Hand
from tests.mock.line import FORM, UNKNOWN, Line

if TYPE_CHECKING:
    from tests.mock.conftest import Mock


def upload(hand: Hand, name: str = "borang2.pdf", content: bytes = PDF) -> None:
    tab = hand.tab
    tab.locator(f'[id="{FORM}dialogBtn"]').click()
    hand.choose("objdocTypeId", "Form 2 - Employee Registered")
    tab.locator(f'[id="{FORM}uploadFile"]').set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    tab.locator(f'[id="{FORM}addDocumentBtnId"]').click()


def add_with_choices(hand: Hand) -> None:
    hand.open_popup()
    hand.fill_unknown()
    hand.choose("dtoraceId", "Melayu")
    hand.choose("dtooccupationId", "[4]NUMERICAL AND MATERIAL RECORDING CLERKS")
    hand.choose("dtosubOccupationId", "[4]Stock Clerks")
    hand.choose("dtosubOccupationListId", "[4]Clerk, raw material")
    hand.save_popup()


def cells(tab: Page, table: str) -> list[list[str]]:
    read = "rows => rows.map(r => [...r.cells].map(c => c.innerText.trim()))"
    found: list[list[str]] = tab.locator(f"{table} tbody tr").evaluate_all(read)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worker_is_registered_by_hand(mock: Mock, tab: Page, language: str) -> None:
    """From the log-in to the letters, in each language of the screens."""
    mock.ask("/settings", {"language": language})
    hand = Hand(tab, mock)
    hand.log_in()
    hand.walk_to_list()
    add_with_choices(hand)
    hand.link("SIMPAN & TERUSKAN", "SAVE & CONTINUE").click()
    expect(tab.get_by_text(re.compile("Tarikh Bermula SIP|EIS Start Date"))).to_be_visible()
    hand.link("SIMPAN & TERUSKAN", "SAVE & CONTINUE").click()
    upload(hand)
    expect(tab.get_by_text('"borang2.pdf" has been successfully uploaded.')).to_be_visible()
    hand.link("SIMPAN & TERUSKAN", "SAVE & CONTINUE").click()
    hand.link("HANTAR", "SUBMIT").click()
    dialog = tab.get_by_role("dialog", name=re.compile("PENGESAHAN|CONFIRMATION"))
    expect(dialog).to_contain_text("Proceed for Submission?")
    hand.link("SAHKAN", "CONFIRM").click()
    assert re.fullmatch(r"CAN\d{6}\d{8}", hand.filed())
    expect(tab.locator("#resultMsg")).to_have_text(
        "Your Request Update Add New Employee Has Been Submitted Successfully."
    )
    filing = mock.ask("/filings")["filings"][0]
    assert filing["workers"][0]["registrationNo"] == UNKNOWN
    assert filing["workers"][0]["subOccupationListId"] == "[4]Clerk, raw material"
    assert filing["documents"][0]["size"] == len(PDF)


def test_the_screens_speak_the_chosen_language(mock: Mock, tab: Page) -> None:
    """EN and BM switch every label that was seen in both; a mixed screen has some of each."""
    mock.ask("/settings", {"language": "mixed"})
    hand = Hand(tab, mock)
    hand.arrive()
    hand.inbox()
    headings = {}
    for language in ("mixed", "en-US", "ms-MY"):
        if language != "mixed":
            tab.locator(f'a.taglib-language-list-text[lang="{language}"]').click()
            expect(tab.locator("html")).to_have_attribute("lang", language[:2])
        headings[language] = set(tab.locator("#taskInbox th, #taskInbox caption").all_inner_texts())
    assert {"Tarikh", "Status Tugasan", "Inbox Tugasan"} <= headings["ms-MY"]
    assert {"Date", "Task Status", "Task Inbox"} <= headings["en-US"]
    assert headings["mixed"] - headings["en-US"]
    assert headings["mixed"] - headings["ms-MY"]


def test_the_preview_shows_every_field_also_an_empty_one(mock: Mock, tab: Page) -> None:
    """One Case Item per worker, in the popup's order, dates dd/mm/yyyy."""
    Hand(tab, mock).prepare()
    items = {row[1]: row[3] for row in cells(tab, "table.caseItem")}
    assert len(items) == 13
    assert items["Identification No."] == UNKNOWN
    assert items["Old Identification No."] == ""
    assert items["Date of Birth"] == "14/03/1992"
    assert items["Gender (M/F)"] == "Male"
    assert items["Nationality"] == "Malaysia"
    assert items["Wages Exceed RM3000 Per Month Before 1st Jun 2016"] == "No"
    expect(tab.locator("table.caseItem caption")).to_have_text("Case Item 1")
    expect(tab.locator("#documentList")).to_contain_text("Record Not Found.")


def test_a_known_person_fills_the_form_and_needs_no_registration(mock: Mock, tab: Page) -> None:
    """The lens answers with a tick; the fields fill by themselves and are closed."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    hand.look_up("880412005123")
    expect(tab.locator("#trueImg")).to_be_visible()
    expect(tab.locator("#registerNewEmployeeIconId")).to_be_hidden()
    expect(hand.field("nameOfEmployee")).to_have_value("CONTOH BIN REKAAN")
    expect(hand.field("nameOfEmployee")).not_to_be_editable()
    expect(tab.locator(f'[id="select2-{FORM}dtoraceId-container"]')).to_have_text("Melayu")
    hand.field("employmentStartDate").fill("01/06/2025")
    tab.locator("#acknowledgementIconId").click()
    hand.save_popup()
    assert cells(tab, "#newEmployeeList")[0][2:6] == [
        "880412005123", "CONTOH BIN REKAAN", "12/04/1988", "M",
    ]  # fmt: skip


def test_the_lens_says_who_cannot_be_registered(mock: Mock, tab: Page) -> None:
    """Active here, or flagged elsewhere; two employers at a time are otherwise allowed."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    inline = tab.get_by_role("dialog").locator(".error-inline")
    hand.look_up("950211705780")
    expect(inline).to_have_text("This employee is already registered under this employer.")
    hand.look_up("900601695671")
    expect(inline).to_have_text("This employee is active under another employer.")
    hand.look_up("850130185331")
    expect(tab.locator("#trueImg")).to_be_visible()
    expect(inline).to_have_count(0)


def test_another_number_forgets_the_person_that_was_found(mock: Mock, tab: Page) -> None:
    """Nothing of the first person stays in the form of the second."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    hand.look_up("910723175204")
    expect(hand.field("nameOfEmployee")).to_have_value("SITI CONTOH BINTI REKAAN")
    hand.look_up(UNKNOWN)
    expect(tab.locator("#falseImg")).to_be_visible()
    expect(hand.field("nameOfEmployee")).to_have_value("")
    expect(hand.field("nameOfEmployee")).to_be_editable()
    expect(hand.field("gender").and_(tab.locator(":checked"))).to_have_count(0)


@pytest.mark.parametrize(
    ("born", "screen"),
    [
        ("01/06/2007", "eis"),  # 18 on the day
        ("02/06/2007", "documents"),  # 18 the day after
        ("02/06/1968", "eis"),  # 57 the day after
        ("01/06/1968", "documents"),  # 57 on the day, never contributed
    ],
)
def test_the_eis_screen_comes_only_for_those_of_eis_age(mock: Mock, born: str, screen: str) -> None:
    """The limits of facts 4.3, at the start date."""
    line = Line(mock)
    line.log_in()
    listing = line.open("E9900001234V")
    line.add(listing, dateOfBirth=born)
    assert f"/{screen}.jsp" in line.save(listing)


def test_a_draft_waits_in_the_inbox_and_goes_on_from_there(mock: Mock, tab: Page) -> None:
    """Saved and not submitted: found by its number, continued with the pencil, or binned."""
    hand = Hand(tab, mock)
    hand.prepare()
    reference = tab.locator("#referenceId").inner_text()
    hand.inbox()
    row = tab.get_by_role("row", name=reference)
    assert cells(tab, "#taskInbox")[0][4:7] == [
        reference, "Update Add New Employee - E9900001234V", "Draft",
    ]  # fmt: skip
    row.get_by_role("link", name="Edit").click()
    expect(tab.locator("#referenceId")).to_have_text(reference)
    expect(tab.locator("#newEmployeeList")).to_contain_text(UNKNOWN)
    hand.inbox()
    tab.get_by_role("row", name=reference).get_by_role("link", name="Remove").click()
    tab.get_by_role("dialog", name="CONFIRMATION").locator("a.confirm").click()
    expect(tab.locator("#taskInbox")).to_contain_text("No Record Found.")
    assert mock.ask("/drafts") == []


def test_the_inbox_has_pages_of_twenty_five_newest_first(mock: Mock, tab: Page) -> None:
    """And a pager with Next."""
    hand = Hand(tab, mock)
    hand.arrive()
    for _ in range(26):
        listing = hand.line.open("B9900005678W")
        hand.line.add(listing)
        hand.line.save(listing)
    references = [draft["reference"] for draft in mock.ask("/drafts")]
    hand.inbox()
    shown = [row[4] for row in cells(tab, "#taskInbox")]
    tab.get_by_role("navigation", name="Pages").get_by_role("link", name="Next").click()
    expect(tab.locator("#taskInbox tbody tr")).to_have_count(1)
    shown += [row[4] for row in cells(tab, "#taskInbox")]
    assert shown == references[::-1]


def test_a_filed_case_is_found_with_its_letters(mock: Mock, tab: Page) -> None:
    """By reference number; the read-only page has the preview's tables, and the PDFs open."""
    hand = Hand(tab, mock)
    hand.prepare()
    hand.confirm()
    reference = hand.filed()
    hand.link("OK").click()
    search = tab.locator('[name="_myassist_WAR_baseportlet_dto.trxReferenceNum"]')
    search.fill("CAN00000000000000")
    tab.locator('[id="_myassist_WAR_baseportlet_searchBtn"]').click()
    expect(tab.locator("#taskInbox")).to_contain_text("No Record Found.")
    search.fill(reference)
    tab.locator('[id="_myassist_WAR_baseportlet_searchBtn"]').click()
    tab.get_by_role("row", name=reference).get_by_role("link", name="View").click()
    expect(tab.locator("#taskStatus")).to_have_text("Approved")
    assert len(cells(tab, "table.caseItem")) == 13
    letters = tab.locator("a#iconDownload.btndownload")
    expect(letters).to_have_count(2)
    with tab.expect_download() as coming:
        letters.filter(has_text="successful update").click()
    content = coming.value.path().read_bytes()
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert reference in text
    assert coming.value.suggested_filename == "Letter of successful update.pdf"


def test_an_officer_looks_first_when_the_portal_says_so(mock: Mock, tab: Page) -> None:
    """The case waits for review, has one letter, and its worker is not active yet."""
    mock.ask("/settings", {"officer": True})
    hand = Hand(tab, mock)
    hand.prepare()
    hand.confirm()
    hand.filed()
    expect(tab.locator("a#iconDownload")).to_have_count(1)
    assert mock.ask("/filings")["filings"][0]["status"] == "Pending for Review"
    assert UNKNOWN not in {w["nric"] for w in mock.ask("/workers?employer=E9900001234V")}


def test_the_worker_list_finds_a_whole_number_only(mock: Mock, tab: Page) -> None:
    """Update Employee Information: exact for an identification, any part for a name."""
    hand = Hand(tab, mock)
    hand.arrive()
    tab.goto(f"{mock.address}/web/registration/update/update-employee-information-employer-")
    tab.get_by_role("row", name="E9900001234V").locator("#editBtn").click()
    text = tab.locator('[name$="_obj.searchEmployeeData"]')
    lens = tab.locator('[id="_searchforemployee_WAR_registrationportlet_searchBtn"]')
    expect(tab.locator("#employeeList tbody tr")).to_have_count(2)
    text.fill("95021170578")
    lens.click()
    expect(tab.locator("#employeeList")).to_contain_text("Record Not Found.")
    text.fill("950211705780")
    lens.click()
    expect(tab.locator("#employeeList")).to_contain_text("950211705780")
    assert cells(tab, "#employeeList")[0][2:5] == [
        "950211705780", "11/02/1995", "AKTIF BINTI CONTOH",
    ]  # fmt: skip


def test_one_portal_id_sees_its_own_employers_only(mock: Mock, tab: Page) -> None:
    """Several employers under one ID, none of another's."""
    hand = Hand(tab, mock)
    hand.arrive()
    tab.goto(f"{mock.address}/web/registration/update/update-add-new-employee")
    codes = [row[1] for row in cells(tab, "#employerList")]
    assert codes == ["E9900001234V", "B9900005678W"]


def test_a_page_that_is_not_built_says_so(mock: Mock, tab: Page) -> None:
    """Menu entries without a procedure lead somewhere; unknown addresses do not."""
    hand = Hand(tab, mock)
    hand.arrive()
    tab.goto(f"{mock.address}/web/registration/update/update-director/owner-information")
    expect(tab.locator("main")).to_have_text("Portlet is temporarily unavailable.")
    tab.goto(f"{mock.address}/web/registration/update/nothing")
    expect(tab.get_by_role("heading", name="Page Not Found 404")).to_be_visible()


def test_a_calendar_opens_beside_the_field_and_a_day_can_be_picked(mock: Mock, tab: Page) -> None:
    """It covers no field, and months count from 0."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    hand.field("dateOfBirth").click()
    calendar = tab.locator("#ui-datepicker-div")
    calendar.locator(".ui-datepicker-year").select_option("1992")
    calendar.locator(".ui-datepicker-month").select_option("2")
    tab.locator(f'[id="select2-{FORM}dtoraceId-container"]').click(trial=True)
    calendar.locator("a.ui-state-default", has_text=re.compile("^14$")).click()
    expect(hand.field("dateOfBirth")).to_have_value("14/03/1992")
    expect(calendar).to_have_count(0)


def test_a_document_of_a_wrong_kind_is_refused_in_the_popup(mock: Mock, tab: Page) -> None:
    """PDF, JPG and PNG; and a mandatory one is asked for before the preview."""
    mock.ask("/settings", {"mandatory_document": True})
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list(worker=UNKNOWN)
    tab.locator("#newegfSubmit").click()
    tab.locator("#eisSubmit").click()
    save = tab.locator(f'[id="{FORM}saveNContinueFormBtnId"]')
    save.click()
    expect(tab.locator("main .alert-error")).to_have_text(
        'Please upload "Form 2 - Employee Registered" before preview page.'
    )
    upload(hand, "borang2.pdf", b"not a PDF")
    expect(tab.get_by_role("dialog").locator(".error-inline")).to_have_text(
        "Only PDF, JPG and PNG files are allowed."
    )
    tab.locator("a.close").click()
    upload(hand)
    expect(tab.locator(".checklist input").and_(tab.locator(":checked"))).to_have_count(1)
    save.click()
    expect(tab.locator("table.caseItem")).to_have_count(1)
