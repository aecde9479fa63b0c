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
}
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
    assert done.returncode == 70, done.stderr
    for _ in range(6):
        if done.returncode == 0:
            break
        assert portal.filings == []
        _add(mended, _told(done.stderr, new))
        (desk.config / "profile.yaml").write_text(yaml.safe_dump(mended, allow_unicode=True))
        done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert len(portal.filings) == 1


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
