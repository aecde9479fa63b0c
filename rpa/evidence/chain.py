"""The hash chain over a run folder: how a line is linked, and the check of a whole folder.

No state, and nothing beside the standard library but the border to it, so that the check can be
read, and done, years later.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from rpa.errors import Problem, Severity, Words
from rpa.reading import Reason, Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CHAIN_FILE: Final = "evidence.jsonl"
MOST_BYTES: Final = 64 * 1024 * 1024  # of 10,000 rows with ten files each it is a half
GENESIS: Final = "0" * 64
_KEYS: Final = frozenset({"n", "at", "kind", "filing", "file", "sha256", "previous", "chain"})
_LONGEST_NAME: Final = 200
# The kinds of the lines that say that a file was taken out on purpose; ``at`` is when.
REMOVED_BY_AGE: Final = "removed by age"
REMOVED_BY_REQUEST: Final = "removed by request"
REMOVED: Final = (REMOVED_BY_AGE, REMOVED_BY_REQUEST)
_SEALED_FOLDERS: Final = ("pictures", "letters", "input")


def link(previous: str, content: Mapping[str, object]) -> str:
    """The chain value of a line: SHA-256 of ``previous`` and the line's canonical JSON.

    ``content`` is the line without its own ``chain``.
    """
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous.encode() + canonical.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def last_whole_chain(folder: Path) -> tuple[str, int]:
    """Chain value and number of the last readable line; the genesis and 0 when there is none.

    Raises Unreadable for a chain that stands there and cannot be read: nothing continues it.
    """
    try:
        lines = list(_entries(folder))
    except Unreadable as fault:
        if fault.reason is not Reason.MISSING:
            raise
        lines = []
    entries = [entry for _, entry in lines if entry is not None]
    return (entries[-1]["chain"], entries[-1]["n"]) if entries else (GENESIS, 0)


def lines(folder: Path) -> list[dict[str, Any]]:
    """What the readable lines say, in their order; nothing is checked. Raises Unreadable."""
    return [entry for _, entry in _entries(folder) if entry is not None]


def latest(entries: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The last line about each file: what counts of it."""
    return {entry["file"]: entry for entry in entries}


def verify(folder: Path, *, head: str | None = None) -> list[Problem]:
    """All that is wrong with a run folder; an empty list says it is as it was kept.

    Codes: ``chain-missing``, ``chain-unreadable``; per line ``line-unreadable`` (a warning when it
    is the last: the machine stopped while writing), ``line-changed``, ``line-moved``,
    ``line-removed``, ``chain-broken``; per file ``file-missing``, ``file-changed``,
    ``file-unreadable``, ``file-unlisted`` (warning), ``file-returned``: the list says that it was
    removed, and it stands there;
    ``head-differs`` when ``head``, noted elsewhere, is not where the chain ends.
    """
    try:
        lines = list(_entries(folder))
    except Unreadable as fault:
        missing = fault.reason is Reason.MISSING
        return [_problem(CHAIN_FILE, "chain-missing" if missing else "chain-unreadable")]
    entries = [entry for _, entry in lines if entry is not None]
    return [
        *_unreadable(lines),
        *_links(entries),
        *_files(folder, entries),
        *_unlisted(folder, entries),
        *_end(entries, head),
    ]


def _entries(folder: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Each line's number in the file, and what it says or None when it says nothing readable.

    Raises Unreadable where there is no file to read.
    """
    data = contents(folder / CHAIN_FILE, MOST_BYTES)
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield number, _entry(line)


def _entry(line: bytes) -> dict[str, Any] | None:
    """What a line says, as this tool writes it: a whole number, and texts that can be written."""
    try:
        with reading(lambda _: ValueError("no line of ours")):
            entry = json.loads(line)
            if not isinstance(entry, dict) or entry.keys() != _KEYS or type(entry["n"]) is not int:
                return None
            texts = [value for key, value in entry.items() if key != "n"]
            "".join(texts).encode()  # what is no text, and half a letter, was never written
            return entry
    except ValueError:
        return None


def _unreadable(lines: Sequence[tuple[int, object]]) -> Iterator[Problem]:
    for position, (number, entry) in enumerate(lines, 1):
        if entry is None:
            severity = Severity.WARNING if position == len(lines) else Severity.ERROR
            yield _problem(f"{CHAIN_FILE}:{number}", "line-unreadable", severity)


def _links(entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Every line against its own value, its neighbour's value and its number."""
    previous, last = GENESIS, 0
    present = {entry["n"] for entry in entries}
    for entry in entries:
        number = entry["n"]
        place = f"{CHAIN_FILE}, n={number}"
        content = {key: value for key, value in entry.items() if key != "chain"}
        if link(str(entry["previous"]), content) != entry["chain"]:
            yield _problem(place, "line-changed")
            number = last + 1  # what a changed line says of its place proves nothing
        elif number <= last:
            yield _problem(place, "line-moved")
        elif number == last + 1 and entry["previous"] != previous:
            yield _problem(place, "chain-broken")
        elif number > last + 1 and last + 1 not in present:
            yield _problem(f"{CHAIN_FILE}, n={last + 1}", "line-removed")
        previous, last = entry["chain"], max(last, number)


def _files(folder: Path, entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Every file against the *last* line about it: a report is written again on purpose."""
    for name, entry in latest(entries).items():
        code = _fault(folder, name, entry["sha256"])
        if entry["kind"] in REMOVED:
            code = "" if code == "file-missing" else "file-returned"
        if code:
            yield _problem(_printable(name), code)


def _fault(folder: Path, name: str, digest: str) -> str:
    """What is wrong with a file that a line names; nothing outside the folder is looked at."""
    outside = ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute()
    try:
        with reading(lambda _: Unreadable(Reason.UNREADABLE)):
            if outside or not (folder / name).is_file():
                return "file-missing"
            return "" if file_digest(folder / name) == digest else "file-changed"
    except Unreadable:
        return "file-unreadable"


def _printable(name: str) -> str:
    line = "".join(c if c.isprintable() else "?" for c in name[:_LONGEST_NAME])
    return line if len(name) <= _LONGEST_NAME else f"{line}…"


def _unlisted(folder: Path, entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Files in the sealed sub-folders that no line speaks of."""
    listed = {str(entry["file"]) for entry in entries}
    for sub in _SEALED_FOLDERS:
        for path in sorted((folder / sub).glob("*")):
            if f"{sub}/{path.name}" not in listed:
                yield _problem(f"{sub}/{path.name}", "file-unlisted", Severity.WARNING)


def _end(entries: Sequence[Mapping[str, Any]], head: str | None) -> Iterator[Problem]:
    end = entries[-1]["chain"] if entries else GENESIS
    if head is not None and head != end:
        yield _problem(CHAIN_FILE, "head-differs")


def _problem(address: str, code: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(address, code, _WORDS[code], severity)


_WORDS: Final[Mapping[str, Words]] = {
    "chain-missing": Words("Senarai bukti tiada.", "The list of evidence is missing."),
    "chain-unreadable": Words(
        "Senarai bukti tidak dapat dibaca.", "The list of evidence cannot be read."
    ),
    "file-unreadable": Words("Fail ini tidak dapat dibaca.", "This file cannot be read."),
    "line-unreadable": Words("Baris ini tidak dapat dibaca.", "This line cannot be read."),
    "line-changed": Words("Baris ini telah diubah.", "This line was changed."),
    "line-moved": Words("Baris ini telah dialihkan.", "This line was moved."),
    "line-removed": Words("Baris ini telah dibuang.", "This line was removed."),
    "chain-broken": Words(
        "Baris ini tidak bersambung dengan baris sebelumnya.",
        "This line does not follow from the one before it.",
    ),
    "file-missing": Words("Fail ini tiada.", "This file is missing."),
    "file-changed": Words(
        "Fail ini telah diubah sejak disimpan.", "This file was changed after it was kept."
    ),
    "file-unlisted": Words(
        "Fail ini tiada dalam senarai bukti.", "This file is not in the list of evidence."
    ),
    "file-returned": Words(
        "Menurut senarai, fail ini telah dipadamkan, tetapi ia masih ada.",
        "The list says that this file was removed, and it stands there.",
    ),
    "head-differs": Words(
        "Senarai bukti tidak berakhir di tempat yang dicatat.",
        "The list of evidence does not end where it was noted to end.",
    ),
}
