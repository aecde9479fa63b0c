"""What stands around every screen: session, one-time token, language, header, faults.

Liferay's ways (facts 1): a portlet lives at a plain address, its screens and actions are told
apart by ``mvcPath``, an action needs an unused ``p_auth``, and buttons send the tab's own
``browserIdKey``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    request,
)

from mock_portal import faults, skins, state
from mock_portal.labels import BM, EN, SHARED, Label, Speech, same

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flask.typing import ResponseReturnValue

LOGIN = "/employer/login"
SESSION, LANGUAGE = "JSESSIONID", "GUEST_LANGUAGE_ID"
CODES = {"en_US": EN, "ms_MY": BM}
BROWSER_KEY = "browserIdKey"

ACCESS_DENIED = "Access Denied"
# assumed: the guard's words; facts 1 has only the key that is sent
OTHER_WINDOW = "The portal is already open in another window."

# facts 3.2; the tail of the resigned-date address was not seen  # assumed: its tail
UPDATE_MENU: tuple[tuple[Label, str], ...] = (
    (Label("Tambah Pekerja Baru", "Update Add New Employee"), "update-add-new-employee"),
    (
        Label("Kemaskini Tambah Tarikh Berhenti Kerja", "Update Add Employee Resigned Date"),
        "update-add-employee-resigned-date",
    ),
    (same("Update Employer Information"), "update-employer-information"),
    (
        same("Update Employee Information (by Employer)"),
        "update-employee-information-employer-",
    ),
    (
        same("Update Employee Information (by Employee)"),
        "update-employee-information-employee-",
    ),
    (same("Update Director/Owner Information"), "update-director/owner-information"),
    (same("Update Add Supporting Document"), "update-add-supporting-document"),
    (
        same("Form 1A - Cessation As Employer (Discontinue Business)"),
        "form-1a-cessation-as-employer-discontinue-business-",
    ),
)
MENU = (
    ("update", tuple((label, f"/web/registration/update/{tail}") for label, tail in UPDATE_MENU)),
    (
        "search_menu",
        (
            (
                same("Search Pending Case For Add Supporting Document"),
                "/web/registration/search/search-pending-case-for-add-supporting-document",
            ),
        ),
    ),
    (
        "eis_update",
        (
            (
                same("Form 3 EIS - Cessation as Employer"),
                "/web/registration/eis-update/form-3-eis-cessation-as-employer",
            ),
        ),
    ),
)
# facts 8.1; the addresses are  # assumed
_CONTRIBUTION = "/web/contribution/contribution"
CONTRIBUTION_ENTRY = (same("SOCSO + EIS"), f"{_CONTRIBUTION}/socso-eis")
CONTRIBUTION_GROUPS = (
    ("SOCSO", same("NEW SUBMISSION"), f"{_CONTRIBUTION}/socso/new-submission"),
    ("EIS", same("NEW SUBMISSION"), f"{_CONTRIBUTION}/eis/new-submission"),
)
SITES = (
    ("base", "/web/base/myassist"),
    ("registration_site", "/web/registration/myassist"),
    ("contribution_site", "/web/contribution/myassist"),
    ("payment_site", "/web/payment/myassist"),
    ("inspection_site", "/web/inspection/myassist"),
)


REVIEWS = (
    ("acr_link", "/web/contribution/review/acr"),
    ("ecr_link", "/web/contribution/review/ecr"),
)
# By their addresses; each joins as it is made.
PORTLETS: dict[str, Portlet] = {}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in with this request's session."""

    session: str
    email: str
    name: str
    gate: str


# --- the session -------------------------------------------------------------------------------


def store() -> state.Store:
    """The portal's memory."""
    kept: state.Store = current_app.extensions["store"]
    return kept


def database() -> sqlite3.Connection:
    """This request's connection."""
    db: sqlite3.Connection = g.db
    return db


def _find_visitor(db: sqlite3.Connection, session: str, idle_limit: float) -> Visitor | None:
    row = db.execute(
        "SELECT s.*, a.name, a.code, a.terms, a.must_change_password, a.reminder FROM sessions s"
        " JOIN accounts a USING (email) WHERE s.id = ? AND s.ended IS NULL",
        (session,),
    ).fetchone()
    if row is None:
        return None
    if time.time() - row["seen"] > idle_limit:
        end_session(db, session, "idle")
        return None
    db.execute("UPDATE sessions SET seen = ? WHERE id = ?", (time.time(), session))
    # The order of facts 2.3; the code comes before all of them.
    gates = ("code", "terms", "must_change_password", "reminder")
    return Visitor(session, row["email"], row["name"], next((k for k in gates if row[k]), ""))


def end_session(db: sqlite3.Connection, session: str, why: str) -> None:
    """The session is over; its next request sees the log-in page."""
    db.execute(
        "UPDATE sessions SET ended = ?, ending = ? WHERE id = ? AND ended IS NULL",
        (time.time(), why, session),
    )


def start_session(email: str, browser_key: str) -> None:
    """Sign in. The account's other session ends."""
    # assumed: the second log-in wins
    db = database()
    g.session = secrets.token_hex(16)
    g.set_session = True
    for row in db.execute(
        "SELECT id FROM sessions WHERE email = ? AND ended IS NULL", (email,)
    ).fetchall():
        end_session(db, row["id"], "second log-in")
    db.execute(
        "INSERT INTO sessions (id, email, started, seen, browser_key) VALUES (?, ?, ?, ?, ?)",
        (g.session, email, time.time(), time.time(), browser_key),
    )


def session_hash(session: str) -> str:
    """A session's name for the control port, which never shows the key itself."""
    return hashlib.sha256(session.encode()).hexdigest()[:10]


# --- the one-time token ------------------------------------------------------------------------


def _sign(nonce: str) -> str:
    secret = state.setting(database(), "secret")
    text = f"{g.session}:{nonce}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:16]


def new_token() -> str:
    """A fresh ``p_auth`` for this session."""
    nonce = secrets.token_urlsafe(6)
    return f"{nonce}.{_sign(nonce)}"


def _token_serves(*, once: bool) -> bool:
    token = request.args.get("p_auth", "")
    nonce, _, signature = token.partition(".")
    if not hmac.compare_digest(signature, _sign(nonce)):
        return False
    if not once:
        return True
    used = database().execute("INSERT OR IGNORE INTO used_tokens VALUES (?)", (token,))
    return used.rowcount == 1


# --- language and pages ------------------------------------------------------------------------


@contextmanager
def in_english() -> Iterator[None]:
    """What is looked up inside comes in English, whatever the session's language."""
    g.in_english = True
    try:
        yield
    finally:
        del g.in_english


def language() -> str:
    """The session's language: what its link chose, else what the portal was started with."""
    if "in_english" in g:
        return EN
    default: str = g.get("address_language", g.settings.language)
    return CODES.get(request.cookies.get(LANGUAGE, ""), default)


def speech(*books: dict[str, Label]) -> Speech:
    """The labels in the session's language."""
    renamed = {} if "in_english" in g else g.settings.words  # what a test asks has fixed words
    instead = {} if "in_english" in g else skins.here().labels
    return Speech(language(), SHARED, *books, words=renamed, instead=instead)


def at(address: str) -> str:
    """An address of the mock's as the skin shows it."""
    return skins.here().outward(address)


def render(template: str, **values: Any) -> str:
    """A screen, made of the skin's parts."""
    looks = current_app.extensions["looks"][skins.here().key]
    current_app.update_template_context(values)
    made: str = looks.get_template(template).render(values)
    return made


def by_ajax() -> bool:
    """Whether the page itself asked, and not the address bar."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def page(template: str, labels: dict[str, Label] | None = None, **values: Any) -> Response:
    """A screen; asked for by AJAX (p_p_state=exclusive) only its inside.

    Every screen has a fresh ``p_auth`` and wrapping ids that differ at each load (facts 1).
    """
    whole = values.pop("whole", False)
    inside = by_ajax() and not whole
    answer = make_response(
        render(
            template,
            layout="exclusive.html" if inside else "layout.html",
            t=speech(labels or {}),
            **values,
        )
    )
    if by_ajax() and not inside:
        answer.headers["X-Portal-Page"] = "whole"
    return answer


def go(address: str) -> Response:
    """Send the browser elsewhere; a page that asked by AJAX is told to go itself."""
    address = at(address)
    if not by_ajax():
        return make_response(redirect(address, 302))
    answer = make_response("", 200)
    answer.headers["X-Portal-Location"] = address
    return answer


def answer_json(**values: Any) -> Response:
    """An answer for the page's own script."""
    return make_response(values)


def answer_errors(errors: dict[str, str], *others: str) -> Response:
    """What is wrong with a popup: full name of the field to message, and what no field has."""
    # The shape is the sister portal's (facts 1).
    found = [
        {"fieldName": skins.here().name(name), "errorMsg": words} for name, words in errors.items()
    ]
    return answer_json(
        jsonFieldError=found, jsonGlobalError=[{"errorMsg": words} for words in others]
    )


def answer_saved(**values: Any) -> Response:
    """A popup's SAVE has stored; a fault may keep the popup open for some seconds."""
    late = strike_here("popup closes late")
    return answer_json(saved=True, closes=late.seconds if late else 0, **values)


def answer_lens(**found: Any) -> Response:
    """What a lens found; a fault may show the answer of the session's search before it first."""
    db, lens = database(), f"{g.session} {action_name()}"
    row = db.execute("SELECT answer FROM lens_answers WHERE lens = ?", (lens,)).fetchone()
    db.execute("INSERT OR REPLACE INTO lens_answers VALUES (?, ?)", (lens, json.dumps(found)))
    struck = strike_here("lens answers out of order")
    if struck is None:
        return answer_json(**found)
    before = json.loads(row["answer"]) if row else {"known": False}
    return answer_json(**before, later=found, after=struck.seconds)


def trouble(title: str, text: str, status: int, **values: Any) -> Response:
    """A page that stands where another was expected."""
    answer = page("trouble.html", title=title, text=text, whole=True, **values)
    answer.status_code = status
    return answer


def denied(text: str = "You do not have permission to access this page.") -> Response:
    """Access Denied (facts 2.5), with its reason."""
    return trouble(ACCESS_DENIED, text, 403)


def not_found() -> Response:
    """Page Not Found 404 (facts 2.5)."""
    return trouble("Page Not Found 404", "The requested page does not exist.", 404)


def unavailable() -> Response:
    """A portlet that does not answer (facts 2.5); also a procedure that has no view yet."""
    return page("unavailable.html", whole=True)


def layout_values() -> dict[str, Any]:
    """What header, menu and script need on every page."""
    visitor: Visitor | None = g.get("visitor")
    site = request.path.split("/")[2] if request.path.startswith("/web/") else ""
    labels_of = speech()
    return {
        "p_auth": new_token(),
        "yui": f"yui_patched_v3_11_0_1_{int(time.time() * 1000)}_{secrets.randbelow(900) + 100}",
        "visitor": visitor,
        "bare": False,
        "site": site,
        "menu": MENU if visitor and site == "registration" else (),
        "contribution_entry": CONTRIBUTION_ENTRY,
        "contribution_groups": CONTRIBUTION_GROUPS,
        "sites": SITES,
        "idle": g.settings.idle_limit,
        "html_language": "en" if language() == EN else "ms",
        "here": request.full_path,
        "skin": skins.here(),
        "at": at,
        "reviews": [(at(address), labels_of[key]) for key, address in REVIEWS],
    }


# --- a portlet ---------------------------------------------------------------------------------

HandlerT = TypeVar("HandlerT", bound="Callable[[], ResponseReturnValue]")


class Portlet:
    """Screens and actions at one plain address.

    ``folder`` names it in ``mvcPath`` and in the control port's list ("add_employees/commit").
    """

    def __init__(
        self, portlet_id: str, folder: str, addresses: Sequence[str], *, guest: bool = False
    ) -> None:
        self.id = portlet_id
        self.folder = folder
        self.guest = guest
        self.blueprint = Blueprint(folder, __name__)
        self.seen: Callable[[str], None] = lambda _: None  # is told of every screen that was shown
        self._views: dict[str, Callable[[], ResponseReturnValue]] = {}
        self._actions: dict[str, tuple[Callable[[], ResponseReturnValue], bool]] = {}
        self._path = addresses[0]
        for address in addresses:
            PORTLETS[address] = self
            self.blueprint.add_url_rule(
                address, view_func=self._serve, endpoint="serve", methods=["GET", "POST"]
            )

    def view(self, name: str) -> Callable[[HandlerT], HandlerT]:
        """Register a screen; "view" is the one at the plain address."""

        def register(handler: HandlerT) -> HandlerT:
            self._views[name] = handler
            return handler

        return register

    def action(self, name: str, *, once: bool = True) -> Callable[[HandlerT], HandlerT]:
        """Register what a POST does. ``once`` False: the same POST may come again."""

        def register(handler: HandlerT) -> HandlerT:
            self._actions[name] = (handler, once)
            return handler

        return register

    def ns(self, name: str) -> str:
        """A parameter's or element's full name: ``_<portlet>_<name>``."""
        return f"_{self.id}_{name}"

    def value(self, name: str) -> str:
        """What was sent under that name; empty when nothing was."""
        return request.values.get(self.ns(name), "")

    def number(self, name: str) -> int:
        """A number that was sent; 0 when it is none."""
        text = self.value(name)
        return int(text) if text.isascii() and text.isdigit() else 0

    def fields(self) -> dict[str, str]:
        """All of the form's ``dto`` fields, by their short names."""
        prefix = self.ns("dto.")
        return {k.removeprefix(prefix): v for k, v in request.form.items() if k.startswith(prefix)}

    def url(
        self,
        name: str,
        state: str = "normal",
        phase: int = 0,
        *,
        place: str = "",
        also: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> str:
        """The address of a screen (phase 0) or of an action (phase 1).

        ``place`` is one of the portlet's addresses; without it the one where the visitor is.
        ``also``: parameters by their full names.
        """
        query: dict[str, Any] = {
            "p_p_id": self.id, "p_p_lifecycle": phase, "p_p_state": state,
        }  # fmt: skip
        if phase:
            query["javax.portlet.action"] = "exeAction"
        query["mvcPath"] = f"/html/{self.folder}/{name}.jsp"
        query.update({self.ns(key): value for key, value in values.items()})
        query |= also or {}
        return at(f"{place or self._here()}?{urlencode(query, safe='/')}")

    def pages(self, name: str, parameter: str, **values: Any) -> Callable[[int], str]:
        """The addresses of the pages of one list of a screen."""
        return lambda n: self.url(name, also={self.ns(parameter): n}, **values)

    def _here(self) -> str:
        return request.path if request.blueprint == self.folder else self._path

    def _serve(self) -> ResponseReturnValue:
        if not self.guest:
            turned_away = must_sign_in()
            if turned_away is not None:
                return turned_away
        if is_action():
            return self._act(mvc_name())
        name = mvc_name() or "view"
        view = self._views.get(name)
        answer = view() if view else not_found()
        self.seen(name)
        return answer

    def _act(self, name: str) -> ResponseReturnValue:
        if name not in self._actions:
            return not_found()
        handler, once = self._actions[name]
        db = database()
        with state.transaction(db):
            if not _token_serves(once=once or g.settings.strict_commit):
                return denied("The request could not be verified (p_auth).")
            if not self.guest and not _same_window(self.value(BROWSER_KEY)):
                return denied(OTHER_WINDOW)
            return _with_overlay(handler())


def _with_overlay(answer: ResponseReturnValue) -> ResponseReturnValue:
    """A fault may keep the grey overlay over the finished screen, after a popup's SAVE or a lens.

    Those two are what a page asks for by POST and gets JSON of.
    """
    if isinstance(answer, Response) and answer.is_json:
        struck = strike_here("overlay stays")
        if struck is not None:
            answer.headers["X-Portal-Overlay"] = str(struck.seconds)
    return answer


def mvc_name() -> str:
    """The screen's or action's short name out of ``mvcPath``."""
    return request.args.get("mvcPath", "").rpartition("/")[2].removesuffix(".jsp")


def action_name() -> str:
    """``folder/name`` of an action; empty for other requests."""
    parts = request.args.get("mvcPath", "").removesuffix(".jsp").split("/")
    return "/".join(parts[2:]) if is_action() else ""


def is_action() -> bool:
    """A POST; or the action phase by GET, for an address has no method (facts 1; assumed)."""
    return request.method == "POST" or request.args.get("p_p_lifecycle") == "1"


def must_sign_in() -> Response | None:
    """The log-in page or the account's open question, unless the visitor may pass."""
    visitor: Visitor | None = g.visitor
    if visitor is None:
        return go(LOGIN)
    return go(f"/c/portal/{visitor.gate}") if visitor.gate else None


def _same_window(key: str) -> bool:
    # assumed: the first key since log-in is the session's window
    db = database()
    db.execute(
        "UPDATE sessions SET browser_key = ? WHERE id = ? AND browser_key = ''", (key, g.session)
    )
    row = db.execute("SELECT browser_key FROM sessions WHERE id = ?", (g.session,)).fetchone()
    return bool(key) and row is not None and row["browser_key"] == key


# --- before and after every request ------------------------------------------------------------


def install(app: Flask) -> None:
    """Hang the shell around an application."""
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_close)
    app.context_processor(layout_values)
    app.register_error_handler(404, _missing)
    app.register_error_handler(405, _missing)


def _missing(_: Exception) -> Response:
    return not_found() if "db" in g else make_response("", 404)


def _begin() -> ResponseReturnValue | None:
    # What a page draws along, asked by no person, takes no fault from another's path.
    if request.path.startswith(("/static/", "/favicon")):
        return None
    g.db = store().connect()
    g.settings = state.settings(g.db)
    g.session = request.cookies.get(SESSION) or secrets.token_hex(16)
    g.set_session = not request.cookies.get(SESSION)
    if request.path.startswith("/ms/"):
        g.address_language = BM
    _record_post()
    g.visitor = _find_visitor(g.db, g.session, g.settings.idle_limit)
    return _strike()


def _record_post() -> None:
    if request.method != "POST":
        return
    cursor = database().execute(
        "INSERT INTO posts (at, method, path, action, session, fields) VALUES (?, ?, ?, ?, ?, ?)",
        (
            state.stamp(), request.method, request.path, action_name(), session_hash(g.session),
            json.dumps(sorted({*request.form, *request.files})),
        ),
    )  # fmt: skip
    g.post = cursor.lastrowid


def take(stage: str, name: str = "", without: frozenset[str] = frozenset()) -> faults.Struck | None:
    """The fault laid in wait for this request, if there is one."""
    return faults.take(
        database(),
        stage,
        faults.Asked(request.method, f"{action_name()} {request.path}"),
        name,
        without,
    )


def worded(text: str) -> str:
    """A word of the portal's as the ``words`` setting has it shown."""
    return str(g.settings.words.get(text, text))


def strike_here(name: str) -> faults.Struck | None:
    """A fault that a screen itself acts out."""
    return take(faults.VIEW, name)


def result_reads(pairs: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """What the page after a filing says: ids, labels, values; a fault changes it."""
    struck = strike_here("result reads otherwise")
    if struck is None:
        return pairs
    told = struck.options
    numbers = [key for key, _, _ in pairs if key in RESULT_NUMBERS]
    called = {key: f"{told['label']} {n or ''}".strip() for n, key in enumerate(numbers)}
    says = {"taskStatus": told["status"]} if told["status"] else {}
    return [
        *([("", told["beside"], told["older"])] if told["older"] else []),
        *(
            (key if told["ids"] else "", called.get(key, label), says.get(key, value))
            for key, label, value in pairs
            if not (told["bare"] and key in numbers)
        ),
    ]


RESULT_NUMBERS = ("caseNumber", "acrNumber", "ecrNumber")


def answer_late(seconds: float) -> None:
    """Hold this answer back, after everything is stored and no lock is held."""
    g.late = seconds


def _strike() -> ResponseReturnValue | None:
    """A fault that comes before the portal does anything."""
    ends = frozenset({"session expired", "session expired by redirect"})
    signed_out = ends if g.visitor is None else frozenset[str]()
    struck = take(faults.BEFORE, without=signed_out)
    if struck is None:
        return None
    if struck.name == "delay":
        faults.wait(database(), struck)
        return None
    if struck.name in ends:
        end_session(database(), g.session, "fault")
        g.visitor = None
        return redirect(at(LOGIN), 302) if struck.name.endswith("by redirect") else go(LOGIN)
    if struck.name == "drop before commit":
        request.environ["mock.wire"]["ending"] = "dropped silently"
        return make_response("")
    return _pages()[struck.name]()


def _pages() -> dict[str, Callable[[], Response]]:
    return {
        "500 before commit": server_error,
        "500 without a page": lambda: make_response("", 500),
        "maintenance page": maintenance,
        "firewall page": firewall,
        "portlet unavailable": unavailable,
        "blank portlet": lambda: page("blank.html", whole=True),
    }


def server_error() -> Response:
    """Internal Server Error."""
    return trouble("Internal Server Error", "The server encountered an unexpected condition.", 500)


def maintenance() -> Response:
    """The portal is being maintained."""
    # assumed: title and words; never seen
    return trouble(
        "System Under Maintenance",
        "ASSIST portal is currently under maintenance. Please try again later. /"
        " Portal ASSIST sedang diselenggara. Sila cuba sebentar lagi.",
        503,
        bare=True,
    )


def firewall() -> Response:
    """The firewall's page (facts 1): answered with 200, as such walls do."""
    support = str(secrets.randbelow(10**19)).zfill(19)
    answer = make_response(render("firewall.html", support=support))
    if by_ajax():
        answer.headers["X-Portal-Page"] = "whole"
    return answer


def _finish(answer: Response) -> Response:
    if "db" not in g:
        return answer
    answer = _strike_after(answer)
    time.sleep(g.get("late", 0))
    if by_ajax():
        time.sleep(g.settings.pace)
        answer.headers["X-P-Auth"] = new_token()
    if g.set_session:
        answer.set_cookie(SESSION, g.session, httponly=True, samesite="Lax")
    answer.headers.setdefault("Cache-Control", "no-store")
    if "post" in g:
        ending = request.environ["mock.wire"].get("ending", "")
        database().execute(
            "UPDATE posts SET status = ?, ending = ? WHERE n = ?",
            (None if ending else answer.status_code, ending, g.post),
        )
    return answer


def _strike_after(answer: Response) -> Response:
    """A fault that comes when all is stored."""
    done = request.method == "POST" and answer.status_code < 400  # noqa: PLR2004  HTTP's own line
    struck = take(faults.AFTER) if done and not request.environ["mock.wire"] else None
    if struck is None:
        return answer
    if struck.name == "commit, then 500":
        return server_error()
    if struck.name == "stored, then a strip":
        return make_response(f'<div class="alert alert-error">{struck.options["words"]}</div>')
    if struck.name == "commit, then delay":
        time.sleep(struck.seconds)
    else:
        silent = struck.name.endswith("silently")
        words = "dropped silently" if silent else "dropped after one byte"
        request.environ["mock.wire"]["ending"] = words
    return answer


def _close(_: BaseException | None) -> None:
    db = g.pop("db", None)
    if db is not None:
        db.close()
