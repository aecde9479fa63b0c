"""A watch asks nothing, and tells what has moved until it is back."""

from __future__ import annotations

import json
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from rpa.calibration import earlier
from rpa.calibration.result import RESULT
from tests.calibration.test_resume import PORTAL, QUICK, entry, visit
from tests.conftest import EMPLOYER, person

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.settings import Settings
    from tests.conftest import Desk, PracticePortal

BOX = ["Inbox", "button", "NEW", ""]


def kept(tmp_path: Path, name: str, told: dict[str, Any], *moved: str) -> Path:
    """A visit's result; with what it found of a watch's."""
    folder = tmp_path / "runs" / name
    folder.mkdir(parents=True)
    (folder / RESULT).write_text(json.dumps(told))
    if moved:
        found = [{"bm": one, "en": one} for one in moved]
        watch = {"portal": PORTAL, "at": told["at"], "moved": found, "ended": None}
        (folder / earlier.WATCHED).write_text(json.dumps(watch))
    os.utime(folder / RESULT, ns=(number := len(list(folder.parent.iterdir())), number))
    return folder


def test_what_has_moved_is_compared_with_the_surest_that_was_seen(tmp_path: Path) -> None:
    """By this profile at this portal alone; what is new is no news once a person has visited."""
    known = SimpleNamespace(runs=tmp_path / "runs", portal=SimpleNamespace(address=PORTAL))
    first = visit(entry("Inbox.a", "expected"), entry("Inbox.b", "expected"), things={"en": []})
    now = visit(
        entry("Inbox.a", "otherwise", en="Case State"), entry("Inbox.b", "unseen"),
        entry("Other.c", "unseen"), error="nobody knows the way",
        things={"en": [BOX, ["Other", "text", "MORE", ""]]},
        words=[{"vocabulary": "words.status", "word": "Ditangguh"}],
    )  # fmt: skip
    here = tmp_path / "runs" / "now"

    def told() -> list[str]:
        return [one.en for one in earlier.moved(cast("Settings", known), now, here)[0]]

    alone = ["Inbox.a: by another name now, 'Case State'"]
    kept(tmp_path, "other", visit(portal="http://127.0.0.1:8"))
    assert told()[:1] == alone, "by the profile itself"
    kept(tmp_path, "first", first)
    every = [
        f"{alone[0]}, as on 12/11/2026", "Inbox.b: gone, as on 12/11/2026",
        "no longer reached: Cases: nobody knows the way",
        "a word that is not known: 'Ditangguh' (words.status)",
        "Inbox: button 'NEW': new on the screen",
    ]  # fmt: skip
    assert told() == every
    kept(tmp_path, "watched", now, "anything")
    assert told() == every, "again, until it is mended"
    kept(tmp_path, "visited", now)
    assert told() == every[:3], "somebody has seen what is new"
    now["profile"] = "mended"
    assert told()[:1] == alone


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["en"])
def test_a_watch_tells_what_has_moved_until_it_is_back(desk: Desk, portal: PracticePortal) -> None:
    """Nothing by itself, nor by a filing; then a name, a thing that is new, a part not reached."""
    parts = ("--part", "inbox", "--part", "new-workers")
    for _ in range(2):
        said = desk.assist("watch", EMPLOYER, *parts, limit_s=300)
        assert said.returncode == 0, said.stdout + said.stderr
        assert "nothing has moved at the portal; parts reached: 2/2" in said.stdout
    assert desk.file(desk.job([person(1)])).returncode == 0
    said = desk.assist("watch", EMPLOYER, *parts, limit_s=300)
    assert said.returncode == 0, said.stdout + said.stderr
    portal.ask("settings", {"words": {"Race": "Race of Worker", "ADD EMPLOYEE": "ENROL"}})
    desk.settings(timeouts=QUICK)
    said = desk.assist("watch", EMPLOYER, *parts, limit_s=300)
    assert said.returncode == 70, said.stdout + said.stderr
    assert "no longer reached: New workers" in said.stdout
    assert "button 'ENROL': new on the screen" in said.stdout
    told = desk.assist("status").stderr
    assert "things have moved at the portal" in told
    assert "no longer reached: New workers" in told
    portal.ask("settings", {"words": {}})
    said = desk.assist("watch", EMPLOYER, *parts, limit_s=300)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "nothing has moved" in desk.assist("status").stderr
    running = desk.start("calibrate", EMPLOYER, *parts)
    assert running.stderr
    next(line for line in running.stderr if "…" in line)  # it has the portal ID
    said = desk.assist("watch", EMPLOYER, *parts)
    running.communicate(timeout=300)
    assert said.returncode == 75, said.stdout + said.stderr
    assert "whether the portal has moved is not known; parts reached: 0/2" in said.stdout
    told = desk.assist("status").stderr
    assert "Another run" in told
    assert "nothing has moved" in told, "of the one before"
    assert len(portal.filings) == portal.submissions == 1
