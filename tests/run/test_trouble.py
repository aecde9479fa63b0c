"""Trouble of the portal in the middle of a step is no verdict on the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import person
from tests.flows.test_submit_contributions import report

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal


def test_trouble_before_the_press_and_in_it_starts_over_and_files(
    desk: Desk, portal: PracticePortal
) -> None:
    """A 500 under a popup's SAVE, the session's end under the next, a 500 under CONFIRM.

    Each shows as a strip over a screen that is otherwise whole; none refuses the row.
    """
    desk.settings(retry={"attempts": 5, "wait_s": 0.1})
    portal.ask("settings", {"commit": "ajax"})
    portal.arm("500 without a page", on="employee_save")
    portal.arm("session expired by redirect", on="employee_save", skip=1)
    portal.arm("500 without a page")
    done = desk.file(desk.job([person(1)]))
    assert [a["fired"] for a in portal.ask("faults")["armed"]] == [1, 1, 1], done.stderr
    assert done.returncode == 0, done.stderr
    assert (portal.submissions, portal.drafts) == (1, [])
    (row,) = desk.returned()
    assert row["ASSIST status"] == "difailkan / filed"


def test_a_draft_that_stays_is_named_whichever_try_prepared_it(
    desk: Desk, portal: PracticePortal
) -> None:
    """The first try saves it, and no later one signs in: by its number, in terminal and report."""
    desk.settings(retry={"attempts": 2, "wait_s": 0.1})
    portal.arm("portlet unavailable", on="documents")
    portal.arm("maintenance page", on="web/base/myassist", skip=2, times=99)
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 13, done.stderr
    (draft,) = portal.drafts
    told = f"Draft {draft['reference']} may still stand at the portal. The next run removes it."
    assert told in done.stderr
    assert told in report(desk)
