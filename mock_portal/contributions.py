"""Monthly contributions: months, drafts, lines and submissions, and their sums (facts 8; QRG 4).

``contributions`` holds one row for a month of an employer and an act, from the first click to the
submission; ``contribution_lines`` one row for each worker in it. Amounts are whole sen, months
are YYYY-MM in the database and MM/YYYY on the screens.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from mock_portal import contribution_rules as rules
from mock_portal import shell, state
from mock_portal.contribution_rules import Amounts, Insured
from mock_portal.listing import Listing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

# Working: opened and not saved, so in no list; it is its visitor's own.
WORKING, DRAFT, SUBMITTED = "Working", "Draft", "Submitted"
MONTHLY, ARREARS, SHORT = "Monthly", "Arrears", "Short"
TYPES = (MONTHLY, ARREARS, SHORT)
AT_ONCE = Listing()
FURTHEST_BACK = 24  # assumed: months that Arrears and Short offer

# assumed: these five sentences
SAVE_FIRST = "Please save draft before submit."
INCOMPLETE = "There are incomplete record(s)."
NOTHING = "No contribution to submit."
SUBMITTED_ALREADY = "Contribution has been submitted."
MONTH_SUBMITTED = "Contribution month is already submitted."
LOWER = "Wages cannot be less than submitted."


class Act(NamedTuple):
    """One of the three screens: what it files, and where.

    ``columns`` are fields of ``Amounts``; ``overlaps`` are the screens (this one too) of which a
    submission means that the month is not pending here.
    """

    key: str
    title: str
    address: str
    columns: tuple[str, ...]
    overlaps: tuple[str, ...]


SOCSO_COLUMNS = ("socso_employer", "socso_employee", "skbbk")
EIS_COLUMNS = ("eis_employer", "eis_employee")
ROOT = "/web/contribution/contribution"
COMBINED = Act(
    "combined", "SOCSO + EIS", f"{ROOT}/socso-eis", SOCSO_COLUMNS + EIS_COLUMNS,
    ("combined", "socso", "eis"),
)  # fmt: skip
SOCSO = Act("socso", "SOCSO", f"{ROOT}/socso/new-submission", SOCSO_COLUMNS, ("combined", "socso"))
EIS = Act("eis", "EIS", f"{ROOT}/eis/new-submission", EIS_COLUMNS, ("combined", "eis"))
ACTS = {act.key: act for act in (COMBINED, SOCSO, EIS)}


# --- months ------------------------------------------------------------------------------------


def month_of(text: str) -> date | None:
    """MM/YYYY as the month's first day; None when it is none."""
    try:
        found = datetime.strptime(text, "%m/%Y").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        return None
    return found if len(text) == len("mm/yyyy") else None


def kept(month: date) -> str:
    """A month as the database has it."""
    return f"{month:%Y-%m}"


def first_day(month: str) -> date:
    """The first day of a month out of the database."""
    return date.fromisoformat(f"{month}-01")


def shown(month: date) -> str:
    """A month as the screens have it."""
    return f"{month:%m/%Y}"


def this_month() -> date:
    """The month of the portal's clock."""
    return state.today(shell.database()).replace(day=1)


def submitted_months(employer: str, acts: Sequence[str]) -> set[date]:
    """What was submitted on one of these screens; what is listed late is not yet."""
    rows = shell.database().execute(
        f"SELECT DISTINCT month FROM contributions WHERE employer = ? AND status = '{SUBMITTED}'"  # noqa: S608  own words
        f" AND visible_from <= ? AND act IN ({', '.join('?' * len(acts))})",
        (employer, state.visible(), *acts),
    )
    return {first_day(row["month"]) for row in rows}


def pending_months(act: Act, employer: str) -> list[date]:
    """This month and the one before, without what was submitted; oldest first (facts 8.2)."""
    # assumed: which months are pending
    done = submitted_months(employer, act.overlaps)
    now = this_month()
    return [month for month in (rules.months_before(now, 1), now) if month not in done]


def arrears_months(act: Act, employer: str) -> list[date]:
    """What was not submitted and is not pending any more, newest first."""
    done = submitted_months(employer, act.overlaps)
    back = (rules.months_before(this_month(), n) for n in range(2, FURTHEST_BACK + 1))
    return [month for month in back if month not in done]


def short_months(act: Act, employer: str) -> list[date]:
    """What was submitted for all that this screen files, newest first."""
    sides = [SOCSO, EIS] if act is COMBINED else [act]
    done = [submitted_months(employer, side.overlaps) for side in sides]
    oldest = rules.months_before(this_month(), FURTHEST_BACK)
    return sorted((m for m in set.intersection(*done) if m >= oldest), reverse=True)


def may_open(act: Act, employer: str, month: date, kind: str) -> bool:
    """Whether this screen offers that month for that type."""
    offered = {MONTHLY: pending_months, ARREARS: arrears_months, SHORT: short_months}
    return month in offered[kind](act, employer)


# --- who worked in a month ---------------------------------------------------------------------


def _sortable(column: str) -> str:
    """SQL: a dd/mm/yyyy as yyyymmdd."""
    return f"substr({column}, 7) || substr({column}, 4, 2) || substr({column}, 1, 2)"


# Who is on the books twice (left and came back) stands with his latest line. A foreign worker
# goes by his SSFW number, as in the text file.  # assumed: also on the screens
BOOKS = (
    "SELECT max(w.id) AS id, w.nric, coalesce(nullif(p.ssfw, ''), w.nric) AS number, w.name,"
    " w.birth, w.start, w.kind, w.details, coalesce(p.contributed, 1) AS contributed"
    " FROM workers w LEFT JOIN persons p USING (nric)"
    " WHERE w.employer = ? AND w.visible_from <= ?"
)
WORKED = (
    f"{BOOKS} AND {_sortable('w.start')} <= ?"
    f" AND (w.resigned = '' OR {_sortable('w.resigned')} >= ?) GROUP BY w.nric ORDER BY id"
)


def _worked_in(employer: str, month: date) -> tuple[Any, ...]:
    last = rules.last_day(month)
    return (employer, state.visible(), f"{last:%Y%m%d}", f"{month:%Y%m%d}")


def workers(employer: str, month: date) -> list[sqlite3.Row]:
    """Who worked in that month: began by its last day, had not left before its first."""
    return shell.database().execute(WORKED, _worked_in(employer, month)).fetchall()


def count_workers(employer: str, month: date) -> int:
    """How many."""
    sql = f"SELECT count(*) FROM ({WORKED})"  # noqa: S608  own words
    count: int = shell.database().execute(sql, _worked_in(employer, month)).fetchone()[0]
    return count


def worker(employer: str, nric: str) -> sqlite3.Row:
    """One who is or was on the books."""
    row: sqlite3.Row = (
        shell.database()
        .execute(f"{BOOKS} AND w.nric = ? GROUP BY w.nric", (employer, state.visible(), nric))
        .fetchone()
    )
    return row


def insured(row: sqlite3.Row) -> Insured:
    """What a line of the books says about him, as the schedule needs it.

    assumed: without a day of his first contribution a person whom the portal knows to have
    contributed began long ago, and another began when he came here.
    """
    details = json.loads(row["details"])
    first = details.get("first_contribution", "")
    if not first and not row["contributed"]:
        first = row["start"]
    return Insured(
        rules.day(row["birth"]),
        row["kind"] == "foreign",
        rules.day(first) if first else None,
        bool(details.get("skbbk_opt_out")),
    )


def amounts(act: Act, row: sqlite3.Row, month: date, wages: int) -> Amounts:
    """What is due on this screen for a worker with these wages."""
    whole = rules.amounts(insured(row), month, wages)
    return whole._replace(**{name: 0 for name in whole._fields if name not in act.columns})


# --- drafts ------------------------------------------------------------------------------------


def find(number: int, email: str) -> sqlite3.Row | None:
    """A contribution of one of the visitor's employers; what nobody saved is its visitor's own."""
    row: sqlite3.Row | None = (
        shell.database()
        .execute(
            "SELECT c.*, e.name AS employer_name FROM contributions c"  # noqa: S608  own words
            " JOIN employers e ON e.code = c.employer"
            " JOIN holdings h ON h.employer = c.employer AND h.email = ?"
            f" WHERE c.id = ? AND (c.status != '{WORKING}' OR c.email = h.email)",
            (email, number),
        )
        .fetchone()
    )
    return row


def drafts(act: Act, employer: str) -> list[sqlite3.Row]:
    """Unsubmitted contributions, oldest month first, with how many workers have one."""
    return (
        shell.database()
        .execute(
            f"SELECT c.*, (SELECT {EMPLOYEES} FROM contribution_lines l WHERE"  # noqa: S608  own words
            f" l.contribution = c.id) AS employees FROM contributions c WHERE status = '{DRAFT}'"
            " AND act = ? AND employer = ? ORDER BY month, id",
            (act.key, employer),
        )
        .fetchall()
    )


def _new(act: Act, employer: str, month: date, kind: str, email: str) -> int:
    cursor = shell.database().execute(
        "INSERT INTO contributions (act, employer, month, type, email, status)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (act.key, employer, kept(month), kind, email, WORKING),
    )
    return int(cursor.lastrowid or 0)


# One draft for an act, an employer, a month and a type.
DRAFT_OF = (
    "SELECT id FROM contributions WHERE act = ? AND employer = ? AND month = ? AND type = ?"  # noqa: S608  own words
    f" AND status = '{DRAFT}'"
)


def open_month(act: Act, employer: str, month: date, kind: str, email: str) -> int:
    """The draft that is there, brought up to date with the books; else an empty month.

    What the visitor had opened before and not saved is forgotten.
    """
    db, key = shell.database(), (act.key, employer, kept(month), kind)
    draft = db.execute(DRAFT_OF, key).fetchone()
    unsaved = db.execute(
        f"SELECT id FROM contributions WHERE status = '{WORKING}' AND act = ? AND employer = ?"  # noqa: S608  own words
        " AND email = ?",
        (act.key, employer, email),
    )
    for row in unsaved.fetchall():
        remove(row["id"])
    number: int = draft["id"] if draft else _new(act, employer, month, kind, email)
    follow_books(number)
    return number


def follow_books(number: int) -> None:
    """The lines of a draft are those who worked in its month, and with Short who was filed."""
    db = shell.database()
    draft = db.execute("SELECT * FROM contributions WHERE id = ?", (number,)).fetchone()
    there = _worked_in(draft["employer"], first_day(draft["month"]))
    before = filed(draft) if draft["type"] == SHORT else {}
    db.executemany(
        "INSERT OR IGNORE INTO contribution_lines"
        " (contribution, nric, number, name, filed_wages, wages) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, *tuple(row)[:3], row["wages"], row["wages"]) for row in before.values()],
    )
    db.execute(
        "INSERT INTO contribution_lines (contribution, nric, number, name)"  # noqa: S608  own words
        f" SELECT ?, nric, number, name FROM ({WORKED}) WHERE true"
        " ON CONFLICT DO UPDATE SET number = excluded.number, name = excluded.name",
        (number, *there),
    )
    db.execute(
        "DELETE FROM contribution_lines WHERE contribution = ? AND filed_wages = 0"  # noqa: S608  own words
        f" AND nric NOT IN (SELECT nric FROM ({WORKED}))",
        (number, *there),
    )


def filed(draft: sqlite3.Row) -> dict[str, sqlite3.Row]:
    """What was submitted of the draft's month, by nric: number, name, wages and amounts.

    The wages are those of the draft's own act, and of SOCSO where it files both.
    """
    side = EIS if draft["act"] == EIS.key else SOCSO
    sums = ", ".join(f"sum(l.{name}) AS {name}" for name in Amounts._fields)
    rows = shell.database().execute(
        "SELECT l.nric, max(l.number) AS number, max(l.name) AS name,"  # noqa: S608  own words
        f" sum(CASE WHEN c.act IN {side.overlaps} THEN l.wages ELSE 0 END) AS wages, {sums}"
        " FROM contributions c JOIN contribution_lines l ON l.contribution = c.id"
        f" WHERE c.employer = ? AND c.month = ? AND c.status = '{SUBMITTED}' AND NOT c.again"
        " AND c.visible_from <= ? GROUP BY l.nric ORDER BY min(l.id)",
        (draft["employer"], draft["month"], state.visible()),
    )
    return {row["nric"]: row for row in rows}


def set_wages(draft: sqlite3.Row, nric: str, wages: int) -> None:
    """A worker's wages, and what they make due. Raises ValueError with a sentence."""
    act = ACTS[draft["act"]]
    row = worker(draft["employer"], nric)
    due = amounts(act, row, first_day(draft["month"]), wages)
    if draft["type"] == SHORT:
        due = _above_filed(act, filed(draft).get(nric), wages, due)
    sets = ", ".join(f"{name} = ?" for name in Amounts._fields)
    shell.database().execute(
        f"UPDATE contribution_lines SET wages = ?, {sets}, saved = 1, complete = ?"  # noqa: S608  own words
        " WHERE contribution = ? AND nric = ?",
        # On the combined screen no COMPLETE is drawn (facts 8.3).
        (wages, *due, act is COMBINED, draft["id"], nric),
    )


def _above_filed(act: Act, before: sqlite3.Row | None, wages: int, due: Amounts) -> Amounts:
    """Only the difference to what was filed; never less than that."""
    if before is None:
        return due
    differences = {name: getattr(due, name) - before[name] for name in act.columns}
    if wages < before["wages"] or min(differences.values()) < 0:
        raise ValueError(LOWER)
    return Amounts(**differences)


def save_draft(draft: sqlite3.Row) -> None:
    """Keep it in the list of drafts; its Received Date is the day of the first time."""
    # assumed: where another draft of the month is there meanwhile, the last one saved stands
    db = shell.database()
    key = (draft["act"], draft["employer"], draft["month"], draft["type"])
    for row in db.execute(DRAFT_OF, key).fetchall():
        if row["id"] != draft["id"]:
            remove(row["id"])
    db.execute(
        "UPDATE contributions SET status = ?, received = coalesce(nullif(received, ''), ?)"
        " WHERE id = ?",
        (DRAFT, f"{state.today(db):{state.DATE}}", draft["id"]),
    )


def complete(draft: sqlite3.Row) -> None:
    """Every line whose wages were saved is complete."""
    shell.database().execute(
        "UPDATE contribution_lines SET complete = 1 WHERE contribution = ? AND saved",
        (draft["id"],),
    )


def remove(number: int) -> None:
    """Throw a draft away."""
    db = shell.database()
    db.execute("DELETE FROM contribution_lines WHERE contribution = ?", (number,))
    db.execute("DELETE FROM contributions WHERE id = ?", (number,))


def replace_draft(
    act: Act,
    employer: str,
    month: date,
    email: str,
    lines: Iterable[tuple[str, int, Amounts]],
) -> int:
    """A whole month at once: nric, wages and amounts; who is not in it has 0.00, complete.

    The month's draft, if there is one, is replaced. A month that is not pending is Arrears.
    """
    db = shell.database()
    kind = MONTHLY if month in pending_months(act, employer) else ARREARS
    number = _new(act, employer, month, kind, email)
    follow_books(number)
    sets = ", ".join(f"{name} = ?" for name in Amounts._fields)
    db.executemany(
        f"UPDATE contribution_lines SET wages = ?, {sets} WHERE contribution = ? AND nric = ?",  # noqa: S608  own words
        ((wages, *due, number, nric) for nric, wages, due in lines),
    )
    db.execute(
        "UPDATE contribution_lines SET saved = 1, complete = 1 WHERE contribution = ?", (number,)
    )
    row = db.execute("SELECT * FROM contributions WHERE id = ?", (number,)).fetchone()
    save_draft(row)
    return number


# --- sums --------------------------------------------------------------------------------------

# SQL: what is due for a line, and how many lines have something.
DUE = " + ".join(f"l.{name}" for name in Amounts._fields)
EMPLOYEES = f"coalesce(sum(l.wages > l.filed_wages OR {DUE} > 0), 0)"


class Totals(NamedTuple):
    """Sums of a contribution's lines; with Short of what comes on top of what was filed.

    ``sums`` and ``counts`` have "wages" and the fields of ``Amounts``; a count is of the workers
    with a value above zero. ``open`` are the lines that stop SUBMIT.
    """

    sums: dict[str, int]
    counts: dict[str, int]
    grand: int
    employees: int
    open: int


def totals(draft: sqlite3.Row) -> Totals:
    """The sums, made by the database."""
    names = ("wages", *Amounts._fields)
    value = {name: f"l.{name}" for name in names} | {"wages": "(l.wages - l.filed_wages)"}
    asked = [f"sum({value[n]}) AS sum_{n}, sum({value[n]} > 0) AS count_{n}" for n in names]
    wanted = "l.saved" if draft["type"] == SHORT else "1"
    row = (
        shell.database()
        .execute(
            f"SELECT {', '.join(asked)}, {EMPLOYEES} AS employees,"  # noqa: S608  own words
            f" sum({wanted} AND NOT l.complete) AS open FROM contribution_lines l"
            " WHERE l.contribution = ?",
            (draft["id"],),
        )
        .fetchone()
    )
    sums = {name: row[f"sum_{name}"] or 0 for name in names}
    counts = {name: row[f"count_{name}"] or 0 for name in names}
    grand = sum(sums[name] for name in Amounts._fields)
    return Totals(sums, counts, grand, row["employees"], row["open"] or 0)


SEARCHED = "(? = '' OR l.number = ? OR l.nric = ? OR instr(upper(l.name), upper(?)))"


def count_lines(draft: sqlite3.Row, text: str) -> int:
    """How many workers the search finds; an empty text finds all."""
    sql = f"SELECT count(*) FROM contribution_lines l WHERE contribution = ? AND {SEARCHED}"  # noqa: S608  own words
    values = (draft["id"], text, text, text, text)
    count: int = shell.database().execute(sql, values).fetchone()[0]
    return count


def lines(draft: sqlite3.Row, text: str, first: int, most: int) -> list[sqlite3.Row]:
    """A page of them, in the order of the books."""
    return (
        shell.database()
        .execute(
            f"SELECT l.* FROM contribution_lines l WHERE contribution = ? AND {SEARCHED}"  # noqa: S608  own words
            " ORDER BY l.id LIMIT ? OFFSET ?",
            (draft["id"], text, text, text, text, most, first),
        )
        .fetchall()
    )


def line(draft: sqlite3.Row, number: int) -> sqlite3.Row | None:
    """One line of this contribution."""
    row: sqlite3.Row | None = (
        shell.database()
        .execute(
            "SELECT * FROM contribution_lines WHERE contribution = ? AND id = ?",
            (draft["id"], number),
        )
        .fetchone()
    )
    return row


# --- the submission ----------------------------------------------------------------------------


def refusal(draft: sqlite3.Row) -> str:
    """Why this cannot be submitted; empty when it can."""
    if draft["status"] == SUBMITTED:
        return SUBMITTED_ALREADY
    if draft["status"] != DRAFT:
        return SAVE_FIRST
    act, month = ACTS[draft["act"]], first_day(draft["month"])
    if draft["type"] != SHORT and month in submitted_months(draft["employer"], act.overlaps):
        return MONTH_SUBMITTED
    sums = totals(draft)
    if sums.open:
        return INCOMPLETE
    return "" if sums.grand else NOTHING


def came_again(draft: sqlite3.Row, token: str) -> bool:
    """Whether this very request has filed the draft before: the browser sent it twice."""
    return bool(token) and draft["status"] == SUBMITTED and draft["token"] == token


def file(draft: sqlite3.Row, token: str, listed: Listing = AT_ONCE) -> int:
    """Submit; gives the number of the submitted contribution.

    assumed, and on purpose the dangerous way: the same request that comes again files again,
    with numbers of its own, so that it is seen in the count.
    """
    db = shell.database()
    number: int = _copy(draft) if draft["status"] == SUBMITTED else draft["id"]
    covers = [(side, name) for side, name in ((SOCSO, "ACR"), (EIS, "ECR")) if _files(draft, side)]
    given = {name: next_number(name) for _, name in covers}
    db.execute(
        "UPDATE contributions SET status = ?, submitted = ?, received = ?, acr = ?, ecr = ?,"
        " token = ?, visible_from = ?, listing = ? WHERE id = ?",
        (
            SUBMITTED, state.now(db).isoformat(), f"{state.today(db):{state.DATE}}",
            given.get("ACR", ""), given.get("ECR", ""), token, *listed, number,
        ),
    )  # fmt: skip
    if draft["type"] == SHORT:
        _keep_difference(number)
    return number


def _files(draft: sqlite3.Row, side: Act) -> bool:
    return draft["act"] in side.overlaps


def next_number(prefix: str) -> str:
    """ACR or ECR, month, 2, two digits of the year, running number (facts 8.5, inferred)."""
    db = shell.database()
    return f"{prefix}{state.today(db):%m}2{state.today(db):%y}{state.count(db, prefix):07}"


def _keep_difference(number: int) -> None:
    """A Short submission holds only what comes on top, and only of whom it concerns."""
    db = shell.database()
    db.execute(
        "DELETE FROM contribution_lines AS l WHERE contribution = ?"  # noqa: S608  own words
        f" AND (NOT saved OR (wages = filed_wages AND {DUE} = 0))",
        (number,),
    )
    db.execute(
        "UPDATE contribution_lines SET wages = wages - filed_wages, filed_wages = 0"
        " WHERE contribution = ?",
        (number,),
    )


def _copy(draft: sqlite3.Row) -> int:
    db = shell.database()
    cursor = db.execute(
        "INSERT INTO contributions (act, employer, month, type, email, status, again)"
        " SELECT act, employer, month, type, email, status, 1 FROM contributions WHERE id = ?",
        (draft["id"],),
    )
    number = int(cursor.lastrowid or 0)
    columns = ", ".join(("nric", "number", "name", "wages", *Amounts._fields, "saved", "complete"))
    db.execute(
        f"INSERT INTO contribution_lines (contribution, {columns})"  # noqa: S608  own words
        f" SELECT ?, {columns} FROM contribution_lines WHERE contribution = ? ORDER BY id",
        (number, draft["id"]),
    )
    return number
