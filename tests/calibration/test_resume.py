"""A visit waits, is helped over by a person, and is gone on with."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from rpa.calibration import earlier
from rpa.calibration.result import RESULT
from tests.calibration.terminal import converse
from tests.conftest import EMPLOYER, SHELL

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

QUICK = {"act_s": 3, "arrive_s": 5, "result_s": 10}


def result(desk: Desk) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((desk.last_run() / RESULT).read_text("utf-8"))
    return told


def visit(*entries: dict[str, Any], error: str = "", **other: Any) -> dict[str, Any]:
    """As a result tells it."""
    said = {"bm": error, "en": error, "at": "", "passes": False} if error else None
    stop = {"name": "inbox", "bm": "Kes", "en": "Cases", "error": said, "language": "en"}
    return {
        "portal": PORTAL, "profile": "p", "at": "2026-11-12T08:23:00+08:00", "words": [],
        "entries": list(entries), "stops": [stop], "lines": {}, "things": {}, **other,
    }  # fmt: skip


def entry(key: str, state: str, *called: str, **line: str) -> dict[str, Any]:
    near = [{"words": one, "picture": "pictures/a.png"} for one in called]
    return {"key": key, "state": state, "line": line or None, "nearest": near}


PORTAL = "http://127.0.0.1:9"


def test_a_visit_that_goes_on_holds_what_the_one_before_saw() -> None:
    """Each thing by what says more; with lines that were taken since only what was as expected."""
    seen = entry("Inbox.a", "missing", "Case State", en="Case State")
    before = visit(seen, entry("Inbox.b", "expected"), lines={"Inbox.a": {"en": ["Case State"]}})
    after = visit(entry("Inbox.a", "expected"), entry("Other.c", "unseen"), error="away")
    told = earlier.joined(("cut", before), after)
    assert {e["key"]: e["state"] for e in told["entries"]} == {
        "Inbox.a": "missing", "Inbox.b": "expected", "Other.c": "unseen",
    }  # fmt: skip
    assert told["entries"][0]["nearest"][0]["picture"] == "../cut/pictures/a.png"
    assert told["lines"] == before["lines"]
    assert [bool(stop["error"]) for stop in told["stops"]] == [False, True]
    told = earlier.joined(("cut", before), {**after, "profile": "mended"})
    assert {e["key"]: e["state"] for e in told["entries"]}["Inbox.a"] == "expected"
    assert told["lines"] == {}


# What a person does in the window: the menu that nobody knows, its entry, the employer's pencil, by
# the page itself and only while the terminal waits.
HANDS = """
from rpa.cli import calibrate, main
bring = calibrate._bring
def hands(stopped, portal, wanted):
    if "first screen" in wanted.en:
        portal.tab.get_by_role("textbox").fill("135790")
        portal.tab.get_by_role("button").evaluate("it => setTimeout(() => it.click(), 300)")
    if "(EmployeeList)" in wanted.en:
        portal.tab.get_by_text("Amendments", exact=True).hover()
        portal.tab.get_by_role("link", name="Update Add New Employee").click()
        line = portal.tab.locator("tr").filter(has_text="E9900001234V")
        line.get_by_role("link").wait_for()
        line.get_by_role("link").evaluate("link => setTimeout(() => link.click(), 300)")
    return bring(stopped, portal, wanted)
calibrate._bring = hands
main.main()
"""


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32" or not SHELL, reason="a browser without its window")
@pytest.mark.parametrize("language", ["en"])
def test_a_person_opens_what_nobody_can_reach(desk: Desk, portal: PracticePortal) -> None:
    """The visit looks at it, goes on from there, and only looks again; what is skipped is left."""
    portal.ask("settings", {"words": {"Update": "Amendments"}})
    portal.ask("account", {"email": portal.email, "code": "135790"})
    desk.settings(timeouts=QUICK)
    parts = ("--part", "new-workers", "--part", "leavers")
    said = at_a_terminal(desk, HANDS, "calibrate", EMPLOYER, *parts, "--show-browser")
    assert "asks for a one-time code. In the browser's window, please open" in said, said
    assert "please open the screen with" in said, said
    assert "(ResignedDates)" in said, said
    told = result(desk)
    assert earlier.reached(told) >= {("new-workers", "en"), ("leavers", "bm")}, said
    assert ("leavers", "en") not in earlier.reached(told), said
    seen = {one["key"].partition(".")[0] for one in told["entries"] if one["state"] == "expected"}
    assert {"EmployeeList", "EmployeePopup", "ForeignEmployeePopup"} <= seen
    assert portal.drafts == portal.filings == []


def at_a_terminal(desk: Desk, script: str, *words: str) -> str:
    """All that it says: no question is answered, and of the screens one is opened, one skipped."""

    def answer(new: str, told: str) -> str | None:
        del told
        if new.rstrip().endswith("to skip it:"):
            return "s" if "(ResignedDates)" in new else ""
        return "" if new.rstrip().endswith("none of them:") else None

    def after_s(new: str) -> float:
        return 3.0 if "to skip it:" in new and "(ResignedDates)" not in new else 0.2

    return converse(desk, answer, "-c", script, *words, after_s=after_s)[1]


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_what_passes_is_waited_for_and_a_visit_that_was_cut_is_gone_on_with(
    desk: Desk, portal: PracticePortal
) -> None:
    """A session that ends, maintenance of a moment, of an hour, a kill; one password a session."""
    parts = ("--part", "leavers", "--part", "employer", "--part", "pending")
    desk.settings(lease_s=5)
    portal.arm("session expired", on="update-employer-information")
    portal.arm("maintenance page", on="resigned-date")
    said = desk.assist("calibrate", EMPLOYER, *parts, limit_s=300)
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stderr.count("trying again") == 2, said.stderr
    assert "reached 3 of 3 parts" in said.stdout
    portal.arm("maintenance page", times=100, on="", skip=24)
    said = desk.assist("calibrate", EMPLOYER, *parts, limit_s=300)
    assert said.returncode == 75, said.stdout + said.stderr
    assert "--resume" in said.stderr
    portal.ask("disarm", {})
    left = result(desk)
    assert left["stops"], said.stderr
    for _ in range(2):
        running = desk.start("calibrate", EMPLOYER, *parts, "--resume")
        assert running.stderr
        if _ == 0:  # killed as its first part begins; what it went on with is still there
            next(line for line in running.stderr if "…" in line)
            running.kill()
        out, err = running.communicate(timeout=300)
        time.sleep(0 if _ else 6)  # the lease of the killed one
    assert running.returncode == 0, out + err
    told = result(desk)
    walked = [(one["name"], one["language"]) for one in told["stops"] if not one["error"]]
    assert len(walked) == len(set(walked)) == 6, (left["stops"], walked)
    assert earlier.reached(left) < set(walked)
    assert {one["key"] for one in left["entries"]} <= {one["key"] for one in told["entries"]}
    logins = len([one for one in portal.ask("received") if "password" in str(one["fields"])])
    assert logins <= 6, "one for each session"
