"""Cases left at the portal by an earlier try, or by a person.

Drafts of ours are removed after a picture, or one of them continued (``leftover_drafts``); never
submitted unseen, for every filing ends at the review. A case of another hand about the same people
is another matter: a draft stops the filing, for its author must decide; one that was sent and waits
for an officer settles those rows, for a second case about them would be a second filing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from rpa import flows
from rpa.engine.journal import ABOUT, STOOD, UNNAMED, WHOLE
from rpa.errors import NeedsPerson, UnexpectedPage, Words
from rpa.ledger.ledger import DRAFT_SAVED, FilingState
from rpa.model.filing import DRAFT
from rpa.pages.shell import draft_of
from rpa.rules.vocabulary import OPEN, SENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpa.engine.journal import AttemptJournal
    from rpa.engine.runner import Runner
    from rpa.ledger.records import FilingRecord
    from rpa.pages.inbox import Case
    from rpa.procedure.contract import Tray

# An employer's code, and the number of a case, of whatever kind (facts 3.4, 13.6).
CODE = re.compile(r"\b[A-Z][0-9]{10}[A-Z]\b")
NUMBER = re.compile(r"(?:CRN|CAN|CUN|ERN|EISCOL)[0-9]{6}C?[0-9]{8,9}$")
ITSELF = "employer"  # whom a change of the employer is about (`EmployerChanges.person`)


@dataclass
class Found:
    """What stands in the inbox: a draft of ours to go on with, who waits in whose case, and all."""

    draft: str = ""
    waiting: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Announcement:
    """What was written before a press that saves a draft, whose number nobody learnt then.

    ``about`` are its persons, sealed, and ``stood`` what was not sent and stood there before; an
    older tool wrote neither (None). ``whole``: the draft is about every one of them.
    """

    stand_in: str
    about: frozenset[str] | None
    stood: frozenset[str]
    whole: bool = False

    def fits(self, sealed: frozenset[str]) -> bool:
        """Whether a draft about these persons, sealed, may be the one that was announced."""
        if self.about is None:
            return False
        return sealed == self.about if self.whole else sealed <= self.about


class Drafts:
    """The inbox, looked through before each attempt.

    Whom each open case or draft of this employer is about is known afterwards, from the listing or
    by opening it. A line is left aside only when it shows another employer's code or another kind
    of case; one that cannot be understood stops the filing, by its number.
    """

    def __init__(self, note: AttemptJournal, runner: Runner) -> None:
        self._note = note
        self._procedure = runner.procedure
        words = flows.beside(runner.procedure, runner.settings.profile.looks)
        self._beside = {word.casefold() for word in words}
        self._ledger_name = runner.matters.subject
        self._whose = runner.matters.whose
        self._portal = runner.portal_name
        self._occasion = runner.plan.job.occasion
        self._setting = runner.settings.portal.leftover_drafts
        self._may_open = runner.settings.portal.inbox.opened

    def clear(self, wanted: set[str]) -> Found:
        """Remove our drafts, or keep one to continue; find the cases of other hands.

        Raises NeedsPerson for another's draft about these persons, and for a case of which it
        cannot be known whom it is about.
        """
        if self._procedure.UNSENT is not DRAFT:
            return Found()  # it answers a case that stands there already
        noted = self._noted()
        everything = self._tray().listed()
        listed = [case for case in everything if self._of_this_kind(case)]
        found = Found("", self._waiting(listed, wanted), {case.reference for case in everything})
        self._note.about = frozenset(wanted)
        self._note.stood = frozenset(c.reference for c in listed if c.means not in SENT)
        for reference in self._ours(listed, noted, wanted):
            if not self._stands(reference):
                continue
            if self._setting == "stop":
                raise _another(reference)
            if self._setting == "continue" and not found.draft and self._fits(reference, wanted):
                found.draft = reference
            else:
                self._take_away(reference)
        # Each was removed, or looked for by its number and is no draft there any more; and no draft
        # without a number is left that could be the one of a stand-in.
        for reference in noted:
            if reference != found.draft:
                self._note.ledger.draft_gone(self._portal, reference, self._note.lease)
        return found

    def sent_since(self, before: set[str]) -> list[str]:
        """The cases of this kind that were sent and were not ``before`` in the list.

        Raises UnexpectedPage for one of which the listing does not show whose it is.
        """
        known = {*before, self._note.reference}
        new = [c for c in self._tray().listed() if c.reference not in known]
        sent = [c for c in new if self._of_this_kind(c) and c.is_sent]
        for case in sent:
            if self._whose not in case.description:
                raise UnexpectedPage(WHOSE, where=case.reference)
        return [case.reference for case in sent]

    def own(self, reference: str, payloads: Sequence[str]) -> Case | None:
        """What the portal has of the filing with these records, sent or not."""
        return self._procedure.tray(self._note.portal, self._whose, payloads).find(reference)

    def tidy(self) -> None:
        """After a no, or a review that shows something else: the draft of this try goes.

        Raises NeedsPerson when it cannot be found, or is not seen to go, and what the portal
        raises.
        """
        if self._note.reference:
            self.remove(self._note.reference)
        elif self._note.announced:
            listed = [case for case in self._tray().listed() if self._of_this_kind(case)]
            for reference in self._ours(listed, [self._note.stand_in], set(self._note.about)):
                self._take_away(reference)
            self._note.unsaved()

    def _noted(self) -> list[str]:
        """Our drafts that may stand in this inbox, with the stand-ins of those without a number.

        One that another portal ID announced stands in that one's.
        """
        ledger, lease = self._note.ledger, self._note.lease
        noted = ledger.drafts_of(self._portal, self._ledger_name, lease)
        unnamed = {n: ledger.filing(n.removeprefix(UNNAMED)) for n in noted if is_stand_in(n)}
        others = {n for n, filing in unnamed.items() if filing and filing.lease_name != lease.name}
        return [reference for reference in noted if reference not in others]

    def remove(self, reference: str) -> None:
        """Take away what we prepared and did not send, after a picture, and see that it has gone.

        Raises NeedsPerson when it cannot be found by its number, or when it is not seen to go.
        """
        if not self._stands(reference):
            raise NeedsPerson(_stays(reference, *NOT_FOUND), where=reference)
        self._take_away(reference)

    def _take_away(self, reference: str) -> None:
        self._note.picture("draft")
        self._procedure.withdraw(reference, self._whose, self._note.portal)
        if self._procedure.UNSENT is DRAFT and self._stands(reference):
            raise NeedsPerson(_stays(reference, *STILL_THERE), where=reference)
        self._note.ledger.draft_gone(self._portal, reference, self._note.lease)

    def _stands(self, reference: str) -> bool:
        """Whether the portal has it and it is not sent. Raises NeedsPerson when that is unknown."""
        case = self._tray().find(reference)
        if case is not None and case.means is None:
            raise not_known(case)
        return case is not None and case.status is self._procedure.UNSENT

    def _ours(self, listed: list[Case], noted: list[str], wanted: set[str]) -> list[str]:
        """Our drafts wherever they stand; raises NeedsPerson for another's about these persons."""
        known = {n for n in noted if not is_stand_in(n)}
        announced = [self._announcement(n) for n in noted if is_stand_in(n)]
        ours = sorted(known)
        for case in listed:
            if case.reference in known or case.means is not DRAFT:
                continue
            about = self._in_draft(case)
            if any(self._fits_it(one, case, about, wanted) for one in announced):
                self._note.watcher.note(_is_ours(case.reference))
                ours.append(case.reference)
            elif about & wanted:
                raise _another(case.reference)
        return ours

    def _fits_it(self, one: Announcement, case: Case, about: set[str], wanted: set[str]) -> bool:
        """Whether a draft is the one that was announced.

        A try ended between the press that saves a draft and the note of its number. It is about
        none but those persons, and did not stand there before; the inbox is this portal ID's.
        """
        if not about or case.reference in one.stood:
            return False
        if one.about is None:
            return about <= wanted
        return one.fits(frozenset(map(self._note.sealed, about)))

    def _announcement(self, stand_in: str) -> Announcement:
        """The last one of this stand-in."""
        events = self._note.ledger.events_of(stand_in.removeprefix(UNNAMED))
        said = [json.loads(event.data) for event in events if event.kind == DRAFT_SAVED]
        told = [one for one in said if one.get("reference") == stand_in and ABOUT in one]
        if not told:
            return Announcement(stand_in, None, frozenset())
        about, stood = (frozenset(told[-1][key].split()) for key in (ABOUT, STOOD))
        return Announcement(stand_in, about, stood, whole=WHOLE in told[-1])

    def _of_this_kind(self, case: Case) -> bool:
        """Whether a case may be one of this procedure and employer, as far as its line tells."""
        codes = CODE.findall(case.description)
        if codes and self._whose not in case.description:
            return False
        if NUMBER.match(case.reference) and not case.reference.startswith(self._procedure.PREFIX):
            return False
        told = case.description.casefold()
        return not any(words in told for words in self._beside)

    def _fits(self, reference: str, wanted: set[str]) -> bool:
        """Whether a draft of ours that stands there is about none but these persons."""
        return self._about(reference) <= wanted

    def _waiting(self, listed: list[Case], wanted: set[str]) -> dict[str, str]:
        """Persons of ours in cases that were sent and are not decided: person to case number.

        Whom a case is about that this tool sent, for whichever employer, its ledger knows. Raises
        NeedsPerson for one of unknown status about them.
        """
        ours = {case.reference: case for case in self._note.ledger.open_cases(self._portal)}
        waiting: dict[str, str] = {}
        for case in listed:
            # What was approved is on the portal's books, and the look has found it there.
            undecided = case.means is None or case.means in OPEN
            if not undecided:
                continue
            mine = ours.get(case.reference)
            about = self._sent_about(mine, wanted) if mine else self._in_case(case) & wanted
            if about and case.means is None:
                raise not_known(case)
            waiting.update(dict.fromkeys(about, case.reference))
        return waiting

    def _sent_about(self, filing: FilingRecord, wanted: set[str]) -> set[str]:
        """Which of these a filing of ours holds, under whatever start date or other details."""
        if filing.employer != self._ledger_name:
            return set()
        keys = {row.person_key for row in filing.rows if row.state is FilingState.FILED}
        sealed = partial(self._note.ledger.sealed_person, self._portal, filing.employer)
        return {name for name in wanted if sealed(name, self._occasion) in keys}

    def _in_case(self, case: Case) -> set[str]:
        """Whom a case is about that was sent; nobody when its page shows another employer.

        Raises NeedsPerson when it cannot be opened, or its page tells nothing.
        """
        if not case.viewable:
            raise not_known(case)
        self._count(case)
        page = self._tray().view(case.reference)
        about, code = page.values(), page.whose()
        if CODE.fullmatch(code) and CODE.fullmatch(self._whose) and code != self._whose:
            return set()
        if not about:
            raise not_known(case)
        return about | ({ITSELF} if self._whose in {*about, code} else set())

    def _in_draft(self, case: Case) -> set[str]:
        """Whom a draft is about; nobody when its own page shows another employer."""
        self._count(case)
        if CODE.fullmatch(self._whose) and self._whose not in case.description:
            code = draft_of(case.reference, self._note.portal)
            if not CODE.fullmatch(code):
                raise not_known(case)
            if code != self._whose:
                return set()
        return self._about(case.reference)

    def _count(self, case: Case) -> None:
        """One more is opened. Raises NeedsPerson when there are too many."""
        if not self._may_open:
            raise NeedsPerson(TOO_MANY, where=case.reference)
        self._may_open -= 1

    def _about(self, reference: str) -> set[str]:
        return self._procedure.persons(reference, self._note.portal)

    def _tray(self) -> Tray:
        return self._procedure.tray(self._note.portal, self._whose, ())


def waits_elsewhere(reference: str) -> Words:
    """Why a row is not sent whose person stands in a case of another hand."""
    return Words(
        f"Kes {reference} tentang orang yang sama sedang menunggu keputusan PERKESO; tiada apa-apa "
        "dihantar.",
        f"Case {reference} about the same person waits for PERKESO's decision; nothing was sent.",
    )


def not_known(case: Case) -> NeedsPerson:
    """Whom a case is about, or how it stands, cannot be known: by its number and the word."""
    bm, en = (case.unknown.words.bm, case.unknown.words.en) if case.unknown else ("", "")
    return NeedsPerson(
        Words(
            f"Tidak dapat dipastikan tentang siapa kes {case.reference}, atau keadaannya. {bm}",
            f"It cannot be known whom case {case.reference} is about, or how it stands. {en}",
        ),
        where=case.reference,
    )


def is_stand_in(reference: str) -> bool:
    """Whether this stands for a draft whose number nobody learnt."""
    return reference.startswith(UNNAMED)


def _is_ours(reference: str) -> Words:
    return Words(
        f"Draf {reference} ialah draf kita: ia diumumkan sebelum disimpan, tentang orang yang "
        "sama, dan belum ada di portal ketika itu.",
        f"Draft {reference} is ours: it was announced before it was saved, about the same persons, "
        "and did not stand at the portal then.",
    )


WHOSE = Words(
    "Inbox tidak menunjukkan kes baharu ini milik majikan mana.",
    "The inbox does not show which employer this new case is of.",
)
NOT_FOUND = (
    "tidak ditemui melalui nombornya; ia mungkin masih ada di portal",
    "was not found by its number; it may still stand at the portal",
)
STILL_THERE = (
    "masih ada di portal selepas dibuang",
    "still stands at the portal after it was removed",
)


def _stays(reference: str, bm: str, en: str) -> Words:
    return Words(
        f"Draf {reference} {bm}. Buang draf itu dalam pelayar.",
        f"Draft {reference} {en}. Remove it in the browser.",
    )


TOO_MANY = Words(
    "Terlalu banyak kes terbuka di portal yang perlu dibuka satu demi satu; semak kes ini dan yang "
    "berikutnya, atau naikkan `inbox.opened` dalam config/portal.yaml.",
    "Too many open cases at the portal would have to be opened one by one; look at this one and "
    "those after it, or raise `inbox.opened` in config/portal.yaml.",
)


def _another(reference: str) -> NeedsPerson:
    return NeedsPerson(
        Words(
            f"Draf {reference} di portal mengandungi pekerja yang sama. "
            "Hantar atau buang draf itu dalam pelayar.",
            f"Draft {reference} at the portal holds the same worker. "
            "Submit or remove it in the browser.",
        ),
        where=reference,
    )
