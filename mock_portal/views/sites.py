"""Sites, menus, language, log-out; pages whose procedure is not built yet."""

from __future__ import annotations

from flask import Blueprint, Response, g, make_response, redirect, request

from mock_portal import shell, skins

blueprint = Blueprint("sites", __name__)


@blueprint.get("/")
def root() -> Response:
    """The address without a path."""
    return shell.go(shell.LOGIN)


@blueprint.get("/c/portal/logout")
def log_out() -> Response:
    """Sign Out."""
    shell.end_session(shell.database(), g.session, "signed out")
    return shell.go(shell.LOGIN)


@blueprint.get("/c/portal/update_language")
def update_language() -> Response:
    """The links EN | BM, on every page."""
    back = skins.here().known(request.args.get("redirect", "/"))
    # The Malay prefix of the address would win over the link's choice on the next load.
    back = back.removeprefix("/ms") if back.startswith("/ms/") else back
    back = back if back.startswith("/web/") else shell.LOGIN
    answer = make_response(redirect(shell.at(back), 302))
    wanted = request.args.get("languageId", "")
    if wanted in shell.CODES:
        answer.set_cookie(shell.LANGUAGE, wanted, samesite="Lax")
    return answer


@blueprint.post("/c/portal/extend_session")
def extend_session() -> Response:
    """EXTEND; the request itself is what keeps the session alive."""
    return shell.answer_json(idle=g.settings.idle_limit)


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """None."""
    return make_response("", 204)


@blueprint.get("/web/contribution/myassist")
def contribution_site() -> Response:
    """The landing of CARUMAN: its bar, and the two reviews (facts 9)."""
    return shell.must_sign_in() or shell.page("contribution/landing.html")


@blueprint.get("/web/payment/myassist")
def payment_site() -> Response:
    """Payment is a person's, at his bank (facts 8.6); nothing of it is practised here."""
    return shell.must_sign_in() or shell.page("contribution/payment.html")


@blueprint.get("/web/<path:rest>")
def other(rest: str) -> Response:
    """A page of the menus without a view, or none at all."""
    turned_away = shell.must_sign_in()
    if turned_away is not None:
        return turned_away
    known = {address for _, entries in shell.MENU for _, address in entries}
    known |= {address for _, address in shell.SITES}
    return shell.unavailable() if f"/web/{rest}" in known else shell.not_found()
