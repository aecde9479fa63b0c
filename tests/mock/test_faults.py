"""Each fault does what its name says, counted at the portal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, TimeoutError, expect  # noqa: A004  Playwright's own

from tests.mock.hand import Hand
from tests.mock.line import FORM, UNKNOWN

if TYPE_CHECKING:
    from tests.mock.conftest import Mock


def confirm_and_settle(hand: Hand) -> None:
    """CONFIRM, and wait until the window shows whatever came."""
    with hand.tab.expect_event("framenavigated"):
        hand.confirm()


@pytest.mark.parametrize(("fault", "filed"), [("500 before commit", 0), ("commit, then 500", 1)])
def test_a_500_may_come_before_or_after_the_filing(
    mock: Mock, tab: Page, fault: str, filed: int
) -> None:
    """The same page for the person; only the portal's own record tells."""
    hand = Hand(tab, mock)
    hand.prepare()
    mock.arm(fault)
    hand.confirm()
    expect(tab.get_by_role("heading", name="Internal Server Error")).to_be_visible()
    assert mock.commits() == filed
    assert len(mock.ask("/drafts")) == 1 - filed
    assert mock.ask("/faults")["armed"][0]["fired"] == 1


def test_a_connection_dropped_after_one_byte_is_not_sent_again(mock: Mock, tab: Page) -> None:
    """Filed once; the browser shows an error page."""
    hand = Hand(tab, mock)
    hand.prepare()
    mock.arm("commit, then drop the connection")
    confirm_and_settle(hand)
    assert tab.url.startswith("chrome-error://")
    assert mock.commits() == 1
    assert [(p["status"], p["ending"]) for p in mock.posts("commit")] == [
        (None, "dropped after one byte")
    ]


def test_chromium_sends_a_silently_dropped_post_again_by_itself(mock: Mock, tab: Page) -> None:
    """One click, two POSTs, two filings: the trap the robot must avoid."""
    hand = Hand(tab, mock)
    hand.prepare()
    clicks: list[str] = []
    tab.on("request", lambda r: clicks.append(r.url) if r.method == "POST" else None)
    mock.arm("commit, then drop the connection silently")
    hand.confirm()
    second = hand.filed()
    assert len(clicks) == 1
    assert [p["status"] for p in mock.posts("commit")] == [None, 200]
    first, again = mock.ask("/filings")["filings"]
    assert (first["reference"] != second, again["reference"] == second) == (True, True)


def test_a_drop_before_the_commit_stores_nothing(mock: Mock, tab: Page) -> None:
    """Chromium tries again on every connection it kept; the draft is still there."""
    hand = Hand(tab, mock)
    hand.prepare()
    mock.arm("drop before commit", times=20)
    confirm_and_settle(hand)
    assert tab.url.startswith("chrome-error://")
    assert len(mock.posts("commit")) > 1
    assert mock.commits() == 0
    assert len(mock.ask("/drafts")) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("maintenance page", "maintenance"),
        ("portlet unavailable", "Portlet is temporarily unavailable."),
        ("firewall page", "Your support ID is: "),
    ],
)
def test_a_page_may_stand_where_another_was_expected(
    mock: Mock, tab: Page, fault: str, words: str
) -> None:
    """By navigation, and in the same way when the page itself asked."""
    hand = Hand(tab, mock)
    hand.arrive()
    mock.arm(fault)
    hand.inbox()
    expect(tab.locator("body")).to_contain_text(words)
    hand.open_list()
    mock.arm(fault)
    tab.locator("#addNewBtnPopBtnId").click()
    expect(tab.locator("body")).to_contain_text(words)


def test_a_blank_portlet_has_a_menu_and_nothing_else(mock: Mock, tab: Page) -> None:
    """Header and bar come, the rest is empty."""
    hand = Hand(tab, mock)
    hand.arrive()
    mock.arm("blank portlet", on="/web/registration/myassist")
    hand.inbox()
    expect(tab.locator("nav.menu")).to_be_visible()
    expect(tab.locator("main")).to_have_text("")


def test_a_lost_session_shows_the_log_in_page(mock: Mock, tab: Page) -> None:
    """Also in the middle of a popup; it waits for a session to end."""
    mock.arm("session expired", on="popup")
    mock.arm("session expired", on="lens")
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    hand.look_up(UNKNOWN)
    expect(tab.locator("[name$='_dto.login']")).to_be_visible()
    assert mock.ask("/sessions")["live"] == []
    assert [a["fired"] for a in mock.ask("/faults")["armed"]] == [0, 1]


def test_a_record_is_listed_late(mock: Mock, tab: Page) -> None:
    """Filed, numbered, and in no list until its time has come."""
    hand = Hand(tab, mock)
    hand.prepare()
    mock.arm("listed late", seconds=3600)
    hand.confirm()
    hand.filed()
    hand.inbox()
    expect(tab.locator("#taskInbox")).to_contain_text("No Record Found.")
    tab.goto(f"{mock.address}/web/registration/update/update-employee-information-employer-")
    tab.get_by_role("row", name="E9900001234V").locator("#editBtn").click()
    expect(tab.locator("#employeeList")).not_to_contain_text(UNKNOWN)
    assert mock.commits() == 1


def test_a_late_record_is_listed_when_its_time_has_come(mock: Mock, tab: Page) -> None:
    """Real time, not the portal's date."""
    hand = Hand(tab, mock)
    hand.prepare()
    mock.arm("listed late", seconds=0.5)
    hand.confirm()
    reference = hand.filed()
    limit = time.monotonic() + 5
    row = tab.get_by_role("row", name=reference)
    while not row.count() and time.monotonic() < limit:
        hand.inbox()
    expect(row).to_be_visible()


OTHERWISE = [
    ("listed never", [], [""]),
    ("listed twice", ["E9900001234V", "E9900001234V"], ["TANPA REKOD CONTOH"] * 2),
    ("listed under another name", ["NAMA LAIN"], ["NAMA LAIN"]),
    ("listed under another employer", ["B9900005678W"], [""]),
    ("listed under another number", [], ["TANPA REKOD CONTOH"]),
]


@pytest.mark.parametrize(("fault", "inbox", "books"), OTHERWISE)
def test_a_record_may_be_listed_otherwise_than_it_was_filed(
    mock: Mock, tab: Page, fault: str, inbox: list[str], books: list[str]
) -> None:
    """In the inbox, by the number that the draft had, and on the books; the count stays true."""
    hand = Hand(tab, mock)
    hand.prepare()
    (draft,) = mock.ask("/drafts")
    mock.arm(fault)
    hand.confirm()
    hand.filed()
    mock.ask("/show", {})
    hand.inbox()
    lines = tab.get_by_role("row", name=draft["reference"])
    expect(lines).to_have_count(len(inbox))
    for line, words in zip(lines.all(), inbox, strict=True):
        expect(line).to_contain_text(words)
    tab.goto(f"{mock.address}/web/registration/update/update-employee-information-employer-")
    tab.get_by_role("row", name="E9900001234V").locator("#editBtn").click()
    listed = tab.get_by_role("row", name=UNKNOWN)
    expect(listed).to_have_count(len([name for name in books if name]))
    (filed,) = mock.ask("/filings")["filings"]
    assert (filed["employer"], filed["draft_reference"]) == ("E9900001234V", draft["reference"])
    (worker,) = [w for w in mock.ask("/workers?employer=E9900001234V") if w["nric"] == UNKNOWN]
    assert worker["name"] == filed["workers"][0]["nameOfEmployee"]
    if inbox and fault != "listed twice":
        hand.inbox()
        tab.get_by_role("row", name=draft["reference"]).get_by_role("link").click()
        expect(tab.locator("main")).to_contain_text(inbox[0])


def test_options_may_come_late(mock: Mock, tab: Page) -> None:
    """The list below is there with nothing but its first entry, then it fills."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    mock.arm("late options", seconds=0.4)
    hand.choose("dtooccupationId", "[5]SALES WORKERS")
    tab.locator(f'[id="select2-{FORM}dtosubOccupationId-container"]').click()
    options = tab.locator("li.select2-results__option")
    expect(options).to_have_text(["Please Select"])
    expect(options).to_have_text(
        ["Please Select", "[5]Shop Sales Assistants", "[5]Shop Supervisors"]
    )


def test_the_portal_may_say_a_worker_is_there_already(mock: Mock, tab: Page) -> None:
    """`duplicate worker`: the lens refuses someone who is in no list."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    mock.arm("duplicate worker")
    hand.look_up(UNKNOWN)
    expect(tab.get_by_role("dialog").locator(".error-inline")).to_have_text(
        "This employee is already registered under this employer."
    )


def test_the_portal_may_list_a_worker_twice(mock: Mock, tab: Page) -> None:
    """`worker listed twice`: one SAVE, two rows, two case items."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    mock.arm("worker listed twice")
    hand.open_popup()
    hand.fill_unknown()
    hand.save_popup()
    expect(tab.locator("#newEmployeeList").get_by_text(UNKNOWN)).to_have_count(2)


def test_the_lens_may_be_slow_and_the_phrase_another(mock: Mock, tab: Page) -> None:
    """Both before anything was typed that matters."""
    mock.arm("wrong security phrase")
    tab.goto(f"{mock.address}/employer/login")
    hand = Hand(tab, mock)
    tab.get_by_label("Email Address").fill(mock.facts["email"])
    hand.link("NEXT").click()
    expect(tab.locator("#securityPhrase")).to_be_visible()
    expect(tab.locator("#securityPhrase")).not_to_have_text(mock.facts["security_phrase"])
    hand.arrive()
    hand.open_list()
    hand.open_popup()
    mock.arm("lens answers late", seconds=0.5)
    began = time.monotonic()
    hand.look_up(UNKNOWN)
    expect(tab.locator("#falseImg")).to_be_visible()
    assert time.monotonic() - began >= 0.5


def test_the_review_may_show_another_value(mock: Mock, tab: Page) -> None:
    """Changed, missing or extra, and once only; what would be filed is not touched."""
    Hand(tab, mock).prepare()
    read = "document.querySelector('main').innerText"
    honest = tab.evaluate(read)
    for field, value in (
        ("nameOfEmployee", "ORANG LAIN"),
        ("dateOfBirth", "15/03/1992"),
        ("extra: Commission", "Yes"),
        ("employerCode", "B9900005678W"),
        ("raceId", None),
    ):
        mock.arm("review shows another value", field=field, value=value)
        tab.reload()
        shown = tab.evaluate(read)
        assert shown != honest
        assert ("Race" not in shown) if value is None else (value in shown)
        tab.reload()
        assert tab.evaluate(read) == honest
    assert mock.ask("/drafts")[0]["workers"][0]["nameOfEmployee"] == "BARU BIN CONTOH"


def test_a_delayed_answer_and_skipped_presses(mock: Mock, tab: Page) -> None:
    """`skip` lets the first ones go; `commit, then delay` has filed long before it answers."""
    mock.arm("delay", seconds=0.3, on="login/login")
    hand = Hand(tab, mock)
    began = time.monotonic()
    hand.prepare()
    assert time.monotonic() - began >= 0.3
    mock.arm("commit, then delay", seconds=1.0)
    mock.arm("500 before commit", skip=1)
    began = time.monotonic()
    hand.confirm()
    while not mock.commits() and time.monotonic() < began + 5:
        pass
    assert time.monotonic() - began < 1.0
    hand.filed()
    assert time.monotonic() - began >= 1.0


def confirm_by_ajax(mock: Mock, tab: Page, fault: str) -> Hand:
    """CONFIRM, sent by the page itself, with a fault in wait."""
    mock.ask("/settings", {"commit": "ajax"})
    hand = Hand(tab, mock)
    hand.prepare()
    mock.arm(fault)
    hand.confirm()
    return hand


def test_confirm_may_go_by_ajax(mock: Mock, tab: Page) -> None:
    """The other way of sending it: the address stays, the endings are the same."""
    hand = confirm_by_ajax(mock, tab, "500 before commit")
    expect(tab.get_by_role("heading", name="Internal Server Error")).to_be_visible()
    tab.reload()
    hand.confirm()
    hand.filed()
    assert "preview.jsp" in tab.url
    assert mock.commits() == 1


def test_a_dropped_ajax_answer_leaves_a_red_strip(mock: Mock, tab: Page) -> None:
    """Filed, and the page says that the request failed to complete."""
    confirm_by_ajax(mock, tab, "commit, then drop the connection")
    expect(tab.locator("main .alert-error")).to_have_text("Your request failed to complete.")
    expect(tab.locator(".blockUI")).to_have_count(0)
    assert mock.commits() == 1


def open_popup(hand: Hand) -> None:
    """An empty popup of an empty list."""
    hand.arrive()
    hand.open_list()
    hand.open_popup()


@pytest.mark.parametrize("at", ["lens", "save"])
def test_the_overlay_may_stay_over_the_finished_screen(mock: Mock, tab: Page, at: str) -> None:
    """After a lens or a SAVE: what was asked for is there, and no click arrives yet."""
    hand = Hand(tab, mock)
    open_popup(hand)
    if at == "save":
        hand.fill_unknown()
    mock.arm("overlay stays", seconds=1.0)
    if at == "save":
        hand.save_popup()
        expect(tab.locator("#newEmployeeList")).to_contain_text(UNKNOWN)
    else:
        hand.look_up(UNKNOWN)
        expect(tab.locator("#falseImg")).to_be_visible()
    assert tab.locator(".blockOverlay").count() == 1
    with pytest.raises(TimeoutError):
        tab.locator("h1").click(timeout=200, trial=True)
    expect(tab.locator(".blockUI")).to_have_count(0)


def test_the_popup_may_close_late(mock: Mock, tab: Page) -> None:
    """Stored, and the list behind is there; a second SAVE meanwhile finds the worker listed."""
    hand = Hand(tab, mock)
    open_popup(hand)
    hand.fill_unknown()
    mock.arm("popup closes late", seconds=1.0)
    tab.locator("#employeePopUpSubmitBtn").click()
    expect(tab.locator("#newEmployeeList").get_by_text(UNKNOWN)).to_have_count(1)
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(tab.locator(".blockUI")).to_have_count(0)
    expect(dialog).to_have_count(0)
    assert len(mock.posts("employee_save")) == 1


def test_the_lens_may_answer_for_the_search_before(mock: Mock, tab: Page) -> None:
    """First the answer of the session's search before (not found, if none), then the right one."""
    hand = Hand(tab, mock)
    open_popup(hand)
    name = hand.field("nameOfEmployee")
    mock.arm("lens answers out of order", seconds=0.5)
    hand.look_up("880412005123")
    expect(tab.locator("#falseImg")).to_be_visible()
    expect(name).to_have_value("")
    expect(tab.locator("#trueImg")).to_be_visible()
    expect(name).to_have_value("CONTOH BIN REKAAN")
    mock.arm("lens answers out of order", seconds=0.5)
    hand.look_up("910723175204")
    expect(name).to_have_value("CONTOH BIN REKAAN")
    expect(name).to_have_value("SITI CONTOH BINTI REKAAN")


def test_a_review_of_several_people_may_lie_about_any_of_them(mock: Mock, tab: Page) -> None:
    """`part` and `column`; the field by its short name or its English label, on a Malay screen."""
    mock.ask("/settings", {"language": "bm"})
    hand = Hand(tab, mock)
    hand.arrive()
    listing = hand.line.open("E9900001234V")
    hand.line.add(listing)
    hand.line.add_foreign(listing)
    hand.to_preview(listing)
    for field, part, column, cell in (
        ("nokName", 1, "new", 4),
        ("passport valid TO", 1, "new", 4),
        ("Identification No.", 0, "current", 3),
        ("extra: Commission", 1, "current", 3),
    ):
        lie = {"field": field, "part": part, "column": column, "value": "DUSTA"}
        mock.arm("review shows another value", **lie)
        tab.reload()
        expect(tab.locator("table.caseItem", has_text="DUSTA")).to_have_count(1)
        table = tab.locator("table.caseItem", has_text=f"Case Item {part + 1}")
        expect(table.locator(f"td:nth-child({cell})", has_text="DUSTA")).to_have_count(1)
    refused = mock.ask("/arm", {"fault": "review shows another value", "column": "old"})
    assert refused["error"] == "column is new or current, not 'old'."


def test_every_fault_is_told_with_what_it_does(mock: Mock) -> None:
    """The list the control port gives is the one issue 2 asks for, and more."""
    known = {f["fault"]: f["what"] for f in mock.ask("/faults")["faults"]}
    assert {
        "delay", "500 before commit", "commit, then drop the connection",
        "commit, then drop the connection silently", "commit, then 500", "maintenance page",
        "session expired", "firewall page", "portlet unavailable", "listed late", "late options",
        "duplicate worker", "lens answers late", "wrong security phrase", "blank portlet",
        "review shows another value", "drop before commit", "overlay stays", "popup closes late",
        "lens answers out of order",
    } <= set(known)  # fmt: skip
    assert all(known.values())
