"""A ledger as version 3 of the schema made it: version 2 and what was added, in its own words."""

from __future__ import annotations

from tests.ledger import version1, version2

ADDED = """
CREATE TABLE agenda (portal TEXT NOT NULL, business_key TEXT NOT NULL, due_on DATE NOT NULL,
    state TEXT NOT NULL, days_late INTEGER NOT NULL, reason_bm TEXT NOT NULL,
    reason_en TEXT NOT NULL, decided_at [moment] NOT NULL, run_id TEXT NOT NULL,
    PRIMARY KEY (portal, business_key), CONSTRAINT agenda_state CHECK (state IN
    ('due', 'asked', 'allowed late', 'skipped', 'filed', 'filed late')));
CREATE TABLE due_runs (id TEXT NOT NULL, portal TEXT NOT NULL, job TEXT NOT NULL,
    day DATE NOT NULL, started_at [moment] NOT NULL, ended_at [moment], exit INTEGER,
    reason_bm TEXT NOT NULL, reason_en TEXT NOT NULL, trusted INTEGER NOT NULL, PRIMARY KEY (id));
CREATE INDEX due_runs_by_day ON due_runs (portal, day);
UPDATE meta SET value = '3' WHERE key = 'schema_version'"""


def make(place: str, portal: str, employer: str, *people: tuple[str, str]) -> None:
    """A ledger in which the first person (number, start) is filed, the others intended."""
    version2.make(place, portal, employer, *people)
    engine = version1.engine_of(place)
    moment, _ = version1.TYPES[engine.dialect.name]
    with engine.begin() as conn:
        for statement in ADDED.replace("[moment]", moment).split(";"):
            conn.exec_driver_sql(statement)
    engine.dispose()
