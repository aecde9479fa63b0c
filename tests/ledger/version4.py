"""A ledger as version 4 of the schema made it: version 3 and what was added, in its own words."""

from __future__ import annotations

from tests.ledger import version1, version3

ADDED = """
ALTER TABLE filings ADD COLUMN held_at [moment];
CREATE TABLE sign_ins (digest TEXT NOT NULL, portal TEXT NOT NULL, lease_name TEXT NOT NULL,
    run_id TEXT NOT NULL, typed_at [moment] NOT NULL, ending_bm TEXT NOT NULL,
    ending_en TEXT NOT NULL, PRIMARY KEY (digest));
UPDATE meta SET value = '4' WHERE key = 'schema_version'"""


def make(place: str, portal: str, employer: str, *people: tuple[str, str]) -> None:
    """A ledger in which the first person (number, start) is filed, the others intended."""
    version3.make(place, portal, employer, *people)
    engine = version1.engine_of(place)
    moment, _ = version1.TYPES[engine.dialect.name]
    with engine.begin() as conn:
        for statement in ADDED.replace("[moment]", moment).split(";"):
            conn.exec_driver_sql(statement)
    engine.dispose()
