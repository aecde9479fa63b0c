"""The employer's form: its fields, its rules, and how it reads when it is shown (facts 4.1).

Registration and update share it. A form is a plain mapping from a field's name to what was sent:
the id of a choice, "true" or "false" of a tick, the digits behind +60.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mock_portal import employer_options as options
from mock_portal import shell, state
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from flask import Response

    from mock_portal.casework import Item

TEXT, CHOICE, RADIOS, TICK, PHONE = "text", "choice", "radios", "tick", "phone"
MOST_PHONES = 3
BLANK = "This field cannot be blank."
# assumed: all that follow
UNSEARCHED = "Please search the Registration Number(BRN) first."
REGISTERED = "This Registration Number(BRN) is already registered."
NO_EMPLOYER = "No employer with this Registration Number(BRN) exists to be a branch of."
UNKNOWN_CHOICE = "Please select a valid value."
NO_CONSENT = "Please tick the acknowledgement."
BRN_SHAPE = re.compile(r"[A-Za-z0-9()/. -]*")
EMAIL_SHAPE = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")

LABELS = {
    "business": Label("Maklumat Pendaftaran Perniagaan", "Business Registration's Information"),
    "entity": Label("Entiti Perniagaan", "Business Entity"),
    "sub_entity": Label("Entiti Sub-Perniagaan", "Sub-Business Entity"),
    "sub_entity_list": Label("Senarai Entiti Sub-Perniagaan", "Sub-Business Entity - List"),
    "brn": Label("No. Pendaftaran (BRN)", "Registration Number(BRN)"),
    "ssm": same("Registered with SSM"),
    "branch": same("Registering As A Branch?"),
    "eis": same("Registration Employment Insurance System"),
    # assumed: the words of the certificate
    "certify": same(
        "I certify that the information given is true and agree to contribute under Act 800"
    ),
    "industry": Label("Maklumat Majikan", "Industry's Information"),
    "industry_name": same("Industry Name"),
    "address_1": same("Postal Address 1"),
    "address_2": same("Postal Address 2"),
    "address_3": same("Postal Address 3"),
    "state": same("State"),
    "city": same("City"),
    "postcode": same("Postcode"),
    "po_box": same("P.O. Box"),
    "locked_bag": same("Locked Bag No."),
    "wdt": same("WDT"),
    "office": same("SOCSO Office Location"),
    "same_address": same("Industry Address Same As Postal Address"),
    "as_address_1": same("Industry Address 1"),
    "as_address_2": same("Industry Address 2"),
    "as_address_3": same("Industry Address 3"),
    "as_state": same("Industry State"),
    "as_city": same("Industry City"),
    "as_postcode": same("Industry Postcode"),
    "as_po_box": same("Industry P.O. Box"),
    "as_locked_bag": same("Industry Locked Bag No."),
    "telephone": same("Telephone No."),
    "mobile": same("Mobile No."),
    "fax": same("Fax No."),
    "add_phone": Label("Tambah", "Add"),  # assumed
    "industry_code": same("Industry Code"),
    "sub_industry": same("Sub Industry Code List"),
    "email": same("Email"),
    "payment": same("Methods of Contribution Payment"),
    "service": same("Service Type"),
    "induction": Label("Maklumat Induksi", "Induction Information"),
    "venue": same("Induction Venue"),
    "yes": same("Yes"),
    "no_word": same("No"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in ``dto``, the key of its label, its kind and its plain rules.

    ``parent`` is the choice above it in a cascade; ``upper``: the portal stores it in capitals.
    """

    name: str
    label: str
    kind: str = TEXT
    required: bool = False
    longest: int = 0
    parent: str = ""
    upper: bool = False  # assumed, after facts 2.4


BUSINESS = (
    Field("businessEntityId", "entity", CHOICE, required=True),
    Field("subBusinessEntityId", "sub_entity", CHOICE, required=True, parent="businessEntityId"),
    Field("subBusinessEntityListId", "sub_entity_list", CHOICE, parent="subBusinessEntityId"),
    Field("registrationNo", "brn", required=True, longest=30),
)
QUESTIONS = (
    Field("registeredWithSsm", "ssm", RADIOS, required=True),  # assumed: mandatory when shown
    Field("registeredAsABranch", "branch", RADIOS),
    Field("acknowledgement", "eis", TICK, required=True),
)
POSTAL = (
    Field("postalAddress1", "address_1", required=True, longest=50, upper=True),
    Field("postalAddress2", "address_2", longest=50, upper=True),
    Field("postalAddress3", "address_3", longest=50, upper=True),
    Field("stateId", "state", CHOICE, required=True),
    Field("cityId", "city", CHOICE, required=True, parent="stateId"),
    Field("postCode", "postcode", CHOICE, required=True, parent="cityId"),
    Field("poBox", "po_box", longest=30),
    Field("lockedBagNo", "locked_bag", longest=30),
)
INDUSTRY_ADDRESS = (
    Field("asIndustryAddress1", "as_address_1", required=True, longest=50, upper=True),
    Field("asIndustryAddress2", "as_address_2", longest=50, upper=True),
    Field("asIndustryAddress3", "as_address_3", longest=50, upper=True),
    Field("asStateId", "as_state", CHOICE, required=True),
    Field("asCityId", "as_city", CHOICE, required=True, parent="asStateId"),
    Field("asPostCode", "as_postcode", CHOICE, required=True, parent="asCityId"),
    Field("aspoBox", "as_po_box", longest=30),
    Field("aslockedBagNo", "as_locked_bag", longest=30),
)
PHONES = (
    Field("telNoBack", "telephone", PHONE, longest=14),
    Field("moblieNoBack", "mobile", PHONE, longest=14),  # the portal's spelling
    Field("faxNoBack", "fax", PHONE, longest=14),
)
TRADE = (
    Field("industryCodeId", "industry_code", CHOICE, required=True),
    Field("subIndustryCodeListId", "sub_industry", CHOICE, required=True, parent="industryCodeId"),
    Field("email", "email", longest=50),
    Field("methodsOfContributionPaymentId", "payment", CHOICE, required=True),
    Field("serviceTypeId", "service", CHOICE),
)
NAME = Field("industryName", "industry_name", required=True, longest=150, upper=True)
NAME_CHOICE = Field("industryNameDropDownId", "industry_name", CHOICE, required=True)
OFFICE = Field("socsoOfficeLocationId", "office", CHOICE, required=True)
SAME_ADDRESS = Field("samePostalAddress", "same_address", TICK)
VENUE = Field("inductionVenueId", "venue", CHOICE, required=True, parent="socsoOfficeLocationId")
# What may be changed later, in the screen's order.
INDUSTRY = (
    NAME, NAME_CHOICE, *POSTAL, OFFICE, SAME_ADDRESS, *INDUSTRY_ADDRESS, *PHONES, *TRADE,
)  # fmt: skip
FIELDS = (*BUSINESS, *QUESTIONS, *INDUSTRY, VENUE)

TOP_LISTS = {
    "businessEntityId": options.ENTITIES,
    "industryNameDropDownId": options.INDUSTRY_NAMES,
    "stateId": options.STATES,
    "asStateId": options.STATES,
    "socsoOfficeLocationId": options.OFFICES,
    "industryCodeId": options.INDUSTRIES,
    "methodsOfContributionPaymentId": options.PAYMENTS,
    "serviceTypeId": options.SERVICES,
    "registeredWithSsm": {"1": "Before February 2017", "2": "February 2017 Onwards"},
    "registeredAsABranch": {"Y": "Yes", "N": "No"},
}
TICKED = {"true": "Yes", "false": "No"}
Form = dict[str, str]


# --- what stands on the screen -----------------------------------------------------------------


def choices(field: Field, form: Form) -> dict[str, str]:
    """The options of a list as the form stands."""
    if field.parent:
        return _below(form.get(field.parent, ""))
    return TOP_LISTS.get(field.name, {})


def _below(parent: str) -> dict[str, str]:
    if parent in options.OFFICES:
        return options.venues(parent, state.today(shell.database()))
    return options.below(parent)


def below(portlet: shell.Portlet) -> Response:
    """The options below a choice, for the page's script; a fault may bring them late."""
    found = _below(portlet.value("parent"))
    late = None if portlet.value("again") else shell.strike_here("late options")
    if late is not None:
        return shell.answer_json(options=[], again=late.seconds)
    return shell.answer_json(options=[{"id": key, "text": text} for key, text in found.items()])


def on_screen(fields: tuple[Field, ...], form: Form) -> list[Field]:
    """The fields that are not hidden as the form stands."""
    others = form.get("businessEntityId") == options.OTHERS
    hidden = {NAME.name if others else NAME_CHOICE.name}
    if others or form.get("subBusinessEntityId") in options.NOT_REGISTERED:
        hidden.add("registeredWithSsm")
    if form.get("samePostalAddress") == "true":
        hidden |= {field.name for field in INDUSTRY_ADDRESS}
    return [field for field in fields if field.name not in hidden]


def phones(field: Field) -> list[str]:
    """The names of a telephone field's boxes: its own, then _2 and _3."""
    return [field.name, *(f"{field.name}_{n}" for n in range(2, MOST_PHONES + 1))]


# --- what was sent -----------------------------------------------------------------------------


def sent(portlet: shell.Portlet, fields: tuple[Field, ...], kept: Form) -> Form:
    """The form as it was sent, in the portal's own shape; ``kept`` are fields that are closed.

    What is hidden is forgotten, capitals are made, telephone boxes move up over an empty one.
    """
    given = {name: value.strip() for name, value in portlet.fields().items()} | kept
    form: Form = {}
    for field in on_screen(fields, given):
        if field.kind == PHONE:
            numbers = [given[name] for name in phones(field) if given.get(name)]
            form |= dict(zip(phones(field), numbers or [""], strict=False))
        else:
            value = given.get(field.name, "")
            form[field.name] = value.upper() if field.upper else value
    return form | kept | _chosen_name(form)


def _chosen_name(form: Form) -> Form:
    """The industry name of an employer who has chosen it from the list."""
    name = options.INDUSTRY_NAMES.get(form.get(NAME_CHOICE.name, ""))
    return {} if name is None else {NAME.name: name}


# --- the rules ---------------------------------------------------------------------------------


def examine(fields: tuple[Field, ...], form: Form) -> dict[str, str]:
    """What is wrong with the form: field to message."""
    found = {}
    for field in on_screen(fields, form):
        for name in phones(field) if field.kind == PHONE else [field.name]:
            wrong = _trouble(field, form.get(name, ""), form)
            if wrong:
                found[name] = wrong
    return found


def _trouble(field: Field, value: str, form: Form) -> str:
    if not value or (field.kind == TICK and value != "true"):
        return _missing(field, form)
    if field.kind in {CHOICE, RADIOS} and value not in choices(field, form):
        return UNKNOWN_CHOICE
    if field.longest and len(value) > field.longest:
        return f"At most {field.longest} characters are allowed."
    return _misshapen(field, value)


def _missing(field: Field, form: Form) -> str:
    if field.kind == TICK:
        return NO_CONSENT if field.required else ""
    # A list below another is asked for only when it has something to choose.
    optional = field.name in {"subBusinessEntityListId", "inductionVenueId"}
    required = bool(choices(field, form)) if optional else field.required
    return BLANK if required else ""


def _misshapen(field: Field, value: str) -> str:
    # assumed: the three sentences and the letters of a BRN
    if field.kind == PHONE and not (value.isascii() and value.isdigit()):
        return "Only digits are allowed."
    if field.name == "email" and not EMAIL_SHAPE.fullmatch(value):
        return "Email is not valid."
    if field.name == "registrationNo" and not BRN_SHAPE.fullmatch(value):
        return "Registration Number(BRN) contains characters that are not allowed."
    return ""


def errors(portlet: shell.Portlet, found: dict[str, str], overall: str = "") -> Response:
    """The answer to a SAVE that is refused: inline sentences, or one for the whole form."""
    named = {portlet.ns(f"dto.{name}"): words for name, words in found.items()}
    return shell.answer_errors(named, *([overall] if overall else []))


# --- how it reads ------------------------------------------------------------------------------


def _text(field: Field, name: str, form: Form) -> str:
    value = form.get(name, "")
    if field.kind == TICK:
        return TICKED["true" if value == "true" else "false"]
    if field.kind == PHONE:
        return f"+60{value}" if value else ""
    if field.kind == TEXT or field is VENUE:
        return value
    return choices(field, form).get(value, "")


def lines(fields: tuple[Field, ...], form: Form) -> Iterator[tuple[str, str, str, str]]:
    """Name, key of the label, number behind the label, text of each field that is shown."""
    for field in on_screen(fields, form):
        if field.kind != PHONE:
            yield field.name, field.label, "", _text(field, field.name, form)
            continue
        for place, name in enumerate(phones(field), 1):
            if place == 1 or form.get(name):
                yield name, field.label, f" {place}" if place > 1 else "", _text(field, name, form)


def shown(fields: tuple[Field, ...], form: Form) -> dict[str, str]:
    """The form as plain texts, for the control port and for comparing."""
    return {name: text for name, _, _, text in lines(fields, form)}


def case_item(fields: tuple[Field, ...], form: Form) -> list[Item]:
    """A new employer as one Case Item: every field that is shown, also an empty one."""
    t = shell.speech(LABELS)
    return [(name, t[label] + place, "", text) for name, label, place, text in lines(fields, form)]


def changes(fields: tuple[Field, ...], before: Form, after: Form) -> list[Item]:
    """What differs, with the text as it was and as it will be."""
    t = shell.speech(LABELS)
    was, will = shown(fields, before), shown(fields, after)
    # A telephone that is taken away is a change; an address that is taken from above is not shown.
    gone = [line for line in lines(PHONES, before) if line[0] not in will]
    order = list(all_names(fields))
    return [
        (name, t[label] + place, was.get(name, ""), will.get(name, ""))
        for name, label, place, _ in sorted(
            [*lines(fields, after), *gone], key=lambda line: order.index(line[0])
        )
        if was.get(name, "") != will.get(name, "")
    ]


def all_names(fields: tuple[Field, ...]) -> Iterator[str]:
    """The names of all boxes, in the screen's order."""
    for field in fields:
        yield from phones(field) if field.kind == PHONE else [field.name]


# --- the employer's record ---------------------------------------------------------------------


def of_employer(employer: sqlite3.Row) -> Form:
    """The record of an employer as the form; what has a column of its own is taken from there."""
    form: Form = json.loads(employer["details"])
    entity = next((k for k, text in options.ENTITIES.items() if text == employer["entity"]), "")
    name = next((k for k, text in options.INDUSTRY_NAMES.items() if text == employer["name"]), "")
    own = {"registrationNo": employer["brn"], NAME.name: employer["name"]}
    if entity:
        own["businessEntityId"] = entity
    if entity == options.OTHERS:
        own[NAME_CHOICE.name] = name
    return form | own


def from_texts(texts: dict[str, str]) -> Form:
    """The record of an employer out of what a person would type and choose, for seeds."""
    form: Form = {}
    for field in (*BUSINESS, *INDUSTRY):
        given = texts.get(field.name, "")
        listed = TOP_LISTS.get(field.name) or options.below(form.get(field.parent, ""))
        form[field.name] = next((key for key, text in listed.items() if text == given), given)
    return texts | form
