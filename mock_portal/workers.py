"""The workers of a case: listings, popups, lens and EIS screen (facts 5.1 to 5.3, 6; QRG 1, 2).

One implementation, hung on the portlet of every procedure that registers workers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mock_portal import (
    casework,
    employer_options,
    options,
    papers,
    shell,
    state,
    worker_rules,
)
from mock_portal.worker_data import (
    FIELDS,
    FOREIGN,
    FOREIGN_FIELDS,
    LABELS,
    LOCAL,
    NEW_IDENTIFICATION,
    PASSPORT,
    day,
    fields_of,
    is_foreign,
    items,
    of_eis_age,
    shown,
)
from mock_portal.worker_rules import clashes_with_employer

if TYPE_CHECKING:
    import sqlite3

    from flask import Response

__all__ = ["WorkerScreens", "approve", "clashes_with_employer", "day", "items", "shown"]

SSFW_LENGTH = 12  # facts 13.5; the digits inside are assumed


class WorkerScreens:
    """List, popups and EIS screen of the workers of a case.

    ``add_button`` is the id of ADD EMPLOYEE; ``tabs``: the screens stand under the tab strip of
    the registration, and BACK leads to the procedure's form.
    """

    def __init__(
        self,
        portlet: shell.Portlet,
        procedure: casework.Procedure,
        screens: casework.CaseScreens,
        add_button: str = "addEmployeeBtn",
        *,
        tabs: bool = True,
    ) -> None:
        self.portlet = portlet
        self.procedure = procedure
        self.screens = screens
        self.add_button = add_button
        self.tabs = tabs
        screens.tabs = self._tabs
        portlet.view("list")(self.show_list)
        portlet.view("popup")(self.show_popup)
        portlet.view("foreign_popup")(self.show_foreign_popup)
        portlet.view("options")(show_options(portlet))
        portlet.view("eis")(self.show_eis)
        portlet.action("lens")(self.lens)
        portlet.action("foreign_lens")(self.foreign_lens)
        portlet.action("employee_save")(self.save_employee)
        portlet.action("foreign_save")(self.save_foreign)
        portlet.action("employee_remove")(self.remove_employee)
        portlet.action("list_save")(self.save_list)
        portlet.action("eis_save")(self.save_eis)

    def _page(self, template: str, case: sqlite3.Row, **values: Any) -> Response:
        return shell.page(
            f"workers/{template}.html", LABELS, p=self.portlet, case=case, tabs=self._tabs(case),
            **values,
        )  # fmt: skip

    def _tabs(self, case: sqlite3.Row) -> tuple[str, ...]:
        """The tab strip; the EIS tab is absent when nobody listed is of EIS age (facts 4)."""
        listed = [data for _, data in casework.lines(case["id"])]
        eis = not listed or any(of_eis_age(data) for data in listed)
        return tuple(t for t in casework.TABS if eis or "EIS" not in t) if self.tabs else ()

    def _line(self, case: sqlite3.Row) -> tuple[int, dict[str, Any]]:
        """The listed worker that the request names; (0, {}) for a new one."""
        line = self.portlet.number("lineId")
        data = dict(casework.lines(case["id"])).get(line)
        return (0, {}) if data is None else (line, data)

    # --- the screens ---------------------------------------------------------------------------

    def show_list(self, error: str = "") -> Response:
        """New Employee(s) Listing and New Foreign Employee(s) Listing."""
        case = self.screens.open_case()
        if case is None:
            return shell.not_found()
        rows = [(number, shown(data)) for number, data in casework.lines(case["id"])]
        back = self.procedure.edit(case["id"]) if self.tabs else self.portlet.url("view")
        return self._page(
            "list", case, error=error, back=back, add_button=self.add_button,
            rows=[(n, r) for n, r in rows if r["kind"] == LOCAL],
            foreign_rows=[(n, r) for n, r in rows if r["kind"] == FOREIGN],
        )  # fmt: skip

    def show_popup(self) -> Response:
        """The popup for a local worker, empty or with a listed one."""
        values = {"identificationTypeId": NEW_IDENTIFICATION, "nationalityId": options.MALAYSIA}
        empty = dict.fromkeys((f for f, _ in FIELDS), "") | values | {"wagesExceed": "N"}
        return self._popup("popup", empty)

    def show_foreign_popup(self) -> Response:
        """The popup for a foreign worker, empty or with a listed one."""
        empty = dict.fromkeys((f for f, _ in FOREIGN_FIELDS), "") | {"ssfwNo": ""}
        return self._popup("foreign_popup", empty)

    def _popup(self, template: str, empty: dict[str, str]) -> Response:
        case = self.screens.open_case()
        if case is None:
            return shell.not_found()
        line, data = self._line(case)
        return self._page(
            template, case, line=line, o=options, data=empty | data, known=bool(data.get("known"))
        )

    def show_eis(self) -> Response:
        """Those of EIS age, with the day from which they are insured."""
        case = self.screens.open_case()
        if case is None:
            return shell.not_found()
        found = [shown(data) for _, data in casework.lines(case["id"]) if of_eis_age(data)]
        starts = f"{state.today(shell.database()):{state.DATE}}"
        return self._page("eis", case, rows=found, starts=starts)

    # --- the actions ---------------------------------------------------------------------------

    def lens(self) -> Response:
        """Whether this local worker is known: a tick, or a cross (facts 5.2)."""
        return self._look_up(LOCAL)

    def foreign_lens(self) -> Response:
        """The same of a foreign worker, by passport (facts 5.3)."""
        return self._look_up(FOREIGN)

    def _look_up(self, kind: str) -> Response:
        case = self.screens.open_case()
        if case is None:
            return shell.denied()
        late = shell.strike_here("lens answers late")
        if late is not None:
            shell.answer_late(late.seconds)
        number = self.portlet.value("dto.registrationNo")
        wrong = worker_rules.searched_in_vain(case["employer"], number, kind)
        if wrong or shell.strike_here("duplicate worker"):
            return self._errors({"registrationNo": wrong or worker_rules.HERE})
        person = worker_rules.person(number, kind)
        return shell.answer_lens(known=person is not None, person=person or {})

    def save_employee(self) -> Response:
        """SAVE in the popup for local workers."""
        return self._save(LOCAL, FIELDS)

    def save_foreign(self) -> Response:
        """SAVE in the popup for foreign workers, with the form about the next of kin."""
        return self._save(FOREIGN, FOREIGN_FIELDS)

    def _save(self, kind: str, fields: tuple[tuple[str, str], ...]) -> Response:
        case = self.screens.open_case()
        if case is None:
            return shell.denied()
        line, before = self._line(case)
        data: dict[str, Any] = {**self.portlet.fields(), "kind": kind}
        person = worker_rules.person(data.get("registrationNo", ""), kind)
        data |= person or {}
        errors = worker_rules.examine(data, case, line, known=person is not None)
        form = b""
        if kind == FOREIGN:
            data["identificationTypeId"] = PASSPORT
            form = self._next_of_kin_form(data, before, errors)
        if errors:
            return self._errors(errors)
        kept = {field: data.get(field, "") for field, _ in fields}
        kept |= {"kind": kind, "known": person is not None, "ssfwNo": data.get("ssfwNo", "")}
        store_line(case["id"], line, kept, form)
        if shell.strike_here("worker listed twice"):
            store_line(case["id"], 0, kept, form)
        return shell.answer_saved()

    def _next_of_kin_form(
        self, data: dict[str, Any], before: dict[str, Any], errors: dict[str, str]
    ) -> bytes:
        """Put the sent form's name into the data; a listed worker keeps the one he has."""
        name, content = papers.received(self.portlet.ns("nokForm"))
        data["nokForm"] = name or before.get("nokForm", "")
        wrong = papers.wrong_file(name, content) if name or not data["nokForm"] else ""
        if wrong:
            errors["nokForm"] = wrong
        return content

    def remove_employee(self) -> Response:
        """The bin in the lists."""
        case = self.screens.open_case()
        if case is None:
            return shell.denied()
        remove_line(case["id"], self.portlet.number("lineId"))
        return shell.go(self.portlet.url("list", caseId=case["id"], done=1))

    def save_list(self) -> Response:
        """SAVE & CONTINUE: the case becomes a numbered draft."""
        case = self.screens.open_case()
        if case is None:
            return shell.denied()
        listed = [data for _, data in casework.lines(case["id"])]
        if not listed:
            return self.show_list(casework.NOTHING_CHANGED)
        casework.save_draft(self.procedure, case["id"])
        following = "eis" if any(of_eis_age(data) for data in listed) else "documents"
        return shell.go(self.portlet.url(following, caseId=case["id"], done=1))

    def save_eis(self) -> Response:
        """SAVE & CONTINUE on the EIS screen."""
        case = self.screens.open_case()
        if case is None:
            return shell.denied()
        return shell.go(self.portlet.url("documents", caseId=case["id"], done=1))

    def _errors(self, errors: dict[str, str]) -> Response:
        return shell.answer_errors(field_names(self.portlet, errors))


def field_names(portlet: shell.Portlet, errors: dict[str, str]) -> dict[str, str]:
    """The errors under the fields' full names; a file is no ``dto`` field."""
    files = {"nokForm", "uploadIdentificationCard"}
    return {
        portlet.ns(field if field in files else f"dto.{field}"): words
        for field, words in errors.items()
    }


def show_options(portlet: shell.Portlet) -> Any:
    """The view that gives the choices below an occupation; a fault may bring them late."""

    def options_below() -> Response:
        parent = portlet.value("parent")
        level = options.SUB_OCCUPATIONS | options.SUB_OCCUPATION_LISTS
        found = [{"id": key, "text": text} for key, text in level.get(parent, {}).items()]
        late = None if portlet.value("again") else shell.strike_here("late options")
        if late is not None:
            return shell.answer_json(options=[], again=late.seconds)
        return shell.answer_json(options=found)

    return options_below


def store_line(case_id: int, line: int, data: dict[str, Any], file: bytes = b"") -> None:
    """Change that line of the case, or add one; without a new file it keeps the one it has."""
    db = shell.database()
    text = json.dumps(data, ensure_ascii=False)
    changed = db.execute(
        "UPDATE lines SET data = ?, file = CASE WHEN length(?) THEN ? ELSE file END"
        " WHERE id = ? AND case_id = ?",
        (text, file, file, line, case_id),
    )
    if not changed.rowcount:
        db.execute(
            "INSERT INTO lines (case_id, data, file) VALUES (?, ?, ?)", (case_id, text, file)
        )


def remove_line(case_id: int, line: int) -> None:
    """Take a line out of the case."""
    shell.database().execute("DELETE FROM lines WHERE id = ? AND case_id = ?", (line, case_id))


# --- an approved case --------------------------------------------------------------------------


def approve(case: sqlite3.Row, employer: str) -> None:
    """The workers are active with the employer, and known from now on."""
    for _, data in casework.lines(case["id"]):
        _register(case, employer, data)
        _remember(data)
        if is_foreign(data):
            _give_number(employer, data["registrationNo"])


def _register(case: sqlite3.Row, employer: str, data: dict[str, Any]) -> None:
    shell.database().execute(
        "INSERT INTO workers (employer, nric, name, birth, gender, start, case_id, visible_from,"
        " listing, kind, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            employer, data["registrationNo"], data["nameOfEmployee"], data["dateOfBirth"],
            data["gender"], data["employmentStartDate"], case["id"], case["visible_from"],
            case["listing"], FOREIGN if is_foreign(data) else LOCAL,
            json.dumps({f: data.get(f, "") for f, _ in fields_of(data)}, ensure_ascii=False),
        ),
    )  # fmt: skip


def _remember(data: dict[str, Any]) -> None:
    texts = shown(data)
    shell.database().execute(
        "INSERT OR IGNORE INTO persons (nric, name, birth, gender, race, nationality, kind)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            texts["registrationNo"], texts["nameOfEmployee"], texts["dateOfBirth"], data["gender"],
            texts.get("raceId", ""), texts["nationalityId"], texts["kind"],
        ),
    )  # fmt: skip


def _give_number(employer: str, passport: str) -> None:
    """SSFW, for a domestic worker SSFDW, and digits (facts 5.3); whoever has one keeps it."""
    db = shell.database()
    prefix = "SSFDW" if _is_domestic(employer) else "SSFW"
    row = db.execute("SELECT ssfw FROM persons WHERE nric = ?", (passport,)).fetchone()
    if row["ssfw"]:
        return
    digits = f"{state.count(db, prefix):0{SSFW_LENGTH - len(prefix)}}"
    db.execute("UPDATE persons SET ssfw = ? WHERE nric = ?", (prefix + digits, passport))


def _is_domestic(employer: str) -> bool:
    # assumed: a household is known by its industry code; no screen says "domestic" (facts 4.2)
    row = (
        shell.database()
        .execute("SELECT details FROM employers WHERE code = ?", (employer,))
        .fetchone()
    )
    details = json.loads(row["details"]) if row else {}
    return bool(details.get("industryCodeId") == employer_options.HOUSEHOLDS)
