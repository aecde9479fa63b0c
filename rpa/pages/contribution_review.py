"""Maklumat Caruman & Kutipan (ACR, and SIP for ECR): what was submitted and paid (facts 9).

Nothing is pressed here but links, lenses and print icons: nothing at the portal changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from rpa.errors import Words
from rpa.pages.employer_search import not_listed, not_seen
from rpa.pages.paged import COUNT, Paged
from rpa.pages.result import download_letters
from rpa.pages.shell import MySites
from rpa.portal import values
from rpa.portal.downloads import SLIP
from rpa.portal.find import (
    Button,
    Control,
    Heading,
    Lens,
    Links,
    Menu,
    Table,
    Text,
    Turn,
    Value,
    Way,
)
from rpa.portal.page import Page
from rpa.portal.profile import in_use
from rpa.portal.values import Cell
from rpa.rules.recorded import Details, Fund, Share, Submission
from rpa.rules.vocabulary import KINDS, Action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from rpa.model.filing import Papers
    from rpa.portal.lines import Line
    from rpa.portal.tab import Portal
    from rpa.rules.months import Month

__all__ = [
    "Details",
    "Fund",
    "Share",
    "Submission",
    "SubmissionRecord",
    "Submissions",
    "submissions",
]


def submissions(portal: Portal, fund: Fund, employer: str) -> Submissions:
    """The list of this employer's submissions: MY SITES, CARUMAN, the fund's link, view icon."""
    MySites(portal).contribution()
    return ReviewLinks.unfolded(portal).review(fund).open().view(fund, employer)


class ReviewLinks(Page):
    """The two links; they stand on the first screen after log-in as well (facts 3.1, 9).

    Or in a menu of the site, where a profile names one.
    """

    menu = Menu()
    acr = Way()
    ecr = Way()
    landmark: ClassVar[Control] = menu

    @classmethod
    def unfolded(cls, portal: Portal) -> Self:
        """With the links in sight: what has no menu of its own may be folded in another."""
        if (links := cls(portal, awaited=False)).menu.none:
            links.acr.within_reach()
        return cls(portal)

    def review(self, fund: Fund) -> ReviewHome:
        """The fund's link."""
        link, screen = (self.acr, AcrReview) if fund is Fund.ACR else (self.ecr, EcrReview)
        self.menu.choose(link)
        return screen(self.portal)


class ReviewHome(Page):
    """What the link opens."""

    entry = Button()

    def open(self) -> PayingEmployers:
        """Maklumat Pembayaran Caruman."""
        self.entry.click()
        return PayingEmployers(self.portal)


class AcrReview(ReviewHome):
    """For Act 4."""

    title = Heading()
    landmark: ClassVar[Control] = title


class EcrReview(ReviewHome):
    """For Act 800."""

    title = Heading()
    landmark: ClassVar[Control] = title


class PayingEmployers(Page):
    """The employers of this portal ID, each with a view icon."""

    employers = Table()
    next_page = Turn()
    landmark: ClassVar[Control] = employers

    def view(self, fund: Fund, employer: str) -> Submissions:
        """This employer's submissions. Raises Refused when the portal does not list him."""
        self.portal.whole()
        row = self.employers.row(employer)
        with self.portal.doing("PayingEmployers.view"):
            in_sight = row.count() > 0
        if not in_sight:
            # Others are listed, and there is no further page: then he surely is not.
            all_seen = self.employers.rows() and not self.next_page.shown()
            raise not_listed(employer) if all_seen else not_seen(self.employers.key)
        with self.portal.doing("PayingEmployers.view"):
            self.employers.press(row, Action.VIEW)
        return Submissions(self.portal, fund, employer)


class NumberedPages(Paged):
    """Of one employer; its lines are numbered through all pages."""

    def numbered(self, alive: Callable[[], None] = lambda: None) -> Iterator[list[Line]]:
        """The rows, a page at a time, see `Paged.pages`.

        Raises UnexpectedPage unless they are numbered from 1 to the portal's own count.
        """
        seen = 0
        for lines in self.pages(alive):
            wanted = [str(number) for number in range(seen + 1, seen + len(lines) + 1)]
            if [line["line_number"] for line in lines] != wanted:
                raise self.strange(COUNT)
            seen += len(lines)
            yield lines
        self.counted(seen)

    def _of_employer(self, employer: str, shown: Value) -> None:
        """Another employer's list would answer for the wrong one."""
        code = shown.read()
        if code != employer:
            raise self.strange(
                Words(
                    f"Portal membuka majikan {code}, bukan {employer}.",
                    f"The portal opened employer {code}, not {employer}.",
                )
            )


class Submissions(NumberedPages):
    """One employer's submissions under one fund, the newest first."""

    employer_code = Value()
    month = Text()
    lens = Lens()
    listing = Table(
        *("line_number", "number", "month", "type", "workers"),
        *("amount", "paid", "status", "received"),
    )
    landmark: ClassVar[Control] = listing

    def __init__(self, portal: Portal, fund: Fund, employer: str) -> None:
        super().__init__(portal)
        self.fund, self.employer = fund, employer
        self._of_employer(employer, self.employer_code)

    def of(self, month: Month) -> list[Submission]:
        """The submissions of one month, whatever their type."""
        found = self._search(str(month))
        if any(submission.month != month for submission in found):
            raise self.strange(_OTHER_MONTH)
        return found

    def all(self) -> list[Submission]:
        """Every submission that the portal lists."""
        return self._search("")

    def view(self, wanted: Submission) -> SubmissionRecord:
        """The view icon of one that was listed. Raises UnexpectedPage when it is no more."""
        self._ask(str(wanted.month))
        for rows in self.numbered():
            if any(line["number"] == wanted.number for line in rows):
                return self._open(wanted.number, rows)
        raise self.strange(_NOT_LISTED)

    def _open(self, number: str, rows: list[Line]) -> SubmissionRecord:
        """As it is listed now: a payment may have come since."""
        mine = (s for s in map(self._submission, rows) if s.number == number)
        submission = values.only(mine, self.listing.key)
        with self.portal.doing("Submissions.view"):
            self.listing.press(self.listing.row(number), Action.VIEW)
        return SubmissionRecord(self.portal, self.employer, submission)

    def _search(self, text: str) -> list[Submission]:
        self._ask(text)
        found = [self._submission(row) for rows in self.numbered() for row in rows]
        if len({submission.number for submission in found}) != len(found):
            raise self.strange(_TWICE)
        return found

    def _ask(self, text: str) -> None:
        """The lens; also for all: an earlier search or a later page may be what is shown."""
        self.month.fill(text)
        with self.listing.renewed():
            self.lens.click()

    def _submission(self, line: Line) -> Submission:
        number = line["number"]
        if not (
            in_use().pattern("contribution_number").fullmatch(number)
            and number.startswith(self.fund)
        ):
            raise self.strange(_NO_NUMBER)
        return Submission(
            number=number,
            month=values.month(line["month"]),
            type=KINDS.read(line["type"], self.listing.key),
            workers=values.count(line["workers"]),
            amount=values.sen(line["amount"]),
            paid=values.sen(line["paid"]),
            status=line["status"],
            received=values.day(line["received"]),
        )


class SubmissionRecord(NumberedPages):
    """One submission: its head, its payment, its lines."""

    letter_links = Links()
    number = Value()
    employer_code = Value()
    month = Value()
    type = Value()
    received = Value()
    status = Value()
    amount = Value()
    paid = Value()
    receipt = Value()
    payment_date = Value()
    fclb = Value()
    listing = Table(
        *("line_number", "identification", "name"),
        *("wages", "employer", "employee", "skbbk", "total"),
    )
    leave = Button()
    landmark: ClassVar[Control] = number

    def __init__(self, portal: Portal, employer: str, listed: Submission) -> None:
        super().__init__(portal)
        self.employer, self._listed = employer, listed
        self._of_employer(employer, self.employer_code)

    def details(self, alive: Callable[[], None] = lambda: None) -> Details:
        """Head, payment and every page of lines; on the first page only.

        ``alive`` is called before each page and may end it by raising: there may be a hundred.

        Raises UnexpectedPage when it is another submission than the one that was listed, or when
        its lines do not add up to its head and to the count of its workers.
        """
        self.whole()
        found = Details(
            submission=self._head(),
            receipt_number=_shown(self.receipt),
            payment_date=self._paid_on(),
            fclb=values.sen(_shown(self.fclb) or Cell("0", self.fclb.key)),
            shares=tuple(self._share(row) for rows in self.numbered(alive) for row in rows),
        )
        self._adds_up(found)
        return found

    def slip(self, place: Callable[[str], Path]) -> Papers:
        """Print ACR, Print ECR: each PDF goes to ``place(file name)``."""
        return download_letters(self.letter_links, place, SLIP)

    def back(self) -> Submissions:
        """BACK, to the list."""
        self.leave.click()
        return Submissions(self.portal, self._listed.fund, self.employer)

    def _head(self) -> Submission:
        """What the record says; a payment may have come since the list was read."""
        head = self._listed._replace(
            number=self.number.read(),
            month=values.month(self.month.read()),
            type=KINDS.read(self.type.read(), self.type.key),
            amount=values.sen(self.amount.read()),
            received=values.day(self.received.read()),
        )
        if head != self._listed:
            raise self.strange(_ANOTHER)
        paid = values.sen(self.paid.read())
        return head._replace(paid=paid, status=self.status.read())

    def _paid_on(self) -> date | None:
        """The day of the last payment: several stand behind each other (assumed)."""
        return values.last_day(_shown(self.payment_date))

    def _share(self, line: Line) -> Share:
        share = Share(
            identification=line["identification"],
            name=line["name"],
            wages=values.sen(line["wages"]),
            employer=values.sen(line["employer"]),
            employee=values.sen(line["employee"]),
            skbbk=values.sen(line["skbbk"]) if self._listed.fund is Fund.ACR else 0,
            total=values.sen(line["total"]),
        )
        if share.employer + share.employee + share.skbbk != share.total:
            raise self.strange(_SUM)
        return share

    def _adds_up(self, found: Details) -> None:
        """Lines of nothing are listed and not counted (assumed)."""
        head, counted = found.submission, [share for share in found.shares if share.total]
        if sum(share.total for share in counted) != head.amount:
            raise self.strange(_SUM)
        if len(counted) != head.workers:
            raise self.strange(COUNT)


def _shown(value: Value) -> Cell:
    """What stands there; an unpaid submission has no receipt, and one in time no interest.

    Then nothing stands there, or a dash.
    """
    return Cell(values.told(value.read()) if value.shown() else "", value.key)


_SUM = Words(
    "Baris rekod ini tidak berjumlah seperti yang ditunjukkan portal.",
    "The lines of this record do not add up to what the portal shows.",
)
_TWICE = Words(
    "Portal menyenaraikan nombor yang sama lebih daripada sekali.",
    "The portal lists the same number more than once.",
)
_OTHER_MONTH = Words(
    "Carian bulan di portal menunjukkan bulan yang lain.",
    "The portal's search by month shows another month.",
)
_NO_NUMBER = Words(
    "Portal menunjukkan nombor ACR atau ECR yang tidak dikenali bentuknya.",
    "The portal shows an ACR or ECR number of an unknown form.",
)
_NOT_LISTED = Words(
    "Portal tidak lagi menyenaraikan rekod ini.", "The portal does not list this record any more."
)
_ANOTHER = Words(
    "Portal membuka rekod yang lain daripada yang disenaraikan.",
    "The portal opened another record than the one it listed.",
)
