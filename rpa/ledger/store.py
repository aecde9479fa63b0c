"""Where the ledger lives: a SQLite file, or PostgreSQL by URL; opened, checked, written whole.

A SQLite ledger is in WAL mode with ``synchronous=FULL``: a transaction that was committed is on
the disk, and what is written after it shares no sector with it. If the end of its ``-wal`` file is
lost all the same (a disk that said "written" and had not), what is found is the state after one of
the earlier transactions, never a mixture; what was pressed since then is found by the look at the
portal that comes before every filing. A main file that lost its end, its middle or everything is
refused at opening: each opening checks the file's structure (some 0.1 s for 10,000 rows), after
an unclean end its indexes as well (0.3 s). A page whose figures changed and whose form did not is
not noticed: SQLite keeps no checksums there.

A ledger of an older version is upgraded at opening, in one transaction; one of a newer version is
refused.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sqlite3
import urllib.parse
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import platformdirs
from sqlalchemy import create_engine, event, insert, inspect, select, text, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from rpa.errors import Busy, ConfigInvalid, RpaError, Words
from rpa.ledger.lockfile import LockFile
from rpa.ledger.tables import (
    META_GATE,
    META_SECRET,
    META_VERSION,
    OLDEST_VERSION,
    SCHEMA_VERSION,
    TABLES_OF_OLDEST,
    meta,
    metadata,
    upgrade,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

APPLICATION_ID = 0x41525041  # "ARPA" in the file's header: this SQLite file is a ledger
BUSY_S = 10  # how long a write waits for another process's write before it is given up


class LedgerFailed(RpaError):
    """The ledger could not be read or written in the middle of a run (disk, connection).

    Exit 74 (EX_IOERR). It may come after a press, so it never says that nothing was sent.
    """

    exit_code: ClassVar[int] = 74
    who: ClassVar[Words] = Words("pengendali", "operator")
    next_move: ClassVar[Words] = Words(
        "Pulihkan tempat lejar, kemudian jalankan semula. Apa yang sudah ditekan akan disemak di"
        " portal dahulu, tidak dihantar dua kali.",
        "Mend the ledger's place, then run it again. Whatever was pressed is looked up in the"
        " portal first, not sent twice.",
    )


class _Trouble(NamedTuple):
    why: Words
    move: Words


_FULL = _Trouble(
    Words("cakera sudah penuh", "the disk is full"),
    Words("Kosongkan ruang pada cakera.", "Make room on the disk."),
)
_FAULTY = _Trouble(
    Words("cakera sudah penuh atau rosak", "the disk is full or faulty"),
    Words(
        "Kosongkan ruang pada cakera; jika masih ada ruang, minta cakera itu diperiksa.",
        "Make room on the disk; if there is room, have the disk checked.",
    ),
)
_NO_RIGHT = _Trouble(
    Words(
        "fail atau foldernya tidak boleh dibaca atau ditulis oleh pengguna ini",
        "this user may not read or write the file or its folder",
    ),
    Words(
        "Beri pengguna ini hak menulis di situ, atau namakan tempat lain untuk lejar dalam"
        " konfigurasi.",
        "Give this user the right to write there, or name another place for the ledger in the"
        " configuration.",
    ),
)
_NO_FILE = _Trouble(
    Words("laluan itu bukan fail di dalam folder", "that path is not a file in a folder"),
    Words(
        "Namakan fail lejar yang lain dalam konfigurasi.",
        "Name another ledger file in the configuration.",
    ),
)
_FOREIGN = _Trouble(
    Words("ia bukan lejar alat ini", "it is not a ledger of this tool"), _NO_FILE.move
)
_DAMAGED = _Trouble(
    Words("fail itu rosak atau tidak lengkap", "the file is damaged or incomplete"),
    Words(
        "Jangan padamkannya. Kembalikan salinan terakhir; jika tiada, alihkannya dan semak di"
        " portal apa yang sudah dihantar sebelum memfailkan semula.",
        "Do not delete it. Put back the last copy; if there is none, move it away and look in the"
        " portal for what was sent before filing again.",
    ),
)
_HELD = _Trouble(
    Words("proses lain sedang memegangnya", "another process keeps hold of it"),
    Words(
        "Tunggu proses itu selesai, kemudian jalankan semula.",
        "Wait for that process to end, then run again.",
    ),
)
_NETWORK = _Trouble(
    Words("folder itu tidak menyokong mod WAL", "that folder does not support WAL mode"),
    Words(
        "Letakkan lejar pada cakera komputer ini, bukan folder rangkaian; untuk beberapa komputer"
        " gunakan PostgreSQL.",
        "Put the ledger on this computer's own disk, not on a network folder; for several"
        " computers use PostgreSQL.",
    ),
)
_UNSAFE = _Trouble(
    Words(
        "pelayan itu tidak menyimpan data dengan selamat (fsync=off) atau hanya boleh dibaca",
        "that server does not keep data safely (fsync=off) or is read-only",
    ),
    Words(
        "Gunakan pelayan utama PostgreSQL dengan fsync=on.",
        "Use a primary PostgreSQL server with fsync=on.",
    ),
)
_NO_DRIVER = _Trouble(
    Words("pemacu PostgreSQL belum dipasang", "the PostgreSQL driver is not installed"),
    Words("Pasang assist-rpa[postgres].", "Install assist-rpa[postgres]."),
)
_ADDRESS = _Trouble(
    Words(
        "alamatnya bukan fail, sqlite:/// atau postgresql://",
        "its address is neither a file, sqlite:/// nor postgresql://",
    ),
    Words("Betulkan alamat lejar dalam konfigurasi.", "Correct the ledger's address."),
)

_BY_SQLITE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": _FAULTY,  # also where the log's index finds no room
    "SQLITE_READONLY": _NO_RIGHT,
    "SQLITE_CANTOPEN": _NO_RIGHT,
    "SQLITE_PERM": _NO_RIGHT,
    "SQLITE_NOTADB": _FOREIGN,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_BUSY": _HELD,
    "SQLITE_LOCKED": _HELD,
}
_BY_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: _NO_RIGHT,
    errno.ENOTDIR: _NO_FILE,
    errno.EISDIR: _NO_FILE,
    errno.EEXIST: _NO_FILE,
    errno.EAGAIN: _HELD,
}


def _newer(found: int) -> _Trouble:
    return _Trouble(
        Words(
            f"ia dibuat oleh versi alat ini yang lebih baharu (lejar versi {found}; alat ini "
            f"mengenali hingga {SCHEMA_VERSION})",
            f"it was made by a newer version of this tool (ledger version {found}; this tool "
            f"knows up to {SCHEMA_VERSION})",
        ),
        Words("Kemas kini alat ini.", "Update this tool."),
    )


def _trouble(error: BaseException) -> _Trouble:
    """What an error of the database or the disk means to the person who mends it."""
    origin = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if isinstance(origin, OSError) and origin.errno in _BY_ERRNO:
        return _BY_ERRNO[origin.errno]
    if isinstance(origin, sqlite3.Error):
        name = getattr(origin, "sqlite_errorname", "")
        for known, trouble in _BY_SQLITE.items():
            if name.startswith(known):
                return trouble
    # Only the first line: PostgreSQL's further lines may quote the row.
    said = (str(origin).splitlines() or [type(origin).__name__])[0]
    return _Trouble(
        Words.quoted(said),
        Words("Semak tempat dan konfigurasi lejar.", "Check the ledger's place and configuration."),
    )


def _words(place: str, trouble: _Trouble) -> Words:
    return Words(
        f"Lejar {place} tidak dapat digunakan: {trouble.why.bm}. {trouble.move.bm}",
        f"The ledger {place} cannot be used: {trouble.why.en}. {trouble.move.en}",
    )


class Store:
    """The open database and its transactions; knows nothing of filings."""

    def __init__(self, engine: Engine, place: str, lock_folder: Path) -> None:
        self.place = place
        self.lock_folder = lock_folder
        self._engine = engine

    @classmethod
    def open(cls, url_or_path: str | Path) -> Store:
        """Open the ledger, make it where there is none. Raises ConfigInvalid, Busy.

        Busy, after `BUSY_S` seconds, when another process keeps hold of it: one that was frozen
        inside a write does so until it wakes up or ends.
        """
        place, url = _address(url_or_path)
        try:
            store = _open_file(Path(place)) if url is None else _open_server(place, url)
        except (SQLAlchemyError, OSError) as error:
            trouble = _trouble(error)
            kind = Busy if trouble is _HELD else ConfigInvalid
            # Of what stands beside the ledger, its own name: a folder of locks, say.
            where = error.filename if isinstance(error, OSError) else None
            raise kind(_words(place, trouble), where=where or place) from error
        except ModuleNotFoundError as error:
            raise _refuse(place, _NO_DRIVER) from error
        return store

    def close(self) -> None:
        """Close all connections; of a file the last one to close folds the ``-wal`` file in."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise LedgerFailed(_words(self.place, _trouble(error)), where=self.place) from error

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes: whole and on disk when it ends, or nothing of it.

        Raises LedgerFailed.
        """
        with self.connection() as conn, conn.begin():
            yield conn

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads. Raises LedgerFailed."""
        with self._translated(), self._engine.connect() as conn, conn.begin():
            yield conn

    @contextlib.contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection of one's own, to keep; ``begin()`` on it writes. Raises LedgerFailed."""
        with self._translated(), self._engine.connect() as conn:
            yield conn.execution_options(begin="IMMEDIATE")

    def secret(self) -> bytes:
        """The random secret of the ledger's keys."""
        with self.reading() as conn:
            return bytes.fromhex(conn.scalars(select(meta.c.value).where(_is(META_SECRET))).one())

    def scrub(self) -> None:
        """Fold the ``-wal`` file in and empty it, so that blanked data is gone from it as well.

        Waits for nobody: while another process reads, it is left for the next time.
        """
        if self._engine.dialect.name == "sqlite":
            with self._translated(), self._engine.connect() as conn:
                _pragma(conn.execution_options(begin=""), "wal_checkpoint(TRUNCATE)")


def _is(key: str) -> Any:
    return meta.c.key == key


def _address(url_or_path: str | Path) -> tuple[str, URL | None]:
    """A place to show (never with a password), and the URL when it is a server."""
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return str(Path(url_or_path).absolute()), None
    bare = url_or_path.partition("://")[0] + "://…"
    try:
        url = make_url(url_or_path)
        kind = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise ConfigInvalid(_words(bare, _ADDRESS), where=bare) from error
    if kind == "sqlite" and url.database:
        return str(Path(url.database).absolute()), None
    if kind not in {"postgresql", "postgres"}:
        raise ConfigInvalid(_words(bare, _ADDRESS), where=bare)
    return url.render_as_string(hide_password=True), url.set(drivername="postgresql+psycopg")


def _refuse(place: str | Path, trouble: _Trouble) -> ConfigInvalid:
    return ConfigInvalid(_words(str(place), trouble), where=str(place))


# --- a file ---------------------------------------------------------------------------------------


def _file_engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        creator=lambda: sqlite3.connect(_uri(path), uri=True, check_same_thread=False),
    )
    event.listen(engine, "connect", _prepare_file_connection)
    event.listen(engine, "begin", _begin_file)
    return engine


def _uri(path: Path) -> str:
    """The file for SQLite, told that a disk's sector may be torn (``psow=0``).

    Then a transaction's end never shares a sector of the log with the next one's beginning, and a
    power cut while that one is written leaves what was committed before it alone.
    """
    place = urllib.parse.quote(path.as_posix(), safe="/:")
    return f"file://{'' if place.startswith('/') else '/'}{place}?psow=0"


def _prepare_file_connection(raw: sqlite3.Connection, _record: object) -> None:
    # Python's sqlite3 would begin transactions by its own rules; _begin_file does it by ours.
    raw.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_S * 1000}",
        "synchronous=FULL",
        "fullfsync=ON",  # macOS: fsync alone leaves the data in the drive's own memory
        "checkpoint_fullfsync=ON",
        "foreign_keys=ON",
        "secure_delete=ON",  # a blanked payload is overwritten, not only unlinked
    ):
        raw.execute(f"PRAGMA {pragma}").close()


def _begin_file(conn: Connection) -> None:
    # IMMEDIATE: whoever will write waits at the start. A reader that turns writer half-way is
    # refused at once when another wrote in between, whatever busy_timeout says.
    kind = conn.get_execution_options().get("begin", "DEFERRED")
    if kind:
        conn.exec_driver_sql(f"BEGIN {kind}")


def _open_file(path: Path) -> Store:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_dir():
        raise _refuse(path, _NO_FILE)
    locks = path.with_name(path.name + ".locks")
    locks.mkdir(mode=0o700, exist_ok=True)
    # Opening goes one by one: of two processes that find no ledger, only one may make it.
    with LockFile(locks / "open.lock", wait_s=BUSY_S):
        if not path.exists():
            _refuse_orphaned_wal(path)
            _make_file(path)
        engine = _file_engine(path)
        try:
            _check_file(engine, path)
        except BaseException:
            engine.dispose()
            raise
    return Store(engine, str(path), locks)


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _refuse_orphaned_wal(path: Path) -> None:
    # The main file was taken away and its newest part left: a new ledger here would forget.
    if _wal(path).exists() and _wal(path).stat().st_size:
        raise _refuse(path, _DAMAGED)


def _make_file(path: Path) -> None:
    """Make the ledger beside its place and move it there whole.

    An empty file in the ledger's own place therefore always means a loss, never a beginning.
    """
    for left in path.parent.glob(f".{path.name}.new-*"):
        left.unlink()
    new = path.with_name(f".{path.name}.new-{uuid.uuid4().hex}")
    os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    engine = _file_engine(new)
    try:
        with engine.connect() as conn:
            conn.execution_options(begin="")
            _pragma(conn, "journal_mode=WAL")
            conn.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        with engine.connect() as conn, conn.execution_options(begin="IMMEDIATE").begin():
            _make_tables(conn)
    finally:
        engine.dispose()
    new.replace(path)
    _sync_folder(path.parent)


def _make_tables(conn: Connection) -> None:
    metadata.create_all(conn)
    values = {
        META_VERSION: str(SCHEMA_VERSION),
        META_SECRET: secrets.token_hex(32),
        META_GATE: "",
    }
    conn.execute(insert(meta), [{"key": key, "value": value} for key, value in values.items()])


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _check_file(engine: Engine, path: Path) -> None:
    if path.stat().st_size == 0:
        raise _refuse(path, _DAMAGED)
    unclean = _wal(path).exists() and _wal(path).stat().st_size > 0
    with engine.connect() as conn:
        conn.execution_options(begin="")
        if _pragma(conn, "application_id") != APPLICATION_ID:
            raise _refuse(path, _FOREIGN)
        version = _version(conn, str(path))
        # Asked for, not only read: a copied file may have been turned out of WAL mode.
        if _pragma(conn, "journal_mode=WAL") != "wal":
            raise _refuse(path, _NETWORK)
        # Left unclean when its last process was killed, or open in another process just now: then
        # indexes are compared with tables as well, for a claim is found by its index.
        if _pragma(conn, "integrity_check" if unclean else "quick_check") != "ok":
            raise _refuse(path, _DAMAGED)
        _refuse_cut_file(conn, path)
    with engine.connect() as conn, conn.execution_options(begin="IMMEDIATE").begin():
        # A read-only or full disk is found here, before the browser, not at the first intent.
        conn.execute(update(meta).where(_is(META_GATE)).values(value=""))
        upgrade(conn, version)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _refuse_cut_file(conn: Connection, path: Path) -> None:
    """A file shorter than its own count of pages has lost its end.

    SQLite rounds the size up and fills a page cut in its middle with zeros, without a word. The
    count is read before the ``-wal`` file is folded in and the file never shrinks, so that other
    processes at work raise no false alarm.
    """
    whole = _pragma(conn, "page_count") * _pragma(conn, "page_size")
    busy, frames, folded = conn.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
    if not busy and frames == folded and path.stat().st_size < whole:
        raise _refuse(path, _DAMAGED)


def _pragma(conn: Connection, pragma: str) -> Any:
    return conn.exec_driver_sql(f"PRAGMA {pragma}").scalar()


def _version(conn: Connection, place: str) -> int:
    found = conn.scalars(select(meta.c.value).where(_is(META_VERSION))).one_or_none() or ""
    if not found.isdecimal() or int(found) < OLDEST_VERSION:
        raise _refuse(place, _DAMAGED)
    if int(found) > SCHEMA_VERSION:
        raise _refuse(place, _newer(int(found)))
    return int(found)


# --- a server -------------------------------------------------------------------------------------

_OPENING = 0x41525041  # the advisory lock that lets one process at a time make the tables


def _open_server(place: str, url: URL) -> Store:
    locks = platformdirs.user_state_path("assist-rpa") / "locks"
    locks.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": BUSY_S,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        },
    )
    event.listen(engine, "connect", _prepare_server_connection)
    try:
        with engine.begin() as conn:
            _check_server(conn, place)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place, locks)


def _prepare_server_connection(raw: Any, _record: object) -> None:
    with raw.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
        cursor.execute(f"SET lock_timeout TO '{BUSY_S}s'")
        # A process frozen in the middle of a transaction must not hold its locks for ever.
        cursor.execute("SET idle_in_transaction_session_timeout TO '30s'")
    raw.commit()


def _check_server(conn: Connection, place: str) -> None:
    asked = text("SELECT current_setting('fsync'), current_setting('transaction_read_only')")
    if tuple(conn.execute(asked).one()) != ("on", "off"):
        raise _refuse(place, _UNSAFE)
    conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _OPENING})
    names = set(inspect(conn).get_table_names())
    ours = set(metadata.tables)
    if not names & ours:
        _make_tables(conn)
        return
    if not names >= TABLES_OF_OLDEST or not _is_our_meta(conn):
        raise _refuse(place, _FOREIGN)
    upgrade(conn, _version(conn, place))
    if not ours <= set(inspect(conn).get_table_names()):
        raise _refuse(place, _FOREIGN)


def _is_our_meta(conn: Connection) -> bool:
    return {c["name"] for c in inspect(conn).get_columns("meta")} == {"key", "value"}
