"""The end of a run folder: its list of evidence is closed, and the ledger notes where."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rpa.cli import console
from rpa.errors import RpaError, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.evidence.folder import RunFolder
    from rpa.ledger.ledger import Ledger

EVIDENCE = Words("bukti:", "evidence:")


def seal(folder: RunFolder, ledger: Ledger) -> str:
    """Close it; the line that is printed, and that nobody who changes the folder can change.

    Raises NotWritten, LedgerFailed.
    """
    head = folder.seal()
    ledger.note_head(folder.path.name, folder.first, head.chain, head.lines)
    return f"{console.say(EVIDENCE)} {head.chain} ({head.lines})"


@contextmanager
def sealing(folder: RunFolder, ledger: Ledger) -> Iterator[None]:
    """However it ends, the folder is closed; where that cannot be done it is told."""
    try:
        yield
    finally:
        if not folder.ended:
            try:
                console.err.print(seal(folder, ledger), markup=False)
            except RpaError as error:
                console.error(error)
