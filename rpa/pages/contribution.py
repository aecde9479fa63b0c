"""The monthly contribution: pending list, text file, month page, result (facts 8, QRG 4).

The combined screens are in English also at the Malay portal. No id of this part of the portal was
seen anywhere (facts 15), so that what is found by a stable name here is assumed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from playwright.sync_api import expect

from rpa.errors import Refused, RowRefused, UnexpectedPage, Words
from rpa.model.filing import RECEIVED, Receipt
from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.employer_search import not_listed, not_seen
from rpa.pages.paged import Paged
from rpa.pages.preview import Confirmation, Removal
from rpa.pages.result import download_letters
from rpa.pages.shell import MySites
from rpa.portal import values
from rpa.portal.downloads import SLIP
from rpa.portal.find import (
    Button,
    Choice,
    Control,
    File,
    Heading,
    Leave,
    Lens,
    Links,
    Menu,
    Spoken,
    Table,
    Text,
    Value,
    whole,
)
from rpa.portal.items import Sums
from rpa.portal.page import Dialog, Page
from rpa.portal.profile import in_use
from rpa.portal.resolve import Finding, Verdict
from rpa.portal.values import Cell
from rpa.rules import money
from rpa.rules.contribution import AMOUNTS, WAGES, Act, Draft, Sum
from rpa.rules.vocabulary import ACTS, KINDS, TOTALS, Action, Total
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from playwright.sync_api import Locator

    from rpa.portal.lines import Line
    from rpa.portal.look import Look
    from rpa.portal.tab import Portal
    from rpa.rules.months import Month


class MonthLine(NamedTuple):
    """One worker on a month page; money in sen, by column."""

    identification: str
    name: str
    amounts: dict[str, int]


class Objection(NamedTuple):
    """What the portal says of one place of a text file; positions from 1, both ends included."""

    line: int
    begin: int
    end: int
    words: str


class ContributionScreen(EmployerScreen):
    """A screen of one employer and one act. Another act is another filing."""

    shown_act = Spoken(ACTS)
    landmark: ClassVar[Control] = shown_act

    def __init__(self, portal: Portal, act: Act) -> None:
        super().__init__(portal)
        self.act = act
        shown = self.shown_act.read()
        if ACTS.read(shown, self.shown_act.key) is not act:
            raise UnexpectedPage(
                Words(
                    f"Portal membuka caruman {shown}, bukan {act.shown}.",
                    f"The portal opened the contribution {shown}, not {act.shown}.",
                )
            )


class PendingList(ContributionScreen):
    """Senarai Tertunda Caruman Majikan: the unpaid months, the drafts, the ways in (facts 8.2)."""

    entry = Menu()
    socso_entry = Menu()
    eis_entry = Menu()
    title = Heading()
    choose_employer = Choice()
    pending = Table("month")
    unsubmitted = Table("month", "type")
    arrears = Button()
    short = Button()
    text_file = Button()
    landmark: ClassVar[Control] = title

    @classmethod
    def opened(cls, portal: Portal, act: Act, employer: str) -> Self:
        """MY SITES, CARUMAN, the act's menu entry, the employer (QRG 4, steps 1 and 2)."""
        entries = {Act.BOTH: cls.entry, Act.SOCSO: cls.socso_entry, Act.EIS: cls.eis_entry}
        MySites(portal).contribution().open(entries[act])
        return cls(portal, act).chosen(employer)

    def chosen(self, employer: str) -> Self:
        """This employer's list. Raises Refused when the portal ID does not hold him."""
        if self.employer_code.read() != employer and self.choose_employer.shown():
            # An option is the code with the name behind it (assumed).
            offered = self.choose_employer.offered()
            mine = [text for text in offered if text.startswith(employer)]
            if len(mine) != 1:
                # Only where others are offered the list has come, and he is not in it.
                others = [text for text in offered if in_use().pattern("employer_code").match(text)]
                seen = others and not mine
                key = self.choose_employer.key
                raise not_listed(employer) if seen else not_seen(key)
            self.choose_employer.fill(mine[0])
            self.employer_code.shows(employer)
        return self.of(employer)

    def months(self) -> list[Month]:
        """The unpaid months that are offered."""
        return [values.month(line["month"]) for line in self.pending.rows()]

    def drafts(self, employer: str) -> list[Draft]:
        """What stands unsubmitted here."""
        lines = [(line["month"], line["type"]) for line in self.unsubmitted.rows()]
        return [
            Draft(employer, self.act, values.month(month), KINDS.read(kind, kind.where))
            for month, kind in lines
        ]

    def open(self, month: Month) -> MonthPage:
        """The pointing hand of a month (QRG 4, step 3a)."""
        with self.portal.doing("PendingList.pending"):
            self.pending.press(self.pending.row(str(month)), Action.OPEN)
        return MonthPage(self.portal, self.act).of_month(month)

    def reached(self, month: Month) -> MonthPage | None:
        """The month's page by the list or as arrears; None when the portal offers neither."""
        if month in self.months():
            return self.open(month)
        self.arrears.click()
        screen = ArrearsContribution(self.portal, self.act)
        return screen.open(month) if screen.month.lists(str(month)) else None

    def edit(self, draft: Draft) -> MonthPage:
        """Go on with what stands unsubmitted."""
        self._icon(draft, Action.EDIT)
        return MonthPage(self.portal, self.act).of_month(draft.month)

    def remove(self, draft: Draft) -> None:
        """Take it away, and see that it has gone; no press can submit it any more."""
        self._icon(draft, Action.REMOVE)
        Removal(self.portal).agree()
        with self.portal.doing("PendingList.remove"):
            expect(self._row(draft)).to_have_count(0)

    def _icon(self, draft: Draft, action: Action) -> None:
        with self.portal.doing(f"PendingList.{action.lower()}"):
            self.unsubmitted.press(self._row(draft), action)

    def _row(self, draft: Draft) -> Locator:
        cell = self.portal.tab.get_by_role("cell", name=whole(KINDS.words(draft.kind)))
        return self.unsubmitted.row(str(draft.month)).filter(has=cell)

    def arrears_of(self, month: Month) -> MonthPage:
        """A month that is not on the list any more. Raises RowRefused when it is not offered."""
        self.arrears.click()
        return ArrearsContribution(self.portal, self.act).open(month)

    def short_of(self, month: Month) -> MonthPage:
        """More of a month that was submitted (facts 8.6). Raises RowRefused when it was not."""
        self.short.click()
        return ShortContribution(self.portal, self.act).open(month)

    def upload(self) -> TextFile:
        """TEKS FAIL (QRG 4, step 3b)."""
        self.text_file.click()
        return TextFile(self.portal, self.act)


class OtherMonth(ContributionScreen):
    """A month chosen from a list."""

    month = Choice()
    following = Button()

    def open(self, month: Month) -> MonthPage:
        """Choose it, NEXT. Raises RowRefused when the portal does not offer it."""
        self.month.fill(str(month))
        self.following.click()
        return MonthPage(self.portal, self.act).of_month(month)


class ArrearsContribution(OtherMonth):
    """Months that were not submitted in time."""

    title = Heading()
    landmark: ClassVar[Control] = title


class ShortContribution(OtherMonth):
    """Months that were submitted."""

    title = Heading()
    landmark: ClassVar[Control] = title


class TextFile(ContributionScreen):
    """The upload of all workers of one month (facts 8.4)."""

    title = Heading()
    month = Choice()
    file = File()
    send = Button()
    taken = Value()
    following = Button()
    back = Button()
    errors = Table("line", "position", "message")
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def upload(self, path: Path, month: Month) -> list[Objection]:
        """Choose File, UPLOAD; what the portal objects to, or nothing when it took the file.

        Raises Refused for a no that is about no line of it.
        """
        if self.month.shown():
            self.month.fill(str(month))
        self.file.choose(path)
        self.send.click()
        strip = self.sign("refusal")
        limit = self.portal.settings.timeouts.result_s
        with self.portal.doing("TextFile.send"):
            self.portal.screen.soonest(
                [self.taken], unless=lambda: strip.count() > 0, limit_s=limit
            )
            self.portal.tab.wait_for_load_state("domcontentloaded")
            said = self.portal.said(strip)
        if not said:
            return []
        found = [_objection(row) for row in self.errors.rows()] if self.errors.shown() else []
        if not found:
            raise self.portal.verdict(Refused(Words.quoted(said)))
        return found

    def onward(self, draft: Draft) -> MonthPage:
        """Next; of EIS alone KEMBALI, where the draft stands on the list (facts 8.4)."""
        if self.act is Act.EIS:
            self.back.click()
            return PendingList(self.portal, self.act).of(draft.employer).edit(draft)
        self.following.click()
        return MonthPage(self.portal, self.act).of_month(draft.month)


class MonthPage(ContributionScreen, Paged):
    """A month of one employer: his workers, their wages, what is due (facts 8.3)."""

    title = Heading()
    month = Value()
    kind = Value()
    choose_month = Choice()
    search_data = Text()
    lens = Lens()
    listing = Table("identification", "name", *AMOUNTS, title="name")
    sums = Sums("item", *AMOUNTS)
    grand_total = Value()
    received = Value()
    save_draft = Button()
    complete = Button()
    send = Button(commits=True)
    landmark: ClassVar[Control] = title
    patience: ClassVar[str] = "result_s"

    def of_month(self, month: Month) -> Self:
        """This screen, when it is of this month; of EIS alone the month is chosen here."""
        if self.choose_month.shown():
            self.choose_month.lead(str(month))
        self.month.shows(str(month))
        return self

    def shown_month(self) -> Month:
        """Which it says that it is."""
        return values.month(self.month.read())

    def lines(self, alive: Callable[[], None]) -> list[MonthLine]:
        """Every worker of the month, page after page.

        Raises UnexpectedPage when they are not as many as the portal counts.
        """
        found = [self._line(row) for rows in self.pages(alive) for row in rows]
        self.counted(len({line.identification for line in found}))
        return found

    def line(self, identification: str) -> MonthLine:
        """The worker with this number. Raises RowRefused when the month does not list him."""
        self.search_data.fill(identification)
        with self.portal.answer("MonthPage.lens"):
            self.lens.click()
        self.listing.settled_on(identification)
        lines = [line for line in self._shown() if line.identification == identification]
        if len(lines) != 1:
            raise RowRefused(LISTED_TWICE if lines else NOT_LISTED)
        return lines[0]

    def enter(self, identification: str, wages: int) -> MonthLine:
        """The pencil of the worker who was sought: his wages; gives his line as it is then.

        Raises RowRefused with the popup closed, UnexpectedPage when his line does not come to
        show these wages.
        """
        with self.portal.doing("MonthPage.pencil"):
            row = self.listing.row(identification)
            self.listing.press(row, Action.EDIT)
        WagesPopup(self.portal).enter(identification, wages)
        with self.portal.doing("MonthPage.wages"):
            # The list may come after its popup has gone.
            typed = self.portal.tab.get_by_role("cell", name=money.shown(wages), exact=True)
            expect(row.filter(has=typed)).to_have_count(1)
        mine = (one for one in self._shown() if one.identification == identification)
        return values.only(mine, self.listing.key)

    def everybody(self) -> None:
        """The list without a search again."""
        self.search_data.fill("")
        with self.portal.answer("MonthPage.lens"):
            self.lens.click()
        self.whole()

    def saved(self) -> Self:
        """SIMPAN DRAF; the portal says since when it has it. The screen as it comes then."""
        with self.portal.answer("MonthPage.save_draft"):
            self.save_draft.click()
        saved = type(self)(self.portal, self.act)
        saved.received.filled()
        return saved

    def completed(self) -> Self:
        """LENGKAP, where the screen has it (facts 8.3: not drawn for the combined one)."""
        self.whole()
        if not self.complete.shown():
            return self
        with self.portal.answer("MonthPage.complete"):
            self.complete.click()
        return type(self)(self.portal, self.act)

    def totals(self) -> dict[str, Sum]:
        """Each column's total and head-count as the portal shows them."""
        self.whole()
        where = self.sums.key
        rows = values.by(self.sums.rows(), lambda line: TOTALS.read(line["item"], where), where)
        amounts, counts = (values.at(rows, total, where) for total in (Total.AMOUNT, Total.WORKERS))
        return {
            name: Sum(values.sen(amounts[name]), values.count(counts[name]))
            for name in (WAGES, *self.act.columns)
        }

    def grand(self) -> int:
        """What is to be paid altogether, in sen."""
        return values.sen(self.grand_total.read())

    def submit(self) -> Submitted:
        """HANTAR, SAHKAN. The step that cannot be taken back: only inside `steps.commit`."""
        with self.portal.single_press() as press:
            self.send.click()
            press.confirm(Confirmation(self.portal).confirm)
            return Submitted(self.portal)

    def _shown(self) -> list[MonthLine]:
        return [self._line(row) for row in self.page()]

    def _line(self, line: Line) -> MonthLine:
        names = (WAGES, *self.act.columns)
        amounts = {name: values.sen(line[name]) for name in names}
        return MonthLine(line["identification"], line["name"], amounts)


class WagesPopup(Dialog):
    """Kemas Kini Gaji: one worker's wages of the month."""

    title = Heading()
    identification = Text()
    wages = Text()
    save = Button()
    cancel = Leave()
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def enter(self, identification: str, wages: int) -> None:
        """Only his: another worker's popup is closed. Raises RowRefused, UnexpectedPage."""
        with self.left_when_refused():
            if self.identification.read() != identification:
                raise RowRefused(OTHER_WORKER)
            self.wages.fill(_typed(wages))
            self.save.click()
            self.closed_or_refused("WagesPopup.save")


class BesideNumber(Value):
    """A value on a screen that shows an ACR or ECR number: the month page shows it without."""

    def answer(self, seen: Look) -> Finding:
        """By its own sign, where such a number stands too."""
        numbers = (one for one in self.page.controls() if one.attr in {"acr", "ecr"})
        numbered = any(one.answer(seen).element for one in numbers)
        return super().answer(seen) if numbered else Finding(Verdict.MISSING)


class Submitted(Page):
    """What the portal gives: ACR, ECR, slips. The way to the payment is not taken."""

    letter_links = Links()
    acr = Value()
    ecr = Value()
    received = BesideNumber()
    landmark: ClassVar[Control] = received
    patience: ClassVar[str] = "result_s"

    def numbers(self) -> Sequence[str]:
        """ACR and ECR, those that there are, when they look like ones (facts 8.5)."""
        shown = [number.read() for number in (self.acr, self.ecr) if number.shown()]
        found = [number for number in shown if number]
        if not found or not all(
            in_use().pattern("contribution_number").fullmatch(n) for n in found
        ):
            raise UnexpectedPage(
                Words(
                    "Portal menunjukkan nombor ACR/ECR yang tidak dikenali bentuknya.",
                    "The portal shows an ACR or ECR number of an unknown form.",
                )
            )
        if set(self.portal.numbers("contribution_number")) - set(found):
            raise UnexpectedPage(OTHER_NUMBERS)
        return found

    def receipt(self, place: Callable[[str], Path]) -> Receipt:
        """Numbers, words and slips; each slip goes to ``place(file name)``."""
        strip = self.sign("success")
        with self.portal.doing("Submitted.message"):
            said = self.portal.said(strip)
        numbers = self.numbers()
        slips = download_letters(self.letter_links, place, SLIP)
        return Receipt(
            reference=" ".join(numbers),
            at=datetime.now(TIME_ZONE),
            message=said,
            letters=slips.saved,
            status=RECEIVED,
            remarks=slips.remarks,
            unwritten=slips.unwritten,
        )


OTHER_NUMBERS = Words(
    "Portal menunjukkan nombor ACR/ECR lain pada skrin yang sama; rekodnya yang menentukan.",
    "The portal shows another ACR or ECR number on the same screen; its record decides.",
)
NOT_LISTED = Words(
    "Portal tidak menyenaraikan pekerja ini untuk bulan itu. Daftarkan pekerja itu dahulu, atau "
    "semak nombornya dan tarikh mula kerjanya.",
    "The portal does not list this worker for the month. Register him first, or check the number "
    "and the employment start date.",
)
LISTED_TWICE = Words(
    "Portal menyenaraikan pekerja ini lebih daripada sekali untuk bulan itu; semak dalam pelayar.",
    "The portal lists this worker more than once for the month; look in the browser.",
)
OTHER_WORKER = Words(
    "Portal membuka pekerja yang lain daripada yang dicari.",
    "The portal opened another worker than the one sought.",
)


def _objection(line: Line) -> Objection:
    position = line["position"]
    begin, _, end = position.partition("-")
    start = values.count(Cell(begin, position.where))
    stop = values.count(Cell(end, position.where)) if end else start
    return Objection(values.count(line["line"]), start, stop, line["message"])


def _typed(sen: int) -> str:
    """As a person types it: no commas."""
    return money.shown(sen).replace(",", "")
