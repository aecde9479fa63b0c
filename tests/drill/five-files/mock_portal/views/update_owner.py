"""Update Director/Owner Information, as a toy: one field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mock_portal import casework, employer_form, employers, shell
from mock_portal.labels import same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/update/update-director/owner-information"
TITLE = same("Update Director/Owner Information")
LABELS = {**employer_form.LABELS, "title": TITLE, "owner": same("Owner Name")}
portlet = shell.Portlet("owner_WAR_registrationportlet", "update_owner", (ADDRESS,))
blueprint = portlet.blueprint


def _record(case: sqlite3.Row) -> str:
    details = json.loads(employers.find(case["employer"])["details"])
    return str(details.get("ownerName", ""))


@portlet.view("form")
def show_form() -> Response:
    """The form."""
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    value = casework.case_data(case).get("after", _record(case))
    return shell.page("update_owner/form.html", LABELS, p=portlet, case=case, value=value)


@portlet.action("form_save")
def save_form() -> Response:
    """A numbered draft."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    after = portlet.fields()["ownerName"]
    if after == _record(case):
        return shell.answer_errors({}, casework.NOTHING_CHANGED)
    casework.store_case_data(case["id"], {"before": _record(case), "after": after})
    casework.save_draft(PROCEDURE, case["id"])
    return shell.go(portlet.url("documents", caseId=case["id"], done=1))


def head(case: sqlite3.Row) -> list[list[casework.Item]]:
    """Whose owner, and who."""
    t, data = shell.speech(LABELS), casework.case_data(case)
    code = ("employerCode", t["employer_code"], case["employer"], case["employer"])
    return [[code, ("ownerName", t["owner"], data["before"], data["after"])]]


def approve(case: sqlite3.Row) -> None:
    """It is so from now on."""
    details = json.loads(employers.find(case["employer"])["details"])
    details["ownerName"] = casework.case_data(case)["after"]
    shell.database().execute(
        "UPDATE employers SET details = ? WHERE code = ?", (json.dumps(details), case["employer"])
    )


def form_shown(data: dict[str, Any]) -> dict[str, str]:
    """For the control port."""
    return {"ownerName": data["after"]} if data else {}


PROCEDURE = casework.Procedure(
    key="update_owner",
    title=TITLE,
    prefix="CUN",
    document_types=("Supporting Document",),
    mandatory="",
    items=lambda _: [],
    shown=lambda _: {},
    approve=approve,
    edit=lambda case_id: portlet.url("form", caseId=case_id),
    head=head,
    form_shown=form_shown,
    code_digits="C",
    lines_needed=False,
)
screens = casework.CaseScreens(portlet, PROCEDURE, before="form", pencil="form")
