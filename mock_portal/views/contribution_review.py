"""Review of ACR and ECR (facts 9): what was filed, and whether it is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from mock_portal import casework, contributions, employers, shell
from mock_portal import contribution_records as records
from mock_portal import contribution_rules as rules
from mock_portal.labels import SHARED, Label, same
from mock_portal.state import visible

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from flask import Response

    from mock_portal.contribution_records import Kind

ROOT = "/web/contribution/review"
PER_PAGE, LINES_PER_PAGE = 25, 100
MONTH = "dto.contributionMonth"
NO_MONTH = "Invalid contribution month."  # assumed
# The guide has only the two links and Maklumat Pembayaran Caruman.  # assumed: all the rest
LABELS = {
    "action": same("Action"),
    "payment_information": Label("Maklumat Pembayaran Caruman", "Contribution Payment Information"),
    "employers": same("Employer(s) Listing"),
    "month": same("Contribution Month"),
    "type": same("Contribution Type"),
    "employees": same("Number of Employee(s)"),
    "amount": same("Amount"),
    "paid": same("Paid Amount"),
    "payment_status": same("Payment Status"),
    "received": same("Received Date"),
    "receipt": same("Receipt No."),
    "payment_date": same("Payment Date"),
    "fclb": same("Late Payment Interest (FCLB)"),
    "listing": same("Employee(s) Listing"),
    "wages": same("Wages"),
    "employer_share": same("Employer Share"),
    "employee_share": same("Employee Share"),
    "skbbk": same("SKBBK"),
    "total": same("Total"),
    "total_records": same("Total Record(s)"),
    "none": same("No Record Found."),
}
OF_KIND = {
    "acr": {
        "link": SHARED["acr_link"], "number": same("ACR No."), "record": same("ACR Record"),
        "print": same("Print ACR"),
    },
    "ecr": {
        "link": SHARED["ecr_link"], "number": same("ECR No."), "record": same("ECR Record"),
        "print": same("Print ECR"),
    },
}  # fmt: skip

portlet = shell.Portlet(
    "review_WAR_contributionportlet", "contribution_review", (f"{ROOT}/acr", f"{ROOT}/ecr")
)
blueprint = portlet.blueprint


def _kind_here() -> Kind:
    return records.KINDS[request.path.rpartition("/")[2]]


def _page(template: str, **values: Any) -> Response:
    kind = _kind_here()
    return shell.page(
        f"contribution_review/{template}.html", LABELS | OF_KIND[kind.column], p=portlet,
        kind=kind, money=rules.money, shown=contributions.shown,
        first_day=contributions.first_day, status=records.status, **values,
    )  # fmt: skip


@portlet.view("view")
def show_entry() -> Response:
    """Where the link leads: Maklumat Pembayaran Caruman."""
    return _page("entry")


@portlet.view("employers")
def show_employers() -> Response:
    """The portal ID's employers."""
    return _page("employers", employers=employers.mine())


@portlet.view("list")
def show_records() -> Response:
    """What was filed for an employer, newest first, 25 to a page."""
    employer = employers.of_mine(portlet.value("employerCode"))
    if employer is None:
        return shell.not_found()
    kind, code, text = _kind_here(), employer["code"], portlet.value(MONTH).strip()
    month = contributions.month_of(text)
    wrong = NO_MONTH if text and month is None else ""
    total = 0 if wrong else records.count_records(kind, code, month)
    current = max(portlet.number("cur"), 1)
    first = (current - 1) * PER_PAGE
    kept = {"employerCode": code, MONTH: text}
    return _page(
        "list", employer=employer, text=text, wrong=wrong, total=total, first=first,
        rows=records.records(kind, code, month, first, PER_PAGE) if total else [],
        current=current, pages=-(-total // PER_PAGE), field=MONTH,
        address=lambda n: portlet.url("list", **kept, cur=n),
    )  # fmt: skip


def _own(kind: Kind, number: str) -> sqlite3.Row | None:
    """The record, if the visitor holds its employer."""
    record = records.find(kind, number)
    held = record is not None and employers.of_mine(record["employer"]) is not None
    return record if held else None


@portlet.view("record")
def show_record() -> Response:
    """One ACR or ECR: payment, late interest, workers."""
    kind = _kind_here()
    record = _own(kind, portlet.value("recordNumber"))
    if record is None or record["visible_from"] > visible():
        return shell.not_found()
    current = max(portlet.number("cur"), 1)
    first = (current - 1) * LINES_PER_PAGE
    number = record["number"]
    return _page(
        "record", record=record, payments=records.payments(number), first=first, current=current,
        lines=records.lines(kind, record, first, LINES_PER_PAGE), total=record["employees"],
        fclb=records.late_interest(record), pages=-(-record["employees"] // LINES_PER_PAGE),
        address=lambda n: portlet.url("record", recordNumber=number, cur=n),
    )  # fmt: skip


@blueprint.get("/documents/contribution/<number>.pdf")
def slip(number: str) -> Response:
    """Print ACR, Print ECR."""
    turned_away = shell.must_sign_in()
    if turned_away is not None:
        return turned_away
    kind = records.kind_of(number)
    record = _own(kind, number) if kind else None
    if kind is None or record is None:
        return shell.not_found()
    return casework.pdf_answer(f"{number}.pdf", records.slip(kind, record))
