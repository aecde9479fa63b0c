"""Monthly contributions (facts 8.2, 8.3; QRG 4): pending list, month page, submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, request

from mock_portal import contribution_rules as rules
from mock_portal import contribution_screens as screens
from mock_portal import contributions, employers, listing, papers, shell, skins
from mock_portal.contribution_screens import SEARCH, act_here
from mock_portal.contributions import ARREARS, DRAFT, MONTHLY, SHORT, SUBMITTED

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from flask import Response

    from mock_portal.contributions import Act

PER_PAGE = 100  # a skin may have fewer
CHOOSE_DRAFT = "Please select at least one draft."  # assumed

portlet = shell.Portlet(screens.PORTLET, "contribution", screens.ADDRESSES)
blueprint = portlet.blueprint


# --- L: the pending list -----------------------------------------------------------------------


@portlet.view("view")
def show_list(error: str = "") -> Response:
    """Months that wait, drafts, and the ways to the other months."""
    act, employer = act_here(), screens.employer_here(portlet)
    return _list_of(act, employer, error) if employer is not None else shell.not_found()


def _list_of(act: Act, employer: sqlite3.Row, error: str) -> Response:
    code = employer["code"]
    pending = [
        (contributions.shown(month), contributions.count_workers(code, month))
        for month in contributions.pending_months(act, code)
    ]
    return screens.page(
        "list", act, portlet, employer=employer, mine=_mine(), error=error,
        pending=pending, drafts=contributions.drafts(act, code),
    )  # fmt: skip


def _mine() -> dict[str, str]:
    return {row["code"]: f"{row['code']} - {row['name']}" for row in employers.mine()}


def _back(employer: str, *, done: bool = True) -> Response:
    after: dict[str, Any] = {"done": 1} if done else {}
    return shell.go(portlet.url("view", employerCode=employer, **after))


def _to_month(number: int) -> Response:
    return shell.go(portlet.url("month", contributionId=number))


def _open(kind: str, month: date) -> Response:
    """The draft of that month, or an empty one."""
    act, employer = act_here(), screens.employer_here(portlet)
    if employer is None or not contributions.may_open(act, employer["code"], month, kind):
        return shell.denied()
    number = contributions.open_month(act, employer["code"], month, kind, g.visitor.email)
    return _to_month(number)


@portlet.action("open")
def open_month() -> Response:
    """The pointing hand of a month; EIS alone asks for the month once more."""
    employer = screens.employer_here(portlet)
    if employer is None:
        return shell.denied()
    if act_here() is contributions.EIS:
        return shell.go(portlet.url("month_choice", employerCode=employer["code"]))
    month = screens.month_here(portlet)
    return _open(MONTHLY, month) if month else shell.denied()


@portlet.view("month_choice")
def show_month_choice() -> Response:
    """EIS alone: the month is chosen on the month page itself (facts 8.1)."""
    act, employer = act_here(), screens.employer_here(portlet)
    if employer is None or act is not contributions.EIS:
        return shell.not_found()
    months = contributions.pending_months(act, employer["code"])
    return screens.page(
        "month_choice", act, portlet, employer=employer, months=screens.choices(months)
    )


@portlet.action("choose_month")
def choose_month() -> Response:
    """EIS alone: a month was chosen; none leaves the page as it is."""
    month = screens.month_here(portlet)
    return _open(MONTHLY, month) if month else show_month_choice()


@portlet.action("edit")
def edit_draft() -> Response:
    """The pencil of a draft."""
    draft = screens.draft_here(portlet)
    if draft is None or draft["status"] != DRAFT:
        return shell.denied()
    contributions.follow_books(draft["id"])
    return _to_month(draft["id"])


@portlet.action("draft_remove")
def remove_draft() -> Response:
    """The bin of a draft."""
    draft = screens.draft_here(portlet)
    if draft is None or draft["status"] != DRAFT:
        return shell.denied()
    contributions.remove(draft["id"])
    return _back(draft["employer"])


@portlet.action("drafts_remove")
def remove_drafts() -> Response:
    """Remove Draft(s): those that are ticked."""
    employer = screens.employer_here(portlet)
    if employer is None:
        return shell.denied()
    there = {str(row["id"]): row for row in contributions.drafts(act_here(), employer["code"])}
    ticked = [there[n] for n in request.form.getlist(portlet.ns("draftId")) if n in there]
    if not ticked:
        return show_list(CHOOSE_DRAFT)
    for row in ticked:
        contributions.remove(row["id"])
    return _back(employer["code"])


# --- Arrears and Short -------------------------------------------------------------------------

OTHERS = {
    ARREARS: ("arrears", contributions.arrears_months),
    SHORT: ("short", contributions.short_months),
}


@portlet.view("other_month")
def show_other_month(wrong: str = "") -> Response:
    """Arrears Contribution or Short Contribution: which month."""
    act, employer = act_here(), screens.employer_here(portlet)
    kind = portlet.value("type")
    if employer is None or kind not in OTHERS:
        return shell.not_found()
    title, offered = OTHERS[kind]
    return screens.page(
        "other_month", act, portlet, employer=employer, kind=kind, title=title, wrong=wrong,
        months=screens.choices(offered(act, employer["code"])),
    )  # fmt: skip


@portlet.action("other_open")
def open_other_month() -> Response:
    """NEXT."""
    month, kind = screens.month_here(portlet), portlet.value("type")
    if month is None:
        return show_other_month(papers.BLANK)
    return _open(kind, month) if kind in OTHERS else shell.denied()


# --- M: the month page -------------------------------------------------------------------------


@portlet.view("month")
def show_month(error: str = "") -> Response:
    """Workers with wages and amounts, 100 to a page; totals; the three buttons."""
    draft = screens.draft_here(portlet)
    if draft is None:
        return shell.not_found()
    if draft["status"] == SUBMITTED:
        employer = employers.find(draft["employer"])
        return _list_of(act_here(), employer, contributions.SUBMITTED_ALREADY)
    text = portlet.value(SEARCH).strip()
    total = contributions.count_lines(draft, text)
    current = max(portlet.number("cur"), 1)
    a_page = skins.here().rows_per_page or PER_PAGE
    first = (current - 1) * a_page
    kept = {"contributionId": draft["id"], SEARCH: text}
    box, rows = _read_back(draft, contributions.lines(draft, text, first, a_page), first)
    return screens.page(
        "month", act_here(), portlet, draft=draft, error=error, text=text, current=current,
        box=box, rows=rows, first=first, total=total, pages=-(-total // a_page), kept=kept,
        address=lambda n: portlet.url("month", **kept, cur=n),
        by_ajax=g.settings.commit == "ajax", search=SEARCH,
    )  # fmt: skip


Texts = dict[str, str]


def _read_back(
    draft: sqlite3.Row, lines: list[sqlite3.Row], first: int
) -> tuple[Texts, list[Texts]]:
    """What stands around the list, and its lines, as texts; a fault may falsify one of them.

    ``first``: how many lines stand on the pages before this one.
    """
    totals, names = contributions.totals(draft), ("wages", *act_here().columns)
    box = {
        "employerCode": draft["employer"], "employerName": draft["employer_name"],
        "contributionMonth": contributions.shown(contributions.first_day(draft["month"])),
        "contributionType": draft["type"], "receivedDate": draft["received"],
        "grandTotal": rules.money(totals.grand), "totalEmployees": str(totals.employees),
        **{f"total {name}": rules.money(totals.sums[name]) for name in names},
        **{f"count {name}": str(totals.counts[name]) for name in names},
    }  # fmt: skip
    rows = [
        {
            "id": str(line["id"]), "registrationNo": line["number"], "nameOfEmployee": line["name"],
            **{name: rules.money(line[name]) for name in names},
            "status": "Complete" if line["complete"] else "Incomplete",
        }
        for line in lines
    ]  # fmt: skip
    struck = shell.strike_here("review shows another value")
    if struck is not None:
        _falsify(box, [{}] * first + rows, struck.options)
    return box, rows


def _falsify(box: Texts, rows: list[Texts], options: dict[str, Any]) -> None:
    field, part = options["field"], options["part"]
    for place in (box, *rows[part : part + 1]):
        if field in place:
            place[field] = options["value"] or ""


def _open_draft() -> sqlite3.Row | None:
    """What the request names, while it can be changed."""
    draft = screens.draft_here(portlet)
    return draft if draft is not None and draft["status"] != SUBMITTED else None


@portlet.view("popup")
def popup() -> Response:
    """Update Wages of one worker."""
    draft = _open_draft()
    line = contributions.line(draft, portlet.number("lineId")) if draft is not None else None
    if draft is None or line is None:
        return shell.not_found()
    then = {SEARCH: portlet.value(SEARCH), "cur": portlet.value("cur")}
    return screens.page("popup", act_here(), portlet, draft=draft, line=line, then=then)


@portlet.action("wages_save")
def save_wages() -> Response:
    """The popup's SAVE: the portal works the amounts out itself."""
    draft = _open_draft()
    line = contributions.line(draft, portlet.number("lineId")) if draft is not None else None
    if draft is None or line is None:
        return shell.denied()
    try:
        wages = rules.sen(portlet.value("dto.wages"))
        contributions.set_wages(draft, line["nric"], wages)
    except ValueError as wrong:
        return shell.answer_errors({portlet.ns("dto.wages"): str(wrong)})
    return shell.answer_saved()


@portlet.action("draft_save")
def save_draft() -> Response:
    """SAVE DRAFT."""
    draft = _open_draft()
    if draft is None:
        return shell.denied()
    contributions.save_draft(draft)
    return shell.go(portlet.url("month", contributionId=draft["id"], done=1))


@portlet.action("complete")
def complete() -> Response:
    """COMPLETE: not drawn on the combined screen (facts 8.3)."""
    draft = _open_draft()
    if draft is None or act_here() is contributions.COMBINED:
        return shell.denied()
    contributions.complete(draft)
    contributions.save_draft(draft)
    return shell.go(portlet.url("month", contributionId=draft["id"], done=1))


# --- the point of no return --------------------------------------------------------------------


@portlet.view("submit_check")
def check() -> Response:
    """SUBMIT: whether there is something to confirm."""
    draft = screens.draft_here(portlet)
    if draft is None:
        return shell.not_found()
    return shell.answer_json(refused=contributions.refusal(draft))


# once=False: p_auth does not guard the commit; see contributions.file.
@portlet.action("commit", once=False)
def commit() -> Response:
    """CONFIRM."""
    draft = screens.draft_here(portlet)
    if draft is None:
        return shell.denied()
    token = request.args.get("p_auth", "")
    again = contributions.came_again(draft, token) and not g.settings.strict_commit
    refused = "" if again else contributions.refusal(draft)
    if refused:
        return show_month(refused)
    number = contributions.file(draft, token, listing.strike(draft["employer"]))
    filed = contributions.find(number, g.visitor.email)
    if filed is None:
        return shell.denied()
    return screens.page(
        "result",
        act_here(),
        portlet,
        filed=filed,
        totals=contributions.totals(filed),
        reads=shell.result_reads,
    )
