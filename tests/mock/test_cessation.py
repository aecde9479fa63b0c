"""A person ends an employer: Form 1A and Form 3 EIS (facts 7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.mock.hand import LANGUAGES, PDF, words
from tests.mock.leaving import (
    AKTIF,
    BLANK,
    EMPLOYER,
    FORM_1A,
    FORM_3,
    FOUND,
    LAMA,
    NOT_FOUND,
    NOT_VALID,
    OTHER_EMPLOYER,
    TODAY,
    Leaving,
    books,
    close_from,
    on_record,
)

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

SIP = "_searchforemployersip_WAR_registrationportlet_"
SENTENCE = "All Employees below will be updated to the Employment Resigned Date above."
DORMANT = "Not allow to change Dormant EIS to Active."
COLUMNS = [
    "No.", "Identification Type", "Identification No.", "Name", "Date of Birth", "Gender", "Race",
    "Employment Start Date",
]  # fmt: skip


@pytest.fixture
def hand(mock: Mock, tab: Page) -> Leaving:
    """Somebody at the portal on 22 November 2026."""
    mock.ask("/date", {"today": TODAY})
    return Leaving(tab, mock)


def walk(hand: Leaving, menu: tuple[str, str], entry: str, employer: str) -> None:
    """Over the menu to the employer's form."""
    hand.arrive()
    hand.inbox()
    hand.tab.locator("a.menu-toggle", has_text=words(*menu)).hover()
    hand.link(entry).click()
    expect(hand.tab.get_by_role("heading", name="Search For Employer")).to_be_visible()
    hand.tab.get_by_role("row", name=employer).locator("#editBtn").click()
    expect(hand.tab.get_by_role("heading", level=1, name=entry)).to_be_visible()


def fill(hand: Leaving, status: str = "", since: str = "", till: str = "") -> None:
    """The form of Form 1A; what is empty stays as it is."""
    if status:
        hand.choose("dtochangeEmployerStatusTo", status)
    if since:
        hand.field("temporaryClosureNoEmployeeFrom").fill(since)
    if till:
        hand.field("temporaryClosureNoEmployeeTill").fill(till)


def attach(hand: Leaving, kind: str) -> None:
    """A paper of that kind."""
    tab = hand.tab
    tab.locator('[id$="_dialogBtn"]').click()
    tab.locator('[id$="objdocTypeId-container"]').click()
    tab.locator("li.select2-results__option", has_text=kind).click()
    tab.locator('[id$="_uploadFile"]').set_input_files(
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    tab.locator('[id$="_addDocumentBtnId"]').click()
    expect(tab.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_1a_goes_to_an_officer_and_ends_everybody(hand: Leaving, language: str) -> None:
    """From the menu to his approval; until then nothing changes."""
    mock, tab = hand.mock, hand.tab
    mock.ask("/settings", {"language": language})
    close_from(mock, "01/10/2026")
    title = "Form 1A - Cessation As Employer (Discontinue Business)"
    walk(hand, ("Kemaskini", "Update"), title, EMPLOYER)
    expect(tab.get_by_role("heading", level=2, name="Discontinue Business")).to_be_visible()
    read_only = {
        "registrationNumber": "9900001-X", "employerCode": EMPLOYER, "employerStatus": "Active",
        "employerStatusReason": "",
    }  # fmt: skip
    for name, value in read_only.items():
        expect(hand.field(name)).to_have_value(value)
        expect(hand.field(name)).not_to_be_editable()
    tabs = tab.locator("#tabStrip li")
    strip = [
        "Discontinue Business", "Update Add Employee Resigned Date", "Upload Supporting Document",
    ]  # fmt: skip
    expect(tabs).to_have_text(strip)
    expect(tab.locator("#tabStrip a")).to_have_count(0)
    fill(hand, "Winding Up", "15/11/2026", "15/11/2027")
    hand.save()
    expect(tab.locator("#referenceId")).to_have_text("CUN112026C000000001")
    heading = words("Kemaskini Tambah Tarikh Berhenti Kerja", "Update Add Employee Resigned Date")
    expect(tab.get_by_role("heading", level=2, name=heading)).to_be_visible()
    expect(tab.locator("#tabStrip .current")).to_have_text("Update Add Employee Resigned Date")
    expect(tab.locator("main")).to_contain_text(SENTENCE)
    expect(hand.total()).to_have_text("2")
    assert hand.headings(FOUND) == COLUMNS
    assert [row[1] for row in hand.rows(FOUND)] == [AKTIF, LAMA]
    hand.date("14/11/2026")
    hand.save()
    expect(tabs).to_have_text(strip)
    expect(tab.locator("ul.checklist label")).to_have_text([
        "Supporting Document For Cessation", "Letter Of Liquidator",
        "Confirmation Letter From The Agency", "Others",
    ])  # fmt: skip
    attach(hand, "Letter Of Liquidator")
    hand.go_to_preview()
    employer, *leavers = hand.review()
    assert employer == [
        ["Employer Code", EMPLOYER, EMPLOYER],
        ["Employer Status", "Active", "Winding Up"],
        ["Temporary closure / No employee from", "01/10/2026", "15/11/2026"],
        ["Till", "", "15/11/2027"],
    ]
    assert [part[0][2] for part in leavers] == [AKTIF, LAMA]
    assert [part[3][1:] for part in leavers] == [["", "14/11/2026"]] * 2
    hand.confirm()
    reference = hand.filed()
    expect(tab.locator("#taskStatus")).to_have_text("Pending for Review")
    expect(tab.locator("#resultMsg")).to_have_text(
        f"Your Request {title} Has Been Submitted Successfully."
    )
    assert books(mock) == {AKTIF: ("Active", ""), LAMA: ("Active", "")}
    assert on_record(mock)["status"] == "Active"
    assert mock.ask("/decide", {"reference": reference, "status": "Approved"}) == {"ok": True}
    gone = ("Resigned", "14/11/2026")
    assert books(mock) == {AKTIF: gone, LAMA: gone}
    record = on_record(mock)
    assert record["status"] == "Winding Up"
    assert record["details"]["temporaryClosureNoEmployeeFrom"] == "15/11/2026"
    assert record["details"]["postalAddress1"] == "NO. 12, JALAN CONTOH 3"
    filed = mock.ask("/filings")["filings"][0]
    assert filed["employer_form"]["changeEmployerStatusTo"] == "Winding Up"
    assert [d["type"] for d in filed["documents"]] == ["Letter Of Liquidator"]


def test_form_1a_refuses_what_cannot_be(hand: Leaving) -> None:
    """Each field by its own words; what was typed stays, and no draft is made."""
    hand.open(FORM_1A)
    inline = hand.tab.locator(".error-inline")
    hand.save()
    hand.refused(BLANK)
    expect(inline).to_have_text([BLANK, BLANK])
    later = "Temporary closure / No employee from cannot be later than today."
    before = "Till must be after Temporary closure / No employee from."
    for status, since, till, sentence in (
        ("Cancel", "23/11/2026", "", later),
        ("Dormant", "31/11/2026", "", "Date is not valid."),
        ("Dormant", "20/11/2026", "20/11/2026", before),
        ("Dormant", "20/11/2026", "20/13/2026", "Date is not valid."),
    ):
        fill(hand, status, since, till)
        hand.save()
        hand.refused(sentence)
        expect(inline).to_have_text([sentence])
        expect(hand.field("temporaryClosureNoEmployeeFrom")).to_have_value(since)
        expect(hand.field("changeEmployerStatusTo")).to_have_value(status)
    assert hand.mock.ask("/drafts") == []
    hand.mock.ask("/employer", {"code": EMPLOYER, "status": "Dormant"})
    hand.open(FORM_1A)
    fill(hand, "Cancel", "20/11/2026")
    hand.save()
    hand.refused("Employer is not active.")
    assert hand.mock.ask("/drafts") == []


def test_the_workers_of_form_1a_need_a_day_that_fits_them_all(hand: Leaving) -> None:
    """The rules of the resigned dates; the case stands as it was saved, whoever joins later."""
    mock = hand.mock
    hand.open(FORM_1A)
    fill(hand, "Dormant", "22/11/2026")
    hand.save()
    hand.save()
    hand.refused(BLANK)
    for date in ("31/01/2021", "23/11/2026", "29/02/2026"):
        hand.date(date)
        hand.save()
        hand.refused(NOT_VALID)
        expect(hand.field("employementResignDate")).to_have_value(date)
    hand.date("22/11/2026")
    hand.save()
    hand.go_to_preview()
    mock.ask("/worker", {"employer": EMPLOYER, "nric": "880412005123", "start": "01/11/2026"})
    hand.confirm()
    mock.ask("/decide", {"reference": hand.filed(), "status": "Approved"})
    assert books(mock)["880412005123"] == ("Active", "")
    assert books(mock)[AKTIF] == ("Resigned", "22/11/2026")
    assert on_record(mock)["status"] == "Dormant"


def test_an_employer_without_workers_needs_no_day(hand: Leaving) -> None:
    """Only the employer stands in the review; a rejected case leaves him as he is."""
    mock = hand.mock
    code = "E9900003003M"
    mock.ask("/employer", {
        "code": code, "name": "TIRUAN BHD.", "brn": "9900004-A", "liability_date": "01/01/2021",
        "entity": "Corporation",
    })  # fmt: skip
    mock.ask("/account", {"email": mock.facts["email"], "employers": [code]})
    hand.open(FORM_1A, code)
    fill(hand, "Cancel", "20/11/2026")
    hand.save()
    expect(hand.tab.locator(FOUND)).to_contain_text(NOT_FOUND)
    expect(hand.total()).to_have_text("0")
    hand.save()
    hand.go_to_preview()
    assert [part[0][0] for part in hand.review()] == ["Employer Code"]
    hand.confirm()
    mock.ask("/decide", {"reference": hand.filed(), "status": "Rejected", "reason": "Tiada surat."})
    assert on_record(mock, code)["status"] == "Active"


def test_a_draft_of_form_1a_goes_on_at_its_form(hand: Leaving) -> None:
    """Filled as it was left, and so is the day of the workers."""
    hand.open(FORM_1A)
    fill(hand, "Winding Up", "20/11/2026", "20/11/2027")
    hand.save()
    hand.date("19/11/2026")
    hand.save()
    reference = hand.tab.locator("#referenceId").inner_text()
    hand.inbox()
    hand.tab.get_by_role("row", name=reference).get_by_role("link", name="Edit").click()
    expect(hand.field("changeEmployerStatusTo")).to_have_value("Winding Up")
    expect(hand.field("temporaryClosureNoEmployeeTill")).to_have_value("20/11/2027")
    hand.save()
    expect(hand.field("employementResignDate")).to_have_value("19/11/2026")
    expect(hand.tab.locator("#referenceId")).to_have_text(reference)


# --- Form 3 EIS --------------------------------------------------------------------------------


def eis_date(hand: Leaving, text: str) -> None:
    """The date, and the form's button."""
    hand.tab.locator(f'[id="{SIP}dto.sipEmploymentResignDate"]').fill(text)
    hand.tab.locator("#disBizResignedDtSubmit").click()


@pytest.mark.parametrize("language", ["bm", "en"])
def test_form_3_makes_the_employer_dormant_with_the_eis_alone(hand: Leaving, language: str) -> None:
    """From the menu to the approval; the workers stay on the books; a second time is refused."""
    mock, tab = hand.mock, hand.tab
    mock.ask("/settings", {"language": language})
    menu = ("EIS Update", "EIS Update")
    walk(hand, menu, "Form 3 EIS - Cessation as Employer", OTHER_EMPLOYER)
    for name, value in (("employerCode", OTHER_EMPLOYER), ("employerStatus", "Active")):
        field = tab.locator(f'[id="{SIP}dto.{name}"]')
        expect(field).to_have_value(value)
        expect(field).not_to_be_editable()
    expect(tab.locator("main")).to_contain_text(SENTENCE)
    assert hand.headings(FOUND) == COLUMNS
    eis_date(hand, "20/11/2026")
    expect(tab.locator("#referenceId")).to_have_text("ERN112026C000000001")
    expect(tab.locator("ul.checklist label")).to_have_text(
        ["Form 3 - Cessation Of Employer", "Letter of liquidator", "Letter SSM"]
    )
    hand.go_to_preview()
    assert hand.review() == [
        [
            ["Employer Code", OTHER_EMPLOYER, OTHER_EMPLOYER],
            ["EIS Employer Status", "Active", "Dormant SIP"],
            ["EIS Employment Resign Date", "", "20/11/2026"],
        ],
        [
            ["Identification No.", "850130185331", "850130185331"],
            ["Name of Employee", "LIM REKAAN CONTOH", "LIM REKAAN CONTOH"],
        ],
    ]
    hand.confirm()
    reference = hand.filed()
    expect(tab.locator("#taskStatus")).to_have_text("Pending for Review")
    assert on_record(mock, OTHER_EMPLOYER)["eis_status"] == "Active"
    mock.ask("/decide", {"reference": reference, "status": "Approved"})
    record = on_record(mock, OTHER_EMPLOYER)
    assert (record["status"], record["eis_status"]) == ("Active", "Dormant SIP")
    assert books(mock, OTHER_EMPLOYER) == {"850130185331": ("Active", "")}
    assert mock.ask("/filings")["filings"][0]["employer_form"] == {
        "sipEmploymentResignDate": "20/11/2026"
    }
    hand.open(FORM_3, OTHER_EMPLOYER)
    expect(tab.locator(f'[id="{SIP}dto.employerStatus"]')).to_have_value("Dormant SIP")
    eis_date(hand, "21/11/2026")
    hand.refused(DORMANT)
    assert mock.ask("/drafts") == []


def test_form_3_lists_whom_the_eis_insures(hand: Leaving) -> None:
    """18 and not yet 60 today, and no foreign worker; his birthday counts."""
    mock = hand.mock
    for number, birth, start in (
        ("660922010000", "22/11/1966", "01/01/2020"),  # 60 today
        ("661123010001", "23/11/1966", "01/01/2020"),  # 60 tomorrow
        ("081122010003", "22/11/2008", "01/06/2026"),  # 18 today
        ("081123010005", "23/11/2008", "01/06/2026"),  # 18 tomorrow
    ):
        mock.ask("/worker", {
            "employer": OTHER_EMPLOYER, "nric": number, "start": start, "name": "UMUR BIN CONTOH",
            "birth": birth, "gender": "M",
        })  # fmt: skip
    mock.ask("/person", {
        "passport": "X0000002", "name": "ASING CONTOH", "birth": "01/01/1990", "gender": "M",
        "nationality": "Nepal",
    })  # fmt: skip
    mock.ask("/worker", {"employer": OTHER_EMPLOYER, "nric": "X0000002", "start": "01/06/2026"})
    hand.open(FORM_3, OTHER_EMPLOYER)
    listed = [row[1] for row in hand.rows(FOUND)]
    assert listed == ["850130185331", "661123010001", "081122010003"]
    expect(hand.total()).to_have_text("3")


def test_form_3_refuses_a_day_that_does_not_fit(hand: Leaving) -> None:
    """Empty, before a start, tomorrow, no day at all."""
    hand.open(FORM_3)
    eis_date(hand, "")
    hand.refused(BLANK)
    for date in ("31/01/2021", "23/11/2026", "22-11-2026"):
        eis_date(hand, date)
        hand.refused(NOT_VALID)
    assert hand.mock.ask("/drafts") == []
    eis_date(hand, "01/02/2021")
    expect(hand.tab.locator("#referenceId")).to_be_visible()
