"""A ledger as version 2 of the schema made it: version 1 and what was added, in its own words."""

from __future__ import annotations

from tests.ledger import version1

ADDED = """
ALTER TABLE filings ADD COLUMN portal_status TEXT DEFAULT '' NOT NULL;
ALTER TABLE filings ADD COLUMN status_at [moment];
CREATE TABLE employers (portal TEXT NOT NULL, code TEXT NOT NULL, lease_name TEXT NOT NULL,
    filing_id TEXT NOT NULL, reference TEXT NOT NULL, at [moment] NOT NULL,
    PRIMARY KEY (portal, code), FOREIGN KEY(filing_id) REFERENCES filings (id));
UPDATE meta SET value = '2' WHERE key = 'schema_version'"""


def make(place: str, portal: str, employer: str, *people: tuple[str, str]) -> None:
    """A ledger in which the first person (number, start) is filed, the others intended."""
    version1.make(place, portal, employer, *people)
    engine = version1.engine_of(place)
    moment, _ = version1.TYPES[engine.dialect.name]
    with engine.begin() as conn:
        for statement in ADDED.replace("[moment]", moment).split(";"):
            conn.exec_driver_sql(statement)
    engine.dispose()
