"""Registration of an employer / Pendaftaran Majikan (facts 4; QRG 1).

A domestic employer uses the same screens; nothing on them says so (facts 4.2).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mock_portal import casework, employer_form, employer_options, employers, shell, state, workers
from mock_portal.employer_form import FIELDS, Form
from mock_portal.labels import Label, same
from mock_portal.worker_data import day

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/registration"
LABELS = {
    **employer_form.LABELS,
    "title": same("Employer's Registration Form"),
    # assumed: the question
    "branch_question": same("This Registration Number(BRN) already exists. Register as a branch?"),
}
portlet = shell.Portlet("newreg_WAR_registrationportlet", "register_employer", (ADDRESS,))
blueprint = portlet.blueprint


# --- the screen --------------------------------------------------------------------------------


@portlet.view("view")
def empty_form() -> Response:
    """A new registration. Nothing is kept before it is saved."""
    return _page(0, {"serviceTypeId": employer_options.USUAL_SERVICE})


@portlet.view("form")
def saved_form() -> Response:
    """The form of a draft, to go on with."""
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    form = casework.case_data(case)
    return _page(case["id"], {"searched": form["registrationNo"], **form})


def _page(case_id: int, form: Form) -> Response:
    return shell.page(
        "register_employer/form.html", LABELS, p=portlet, case_id=case_id, form=form,
        f=employer_form, o=employer_options, tabs=casework.TABS,
        exists=employers.is_registered(form.get("registrationNo", "")),
    )  # fmt: skip


@portlet.view("form_options")
def form_options() -> Response:
    """The options below a choice."""
    return employer_form.below(portlet)


# --- the actions -------------------------------------------------------------------------------


@portlet.action("brn_lens")
def brn_lens() -> Response:
    """Whether an employer with this number exists (facts 4.1)."""
    late = shell.strike_here("lens answers late")
    if late is not None:
        shell.answer_late(late.seconds)
    number = portlet.value("dto.registrationNo").strip()
    wrong = employer_form.examine(employer_form.BUSINESS[-1:], {"registrationNo": number})
    if wrong:
        return employer_form.errors(portlet, wrong)
    return shell.answer_lens(known=employers.is_registered(number))


@portlet.action("form_save")
def save_form() -> Response:
    """SAVE & CONTINUE: the case becomes a numbered draft, then the workers."""
    number = portlet.number("caseId")
    case = screens.open_case()
    if number and case is None:
        return shell.denied()
    form = employer_form.sent(portlet, FIELDS, {})
    wrong = _wrong_number(form) | employer_form.examine(FIELDS, form)
    if wrong:
        return employer_form.errors(portlet, wrong)
    number = number or casework.start(PROCEDURE, "")
    casework.store_case_data(number, form)
    casework.save_draft(PROCEDURE, number)
    return shell.go(portlet.url("list", caseId=number, done=1))


def _wrong_number(form: Form) -> dict[str, str]:
    """What the lens has to say at a SAVE: asked for this very number, and of a branch or not."""
    number, branch = form["registrationNo"], form["registeredAsABranch"]
    if not number:
        return {}  # said already
    if portlet.value("dto.searched").strip() != number:
        return {"registrationNo": employer_form.UNSEARCHED}
    if not employers.is_registered(number):
        wrong = employer_form.NO_EMPLOYER if branch == "Y" else ""
        return {"registeredAsABranch": wrong} if wrong else {}
    wrong = {"Y": "", "N": employer_form.REGISTERED}.get(branch, employer_form.BLANK)
    return {"registeredAsABranch": wrong} if wrong else {}


# --- what a case shows and does ----------------------------------------------------------------


def approve(case: sqlite3.Row) -> None:
    """There is an employer with a code; the portal ID that asked holds it, its workers are in."""
    form = casework.case_data(case)
    entity = employer_options.ENTITIES[form["businessEntityId"]]
    first = "B" if form["businessEntityId"] == employer_options.SOLE else "E"
    code = employers.new_code(first)
    db = shell.database()
    db.execute(
        "INSERT INTO employers (code, name, brn, liability_date, entity, details)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            code, form["industryName"], form["registrationNo"], _liable_from(case), entity,
            json.dumps(form, ensure_ascii=False),
        ),
    )  # fmt: skip
    db.execute("INSERT INTO holdings VALUES (?, ?)", (case["email"], code))
    db.execute("UPDATE cases SET employer = ? WHERE id = ?", (code, case["id"]))
    workers.approve(case, code)


def _liable_from(case: sqlite3.Row) -> str:
    """The day on which the first of the workers began."""
    starts = (day(data["employmentStartDate"]) for _, data in casework.lines(case["id"]))
    return f"{min(filter(None, starts)):{state.DATE}}"


def _who(case: sqlite3.Row) -> str:
    """The BRN, also when the case has brought a code."""
    return str(casework.case_data(case)["registrationNo"])


def _head(case: sqlite3.Row) -> list[list[casework.Item]]:
    return [employer_form.case_item(FIELDS, casework.case_data(case))]


def _form_shown(data: dict[str, Any]) -> dict[str, str]:
    return employer_form.shown(FIELDS, data)


PROCEDURE = casework.Procedure(
    key="register_employer",
    title=Label("Pendaftaran Majikan", "Employer Registration"),
    prefix="CRN",
    # The checklist of facts 4.4, then what else its popup offered.
    document_types=(
        "Companies Act 2016 (Section 14) Application For Registration Of Company",
        "Form 1 - Employer Registered",
        "Form 2 - Employee Registered",
        "Form 8 - Companies Act, 1965",
        "Form 49 - Companies Act, 1965",
        "Borang SIP 1",
        "Borang SIP 2",
        "Others",
    ),
    mandatory="Form 1 - Employer Registered",
    items=workers.items,
    shown=workers.shown,
    approve=approve,
    edit=lambda case_id: portlet.url("form", caseId=case_id),
    head=_head,
    form_shown=_form_shown,
    generated=("Form 1.pdf", "Form 2.pdf"),
    who=_who,
    done=Label(
        "PENDAFTARAN BERJAYA",
        "Your Request Employer Registration Has Been Submitted Successfully.",
    ),
    approval_letter="Letter of approval",
)
screens = casework.CaseScreens(portlet, PROCEDURE)
workers.WorkerScreens(portlet, PROCEDURE, screens)
