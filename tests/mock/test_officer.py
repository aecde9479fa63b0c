"""An officer decides, asks for papers, and gets them (facts 3.4, 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.mock.hand import LANGUAGES, PDF, Hand
from tests.mock.line import UNKNOWN, Line

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

ADDRESS = "/web/registration/search/search-pending-case-for-add-supporting-document"
PORTLET = "searchpendingcase_WAR_registrationportlet"
NOTHING = "Please make any change before process to next page."
REASON = "Sila muat naik salinan pasport."


def waiting(mock: Mock, line: Line | None = None) -> str:
    """A case that waits for the officer; gives its number."""
    mock.ask("/settings", {"officer": True})
    line = line or Line(mock)
    if not line.token:
        line.log_in()
    listing = line.open("E9900001234V")
    line.add(listing)
    line.save(listing)
    line.commit(listing)
    reference: str = mock.ask("/filings")["filings"][-1]["reference"]
    return reference


def decide(mock: Mock, reference: str, status: str, reason: str = "") -> dict[str, Any]:
    """The officer's word."""
    answer: dict[str, Any] = mock.ask(
        "/decide", {"reference": reference, "status": status, "reason": reason}
    )
    return answer


def asked(hand: Hand) -> str:
    """Be at the documents of a case under query; gives its number."""
    hand.arrive()
    reference = waiting(hand.mock, hand.line)
    assert decide(hand.mock, reference, "Under Query", REASON) == {"ok": True}
    to_documents(hand, reference)
    return reference


def to_documents(hand: Hand, reference: str) -> None:
    """Search, pencil, NEXT."""
    hand.tab.goto(hand.mock.address + ADDRESS)
    hand.tab.get_by_role("row", name=reference).get_by_role("link").click()
    hand.link("SETERUSNYA", "NEXT").click()
    expect(hand.tab.locator("#referenceId")).to_have_text(reference)


def add(hand: Hand, name: str = "pasport.pdf") -> None:
    """ADD DOCUMENT, the popup, and the row in the listing."""
    tab = hand.tab
    tab.locator(f'[id="_{PORTLET}_dialogBtn"]').click()
    tab.locator(f'[id="select2-_{PORTLET}_objdocTypeId-container"]').click()
    tab.locator("li.select2-results__option", has_text="Others").click()
    tab.locator(f'[id="_{PORTLET}_uploadFile"]').set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": PDF}
    )
    tab.locator(f'[id="_{PORTLET}_addDocumentBtnId"]').click()
    expect(tab.locator("#documentList")).to_contain_text(name)


def leave(hand: Hand) -> None:
    """EXIT and CONFIRM."""
    hand.tab.locator("#exitBtnId").click()
    hand.tab.locator("#exitDialog a.confirm").click(no_wait_after=True)


@pytest.mark.parametrize(
    ("status", "letter", "words"),
    [
        ("Approved", "Letter of successful update.pdf", ""),
        ("Under Query", "Letter of inquiry.pdf", f"The Case Is Under Query. {REASON}"),
        ("Rejected", "Letter of update rejection.pdf", f"This Case has been Rejected. {REASON}"),
    ],
)
def test_the_officer_s_word_stands_in_the_inbox_and_on_the_case(
    mock: Mock, tab: Page, status: str, letter: str, words: str
) -> None:
    """With his letter; only an approved worker is on the books."""
    reference = waiting(mock)
    assert decide(mock, reference, status, REASON) == {"ok": True}
    hand = Hand(tab, mock)
    hand.arrive()
    hand.inbox()
    row = tab.get_by_role("row", name=reference)
    expect(row).to_contain_text(status)
    row.get_by_role("link", name="View").click()
    expect(tab.locator("#taskStatus")).to_have_text(status)
    expect(tab.locator("a#iconDownload")).to_have_text(["Letter of acknowledgement.pdf", letter])
    expect(tab.locator("#routedMsg")).to_have_text([words] if words else [])
    booked = {w["nric"] for w in mock.ask("/workers?employer=E9900001234V")}
    assert (UNKNOWN in booked) == (status == "Approved")


def test_only_a_case_that_waits_can_be_decided(mock: Mock) -> None:
    """Not twice, not an unknown one, and not with a word of one's own."""
    reference = waiting(mock)
    for status, number in (("Perhaps", reference), ("Approved", "CAN00000000000000")):
        assert decide(mock, number, status)["status"] == 400
    decide(mock, reference, "Approved")
    assert decide(mock, reference, "Rejected")["status"] == 400
    assert mock.ask("/filings")["filings"][0]["status"] == "Approved"


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_are_added_to_a_case_under_query(mock: Mock, tab: Page, language: str) -> None:
    """The case waits for the officer again; the papers are a filing of their own."""
    mock.ask("/settings", {"language": language})
    hand = Hand(tab, mock)
    reference = asked(hand)
    add(hand)
    hand.link("KELUAR", "EXIT").click()
    hand.link("SAHKAN", "CONFIRM").click()
    expect(tab.locator("#resultMsg")).to_have_text("Your Request Has Been Submited Successfully!")
    assert hand.filed() == reference
    expect(tab.locator("#taskStatus")).to_have_text("Pending for Review")
    filings = mock.ask("/filings")
    assert filings["commits"] == 2
    first, sent = filings["filings"]
    assert (first["documents"], sent["procedure"]) == ([], "add_documents")
    assert (sent["reference"], sent["again"]) == (reference, False)
    assert [d["file"] for d in sent["documents"]] == ["pasport.pdf"]
    assert mock.posts("commit")[-1]["action"] == "add_documents/commit"


def test_a_case_is_searched_by_four_kinds_and_only_under_query(mock: Mock, tab: Page) -> None:
    """Code, name, reference, BRN; a case that is not asked about is not there."""
    hand = Hand(tab, mock)
    hand.arrive()
    other = waiting(mock, hand.line)
    reference = waiting(mock, hand.line)
    decide(mock, reference, "Under Query")
    tab.goto(mock.address + ADDRESS)
    table = tab.get_by_role("table", name="Pending Case(s) Listing")
    expect(table).to_contain_text(reference)
    expect(table).not_to_contain_text(other)
    rows = table.locator("tbody tr")
    for kind, right, wrong in (
        ("Employer Code", "E9900001234V", "B9900005678W"),
        ("Employer Name", "contoh maju", "REKAAN"),
        ("Reference ID", reference, other),
        ("Business Registration No. (BRN)", "9900001-X", "9900002"),
    ):
        for text, found in ((wrong, "Record Not Found."), (right, reference)):
            hand_choose(hand, kind)
            tab.locator(f'[name="_{PORTLET}_obj.searchPendingCaseData"]').fill(text)
            tab.locator(f'[id="_{PORTLET}_searchBtn"]').click()
            expect(rows).to_contain_text([found])


def hand_choose(hand: Hand, kind: str) -> None:
    """The kind of search."""
    tab = hand.tab
    tab.locator(f'[id="select2-_{PORTLET}_objsearchPendingCaseType-container"]').click()
    tab.locator("li.select2-results__option", has_text=kind).click()


def test_without_a_new_paper_exit_goes_nowhere(mock: Mock, tab: Page) -> None:
    """Facts 11, case 11; and a paper put in and not sent stays until it is removed."""
    hand = Hand(tab, mock)
    reference = asked(hand)
    leave(hand)
    expect(tab.locator("main .alert-error")).to_have_text(NOTHING)
    add(hand)
    to_documents(hand, reference)
    expect(tab.locator("#documentList")).to_contain_text("pasport.pdf")
    hand.inbox()
    tab.get_by_role("row", name=reference).get_by_role("link", name="View").click()
    expect(tab.locator("#documentList")).to_contain_text("Record Not Found.")
    to_documents(hand, reference)
    tab.locator("#documentList").get_by_role("link", name="Remove").click()
    tab.get_by_role("dialog", name="CONFIRMATION").locator("a.confirm").click()
    expect(tab.locator("#documentList")).to_contain_text("Record Not Found.")
    leave(hand)
    expect(tab.locator("main .alert-error")).to_have_text(NOTHING)
    assert mock.commits() == 1


def test_a_paper_that_was_sent_has_no_bin(mock: Mock, tab: Page) -> None:
    """When the officer asks again, only what is new can be removed, and only that is sent."""
    hand = Hand(tab, mock)
    reference = asked(hand)
    add(hand)
    leave(hand)
    hand.filed()
    decide(mock, reference, "Under Query")
    to_documents(hand, reference)
    bins = tab.locator("#documentList").get_by_role("link", name="Remove")
    expect(bins).to_have_count(0)
    case = parse_qs(urlsplit(tab.url).query)[f"_{PORTLET}_caseId"][0]
    unasked = {"caseId": case, "documentId": "1"}
    hand.line.act(ADDRESS, "add_documents/document_remove", unasked, portlet=PORTLET)
    add(hand, "permit.pdf")
    expect(tab.locator("#documentList")).to_contain_text("pasport.pdf")
    expect(bins).to_have_count(1)
    leave(hand)
    hand.filed()
    sent = mock.ask("/filings")["filings"][-1]
    assert [d["file"] for d in sent["documents"]] == ["permit.pdf"]


@pytest.mark.parametrize(("strict", "commits"), [(False, 3), (True, 2)])
def test_the_same_exit_again_is_counted_unless_the_portal_is_strict(
    mock: Mock, tab: Page, *, strict: bool, commits: int
) -> None:
    """On purpose the dangerous way, like every CONFIRM: a second press shows in the count."""
    mock.ask("/settings", {"strict_commit": strict})
    hand = Hand(tab, mock)
    asked(hand)
    add(hand)
    leave(hand)
    hand.filed()
    tab.on("dialog", lambda box: box.accept())
    tab.reload()
    expect(tab.locator("main")).to_contain_text("Access Denied" if strict else "Submited")
    filings = mock.ask("/filings")
    assert filings["commits"] == commits
    assert filings["filings"][-1]["again"] is not strict


def test_what_was_sent_may_be_listed_late(mock: Mock, tab: Page) -> None:
    """Sent, and the case is in no list until its time has come."""
    hand = Hand(tab, mock)
    reference = asked(hand)
    add(hand)
    mock.arm("listed late", seconds=3600)
    leave(hand)
    assert hand.filed() == reference
    hand.inbox()
    expect(tab.locator("#taskInbox")).to_contain_text("No Record Found.")
    mock.ask("/show", {})
    hand.inbox()
    expect(tab.get_by_role("row", name=reference)).to_contain_text("Pending for Review")


@pytest.mark.parametrize(("fault", "commits"), [("500 before commit", 1), ("commit, then 500", 2)])
def test_exit_has_the_faults_of_every_commit(
    mock: Mock, tab: Page, fault: str, commits: int
) -> None:
    """Also by AJAX; only the portal's record tells what happened."""
    mock.ask("/settings", {"commit": "ajax"})
    hand = Hand(tab, mock)
    asked(hand)
    add(hand)
    mock.arm(fault)
    leave(hand)
    expect(tab.get_by_role("heading", name="Internal Server Error")).to_be_visible()
    assert mock.commits() == commits
