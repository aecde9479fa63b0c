"""Where the steps of one filing's attempt are written down: ledger, run folder, watcher."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rpa.errors import RpaError, Words, keeping
from rpa.evidence.files import require_room
from rpa.run.lease import LeaseLost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from rpa.evidence.folder import RunFolder
    from rpa.portal.tab import Portal
    from rpa.run.approval import Permit
    from rpa.run.filing import Papers, Row
    from rpa.run.lease import Lease
    from rpa.run.ledger import Ledger
    from rpa.run.session import Session
    from rpa.run.watch import Watcher

# The lease a press needs: what is left must outlast the look at the clock and the press itself.
MARGIN = 0.5
UNNAMED = "unnamed:"


@dataclass
class Notebook:
    """One attempt at one filing. It is the `Book` of `rpa.run.steps`."""

    filing_id: str
    run_id: str
    portal_name: str
    ledger: Ledger
    lease: Lease
    session: Session
    folder: RunFolder
    watcher: Watcher
    alive: Callable[[], None]
    now: Callable[[], datetime]
    permit: Permit | None = None
    refused: dict[int, Words] = field(default_factory=dict)
    items: dict[int, Mapping[str, str]] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)
    missing: tuple[Words, ...] = ()
    reference: str = ""
    held_back: bool = False

    def step(self, what: str, row: Row[Any] | None) -> None:
        """Tell the watcher; the ledger keeps the steps of filings, not of rows."""
        self.watcher.step(what, row)
        if row is None:
            self.ledger.event("step", {"what": what}, run_id=self.run_id, filing_id=self.filing_id)

    def row_refused(self, row: Row[Any], words: Words) -> None:
        """Write one row's no."""
        self.refused[row.number] = words
        self.ledger.row_refused(self.filing_id, row.number, words, self.lease)

    def saving(self) -> None:
        """From here on a draft may stand at the portal under a number nobody wrote down.

        A stand-in for that number is noted, so that the next run knows to look for it.
        """
        self.ledger.draft_saved(self.filing_id, self._stand_in, self.lease)

    def unsaved(self) -> None:
        """Nothing stands there: the stand-in is taken back."""
        self.ledger.draft_gone(self.portal_name, self._stand_in, self.lease)

    def draft(self, reference: str) -> None:
        """Write the draft's number."""
        self.reference = reference
        self.ledger.draft_saved(self.filing_id, reference, self.lease)
        self.ledger.draft_gone(self.portal_name, self._stand_in, self.lease)

    @property
    def _stand_in(self) -> str:
        return f"{UNNAMED}{self.filing_id}"

    @property
    def portal(self) -> Portal:
        """The signed-in portal."""
        return self.session.portal()

    def begin(self) -> None:
        """A new attempt: nothing of the last one counts."""
        self.refused.clear()
        self.items.clear()
        self.pictures.clear()
        self.missing = ()
        self.reference = ""
        self.held_back = False

    def trouble(self, error: RpaError) -> None:
        """Keep a picture of what stands there, where a browser still shows something."""
        if not self.session.is_open:
            return
        with suppress(RpaError):
            self.picture("trouble")
            error.evidence = error.evidence or self.pictures["trouble"]

    def seal(self, letters: Iterable[Path]) -> None:
        """Letters become part of the evidence."""
        for letter in letters:
            self.folder.add(letter, "letter", self.filing_id)

    def papers(self, papers: Papers) -> None:
        """Generated papers become part of the evidence; what is missing of them is told."""
        if papers.unwritten:
            raise papers.unwritten
        for path in papers.saved:
            self.folder.add(path, "generated paper", self.filing_id)
        self.missing += papers.remarks

    def entered(self, row: Row[Any], items: Mapping[str, str]) -> None:
        """Remember what the portal took, for what it made of the declared values."""
        self.items[row.number] = items

    def reviewed(self, shown: Mapping[str, Mapping[str, str]]) -> None:
        """Keep what the portal's review showed, as read back."""
        path = self.folder.letter_path(self.filing_id, "review.json")
        with keeping(path):
            path.write_text(json.dumps(shown, ensure_ascii=False, indent=1), "utf-8")
            path.chmod(0o600)
        self.folder.add(path, "review read back", self.filing_id)
        self.ledger.prepared(self.filing_id, self.lease)

    def picture(self, what: str) -> None:
        """Keep a picture of the screen."""
        path = self.portal.picture(self.folder.picture_path(self.filing_id, what))
        self.folder.add(path, what, self.filing_id)
        self.pictures[what] = path

    def intend(self, rows: Sequence[Row[Any]]) -> None:
        """The intent, on disk. Raises LeaseLost when too much time has gone by since.

        Raises NeedsApproval when the second person's approval has expired by now, and NotWritten
        when the disk has no room left for what the press will bring.
        """
        if self.permit:
            self.permit.check(self.now())
        require_room(self.folder.path, self.ledger.store.lock_folder)
        margin = self.lease.ttl_s * MARGIN
        intent = self.ledger.intend(
            self.filing_id, [row.number for row in rows], self.lease, margin_s=margin
        )
        if not intent.still_fresh():
            # Too much time went by since the intent: the press is not made, and that is known.
            raise self._not_pressed()
        self.portal.may_leave = self._may_leave

    def _may_leave(self) -> None:
        """Asked when the POST is about to leave: between the intent and it a screen may take long.

        Raises LeaseLost; then it does not leave, and that is known.
        """
        try:
            self.lease.confirm()
        except LeaseLost:
            self.held_back = True
            raise self._not_pressed() from None

    def _not_pressed(self) -> LeaseLost:
        with suppress(RpaError):
            self.ledger.not_filed(self.filing_id, self.lease)
        return self.lease.lost()

    def letter(self, file_name: str) -> Path:
        """Where a letter is kept."""
        return self.folder.letter_path(self.filing_id, file_name)
