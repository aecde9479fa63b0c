"""Upload Text File (facts 8.4; QRG 4): a whole month in one file, taken or refused as a whole."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flask import g

from mock_portal import contribution_screens as screens
from mock_portal import contributions, papers, shell
from mock_portal.contribution_screens import act_here
from mock_portal.text_files import Fault, TextFile
from mock_portal.views import contribution

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

MOST_FAULTS = 1000
LARGEST = 20 * 1024 * 1024  # assumed
REJECTED = "Text file is rejected."
TOO_LARGE = "The file exceeds 20 MB."

portlet = shell.Portlet(
    screens.PORTLET,
    "contribution_upload",
    tuple(f"{address}/text-file" for address in screens.ADDRESSES),
)
blueprint = portlet.blueprint


@portlet.view("view")
def show_upload(error: str = "", faults: list[Fault] | None = None, wrong: str = "") -> Response:
    """The screen; ``faults`` of a file that was refused, ``wrong`` beside a field."""
    act, employer = act_here(), screens.employer_here(portlet)
    if employer is None:
        return shell.not_found()
    return screens.page(
        "upload", act, portlet, employer=employer, error=error or wrong, wrong=wrong,
        faults=faults or [], back=_list_address(employer), chosen=screens.month_here(portlet),
        months=screens.choices(contributions.pending_months(act, employer["code"])),
    )  # fmt: skip


def _list_address(employer: sqlite3.Row) -> str:
    here = act_here().address
    return contribution.portlet.url("view", place=here, employerCode=employer["code"])


@portlet.action("upload")
def upload() -> Response:
    """UPLOAD: all or nothing."""
    act, employer = act_here(), screens.employer_here(portlet)
    if employer is None:
        return shell.denied()
    only = screens.month_here(portlet) if act is contributions.EIS else None
    name, content = papers.received(portlet.ns("uploadFile"))
    if not name or (act is contributions.EIS and only is None):
        return show_upload(wrong=papers.BLANK)
    if len(content) > LARGEST:
        return show_upload(wrong=TOO_LARGE)
    file = TextFile(act, employer["code"], content, only)
    found = file.faults()
    faults = list(islice(found, MOST_FAULTS))
    if faults:
        more = sum(1 for _ in found)
        count = f" There are {len(faults) + more:,} errors." if more else ""
        return show_upload(f"{REJECTED}{count}", faults)
    return _keep(file, employer)


def _keep(file: TextFile, employer: sqlite3.Row) -> Response:
    """The file is the month's draft from now on."""
    act, month = act_here(), file.month or contributions.this_month()
    number = contributions.replace_draft(
        act, employer["code"], month, g.visitor.email, file.records
    )
    return screens.page(
        "uploaded", act, portlet, employer=employer, count=len(file.records), month=month,
        back=_list_address(employer),
        following=contribution.portlet.url("month", place=act.address, contributionId=number),
    )  # fmt: skip
