"""Update Add Employee Resigned Date (facts 7.1; QRG 3): workers who leave, each with his date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from mock_portal import books, casework, employers, leavers, papers, shell, worker_data, workers
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/update/update-add-employee-resigned-date"
ALL, SPECIFIC = "A", "S"
SELECTION, DATE = "dto.employeeSelection", "dto.employementResignDate"  # the portal's spelling
LABELS = {
    **leavers.LABELS,
    **books.LABELS,
    "search_text": same("Search"),
    "selection": Label("Pemilihan Pekerja", "Employee Selection"),  # assumed: the English words
    "all": Label("Semua", "All"),
    "specific": Label("Khusus", "Specific"),
    "leaving": same("Employee That Had Added Resigned Date"),
    "update_dates": Label("KEMAS KINI", "UPDATE"),
    "no_answer": same("NO"),
    "yes_answer": same("YES"),
    "exceeds": same(
        "Employee Resign Date exceeds the Temporary closure/ No employee From date."
        " Do you want to replace the latest date?"
    ),
}
portlet = shell.Portlet("searchforemployer_WAR_registrationportlet", "end_employment", (ADDRESS,))
blueprint = portlet.blueprint


# --- the screen --------------------------------------------------------------------------------


def _address(case: sqlite3.Row, page: int, *, done: bool = False, leaving: int = 0) -> str:
    """The list's address with what was chosen, typed and searched."""
    kept = {portlet.ns(name): portlet.value(name) for name in (SELECTION, DATE, "searched")}
    kept |= {name: request.values.get(name, "") for name in (books.TYPE, books.TEXT)}
    kept[portlet.ns("cur")] = str(page)
    after: dict[str, Any] = {"done": 1} if done else {}
    after |= {"curLeaving": leaving} if leaving else {}
    kept = {name: value for name, value in kept.items() if value}
    return portlet.url("list", caseId=case["id"], **after, also=kept)


def _back(case: sqlite3.Row, *, done: bool = True) -> Response:
    return shell.go(_address(case, max(portlet.number("cur"), 1), done=done))


def _found(case: sqlite3.Row, moved: set[int]) -> list[sqlite3.Row]:
    """Whom the lens found, without those who stand in the second list; before it nobody."""
    if not portlet.value("searched"):
        return []
    found = books.search(case["employer"], *books.asked())
    return [worker for worker in found if worker["id"] not in moved]


@portlet.view("list")
def show_list(errors: dict[str, str] | None = None, error: str = "", ask: str = "") -> Response:
    """Selection, date, search; who was found, and who is to leave.

    ``errors``: field to message; ``error``: what no field has; ``ask``: a question to answer.
    """
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    leaving = casework.lines(case["id"])
    found = _found(case, {data["worker"] for _, data in leaving})
    pages = max(-(-len(found) // books.PER_PAGE), 1)
    current = min(max(portlet.number("cur"), 1), pages)
    first = (current - 1) * books.PER_PAGE
    kind, text = books.asked()
    return shell.page(
        "end_employment/list.html", LABELS, p=portlet, case=case, b=books, kind=kind, text=text,
        selection=portlet.value(SELECTION), date=portlet.value(DATE), total=len(found),
        searched=portlet.value("searched"), found=found[first:][: books.PER_PAGE], first=first,
        current=current, pages=pages, address=lambda n: _address(case, n), leaving=leaving,
        leaving_address=lambda n: _address(case, current, leaving=n),
        errors=errors or {}, error=error or leavers.strip(errors), ask=ask,
    )  # fmt: skip


# --- the two lists -----------------------------------------------------------------------------


@portlet.action("employee_add")
def add_employee() -> Response:
    """The Action icon: the worker moves to the second list, without a date yet."""
    case = screens.open_case()
    worker = books.worker(case["employer"], portlet.number("workerId")) if case else None
    if case is None or worker is None:
        return shell.denied()
    listed = {data["worker"] for _, data in casework.lines(case["id"])}
    if worker["id"] not in listed:
        workers.store_line(case["id"], 0, leavers.line_of(worker))
    return _back(case, done=False)


@portlet.action("employee_remove")
def remove_employee() -> Response:
    """The bin: this worker stays."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    workers.remove_line(case["id"], portlet.number("lineId"))
    return _back(case)


@portlet.action("dates_update")
def update_dates() -> Response:
    """KEMAS KINI / UPDATE: the date goes to the second list, or the strip says why not."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    date, everybody = portlet.value(DATE).strip(), portlet.value(SELECTION) == ALL
    blank = {f: papers.BLANK for f in (SELECTION, DATE) if not portlet.value(f).strip()}
    if blank or portlet.value(SELECTION) not in {ALL, SPECIFIC}:
        return show_list(blank or {SELECTION: papers.BLANK})
    wanted = _everybody(case) if everybody else _waiting(case)
    if not wanted:
        return show_list(error=casework.NOTHING_CHANGED)
    if not leavers.valid_for(date, (data["employmentStartDate"] for _, data in wanted)):
        return show_list(error=leavers.NOT_VALID)
    if _exceeds_closure(case, date) and not portlet.value("replace"):
        return show_list(ask=shell.speech(LABELS)["exceeds"])
    _apply(case, wanted, date)
    return _back(case)


def _waiting(case: sqlite3.Row) -> list[tuple[int, dict[str, Any]]]:
    """The second list's workers who have no date yet."""
    return [(n, d) for n, d in casework.lines(case["id"]) if not d["employementResignDate"]]


def _everybody(case: sqlite3.Row) -> list[tuple[int, dict[str, Any]]]:
    """The second list, and every other active worker as a new line of it."""
    listed = casework.lines(case["id"])
    there = {data["worker"] for _, data in listed}
    others = (w for w in books.active(case["employer"]) if w["id"] not in there)
    return [*listed, *((0, leavers.line_of(worker)) for worker in others)]


def _exceeds_closure(case: sqlite3.Row, date: str) -> bool:
    closed = worker_data.day(leavers.closure(employers.find(case["employer"])))
    day = worker_data.day(date)
    return closed is not None and day is not None and day > closed


def _apply(case: sqlite3.Row, wanted: list[tuple[int, dict[str, Any]]], date: str) -> None:
    # assumed: YES replaces the employer's date at once, and not only when the case is approved
    if _exceeds_closure(case, date):
        employer = employers.find(case["employer"])
        leavers.set_details(employer, temporaryClosureNoEmployeeFrom=date)
    for number, data in wanted:
        workers.store_line(case["id"], number, data | {"employementResignDate": date})


@portlet.action("list_save")
def save_list() -> Response:
    """SAVE & CONTINUE: the case becomes a numbered draft."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    if not casework.lines(case["id"]):
        return show_list(error=casework.NOTHING_CHANGED)
    if _waiting(case):
        return show_list(error=papers.BLANK)
    casework.save_draft(PROCEDURE, case["id"])
    return shell.go(portlet.url("documents", caseId=case["id"], done=1))


def approve(case: sqlite3.Row) -> None:
    """They have left."""
    leavers.resign(casework.lines(case["id"]))


PROCEDURE = casework.Procedure(
    key="end_employment",
    title=leavers.LABELS["title"],
    prefix="CUN",
    code_digits="C",
    document_types=("Supporting Document", "Others"),  # assumed
    mandatory="",
    items=leavers.items,
    shown=leavers.shown,
    approve=approve,
    edit=lambda case_id: portlet.url("list", caseId=case_id),
)
screens = casework.CaseScreens(portlet, PROCEDURE, pencil="list")
