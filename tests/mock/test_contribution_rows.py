"""Somebody files a month by row (facts 8.2, 8.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.mock.contributing import (
    AKTIF,
    COMBINED,
    EIS,
    EMPLOYER,
    LAMA,
    OTHER_EMPLOYER,
    PORTLET,
    SOCSO,
    THREE_THOUSAND,
    TODAY,
    Contributor,
    Screen,
)
from tests.mock.leaving import RESIGN
from tests.mock.line import Line, case_of

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

PENDING, DRAFTS = "Employer Contribution Pending List", "Unsubmitted Contribution (Draft)"
SAVE_FIRST = "Please save draft before submit."
INCOMPLETE = "There are incomplete record(s)."
NOTHING = "No contribution to submit."
AGAIN = "Contribution has been submitted."
ALREADY = "Contribution month is already submitted."
LOWER = "Wages cannot be less than submitted."


@pytest.fixture
def at(mock: Mock) -> Mock:
    """The portal on 22 November 2026."""
    mock.ask("/date", {"today": TODAY})
    return mock


def months(screen: Screen) -> list[str]:
    return [row[1] for row in screen.rows(PENDING)]


def offered(person: Contributor) -> list[str]:
    """The months of the drop-down."""
    return re.findall(r'<option value="(\d\d/\d{4})"', person.body)


def refused(person: Contributor, month: str, kind: str) -> None:
    """The screen does not offer that month, and the server does not take it either."""
    with pytest.raises(AssertionError, match="Access Denied"):
        person.open_month(month, kind)
    person.look()  # a new p_auth


@pytest.mark.parametrize(
    ("today", "pending"),
    [
        ("2026-10-31", ["09/2026", "10/2026"]),
        ("2026-11-01", ["10/2026", "11/2026"]),
        ("2027-01-01", ["12/2026", "01/2027"]),
    ],
)
def test_this_month_and_the_one_before_are_pending(
    mock: Mock, today: str, pending: list[str]
) -> None:
    """Around the end of a month and of a year; a future month is never listed."""
    mock.ask("/date", {"today": today})
    person = Contributor(mock)
    for person.address in (COMBINED, SOCSO, EIS):
        assert months(person.look()) == pending


def test_a_month_waits_until_it_is_submitted_for_its_act(at: Mock) -> None:
    """SOCSO alone leaves the EIS open, and the combined screen has nothing left to file there."""
    person = Contributor(at, SOCSO)
    person.file(aktif="3000")
    assert months(person.look(SOCSO)) == ["11/2026"]
    assert months(person.look(COMBINED)) == ["11/2026"]
    assert months(person.look(EIS)) == ["10/2026", "11/2026"]
    assert months(person.look(f"{SOCSO}?_{PORTLET}_dto.employerCode={OTHER_EMPLOYER}")) == [
        "10/2026",
        "11/2026",
    ]


def test_only_who_worked_in_the_month_is_listed(at: Mock) -> None:
    """Began by its last day; had not left before its first; nobody of another employer."""
    people = [("870101180001", "31/10/2026", ""), ("870101180003", "01/11/2026", ""),
              ("870101180005", "01/01/2020", "01/10/2026"),
              ("870101180007", "01/01/2020", "30/09/2026")]  # fmt: skip
    at.ask("/worker", {"workers": [
        {"employer": EMPLOYER, "nric": nric, "start": start, "resigned": resigned,
         "name": f"ORANG {nric}", "birth": "01/01/1987", "gender": "M"}
        for nric, start, resigned in people
    ]})  # fmt: skip
    person = Contributor(at)
    person.open_month("10/2026")
    listed = [row[1] for row in person.screen.rows("Employee(s) Listing")]
    assert listed == [AKTIF, LAMA, "870101180001", "870101180005"]
    person.look()
    assert person.screen.rows(PENDING)[0][1:3] == ["10/2026", "4"]


# What is on record of somebody, his wages, and his row: wages, SOCSO employer, SOCSO employee,
# SKBBK, EIS employer, EIS employee. The clock is in the month after the one filed.
LOCAL = {"birth": "05/05/1990", "start": "01/01/2020"}
CASES: dict[str, tuple[dict[str, Any], str, str, tuple[str, ...]]] = {
    "first category": (LOCAL, "10/2026", "3000", THREE_THOUSAND),
    "the band ends with its upper wages": (LOCAL, "10/2026", "3000.01",
        ("3,000.01", "53.35", "15.25", "22.85", "6.10", "6.10")),
    "the first sen": (LOCAL, "10/2026", "0.01", ("0.01", "0.40", "0.10", "0.20", "0.05", "0.05")),
    "over the ceiling": (LOCAL, "10/2026", "7250.50",
        ("7,250.50", "104.15", "29.75", "44.65", "11.90", "11.90")),
    "60 on the month's last day": (LOCAL | {"birth": "31/10/1966"}, "10/2026", "3000",
        ("3,000.00", "36.90", "0.00", "22.15", "0.00", "0.00")),
    "60 a day later": (LOCAL | {"birth": "01/11/1966"}, "10/2026", "3000", THREE_THOUSAND),
    "first contributed at 55": (
        LOCAL | {"birth": "05/05/1968", "details": {"first_contribution": "05/05/2023"}},
        "10/2026", "3000", ("3,000.00", "36.90", "0.00", "22.15", "5.90", "5.90")),
    "first contributed at 57": (
        LOCAL | {"birth": "05/05/1968", "details": {"first_contribution": "05/05/2025"}},
        "10/2026", "3000", ("3,000.00", "36.90", "0.00", "22.15", "0.00", "0.00")),
    "foreigner": (LOCAL | {"kind": "foreign", "ssfw": "SSFW00000001"}, "10/2026", "1750",
        ("1,750.00", "30.65", "8.75", "13.15", "0.00", "0.00")),
    "foreigners cannot opt out": (
        LOCAL | {"kind": "foreign", "details": {"skbbk_opt_out": True}}, "10/2026", "1750",
        ("1,750.00", "30.65", "8.75", "13.15", "0.00", "0.00")),
    "opted out of SKBBK": (LOCAL | {"details": {"skbbk_opt_out": True}}, "10/2026", "3000",
        ("3,000.00", "51.65", "14.75", "0.00", "5.90", "5.90")),
    "17 years old": (LOCAL | {"birth": "01/11/2008", "start": "01/09/2026"}, "10/2026", "1700",
        ("1,700.00", "28.85", "8.25", "12.35", "0.00", "0.00")),
    "no SKBBK before June 2026": (LOCAL, "05/2026", "3000",
        ("3,000.00", "51.65", "14.75", "0.00", "5.90", "5.90")),
    "June 2026 stays due": (LOCAL | {"details": {"skbbk_opt_out": True}}, "06/2026", "3000",
        THREE_THOUSAND),
    "the ceiling in 09/2024": (LOCAL, "09/2024", "7000",
        ("7,000.00", "86.65", "24.75", "0.00", "9.90", "9.90")),
    "the ceiling in 10/2024": (LOCAL, "10/2024", "7000",
        ("7,000.00", "104.15", "29.75", "0.00", "11.90", "11.90")),
    "foreigner before July 2024": (LOCAL | {"kind": "foreign"}, "06/2024", "3000",
        ("3,000.00", "36.90", "0.00", "0.00", "0.00", "0.00")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_portal_works_the_amounts_out_itself(mock: Mock, case: str) -> None:
    """Each column from the schedule, and from what is on record of the worker."""
    record, month, wages, row = CASES[case]
    mock.ask("/date", {"today": f"{month[3:]}-{month[:2]}-28"})
    who = {"employer": OTHER_EMPLOYER, "nric": "900505180001", "name": "SESEORANG", "gender": "M"}
    assert mock.ask("/worker", who | record) == {"ok": True}
    number = record.get("ssfw") or who["nric"]
    person = Contributor(mock)
    person.open_month(month, employer=OTHER_EMPLOYER)
    assert person.wages(number, wages) == {"saved": True, "closes": 0}
    assert person.line(number) == [number, "SESEORANG", *row, "Complete"]


@pytest.mark.parametrize(("contributed", "row"), [(1, ("51.65", "14.75")), (0, ("36.90", "0.00"))])
def test_who_began_at_55_counts_as_new_only_if_the_portal_knows_no_contribution(
    at: Mock, contributed: int, row: tuple[str, str]
) -> None:
    """Without a day of the first contribution on record."""
    who = {"nric": "700101180001", "name": "SESEORANG", "birth": "01/01/1970", "gender": "F"}
    at.ask("/worker", who | {"employer": OTHER_EMPLOYER, "start": "01/02/2025"})
    at.ask("/person", {"nric": who["nric"], "contributed": contributed})
    person = Contributor(at)
    person.open_month(employer=OTHER_EMPLOYER)
    person.wages(who["nric"], "3000")
    assert tuple(person.line(who["nric"])[3:5]) == row


@pytest.mark.parametrize("amount", ["", "-1", "1.234", "1,000.00", "RM100", "abc", "1e3"])
def test_what_is_no_money_is_refused_in_the_popup(at: Mock, amount: str) -> None:
    """And the line stays as it was."""
    person = Contributor(at)
    person.open_month()
    answer = person.wages(AKTIF, amount)
    assert [e["errorMsg"] for e in answer["jsonFieldError"]] == ["Invalid amount."]
    assert person.line(AKTIF)[2:] == ["0.00"] * 6 + ["Incomplete"]


def test_the_totals_are_of_those_who_have_something(at: Mock) -> None:
    """Sums and counts by column, grand total and number of workers; 0.00 counts nowhere."""
    at.ask("/worker", {"employer": EMPLOYER, "nric": "661031180001", "start": "01/01/2020",
                       "name": "SESEORANG", "birth": "31/10/1966", "gender": "M"})  # fmt: skip
    person = Contributor(at)
    person.open_month()
    person.wages(AKTIF, "3000")
    person.wages(LAMA, "0")
    person.wages("661031180001", "1000.50")
    assert person.screen.rows("Total Contribution") == [
        ["Total (RM)", "4,000.50", "64.75", "14.75", "30.00", "5.90", "5.90"],
        ["Number of Employee(s)", "2", "2", "1", "2", "1", "1"],
    ]
    assert person.screen.ids["grandTotal"] == "121.30"
    assert person.screen.ids["totalEmployees"] == "2"


def test_submit_says_what_is_missing(at: Mock) -> None:
    """No draft; an incomplete line; nothing to pay. Nothing is filed meanwhile."""
    person = Contributor(at)
    person.open_month()
    assert person.refusal() == SAVE_FIRST
    person.save_draft()
    assert person.screen.strips["success"] == "Your request completed successfully."
    assert person.screen.ids["receivedDate"] == "22/11/2026"
    person.wages(AKTIF, "0")
    assert person.refusal() == INCOMPLETE
    person.wages(LAMA, "0.00")
    assert person.refusal() == NOTHING
    person.wages(LAMA, "10")
    assert person.refusal() == ""
    assert at.ask("/contributions") == []


@pytest.mark.parametrize("address", [SOCSO, EIS])
def test_alone_a_line_is_complete_only_after_lengkap(at: Mock, address: str) -> None:
    """COMPLETE marks the lines that were saved, and keeps the draft; a changed line opens again."""
    person = Contributor(at, address)
    person.open_month()
    person.wages(AKTIF, "3000")
    assert person.line(AKTIF)[-1] == "Incomplete"
    person.complete()
    assert (person.line(AKTIF)[-1], person.line(LAMA)[-1]) == ("Complete", "Incomplete")
    assert person.refusal() == INCOMPLETE
    person.wages(LAMA, "0")
    person.complete()
    assert person.refusal() == ""
    person.wages(AKTIF, "3100")
    assert person.line(AKTIF)[-1] == "Incomplete"
    assert person.refusal() == INCOMPLETE


def test_the_result_shows_the_numbers_and_the_draft_is_gone(at: Mock) -> None:
    """ACR and ECR with month, 2, year and seven digits; what the portal received is counted."""
    person = Contributor(at)
    result = person.file(aktif="3000", lama="7250.5")
    assert result.strips["success"] == "Your request completed successfully."
    shown = {key: result.ids[key] for key in (
        "acrNumber", "ecrNumber", "receivedDate", "contributionMonth", "grandTotal",
    )}  # fmt: skip
    assert shown == {
        "acrNumber": "ACR112260000001", "ecrNumber": "ECR112260000001",
        "receivedDate": "22/11/2026", "contributionMonth": "10/2026", "grandTotal": "302.70",
    }  # fmt: skip
    (filed,) = at.ask("/contributions")
    assert (filed["act"], filed["type"], filed["month"]) == ("combined", "Monthly", "10/2026")
    assert filed["lines"][1] == {
        "nric": LAMA, "number": LAMA, "name": "LAMA BIN REKAAN", "wages": 725050,
        "socso_employer": 10415, "socso_employee": 2975, "skbbk": 4465, "eis_employer": 1190,
        "eis_employee": 1190, "saved": True, "complete": True,
    }  # fmt: skip
    assert filed["totals"]["total"] == 30270
    assert at.ask("/contribution_drafts") == []
    assert at.ask("/filings") == {"commits": 0, "filings": []}
    assert months(person.look()) == ["11/2026"]


@pytest.mark.parametrize(("address", "number"), [(SOCSO, "acr"), (EIS, "ecr")])
def test_each_act_alone_has_its_own_number_only(at: Mock, address: str, number: str) -> None:
    """And its own columns."""
    person = Contributor(at, address)
    result = person.file(aktif="3000")
    (filed,) = at.ask("/contributions")
    other = "ecr" if number == "acr" else "acr"
    assert (bool(filed[number]), filed[other]) == (True, "")
    assert f"{other}Number" not in result.ids
    assert result.ids["grandTotal"] == ("88.55" if number == "acr" else "11.80")


def test_a_draft_goes_on_where_it_was_and_can_be_thrown_away(at: Mock) -> None:
    """From the list or from its month; one draft for a month and type; the bin, the tick-boxes."""
    person = Contributor(at)
    for month in ("10/2026", "11/2026"):
        person.open_month(month)
        person.wages(AKTIF, "3000")
        person.save_draft()
    first = person.look().rows(DRAFTS)
    assert [row[1:5] for row in first] == [
        ["10/2026", "Monthly", "1", "22/11/2026"],
        ["11/2026", "Monthly", "1", "22/11/2026"],
    ]
    at.ask("/date", {"today": "2026-11-23"})
    person.open_month("10/2026")
    assert person.line(AKTIF)[2:8] == list(THREE_THOUSAND)
    person.wages(LAMA, "1000")
    person.save_draft()
    assert person.screen.ids["receivedDate"] == "22/11/2026"
    drafts = at.ask("/contribution_drafts")
    assert [d["totals"]["employees"] for d in drafts] == [2, 1]
    person.do("edit", contributionId=drafts[1]["id"])
    assert person.screen.ids["contributionMonth"] == "11/2026"
    person.do("drafts_remove", employerCode=EMPLOYER)
    assert person.screen.strips["error"] == "Please select at least one draft."
    person.do("drafts_remove", employerCode=EMPLOYER, draftId=drafts[0]["id"])
    assert [row[1] for row in person.screen.rows(DRAFTS)] == ["11/2026"]
    person.do("draft_remove", contributionId=drafts[1]["id"])
    assert at.ask("/contribution_drafts") == []


def test_what_was_not_saved_is_forgotten(at: Mock) -> None:
    """Opened again, the month is empty; in the list of drafts it never was."""
    person = Contributor(at)
    person.open_month()
    person.wages(AKTIF, "3000")
    assert person.look().rows(DRAFTS) == []
    person.open_month()
    assert person.line(AKTIF)[2:] == ["0.00"] * 6 + ["Incomplete"]


def test_a_draft_follows_the_books(at: Mock) -> None:
    """Who came since is asked for, a name is the one of today; wages stay; who left is gone."""
    person = Contributor(at)
    person.open_month()
    person.wages(AKTIF, "3000")
    person.save_draft()
    at.ask("/worker", {"employer": EMPLOYER, "nric": "880412005123", "start": "01/10/2026"})
    at.ask("/worker", {"employer": EMPLOYER, "nric": AKTIF, "start": "01/02/2021",
                       "name": "AKTIF BARU", "birth": "11/02/1995", "gender": "F"})  # fmt: skip
    person.open_month()
    assert person.line(AKTIF)[1] == "AKTIF BARU"
    assert person.line("880412005123")[2:] == ["0.00"] * 6 + ["Incomplete"]
    assert person.line(AKTIF)[2:8] == list(THREE_THOUSAND)
    leave(at, LAMA, "30/09/2026")
    person.log_in()
    person.open_month()
    assert LAMA not in {row[1] for row in person.screen.rows("Employee(s) Listing")}


def leave(mock: Mock, nric: str, day: str) -> None:
    """The worker leaves on that day: QRG 3, Khusus."""
    line = Line(mock)
    line.log_in()
    listing = line.act(RESIGN, "end_employment/open", {"employerCode": EMPLOYER})
    case = case_of(listing)
    (worker,) = [w["id"] for w in mock.ask(f"/workers?employer={EMPLOYER}") if w["nric"] == nric]
    chosen = {"caseId": case, "dto.employeeSelection": "S", "dto.employementResignDate": day}
    line.act(RESIGN, "end_employment/employee_add", {"caseId": case, "workerId": str(worker)})
    line.act(RESIGN, "end_employment/dates_update", chosen)
    line.act(RESIGN, "end_employment/list_save", chosen)
    line.act(RESIGN, "end_employment/commit", {"caseId": case})


def test_older_months_are_arrears(at: Mock) -> None:
    """24 months back to two before the clock; the type is on draft, result and record."""
    person = Contributor(at)
    query = f"mvcPath=/html/contribution/other_month.jsp&_{PORTLET}_type=Arrears"
    person.look(f"{COMBINED}?{query}")
    assert (offered(person)[0], offered(person)[-1]) == ("09/2026", "11/2024")
    person.file("09/2026", "Arrears", aktif="3000")
    assert person.screen.ids["contributionType"] == "Arrears"
    assert person.records()[0][:3] == ["ACR112260000001", "09/2026", "Arrears"]
    for month in ("09/2026", "10/2026", "10/2024"):
        refused(person, month, "Arrears")


def test_short_files_only_the_difference(at: Mock) -> None:
    """Wages are raised, never lowered; who was not filed may be added; a second Short adds up."""
    person = Contributor(at)
    person.file(aktif="3000")
    person.open_month("10/2026", "Short")
    assert person.line(AKTIF)[2:] == ["3,000.00", *["0.00"] * 5, "Incomplete"]
    assert person.line(LAMA)[2] == "0.00"
    answer = person.wages(AKTIF, "2999.99")
    assert [e["errorMsg"] for e in answer["jsonFieldError"]] == [LOWER]
    person.wages(AKTIF, "3000")
    person.save_draft()
    assert person.refusal() == NOTHING
    person.wages(AKTIF, "3100")
    person.wages(LAMA, "1000")
    assert person.line(AKTIF)[2:8] == ["3,100.00", "1.70", "0.50", "0.70", "0.20", "0.20"]
    assert person.screen.rows("Total Contribution")[0][1:4] == ["1,100.00", "18.35", "5.25"]
    result = person.submit()
    assert result.ids["contributionType"] == "Short"
    filed = at.ask("/contributions")[1]
    assert [(d["nric"], d["wages"], d["socso_employer"]) for d in filed["lines"]] == [
        (AKTIF, 10000, 170), (LAMA, 100000, 1665),
    ]  # fmt: skip
    person.open_month("10/2026", "Short")
    assert (person.line(AKTIF)[2], person.line(LAMA)[2]) == ("3,100.00", "1,000.00")
    person.wages(AKTIF, "3200")
    person.wages(LAMA, "1000")
    person.save_draft()
    person.submit()
    (line,) = at.ask("/contributions")[2]["lines"]
    assert (line["nric"], line["wages"]) == (AKTIF, 10000)


def test_short_is_offered_only_for_what_was_submitted(at: Mock) -> None:
    """The combined screen needs both acts."""
    person = Contributor(at, SOCSO)
    person.file(aktif="3000")
    refused(person, "11/2026", "Short")
    person.open_month("10/2026", "Short")
    person.address = COMBINED
    refused(person, "10/2026", "Short")
    person.address = EIS
    person.file(aktif="3000")
    person.address = COMBINED
    person.open_month("10/2026", "Short")
    assert person.line(AKTIF)[2] == "3,000.00"


def test_one_draft_is_submitted_once(at: Mock) -> None:
    """A second CONFIRM is refused, whoever presses it; so is the month from another draft."""
    person = Contributor(at, SOCSO)
    person.open_month()
    for nric in (AKTIF, LAMA):
        person.wages(nric, "1000")
    person.complete()
    other = Contributor(at, COMBINED)
    other.open_month()
    for nric in (AKTIF, LAMA):
        other.wages(nric, "1000")
    other.save_draft()
    person.log_in()
    person.submit()
    assert person.refusal() == AGAIN
    other.log_in()
    assert other.refusal() == ALREADY
    assert [(c["act"], c["again"]) for c in at.ask("/contributions")] == [("socso", False)]


def test_the_same_request_sent_twice_files_twice_and_says_so(at: Mock) -> None:
    """As a browser does whose connection died; Short does not count it as paid twice."""
    person = Contributor(at)
    person.open_month()
    for nric in (AKTIF, LAMA):
        person.wages(nric, "3000")
    person.save_draft()
    token = person.token
    assert person.submit().ids["acrNumber"] == "ACR112260000001"
    person.token = token
    assert person.submit().ids["acrNumber"] == "ACR112260000002"
    first, again = at.ask("/contributions")
    assert (first["again"], again["again"]) == (False, True)
    assert [line["wages"] for line in again["lines"]] == [300000, 300000]
    person.open_month("10/2026", "Short")
    assert person.line(AKTIF)[2] == "3,000.00"


def test_another_portal_id_sees_nothing_of_it(at: Mock) -> None:
    """Neither draft nor record, not even with its address."""
    person = Contributor(at)
    person.file(aktif="3000")
    person.open_month("11/2026")
    person.save_draft()
    page = person.month_page
    at.ask("/account", {"email": "second@contoh.example", "password": "Rekaan#2026"})
    person.facts = person.facts | {"email": "second@contoh.example", "password": "Rekaan#2026"}
    person.log_in()
    for path in (page, "/documents/contribution/ACR112260000001.pdf"):
        with pytest.raises(AssertionError, match="Page Not Found"):
            person.look(path)
    assert person.look().ids["employerCode"] == "E9900002001F"


def test_ten_thousand_workers_come_at_once(at: Mock) -> None:
    """The control port takes them all or none."""
    crowd = [
        {"employer": OTHER_EMPLOYER, "nric": f"9001011{n:05}", "start": "01/01/2020",
         "name": "ORANG RAMAI", "birth": "01/01/1990", "gender": "M"}
        for n in range(10_000)
    ]  # fmt: skip
    bad = [*crowd, crowd[0] | {"start": "soon"}]
    assert at.ask("/worker", {"workers": bad})["status"] == 400
    assert len(at.ask(f"/workers?employer={OTHER_EMPLOYER}")) == 1
    assert at.ask("/worker", {"workers": crowd}) == {"ok": True}
    assert len(at.ask(f"/workers?employer={OTHER_EMPLOYER}")) == 10_001


@pytest.mark.parametrize(
    ("field", "part", "place"),
    [("grandTotal", 0, "box"), ("total skbbk", 0, "totals"), ("wages", 1, "line")],
)
def test_the_month_page_may_show_another_value(at: Mock, field: str, part: int, place: str) -> None:
    """One armed value, once; what is stored stays right."""
    person = Contributor(at)
    person.open_month()
    person.wages(LAMA, "3000")
    at.arm("review shows another value", field=field, value="9.99", part=part)
    shown = person.look(person.month_page)
    seen = {
        "box": shown.ids["grandTotal"],
        "totals": shown.rows("Total Contribution")[0][4],
        "line": person.line(LAMA)[2],
    }
    assert [name for name, value in seen.items() if value == "9.99"] == [place]
    person.look(person.month_page)
    assert (person.line(LAMA)[2], person.screen.ids["grandTotal"]) == ("3,000.00", "100.35")
