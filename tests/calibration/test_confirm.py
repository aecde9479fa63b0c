"""Nothing is filed at a live portal by words that nobody has confirmed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa import flows, pages
from rpa.calibration import overlay
from rpa.engine import red
from rpa.errors import NotConfirmed
from rpa.portal.profile import load, shipped
from tests.calibration.test_calibrate import calibrate
from tests.conftest import person

if TYPE_CHECKING:
    from tests.conftest import Desk

LIVE = "https://assist.invalid"
CLOSED = NotConfirmed.exit_code
OF_ALL = (
    "words.status.rejected",
    "words.action.remove",
    "words.sent.said",
    "signs.refusal",
    "patterns.case_number",
    "Inbox.cases.columns.status",
    "Confirmation.confirm",
    "Removal.remove",
)
OFFICE = ("--by", "Pejabat Contoh")


def unconfirmed(desk: Desk) -> list[str]:
    """As the run of new workers would tell."""
    profile = load(desk.config)
    return [one.key for one in red.of(profile, "add_employees") if not one.entry.confirmed]


@pytest.mark.parametrize("procedure", flows.names())
def test_what_decides_is_told_by_the_code(procedure: str) -> None:
    """Statuses, actions, signs, numbers, the last presses on its screens; each once."""
    loaded = pages.controls()
    keys = [one.key for one in red.of(shipped(), procedure)]
    assert len(keys) == len(set(keys))
    assert set(OF_ALL) <= set(keys)
    presses = {key for key, one in loaded.items() if getattr(one, "commits", False)}
    assert {key for key in keys if key in presses} > {"Confirmation.confirm"}
    assert ("PendingDocuments.send" in keys) is (procedure == "add_documents")
    assert ("MonthPage.send" in keys) is (procedure == "submit_contributions")


def test_a_live_portal_is_filed_at_once_a_person_has_confirmed_what_decides(desk: Desk) -> None:
    """Stopped before a browser opens; a wrong answer leaves it shut, and so does a later mend."""
    desk.settings(address=LIVE, retry={"attempts": 1, "wait_s": 0.1})
    job = desk.job([person(1)])
    assert "A filing would stop (16)" in desk.assist("check", job).stdout
    stopped = desk.file(job)
    assert stopped.returncode == CLOSED, stopped.stderr
    assert "words.status (7)" in stopped.stderr
    assert "Preview.send" in stopped.stderr
    assert "filed 0 of 1 row" in stopped.stdout
    asked = calibrate(desk, "--confirm", *OFFICE, said="y\nn\n" + "y\n" * 30)
    statuses, presses = asked.stderr.split("2/", 1)[0], asked.stderr.partition("Preview.send")[2]
    assert "not seen yet" not in statuses  # of a word no visit can say it
    assert "not seen yet" in presses
    assert asked.returncode == CLOSED, asked.stderr
    assert "words.action (6)" in desk.file(job).stderr
    assert calibrate(desk, "--confirm", *OFFICE, said="y\n").returncode == 0
    open_now = desk.file(job)  # and there is no such portal
    assert open_now.returncode not in {0, CLOSED}, open_now.stderr
    assert unconfirmed(desk) == []
    profile = overlay.standing(desk.config)
    profile["words"]["status"]["draft"] = {"en": "Rough"}
    overlay.write(desk.config / "profile.yaml", profile)
    assert unconfirmed(desk) == ["words.status.draft"]


def test_who_confirms_is_said_and_nothing_is_written_before(desk: Desk) -> None:
    """No office, no answer: no file."""
    desk.settings(address=LIVE)
    assert calibrate(desk, "--confirm", said="y\n" * 30).returncode == 65
    assert calibrate(desk, "--confirm", *OFFICE).returncode == CLOSED
    assert not (desk.config / "profile.yaml").exists()
