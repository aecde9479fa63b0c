"""Monthly contributions without a browser; words, layouts and people typed here once more."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.mock.line import Line

if TYPE_CHECKING:
    from tests.mock.conftest import Mock

EMPLOYER, OTHER_EMPLOYER = "E9900001234V", "B9900005678W"
AKTIF, LAMA = "950211705780", "870818735893"
NAMES = {AKTIF: "AKTIF BINTI CONTOH", LAMA: "LAMA BIN REKAAN"}
TODAY = "2026-11-22"
ROOT = "/web/contribution/contribution"
COMBINED, SOCSO, EIS = (
    f"{ROOT}/socso-eis",
    f"{ROOT}/socso/new-submission",
    f"{ROOT}/eis/new-submission",
)
REVIEW = "/web/contribution/review"
PORTLET = "contribution_WAR_contributionportlet"
REVIEW_PORTLET = "review_WAR_contributionportlet"
# RM3,000.00 in the schedule's row 34, first category: SOCSO, SKBBK, EIS
THREE_THOUSAND = ("3,000.00", "51.65", "14.75", "22.15", "5.90", "5.90")


class Screen(HTMLParser):
    """What a page says: texts by id, tables by caption, strips."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: dict[str, str] = {}
        self.tables: dict[str, list[list[str]]] = {}
        self.strips: dict[str, str] = {}
        self._open: list[tuple[str, str, str]] = []
        self._rows: list[list[str]] = []
        self._caption = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"input", "br", "meta", "link"}:
            return
        strip = re.search(r"alert-(error|success)", given.get("class") or "")
        self._open.append((tag, given.get("id") or "", strip[1] if strip else ""))
        if self._open[-1][1]:
            self.ids[self._open[-1][1]] = ""
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th"}:
            self._rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.tables[self._caption] = self._rows
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = data.strip()
        if not text:
            return
        for tag, name, strip in self._open:
            if name:
                self.ids[name] += text
            if strip:
                self.strips[strip] = self.strips.get(strip, "") + text
            if tag == "caption":
                self._caption = text
            if tag in {"td", "th"}:
                self._rows[-1][-1] += text

    def rows(self, caption: str) -> list[list[str]]:
        """A table's rows without its head; none when it says that there are none."""
        return [row for row in self.tables[caption][1:] if len(row) > 1]


class Contributor(Line):
    """Somebody who files contributions; ``screen`` is what came last."""

    def __init__(self, mock: Mock, address: str = COMBINED) -> None:
        super().__init__(mock)
        self.mock = mock
        self.address = address
        self.month_page = ""
        self.log_in()

    @property
    def screen(self) -> Screen:
        return Screen(self.body)

    def look(self, path: str = "") -> Screen:
        """A page; without a path the pending list."""
        self.ask("GET", path or self.address)
        return self.screen

    def do(self, action: str, files: dict[str, bytes] | None = None, **fields: Any) -> str:
        """An action of these screens; follows to where the portal sends the page."""
        sent = {key.replace("dto_", "dto."): str(value) for key, value in fields.items()}
        folder = "contribution_upload" if action == "upload" else "contribution"
        address = f"{self.address}/text-file" if action == "upload" else self.address
        where = self.act(address, f"{folder}/{action}", sent, files, PORTLET)
        if where:
            self.look(where)
        return where

    def open_month(
        self, month: str = "10/2026", kind: str = "Monthly", employer: str = EMPLOYER
    ) -> None:
        """A month, from the list or from one of the two other screens."""
        action = "open" if kind == "Monthly" else "other_open"
        if kind == "Monthly" and self.address == EIS:
            action = "choose_month"
        self.month_page = self.do(action, employerCode=employer, contributionMonth=month, type=kind)
        assert "/month.jsp" in self.month_page, self.body

    @property
    def number(self) -> str:
        """The contribution's, out of the month page's address."""
        return parse_qs(urlsplit(self.month_page).query)[f"_{PORTLET}_contributionId"][0]

    def wages(self, nric: str, amount: str) -> dict[str, Any]:
        """The pencil and the popup's SAVE; gives its answer."""
        self.look(self.month_page)
        (row,) = [part for part in self.body.split("<tr>") if f"<td>{nric}</td>" in part]
        found = re.search(r"lineId=(\d+)", row)
        assert found
        self.do("wages_save", contributionId=self.number, lineId=found[1], dto_wages=amount)
        answer = self.json()
        self.look(self.month_page)
        return answer

    def line(self, nric: str) -> list[str]:
        """A worker's row without No. and Action, as the month page shows it."""
        (row,) = [r for r in self.screen.rows("Employee(s) Listing") if r[1] == nric]
        return row[1:-1]

    def save_draft(self) -> None:
        """SAVE DRAFT."""
        self.do("draft_save", contributionId=self.number)

    def complete(self) -> None:
        """COMPLETE."""
        self.do("complete", contributionId=self.number)

    def refusal(self) -> str:
        """What SUBMIT says; CONFIRM, if somebody presses it all the same, says it too."""
        query = f"mvcPath=/html/contribution/submit_check.jsp&_{PORTLET}_contributionId"
        self.ask("GET", f"{self.address}?{query}={self.number}")
        said: str = self.json()["refused"]
        if said:
            self.do("commit", contributionId=self.number)
            assert self.screen.strips["error"] == said
        return said

    def submit(self) -> Screen:
        """CONFIRM."""
        self.do("commit", contributionId=self.number)
        return self.screen

    def file(self, month: str = "10/2026", kind: str = "Monthly", **wages: str) -> Screen:
        """A whole month by row; ``wages`` by letters of the person, others have nothing."""
        self.open_month(month, kind)
        for nric in (AKTIF, LAMA):
            self.wages(nric, wages.get(NAMES[nric].split()[0].lower(), "0"))
        if self.address == COMBINED:
            self.save_draft()
        else:
            self.complete()
        return self.submit()

    def upload(self, content: bytes | str, month: str = "", employer: str = EMPLOYER) -> Screen:
        """A text file; ``month`` is chosen where the screen asks for it."""
        sent = content.encode() if isinstance(content, str) else content
        chosen = {"dto_contributionMonth": month} if month else {}
        self.do("upload", {"uploadFile": sent}, employerCode=employer, **chosen)
        return self.screen

    def review(self, kind: str, name: str, **values: str) -> Screen:
        """A screen of the review."""
        query = "&".join(f"_{REVIEW_PORTLET}_{key}={value}" for key, value in values.items())
        return self.look(f"{REVIEW}/{kind}?mvcPath=/html/contribution_review/{name}.jsp&{query}")

    def records(self, kind: str = "acr", employer: str = EMPLOYER, month: str = "") -> list[Any]:
        """The review's list of an employer, without No. and Action."""
        fields = {"employerCode": employer, "dto.contributionMonth": month}
        shown = self.review(kind, "list", **fields)
        return [row[1:-1] for row in shown.rows("Contribution Payment Information")]


def record(  # noqa: PLR0913  the record's own fields
    nric: str = AKTIF,
    name: str = "",
    *,
    employer: str = EMPLOYER,
    month: str = "102026",
    wages: int = 300000,
    amounts: tuple[int, int, int, int, int] = (5165, 1475, 590, 590, 2215),
    blanks: bool = False,
) -> str:
    """A line of 278 characters; amounts: SOCSO both sides, EIS both sides, SKBBK."""
    pad = " " if blanks else "0"
    money = str(wages).rjust(14, pad) + "".join(str(a).rjust(6, pad) for a in amounts)
    who = f"{nric:<12}{name or NAMES.get(nric, ''):<150}"
    return f"{employer:<12}{'202603999999':<20}{who}{month}{money}{'':34}"


def old_record(nric: str, amount: int, month: str = "092026", tail: str = "") -> str:
    """A line of 223 characters; wages for SOCSO, both sides' contribution for the EIS."""
    return f"{EMPLOYER:<12}{'':20}{nric:<12}{NAMES[nric]:<150}{month}{amount:014}{tail:<9}"
