"""Form 3 EIS (facts 7.2): an employer stops to insure his workers with the EIS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_portal import books, casework, employers, leavers, papers, shell, state, worker_data
from mock_portal.labels import same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/eis-update/form-3-eis-cessation-as-employer"
TITLE = same("Form 3 EIS - Cessation as Employer")
DATE = "sipEmploymentResignDate"
DORMANT = "Dormant SIP"
ALREADY = "Not allow to change Dormant EIS to Active."  # facts 7.2
LABELS = {
    **leavers.LABELS,
    **books.LABELS,
    "form_title": TITLE,
    "eis_status": same("EIS Employer Status"),
    "eis_date": same("EIS Employment Resign Date"),
}
portlet = shell.Portlet(
    "searchforemployersip_WAR_registrationportlet", "cease_employer_eis", (ADDRESS,)
)
blueprint = portlet.blueprint


def _insured(employer: str) -> list[sqlite3.Row]:
    """The active workers of EIS age today who are not foreign (facts 13.2)."""
    today = state.today(shell.database())
    found = []
    for worker in books.active(employer):
        born = worker_data.day(worker["birth"])
        of_age = born is not None and (
            worker_data.EIS_FROM <= worker_data.age(born, today) < worker_data.EIS_BEFORE
        )
        if of_age and worker["kind"] == worker_data.LOCAL:
            found.append(worker)
    return found


@portlet.view("form")
def show_form(errors: dict[str, str] | None = None, error: str = "") -> Response:
    """The EIS status on record, the date, and whom it concerns.

    ``errors``: field to message; ``error``: what no field has. A refused form keeps what was sent.
    """
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    kept = casework.case_data(case).get(DATE, "")
    return shell.page(
        "cease_employer_eis/form.html", LABELS, p=portlet, case=case, errors=errors or {},
        employer=employers.find(case["employer"]), workers=_insured(case["employer"]),
        date=portlet.value(f"dto.{DATE}") if errors or error else kept,
        error=error or leavers.strip(errors),
    )  # fmt: skip


@portlet.action("form_save")
def save_form() -> Response:
    """SAVE & CONTINUE: the case becomes a numbered draft."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    employer, insured = employers.find(case["employer"]), _insured(case["employer"])
    date = portlet.value(f"dto.{DATE}").strip()
    if employer["eis_status"] == DORMANT:
        return show_form(error=ALREADY)
    if not date:
        return show_form({DATE: papers.BLANK})
    if not leavers.valid_for(date, (worker["start"] for worker in insured)):
        return show_form(error=leavers.NOT_VALID)
    casework.store_case_data(case["id"], {DATE: date, "statusBefore": employer["eis_status"]})
    leavers.replace_lines(case["id"], [leavers.line_of(worker) for worker in insured])
    casework.save_draft(PROCEDURE, case["id"])
    return shell.go(portlet.url("documents", caseId=case["id"], done=1))


# --- what a case shows and does ----------------------------------------------------------------


def head(case: sqlite3.Row) -> list[list[casework.Item]]:
    """The employer: his code, his EIS status before and after, and the date."""
    t, data = shell.speech(LABELS), casework.case_data(case)
    return [
        [
            ("employerCode", t["employer_code"], case["employer"], case["employer"]),
            ("employerStatus", t["eis_status"], shell.worded(data["statusBefore"]), DORMANT),
            (DATE, t["eis_date"], "", data[DATE]),
        ]
    ]


def items(data: dict[str, Any]) -> list[casework.Item]:
    """A worker as one Case Item: who he is."""
    return leavers.items(data)[:2]


def shown(data: dict[str, Any]) -> dict[str, str]:
    """A worker's line as plain texts, for the control port."""
    return {field: data[field] for field in ("kind", "registrationNo", "nameOfEmployee")}


def form_shown(data: dict[str, Any]) -> dict[str, str]:
    """What the form says, for the control port."""
    return {DATE: data[DATE]} if data else {}


def approve(case: sqlite3.Row) -> None:
    """The employer is dormant with the EIS; his workers stay on the books as they are."""
    shell.database().execute(
        "UPDATE employers SET eis_status = ? WHERE code = ?", (DORMANT, case["employer"])
    )


PROCEDURE = casework.Procedure(
    key="cease_employer_eis",
    title=TITLE,
    prefix="ERN",
    code_digits="C",
    document_types=("Form 3 - Cessation Of Employer", "Letter of liquidator", "Letter SSM"),
    mandatory="Form 3 - Cessation Of Employer",
    items=items,
    shown=shown,
    approve=approve,
    edit=lambda case_id: portlet.url("form", caseId=case_id),
    head=head,
    form_shown=form_shown,
    lines_needed=False,
    officer=lambda _: True,  # assumed: always
)
screens = casework.CaseScreens(portlet, PROCEDURE, before="form", pencil="form")
