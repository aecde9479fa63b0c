"""Signing in: once, to the right site, and never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal


def test_one_log_in_a_run(desk: Desk, portal: PracticePortal) -> None:
    """Two filings, one session."""
    done = desk.file(desk.job([person(1), person(2)], rows_per_filing=1))
    assert done.returncode == 0, done.stderr
    assert len(portal.ask("logins")) == 1


def test_another_security_phrase_stops_before_the_password(
    desk: Desk, portal: PracticePortal
) -> None:
    """It may be another's site: nothing is typed, a person must look."""
    portal.arm("wrong security phrase", times=9)
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 13, done.stderr
    assert "password was not typed" in done.stderr
    fields = [f for p in portal.ask("received") for f in p["fields"]]
    assert not any("password" in f for f in fields)
    assert portal.ask("logins") == []


def test_a_wrong_password_is_tried_once(desk: Desk, portal: PracticePortal) -> None:
    """A few tries lock the portal ID, so there is only one, in the portal's own words."""
    desk.env["CANARY_PASSWORD"] = "canary-of-a-wrong-password"  # noqa: S105  a canary
    done = desk.file(desk.job([person(1), person(2)], rows_per_filing=1))
    assert done.returncode == 13, done.stderr
    assert len(portal.ask("logins")) == 1
    assert "Invalid Email Address or Password" in done.stderr


@pytest.mark.parametrize("allowed", [False, True])
def test_nothing_is_typed_into_another_host(
    desk: Desk,
    portal: PracticePortal,
    allowed: bool,  # noqa: FBT001
) -> None:
    """A log-in page elsewhere gets neither e-mail nor password, also where pages may lead to it."""
    port = portal.address.rpartition(":")[2]
    other = f"http://localhost:{port}"
    desk.settings(login_path=f"{other}/employer/login", allowed_origins=[other] * allowed)
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 76, done.stderr
    assert "Starting over" not in done.stderr
    assert "the portal led to" in done.stderr.casefold()
    assert portal.ask("received") == []
    told = other in (desk.last_run() / "report.html").read_text("utf-8")
    assert told is (other in done.stderr) is not allowed


def test_an_unknown_log_in_page_is_told_after_one_look(desk: Desk) -> None:
    """It is as little known the second time; nobody was signed in, so no session has ended."""
    desk.settings(login_path="/static/assist.css", timeouts={"act_s": 4, "arrive_s": 4})
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 70, done.stderr
    assert "not as it is known: LoginEmail" in done.stderr
    assert "Starting over" not in done.stderr
    assert "session" not in done.stderr


def test_an_unknown_e_mail_is_told_by_its_name(desk: Desk, portal: PracticePortal) -> None:
    """The portal's red box under the field (facts 2.1); no password is typed."""
    known = (desk.config / "employers.yaml").read_text()
    (desk.config / "employers.yaml").write_text(known.replace(portal.email, "x@contoh.example"))
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 13, done.stderr
    assert "does not know this e-mail" in done.stderr
    assert portal.ask("logins") == []


ENDINGS = [
    ({"locked": True}, "locked"),
    ({"code": True}, "one-time code"),
    ({"terms": True}, "terms"),
    ({"must_change_password": True}, "new password"),
    ({"reminder": True}, "reminder"),
]


@pytest.mark.parametrize(("state", "words"), ENDINGS)
def test_every_ending_of_a_log_in_has_its_name(
    desk: Desk, portal: PracticePortal, state: dict[str, Any], words: str
) -> None:
    """Locked, code asked, terms to accept, password expired: each is told, none times out."""
    portal.ask("account", {"email": portal.email, **state})
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 13, done.stderr
    assert words in done.stderr
    assert portal.filings == []


@pytest.mark.heavy
def test_a_session_about_to_expire_is_extended(desk: Desk, portal: PracticePortal) -> None:
    """The banner's EXTEND is pressed, and the work goes on in the same session."""
    portal.ask("settings", {"idle_limit": 8})
    portal.arm("lens answers late", seconds=5)
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert len(portal.ask("logins")) == 1
    assert any("extend" in p["path"] for p in portal.ask("received"))


def test_no_secret_is_left_anywhere(desk: Desk, portal: PracticePortal) -> None:
    """Neither password nor phrase in output, log, ledger, report, workbook or evidence."""
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    canaries = [portal.password.encode(), portal.phrase.encode()]
    kept = {p: p.read_bytes() for p in desk.home.rglob("*") if p.is_file()}
    assert kept
    for canary in canaries:
        assert canary not in (done.stdout + done.stderr).encode()
        assert not [str(p) for p, content in kept.items() if canary in content]
    log = next(desk.home.rglob("run.log")).read_text()
    assert person(1)["identification"] not in log
    assert person(1)["name"] not in log
