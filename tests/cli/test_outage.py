"""An outage that lasts is an alarm, and the office's own command is told how each start ended."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rpa.ledger.lease import acquire
from rpa.ledger.ledger import Ledger
from tests.cli.test_cancel import assist, home
from tests.conftest import EMPLOYER, person
from tests.ledger.people import survive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["home"]
NOWHERE, EMAIL, SECRET = "127.0.0.1:9", "payroll@contoh.example", "canary-secret"
KEEPER = "import os, sys; open('told.json', 'w').write(sys.stdin.read()); open('env', 'w').write(repr(dict(os.environ)))"  # noqa: E501


@pytest.fixture
def folder(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A leaver of today, at a portal whose log-in another run has for as long as this lasts."""
    config = tmp_path / "config"
    config.mkdir()
    secret = {"env": "CANARY_PASSWORD"}
    holder = {"email": EMAIL, "employers": [EMPLOYER], "password": secret,
              "security_phrase": {"env": "CANARY_PHRASE"}}  # fmt: skip
    (config / "employers.yaml").write_text(yaml.safe_dump({"portal_ids": [holder]}))
    who = {name: person(1)[name] for name in ("identification", "name")}
    row = {**who, "employment_start_date": "2020-01-10", "employment_resign_date": "2026-11-20"}
    job = {"procedure": "end_employment", "employer": EMPLOYER, "rows": [row]}
    (tmp_path / "leavers.yaml").write_text(yaml.safe_dump(job))
    monkeypatch.setenv("ASSIST_RPA_PORTAL", f"http://{NOWHERE}")
    monkeypatch.setenv("ASSIST_RPA_TODAY", "2026-11-20")
    for name in ("CANARY_PASSWORD", "CANARY_PHRASE"):
        monkeypatch.setenv(name, SECRET)
    monkeypatch.setenv("OFFICE_ROOM", "7")
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        name = ledger.lease_name(NOWHERE, EMAIL)
        with acquire(ledger, name, holder="another", on_freeze=survive):
            yield tmp_path


def notify(folder: Path, **what: Any) -> None:
    (folder / "config" / "notify.yaml").write_text(yaml.safe_dump(what))


def earlier(home: Path, hours: int) -> None:
    """All runs began so long before."""
    with closing(sqlite3.connect(home / "ledger.sqlite3")) as db, db:
        back = f"strftime('%Y-%m-%dT%H:%M:%S.000Z', started_at, '-{hours} hours')"
        db.execute(f"UPDATE runs SET started_at = {back}")  # noqa: S608  our own words


@pytest.mark.parametrize("words", [("run", "leavers.yaml"), ("due", "leavers.yaml")])
def test_75_is_no_alarm_until_it_has_lasted(
    folder: Path, home: Path, words: tuple[str, str]
) -> None:
    """By the row of starts alone: one that ended otherwise ends it. `status` tells the same."""
    assert assist(*words)[0] == 75
    earlier(home, 25)
    assert assist("status")[0] == 17
    code, said = assist(*words)
    assert code == 17
    assert f"Every start of {folder.name}/leavers.yaml at {NOWHERE} since" in said
    assert "(2 times)" in said
    code, said = assist("status")
    assert (code, "could not go on" in said) == (17, True)
    told = json.loads(assist("status", "--json")[1])
    assert (told["exit"], [one["starts"] for one in told["outages"]]) == (17, [2])
    notify(folder, alarm_after_h=26)
    assert assist(*words)[0] == 75
    with closing(sqlite3.connect(home / "ledger.sqlite3")) as db, db:
        db.execute("UPDATE runs SET exit = 0 WHERE started_at = (SELECT max(started_at) FROM runs)")
    notify(folder)
    assert assist("status")[0] == 0
    assert assist(*words)[0] == 75


def test_the_offices_command_is_told_how_it_ended_and_no_secret(folder: Path, home: Path) -> None:
    """Codes, counts, folder, job; of the environment what is named, but for what is a secret."""
    notify(folder, on_end=[sys.executable, "-c", KEEPER],
           variables=["OFFICE_ROOM", "CANARY_PASSWORD"])  # fmt: skip
    assert assist("run", "leavers.yaml")[0] == 75
    told = json.loads((folder / "told.json").read_text("utf-8"))
    (job,) = told.pop("jobs")
    assert told == {"command": "run", "exit": 75, "outages": []}
    assert (job["exit"], job["rows"], job["rehearsal"]) == (75, {"not sent": 1}, True)
    assert job["folder"].startswith(str(home))
    assert job["job"] == f"{folder.name}/leavers.yaml"
    env = (folder / "env").read_text("utf-8")
    assert "'OFFICE_ROOM': '7'" in env
    for kept in (folder / "told.json", folder / "env"):
        text = kept.read_text("utf-8")
        assert not any(word in text for word in (SECRET, "CONTOH REKAAN", "9001"))
    earlier(home, 25)
    assert assist("due", "leavers.yaml")[0] == 17
    told = json.loads((folder / "told.json").read_text("utf-8"))
    assert (told["command"], told["exit"], told["jobs"][0]["exit"]) == ("due", 17, 17)
    assert [one["starts"] for one in told["outages"]] == [2]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ([sys.executable, "-c", "raise SystemExit(3)"], "ended with code 3"),
        ([sys.executable, "-c", "import time; time.sleep(60)"], "did not end within 0.5 s"),
        (["no-such-command"], "could not be started"),
    ],
)
def test_what_becomes_of_it_changes_no_verdict(
    folder: Path, command: list[str], words: str
) -> None:
    """It is told, and the code is the run's."""
    notify(folder, on_end=command, on_end_s=0.5)
    code, said = assist("run", "leavers.yaml")
    assert code == 75
    assert words in said
    assert "The run's results stand" in said


def test_a_job_that_is_wrong_is_told_too(folder: Path) -> None:
    """Whatever ended the start."""
    notify(folder, on_end=[sys.executable, "-c", KEEPER])
    (folder / "leavers.yaml").write_text("procedure: end_employment\n")
    assert assist("run", "leavers.yaml")[0] == 65
    told = json.loads((folder / "told.json").read_text("utf-8"))
    assert (told["exit"], told["jobs"][0]["exit"]) == (65, 65)
