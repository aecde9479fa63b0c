"""Session, token, window and what survives: the portal's ways that bite a robot."""

from __future__ import annotations

import http.client
import re
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.mock.hand import Hand
from tests.mock.line import ADDRESS, FORM, UNKNOWN, Line, case_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.mock.conftest import Mock

    Start = Callable[..., Mock]

COMMIT = "/web/registration/update/update-add-new-employee?" + urlencode(
    {
        "p_p_id": "searchforemployer_WAR_registrationportlet",
        "p_p_lifecycle": 1,
        "javax.portlet.action": "exeAction",
        "mvcPath": "/html/add_employees/commit.jsp",
    }
)


def post_again(tab: Page, mock: Mock, action: str, token: str) -> int:
    """The same POST once more, with an old token and the window's own key; gives the status."""
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in tab.context.cookies())
    key = tab.evaluate("sessionStorage.getItem('browserIdKey')")
    case = re.search(r"caseId=(\d+)", tab.url)
    fields = {f"{FORM}browserIdKey": key, f"{FORM}caseId": case.group(1) if case else ""}
    connection = http.client.HTTPConnection(urlsplit(mock.address).netloc)
    path = COMMIT.replace("commit", action) + "&" + urlencode({"p_auth": token, **fields})
    connection.request(
        "POST", path, urlencode(fields),
        {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_token_serves_once(mock: Mock, tab: Page) -> None:
    """The same p_auth again is Access Denied; a made-up one too."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list(worker=UNKNOWN)
    tab.locator("#newegfSubmit").click()
    expect(tab.locator("#eisSubmit")).to_be_visible()
    token = tab.evaluate("Liferay.authToken")
    assert post_again(tab, mock, "eis_save", token) == 302
    assert post_again(tab, mock, "eis_save", token) == 403
    assert post_again(tab, mock, "eis_save", "made.up") == 403


def test_the_same_confirm_again_files_again(mock: Mock, tab: Page) -> None:
    """On purpose: p_auth does not guard the commit, so that a double press is seen and counted."""
    hand = Hand(tab, mock)
    hand.prepare()
    token = tab.evaluate("Liferay.authToken")
    assert post_again(tab, mock, "commit", token) == 200
    assert post_again(tab, mock, "commit", token) == 200
    filings = mock.ask("/filings")
    assert filings["commits"] == 2
    first, second = filings["filings"]
    assert first["reference"] != second["reference"]
    assert (first["again"], second["again"]) == (False, True)
    assert second["draft_reference"] == first["reference"]
    assert [w["nric"] for w in mock.ask("/workers")].count(UNKNOWN) == 2


def test_a_strict_portal_takes_a_confirm_once(mock: Mock, tab: Page) -> None:
    """The other possibility, by a setting."""
    mock.ask("/settings", {"strict_commit": True})
    hand = Hand(tab, mock)
    hand.prepare()
    token = tab.evaluate("Liferay.authToken")
    assert post_again(tab, mock, "commit", token) == 200
    assert post_again(tab, mock, "commit", token) == 403
    assert mock.commits() == 1


def test_a_second_window_of_the_session_is_refused(mock: Mock, tab: Page) -> None:
    """Looking is allowed; an action from another tab is Access Denied."""
    hand = Hand(tab, mock)
    hand.arrive()
    other = tab.context.new_page()
    other.goto(f"{mock.address}/web/registration/update/update-add-new-employee")
    other.get_by_role("row", name="E9900001234V").locator("#editBtn").click()
    expect(other.get_by_role("heading", name="Access Denied")).to_be_visible()
    expect(other.locator("main")).to_contain_text("another window")
    hand.inbox()
    tab.get_by_role("link", name="MyASSIST").click()
    expect(tab.locator("#taskInbox")).to_be_visible()


def test_a_second_log_in_ends_the_first(mock: Mock, tab: Page) -> None:
    """One live session per account; how many were alive at a time is counted."""
    hand = Hand(tab, mock)
    hand.arrive()
    hand.inbox()
    Hand(tab, mock).line.log_in()
    tab.reload()
    expect(tab.locator("[name$='_dto.login']")).to_be_visible()
    sessions = mock.ask("/sessions")
    assert len(sessions["live"]) == 1
    assert sessions["most_at_a_time"] == 2
    assert sessions["ended_by_second_log_in"] == 1


def test_an_idle_session_warns_extends_and_ends(mock: Mock, tab: Page) -> None:
    """The banner with EXTEND comes near the end; afterwards the log-in page stands there."""
    hand = Hand(tab, mock)
    hand.arrive()
    mock.ask("/settings", {"idle_limit": 4})
    hand.inbox()
    banner = tab.get_by_text("your session will expire in 00:00:0")
    expect(banner).to_be_visible()
    hand.link("EXTEND").click()
    expect(banner).to_be_hidden()
    expect(tab.get_by_text("your session has expired")).to_be_visible()
    tab.reload()
    expect(tab.locator("[name$='_dto.login']")).to_be_visible()
    assert mock.ask("/sessions")["live"] == []


def test_unknown_mail_wrong_password_and_lock_are_told_apart(mock: Mock, tab: Page) -> None:
    """Five wrong passwords lock the account, also for the right one."""
    tab.goto(f"{mock.address}/employer/login")
    hand = Hand(tab, mock)
    next_button = hand.link("NEXT")
    next_button.click()
    expect(tab.locator(".error-inline")).to_have_text("This field cannot be blank.")
    tab.get_by_label("Email Address").fill("nobody@contoh.example")
    next_button.click()
    expect(tab.locator(".error-inline")).to_have_text("Invalid Email Address")
    tab.get_by_label("Email Address").fill(mock.facts["email"])
    next_button.click()
    strip = tab.locator(".alert-error")
    for n in range(5):
        tab.get_by_label("Password").fill(f"wrong {n}")
        with tab.expect_response(re.compile("login.jsp")):
            hand.link("LOGIN").click()
        expect(tab.locator(".blockUI")).to_have_count(0)
        locked = "Your account has been locked."
        expect(strip).to_have_text(locked if n == 4 else "Invalid Email Address or Password.")
    tab.get_by_label("Password").fill(mock.facts["password"])
    hand.link("LOGIN").click()
    expect(tab.get_by_label("Password")).to_have_value("")
    expect(strip).to_have_text("Your account has been locked.")
    assert [entry["outcome"] for entry in mock.ask("/logins")][-1] == "locked"


def test_an_account_may_have_something_to_do_first(mock: Mock, tab: Page) -> None:
    """Code, terms, new password, reminder: each its own page, in this order."""
    mock.ask(
        "/account",
        {
            "email": mock.facts["email"], "code": "123456", "terms": 1,
            "must_change_password": 1, "reminder": 1,
        },
    )  # fmt: skip
    hand = Hand(tab, mock)
    hand.log_in()
    tab.get_by_label("One-Time Password").fill("123456")
    hand.link("NEXT").click()
    hand.link("I Agree").click()
    tab.locator("#password1").fill("Baharu#2026")
    tab.locator("#password2").fill("Baharu#2026")
    hand.link("Save").click()
    tab.locator("#reminderQueryAnswer").fill("kucing")
    hand.link("SAVE").click()
    expect(tab.locator("#taskInbox")).to_be_visible()
    tab.locator(".user-full-name").click()
    hand.link("Sign Out").click()
    hand.log_in(password="Baharu#2026")  # noqa: S106  the practice portal's
    expect(tab.locator("#taskInbox")).to_be_visible()


def test_the_overlay_swallows_clicks_while_the_portal_works(mock: Mock, tab: Page) -> None:
    """It stands from the press to the answer."""
    mock.ask("/settings", {"pace": 2})
    hand = Hand(tab, mock)
    hand.arrive()
    hand.open_list()
    tab.locator("#addNewBtnPopBtnId").click()
    expect(tab.locator(".blockOverlay")).to_be_visible()
    on_top = "document.elementFromPoint(640, 300).className"
    assert "blockOverlay" in tab.evaluate(on_top)
    expect(tab.get_by_role("dialog")).to_be_visible()
    expect(tab.locator(".blockOverlay")).to_have_count(0)


def test_ids_of_containers_change_at_every_load(mock: Mock, tab: Page) -> None:
    """Whoever uses them finds nothing the next time."""
    read = "[...document.querySelectorAll('[id^=yui_patched_v3_11_0_1_]')].map(e => e.id)"
    tab.goto(f"{mock.address}/employer/login")
    first = tab.evaluate(read)
    tab.reload()
    assert len(first) == 2
    assert not set(first) & set(tab.evaluate(read))


@pytest.mark.parametrize("how", ["kill -9", "SIGTERM"])
def test_a_restart_forgets_nothing(start: Start, tmp_path: Path, tab: Page, how: str) -> None:
    """Session, list, draft and filing are still there."""
    options = ("--language", "en", "--db", str(tmp_path / "portal.sqlite3"))
    mock = start(tmp_path, *options)
    port = mock.address.rsplit(":", 1)[1]
    hand = Hand(tab, mock)
    hand.prepare()
    mock.kill() if how == "kill -9" else mock.end()
    again = start(tmp_path, *options, "--port", port)
    hand.confirm()
    reference = hand.filed()
    again.kill() if how == "kill -9" else again.end()
    third = start(tmp_path, *options)
    assert third.ask("/filings")["filings"][0]["reference"] == reference
    assert len(third.ask("/logins")) == 1
    assert third.end() == 0


def test_a_connection_is_kept(mock: Mock) -> None:
    """Twenty pages on one; how quick they are is ``bench/mock_pages.py``'s."""
    connection = http.client.HTTPConnection(urlsplit(mock.address).netloc)
    connection.connect()
    socket = connection.sock
    for _ in range(20):
        connection.request("GET", "/employer/login")
        connection.getresponse().read()
    assert connection.sock is socket
    connection.close()


def test_control_refuses_what_it_does_not_know(mock: Mock) -> None:
    """400 and a sentence; nothing changes."""
    before = mock.ask("/settings")
    for path, body in (
        ("/settings", {"paces": 1}),
        ("/settings", {"pace": "quick"}),
        ("/date", {"today": "31/12/2025"}),
        ("/arm", {"fault": "gremlins"}),
        ("/arm", {"fault": "delay", "colour": "red"}),
        ("/arm", {"fault": "delay", "times": -1}),
        ("/disarm", {"fault": "gremlins"}),
        ("/account", {"email": mock.facts["email"], "nick": "x"}),
        ("/person", {"nric": "000101005555"}),
        ("/worker", {"employer": "E9900001234V"}),
        ("/worker", {"workers": "many"}),
        ("/reset", {"seed": "weeds"}),
    ):
        answer = mock.ask(path, body)
        assert answer["status"] == 400, path
        assert answer["error"].endswith("."), answer
    assert mock.ask("/settings") == before
    assert "GET /received" in mock.ask("/")


def test_every_answer_tells_the_portals_own_day(mock: Mock) -> None:
    """One Date header, as GMT, with the date that was set and the real time of day there."""
    kuala_lumpur = timezone(timedelta(hours=8))
    asked = (
        ("/employer/login", 200), ("/static/assist.css", 200), ("/nowhere", 404),
        ("/web/base/myassist", 302),
    )  # fmt: skip
    for today in ("2026-12-01", "2024-02-29", None):
        mock.ask("/date", {"today": today})
        for path, status in asked:
            with closing(http.client.HTTPConnection(urlsplit(mock.address).netloc)) as connection:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
            assert answer.status == status
            (told,) = answer.headers.get_all("Date") or []
            assert told.endswith(" GMT")
            there = parsedate_to_datetime(told).astimezone(kuala_lumpur)
            wanted = real = datetime.now(kuala_lumpur)
            if today is not None:
                wanted = datetime.combine(date.fromisoformat(today), real.timetz())
            assert abs((there - wanted).total_seconds()) < 30


def test_many_workers_are_put_on_the_books_at_once_or_none(mock: Mock) -> None:
    """One request for a drill; a mistake in one of them leaves all out."""
    one = {"employer": "B9900005678W", "start": "01/01/2022", "birth": "01/01/1990", "gender": "F"}
    many = [{**one, "nric": f"90010100{n:04}", "name": "RAMAI BINTI REKAAN"} for n in range(400)]
    before = mock.ask("/workers")
    for wrong in ([*many, {"employer": "B9900005678W"}], [*many, "x"], {"nric": "x"}):
        answer = mock.ask("/worker", {"workers": wrong})
        assert answer["status"] == 400
    assert mock.ask("/workers") == before
    assert mock.ask("/worker", {"workers": many}) == {"ok": True}
    books = mock.ask("/workers?employer=B9900005678W")
    assert len(books) == 401
    assert {(w["status"], w["resigned"]) for w in books} == {("Active", "")}


def test_control_shows_employers_as_they_can_be_sent_back(mock: Mock) -> None:
    """Both statuses and the details, of everybody's."""
    mock.ask("/employer", {"code": "E9900002001F", "eis_status": "Dormant SIP"})
    shown = {e["code"]: e for e in mock.ask("/employers")}
    assert [(e["status"], e["eis_status"]) for e in shown.values()] == [
        ("Active", "Active"), ("Active", "Active"), ("Active", "Dormant SIP"),
    ]  # fmt: skip
    details = shown["E9900002001F"]["details"]
    assert details["postalAddress1"] == "TINGKAT 3, MENARA BAYANGAN"
    changed = {**details, "temporaryClosureNoEmployeeFrom": "01/11/2026"}
    mock.ask("/employer", {"code": "E9900002001F", "details": changed})
    assert mock.ask("/employers")[2]["details"] == changed


def test_control_sets_people_employers_and_accounts(mock: Mock) -> None:
    """New ones and changed ones; a log-in with them works."""
    email = "third@contoh.example"
    mock.ask("/employer", {
        "code": "E9900003003M", "name": "TIRUAN BHD.", "brn": "9900004-A",
        "liability_date": "01/01/2021", "entity": "Corporation",
    })  # fmt: skip
    mock.ask("/account", {
        "email": email, "password": "Tiruan#1", "phrase": "roti canai", "name": "KERANI TIRUAN",
        "employers": ["E9900003003M"],
    })  # fmt: skip
    mock.ask("/worker", {
        "employer": "E9900003003M", "nric": "910101005557", "start": "01/01/2022",
        "name": "LAIN BIN TIRUAN", "birth": "01/01/1991", "gender": "M",
    })  # fmt: skip
    mock.ask("/person", {"nric": "910101005557", "blocked": 1})
    line = Line(mock)
    line.facts = {**mock.facts, "email": email, "password": "Tiruan#1"}
    line.log_in()
    listing = line.open("E9900003003M")
    sent = {"caseId": case_of(listing), "dto.registrationNo": "910101005557"}
    line.act(ADDRESS, "add_employees/lens", sent)
    assert "already registered under this employer" in line.body
    assert [w["nric"] for w in mock.ask("/workers?employer=E9900003003M")] == ["910101005557"]


def test_what_was_received_names_fields_and_never_values(mock: Mock, tab: Page) -> None:
    """Every POST in order, without what was typed."""
    hand = Hand(tab, mock)
    hand.log_in()
    expect(tab.locator("#taskInbox")).to_be_visible()
    received = mock.ask("/received")
    assert [(p["n"], p["action"], p["status"]) for p in received] == [
        (1, "login/next", 200), (2, "login/login", 200),
    ]  # fmt: skip
    assert "_customlogin_WAR_pksloginportlet_dto.password" in received[1]["fields"]
    assert mock.facts["password"] not in str(received)
    assert mock.facts["email"] not in str(received)
