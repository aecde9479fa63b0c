"""Contributions at the control port: what was filed, filing by another hand, payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_portal import contribution_records as records
from mock_portal import contributions, shell
from mock_portal.contribution_records import pay
from mock_portal.contribution_rules import Amounts

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from mock_portal.contributions import Act

__all__ = ["drafts", "file", "pay", "submissions"]


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    lines = shell.database().execute(
        "SELECT * FROM contribution_lines WHERE contribution = ? ORDER BY id", (row["id"],)
    )
    totals = contributions.totals(row)
    return {
        "id": row["id"], "acr": row["acr"], "ecr": row["ecr"], "act": row["act"],
        "employer": row["employer"], "month": contributions.shown(_month(row)),
        "type": row["type"], "received": row["received"], "submitted_at": row["submitted"],
        "again": bool(row["again"]), "email": row["email"],
        "lines": [_line(line) for line in lines],
        "paid": {kind: _paid(row[kind]) for kind in records.KINDS if row[kind]},
        "totals": totals.sums | {"total": totals.grand, "employees": totals.employees},
    }  # fmt: skip


def _month(row: sqlite3.Row) -> date:
    return contributions.first_day(row["month"])


def _paid(number: str) -> int:
    paid: int = sum(row["amount"] for row in records.payments(number))
    return paid


def _line(line: sqlite3.Row) -> dict[str, Any]:
    amounts = {name: line[name] for name in ("wages", *Amounts._fields)}
    state = {"saved": bool(line["saved"]), "complete": bool(line["complete"])}
    return {"nric": line["nric"], "number": line["number"], "name": line["name"]} | amounts | state


def _of(status: str) -> list[dict[str, Any]]:
    rows = shell.database().execute(
        "SELECT * FROM contributions WHERE status = ? ORDER BY submitted, id", (status,)
    )
    return [_shown(row) for row in rows.fetchall()]


def submissions() -> list[dict[str, Any]]:
    """What was submitted, oldest first, with what is listed late."""
    return _of(contributions.SUBMITTED)


def drafts() -> list[dict[str, Any]]:
    """What was saved and not submitted."""
    return _of(contributions.DRAFT)


def file(wanted: dict[str, Any]) -> dict[str, str]:
    """A month of an employer, filed by another hand. Raises ValueError with a sentence."""
    act = contributions.ACTS.get(str(wanted["act"]))
    month = contributions.month_of(str(wanted["month"]))
    kind = wanted.get("type", contributions.MONTHLY)
    if act is None or month is None or kind not in contributions.TYPES:
        raise ValueError("act is combined, socso or eis, month MM/YYYY, type Monthly and so on.")
    draft = _draft(act, str(wanted["employer"]), month, kind)
    there = {line["nric"] for line in contributions.lines(draft, "", 0, -1)}
    for nric, wages in _wages(wanted["lines"]):
        if nric not in there:
            raise ValueError(f"{nric} did not work there in {wanted['month']}.")
        contributions.set_wages(draft, nric, wages)
    number = contributions.file(draft, "")
    row = shell.database().execute("SELECT * FROM contributions WHERE id = ?", (number,)).fetchone()
    return {kind: row[kind] for kind in records.KINDS}


def _wages(lines: Any) -> list[tuple[str, int]]:
    try:
        found = [(str(line["nric"]), line["wages"]) for line in lines]
    except (KeyError, TypeError):
        raise ValueError("lines are objects with nric and wages.") from None
    if not all(isinstance(wages, int) and wages >= 0 for _, wages in found):
        raise ValueError("wages are whole sen.")
    return found


def _draft(act: Act, employer: str, month: date, kind: str) -> sqlite3.Row:
    number = contributions.open_month(act, employer, month, kind, "")
    row: sqlite3.Row = (
        shell.database().execute("SELECT * FROM contributions WHERE id = ?", (number,)).fetchone()
    )
    return row
