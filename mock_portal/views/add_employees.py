"""Update Add New Employee / Tambah Pekerja Baru (facts 5.1, 5.2, 6; QRG 2)."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mock_portal import casework, employers, options, shell, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

ADDRESS = "/web/registration/update/update-add-new-employee"
NEW_IDENTIFICATION = "1"
NRIC_LENGTH, LONGEST_NAME, YOUNGEST = 12, 150, 13  # assumed: the last two
EIS_FROM, EIS_NEW_BEFORE, EIS_BEFORE = 18, 57, 60  # facts 4.3, 13.2

LABELS = {
    "title": same("Form 2 - Employee's Registration Form"),
    "listing": Label("Senarai Pekerja Baharu", "New Employee(s) Listing"),
    "add": Label("TAMBAH PEKERJA", "ADD EMPLOYEE"),
    "foreign_listing": Label("SENARAI PEKERJA ASING BARU", "New Foreign Employee(s) Listing"),
    "add_foreign": Label("TAMBAH PEKERJA ASING", "ADD FOREIGN EMPLOYEE"),
    # assumed: the popup's Malay title
    "popup_title": Label("Tambah Maklumat Pekerja", "Add Employee Information"),
    "kppn": Label("No. KPPN", "Identification No."),
    "register_new": Label("Pendaftaran Pekerja Baharu", "Register New Employee"),
    "old_ic": same("Old Identification No."),
    "race": same("Race"),
    "occupation": same("Occupation (MASCO)"),
    "sub_occupation": same("Sub Occupation"),
    "sub_occupation_list": same("Sub Occupation List"),
    "nationality": same("Nationality"),
    "wages": same("Wages Exceed RM3000 Per Month Before 1st Jun 2016"),
    "male": same("Male"),
    "female": same("Female"),
    "yes": same("Yes"),
    "no_word": same("No"),
    "terms": same("i have read and agree to the terms and condition"),
    "eis_title": same("EIS Employee Registration"),
    "eis_start": Label("Tarikh Bermula SIP", "EIS Start Date"),
}
# The popup's fields in its order, with the key of their label.
FIELDS = (
    ("identificationTypeId", "id_type"),
    ("registrationNo", "kppn"),
    ("oldIc", "old_ic"),
    ("nameOfEmployee", "employee_name"),
    ("dateOfBirth", "birth"),
    ("gender", "gender"),
    ("raceId", "race"),
    ("employmentStartDate", "start"),
    ("occupationId", "occupation"),
    ("subOccupationId", "sub_occupation"),
    ("subOccupationListId", "sub_occupation_list"),
    ("nationalityId", "nationality"),
    ("wagesExceed", "wages"),
)
MANDATORY = ("identificationTypeId", "registrationNo", "nameOfEmployee", "dateOfBirth",
             "employmentStartDate")  # fmt: skip
BLANK = "This field cannot be blank."
# assumed: all that follow (facts 16, 11)
HERE = "This employee is already registered under this employer."
ELSEWHERE = "This employee is active under another employer."
LISTED = "This employee is already in the list."

portlet = shell.Portlet("searchforemployer_WAR_registrationportlet", "add_employees", (ADDRESS,))
blueprint = portlet.blueprint


# --- the screens -------------------------------------------------------------------------------


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


@portlet.view("list")
def show_list(error: str = "") -> Response:
    """New Employee(s) Listing."""
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    rows = [(number, shown(data)) for number, data in casework.lines(case["id"])]
    return shell.page(
        "add_employees/list.html", LABELS, p=portlet, case=case, rows=rows, error=error
    )


@portlet.view("popup")
def popup() -> Response:
    """The popup, empty or with a listed worker."""
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    line = portlet.number("lineId")
    data = dict(casework.lines(case["id"])).get(line, {})
    values = {"identificationTypeId": NEW_IDENTIFICATION, "nationalityId": options.MALAYSIA}
    return shell.page(
        "add_employees/popup.html", LABELS, p=portlet, case=case, line=line, o=options,
        data=dict.fromkeys((f for f, _ in FIELDS), "") | values | {"wagesExceed": "N"} | data,
        known=bool(data.get("known")),
    )  # fmt: skip


@portlet.view("foreign_popup")
def foreign_popup() -> Response:
    """ADD FOREIGN EMPLOYEE: the popup for foreigners is not built yet."""
    return shell.page("add_employees/foreign.html", LABELS, p=portlet)


@portlet.view("options")
def cascade() -> Response:
    """The choices below a choice; a fault may bring them late."""
    parent = portlet.value("parent")
    level = options.SUB_OCCUPATIONS | options.SUB_OCCUPATION_LISTS
    found = [{"id": key, "text": text} for key, text in level.get(parent, {}).items()]
    late = None if portlet.value("again") else shell.strike_here("late options")
    if late is not None:
        return shell.answer_json(options=[], again=late.seconds)
    return shell.answer_json(options=found)


@portlet.view("eis")
def show_eis() -> Response:
    """Those of EIS age, with the day from which they are insured."""
    case = screens.open_case()
    if case is None:
        return shell.not_found()
    found = [shown(data) for _, data in casework.lines(case["id"]) if of_eis_age(data)]
    starts = f"{state.today(shell.database()):{state.DATE}}"
    return shell.page(
        "add_employees/eis.html", LABELS, p=portlet, case=case, rows=found, starts=starts
    )


# --- the actions -------------------------------------------------------------------------------


@portlet.action("lens")
def lens() -> Response:
    """Whether this person is known: a tick, or a cross (facts 5.2)."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    late = shell.strike_here("lens answers late")
    if late is not None:
        shell.answer_late(late.seconds)
    number = portlet.value("dto.registrationNo")
    wrong = _wrong_number(number) or _already(case["employer"], number)
    if wrong or shell.strike_here("duplicate worker"):
        return _errors({"registrationNo": wrong or HERE})
    person = _person(number)
    if person is None:
        return shell.answer_json(known=False)
    return shell.answer_json(known=True, person=person)


@portlet.action("employee_save")
def save_employee() -> Response:
    """The popup's SAVE."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    data, line = portlet.fields(), portlet.number("lineId")
    known = _person(data.get("registrationNo", ""))
    data |= known or {}
    errors = examine(data, case, line, known=known is not None)
    if errors:
        return _errors(errors)
    kept = {field: data.get(field, "") for field, _ in FIELDS} | {"known": known is not None}
    _store(case["id"], line, kept)
    if shell.strike_here("worker listed twice"):
        _store(case["id"], 0, kept)
    return shell.answer_json(saved=True, reload=portlet.url("list", caseId=case["id"], done=1))


@portlet.action("employee_remove")
def remove_employee() -> Response:
    """The bin in the list."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    shell.database().execute(
        "DELETE FROM lines WHERE id = ? AND case_id = ?", (portlet.number("lineId"), case["id"])
    )
    return shell.go(portlet.url("list", caseId=case["id"], done=1))


@portlet.action("list_save")
def save_list() -> Response:
    """SAVE & CONTINUE: the case becomes a numbered draft."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    listed = [data for _, data in casework.lines(case["id"])]
    if not listed:
        return show_list("Please make any change before process to next page.")
    casework.save_draft(PROCEDURE, case["id"])
    following = "eis" if any(of_eis_age(data) for data in listed) else "documents"
    return shell.go(portlet.url(following, caseId=case["id"], done=1))


@portlet.action("eis_save")
def save_eis() -> Response:
    """SAVE & CONTINUE on the EIS screen."""
    case = screens.open_case()
    if case is None:
        return shell.denied()
    return shell.go(portlet.url("documents", caseId=case["id"], done=1))


def _errors(errors: dict[str, str]) -> Response:
    # The shape is the sister portal's (facts 1).
    return shell.answer_json(
        jsonFieldError=[
            {"fieldName": portlet.ns(f"dto.{field}"), "errorMsg": words}
            for field, words in errors.items()
        ]
    )


def _store(case_id: int, line: int, data: dict[str, Any]) -> None:
    db = shell.database()
    text = json.dumps(data, ensure_ascii=False)
    changed = db.execute(
        "UPDATE lines SET data = ? WHERE id = ? AND case_id = ?", (text, line, case_id)
    )
    if not changed.rowcount:
        db.execute("INSERT INTO lines (case_id, data) VALUES (?, ?)", (case_id, text))


# --- the rules ---------------------------------------------------------------------------------


def _person(number: str) -> dict[str, str] | None:
    """What the portal knows of a person, as the popup's fields."""
    row = (
        shell.database().execute("SELECT * FROM persons WHERE nric = ?", (number.strip(),))
    ).fetchone()
    if row is None:
        return None
    races = {name: key for key, name in options.RACES.items()}
    nations = {name: key for key, name in options.NATIONALITIES.items()}
    known = {
        "nameOfEmployee": row["name"], "dateOfBirth": row["birth"], "gender": row["gender"],
        "raceId": races.get(row["race"], ""), "nationalityId": nations.get(row["nationality"], ""),
    }  # fmt: skip
    return {field: value for field, value in known.items() if value}


def _wrong_number(number: str) -> str:
    if not number.strip():
        return BLANK
    whole = len(number) == NRIC_LENGTH and number.isascii() and number.isdigit()
    return "" if whole else "Identification No. must be 12 digits."


def _already(employer: str, number: str) -> str:
    """Why the person cannot be registered with this employer; empty when he can."""
    # assumed: two employers at a time are allowed, but for a person who is flagged
    rows = (
        shell.database()
        .execute(
            "SELECT w.employer, coalesce(p.blocked, 0) AS blocked FROM workers w"
            " LEFT JOIN persons p USING (nric)"
            " WHERE w.nric = ? AND w.status = 'Active' AND w.visible_from <= ?",
            (number, state.visible()),
        )
        .fetchall()
    )
    if any(row["employer"] == employer for row in rows):
        return HERE
    return ELSEWHERE if any(row["blocked"] for row in rows) else ""


def examine(data: dict[str, str], case: sqlite3.Row, line: int, *, known: bool) -> dict[str, str]:
    """What is wrong with the popup's fields: field to message."""
    errors = {field: BLANK for field in MANDATORY if not data.get(field, "").strip()}
    for field, wrong in (
        ("registrationNo", _number_trouble(data, case, line)),
        ("nameOfEmployee", _name_trouble(data.get("nameOfEmployee", ""))),
        *_date_troubles(data),
        *_choice_troubles(data),
    ):
        if wrong:
            errors.setdefault(field, wrong)
    if not known and data.get("registerNewEmployee") != "true":
        errors.setdefault("registerNewEmployee", "Please tick Register New Employee.")
    if data.get("acknowledgement") != "true":
        errors["acknowledgement"] = "Please agree to the terms and condition."
    return errors


def _number_trouble(data: dict[str, str], case: sqlite3.Row, line: int) -> str:
    number = data.get("registrationNo", "")
    if data.get("identificationTypeId") != NEW_IDENTIFICATION:
        return "Only New Identification can be registered here."
    if _wrong_number(number):
        return _wrong_number(number)
    if data.get("searched") != number:
        return "Please search the Identification No. first."
    others = (d for n, d in casework.lines(case["id"]) if n != line)
    if any(d["registrationNo"] == number for d in others):
        return LISTED
    return _already(case["employer"], number)


def _name_trouble(name: str) -> str:
    if len(name) > LONGEST_NAME:
        return f"At most {LONGEST_NAME} characters are allowed."
    return "Name of Employee must not contain numbers." if any(map(str.isdigit, name)) else ""


def _date_troubles(data: dict[str, str]) -> list[tuple[str, str]]:
    fields = ("dateOfBirth", "employmentStartDate")
    found = [(f, day(data.get(f, ""))) for f in fields]
    born, start = found[0][1], found[1][1]
    if born is None or start is None:
        return [(field, "Date is not valid.") for field, value in found if value is None]
    today = state.today(shell.database())
    return [
        ("dateOfBirth", _birth_trouble(born, start)),
        (
            "employmentStartDate",
            "Employment Start Date cannot be later than today." if start > today else "",
        ),
    ]


def _birth_trouble(born: date, start: date) -> str:
    if born >= start:
        return "Date of Birth must be before Employment Start Date."
    if age(born, start) < YOUNGEST:
        return f"Employee must be at least {YOUNGEST} years old at Employment Start Date."
    return ""


def _choice_troubles(data: dict[str, str]) -> list[tuple[str, str]]:
    """A choice that no list offers was not made on this screen."""
    subs = options.SUB_OCCUPATIONS.get(data.get("occupationId", ""), {})
    lists = options.SUB_OCCUPATION_LISTS.get(data.get("subOccupationId", ""), {})
    allowed: dict[str, Any] = {
        "gender": ("M", "F"), "raceId": options.RACES, "occupationId": options.OCCUPATIONS,
        "subOccupationId": subs, "subOccupationListId": lists, "wagesExceed": ("Y", "N"),
        "nationalityId": options.NATIONALITIES,
    }  # fmt: skip
    return [
        (field, "Please select a valid value.")
        for field, choices in allowed.items()
        if data.get(field) and data[field] not in choices
    ]


def day(text: str) -> date | None:
    """dd/mm/yyyy as a date; None when it is none."""
    try:
        found = datetime.strptime(text, state.DATE).date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
    return found if len(text) == len("dd/mm/yyyy") else None


def age(born: date, at: date) -> int:
    """Whole years; a birthday counts from its own day."""
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def of_eis_age(data: dict[str, Any]) -> bool:
    """18 at the start date, not yet 60; not yet 57 for who never contributed (facts 4.3, 13.2).

    assumed: a person the portal knows has contributed, unless the record says otherwise.
    """
    born, start = day(data["dateOfBirth"]), day(data["employmentStartDate"])
    if born is None or start is None or data["nationalityId"] != options.MALAYSIA:
        return False
    row = (
        shell.database()
        .execute("SELECT contributed FROM persons WHERE nric = ?", (data["registrationNo"],))
        .fetchone()
    )
    limit = EIS_BEFORE if row is not None and row["contributed"] else EIS_NEW_BEFORE
    return EIS_FROM <= age(born, start) < limit


# --- what a case shows and does ----------------------------------------------------------------


def shown(data: dict[str, Any]) -> dict[str, str]:
    """A line's fields as texts, as the portal shows them."""
    subs = options.SUB_OCCUPATIONS.get(data["occupationId"], {})
    lists = options.SUB_OCCUPATION_LISTS.get(data["subOccupationId"], {})
    texts = {
        "identificationTypeId": options.ID_TYPES, "gender": {"M": "Male", "F": "Female"},
        "raceId": options.RACES, "occupationId": options.OCCUPATIONS, "subOccupationId": subs,
        "subOccupationListId": lists, "nationalityId": options.NATIONALITIES,
        "wagesExceed": {"Y": "Yes", "N": "No"},
    }  # fmt: skip
    return {
        field: texts[field].get(data[field], "") if field in texts else data[field]
        for field, _ in FIELDS
    }


def items(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """A worker as one Case Item: every field, also an empty one."""
    t = shell.speech(LABELS)
    texts = shown(data)
    return [(field, t[label], texts[field]) for field, label in FIELDS]


def approve(case: sqlite3.Row) -> None:
    """The workers are active with the employer, and known from now on."""
    db = shell.database()
    for _, data in casework.lines(case["id"]):
        texts = shown(data)
        db.execute(
            "INSERT INTO workers (employer, nric, name, birth, gender, start, case_id,"
            " visible_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                case["employer"], texts["registrationNo"], texts["nameOfEmployee"],
                texts["dateOfBirth"], data["gender"], texts["employmentStartDate"], case["id"],
                case["visible_from"],
            ),
        )  # fmt: skip
        db.execute(
            "INSERT OR IGNORE INTO persons VALUES (?, ?, ?, ?, ?, ?, 1, 0)",
            (
                texts["registrationNo"], texts["nameOfEmployee"], texts["dateOfBirth"],
                data["gender"], texts["raceId"], texts["nationalityId"],
            ),
        )  # fmt: skip


PROCEDURE = casework.Procedure(
    key="add_employees",
    title=Label("Tambah Pekerja Baru", "Update Add New Employee"),
    prefix="CAN",
    document_types=("Form 2 - Employee Registered", "Borang SIP 2", "Others"),
    mandatory="Form 2 - Employee Registered",
    items=items,
    shown=shown,
    approve=approve,
    edit=lambda case_id: portlet.url("list", caseId=case_id),
)
screens = casework.CaseScreens(portlet, PROCEDURE)
