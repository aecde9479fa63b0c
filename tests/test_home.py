"""Ledger, runs and approvals are kept where no other user can write."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from rpa.errors import ConfigInvalid
from rpa.evidence.folder import RunFolder
from rpa.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

if not hasattr(os, "geteuid"):
    pytest.skip("owners and modes of POSIX", allow_module_level=True)

NOBODY = 65534
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "home"
    for folder in (made, made / "runs", made / "approvals"):
        folder.mkdir(mode=0o700)
    for file in ("ledger.sqlite3", "register.sqlite3-wal"):
        (made / file).touch(mode=0o600)
    monkeypatch.setenv("ASSIST_RPA_HOME", str(made))
    return made


def settled(home: Path) -> None:
    load(config=home.parent / "config")


def away(home: Path, name: str) -> None:
    """What stands there is a link to the same thing elsewhere."""
    (home / name).rename(home.parent / name)
    (home / name).symlink_to(home.parent / name)


SPOILT: dict[str, Callable[[Path], object]] = {
    "open to all": lambda home: home.chmod(0o777),
    "open to all, sticky": lambda home: home.chmod(0o1777),
    "open to a group": lambda home: home.chmod(0o770),
    "runs open to all": lambda home: (home / "runs").chmod(0o777),
    "approvals open to a group": lambda home: (home / "approvals").chmod(0o775),
    "ledger open to all": lambda home: (home / "ledger.sqlite3").chmod(0o666),
    "runs a link": lambda home: away(home, "runs"),
    "approvals a link": lambda home: away(home, "approvals"),
    "ledger a link": lambda home: away(home, "ledger.sqlite3"),
    "a link to nothing": lambda home: (home / "ledger.sqlite3-wal").symlink_to("nothing"),
}
GIVEN_AWAY: dict[str, Callable[[Path], object]] = {
    "another user's": lambda home: os.chown(home, NOBODY, NOBODY),
    "runs another user's": lambda home: os.chown(home / "runs", NOBODY, NOBODY),
    "ledger another user's": lambda home: os.chown(home / "ledger.sqlite3", NOBODY, NOBODY),
}
CASES = [
    *(pytest.param(spoil, id=name) for name, spoil in SPOILT.items()),
    *(pytest.param(spoil, id=name, marks=AS_ROOT) for name, spoil in GIVEN_AWAY.items()),
]


@pytest.mark.parametrize("spoil", CASES)
def test_a_home_that_another_user_could_change_is_refused(
    home: Path, spoil: Callable[[Path], object]
) -> None:
    """With the place, what is wrong with it and the next move; nothing in it is touched."""
    settled(home)
    spoil(home)
    with pytest.raises(ConfigInvalid, match="ASSIST_RPA_HOME") as refused:
        settled(home)
    assert str(home) in refused.value.where
    assert refused.value.exit_code == 78


def test_a_home_that_is_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it holds."""
    (tmp_path / "home").touch()
    monkeypatch.setenv("ASSIST_RPA_HOME", str(tmp_path / "home"))
    with pytest.raises(ConfigInvalid, match="is not a folder"):
        settled(tmp_path / "home")


def test_a_home_may_stand_on_a_larger_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to a folder of this user's alone; and what is not ours in it is not looked at."""
    (home / "notes").symlink_to(home.parent)
    link = home.parent / "link"
    link.symlink_to(home)
    monkeypatch.setenv("ASSIST_RPA_HOME", str(link))
    settled(home)


def test_a_home_that_we_make_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Also where the ledger stands elsewhere and the run's folder is the first thing in it."""
    before = os.umask(0o002)
    try:
        home = tmp_path / "home"
        now = load(config=tmp_path).now()
        RunFolder.create(home / "runs", job_name="x", now=now)
    finally:
        os.umask(before)
    for made in (home, home / "runs"):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
