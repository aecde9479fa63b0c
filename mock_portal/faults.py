"""What can go wrong at the portal, by name; armed from the control port.

A fault is armed for a number of times and, if wished, for some addresses only. It is taken by the
first request it fits, and is used up then.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mock_portal.state import transaction

if TYPE_CHECKING:
    import sqlite3

BEFORE, AFTER, VIEW = "before", "after", "view"
COMMIT = "commit"
LOOK_S = 0.05  # between two looks whether a wait is over
PAGES = frozenset({"GET", "POST"})
POSTS = frozenset({"POST"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble.

    ``stage``: before the portal does anything, after it did all, or inside a screen. ``on`` is
    the address or action it waits for when none is given ("" is any). ``options`` are the further
    keys it takes, with what they are when not given.
    """

    name: str
    what: str
    stage: str
    on: str = ""
    methods: frozenset[str] = PAGES
    options: tuple[tuple[str, Any], ...] = ()


FAULTS = {
    fault.name: fault
    for fault in (
        Fault(
            "delay", "The answer takes some seconds longer; `disarm` ends the wait.", BEFORE,
            methods=POSTS, options=(("seconds", 2.0),),
        ),
        Fault(
            "500 before commit", "Internal Server Error; nothing was stored.", BEFORE, COMMIT, POSTS
        ),
        Fault(
            "500 without a page",
            "The same without a word: a script that asked says that its request failed.",
            BEFORE, COMMIT, POSTS,
        ),
        Fault(
            "drop before commit", "The connection ends without an answer; nothing was stored.",
            BEFORE, COMMIT, POSTS,
        ),
        Fault(
            "commit, then drop the connection",
            "Stored; then the connection ends after one byte of the answer.", AFTER, COMMIT, POSTS,
        ),
        Fault(
            "commit, then drop the connection silently",
            "Stored; then the connection ends without any answer.", AFTER, COMMIT, POSTS,
        ),
        Fault("commit, then 500", "Stored; then Internal Server Error.", AFTER, COMMIT, POSTS),
        Fault(
            "commit, then delay", "Stored; then the answer takes some seconds.", AFTER, COMMIT,
            POSTS, (("seconds", 2.0),),
        ),
        Fault(
            "stored, then a strip", "Stored; then an error strip in words that nobody knows.",
            AFTER, COMMIT, POSTS, (("words", "Ralat 0x17"),),
        ),
        Fault("maintenance page", "The portal says it is being maintained.", BEFORE),
        Fault("session expired", "The session has ended; the log-in page comes.", BEFORE),
        Fault(
            "session expired by redirect",
            "The same, and a script that asks is led to the log-in page and gets its HTML.", BEFORE,
        ),
        Fault("firewall page", "Request Rejected, with a support ID.", BEFORE),
        Fault("portlet unavailable", "Portlet is temporarily unavailable.", BEFORE),
        Fault("blank portlet", "Header and menu come, the rest of the page is empty.", BEFORE),
        Fault(
            "listed late", "What is filed shows in the lists only some seconds of real time later.",
            VIEW, COMMIT, POSTS, (("seconds", 2.0),),
        ),
        Fault("listed never", "What is filed shows in no list, ever.", VIEW, COMMIT, POSTS),
        Fault("listed twice", "What is filed shows in the lists twice.", VIEW, COMMIT, POSTS),
        Fault(
            "listed under another name",
            "What is filed shows another name, in the lists and on its own page.",
            VIEW, COMMIT, POSTS, (("name", "NAMA LAIN"),),
        ),
        Fault(
            "listed under another employer",
            "What is filed shows another employer, in the lists and on its own page.",
            VIEW, COMMIT, POSTS, (("employer", "B9900005678W"),),
        ),
        Fault(
            "listed under another number",
            "A case that is filed is listed under a new number, and no more under its draft's.",
            VIEW, COMMIT, POSTS,
        ),
        Fault(
            "late options", "A cascade stays empty for some seconds.", VIEW,
            options=(("seconds", 0.5),),
        ),
        Fault("duplicate worker", "The lens says the worker is already registered here.", VIEW),
        Fault("worker listed twice", "SAVE in the popup puts the worker on the list twice.", VIEW),
        Fault(
            "lens answers late", "The lens answers some seconds later.", VIEW,
            options=(("seconds", 2.0),),
        ),
        Fault(
            "confirmation reads otherwise",
            "The dialog before a case is sent has another title.",
            VIEW, options=(("title", "ADAKAH ANDA PASTI"),),
        ),
        Fault(
            "confirmation is not asked",
            "SUBMIT sends the case at once, without a dialog.", VIEW,
        ),
        Fault(
            "sent by an address",
            "SUBMIT, or CONFIRM where it is asked, leads to the action's address: a GET that sends"
            " the case.", VIEW,
        ),
        Fault("wrong security phrase", "Step 2 of the log-in shows another phrase.", VIEW),
        Fault(
            "log-in refused in other words",
            "LOGIN lets nobody in, counts as a wrong password, and says so in words and a box of"
            " its own.", VIEW, "login/login", POSTS,
        ),
        Fault(
            "overlay stays",
            "The grey overlay stays some seconds over the finished screen of a SAVE or a lens.",
            VIEW, methods=POSTS, options=(("seconds", 2.0),),
        ),
        Fault(
            "popup closes late",
            "SAVE is stored and the list behind is there; the popup stays some seconds.",
            VIEW, methods=POSTS, options=(("seconds", 2.0),),
        ),
        Fault(
            "lens answers out of order",
            "The lens first shows what it answered before (or not found), then the right answer.",
            VIEW, methods=POSTS, options=(("seconds", 1.0),),
        ),
        Fault(
            "empty until searched",
            "Search For Employer lists nobody before a search, as for an ID of many employers.",
            VIEW,
        ),
        Fault(
            "no letter", "A case's page, or its documents', shows no letter and no form.", VIEW,
        ),
        Fault("no status", "The page of a case that was just filed shows no status.", VIEW),
        Fault(
            "result reads otherwise",
            "The page after a filing calls its number `label`, without stable ids unless `ids`; it"
            " shows `older`, another number, above it, `beside` these words; no number (`bare`);"
            " another `status`.", VIEW,
            options=(("label", "Nombor Pemfailan"), ("ids", False), ("older", ""),
                     ("beside", "Kes Terdahulu"), ("bare", False), ("status", "")),
        ),
        Fault(
            "letter of another kind",
            "A letter comes under its name as `kind`: exe, html, empty, cut (the connection ends),"
            " large (`mb`, without an announced size) or page (a screen instead of a file).", VIEW,
            options=(("kind", "html"), ("mb", 60)),
        ),
        Fault(
            "worker's start reads otherwise",
            "The listing of an employer's workers shows `value` for the start date.", VIEW,
            options=(("value", "-"),),
        ),
        Fault(
            "review shows another value",
            "One item of the preview reads otherwise: `field` by its short name or English label,"
            " employerCode, employerName, document, or `extra: <item>`; `value` null: left out;"
            " `part`: which Case Item, from 0; `column`: new or current. On the month page of a"
            " contribution: grandTotal, totalEmployees, contributionMonth and so on, `total wages`,"
            " `count skbbk`, or of the line `part`: registrationNo, nameOfEmployee, wages, skbbk.",
            VIEW,
            options=(
                ("field", "nameOfEmployee"), ("value", "ORANG LAIN"), ("part", 0),
                ("column", "new"),
            ),
        ),
    )
}  # fmt: skip
COMMON = {"fault", "times", "on", "skip"}


def arm(db: sqlite3.Connection, wanted: dict[str, Any]) -> None:
    """Lay a fault in wait. Raises ValueError with a sentence when the wish is not understood."""
    fault = FAULTS.get(str(wanted.get("fault")))
    if fault is None:
        raise ValueError(f"No fault is named {wanted.get('fault')!r}; see GET /faults.")
    options = dict(fault.options)
    unknown = set(wanted) - COMMON - set(options)
    if unknown:
        raise ValueError(f"{fault.name!r} does not take {', '.join(sorted(unknown))}.")
    times, skip = _whole(wanted, "times", 1), _whole(wanted, "skip", 0)
    target = str(wanted.get("on", fault.on))
    options.update({key: wanted[key] for key in options if key in wanted})
    _check_seconds(options)
    _whole(options, "part", 0)
    if options.get("column", "new") not in {"new", "current"}:
        raise ValueError(f"column is new or current, not {options['column']!r}.")
    db.execute(
        "INSERT INTO armed (fault, target, times, skip, options) VALUES (?, ?, ?, ?, ?)",
        (fault.name, target, times, skip, json.dumps(options)),
    )


def _whole(wanted: dict[str, Any], key: str, otherwise: int) -> int:
    value = wanted.get(key, otherwise)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{key} is a whole number, not {value!r}.")
    return value


def _check_seconds(options: dict[str, Any]) -> None:
    seconds = options.get("seconds", 0)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
        raise ValueError(f"seconds is a number, not {seconds!r}.")


def disarm(db: sqlite3.Connection, name: str | None) -> None:
    """Take one fault away, or all of them."""
    if name is not None and name not in FAULTS:
        raise ValueError(f"No fault is named {name!r}; see GET /faults.")
    db.execute("DELETE FROM armed WHERE ? IS NULL OR fault = ?", (name, name))


def armed(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """What was armed and how often it has come."""
    rows = db.execute("SELECT * FROM armed ORDER BY id").fetchall()
    return [
        {
            "fault": r["fault"], "on": r["target"], "left": r["times"], "skip": r["skip"],
            "fired": r["fired"], **json.loads(r["options"]),
        }
        for r in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Struck:
    """A fault that came."""

    name: str
    options: dict[str, Any]
    arming: int  # which of those that were armed

    @property
    def seconds(self) -> float:
        """How long, for those that take time."""
        return float(self.options.get("seconds", 0))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request; ``address`` is its action and path, in which a fault's ``on`` is looked for."""

    method: str
    address: str


def take(
    db: sqlite3.Connection,
    stage: str,
    asked: Asked,
    name: str = "",
    without: frozenset[str] = frozenset(),
) -> Struck | None:
    """The first armed fault of this stage (and name) that fits; it is counted and used up.

    ``without`` are faults that mean nothing here and wait on.
    """
    if db.execute("SELECT 1 FROM armed WHERE times > 0").fetchone() is None:
        return None
    with transaction(db):
        for row in db.execute("SELECT * FROM armed WHERE times > 0 ORDER BY id").fetchall():
            fault = FAULTS[row["fault"]]
            if fault.stage != stage or name not in {"", fault.name} or fault.name in without:
                continue
            if asked.method not in fault.methods or row["target"] not in asked.address:
                continue
            if _use(db, row):
                return Struck(fault.name, json.loads(row["options"]), row["id"])
    return None


def wait(db: sqlite3.Connection, struck: Struck) -> None:
    """Its seconds; less when it is disarmed meanwhile."""
    until = time.monotonic() + struck.seconds
    armed_still = "SELECT 1 FROM armed WHERE id = ?"
    while (left := until - time.monotonic()) > 0:
        if db.execute(armed_still, (struck.arming,)).fetchone() is None:
            return
        time.sleep(min(left, LOOK_S))


def _use(db: sqlite3.Connection, row: sqlite3.Row) -> bool:
    if row["skip"]:
        db.execute("UPDATE armed SET skip = skip - 1 WHERE id = ?", (row["id"],))
        return False
    db.execute("UPDATE armed SET times = times - 1, fired = fired + 1 WHERE id = ?", (row["id"],))
    return True
