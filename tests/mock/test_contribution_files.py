"""Somebody files a month by text file (facts 8.4, text files sections 2 to 4)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.mock.contributing import (
    AKTIF,
    COMBINED,
    EIS,
    EMPLOYER,
    LAMA,
    OTHER_EMPLOYER,
    SOCSO,
    THREE_THOUSAND,
    TODAY,
    Contributor,
    old_record,
    record,
)

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

REJECTED, ERRORS = "Text file is rejected.", "Upload Error(s)"
GOOD = "\r\n".join((record(AKTIF), record(LAMA)))
LENGTH, EMPLOYER_CODE = "Invalid record length.", "Invalid employer code."
MONTH, FUTURE = "Invalid contribution month.", "Contribution month cannot be in the future."
SUBMITTED = "Contribution month is already submitted."
NOBODY, NAME = "Employee is not registered under this employer.", "Employee name does not match."
TWICE, AMOUNT, CHARACTER = (
    "Duplicate identification number.",
    "Invalid amount.",
    "Invalid character.",
)
WRONG = "Incorrect {} contribution amount."
OLD = "File format is no longer accepted."


@pytest.fixture
def person(mock: Mock) -> Contributor:
    """Somebody at the combined screen on 22 November 2026."""
    mock.ask("/date", {"today": TODAY})
    return Contributor(mock)


def put(text: str, first: int, new: str) -> str:
    """The line with other characters from a column on, which counts from 1."""
    return text[: first - 1] + new + text[first - 1 + len(new) :]


def test_a_good_file_is_the_draft_of_its_month(person: Contributor) -> None:
    """Counted, kept, shown line by line; who is not in it has 0.00, complete; then SUBMIT."""
    shown = person.upload(record(AKTIF))
    assert shown.strips == {"success": "Your request completed successfully."}
    assert (shown.ids["recordCount"], shown.ids["contributionMonth"]) == ("1", "10/2026")
    assert "nextBtnId" in shown.ids
    (draft,) = person.mock.ask("/contribution_drafts")
    person.do("edit", contributionId=draft["id"])
    assert person.line(AKTIF)[2:] == [*THREE_THOUSAND, "Complete"]
    assert person.line(LAMA)[2:] == ["0.00"] * 6 + ["Complete"]
    assert person.screen.ids["receivedDate"] == "22/11/2026"
    person.open_month()
    assert person.refusal() == ""
    assert person.submit().ids["acrNumber"] == "ACR112260000001"


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.parametrize("between", ["\n", "\r\n"])
@pytest.mark.parametrize("padding", ["zeros", "blanks"])
def test_line_ends_and_padding_are_free(
    person: Contributor, end: str, between: str, padding: str
) -> None:
    """CRLF or LF, with or without one after the last line; zeros or blanks."""
    blanks = padding == "blanks"
    lines = [record(AKTIF, blanks=blanks), record(LAMA, wages=0, amounts=(0,) * 5, blanks=blanks)]
    assert person.upload(between.join(lines) + end).ids["recordCount"] == "2"


# What is changed in the second of two good lines, and the fault: columns and message.
FAULTS = {
    "too short": (record(LAMA)[:-1], "1-278", LENGTH),
    "too long": (record(LAMA) + " ", "1-278", LENGTH),
    "blank line": ("", "1-278", LENGTH),
    "another employer": (put(record(LAMA), 1, OTHER_EMPLOYER), "1-12", EMPLOYER_CODE),
    "nobody": (put(record(LAMA), 33, "880412005123"), "33-44", NOBODY),
    "twice": (record(AKTIF), "33-44", TWICE),
    "another name": (put(record(LAMA), 45, "LAMA BIN REKAYA"), "45-194", NAME),
    "another month": (record(LAMA, month="092026"), "195-200", MONTH),
    "no month": (record(LAMA, month="132026"), "195-200", MONTH),
    "no wages": (put(record(LAMA), 201, "          300 "), "201-214", AMOUNT),
    "wages with a point": (put(record(LAMA), 201, "       3000.00"), "201-214", AMOUNT),
    "blank amount": (put(record(LAMA), 239, "      "), "239-244", AMOUNT),
    "SOCSO employer": (put(record(LAMA), 215, "005166"), "215-220", WRONG.format("SOCSO")),
    "SOCSO employee": (put(record(LAMA), 221, "001476"), "221-226", WRONG.format("SOCSO")),
    "EIS employer": (put(record(LAMA), 227, "000591"), "227-232", WRONG.format("EIS")),
    "EIS employee": (put(record(LAMA), 233, "000000"), "233-238", WRONG.format("EIS")),
    "SKBBK": (put(record(LAMA), 239, "000000"), "239-244", WRONG.format("SKBBK")),
    "a tab": (put(record(LAMA), 60, "\t"), "60-60", CHARACTER),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_said_with_its_line_and_columns(person: Contributor, fault: str) -> None:
    """And nothing is kept of the file, good lines neither."""
    line, position, message = FAULTS[fault]
    shown = person.upload("\r\n".join((record(AKTIF), line, "")))
    assert shown.strips == {"error": REJECTED}
    assert shown.rows(ERRORS) == [["2", position, message]]
    assert person.mock.ask("/contribution_drafts") == []


@pytest.mark.parametrize(("month", "message"), [("122026", FUTURE), ("102024", MONTH), ("", MONTH)])
def test_the_month_of_the_file_is_checked(person: Contributor, month: str, message: str) -> None:
    """Not in the future, not older than arrears, and a month at all."""
    line = record(AKTIF, month=month or "      ", wages=0, amounts=(0,) * 5)
    assert person.upload(line).rows(ERRORS) == [["1", "195-200", message]]


def test_a_month_that_is_filed_is_not_taken_again(person: Contributor) -> None:
    """On its own screen and on those that overlap."""
    person.address = SOCSO
    person.file(aktif="3000")
    for person.address in (SOCSO, COMBINED):
        assert person.upload(record(AKTIF)).rows(ERRORS) == [["1", "195-200", SUBMITTED]]
    person.address = EIS
    assert person.upload(record(AKTIF), "10/2026").ids["recordCount"] == "1"


def test_all_faults_of_a_file_are_listed_together(person: Contributor) -> None:
    """In the file's order; a character that is none comes beside the length it spoils."""
    lines = (record(AKTIF, name="AKTIF BINTI CONTOHÉ"), put(record(LAMA), 1, "X"), "x" * 300)
    assert person.upload("\n".join(lines)).rows(ERRORS) == [
        ["1", "63-63", CHARACTER],
        ["1", "1-278", LENGTH],
        ["2", "1-12", EMPLOYER_CODE],
        ["3", "1-278", LENGTH],
    ]


def test_a_second_file_replaces_the_first(person: Contributor) -> None:
    """Also what was entered by row; nothing of either is left."""
    person.open_month()
    person.wages(LAMA, "1000")
    person.save_draft()
    person.upload(GOOD)
    person.upload(record(LAMA, wages=100000, amounts=(1665, 475, 190, 190, 715)))
    (draft,) = person.mock.ask("/contribution_drafts")
    assert {line["nric"]: line["wages"] for line in draft["lines"]} == {AKTIF: 0, LAMA: 100000}
    assert (draft["received"], draft["totals"]["total"]) == ("22/11/2026", 3235)


def test_a_refused_file_leaves_the_draft_as_it_was(person: Contributor) -> None:
    """All or nothing."""
    person.upload(GOOD)
    before = person.mock.ask("/contribution_drafts")
    person.upload(f"{GOOD}\n{record(AKTIF)}")
    assert person.mock.ask("/contribution_drafts") == before


def test_a_file_for_an_older_month_is_arrears(person: Contributor) -> None:
    """As long as the month is not submitted."""
    person.upload(record(AKTIF, month="082026"))
    (draft,) = person.mock.ask("/contribution_drafts")
    assert (draft["month"], draft["type"]) == ("08/2026", "Arrears")


def test_each_act_takes_its_own_columns_of_the_combined_layout(person: Contributor) -> None:
    """SOCSO alone: wages, SOCSO, SKBBK; EIS alone: wages, EIS. The others are not looked at."""
    person.address = SOCSO
    person.upload(put(record(AKTIF), 227, "99999999xxxx"))
    person.address = EIS
    assert person.upload(record(AKTIF)).strips["error"] == "This field cannot be blank."
    assert person.upload(record(AKTIF), "11/2026").rows(ERRORS) == [["1", "195-200", MONTH]]
    shown = person.upload(put(record(AKTIF), 215, "x" * 12), "10/2026")
    assert "backBtnId" in shown.ids
    assert "nextBtnId" not in shown.ids
    drafts = {d["act"]: d["totals"] for d in person.mock.ask("/contribution_drafts")}
    assert (drafts["socso"]["total"], drafts["eis"]["total"]) == (8855, 1180)
    assert (drafts["socso"]["eis_employer"], drafts["eis"]["skbbk"]) == (0, 0)


@pytest.mark.parametrize("today", ["2026-09-30", "2026-10-01"])
def test_the_layouts_of_223_characters_end_with_september_2026(mock: Mock, today: str) -> None:
    """SOCSO's has the wages, the EIS's what both sides pay; the combined screen never took them."""
    mock.ask("/date", {"today": today})
    taken = today == "2026-09-30"
    person = Contributor(mock, SOCSO)
    files = {
        SOCSO: old_record(AKTIF, 300000, tail="05092026B"),
        EIS: old_record(AKTIF, 1180),
        COMBINED: old_record(AKTIF, 300000),
    }
    old = {"1-223", OLD} if not taken else {"1-278", LENGTH}
    for person.address in (SOCSO, EIS, COMBINED):
        shown = person.upload(files[person.address], "09/2026" if person.address == EIS else "")
        if taken and person.address != COMBINED:
            assert shown.ids["recordCount"] == "1"
        else:
            assert [set(row[1:]) for row in shown.rows(ERRORS)] == [old]
    drafts = {d["act"]: d for d in mock.ask("/contribution_drafts")}
    assert {act: d["totals"]["total"] for act, d in drafts.items()} == (
        {"socso": 8855, "eis": 1180} if taken else {}
    )


@pytest.mark.parametrize("amount", [1181, 1182, 1190 * 2 + 20])
def test_the_old_eis_layout_takes_only_what_a_row_of_the_schedule_has(
    mock: Mock, amount: int
) -> None:
    """Twice a row's amount; the page then shows no wages, and counts who has an amount."""
    mock.ask("/date", {"today": "2026-09-15"})
    person = Contributor(mock, EIS)
    shown = person.upload(old_record(AKTIF, amount), "09/2026")
    assert shown.rows(ERRORS) == [["1", "201-214", WRONG.format("EIS")]]
    person.upload(old_record(AKTIF, 2380), "09/2026")
    person.open_month("09/2026")
    assert person.line(AKTIF)[2:] == ["0.00", "11.90", "11.90", "Complete"]
    assert (person.screen.ids["totalEmployees"], person.screen.ids["grandTotal"]) == ("1", "23.80")


def test_a_foreign_worker_goes_by_his_social_security_number(person: Contributor) -> None:
    """In the file, on the month page and in the review."""
    who = {"nric": "X0000001", "ssfw": "SSFW00000001", "kind": "foreign", "name": "SAMPLE WORKER",
           "birth": "05/05/1990", "gender": "M", "start": "01/01/2025"}  # fmt: skip
    person.mock.ask("/worker", who | {"employer": EMPLOYER})
    line = record(who["ssfw"], who["name"], wages=175000, amounts=(3065, 875, 0, 0, 1315))
    person.upload(line)
    person.open_month()
    assert person.line(who["ssfw"])[2:5] == ["1,750.00", "30.65", "8.75"]
    person.submit()
    assert person.review("acr", "record", recordNumber="ACR112260000001").rows(
        "Employee(s) Listing"
    ) == [["1", who["ssfw"], who["name"], "1,750.00", "30.65", "8.75", "13.15", "52.55"]]


@pytest.mark.parametrize("content", [b"", b"\r\n", b"\xef\xbb\xbf" + record().encode()])
def test_an_empty_file_and_a_byte_order_mark_are_refused(
    person: Contributor, content: bytes
) -> None:
    """As records of a wrong length."""
    assert [row[2] for row in person.upload(content).rows(ERRORS)][-1] == LENGTH


def test_a_thousand_faults_are_shown_and_the_rest_counted(person: Contributor) -> None:
    """The strip says how many there are."""
    shown = person.upload("x\n" * 1234)
    assert shown.strips["error"] == "Text file is rejected. There are 1,234 errors."
    assert len(shown.rows(ERRORS)) == 1000


def test_ten_thousand_lines_are_checked_and_shown_quickly(mock: Mock) -> None:
    """Upload within 5 seconds, list and month page within 1."""
    mock.ask("/date", {"today": TODAY})
    crowd = [
        {"employer": OTHER_EMPLOYER, "nric": f"9001011{n:05}", "start": "01/01/2020",
         "name": "ORANG RAMAI", "birth": "01/01/1990", "gender": "M"}
        for n in range(10_000)
    ]  # fmt: skip
    mock.ask("/worker", {"workers": crowd})
    file = "\r\n".join(record(w["nric"], w["name"], employer=OTHER_EMPLOYER) for w in crowd)
    person = Contributor(mock)
    started = time.monotonic()
    shown = person.upload(file, employer=OTHER_EMPLOYER)
    took = {"upload": time.monotonic() - started}
    assert shown.ids["recordCount"] == "10000"
    for name, seen in (("list", person.look), ("month", lambda: None)):
        started = time.monotonic()
        if name == "month":
            person.open_month(employer=OTHER_EMPLOYER)
        else:
            seen()
        took[name] = time.monotonic() - started
    assert len(person.screen.rows("Employee(s) Listing")) == 100
    assert person.screen.ids["totalRecords"] == "10001"
    assert person.screen.ids["grandTotal"] == "1,003,500.00"
    assert took["upload"] < 5, took
    assert max(took["list"], took["month"]) < 1, took
