"""The run folder: everything one run leaves behind, private to its user, and a chain over it.

``evidence.jsonl`` holds one line per file, written when the file was kept::

    {"n": 1, "at": "2026-11-21T22:14:03.120+08:00", "kind": "review", "filing": "…",
     "file": "pictures/….png", "sha256": "…", "previous": "000…", "chain": "…"}

``chain`` is the SHA-256 over the previous line's ``chain`` (64 zeros for the first), followed by
the line's own JSON without ``chain``: keys sorted, no blanks, UTF-8. :func:`verify` needs nothing
but the folder, so it works offline and years later, and so does any other program that follows
these two sentences.

:meth:`RunFolder.seal` closes the list when the run is over: a line for each file that has none
yet (log and report among them), then a line of the kind ``end``, without a file.

What the chain can and cannot show: a file or line changed, removed, moved or added breaks it. Who
rewrites the *whole* chain, or cuts its *end* together with the files, is found only by the head
noted elsewhere: the ledger has it, and it is printed at the end of a run.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from rpa.errors import ConfigInvalid, NotWritten, Words, keeping
from rpa.evidence.chain import lines, verify
from rpa.evidence.files import APPENDING, PRIVATE_FILE, PRIVATE_FOLDER, sync_file, sync_folder
from rpa.evidence.verifier import (
    CHAIN_FILE,
    END,
    GENESIS,
    Head,
    file_digest,
    is_plain,
    link,
    present,
)
from rpa.evidence.wording import MALAYSIA
from rpa.reading import Reason, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["PROFILE_FILE", "Entry", "RunFolder", "sanitised", "verify"]

REPORT: Final = "report.html"
LOG: Final = "run.log"
PROFILE_FILE: Final = "profile.json"  # how the portal was read
_KINDS = {REPORT: "report", LOG: "log"}  # of what is sealed when a run is over
_FOLDERS = ("pictures", "letters", "input")
_LETTERS = {".pdf", ".png", ".jpg", ".txt", ".json"}  # the last two are our own
_MOST_RUNS_A_MINUTE = 1000
_LONGEST_STEM = 48
_LONG_NUMBER = re.compile(r"\d{6}[- ]?\d{2}[- ]?\d{4}|\d{9,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chain; ``file`` is relative to the folder, with forward slashes."""

    n: int
    at: str
    kind: str
    filing: str
    file: str
    sha256: str
    previous: str
    chain: str


def _now() -> datetime:
    return datetime.now(MALAYSIA)


@dataclass(slots=True)
class RunFolder:
    """One run's private folder. Made by :meth:`create`, found again by :meth:`open`."""

    path: Path
    clock: Callable[[], datetime] = _now
    head: str = GENESIS
    count: int = 0
    first: str = ""  # the first line's ``chain``, by which the list is known again
    ended: bool = False
    _torn: bool = False
    _made: bool = True  # by this very run
    _listed: set[str] = field(default_factory=set)
    _given: set[Path] = field(default_factory=set)

    @classmethod
    def create(cls, root: Path, *, job_name: str, now: datetime) -> RunFolder:
        """A new folder ``root/2026-11-21T2214-joiners`` (``-2``, ``-3`` … when taken), 0700.

        ``job_name`` is the job file's stem; long numbers are taken out of it. On Windows privacy
        is the user profile's. Raises ConfigInvalid when ``root`` cannot be written: nothing has
        been sent yet.
        """
        return cls(new_folder(root, job_name=job_name, now=now, inside=_FOLDERS))

    @classmethod
    def open(cls, path: Path) -> RunFolder:
        """A folder that exists; further entries continue its chain, nothing is rewritten.

        Raises Unreadable for a list that stands there and cannot be read.
        """
        chain = path / CHAIN_FILE
        try:
            entries = lines(path)
        except Unreadable as fault:
            if fault.reason is not Reason.MISSING:
                raise
            entries = []
        torn = chain.is_file() and not chain.read_bytes().endswith(b"\n")
        known = cls(path, _torn=torn, _made=False)
        if entries:
            known.first, known.head = entries[0]["chain"], entries[-1]["chain"]
            known.count = entries[-1]["n"]
        return known

    @property
    def report(self) -> Path:
        """Where the report goes."""
        return self.path / REPORT

    def picture_path(self, filing_id: str, what: str) -> Path:
        """A free name ``pictures/<filing>-<what>.png``."""
        stem = f"{_short(filing_id)}-{sanitised(what, otherwise='picture')}"
        return self._free("pictures", stem, ".png")

    def letter_path(self, filing_id: str, file_name: str) -> Path:
        """A free name ``letters/<filing>-<file name>``.

        ``file_name`` comes from the portal and is not trusted: folders, long numbers and signs
        are taken out of it, and an ending that a computer would start is replaced.
        """
        stem, suffix = _stem_and_suffix(file_name)
        stem = f"{_short(filing_id)}-{sanitised(stem, otherwise='letter')}"
        return self._free("letters", stem, suffix if suffix in _LETTERS else ".bin")

    def keep(self, source: Path, name: str = "") -> Path:
        """Copy an input (the job file, the operator's table) as it was checked; returns the copy.

        ``name`` is what to call it where its own name tells nothing.

        The workbook that goes back is made from this copy: had the operator sorted the original
        while the run went on, references would stand beside the wrong people.
        """
        stem, suffix = _stem_and_suffix(source.name)
        copy = self._free("input", name or sanitised(stem, otherwise="input"), suffix)
        with keeping(copy):
            shutil.copyfile(source, copy)
        self.add(copy, "input")
        return copy

    def put(self, name: str, content: bytes) -> Path:
        """Keep an input that is no file of the operator's, such as the portal's profile."""
        stem, suffix = _stem_and_suffix(name)
        place = self._free("input", stem, suffix)
        with keeping(place):
            place.write_bytes(content)
        self.add(place, "input")
        return place

    def add(self, path: Path, kind: str, filing_id: str = "") -> Entry:
        """Seal a file that stands in the folder; on disk when this returns.

        ``kind`` says what it shows: ``review``, ``receipt``, ``letter``, ``report``, ``workbook``.
        Raises ValueError for a file outside the folder, NotWritten when the disk refuses.
        """
        inside = path.resolve().relative_to(self.path.resolve()).as_posix()
        try:
            path.chmod(PRIVATE_FILE)
            sync_file(path)  # the line must not outlive what it speaks of
            entry = self._line(kind, filing_id, inside, file_digest(path))
        except OSError as error:
            raise _not_kept(path, error) from error
        self._listed.add(inside)
        return entry

    def seal(self) -> Head:
        """Close the list: a line for each file that has none yet, and the end.

        Of a folder that was opened again only the end: what else stands there came from elsewhere.
        Returns where the list ends then, to be noted elsewhere. Raises NotWritten.
        """
        self.ended = True  # or is tried to be, once
        try:
            left = sorted(present(self.path) - self._listed) if self._made else []
            # Links, and what no line can say, are left to the check.
            plain = [n for n in left if is_plain(self.path, n) and _sayable(n)]
        except OSError as error:
            raise _not_kept(self.path, error) from error
        for name in plain:
            self.add(self.path / name, _KINDS.get(name, "other"))
        try:
            self._line(END, "", "", "")
        except OSError as error:
            raise _not_kept(self.path / CHAIN_FILE, error) from error
        return Head(self.head, self.count)

    def _line(self, kind: str, filing_id: str, file: str, digest: str) -> Entry:
        """The next line, on disk. Raises OSError."""
        content: dict[str, Any] = {
            "n": self.count + 1,
            "at": self.clock().isoformat(timespec="milliseconds"),
            "kind": kind,
            "filing": filing_id,
            "file": file,
            "sha256": digest,
            "previous": self.head,
        }
        entry = Entry(**content, chain=link(self.head, content))
        self._append(entry)
        self.first = self.first or entry.chain
        self.head, self.count = entry.chain, entry.n
        return entry

    def _append(self, entry: Entry) -> None:
        """One line, flushed to the disk; a line torn by a killed run is ended first.

        What the disk does not take whole is taken back, so that a run that goes on, or another
        one, finds no half of a line.
        """
        place = self.path / CHAIN_FILE
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        first = not place.exists()
        handle = os.open(place, APPENDING, PRIVATE_FILE)
        try:
            _write_whole(handle, (("\n" if self._torn else "") + line).encode())
        finally:
            os.close(handle)
        if first:
            sync_folder(self.path)
        self._torn = False

    def _free(self, sub: str, stem: str, suffix: str) -> Path:
        """The first name neither on disk nor handed out by this object."""
        number = 1
        while True:
            tail = "" if number == 1 else f"-{number}"
            place = self.path / sub / f"{stem}{tail}{suffix}"
            if place not in self._given and not place.exists():
                self._given.add(place)
                return place
            number += 1


def _sayable(name: str) -> bool:
    return name.encode("utf-8", "ignore").decode() == name


def _write_whole(handle: int, line: bytes) -> None:
    """At the file's end and on the disk, or nothing of it. Raises OSError."""
    end = os.lseek(handle, 0, os.SEEK_END)
    with contextlib.ExitStack() as undo:
        undo.callback(os.ftruncate, handle, end)
        if os.write(handle, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
        undo.pop_all()


def sanitised(text: str, *, otherwise: str) -> str:
    """A short name of plain letters, digits, ``-`` and ``_``, safe on every system.

    Numbers as long as an identity or telephone number are left out: file names travel further
    than files. ``otherwise`` is used when nothing remains.
    """
    plain = unicodedata.normalize("NFKD", _LONG_NUMBER.sub("", text))
    kept = re.sub(r"[^A-Za-z0-9_]+", "-", plain.encode("ascii", "ignore").decode())
    return kept[:_LONGEST_STEM].strip("-_") or otherwise


def _short(filing_id: str) -> str:
    """Enough of a filing's id to tell it from the others; no name in the folder needs more."""
    return re.sub(r"[^A-Za-z0-9]+", "", filing_id)[:8] or "run"


def _stem_and_suffix(file_name: str) -> tuple[str, str]:
    """``("Surat Akuan", ".pdf")``, whatever separators the name's origin uses."""
    name = re.split(r"[/\\]", file_name)[-1]
    match = re.fullmatch(r"(.*?)(\.[A-Za-z0-9]{1,5})?", name, re.DOTALL)
    stem, suffix = match.groups() if match else (name, None)
    return stem, (suffix or ".bin").lower()


def new_folder(root: Path, *, job_name: str, now: datetime, inside: Sequence[str] = ()) -> Path:
    """A new private folder ``root/2026-11-21T2214-joiners``, as `RunFolder.create` has it."""
    stamp = now.astimezone(MALAYSIA).strftime("%Y-%m-%dT%H%M")
    name = f"{stamp}-{sanitised(job_name, otherwise='run')}"
    try:
        # One by one: what mkdir makes on the way to a folder is not private.
        for place in (root.parent, root):
            place.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        path = _first_free(root, name)
        for sub in inside:
            (path / sub).mkdir(mode=PRIVATE_FOLDER)
        sync_folder(root)
    except OSError as error:
        raise ConfigInvalid(
            Words(
                f"Folder pelaksanaan tidak dapat dibuat: {error.strerror}.",
                f"The run folder cannot be made: {error.strerror}.",
            ),
            where=str(root),
        ) from error
    return path


def _first_free(root: Path, name: str) -> Path:
    """Make the first folder of that name that is not there yet (two runs may start together)."""
    for number in range(1, _MOST_RUNS_A_MINUTE):
        path = root / (name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir(mode=PRIVATE_FOLDER)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)


def _not_kept(path: Path, error: OSError) -> NotWritten:
    return NotWritten(
        Words(
            f"Bukti tidak dapat disimpan: {error.strerror}.",
            f"Evidence cannot be kept: {error.strerror}.",
        ),
        where=str(path),
    )
