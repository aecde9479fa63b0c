"""What the popup's SAVE refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.mock.hand import Hand
from tests.mock.line import UNKNOWN

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.mock.conftest import Mock

BLANK = "This field cannot be blank."


def complaints(hand: Hand) -> dict[str, str]:
    """The inline messages after SAVE, by field."""
    with hand.tab.expect_response(lambda r: "employee_save" in r.url):
        hand.tab.locator("#employeePopUpSubmitBtn").click()
    expect(hand.tab.locator(".blockUI")).to_have_count(0)
    read = """spans => spans.map(s => [
        s.closest('.controls').querySelector('[name]').name.split('dto.')[1], s.innerText])"""
    return dict(hand.tab.get_by_role("dialog").locator(".error-inline").evaluate_all(read))


def test_mandatory_fields_terms_and_the_tick_are_asked_for(mock: Mock, tab: Page) -> None:
    """Every missing thing at once, inline and in a red strip; the popup stays."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    hand.look_up(UNKNOWN)
    expect(tab.locator("#falseImg")).to_be_visible()
    assert complaints(hand) == {
        "registerNewEmployee": "Please tick Register New Employee.",
        "nameOfEmployee": BLANK,
        "dateOfBirth": BLANK,
        "employmentStartDate": BLANK,
        "acknowledgement": "Please agree to the terms and condition.",
    }
    expect(tab.get_by_role("dialog").locator(".alert-error")).to_contain_text(BLANK)
    expect(hand.field("nameOfEmployee")).to_have_class("error-field")


def test_impossible_values_are_refused_with_their_reason(mock: Mock, tab: Page) -> None:
    """Dates that are none, a start after today, a birth after it, a child, a name in digits."""
    mock.ask("/date", {"today": "2025-06-15"})
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    hand.fill_unknown()
    for field, value, words in (
        ("dateOfBirth", "30/02/1992", "Date is not valid."),
        ("dateOfBirth", "1992-03-14", "Date is not valid."),
        ("dateOfBirth", "01/06/2025", "Date of Birth must be before Employment Start Date."),
        ("dateOfBirth", "02/06/2012", "Employee must be at least 13 years old"),
        ("employmentStartDate", "16/06/2025", "Employment Start Date cannot be later than today."),
        ("nameOfEmployee", "BARU 2", "Name of Employee must not contain numbers."),
        ("nameOfEmployee", "X" * 151, "At most 150 characters are allowed."),
    ):
        before = hand.field(field).input_value()
        hand.field(field).fill(value)
        found = complaints(hand)
        assert list(found) == [field]
        assert found[field].startswith(words)
        hand.field(field).fill(before)
    hand.field("employmentStartDate").fill("01/01/2020")
    hand.save_popup()


def test_a_number_is_checked_by_the_lens_and_by_save(mock: Mock, tab: Page) -> None:
    """Twelve digits, looked up first, and once in a list."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list(worker=UNKNOWN)
    hand.open_popup()
    inline = tab.get_by_role("dialog").locator(".error-inline")
    for number in ("92031400511", "920314-00-5111", "92031400511X"):
        hand.look_up(number)
        expect(inline).to_have_text("Identification No. must be 12 digits.")
    hand.fill_unknown()
    assert complaints(hand) == {"registrationNo": "This employee is already in the list."}
    hand.field("registrationNo").fill("920314005113")
    found = complaints(hand)
    assert found["registrationNo"] == "Please search the Identification No. first."


def test_values_are_kept_as_they_were_typed(mock: Mock, tab: Page) -> None:
    """No upper-casing, no trimming."""
    hand = Hand(tab, mock)
    hand.prepare(nameOfEmployee="Baru anak Contoh @ <b>R</b>'s")
    expect(tab.locator("table.caseItem")).to_contain_text("Baru anak Contoh @ <b>R</b>'s")


def test_an_empty_list_does_not_go_on(mock: Mock, tab: Page) -> None:
    """Facts 11, case 11."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    tab.locator("#newegfSubmit").click()
    expect(tab.locator("main .alert-error")).to_have_text(
        "Please make any change before process to next page."
    )
    assert mock.ask("/drafts") == []
