"""The portal's other look: the same portal behind other words, addresses, names and controls."""

from __future__ import annotations

import http.client
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from mock_portal.skins.modern import Modern as Names
from tests.mock import employer
from tests.mock.contributing import COMBINED, OTHER_EMPLOYER, REVIEW, Contributor
from tests.mock.employer import FORM_ADDRESS, NEW_BRN, VENUE, Wire
from tests.mock.hand import LANGUAGES, Hand
from tests.mock.leaving import FORM_1A, FORM_3, LAMA, RESIGN, books, crowd
from tests.mock.line import ADDRESS, FORM, UNKNOWN, Line
from tests.mock.modern import AKTIF, EMPLOYER, TODAY, Modern

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.mock.conftest import Mock

OF_THE_MOCK = re.compile(r"_WAR_|dto\.|/web/|/c/portal|select2|fa-|javascript:|mvcPath|p_auth")
EMPTY = {"input", "meta", "link", "br", "img", "path"}


class Checked(HTMLParser):
    """A page that is well made: tags close, ids are there once, what refers to one finds it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.meant: set[str] = set()
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []
        assert len(self.ids) == len(set(self.ids)), sorted(self.ids)
        assert self.meant <= set(self.ids)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), (tag, attrs)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in {"for", "aria-labelledby", "data-form", "data-ask", "data-below"}:
                self.meant.add(value or "")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open.pop() == tag, tag


def shown(address: str) -> str:
    """An address of the mock's as the skin has it."""
    return Names({}).outward(address)


def view(portlet: str, folder: str, name: str, **values: object) -> str:
    """The mock's address of a screen."""
    kept = "".join(f"&_{portlet}_{key}={value}" for key, value in values.items())
    return f"?p_p_id={portlet}&p_p_lifecycle=0&mvcPath=/html/{folder}/{name}.jsp{kept}"


def page(mock: Mock, line: Line, address: str) -> str:
    """A whole page, as the address bar gets it."""
    connection = http.client.HTTPConnection(urlsplit(mock.address).netloc)
    connection.request("GET", shown(address), headers={"Cookie": f"JSESSIONID={line.cookie}"})
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


def test_every_screen_is_well_made_in_every_language(mock: Mock) -> None:
    """One id for one thing, tags that close, and nothing of the first look or of the mock."""
    begun = updating(mock)
    mock.ask("/date", {"today": TODAY})
    screens = [*begun, *opened(mock), *contributing(mock), *PLAIN]
    line = Line(mock)
    line.log_in()
    for language in ("bm", "en", "mixed"):
        mock.ask("/settings", {"skin": "modern", "language": language})
        for address in screens:
            html = page(mock, line, address)
            Checked(html)
            found = OF_THE_MOCK.findall(html)
            assert not found, (address, found)
            assert "&lt;" not in html, address  # a word that is none
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
