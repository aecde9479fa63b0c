"""A person gives workers their resign date (Update Add Employee Resigned Date, facts 7.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.mock.hand import LANGUAGES, words
from tests.mock.leaving import (
    AKTIF,
    BLANK,
    EMPLOYER,
    FOUND,
    LAMA,
    LEAVING,
    NOT_FOUND,
    NOT_VALID,
    NOTHING,
    RESIGN,
    SEARCH,
    TODAY,
    Leaving,
    books,
    close_from,
    crowd,
    on_record,
)
from tests.mock.line import FORM, PASSPORT, Line

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

EXCEEDS = (
    "Employee Resign Date exceeds the Temporary closure/ No employee From date."
    " Do you want to replace the latest date?"
)
ACTIVE = ("Active", "")


@pytest.fixture
def hand(mock: Mock, tab: Page) -> Leaving:
    """Somebody at the portal on 22 November 2026."""
    mock.ask("/date", {"today": TODAY})
    return Leaving(tab, mock)


def walk(hand: Leaving) -> None:
    """The guide's own way: MY SITES, PENDAFTARAN, Kemaskini, the entry, the pencil."""
    hand.arrive()
    hand.tab.goto(f"{hand.mock.address}/web/base/myassist")
    hand.tab.locator("a.dropdown-toggle").click()
    hand.tab.locator("span.site-name", has_text=words("PENDAFTARAN", "REGISTRATION")).click()
    hand.tab.locator("a.menu-toggle", has_text=words("Kemaskini", "Update")).hover()
    hand.link("Kemaskini Tambah Tarikh Berhenti Kerja", "Update Add Employee Resigned Date").click()
    row = hand.tab.get_by_role("row", name=EMPLOYER)
    row.get_by_role("link", name=words("Tindakan", "Action")).click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_leaver_has_his_own_date_and_is_approved_at_once(hand: Leaving, language: str) -> None:
    """The guide from the menu to the result, in the words of each language."""
    mock, tab = hand.mock, hand.tab
    mock.ask("/settings", {"language": language})
    walk(hand)
    title = words("Kemaskini Tambah Tarikh Berhenti Kerja", "Update Add Employee Resigned Date")
    expect(tab.get_by_role("heading", level=1, name=title)).to_be_visible()
    group = tab.get_by_role("radiogroup", name=words("Pemilihan Pekerja", "Employee Selection"))
    expect(group.get_by_role("radio")).to_have_count(2)
    hand.specific()
    hand.search()
    for number, date in ((LAMA, "31/10/2026"), (AKTIF, "22/11/2026")):
        hand.move(number)
        label = words("Tarikh Berhenti Kerja", "Employment Resign Date")
        tab.get_by_label(label).fill(date)
        hand.link("KEMAS KINI", "UPDATE").click()
        hand.done()
    assert hand.dates() == {LAMA: "31/10/2026", AKTIF: "22/11/2026"}
    hand.link("SIMPAN & TERUSKAN", "SAVE & CONTINUE").click()
    expect(tab.locator("#referenceId")).to_have_text("CUN112026C000000001")
    types = tab.locator("ul.checklist label")
    expect(types).to_have_text(["Supporting Document", "Others"])
    hand.go_to_preview()
    date_label = {"bm": "Tarikh Berhenti Kerja", "en": "Employment Resign Date"}.get(language)
    assert hand.review()[0][:3] == [
        ["Identification No.", LAMA, LAMA],
        ["Name of Employee", "LAMA BIN REKAAN", "LAMA BIN REKAAN"],
        ["Employment Start Date", "15/06/2019", "15/06/2019"],
    ]
    assert [part[3][1:] for part in hand.review()] == [["", "31/10/2026"], ["", "22/11/2026"]]
    assert date_label in {None, hand.review()[0][3][0]}
    hand.confirm()
    assert hand.filed() == "CUN112026C000000001"
    expect(tab.locator("#taskStatus")).to_have_text("Approved")
    filed = mock.ask("/filings")["filings"][0]
    assert filed["workers"][0] == {
        "kind": "local", "registrationNo": LAMA, "nameOfEmployee": "LAMA BIN REKAAN",
        "employmentStartDate": "15/06/2019", "employementResignDate": "31/10/2026",
    }  # fmt: skip
    assert books(mock) == {LAMA: ("Resigned", "31/10/2026"), AKTIF: ("Resigned", "22/11/2026")}


def test_nothing_is_chosen_or_found_before_a_person_does_it(hand: Leaving) -> None:
    """Neither Semua nor Khusus; the search shows only with Khusus, and nobody before the lens."""
    hand.open()
    tab = hand.tab
    expect(tab.get_by_role("radio", checked=True)).to_have_count(0)
    expect(tab.locator(FOUND)).to_contain_text(NOT_FOUND)
    expect(hand.total()).to_have_text("0")
    lens = tab.locator(f'[id="{SEARCH}searchBtn"]')
    expect(lens).to_be_hidden()
    hand.everybody()
    expect(lens).to_be_hidden()
    hand.specific()
    expect(lens).to_be_visible()
    assert hand.headings(FOUND) == [
        "No.", "Identification Type", "Identification No.", "Name", "Date of Birth", "Gender",
        "Race", "Employment Start Date", "Action",
    ]  # fmt: skip
    assert hand.headings(LEAVING)[-2:] == ["Employment Resign Date", "Action"]


def test_what_the_portal_does_not_take_is_said_and_changes_nothing(hand: Leaving) -> None:
    """Every refusal of the screen in its own words."""
    hand.open()
    hand.update()
    hand.refused(BLANK)
    expect(hand.tab.locator(".error-inline")).to_have_count(2)
    hand.update("20/11/2026")
    hand.refused(BLANK)
    hand.save()
    hand.refused(NOTHING)
    hand.specific()
    hand.update("20/11/2026")
    hand.refused(NOTHING)
    hand.search()
    hand.move(LAMA)
    hand.move(AKTIF)
    # The day before one of the two began, tomorrow, and what is no day.
    for date in ("31/01/2021", "23/11/2026", "30/02/2026", "1/11/2026", "soon"):
        hand.update(date)
        hand.refused(NOT_VALID)
        assert hand.dates() == {LAMA: "", AKTIF: ""}, date
    hand.save()
    hand.refused(BLANK)
    hand.everybody()
    hand.update("31/01/2021")
    hand.refused(NOT_VALID)
    assert hand.dates() == {LAMA: "", AKTIF: ""}
    hand.specific()
    hand.update("01/02/2021")  # the first day of work is the last one too
    hand.done()
    hand.update("22/11/2026")
    hand.refused(NOTHING)
    assert hand.dates() == {LAMA: "01/02/2021", AKTIF: "01/02/2021"}
    assert hand.mock.ask("/drafts") == []
    assert books(hand.mock) == {LAMA: ACTIVE, AKTIF: ACTIVE}


def test_all_gives_every_active_worker_that_date(hand: Leaving) -> None:
    """Also those who had another one; whoever has left already is not among them."""
    crowd(hand.mock, 30)
    hand.open()
    hand.specific()
    hand.search("870818735893")
    hand.move(LAMA)
    hand.update("01/11/2026")
    hand.everybody()
    hand.update("20/11/2026")
    hand.done()
    assert len(hand.dates()) == 32
    assert set(hand.dates().values()) == {"20/11/2026"}
    hand.save()
    hand.go_to_preview()
    hand.confirm()
    hand.filed()
    assert set(books(hand.mock).values()) == {("Resigned", "20/11/2026")}
    hand.open()
    hand.everybody()
    hand.update("20/11/2026")
    hand.refused(NOTHING)


@pytest.mark.parametrize("language", ["bm", "en"])
def test_a_date_after_the_closure_is_asked_about(hand: Leaving, language: str) -> None:
    """NO applies nothing; YES applies, and the employer's date is replaced."""
    mock, tab = hand.mock, hand.tab
    mock.ask("/settings", {"language": language})
    close_from(mock, "15/11/2026")
    hand.open()
    hand.specific()
    hand.search()
    hand.move(AKTIF)
    hand.update("20/11/2026")
    dialog = tab.get_by_role("dialog", name=words("PENGESAHAN", "CONFIRMATION"))
    expect(dialog).to_contain_text(EXCEEDS)
    dialog.get_by_role("button", name="NO", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(tab.locator(LEAVING)).to_contain_text(AKTIF)
    assert hand.dates() == {AKTIF: ""}
    assert on_record(mock)["details"]["temporaryClosureNoEmployeeFrom"] == "15/11/2026"
    hand.update()
    dialog.get_by_role("button", name="YES", exact=True).click()
    hand.done()
    expect(dialog).to_be_hidden()
    assert hand.dates() == {AKTIF: "20/11/2026"}
    assert on_record(mock)["details"]["temporaryClosureNoEmployeeFrom"] == "20/11/2026"
    hand.move(LAMA)
    hand.update("20/11/2026")
    hand.done()
    assert hand.dates() == {AKTIF: "20/11/2026", LAMA: "20/11/2026"}


def test_a_resigned_worker_disappears_and_can_be_registered_again(hand: Leaving) -> None:
    """The lens of a new registration takes him; he is a second line, and active."""
    mock = hand.mock
    hand.open()
    hand.specific()
    hand.search(LAMA)
    hand.move(LAMA)
    hand.update("20/11/2026")
    hand.done()
    hand.save()
    hand.go_to_preview()
    hand.confirm()
    hand.filed()
    hand.open()
    hand.specific()
    hand.search()
    assert [row[1] for row in hand.rows(FOUND)] == [AKTIF]
    expect(hand.total()).to_have_text("1")
    line = hand.line
    listing = line.open(EMPLOYER)
    line.add(
        listing, registrationNo=LAMA, searched=LAMA, registerNewEmployee="",
        employmentStartDate="21/11/2026",
    )  # fmt: skip
    assert line.json().get("saved"), line.body
    line.save(listing)
    line.commit(listing)
    lines = [w for w in mock.ask(f"/workers?employer={EMPLOYER}") if w["nric"] == LAMA]
    assert [(w["status"], w["resigned"], w["start"]) for w in lines] == [
        ("Resigned", "20/11/2026", "15/06/2019"), ("Active", "", "21/11/2026"),
    ]  # fmt: skip


def test_the_lens_finds_by_number_name_and_ssn(hand: Leaving) -> None:
    """A number only whole, a name by any part, nobody by a number that nobody has."""
    hand.arrive()
    line = Line(hand.mock)
    line.log_in()
    listing = line.open(EMPLOYER)
    line.add_foreign(listing)
    line.save(listing)
    line.commit(listing)
    hand.line.cookie = ""  # that log-in ended the window's
    hand.open()
    hand.specific()
    hand.search(LAMA)
    assert [row[1] for row in hand.rows(FOUND)] == [LAMA]
    assert hand.rows(FOUND)[0] == [
        "New IC No.", LAMA, "LAMA BIN REKAAN", "18/08/1987", "M", "Melayu", "15/06/2019", "",
    ]  # fmt: skip
    hand.search(LAMA[:6])
    expect(hand.tab.locator(FOUND)).to_contain_text(NOT_FOUND)
    expect(hand.total()).to_have_text("0")
    box = hand.tab.locator(f'[id="select2-{SEARCH}objsearchEmployeeType-container"]')
    for kind, text, found in (
        ("Employee Name", "binti", AKTIF),
        ("SSN", "SSFW00000001", PASSPORT),
    ):
        box.click()
        hand.tab.locator("li.select2-results__option", has_text=kind).click()
        hand.search(text)
        assert [row[1] for row in hand.rows(FOUND)] == [found]
        expect(hand.total()).to_have_text("1")
        expect(box).to_have_text(kind)
    assert hand.rows(FOUND)[0][0] == "Passport Id"


def test_four_hundred_workers_stand_25_on_a_page(hand: Leaving) -> None:
    """The counter tells how many were found; moving one keeps the page and the search."""
    crowd(hand.mock, 400)
    hand.open()
    hand.specific()
    hand.search()
    expect(hand.total()).to_have_text("402")
    assert len(hand.rows(FOUND)) == 25
    hand.tab.get_by_role("navigation", name="Pages").get_by_role(
        "link", name="2", exact=True
    ).click()
    expect(hand.tab.locator("[aria-current=page]")).to_have_text("2")
    expect(hand.tab.get_by_role("radio", name="Specific")).to_be_checked()
    first = hand.rows(FOUND)[0]
    hand.move(first[1])
    expect(hand.total()).to_have_text("401")
    expect(hand.tab.locator("[aria-current=page]")).to_have_text("2")
    assert first not in hand.rows(FOUND)
    assert hand.dates() == {first[1]: ""}


def test_the_bin_asks_and_puts_a_worker_back(hand: Leaving) -> None:
    """He is in the listing again, as if nothing had been."""
    hand.open()
    hand.specific()
    hand.search()
    hand.move(AKTIF)
    assert [row[1] for row in hand.rows(FOUND)] == [LAMA]
    hand.tab.locator(LEAVING).get_by_role("link", name="Remove").click()
    dialog = hand.tab.get_by_role("dialog", name="CONFIRMATION")
    dialog.locator(".cancel").click()
    assert hand.dates() == {AKTIF: ""}
    hand.tab.locator(LEAVING).get_by_role("link", name="Remove").click()
    dialog.locator(".confirm").click()
    expect(hand.tab.locator(LEAVING)).to_contain_text(NOT_FOUND)
    assert [row[1] for row in hand.rows(FOUND)] == [AKTIF, LAMA]


def test_the_portal_does_not_know_that_a_worker_is_in_another_case(hand: Leaving) -> None:
    """Both drafts are taken; the second comes too late to change his day."""
    mock = hand.mock
    for date in ("10/11/2026", "20/11/2026"):
        hand.open()
        hand.specific()
        hand.search()
        hand.move(AKTIF)
        hand.update(date)
        hand.done()
        hand.save()
        expect(hand.tab.locator("#referenceId")).to_be_visible()
    first, second = (draft["reference"] for draft in mock.ask("/drafts"))
    for reference in (first, second):
        hand.inbox()
        row = hand.tab.get_by_role("row", name=reference)
        row.get_by_role("link", name="Edit").click()
        expect(hand.tab.locator(LEAVING)).to_contain_text(AKTIF)
        hand.save()
        hand.go_to_preview()
        hand.confirm()
        assert hand.filed() == reference
    assert mock.commits() == 2
    assert books(mock) == {AKTIF: ("Resigned", "10/11/2026"), LAMA: ACTIVE}


def ready(hand: Leaving) -> None:
    """At the preview with one leaver."""
    hand.open()
    hand.specific()
    hand.search(AKTIF)
    hand.move(AKTIF)
    hand.update("20/11/2026")
    hand.done()
    hand.save()
    hand.go_to_preview()


def test_an_officer_may_have_to_look_first(hand: Leaving) -> None:
    """By the setting; the books change when he approves."""
    mock = hand.mock
    mock.ask("/settings", {"officer": True})
    ready(hand)
    hand.confirm()
    reference = hand.filed()
    expect(hand.tab.locator("#taskStatus")).to_have_text("Pending for Review")
    assert books(mock)[AKTIF] == ACTIVE
    assert mock.ask("/decide", {"reference": reference, "status": "Approved"}) == {"ok": True}
    assert books(mock)[AKTIF] == ("Resigned", "20/11/2026")


def test_the_faults_come_here_too(hand: Leaving) -> None:
    """A falsified review, a slow screen, a firewall; filed without an answer, and listed late."""
    mock, tab = hand.mock, hand.tab
    mock.arm("review shows another value", field="employementResignDate", value="21/11/2026")
    mock.arm("delay", seconds=0.3, on="end_employment/dates_update")
    ready(hand)
    assert hand.review()[0][3][2] == "21/11/2026"
    tab.reload()
    assert hand.review()[0][3][2] == "20/11/2026"
    mock.arm("listed late", seconds=60)
    mock.arm("commit, then 500")
    hand.confirm()
    expect(tab.get_by_role("heading", name="Internal Server Error")).to_be_visible()
    assert mock.commits() == 1
    assert books(mock)[AKTIF] == ("Resigned", "20/11/2026")
    hand.inbox()
    expect(tab.locator("#taskInbox")).to_contain_text("No Record Found.")
    mock.ask("/show", {})
    hand.inbox()
    expect(tab.locator("#taskInbox")).to_contain_text("CUN112026C000000001")
    mock.arm("firewall page", on=RESIGN)
    tab.goto(mock.address + RESIGN)
    expect(tab).to_have_title("Request Rejected")
    armed = mock.ask("/faults")["armed"]
    assert {fault["fault"]: fault["fired"] for fault in armed} == {
        "review shows another value": 1, "delay": 1, "listed late": 1, "firewall page": 1,
        "commit, then 500": 1,
    }  # fmt: skip


def test_the_list_of_another_procedure_counts_its_workers(hand: Leaving) -> None:
    """Update Employee Information shows the same counter, before and after a search."""
    crowd(hand.mock, 28)
    hand.open("/web/registration/update/update-employee-information-employer-")
    expect(hand.total()).to_have_text("30")
    hand.tab.locator(f'[name="{SEARCH}obj.searchEmployeeData"]').fill(AKTIF)
    hand.tab.locator(f'[id="{SEARCH}searchBtn"]').click()
    expect(hand.total()).to_have_text("1")


def test_looking_leaves_nothing_and_another_employers_worker_is_refused(hand: Leaving) -> None:
    """No draft; a made-up number of a worker is Access Denied."""
    hand.open()
    hand.open()
    assert hand.mock.ask("/drafts") == []
    theirs = next(w for w in hand.mock.ask("/workers") if w["employer"] != EMPLOYER)
    hand.specific()
    hand.search()
    icon = hand.tab.locator(FOUND).get_by_role("row", name=AKTIF).get_by_role("link")
    icon.evaluate(
        f"(a, id) => a.dataset.post = a.dataset.post.replace(/{FORM}workerId=\\d+/,"
        f" '{FORM}workerId=' + id)",
        theirs["id"],
    )
    icon.click()
    expect(hand.tab.get_by_role("heading", name="Access Denied")).to_be_visible()
