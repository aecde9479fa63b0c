"""A ledger as version 1 of the schema made it, in its own words: nothing here comes from `rpa`."""

from __future__ import annotations

import hmac
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

SECRET = bytes(range(32))
STATES = (
    "'planned', 'prepared', 'intended', 'filed', 'rehearsed', 'refused', 'in doubt',"
    " 'cancelled', 'dead'"
)
TABLES = f"""
CREATE TABLE meta (key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key));
CREATE TABLE runs (id TEXT NOT NULL, started_at [moment] NOT NULL, ended_at [moment],
    job_digest TEXT NOT NULL, exit INTEGER, folder TEXT NOT NULL, PRIMARY KEY (id));
CREATE TABLE leases (name TEXT NOT NULL, token BIGINT NOT NULL, holder TEXT, host TEXT NOT NULL,
    pid INTEGER NOT NULL, lock_file TEXT NOT NULL, acquired_at [moment], expires_at [moment],
    PRIMARY KEY (name));
CREATE TABLE filings (id TEXT NOT NULL, portal TEXT NOT NULL, lease_name TEXT NOT NULL,
    procedure TEXT NOT NULL, employer TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL, job_digest TEXT NOT NULL, run_id TEXT NOT NULL,
    reference TEXT NOT NULL, created_at [moment] NOT NULL, updated_at [moment] NOT NULL,
    intended_at [moment], filed_at [moment], cause TEXT NOT NULL, message TEXT NOT NULL,
    reason_bm TEXT NOT NULL, reason_en TEXT NOT NULL, PRIMARY KEY (id),
    FOREIGN KEY(run_id) REFERENCES runs (id),
    CONSTRAINT filing_state CHECK (state IN ({STATES})));
CREATE INDEX filings_by_state ON filings (state);
CREATE TABLE filing_rows (filing_id TEXT NOT NULL, position INTEGER NOT NULL,
    business_key TEXT NOT NULL, person_key TEXT NOT NULL, state TEXT NOT NULL, payload TEXT,
    reason_bm TEXT NOT NULL, reason_en TEXT NOT NULL, PRIMARY KEY (filing_id, position),
    FOREIGN KEY(filing_id) REFERENCES filings (id),
    CONSTRAINT row_state CHECK (state IN ({STATES})));
CREATE INDEX rows_by_person_key ON filing_rows (person_key);
CREATE UNIQUE INDEX one_claim ON filing_rows (business_key)
    WHERE state IN ('intended', 'in doubt', 'filed');
CREATE INDEX rows_by_business_key ON filing_rows (business_key);
CREATE TABLE drafts (portal TEXT NOT NULL, reference TEXT NOT NULL, employer TEXT NOT NULL,
    filing_id TEXT NOT NULL, saved_at [moment] NOT NULL, gone_at [moment],
    PRIMARY KEY (portal, reference), FOREIGN KEY(filing_id) REFERENCES filings (id));
CREATE INDEX drafts_by_filing ON drafts (filing_id);
CREATE TABLE events ([serial], at [moment] NOT NULL, filing_id TEXT, run_id TEXT,
    kind TEXT NOT NULL, data TEXT NOT NULL, FOREIGN KEY(filing_id) REFERENCES filings (id));
CREATE INDEX events_by_filing ON events (filing_id)"""
GUARDS = {
    "sqlite": """
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
;;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    "postgresql": """
CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$
;;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_append_only()""",
}
TYPES = {
    "sqlite": ("VARCHAR(24)", "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"),
    "postgresql": ("TIMESTAMP WITH TIME ZONE", "id BIGSERIAL NOT NULL PRIMARY KEY"),
}
NOON = "2026-11-21T12:00:00.000Z"
LEASE = "f" * 64


def engine_of(place: str) -> Engine:
    """A way into the database that knows nothing of ledgers."""
    if "://" not in place:
        return create_engine(f"sqlite:///{place}")
    return create_engine(place.replace("://", "+psycopg://", 1))


def key(*parts: str) -> str:
    """A sealed key as version 1 made it."""
    return hmac.digest(SECRET, json.dumps(parts).encode(), "sha256").hex()


def make(place: str, portal: str, employer: str, *people: tuple[str, str]) -> None:
    """A ledger in which the first person (number, start) is filed, the others intended."""
    engine = engine_of(place)
    if "://" not in place:
        Path(place).parent.mkdir(mode=0o700)
        with engine.connect() as conn:
            conn.exec_driver_sql("PRAGMA journal_mode=WAL")
            conn.exec_driver_sql(f"PRAGMA application_id={0x41525041}")
    with engine.begin() as conn:
        moment, serial = TYPES[engine.dialect.name]
        ddl = TABLES.replace("[moment]", moment).replace("[serial]", serial)
        for statement in (*ddl.split(";"), *GUARDS[engine.dialect.name].split(";;")):
            conn.exec_driver_sql(statement)
        for name, value in (("schema_version", "1"), ("secret", SECRET.hex()), ("gate", "")):
            _insert(conn, "meta", key=name, value=value)
        _insert(conn, "runs", id="r1", started_at=NOON, job_digest="d", folder="runs/1")
        for number, person in enumerate(people):
            write(conn, f"f{number}", portal, employer, "intended" if number else "filed")
            _add(conn, f"f{number}", portal, employer, person)
    engine.dispose()


def write(conn: Connection, filing: str, portal: str, employer: str, state: str) -> None:
    """A filing as a tool of version 1 writes it: it names the columns it knows."""
    empty = dict.fromkeys(("cause", "message", "reason_bm", "reason_en"), "")
    times = dict.fromkeys(("created_at", "updated_at", "intended_at", "filed_at"), NOON)
    what = {"procedure": "add_employees", "employer": employer, "state": state, "attempts": 1}
    where = {"portal": portal, "lease_name": LEASE, "job_digest": "d", "run_id": "r1"}
    reference = f"CAN-{filing}" if state == "filed" else ""
    _insert(conn, "filings", id=filing, reference=reference, **where, **what, **times, **empty)


def _add(
    conn: Connection, filing: str, portal: str, employer: str, person: tuple[str, str]
) -> None:
    """The person, the draft and the log of a filing."""
    state = "filed" if filing == "f0" else "intended"
    keys = {
        "business_key": key(portal, "add_employees", employer, "matter", *person),
        "person_key": key(portal, "", employer, "person", person[0]),
    }
    mine = {"filing_id": filing}
    words = {"payload": "{}", "reason_bm": "", "reason_en": ""}
    _insert(conn, "filing_rows", position=2, state=state, **mine, **keys, **words)
    draft = {"portal": portal, "reference": f"CAN-{filing}", "employer": employer}
    _insert(conn, "drafts", saved_at=NOON, **mine, **draft)
    _insert(conn, "events", at=NOON, run_id="r1", kind="planned", data="{}", **mine)


def _insert(conn: Connection, table: str, **values: object) -> None:
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    conn.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608  words of this file
