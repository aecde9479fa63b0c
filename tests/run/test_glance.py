"""`settle` looks at the portal's record before it notes a person's answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Desk, PracticePortal

pytestmark = pytest.mark.heavy
WHY = ("--reason", "looked")
LOST = "commit, then drop the connection"


def doubt(desk: Desk) -> str:
    """The filing that waits, as `status` shows it."""
    (found,) = set(re.findall(r"assist-rpa settle ([0-9a-f]{8})", desk.assist("status").stderr))
    return str(found)


def lost(desk: Desk, portal: PracticePortal) -> tuple[Path, str]:
    """Sent, and not listed for an hour."""
    portal.arm(LOST)
    portal.arm("listed late", seconds=3600)
    job = desk.job([person(1)])
    done = desk.file(job)
    assert done.returncode == 14, done.stderr
    return job, doubt(desk)


def test_the_record_goes_before_a_persons_word(desk: Desk, portal: PracticePortal) -> None:
    """It contradicts: the answer is its own, which a run would have found, and is told."""
    job, filing = lost(desk, portal)
    number = portal.filings[0]["reference"]
    portal.ask("show", {})
    done = desk.assist("settle", filing, "--not-filed", *WHY)
    assert done.returncode == 11, done.stderr
    assert f"filed {number}, by the portal's own record" in done.stdout
    assert "Your answer was not noted" in done.stderr
    assert "reading only" in done.stderr
    assert list(desk.last_run().glob("letters/*.pdf"))
    done = desk.file(job)
    assert (done.returncode, portal.submissions) == (0, 1)
    assert "Answers of persons" not in desk.assist("status").stdout


def test_a_correction_to_not_filed_is_stopped_by_the_record_or_by_the_look_before_the_filing(
    desk: Desk, portal: PracticePortal
) -> None:
    """What is there is never pressed again, whatever a person says of it, and how often."""
    job, filing = lost(desk, portal)
    number = portal.filings[0]["reference"]
    assert desk.assist("settle", filing, "--filed", number, "--no-look", *WHY).returncode == 0
    blind = desk.assist("settle", filing, "--correct", "--not-filed", "--no-look", *WHY)
    assert blind.returncode == 0, blind.stderr
    portal.ask("show", {})
    done = desk.file(job)
    assert (done.returncode, portal.submissions) == (0, 1), done.stderr
    again = desk.assist("settle", filing, "--correct", "--filed", number, "--no-look", *WHY)
    assert again.returncode == 0, again.stderr
    done = desk.assist("settle", filing, "--correct", "--not-filed", *WHY)
    assert done.returncode == 11, done.stderr
    assert f"under {number}" in done.stderr
    assert desk.assist("settle", filing, "--correct", "--not-filed", *WHY).returncode == 78
    done = desk.file(job)
    assert (done.returncode, portal.submissions) == (0, 1), done.stderr
    assert desk.assist("status", "--verify").returncode == 0


def test_a_number_that_the_portal_shows_as_a_draft_is_not_filed(
    desk: Desk, portal: PracticePortal
) -> None:
    """The draft stays where it is; a password that is not there is said, and hinders nothing."""
    portal.arm("drop before commit", times=2)
    portal.arm("maintenance page", on="registration/myassist", skip=4, times=99)
    job = desk.job([person(1)])
    assert desk.file(job).returncode == 14
    portal.ask("disarm", {})
    filing = doubt(desk)
    (draft,) = portal.drafts
    done = desk.assist("settle", filing, "--filed", draft["reference"], *WHY)
    assert done.returncode == 11, done.stderr
    assert "as not sent yet" in done.stderr
    assert portal.drafts == [draft]
    desk.env["CANARY_PASSWORD"] = ""
    done = desk.assist("settle", filing, "--not-filed", *WHY)
    assert done.returncode == 0, done.stderr
    assert "The portal could not be looked at" in done.stderr
    desk.env["CANARY_PASSWORD"] = portal.password
    assert desk.file(job).returncode == 0
    assert (portal.submissions, portal.drafts) == (1, [])
