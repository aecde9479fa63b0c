"""The browser's own second press: a POST that Chromium repeats by itself, counted at the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from drill.judge import lines
from rpa import flows
from tests.conftest import Desk, person
from tests.flows.samples import arrange, quick
from tests.supervisor import allowed

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from tests.conftest import PracticePortal

SILENT = "commit, then drop the connection silently"
BY_FORM, BY_AJAX = "form", "ajax"
# One of each way in the default run; the others when there is time.
PATIENT = {"act_s": 30, "arrive_s": 30, "result_s": 30}
QUICK = {("update_employer", BY_FORM)}


def heavy(*what: str, quick: bool = False) -> Any:
    return pytest.param(*what, marks=[] if quick else [pytest.mark.heavy])


def posts(portal: PracticePortal, action: str = "") -> list[str]:
    """The POSTs of the robot's own form, by action, in order."""
    return [post["action"] for post in portal.ask("received") if action in post["action"]]


def prepared(desk: Desk, portal: PracticePortal, procedure: str) -> Path:
    """The procedure's quick sample, with what must stand at the portal, approved where it must."""
    desk.settings(timeouts=PATIENT)
    arrange(desk, portal, procedure)
    return allowed(desk, quick(desk, procedure))


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("procedure", "way"),
    [
        heavy(name, way, quick=(name, way) in QUICK)
        for name in flows.names()
        for way in (BY_FORM, BY_AJAX)
    ],
)
def test_the_last_press_of_every_procedure_leaves_once(
    desk: Desk, portal: PracticePortal, procedure: str, way: str
) -> None:
    """Its connection dies without an answer byte: one POST, one filing, found in the record."""
    job = prepared(desk, portal, procedure)
    portal.ask("settings", {"commit": way})
    before, filed = len(posts(portal, "commit")), portal.submissions
    portal.arm(SILENT)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert len(posts(portal, "commit")) - before == 1
    assert portal.submissions - filed == 1
    assert [a["fired"] for a in portal.ask("faults")["armed"]] == [1]
    assert portal.drafts == []


@pytest.mark.parametrize(
    ("procedure", "way"),
    [
        heavy(name, way, quick=(name, way) == ("submit_contributions", BY_AJAX))
        for name in flows.names()
        for way in (BY_FORM, BY_AJAX)
    ],
)
@pytest.mark.parametrize("late_s", [2.0, pytest.param(8.0, marks=pytest.mark.heavy)])
def test_a_press_that_is_answered_late_leaves_once(
    desk: Desk, portal: PracticePortal, procedure: str, way: str, late_s: float
) -> None:
    """The guard stays until the POST has ended: also when the answer comes after the wait for it.

    Chromium sends a request itself that is let go while the guard holds it.
    """
    job = prepared(desk, portal, procedure)
    desk.settings(timeouts={**PATIENT, "result_s": 5})
    portal.ask("settings", {"commit": way})
    before, filed = len(posts(portal, "commit")), portal.submissions
    portal.arm("commit, then delay", seconds=late_s)
    done = desk.file(job)
    assert len(posts(portal, "commit")) - before == 1, done.stderr
    assert portal.submissions - filed == 1
    assert done.returncode == 0, done.stderr


def lined(portal: PracticePortal) -> Counter[str]:
    """What was submitted, line by line."""
    return lines({"filings": portal.filings, "contributions": portal.contributions}, [])


@pytest.mark.parametrize("procedure", [heavy(n) for n in flows.names()])
def test_a_save_that_chromium_repeats_is_never_filed_twice(
    desk: Desk, portal: PracticePortal, procedure: str
) -> None:
    """Whatever POST before the press is lost silently: one filing, as declared, or none."""
    job = prepared(desk, portal, procedure)
    first = len(posts(portal))
    standing, submitted = lined(portal), portal.submissions
    assert desk.file(job).returncode == 0
    actions = list(dict.fromkeys(a for a in posts(portal)[first:] if "commit" not in a))
    quiet = lined(portal) - standing
    for number, action in enumerate(actions):
        portal.reset()
        again = fresh(desk, number)
        job = prepared(again, portal, procedure)
        before = lined(portal)
        portal.arm(SILENT, on=action)
        done = again.file(job)
        assert "Traceback" not in done.stderr, (action, done.stderr)
        assert portal.submissions <= submitted + 1, action
        if portal.submissions > submitted:
            assert lined(portal) - before == quiet, action
            assert done.returncode == 0, (action, done.stderr)
        assert portal.drafts == [], action


def fresh(desk: Desk, number: int) -> Desk:
    """Another desk at the same portal: an empty ledger."""
    folder = desk.folder / f"again-{number}"
    folder.mkdir()
    return Desk(folder, desk.portal)


@pytest.mark.heavy
def test_a_worker_whom_chromium_saved_twice_is_filed_once(
    desk: Desk, portal: PracticePortal
) -> None:
    """SAVE in the popup, then SAVE of the list: the first of each has no answer."""
    for action in ("employee_save", "add_employees/save"):
        portal.arm(SILENT, on=action)
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert portal.submissions == 1
    assert [w["registrationNo"] for f in portal.filings for w in f["workers"]] == ["900102000001"]
    assert portal.drafts == []


UNGUARDED = "The last press goes through the browser itself"


@pytest.mark.parametrize(
    ("procedure", "said"),
    [
        ("update_employer", "The last press arrived twice"),
        heavy("submit_contributions", "does not tell whether"),
        heavy("add_documents", "does not tell whether"),
    ],
)
def test_without_the_guard_a_second_press_is_told(
    desk: Desk, portal: PracticePortal, procedure: str, said: str
) -> None:
    """``single_press: browser``: said at the start; what came twice, or may have, is told."""
    job = prepared(desk, portal, procedure)
    before = portal.submissions
    desk.settings(single_press="browser", timeouts=PATIENT)
    portal.arm(SILENT)
    done = desk.file(job)
    assert UNGUARDED in done.stderr
    assert portal.submissions - before == 2
    assert said in done.stderr
    assert done.returncode == (14 if "twice" in said else 0), done.stderr
    report = (desk.last_run() / "report.html").read_text("utf-8")
    assert said in report


@pytest.mark.heavy
def test_without_the_guard_a_press_that_came_once_makes_no_noise(
    desk: Desk, portal: PracticePortal
) -> None:
    """The portal's record shows one: the row is filed, and nothing is told but the setting."""
    job = prepared(desk, portal, "update_employer")
    desk.settings(single_press="browser", timeouts=PATIENT)
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert UNGUARDED in done.stderr
    assert "twice" not in done.stderr.replace(UNGUARDED, "").split("a connection breaks", 1)[1]
