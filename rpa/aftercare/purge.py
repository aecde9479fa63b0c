"""What of the run folders is past its time, and its removal.

A run that sent nothing goes with its whole folder; of the others the pictures go first, and the
folder with its letters last. A folder in which something waits, or of which the ledger knows
nothing, is left as it is: what is in doubt there cannot be told.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rpa.aftercare.retention import STILL_AT_WORK, RunStanding, in_one_way, standing_of
from rpa.errors import Busy, Severity, Words, keeping
from rpa.evidence.chain import lines, verify
from rpa.evidence.files import sync_folder
from rpa.evidence.folder import PROFILE_FILE, REPORT, RunFolder
from rpa.evidence.verifier import CHAIN_FILE, END, REMOVED, Head, latest
from rpa.evidence.wording import MALAYSIA
from rpa.ledger.lockfile import LockFile
from rpa.reading import Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rpa.ledger.ledger import Ledger
    from rpa.settings import Retention

_PICTURES, _PAPERS = "pictures", ("pictures", "letters")
# What only comes of a case: a run that has it did more than rehearse.
_OF_CASES: Final = {"letter", "case", "record", "slip"}
_MOST_BYTES: Final = 256 * 1024 * 1024
_IDENTITY_LENGTH: Final = 12
LOCK: Final = "purge.lock"


class Kind(StrEnum):
    """What is removed of a run."""

    UNSENT = "runs that sent nothing"
    PICTURES = "pictures"
    FOLDER = "run folders"
    PERSON = "files with this person"


@dataclass(frozen=True, slots=True)
class Gone:
    """What goes of one run folder; the whole of it where no ``files`` are named."""

    kind: Kind
    folder: Path
    bytes: int
    since: datetime
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """What may go, and the names of the folders that are kept for another reason than their age."""

    gone: list[Gone] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # its evidence is not whole
    by_law: list[Gone] = field(default_factory=list)  # of a person: goes only when it is demanded


@dataclass(frozen=True, slots=True)
class _Run:
    """A run folder and what is known of it; ``ended`` is when its last piece was kept."""

    path: Path
    entries: Mapping[str, Mapping[str, Any]]
    standing: RunStanding | None
    ended: datetime | None

    @property
    def sent_nothing(self) -> bool:
        """A rehearsal, or stopped before anything was pressed."""
        kinds = {entry["kind"] for entry in self.entries.values()}
        known = self.standing
        return bool(known and known.of_a_job and not known.pressed and not kinds & _OF_CASES)


def past(root: Path, ledger: Ledger, kept: Retention, now: datetime) -> Found:
    """What is older than the settings say."""
    found = Found()
    for run in _runs(root, ledger, now):
        if run.standing is None:
            found.unknown.append(run.path.name)
        elif gone := _past(run, kept, now):
            if run.standing.waiting:
                found.waiting.append(run.path.name)
            elif gone.files and not _is_whole(ledger, run.path):
                found.broken.append(run.path.name)
            else:
                found.gone.append(gone)
    return found


def of_person(
    root: Path, ledger: Ledger, number: str, filings: frozenset[str], now: datetime
) -> Found:
    """What shows one person: files with the number, and the papers of filings they stand in."""
    found = Found()
    pattern = _pattern(number)
    for run in _runs(root, ledger, now):
        files = _with_person(run, pattern, filings)
        if not files:
            continue
        if run.standing is None:
            found.unknown.append(run.path.name)
        elif run.standing.waiting:
            found.waiting.append(run.path.name)
        elif run.sent_nothing:
            found.gone.append(_whole(Kind.UNSENT, run))
        elif not _is_whole(ledger, run.path):
            found.broken.append(run.path.name)
        else:
            found.by_law.append(_part(Kind.PERSON, run, files))
    return found


def remove(ledger: Ledger, gone: Gone, why: str) -> tuple[str, str]:
    """Take it out for good; the end of its list of evidence before and after, "" without a list.

    ``why`` is one of ``rpa.evidence.verifier.REMOVED``. First the list says so and the ledger has
    its new end, then the files go: cut off in between, the next purge goes on. Raises NotWritten.
    """
    folder = RunFolder.open(gone.folder)
    before, name = folder.head, gone.folder.name
    if not gone.files:
        ledger.note_head(name, folder.first, folder.head, 0)
        _remove_folder(gone.folder)
        return before, ""
    cases = {name: entry["filing"] for name, entry in latest(lines(gone.folder)).items()}
    for file in gone.files:
        folder.add(gone.folder / file, why, cases.get(file, ""))
    head = folder.seal()
    ledger.note_head(name, folder.first, head.chain, head.lines)
    for file in gone.files:
        with keeping(gone.folder / file):
            (gone.folder / file).unlink()
            sync_folder((gone.folder / file).parent)
    return before, folder.head


def _is_whole(ledger: Ledger, folder: Path) -> bool:
    """Whether its list may be closed anew: what was forged would be made good by that.

    Not what an earlier purge left half-way, nor a file that is in no list and comes into none.
    """
    entries = lines(folder)
    known = ledger.head_of(folder.name, entries[0]["chain"] if entries else "")
    noted = Head(*known) if known else None
    since = [entry["kind"] for entry in entries if noted and entry["n"] > noted.lines]
    cut_off = {"lines-added"} if all(kind in {*REMOVED, END} for kind in since) else set()
    harmless = {"file-returned", "file-unlisted"} | cut_off
    wrong = (p for p in verify(folder, noted) if p.severity is Severity.ERROR)
    return all(problem.code in harmless for problem in wrong)


def alone(folder: Path) -> LockFile:
    """So that two do not purge at the same time. Raises Busy."""
    place = folder / LOCK
    try:
        return LockFile(place)
    except BlockingIOError:
        raise Busy(
            Words(
                "assist-rpa purge yang lain sedang berjalan. Tiada apa-apa dipadamkan.",
                "Another assist-rpa purge is at work. Nothing was deleted.",
            ),
            where=str(place),
        ) from None


def _runs(root: Path, ledger: Ledger, now: datetime) -> Iterator[_Run]:
    folders = root.iterdir() if root.is_dir() else iter(())
    for path in sorted(one for one in folders if one.is_dir() and not one.is_symlink()):
        try:
            entries = latest(lines(path))
        except Unreadable:
            entries = {}
        cases = frozenset(str(entry["filing"]) for entry in entries.values() if entry["filing"])
        kept = (_time(one["at"]) for one in entries.values() if one["kind"] not in REMOVED)
        times = [at for at in (*kept, _by_name(path.name)) if at]
        ended = max(times, default=None)
        standing = standing_of(ledger, path.name, cases)
        if standing is None and not cases and ended and now - ended > STILL_AT_WORK:
            standing = _never_begun(entries)
        yield _Run(path, entries, standing, ended)


def _never_begun(entries: Mapping[str, Mapping[str, Any]]) -> RunStanding:
    """Of a run that ended before the ledger had it: it may have kept a job's table."""
    inputs = {name for name, entry in entries.items() if entry["kind"] == "input"}
    of_a_job = bool(inputs - {f"input/{PROFILE_FILE}"})
    return RunStanding(waiting=False, pressed=False, of_a_job=of_a_job)


def _past(run: _Run, kept: Retention, now: datetime) -> Gone | None:
    if run.ended is None:
        return None
    age = now - run.ended
    if run.sent_nothing and age > timedelta(days=kept.rehearsals_days):
        return _whole(Kind.UNSENT, run)
    if _years_before(now, kept.folders_years) > run.ended:
        return _whole(Kind.FOLDER, run)
    old = timedelta(days=kept.pictures_days)
    pictures = [name for name in _there(run, (_PICTURES,)) if _old(run.entries[name], now - old)]
    return _part(Kind.PICTURES, run, pictures) if pictures else None


def _old(entry: Mapping[str, Any], before: datetime) -> bool:
    at = _time(entry["at"])
    cut_off = entry["kind"] in REMOVED  # a purge that ended before it took the file
    return cut_off or (at is not None and at < before)


def _there(run: _Run, folders: tuple[str, ...]) -> Iterator[str]:
    """Listed files that stand in these sub-folders; a list leads nowhere else, whatever it says."""
    for name in run.entries:
        parts = name.split("/")
        place = run.path.joinpath(*parts)
        inside = len(parts) == 2 and parts[0] in folders and parts[1] not in {"", ".", ".."}  # noqa: PLR2004  folder and file
        if inside and place.is_file() and place.parent.resolve() == (run.path / parts[0]).resolve():
            yield name


def _with_person(run: _Run, pattern: re.Pattern[bytes], filings: frozenset[str]) -> list[str]:
    theirs = [name for name in _there(run, _PAPERS) if run.entries[name]["filing"] in filings]
    named = [
        path.relative_to(run.path).as_posix()
        for path in sorted(run.path.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name != CHAIN_FILE
        if pattern.search(_content(path))
    ]
    files = list(dict.fromkeys([*theirs, *named]))
    if files and (run.path / REPORT).is_file():
        files.append(REPORT)  # it names people and has no numbers
    return list(dict.fromkeys(files))


def _content(path: Path) -> bytes:
    """A file's bytes, and those that are packed in a workbook; nothing of what cannot be read."""
    try:
        data = contents(path, _MOST_BYTES)
        if not data.startswith(b"PK"):
            return data
        with reading(lambda _: ValueError("no archive")), zipfile.ZipFile(path) as packed:
            sizes = sum(one.file_size for one in packed.infolist())
            names = packed.namelist() if sizes <= _MOST_BYTES else []
            return b"\n".join(packed.read(name) for name in names)
    except (Unreadable, ValueError):
        return b""


def _pattern(number: str) -> re.Pattern[bytes]:
    """The number with or without the dashes of an identity card, and no part of a longer one."""
    plain = in_one_way(number)
    if len(plain) == _IDENTITY_LENGTH and plain.isdigit():
        parts = (plain[:6], plain[6:8], plain[8:])
        text = r"[\s-]?".join(parts)
    else:
        text = re.escape(plain)
    return re.compile(rf"(?<![0-9A-Za-z]){text}(?![0-9A-Za-z])".encode(), re.IGNORECASE)


def _whole(kind: Kind, run: _Run) -> Gone:
    files = (path for path in run.path.rglob("*") if path.is_file() and not path.is_symlink())
    return Gone(kind, run.path, sum(path.stat().st_size for path in files), _since(run))


def _part(kind: Kind, run: _Run, files: list[str]) -> Gone:
    size = sum((run.path / name).stat().st_size for name in files)
    return Gone(kind, run.path, size, _since(run), tuple(files))


def _since(run: _Run) -> datetime:
    return run.ended or datetime.min.replace(tzinfo=MALAYSIA)


def _remove_folder(folder: Path) -> None:
    """The list of evidence last, so that what is cut off in between is known for what it is."""
    with keeping(folder):
        for path in folder.iterdir():
            if path.name == CHAIN_FILE:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        shutil.rmtree(folder)


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _by_name(name: str) -> datetime | None:
    """``2026-11-21T2214-joiners``."""
    try:
        return datetime.strptime(name[:15], "%Y-%m-%dT%H%M").replace(tzinfo=MALAYSIA)
    except ValueError:
        return None


def _years_before(now: datetime, years: int) -> datetime:
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # 29 February
        return now.replace(year=now.year - years, day=28)
