"""Where the press is divided: until a request leaves nothing was sent, and that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

SHORT = {"act_s": 8, "arrive_s": 3, "result_s": 5}


def commits(portal: PracticePortal) -> int:
    """How many POSTs of a last press the portal received."""
    return sum("commit" in post["action"] for post in portal.ask("received"))


def test_a_dialog_that_is_not_known_leaves_nothing_in_doubt(
    desk: Desk, portal: PracticePortal
) -> None:
    """HANTAR was pressed and nothing left: the row is not sent, and the next run files it."""
    desk.settings(timeouts=SHORT, retry={"attempts": 1, "wait_s": 0.1})
    portal.arm("confirmation reads otherwise")
    job = desk.job([person(1)])
    done = desk.file(job)
    assert done.returncode == 70, done.stderr
    assert "Confirmation" in done.stderr
    assert "is being looked up" not in done.stderr
    assert commits(portal) == portal.submissions == 0
    assert portal.drafts == []  # what it prepared went when the run ended
    (row,) = desk.returned()
    assert row["ASSIST status"] == "belum dihantar / not sent"
    again = desk.file(job)
    assert again.returncode == 0, again.stderr
    assert (portal.submissions, portal.drafts) == (1, [])


def test_a_portal_that_sends_by_an_address_is_looked_up(desk: Desk, portal: PracticePortal) -> None:
    """HANTAR leads to an action's address and needs neither POST nor dialog: it may have left."""
    desk.settings(timeouts=SHORT, retry={"attempts": 1, "wait_s": 0.1})
    portal.arm("confirmation is not asked")
    portal.arm("sent by an address")
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 1
    assert "the portal's record shows it" in desk.returned()[0]["ASSIST reason (EN)"]


@pytest.mark.heavy
def test_a_portal_that_sends_without_asking_is_looked_up(
    desk: Desk, portal: PracticePortal
) -> None:
    """HANTAR itself sent the case, under the guard: one POST, found in the record, filed.

    Its connection dies without an answer byte, whereupon Chromium alone would send it again.
    """
    desk.settings(timeouts=SHORT)
    portal.arm("confirmation is not asked")
    portal.arm("commit, then drop the connection silently")
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert commits(portal) == portal.submissions == 1
    assert "the portal's record shows it" in desk.returned()[0]["ASSIST reason (EN)"]
