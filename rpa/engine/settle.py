"""After an unknown ending: what the portal's own record says, read several times.

The case's reference number was written down while it was still a draft. So:

* the inbox (or whatever the procedure's tray is) lists it as sent: filed; unless its page names
  another employer, which is in doubt;
* it lists it as a draft to the last of these reads, twice at least: not sent. The draft is
  removed first, which also bars a press that may still be on its way; then the filing may start
  over;
* it lists it as not sent, and that is no draft but a query without an answer: in doubt. What was
  added to the query can be taken away, but stands there again as soon as the filing starts over,
  and then a press that is still on its way would send it;
* it lists it as sent, and its own page cannot be read, twice (or shows a word that nobody knows):
  filed all the same, by the list; letters come with `follow`;
* it does not list it, but another number that only the screen after the press showed, sent, with
  all of our persons and our employer on its page: filed under that number;
* its status in that list is a word that nobody knows (`rpa.rules.vocabulary`): in doubt, with the
  word;
* it does not list it: read again, with growing waits; in the end in doubt.

An empty answer is never taken for "not filed": a record may be late.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from tenacity import (
    Retrying,
    retry_if_exception_type,
    retry_if_not_exception_type,
    stop_after_attempt,
    wait_exponential,
)

from rpa.engine.retry import pausing
from rpa.errors import InDoubt, PortalUnavailable, Refused, RpaError, UnexpectedPage, Words
from rpa.ledger.ledger import PSEUDONYM
from rpa.model.filing import DRAFT, REJECTED
from rpa.portal.profile import in_use
from rpa.rules.vocabulary import SENT, UnknownWord

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rpa.engine.session import Session
    from rpa.model.filing import Receipt
    from rpa.pages.inbox import Case
    from rpa.portal.tab import Portal
    from rpa.procedure.contract import Procedure, Tray
    from rpa.settings import Settle


class NotFiled(PortalUnavailable):
    """The portal's record shows that the case was not sent; its draft is removed."""

    def __init__(self) -> None:
        super().__init__(
            Words(
                "Portal tidak menerima penghantaran itu; rekodnya menunjukkan ia tidak difailkan.",
                "The portal did not take the press; its record shows that it was not filed.",
            )
        )


class _NotYet(Exception):
    """Read again."""


UNSURE = Words(
    "Kesudahan tekanan terakhir tidak kelihatan dan rekod portal belum dapat memastikannya.",
    "How the last press ended was not seen, and the portal's record does not yet tell.",
)
UNANSWERED = Words(
    "Kesudahan tekanan terakhir tidak kelihatan. Portal masih menunjukkan kes ini belum dijawab, "
    "tetapi tekanan itu mungkin masih dalam perjalanan.",
    "How the last press ended was not seen. The portal still shows this case as not answered, but "
    "the press may still be on its way.",
)
ELSEWHERE = Words(
    "Rekod portal menunjukkan kes ini di bawah majikan lain.",
    "The portal's record shows this case under another employer.",
)
TWICE = 2  # an answer is read twice before it is believed
# Reads that came to nothing; the portal may be back for the next one.
UNREADABLE = (PortalUnavailable, UnexpectedPage, Refused)


class Shown(NamedTuple):
    """What the screen after the press showed: case numbers that were not listed before it.

    ``about``: by what each row of the filing is known in a case.
    """

    numbers: tuple[str, ...] = ()
    about: tuple[frozenset[str], ...] = ()


NOTHING_SHOWN = Shown()


@dataclass
class Settler:
    """Reads the portal's record until it tells. ``unread``: told of what could not be read."""

    procedure: Procedure
    employer: str
    payloads: Sequence[str]
    session: Session
    limits: Settle
    alive: Callable[[], None]
    pause: threading.Event
    letter: Callable[[str], Path]
    picture: Callable[[str], None]
    unread: Callable[[RpaError], object] = lambda _: None
    shown: Shown = NOTHING_SHOWN
    _pages: int = field(default=0, init=False)  # pages of a sent case that could not be read

    def ending(self, reference: str, *, may_start_over: bool) -> Receipt:
        """The receipt of a case that was sent. Raises NotFiled, InDoubt.

        Without ``may_start_over`` (a filing in doubt since an earlier run) one read is enough: it
        may bring good news, and a draft changes nothing.
        """
        if not (reference or self.shown.numbers):
            raise InDoubt(UNSURE)
        drafts: list[Case] = []
        self._least = TWICE if may_start_over else 1
        reads = Retrying(
            # A word that is in no list today is in none in a minute.
            retry=retry_if_exception_type((_NotYet, *UNREADABLE))
            & retry_if_not_exception_type(UnknownWord),
            stop=stop_after_attempt(self.limits.reads if may_start_over else 1),
            wait=wait_exponential(multiplier=self.limits.first_wait_s, exp_base=self.limits.growth),
            sleep=pausing(self.pause),
            reraise=True,
        )
        try:
            return reads(self._read, reference, drafts)
        except UnknownWord as error:
            raise InDoubt(error.words, where=reference) from None
        except (_NotYet, *UNREADABLE):
            # Asked to stop, the waits were cut short: a press may still be on its way.
            if len(drafts) < TWICE or not may_start_over or self.pause.is_set():
                raise InDoubt(UNSURE, where=reference) from None
        if self.procedure.UNSENT != DRAFT:
            raise InDoubt(UNANSWERED, where=reference)
        self._withdraw(reference)
        raise NotFiled

    def _read(self, reference: str, drafts: list[Case]) -> Receipt:
        self.alive()
        try:
            return self._look(reference, drafts)
        except UNREADABLE as error:
            self.unread(error)
            self.session.doubt()
            raise

    def _withdraw(self, reference: str) -> None:
        portal = self.session.fresh()
        case = self._tray(portal).find(reference)
        if case is None or case.means is not self.procedure.UNSENT:
            raise InDoubt(UNSURE, where=reference)
        self.picture("draft")
        self.procedure.withdraw(reference, self.employer, portal)
        # A draft also leaves its list by being sent, in the very moment of its removal.
        if self._tray(self.session.fresh()).find(reference) is not None:
            raise InDoubt(UNSURE, where=reference)

    def _look(self, reference: str, drafts: list[Case]) -> Receipt:
        tray = self._tray(self.session.fresh())
        case = tray.find(reference) if reference else None
        if case is None and (number := self._number_shown()):
            tray = self._tray(self.session.fresh())
            case = tray.find(number)
        if case is None:
            drafts.clear()
            raise _NotYet
        if case.status is self.procedure.UNSENT:
            drafts.append(case)
            raise _NotYet
        receipt = self._receipt(tray, case)
        self._must_be_ours(receipt.employer_code, case)
        if receipt.status == REJECTED:
            # It was sent; what the officer made of it is `follow`'s to read, tell and write down.
            receipt = replace(receipt, status="")
        return receipt

    def _receipt(self, tray: Tray, case: Case) -> Receipt:
        """From its own page; where that cannot be read, from the list, which shows it as sent.

        Another employer than ours on that page is told first, whatever else it shows.
        """
        try:
            page = tray.view(case.reference)
            self.picture("receipt")
            self._must_be_ours(page.whose(), case)
            return page.receipt(case.reference, self.letter)
        except UnexpectedPage as error:
            self.unread(error)
            self._pages += 1
            again = self._pages < self._least and not isinstance(error, UnknownWord)
            if again or not case.viewable:  # a draft's row offers no look at what was sent
                raise
            code = in_use().pattern("employer_code").search(case.description)
            self._must_be_ours(code.group() if code else "", case)
            return tray.told(case)

    def _must_be_ours(self, code: str, case: Case) -> None:
        """Raise InDoubt for another's. A registration gets its code, whatever it is."""
        known = not self.employer.startswith(PSEUDONYM)
        if known and code not in {"", self.employer}:
            raise InDoubt(ELSEWHERE, where=case.reference)

    def lists_as_unsent(self, number: str) -> bool:
        """Whether the record has this number as something that was not sent."""
        case = self._tray(self.session.fresh()).find(number)
        return case is not None and case.means is self.procedure.UNSENT

    def _number_shown(self) -> str:
        """The one of the numbers on the screen after the press that is ours; empty where none is.

        A case that was sent, of our employer, with each of our persons. Of two it is none.
        """
        ours = [number for number in self.shown.numbers if self._is_ours(number)]
        return ours[0] if len(ours) == 1 else ""

    def _is_ours(self, number: str) -> bool:
        tray = self._tray(self.session.fresh())
        case = tray.find(number)
        if case is None or case.means not in SENT or not self.shown.about:
            return False
        page = tray.view(number)
        whose, there = page.whose(), page.values()
        return whose == self.employer and all(names & there for names in self.shown.about)

    def _tray(self, portal: Portal) -> Tray:
        return self.procedure.tray(portal, self.employer, self.payloads)
