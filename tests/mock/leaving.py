"""A person who ends employment, at the screens of QRG 3; words typed here once more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.mock.hand import Hand, words

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.mock.conftest import Mock

EMPLOYER, OTHER_EMPLOYER = "E9900001234V", "B9900005678W"
AKTIF, LAMA = "950211705780", "870818735893"  # at work since 01/02/2021 and 15/06/2019
TODAY = "2026-11-22"
RESIGN = "/web/registration/update/update-add-employee-resigned-date"
FORM_1A = "/web/registration/update/form-1a-cessation-as-employer-discontinue-business-"
FORM_3 = "/web/registration/eis-update/form-3-eis-cessation-as-employer"
SEARCH = "_searchforemployee_WAR_registrationportlet_"
BLANK = "This field cannot be blank."
NOTHING = "Please make any change before process to next page."
NOT_VALID = "Date is not valid for some employee"
NOT_FOUND = "Record Not Found."
FOUND, LEAVING = "#employeeList", "#resignedEmployeeList"


class Leaving(Hand):
    """A person at one window."""

    def open(self, address: str = RESIGN, employer: str = EMPLOYER) -> None:
        """An employer on one of the three screens, without the way there."""
        if not self.line.cookie:
            self.arrive()
        self.tab.goto(self.mock.address + address)
        self.tab.get_by_role("row", name=employer).locator("#editBtn").click()
        expect(self.tab.locator("#employerCode")).to_have_text(employer)

    def choose_kind(self, bm: str, en: str) -> None:
        """Semua / All or Khusus / Specific."""
        self.tab.get_by_role("radio", name=words(bm, en)).check()

    def specific(self) -> None:
        """Khusus / Specific."""
        self.choose_kind("Khusus", "Specific")

    def everybody(self) -> None:
        """Semua / All."""
        self.choose_kind("Semua", "All")

    def search(self, text: str = "") -> None:
        """The lens beside the search text; its answer is there when it returns."""
        self.tab.locator(f'[name="{SEARCH}obj.searchEmployeeData"]').fill(text)
        with self.tab.expect_response(lambda r: "searched=1" in r.url):
            self.tab.locator(f'[id="{SEARCH}searchBtn"]').click()
        expect(self.tab.locator(".blockUI")).to_have_count(0)

    def move(self, number: str) -> None:
        """The Action icon of a found worker."""
        row = self.tab.locator(FOUND).get_by_role("row", name=number)
        row.get_by_role("link", name=words("Tindakan", "Action")).click()
        expect(self.tab.locator(LEAVING).get_by_role("row", name=number)).to_be_visible()

    def date(self, text: str) -> None:
        """The date above the lists."""
        self.field("employementResignDate").fill(text)

    def update(self, text: str = "") -> None:
        """The date, if one is given, and KEMAS KINI / UPDATE."""
        if text:
            self.date(text)
        self.tab.locator("#updateResignDateBtn").click()

    def save(self) -> None:
        """SAVE & CONTINUE."""
        self.tab.locator("#newegfSubmit").click()

    def refused(self, sentence: str) -> None:
        """The red strip says that, and no green one stands beside it."""
        expect(self.tab.locator("main .alert-error")).to_have_text(sentence)
        expect(self.tab.locator("#successMsg")).to_have_count(0)

    def done(self) -> None:
        """The green strip, and no red one."""
        expect(self.tab.locator("#successMsg")).to_be_visible()
        expect(self.tab.locator("main .alert-error")).to_have_count(0)

    def go_to_preview(self) -> None:
        """From the documents page."""
        self.tab.locator('[id$="_saveNContinueFormBtnId"]').click()
        expect(self.tab.locator("#btnSubmitId")).to_be_visible()

    def rows(self, table: str) -> list[list[str]]:
        """A table's rows without No. and Action, as they read."""
        read = "rows => rows.map(r => [...r.cells].map(c => c.innerText.trim()))"
        found: list[list[str]] = self.tab.locator(f"{table} tbody tr").evaluate_all(read)
        return [row[1:] for row in found if len(row) > 1]

    def dates(self) -> dict[str, str]:
        """The second list: identification number to resign date."""
        return {row[1]: row[7] for row in self.rows(LEAVING)}

    def review(self) -> list[list[list[str]]]:
        """Each Case Item's item names with current and new information."""
        read = """tables => tables.map(t => [...t.tBodies[0].rows].map(
            r => [...r.cells].slice(1).map(c => c.innerText.trim())))"""
        found: list[list[list[str]]] = self.tab.locator("table.caseItem").evaluate_all(read)
        return found

    def headings(self, table: str) -> list[str]:
        """A table's column headings."""
        return self.tab.locator(f"{table} th").all_inner_texts()

    def total(self) -> Locator:
        """The counter below the listing."""
        return self.tab.locator("#totalRecords")

    def case(self) -> str:
        """The case that the page's address names."""
        query = parse_qs(urlsplit(self.tab.url).query)
        return next(v[0] for k, v in query.items() if k.endswith("_caseId"))


def books(mock: Mock, employer: str = EMPLOYER) -> dict[str, tuple[str, str]]:
    """Identification number to status and resign date; of the last line of each."""
    found = mock.ask(f"/workers?employer={employer}")
    return {w["nric"]: (w["status"], w["resigned"]) for w in found}


def on_record(mock: Mock, employer: str = EMPLOYER) -> dict[str, Any]:
    """What the portal has of an employer."""
    found: list[dict[str, Any]] = mock.ask("/employers")
    return next(e for e in found if e["code"] == employer)


def close_from(mock: Mock, date: str) -> None:
    """The employer is closed for a time since that dd/mm/yyyy."""
    details = {**on_record(mock)["details"], "temporaryClosureNoEmployeeFrom": date}
    mock.ask("/employer", {"code": EMPLOYER, "details": details})


def crowd(mock: Mock, count: int, employer: str = EMPLOYER, start: str = "01/02/2020") -> None:
    """Many invented workers at once."""
    workers = [
        {
            "employer": employer, "nric": f"85010100{n:04}", "start": start,
            "name": f"REKAAN KE-{n:04}", "birth": "01/01/1985", "gender": "M",
        }
        for n in range(1, count + 1)
    ]  # fmt: skip
    answer = mock.ask("/worker", {"workers": workers})
    assert answer == {"ok": True}, json.dumps(answer)
