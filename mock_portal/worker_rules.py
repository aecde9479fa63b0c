"""What the popups for workers refuse; the portal's words (facts 5.2, 5.3, 11, 16).

assumed: all rules and messages but the lens before SAVE and the message for an empty field; the
real portal's were not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_portal import casework, options, shell, state
from mock_portal.papers import BLANK
from mock_portal.worker_data import (
    FOREIGN,
    LOCAL,
    NEW_IDENTIFICATION,
    age,
    day,
    is_foreign,
)

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

NRIC_LENGTH, LONGEST_PASSPORT, LONGEST_NAME, LONGEST_ADDRESS = 12, 20, 150, 150
YOUNGEST, YOUNGEST_FOREIGN = 13, 18
MANDATORY = ("registrationNo", "nameOfEmployee", "dateOfBirth", "employmentStartDate")
MANDATORY_FOREIGN = (
    *MANDATORY, "gender", "nationalityId", "passportValidFrom", "passportValidTo", "permitTypeId",
    "permitNo", "permitValidFrom", "permitValidTo", "nokName", "nokRelationId", "nokTelephone",
    "nokAddress", "nokCountryId",
)  # fmt: skip
VALIDITIES = (
    ("Passport", "passportValidFrom", "passportValidTo"),
    ("Pass/Permit", "permitValidFrom", "permitValidTo"),
)
HERE = "This employee is already registered under this employer."
ELSEWHERE = "This employee is active under another employer."
LISTED = "This employee is already in the list."
IMMIGRATION = "The record does not match the Immigration Department's record."  # facts 11, no. 20
NOT_A_DATE = "Date is not valid."


def person(number: str, kind: str = LOCAL) -> dict[str, str] | None:
    """What the portal knows of a person, as the popup's fields; None of one it does not know."""
    row = (
        shell.database()
        .execute("SELECT * FROM persons WHERE nric = ? AND kind = ?", (number.strip(), kind))
        .fetchone()
    )
    if row is None:
        return None
    races = {name: key for key, name in options.RACES.items()}
    nations = {name: key for key, name in options.NATIONALITIES.items()}
    known = {
        "nameOfEmployee": row["name"], "dateOfBirth": row["birth"], "gender": row["gender"],
        "raceId": races.get(row["race"], ""), "nationalityId": nations.get(row["nationality"], ""),
        "ssfwNo": row["ssfw"],
    }  # fmt: skip
    return {field: value for field, value in known.items() if value}


def wrong_number(number: str, kind: str) -> str:
    """What is wrong with the shape of an identification number; empty for a right one."""
    if not number.strip():
        return BLANK
    if kind == FOREIGN:
        short = len(number) <= LONGEST_PASSPORT
        return "" if short else f"At most {LONGEST_PASSPORT} characters are allowed."
    whole = len(number) == NRIC_LENGTH and number.isascii() and number.isdigit()
    return "" if whole else "Identification No. must be 12 digits."


def clashes_with_employer(employer: str, number: str) -> str:
    """Why the person cannot be registered with this employer; empty when he can.

    ``employer`` is '' while it has no code yet: then nobody works there.
    """
    # assumed: two employers at a time are allowed, but for a person who is flagged
    rows = (
        shell.database()
        .execute(
            "SELECT w.employer, coalesce(p.blocked, 0) AS blocked FROM workers w"
            " LEFT JOIN persons p USING (nric)"
            " WHERE w.nric = ? AND w.status = 'Active' AND w.visible_from <= ?",
            (number.strip(), state.visible()),
        )
        .fetchall()
    )
    if any(row["employer"] == employer for row in rows):
        return HERE
    return ELSEWHERE if any(row["blocked"] for row in rows) else ""


def searched_in_vain(employer: str, number: str, kind: str) -> str:
    """Why the lens gives no answer; empty when it does."""
    wrong = wrong_number(number, kind) or clashes_with_employer(employer, number)
    return wrong or (_immigration_trouble(number) if kind == FOREIGN else "")


def _immigration_trouble(number: str) -> str:
    row = (
        shell.database()
        .execute("SELECT immigration_mismatch FROM persons WHERE nric = ?", (number.strip(),))
        .fetchone()
    )
    return IMMIGRATION if row is not None and row["immigration_mismatch"] else ""


def examine(data: dict[str, Any], case: sqlite3.Row, line: int, *, known: bool) -> dict[str, str]:
    """What is wrong with a popup's fields: field to message."""
    kind = FOREIGN if is_foreign(data) else LOCAL
    wanted = MANDATORY_FOREIGN if kind == FOREIGN else (*MANDATORY, "identificationTypeId")
    errors = {field: BLANK for field in wanted if not data.get(field, "").strip()}
    for field, wrong in (
        ("registrationNo", _number_trouble(data, case, line, kind)),
        ("nameOfEmployee", name_trouble(data.get("nameOfEmployee", ""))),
        *_date_troubles(data, YOUNGEST_FOREIGN if kind == FOREIGN else YOUNGEST),
        *(_foreign_troubles(data) if kind == FOREIGN else ()),
        *choice_troubles(data),
    ):
        if wrong:
            errors.setdefault(field, wrong)
    return errors | _tick_troubles(data, kind, known=known)


def _tick_troubles(data: dict[str, Any], kind: str, *, known: bool) -> dict[str, str]:
    errors = {}
    tick = "registerNewForeignEmployee" if kind == FOREIGN else "registerNewEmployee"
    what = "Register New Foreign Employee" if kind == FOREIGN else "Register New Employee"
    if not known and data.get(tick) != "true":
        errors[tick] = f"Please tick {what}."
    if data.get("acknowledgement") != "true":
        errors["acknowledgement"] = "Please agree to the terms and condition."
    return errors


def _number_trouble(data: dict[str, Any], case: sqlite3.Row, line: int, kind: str) -> str:
    number = data.get("registrationNo", "")
    if kind == LOCAL and data.get("identificationTypeId") != NEW_IDENTIFICATION:
        return "Only New Identification can be registered here."
    wrong = wrong_number(number, kind)
    if wrong:
        return wrong
    if data.get("searched") != number:
        return "Please search the Identification No. first."
    others = (d for n, d in casework.lines(case["id"]) if n != line)
    if any(d["registrationNo"] == number for d in others):
        return LISTED
    return searched_in_vain(case["employer"], number, kind)


def name_trouble(name: str) -> str:
    """What is wrong with a person's name; empty for a right one."""
    if len(name) > LONGEST_NAME:
        return f"At most {LONGEST_NAME} characters are allowed."
    return "Name of Employee must not contain numbers." if any(map(str.isdigit, name)) else ""


def _date_troubles(data: dict[str, Any], youngest: int) -> list[tuple[str, str]]:
    fields = ("dateOfBirth", "employmentStartDate")
    found = [(f, day(data.get(f, ""))) for f in fields]
    born, start = found[0][1], found[1][1]
    if born is None or start is None:
        return [(field, NOT_A_DATE) for field, value in found if value is None]
    today = state.today(shell.database())
    return [
        ("dateOfBirth", birth_trouble(born, start, youngest)),
        (
            "employmentStartDate",
            "Employment Start Date cannot be later than today." if start > today else "",
        ),
    ]


def birth_trouble(born: date, start: date, youngest: int) -> str:
    """Why someone born then cannot have started then; empty when he can."""
    if born >= start:
        return "Date of Birth must be before Employment Start Date."
    if age(born, start) < youngest:
        return f"Employee must be at least {youngest} years old at Employment Start Date."
    return ""


def _foreign_troubles(data: dict[str, Any]) -> list[tuple[str, str]]:
    found = [("nokAddress", f"At most {LONGEST_ADDRESS} characters are allowed.")]
    if len(data.get("nokAddress", "")) <= LONGEST_ADDRESS:
        found.clear()
    for what, start, end in VALIDITIES:
        found += _validity_troubles(data, what, start, end)
    return found


def _validity_troubles(
    data: dict[str, Any], what: str, start: str, end: str
) -> list[tuple[str, str]]:
    begins, ends = day(data.get(start, "")), day(data.get(end, ""))
    if begins is None or ends is None:
        days = ((start, begins), (end, ends))
        return [(field, NOT_A_DATE) for field, value in days if value is None]
    if ends <= begins:
        return [(end, f"{what} Valid To must be after {what} Valid From.")]
    expired = ends < state.today(shell.database())
    return [(end, f"The {what} has expired.")] if expired else []


def choice_troubles(data: dict[str, Any]) -> list[tuple[str, str]]:
    """A choice that no list offers was not made on this screen."""
    subs = options.SUB_OCCUPATIONS.get(data.get("occupationId", ""), {})
    lists = options.SUB_OCCUPATION_LISTS.get(data.get("subOccupationId", ""), {})
    nations = options.FOREIGN_NATIONALITIES if is_foreign(data) else options.NATIONALITIES
    allowed: dict[str, Any] = {
        "gender": ("M", "F"), "raceId": options.RACES, "occupationId": options.OCCUPATIONS,
        "subOccupationId": subs, "subOccupationListId": lists, "wagesExceed": ("Y", "N"),
        "nationalityId": nations, "permitTypeId": options.PERMIT_TYPES,
        "nokRelationId": options.RELATIONS, "nokCountryId": options.NATIONALITIES,
    }  # fmt: skip
    return [
        (field, "Please select a valid value.")
        for field, choices in allowed.items()
        if data.get(field) and data[field] not in choices
    ]
