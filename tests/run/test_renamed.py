"""A portal that calls one thing otherwise stops the filing; the line of its message mends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

# What is renamed, to what; and what the office writes for the dots of the message's line.
RENAMED = {
    "menu": {"Update": "Changes"},
    "menu entry": {"Update Add New Employee": "Enrol Workers"},
    "screen": {"Form 2 - Employee's Registration Form": "Enrolment"},
    "table": {"New Employee(s) Listing": "Workers to Enrol"},
    "column": {"Identification No.": "Number"},
    "dialog": {"Add Employee Information": "Worker"},
    "button": {"ADD EMPLOYEE": "ENROL WORKER"},
    "last press": {"SUBMIT": "LODGE"},
    "confirmation": {"CONFIRM": "YES LODGE"},
    "option": {"New Identification": "IC Number"},
    "text box": {"Name of Employee": "Full Name"},
    "date": {"Date of Birth": "Birthday"},
    "list": {"Race": "Ethnic Group"},
    "radio buttons": {"Gender (M/F)": "Sex"},
}
UNEXPECTED, DIFFERS, DOUBT = 70, 11, 14
LINE = re.compile(r"config/profile\.yaml(?:, below (screens|words))?: (.+)$", re.MULTILINE)


@pytest.mark.heavy
@pytest.mark.parametrize("what", RENAMED)
@pytest.mark.parametrize("language", ["en"])
def test_whatever_is_renamed_is_mended_by_the_lines_of_the_messages(
    desk: Desk, portal: PracticePortal, what: str
) -> None:
    """Nothing is sent before; each message's line is taken as it stands, its dots filled."""
    ((_, new),) = RENAMED[what].items()
    portal.ask("settings", {"words": RENAMED[what]})
    desk.settings(retry={"attempts": 1}, timeouts={"act_s": 3, "arrive_s": 5, "result_s": 10})
    job, mended = desk.job([person(1)]), {"extends": "assist-2019"}
    done = desk.file(job)
    assert done.returncode in {UNEXPECTED, DIFFERS}, done.stderr
    for _ in range(6):
        if done.returncode == 0:
            break
        assert portal.filings == []
        _add(mended, _told(done.stderr, new))
        (desk.config / "profile.yaml").write_text(yaml.safe_dump(mended, allow_unicode=True))
        done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert len(portal.filings) == 1


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_status_that_is_renamed_is_a_doubt_that_its_line_settles(
    desk: Desk, portal: PracticePortal
) -> None:
    """It is met after the press; a person says what it means, and nothing is sent again."""
    portal.ask("settings", {"officer": True, "words": {"Pending for Review": "Awaiting"}})
    job = desk.job([person(1)])
    done = desk.file(job)
    assert done.returncode == DOUBT, done.stderr
    mended = {"extends": "assist-2019", **_told(done.stderr, "pending")}
    (desk.config / "profile.yaml").write_text(yaml.safe_dump(mended, allow_unicode=True))
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert len(portal.filings) == portal.submissions == 1


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("skin", ["classic", "modern"])
def test_a_field_that_the_portal_has_not_is_told_beside_the_row(
    desk: Desk, portal: PracticePortal
) -> None:
    """It stops, then files with `none`; what could not be told stands in the report."""
    portal.ask("settings", {"words": {"Race": ""}})
    desk.settings(retry={"attempts": 1}, timeouts={"act_s": 3, "arrive_s": 5, "result_s": 10})
    job = desk.job([person(1, race="Malay")])
    assert desk.file(job).returncode == UNEXPECTED
    assert portal.filings == []
    desk.profile("EmployeePopup", "race: {none: this portal does not ask for it}")
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert len(portal.filings) == 1
    assert "Race: not told" in (desk.last_run() / "report.html").read_text("utf-8")


def _told(said: str, new: str) -> dict[str, Any]:
    room, line = LINE.findall(said)[-1]
    written = yaml.safe_load(
        "{" + line.replace("…", yaml.safe_dump(new, width=1000).split("\n")[0]) + "}"
    )
    return {room: written} if room else written


def _add(mended: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict):
            _add(mended.setdefault(key, {}), value)
        else:
            mended[key] = value
