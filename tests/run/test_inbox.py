"""The look at the inbox does not rely on what one of its columns is like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import Desk, person
from tests.flows.test_other_hands import leave_draft

if TYPE_CHECKING:
    from tests.conftest import PracticePortal


@pytest.mark.heavy
@pytest.mark.parametrize("shows", ["name", pytest.param("nothing", marks=pytest.mark.heavy)])
def test_a_person_in_a_case_of_another_hand_is_found_without_the_employers_code(
    desk: Desk, portal: PracticePortal, other: Desk, shows: str
) -> None:
    """Sent, and on a later page; or a draft: that person does not get a second case."""
    portal.ask("settings", {"officer": True, "inbox_shows": shows, "inbox_page": 1})
    assert other.file(other.job([person(1)])).returncode == 0
    leave_draft(other, other.job([person(2)]))
    stands = portal.drafts
    done = desk.file(desk.job([person(1), person(3)], rows_per_filing=1))
    assert done.returncode == 10, done.stderr
    assert [row["ASSIST status"] for row in desk.returned()] == [
        "ditolak / refused",
        "difailkan / filed",
    ]
    assert portal.submissions == 2
    done = desk.file(desk.job([person(2)], name="second"))
    assert done.returncode == 13, done.stderr
    assert stands[0]["reference"] in done.stderr
    assert (portal.drafts, portal.submissions) == (stands, 2)


@pytest.mark.heavy
def test_a_draft_is_gone_when_it_was_seen_to_be_gone(desk: Desk, portal: PracticePortal) -> None:
    """One that is called by an unknown word stays noted and is named; known again, it goes."""
    portal.ask("settings", {"inbox_shows": "name", "words": {"Draft": "Belum Lagi"}})
    job = desk.job([person(1)])
    done = desk.assist("run", job)
    assert done.returncode == 13, done.stderr
    ((number, said),) = [(d["reference"], done.stderr) for d in portal.drafts]
    assert "'Belum Lagi'" in said
    assert number in str(desk.returned()[0]["ASSIST reason (EN)"])
    assert number in desk.assist("status").stdout
    done = desk.file(job)
    assert done.returncode == 13, done.stderr
    assert "'Belum Lagi'" in done.stderr
    assert ([d["reference"] for d in portal.drafts], portal.submissions) == ([number], 0)
    portal.ask("settings", {"words": {}})
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert (portal.drafts, portal.submissions) == ([], 1)
    assert "Drafts of ours" not in desk.assist("status").stdout


@pytest.mark.heavy
def test_what_is_beyond_the_bounds_asks_a_person(desk: Desk, portal: PracticePortal) -> None:
    """Neither a longer list nor more open cases are passed over."""
    portal.ask("settings", {"inbox_page": 1})
    desk.settings(inbox={"pages": 1, "opened": 50})
    assert desk.file(desk.job([person(1)])).returncode == 0
    assert desk.file(desk.job([person(2)], name="second")).returncode == 0
    done = desk.file(desk.job([person(3)], name="third"))
    assert done.returncode == 13, done.stderr
    assert "inbox.pages" in done.stderr
    assert portal.submissions == 2
