"""What has moved at the portal is told with its day, and is no part of any verdict.

That a run tells it, and files all the same, shows tests/flows/test_add_employees.py; that it tells
nothing of a portal which is as it was, tests/flows/test_samples.py.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from rpa import settings
from rpa.cli.status import status
from rpa.engine import moved
from rpa.engine.moved import SEEN, Sightings, compared
from rpa.evidence.chain import verify
from rpa.evidence.folder import RunFolder
from rpa.portal.look import Element, Kind, Look
from rpa.portal.resolve import Finding, Signal, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.errors import Words
    from rpa.portal.find import Control

THING = Element(1, Kind.BUTTON, words="CONTOH BIN REKAAN")
RACE, LENS = "EmployeePopup.race", "EmployeePopup.lens"
WHOLE = {Signal.WORDS: True, Signal.NAME: True}
NAMED = {Signal.WORDS: False, Signal.NAME: True}


class Office:
    """Runs at one portal, day after day."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch, self.day = folder, patch, 11
        patch.setenv("ASSIST_RPA_HOME", str(folder / "home"))
        patch.setenv("ASSIST_RPA_PORTAL", "http://127.0.0.1:9")
        patch.setenv("ASSIST_RPA_CONFIG", str(folder))
        patch.setenv("ASSIST_RPA_LANGUAGE", "en")

    def run(self, *seen: tuple[str, dict[Signal, bool]], malay: bool = False) -> list[str]:
        """What is told of a run that saw this."""
        self.day += 1
        self.patch.setenv("ASSIST_RPA_TODAY", f"2026-11-{self.day}")
        known, run = settings.load(), Sightings()
        for key, signs in seen:
            pointed: dict[Signal, tuple[Element, ...]] = {
                sign: (THING,) if there else () for sign, there in signs.items()
            }
            found = Finding(Verdict.FOUND, THING, pointed)
            run.answered(thing(key), Look(language="ms" if malay else "en"), found)
        self.last = RunFolder.create(known.runs, job_name="joiners", now=datetime.now(UTC))
        return plain(compared(known, self.last, run))


def thing(key: str) -> Control:
    return cast("Control", SimpleNamespace(key=key))


def plain(told: tuple[Words, ...]) -> list[str]:
    return [words.en for words in told]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(tmp_path, monkeypatch)


def test_a_sign_that_is_gone_is_told_with_its_day_until_it_is_mended(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also after runs that did not come there; another profile is another beginning."""
    assert office.run((RACE, WHOLE), (LENS, WHOLE)) == []
    line = f"{RACE}: found by its field name only; no longer by its words, as on 12/11/2026"
    assert office.run((RACE, NAMED), (LENS, WHOLE)) == [line, moved.NEXT.en]
    assert office.run((LENS, WHOLE)) == []
    assert office.run((RACE, NAMED)) == [line, moved.NEXT.en]
    status(None)
    assert line in capsys.readouterr().err
    mended = "extends: assist-2019\nscreens:\n  EmployeePopup:\n    race: {en: Ethnic Group}\n"
    (office.folder / "profile.yaml").write_text(mended, "utf-8")
    status(None)
    assert line not in capsys.readouterr().err
    assert office.run((RACE, NAMED)) == []
    (office.folder / "profile.yaml").write_text("extends: assist-1999\n", "utf-8")
    assert status(None) == 0, "what the ledger knows is told all the same"
    assert "profile.yaml:1:1: Unknown key: assist-1999" in capsys.readouterr().err


def test_what_is_there_again_or_was_there_once_in_a_run_has_not_moved(office: Office) -> None:
    """A screen comes bit by bit; and each language has its own words."""
    assert office.run((RACE, WHOLE)) == []
    assert office.run((RACE, NAMED), (RACE, WHOLE)) == []
    assert office.run((RACE, NAMED), malay=True) == []
    assert len(office.run((RACE, NAMED))) == 2
    assert office.run((RACE, WHOLE)) == []
    assert office.run((LENS, {Signal.WORDS: True})) == [], "known by one sign: found or not"


def test_few_are_told_and_the_others_counted(office: Office) -> None:
    """A portal that is new all over does not fill the screen."""
    keys = [f"EmployeePopup.n{n}" for n in range(9)]
    office.run(*((key, WHOLE) for key in keys))
    told = office.run(*((key, NAMED) for key in keys))
    assert len(told) == moved.MOST + 2
    assert told[moved.MOST] == "… and 4 more"


def test_what_is_kept_is_sealed_and_holds_no_word_of_the_screen(office: Office) -> None:
    """Keys, signs and days."""
    office.run((RACE, WHOLE))
    kept = (office.last.path / SEEN).read_text("utf-8")
    assert RACE in kept
    assert "REKAAN" not in kept
    assert verify(office.last.path, told=[office.last.seal().chain]) == []
    assert office.last.count == 2, "it, and the end"


@pytest.mark.parametrize("torn", [b"", b"\xff", b"{}", b'{"portal": 1}', b"[" * 9999])
def test_a_memory_that_cannot_be_read_is_passed_over(office: Office, torn: bytes) -> None:
    """The one before it counts."""
    office.run((RACE, WHOLE))
    office.run((LENS, WHOLE))
    (office.last.path / SEEN).write_bytes(torn)
    assert len(office.run((RACE, NAMED))) == 2


def test_a_disk_that_refuses_is_told_and_ends_nothing(office: Office) -> None:
    """The run goes on to its report."""
    office.run((RACE, WHOLE))
    run = Sightings()
    run.by["en", RACE] = frozenset({Signal.NAME})
    gone = RunFolder.create(office.last.path.parent, job_name="x", now=datetime.now(UTC))
    shutil.rmtree(gone.path)
    (told,) = compared(settings.load(), gone, run)
    assert SEEN in told.en
