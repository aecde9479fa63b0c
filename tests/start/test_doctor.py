"""`assist-rpa doctor`: every fault by itself, with whose move is next; and a desk that can work."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from rpa import settings
from rpa.engine.clock import DayDenied
from rpa.errors import ConfigInvalid
from rpa.start import examine
from rpa.start.examine import State
from tests.portal.test_certificate import impostor

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from rpa.start.examine import Found
    from tests.conftest import Desk

__all__ = ["impostor"]  # a fixture

SECRET = "not-to-be-seen-4711"  # noqa: S105  nobody's
HOLDER: dict[str, Any] = {
    "email": "gaji@pejabat.invalid",
    "employers": ["E9900001234V"],
    "password": {"env": "DOCTORS_PASSWORD"},
    "security_phrase": {"command": [sys.executable, "-c", f"print('{SECRET}')"]},
}


class Office:
    """A desk where all is as it should be, but for the portal that nobody has said."""

    def __init__(self, folder: Path) -> None:
        self.config, self.home = folder / "config", folder / "home"
        self.config.mkdir()
        self.home.mkdir(mode=0o700)
        self.holders([HOLDER])

    def holders(self, holders: list[dict[str, Any]]) -> None:
        (self.config / "employers.yaml").write_text(json.dumps({"portal_ids": holders}))

    def put(self, name: str, text: str) -> None:
        (self.config / name).write_text(text)

    def found(self) -> dict[str, Found]:
        """All that is looked at before a browser is started."""
        told: dict[str, Found] = {}
        for one in examine.examine(None, self.config):
            told[one.what.en] = one
            if one.what in {examine.PROXY, examine.REST}:
                break
        return told


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    found = Office(tmp_path)
    for name in (*settings.IN_TIMERS, *examine.PROXIES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASSIST_RPA_HOME", str(found.home))
    monkeypatch.setenv("DOCTORS_PASSWORD", SECRET)
    return found


def test_an_office_that_is_ready_has_nothing_wrong(office: Office) -> None:
    """Only what some offices never need is to be looked at; and no secret is told."""
    told = office.found()
    assert {name: one.state for name, one in told.items() if one.state is not State.OK} == {
        "Portal profile": State.LOOK,  # what decides is not confirmed yet
        "Approvers": State.LOOK,
    }
    assert len(told) == 11
    assert SECRET not in repr(told)


def unset(office: Office, env: pytest.MonkeyPatch) -> None:
    del office
    env.delenv("DOCTORS_PASSWORD")


def put(name: str, text: str) -> Callable[[Office, pytest.MonkeyPatch], None]:
    return lambda office, _: office.put(name, text)


def holds(**other: Any) -> Callable[[Office, pytest.MonkeyPatch], None]:
    return lambda office, _: office.holders([{**HOLDER, **other}])


SECRETS = f"Password and phrase, {HOLDER['email']}"
FAULTS = [
    ("Home folder", State.WRONG, lambda office, _: office.home.chmod(0o777)),
    ("Settings", State.WRONG, put("portal.yaml", "adress: http://127.0.0.1:9")),
    ("Settings", State.WRONG, put("guards.yaml", "approval: [end_everybody]")),
    ("Portal profile", State.WRONG, put("profile.yaml", "extends: assist-2018")),
    ("Calendar", State.WRONG, put("calendar.yaml", "holidays: {tomorrow: no}")),
    ("Calendar", State.LOOK, lambda _, env: env.setenv("ASSIST_RPA_TODAY", "2026-11-20")),
    ("Employers", State.WRONG, lambda o, _: (o.config / "employers.yaml").unlink()),
    ("Employers", State.WRONG, holds(email="payroll@contoh.example")),
    ("Employers", State.LOOK, holds(employers=["E99"])),
    ("Employers", State.LOOK, lambda o, _: o.holders([HOLDER, HOLDER])),
    (SECRETS, State.WRONG, unset),
    (SECRETS, State.WRONG, holds(security_phrase={"command": ["no-such-command"]})),
    (SECRETS, State.WRONG, holds(password={"env": "A", "keyring": "b/c"})),
    ("Approvers", State.WRONG, put("approvers.yaml", "approvers: []")),
    ("Ledger", State.WRONG, lambda o, _: (o.home / "ledger.sqlite3").write_text("no" * 999)),
    ("Proxy", State.LOOK, lambda _, env: env.setenv("HTTPS_PROXY", "http://proxy.invalid:1")),
]


@pytest.mark.parametrize(("what", "state", "spoil"), FAULTS)
def test_each_fault_is_told_by_itself(
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    state: State,
    spoil: Callable[[Office, pytest.MonkeyPatch], None],
) -> None:
    """With the code that a run would end with; whatever does not need it is looked at too."""
    spoil(office, monkeypatch)
    told = office.found()
    one = told[what]
    assert one.state is state
    assert (one.error.exit_code if one.error else 0) == (78 if state is State.WRONG else 0)
    assert sum(other.state is State.WRONG for other in told.values()) == (state is State.WRONG)
    assert SECRET not in repr(told)


def test_nobody_has_said_which_portal_and_none_is_opened(office: Office) -> None:
    """The rest is looked at; the default address, which is the live one, never is."""
    known = settings.load(config=office.config)
    nothing: Any = None  # whatever was asked of it would fail
    with pytest.raises(ConfigInvalid, match="Nobody has said which portal"):
        examine._portal(known, nothing)


def test_a_clock_that_is_wrong_is_told(office: Office) -> None:
    """Another day stops a run; some minutes do not, and are told."""
    known = settings.load(config=office.config)
    now = known.now()
    minutes = timedelta(minutes=20 if now.hour < 12 else -20)  # the same day
    assert "same as the portal's" in examine._clock(known, at(now)).en
    for clock, said in ((None, "not known"), (now + minutes, "says otherwise")):
        with pytest.raises(examine.Doubtful, match=said):
            examine._clock(known, at(clock))
    with pytest.raises(DayDenied):
        examine._clock(known, at(now - timedelta(days=2)))


def at(clock: datetime | None) -> Any:
    """All that is asked of an open portal about its clock."""
    return SimpleNamespace(clock=clock)


def test_a_desk_that_can_work_is_told_so(desk: Desk) -> None:
    """With the real browser at the practice portal: the log-in page, and not a sign typed."""
    said = desk.assist("doctor", limit_s=60)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "Letters in pictures  drawn" in said.stdout
    assert f"Portal PRACTICE {desk.portal.address}  its log-in page came" in said.stdout
    assert "the same as the portal's" in said.stdout
    assert said.stdout.rstrip().endswith("0 wrong: a first run can work.")
    for secret in (desk.portal.password, desk.portal.phrase):
        assert secret not in said.stdout + said.stderr


@pytest.mark.heavy
def test_another_certificate_is_told_apart(desk: Desk, impostor: tuple[str, list[str]]) -> None:
    """It may not be the portal that answers: a code of its own, and nothing was asked of it."""
    address, asked = impostor
    said = desk.assist("doctor", "--portal", address, limit_s=60)
    assert said.returncode == 76, said.stdout
    assert "certificate is not valid" in said.stdout
    assert asked == []


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig is Linux's")
def test_a_browser_without_letters_is_told(desk: Desk, tmp_path: Path) -> None:
    """A bare server has no fonts: a run would keep pictures of nothing."""
    none = tmp_path / "fonts.conf"
    none.write_text(f"<fontconfig><dir>{tmp_path}/none</dir></fontconfig>")
    desk.env["FONTCONFIG_FILE"] = str(none)
    said = desk.assist("doctor", limit_s=60)
    assert said.returncode == 78, said.stdout
    assert "The browser draws no letters" in said.stdout
