"""MyASSIST, the inbox (facts 3.3), and the read-only page of a case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Response, g

from mock_portal import casework, listing, shell, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3

NAMES = {"nameOfEmployee", "industryName"}
LABELS = {
    **casework.LABELS,
    "total": Label("Jumlah Tugasan", "Total Task(s)"),
    "search_info": Label("Maklumat Carian", "Search Information"),
    "inbox": Label("Inbox Tugasan", "Task Inbox"),
    "date": Label("Tarikh", "Date"),
    "aging": same("Aging"),
    "module": Label("Modul", "Module"),
    "reference": Label("No. Rujukan", "Reference No."),
    "penerangan": Label("Penerangan", "Description"),
    "workflow": same("Workflow ID"),
    "none": Label("Tiada rekod ditemui.", "No Record Found."),
}
portlet = shell.Portlet(
    "myassist_WAR_baseportlet", "myassist", ("/web/registration/myassist", "/web/base/myassist")
)
blueprint = portlet.blueprint


def _cases(reference: str, employer: str) -> list[sqlite3.Row]:
    """The visitor's own, newest first; what is listed late is not here yet."""
    return listing.as_often(
        shell.database()
        .execute(
            f"{casework.CASES} WHERE {casework.OWN} AND c.status != ? AND c.visible_from <= ?"
            " AND instr(c.reference, ?)"
            f" AND instr({listing.sql('c', 'employer')}, ?) ORDER BY c.id DESC",
            (
                g.visitor.email, g.visitor.email, casework.WORKING, state.visible(),
                reference.strip().upper(), employer.strip().upper(),
            ),
        )
        .fetchall()
    )  # fmt: skip


def _row(case: sqlite3.Row) -> dict[str, Any]:
    created = datetime.fromisoformat(case["created"])
    moment = datetime.fromisoformat(case["submitted"]) if case["submitted"] else created
    procedure = casework.PROCEDURES[case["procedure"]]
    return {
        "case": case,
        "date": f"{moment:{state.DATE}}",
        "aging": (state.today(shell.database()) - created.date()).days,
        # assumed: what follows the title
        "description": " - ".join(part for part in _told(case, procedure) if part),
        "edit": casework.resume(case) if case["status"] == casework.DRAFT else "",
        "view": portlet.url("case", caseId=case["id"]),
        "draft": case["status"] == casework.DRAFT,
    }


def _told(case: sqlite3.Row, procedure: casework.Procedure) -> tuple[str, str]:
    who = {
        "code": listing.shown(case, "employer", procedure.who(case)),
        "name": case["employer_name"],
        "nothing": "",
    }
    return listing.shown(case, "name", procedure.title.en), who[g.settings.inbox_shows]


@portlet.view("view")
def inbox() -> Response:
    """Search panel and Task Inbox, 25 to a page."""
    reference = portlet.value("dto.trxReferenceNum")
    employer = portlet.value("dto.employerCode")
    found = _cases(reference, employer)
    current = max(portlet.number("cur"), 1)
    a_page = g.settings.inbox_page
    first = (current - 1) * a_page
    kept: dict[str, Any] = {"dto.trxReferenceNum": reference, "dto.employerCode": employer}
    return shell.page(
        "case/inbox.html", LABELS, p=portlet, rows=[_row(c) for c in found[first:][:a_page]],
        first=first, total=len(found), reference=reference, employer=employer, current=current,
        pages=-(-len(found) // a_page), address=lambda n: portlet.url("view", **kept, cur=n),
    )  # fmt: skip


@portlet.action("remove")
def remove() -> Response:
    """The bin of a draft."""
    case = casework.find(portlet.number("caseId"))
    if case is None or case["status"] != casework.DRAFT:
        return shell.denied()
    casework.remove(case["id"])
    return shell.go(portlet.url("view", done=1))


@portlet.view("case")
def case_page() -> Response:
    """A submitted case, with its status and letters."""
    case = casework.find(portlet.number("caseId"))
    if case is None or not case["submitted"] or case["visible_from"] > state.visible():
        return shell.not_found()
    return shell.page(
        "case/view.html", LABELS, p=portlet, case=case,
        letters=casework.shown_letters(casework.letters(case)),
        review=_as_listed(case),
        review_address=portlet.pages("case", casework.REVIEW_PAGE, caseId=case["id"]),
        outcome=casework.outcome(case),
        foreigners=casework.registered_foreigners(case),
    )  # fmt: skip


def _as_listed(case: sqlite3.Row) -> casework.Review:
    """The case read back, with the name and the employer under which it is listed."""
    review = casework.review(case, portlet, faulty=False)
    for key, field in (("employerName", "name"), ("employerCode", "employer")):
        review.box[key] = listing.shown(case, field, review.box[key])
    for part in review.cases:
        part[:] = [
            (field, name, old, listing.shown(case, "name", new) if field in NAMES else new)
            for field, name, old, new in part
        ]
    return review


@blueprint.get("/documents/registration/<reference>/<name>")
def letter(reference: str, name: str) -> Response:
    """A letter as PDF."""
    turned_away = shell.must_sign_in()
    if turned_away is not None:
        return turned_away
    row = (
        shell.database()
        .execute("SELECT id FROM cases WHERE reference = ? AND submitted != ''", (reference,))
        .fetchone()
    )
    case = casework.find(row["id"]) if row else None
    if case is None or name not in casework.letters(case):
        return shell.not_found()
    return casework.pdf_answer(name, _lines(case))


def _lines(case: sqlite3.Row) -> list[str]:
    submitted = datetime.fromisoformat(case["submitted"])
    return [
        "PERTUBUHAN KESELAMATAN SOSIAL - PORTAL LATIHAN / PRACTICE PORTAL",
        "",
        f"{case['employer_name']} ({case['employer']})",
        f"Reference ID: {case['reference']}",
        f"Date: {submitted:{state.DATE} %H:%M:%S}",
        f"Request: {casework.PROCEDURES[case['procedure']].title.en}",
        f"Number of records: {len(casework.lines(case['id']))}",
        f"Status: {case['status']}",
        *casework.outcome(case),
        "",
        "This letter has no legal effect. / Surat ini tiada kesan undang-undang.",
    ]
