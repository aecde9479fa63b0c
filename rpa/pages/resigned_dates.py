"""Kemaskini Tambah Tarikh Berhenti Kerja: who leaves, and when (facts 7.1, QRG 3).

*Khusus* and *Semua* are two screens here although the portal has one: neither knows the other's
radio, so that no verb of the one can reach the other.
"""

from __future__ import annotations

import re
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from playwright.sync_api import expect

from rpa.errors import Refused, ReviewMismatch, RowRefused, UnexpectedPage, Words
from rpa.model.filing import Census, ListedWorker
from rpa.pages.employer_screen import EmployerScreen
from rpa.pages.form import CURRENT, Form, Shown
from rpa.pages.paged import Paged
from rpa.pages.preview import Removal
from rpa.pages.supporting_documents import Documents
from rpa.pages.word_choice import search_box
from rpa.pages.workers import LISTED_AS, Workers, listed_worker
from rpa.portal import values
from rpa.portal.find import (
    Button,
    Control,
    Heading,
    Lens,
    Menu,
    Selection,
    Table,
    Text,
    Turn,
    Value,
    whole,
)
from rpa.portal.page import Dialog
from rpa.portal.screen import STAYS, Absent
from rpa.portal.sheets import everything, seek
from rpa.rules.vocabulary import Action, Search

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from rpa.model.filing import Row
    from rpa.rules.leaver import Leaver

RESIGN = "employment_resign_date"
WORDLESS = "…"  # a no without a word
NOT_TYPED = Words(
    "Senarai pekerja yang berhenti tidak menunjukkan apa yang ditaip.",
    "The list of leavers does not show what was typed.",
)


class Leaving(NamedTuple):
    """A line of the second list; ``day`` is as it is typed, empty before KEMAS KINI."""

    worker: ListedWorker
    day: str


class LeaverItems(Form):
    """What the review shows of a leaver."""

    marker: ClassVar[str] = "identification"
    KEPT: ClassVar[tuple[str, ...]] = ("identification", "name", "employment_start_date")

    identification = Shown()
    name = Shown()
    employment_start_date = Shown()
    employment_resign_date = Text()

    def told(self, leaving: Leaving) -> dict[str, str]:
        """What the review must show of him: who he is stays, the last day comes."""
        worker = leaving.worker
        since = worker.employment_start_date
        start = values.typed(since) if since else ""
        kept = self.saved(
            {
                "identification": worker.identification,
                "name": worker.name,
                "employment_start_date": start,
            }
        )
        before = {f"{item}{CURRENT}": value for item, value in kept.items()}
        return {**kept, **before, **self.saved({"employment_resign_date": leaving.day})}


class Roll(Workers, Paged):
    """All active workers of an employer, page after page (facts 10)."""

    entry = Workers.entry
    landmark: ClassVar[Control] = Workers.title

    def everybody(self) -> Census:
        """The portal's count and each worker. Raises UnexpectedPage when they do not agree."""
        found = [listed_worker(row) for rows in self.pages() for row in rows]
        if not self.agrees(len(set(found))):
            raise not_as_counted("Roll.total")
        return Census(len(found), tuple(found))


class ResignedDates(EmployerScreen, LeaverItems):
    """The date, the employer's workers, and those of them who leave."""

    entry = Menu()
    title = Heading()
    listing = Table(*LISTED_AS, title="name")
    total = Value()
    leavers = Table(*LISTED_AS, RESIGN, title="name")
    next_page = Turn()
    update = Button()
    save_and_continue = Button()
    landmark: ClassVar[Control] = title

    def leaving(self) -> list[Leaving]:
        """The second list."""
        self._whole()
        lines = everything(self.leavers, self.next_page)
        return [Leaving(listed_worker(line), values.written(line[RESIGN])) for line in lines]

    def persons(self) -> set[str]:
        """The numbers and the names of those in the second list."""
        return {known for leaving in self.leaving() for known in leaving.worker.known_as}

    def emptied(self) -> None:
        """Take everybody out of the second list: what a continued draft holds is made anew."""
        for leaving in self.leaving():
            self._take_out(leaving.worker.identification)

    def _date(self, day: str) -> None:
        """The date in its box, read back."""
        if self.employment_resign_date.read() != day:
            self.employment_resign_date.fill(day)
        self.same({"employment_resign_date": day})

    def _take_out(self, identification: str) -> None:
        """The bin of one line of the second list, and see that it has gone."""
        row = seek(self.leavers, self.next_page, identification)
        with self.portal.doing("ResignedDates.remove"):
            self.leavers.press(row, Action.REMOVE)
        BinConfirmation(self.portal).agree()
        with self.portal.doing("ResignedDates.remove"):
            expect(row).to_have_count(0)
            expect(self._strip).to_have_count(0)
            end = monotonic() + self.portal.settings.timeouts.act_s
            while identification in self.persons():  # on another page, or drawn anew
                if monotonic() >= end:
                    raise Absent(STAYS)
                self.portal.screen.changes(end)

    def _whole(self) -> None:
        """A screen that comes anew may show the head of a list before its end."""
        with self.portal.doing("ResignedDates.leavers"):
            self.portal.tab.wait_for_load_state("domcontentloaded")

    @property
    def _strip(self) -> Locator:
        """The red box above the form (facts 1)."""
        return self.sign("refusal")

    def _updated(self, applied: Locator) -> str:
        """KEMAS KINI: empty when its answer came, else the portal's no in its own words.

        The answer is ``applied``, or the second list anew, of which it may show another page.
        """
        signs = applied.or_(self._strip).or_(self._question)
        with self.portal.doing("ResignedDates.update"):
            with self.leavers.renewed(unless=lambda: signs.count() > 0):
                self.update.click()
            self._whole()
        return self._no()

    @property
    def _question(self) -> Locator:
        words, tab = whole(ClosureQuestion.title.on(self).labels), self.portal.tab
        asked = tab.get_by_role("dialog", name=words)
        return asked.or_(tab.get_by_role("alertdialog", name=words))

    def _no(self) -> str:
        """What the portal has against it now; empty where it has nothing.

        Whether a worker leaves after the employer's closure is not asked of a robot: NO.
        """
        with self.portal.doing("ResignedDates.update"):
            if self._question.count():
                return ClosureQuestion(self.portal).deny()
            return (self.portal.said(self._strip) or WORDLESS) if self._strip.count() else ""

    def save(self) -> Documents:
        """SIMPAN & TERUSKAN: the portal keeps the case as a draft and numbers it."""
        self.save_and_continue.click()
        return Documents(self.portal)


class SomeLeavers(ResignedDates):
    """*Khusus*: the workers one by one. There is no *Semua* here."""

    entry = ResignedDates.entry
    specific = Selection()
    search_type = search_box()
    search_data = Text()
    lens = Lens()
    landmark: ClassVar[Control] = ResignedDates.title

    def add(self, row: Row[Leaver]) -> dict[str, str]:
        """Seek him, Tindakan, KEMAS KINI; seen in the second list with his date.

        Gives what the review must show of him. Raises RowRefused with the second list as it was.
        """
        day = values.typed(row.record.employment_resign_date)
        lines = self._lines(row.record, day)
        worker = self._one(row.record, lines)
        with self.portal.doing("SomeLeavers.action"):
            line = self.listing.row(worker.identification)
            self.listing.press(line, Action.CHOOSE, Action.ADD)
        leaver = seek(self.leavers, self.next_page, worker.identification)
        # The screen came anew: what was chosen may have gone.
        self.specific.choose()
        self._date(day)
        with self.portal.doing("SomeLeavers.update"):
            before = leaver.inner_text().count(day)  # the start may be the same day
        wanted = Leaving(worker, day)
        refusal = self._updated(leaver.filter(has_text=_times(day, before + 1)))
        listed = not refusal and wanted in self.leaving()
        refusal = refusal or ("" if listed else self._no())  # it may come after the list
        if refusal:
            no = self.portal.verdict(RowRefused(Words.quoted(refusal)))
            self._take_out(worker.identification)
            raise no
        if not listed:
            raise ReviewMismatch(NOT_TYPED)
        return self.told(wanted)

    def _lines(self, leaver: Leaver, day: str) -> list[ListedWorker]:
        """The lines that every search by what is declared finds."""
        self.specific.choose()
        self._date(day)
        searches = leaver.searches()
        found = [self._search(*search) for search in searches.items()]
        return [line for line in found[-1] if all(line in lines for lines in found)]

    def _search(self, field: Search, text: str) -> list[ListedWorker]:
        """What the lens finds. ``text`` is never empty: that would list everybody."""
        self.search_type.pick(field)
        self.search_data.fill(text)
        with self.listing.renewed():
            self.lens.click()
        lines = [listed_worker(row) for row in self.listing.rows()]
        if self.total.number() != len(lines):
            raise RowRefused(MANY)
        return lines

    def _one(self, leaver: Leaver, lines: list[ListedWorker]) -> ListedWorker:
        """The one line that is he in all that is declared. Raises RowRefused."""
        fitting = [line for line in lines if not leaver.disagreement(line)]
        if len(fitting) == 1 and _alone(fitting[0], lines):
            return fitting[0]
        if fitting:
            raise RowRefused(SEVERAL)
        named = leaver.alike(lines) or lines
        if len(named) != 1:
            raise RowRefused(NONE_FITS if named else NOT_LISTED)
        wrong = leaver.disagreement(named[0])
        raise RowRefused(BEFORE_START if wrong == [RESIGN] else _differs(self.labels(wrong)))


def _alone(line: ListedWorker, lines: list[ListedWorker]) -> bool:
    return [other.identification for other in lines].count(line.identification) == 1


def _times(day: str, times: int) -> re.Pattern[str]:
    """A text that holds this date so many times; see `whole` about the slash."""
    date_ = re.escape(day).replace("/", "[/]")
    return re.compile(rf"(?:{date_}[\s\S]*){{{times}}}")


class AllLeavers(ResignedDates):
    """*Semua*: everybody, by nobody's name. Only `end_all_employment` comes here."""

    entry = ResignedDates.entry
    everybody = Selection()
    landmark: ClassVar[Control] = ResignedDates.title

    def end_all(self, day: str) -> list[Leaving]:
        """Semua, the date, KEMAS KINI: who is to leave. Raises Refused in the portal's words."""
        self.emptied()
        self.everybody.choose()
        self._date(day)
        refusal = self._updated(self.leavers.body.filter(has_text=_times(day, 1)))
        listed = [] if refusal else self.leaving()
        dated = bool(listed) and all(one.day == day for one in listed)
        refusal = refusal or ("" if dated else self._no())
        if refusal:
            raise self.portal.verdict(Refused(Words.quoted(refusal)))
        if not dated:
            raise ReviewMismatch(NOT_TYPED)
        return listed


class ClosureQuestion(Dialog):
    """Whether the last day may pass the day on which the employer closed (facts 7.1).

    YES would change the employer: there is no control for it here.
    """

    title = Heading()
    no = Button()
    landmark: ClassVar[Control] = title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})

    def deny(self) -> str:
        """NO; gives what was asked, and never nothing."""
        with self.portal.doing("ClosureQuestion.no"):
            asked = self.portal.said(self.sign("question"))
        self.no.click()
        self.left("ClosureQuestion.no")
        return asked or self.within[-1]


class BinConfirmation(Removal):
    """The question of the bin; a refused KEMAS KINI stands behind it."""

    landmark: ClassVar[Control] = Removal.title
    is_itself: ClassVar[frozenset[str]] = frozenset({"refusal"})


def not_as_counted(where: str) -> UnexpectedPage:
    """A listing holds more or fewer workers than the portal counts."""
    return UnexpectedPage(
        Words(
            "Bilangan pekerja aktif di portal tidak sama dengan senarainya.",
            "The portal's count of active workers is not the number that it lists.",
        ),
        where=where,
    )


def _differs(fields: Words) -> Words:
    return Words(
        f"Portal menyenaraikan pekerja ini dengan maklumat lain: {fields.bm}. Tiada apa-apa "
        "dihantar untuknya.",
        f"The portal lists this worker otherwise than declared: {fields.en}. Nothing was sent for "
        "this worker.",
    )


BEFORE_START = Words(
    "Tarikh berhenti kerja lebih awal daripada tarikh mula bekerja yang disenaraikan portal.",
    "The employment resign date is before the start date that the portal lists.",
)
NOT_LISTED = Words(
    "Portal tidak menyenaraikan pekerja ini sebagai bekerja di sini; tiada apa-apa dihantar.",
    "This worker is not listed as working here; nothing was sent.",
)
NONE_FITS = Words(
    "Tiada seorang pun yang ditemui portal sama dengan semua yang diisytihar.",
    "Nobody whom the portal finds agrees with all that is declared.",
)
SEVERAL = Words(
    "Portal menyenaraikan lebih daripada seorang yang sepadan. Isi No. Kad Pengenalan atau Tarikh "
    "Mula Bekerja.",
    "The portal lists more than one who fits. Fill the identification number or the employment "
    "start date.",
)
MANY = Words(
    "Carian ini menemui lebih ramai daripada yang ditunjukkan. Isi No. Kad Pengenalan.",
    "This search finds more than are shown. Fill the identification number.",
)
