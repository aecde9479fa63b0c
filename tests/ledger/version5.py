"""A ledger as version 5 of the schema made it: version 4 and what was added, in its own words."""

from __future__ import annotations

from tests.ledger import version1, version4

SERIAL = {
    "sqlite": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
    "postgresql": "BIGSERIAL NOT NULL PRIMARY KEY",
}
ADDED = """
CREATE TABLE heads (id [serial], folder TEXT NOT NULL, first TEXT NOT NULL, chain TEXT NOT NULL,
    lines INTEGER NOT NULL, noted_at [moment] NOT NULL);
CREATE INDEX heads_by_folder ON heads (folder);
UPDATE meta SET value = '5' WHERE key = 'schema_version'"""


def make(place: str, portal: str, employer: str, *people: tuple[str, str]) -> None:
    """A ledger in which the first person (number, start) is filed, the others intended."""
    version4.make(place, portal, employer, *people)
    engine = version1.engine_of(place)
    moment, _ = version1.TYPES[engine.dialect.name]
    words = ADDED.replace("[moment]", moment).replace("[serial]", SERIAL[engine.dialect.name])
    with engine.begin() as conn:
        for statement in words.split(";"):
            conn.exec_driver_sql(statement)
    engine.dispose()
