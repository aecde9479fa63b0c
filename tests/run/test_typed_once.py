"""A password is typed once: what does not arrive after LOG MASUK is not tried again by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import person

if TYPE_CHECKING:
    from tests.conftest import Desk, PracticePortal

OTHER_WORDS = "log-in refused in other words"
REASON = ("--reason", "signed in by hand")


def typed(portal: PracticePortal) -> int:
    """How many POSTs with a password the portal received, answered or not."""
    posts = portal.ask("received")
    return len([post for post in posts if any("password" in name for name in post["fields"])])


def number_of(said: str) -> str:
    """The log-in's number in the command that the sentence names."""
    found = re.search(r"retry-login ([0-9a-f]{8}) --reason", said)
    assert found, said
    return found[1]


def test_a_refusal_in_unfamiliar_words_costs_one_password_over_three_runs(
    desk: Desk, portal: PracticePortal
) -> None:
    """Its words are said; `follow` and `run` type no more until a person says so."""
    desk.settings(timeouts={"act_s": 4, "arrive_s": 6, "result_s": 6})
    job = desk.job([person(1)])
    portal.arm(OTHER_WORDS)
    first = desk.file(job)
    assert first.returncode == 13, first.stderr
    assert "Maklumat log masuk tidak sah." in first.stderr
    assert "Starting over" not in first.stderr
    second, third = desk.file(job), desk.assist("run", job)
    for later in (second, third):
        assert later.returncode == 13, later.stderr
        assert "Maklumat log masuk tidak sah." in later.stderr
    assert typed(portal) == len(portal.ask("logins")) == 1
    number = number_of(third.stderr)
    assert number in desk.assist("status").stdout
    kept = [p.read_bytes() for p in desk.home.rglob("*") if p.is_file()]
    assert not [one for one in kept if portal.password.encode() in one]

    assert desk.assist("retry-login", number, *REASON).returncode == 0
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert typed(portal) == 2
    assert "retry-login" not in desk.assist("status").stdout


LOST: list[Any] = [
    {"fault": "500 before commit", "on": "login/login"},
    pytest.param({"fault": "drop before commit", "on": "login/login"}, marks=pytest.mark.heavy),
    pytest.param({"fault": "commit, then 500", "on": "login/login"}, marks=pytest.mark.heavy),
    pytest.param({"fault": "maintenance page", "on": "login/login"}, marks=pytest.mark.heavy),
    pytest.param({"fault": "session expired", "on": "web/base/myassist"}, marks=pytest.mark.heavy),
]


@pytest.mark.parametrize("fault", LOST)
def test_a_portal_that_goes_away_after_the_password_is_not_given_it_again(
    desk: Desk, portal: PracticePortal, fault: dict[str, Any]
) -> None:
    """Neither in this run nor in the next; another password is another matter."""
    desk.settings(timeouts={"act_s": 4, "arrive_s": 6, "result_s": 6})
    job = desk.job([person(1)])
    portal.ask("arm", fault)
    for _ in range(2):
        done = desk.file(job)
        assert done.returncode == 13, done.stderr
        assert typed(portal) == 1
    number_of(done.stderr)
    portal.ask("account", {"email": portal.email, "password": "another-canary"})
    desk.env["CANARY_PASSWORD"] = "another-canary"  # noqa: S105  a canary
    done = desk.file(job)
    assert done.returncode == 0, done.stderr
    assert typed(portal) == 2


def test_trouble_before_the_password_is_tried_again(desk: Desk, portal: PracticePortal) -> None:
    """Nothing was typed, so nothing is remembered."""
    portal.arm("500 before commit", on="login/next")
    done = desk.file(desk.job([person(1)]))
    assert done.returncode == 0, done.stderr
    assert typed(portal) == 1


@pytest.mark.heavy
def test_an_accepted_password_is_typed_in_every_run(desk: Desk, portal: PracticePortal) -> None:
    """Also where the session is lost in the middle of a run."""
    portal.arm("session expired", on="update-add-new-employee")
    for number in (1, 2):
        done = desk.file(desk.job([person(number)]))
        assert done.returncode == 0, done.stderr
    assert typed(portal) == 3


def test_a_person_gives_a_reason_and_names_one_log_in(desk: Desk, portal: PracticePortal) -> None:
    """No reason, no such log-in: nothing is changed."""
    desk.env["CANARY_PASSWORD"] = "canary-of-a-wrong-password"  # noqa: S105  a canary
    job = desk.job([person(1)])
    number = number_of(desk.file(job).stderr)
    for words in ([number, "--reason", " "], ["00000000", *REASON]):
        assert desk.assist("retry-login", *words).returncode == 78
    assert desk.file(job).returncode == 13
    assert typed(portal) == 1
