"""Whoever signed in signs out: no log-in is made over a session that is alive."""

from __future__ import annotations

from contextlib import ExitStack
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from rpa.engine.session import Session
from rpa.portal.origins import Elsewhere
from tests.conftest import person

if TYPE_CHECKING:
    from rpa.portal.tab import Portal
    from tests.conftest import Desk, PracticePortal


def alive(portal: PracticePortal) -> list[object]:
    """The sessions that live at the portal now, and the log-ins that were made over one."""
    over = [one for one in portal.ask("logins") if one["live"] > 1]
    return [*portal.ask("sessions")["live"], *over]


def test_what_a_notice_said_is_told_at_the_end_and_not_logged() -> None:
    """A portal may name a person in it; what is noted stands in the run's log."""
    noted: list[object] = []
    session = Session.__new__(Session)
    session.elsewhere, session._note, session._open = Elsewhere(), noted.append, ExitStack()
    portal = SimpleNamespace(notices={"CONTOH BIN REKAAN": None}, signed_in=False)
    session._portal = cast("Portal", portal)
    session.close()
    (told,) = session.elsewhere.told
    assert told.en == "A notice at the portal: CONTOH BIN REKAAN"
    assert noted == []


@pytest.mark.heavy
def test_every_command_signs_out_and_uses_the_session_that_is_alive(
    desk: Desk, portal: PracticePortal
) -> None:
    """A lost answer, trouble in the middle, a rehearsal, `follow`: one log-in each, none over."""
    portal.ask("settings", {"officer": True})  # so that `follow` has something to look at
    portal.arm("portlet unavailable", on="update-add-new-employee")
    portal.arm("commit, then drop the connection")
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert "Starting over (2 of 3)" in done.stderr
    assert (len(portal.ask("logins")), alive(portal)) == (1, [])
    portal.arm("session expired", on="update-add-new-employee")
    assert desk.assist("run", desk.job([person(2)])).returncode == 0
    assert (len(portal.ask("logins")), alive(portal)) == (3, [])
    assert desk.assist("follow").returncode == 0
    assert (len(portal.ask("logins")), alive(portal)) == (4, [])


def test_a_refused_run_signs_out_and_one_that_cannot_says_so(
    desk: Desk, portal: PracticePortal
) -> None:
    """The verdict stays; the session ends by itself in the end.

    Where the address of Sign Out is another, it is pressed as a person presses it.
    """
    portal.ask("settings", {"mandatory_document": True})
    desk.settings(logout_path="/another/way/out")
    refused = desk.file(desk.job([person(1)]))
    assert refused.returncode == 10, refused.stderr
    assert alive(portal) == []
    assert "signed out" not in refused.stderr
    portal.ask("settings", {"mandatory_document": False})
    desk.settings()
    portal.arm("maintenance page", on="c/portal/logout")
    portal.arm("maintenance page", on="employer/login", skip=3, times=9)
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert "could not be signed out" in done.stderr
