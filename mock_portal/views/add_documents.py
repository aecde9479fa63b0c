"""Search Pending Case For Add Supporting Document (facts 10): papers an officer asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import g, request

from mock_portal import casework, listing, papers, shell, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/search/search-pending-case-for-add-supporting-document"
TYPES = {
    "code": "Employer Code",
    "name": "Employer Name",
    "reference": "Reference ID",
    "brn": "Business Registration No. (BRN)",
}
SENT = "Your Request Has Been Submited Successfully!"  # facts 10: the portal's spelling
LABELS = {
    **casework.LABELS,
    "title": same("Search Pending Case For Add Supporting Document"),
    "listing": same("Pending Case(s) Listing"),  # assumed
    "reference": Label("No. Rujukan", "Reference No."),
    "received": same("Document Received Date"),
    "request_status": same("Application/Request Status"),
    "case_title": same("Pending Case"),  # assumed
    "next": Label("SETERUSNYA", "NEXT"),
    "exit": Label("KELUAR", "EXIT"),  # assumed: the Malay word
}

portlet = shell.Portlet("searchpendingcase_WAR_registrationportlet", "add_documents", (ADDRESS,))
blueprint = portlet.blueprint


def _pending() -> list[sqlite3.Row]:
    """The visitor's cases under query; what is listed late is not here yet."""
    return (
        shell.database()
        .execute(
            f"{casework.CASES} WHERE {casework.OWN} AND c.status = ? AND c.visible_from <= ?"
            " ORDER BY c.id",
            (g.visitor.email, g.visitor.email, casework.UNDER_QUERY, state.visible()),
        )
        .fetchall()
    )


def _searched(case: sqlite3.Row) -> dict[str, str]:
    """What a case is found by, by the kind of search."""
    row = (
        shell.database()
        .execute("SELECT brn FROM employers WHERE code = ?", (case["employer"],))
        .fetchone()
    )
    brn = row["brn"] if row else casework.case_data(case).get("registrationNo", "")
    return {
        "code": case["employer"], "name": case["employer_name"], "reference": case["reference"],
        "brn": brn,
    }  # fmt: skip


def _row(case: sqlite3.Row) -> dict[str, Any]:
    received = datetime.fromisoformat(case["submitted"])
    return {"case": case, "received": f"{received:{state.DATE}}"}


@portlet.view("view")
def search() -> Response:
    """The screen; with a search text only the cases that have it."""
    kind = portlet.value("obj.searchPendingCaseType") or "code"
    text = portlet.value("obj.searchPendingCaseData")
    wanted = text.strip().upper()
    found = [case for case in _pending() if wanted in _searched(case).get(kind, "").upper()]
    return shell.page(
        "add_documents/search.html", LABELS, p=portlet, types=TYPES, kind=kind, text=text,
        rows=[_row(case) for case in found],
    )  # fmt: skip


def open_case() -> sqlite3.Row | None:
    """The case that the request names, if it still waits for papers."""
    wanted = portlet.number("caseId")
    return next((case for case in _pending() if case["id"] == wanted), None)


@portlet.view("case")
def show_case() -> Response:
    """The pencil: what the officer said, and NEXT."""
    case = open_case()
    if case is None:
        return shell.not_found()
    return shell.page(
        "add_documents/case.html", LABELS, p=portlet, case=case, status=case["status"],
        outcome=casework.outcome(case),
    )  # fmt: skip


@portlet.view("documents")
def show_documents(error: str = "") -> Response:
    """The papers the case has; those that were not sent yet have a bin. EXIT sends them."""
    case = open_case()
    if case is None:
        return shell.not_found()
    desk, here = casework.desk(case), casework.documents(case["id"])
    return shell.page(
        "add_documents/documents.html", LABELS, p=portlet, case=case, status=case["status"],
        papers=here, sent=desk["sent"], round=len(desk["exits"]), error=error,
        done=request.args.get(portlet.ns("done")) and not error,
        types=_types(case), here_types={row["type"] for row in here},
        by_ajax=g.settings.commit == "ajax",
    )  # fmt: skip


@portlet.action("commit", once=False)
def leave() -> Response:
    """EXIT, confirmed: the new papers go to the officer, and the case waits for him again.

    assumed, and on purpose the dangerous way, as every CONFIRM here: a POST that comes again
    sends the same papers again, so that whoever presses twice is seen in the count. ``round`` is
    how often papers had been sent when the page was made.
    """
    case = casework.find(portlet.number("caseId"))
    if case is None:
        return shell.denied()
    exits, before = casework.desk(case)["exits"], portlet.number("round")
    if before < len(exits):
        if g.settings.strict_commit:
            return shell.denied("This case has already been submitted.")
        return _send(case, _copies(case, exits[before]["papers"]), again=True)
    if open_case() is None:
        return shell.denied()
    sent = casework.desk(case)["sent"]
    new = [row["id"] for row in casework.documents(case["id"]) if row["id"] > sent]
    return _send(case, new) if new else show_documents(casework.NOTHING_CHANGED)


def _copies(case: sqlite3.Row, numbers: list[int]) -> list[int]:
    """The same papers once more; gives their numbers."""
    db = shell.database()
    return [
        int(
            db.execute(
                "INSERT INTO documents (case_id, type, file, remarks, uploaded, content)"
                " SELECT case_id, type, file, remarks, uploaded, content FROM documents"
                " WHERE id = ? AND case_id = ?",
                (number, case["id"]),
            ).lastrowid
            or 0
        )
        for number in numbers
    ]


def _send(case: sqlite3.Row, numbers: list[int], *, again: bool = False) -> Response:
    db = shell.database()
    listed = (*listing.strike(case["employer"]), case["id"])
    db.execute("UPDATE cases SET visible_from = ?, listing = ? WHERE id = ?", listed)
    left = {"at": state.now(db).isoformat(), "papers": numbers, "again": again}
    exits = [*casework.desk(case)["exits"], left]
    casework.store_desk(case, exits=exits, sent=max(numbers))
    casework.set_status(case["id"], casework.PENDING)
    return casework.show_result(portlet, casework.find(case["id"]) or case, SENT)


def _types(case: sqlite3.Row) -> tuple[str, ...]:
    return casework.PROCEDURES[case["procedure"]].document_types


papers.PaperScreens(portlet, open_case, _types, lambda case: int(casework.desk(case)["sent"]))
