"""What the portal keeps of a worker in a case, and how it shows it (facts 5.1 to 5.3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from mock_portal import options, shell, state
from mock_portal.labels import Label, same

LOCAL, FOREIGN = "local", "foreign"
NEW_IDENTIFICATION, PASSPORT = "1", "3"  # keys of options.ID_TYPES
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
    # The popup for foreigners. assumed: its title and all that follow, but the Malay of the
    # sections, of the tick and "Search Existing Employee" (facts 5.3)
    "foreign_popup_title": Label(
        "Tambah Maklumat Pekerja Asing", "Add Foreign Employee Information"
    ),
    "foreign_search": Label("CARIAN PEKERJA ASING SEDIA ADA", "Search Existing Employee"),
    "foreign_information": Label("MAKLUMAT PEKERJA ASING", "Foreign Employee Information"),
    "register_new_foreign": Label("DAFTAR PEKERJA ASING BARU", "Register New Foreign Employee"),
    "passport_validity": Label("TEMPOH SAH LAKU PASPORT", "Passport Validity Period"),
    "permit_validity": Label("TEMPOH SAH LAKU PAS/PERMIT", "Pass/Permit Validity Period"),
    "next_of_kin": Label("BUTIR-BUTIR WARIS", "Next of Kin Details"),
    "ssfw": same("Social Security No."),
    "passport_from": same("Passport Valid From"),
    "passport_to": same("Passport Valid To"),
    "permit_type": same("Pass/Permit Type"),
    "permit_no": same("Pass/Permit No."),
    "permit_from": same("Pass/Permit Valid From"),
    "permit_to": same("Pass/Permit Valid To"),
    "nok_name": same("Next of Kin Name"),
    "nok_relation": same("Relationship"),
    "nok_telephone": same("Next of Kin Telephone No."),
    "nok_address": same("Next of Kin Address"),
    "nok_country": same("Next of Kin Country"),
    "nok_form": same("Declaration Form for Dependent of Foreign Worker"),
}
# The popups' fields in their order, with the key of their label.
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
FOREIGN_FIELDS = (
    ("identificationTypeId", "id_type"),
    ("registrationNo", "id_no"),
    ("nameOfEmployee", "employee_name"),
    ("dateOfBirth", "birth"),
    ("gender", "gender"),
    ("nationalityId", "nationality"),
    ("employmentStartDate", "start"),
    ("occupationId", "occupation"),
    ("subOccupationId", "sub_occupation"),
    ("subOccupationListId", "sub_occupation_list"),
    ("passportValidFrom", "passport_from"),
    ("passportValidTo", "passport_to"),
    ("permitTypeId", "permit_type"),
    ("permitNo", "permit_no"),
    ("permitValidFrom", "permit_from"),
    ("permitValidTo", "permit_to"),
    ("nokName", "nok_name"),
    ("nokRelationId", "nok_relation"),
    ("nokTelephone", "nok_telephone"),
    ("nokAddress", "nok_address"),
    ("nokCountryId", "nok_country"),
    ("nokForm", "nok_form"),
)


def is_foreign(data: dict[str, Any]) -> bool:
    """Whether the line is from the popup for foreigners."""
    return data.get("kind") == FOREIGN


def fields_of(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The fields that this worker has, with the keys of their labels."""
    return FOREIGN_FIELDS if is_foreign(data) else FIELDS


def text_of(data: dict[str, Any], field: str) -> str:
    """One field as the portal shows it: a choice by its words."""
    subs = options.SUB_OCCUPATIONS.get(data.get("occupationId", ""), {})
    lists = options.SUB_OCCUPATION_LISTS.get(data.get("subOccupationId", ""), {})
    texts = {
        "identificationTypeId": options.ID_TYPES, "gender": {"M": "Male", "F": "Female"},
        "raceId": options.RACES, "occupationId": options.OCCUPATIONS, "subOccupationId": subs,
        "subOccupationListId": lists, "nationalityId": options.NATIONALITIES,
        "wagesExceed": {"Y": "Yes", "N": "No"}, "permitTypeId": options.PERMIT_TYPES,
        "nokRelationId": options.RELATIONS, "nokCountryId": options.NATIONALITIES,
    }  # fmt: skip
    value = str(data.get(field, ""))
    return texts[field].get(value, "") if field in texts else value


def shown(data: dict[str, Any]) -> dict[str, str]:
    """A line's kind and fields as texts, as the portal shows them."""
    kind = FOREIGN if is_foreign(data) else LOCAL
    return {"kind": kind} | {field: text_of(data, field) for field, _ in fields_of(data)}


def items(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """A worker as one Case Item: every field, also an empty one."""
    t = shell.speech(LABELS)
    return [(field, t[label], text_of(data, field)) for field, label in fields_of(data)]


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
