"""Update Employer Information (facts 10): the employer's form, filled with what is on record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mock_portal import casework, employer_form, employer_options, employers, shell
from mock_portal.employer_form import BUSINESS, INDUSTRY, Form
from mock_portal.labels import same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/update/update-employer-information"
TITLE = same("Update Employer Information")
LABELS = {**employer_form.LABELS, "title": TITLE}
portlet = shell.Portlet("searchforemployer_WAR_registrationportlet", "update_employer", (ADDRESS,))
blueprint = portlet.blueprint


@portlet.view("form")
def show_form() -> Response:
    """The form, as on record or as the draft has it."""
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    form = casework.case_data(case).get("after") or _record(case)
    return shell.page(
        "update_employer/form.html", LABELS, p=portlet, case=case, form=form,
        f=employer_form, o=employer_options,
    )  # fmt: skip


@portlet.view("form_options")
def form_options() -> Response:
    """The options below a choice."""
    return employer_form.below(portlet)


def _record(case: sqlite3.Row) -> Form:
    employer = employers.find(case["employer"])
    return employer_form.of_employer(employer)


@portlet.action("form_save")
def save_form() -> Response:
    """SAVE & CONTINUE: a numbered draft, if anything differs from the record."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    before = _record(case)
    closed = {field.name: before.get(field.name, "") for field in BUSINESS}
    after = employer_form.sent(portlet, INDUSTRY, closed)
    wrong = employer_form.examine(INDUSTRY, after)
    if wrong:
        return employer_form.errors(portlet, wrong)
    if not employer_form.changes(INDUSTRY, before, after):
        return employer_form.errors(portlet, {}, casework.NOTHING_CHANGED)
    casework.store_case_data(case["id"], {"before": before, "after": after})
    casework.save_draft(PROCEDURE, case["id"])
    return shell.go(portlet.url("documents", caseId=case["id"], done=1))


# --- what a case shows and does ----------------------------------------------------------------


def _changes(data: dict[str, Any]) -> list[casework.Item]:
    return employer_form.changes(INDUSTRY, data["before"], data["after"])


def head(case: sqlite3.Row) -> list[list[casework.Item]]:
    """The code, to tell whom it is about, and what changes."""
    label = shell.speech(LABELS)["employer_code"]
    code = ("employerCode", label, case["employer"], case["employer"])
    return [[code, *_changes(casework.case_data(case))]]


def approve(case: sqlite3.Row) -> None:
    """The record is as the form says; what the form does not have stays."""
    after = casework.case_data(case)["after"]
    employer = employers.find(case["employer"])
    kept = {k: v for k, v in json.loads(employer["details"]).items() if not _of_industry(k)}
    shell.database().execute(
        "UPDATE employers SET name = ?, details = ? WHERE code = ?",
        (after["industryName"], json.dumps(kept | after, ensure_ascii=False), case["employer"]),
    )


def _of_industry(name: str) -> bool:
    return name in employer_form.all_names(INDUSTRY)


def new_name(case: sqlite3.Row) -> bool:
    """A changed name goes to an officer (facts 3.4); other changes are approved at once."""
    data = casework.case_data(case)
    return bool(data["before"]["industryName"] != data["after"]["industryName"])


def _form_shown(data: dict[str, Any]) -> dict[str, str]:
    if not data:
        return {}
    with shell.in_english():
        return {name: new for name, _, _, new in _changes(data)}


PROCEDURE = casework.Procedure(
    key="update_employer",
    title=TITLE,
    prefix="CUN",
    document_types=("Supporting Document", "Others"),  # assumed
    mandatory="Supporting Document",
    items=lambda _: [],
    shown=lambda _: {},
    approve=approve,
    edit=lambda case_id: portlet.url("form", caseId=case_id),
    head=head,
    form_shown=_form_shown,
    code_digits="C",
    lines_needed=False,
    officer=new_name,
)
screens = casework.CaseScreens(portlet, PROCEDURE, before="form", pencil="form")
