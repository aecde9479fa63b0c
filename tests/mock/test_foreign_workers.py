"""A person registers foreign workers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from mock_portal import employer_options
from tests.mock.hand import LANGUAGES, PDF, Hand
from tests.mock.line import FOREIGNER, FORM, PASSPORT, UNKNOWN, Line

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

BLANK = "This field cannot be blank."
KNOWN = {
    "passport": PASSPORT,
    "name": "KENALAN REKAAN",
    "birth": "03/02/1985",
    "gender": "F",
    "nationality": "Nepal",
    "ssfw": "SSFW00000777",
}
CHOICES = (
    ("nationalityId", "Indonesia"),
    ("occupationId", "[9]CLEANERS AND HELPERS"),
    ("subOccupationId", "[9]Domestic Helpers"),
    ("subOccupationListId", "[9]Maid, domestic"),
    ("permitTypeId", "Visit Pass (Temporary Employment)"),
    ("nokRelationId", "Spouse"),
    ("nokCountryId", "Indonesia"),
)


def fill(hand: Hand) -> None:
    """All of the popup, for a passport the portal does not know."""
    hand.look_up_foreigner(PASSPORT)
    expect(hand.tab.locator("#falseImg")).to_be_visible()
    hand.tab.locator("#registerNewForeignEmployeeIconId").click()
    for field, value in FOREIGNER.items():
        if not field.endswith("Id") and field not in TICKS:
            hand.field(field).fill(value)
    hand.tab.keyboard.press("Tab")
    for field, option in CHOICES:
        hand.choose(f"dto{field}", option)
    hand.tab.get_by_label("Male", exact=True).check()
    attach(hand)
    hand.tab.locator("#acknowledgementIconId").click()


TICKS = {"searched", "registrationNo", "registerNewForeignEmployee", "gender", "acknowledgement"}


def attach(hand: Hand, name: str = "waris.pdf", content: bytes = PDF) -> None:
    """The form about the next of kin."""
    hand.tab.locator(f'[name="{FORM}nokForm"]').set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def save(hand: Hand) -> None:
    hand.tab.locator("#foreignEmployeePopUpSubmitBtn").click()
    expect(hand.tab.get_by_role("dialog")).to_have_count(0)


def refused(line: Line, listing: str, **other: str) -> dict[str, str]:
    """What SAVE says of a foreigner with these fields, by field."""
    line.add_foreign(listing, **other)
    found = line.json().get("jsonFieldError", [])
    return {e["fieldName"].removeprefix(FORM).removeprefix("dto."): e["errorMsg"] for e in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_foreign_worker_is_registered_by_hand(mock: Mock, tab: Page, language: str) -> None:
    """Popup, listing, every field in the review, and the number the portal gives."""
    mock.ask("/settings", {"language": language})
    hand = Hand(tab, mock)
    hand.arrive()
    listing = hand.line.open("E9900001234V")
    tab.goto(mock.address + listing)
    hand.open_foreign_popup()
    fill(hand)
    save(hand)
    row = tab.locator("#newForeignEmployeeList tbody tr td")
    expect(row).to_have_text(
        ["1", "Passport Id", PASSPORT, "REKAAN CONTOH", "Indonesia", "01/06/2025", ""]
    )
    hand.to_preview(listing)
    expect(tab.locator("table.caseItem tbody tr")).to_have_count(22)
    expect(tab.locator("table.caseItem")).to_contain_text("waris.pdf")
    hand.confirm()
    hand.filed()
    expect(tab.locator("#taskStatus")).to_have_text("Approved")
    numbers = tab.get_by_role("table", name="Foreign Employee(s) Registered").locator("td")
    expect(numbers).to_have_text(["1", PASSPORT, "SSFW00000001"])
    worker = mock.ask("/filings")["filings"][0]["workers"][0]
    assert worker["kind"] == "foreign"
    assert worker["subOccupationListId"] == "[9]Maid, domestic"
    assert (worker["nokForm"], worker["sha256"]) == ("waris.pdf", hashlib.sha256(PDF).hexdigest())
    booked = mock.ask("/workers?employer=E9900001234V")[-1]
    assert (booked["kind"], booked["passport"]) == ("foreign", PASSPORT)
    assert booked["ssfw"] == "SSFW00000001"


def test_every_missing_thing_is_asked_for_at_once(mock: Mock, tab: Page) -> None:
    """Seventeen fields, the form, the two ticks; the popup stays."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_foreign_popup()
    hand.look_up_foreigner(PASSPORT)
    expect(tab.locator("#falseImg")).to_be_visible()
    tab.locator("#foreignEmployeePopUpSubmitBtn").click()
    expect(tab.locator(".error-inline").filter(has_text=BLANK)).to_have_count(17)
    expect(tab.get_by_text("Please tick Register New Foreign Employee.")).to_have_count(2)
    expect(tab.get_by_text("Please agree to the terms and condition.")).to_have_count(2)
    attach(hand, content=b"not a PDF")
    tab.locator("#foreignEmployeePopUpSubmitBtn").click()
    expect(tab.get_by_role("dialog").locator(".error-inline")).to_contain_text(
        ["Only PDF, JPG and PNG files are allowed."]
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("passportValidTo", "01/01/2024", "Passport Valid To must be after Passport Valid From."),
        ("passportValidTo", "14/06/2025", "The Passport has expired."),
        ("permitValidTo", "30/04/2025", "Pass/Permit Valid To must be after"),
        ("permitValidTo", "14/06/2025", "The Pass/Permit has expired."),
        ("permitValidFrom", "31/02/2025", "Date is not valid."),
        ("employmentStartDate", "16/06/2025", "Employment Start Date cannot be later than today."),
        ("dateOfBirth", "02/06/2007", "Employee must be at least 18 years old"),
        ("nationalityId", "12", "Please select a valid value."),
        ("nokAddress", "X" * 151, "At most 150 characters are allowed."),
        ("searched", "X0000002", "Please search the Identification No. first."),
    ],
)
def test_impossible_values_are_refused(mock: Mock, field: str, value: str, words: str) -> None:
    """Each by its own field, and nothing is listed."""
    mock.ask("/date", {"today": "2025-06-15"})
    line = Line(mock)
    line.log_in()
    listing = line.open("E9900001234V")
    found = refused(line, listing, **{field: value})
    place = "registrationNo" if field == "searched" else field
    assert list(found) == [place]
    assert found[place].startswith(words)
    assert refused(line, listing) == {}


def test_a_known_foreigner_fills_the_form_and_keeps_his_number(mock: Mock, tab: Page) -> None:
    """Found by his passport; name, birth, gender and nationality are closed."""
    mock.ask("/person", KNOWN)
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_foreign_popup()
    hand.look_up_foreigner(PASSPORT)
    expect(tab.locator("#trueImg")).to_be_visible()
    expect(tab.locator("#registerNewForeignEmployeeIconId")).to_be_hidden()
    expect(hand.field("ssfwNo")).to_have_value("SSFW00000777")
    expect(hand.field("nameOfEmployee")).to_have_value("KENALAN REKAAN")
    for field in ("nameOfEmployee", "dateOfBirth"):
        expect(hand.field(field)).not_to_be_editable()
    expect(hand.field("nationalityId")).to_be_disabled()
    hand.look_up_foreigner("X0000002")
    expect(tab.locator("#falseImg")).to_be_visible()
    expect(hand.field("ssfwNo")).to_have_value("")
    expect(hand.field("ssfwNo")).not_to_be_editable()
    line = Line(mock)
    line.log_in()
    listing = line.open("E9900001234V")
    line.add_foreign(listing)
    line.save(listing)
    line.commit(listing)
    booked = mock.ask("/workers?employer=E9900001234V")[-1]
    assert (booked["name"], booked["ssfw"]) == ("KENALAN REKAAN", "SSFW00000777")


def test_the_lens_says_which_foreigner_cannot_be_registered(mock: Mock, tab: Page) -> None:
    """Immigration's record does not match (facts 11, case 20); or he works here already."""
    mock.ask("/person", {**KNOWN, "immigration_mismatch": 1})
    hand = Hand(tab, mock)
    hand.arrive()
    listing = hand.line.open("E9900001234V")
    other = {"registrationNo": "X0000002", "searched": "X0000002"}
    hand.line.add_foreign(listing, **other)
    hand.line.save(listing)
    hand.line.commit(listing)
    hand.open_list()
    hand.open_foreign_popup()
    inline = tab.get_by_role("dialog").locator(".error-inline")
    hand.look_up_foreigner(PASSPORT)
    expect(inline).to_have_text("The record does not match the Immigration Department's record.")
    hand.look_up_foreigner("X0000002")
    expect(inline).to_have_text("This employee is already registered under this employer.")


def test_a_listed_foreigner_can_be_opened_changed_and_removed(mock: Mock, tab: Page) -> None:
    """The form he came with stays, unless another one is chosen."""
    hand = Hand(tab, mock)
    hand.arrive()
    listing = hand.line.open("E9900001234V")
    hand.line.add_foreign(listing)
    tab.goto(mock.address + listing)
    table = tab.locator("#newForeignEmployeeList")
    table.get_by_role("link", name="Edit").click()
    expect(tab.get_by_role("dialog")).to_contain_text("borang.pdf")
    hand.field("nokName").fill("WARIS LAIN")
    tab.locator("#acknowledgementIconId").click()
    save(hand)
    hand.line.save(listing)
    worker = mock.ask("/drafts")[0]["workers"][0]
    assert (worker["nokName"], worker["nokForm"]) == ("WARIS LAIN", "borang.pdf")
    assert worker["sha256"] == hashlib.sha256(PDF).hexdigest()
    table.get_by_role("link", name="Remove").click()
    tab.get_by_role("dialog", name="CONFIRMATION").locator("a.confirm").click()
    expect(table).to_contain_text("Record Not Found.")


def test_locals_and_foreigners_stand_in_their_own_lists(mock: Mock, tab: Page) -> None:
    """In the review each is one Case Item, in the order of entry; only the local is of EIS age."""
    hand = Hand(tab, mock)
    hand.arrive()
    listing = hand.line.open("E9900001234V")
    hand.line.add_foreign(listing)
    hand.line.add(listing)
    tab.goto(mock.address + listing)
    expect(tab.locator("#newEmployeeList tbody tr")).to_have_count(1)
    expect(tab.locator("#newForeignEmployeeList tbody tr")).to_have_count(1)
    tab.locator("#newegfSubmit").click()
    expect(tab.locator("#eisList tbody tr")).to_have_count(1)
    expect(tab.locator("#eisList")).to_contain_text(UNKNOWN)
    hand.to_preview(listing)
    items = tab.locator("table.caseItem")
    expect(items).to_have_count(2)
    expect(items.filter(has_text="Case Item 1")).to_contain_text(PASSPORT)
    expect(items.filter(has_text="Case Item 2")).to_contain_text(UNKNOWN)


def test_a_household_s_foreign_worker_gets_a_domestic_number(mock: Mock) -> None:
    """An employer of industry 97 (assumed): SSFDW instead of SSFW, 12 characters too."""
    line = Line(mock)
    line.log_in()
    household = {"industryCodeId": employer_options.HOUSEHOLDS}
    mock.ask("/employer", {"code": "B9900005678W", "details": household})
    listing = line.open("B9900005678W")
    line.add_foreign(listing)
    line.save(listing)
    line.commit(listing)
    assert mock.ask("/workers?employer=B9900005678W")[-1]["ssfw"] == "SSFDW0000001"


def test_the_portal_makes_form_2_of_the_case(mock: Mock, tab: Page) -> None:
    """Downloaded from the documents page, with the worker's number in it."""
    hand = Hand(tab, mock)
    hand.arrive()
    listing = hand.line.open("E9900001234V")
    hand.line.add_foreign(listing)
    tab.goto(mock.address + hand.line.save(listing))
    with tab.expect_download() as coming:
        tab.locator("a#generatedDownload.btndownload").click()
    assert coming.value.suggested_filename == "Form 2.pdf"
    assert PASSPORT.encode() in coming.value.path().read_bytes()
