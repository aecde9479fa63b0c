"""Update Employee Information (by Employer): the list of an employer's workers (facts 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Response, request

from mock_portal import casework, employers, shell, state
from mock_portal.labels import same

if TYPE_CHECKING:
    import sqlite3

PER_PAGE = 25
ADDRESS = "/web/registration/update/update-employee-information-employer-"
SEARCHER = "searchforemployee_WAR_registrationportlet"  # the search box is this portlet's
TYPE, TEXT = f"_{SEARCHER}_obj.searchEmployeeType", f"_{SEARCHER}_obj.searchEmployeeData"
LABELS = {
    "listing": same("Employee(s) Listing"),
    "by_name": same("Employee Name"),
    "by_nric": same("New Identification"),
}
portlet = shell.Portlet(
    "searchforemployer_WAR_registrationportlet", "employee_information", (ADDRESS,)
)
blueprint = portlet.blueprint


@portlet.view("view")
def search_for_employer() -> Response:
    """The portal ID's employers."""
    return employers.search(portlet)


@portlet.action("open")
def open_employer() -> Response:
    """The pencil."""
    employer = casework.employer_of(portlet)
    if employer is None:
        return shell.denied()
    return shell.go(portlet.url("list", employerCode=employer["code"]))


def _workers(employer: str, kind: str, text: str) -> list[sqlite3.Row]:
    """Active and listed workers; a name by any part, an identification only whole."""
    fits = "instr(upper(name), upper(?))" if kind == "name" or not text else "nric = ?"
    return (
        shell.database()
        .execute(
            "SELECT * FROM workers WHERE employer = ? AND status = 'Active' AND visible_from <= ?"  # noqa: S608  one of two fixed clauses
            f" AND {fits} ORDER BY id",
            (employer, state.visible(), text),
        )
        .fetchall()
    )


@portlet.view("list")
def employees() -> Response:
    """Employee(s) Listing with its search, 25 to a page."""
    employer = casework.employer_of(portlet)
    if employer is None:
        return shell.denied()
    kind, text = request.values.get(TYPE, "nric"), request.values.get(TEXT, "").strip()
    found = _workers(employer["code"], kind, text)
    current = max(portlet.number("cur"), 1)
    first = (current - 1) * PER_PAGE
    here = portlet.url("list", employerCode=employer["code"])
    return shell.page(
        "case/workers.html", LABELS, p=portlet, employer=employer, kind=kind, text=text, here=here,
        workers=found[first:][:PER_PAGE], first=first, current=current, type_id=TYPE, text_id=TEXT,
        pages=-(-len(found) // PER_PAGE), lens_id=f"_{SEARCHER}_searchBtn",
        address=lambda n: f"{here}&{urlencode({TYPE: kind, TEXT: text, portlet.ns('cur'): n})}",
    )  # fmt: skip


@portlet.view("edit")
def edit() -> Response:
    """Editing a worker is not built yet."""
    return shell.unavailable()
