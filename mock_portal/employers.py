"""Search For Employer, the first screen of every update (facts 6, step 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from mock_portal import shell
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


def mine() -> list[sqlite3.Row]:
    """The employers of the signed-in portal ID."""
    return (
        shell.database()
        .execute(
            "SELECT e.* FROM employers e JOIN holdings h ON h.employer = e.code"
            " WHERE h.email = ? ORDER BY h.rowid",
            (g.visitor.email,),
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
    found = [
        row for row in mine() if not text or text in row[kind if kind in TYPES else "code"].upper()
    ]
    return shell.page(
        "case/employers.html", LABELS, p=portlet, employers=found, types=TYPES, kind=kind,
        text=request.values.get(portlet.ns("obj.searchEmployerData"), ""),
    )  # fmt: skip
