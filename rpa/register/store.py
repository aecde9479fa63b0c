"""Where the register stands: one SQLite file, only ever added to.

WAL with ``synchronous=FULL``: what was kept is on the disk, and a process killed at any moment
leaves all of a batch or nothing. Several processes may keep at once; each waits for the others.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import fields
from datetime import UTC, date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from rpa.errors import NotWritten, Words
from rpa.evidence.files import sync_folder
from rpa.ledger.lockfile import LockFile
from rpa.register.entry import AMOUNTS, Entry, Gaps, MonthOfWorker, WorkerGap, merged, missing
from rpa.rules.months import Month
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

YEARS: Final = 7
"""How long an employer keeps the register from its last entry (facts 13.2)."""

APPLICATION_ID: Final = 0x41525247  # "ARRG" in the file's header: this SQLite file is a register
VERSION: Final = 1
BUSY_S: Final = 30  # how long one process waits for another's batch

_COLUMNS: Final = tuple(field.name for field in fields(Entry))
_COMPARED: Final = ("wages", "allowances", *AMOUNTS)
_SCHEMA: Final = """
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    employer TEXT NOT NULL,
    month INTEGER NOT NULL,  -- 202606
    identification TEXT NOT NULL,
    name TEXT NOT NULL,
    occupation TEXT NOT NULL,
    wages INTEGER NOT NULL,  -- sen, as all money
    allowances INTEGER,
    socso_employer INTEGER NOT NULL,
    socso_employee INTEGER NOT NULL,
    skbbk INTEGER NOT NULL,
    eis_employer INTEGER NOT NULL,
    eis_employee INTEGER NOT NULL,
    acts TEXT NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    filed_at TEXT NOT NULL,  -- UTC, one width, so that text sorts as time does
    run_id TEXT NOT NULL,
    UNIQUE (employer, month, identification, reference, acts, kind)
);
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
"""
_INSERT: Final = (
    f"INSERT INTO entries ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "  # noqa: S608  our own field names
    "ON CONFLICT DO NOTHING"
)
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM entries"  # noqa: S608  our own field names
_ONE: Final = (
    f"{_SELECT} WHERE employer = ? AND month = ? AND identification = ? "
    "AND reference = ? AND acts = ? AND kind = ?"
)
_SOME: Final = (
    f"{_SELECT} WHERE employer = ? AND month BETWEEN ? AND ? "
    "ORDER BY month, identification, filed_at, seq"
)
_WHO: Final = "UPPER(REPLACE(REPLACE(identification, '-', ''), ' ', '')) = ?"
_MONTHS: Final = "SELECT DISTINCT month FROM entries WHERE employer = ? AND month BETWEEN ? AND ?"
_OF_WORKERS: Final = (
    "SELECT identification, month, name FROM entries WHERE employer = ? AND month BETWEEN ? AND ? "
    "ORDER BY identification, month, filed_at, seq"
)
_LAST: Final = (
    "SELECT employer, identification, MAX(month), MAX(filed_at), COUNT(*) FROM entries "
    "GROUP BY employer, identification"
)


class Kept(NamedTuple):
    """What became of the entries that were given.

    ``differing`` of those that are ``known`` have other figures than what stands in the register,
    which was left as it is.
    """

    new: int
    known: int
    differing: int


class Purged(NamedTuple):
    """How many workers and entries are past their time."""

    workers: int
    entries: int


class Register:
    """The open register. Every method raises NotWritten where the file does not serve."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open it, make it where there is none (0600). Raises NotWritten."""
        with _translated(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # One by one: of two processes that find no register, only one may make it.
            with LockFile(path.with_name(path.name + ".lock"), wait_s=BUSY_S):
                if not path.exists():
                    _make(path)
                return cls(path, _checked(path))

    def close(self) -> None:
        """Close it; the last one to close folds the ``-wal`` file in."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def keep(self, entries: Iterable[Entry]) -> Kept:
        """Enter them, all or none; what is entered already stays as it is."""
        new = known = differing = 0
        with self._writing():
            for entry in entries:
                values = _values(entry)
                if self._db.execute(_INSERT, values).rowcount:
                    new += 1
                else:
                    known += 1
                    differing += self._differs(entry)
        return Kept(new, known, differing)

    def entries(
        self, employer: str, first: Month | None = None, last: Month | None = None
    ) -> Iterator[MonthOfWorker]:
        """One line per worker and month, by month and identification number."""
        with _translated(self.path):
            found = self._db.execute(_SOME, (employer, *_span(first, last)))
            yield from merged(_entry(row) for row in found)

    def gaps(self, employer: str, first: Month | None = None, last: Month | None = None) -> Gaps:
        """The employer's and the workers' months without an entry, between first and last one."""
        asked = (employer, *_span(first, last))
        with _translated(self.path):
            months = [_month(number) for (number,) in self._db.execute(_MONTHS, asked)]
            rows = self._db.execute(_OF_WORKERS, asked).fetchall()
        workers = []
        for identification, group in groupby(rows, key=lambda row: row[0]):
            own = list(group)
            absent = missing(_month(number) for _, number, _ in own)
            if absent:
                workers.append(WorkerGap(identification, own[-1][2], absent))
        return Gaps(missing(months), tuple(workers))

    def past(self, today: date) -> Purged:
        """How many workers had their last entry more than seven years before ``today``."""
        with _translated(self.path):
            found = self._past(today)
        return Purged(len(found), sum(count for *_, count in found))

    def purge(self, today: date) -> Purged:
        """Take out the workers of ``past``, for good: their data are overwritten in the file."""
        with self._writing():
            found = self._past(today)
            self._db.executemany(
                "DELETE FROM entries WHERE employer = ? AND identification = ?",
                [(employer, identification) for employer, identification, _ in found],
            )
        with _translated(self.path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        return Purged(len(found), sum(count for *_, count in found))

    def of(self, identification: str) -> Purged:
        """One worker's entries, with whatever employer; the number without blanks and dashes."""
        asked = f"SELECT COUNT(*) FROM entries WHERE {_WHO}"  # noqa: S608  our own words
        with _translated(self.path):
            (count,) = self._db.execute(asked, (identification,)).fetchone()
        return Purged(min(count, 1), count)

    def erase(self, identification: str) -> Purged:
        """Take one worker out for good, whatever the age of their entries."""
        asked = f"DELETE FROM entries WHERE {_WHO}"  # noqa: S608  our own words
        with self._writing():
            count = self._db.execute(asked, (identification,)).rowcount
        with _translated(self.path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        return Purged(min(count, 1), count)

    def take_out(self, employer: str, reference: str, people: Iterable[str]) -> int:
        """Take out what was entered of these people under a number that was none of theirs.

        ``people`` are identification numbers as they were entered; how many entries went.
        """
        asked = "DELETE FROM entries WHERE employer = ? AND reference = ? AND identification = ?"
        with self._writing():
            return sum(
                self._db.execute(asked, (employer, reference, who)).rowcount for who in people
            )

    def _past(self, today: date) -> list[tuple[str, str, int]]:
        """Employer, number and count of entries of whoever is past his time."""
        before = _years_before(today)
        return [
            (employer, identification, count)
            for employer, identification, month, filed_at, count in self._db.execute(_LAST)
            if max(_month(month).last, _time(filed_at).astimezone(TIME_ZONE).date()) < before
        ]

    def _differs(self, entry: Entry) -> bool:
        who = (entry.employer, _number(entry.month), entry.identification)
        which = (entry.reference, entry.acts, entry.kind)
        there = _entry(self._db.execute(_ONE, (*who, *which)).fetchone())
        return any(getattr(there, name) != getattr(entry, name) for name in _COMPARED)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with _translated(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _number(month: Month) -> int:
    return month.year * 100 + month.number


def _span(first: Month | None, last: Month | None) -> tuple[int, int]:
    return _number(first) if first else 0, _number(last) if last else 999_912


def _month(number: int) -> Month:
    return Month(*divmod(number, 100))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _years_before(today: date) -> date:
    try:
        return today.replace(year=today.year - YEARS)
    except ValueError:  # 29 February
        return today.replace(year=today.year - YEARS, day=28)


def _values(entry: Entry) -> list[Any]:
    values = {name: getattr(entry, name) for name in _COLUMNS}
    utc = entry.filed_at.astimezone(UTC)
    values |= {"month": _number(entry.month), "filed_at": utc.isoformat(timespec="seconds")}
    return list(values.values())


def _entry(row: tuple[Any, ...]) -> Entry:
    values = dict(zip(_COLUMNS, row, strict=True))
    values |= {"month": _month(values["month"]), "filed_at": _time(values["filed_at"])}
    return Entry(**values)


# --- the file -------------------------------------------------------------------------------------


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    for pragma in ("synchronous=FULL", "fullfsync=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def _make(path: Path) -> None:
    """Make it beside its place and move it there whole: an empty file there is always a loss."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(_connected(new)) as connection:
        connection.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA application_id={APPLICATION_ID}; "
            f"BEGIN; {_SCHEMA} PRAGMA user_version={VERSION}; COMMIT;"
        )
    new.replace(path)
    sync_folder(path.parent)


def _checked(path: Path) -> sqlite3.Connection:
    """An open connection to what is surely a register of this version. Raises NotWritten."""
    connection = _connected(path)
    try:
        _refuse_other(connection, path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_other(connection: sqlite3.Connection, path: Path) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise _refused(path, _FOREIGN)
    found = _pragma(connection, "user_version")
    if found > VERSION:
        raise _refused(path, _newer(found))
    # Asked for, not only read: a copied file may have been turned out of WAL mode.
    if _pragma(connection, "journal_mode=WAL") != "wal":
        raise _refused(path, _NETWORK)
    if _pragma(connection, "quick_check") != "ok":
        raise _refused(path, _FOREIGN)


def _pragma(connection: sqlite3.Connection, pragma: str) -> Any:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        why = next((words for known, words in _WHY.items() if name.startswith(known)), None)
        raise _refused(path, why or Words.quoted(name or type(error).__name__)) from error
    except OSError as error:
        raise _refused(path, Words.quoted(error.strerror or type(error).__name__)) from error


def _refused(path: Path, why: Words) -> NotWritten:
    return NotWritten(
        Words(
            f"Daftar pekerja tidak dapat digunakan: {why.bm}.",
            f"The register of employees cannot be used: {why.en}.",
        ),
        where=str(path),
    )


_FOREIGN = Words(
    "fail itu bukan daftar pekerja alat ini, atau rosak; kembalikan salinannya",
    "the file is no register of this tool, or damaged; put back its copy",
)


def _newer(found: int) -> Words:
    return Words(
        f"ia dibuat oleh versi alat ini yang lebih baharu (daftar versi {found}; alat ini mengenali"
        f" hingga {VERSION}); kemas kini alat ini",
        f"a newer version of this tool made it (register version {found}; this tool knows up to"
        f" {VERSION}); update this tool",
    )


_NETWORK = Words(
    "folder itu tidak menyokong mod WAL; letakkannya pada cakera komputer ini",
    "that folder does not support WAL mode; put it on this computer's own disk",
)
_WHY = {
    "SQLITE_FULL": Words("cakera sudah penuh", "the disk is full"),
    "SQLITE_IOERR": Words("cakera sudah penuh atau rosak", "the disk is full or faulty"),
    "SQLITE_NOTADB": _FOREIGN,
    "SQLITE_CORRUPT": _FOREIGN,
    "SQLITE_BUSY": Words("proses lain sedang memegangnya", "another process keeps hold of it"),
    "SQLITE_READONLY": Words("ia tidak boleh ditulis", "it may not be written"),
    "SQLITE_CANTOPEN": Words("ia tidak boleh dibuka", "it may not be opened"),
}
