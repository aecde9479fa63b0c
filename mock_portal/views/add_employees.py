"""Update Add New Employee / Tambah Pekerja Baru (facts 5.1, 5.2, 6; QRG 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_portal import casework, employers, shell, workers
from mock_portal.labels import Label

if TYPE_CHECKING:
    from flask import Response

ADDRESS = "/web/registration/update/update-add-new-employee"

portlet = shell.Portlet("searchforemployer_WAR_registrationportlet", "add_employees", (ADDRESS,))
blueprint = portlet.blueprint


@portlet.view("view")
def search_for_employer() -> Response:
    """The portal ID's employers."""
    return employers.search(portlet)


@portlet.action("open")
def open_employer() -> Response:
    """The pencil: an empty list for this employer."""
    employer = casework.employer_of(portlet)
    if employer is None:
        return shell.denied()
    return shell.go(portlet.url("list", caseId=casework.start(PROCEDURE, employer["code"])))


PROCEDURE = casework.Procedure(
    key="add_employees",
    title=Label("Tambah Pekerja Baru", "Update Add New Employee"),
    prefix="CAN",
    document_types=("Form 2 - Employee Registered", "Borang SIP 2", "Others"),
    mandatory="Form 2 - Employee Registered",
    generated=("Form 2.pdf",),
    items=workers.items,
    shown=workers.shown,
    approve=lambda case: workers.approve(case, case["employer"]),
    edit=lambda case_id: portlet.url("list", caseId=case_id),
)
screens = casework.CaseScreens(portlet, PROCEDURE)
workers.WorkerScreens(portlet, PROCEDURE, screens, "addNewBtnPopBtnId", tabs=False)
