"""Who is on an employer's books: the active workers, and the search among them (facts 7.1, 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from mock_portal import listing, shell, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3

PER_PAGE = 25
SEARCHER = "searchforemployee_WAR_registrationportlet"  # the search box is this portlet's
TYPE, TEXT = f"_{SEARCHER}_obj.searchEmployeeType", f"_{SEARCHER}_obj.searchEmployeeData"
LENS = f"_{SEARCHER}_searchBtn"
LABELS = {
    "listing": same("Employee(s) Listing"),
    "by_name": same("Employee Name"),
    "by_nric": Label("Pengenalan Baru", "New Identification"),
    "by_ssn": same("SSN"),
    "total_records": same("Total Record(s)"),  # assumed: the counter below a listing
}
# assumed: a name is found by any part, numbers only whole; a passport is found under New
# Identification too, and the SSN is the one that a foreign worker got
NAME = listing.sql("w", "name")
FITS = {"name": f"instr(upper({NAME}), upper(?))", "nric": "w.nric = ?", "ssn": "p.ssfw = ?"}
ACTIVE = (
    f"SELECT {NAME} AS name, w.*, coalesce(p.race, '') AS race"  # noqa: S608  own words
    " FROM workers w LEFT JOIN persons p USING (nric)"
    f" WHERE {listing.sql('w', 'employer')} = ? AND w.status = 'Active' AND w.visible_from <= ?"
)


def active(employer: str) -> list[sqlite3.Row]:
    """The employer's active workers, in the order in which they came on the books."""
    return _listed("", employer, state.visible())


def search(employer: str, kind: str, text: str) -> list[sqlite3.Row]:
    """Those among them whom the search finds; an empty text finds all."""
    if not text:
        return active(employer)
    return _listed(f"AND {FITS.get(kind, FITS['nric'])}", employer, state.visible(), text)


def _listed(more: str, *values: object) -> list[sqlite3.Row]:
    found = shell.database().execute(f"{ACTIVE} {more} ORDER BY w.id", values).fetchall()
    return listing.as_often(found)


def asked() -> tuple[str, str]:
    """What the search box holds: type and text."""
    return request.values.get(TYPE, "nric"), request.values.get(TEXT, "").strip()


def worker(employer: str, number: int) -> sqlite3.Row | None:
    """One of the active workers, by his number in the books."""
    return next((row for row in active(employer) if row["id"] == number), None)
