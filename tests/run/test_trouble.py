"""Trouble of the portal in the middle of a step is no verdict on the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import person

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
