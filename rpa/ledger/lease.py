"""The lease on a portal ID: one live session per log-in, across processes and machines.

Three guards stand behind each other. The *token* of a lease grows by one whenever it changes
hands and every write to the ledger asks for it, so a holder that was overtaken can write nothing,
whatever it believes. The *heartbeat* keeps the lease from running out while the browser blocks
the main thread. The *watchdog* ends a process that was frozen (stopped, suspended) before it
touches the portal again. Lease times are the database's clock; a step forward of that clock may
let another take the lease early, which the token makes harmless, and after a step back nobody
waits longer than ``LONGEST_LEASE_S`` for a dead holder. Durations inside the process are measured
by a clock that goes on while the machine sleeps.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self
from zoneinfo import ZoneInfo

from sqlalchemy import case, insert, literal, or_, select, update

from rpa.errors import Busy, ConfigInvalid, RpaError, Words
from rpa.ledger.lockfile import LockFile, maker_is_dead
from rpa.ledger.store import LedgerFailed
from rpa.ledger.tables import clock, leases, lock_gate
from rpa.settings import LONGEST_LEASE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from sqlalchemy.engine import Connection, Row

    from rpa.ledger.ledger import Ledger
    from rpa.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Terms:
    """What a lease is asked for with; see ``acquire``."""

    name: str
    holder: str
    ttl_s: float
    on_freeze: Callable[[], None]
    lock: LockFile


NAME_LENGTH = 64  # a sealed name: HMAC-SHA256 in hexadecimal
ASK_AGAIN_S = 0.5
_MALAYSIA = ZoneInfo("Asia/Kuala_Lumpur")
LOST = Words(
    "Pelaksanaan ini tidak lagi memegang ID portalnya: pelaksanaan lain telah mengambilnya, atau "
    "komputer ini terhenti seketika.",
    "This run no longer holds its portal ID: another run took it, or this computer stood still for"
    " a while.",
)


class LeaseLost(RpaError):
    """This process no longer holds its portal ID: another run took it, or this one was frozen."""

    exit_code: ClassVar[int] = 75
    who: ClassVar[Words] = Words("tiada sesiapa", "nobody")
    next_move: ClassVar[Words] = Words(
        "Jalankan semula. Apa yang sudah ditekan akan disemak di portal dahulu, tidak dihantar dua"
        " kali.",
        "Run it again. Whatever was pressed is looked up in the portal first, not sent twice.",
    )


def end_process() -> None:
    """End this process here and now with exit 75; what a frozen process does."""
    # Not sys.exit: the main thread must not run another line, above all no ``finally`` that
    # would touch the portal.
    os._exit(LeaseLost.exit_code)


def elapsed() -> float:
    """Seconds on a clock that no one sets and that counts while the machine sleeps.

    ``time.monotonic`` stands still during sleep on Linux and macOS; on Windows it does not.
    """
    if sys.platform == "win32":
        return time.monotonic()
    else:  # noqa: RET505  so that mypy reads it on either system
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Lease:
    """A held lease; made by ``acquire`` only. Leaving its ``with`` releases it."""

    def __init__(self, store: Store, terms: Terms, token: int, asked: float) -> None:
        self.name, self.holder, self.ttl_s = terms.name, terms.holder, terms.ttl_s
        self.token = token
        self._store = store
        self._lock = terms.lock
        self._lost = threading.Event()
        self._why = LOST
        self._stop = threading.Event()
        self._renewed, self._ticked = asked, elapsed()
        self.on_freeze = terms.on_freeze
        self._threads: list[threading.Thread] = []

    # -- asked before each step --

    def remaining(self) -> float:
        """Seconds left by this process's own reckoning, which is never more than is true."""
        return self._renewed + self.ttl_s - elapsed()

    def held(self) -> bool:
        """Whether it is still ours as far as can be known without asking the database."""
        frozen = elapsed() - self._ticked > self.ttl_s / 2
        return not self._lost.is_set() and not frozen and self.remaining() > 0

    def check(self, margin_s: float = 0.0) -> None:
        """Raise LeaseLost when it is no longer held, or for less than ``margin_s`` seconds."""
        if not self.held() or self.remaining() < margin_s:
            raise self.lost()

    def lost(self) -> LeaseLost:
        """Give the lease up for lost; the error to raise."""
        self._lost.set()
        return LeaseLost(self._why)

    def confirm(self) -> None:
        """As `check`, asked of the database as well: the last thing before the press leaves.

        Raises LeaseLost; also when the ledger does not answer, for then nobody knows.
        """
        self.check()
        try:
            with self._store.reading() as conn:
                self.guard(conn)
        except LedgerFailed:
            raise self.lost() from None

    # -- inside a transaction --

    def guard(self, conn: Connection) -> None:
        """Make sure, until this transaction ends, that the token still holds. Raises LeaseLost."""
        row = select(leases.c.token).where(leases.c.name == self.name).with_for_update()
        if conn.scalars(row).one_or_none() != self.token:
            raise self.lost()

    def extend(self, conn: Connection) -> bool:
        """Give the lease its whole time again; False when the token no longer holds."""
        mine = (leases.c.name == self.name) & (leases.c.token == self.token)
        until = update(leases).where(mine, leases.c.holder.is_not(None))
        return conn.execute(until.values(expires_at=clock(self.ttl_s))).rowcount == 1

    # -- its threads --

    def start(self) -> None:
        """Begin heartbeat and watchdog."""
        for work in (self._beat, self._watch):
            thread = threading.Thread(target=work, name=f"lease{work.__name__}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _beat(self) -> None:
        # A connection of its own, kept: if it breaks, the lease counts as lost, for whoever
        # cannot reach the ledger cannot know who holds the portal ID.
        try:
            with self._store.connection() as conn:
                while not self._stop.wait(self.ttl_s / 3) and self._renew(conn):
                    pass
        except LedgerFailed as error:
            self._why = error.words  # a full disk, say: nobody took it
            self._lost.set()

    def _renew(self, conn: Connection) -> bool:
        asked = elapsed()
        with conn.begin():
            renewed = self.extend(conn)
        if renewed:
            self._renewed = asked
        else:
            self._lost.set()
        return renewed

    def _watch(self) -> None:
        tick = min(1.0, self.ttl_s / 10)
        while not self._stop.wait(tick):
            if elapsed() - self._ticked > self.ttl_s / 2:
                self._lost.set()
                self.on_freeze()
                return
            self._ticked = elapsed()

    # -- its end --

    def release(self) -> None:
        """Free it for others at once; the token stays and grows on. Raises LedgerFailed.

        Once is enough; a second time does nothing.
        """
        if self._stop.is_set():
            return
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._lost.set()
        mine = (leases.c.name == self.name) & (leases.c.token == self.token)
        try:
            with self._store.writing() as conn:
                conn.execute(update(leases).where(mine).values(holder=None, expires_at=clock()))
        finally:
            # Where the ledger could not be written the file stays, open to all: by it the next run
            # on this machine sees that nobody holds the lease any more.
            self._lock.close()
        self._lock.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.release()
            return
        # What ended the run is told, not that its lease has to run out by itself.
        with contextlib.suppress(LedgerFailed):
            self.release()


def acquire(  # noqa: PLR0913 - the last four are named at the call and mostly left alone
    ledger: Ledger,
    name: str,
    *,
    holder: str = "",
    ttl_s: float = 60,
    wait_s: float = 0,
    on_freeze: Callable[[], None] = end_process,
) -> Lease:
    """Take the lease ``name`` (of ``Ledger.lease_name``), waiting ``wait_s`` seconds for it.

    ``holder`` is the run's id. A lease that ran out, was released, or whose holder died on this
    machine is taken at once. ``on_freeze`` is called in the watchdog's thread when the process
    stood still for longer than half of ``ttl_s``; left out, the process ends there with exit 75.
    Raises Busy naming who holds it, ConfigInvalid when the lock file cannot be made, ValueError
    for a ``ttl_s`` above `LONGEST_LEASE_S`.
    """
    if len(name) != NAME_LENGTH:
        raise ValueError("a lease's name is sealed: Ledger.lease_name")
    if ttl_s > LONGEST_LEASE_S:
        raise ValueError("no lease is that long")
    store = ledger.store
    terms = Terms(name, holder, ttl_s, on_freeze, _lock_file(store))
    lease: Lease | None = None
    try:
        lease = _wait(store, terms, elapsed() + wait_s)
    finally:
        if lease is None:
            terms.lock.remove()
    lease.start()
    return lease


@contextlib.contextmanager
def under(ledger: Ledger, name: str, mine: Lease) -> Iterator[Lease]:
    """The lease ``name``: ``mine`` if it is that one, otherwise taken for the while.

    For a filing that was begun with another portal ID (``FilingRecord.lease_name``). Raises Busy
    when a run is at work with that portal ID.
    """
    if name == mine.name:
        yield mine
        return
    with acquire(
        ledger, name, holder=mine.holder, ttl_s=mine.ttl_s, on_freeze=mine.on_freeze
    ) as other:
        yield other


def _wait(store: Store, terms: Terms, until: float) -> Lease:
    while True:
        asked = elapsed()
        if token := _take(store, terms):
            return Lease(store, terms, token, asked)
        if asked >= until:
            raise _busy(store, terms.name)
        # The holder may be on another machine: there is nothing to wait on but the row.
        threading.Event().wait(min(ASK_AGAIN_S, max(0.0, until - elapsed())))


def _lock_file(store: Store) -> LockFile:
    folder = store.lock_folder
    try:
        return LockFile(folder / f"{uuid.uuid4().hex}.lock")
    except OSError as error:
        words = Words(
            f"Fail kunci tidak dapat dibuat dalam {folder}. Beri pengguna ini hak menulis di situ.",
            f"No lock file can be made in {folder}. Give this user the right to write there.",
        )
        raise ConfigInvalid(words, where=str(folder)) from error


def _take(store: Store, terms: Terms) -> int:
    """The new token, or 0 when another holds the lease."""
    with store.writing() as conn:
        row = _row(conn, terms.name)
        if not (row.ran_out or _is_orphaned(row)):
            _cut(conn, row)
            return 0
        values = {
            "token": row.token + 1,
            "holder": terms.holder,
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "lock_file": str(terms.lock.path),
            "acquired_at": clock(),
            "expires_at": clock(terms.ttl_s),
        }
        conn.execute(update(leases).where(leases.c.name == terms.name).values(values))
    _forget(row.lock_file)
    return int(row.token) + 1


def _row(conn: Connection, name: str) -> Row[Any]:
    """The lease's row, locked; made when the lease has never been taken."""
    lock_gate(conn)
    known = select(leases.c.name).where(leases.c.name == name).exists()
    new = select(literal(name), literal(0)).where(~known)
    conn.execute(insert(leases).from_select(["name", "token"], new))
    ran_out = or_(leases.c.holder.is_(None), leases.c.expires_at <= clock())
    too_long = leases.c.expires_at > clock(LONGEST_LEASE_S)
    asked = {"ran_out": ran_out, "too_long": too_long}
    answers = (case((question, 1), else_=0).label(key) for key, question in asked.items())
    wanted = select(leases, *answers).where(leases.c.name == name)
    return conn.execute(wanted.with_for_update()).one()


def _cut(conn: Connection, row: Row[Any]) -> None:
    """A lease longer than any: the clock was set back since. A living holder renews it anyway.

    Without this a machine that died before the clock was set back by a day would keep its portal
    ID for that day.
    """
    if row.too_long:
        mine = update(leases).where(leases.c.name == row.name)
        conn.execute(mine.values(expires_at=clock(LONGEST_LEASE_S)))


def _is_orphaned(row: Row[Any]) -> bool:
    """Whether the holder's process died on this machine: its lock file can be locked."""
    return row.host == socket.gethostname() and maker_is_dead(Path(row.lock_file))


def _forget(lock_file: str) -> None:
    """Take away what the last holder left; if that process lives on, it has lost the lease."""
    if lock_file:
        with contextlib.suppress(OSError):
            Path(lock_file).unlink(missing_ok=True)


def _busy(store: Store, name: str) -> Busy:
    with store.reading() as conn:
        row = conn.execute(select(leases).where(leases.c.name == name)).one()
    since = row.acquired_at.astimezone(_MALAYSIA).strftime("%d/%m/%Y %H:%M")
    return Busy(
        Words(
            f"ID portal ini sedang digunakan oleh pelaksanaan lain: komputer {row.host}, proses"
            f" {row.pid}, sejak {since}.",
            f"Another run is using this portal ID: computer {row.host}, process {row.pid}, since"
            f" {since}.",
        )
    )
