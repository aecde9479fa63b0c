"""What the portal remembers: one SQLite file, which survives a restart and a kill."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KUALA_LUMPUR = timezone(timedelta(hours=8), "MYT")
DATE = "%d/%m/%Y"
SKINS = ("classic", "modern", "foreign", "stranger", "harbour", "meranti")

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (
    email TEXT PRIMARY KEY, password TEXT NOT NULL, phrase TEXT NOT NULL, name TEXT NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0, locked INTEGER NOT NULL DEFAULT 0,
    code TEXT NOT NULL DEFAULT '', terms INTEGER NOT NULL DEFAULT 0,
    must_change_password INTEGER NOT NULL DEFAULT 0, reminder INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS employers (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, brn TEXT NOT NULL, liability_date TEXT NOT NULL,
    entity TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'Active',
    reason TEXT NOT NULL DEFAULT '', details TEXT NOT NULL DEFAULT '{}',
    eis_status TEXT NOT NULL DEFAULT 'Active');
CREATE TABLE IF NOT EXISTS holdings (
    email TEXT NOT NULL, employer TEXT NOT NULL, PRIMARY KEY (email, employer));
CREATE TABLE IF NOT EXISTS persons (
    nric TEXT PRIMARY KEY, name TEXT NOT NULL, birth TEXT NOT NULL, gender TEXT NOT NULL,
    race TEXT NOT NULL DEFAULT '', nationality TEXT NOT NULL DEFAULT 'Malaysia',
    contributed INTEGER NOT NULL DEFAULT 1, blocked INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT 'local', ssfw TEXT NOT NULL DEFAULT '',
    immigration_mismatch INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT, procedure TEXT NOT NULL, email TEXT NOT NULL,
    employer TEXT NOT NULL, status TEXT NOT NULL, reference TEXT NOT NULL DEFAULT '',
    draft_reference TEXT NOT NULL DEFAULT '', created TEXT NOT NULL,
    submitted TEXT NOT NULL DEFAULT '', again INTEGER NOT NULL DEFAULT 0,
    visible_from REAL NOT NULL DEFAULT 0, listing TEXT NOT NULL DEFAULT '{}',
    data TEXT NOT NULL DEFAULT '{}', step TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL, data TEXT NOT NULL,
    file BLOB NOT NULL DEFAULT x'');
CREATE INDEX IF NOT EXISTS lines_case ON lines (case_id);
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL, type TEXT NOT NULL,
    file TEXT NOT NULL, remarks TEXT NOT NULL, uploaded TEXT NOT NULL, content BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS documents_case ON documents (case_id);
CREATE TABLE IF NOT EXISTS workers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, employer TEXT NOT NULL, nric TEXT NOT NULL,
    name TEXT NOT NULL, birth TEXT NOT NULL, gender TEXT NOT NULL, start TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'Active', case_id INTEGER, visible_from REAL NOT NULL DEFAULT 0,
    listing TEXT NOT NULL DEFAULT '{}',
    kind TEXT NOT NULL DEFAULT 'local', details TEXT NOT NULL DEFAULT '{}',
    resigned TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS workers_person ON workers (nric, employer);
CREATE TABLE IF NOT EXISTS contributions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, act TEXT NOT NULL, employer TEXT NOT NULL,
    month TEXT NOT NULL, type TEXT NOT NULL, email TEXT NOT NULL, status TEXT NOT NULL,
    received TEXT NOT NULL DEFAULT '', submitted TEXT NOT NULL DEFAULT '',
    acr TEXT NOT NULL DEFAULT '', ecr TEXT NOT NULL DEFAULT '',
    again INTEGER NOT NULL DEFAULT 0, token TEXT NOT NULL DEFAULT '',
    visible_from REAL NOT NULL DEFAULT 0, listing TEXT NOT NULL DEFAULT '{}');
CREATE INDEX IF NOT EXISTS contributions_month ON contributions (employer, month);
CREATE TABLE IF NOT EXISTS contribution_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT, contribution INTEGER NOT NULL, nric TEXT NOT NULL,
    number TEXT NOT NULL, name TEXT NOT NULL, filed_wages INTEGER NOT NULL DEFAULT 0,
    wages INTEGER NOT NULL DEFAULT 0, socso_employer INTEGER NOT NULL DEFAULT 0,
    socso_employee INTEGER NOT NULL DEFAULT 0, skbbk INTEGER NOT NULL DEFAULT 0,
    eis_employer INTEGER NOT NULL DEFAULT 0, eis_employee INTEGER NOT NULL DEFAULT 0,
    saved INTEGER NOT NULL DEFAULT 0, complete INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX IF NOT EXISTS contribution_lines_person
    ON contribution_lines (contribution, nric);
CREATE TABLE IF NOT EXISTS payments (
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, amount INTEGER NOT NULL,
    date TEXT NOT NULL, receipt TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS payments_number ON payments (number);
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, email TEXT NOT NULL, started REAL NOT NULL, seen REAL NOT NULL,
    ended REAL, ending TEXT NOT NULL DEFAULT '', browser_key TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS lens_answers (lens TEXT PRIMARY KEY, answer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS used_tokens (token TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS logins (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, email TEXT NOT NULL,
    outcome TEXT NOT NULL, live INTEGER NOT NULL, live_all INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS posts (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, method TEXT NOT NULL,
    path TEXT NOT NULL, action TEXT NOT NULL, session TEXT NOT NULL, fields TEXT NOT NULL,
    status INTEGER, ending TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS armed (
    id INTEGER PRIMARY KEY AUTOINCREMENT, fault TEXT NOT NULL, target TEXT NOT NULL,
    times INTEGER NOT NULL, skip INTEGER NOT NULL, fired INTEGER NOT NULL DEFAULT 0,
    options TEXT NOT NULL);
"""
TABLES = tuple(line.split()[5] for line in SCHEMA.splitlines() if line.startswith("CREATE TABLE"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set from the command line and the control port.

    ``pace`` and ``idle_limit`` are seconds, ``today`` is YYYY-MM-DD (None: the real date in Kuala
    Lumpur), ``commit`` is how CONFIRM is sent ("form" or "ajax"). ``words`` are shown instead of
    others: a label, a status of a case or an employer, what an empty inbox says; no word for a
    field that may be left empty: there is no such field. ``inbox_shows`` is
    what stands behind a case's title in the inbox: the employer's code, his name, or nothing;
    ``inbox_page`` how many cases a page has, ``review_page`` how many case items (0: all);
    ``skin`` is how the portal looks (skins/).
    """

    language: str = "bm"
    pace: float = 0.05
    idle_limit: float = 900.0
    commit: str = "form"
    strict_commit: bool = False
    mandatory_document: bool = False
    officer: bool = False
    today: str | None = None
    words: dict[str, str] = field(default_factory=dict)
    inbox_shows: str = "code"
    inbox_page: int = 25
    review_page: int = 0
    skin: str = "classic"


class Store:
    """The file, and how it is opened, set and wound back."""

    def __init__(self, path: Path, given: dict[str, Any] | None = None) -> None:
        self.path = path
        self.given = given or {}

    def connect(self) -> sqlite3.Connection:
        """A connection of its own for one request, in autocommit; see ``transaction``."""
        db = sqlite3.connect(self.path, isolation_level=None, timeout=10)
        db.row_factory = sqlite3.Row
        # NORMAL keeps every commit through a kill of the process; only a power cut may lose one.
        db.execute("PRAGMA synchronous = NORMAL")
        return db

    def prepare(self) -> bool:
        """Create what is missing. True when the file was new and wants a seed."""
        db = self.connect()
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(SCHEMA)
        _add_columns(db)
        new = db.execute("SELECT 1 FROM settings").fetchone() is None
        if new:
            put(db, "secret", secrets.token_hex(16))
        for key, value in self.given.items():
            put(db, key, value)
        db.close()
        return new

    def clock(self) -> datetime:
        """The portal's clock, for who has no connection at hand."""
        db = self.connect()
        try:
            return now(db)
        finally:
            db.close()

    def wipe(self, db: sqlite3.Connection) -> None:
        """Forget everything; what the command line gave stands again."""
        for table in TABLES:
            db.execute(f"DELETE FROM {table}")  # noqa: S608  the names are this module's own
        db.execute("DELETE FROM sqlite_sequence")  # numbers begin at 1 again
        put(db, "secret", secrets.token_hex(16))
        for key, value in self.given.items():
            put(db, key, value)


def _add_columns(db: sqlite3.Connection) -> None:
    """A file of an earlier version gets the columns that came since."""
    fresh = sqlite3.connect(":memory:")
    fresh.executescript(SCHEMA)
    for table in TABLES:
        have = {row["name"] for row in db.execute(f"PRAGMA table_info({table})")}
        for _, name, kind, _, default, _ in fresh.execute(f"PRAGMA table_info({table})"):
            if name not in have:
                db.execute(
                    f"ALTER TABLE {table} ADD COLUMN {name} {kind} NOT NULL DEFAULT {default}"
                )
    fresh.close()


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; inside another one it joins that."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def put(db: sqlite3.Connection, key: str, value: Any) -> None:
    """Remember one setting."""
    db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, json.dumps(value)))


def setting(db: sqlite3.Connection, key: str) -> Any:
    """One remembered value; None when it was never set."""
    row = db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return json.loads(row["value"]) if row else None


def settings(db: sqlite3.Connection) -> Settings:
    """All settings as they stand now."""
    known = {field.name for field in fields(Settings)}
    rows = db.execute("SELECT key, value FROM settings")
    return replace(
        Settings(), **{r["key"]: json.loads(r["value"]) for r in rows if r["key"] in known}
    )


def change(db: sqlite3.Connection, wanted: dict[str, Any]) -> Settings:
    """Set some settings. Raises ValueError with a sentence for an unknown key or a wrong type."""
    now = asdict(settings(db))
    for key, value in wanted.items():
        if key not in now:
            raise ValueError(f"Unknown setting {key!r}; there are {', '.join(sorted(now))}.")
        check(key, value)
    with transaction(db):
        for key, value in wanted.items():
            put(db, key, value)
    return settings(db)


def check(key: str, value: Any) -> None:
    """Raise ValueError with a sentence unless the value serves as that setting."""
    choices = {
        "language": ("bm", "en", "mixed"),
        "commit": ("form", "ajax"),
        "inbox_shows": ("code", "name", "nothing"),
        "skin": SKINS,
    }
    numbers = ("pace", "idle_limit")
    if key in choices:
        right = value in choices[key]
    elif key in numbers:
        right = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    elif key == "today":
        right = value is None or _is_day(value)
    elif key == "words":
        right = isinstance(value, dict) and all(isinstance(w, str) for w in value.values())
    elif key in {"inbox_page", "review_page"}:
        least = int(key == "inbox_page")
        right = isinstance(value, int) and not isinstance(value, bool) and value >= least
    else:
        right = isinstance(value, bool)
    if not right:
        raise ValueError(f"{value!r} does not serve as {key}.")


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def today(db: sqlite3.Connection) -> date:
    """The portal's date."""
    given = setting(db, "today")
    return date.fromisoformat(given) if given else datetime.now(KUALA_LUMPUR).date()


def now(db: sqlite3.Connection) -> datetime:
    """The portal's clock: its date with the real time of day in Kuala Lumpur."""
    real = datetime.now(KUALA_LUMPUR)
    return datetime.combine(today(db), real.timetz())


def stamp() -> str:
    """The real moment, UTC, for the control port's lists."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def count(db: sqlite3.Connection, name: str) -> int:
    """The next number of a counter."""
    db.execute(
        "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
        (name,),
    )
    value: int = db.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()[0]
    return value


def visible() -> float:
    """Now, for comparing with ``visible_from``: a record listed late is not there before."""
    return time.time()
