"""A run folder against the ledger that stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.evidence.chain import lines, verify
from rpa.evidence.verifier import Head
from rpa.ledger.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path


def faults(folder: Path) -> list[str]:
    """What is wrong with it: where, and what."""
    with Ledger.open(folder.parent.with_name("ledger.sqlite3")) as ledger:
        head = ledger.head_of(folder.name, lines(folder)[0]["chain"])
    return [f"{p.address}: {p.code}" for p in verify(folder, Head(*head) if head else None)]
