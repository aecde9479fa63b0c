"""Update Add New Employee / Tambah Pekerja Baru (facts 5.1, 5.2, 6; QRG 2)."""

from __future__ import annotations

from mock_portal import casework, shell, workers
from mock_portal.labels import Label

ADDRESS = "/web/registration/update/update-add-new-employee"

portlet = shell.Portlet("searchforemployer_WAR_registrationportlet", "add_employees", (ADDRESS,))
blueprint = portlet.blueprint


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
screens = casework.CaseScreens(portlet, PROCEDURE, pencil="list")
workers.WorkerScreens(portlet, PROCEDURE, screens, "addNewBtnPopBtnId", tabs=False)
