"""What the screens of QRG 4 share: their words, and which act and employer they are about.

The combined screens are English on both sides, as the guide shows them (facts 0.3, warning 4);
those of one act have the guide's Malay words. assumed: every id and name on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, request

from mock_portal import contribution_rules as rules
from mock_portal import contributions, employers, shell, skins
from mock_portal.labels import SHARED, Fixed, Label, same

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from flask import Response

    from mock_portal.contributions import Act

PORTLET = "contribution_WAR_contributionportlet"
ADDRESSES = tuple(act.address for act in contributions.ACTS.values())
SEARCH = "dto.searchEmployeeData"

LABELS = {
    # Shown in English here, whatever they are elsewhere: their Malay was not seen on these screens.
    "action": same("Action"),
    "edit": same("Edit"),
    "remove": same("Remove"),
    "cancel": same("CANCEL"),
    # L (facts 8.2)
    "pending": Label("Senarai Tertunda Caruman Majikan", "Employer Contribution Pending List"),
    "drafts": same("Unsubmitted Contribution (Draft)"),
    "month": same("Contribution Month"),
    "employees": same("Number of Employee(s)"),
    "type": same("Contribution Type"),
    "received": same("Received Date"),
    "open": same("Open"),
    "select": same("Select"),
    "remove_drafts": same("Remove Draft(s)"),
    "arrears": same("Arrears Contribution"),
    "short": same("Short Contribution"),
    "text_file": Label("TEKS FAIL", "TEXT FILE"),
    "none": same("No Record Found."),
    "next": Label("Seterusnya", "NEXT"),
    # U (facts 8.4)
    "upload_title": Label("Muat Naik Teks Fail", "Upload Text File"),  # assumed
    "choose_file": Label("Pilih Fail", "Choose File"),
    "upload": Label("Muat Naik", "UPLOAD"),
    "upload_errors": same("Upload Error(s)"),
    "line": same("Line"),
    "position": same("Position"),
    "message": same("Message"),
    "records": same("Number of Record(s)"),
    # M (facts 8.3)
    "month_title": Label("Kemas Kini Caruman", "Update Contribution"),  # assumed
    "choose_month": Label("Bulan Caruman", "Contribution Month"),  # assumed: EIS alone
    "search_text": same("Search"),
    "listing": same("Employee(s) Listing"),
    "total_records": same("Total Record(s)"),
    "wages": same("Wages"),
    "socso_employer": same("SOCSO Employer"),
    "socso_employee": same("SOCSO Employee"),
    "skbbk": same("SKBBK"),
    "eis_employer": same("EIS Employer"),
    "eis_employee": same("EIS Employee"),
    "status": same("Status"),
    "popup_title": Label("Kemas Kini Gaji", "Update Wages"),  # assumed
    "wages_rm": Label("Gaji (RM)", "Wages (RM)"),  # assumed
    "total_contribution": same("Total Contribution"),
    "item": same("Item"),
    "total_rm": same("Total (RM)"),
    "grand_total": same("Grand Total (RM)"),
    "total_employees": same("Total Employee(s)"),
    "save_draft": Label("SIMPAN DRAF", "SAVE DRAFT"),
    "complete": Label("LENGKAP", "COMPLETE"),
    "submit": Label("HANTAR", "SUBMIT"),
    "proceed": same("Proceed for Submission?"),
    # S
    "result_title": same("Contribution Submitted"),
    "acr_no": same("ACR No."),
    "ecr_no": same("ECR No."),
    "print_acr": same("Print ACR"),
    "print_ecr": same("Print ECR"),
    "to_payment": same("Process to Payment"),
}
# Those of the shared words that stand inside a screen, and not in header or menu.
INSIDE = (
    "no", "search", "save", "back", "close", "done", "confirmation", "confirm",
    "remove_question", "please_select", "employer_code",
    "employer_name", "id_no", "employee_name", "next_page", "previous_page",
)  # fmt: skip


def labels(act: Act) -> dict[str, Label]:
    """The words of an act's screens."""
    if act is not contributions.COMBINED or skins.here().bilingual:
        return LABELS
    shared = {key: SHARED[key] for key in INSIDE}
    return {key: Fixed(label.en, label.en) for key, label in (shared | LABELS).items()}


def act_here() -> Act:
    """The act whose address was asked for."""
    found = (act for act in contributions.ACTS.values() if request.path.startswith(act.address))
    return next(found)


def employer_here(portlet: shell.Portlet) -> sqlite3.Row | None:
    """The employer that was chosen, else the one of the address, else the portal ID's first."""
    mine = employers.mine()
    wanted = portlet.value("dto.employerCode") or portlet.value("employerCode")
    found = (row for row in mine if row["code"] == wanted or not wanted)
    return next(found, None)


def month_here(portlet: shell.Portlet) -> date | None:
    """The month that was chosen, else the one of the address."""
    wanted = portlet.value("dto.contributionMonth") or portlet.value("contributionMonth")
    return contributions.month_of(wanted)


def draft_here(portlet: shell.Portlet) -> sqlite3.Row | None:
    """The contribution that the request names, if it is of this act and of the visitor's."""
    draft = contributions.find(portlet.number("contributionId"), g.visitor.email)
    return draft if draft is not None and draft["act"] == act_here().key else None


def page(template: str, act: Act, portlet: shell.Portlet, **values: Any) -> Response:
    """One of the screens, with the act's words."""
    return shell.page(
        f"contribution/{template}.html", labels(act), p=portlet, act=act, money=rules.money,
        shown=contributions.shown, first_day=contributions.first_day, **values,
    )  # fmt: skip


def choices(months: list[date]) -> dict[str, str]:
    """Months as the options of a drop-down."""
    return {contributions.shown(month): contributions.shown(month) for month in months}
