"""The check of a run's list of evidence, in nothing but Python's standard library.

The tool itself checks by these functions, and each pack of `assist-rpa evidence export` holds this
very file as ``verify.py``: an auditor reads it, and runs it, years later and without the tool.
``python3 verify.py [HEAD ...]`` checks the pack in which it stands; HEAD is what was printed or
mailed when a run ended.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Found = tuple[str, str]  # where, and a code of WORDS
    Entry = dict[str, Any]  # as JSON has it

CHAIN_FILE: Final = "evidence.jsonl"
SUMS, FILING = "SHA256SUMS", "filing.json"
GENESIS: Final = "0" * 64
KEYS: Final = ("n", "at", "kind", "filing", "file", "sha256", "previous", "chain")
END: Final = "end"  # the kind of the line that closes a list
# The kinds of the lines that say that a file was taken out on purpose; ``at`` is when.
REMOVED_BY_AGE: Final = "removed by age"
REMOVED_BY_REQUEST: Final = "removed by request"
REMOVED: Final = (REMOVED_BY_AGE, REMOVED_BY_REQUEST)
OF_ALL: Final = ("plan", "approval")  # kinds that belong to every filing of a run
MOST_BYTES: Final = 64 * 1024 * 1024  # of 10,000 rows with ten files each it is a half
UNPROVEN: Final = frozenset({"no-end", "head-unknown", "head-older", "file-unsealed"})
"""What is no sign of a change, and lets nobody call a folder whole."""
_LONGEST_LINE: Final = 1 << 16
_LONGEST_NAME: Final = 200


class Head(NamedTuple):
    """Where a list ends: the last line's ``chain``, and how many lines there are."""

    chain: str
    lines: int


def link(previous: str, content: Mapping[str, object]) -> str:
    """The chain value of a line: SHA-256 of ``previous`` and the line's canonical JSON.

    ``content`` is the line without its own ``chain``.
    """
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous.encode() + canonical.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def entry_of(line: bytes) -> Entry | None:
    """What a line says; None unless it is, byte for byte, as this tool writes it."""
    if len(line) > _LONGEST_LINE:
        return None
    try:
        entry = json.loads(line)
        same = json.dumps(entry, ensure_ascii=False).encode() == line
    except (ValueError, RecursionError):
        return None
    if not same or not isinstance(entry, dict) or tuple(entry) != KEYS:
        return None
    texts = all(isinstance(entry[key], str) for key in KEYS[1:])
    return entry if texts and type(entry["n"]) is int else None


def lines_of(data: bytes) -> list[Entry | None]:
    """Each line of a list; what follows the last line's end, if anything, is one more."""
    lines = data.split(b"\n")
    return [entry_of(line) for line in (lines if lines[-1] else lines[:-1])]


def check(
    folder: Path,
    data: bytes,
    noted: Head | None = None,
    *,
    told: Sequence[str] = (),
    filing: str | None = None,
) -> Iterator[Found]:
    """All that is wrong with a folder and its list ``data``: in the order of the lines, then files.

    ``noted`` is where the ledger has the list's end, ``told`` heads of this list from elsewhere (on
    paper, in a mail). With ``filing`` only the files of that filing are here. Raises OSError for a
    folder that cannot be walked.
    """
    lines = lines_of(data)
    entries = [entry for entry in lines if entry is not None]
    yield from _lines(lines)
    if data and not data.endswith(b"\n"):
        yield f"{CHAIN_FILE}:{len(lines)}", "line-torn"
    yield from _ends(entries, noted, told)
    yield from _files(folder, entries, filing)
    if filing is None:
        # Without an end it is not known whether the run itself kept them after its last line.
        open_ = noted is None and not any(entry["kind"] == END for entry in entries)
        code = "file-unsealed" if open_ else "file-unlisted"
        added = sorted(present(folder) - latest(entries).keys())
        yield from ((shown(name), code) for name in added)


def _lines(lines: Sequence[Entry | None]) -> Iterator[Found]:
    """Every line against its own value, its neighbour's value and its number."""
    previous, last = GENESIS, 0
    numbers = {entry["n"] for entry in lines if entry}
    for place, entry in enumerate(lines, 1):
        if entry is None:
            yield f"{CHAIN_FILE}:{place}", "line-unreadable"
            continue
        number, address = entry["n"], f"{CHAIN_FILE}:{place}"
        content = {key: value for key, value in entry.items() if key != "chain"}
        if link(entry["previous"], content) != entry["chain"]:
            yield address, "line-changed"
            number = last + 1  # what a changed line says of its place proves nothing
        elif number <= last:
            yield address, "line-moved"
        elif number == last + 1 and entry["previous"] != previous:
            yield address, "chain-broken"
        elif number > last + 1 and last + 1 not in numbers:
            yield f"{CHAIN_FILE}, n={last + 1}", "line-removed"
        previous, last = entry["chain"], max(last, number)


def _ends(entries: Sequence[Entry], noted: Head | None, told: Sequence[str]) -> Iterator[Found]:
    """Where the list ends, against what is kept elsewhere."""
    chains = [entry["chain"] for entry in entries]
    end = Head(chains[-1], entries[-1]["n"]) if chains else Head(GENESIS, 0)
    for head in told:
        if head not in chains:
            yield CHAIN_FILE, "head-differs"
    if noted:
        yield from _noted(chains, end, noted)
    elif not entries or entries[-1]["kind"] != END:
        yield CHAIN_FILE, "no-end"
    elif end.chain not in told:
        yield CHAIN_FILE, "head-older" if told else "head-unknown"


def _noted(chains: Sequence[str], end: Head, noted: Head) -> Iterator[Found]:
    if noted == end:
        return
    if noted.chain in chains:
        yield f"{CHAIN_FILE}, n={noted.lines + 1}", "lines-added"
    elif end.lines < noted.lines:
        yield f"{CHAIN_FILE}, n={end.lines + 1}", "list-cut"
    else:
        yield CHAIN_FILE, "head-differs"


def latest(entries: Sequence[Entry]) -> dict[str, Entry]:
    """The last line about each file: what counts of it, for one may be written again on purpose."""
    return {entry["file"]: entry for entry in entries if entry["kind"] != END}


def belongs(entry: Entry, filing: str | None) -> bool:
    """Whether a line is about this filing; with None about any."""
    return filing in (None, entry["filing"]) or (not entry["filing"] and entry["kind"] in OF_ALL)


def _files(folder: Path, entries: Sequence[Entry], filing: str | None) -> Iterator[Found]:
    for name, entry in latest(entries).items():
        if not belongs(entry, filing):
            continue
        code = fault_of(folder, name, entry["sha256"])
        if entry["kind"] in REMOVED:
            code = "" if code == "file-missing" else "file-returned"
        if code:
            yield shown(name), code


def fault_of(folder: Path, name: str, digest: str) -> str:
    """What is wrong with a file that a line names; nothing outside the folder is looked at."""
    try:
        if not inside(name) or not is_plain(folder, name):
            return "file-missing"
        return "" if file_digest(folder / name) == digest else "file-changed"
    except (OSError, ValueError):  # a ValueError: a name that no file system takes
        return "file-unreadable"


def inside(name: str) -> bool:
    """Whether a name stays in its folder, as this system reads it."""
    path = Path(name)
    leaves = path.is_absolute() or path.drive or path.root or ".." in path.parts
    return not (leaves or "\0" in name or not name)


def is_plain(folder: Path, name: str) -> bool:
    """Whether it is a file, reached by no link: a pipe would never end. Raises OSError."""
    *above, last = name.split("/")
    place = folder
    try:
        for part in above:
            place /= part
            if not stat.S_ISDIR(place.lstat().st_mode):
                return False
        return stat.S_ISREG((place / last).lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def present(folder: Path) -> set[str]:
    """All that stands in a folder beside its list, but plain folders. Raises OSError."""
    found: set[str] = set()
    for root, folders, files in os.walk(folder, onerror=_raise):
        at = Path(root)
        links = [name for name in folders if (at / name).is_symlink()]
        found |= {(at / name).relative_to(folder).as_posix() for name in [*files, *links]}
    return found - {CHAIN_FILE}


def _raise(error: OSError) -> None:
    raise error


def is_stamp_of(answer: bytes, number: str) -> bool:
    """Whether a time stamp speaks of this number; its signature is for OpenSSL to check."""
    return hashlib.sha256(number.encode()).digest() in answer


def shown(name: str) -> str:
    """A name for a line on the screen, whatever it holds."""
    line = "".join(c if c.isprintable() else "?" for c in name[:_LONGEST_NAME])
    return line if len(name) <= _LONGEST_NAME else f"{line}…"


# --- a pack ---------------------------------------------------------------------------------------


def check_pack(pack: Path, heads: Sequence[str] = ()) -> Iterator[Found]:
    """All that is wrong with one filing's pack, taken out of its zip.

    ``heads`` come from elsewhere: each must be of a list in it, and each list's end among them.
    Raises OSError, ValueError, and what Python raises for a `FILING` that is none.
    """
    yield from _sums(pack)
    about = json.loads(_read(pack, FILING))
    seen: set[str] = set()
    for run in about["runs"]:
        name = f"runs/{run['folder']}"
        data = _read(pack, f"{name}/{CHAIN_FILE}")
        chains = [entry["chain"] for entry in lines_of(data) if entry]
        seen |= {*chains}
        noted = Head(*run["head"]) if run["head"] else None
        told = [head for head in heads if head in chains]
        found = check(pack / name, data, noted, told=told, filing=about["filing"]["id"])
        yield from ((f"{name}/{where}", code) for where, code in found)
        stamped = noted and (pack / f"{name}.tsr").exists()
        if noted and stamped and not is_stamp_of(_read(pack, f"{name}.tsr"), noted.chain):
            yield f"{name}.tsr", "stamp-differs"
        if noted and noted.chain not in heads:
            yield f"{name}/{CHAIN_FILE}: {shown(noted.chain)}", "head-unknown"
    yield from ((shown(head), "head-differs") for head in heads if head not in seen)


def _read(pack: Path, name: str) -> bytes:
    """A file of the pack. Raises OSError, ValueError for one that is none."""
    if not inside(name) or not is_plain(pack, name) or (pack / name).stat().st_size > MOST_BYTES:
        raise ValueError(name)
    return (pack / name).read_bytes()


def _sums(pack: Path) -> Iterator[Found]:
    """The files against `SUMS`, both ways."""
    text = _read(pack, SUMS).decode()
    lines = (line.partition("  ") for line in text.split("\n") if line)
    sums = {name: digest for digest, _, name in lines}
    if text != "".join(f"{digest}  {name}\n" for name, digest in sums.items()):
        yield SUMS, "line-unreadable"
    for name, digest in sums.items():
        if code := fault_of(pack, name, digest):
            yield shown(name), code
    lists = {path.relative_to(pack).as_posix() for path in pack.glob(f"runs/*/{CHAIN_FILE}")}
    added = sorted((present(pack) | lists) - {SUMS, *sums})
    yield from ((shown(name), "file-unlisted") for name in added)


def main(words: Sequence[str]) -> int:
    """Tell what is wrong with the pack in which this file stands; 0 when nothing is."""
    found: list[Found] = []
    try:
        for one in check_pack(Path(__file__).resolve().parent, words):
            found.append(one)  # noqa: PERF402  what was found before it failed is told
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        found.append((FILING, "pack-unreadable"))
    for where, code in found:
        malay, english = WORDS[code]
        sys.stdout.write(f"{where}\n  {malay}\n  {english}\n")
    sys.stdout.write(f"{' / '.join(ending(code for _, code in found))}\n")
    return 1 if found else 0


def ending(codes: Iterable[str]) -> tuple[str, str]:
    """The last line, in Malay and English."""
    found = set(codes)
    if not found:
        return "Bukti lengkap dan tidak diubah.", "The evidence is whole and unchanged."
    if found <= UNPROVEN:
        return (
            "Tiada perubahan ditemui, tetapi tidak terbukti lengkap.",
            "No change was found, but it is not proven whole.",
        )
    return "Bukti TIDAK lengkap atau telah diubah.", "The evidence is NOT whole or was changed."


WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "chain-missing": ("Senarai bukti tiada.", "The list of evidence is missing."),
    "chain-unreadable": (
        "Senarai bukti tidak dapat dibaca.",
        "The list of evidence cannot be read.",
    ),
    "folder-unreadable": (
        "Folder ini tidak dapat dibaca seluruhnya.",
        "Not all of this folder can be read.",
    ),
    "pack-unreadable": ("Pek ini tidak dapat dibaca.", "This pack cannot be read."),
    "line-unreadable": (
        "Baris ini tidak ditulis begini oleh alat ini, atau terputus.",
        "The tool did not write this line so, or it was torn.",
    ),
    "line-torn": (
        "Penghujung baris terakhir tiada: pelaksanaan terhenti ketika menulis, atau ia dipotong.",
        "The last line has no end: the run stopped while it was written, or it was cut.",
    ),
    "line-changed": ("Baris ini telah diubah.", "This line was changed."),
    "line-moved": (
        "Baris ini telah dialihkan atau digandakan.",
        "This line was moved or doubled.",
    ),
    "line-removed": ("Baris ini telah dibuang.", "This line was removed."),
    "lines-added": (
        "Baris ini ditambah selepas penghujung yang dicatat.",
        "This line was added after the end that was noted.",
    ),
    "list-cut": (
        "Senarai bukti dipotong: baris ini dan selepasnya dicatat, tetapi tiada.",
        "The list of evidence was cut: this line and what follows were noted and are gone.",
    ),
    "chain-broken": (
        "Baris ini tidak bersambung dengan baris sebelumnya.",
        "This line does not follow from the one before it.",
    ),
    "head-differs": (
        "Senarai bukti ini bukan yang dicatat: ia ditulis semula.",
        "This list of evidence is not the one that was noted: it was written anew.",
    ),
    "head-older": (
        "Senarai ini sama sehingga nombor yang anda beri; selepasnya tiada apa-apa dibandingkan.",
        "The list is the same up to the number that you gave; what follows was compared to none.",
    ),
    "head-unknown": (
        "Tiada apa-apa di luar mencatat penghujung senarai ini; beri nombor yang dicetak.",
        "Nothing outside has noted the end of this list; give the number as it was printed.",
    ),
    "stamp-differs": (
        "Cap masa ini bukan bagi penghujung senarai ini, atau tidak sah.",
        "This time stamp is not of the end of this list, or does not hold.",
    ),
    "no-end": (
        "Senarai ini tiada penghujung: pelaksanaan dimatikan, masih berjalan, atau versinya lama.",
        "The list has no end: the run was killed, is still at work, or is of an older version.",
    ),
    "file-unreadable": ("Fail ini tidak dapat dibaca.", "This file cannot be read."),
    "file-missing": ("Fail ini tiada.", "This file is missing."),
    "file-changed": (
        "Fail ini telah diubah sejak disimpan.",
        "This file was changed after it was kept.",
    ),
    "file-unsealed": (
        "Fail ini tiada baris: pelaksanaan itu sendiri menyimpannya kemudian, atau ia ditambah.",
        "This file has no line: the run itself kept it later, or it was added.",
    ),
    "file-returned": (
        "Menurut senarai, fail ini telah dipadamkan, tetapi ia masih ada.",
        "The list says that this file was removed, and it stands there.",
    ),
    "file-unlisted": (
        "Fail ini tiada dalam senarai bukti; ia ditambah kemudian.",
        "This file is not in the list of evidence; it was added later.",
    ),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
