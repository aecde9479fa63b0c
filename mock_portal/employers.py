"""Employers: their codes, who holds them, and Search For Employer (facts 6, step 3; 13.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from mock_portal import shell, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

# assumed: the table's title and the search types beside Employer Code
LABELS = {
    "title": same("Search For Employer"),
    "please": same("Please Select"),
    "listing": same("Employer(s) Listing"),
    "code": same("Code"),
    "name": same("Name"),
    "liability": same("Liability Date"),
    "entity": Label("Entiti Perniagaan", "Business Entity"),
    "status": same("Status"),
    "reason": same("Status Reason"),
}
TYPES = {"code": "Employer Code", "name": "Employer Name", "brn": "Business Registration No. (BRN)"}


# Facts 13.6: the weights of the ten digits, and the letters in the order of their remainders.
WEIGHTS = (1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LETTERS = "ABFKMPVWXYZ"
# An employer whose registration is listed late is not there before.
LISTED = (
    "NOT EXISTS (SELECT 1 FROM cases WHERE employer = e.code AND visible_from > ?"
    " AND procedure = 'register_employer')"
)


def check_letter(digits: str) -> str:
    """The last letter of a code with these ten digits."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return LETTERS[-total % len(LETTERS)]


def new_code(first: str) -> str:
    """The next code that starts with this letter; 991 at its head marks those given here."""
    digits = f"991{state.count(shell.database(), 'employer code'):07}"
    return f"{first}{digits}{check_letter(digits)}"


def is_registered(brn: str) -> bool:
    """Whether any employer has this registration number, whoever holds it."""
    row = shell.database().execute(
        f"SELECT 1 FROM employers e WHERE upper(brn) = upper(?) AND {LISTED}",  # noqa: S608  own words
        (brn.strip(), state.visible()),
    )
    return row.fetchone() is not None


def find(code: str) -> sqlite3.Row:
    """The employer with that code, which there is."""
    row: sqlite3.Row = (
        shell.database().execute("SELECT * FROM employers WHERE code = ?", (code,)).fetchone()
    )
    return row


def mine() -> list[sqlite3.Row]:
    """The employers of the signed-in portal ID."""
    return (
        shell.database()
        .execute(
            "SELECT e.* FROM employers e JOIN holdings h ON h.employer = e.code"  # noqa: S608  own words
            f" WHERE h.email = ? AND {LISTED} ORDER BY h.rowid",
            (g.visitor.email, state.visible()),
        )
        .fetchall()
    )


def of_mine(code: str) -> sqlite3.Row | None:
    """That employer, if the portal ID holds it."""
    return next((row for row in mine() if row["code"] == code), None)


def search(portlet: shell.Portlet) -> Response:
    """The screen; with a search text only the employers that have it."""
    kind = portlet.value("obj.searchEmployerType")
    text = portlet.value("obj.searchEmployerData").strip().upper()
    if not text and shell.strike_here("empty until searched"):
        return _shown(portlet, [], kind)
    found = [
        row for row in mine() if not text or text in row[kind if kind in TYPES else "code"].upper()
    ]
    return _shown(portlet, found, kind)


def _shown(portlet: shell.Portlet, found: list[sqlite3.Row], kind: str) -> Response:
    return shell.page(
        "case/employers.html", LABELS, p=portlet, employers=found, types=TYPES, kind=kind,
        text=request.values.get(portlet.ns("obj.searchEmployerData"), ""),
    )  # fmt: skip
