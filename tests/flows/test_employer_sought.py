"""An employer who is not in sight is sought before anything is said of the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa.errors import Refused, UnexpectedPage
from rpa.pages.contribution_review import Fund, PayingEmployers
from rpa.pages.employees import EmployeeList
from rpa.pages.shell import MySites
from tests.conftest import EMPLOYER

if TYPE_CHECKING:
    from rpa.portal.tab import Portal
    from tests.conftest import PracticePortal

STRANGER = "E9900009999X"
LISTED = """
<table aria-label="Employer(s) Listing"><thead><tr><th>Code</th><th>Action</th></tr></thead>
<tbody>{}</tbody></table>{}
"""
OTHERS = "<tr><td>B9900005678W</td><td></td></tr>"
NEXT = '<nav class="pagination"><a href="#">Next</a></nav>'


def test_a_listing_that_is_empty_until_a_search(robot: Portal, portal: PracticePortal) -> None:
    """He is found by his code; a search that finds nobody is what the portal does not list."""
    portal.arm("empty until searched", times=9)
    site = MySites(robot).registration()
    screen = site.update(EmployeeList, EMPLOYER)
    assert screen.employer_code.read() == EMPLOYER
    with pytest.raises(Refused, match=f"does not list employer {STRANGER}"):
        MySites(robot).registration().update(EmployeeList, STRANGER)


@pytest.mark.parametrize(
    ("rows", "after", "said"),
    [
        (OTHERS, "", Refused),
        (OTHERS, NEXT, UnexpectedPage),
        ("", "", UnexpectedPage),
        ('<tr><td colspan="2">No Record Found.</td></tr>', "", UnexpectedPage),
    ],
)
def test_a_listing_that_cannot_be_searched(
    robot: Portal, rows: str, after: str, said: type[Exception]
) -> None:
    """That he is not there is said where others are, and there is no further page."""
    robot.tab.set_content(LISTED.format(rows, after))
    with pytest.raises(said):
        PayingEmployers(robot).view(Fund.ACR, EMPLOYER)
