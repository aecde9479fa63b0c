"""The portal's other looks: the same portal behind other words, addresses, names and controls."""

from __future__ import annotations

import http.client
import itertools
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from mock_portal.skins.foreign import Foreign as ForeignNames
from mock_portal.skins.harbour import Harbour as HarbourNames
from mock_portal.skins.meranti import Meranti as MerantiNames
from mock_portal.skins.modern import Modern as Names
from mock_portal.skins.stranger import Stranger as StrangerNames
from tests.mock import employer
from tests.mock.contributing import COMBINED, OTHER_EMPLOYER, REVIEW, Contributor, record
from tests.mock.employer import FORM_ADDRESS, NEW_BRN, VENUE, Wire
from tests.mock.foreign import Foreign
from tests.mock.hand import LANGUAGES, Hand, words
from tests.mock.leaving import FORM_1A, FORM_3, LAMA, RESIGN, books, close_from, crowd
from tests.mock.line import ADDRESS, FORM, PASSPORT, UNKNOWN, Line
from tests.mock.meranti import Meranti, begun
from tests.mock.modern import AKTIF, EMPLOYER, TODAY, Modern
from tests.mock.stranger import Stranger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mock_portal.skins import Renamed
    from tests.mock.conftest import Mock

OF_THE_MOCK = re.compile(r"_WAR_|dto\.|/web/|/c/portal|select2|fa-|javascript:|mvcPath|p_auth")
KNOWN = "880412005123"
EMPTY = {"input", "meta", "link", "br", "img", "path", "circle"}
SKINS: dict[str, Renamed] = {
    "modern": Names({}), "foreign": ForeignNames({}), "stranger": StrangerNames({}),
    "harbour": HarbourNames({}), "meranti": MerantiNames({}),
}  # fmt: skip
REFERS = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "data-form", "data-ask",
          "data-below", "data-feeds", "data-hide", "data-default",
          "data-of", "data-sure", "data-enter", "data-shut", "data-next"}  # fmt: skip
LABELLED = {"text", "email", "password", "file", "checkbox", "radio", "date", "search"}


class Checked(HTMLParser):
    """A page that is well made: tags close, ids are there once, what refers to one finds it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.meant: set[str] = set()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.boxes: list[str] = []
        self.labels: set[str] = set()
        self.feed(html)
        assert self.open == []
        assert len(self.ids) == len(set(self.ids)), sorted(self.ids)
        assert self.meant <= set(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), (tag, attrs)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in REFERS:
                self.meant |= set((value or "").split())
        self._note(tag, dict(attrs))
        if tag not in EMPTY:
            self.open.append(tag)

    def _note(self, tag: str, attrs: dict[str, str | None]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self.labels.add(attrs.get("for") or "")
        if tag == "input" and (attrs.get("type") or "text") in LABELLED:
            self.boxes.append(attrs.get("id") or "" if "aria-label" not in attrs else "named")

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open.pop() == tag, tag

    def is_for_everybody(self) -> None:
        """Each box has its label, and no heading is deeper than the one before it and one more."""
        assert set(self.boxes) - {"named"} <= self.labels
        for before, here in itertools.pairwise(self.headings):
            assert here <= before + 1, self.headings


def view(portlet: str, folder: str, name: str, **values: object) -> str:
    """The mock's address of a screen."""
    kept = "".join(f"&_{portlet}_{key}={value}" for key, value in values.items())
    return f"?p_p_id={portlet}&p_p_lifecycle=0&mvcPath=/html/{folder}/{name}.jsp{kept}"


def page(mock: Mock, line: Line, address: str, skin: str = "modern") -> str:
    """A whole page, as the address bar gets it."""
    connection = http.client.HTTPConnection(urlsplit(mock.address).netloc)
    shown = SKINS[skin].outward(address)
    connection.request("GET", shown, headers={"Cookie": f"JSESSIONID={line.cookie}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    assert answer.status == http.HTTPStatus.OK, (address, answer.status, body)
    return body


def updating(mock: Mock) -> list[str]:
    """Cases of every update, begun as the classic screens begin them; the addresses of screens."""
    mock.ask("/date", {"today": employer.TODAY})  # the venues of inductions lie ahead
    line = Wire(mock)
    line.log_in()
    listing = line.open(EMPLOYER)
    line.add(listing)
    line.add_foreign(listing)
    line.save(listing)
    case = int(re.findall(r"caseId=(\d+)", listing)[0])
    new = [ADDRESS + view(FORM.strip("_"), "add_employees", n, caseId=case)
           for n in ("list", "popup", "foreign_popup", "eis", "documents", "document_popup",
                     "preview")]  # fmt: skip
    line.change(email="baru@contoh.example")
    searcher = FORM.strip("_")
    changed = "/web/registration/update/update-employer-information"
    screens = [changed + view(searcher, "update_employer", n, caseId=line.case)
               for n in ("form", "preview")]  # fmt: skip
    registered = line.register()
    line.add_worker(registered)
    screens += [FORM_ADDRESS + view("newreg_WAR_registrationportlet", "register_employer", n,
                                    caseId=registered) for n in ("view", "list")]  # fmt: skip
    return new + screens


def opened(mock: Mock) -> list[str]:
    """The screens behind the pencil of the other procedures."""
    line, found = Line(mock), []
    line.log_in()
    for address, folder, portlet, names in (
        (RESIGN, "end_employment", FORM.strip("_"), ("list",)),
        (FORM_1A, "cease_employer", FORM.strip("_"), ("form",)),
        (FORM_3, "cease_employer_eis", "searchforemployersip_WAR_registrationportlet", ("form",)),
        ("/web/registration/update/update-employee-information-employer-", "update_employee",
         FORM.strip("_"), ("list",)),
    ):  # fmt: skip
        there = line.act(address, f"{folder}/open", {"employerCode": EMPLOYER}, portlet=portlet)
        case = re.findall(r"caseId=(\d+)", there)[0]
        found += [address + view(portlet, folder, name, caseId=case) for name in names]
    return found


def contributing(mock: Mock) -> list[str]:
    """A month that is filed, one that is begun, and their records."""
    clerk = Contributor(mock)
    clerk.file(aktif="3000.00")
    acr = mock.ask("/contributions")[-1]["acr"]
    clerk.open_month(employer=OTHER_EMPLOYER)
    draft = clerk.number
    portlet, review = "contribution_WAR_contributionportlet", "review_WAR_contributionportlet"
    return [
        COMBINED,
        COMBINED + view(portlet, "contribution", "month", contributionId=draft),
        COMBINED + view(portlet, "contribution", "other_month", type="Arrears"),
        f"{COMBINED}/text-file",
        f"{REVIEW}/acr",
        f"{REVIEW}/acr" + view(review, "contribution_review", "employers"),
        f"{REVIEW}/acr" + view(review, "contribution_review", "list", employerCode=EMPLOYER),
        f"{REVIEW}/acr" + view(review, "contribution_review", "record", recordNumber=acr),
    ]


PLAIN = ("/web/base/myassist", "/web/registration/myassist", "/web/contribution/myassist",
         "/web/payment/myassist", "/web/inspection/myassist", ADDRESS,
         "/web/registration/search/search-pending-case-for-add-supporting-document")  # fmt: skip


@pytest.mark.parametrize("skin", SKINS)
def test_every_screen_is_well_made_in_every_language(mock: Mock, skin: str) -> None:
    """One id for one thing, tags that close, and nothing of the first look or of the mock."""
    begun = updating(mock)
    mock.ask("/date", {"today": TODAY})
    screens = [*begun, *opened(mock), *contributing(mock), *PLAIN]
    line = Line(mock)
    line.log_in()
    for language in ("bm", "en", "mixed"):
        mock.ask("/settings", {"skin": skin, "language": language})
        for address in screens:
            html = page(mock, line, address, skin)
            checked = Checked(html)
            if skin != "modern":
                checked.is_for_everybody()
            found = OF_THE_MOCK.findall(html)
            assert not found, (address, found)
            assert "&lt;" not in html, address  # a word that is none
    mock.ask("/settings", {"skin": "classic"})


@pytest.mark.parametrize("skin", SKINS)
def test_account_screens_are_well_made_in_every_language(mock: Mock, skin: str) -> None:
    """The log-in, and what an account may have to do first."""
    line = Line(mock)
    line.log_in()
    for language in ("bm", "en", "mixed"):
        mock.ask("/settings", {"skin": skin, "language": language})
        screens = [page(mock, Line(mock), "/employer/login", skin)]
        for gate, shut, opened_again in (
            ("code", "123456", ""), ("terms", 1, 0), ("must_change_password", 1, 0),
            ("reminder", 1, 0),
        ):  # fmt: skip
            mock.ask("/account", {"email": mock.facts["email"], gate: shut})
            screens.append(page(mock, line, f"/c/portal/{gate}", skin))
            mock.ask("/account", {"email": mock.facts["email"], gate: opened_again})
        for html in screens:
            Checked(html).is_for_everybody()
            assert not OF_THE_MOCK.findall(html)
    mock.ask("/settings", {"skin": "classic"})


def test_the_log_in_leads_on_from_the_address_of_2019(mock: Mock, tab: Page) -> None:
    """Bookmarks of log-in and home go on; other addresses of the first look are gone."""
    mock.ask("/settings", {"skin": "modern"})
    tab.goto(f"{mock.address}/employer/login")
    expect(tab).to_have_url(f"{mock.address}/log-masuk")
    tab.get_by_label("Email Address").fill(mock.facts["email"])
    tab.get_by_role("button", name="NEXT").click()
    expect(tab.get_by_text(mock.facts["security_phrase"])).to_be_visible()
    tab.get_by_label("Password").fill(mock.facts["password"])
    tab.get_by_role("button", name="LOGIN").click()
    expect(tab).to_have_url(f"{mock.address}/utama")
    answer = tab.goto(mock.address + ADDRESS)
    assert answer is not None
    assert answer.status == http.HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filed_is_the_same_as_through_the_first_look(
    mock: Mock, tab: Page, language: str
) -> None:
    """The new worker, by hand here and by wire there, is one and the same record."""
    hand = Modern(tab, mock)
    hand.enter("/pendaftaran/pekerja/baharu", language)
    hand.pencil()
    hand.add_unknown()
    hand.go_on()
    hand.go_on()
    hand.add_paper("Others")
    hand.go_on()
    hand.send()
    expect(tab.get_by_role("alert").filter(has_text="Submitted Successfully")).to_be_visible()
    for letter in ("Letter of acknowledgement.pdf", "Letter of successful update.pdf"):
        with tab.expect_download() as download:
            tab.get_by_role("link", name=letter).click()
        assert download.value.path().read_bytes().startswith(b"%PDF-")
    here = mock.ask("/filings")["filings"][0]
    mock.ask("/reset", {})
    mock.ask("/date", {"today": TODAY})
    line = Line(mock)
    line.log_in()
    listing = line.open(EMPLOYER)
    line.add(listing)
    line.save(listing)
    line.commit(listing)
    there = mock.ask("/filings")["filings"][0]
    same = ("procedure", "reference", "employer", "email", "status", "workers")
    assert [here[key] for key in same] == [there[key] for key in same]
    assert here["documents"][0]["type"] == "Others"


def test_a_draft_opens_where_it_was_left_and_twenty_entries_make_a_page(
    mock: Mock, tab: Page
) -> None:
    """The first look opens it at its list, which has all rows."""
    hand = Modern(tab, mock)
    line = hand.line
    line.log_in()
    crowd(mock, 21)
    listing = line.open(EMPLOYER)
    for n in range(21):
        line.add(listing, registrationNo=f"9203140051{n:02}", searched=f"9203140051{n:02}")
    line.save(listing)
    hand.enter("/pendaftaran/peti-masuk")
    tab.get_by_role("link", name="Edit").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(re.compile("^Form 2"))
    rows = tab.locator("h2", has_text=re.compile("^New Employee")).locator("+ .scroll tbody tr")
    expect(rows).to_have_count(20)
    tab.get_by_role("link", name="Next", exact=True).click()
    expect(rows).to_have_count(1)
    hand.go_on()
    tab.goto(f"{mock.address}/pendaftaran/peti-masuk")
    tab.get_by_role("link", name="Edit").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("EIS Employee Registration")


def test_the_skin_is_a_word_of_the_command_line(
    start: Callable[..., Mock], tmp_path: Path, tab: Page
) -> None:
    """--skin; a reset keeps it."""
    mock = start(tmp_path, "--skin", "modern")
    mock.ask("/reset", {})
    assert mock.ask("/settings")["skin"] == "modern"
    tab.goto(mock.address)
    expect(tab).to_have_url(f"{mock.address}/log-masuk")
    assert mock.ask("/settings", {"skin": "antik"})["status"] == http.HTTPStatus.BAD_REQUEST


# --- each of the other procedures, once ---------------------------------------------------------


@pytest.mark.heavy
def test_a_worker_leaves(mock: Mock, tab: Page) -> None:
    """Specific, the lens, Add, UPDATE."""
    hand = Modern(tab, mock)
    hand.enter("/pendaftaran/pekerja/berhenti")
    hand.pencil()
    tab.get_by_label("Specific").check()
    tab.get_by_label("Employment Resign Date").fill("2026-11-20")
    hand.box("find").fill(AKTIF)
    tab.locator("form").get_by_role("button", name="Search").click()
    hand.row(AKTIF).get_by_role("button", name="Add").click()
    hand.press("UPDATE")
    expect(hand.row("20/11/2026")).to_contain_text(AKTIF)
    hand.go_on()
    hand.file_from_documents()
    assert books(mock)[AKTIF][1] == "20/11/2026"


@pytest.mark.heavy
def test_everybody_leaves(mock: Mock, tab: Page) -> None:
    """All, UPDATE."""
    hand = Modern(tab, mock)
    hand.enter("/pendaftaran/pekerja/berhenti")
    hand.pencil()
    tab.get_by_label("All", exact=True).check()
    tab.get_by_label("Employment Resign Date").fill("2026-11-20")
    hand.press("UPDATE")
    hand.go_on()
    hand.file_from_documents()
    assert {left for _, left in books(mock).values()} == {"20/11/2026"}


@pytest.mark.heavy
def test_a_worker_is_corrected(mock: Mock, tab: Page) -> None:
    """Edit, the window, SAVE; the review has what was and what is to be."""
    hand = Modern(tab, mock)
    hand.enter("/pendaftaran/pekerja/maklumat")
    hand.pencil()
    hand.row(AKTIF).get_by_role("button", name="Edit").click()
    hand.window.get_by_label("Name of Employee").fill("AKTIF BINTI CONTOH BETUL")
    hand.window.get_by_role("button", name="SAVE").click()
    expect(hand.window.locator("p.says")).to_have_text("Please upload Identification Card.")
    hand.choose_file()
    hand.save_window()
    hand.go_on()
    hand.file_from_documents()
    sent = mock.ask("/filings")["filings"][0]["workers"]
    assert [worker["nameOfEmployee"] for worker in sent] == ["AKTIF BINTI CONTOH BETUL"]


@pytest.mark.heavy
def test_an_employer_is_corrected(mock: Mock, tab: Page) -> None:
    """The long form; a refusal stands beside its field."""
    hand = Modern(tab, mock)
    hand.enter("/pendaftaran/majikan/maklumat")
    hand.pencil()
    hand.box("email").fill("tiada")
    hand.go_on()
    expect(tab.locator("p.says")).to_be_visible()
    hand.box("email").fill("baru@contoh.example")
    hand.go_on()
    hand.file_from_documents()


@pytest.mark.heavy
@pytest.mark.parametrize("domestic", [False, True])
def test_an_employer_registers(mock: Mock, tab: Page, *, domestic: bool) -> None:
    """Cascades, the lens, the questions that come with its answer, a worker, the paper."""
    hand = Modern(tab, mock)
    hand.enter("/pendaftaran/majikan/baharu")
    mock.ask("/date", {"today": employer.TODAY})  # its venues lie ahead
    tab.reload()
    hand.pick("business-entity-id", "Corporation")
    hand.pick("sub-business-entity-id", "Sendirian Berhad")
    hand.box("identity-number").fill(NEW_BRN)
    tab.locator("form").get_by_role("button", name="Search").click()
    tab.get_by_label("February 2017 Onwards").check()
    tab.get_by_label("I certify that the information given is true").check()
    hand.box("industry-name").fill("Kedai Contoh Sdn. Bhd.")
    hand.box("postal-address1").fill("No. 1, Jalan Contoh")
    hand.pick("state-id", "Selangor")
    hand.pick("city-id", "Shah Alam")
    hand.pick("post-code", "40100")
    hand.pick("socso-office-location-id", "Pejabat PERKESO Negeri Selangor")
    tab.get_by_label("Industry Address Same As Postal Address").check()
    hand.box("tel-no-back").fill("30000011")
    shop = (
        "[47] RETAIL TRADE, EXCEPT OF MOTOR VEHICLES AND MOTORCYCLES",
        "[47111]Provision stores",
    )
    home = ("[97] ACTIVITIES OF HOUSEHOLDS AS EMPLOYERS OF DOMESTIC PERSONNEL",
            "[97000]Activities of households as employers of domestic personnel")  # fmt: skip
    hand.pick("industry-code-id", (home if domestic else shop)[0])
    hand.pick("sub-industry-code-list-id", (home if domestic else shop)[1])
    hand.pick("methods-of-contribution-payment-id", "Portal")
    hand.pick("induction-venue-id", VENUE)
    hand.go_on()
    hand.add_unknown()
    hand.go_on()
    hand.go_on()
    hand.file_from_documents()


@pytest.mark.heavy
def test_an_employer_ceases(mock: Mock, tab: Page) -> None:
    """Form 1A, then Form 3; their days are typed."""
    hand = Modern(tab, mock)
    hand.enter("/pendaftaran/majikan/penamatan")
    hand.pencil()
    tab.get_by_label("Change Employer Status To").select_option(label="Dormant")
    tab.get_by_label("Temporary closure / No employee from").fill("20/11/2026")
    hand.go_on()
    tab.get_by_label("Employment Resign Date").fill("2026-11-20")
    hand.go_on()
    hand.file_from_documents()
    tab.goto(f"{mock.address}/pendaftaran/majikan/penamatan-sip")
    hand.pencil()
    tab.get_by_label("EIS Employment Resign Date").fill("20/11/2026")
    hand.go_on()
    hand.file_from_documents()


@pytest.mark.heavy
def test_papers_follow_a_question(mock: Mock, tab: Page) -> None:
    """The case under query, NEXT, ADD DOCUMENT, EXIT."""
    mock.ask("/settings", {"officer": True})
    hand = Modern(tab, mock)
    hand.prepare()
    hand.confirm()
    mock.ask("/decide", {"reference": hand.filed(), "status": "Under Query", "reason": "Kad."})
    mock.ask("/settings", {"skin": "modern"})
    tab.goto(f"{mock.address}/pendaftaran/dokumen/tertunda")
    hand.row("CONTOH MAJU").get_by_role("link", name="Edit").click()
    tab.get_by_role("link", name="NEXT").click()
    hand.add_paper("Others")
    hand.press("EXIT")
    hand.window.get_by_role("button", name="CONFIRM").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Result")
    assert mock.ask("/filings")["filings"][-1]["procedure"] == "add_documents"


@pytest.mark.heavy
def test_a_month_is_paid_and_looked_up(mock: Mock, tab: Page) -> None:
    """Open, wages, the totals as lists, SUBMIT; then its record."""
    hand = Modern(tab, mock)
    hand.enter("/caruman/bulanan/gabungan")
    hand.row("10/2026").get_by_role("button", name="Open").click()
    for worker, wages in ((AKTIF, "3000.00"), (LAMA, "0")):
        hand.row(worker).get_by_role("button", name="Edit").click()
        hand.window.get_by_label("Wages (RM)").fill(wages)
        hand.save_window()
    hand.press("SAVE DRAFT")
    expect(tab.get_by_role("alert").filter(has_text="successfully")).to_be_visible()
    assert hand.fact("Grand Total (RM)") == "100.35"
    hand.send()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Contribution Submitted")
    number = hand.fact("ACR No.")
    with tab.expect_download():
        tab.get_by_role("link", name="Print ACR").click()
    tab.goto(f"{mock.address}/caruman/semakan/acr")
    tab.get_by_role("link", name="Contribution Payment Information").click()
    hand.row(EMPLOYER).get_by_role("link", name="View").click()
    hand.row(number).get_by_role("link", name="View").click()
    expect(hand.row(AKTIF)).to_be_visible()
    assert mock.ask("/contributions")[-1]["acr"] == number


def test_the_first_look_is_still_the_first(mock: Mock, tab: Page) -> None:
    """A hand that knows only classic files there, in the same portal, after the other look."""
    mock.ask("/settings", {"skin": "modern"})
    mock.ask("/settings", {"skin": "classic"})
    hand = Hand(tab, mock)
    hand.prepare()
    hand.confirm()
    assert hand.filed()
    assert UNKNOWN in {w["nric"] for w in mock.ask(f"/workers?employer={EMPLOYER}")}


# --- the third look -----------------------------------------------------------------------------


def test_a_record_stands_in_the_path_and_an_action_behind_a_colon() -> None:
    """What is shown is what is known, for screens, actions, parts and what has no portlet."""
    names = ForeignNames({ADDRESS: Of(FORM.strip("_"), "add_employees")})
    portlet = FORM.strip("_")
    screen = ADDRESS + view(portlet, "add_employees", "list", caseId=17, cur=2)
    assert names.outward(screen) == "/ep/new-workers/17/list?p=2"
    act = screen.replace("p_p_lifecycle=0", "p_p_lifecycle=1").replace("list.jsp", "list_save.jsp")
    assert names.outward(act) == "/ep/new-workers/17:list-save?p=2"
    for address in (screen, act):
        path, _, query = names.outward(address).partition("?")
        own, known, of = names.inward(path, query)
        assert (own, of) == (ADDRESS, portlet)
        meant = dict(parse_qsl(urlsplit(address).query))
        assert dict(parse_qsl(known)) | meant == dict(parse_qsl(known))
    assert names.known("/ep/files/registration/CAN112026/Letter.pdf").startswith("/documents/")


class Of(NamedTuple):
    """As much of a portlet as a skin asks."""

    id: str
    folder: str


def test_its_ids_differ_at_each_load_and_its_old_addresses_lead_on(mock: Mock, tab: Page) -> None:
    """The labels still find their boxes, and the log-in is by hand."""
    mock.ask("/settings", {"skin": "foreign"})
    tab.goto(f"{mock.address}/employer/login")
    expect(tab).to_have_url(f"{mock.address}/ep/sign-in")
    box = tab.get_by_label("Email address")
    first = box.get_attribute("id")
    tab.reload()
    assert box.get_attribute("id") != first
    box.fill("tiada@contoh.example")
    tab.get_by_role("button", name="Next").click()
    expect(tab.get_by_role("alert").filter(visible=True)).to_have_text("Invalid Email Address")
    box.fill(mock.facts["email"])
    tab.get_by_role("button", name="Next").click()
    expect(tab.locator("dt", has_text="Your security phrase is").locator("+ dd")).to_have_text(
        mock.facts["security_phrase"]
    )
    tab.get_by_label("Password").fill(mock.facts["password"])
    tab.get_by_role("button", name="Log in").click()
    expect(tab).to_have_url(f"{mock.address}/ep/home")
    tab.get_by_role("link", name="Bahasa Melayu").click()
    expect(tab).to_have_url(f"{mock.address}/ep/home")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Peti Tugasan")
    tab.get_by_role("link", name="Log keluar").click()
    expect(tab).to_have_url(f"{mock.address}/ep/sign-in")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worker_is_added_through_the_third_look(mock: Mock, tab: Page, language: str) -> None:
    """The side menu, a card, the drawer and what it refuses, the review, the letters."""
    hand = Foreign(tab, mock)
    hand.enter("/ep/tasks", language)
    hand.press("Kemas kini", "Update")
    tab.get_by_role("link", name=words("Tambah Pekerja Baharu", "Update Add New Employee")).click()
    hand.pencil()
    hand.press("Tambah pekerja", "Add employee")
    hand.drawer.get_by_role("button", name=words("Simpan", "Save")).click()
    expect(hand.drawer.locator(".ep-wrong").first).to_be_visible()
    tab.keyboard.press("Escape")
    expect(hand.drawer).to_have_count(0)
    hand.add_unknown()
    expect(hand.card(UNKNOWN)).to_contain_text("BARU BIN CONTOH")
    hand.go_on()
    hand.go_on()
    hand.add_paper("Others")
    number = hand.file_from_documents()
    for letter in ("Letter of acknowledgement.pdf", "Letter of successful update.pdf"):
        with tab.expect_download() as download:
            tab.get_by_role("link", name=letter).click()
        assert download.value.path().read_bytes().startswith(b"%PDF-")
    filed = mock.ask("/filings")["filings"][0]
    assert (filed["reference"], filed["documents"][0]["type"]) == (number, "Others")
    sent = filed["workers"][0]
    assert (sent["dateOfBirth"], sent["gender"], sent["raceId"]) == ("14/03/1992", "Male", "")


@pytest.mark.heavy
def test_a_foreign_worker_is_added_through_the_third_look(mock: Mock, tab: Page) -> None:
    """The other drawer, and a person whom the portal knows in the first."""
    hand = Foreign(tab, mock)
    hand.enter("/ep/new-workers")
    hand.pencil()
    hand.press("Tambah pekerja", "Add employee")
    hand.look_up(KNOWN)
    expect(hand.drawer.get_by_role("status")).to_have_text("Record found")
    expect(hand.box("Nama pekerja", "Name of employee")).not_to_be_editable()
    hand.look_up(UNKNOWN)
    expect(hand.drawer.get_by_role("status")).to_have_text("Record not found")
    expect(hand.box("Nama pekerja", "Name of employee")).to_be_editable()
    expect(hand.box("Nama pekerja", "Name of employee")).to_have_value("")
    hand.drawer.get_by_role("button", name="Cancel").click()
    hand.press("Tambah pekerja asing", "Add foreign employee")
    hand.look_up(PASSPORT)
    hand.drawer.get_by_role("switch").click()
    hand.fill_foreigner()
    hand.choose_file(hand.drawer)
    hand.drawer.get_by_role("checkbox").check()
    hand.save_drawer()
    hand.go_on()
    hand.file_from_documents()
    assert mock.ask("/filings")["filings"][0]["workers"][0]["registrationNo"] == PASSPORT


@pytest.mark.heavy
def test_workers_leave_through_the_third_look(mock: Mock, tab: Page) -> None:
    """Specific, with the search that comes with it; then all."""
    hand = Foreign(tab, mock)
    hand.enter("/ep/leavers")
    hand.pencil()
    hand.segment("Khusus", "Specific")
    hand.day("", "Employment resign date", "20/11/2026")
    hand.box("Carian", "Search").fill(AKTIF)
    tab.get_by_role("main").get_by_role("button", name="Search").click()
    hand.row(AKTIF).get_by_role("button", name="Add").click()
    hand.press("", "Update dates")
    expect(hand.card("20/11/2026")).to_contain_text(AKTIF)
    hand.go_on()
    hand.file_from_documents()
    assert books(mock)[AKTIF][1] == "20/11/2026"
    tab.goto(f"{mock.address}/ep/leavers")
    hand.pencil()
    hand.segment("Semua", "All")
    hand.day("", "Employment resign date", "21/11/2026")
    hand.press("", "Update dates")
    hand.go_on()
    hand.file_from_documents()
    assert {left for _, left in books(mock).values()} == {"20/11/2026", "21/11/2026"}


@pytest.mark.heavy
def test_a_worker_and_an_employer_are_corrected_through_the_third_look(
    mock: Mock, tab: Page
) -> None:
    """The review has what was beside what is to be."""
    hand = Foreign(tab, mock)
    hand.enter("/ep/worker-changes")
    hand.pencil()
    hand.row(AKTIF).get_by_role("button", name="Change").click()
    hand.box("", "Name of employee").fill("AKTIF BINTI CONTOH BETUL")
    hand.choose_file(hand.drawer)
    hand.save_drawer()
    hand.go_on()
    hand.go_on()
    expect(tab.locator("dd.new", has_text="AKTIF BINTI CONTOH BETUL")).to_be_visible()
    expect(tab.locator("dd.was").first).to_be_visible()
    tab.get_by_role("link", name="Back").click()
    hand.file_from_documents()
    tab.goto(f"{mock.address}/ep/employer-changes")
    hand.pencil()
    hand.box("", "Email").fill("tiada")
    hand.go_on()
    expect(tab.locator(".ep-wrong")).to_be_visible()
    hand.box("", "Email").fill("baru@contoh.example")
    hand.go_on()
    hand.file_from_documents()


@pytest.mark.heavy
@pytest.mark.parametrize("domestic", [False, True])
def test_an_employer_registers_through_the_third_look(
    mock: Mock, tab: Page, *, domestic: bool
) -> None:
    """Cascades, Check, the questions that come with its answer, a worker."""
    hand = Foreign(tab, mock)
    hand.enter("/ep/new-employers")
    mock.ask("/date", {"today": employer.TODAY})  # its venues lie ahead
    tab.reload()
    hand.fill_employer(NEW_BRN, VENUE, "97" if domestic else "47")
    hand.go_on()
    hand.add_unknown()
    hand.go_on()
    hand.go_on()
    hand.file_from_documents()
    form = mock.ask("/filings")["filings"][0]["employer_form"]
    assert "30000012" in " ".join(form.values())


@pytest.mark.heavy
def test_an_employer_ceases_through_the_third_look(mock: Mock, tab: Page) -> None:
    """Form 1A, then Form 3."""
    hand = Foreign(tab, mock)
    hand.enter("/ep/closures")
    hand.pencil()
    hand.pick("", "Change employer status to", "Dormant")
    hand.day("", "Temporary closure / no employee from", "20/11/2026")
    hand.go_on()
    hand.day("", "Employment resign date", "20/11/2026")
    hand.go_on()
    hand.file_from_documents()
    tab.goto(f"{mock.address}/ep/eis-closures")
    hand.pencil()
    hand.day("", "EIS employment resign date", "20/11/2026")
    hand.go_on()
    hand.file_from_documents()


@pytest.mark.heavy
def test_papers_follow_a_question_through_the_third_look(mock: Mock, tab: Page) -> None:
    """The case under query, Next, Add document, Exit."""
    mock.ask("/settings", {"officer": True})
    hand = Foreign(tab, mock)
    hand.prepare()
    hand.confirm()
    mock.ask("/decide", {"reference": hand.filed(), "status": "Under Query", "reason": "Kad."})
    mock.ask("/settings", {"skin": "foreign"})
    tab.goto(f"{mock.address}/ep/queries")
    hand.card("CONTOH MAJU").get_by_role("link", name="Continue").click()
    tab.get_by_role("link", name="Next").click()
    hand.add_paper("Others")
    hand.press("", "Exit")
    hand.agree()
    expect(hand.title).to_have_text("Request submitted")
    assert mock.ask("/filings")["filings"][-1]["procedure"] == "add_documents"


@pytest.mark.heavy
@pytest.mark.parametrize("act", ["both", "socso", "eis"])
def test_a_month_is_paid_and_looked_up_through_the_third_look(
    mock: Mock, tab: Page, act: str
) -> None:
    """Open, wages, the totals as cards, Submit; then its record."""
    hand = Foreign(tab, mock)
    hand.enter(f"/ep/returns/{act}")
    hand.row("10/2026").get_by_role("button", name="Open").click()
    if act == "eis":
        tab.get_by_role("combobox", name="Contribution month").click()
        tab.get_by_role("option", name="10/2026").click()  # the page follows at once
    for worker, wages in ((AKTIF, "3000.00"), (LAMA, "0")):
        hand.row(worker).get_by_role("button", name="Change").click()
        hand.drawer.get_by_label("Wages (RM)").fill(wages)
        hand.save_drawer()
    hand.press("", "Save draft")
    expect(tab.get_by_role("status").filter(has_text="successfully")).to_be_visible()
    if act != "both":
        hand.press("", "Complete")
    hand.press("", "Submit")
    hand.agree()
    expect(hand.title).to_have_text("Contribution submitted")
    kind = "ecr" if act == "eis" else "acr"
    number = hand.fact("", f"{kind.upper()} no.")
    with tab.expect_download():
        tab.get_by_role("link", name=f"Print {kind.upper()}").click()
    hand.find_receipt(kind, number)
    expect(hand.row(AKTIF)).to_be_visible()
    assert mock.ask("/contributions")[-1][kind] == number


@pytest.mark.heavy
def test_a_month_comes_by_text_file_through_the_third_look(mock: Mock, tab: Page) -> None:
    """A file that is refused line by line, then a good one; Malay, as are the combined screens."""
    hand = Foreign(tab, mock)
    hand.enter("/ep/returns/both", "bm")
    tab.get_by_role("link", name="Teks fail").click()
    main = tab.get_by_role("main")
    for text in (record(AKTIF)[:-1], record(AKTIF)):
        main.locator("[type=file]").set_input_files(
            {"name": "caruman.txt", "mimeType": "text/plain", "buffer": text.encode()}
        )
        hand.press("Muat naik", "Upload")
        if len(text) < len(record(AKTIF)):
            expect(hand.row("Invalid record length.")).to_be_visible()
    expect(tab.get_by_role("status")).to_contain_text("Tindakan anda telah berjaya.")
    assert hand.fact("Bilangan rekod", "") == "1"
    tab.get_by_role("link", name="Seterusnya").click()
    expect(hand.row(AKTIF)).to_contain_text("Lengkap")
    hand.press("Hantar", "Submit")
    hand.agree()
    expect(hand.title).to_have_text("Caruman dihantar")
    assert hand.fact("Jenis caruman", "") == "Bulanan"
    assert mock.ask("/contributions")[-1]["acr"] == hand.fact("No. ACR", "")


@pytest.mark.heavy
def test_a_month_owed_and_a_draft_deleted_through_the_third_look(mock: Mock, tab: Page) -> None:
    """Arrears by its month; the draft's tick, and the question before it goes."""
    hand = Foreign(tab, mock)
    hand.enter("/ep/returns/both")
    tab.get_by_role("link", name="Arrears contribution").click()
    hand.pick("", "Contribution month", "05/2026")
    hand.press("", "Next")
    hand.press("", "Save draft")
    tab.get_by_role("link", name="Back").click()
    drafts = tab.get_by_role("region", name="Unsubmitted contribution (draft)")
    expect(drafts.get_by_role("row").filter(has_text="05/2026")).to_contain_text("Arrears")
    drafts.get_by_role("checkbox").check()
    hand.press("", "Delete drafts")
    hand.agree()
    expect(drafts.get_by_role("row")).to_have_count(0)
    assert mock.ask("/contribution_drafts") == []


@pytest.mark.heavy
def test_the_closure_question_and_pages_through_the_third_look(mock: Mock, tab: Page) -> None:
    """No leaves the date as it was, Yes replaces it; eleven leavers make two pages."""
    hand = Foreign(tab, mock)
    hand.line.log_in()
    close_from(mock, "15/11/2026")
    crowd(mock, 9)
    hand.enter("/ep/leavers")
    hand.pencil()
    hand.segment("Semua", "All")
    hand.day("", "Employment resign date", "20/11/2026")
    hand.press("", "Update dates")
    asked = tab.get_by_role("alertdialog", name="Confirmation")
    asked.get_by_role("button", name="No", exact=True).click()
    expect(asked).to_have_count(0)
    expect(hand.card("20/11/2026")).to_have_count(0)
    hand.press("", "Update dates")
    asked.get_by_role("button", name="Yes", exact=True).click()
    expect(hand.card("20/11/2026")).to_have_count(10)
    expect(tab.get_by_text("Page 1 of 2")).to_be_visible()
    tab.get_by_role("link", name="Next").click()
    expect(hand.card("20/11/2026")).to_have_count(1)


# --- the fourth look ----------------------------------------------------------------------------


def test_a_screen_is_the_last_part_and_an_action_a_handler() -> None:
    """What is shown is what is known; days come back with slashes, ticks by what comes first."""
    names = StrangerNames({ADDRESS: Of(FORM.strip("_"), "add_employees")})
    portlet = FORM.strip("_")
    screen = ADDRESS + view(portlet, "add_employees", "list", caseId=17, cur=2)
    assert names.outward(screen) == "/Employer/Hires/List?Case=17&PageNo=2"
    act = screen.replace("p_p_lifecycle=0", "p_p_lifecycle=1").replace("list.jsp", "list_save.jsp")
    assert names.outward(act) == "/Employer/Hires?handler=ListSave&Case=17&PageNo=2"
    for address in (screen, act):
        path, _, query = names.outward(address).partition("?")
        own, known, of = names.inward(path, query)
        assert (own, of) == (ADDRESS, portlet)
        meant = dict(parse_qsl(urlsplit(address).query))
        assert dict(parse_qsl(known)) | meant == dict(parse_qsl(known))
    sent = [("Input.BirthDate", "3-6-1992"), ("Input.IdNumber", "03-06-1992")]
    assert [value for _, value in names.renamed(portlet, sent)] == ["03/06/1992", "03-06-1992"]
    assert names.shown("03/06/1992") == "03-06-1992"
    assert names.known("/Files/registration/CAN112026/Letter.pdf").startswith("/documents/")


def test_the_fourth_look_is_entered_by_hand(mock: Mock, tab: Page) -> None:
    """A refusal, the phrase, the other language, the account's panel."""
    mock.ask("/settings", {"skin": "stranger"})
    tab.goto(f"{mock.address}/employer/login")
    expect(tab).to_have_url(f"{mock.address}/Account/SignIn")
    tab.get_by_label("User ID (e-mail)").fill("tiada@contoh.example")
    tab.get_by_role("button", name="Next step").click()
    expect(tab.get_by_text("Invalid Email Address")).to_be_visible()
    tab.get_by_label("User ID (e-mail)").fill(mock.facts["email"])
    tab.keyboard.press("Enter")
    hand = Stranger(tab, mock)
    assert hand.fact("", "Your secret phrase") == mock.facts["security_phrase"]
    tab.get_by_label("Account password").fill(mock.facts["password"])
    hand.press("", "Enter portal")
    expect(tab).to_have_url(f"{mock.address}/Home/Index")
    tab.get_by_role("link", name="Bahasa Melayu").click()
    expect(hand.title).to_have_text("Meja Kerja")
    hand.press("Akaun saya", "My account")
    tab.get_by_role("link", name="Keluar dari portal").click()
    expect(tab).to_have_url(f"{mock.address}/Account/SignIn")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_workers_are_added_through_the_fourth_look(
    mock: Mock, tab: Page, language: str
) -> None:
    """The bar's panel, a row, the window and what it refuses, the check, the letters."""
    hand = Stranger(tab, mock)
    hand.enter("/Home/Index", language)
    hand.press("Majikan & kakitangan", "Employer & staff")
    forms = words("Pendaftaran Kakitangan Baharu", "New Staff Registration")
    tab.get_by_role("link", name=forms).click()
    hand.pencil()
    hand.press("Kakitangan tempatan baharu", "New local staff")
    hand.press("Simpan rekod", "Save record")
    said = hand.window.get_by_role("alert").get_by_role("link").first
    expect(said).to_have_text(re.compile("^(Nombor dokumen diri|ID number): This field"))
    said.click()
    expect(hand.box("Nombor dokumen diri", "ID number")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(hand.window).to_have_count(0)
    hand.add_worker()
    hand.add_worker("920314100520", "KEDUA BIN CONTOH")
    hand.go_on()
    hand.go_on()
    hand.add_paper("Others")
    number = hand.lodge()
    for letter in ("Letter of acknowledgement.pdf", "Letter of successful update.pdf"):
        with tab.expect_download() as download:
            tab.get_by_role("link", name=letter).click()
        assert download.value.path().read_bytes().startswith(b"%PDF-")
    filed = mock.ask("/filings")["filings"][0]
    assert (filed["reference"], filed["documents"][0]["type"]) == (number, "Others")
    assert [w["registrationNo"] for w in filed["workers"]] == [UNKNOWN, "920314100520"]
    sent = filed["workers"][0]
    assert (sent["dateOfBirth"], sent["gender"], sent["raceId"]) == ("14/03/1992", "Male", "")


@pytest.mark.heavy
def test_a_list_opens_by_keys_in_the_fourth_look(mock: Mock, tab: Page) -> None:
    """Arrows, a letter, Enter, Escape; the lists below follow, a known person's close."""
    hand = Stranger(tab, mock)
    hand.enter("/Employer/Hires")
    hand.pencil()
    hand.press("", "New local staff")
    hand.look_up(KNOWN)
    expect(hand.window.get_by_role("status")).to_have_text("On record")
    expect(hand.box("", "Full name")).not_to_be_editable()
    expect(hand.box("", "Birth date")).to_have_value("12-04-1988")
    hand.look_up(UNKNOWN)
    expect(hand.window.get_by_role("status")).to_have_text("Not on record")
    expect(hand.box("", "Full name")).to_have_value("")
    race = tab.get_by_role("combobox", name="Ethnicity")
    race.press("ArrowDown")
    race.press("m")
    race.press("Enter")
    expect(race).to_have_text("Melayu")
    race.press("ArrowDown")
    race.press("Escape")
    expect(race).to_have_attribute("aria-expanded", "false")
    hand.pick("", "Occupation group (MASCO)", "[4]NUMERICAL AND MATERIAL RECORDING CLERKS")
    hand.pick("", "Occupation type", "[4]Stock Clerks")
    hand.box("", "Birth date").fill("4/3/1992")
    tab.keyboard.press("Tab")
    expect(hand.box("", "Birth date")).to_have_value("04-03-1992")


@pytest.mark.heavy
def test_a_foreign_worker_is_added_through_the_fourth_look(mock: Mock, tab: Page) -> None:
    """The other window, with its file."""
    hand = Stranger(tab, mock)
    hand.enter("/Employer/Hires")
    hand.pencil()
    hand.press("", "New foreign staff")
    hand.look_up(PASSPORT)
    hand.window.get_by_label(re.compile("^Register new")).check()
    hand.fill_foreigner()
    hand.choose_file()
    expect(hand.window.get_by_text("borang.pdf", exact=True)).to_be_visible()
    hand.accept()
    hand.save_window()
    hand.go_on()
    hand.lodge()
    assert mock.ask("/filings")["filings"][0]["workers"][0]["registrationNo"] == PASSPORT


@pytest.mark.heavy
def test_workers_leave_through_the_fourth_look(mock: Mock, tab: Page) -> None:
    """Certain staff, with the filter that comes with it; then all."""
    hand = Stranger(tab, mock)
    hand.enter("/Employer/Separations")
    hand.pencil()
    hand.mark("", "Certain staff")
    hand.box("", "Last day of work").fill("20-11-2026")
    hand.box("", "Search term").fill(AKTIF)
    hand.press("", "Filter")
    hand.with_row(AKTIF, "Masukkan", "Include")
    hand.press("", "Apply date")
    expect(hand.row("20-11-2026")).to_contain_text(AKTIF)
    hand.go_on()
    hand.lodge()
    assert books(mock)[AKTIF][1] == "20/11/2026"
    tab.goto(f"{mock.address}/Employer/Separations")
    hand.pencil()
    hand.mark("", "All staff")
    hand.box("", "Last day of work").fill("21-11-2026")
    hand.press("", "Apply date")
    hand.go_on()
    hand.lodge()
    assert {left for _, left in books(mock).values()} == {"20/11/2026", "21/11/2026"}


@pytest.mark.heavy
def test_a_worker_and_an_employer_are_corrected_through_the_fourth_look(
    mock: Mock, tab: Page
) -> None:
    """The check has what is on record before what is asked for."""
    hand = Stranger(tab, mock)
    hand.enter("/Employer/StaffDetails")
    hand.pencil()
    hand.with_row(AKTIF, "Pinda", "Amend")
    hand.box("", "Full name").fill("AKTIF BINTI CONTOH BETUL")
    hand.choose_file()
    hand.save_window()
    hand.go_on()
    hand.go_on()
    expect(tab.get_by_role("columnheader", name="On record")).to_be_visible()
    expect(hand.row("Full name").get_by_role("cell")).to_have_text(
        ["AKTIF BINTI CONTOH", "AKTIF BINTI CONTOH BETUL"]
    )
    tab.get_by_role("link", name="Previous step").click()
    hand.lodge()
    tab.goto(f"{mock.address}/Employer/Profile")
    hand.pencil()
    hand.box("", "Official e-mail").fill("tiada")
    hand.go_on()
    expect(tab.locator(".sp-wrong")).to_be_visible()
    hand.box("", "Official e-mail").fill("baru@contoh.example")
    hand.go_on()
    hand.lodge()


@pytest.mark.heavy
@pytest.mark.parametrize("domestic", [False, True])
def test_an_employer_registers_through_the_fourth_look(
    mock: Mock, tab: Page, *, domestic: bool
) -> None:
    """Lists that follow each other, Look up, the questions that come with its answer, a worker."""
    hand = Stranger(tab, mock)
    hand.enter("/Employer/Enrolment")
    mock.ask("/date", {"today": employer.TODAY})  # its briefings lie ahead
    tab.reload()
    hand.fill_employer(NEW_BRN, VENUE, "97" if domestic else "47")
    hand.go_on()
    hand.add_worker()
    hand.go_on()
    hand.go_on()
    hand.lodge()
    form = mock.ask("/filings")["filings"][0]["employer_form"]
    assert "30000012" in " ".join(form.values())


@pytest.mark.heavy
def test_an_employer_ceases_through_the_fourth_look(mock: Mock, tab: Page) -> None:
    """Form 1A, then Form 3."""
    hand = Stranger(tab, mock)
    hand.enter("/Employer/Closure")
    hand.pencil()
    hand.mark("", "Dormant")
    hand.box("", "Closed / without staff from").fill("20-11-2026")
    hand.go_on()
    hand.box("", "Last day of work").fill("20-11-2026")
    hand.go_on()
    hand.lodge()
    tab.goto(f"{mock.address}/Employer/EisClosure")
    hand.pencil()
    hand.box("", "Last day under EIS").fill("20-11-2026")
    hand.go_on()
    hand.lodge()


@pytest.mark.heavy
def test_papers_follow_a_question_through_the_fourth_look(mock: Mock, tab: Page) -> None:
    """The case under query, Next step, Attach file, Lodge and close."""
    mock.ask("/settings", {"officer": True})
    hand = Stranger(tab, mock)
    hand.prepare()
    hand.confirm()
    mock.ask("/decide", {"reference": hand.filed(), "status": "Under Query", "reason": "Kad."})
    mock.ask("/settings", {"skin": "stranger"})
    tab.goto(f"{mock.address}/Employer/Queries")
    hand.with_row("CONTOH MAJU", "Sambung", "Resume")
    tab.get_by_role("link", name="Next step").click()
    hand.add_paper("Others")
    hand.press("", "Lodge and close")
    hand.agree()
    expect(hand.title).to_have_text("Acknowledgement")
    assert mock.ask("/filings")["filings"][-1]["procedure"] == "add_documents"


@pytest.mark.heavy
@pytest.mark.parametrize("act", ["Joint", "Socso", "Eis"])
def test_a_month_is_paid_and_looked_up_through_the_fourth_look(
    mock: Mock, tab: Page, act: str
) -> None:
    """Prepare, pay, the sums a line each, Lodge; then its statement."""
    hand = Stranger(tab, mock)
    hand.enter(f"/Contribution/Schedule/{act}")
    hand.with_row("10/2026", "Sediakan jadual", "Prepare schedule")
    if act == "Eis":
        tab.get_by_role("combobox", name="Wage month").click()
        tab.get_by_role("option", name="10/2026").click()  # the page follows at once
    for worker, wages in ((AKTIF, "3000.00"), (LAMA, "0")):
        hand.with_row(worker, "Pinda", "Amend")
        hand.box("", "Pay this month (RM)").fill(wages)
        hand.save_window()
    hand.press("", "Keep as draft")
    expect(tab.get_by_text("Record has been saved.")).to_be_visible()
    assert hand.fact("", "Staff in schedule") == "1"
    if act != "Joint":
        hand.press("", "Mark complete")
    hand.press("", "Lodge application")
    hand.agree()
    expect(hand.title).to_have_text("Schedule received")
    kind = "Ecr" if act == "Eis" else "Acr"
    number = hand.fact("", f"{kind.upper()} number")
    with tab.expect_download():
        tab.get_by_role("link", name=f"Download {kind.upper()}").click()
    tab.goto(f"{mock.address}/Contribution/Statements/{kind}")
    tab.get_by_role("link", name="List of statements").click()
    hand.with_row(EMPLOYER, "Papar butiran", "Show details")
    hand.with_row(number, "Papar butiran", "Show details")
    expect(hand.row(AKTIF)).to_be_visible()
    assert mock.ask("/contributions")[-1][kind.lower()] == number


@pytest.mark.heavy
def test_a_month_comes_by_text_file_through_the_fourth_look(mock: Mock, tab: Page) -> None:
    """A file that is refused line by line, then a good one; in Malay."""
    hand = Stranger(tab, mock)
    hand.enter("/Contribution/Schedule/Joint", "bm")
    tab.get_by_role("link", name="Import fail teks").click()
    for text in (record(AKTIF)[:-1], record(AKTIF)):
        tab.get_by_label(re.compile(r"\bFail$")).set_input_files(
            {"name": "caruman.txt", "mimeType": "text/plain", "buffer": text.encode()}
        )
        hand.press("Mula import", "Start import")
        if len(text) < len(record(AKTIF)):
            expect(hand.row("Invalid record length.")).to_be_visible()
    expect(tab.get_by_text("Rekod telah disimpan.")).to_be_visible()
    assert hand.fact("Baris diterima", "") == "1"
    tab.get_by_role("link", name="Langkah seterusnya").click()
    expect(hand.row(AKTIF)).to_contain_text("Siap")
    hand.press("Hantar permohonan", "")
    hand.agree()
    expect(hand.title).to_have_text("Jadual diterima")
    assert mock.ask("/contributions")[-1]["acr"] == hand.fact("Nombor ACR", "")


@pytest.mark.heavy
def test_a_month_owed_and_a_draft_deleted_through_the_fourth_look(mock: Mock, tab: Page) -> None:
    """Arrears by its month; the draft's mark, and the question before it goes."""
    hand = Stranger(tab, mock)
    hand.enter("/Contribution/Schedule/Joint")
    tab.get_by_role("link", name="Arrears schedule").click()
    hand.pick("", "Wage month", "05/2026")
    hand.press("", "Next step")
    hand.press("", "Keep as draft")
    tab.get_by_role("link", name="Previous step").click()
    drafts = tab.get_by_role("table", name="Schedules in draft")
    expect(drafts.get_by_role("row").filter(has_text="05/2026")).to_contain_text("Arrears")
    drafts.get_by_role("checkbox").check()
    hand.press("", "Remove marked drafts")
    hand.agree()
    expect(drafts.get_by_role("row")).to_have_count(1)  # the headings
    assert mock.ask("/contribution_drafts") == []


@pytest.mark.heavy
def test_the_closure_question_and_pages_through_the_fourth_look(mock: Mock, tab: Page) -> None:
    """Keep it leaves the date as it was, Replace it replaces; sixteen leavers make two pages."""
    hand = Stranger(tab, mock)
    hand.line.log_in()
    close_from(mock, "15/11/2026")
    crowd(mock, 14)
    hand.enter("/Employer/Separations")
    hand.pencil()
    hand.mark("", "All staff")
    hand.box("", "Last day of work").fill("20-11-2026")
    hand.press("", "Apply date")
    hand.window.get_by_role("button", name="Keep it").click()
    expect(hand.window).to_have_count(0)
    expect(hand.row("20-11-2026")).to_have_count(0)
    hand.press("", "Apply date")
    hand.window.get_by_role("button", name="Replace it").click()
    expect(hand.row("20-11-2026")).to_have_count(15)
    tab.get_by_role("link", name="Next page").click()
    expect(hand.row("20-11-2026")).to_have_count(1)


# --- the sixth look -----------------------------------------------------------------------------


def test_pages_parts_and_deeds_begin_differently() -> None:
    """What is shown is what is known; a field's number tells its application."""
    names = MerantiNames({ADDRESS: Of(FORM.strip("_"), "add_employees")})
    portlet = FORM.strip("_")
    screen = ADDRESS + view(portlet, "add_employees", "list", caseId=17, cur=2)
    part = f"{screen}&p_p_state=exclusive"
    act = screen.replace("p_p_lifecycle=0", "p_p_lifecycle=1").replace("list.jsp", "list_save.jsp")
    assert names.outward(screen) == "/pekerja/daftar/senarai?kes=17&muka=2"
    assert names.outward(part) == "/fragmen/pekerja/daftar/senarai?kes=17&muka=2"
    assert names.outward(act) == "/proses/pekerja/daftar/list-save?kes=17&muka=2"
    for address in (screen, part, act):
        path, _, query = names.outward(address).partition("?")
        own, known, of = names.inward(path, query)
        assert (own, of) == (ADDRESS, portlet)
        meant = dict(parse_qsl(urlsplit(address).query))
        assert dict(parse_qsl(known)) | meant == dict(parse_qsl(known))
    for own in ("dto.nameOfEmployee", "dto.telNoBack_2", "dto.aslockedBagNo", "workerId"):
        shown = names.name(f"_{portlet}_{own}")
        assert names.renamed("another", [(shown, "")])[0][0].endswith(f"_{own}")
    other = "_searchforemployee_WAR_registrationportlet_obj.searchEmployeeData"
    assert names.renamed(portlet, [(names.name(other), "")]) == [(other, "")]
    assert names.shown("05/03/2027", "ms") == "5 Mac 2027"
    assert names.shown("10/2026", "en") == "October 2026"
    assert names.shown("99/99/2026", "en") == "99/99/2026"


def test_the_sixth_look_is_entered_by_hand(mock: Mock, tab: Page) -> None:
    """A refusal, the phrase, the notice, the menu, the other language, the account."""
    mock.ask("/settings", {"skin": "meranti"})
    tab.goto(f"{mock.address}/employer/login")
    expect(tab).to_have_url(f"{mock.address}/log-masuk")
    box = tab.get_by_label("Portal ID (e-mail address)")
    box.fill("tiada@contoh.example")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("There is no Portal ID with this e-mail address.")).to_be_visible()
    box.fill(mock.facts["email"])
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("blockquote")).to_have_text(mock.facts["security_phrase"])
    tab.get_by_label("Password", exact=True).fill(mock.facts["password"])
    hand = Meranti(tab, mock)
    hand.press("", "Log in")
    expect(tab).to_have_url(f"{mock.address}/utama")
    hand.press("", "Understood")
    hand.press("", "Menu")
    link = tab.get_by_role("navigation").get_by_role("link", name="Report employees leaving")
    expect(link).to_be_visible()
    tab.keyboard.press("Escape")
    expect(link).to_be_hidden()
    tab.get_by_role("link", name="Bahasa Melayu").click()
    expect(hand.title).to_have_text("Urusan saya")
    tab.get_by_text("PEGAWAI CONTOH").click()
    tab.get_by_role("link", name="Log keluar").click()
    expect(tab).to_have_url(f"{mock.address}/log-masuk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_workers_are_added_through_the_sixth_look(mock: Mock, tab: Page, language: str) -> None:
    """The page in place of the list, what it refuses, days as they are written, the letters."""
    hand = Meranti(tab, mock)
    hand.enter("/pekerja/daftar", language)
    hand.manage()
    hand.press("Tambah pekerja tempatan", "Add a local employee")
    hand.press("Simpan", "Save")
    refused = words("Sila isi ruangan ini.", "Please fill this in.")
    expect(tab.locator(".salah", has_text=refused).first).to_be_visible()
    hand.press("Kembali tanpa menyimpan", "Back without saving")
    hand.add_worker()
    hand.add_worker("920314100520", "KEDUA BIN CONTOH")
    expect(hand.row(UNKNOWN)).to_contain_text(re.compile("14 (Mac|Mar) 1992"))
    hand.go_on()
    hand.go_on()
    hand.add_paper(words("Lain-lain", "Others"))
    number = hand.file_from_papers()
    for letter in (
        words("Surat akuan terima", "Letter of acknowledgement"),
        words("Surat kelulusan kemas kini", "Letter of successful update"),
    ):
        with tab.expect_download() as download:
            tab.get_by_role("link", name=letter).click()
        assert download.value.path().read_bytes().startswith(b"%PDF-")
    filed = mock.ask("/filings")["filings"][0]
    assert (filed["reference"], filed["documents"][0]["type"]) == (number, "Others")
    assert [w["registrationNo"] for w in filed["workers"]] == [UNKNOWN, "920314100520"]
    sent = filed["workers"][0]
    assert (sent["dateOfBirth"], sent["gender"], sent["raceId"]) == ("14/03/1992", "Male", "")


@pytest.mark.heavy
def test_lists_one_types_into_and_a_known_person_in_the_sixth_look(mock: Mock, tab: Page) -> None:
    """What no list has is refused; the lists below follow; a known person's boxes close."""
    hand = Meranti(tab, mock)
    hand.enter("/pekerja/daftar")
    hand.manage()
    hand.press("", "Add a local employee")
    expect(hand.find_number(KNOWN)).to_have_text("Record found")
    expect(hand.box("", "Name as in document")).not_to_be_editable()
    expect(hand.box("", "Date of birth").first).to_have_value("12 Apr 1988")
    expect(hand.find_number(UNKNOWN)).to_have_text("No record for this number")
    expect(hand.box("", "Name as in document")).to_have_value("")
    job = tab.get_by_role("combobox", name=begun("", "Occupation: group"))
    job.fill("[4]NUM")
    job.press("Tab")
    expect(tab.get_by_text("Choose one from the list.")).to_be_visible()
    below = tab.get_by_role("combobox", name=begun("", "Occupation: subgroup"))
    expect(below).to_be_disabled()
    hand.listed("", "Occupation: group", "[4]NUMERICAL AND MATERIAL RECORDING CLERKS")
    hand.listed("", "Occupation: subgroup", "[4]Stock Clerks")
    day = hand.box("", "First working day").first
    day.fill("31/02/2026")
    day.press("Tab")
    expect(tab.get_by_text("Write a date such as")).to_be_visible()
    tab.get_by_role("button", name="Calendar: First working day").click()
    tab.get_by_role("dialog", name="Calendar").get_by_role("button", name="17", exact=True).click()
    expect(day).to_have_value(re.compile("^17 "))


@pytest.mark.heavy
def test_a_worker_leaves_through_the_sixth_look(mock: Mock, tab: Page) -> None:
    """Certain employees; the list grows page by page."""
    hand = Meranti(tab, mock)
    hand.line.log_in()
    crowd(mock, 60)
    hand.enter("/pekerja/berhenti")
    hand.manage()
    hand.chip("Who is leaving", "Certain employees")
    hand.box("", "Last working day").first.fill("20/11/2026")
    hand.press("", "Search")
    report = tab.get_by_role("button", name="Report leaving")
    for count in (25, 50, 62):
        expect(report).to_have_count(count)
        if count < 62:
            tab.get_by_role("link", name="Show more").click()
    expect(tab.get_by_role("link", name="Show more")).to_have_count(0)
    hand.row(AKTIF).get_by_role("button").click()
    hand.press("", "Use this date")
    expect(hand.row("20 Nov 2026")).to_contain_text(AKTIF)
    hand.go_on()
    hand.file_from_papers()
    assert books(mock)[AKTIF][1] == "20/11/2026"


@pytest.mark.heavy
def test_a_worker_is_corrected_through_the_sixth_look(mock: Mock, tab: Page) -> None:
    """What was is struck out, what is to be stands beside it."""
    hand = Meranti(tab, mock)
    hand.enter("/pekerja/pinda")
    hand.manage()
    hand.row(AKTIF).get_by_role("button", name="Change").click()
    hand.box("", "Name as in document").fill("AKTIF BINTI CONTOH BETUL")
    tab.locator("[type=file]").set_input_files(
        {"name": "kad.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    hand.save()
    hand.go_on()
    hand.go_on()
    expect(tab.get_by_role("deletion")).to_have_text("Current: AKTIF BINTI CONTOH")
    expect(tab.get_by_role("insertion")).to_have_text("New: AKTIF BINTI CONTOH BETUL")
    tab.get_by_role("link", name="Back").click()
    hand.file_from_papers()


@pytest.mark.heavy
@pytest.mark.parametrize("act", ["perkeso-sip", "perkeso", "sip"])
def test_a_month_is_paid_and_looked_up_through_the_sixth_look(
    mock: Mock, tab: Page, act: str
) -> None:
    """Two rows, the summary, Send; then its statement."""
    hand = Meranti(tab, mock)
    hand.enter(f"/caruman/{act}")
    hand.row("October 2026").get_by_role("button", name="Fill in schedule").click()
    if act == "sip":
        hand.box("", "Wages for the month of").select_option(label="October 2026")
    for worker, wages in ((AKTIF, "3000.00"), (LAMA, "0")):
        hand.row(worker).get_by_role("button", name="Change").click()
        hand.box("", "Wages for the month (RM)").fill(wages)
        hand.save()
    hand.press("", "Save draft")
    expect(tab.get_by_text("Your details have been saved.")).to_be_visible()
    assert hand.fact("", "Employees in the schedule") == "1"
    if act != "perkeso-sip":
        hand.press("", "Mark as done")
    hand.send()
    expect(hand.title).to_have_text("Contribution schedule received")
    kind = "ECR" if act == "sip" else "ACR"
    number = hand.fact("", f"{kind} no.")
    with tab.expect_download():
        tab.get_by_role("link", name=f"{kind} slip (PDF)").click()
    tab.goto(f"{mock.address}/penyata/{kind.lower()}")
    tab.get_by_role("link", name="List of statements").click()
    hand.row(EMPLOYER).get_by_role("link", name="View").click()
    hand.row(number).get_by_role("link", name="View").click()
    expect(hand.row(AKTIF)).to_be_visible()
    heads = ["#", "Name as in document", "Identity no.", "Wages", "Employer's share"]
    shown = tab.get_by_role("columnheader").all_inner_texts()
    assert shown[: len(heads)] == heads
    assert mock.ask("/contributions")[-1][kind.lower()] == number
