"""What the portal knows of filed contributions: ACR, ECR, payments, late interest (facts 8.5, 9).

Payment itself is outside (FPX, a bank): the control port says that it came.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from mock_portal import contribution_rules as rules
from mock_portal import contributions, listing, shell, state
from mock_portal.contributions import EIS, EIS_COLUMNS, SOCSO, SOCSO_COLUMNS, SUBMITTED

if TYPE_CHECKING:
    import sqlite3

    from mock_portal.contributions import Act

UNPAID, PARTIALLY, PAID = "Unpaid", "Partially Paid", "Paid"
OFTEN = "coalesce(json_extract(c.listing, '$.times'), 1)"
OF = listing.sql("c", "employer")  # whose it is, as the review has it
DUE_DAY = 15  # of the next month (facts 8.6)
INTEREST_STEP = 5_00  # facts 8.6


class Kind(NamedTuple):
    """ACR or ECR: ``column`` is where ``contributions`` keeps its number; ``due`` is SQL."""

    column: str
    act: Act
    columns: tuple[str, ...]
    due: str

    @property
    def prefix(self) -> str:
        """What its numbers begin with."""
        return self.column.upper()


def _kind(column: str, act: Act, columns: tuple[str, ...]) -> Kind:
    return Kind(column, act, columns, " + ".join(f"l.{name}" for name in columns))


KINDS = {
    "acr": _kind("acr", SOCSO, SOCSO_COLUMNS),
    "ecr": _kind("ecr", EIS, EIS_COLUMNS),
}


def _select(kind: Kind) -> str:
    """SQL: submissions with a number of this kind; amount, workers with an amount, paid."""
    of_lines = "FROM contribution_lines l WHERE l.contribution = c.id"
    return (
        f"SELECT {OF} AS employer, c.*, c.{kind.column} AS number, e.name AS employer_name,"  # noqa: S608  own words
        f" (SELECT coalesce(sum({kind.due}), 0) {of_lines}) AS amount,"
        f" (SELECT count(*) {of_lines} AND {kind.due} > 0) AS employees,"
        f" (SELECT coalesce(sum(p.amount), 0) FROM payments p WHERE p.number = c.{kind.column})"
        f" AS paid FROM contributions c JOIN employers e ON e.code = {OF}"
        f" WHERE c.status = '{SUBMITTED}' AND c.{kind.column} != ''"
    )


LISTED = f"{OF} = ? AND c.visible_from <= ? AND (? = '' OR c.month = ?)"


def count_records(kind: Kind, employer: str, month: date | None) -> int:
    """How many an employer has, of one month or of all; what is listed late is not there yet."""
    sql = (
        f"SELECT coalesce(sum({OFTEN}), 0) FROM contributions c WHERE c.status = '{SUBMITTED}'"  # noqa: S608  own words
        f" AND c.{kind.column} != '' AND {LISTED}"
    )
    count: int = shell.database().execute(sql, _listed(employer, month)).fetchone()[0]
    return count


def _listed(employer: str, month: date | None) -> tuple[Any, ...]:
    wanted = contributions.kept(month) if month else ""
    return (employer, state.visible(), wanted, wanted)


def records(
    kind: Kind, employer: str, month: date | None, first: int, most: int
) -> list[sqlite3.Row]:
    """A page of them, newest first."""
    return listing.as_often(
        shell.database()
        .execute(
            f"{_select(kind)} AND {LISTED} ORDER BY c.submitted DESC, c.id DESC LIMIT ? OFFSET ?",
            (*_listed(employer, month), most, first),
        )
        .fetchall()
    )


def find(kind: Kind, number: str) -> sqlite3.Row | None:
    """The submission with that number, whosever it is, also while it is listed late."""
    row: sqlite3.Row | None = (
        shell.database().execute(f"{_select(kind)} AND c.{kind.column} = ?", (number,)).fetchone()
    )
    return row


def kind_of(number: str) -> Kind | None:
    """The kind that a number's letters say."""
    return KINDS.get(number[:3].lower())


def lines(kind: Kind, record: sqlite3.Row, first: int, most: int) -> list[dict[str, Any]]:
    """The workers of whom something is due: wages, both shares, SKBBK, total."""
    rows = shell.database().execute(
        "SELECT l.* FROM contribution_lines l WHERE l.contribution = ?"  # noqa: S608  own words
        f" AND {kind.due} > 0 ORDER BY l.id LIMIT ? OFFSET ?",
        (record["id"], most, first),
    )
    employer, employee, *_ = kind.columns
    return [
        {
            "number": row["number"], "name": listing.shown(record, "name", row["name"]),
            "wages": row["wages"],
            "employer": row[employer], "employee": row[employee], "skbbk": row["skbbk"],
            "total": sum(row[name] for name in kind.columns),
        }
        for row in rows
    ]  # fmt: skip


# --- payments ----------------------------------------------------------------------------------


def payments(number: str) -> list[sqlite3.Row]:
    """What came for that number, in order."""
    return (
        shell.database()
        .execute("SELECT * FROM payments WHERE number = ? ORDER BY id", (number,))
        .fetchall()
    )


def status(record: sqlite3.Row) -> str:
    """Unpaid, Partially Paid or Paid."""
    if record["paid"] >= record["amount"]:
        return PAID
    return PARTIALLY if record["paid"] else UNPAID


def pay(number: str, amount: int | None, day: date) -> str:
    """A payment came; without an amount all that is open. Gives the receipt's number.

    Raises ValueError with a sentence for an unknown number, or for more than is open.
    """
    kind = kind_of(number)
    record = find(kind, number) if kind else None
    if kind is None or record is None:
        raise ValueError(f"No contribution has the number {number!r}.")
    left = record["amount"] - record["paid"]
    amount = left if amount is None else amount
    if not 0 < amount <= left:
        raise ValueError(f"{amount} sen cannot be paid; {left} sen are open.")
    db = shell.database()
    letter = "E" if kind.act is EIS else ""
    receipt = f"{day:%Y}{letter}{state.count(db, f'receipt {kind.column}'):010}"
    db.execute(
        "INSERT INTO payments (number, amount, date, receipt) VALUES (?, ?, ?, ?)",
        (number, amount, f"{day:{state.DATE}}", receipt),
    )
    return receipt


def late_interest(record: sqlite3.Row) -> int:
    """FCLB in sen; 0 without delay (facts 8.6).

    6 % a year for each day after the 15th of the next month, of what was open on it; less than
    RM5 is RM5, more is rounded up to the next RM5.
    """
    due = _due_day(contributions.first_day(record["month"]))
    parts = [(row["amount"], rules.day(row["date"])) for row in payments(record["number"])]
    parts.append((record["amount"] - record["paid"], state.today(shell.database())))
    owed = sum(amount * max((day - due).days, 0) for amount, day in parts)
    steps: int = -(-owed * 6 // (100 * 365 * INTEREST_STEP))
    return steps * INTEREST_STEP


def _due_day(month: date) -> date:
    return (rules.last_day(month) + timedelta(days=1)).replace(day=DUE_DAY)


# --- the slip ----------------------------------------------------------------------------------


def slip(kind: Kind, record: sqlite3.Row) -> list[str]:
    """What Print ACR and Print ECR print."""
    names = {
        "socso_employer": "SOCSO Employer", "socso_employee": "SOCSO Employee", "skbbk": "SKBBK",
        "eis_employer": "EIS Employer", "eis_employee": "EIS Employee",
    }  # fmt: skip
    sums = contributions.totals(record).sums
    month = contributions.first_day(record["month"])
    return [
        "PERTUBUHAN KESELAMATAN SOSIAL - PORTAL LATIHAN / PRACTICE PORTAL",
        "",
        f"{kind.prefix} No.: {record['number']}",
        f"Employer Code: {record['employer']}",
        f"Employer Name: {record['employer_name']}",
        f"Contribution Month: {contributions.shown(month)}",
        f"Contribution Type: {record['type']}",
        f"Number of Employee(s): {record['employees']}",
        *(f"{names[name]} (RM): {rules.money(sums[name])}" for name in kind.columns),
        f"Total (RM): {rules.money(record['amount'])}",
        f"Received Date: {record['received']}",
        "",
        "This slip has no legal effect. / Slip ini tiada kesan undang-undang.",
    ]
