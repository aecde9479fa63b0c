"""A review that goes on over several pages is compared whole, whatever the portal looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

DIFFERS = 11


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["mixed"])
@pytest.mark.parametrize("skin", ["classic", "modern", "foreign", "stranger"])
def test_every_page_of_a_review_is_compared(desk: Desk, portal: PracticePortal) -> None:
    """Two to a page: another value on the last stops the filing; without it five are filed."""
    portal.ask("settings", {"review_page": 2})
    rows = [person(number) for number in range(1, 6)]
    job = desk.job(rows)
    desk.settings(retry={"attempts": 1})
    other = {"field": "nameOfEmployee", "value": "LAIN", "part": 4}
    portal.arm("review shows another value", times=9, **other)
    done = desk.file(job)
    assert done.returncode == DIFFERS, done.stderr
    assert portal.filings == []
    portal.ask("disarm", {})
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert [len(filing["workers"]) for filing in portal.filings] == [5]
