"""The list of evidence of a run folder, read and checked; the check itself is `verifier`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import Problem, Severity, Words
from rpa.evidence import verifier
from rpa.evidence.verifier import CHAIN_FILE, MOST_BYTES, UNPROVEN, lines_of
from rpa.reading import Reason, Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rpa.evidence.verifier import Entry, Head


def lines(folder: Path) -> list[Entry]:
    """What the readable lines say, in their order; nothing is checked. Raises Unreadable."""
    return [entry for entry in lines_of(contents(folder / CHAIN_FILE, MOST_BYTES)) if entry]


def verify(folder: Path, noted: Head | None = None, told: Sequence[str] = ()) -> list[Problem]:
    """All that is wrong with a run folder, the first thing first; none: it is as it was kept.

    ``noted`` is where the ledger has the end of its list, ``told`` are heads from elsewhere. The
    codes are those of `verifier.WORDS`; of UNPROVEN ones, warnings, nothing was found changed.
    """
    try:
        data = contents(folder / CHAIN_FILE, MOST_BYTES)
    except Unreadable as fault:
        missing = fault.reason is Reason.MISSING
        return [_problem(CHAIN_FILE, "chain-missing" if missing else "chain-unreadable")]
    return list(_checked(folder, data, noted, told))


def _checked(
    folder: Path, data: bytes, noted: Head | None, told: Sequence[str]
) -> Iterator[Problem]:
    found = verifier.check(folder, data, noted, told=told)
    try:
        with reading(lambda _: Unreadable(Reason.UNREADABLE)):
            yield from (_problem(*one) for one in found)
    except Unreadable:
        yield _problem(folder.name, "folder-unreadable")


def _problem(address: str, code: str) -> Problem:
    severity = Severity.WARNING if code in UNPROVEN else Severity.ERROR
    return Problem(address, code, Words(*verifier.WORDS[code]), severity)
