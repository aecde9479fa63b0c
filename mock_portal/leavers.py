"""Workers who leave: what a case keeps of them, the rules of the date, the books (facts 7.1, 7.2).

assumed: who may leave when; of the portal's own words only ``NOT_VALID`` was seen.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mock_portal import shell, state, worker_data, workers
from mock_portal.labels import Label, same

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from mock_portal.casework import Item

NOT_VALID = "Date is not valid for some employee"  # facts 7.1, without a full stop
RESIGNED = "Resigned"  # assumed: the books' word
LABELS = {
    "title": Label("Kemaskini Tambah Tarikh Berhenti Kerja", "Update Add Employee Resigned Date"),
    "resign_date": Label("Tarikh Berhenti Kerja", "Employment Resign Date"),
    "name": same("Name"),
    "gender_column": same("Gender"),
    "race": same("Race"),
    "all_below": same("All Employees below will be updated to the Employment Resigned Date above."),
}


def strip(errors: dict[str, str] | None) -> str:
    """The fields' messages as the red strip above the form says them: each once."""
    return " ".join(dict.fromkeys((errors or {}).values()))


def line_of(worker: sqlite3.Row, resigned: str = "") -> dict[str, Any]:
    """What a case keeps of a worker; ``resigned`` is dd/mm/yyyy, empty while he has no date."""
    return {
        "worker": worker["id"], "kind": worker["kind"], "registrationNo": worker["nric"],
        "nameOfEmployee": worker["name"], "dateOfBirth": worker["birth"],
        "gender": worker["gender"], "race": worker["race"],
        "employmentStartDate": worker["start"], "employementResignDate": resigned,
    }  # fmt: skip


def valid_for(resigned: str, starts: Iterable[str]) -> bool:
    """Whether all of these, each at work since a dd/mm/yyyy, can have left on that day.

    assumed: from the day of the start on, up to the portal's today.
    """
    day = worker_data.day(resigned)
    if day is None or day > state.today(shell.database()):
        return False
    begun = [worker_data.day(start) for start in starts]
    return all(start is not None and start <= day for start in begun)


def replace_lines(case_id: int, leaving: list[dict[str, Any]]) -> None:
    """These workers, and no others, stand in the case."""
    shell.database().execute("DELETE FROM lines WHERE case_id = ?", (case_id,))
    for data in leaving:
        workers.store_line(case_id, 0, data)


def items(data: dict[str, Any]) -> list[Item]:
    """A leaver as one Case Item: who he is stays, the resign date comes."""
    t = shell.speech(LABELS)
    same_as_before = (
        ("registrationNo", t["id_no"]),
        ("nameOfEmployee", t["employee_name"]),
        ("employmentStartDate", t["start"]),
    )
    date = ("employementResignDate", t["resign_date"], "", data["employementResignDate"])
    return [*((f, label, data[f], data[f]) for f, label in same_as_before), date]


def shown(data: dict[str, Any]) -> dict[str, str]:
    """The line as plain texts, for the control port."""
    fields = ("kind", "registrationNo", "nameOfEmployee", "employmentStartDate")
    return {field: data[field] for field in (*fields, "employementResignDate")}


def resign(lines: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """The books say that they have left; whoever is not active any more stays as he is."""
    for _, data in lines:
        shell.database().execute(
            "UPDATE workers SET status = ?, resigned = ? WHERE id = ? AND status = 'Active'",
            (RESIGNED, data["employementResignDate"], data["worker"]),
        )


def closure(employer: sqlite3.Row) -> str:
    """Since when the employer is closed for a time or without workers; dd/mm/yyyy or empty."""
    found: str = json.loads(employer["details"]).get("temporaryClosureNoEmployeeFrom", "")
    return found


def set_details(employer: sqlite3.Row, **changed: str) -> None:
    """Put these into the employer's record; the rest of it stays."""
    details = json.loads(employer["details"]) | changed
    shell.database().execute(
        "UPDATE employers SET details = ? WHERE code = ?",
        (json.dumps(details, ensure_ascii=False), employer["code"]),
    )
