"""Employer log-in in two steps (facts 2.1, 2.2), terms, new password, reminder, code (2.3)."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, redirect, request

from mock_portal import shell, state
from mock_portal.labels import Label, same

LABELS = {
    "panel": same("EMPLOYER LOGIN"),
    "attention": same("Attention"),
    "email": Label("Emel", "Email Address"),
    "next": Label("SETERUSNYA", "NEXT"),
    "forgot": same("Forgot Password?"),
    "first": same("Portal ID Registration (First Time User)"),
    "phrase_is": same("Your Security Phrase is"),
    "phrase_warning": same("Do not proceed if this is not your secure phrase"),
    "password": Label("Kata Laluan", "Password"),
    "login": Label("LOG MASUK", "LOGIN"),
    "back_link": same("Back"),
    "agree": same("I Agree"),
    "save_word": same("Save"),
}
BLANK = "This field cannot be blank."
ALLOWED_FAILURES = 5  # assumed

portlet = shell.Portlet(
    "customlogin_WAR_pksloginportlet",
    "login",
    (shell.LOGIN, "/web/guest/employer/login", "/ms/employer/login"),
    guest=True,
)
blueprint = Blueprint("account", __name__)
blueprint.register_blueprint(portlet.blueprint)


@portlet.view("view")
def step_one(email: str = "", error: str = "") -> Response:
    """The e-mail. Whoever is signed in already goes to his first page."""
    if g.visitor is not None:
        return shell.go("/web/base/myassist")
    return shell.page("account/login.html", LABELS, p=portlet, email=email, error=error)


def _account(email: str) -> dict[str, str | int] | None:
    row = (
        shell.database()
        .execute("SELECT * FROM accounts WHERE email = ?", (email.strip().lower(),))
        .fetchone()
    )
    return dict(row) if row else None


@portlet.action("next")
def to_step_two() -> Response:
    """NEXT: the phrase, or a red box under the field."""
    email = portlet.value("dto.login")
    account = _account(email)
    if account is None:
        return step_one(email, "Invalid Email Address" if email.strip() else BLANK)
    return _step_two(account)


def _step_two(account: dict[str, str | int], error: str = "", blank: str = "") -> Response:
    wrong = shell.strike_here("wrong security phrase")
    phrase = "frasa orang lain" if wrong else account["phrase"]
    return shell.page(
        "account/password.html", LABELS, p=portlet, email=account["email"], phrase=phrase,
        error=error, blank=blank,
    )  # fmt: skip


@portlet.action("login")
def log_in() -> Response:
    """LOGIN: inside, or a red strip."""
    # assumed: the strip's words, and the lock after five
    account = _account(portlet.value("dto.login"))
    if account is None:
        return shell.denied()
    password = portlet.value("dto.password")
    if not password:
        return _step_two(account, blank=BLANK)
    if shell.strike_here("log-in refused in other words"):
        _failed(account)
        return shell.page("account/refused.html", LABELS)
    if not account["locked"] and password == account["password"]:
        return _let_in(str(account["email"]))
    return _step_two(account, error=_failed(account))


def _failed(account: dict[str, str | int]) -> str:
    db = shell.database()
    email = str(account["email"])
    if account["locked"]:
        _note(email, "locked")
        return "Your account has been locked."
    db.execute(
        "UPDATE accounts SET failed = failed + 1, locked = failed + 1 >= ? WHERE email = ?",
        (ALLOWED_FAILURES, email),
    )
    _note(email, "wrong password")
    if db.execute("SELECT locked FROM accounts WHERE email = ?", (email,)).fetchone()["locked"]:
        return "Your account has been locked."
    return "Invalid Email Address or Password."


def _let_in(email: str) -> Response:
    _note(email, "in")
    shell.database().execute("UPDATE accounts SET failed = 0 WHERE email = ?", (email,))
    shell.start_session(email, portlet.value(shell.BROWSER_KEY))
    return shell.go("/web/base/myassist")


def _note(email: str, outcome: str) -> None:
    """Keep the try, with how many sessions were alive at that moment, this one counted."""
    db = shell.database()
    alive = db.execute(
        "SELECT count(*), coalesce(sum(email = ?), 0) FROM sessions WHERE ended IS NULL", (email,)
    ).fetchone()
    one = int(outcome == "in")
    db.execute(
        "INSERT INTO logins (at, email, outcome, live, live_all) VALUES (?, ?, ?, ?, ?)",
        (state.stamp(), email, outcome, alive[1] + one, alive[0] + one),
    )


# --- what an account may have to do first; addresses of Liferay's own, the code's is assumed -----

GATES = ("code", "terms", "must_change_password", "reminder")


@blueprint.route("/c/portal/<gate>", methods=["GET", "POST"])
def gate_page(gate: str) -> Response:
    """Terms of Use, New Password, Password Reminder (facts 2.3), One-Time Password (assumed)."""
    if gate not in GATES:
        return shell.not_found()
    if g.visitor is None:
        return shell.go(shell.LOGIN)
    if g.visitor.gate != gate:
        return shell.go("/web/base/myassist")
    error = _answer(gate) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        return make_response(redirect(shell.at("/web/base/myassist"), 303))
    return shell.page(f"account/{gate}.html", LABELS, error=error)


def _answer(gate: str) -> str:
    """What is wrong with the answer; empty when the gate opens."""
    form, email = request.form, g.visitor.email
    db = shell.database()
    if gate == "code":
        wanted = db.execute("SELECT code FROM accounts WHERE email = ?", (email,)).fetchone()[0]
        if form.get("code", "").strip() != wanted:
            return "Invalid One-Time Password."
    if gate == "must_change_password":
        new = form.get("password1", "")
        if not new or new != form.get("password2", ""):
            return "The passwords you entered do not match."
        db.execute("UPDATE accounts SET password = ? WHERE email = ?", (new, email))
    if gate == "reminder" and not form.get("reminderQueryAnswer", "").strip():
        return BLANK
    opened = "''" if gate == "code" else "0"
    db.execute(f"UPDATE accounts SET {gate} = {opened} WHERE email = ?", (email,))  # noqa: S608  one of GATES
    return ""
