"""The ledger's tables, the same for a SQLite file and for PostgreSQL.

Times are aware UTC ``datetime`` in Python, ``timestamptz`` in PostgreSQL and ISO text of one width
(``2026-11-21T14:14:00.000Z``) in SQLite, where text of one width sorts as time does. Whoever
needs the present uses ``clock()``: the database's clock is the only one that is ever compared.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
    literal,
    select,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from rpa.model.filing import APPROVED, RECEIVED, REJECTED

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Dialect
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.types import TypeEngine

SCHEMA_VERSION = 6


class FilingState(StrEnum):
    """How a filing, or one row of it, stands in the ledger.

    Before the press: planned, prepared, rehearsed, refused, cancelled, dead (given up after too
    many attempts). From the press on: intended, then filed or in doubt.
    """

    PLANNED = "planned"
    PREPARED = "prepared"
    INTENDED = "intended"
    FILED = "filed"
    REHEARSED = "rehearsed"
    REFUSED = "refused"
    IN_DOUBT = "in doubt"
    CANCELLED = "cancelled"
    DEAD = "dead"


class AgendaState(StrEnum):
    """How a row with a date stands in the calendar.

    Open: due (to be filed, on its day or late), asked (a person must say), allowed (a person said:
    file it late). Skipped, unless a person says otherwise. Done: filed on its day, or filed late.
    """

    DUE = "due"
    ASKED = "asked"
    ALLOWED = "allowed late"
    SKIPPED = "skipped"
    FILED = "filed"
    LATE = "filed late"


DONE = (AgendaState.FILED, AgendaState.LATE)


BEFORE_INTENT = (FilingState.PLANNED, FilingState.PREPARED)
UNSETTLED = (FilingState.INTENDED, FilingState.IN_DOUBT)
CLAIMING = (FilingState.INTENDED, FilingState.IN_DOUBT, FilingState.FILED)

FINAL = (APPROVED, REJECTED, RECEIVED)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time. Raises ValueError for a time without a zone."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text in SQLite, which has no type for time."""
        kind = DateTime(timezone=True) if dialect.name == "postgresql" else String(24)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Python to database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time in the ledger needs its zone")
        utc = value.astimezone(UTC)
        if dialect.name == "postgresql":
            return utc
        return utc.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Database to Python."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


class clock(FunctionElement[datetime]):  # noqa: N801 - reads as the SQL function it is
    """The database's present, ``plus_s`` seconds later; not frozen by the transaction's start."""

    name = "clock"
    type = Moment()
    inherit_cache = True

    def __init__(self, plus_s: float = 0.0) -> None:
        super().__init__(literal(round(plus_s, 3), Float))


@compiles(clock, "sqlite")
def _clock_sqlite(element: clock, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ({seconds}) || ' seconds')"


@compiles(clock, "postgresql")
def _clock_postgresql(element: clock, compiler: SQLCompiler, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"(clock_timestamp() + make_interval(secs => {seconds}))"


metadata = MetaData()

# The schema's version, the secret of the keys, and the gate: one row that is locked to let
# intents, and the birth of leases, pass one by one (SQLite locks the whole file anyway).
META_VERSION, META_SECRET, META_GATE = "schema_version", "secret", "gate"
meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("job_digest", Text, nullable=False),
    Column("exit", Integer),
    Column("folder", Text, nullable=False),
)

_STATES = [state.value for state in FilingState]

filings = Table(
    "filings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("portal", Text, nullable=False),
    Column("lease_name", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("employer", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("job_digest", Text, nullable=False),
    Column("run_id", Text, ForeignKey("runs.id"), nullable=False),
    Column("reference", Text, nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("intended_at", Moment),
    Column("filed_at", Moment),
    Column("cause", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Column("reason_bm", Text, nullable=False, default=""),
    Column("reason_en", Text, nullable=False, default=""),
    # Version 2. Empty: nobody has read the case's status yet.
    Column("portal_status", Text, nullable=False, default="", server_default=""),
    Column("status_at", Moment),
    # Version 4. Written with the intent and blanked before the press leaves: as long as it stands
    # nothing was sent, and nothing can be once the lease is another's. Empty: it may have left.
    Column("held_at", Moment),
)
filings.append_constraint(CheckConstraint(filings.c.state.in_(_STATES), name="filing_state"))
Index("filings_by_state", filings.c.state)

filing_rows = Table(
    "filing_rows",
    metadata,
    Column("filing_id", Text, ForeignKey("filings.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("business_key", Text, nullable=False),
    Column("person_key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("payload", Text),
    Column("reason_bm", Text, nullable=False, default=""),
    Column("reason_en", Text, nullable=False, default=""),
)
filing_rows.append_constraint(CheckConstraint(filing_rows.c.state.in_(_STATES), name="row_state"))
Index("rows_by_business_key", filing_rows.c.business_key)
Index("rows_by_person_key", filing_rows.c.person_key)

# The last line against filing anybody twice: whatever the code above it believes, the database
# refuses a second row of the same matter that was, or may have been, pressed.
_claimed = filing_rows.c.state.in_([state.value for state in CLAIMING])
Index(
    "one_claim",
    filing_rows.c.business_key,
    unique=True,
    sqlite_where=_claimed,
    postgresql_where=_claimed,
)

drafts = Table(
    "drafts",
    metadata,
    Column("portal", Text, primary_key=True),
    Column("reference", Text, primary_key=True),
    Column("employer", Text, nullable=False),
    Column("filing_id", Text, ForeignKey("filings.id"), nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("gone_at", Moment),
)
Index("drafts_by_filing", drafts.c.filing_id)

# Version 2: codes that the portal gave to employers registered with this tool. Such an employer
# stands in no configuration file yet.
employers = Table(
    "employers",
    metadata,
    Column("portal", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("lease_name", Text, nullable=False),
    Column("filing_id", Text, ForeignKey("filings.id"), nullable=False),
    Column("reference", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("token", BigInteger, nullable=False),
    Column("holder", Text),
    Column("host", Text, nullable=False, default=""),
    Column("pid", Integer, nullable=False, default=0),
    Column("lock_file", Text, nullable=False, default=""),
    Column("acquired_at", Moment),
    Column("expires_at", Moment),
)

events = Table(
    "events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("filing_id", Text, ForeignKey("filings.id")),
    Column("run_id", Text),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    sqlite_autoincrement=True,
)
Index("events_by_filing", events.c.filing_id)

# Version 3: what became of each row with a date, by its matter; what was done later than its day
# carries the reason. No names and no numbers of persons.
_AGENDA_STATES = [state.value for state in AgendaState]
agenda = Table(
    "agenda",
    metadata,
    Column("portal", Text, primary_key=True),
    Column("business_key", Text, primary_key=True),
    Column("due_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("days_late", Integer, nullable=False),
    Column("reason_bm", Text, nullable=False),
    Column("reason_en", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("run_id", Text, nullable=False),
)
agenda.append_constraint(CheckConstraint(agenda.c.state.in_(_AGENDA_STATES), name="agenda_state"))

# Every start of `assist-rpa due` for a job, on which day of Malaysia it believed to be, and how it
# ended: the reason of a missed day is read from here. ``trusted`` is 0 for a day that the
# portal or a person called wrong.
due_runs = Table(
    "due_runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("portal", Text, nullable=False),
    Column("job", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("exit", Integer),
    Column("reason_bm", Text, nullable=False),
    Column("reason_en", Text, nullable=False),
    Column("trusted", Integer, nullable=False),
)
Index("due_runs_by_day", due_runs.c.portal, due_runs.c.day)

# Version 4: passwords that were typed at a portal and that nobody saw accepted. A row is written
# before the password leaves and taken away when the first screen has come. The key is a seal of
# the secret, which tells nothing to who has not this ledger's own.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("portal", Text, nullable=False),
    Column("lease_name", Text, nullable=False),
    Column("run_id", Text, nullable=False),
    Column("typed_at", Moment, nullable=False),
    Column("ending_bm", Text, nullable=False),
    Column("ending_en", Text, nullable=False),
)

# Version 5: where the list of evidence of each run folder ended; the newest row of a folder counts.
# Of two machines with one ledger both may have a folder of one name: ``first`` is the ``chain`` of
# its first line.
heads = Table(
    "heads",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("folder", Text, nullable=False),
    Column("first", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("noted_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
Index("heads_by_folder", heads.c.folder)

# Version 6: what a person sends by themselves (`rpa.parcel`), and what they said of it since: on
# which day it went out, and on which the answer came. No names and no numbers of persons: the
# matter is a sealed key, and so is each person whom it lists.
parcels = Table(
    "parcels",
    metadata,
    Column("id", Text, primary_key=True),
    Column("procedure", Text, nullable=False),
    Column("job", Text, nullable=False),
    Column("job_digest", Text, nullable=False),
    Column("matter_key", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("sent_on", Date),
    Column("answered_on", Date),
)
Index("parcels_by_matter", parcels.c.matter_key)

# A row holds its person until the cover ends; the renewal after it is the person's next turn. One
# that was taken back holds nobody.
parcel_rows = Table(
    "parcel_rows",
    metadata,
    Column("parcel_id", Text, ForeignKey("parcels.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person_key", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("listed_on", Date, nullable=False),
    Column("cover_from", Date),
    Column("cover_until", Date),
    Column("taken_back_at", Moment),
)
# The last line against listing anybody twice, whatever the code above it believes.
_holds = parcel_rows.c.taken_back_at.is_(None)
Index(
    "one_listing",
    parcel_rows.c.person_key,
    parcel_rows.c.turn,
    unique=True,
    sqlite_where=_holds,
    postgresql_where=_holds,
)

# What makes a ledger of one version one of the next. Written out, and not made from the tables
# above, so that a change of a table tomorrow does not change what this upgrade did today.
_MOMENT = {"sqlite": "VARCHAR(24)", "postgresql": "TIMESTAMP WITH TIME ZONE"}
_SERIAL = {
    "sqlite": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
    "postgresql": "BIGSERIAL NOT NULL PRIMARY KEY",
}
_UPGRADES = {
    1: (
        "ALTER TABLE filings ADD COLUMN portal_status TEXT DEFAULT '' NOT NULL",
        "ALTER TABLE filings ADD COLUMN status_at {moment}",
        """CREATE TABLE employers (
        portal TEXT NOT NULL,
        code TEXT NOT NULL,
        lease_name TEXT NOT NULL,
        filing_id TEXT NOT NULL REFERENCES filings (id),
        reference TEXT NOT NULL,
        at {moment} NOT NULL,
        PRIMARY KEY (portal, code))""",
    ),
    2: (
        """CREATE TABLE agenda (
        portal TEXT NOT NULL,
        business_key TEXT NOT NULL,
        due_on DATE NOT NULL,
        state TEXT NOT NULL,
        days_late INTEGER NOT NULL,
        reason_bm TEXT NOT NULL,
        reason_en TEXT NOT NULL,
        decided_at {moment} NOT NULL,
        run_id TEXT NOT NULL,
        PRIMARY KEY (portal, business_key),
        CONSTRAINT agenda_state CHECK (state IN
        ('due', 'asked', 'allowed late', 'skipped', 'filed', 'filed late')))""",
        """CREATE TABLE due_runs (
        id TEXT NOT NULL,
        portal TEXT NOT NULL,
        job TEXT NOT NULL,
        day DATE NOT NULL,
        started_at {moment} NOT NULL,
        ended_at {moment},
        exit INTEGER,
        reason_bm TEXT NOT NULL,
        reason_en TEXT NOT NULL,
        trusted INTEGER NOT NULL,
        PRIMARY KEY (id))""",
        "CREATE INDEX due_runs_by_day ON due_runs (portal, day)",
    ),
    3: (
        "ALTER TABLE filings ADD COLUMN held_at {moment}",
        """CREATE TABLE sign_ins (
        digest TEXT NOT NULL,
        portal TEXT NOT NULL,
        lease_name TEXT NOT NULL,
        run_id TEXT NOT NULL,
        typed_at {moment} NOT NULL,
        ending_bm TEXT NOT NULL,
        ending_en TEXT NOT NULL,
        PRIMARY KEY (digest))""",
    ),
    4: (
        """CREATE TABLE heads (
        id {serial},
        folder TEXT NOT NULL,
        first TEXT NOT NULL,
        chain TEXT NOT NULL,
        lines INTEGER NOT NULL,
        noted_at {moment} NOT NULL)""",
        "CREATE INDEX heads_by_folder ON heads (folder)",
    ),
    5: (
        """CREATE TABLE parcels (
        id TEXT NOT NULL,
        procedure TEXT NOT NULL,
        job TEXT NOT NULL,
        job_digest TEXT NOT NULL,
        matter_key TEXT NOT NULL,
        folder TEXT NOT NULL,
        made_at {moment} NOT NULL,
        sent_on DATE,
        answered_on DATE,
        PRIMARY KEY (id))""",
        "CREATE INDEX parcels_by_matter ON parcels (matter_key)",
        """CREATE TABLE parcel_rows (
        parcel_id TEXT NOT NULL REFERENCES parcels (id),
        position INTEGER NOT NULL,
        person_key TEXT NOT NULL,
        turn INTEGER NOT NULL,
        listed_on DATE NOT NULL,
        cover_from DATE,
        cover_until DATE,
        taken_back_at {moment},
        PRIMARY KEY (parcel_id, position))""",
        """CREATE UNIQUE INDEX one_listing ON parcel_rows (person_key, turn)
        WHERE taken_back_at IS NULL""",
    ),
}
OLDEST_VERSION = min(_UPGRADES)
_LATER = {
    *(employers.name, agenda.name, due_runs.name, sign_ins.name, heads.name),
    *(parcels.name, parcel_rows.name),
}
TABLES_OF_OLDEST = frozenset(metadata.tables) - _LATER


def upgrade(conn: Connection, version: int) -> None:
    """Bring a ledger of this version to `SCHEMA_VERSION`, inside the caller's transaction.

    Older versions of the tool that have the ledger open go on writing: what is new has a default.
    """
    for step in range(version, SCHEMA_VERSION):
        for statement in _UPGRADES[step]:
            kinds = {"moment": _MOMENT[conn.dialect.name], "serial": _SERIAL[conn.dialect.name]}
            conn.exec_driver_sql(statement.format(**kinds))
        reached = update(meta).where(meta.c.key == META_VERSION)
        conn.execute(reached.values(value=str(step + 1)))


def _ddl(statement: str) -> DDL:
    return DDL(statement)  # type: ignore[no-untyped-call]


def _append_only() -> None:
    """The database itself refuses to change or remove an event."""
    for verb in ("UPDATE", "DELETE"):
        trigger = _ddl(
            f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events "
            "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        )
        event.listen(events, "after_create", trigger.execute_if(dialect="sqlite"))
    function = _ddl(
        "CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$"
    )
    trigger = _ddl(
        "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_append_only()"
    )
    for part in (function, trigger):
        event.listen(events, "after_create", part.execute_if(dialect="postgresql"))


_append_only()


def lock_gate(conn: Connection) -> None:
    """Let transactions that ask for it pass one by one until they end.

    Whoever takes other locks as well takes this one first, then its lease, then filings: one
    order, so that no two can wait for each other.
    """
    gate = select(meta.c.value).where(meta.c.key == META_GATE)
    conn.execute(gate.with_for_update()).one()
