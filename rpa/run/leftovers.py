"""Cases left at the portal by an earlier try, or by a person.

Drafts of ours are removed after a picture, or one of them continued (``leftover_drafts``); never
submitted unseen, for every filing ends at the review. A case of another hand about the same people
is another matter: a draft stops the filing, for its author must decide; one that was sent and waits
for an officer settles those rows, for a second case about them would be a second filing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rpa import flows
from rpa.errors import NeedsPerson, Words
from rpa.run.filing import APPROVED, DRAFT
from rpa.run.notebook import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpa.pages.inbox import Case
    from rpa.run.notebook import Notebook
    from rpa.run.procedure import Tray
    from rpa.run.runner import Runner

ITSELF = "employer"  # whom a change of the employer is about (`EmployerChanges.person`)


@dataclass
class Found:
    """What stands in the inbox: a draft of ours to go on with, who waits in whose case, and all."""

    draft: str = ""
    waiting: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)


class Leftovers:
    """The inbox, looked through before each attempt."""

    def __init__(self, note: Notebook, runner: Runner) -> None:
        self._note = note
        self._procedure = runner.procedure
        self._beside = {words.casefold() for words in flows.beside(runner.procedure)}
        self._ledger_name = runner.matters.subject
        self._whose = runner.matters.whose
        self._portal = runner.portal_name
        self._setting = runner.settings.portal.leftover_drafts

    def clear(self, wanted: set[str]) -> Found:
        """Remove our drafts, or keep one to continue; find the cases of other hands.

        Raises NeedsPerson for another's draft about these persons.
        """
        if self._procedure.UNSENT != DRAFT:
            return Found()  # it answers a case that stands there already
        noted = self._note.ledger.drafts_of(self._portal, self._ledger_name, self._note.lease)
        listed = self._tray().listed()
        found = Found("", self._waiting(listed, wanted), {case.reference for case in listed})
        for reference in self._ours(listed, noted, wanted):
            if self._setting == "stop":
                raise _another(reference)
            if self._setting == "continue" and not found.draft and self._fits(reference, wanted):
                found.draft = reference
            else:
                self.remove(reference)
        for reference in noted:
            if reference != found.draft:
                self._note.ledger.draft_gone(self._portal, reference, self._note.lease)
        return found

    def sent_since(self, before: set[str]) -> list[str]:
        """The cases of this kind that were sent and were not ``before`` in the list."""
        listed = [c for c in self._tray().listed() if c.is_sent and self._of_this_kind(c)]
        return [case.reference for case in listed if case.reference not in before]

    def own(self, reference: str, payloads: Sequence[str]) -> Case | None:
        """What the portal has of the filing with these records, sent or not."""
        return self._procedure.tray(self._note.portal, self._whose, payloads).find(reference)

    def remove(self, reference: str) -> None:
        """Take away what we prepared and did not send, after a picture."""
        case = self._tray().find(reference)
        if case is None or case.status != self._procedure.UNSENT:
            return
        self._note.picture("draft")
        self._procedure.withdraw(reference, self._whose, self._note.portal)
        self._note.ledger.draft_gone(self._portal, reference, self._note.lease)

    def _ours(self, listed: list[Case], noted: list[str], wanted: set[str]) -> list[str]:
        """Our drafts wherever they stand; raises NeedsPerson for another's about these persons."""
        known = {n for n in noted if not n.startswith(UNNAMED)}
        # An earlier try died between the press that saves a draft and the note of its number: a
        # draft about nobody but these persons is ours.
        unnamed = len(known) < len(noted)
        ours = sorted(known - {case.reference for case in listed})
        for case in listed:
            if not (case.is_draft and self._of_this_kind(case)):
                continue
            about = set() if case.reference in known else self._about(case.reference)
            if case.reference in known or (unnamed and about and about <= wanted):
                ours.append(case.reference)
            elif about & wanted:
                raise _another(case.reference)
        return ours

    def _of_this_kind(self, case: Case) -> bool:
        """Whether a case may be one of this procedure and employer."""
        told = case.description.casefold()
        alike = (
            case.reference.startswith(self._procedure.PREFIX) and self._whose in case.description
        )
        return alike and not any(words in told for words in self._beside)

    def _fits(self, reference: str, wanted: set[str]) -> bool:
        """Whether a draft of ours still stands there and is about none but these persons."""
        case = self._tray().find(reference)
        return case is not None and case.is_draft and self._about(reference) <= wanted

    def _waiting(self, listed: list[Case], wanted: set[str]) -> dict[str, str]:
        """Persons of ours in cases that were sent and are not decided: person to case number."""
        ours = {c.reference for c in self._note.ledger.open_cases(self._portal, self._ledger_name)}
        waiting = {}
        for case in listed:
            # What was approved is on the portal's books, and the look has found it there.
            open_ = case.is_sent and case.status != APPROVED and case.reference not in ours
            if open_ and self._of_this_kind(case):
                about = self._tray().view(case.reference).values()
                about |= {ITSELF} if self._whose in about else set()
                waiting.update(dict.fromkeys(about & wanted, case.reference))
        return waiting

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
