"""The control port: what the portal received, what may go wrong, what day it is. JSON only.

It is on a port of its own, so that the browser under test never sees it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, g, request

from mock_portal import casework, faults, seed, shell, state, worker_data
from mock_portal import contribution_control as contribution
from mock_portal import contribution_rules as rules
from mock_portal.listing import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.json.provider import DefaultJSONProvider

GUIDE = {
    "GET /received": "every POST in order: n, at, method, path, action, session, fields, status",
    "GET /filings": "submitted cases with workers, employer_form and documents, and what was sent"
    " after an inquiry (procedure add_documents); commits counts presses",
    "GET /drafts": "cases saved and not submitted",
    "GET /contributions": "submitted contributions, oldest first: acr, ecr, act, employer, month,"
    " type, received, again, lines, paid, totals; amounts in sen",
    "GET /contribution_drafts": "the same of those saved and not submitted",
    "GET /workers?employer=CODE": "workers on the portal's books, with those listed late;"
    " resigned is the day of who has left, dd/mm/yyyy",
    "GET /employers": "code, name, status, eis_status and details of all",
    "GET /logins": "every try, with how many sessions were alive",
    "GET /sessions": "live now, and the most that were alive at a time",
    "GET /faults": "all faults, and those that are armed",
    "GET /settings": "the settings as they stand",
    "POST /arm": '{"fault": name, "times": 1, "on": "", "skip": 0, and the fault\'s own keys}',
    "POST /disarm": '{"fault": name} or {} for all',
    "POST /date": '{"today": "YYYY-MM-DD" or null}',
    "POST /settings": "any of the settings",
    "POST /account": '{"email": e, password, phrase, name, failed, locked, code, terms,'
    ' must_change_password, reminder, employers}',
    "POST /person": '{"nric": n, or "passport": n of a foreigner, name, birth, gender, race,'
    ' nationality, contributed, blocked, ssfw, immigration_mismatch}',
    "POST /worker": '{"employer": code, "nric": n, "start": "dd/mm/yyyy", name, birth, gender,'
    ' kind, ssfw, resigned, details}, or many of them: {"workers": [...]}; all are taken or none;'
    ' details such as {"skbbk_opt_out": true, "first_contribution": "dd/mm/yyyy"}',
    "POST /contribution": '{"employer": code, "month": "MM/YYYY", "act": "combined", "socso" or'
    ' "eis", "type": "Monthly", "lines": [{"nric": n, "wages": sen}]}: filed by another hand',
    "POST /payment": '{"number": an ACR or ECR, "amount": sen, "date": "dd/mm/yyyy"}; without'
    " amount all that is open, without date today",
    "POST /employer": '{"code": c, name, brn, liability_date, entity, status, reason,'
    ' eis_status, details}',
    "POST /decide": '{"reference": r, "status": "Approved", "Under Query" or "Rejected",'
    ' "reason": ""}: what the officer finds',
    "POST /show": "{}: what was listed late is listed from now on",
    "POST /reset": '{"seed": "default"}',
}  # fmt: skip
ACCOUNT = ("password", "phrase", "name", "failed", "locked", "code", "terms",
           "must_change_password", "reminder")  # fmt: skip
PERSON = ("name", "birth", "gender", "race", "nationality", "contributed", "blocked", "ssfw",
          "immigration_mismatch")  # fmt: skip
EMPLOYER = ("name", "brn", "liability_date", "entity", "status", "reason", "eis_status",
            "details")  # fmt: skip
WORKER = ("employer", "nric", "start", "name", "birth", "gender", "kind", "ssfw", "resigned",
          "details")  # fmt: skip


def create(store: state.Store) -> Flask:
    """The control application on the portal's memory."""
    app = Flask("mock_portal.control")
    app.extensions["store"] = store
    cast("DefaultJSONProvider", app.json).sort_keys = False
    app.before_request(_open)
    app.teardown_request(_close)
    app.register_error_handler(ValueError, lambda error: ({"error": str(error)}, 400))
    for path, reader in READERS.items():
        app.add_url_rule(path, path, reader)
    for path, writer in WRITERS.items():
        app.add_url_rule(path, f"POST {path}", _writing(writer), methods=["POST"])
    return app


def _open() -> None:
    g.db = shell.store().connect()


def _close(_: BaseException | None) -> None:
    db = g.pop("db", None)
    if db is not None:
        db.close()


def _writing(writer: Callable[[dict[str, Any]], Any]) -> Callable[[], Any]:
    def answer() -> Any:
        # Whatever type the caller states: curl and urllib call a bare body a form.
        try:
            wanted = dict(json.loads(request.get_data() or b"{}"))
        except (ValueError, TypeError):
            raise ValueError("The body must be a JSON object.") from None
        with state.transaction(shell.database()):
            return writer(wanted) or {"ok": True}

    return answer


def _rows(sql: str, *values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in shell.database().execute(sql, values).fetchall()]


# --- reading -----------------------------------------------------------------------------------


def index() -> dict[str, Any]:
    """What this port offers."""
    return GUIDE


def received() -> list[dict[str, Any]]:
    """Every POST in order; names of fields only. ``status`` is null when no answer left."""
    rows = _rows("SELECT * FROM posts ORDER BY n")
    return [row | {"fields": json.loads(row["fields"])} for row in rows]


def _case(row: sqlite3.Row) -> dict[str, Any]:
    procedure = casework.PROCEDURES[row["procedure"]]
    lines = shell.database().execute(
        "SELECT data, file FROM lines WHERE case_id = ? ORDER BY id", (row["id"],)
    )
    return {
        "id": row["id"], "procedure": row["procedure"], "reference": row["reference"],
        "draft_reference": row["draft_reference"], "again": bool(row["again"]),
        "employer": row["employer"], "email": row["email"], "status": row["status"],
        "submitted_at": row["submitted"],
        "workers": [
            procedure.shown(json.loads(line["data"])) | _sum(line["file"]) for line in lines
        ],
        "employer_form": procedure.form_shown(casework.case_data(row)),
        "documents": [_paper(paper) for paper in _papers(row) if _was_there(row, paper["id"])],
    }  # fmt: skip


def _was_there(case: sqlite3.Row, paper: int) -> bool:
    """Whether the paper came with the case itself, and not after an officer's inquiry."""
    desk = casework.desk(case)
    later = {number for left in desk["exits"] for number in left["papers"]}
    return paper not in later and (not desk["inquiry"] or paper <= desk["sent"])


def _papers(case: sqlite3.Row) -> list[sqlite3.Row]:
    return (
        shell.database()
        .execute("SELECT * FROM documents WHERE case_id = ? ORDER BY id", (case["id"],))
        .fetchall()
    )


def _sum(file: bytes) -> dict[str, str]:
    """Of a file that is there."""
    return {"sha256": hashlib.sha256(file).hexdigest()} if file else {}


def _paper(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "type": row["type"], "file": row["file"], "remarks": row["remarks"],
        "size": len(row["content"]), **_sum(row["content"]),
    }  # fmt: skip


def _exits(case: sqlite3.Row) -> list[dict[str, Any]]:
    """What was sent after an officer's inquiry: each EXIT as a filing of its own."""
    papers = {row["id"]: row for row in _papers(case)}
    return [
        _case(case)
        | {
            "procedure": "add_documents", "draft_reference": "", "again": left["again"],
            "submitted_at": left["at"], "workers": [], "employer_form": {},
            "documents": [_paper(papers[number]) for number in left["papers"]],
        }
        for left in casework.desk(case)["exits"]
    ]  # fmt: skip


def filings() -> dict[str, Any]:
    """What was submitted, oldest first. ``commits`` counts every CONFIRM that filed something."""
    rows = (
        shell.database()
        .execute("SELECT * FROM cases WHERE submitted != '' ORDER BY submitted, id")
        .fetchall()
    )
    found = [_case(row) for row in rows] + [left for row in rows for left in _exits(row)]
    return {"commits": len(found), "filings": sorted(found, key=lambda f: f["submitted_at"])}


def drafts() -> list[dict[str, Any]]:
    """Cases saved and not submitted."""
    rows = shell.database().execute("SELECT * FROM cases WHERE status = 'Draft' ORDER BY id")
    return [_case(row) for row in rows.fetchall()]


def workers() -> list[dict[str, Any]]:
    """The books of one employer, or of all."""
    code = request.args.get("employer", "")
    rows = _rows(
        "SELECT w.*, coalesce(p.ssfw, '') AS ssfw FROM workers w LEFT JOIN persons p USING (nric)"
        " WHERE ? IN ('', employer) ORDER BY w.id",
        code,
    )
    return [
        row
        | {
            "passport": row["nric"] if row["kind"] == "foreign" else "",
            "details": _texts(json.loads(row["details"])),
        }
        for row in rows
    ]


def employers() -> list[dict[str, Any]]:
    """Every employer; ``details`` as they are kept, with the keys of the form's choices."""
    rows = _rows("SELECT code, name, status, eis_status, details FROM employers ORDER BY rowid")
    return [row | {"details": json.loads(row["details"])} for row in rows]


def _texts(details: dict[str, Any]) -> dict[str, str]:
    return {field: worker_data.text_of(details, field) for field in details}


def logins() -> list[dict[str, Any]]:
    """Every try to log in."""
    return _rows("SELECT * FROM logins ORDER BY n")


def sessions() -> dict[str, Any]:
    """Who is signed in. A second log-in counts as a session beside the first, which it ends."""
    rows = _rows("SELECT * FROM sessions ORDER BY started")
    limit = state.settings(shell.database()).idle_limit
    live = [r for r in rows if r["ended"] is None and time.time() - r["seen"] <= limit]
    most = _rows(
        "SELECT coalesce(max(live), 0) AS one, coalesce(max(live_all), 0) AS n FROM logins"
    )
    return {
        "live": [{"email": r["email"], "session": shell.session_hash(r["id"])} for r in live],
        "most_at_a_time": most[0]["n"],
        "most_at_a_time_of_one_account": most[0]["one"],
        "ended_by_second_log_in": sum(r["ending"] == "second log-in" for r in rows),
    }


def all_faults() -> dict[str, Any]:
    """The registry, and what lies in wait."""
    known = [
        {"fault": f.name, "what": f.what, "on": f.on, **dict(f.options)}
        for f in faults.FAULTS.values()
    ]
    return {"faults": known, "armed": faults.armed(shell.database())}


def show_settings() -> dict[str, Any]:
    """The settings."""
    return asdict(state.settings(shell.database()))


READERS: dict[str, Callable[[], Any]] = {
    "/": index, "/received": received, "/filings": filings, "/drafts": drafts,
    "/contributions": contribution.submissions, "/contribution_drafts": contribution.drafts,
    "/workers": workers, "/employers": employers, "/logins": logins, "/sessions": sessions,
    "/faults": all_faults, "/settings": show_settings,
}  # fmt: skip


# --- writing -----------------------------------------------------------------------------------


def _known(wanted: dict[str, Any], allowed: tuple[str, ...], needed: tuple[str, ...] = ()) -> None:
    unknown = sorted(set(wanted) - set(allowed) - set(needed))
    if unknown:
        raise ValueError(f"Unknown keys: {', '.join(unknown)}.")
    missing = [key for key in needed if not wanted.get(key)]
    if missing:
        raise ValueError(f"Missing: {', '.join(missing)}.")


def arm(wanted: dict[str, Any]) -> None:
    """Lay a fault in wait."""
    faults.arm(shell.database(), wanted)


def disarm(wanted: dict[str, Any]) -> None:
    """Take faults away."""
    _known(wanted, ("fault",))
    faults.disarm(shell.database(), wanted.get("fault"))


def set_date(wanted: dict[str, Any]) -> dict[str, Any]:
    """Set the portal's date."""
    _known(wanted, ("today",))
    return asdict(state.change(shell.database(), {"today": wanted.get("today")}))


def set_settings(wanted: dict[str, Any]) -> dict[str, Any]:
    """Change settings."""
    return asdict(state.change(shell.database(), wanted))


def _upsert(db: sqlite3.Connection, table: str, key: str, wanted: dict[str, Any]) -> None:
    """Change the row with that key, or make it; a new one needs all that has no default."""
    values = {k: v for k, v in wanted.items() if k != key}
    found = db.execute(f"SELECT 1 FROM {table} WHERE {key} = ?", (wanted[key],)).fetchone()  # noqa: S608  names of this module
    columns = list(values)
    if found is None:
        names, marks = ", ".join([key, *columns]), ", ".join("?" * (len(columns) + 1))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  as above
        given = [wanted[key], *values.values()]
    else:
        if not columns:
            return
        sets = ", ".join(f"{column} = ?" for column in columns)
        sql = f"UPDATE {table} SET {sets} WHERE {key} = ?"  # noqa: S608  as above
        given = [*values.values(), wanted[key]]
    try:
        db.execute(sql, given)
    except sqlite3.Error as error:
        raise ValueError(f"Not enough, or not fit, for {table}: {error}.") from None


def set_account(wanted: dict[str, Any]) -> None:
    """Make or change a portal ID; ``employers`` replaces the list of those it holds."""
    _known(wanted, (*ACCOUNT, "employers"), ("email",))
    db = shell.database()
    held = wanted.pop("employers", None)
    _upsert(db, "accounts", "email", wanted)
    if held is None:
        return
    db.execute("DELETE FROM holdings WHERE email = ?", (wanted["email"],))
    db.executemany("INSERT INTO holdings VALUES (?, ?)", [(wanted["email"], c) for c in held])


def set_person(wanted: dict[str, Any]) -> None:
    """Make or change a known person; a passport instead of the nric makes a foreigner."""
    if "passport" in wanted and "nric" not in wanted:
        wanted = {**wanted, "nric": wanted["passport"], "kind": "foreign"}
        del wanted["passport"]
    _known(wanted, (*PERSON, "kind"), ("nric",))
    _upsert(shell.database(), "persons", "nric", wanted)


def decide(wanted: dict[str, Any]) -> None:
    """What the officer finds about a case that waits for him."""
    _known(wanted, ("reason",), ("reference", "status"))
    casework.decide(wanted["reference"], wanted["status"], str(wanted.get("reason", "")))


def set_employer(wanted: dict[str, Any]) -> None:
    """Make or change an employer; ``details`` are the employer form's fields, replaced whole."""
    _known(wanted, EMPLOYER, ("code",))
    if "details" in wanted:
        wanted = {**wanted, "details": json.dumps(wanted["details"], ensure_ascii=False)}
    _upsert(shell.database(), "employers", "code", wanted)


def add_workers(wanted: dict[str, Any]) -> None:
    """Put one worker, or many at once, on an employer's books."""
    many = wanted.get("workers", [wanted])
    if "workers" in wanted:
        _known(wanted, ("workers",))
    if not isinstance(many, list) or not all(isinstance(one, dict) for one in many):
        raise ValueError("workers is a list of objects.")
    for one in many:
        _known(one, WORKER, ("employer", "nric", "start"))
        _check_days(one)
    _add_persons(many)
    seed.add_workers(shell.database(), many)


def _check_days(worker: dict[str, Any]) -> None:
    details = worker.get("details", {})
    if not isinstance(details, dict):
        raise ValueError("details is an object.")  # noqa: TRY004  every refusal here is a 400
    given = [worker.get(key) for key in ("start", "birth", "resigned")]
    for text in (*given, details.get("first_contribution")):
        if text and worker_data.day(text) is None:
            raise ValueError(f"{text!r} is no day; write dd/mm/yyyy.")


def _add_persons(many: list[dict[str, Any]]) -> None:
    """A known person needs no name; whose name is given is known, and so, from now on."""
    db = shell.database()
    named = [one for one in many if {"name", "birth", "gender"} <= set(one)]
    db.executemany(
        "INSERT INTO persons (nric, name, birth, gender, kind, ssfw)"
        " VALUES (:nric, :name, :birth, :gender, :kind, :ssfw) ON CONFLICT (nric) DO UPDATE"
        " SET name = excluded.name, birth = excluded.birth, gender = excluded.gender",
        [{"kind": "local", "ssfw": "", **one} for one in named],
    )
    for column in ("kind", "ssfw"):
        db.executemany(
            f"UPDATE persons SET {column} = ? WHERE nric = ?",  # noqa: S608  names of this line
            [(one[column], one["nric"]) for one in many if column in one],
        )
    known = {row["nric"] for row in db.execute("SELECT nric FROM persons")}
    if not all(one["nric"] in known for one in many):
        raise ValueError("Nobody is known by this nric; give name, birth and gender too.")


def add_contribution(wanted: dict[str, Any]) -> dict[str, Any]:
    """File a month by another hand than the visitor's; the portal works the amounts out."""
    _known(wanted, ("type",), ("employer", "month", "act", "lines"))
    return {"ok": True, **contribution.file(wanted)}


def add_payment(wanted: dict[str, Any]) -> dict[str, Any]:
    """A payment came, at the bank."""
    _known(wanted, ("amount", "date"), ("number",))
    text, amount = str(wanted.get("date", "")), wanted.get("amount")
    if text and worker_data.day(text) is None:
        raise ValueError(f"{text!r} is no day; write dd/mm/yyyy.")
    if amount is not None and not isinstance(amount, int):
        raise ValueError(f"{amount!r} is no whole number of sen.")
    day = rules.day(text) if text else state.today(shell.database())
    receipt = contribution.pay(str(wanted["number"]), amount, day)
    return {"ok": True, "receipt": receipt}


def show(wanted: dict[str, Any]) -> None:
    """List from now on what was listed late."""
    _known(wanted, ())
    for table in ("cases", "workers", "contributions"):
        listed = f"UPDATE {table} SET visible_from = 0 WHERE visible_from < ?"  # noqa: S608  names of this line
        shell.database().execute(listed, (NEVER,))


def reset(wanted: dict[str, Any]) -> None:
    """Forget everything and begin with a seed again."""
    _known(wanted, ("seed",))
    name = wanted.get("seed", "default")
    if name not in seed.SEEDS:
        raise ValueError(f"No seed is named {name!r}.")
    db = shell.database()
    shell.store().wipe(db)
    seed.SEEDS[name](db)


WRITERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "/arm": arm, "/disarm": disarm, "/date": set_date, "/settings": set_settings,
    "/account": set_account, "/person": set_person, "/worker": add_workers,
    "/employer": set_employer, "/decide": decide, "/contribution": add_contribution,
    "/payment": add_payment, "/show": show, "/reset": reset,
}  # fmt: skip
