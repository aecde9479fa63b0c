"""Form 1A (facts 7.2; QRG 3): an employer stops, and all his workers leave with him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_portal import books, casework, employers, leavers, papers, shell, state, worker_data
from mock_portal.labels import same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/update/form-1a-cessation-as-employer-discontinue-business-"
TITLE = same("Form 1A - Cessation As Employer (Discontinue Business)")
TABS = (
    "Discontinue Business",
    "Update Add Employee Resigned Date",
    "Upload Supporting Document",
)
STATUSES = ("Dormant", "Winding Up", "Cancel")
STATUS, SINCE, TILL = (
    "changeEmployerStatusTo",
    "temporaryClosureNoEmployeeFrom",
    "temporaryClosureNoEmployeeTill",
)
RESIGNED = "employementResignDate"  # the portal's spelling
# assumed: these messages
NOT_ACTIVE = "Employer is not active."
NOT_A_DATE = "Date is not valid."
NO_CHOICE = "Please select a valid value."
LATER_THAN_TODAY = "Temporary closure / No employee from cannot be later than today."
TILL_BEFORE_FROM = "Till must be after Temporary closure / No employee from."
LABELS = {
    **leavers.LABELS,
    **books.LABELS,
    "form_title": TITLE,
    "discontinue": same("Discontinue Business"),
    "registration_number": same("Registration Number"),
    "employer_status": same("Employer Status"),
    "status_reason": same("Employer Status Reason"),
    "change_to": same("Change Employer Status To"),
    "closed_from": same("Temporary closure / No employee from"),
    "closed_till": same("Till"),
}
portlet = shell.Portlet("searchforemployer_WAR_registrationportlet", "cease_employer", (ADDRESS,))
blueprint = portlet.blueprint


# --- Discontinue Business ----------------------------------------------------------------------


@portlet.view("form")
def show_form(errors: dict[str, str] | None = None, error: str = "") -> Response:
    """What is on record of the employer, and what he is to become.

    ``errors``: field to message; ``error``: what no field has. A refused form keeps what was sent.
    """
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    form = _sent() if errors or error else casework.case_data(case)
    return shell.page(
        "cease_employer/form.html", LABELS, p=portlet, case=case, tabs=TABS,
        statuses={status: status for status in STATUSES}, employer=employers.find(case["employer"]),
        form={STATUS: "", SINCE: "", TILL: "", **form}, errors=errors or {},
        error=error or leavers.strip(errors),
    )  # fmt: skip


def _sent() -> dict[str, str]:
    return {name: portlet.value(f"dto.{name}").strip() for name in (STATUS, SINCE, TILL)}


@portlet.action("form_save")
def save_form() -> Response:
    """SAVE & CONTINUE: a numbered draft, then the workers."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    employer = employers.find(case["employer"])
    if employer["status"] != "Active":
        return show_form(error=NOT_ACTIVE)
    form = _sent()
    wrong = {name: words for name, words in _examine(form).items() if words}
    if wrong:
        return show_form(wrong)
    before = {"statusBefore": employer["status"], "closureBefore": leavers.closure(employer)}
    casework.store_case_data(case["id"], form | before)
    casework.save_draft(PROCEDURE, case["id"])
    return shell.go(portlet.url("workers", caseId=case["id"], done=1))


def _examine(form: dict[str, str]) -> dict[str, str]:
    """What is wrong with each field; empty for a right one."""
    since, till = worker_data.day(form[SINCE]), worker_data.day(form[TILL])
    return {
        STATUS: papers.BLANK if not form[STATUS] else _choice_trouble(form[STATUS]),
        SINCE: papers.BLANK if not form[SINCE] else _since_trouble(form[SINCE]),
        TILL: _till_trouble(since, till) if form[TILL] else "",
    }


def _choice_trouble(status: str) -> str:
    return "" if status in STATUSES else NO_CHOICE


def _since_trouble(text: str) -> str:
    day = worker_data.day(text)
    if day is None:
        return NOT_A_DATE
    return LATER_THAN_TODAY if day > state.today(shell.database()) else ""


def _till_trouble(since: Any, till: Any) -> str:
    if till is None:
        return NOT_A_DATE
    return TILL_BEFORE_FROM if since is not None and till <= since else ""


# --- the workers -------------------------------------------------------------------------------


@portlet.view("workers")
def show_workers(errors: dict[str, str] | None = None, error: str = "") -> Response:
    """One date, and all active workers."""
    case = _saved_case()
    if case is None:
        return shell.not_found()
    here = casework.lines(case["id"])
    date = here[0][1][RESIGNED] if here else ""
    return shell.page(
        "cease_employer/workers.html", LABELS, p=portlet, case=case, tabs=TABS,
        workers=books.active(case["employer"]), errors=errors or {},
        date=portlet.value(f"dto.{RESIGNED}") if errors or error else date,
        error=error or leavers.strip(errors),
    )  # fmt: skip


def _saved_case() -> sqlite3.Row | None:
    """The open case, once its first form is saved."""
    case = screens.open_case()
    return case if case is not None and case["status"] == casework.DRAFT else None


@portlet.action("workers_save")
def save_workers() -> Response:
    """SAVE & CONTINUE: everybody who is active now stands in the case with that date."""
    case = _saved_case()
    if case is None:
        return shell.denied()
    active = books.active(case["employer"])
    date = portlet.value(f"dto.{RESIGNED}").strip()
    if active and not date:
        return show_workers({RESIGNED: papers.BLANK})
    if active and not leavers.valid_for(date, (w["start"] for w in active)):
        return show_workers(error=leavers.NOT_VALID)
    leavers.replace_lines(case["id"], [leavers.line_of(w, date) for w in active])
    return shell.go(portlet.url("documents", caseId=case["id"], done=1))


# --- what a case shows and does ----------------------------------------------------------------


def head(case: sqlite3.Row) -> list[list[casework.Item]]:
    """The employer: his code, and his status and closure before and after."""
    t, data = shell.speech(LABELS), casework.case_data(case)
    return [
        [
            ("employerCode", t["employer_code"], case["employer"], case["employer"]),
            (
                "employerStatus",
                t["employer_status"],
                shell.worded(data["statusBefore"]),
                data[STATUS],
            ),
            (SINCE, t["closed_from"], data["closureBefore"], data[SINCE]),
            (TILL, t["closed_till"], "", data[TILL]),
        ]
    ]


def form_shown(data: dict[str, Any]) -> dict[str, str]:
    """What the form says, for the control port."""
    return {name: data[name] for name in (STATUS, SINCE, TILL)} if data else {}


def approve(case: sqlite3.Row) -> None:
    """The employer is what he wished to become, and the case's workers have left."""
    data, employer = casework.case_data(case), employers.find(case["employer"])
    leavers.set_details(employer, **{SINCE: data[SINCE], TILL: data[TILL]})
    shell.database().execute(
        "UPDATE employers SET status = ? WHERE code = ?", (data[STATUS], employer["code"])
    )
    leavers.resign(casework.lines(case["id"]))


PROCEDURE = casework.Procedure(
    key="cease_employer",
    title=TITLE,
    prefix="CUN",
    code_digits="C",
    document_types=(
        "Supporting Document For Cessation",
        "Letter Of Liquidator",
        "Confirmation Letter From The Agency",
        "Others",
    ),
    mandatory="Supporting Document For Cessation",
    items=leavers.items,
    shown=leavers.shown,
    approve=approve,
    edit=lambda case_id: portlet.url("form", caseId=case_id),
    head=head,
    form_shown=form_shown,
    lines_needed=False,
    officer=lambda _: True,  # assumed: always
)
screens = casework.CaseScreens(portlet, PROCEDURE, before="workers", pencil="form")
screens.tabs = lambda _: TABS
