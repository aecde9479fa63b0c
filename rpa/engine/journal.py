"""Where the steps of one filing's attempt are written down: ledger, run folder, watcher."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rpa.errors import RpaError, keeping
from rpa.evidence.files import require_room, write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from rpa.engine.approval import Permit
    from rpa.engine.session import Session
    from rpa.engine.watch import Watcher
    from rpa.errors import RowRefused, Words
    from rpa.evidence.folder import RunFolder
    from rpa.ledger.lease import Lease
    from rpa.ledger.ledger import Ledger
    from rpa.model.filing import Papers, Row
    from rpa.portal.tab import Portal

# The lease a press needs: what is left must outlast the look at the clock and the press itself.
MARGIN = 0.5
UNNAMED = "unnamed:"
# What the announcement of a draft holds beside its stand-in.
ABOUT, STOOD, WHOLE = "about", "stood", "whole"


@dataclass
class AttemptJournal:
    """One attempt at one filing. It is the `Book` of `rpa.procedure.steps`."""

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
    refusals: dict[int, tuple[Path, ...]] = field(default_factory=dict)  # their pictures
    items: dict[int, Mapping[str, str]] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)
    missing: tuple[Words, ...] = ()
    reference: str = ""
    intended: bool = False
    left: bool = False  # the press may have left: only the portal's record tells how it ended
    about: frozenset[str] = frozenset()  # whom this attempt is about, as a case may name them
    stood: frozenset[str] = frozenset()  # what was not sent and stood at the portal before it
    announced: bool = False  # a draft may stand there whose number is not known

    def step(self, what: str, row: Row[Any] | None) -> None:
        """Tell the watcher; the ledger keeps the steps of filings, not of rows."""
        self.watcher.step(what, row)
        if row is None:
            self.ledger.event("step", {"what": what}, run_id=self.run_id, filing_id=self.filing_id)

    def row_refused(self, row: Row[Any], refused: RowRefused) -> None:
        """Write one row's no; then keep what the screen showed with it, where it showed anything.

        Raises NotWritten, as for every other picture.
        """
        self.refused[row.number] = refused.words
        self.ledger.row_refused(self.filing_id, row.number, refused.words, self.lease)
        shown = refused.shown or (self.portal.glimpse() if self.session.is_open else b"")
        if shown:
            what = f"row-{row.number}-refused"
            path = write_private(self.folder.picture_path(self.filing_id, what), shown)
            self.folder.add(path, what, self.filing_id)
            self.refusals[row.number] = (path,)

    def saving(self, whole: frozenset[str] = frozenset()) -> None:
        """From here on a draft may stand at the portal under a number nobody wrote down.

        A stand-in for that number is noted, with whom it is about and what stood there before, so
        that whoever finds the draft knows it as ours. With ``whole`` it is about all these too, and
        one about fewer is another's.
        """
        sealed = [self.sealed(name) for name in sorted(self.about | whole)]
        told = {ABOUT: " ".join(sealed), STOOD: " ".join(sorted(self.stood))}
        told |= {WHOLE: "yes"} if whole else {}
        self.ledger.draft_saved(self.filing_id, self.stand_in, self.lease, **told)
        self.announced = True

    def sealed(self, name: str) -> str:
        """A person's number or name as the ledger may keep it."""
        return self.ledger.seal(self.portal_name, "", "", "in a draft", name)[:16]

    def unsaved(self) -> None:
        """Nothing stands there: the stand-in is taken back."""
        self.ledger.draft_gone(self.portal_name, self.stand_in, self.lease)
        self.announced = False

    def draft(self, reference: str) -> None:
        """Write the draft's number."""
        self.reference = reference
        self.ledger.draft_saved(self.filing_id, reference, self.lease)
        self.unsaved()

    @property
    def stand_in(self) -> str:
        """The name of a draft whose number is not known."""
        return f"{UNNAMED}{self.filing_id}"

    @property
    def portal(self) -> Portal:
        """The signed-in portal."""
        return self.session.portal()

    def begin(self) -> None:
        """A new attempt: nothing of the last one counts."""
        self.refused.clear()
        self.refusals.clear()
        self.items.clear()
        self.pictures.clear()
        self.missing = ()
        self.reference = ""
        self.intended = self.left = self.announced = False

    def trouble(self) -> RpaError | None:
        """What went wrong at the portal since the last press, where a browser still stands."""
        return self.portal.trouble() if self.session.is_open else None

    def show(self, error: RpaError) -> None:
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
            self.permit.check(self.now(), self.ledger.seen())
        require_room(self.folder.path, self.ledger.store.lock_folder)
        margin = self.lease.ttl_s * MARGIN
        intent = self.ledger.intend(
            self.filing_id, [row.number for row in rows], self.lease, margin_s=margin
        )
        self.intended = True
        if not intent.still_fresh():
            raise self.lease.lost()
        self.portal.may_leave = self._may_leave

    def _may_leave(self) -> None:
        """Asked when the press is about to leave: between the intent and it a screen may take long.

        Written before it leaves, and under the lease: whoever finds it not written knows that
        nothing was sent. Raises LeaseLost, LedgerFailed; then it does not leave.
        """
        self.lease.check()
        if not self.left:
            self.ledger.left(self.filing_id, self.lease)
            self.left = True
        else:
            self.lease.confirm()

    def take_back(self) -> None:
        """The intent, where the press never left: nothing was sent.

        What the ledger does not take now the next run reads from it by itself.
        """
        if self.intended and not self.left:
            with suppress(RpaError):
                self.ledger.not_filed(self.filing_id, self.lease)
        self.intended = False

    def letter(self, file_name: str) -> Path:
        """Where a letter is kept."""
        return self.folder.letter_path(self.filing_id, file_name)
