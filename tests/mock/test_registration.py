"""A person, or the page's script, registers an employer at the portal."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from mock_portal import state
from tests.mock.employer import BLANK, KNOWN_BRN, NEW_BRN, TODAY, VENUE, FormHand, Wire
from tests.mock.hand import words
from tests.mock.line import UNKNOWN

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Response

    from tests.mock.conftest import Mock

MALAY = {
    "Maklumat Pendaftaran Perniagaan", "Entiti Perniagaan", "Entiti Sub-Perniagaan",
    "Senarai Entiti Sub-Perniagaan", "No. Pendaftaran (BRN)", "Maklumat Majikan",
    "Maklumat Induksi", "Industry Name", "Induction Venue",
}  # fmt: skip
ENGLISH = {
    "Business Registration's Information", "Business Entity", "Sub-Business Entity",
    "Sub-Business Entity - List", "Registration Number(BRN)", "Industry's Information",
    "Induction Information", "Industry Name", "Induction Venue",
}  # fmt: skip
REGISTERED = "This Registration Number(BRN) is already registered."


@pytest.fixture
def june(mock: Mock) -> Mock:
    """The portal on a day whose inductions are known."""
    mock.ask("/date", {"today": TODAY})
    return mock


@pytest.fixture
def wire(june: Mock) -> Wire:
    """The page's script, signed in."""
    line = Wire(june)
    line.log_in()
    return line


@pytest.fixture
def form(june: Mock, tab: Page) -> FormHand:
    """A person in front of the empty form."""
    hand = FormHand(tab, june)
    hand.open_form()
    return hand


# --- the whole way -----------------------------------------------------------------------------


def test_an_employer_is_registered_by_hand(june: Mock, tab: Page) -> None:
    """From the menu to the new code, which the portal ID holds from then on; in mixed words."""
    june.ask("/settings", {"language": "mixed"})
    hand = FormHand(tab, june)
    hand.arrive()
    hand.inbox()
    menu = tab.get_by_role("navigation", name="Site")
    menu.get_by_role("link", name=words("PENDAFTARAN", "Registration")).click()
    expect(tab.get_by_role("heading", name="Employer's Registration Form")).to_be_visible()
    hand.fill_form()
    hand.save()
    expect(tab.locator("#referenceId")).to_have_text(re.compile(r"^CRN062025\d{8}$"))
    expect(tab.locator("#employerName")).to_have_text("KEDAI CONTOH SDN. BHD.")
    tab.locator("#addEmployeeBtn").click()
    hand.look_up_worker("880412005123")
    hand.save_popup()
    hand.save()
    expect(tab.locator("#eisList")).to_contain_text("880412005123")
    hand.save()
    expect(tab.locator("li[aria-current=step]")).to_have_text("Upload Supporting Document")
    hand.upload("Form 1 - Employer Registered")
    hand.save()
    hand.confirm()
    assert re.fullmatch(r"CRN062025\d{8}", hand.filed())
    code = tab.locator("#employerCode").inner_text()
    assert re.fullmatch(r"E\d{10}[ABFKMPVWXYZ]", code)
    assert code[-1] == letter_of(code[1:11])
    assert [w["nric"] for w in june.ask(f"/workers?employer={code}")] == ["880412005123"]
    tab.goto(june.address + "/web/registration/update/update-employer-information")
    row = tab.get_by_role("row", name=code)
    expect(row).to_contain_text("01/06/2025")
    expect(row).to_contain_text("Corporation")


@pytest.mark.parametrize(("language", "words_there"), [("bm", MALAY), ("en", ENGLISH)])
def test_the_form_speaks_both_languages(
    june: Mock, tab: Page, language: str, words_there: set[str]
) -> None:
    """What was seen in both is in both; the rest is English on either screen."""
    june.ask("/settings", {"language": language})
    hand = FormHand(tab, june)
    hand.open_form()
    seen = set(tab.locator("h2.panelTitle, .control-label label").all_inner_texts())
    assert seen & (MALAY | ENGLISH) == words_there


def letter_of(digits: str) -> str:
    """The check letter once more: powers of two modulo eleven, from the right."""
    total = sum(int(d) * pow(2, 11 - n, 11) for n, d in enumerate(digits, 1))
    return next(c for n, c in enumerate("ABFKMPVWXYZ") if (total + n) % 11 == 0)


def test_the_check_letter_rule_of_this_test_fits_the_known_codes() -> None:
    """A negative control of the rule typed above."""
    assert [letter_of(d) for d in ("9900001234", "9900005678")] == ["V", "W"]


def test_the_preview_shows_the_employer_first_and_as_it_is_stored(wire: Wire, tab: Page) -> None:
    """Case Item 1 in the form's order; capitals, +60, Yes and No; what is hidden is left out."""
    hand = FormHand(tab, wire.mock)
    hand.arrive()
    hand.wire.add_worker(case := hand.wire.register(telNoBack_2="30000012"))
    hand.wire.send("register_employer/list_save", caseId=case)
    hand.open_screen("preview", case)
    shown = hand.items(1)
    assert {name: new for name, (_, new) in shown.items()} == {
        "Business Entity": "Corporation", "Sub-Business Entity": "Sendirian Berhad",
        "Sub-Business Entity - List": "", "Registration Number(BRN)": NEW_BRN,
        "Registered with SSM": "February 2017 Onwards", "Registering As A Branch?": "No",
        "Registration Employment Insurance System": "Yes",
        "Industry Name": "KEDAI CONTOH SDN. BHD.", "Postal Address 1": "NO. 1, JALAN CONTOH",
        "Postal Address 2": "", "Postal Address 3": "", "State": "Selangor", "City": "Shah Alam",
        "Postcode": "40100", "P.O. Box": "", "Locked Bag No.": "",
        "SOCSO Office Location": "Pejabat PERKESO Negeri Selangor",
        "Industry Address Same As Postal Address": "Yes", "Telephone No.": "+6030000011",
        "Telephone No. 2": "+6030000012", "Mobile No.": "", "Fax No.": "",
        "Industry Code": "[47] RETAIL TRADE, EXCEPT OF MOTOR VEHICLES AND MOTORCYCLES",
        "Sub Industry Code List": "[47111]Provision stores", "Email": "hr@contoh.example",
        "Methods of Contribution Payment": "Portal", "Service Type": "Non-Professional Bodies",
        "Induction Venue": VENUE,
    }  # fmt: skip
    assert not any(current for current, _ in shown.values())
    assert hand.items(2)["Identification No."] == ("", UNKNOWN)
    expect(tab.locator("#employerCode")).to_have_text("")


def test_a_household_and_a_sole_proprietor_get_a_code_with_b(wire: Wire) -> None:
    """Entity decides the first letter; an identity number serves as the BRN (facts 4.2)."""
    number = "800101005557"
    wire.file(
        businessEntityId="E3", subBusinessEntityId="E3-3", registrationNo=number, searched=number,
        registeredWithSsm="", industryName="CONTOH BIN REKAAN", industryCodeId="I4",
        subIndustryCodeListId="I4-1",
    )  # fmt: skip
    filing = wire.mock.ask("/filings")["filings"][0]
    assert re.fullmatch(r"B\d{10}[A-Z]", filing["employer"])


def test_filed_twice_is_two_employers(wire: Wire) -> None:
    """A CONFIRM that comes again is counted, and gives a code of its own."""
    case = wire.file()
    wire.send("register_employer/commit", caseId=case)
    codes = [filing["employer"] for filing in wire.mock.ask("/filings")["filings"]]
    assert len(set(codes)) == wire.mock.commits() == 2


def test_a_case_with_an_officer_has_no_code_and_its_maker_finds_it(wire: Wire, tab: Page) -> None:
    """The inbox lists it by its BRN; nobody else's inbox does; there is no employer yet."""
    wire.mock.ask("/settings", {"officer": True})
    hand = FormHand(tab, wire.mock)
    hand.arrive()
    hand.wire.file()
    hand.inbox()
    row = tab.get_by_role("row", name=f"Employer Registration - {NEW_BRN}")
    expect(row).to_contain_text("Pending for Review")
    assert wire.mock.ask("/filings")["filings"][0]["employer"] == ""
    other = Wire(wire.mock, "second@contoh.example", "Rekaan#2026")
    other.log_in()
    other.ask("GET", "/web/registration/myassist")
    assert NEW_BRN not in other.body


def test_the_code_comes_with_the_officers_approval(wire: Wire) -> None:
    """Who began the case holds the employer, and his workers are in."""
    wire.mock.ask("/settings", {"officer": True})
    wire.file()
    filed = wire.mock.ask("/filings")["filings"][0]
    wire.mock.ask("/decide", {"reference": filed["reference"], "status": "Approved"})
    code = wire.mock.ask("/filings")["filings"][0]["employer"]
    assert [w["nric"] for w in wire.mock.ask(f"/workers?employer={code}")] == [UNKNOWN]
    wire.ask("GET", "/web/registration/update/update-employer-information")
    assert code in wire.body
    assert "KEDAI CONTOH SDN. BHD." in wire.body


# --- drafts ------------------------------------------------------------------------------------


def test_a_draft_is_continued_from_the_inbox_and_saved_as_the_same_case(
    june: Mock, tab: Page
) -> None:
    """Edit opens the form as it was saved; its lens need not be asked again."""
    hand = FormHand(tab, june)
    hand.arrive()
    hand.wire.register(postalAddress2="Taman Contoh", registeredWithSsm="1")
    hand.inbox()
    tab.get_by_role("link", name="Edit").click()
    expect(hand.field("industryName")).to_have_value("KEDAI CONTOH SDN. BHD.")
    expect(hand.box("cityId")).to_have_text("Shah Alam")
    expect(tab.get_by_label("Before February 2017")).to_be_checked()
    expect(tab.locator("#falseImg")).to_be_visible()
    expect(hand.field("asIndustryAddress1")).to_be_hidden()
    reference = june.ask("/drafts")[0]["reference"]
    hand.field("postalAddress2").fill("Taman Lain")
    hand.save()
    expect(tab.locator("#referenceId")).to_have_text(reference)
    assert [d["reference"] for d in june.ask("/drafts")] == [reference]


def test_a_draft_is_removed_from_the_inbox(june: Mock, tab: Page) -> None:
    """Its bin throws it away, and with it the name of the employer to be."""
    hand = FormHand(tab, june)
    hand.arrive()
    hand.wire.register()
    hand.inbox()
    tab.get_by_role("link", name="Remove").click()
    tab.get_by_role("dialog").locator("a.confirm").click()
    expect(tab.locator("#totalTasks")).to_have_text("0")
    assert june.ask("/drafts") == []


def test_a_form_that_was_not_saved_leaves_nothing(form: FormHand) -> None:
    """Looked at, looked up, refused: the inbox is empty."""
    form.look_up(NEW_BRN)
    assert form.complaints()
    form.inbox()
    expect(form.tab.locator("#totalTasks")).to_have_text("0")


# --- the BRN -----------------------------------------------------------------------------------


def test_a_number_must_be_looked_up_before_it_is_saved(form: FormHand) -> None:
    """The lens answers for one number; another number forgets the answer."""
    expect(form.field("registeredAsABranch")).to_have_count(2)
    for radio in form.field("registeredAsABranch").all():
        expect(radio).to_be_hidden()
    form.look_up(NEW_BRN)
    expect(form.tab.locator("#falseImg")).to_be_visible()
    expect(form.tab.get_by_label("No", exact=True)).to_be_checked()
    form.field("registrationNo").fill("202601000098")
    expect(form.tab.locator("#falseImg")).to_have_count(0)
    expect(form.tab.get_by_label("No", exact=True)).to_be_hidden()
    found = form.complaints()
    assert found["registrationNo"] == "Please search the Registration Number(BRN) first."


def test_the_answer_for_another_number_does_not_serve(wire: Wire) -> None:
    """Whatever the page sends along, SAVE compares."""
    for searched in ("", "202601000098"):
        wire.register(searched=searched)
        assert list(wire.errors()) == ["registrationNo"]


def test_the_lens_itself_refuses_what_is_no_number(form: FormHand) -> None:
    """Nothing, or characters that no number has."""
    form.look_up("")
    expect(form.tab.locator(".error-inline")).to_have_text(BLANK)
    form.look_up("9900001_X")
    expect(form.tab.locator(".error-inline")).to_contain_text("characters that are not allowed")
    expect(form.tab.locator("#trueImg, #falseImg")).to_have_count(0)


@pytest.mark.parametrize("branch", [True, False])
def test_an_existing_number_is_asked_about(form: FormHand, *, branch: bool) -> None:
    """CONFIRM makes it a branch; CANCEL leaves No, and then it cannot be saved."""
    form.fill_form()
    form.look_up(KNOWN_BRN)
    dialog = form.tab.locator("#branchDialog").get_by_role("dialog")
    expect(dialog).to_contain_text("already exists. Register as a branch?")
    dialog.locator("#confirmword" if branch else "#cancelword").click()
    expect(form.tab.locator("#trueImg")).to_be_visible()
    expect(form.tab.get_by_label("Yes" if branch else "No", exact=True)).to_be_checked()
    form.tab.get_by_label("February 2017 Onwards").check()
    if not branch:
        assert form.complaints() == {"registeredAsABranch": REGISTERED}
        return
    form.save()
    expect(form.tab.locator("#referenceId")).to_have_text(re.compile("^CRN"))
    kept = form.mock.ask("/drafts")[0]
    assert kept["employer_form"]["registeredAsABranch"] == "Yes"


def test_no_branch_of_an_employer_that_does_not_exist(wire: Wire) -> None:
    """Nor an existing number without an answer."""
    wire.register(registeredAsABranch="Y")
    assert list(wire.errors()) == ["registeredAsABranch"]
    wire.register(registrationNo=KNOWN_BRN, searched=KNOWN_BRN, registeredAsABranch="")
    assert wire.errors() == {"registeredAsABranch": BLANK}


def test_a_registered_number_is_known_from_then_on(wire: Wire) -> None:
    """In any capitals; but not before a case that is listed late is listed."""
    wire.mock.arm("listed late", seconds=3600)
    wire.file(registrationNo="ab9900009-k", searched="ab9900009-k")
    look = {"dto.registrationNo": "AB9900009-K"}
    wire.send("register_employer/brn_lens", **look)
    assert '"known":false' in wire.body
    wire.mock.ask("/show", {})
    wire.send("register_employer/brn_lens", **look)
    assert '"known":true' in wire.body


def test_the_lens_may_answer_out_of_order(form: FormHand) -> None:
    """First the answer of the search before, with its question; then the right one."""
    form.look_up(KNOWN_BRN)
    form.tab.locator("#branchDialog #cancelword").click()
    form.mock.arm("lens answers out of order", seconds=0.5)
    form.look_up(NEW_BRN)
    expect(form.tab.locator("#branchDialog .modal")).to_be_visible()
    expect(form.tab.locator("#falseImg")).to_be_visible()
    expect(form.tab.locator("#branchDialog .modal")).to_be_hidden()
    expect(form.tab.get_by_label("No", exact=True)).to_be_checked()


# --- what hides and what opens -----------------------------------------------------------------


def test_ssm_is_asked_only_of_who_can_be_registered_there(form: FormHand) -> None:
    """Hidden before the lens, for Not Registered and for Others; mandatory when shown."""
    ssm = form.tab.get_by_label("February 2017 Onwards")
    form.choose("businessEntityId", "Partnership")
    form.choose("subBusinessEntityId", "Registered with SSM")
    expect(ssm).to_be_hidden()
    form.look_up(NEW_BRN)
    expect(ssm).to_be_visible()
    assert form.complaints()["registeredWithSsm"] == BLANK
    form.choose("subBusinessEntityId", "Not Registered")
    expect(ssm).to_be_hidden()
    assert "registeredWithSsm" not in form.complaints()
    form.choose("businessEntityId", "Others")
    expect(ssm).to_be_hidden()


def test_an_employer_of_the_entity_others_chooses_its_name(form: FormHand) -> None:
    """The name is a list; some sub-entities have a list of their own, and it is asked for then."""
    listed = form.box("subBusinessEntityListId")
    form.choose("businessEntityId", "Others")
    form.choose("subBusinessEntityId", "Cooperative")
    expect(form.tab.locator("[aria-disabled=true]").filter(has=listed)).to_have_count(1)
    expect(form.field("industryName")).to_be_hidden()
    form.look_up(NEW_BRN)
    found = form.complaints()
    assert found["industryNameDropDownId"] == BLANK
    assert "subBusinessEntityListId" not in found
    form.choose("subBusinessEntityId", "Federal Government Agency")
    expect(form.tab.locator("[aria-disabled=false]").filter(has=listed)).to_have_count(1)
    assert form.complaints()["subBusinessEntityListId"] == BLANK


def test_the_chosen_name_is_the_employers(wire: Wire) -> None:
    """An employer of the entity Others is called as chosen, not as typed."""
    wire.file(
        businessEntityId="E4", subBusinessEntityId="E4-10", industryNameDropDownId="N5",
        industryName="typed", registeredWithSsm="",
    )  # fmt: skip
    kept = wire.mock.ask("/filings")["filings"][0]["employer_form"]
    assert kept["industryNameDropDownId"] == "KOPERASI REKAAN BERHAD"
    assert "industryName" not in kept
    wire.ask("GET", "/web/registration/update/update-employer-information")
    assert "KOPERASI REKAAN BERHAD" in wire.body


def test_the_industry_address_is_asked_for_unless_it_is_the_same(wire: Wire) -> None:
    """Four mandatory fields; ticked, they are forgotten even when they are sent."""
    wire.register(samePostalAddress="false")
    asked = ("asIndustryAddress1", "asStateId", "asCityId", "asPostCode")
    assert wire.errors() == dict.fromkeys(asked, BLANK)
    wire.register(asIndustryAddress1="elsewhere")
    kept = wire.mock.ask("/drafts")[0]["employer_form"]
    assert "asIndustryAddress1" not in kept


def test_telephones_come_and_go_by_their_icons(form: FormHand) -> None:
    """At most three; a bin takes its row and its number away."""
    tab = form.tab
    expect(form.field("moblieNoBack_2")).to_be_hidden()
    for further in ("moblieNoBack_2", "moblieNoBack_3"):
        tab.locator("#moblieNoBackAddId").click()
        form.field(further).fill("300000009")
    tab.locator("#moblieNoBackAddId").click()
    expect(tab.get_by_label(re.compile("^Mobile No."))).to_have_count(3)
    tab.locator("#moblieNoBackRemoveId_2").click()
    expect(form.field("moblieNoBack_2")).to_be_hidden()
    tab.locator("#moblieNoBackAddId").click()
    expect(form.field("moblieNoBack_2")).to_have_value("")


def test_an_empty_telephone_row_is_forgotten(wire: Wire) -> None:
    """The next one moves up."""
    wire.register(telNoBack="30000011", telNoBack_2="", telNoBack_3="30000013")
    kept = wire.mock.ask("/drafts")[0]["employer_form"]
    assert kept["telNoBack_2"] == "+6030000013"
    assert "telNoBack_3" not in kept


CASCADES = (
    ("businessEntityId", "Others", "subBusinessEntityId", "State Government Agency"),
    ("subBusinessEntityId", "State Government Agency", "subBusinessEntityListId", "Melaka"),
    ("stateId", "Johor", "cityId", "Johor Bahru"),
    ("cityId", "Johor Bahru", "postCode", "81100"),
    ("asStateId", "Selangor", "asCityId", "Shah Alam"),
    ("asCityId", "Shah Alam", "asPostCode", "40000"),
    ("industryCodeId", "[01] CROPS", "subIndustryCodeListId", "[01113]Growing of vegetables"),
    ("socsoOfficeLocationId", "Negeri Johor", "inductionVenueId", "PPN JOHOR / 15/07/2025 / 09:00"),
)


def asked_first(answer: Response) -> bool:
    """Whether this answers a choice, and not the asking again."""
    return "form_options" in answer.url and "_again=" not in answer.url


def test_every_cascade_can_come_late(form: FormHand) -> None:
    """The list below stays empty for a while and is there then."""
    form.mock.arm("late options", times=99, seconds=0.1)
    for above, option, below, wanted in CASCADES:
        form.box(above).click()
        with form.tab.expect_response(asked_first) as first:
            form.tab.locator("li.select2-results__option", has_text=option).click()
        assert first.value.json()["options"] == [], below
        expect(form.tab.locator(".blockUI")).to_have_count(0)
        form.choose(below, wanted)


def test_a_late_list_does_not_take_back_another_choice(form: FormHand) -> None:
    """The answer for the state before comes when a city of the new one is chosen."""
    form.mock.arm("late options", seconds=1)
    form.choose("stateId", "Johor")
    with form.tab.expect_response(lambda r: "_again=" in r.url) as late:
        form.choose("stateId", "Selangor")
        form.choose("cityId", "Shah Alam")
    late.value.finished()
    form.tab.evaluate("new Promise(requestAnimationFrame)")
    expect(form.box("cityId")).to_have_text("Shah Alam")


def test_an_office_without_inductions_asks_for_none(wire: Wire) -> None:
    """Johor holds one, Selangor two, Kuala Lumpur none; each on the 15th of next month."""
    wire.mock.ask("/date", {"today": "2025-12-31"})
    assert wire.register(socsoOfficeLocationId="O3", inductionVenueId="")
    wire.register(inductionVenueId="")
    assert wire.errors() == {"inductionVenueId": BLANK}
    assert wire.register(inductionVenueId="PPN SELANGOR / 15/01/2026 / 09:00")


# --- what SAVE refuses -------------------------------------------------------------------------

CHOICE = "Please select a valid value."
DIGITS = "Only digits are allowed."


def at_most(length: int) -> str:
    return f"At most {length} characters are allowed."


def test_an_empty_form_is_told_everything_at_once(form: FormHand) -> None:
    """Each mandatory field inline, and a red strip on top; nothing else."""
    assert form.complaints() == dict.fromkeys(
        (
            "businessEntityId", "subBusinessEntityId", "registrationNo", "industryName",
            "postalAddress1", "stateId", "cityId", "postCode", "socsoOfficeLocationId",
            "asIndustryAddress1", "asStateId", "asCityId", "asPostCode", "industryCodeId",
            "subIndustryCodeListId", "methodsOfContributionPaymentId", "registeredWithSsm",
        ),
        BLANK,
    ) | {"acknowledgement": "Please tick the acknowledgement."}  # fmt: skip
    expect(form.tab.locator("#baseMsgDivId > .alert-error")).to_contain_text(BLANK)
    expect(form.field("industryName")).to_have_class("error-field")


WRONG = (
    ("registrationNo", "9" * 31, at_most(30)),
    ("industryName", "X" * 151, at_most(150)),
    ("postalAddress1", "X" * 51, at_most(50)),
    ("postalAddress3", "X" * 51, at_most(50)),
    ("poBox", "9" * 31, at_most(30)),
    ("lockedBagNo", "9" * 31, at_most(30)),
    ("telNoBack", "3" * 15, at_most(14)),
    ("telNoBack", "03-1234567", DIGITS),
    ("telNoBack_2", "+60300000", DIGITS),
    ("faxNoBack", "\u0661\u0662\u0663", DIGITS),
    ("email", "hr@contoh", "Email is not valid."),
    ("email", "hr contoh@contoh.example", "Email is not valid."),
    ("businessEntityId", "E9", CHOICE),
    ("subBusinessEntityId", "E2-1", CHOICE),
    ("cityId", "S1-1", CHOICE),
    ("postCode", "S3-2-1", CHOICE),
    ("subIndustryCodeListId", "I1-1", CHOICE),
    ("inductionVenueId", "PPN JOHOR / 15/07/2025 / 09:00", CHOICE),
    ("serviceTypeId", "V3", CHOICE),
    ("registeredWithSsm", "3", CHOICE),
    ("acknowledgement", "false", "Please tick the acknowledgement."),
)


def test_a_wrong_value_is_refused_at_its_field(wire: Wire) -> None:
    """Length, shape, or a choice that its list does not offer; nothing is kept."""
    for field, value, refused in WRONG:
        assert wire.register(**{field: value}) == "", (field, value)
        assert wire.errors().get(field) == refused, (field, value)
    assert wire.mock.ask("/drafts") == []


def test_another_persons_case_is_not_saved_over(wire: Wire) -> None:
    """A registration without a code belongs to who began it."""
    case = wire.register()
    other = Wire(wire.mock, "second@contoh.example", "Rekaan#2026")
    other.log_in()
    with pytest.raises(AssertionError, match="Access Denied"):
        other.register(case, industryName="Taken")
    assert wire.mock.ask("/drafts")[0]["employer_form"]["industryName"] != "TAKEN"


def test_a_practice_file_of_an_earlier_version_serves_on(tmp_path: Path) -> None:
    """What it lacks is added; what it holds stays."""
    path = tmp_path / "old.sqlite3"
    old = sqlite3.connect(path)
    old.executescript(
        "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
        "INSERT INTO settings VALUES ('language', '\"en\"');"
        "CREATE TABLE employers (code TEXT PRIMARY KEY, name TEXT NOT NULL, brn TEXT NOT NULL,"
        " liability_date TEXT NOT NULL, entity TEXT NOT NULL, status TEXT, reason TEXT);"
        "INSERT INTO employers VALUES ('E1', 'CONTOH', '1-X', '01/01/2020', 'Corporation', '', '')"
    )
    old.close()
    store = state.Store(path)
    assert store.prepare() is False
    db = store.connect()
    kept = db.execute("SELECT name, details FROM employers").fetchall()
    assert [tuple(row) for row in kept] == [("CONTOH", "{}")]
    db.close()
