"""A ledger of an older version becomes one of this: whole or not at all, nothing is forgotten."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect, text

from rpa.ledger.ledger import FilingState, Ledger, LedgerFailed
from rpa.ledger.records import AgendaEntry
from rpa.ledger.tables import SCHEMA_VERSION, AgendaState, agenda
from tests.ledger import version1, version2, version3, version4, version5
from tests.ledger.conftest import ROOT
from tests.ledger.people import EMPLOYER, PORTAL, Run, joiner

PEOPLE = (joiner(1), joiner(2))
VERSIONS = (version1, version2, version3, version4, version5)
OLD = {str(number): version.make for number, version in enumerate(VERSIONS, start=1)}


@pytest.fixture(params=list(OLD))
def from_version(request: pytest.FixtureRequest) -> str:
    """Each version there was."""
    return str(request.param)


@pytest.fixture
def old(place: str, from_version: str) -> str:
    """An older ledger: person 1 filed, person 2 pressed and not settled."""
    people = ((p.identification, p.start) for p in PEOPLE)
    OLD[from_version](place, PORTAL, EMPLOYER, *people)
    return place


def version(place: str) -> str:
    engine = version1.engine_of(place)
    with engine.connect() as conn:
        said = text("SELECT value FROM meta WHERE key = 'schema_version'")
        found = str(conn.execute(said).scalar_one())
    engine.dispose()
    return found


def shape(place: str) -> dict[str, Any]:
    """Tables with their columns, keys and indexes, as the database tells them."""
    engine = version1.engine_of(place)
    with engine.connect() as conn:
        eye = inspect(conn)
        found = {
            table: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in eye.get_columns(table)],
                eye.get_pk_constraint(table)["constrained_columns"],
                sorted(str(k["constrained_columns"]) for k in eye.get_foreign_keys(table)),
                sorted(str((i["name"], i["unique"])) for i in eye.get_indexes(table)),
            )
            for table in sorted(eye.get_table_names())
        }
    engine.dispose()
    return found


def test_what_an_older_version_knew_is_known_after_the_upgrade(old: str) -> None:
    """Who is filed stays filed, who was pressed still waits for its look, nobody is sent again."""
    with Ledger.open(old) as ledger:
        run = Run(ledger)
        standing = ledger.standing([run.key(person) for person in PEOPLE])
        states = [standing[run.key(person)].state for person in PEOPLE]
        assert states == [FilingState.FILED, FilingState.INTENDED]
        assert [filing.id for filing in ledger.unsettled(PORTAL, EMPLOYER)] == ["f1"]
        assert [event.kind for event in ledger.events_of("f0")] == ["planned"]
        run.lease.release()
    assert version(old) == str(SCHEMA_VERSION)


def test_what_was_filed_before_the_upgrade_is_followed_after_it(old: str) -> None:
    """Nobody has read its status, so its case is open."""
    with Ledger.open(old) as ledger:
        (case,) = ledger.open_cases(PORTAL)
    assert (case.id, case.reference, case.portal_status) == ("f0", "CAN-f0", "")
    assert case.status_at is None


def test_an_upgraded_ledger_has_the_shape_of_a_new_one(
    old: str, request: pytest.FixtureRequest
) -> None:
    """Same tables, columns, keys and indexes, whichever way it came to be."""
    before = shape(old)
    Ledger.open(old).close()
    if "://" in old:
        new = request.getfixturevalue("another_postgres_url")
    else:
        new = str(request.getfixturevalue("tmp_path") / "new" / "ledger.sqlite3")
    Ledger.open(new).close()
    assert shape(old) == shape(new) != before


def test_an_upgraded_calendar_refuses_an_unknown_state(old: str) -> None:
    """As a new one does."""
    entry = AgendaEntry("a", date(2026, 12, 1), AgendaState.DUE)
    with Ledger.open(old) as ledger:
        ledger.note_agenda(PORTAL, [entry], run_id="r")
        with pytest.raises(LedgerFailed), ledger.store.writing() as conn:
            conn.execute(agenda.update().values(state="perhaps"))


def test_an_older_tool_that_still_runs_writes_on(old: str) -> None:
    """A run that began before the upgrade comes to its end: what is new has a default."""
    engine = version1.engine_of(old)
    Ledger.open(old).close()
    with engine.begin() as conn:
        version1.write(conn, "f9", PORTAL, EMPLOYER, "filed")
    engine.dispose()
    with Ledger.open(old) as ledger:
        assert [case.portal_status for case in ledger.open_cases(PORTAL)] == ["", ""]


def test_many_that_open_an_old_ledger_at_once_upgrade_it_once(old: str) -> None:
    """One upgrades it, the others find it upgraded."""
    opened: list[int] = []
    together = threading.Barrier(4)

    def open_it() -> None:
        together.wait()
        with Ledger.open(old) as ledger:
            opened.append(len(ledger.open_cases(PORTAL)))

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [1, 1, 1, 1]


# Opens a ledger and ends without a word, as a killed process does, at a moment of its upgrade.
DYING = """
import os, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from rpa.ledger.ledger import Ledger

place, moment = sys.argv[1:]
said = []

@event.listens_for(Engine, "before_cursor_execute")
def before(conn, cursor, statement, *_):
    said.append(statement)
    if moment in statement:
        os._exit(9)

@event.listens_for(Engine, "commit")
def commit(conn):
    if moment == "commit" and any("CREATE TABLE parcel_rows" in s for s in said):
        os._exit(9)

Ledger.open(place).close()
"""


def test_the_end_of_an_older_runs_evidence_is_not_known_and_of_a_later_one_is(old: str) -> None:
    """What nobody noted is told as that; of two folders of one name each has its own."""
    with Ledger.open(old) as ledger:
        assert ledger.head_of("runs/1", "f") is None
        ledger.note_head("a", "first", "1", 3)
        ledger.note_head("a", "other", "2", 4)
        assert [ledger.head_of("a", f) for f in ("first", "other")] == [("1", 3), ("2", 4)]
        assert ledger.head_of("a", "forged") == ("2", 4)
        ledger.note_head("b", "", "", 0)
        assert ledger.folders() == ["a"]


MOMENTS = [
    *(("1", "COLUMN status_at"), ("1", "TABLE employers"), ("1", "TABLE agenda"), ("1", "commit")),
    *(("2", "TABLE agenda"), ("2", "TABLE due_runs"), ("2", "INDEX due_runs_by_day")),
    *(("2", "commit"), ("3", "TABLE sign_ins"), ("3", "commit")),
    *(("4", "TABLE heads"), ("4", "INDEX heads_by_folder"), ("4", "commit")),
    *(("5", "TABLE parcels"), ("5", "TABLE parcel_rows"), ("5", "commit")),
]


@pytest.mark.parametrize(("from_version", "moment"), MOMENTS)
def test_a_killed_upgrade_leaves_the_older_version_whole(
    old: str, from_version: str, moment: str
) -> None:
    """Never half of each; the next opening begins the upgrade again and finds everybody."""
    before = shape(old)
    done = subprocess.run([sys.executable, "-c", DYING, old, moment], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert version(old) == from_version
    assert shape(old) == before
    with Ledger.open(old) as ledger:
        assert ledger.summary().filings == {FilingState.FILED: 1, FilingState.INTENDED: 1}
    assert version(old) == str(SCHEMA_VERSION)
