"""What was filed, and whether it is paid (facts 8.5, 8.6, 9)."""

from __future__ import annotations

import http.client
import io
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from tests.mock.contributing import (
    AKTIF,
    COMBINED,
    EIS,
    EMPLOYER,
    LAMA,
    OTHER_EMPLOYER,
    SOCSO,
    TODAY,
    Contributor,
)

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

ACR, ECR = "ACR112260000001", "ECR112260000001"


@pytest.fixture
def person(mock: Mock) -> Contributor:
    """Somebody who holds two employers, on 22 November 2026."""
    mock.ask("/date", {"today": TODAY})
    return Contributor(mock)


def file(mock: Mock, month: str = "10/2026", **other: Any) -> dict[str, Any]:
    """By another hand: two workers, RM3,000.00 and RM7,250.50."""
    wages = [{"nric": AKTIF, "wages": 300000}, {"nric": LAMA, "wages": 725050}]
    wanted = {"employer": EMPLOYER, "month": month, "act": "combined", "lines": wages}
    answer: dict[str, Any] = mock.ask("/contribution", wanted | other)
    return answer


def pdf(person: Contributor, number: str) -> str:
    """The words of a slip."""
    connection = http.client.HTTPConnection(urlsplit(person.mock.address).netloc)
    path = f"/documents/contribution/{number}.pdf"
    connection.request("GET", path, headers={"Cookie": f"JSESSIONID={person.cookie}"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{number}.pdf"'
    return PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_what_another_hand_filed_stands_in_both_reviews(person: Contributor) -> None:
    """Each with its own number and amount; the month is not pending any more."""
    assert file(person.mock) == {"ok": True, "acr": ACR, "ecr": ECR}
    assert person.records("acr") == [
        [ACR, "10/2026", "Monthly", "2", "267.10", "0.00", "Unpaid", "22/11/2026"]
    ]
    assert person.records("ecr") == [
        [ECR, "10/2026", "Monthly", "2", "35.60", "0.00", "Unpaid", "22/11/2026"]
    ]
    assert person.records("acr", OTHER_EMPLOYER) == []
    assert [row[1] for row in person.look().rows("Employer Contribution Pending List")] == [
        "11/2026"
    ]


def test_the_control_port_says_what_it_cannot_file_or_pay(person: Contributor) -> None:
    """A stranger, an unknown act, an unknown number, too much money."""
    mock = person.mock
    stranger = [{"nric": "880412005123", "wages": 100000}]
    assert file(mock, lines=stranger)["error"].startswith("880412005123 did not work there")
    assert file(mock, act="both")["status"] == 400
    assert file(mock, lines=[{"nric": AKTIF}])["status"] == 400
    assert mock.ask("/contributions") == []
    file(mock)
    wrong = ({"number": "ACR1"}, {"number": ACR, "amount": 26711},
             {"number": ACR, "amount": "all"}, {"number": ACR, "date": "2026-11-22"})  # fmt: skip
    for payment in wrong:
        assert mock.ask("/payment", payment)["status"] == 400
    assert person.records()[0][5] == "0.00"


def test_the_record_shows_each_worker_of_its_act(person: Contributor) -> None:
    """ACR with SKBBK, ECR without, and only those of whom something is due."""
    mock = person.mock
    mock.ask("/worker", {"employer": EMPLOYER, "nric": "661031180001", "start": "01/01/2020",
                         "name": "SESEORANG", "birth": "31/10/1966", "gender": "M"})  # fmt: skip
    lines = [{"nric": "661031180001", "wages": 300000}, {"nric": AKTIF, "wages": 300000}]
    file(mock, lines=lines)
    shown = person.review("acr", "record", recordNumber=ACR)
    assert shown.rows("Employee(s) Listing") == [
        ["1", AKTIF, "AKTIF BINTI CONTOH", "3,000.00", "51.65", "14.75", "22.15", "88.55"],
        ["2", "661031180001", "SESEORANG", "3,000.00", "36.90", "0.00", "22.15", "59.05"],
    ]
    assert (shown.ids["totalRecords"], shown.ids["amount"]) == ("2", "147.60")
    shown = person.review("ecr", "record", recordNumber=ECR)
    assert shown.rows("Employee(s) Listing") == [
        ["1", AKTIF, "AKTIF BINTI CONTOH", "3,000.00", "5.90", "5.90", "11.80"]
    ]
    assert person.records("ecr")[0][3] == "1"


def test_payments_make_it_partially_paid_and_paid(person: Contributor) -> None:
    """With receipt numbers of each act, and the day of each payment."""
    mock = person.mock
    file(mock)
    assert mock.ask("/payment", {"number": ACR, "amount": 10000}) == {
        "ok": True, "receipt": "20260000000001",
    }  # fmt: skip
    assert person.records()[0][4:7] == ["267.10", "100.00", "Partially Paid"]
    mock.ask("/payment", {"number": ACR, "date": "10/12/2026"})
    assert mock.ask("/payment", {"number": ECR})["receipt"] == "2026E0000000001"
    shown = person.review("acr", "record", recordNumber=ACR).ids
    assert {key: shown[key] for key in (
        "recordNumber", "employerCode", "contributionMonth", "contributionType", "receivedDate",
        "paymentStatus", "amount", "paidAmount", "receiptNumber", "paymentDate",
    )} == {
        "recordNumber": ACR, "employerCode": EMPLOYER, "contributionMonth": "10/2026",
        "contributionType": "Monthly", "receivedDate": "22/11/2026", "paymentStatus": "Paid",
        "amount": "267.10", "paidAmount": "267.10",
        "receiptNumber": "20260000000001, 20260000000002", "paymentDate": "22/11/2026, 10/12/2026",
    }  # fmt: skip
    assert mock.ask("/contributions")[0]["paid"] == {"acr": 26710, "ecr": 3560}


@pytest.mark.parametrize(
    ("month", "today", "paid", "interest"),
    [
        ("10/2026", "2026-11-15", "", ""),
        ("10/2026", "2026-11-16", "", "5.00"),
        ("10/2026", "2026-12-24", "15/11/2026", ""),
        ("10/2026", "2026-12-24", "16/11/2026", "5.00"),
        # RM200.30, 151 days: RM4.97; 152 days: RM5.01
        ("10/2025", "2026-11-22", "15/04/2026", "5.00"),
        ("10/2025", "2026-11-22", "16/04/2026", "10.00"),
        ("10/2025", "2026-11-22", "", "15.00"),
    ],
)
def test_late_interest_is_six_per_cent_in_steps_of_five_ringgit(
    person: Contributor, month: str, today: str, paid: str, interest: str
) -> None:
    """From the day after the 15th of the next month; empty without delay."""
    mock = person.mock
    kind = "Monthly" if month == "10/2026" else "Arrears"
    file(mock, month, type=kind)
    mock.ask("/date", {"today": today})
    if paid:
        mock.ask("/payment", {"number": ACR, "date": paid})
    assert person.review("acr", "record", recordNumber=ACR).ids["fclb"] == interest


def test_the_list_has_pages_of_twenty_five_newest_first_and_finds_a_month(
    person: Contributor,
) -> None:
    """MM/YYYY; what is no month is said to be none."""
    mock = person.mock
    file(mock, "09/2026", type="Arrears")
    file(mock)
    for n in range(24):
        mock.ask("/contribution", {
            "employer": EMPLOYER, "month": "10/2026", "act": "combined", "type": "Short",
            "lines": [{"nric": AKTIF, "wages": 310000 + n * 10000}],
        })  # fmt: skip
    numbers = [row[0] for row in person.records()]
    assert numbers == [f"ACR11226{n:07}" for n in range(26, 1, -1)]
    assert person.screen.ids["totalRecords"] == "26"
    person.review("acr", "list", employerCode=EMPLOYER, cur="2")
    assert [row[:2] for row in person.screen.rows("Contribution Payment Information")] == [
        ["26", ACR]
    ]
    assert [row[0] for row in person.records(month="09/2026")] == [ACR]
    person.records(month="2026-09")
    assert person.screen.strips["error"] == "Invalid contribution month."


def test_the_slips_say_what_was_filed(person: Contributor) -> None:
    """PDF, by its number; also while the record is listed late."""
    mock = person.mock
    mock.arm("listed late", seconds=3600)
    person.file(aktif="3000", lama="7250.50")
    text = pdf(person, ACR)
    for words in (ACR, EMPLOYER, "CONTOH MAJU SDN. BHD.", "10/2026", "Monthly",
                  "Number of Employee(s): 2", "SOCSO Employer (RM): 155.80", "SKBBK (RM): 66.80",
                  "Total (RM): 267.10", "Received Date: 22/11/2026"):  # fmt: skip
        assert words in text
    assert "EIS Employee (RM): 17.80" in pdf(person, ECR)


@pytest.mark.parametrize("address", [COMBINED, SOCSO])
def test_a_late_record_is_nowhere_until_it_comes(person: Contributor, address: str) -> None:
    """Neither in the review nor gone from the pending list; control can make it come."""
    mock = person.mock
    mock.arm("listed late", seconds=3600)
    person.address = address
    person.file(aktif="3000")
    assert person.records() == []
    with pytest.raises(AssertionError, match="Page Not Found"):
        person.review("acr", "record", recordNumber=ACR)
    pending = "Employer Contribution Pending List"
    assert [row[1] for row in person.look().rows(pending)] == ["10/2026", "11/2026"]
    assert len(mock.ask("/contributions")) == 1
    mock.ask("/show", {})
    assert person.records()[0][0] == ACR
    assert [row[1] for row in person.look().rows(pending)] == ["11/2026"]


@pytest.mark.parametrize(
    ("fault", "ours", "theirs", "name"),
    [
        ("listed never", 0, 0, ""),
        ("listed twice", 2, 0, "AKTIF"),
        ("listed under another name", 1, 0, "NAMA LAIN"),
        ("listed under another employer", 0, 1, "AKTIF"),
    ],
)
def test_a_record_may_be_listed_otherwise_than_it_was_filed(
    person: Contributor, fault: str, ours: int, theirs: int, name: str
) -> None:
    """In the review of both employers; the control port keeps the truth."""
    mock = person.mock
    mock.arm(fault)
    person.file(aktif="3000")
    mock.ask("/show", {})
    assert [row[0] for row in person.records()] == [ACR] * ours
    assert [row[0] for row in person.records(employer=OTHER_EMPLOYER)] == [ACR] * theirs
    if ours or theirs:
        page = person.review("acr", "record", recordNumber=ACR)
        assert name in str(page.rows("Employee(s) Listing"))
    (one,) = mock.ask("/contributions")
    assert (one["employer"], len(one["lines"])) == (EMPLOYER, 2)


def test_the_old_eis_layout_is_counted_by_amounts(person: Contributor) -> None:
    """ECR alone: its columns have no SOCSO."""
    person.address = EIS
    person.file(aktif="3000")
    assert person.records("acr") == []
    assert person.records("ecr")[0][:5] == [ECR, "10/2026", "Monthly", "1", "11.80"]
