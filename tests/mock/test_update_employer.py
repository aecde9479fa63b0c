"""A person, or the page's script, changes what the portal has of an employer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.mock.employer import BLANK, UPDATE, FormHand, Wire

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.mock.conftest import Mock

EMPLOYER = "E9900001234V"
UNCHANGED = "Please make any change before process to next page."


@pytest.fixture
def wire(mock: Mock) -> Wire:
    """The page's script, signed in."""
    line = Wire(mock)
    line.log_in()
    return line


@pytest.fixture
def form(mock: Mock, tab: Page) -> FormHand:
    """A person in front of the employer's filled form."""
    hand = FormHand(tab, mock, UPDATE)
    hand.arrive()
    tab.goto(mock.address + "/web/registration/update/update-employer-information")
    tab.get_by_role("row", name=EMPLOYER).locator("#editBtn").click()
    expect(tab.get_by_role("heading", name="Update Employer Information")).to_be_visible()
    return hand


def test_an_employer_is_changed_by_hand(mock: Mock, form: FormHand) -> None:
    """From the filled form to the result, approved at once; the record is as it was written."""
    form.field("postalAddress1").fill("No. 99, Jalan Baru")
    form.choose("stateId", "Selangor")
    form.choose("cityId", "Shah Alam")
    form.choose("postCode", "40100")
    form.tab.locator("#telNoBackRemoveId_2").click()
    form.field("faxNoBack").fill("30000099")
    form.save()
    expect(form.tab.locator("#referenceId")).to_have_text(re.compile(r"^CUN\d{6}C\d{9}$"))
    form.save()
    assert form.items() == {
        "Employer Code": (EMPLOYER, EMPLOYER),
        "Postal Address 1": ("NO. 12, JALAN CONTOH 3", "NO. 99, JALAN BARU"),
        "State": ("Johor", "Selangor"),
        "City": ("Johor Bahru", "Shah Alam"),
        "Postcode": ("80000", "40100"),
        "Telephone No. 2": ("+6030000002", ""),
        "Fax No.": ("", "+6030000099"),
    }
    form.confirm()
    assert re.fullmatch(r"CUN\d{6}C\d{9}", form.filed())
    expect(form.tab.locator("#taskStatus")).to_have_text("Approved")
    form.tab.goto(mock.address + "/web/registration/update/update-employer-information")
    form.tab.get_by_role("row", name=EMPLOYER).locator("#editBtn").click()
    expect(form.field("postalAddress1")).to_have_value("NO. 99, JALAN BARU")
    expect(form.box("postCode")).to_have_text("40100")
    expect(form.field("telNoBack_2")).to_be_hidden()


def test_the_form_is_filled_and_what_cannot_change_is_closed(form: FormHand) -> None:
    """Entity and BRN are closed; no lens, no consent, no induction, no questions."""
    expect(form.field("registrationNo")).to_have_value("9900001-X")
    expect(form.field("registrationNo")).not_to_be_editable()
    for name, text in (
        ("businessEntityId", "Corporation"),
        ("subBusinessEntityId", "Sendirian Berhad"),
        ("subBusinessEntityListId", "Please Select"),
    ):
        expect(form.box(name)).to_have_text(text)
        expect(form.field(name)).to_be_disabled()
    expect(form.field("telNoBack_2")).to_have_value("30000002")
    expect(form.field("asIndustryAddress1")).to_be_hidden()
    for absent in ("#regNoButton", "#acknowledgementIconId", '[name$="inductionVenueId"]'):
        expect(form.tab.locator(absent)).to_have_count(0)
    expect(form.field("registeredAsABranch")).to_have_count(0)


def test_all_known_employers_can_be_saved_but_not_unchanged(mock: Mock, tab: Page) -> None:
    """The records the portal starts with are whole; nothing changed is told in a strip."""
    mock.ask("/account", {"email": "payroll@contoh.example", "employers": list(EMPLOYERS)})
    hand = FormHand(tab, mock, UPDATE)
    hand.arrive()
    for employer in EMPLOYERS:
        hand.wire.send("update_employer/open", employerCode=employer)
        tab.goto(mock.address + "/web/registration/update/update-employer-information")
        tab.get_by_role("row", name=employer).locator("#editBtn").click()
        assert hand.complaints() == {}
        expect(tab.locator("#baseMsgDivId > .alert-error")).to_have_text(UNCHANGED)
    hand.inbox()
    expect(tab.locator("#totalTasks")).to_have_text("0")


EMPLOYERS = (EMPLOYER, "B9900005678W", "E9900002001F")


def test_a_draft_that_is_changed_back_cannot_be_saved(wire: Wire) -> None:
    """The record, not the draft, is what a change is measured by; the number stays."""
    assert wire.change(lockedBagNo="7")
    reference = wire.mock.ask("/drafts")[0]["reference"]
    assert not wire.save_change()
    assert UNCHANGED in wire.body
    assert wire.save_change(lockedBagNo="8")
    assert [d["reference"] for d in wire.mock.ask("/drafts")] == [reference]
    assert wire.mock.ask("/drafts")[0]["employer_form"] == {"lockedBagNo": "8"}


def test_a_draft_is_continued_from_the_inbox(mock: Mock, tab: Page) -> None:
    """Edit opens the form as the draft has it; BACK on the documents page does too."""
    hand = FormHand(tab, mock, UPDATE)
    hand.arrive()
    hand.wire.change(lockedBagNo="7")
    hand.inbox()
    row = tab.get_by_role("row", name=f"Update Employer Information - {EMPLOYER}")
    row.get_by_role("link", name="Edit").click()
    expect(hand.field("lockedBagNo")).to_have_value("7")
    hand.open_screen("documents", hand.wire.case)
    hand.link("KEMBALI", "BACK").click()
    expect(hand.field("lockedBagNo")).to_have_value("7")


def test_the_same_rules_hold_as_at_the_registration(wire: Wire) -> None:
    """A sample of them; what is closed cannot be changed by sending it."""
    assert not wire.change(postalAddress1="", cityId="S3-1", telNoBack="x", email="x")
    assert wire.errors() == {
        "postalAddress1": BLANK,
        "cityId": "Please select a valid value.",
        "postCode": "Please select a valid value.",
        "telNoBack": "Only digits are allowed.",
        "email": "Email is not valid.",
    }
    assert not wire.save_change(businessEntityId="E2", registrationNo="1-X")
    assert UNCHANGED in wire.body


def test_an_employer_of_the_entity_others_chooses_its_name(wire: Wire) -> None:
    """By the record's entity, which is closed; a record with gaps is asked for the rest."""
    wire.mock.ask(
        "/employer",
        {
            "code": "E9900003002F", "name": "KOPERASI REKAAN BERHAD", "brn": "9900004-A",
            "liability_date": "01/01/2020", "entity": "Others",
        },
    )  # fmt: skip
    wire.mock.ask("/account", {"email": "payroll@contoh.example", "employers": ["E9900003002F"]})
    assert not wire.change("E9900003002F", industryNameDropDownId="")
    assert wire.errors() == {"industryNameDropDownId": BLANK}
    assert wire.save_change(industryNameDropDownId="N4")
    changed = wire.mock.ask("/drafts")[0]["employer_form"]
    assert changed["industryNameDropDownId"] == "PERSATUAN KEBAJIKAN CONTOH"
    assert "industryName" not in changed


def test_the_other_address_is_shown_when_it_differs(wire: Wire, tab: Page) -> None:
    """Unticked, the industry address is new; ticked again, only the tick changes."""
    hand = FormHand(tab, wire.mock, UPDATE)
    hand.arrive()
    address = {"asIndustryAddress1": "Lot 1", "asStateId": "S3", "asCityId": "S3-1",
               "asPostCode": "S3-1-1"}  # fmt: skip
    hand.wire.change(samePostalAddress="false", **address)
    hand.open_screen("preview", hand.wire.case)
    assert hand.items() == {
        "Employer Code": (EMPLOYER, EMPLOYER),
        "Industry Address Same As Postal Address": ("Yes", "No"),
        "Industry Address 1": ("", "LOT 1"),
        "Industry State": ("", "Selangor"),
        "Industry City": ("", "Shah Alam"),
        "Industry Postcode": ("", "40000"),
    }
    hand.wire.send("update_employer/commit", caseId=hand.wire.case)
    hand.wire.change()
    hand.open_screen("preview", hand.wire.case)
    assert hand.items() == {
        "Employer Code": (EMPLOYER, EMPLOYER),
        "Industry Address Same As Postal Address": ("No", "Yes"),
    }


def test_a_changed_name_waits_for_an_officer(wire: Wire) -> None:
    """Until then the record is as it was."""
    wire.change(industryName="Contoh Maju Baharu")
    wire.send("update_employer/commit", caseId=wire.case)
    assert wire.mock.ask("/filings")["filings"][0]["status"] == "Pending for Review"
    wire.ask("GET", "/web/registration/update/update-employer-information")
    assert "CONTOH MAJU BAHARU" not in wire.body
    wire.mock.ask(
        "/decide",
        {"reference": wire.mock.ask("/filings")["filings"][0]["reference"], "status": "Approved"},
    )
    wire.ask("GET", "/web/registration/update/update-employer-information")
    assert "CONTOH MAJU BAHARU" in wire.body


def test_an_approved_case_still_shows_what_was_before(wire: Wire, tab: Page) -> None:
    """The case page keeps current and new as they were when it was sent."""
    hand = FormHand(tab, wire.mock, UPDATE)
    hand.arrive()
    hand.wire.change(email="baharu@contoh.example")
    hand.wire.send("update_employer/commit", caseId=hand.wire.case)
    hand.inbox()
    hand.tab.get_by_role("link", name="View").click()
    assert hand.items()["Email"] == ("hr@contoh.example", "baharu@contoh.example")


def test_an_employer_of_somebody_else_is_not_there(wire: Wire) -> None:
    """Neither in the list nor by its code."""
    with pytest.raises(AssertionError, match="Access Denied"):
        wire.send("update_employer/open", employerCode="E9900002001F")


def test_opening_the_form_again_and_again_leaves_no_cases(wire: Wire) -> None:
    """What was opened and not saved is forgotten by the next opening."""
    wire.change()
    first = wire.case
    wire.change()
    with pytest.raises(AssertionError, match="Access Denied"):
        wire.send("update_employer/form_save", caseId=first)
