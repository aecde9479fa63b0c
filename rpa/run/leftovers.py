"""Drafts left at the portal by an earlier try, or by a person.

Ours are removed after a picture; never continued unseen, never submitted. One that a person made
about the same people stops the filing: two cases about one worker would be two filings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import NeedsPerson, Words
from rpa.pages.shell import MySites
from rpa.run.notebook import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.pages.inbox import Inbox
    from rpa.run.notebook import Notebook
    from rpa.run.runner import Runner


class Leftovers:
    """What stands in the inbox as a draft, looked through before each attempt."""

    def __init__(self, note: Notebook, runner: Runner) -> None:
        self._note = note
        self._procedure = runner.procedure
        self._employer = runner.plan.job.employer
        self._portal = runner.portal_name
        self._may_remove = runner.settings.portal.leftover_drafts == "remove"

    def clear(self, persons: Iterable[str]) -> None:
        """Remove our drafts; raise NeedsPerson for another's about these persons."""
        wanted = set(persons)
        noted = self._note.ledger.drafts_of(self._portal, self._employer, self._note.lease)
        known = {n for n in noted if not n.startswith(UNNAMED)}
        # An earlier try died between the press that saves a draft and the note of its number: a
        # draft about nobody but these persons is ours.
        unnamed = len(known) < len(noted)
        for reference in self._listed(known):
            about = set() if reference in known else self._about(reference)
            if reference in known or (unnamed and about and about <= wanted):
                self.remove(reference)
            elif about & wanted:
                raise _another(reference)
        for reference in noted:
            self._note.ledger.draft_gone(self._portal, reference, self._note.lease)

    def remove(self, reference: str) -> None:
        """Remove a draft of ours, after a picture."""
        inbox = self._inbox()
        case = inbox.find(reference)
        if case is None or not case.is_draft:
            return
        if not self._may_remove:
            raise _another(reference)
        self._note.picture("draft")
        inbox.remove(reference)
        self._note.ledger.draft_gone(self._portal, reference, self._note.lease)

    def _about(self, reference: str) -> set[str]:
        return self._procedure.persons(reference, self._note.portal)

    def _inbox(self) -> Inbox:
        return MySites(self._note.portal).registration().inbox()

    def _listed(self, known: set[str]) -> list[str]:
        """Our drafts wherever they stand, and this employer's on the inbox's first page."""
        here = [
            case.reference
            for case in self._inbox().listed()
            if case.is_draft
            and self._employer in case.description
            and case.reference.startswith(self._procedure.PREFIX)
        ]
        return [*here, *sorted(known - set(here))]


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
