"""``single_press: browser``: whether Chromium sent the last press twice by itself.

Nothing on this side of the wire shows it: neither Playwright's events nor the browser's own
protocol (measured). So the portal's record is asked after each press that went by that way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rpa.engine.drafts import Drafts
from rpa.errors import RpaError, Words
from rpa.model.filing import DRAFT
from rpa.rules.vocabulary import SENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rpa.engine.journal import AttemptJournal
    from rpa.engine.work import Work
    from rpa.model.filing import Row

BY_BROWSER = "browser"
UNGUARDED = Words(
    "single_press: browser. Tekanan terakhir dihantar melalui pelayar sendiri, yang mungkin "
    "menghantarnya dua kali jika sambungan terputus.",
    "single_press: browser. The last press goes through the browser itself, which may send it "
    "twice when a connection breaks.",
)
UNSEEN = Words(
    "Rekod portal tidak menunjukkan sama ada tekanan terakhir sampai sekali atau dua kali "
    "(single_press: browser). Semak di portal.",
    "The portal's record does not tell whether the last press arrived once or twice "
    "(single_press: browser). Look in the portal.",
)


def twice(references: Sequence[str]) -> Words:
    """The portal has more of it than the one that was pressed."""
    listed = ", ".join(references)
    return Words(
        f"Tekanan terakhir sampai dua kali di portal (single_press: browser): {listed}.",
        f"The last press arrived twice at the portal (single_press: browser): {listed}.",
    )


def sent(
    work: Work, note: AttemptJournal, stood: set[str], rows: Sequence[Row[Any]]
) -> list[str] | None:
    """The numbers under which a filing was sent: more than one if it came twice.

    None: it cannot be told. ``stood`` are the cases that were listed before the press.
    """
    procedure = work.runner.procedure
    if procedure.UNSENT != DRAFT:
        return None  # an answer to a case has no number of its own
    inbox = Drafts(note, work.runner)
    try:
        work.session.fresh()
        new = inbox.sent_since(stood)
        case = inbox.own(note.reference, [row.record.model_dump_json() for row in rows])
    except RpaError:
        return None
    known = case is not None and case.means in SENT
    return sorted({note.reference, *new}) if known else None
