"""Update Employee Information (by Employer) (facts 10): the workers' list, and changes to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mock_portal import (
    books,
    casework,
    options,
    papers,
    shell,
    worker_data,
    worker_rules,
    workers,
)
from mock_portal.labels import same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/update/update-employee-information-employer-"
CARD = "uploadIdentificationCard"
NO_CARD = "Please upload Identification Card."  # assumed
LONGEST_ADDITIONAL = 20
LABELS = {
    **worker_data.LABELS,
    **books.LABELS,
    "by_nric": same("New Identification"),  # facts 10: its Malay was not seen here
    "updated": same("Employee(s) Information That Had Updated"),
    "popup_title": same("Update Employee Information"),
    "additional": same("Additional Identification No."),
    "card": same("Upload Identification Card"),
}
# What the popup may change, in its order, with the key of the label.
FIELDS = (
    ("additionalIdNo", "additional"),
    ("oldIc", "old_ic"),
    ("nameOfEmployee", "employee_name"),
    ("dateOfBirth", "birth"),
    ("gender", "gender"),
    ("raceId", "race"),
    ("occupationId", "occupation"),
    ("subOccupationId", "sub_occupation"),
    ("subOccupationListId", "sub_occupation_list"),
    ("nationalityId", "nationality"),
    ("wagesExceed", "wages"),
)
LOCAL_ONLY = frozenset({"oldIc", "raceId", "wagesExceed"})
WEIGHTY = frozenset({"nameOfEmployee", "dateOfBirth"})  # assumed: an officer looks at these

portlet = shell.Portlet("searchforemployer_WAR_registrationportlet", "update_employee", (ADDRESS,))
blueprint = portlet.blueprint
portlet.view("options")(workers.show_options(portlet))


# --- the list ----------------------------------------------------------------------------------


@portlet.view("list")
def show_list(error: str = "") -> Response:
    """Employee(s) Listing with its search, 25 to a page; below it who has been changed."""
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    kind, text = books.asked()
    found = books.search(case["employer"], kind, text)
    current = max(portlet.number("cur"), 1)
    first = (current - 1) * books.PER_PAGE
    odd = shell.strike_here("worker's start reads otherwise")
    kept = {books.TYPE: kind, books.TEXT: text}
    return shell.page(
        "update_employee/list.html", LABELS, p=portlet, case=case, kind=kind, text=text, b=books,
        workers=found[first:][: books.PER_PAGE], first=first, current=current, error=error,
        start=odd.options["value"] if odd else None,
        total=len(found), pages=-(-len(found) // books.PER_PAGE),
        address=lambda n: portlet.url("list", caseId=case["id"], also=kept, cur=n),
        updated=[(n, data["after"], data) for n, data in casework.lines(case["id"])],
    )  # fmt: skip


@portlet.action("employee_remove")
def remove_employee() -> Response:
    """The bin: this worker stays as he is."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    workers.remove_line(case["id"], portlet.number("lineId"))
    return shell.go(portlet.url("list", caseId=case["id"], done=1))


@portlet.action("list_save")
def save_list() -> Response:
    """SAVE & CONTINUE: the case becomes a numbered draft."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    if not casework.lines(case["id"]):
        return show_list(casework.NOTHING_CHANGED)
    casework.save_draft(PROCEDURE, case["id"])
    return shell.go(portlet.url("documents", caseId=case["id"], done=1))


# --- the popup ---------------------------------------------------------------------------------


def _worker(case: sqlite3.Row) -> sqlite3.Row | None:
    """The worker that the request names, if he is on the books of the case's employer."""
    return books.worker(case["employer"], portlet.number("workerId"))


def _record(worker: sqlite3.Row) -> dict[str, Any]:
    """What the books say of a worker, as fields of the popup."""
    known = worker_rules.person(worker["nric"], worker["kind"]) or {}
    return {
        **dict.fromkeys((field for field, _ in FIELDS), ""), "wagesExceed": "N", **known,
        **json.loads(worker["details"]), "kind": worker["kind"],
        "registrationNo": worker["nric"], "nameOfEmployee": worker["name"],
        "dateOfBirth": worker["birth"], "gender": worker["gender"],
        "employmentStartDate": worker["start"],
    }  # fmt: skip


def _listed(case: sqlite3.Row, worker: sqlite3.Row) -> tuple[int, dict[str, Any]]:
    """The line in which this worker has been changed already; (0, {}) without one."""
    lines = casework.lines(case["id"])
    return next(((n, data) for n, data in lines if data["worker"] == worker["id"]), (0, {}))


@portlet.view("popup")
def popup() -> Response:
    """Update Employee Information, with what the books say or what was changed before."""
    case = screens.open_case()
    worker = _worker(case) if case is not None else None
    if case is None or worker is None:
        return shell.not_found()
    _, line = _listed(case, worker)
    foreign = worker["kind"] == worker_data.FOREIGN
    return shell.page(
        "update_employee/popup.html", LABELS, p=portlet, case=case, worker=worker, o=options,
        data=_record(worker) | line.get("after", {}), foreign=foreign, card=line.get(CARD, ""),
        nations=options.FOREIGN_NATIONALITIES if foreign else options.NATIONALITIES,
        longest=LONGEST_ADDITIONAL,
    )  # fmt: skip


@portlet.action("employee_save")
def save_employee() -> Response:
    """The popup's SAVE."""
    case = screens.open_case()
    worker = _worker(case) if case is not None else None
    if case is None or worker is None:
        return shell.denied()
    before = _record(worker)
    sent = {f: v for f, v in portlet.fields().items() if f in _fields(before)}
    after = before | sent
    number, line = _listed(case, worker)
    name, content = papers.received(portlet.ns(CARD))
    data = {
        "kind": worker["kind"], "worker": worker["id"], "registrationNo": worker["nric"],
        "before": before, "after": after, CARD: name or line.get(CARD, ""),
    }  # fmt: skip
    errors = _examine(data) | ({CARD: papers.wrong_file(name, content)} if name else {})
    errors = {field: words for field, words in errors.items() if words}
    if errors:
        return shell.answer_errors(workers.field_names(portlet, errors))
    if not _changed(data):
        return shell.answer_errors({}, casework.NOTHING_CHANGED)
    workers.store_line(case["id"], number, data, content)
    return shell.answer_saved()


def _fields(data: dict[str, Any]) -> dict[str, str]:
    """The fields that this worker's popup has, with the keys of their labels."""
    local = data["kind"] == worker_data.LOCAL
    return {field: label for field, label in FIELDS if local or field not in LOCAL_ONLY}


def _changed(data: dict[str, Any]) -> dict[str, str]:
    """The fields that differ, with the keys of their labels."""
    before, after = data["before"], data["after"]
    return {f: label for f, label in _fields(data).items() if before[f] != after[f]}


def _examine(data: dict[str, Any]) -> dict[str, str]:
    """What is wrong with the popup's fields: field to message."""
    # assumed: the rules of the registration, for what changes
    after, changed = data["after"], _changed(data)
    errors = {f: papers.BLANK for f in changed if f in WEIGHTY and not after[f].strip()}
    if len(after["additionalIdNo"]) > LONGEST_ADDITIONAL:
        errors["additionalIdNo"] = f"At most {LONGEST_ADDITIONAL} characters are allowed."
    troubles = [
        ("nameOfEmployee", worker_rules.name_trouble(after["nameOfEmployee"])),
        ("dateOfBirth", _birth_trouble(after)),
        *worker_rules.choice_troubles(after),
    ]
    for field, wrong in troubles:
        if wrong and field in changed:
            errors.setdefault(field, wrong)
    if "nameOfEmployee" in changed and not data[CARD]:
        errors[CARD] = NO_CARD
    return errors


def _birth_trouble(after: dict[str, Any]) -> str:
    born, start = (
        worker_data.day(after["dateOfBirth"]),
        worker_data.day(after["employmentStartDate"]),
    )
    if born is None:
        return worker_rules.NOT_A_DATE
    foreign = worker_data.is_foreign(after)
    youngest = worker_rules.YOUNGEST_FOREIGN if foreign else worker_rules.YOUNGEST
    return worker_rules.birth_trouble(born, start, youngest) if start else ""


# --- what a case shows and does ----------------------------------------------------------------


def items(data: dict[str, Any]) -> list[casework.Item]:
    """A worker as one Case Item: his number, then only what changes, old and new."""
    t = shell.speech(LABELS)
    before, after = data["before"], data["after"]
    number = data["registrationNo"]
    found: list[casework.Item] = [("registrationNo", t["id_no"], number, number)]
    found += [
        (f, t[label], worker_data.text_of(before, f), worker_data.text_of(after, f))
        for f, label in _changed(data).items()
    ]
    return [*found, (CARD, t["card"], "", data[CARD])] if data[CARD] else found


def shown(data: dict[str, Any]) -> dict[str, str]:
    """A worker's kind, number and changed fields as texts, for the control port."""
    texts = {f: worker_data.text_of(data["after"], f) for f in _changed(data)}
    card = {CARD: data[CARD]} if data[CARD] else {}
    return {"kind": data["kind"], "registrationNo": data["registrationNo"]} | texts | card


def needs_officer(case: sqlite3.Row) -> bool:
    """A changed name or date of birth is looked at; other changes are approved at once."""
    return any(WEIGHTY & set(_changed(data)) for _, data in casework.lines(case["id"]))


def approve(case: sqlite3.Row) -> None:
    """The books say it so from now on, of the worker and of the person."""
    db = shell.database()
    for _, data in casework.lines(case["id"]):
        after = data["after"]
        details = {k: v for k, v in after.items() if k != "kind"}
        db.execute(
            "UPDATE workers SET name = ?, birth = ?, gender = ?, details = ? WHERE id = ?",
            (
                after["nameOfEmployee"], after["dateOfBirth"], after["gender"],
                json.dumps(details, ensure_ascii=False), data["worker"],
            ),
        )  # fmt: skip
        db.execute(
            "UPDATE persons SET name = ?, birth = ?, gender = ?, race = ?, nationality = ?"
            " WHERE nric = ?",
            (
                after["nameOfEmployee"], after["dateOfBirth"], after["gender"],
                worker_data.text_of(after, "raceId"), worker_data.text_of(after, "nationalityId"),
                data["registrationNo"],
            ),
        )  # fmt: skip


PROCEDURE = casework.Procedure(
    key="update_employee",
    title=same("Update Employee Information (by Employer)"),
    prefix="CUN",
    code_digits="C",
    document_types=("Supporting Document", "Others"),  # assumed
    mandatory="",
    items=items,
    shown=shown,
    approve=approve,
    officer=needs_officer,
    edit=lambda case_id: portlet.url("list", caseId=case_id),
)
screens = casework.CaseScreens(portlet, PROCEDURE, pencil="list")
