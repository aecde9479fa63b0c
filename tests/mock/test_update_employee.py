"""A person changes what the portal knows of a worker (Update Employee Information)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.mock.hand import LANGUAGES, PDF, Hand
from tests.mock.line import FORM, PASSPORT, Line

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

ADDRESS = "/web/registration/update/update-employee-information-employer-"
EMPLOYER, WORKER = "E9900001234V", "950211705780"
NOTHING = "Please make any change before process to next page."
CARD = f'[name="{FORM}uploadIdentificationCard"]'


def open_list(hand: Hand) -> str:
    """The workers of the employer; gives the case that begins with it."""
    hand.tab.goto(hand.mock.address + ADDRESS)
    hand.tab.get_by_role("row", name=EMPLOYER).locator("#editBtn").click()
    expect(hand.tab.locator("#employeeList")).to_be_visible()
    return parse_qs(urlsplit(hand.tab.url).query)[f"{FORM}caseId"][0]


def open_worker(hand: Hand, number: str = WORKER) -> None:
    """The pencil beside the worker."""
    row = hand.tab.locator("#employeeList").get_by_role("row", name=number)
    row.get_by_role("link").click()
    expect(hand.tab.get_by_role("dialog")).to_be_visible()


def attach(hand: Hand, name: str = "kad.pdf", content: bytes = PDF) -> None:
    """The identification card."""
    hand.tab.locator(CARD).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def save(hand: Hand) -> None:
    """SAVE, and the popup closes."""
    hand.tab.locator("#updateEmployeePopUpSubmitBtn").click()
    expect(hand.tab.get_by_role("dialog")).to_have_count(0)


def to_preview(hand: Hand) -> None:
    """From the list over the documents to the preview."""
    hand.tab.locator("#newegfSubmit").click()
    hand.tab.locator('[id$="_saveNContinueFormBtnId"]').click()
    expect(hand.tab.locator("#btnSubmitId")).to_be_visible()


def review(hand: Hand) -> list[list[str]]:
    """Item name, current and new information of all Case Items."""
    read = "rows => rows.map(r => [...r.cells].slice(1).map(c => c.innerText.trim()))"
    found: list[list[str]] = hand.tab.locator("table.caseItem tbody tr").evaluate_all(read)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_shows_old_and_new_and_is_approved_at_once(
    mock: Mock, tab: Page, language: str
) -> None:
    """Only what differs stands in the review; the books say it afterwards."""
    mock.ask("/settings", {"language": language})
    hand = Hand(tab, mock)
    hand.arrive()
    open_list(hand)
    open_worker(hand)
    expect(hand.field("registrationNo")).not_to_be_editable()
    expect(hand.field("employmentStartDate")).not_to_be_editable()
    hand.choose("dtoraceId", "Cina")
    hand.field("additionalIdNo").fill("A1234567")
    save(hand)
    expect(tab.locator("#updatedEmployeeList")).to_contain_text(WORKER)
    to_preview(hand)
    assert review(hand) == [
        ["Identification No.", WORKER, WORKER],
        ["Additional Identification No.", "", "A1234567"],
        ["Race", "Melayu", "Cina"],
    ]
    hand.confirm()
    assert hand.filed().startswith("CUN")
    expect(tab.locator("#taskStatus")).to_have_text("Approved")
    assert mock.ask("/filings")["filings"][0]["workers"] == [
        {
            "kind": "local",
            "registrationNo": WORKER,
            "additionalIdNo": "A1234567",
            "raceId": "Cina",
        }
    ]
    assert mock.ask(f"/workers?employer={EMPLOYER}")[0]["details"]["raceId"] == "Cina"


def test_the_number_of_the_case_has_a_letter_in_it(mock: Mock, tab: Page) -> None:
    """CUN, month and year, C and nine digits (facts 3.4); not a row of the inbox before."""
    mock.ask("/date", {"today": "2026-11-22"})
    hand = Hand(tab, mock)
    hand.arrive()
    open_list(hand)
    open_worker(hand)
    hand.field("oldIc").fill("A1234567")
    save(hand)
    assert mock.ask("/drafts") == []
    tab.locator("#newegfSubmit").click()
    expect(tab.locator("#referenceId")).to_have_text("CUN112026C000000001")


def test_a_changed_name_needs_the_card_and_goes_to_an_officer(mock: Mock, tab: Page) -> None:
    """The card's file stands in the review; the books change when he approves."""
    hand = Hand(tab, mock)
    hand.arrive()
    open_list(hand)
    open_worker(hand)
    hand.field("nameOfEmployee").fill("AKTIF BARU BINTI CONTOH")
    tab.locator("#updateEmployeePopUpSubmitBtn").click()
    inline = tab.get_by_role("dialog").locator(".error-inline")
    expect(inline).to_have_text("Please upload Identification Card.")
    attach(hand, content=b"no PDF")
    tab.locator("#updateEmployeePopUpSubmitBtn").click()
    expect(inline).to_have_text("Only PDF, JPG and PNG files are allowed.")
    attach(hand)
    save(hand)
    to_preview(hand)
    assert review(hand)[1:] == [
        ["Name of Employee", "AKTIF BINTI CONTOH", "AKTIF BARU BINTI CONTOH"],
        ["Upload Identification Card", "", "kad.pdf"],
    ]
    hand.confirm()
    reference = hand.filed()
    expect(tab.locator("#taskStatus")).to_have_text("Pending for Review")
    worker = mock.ask("/filings")["filings"][0]["workers"][0]
    assert worker["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert mock.ask(f"/workers?employer={EMPLOYER}")[0]["name"] == "AKTIF BINTI CONTOH"
    mock.ask("/decide", {"reference": reference, "status": "Approved"})
    assert mock.ask(f"/workers?employer={EMPLOYER}")[0]["name"] == "AKTIF BARU BINTI CONTOH"


def test_nothing_changed_is_refused_in_the_popup_and_on_the_list(mock: Mock, tab: Page) -> None:
    """Facts 10; also when a change is taken back."""
    hand = Hand(tab, mock)
    hand.arrive()
    open_list(hand)
    tab.locator("#newegfSubmit").click()
    expect(tab.locator("main .alert-error")).to_have_text(NOTHING)
    open_worker(hand)
    tab.locator("#updateEmployeePopUpSubmitBtn").click()
    strip = tab.get_by_role("dialog").locator(".alert-error")
    expect(strip).to_have_text(NOTHING)
    hand.field("oldIc").fill("A1234567")
    save(hand)
    open_worker(hand)
    expect(hand.field("oldIc")).to_have_value("A1234567")
    hand.field("oldIc").fill("")
    tab.locator("#updateEmployeePopUpSubmitBtn").click()
    expect(strip).to_have_text(NOTHING)
    tab.locator("a.close").click()
    updated = tab.locator("#updatedEmployeeList")
    updated.get_by_role("link", name="Remove").click()
    tab.get_by_role("dialog", name="CONFIRMATION").locator("a.confirm").click()
    expect(updated).to_contain_text("Record Not Found.")


def test_a_change_that_cannot_be_is_refused_by_its_field(mock: Mock, tab: Page) -> None:
    """The rules of the registration hold for what changes."""
    hand = Hand(tab, mock)
    hand.arrive()
    open_list(hand)
    open_worker(hand)
    inline = tab.get_by_role("dialog").locator(".error-inline")
    for field, value, words in (
        ("nameOfEmployee", "", "This field cannot be blank."),
        ("dateOfBirth", "30/02/1992", "Date is not valid."),
        ("dateOfBirth", "01/02/2015", "Employee must be at least 13 years old"),
    ):
        before = hand.field(field).input_value()
        hand.field(field).fill(value)
        tab.locator("#updateEmployeePopUpSubmitBtn").click()
        expect(inline.filter(has_text=words)).to_have_count(1)
        hand.field(field).fill(before)


def test_looking_at_the_list_leaves_nothing_behind(mock: Mock, tab: Page) -> None:
    """Opened again and again, only one unsaved case is kept, and none is in the inbox."""
    hand = Hand(tab, mock)
    hand.arrive()
    first = open_list(hand)
    open_list(hand)
    tab.goto(f"{mock.address}{ADDRESS}?mvcPath=/html/update_employee/list.jsp&{FORM}caseId={first}")
    expect(tab.get_by_role("heading", name="Page Not Found 404")).to_be_visible()
    hand.inbox()
    expect(tab.locator("#taskInbox")).to_contain_text("No Record Found.")
    assert mock.ask("/drafts") == []


def test_a_foreign_worker_is_found_by_his_passport_and_changed(mock: Mock, tab: Page) -> None:
    """Under New Identification (assumed); his popup has no race and no old number."""
    line = Line(mock)
    line.log_in()
    listing = line.open(EMPLOYER)
    line.add_foreign(listing)
    line.save(listing)
    line.commit(listing)
    hand = Hand(tab, mock)
    hand.arrive()
    open_list(hand)
    tab.locator('[name$="_obj.searchEmployeeData"]').fill(PASSPORT)
    tab.locator('[id="_searchforemployee_WAR_registrationportlet_searchBtn"]').click()
    expect(tab.locator("#employeeList tbody tr")).to_have_count(1)
    expect(tab.locator("#employeeList")).to_contain_text("Passport Id")
    open_worker(hand, PASSPORT)
    for field in ("raceId", "oldIc", "wagesExceed"):
        expect(hand.field(field)).to_have_count(0)
    hand.choose("dtonationalityId", "Nepal")
    save(hand)
    to_preview(hand)
    assert review(hand)[1:] == [["Nationality", "Indonesia", "Nepal"]]


def test_a_draft_goes_on_from_the_inbox(mock: Mock, tab: Page) -> None:
    """With its changes, and it is one line in the inbox."""
    hand = Hand(tab, mock)
    hand.arrive()
    open_list(hand)
    open_worker(hand)
    hand.field("oldIc").fill("A1234567")
    save(hand)
    tab.locator("#newegfSubmit").click()
    reference = tab.locator("#referenceId").inner_text()
    hand.inbox()
    tab.get_by_role("row", name=reference).get_by_role("link", name="Edit").click()
    expect(tab.locator("#updatedEmployeeList")).to_contain_text(WORKER)
    expect(tab.locator("#referenceId")).to_have_text(reference)
