"""What a kill, a torn disk or a full disk leave behind."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rpa.errors import ConfigInvalid
from rpa.ledger.ledger import Claimed, FilingState, Ledger, LedgerFailed
from tests.ledger.actors import EVERYBODY
from tests.ledger.conftest import ROOT
from tests.ledger.people import EMPLOYER, PORTAL, Run, joiner
from tests.systems import limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ledger.conftest import Actor


def test_an_intent_survives_the_kill_of_its_process(
    actor: Callable[..., Actor], place: str
) -> None:
    """Killed between intend and filed: it waits for a look, with its people, and is not redone."""
    killed = actor("press")
    assert killed.says() == "intended"
    killed.kill()
    with Ledger.open(place) as ledger:
        run = Run(ledger)
        assert run.ledger.dissolve_planned(run.lease, run.id) == 0
        (found,) = ledger.unsettled(PORTAL, EMPLOYER)
        assert [row.payload for row in found.rows] == [joiner(n).model_dump_json() for n in (1, 2)]
        again = run.plan(joiner(2))
        with pytest.raises(Claimed):
            run.intend(again)
        ledger.not_filed(found.id, run.lease)
        run.intend(again)
        run.lease.release()


def states(ledger: Ledger) -> list[str]:
    """What a later run would know."""
    return sorted(f"{f.id} {f.state}" for f in ledger.unsettled(PORTAL))


def left_by_a_kill(place: Path) -> tuple[list[list[str]], bytes, bytes]:
    """The states a ledger went through, and its files as a killed process leaves them."""
    with Ledger.open(place) as ledger:
        run = Run(ledger)
        history = [states(ledger)]
        for number in range(4):
            run.intended(joiner(number))
            history.append(states(ledger))
            if number == 1:
                ledger.store.scrub()
        main, wal = place.read_bytes(), place.with_name(place.name + "-wal").read_bytes()
        run.lease.release()
    assert wal
    return history, main, wal


def found_in(place: Path, main: bytes, wal: bytes) -> list[str] | None:
    """What is found in such files; None when they are refused with a sentence."""
    place.parent.mkdir(mode=0o700)
    place.write_bytes(main)
    if wal:
        place.with_name(place.name + "-wal").write_bytes(wal)
    try:
        with Ledger.open(place) as ledger:
            return states(ledger)
    except ConfigInvalid as error:
        told = str(place) in error.words.en and str(place) in error.words.bm
        return None if told else ["refused without naming the place"]


def cuts(length: int, count: int) -> list[int]:
    """Lengths spread over the file, and those around its first and last pages."""
    edges = [0, 1, 15, 16, 99, 100, 101, 511, 512, 4095, 4096, 4097, length - 4096, length - 1]
    return sorted({n for n in (*edges, *range(0, length, max(1, length // count))) if n < length})


def test_a_ledger_cut_anywhere_never_forgets_in_silence(tmp_path: Path) -> None:
    """Without its end the main file is refused, however much is left of it."""
    place = tmp_path / "made" / "ledger.sqlite3"
    left_by_a_kill(place)
    main = place.read_bytes()  # closed in order: no -wal file
    for n in cuts(len(main), 40):
        assert found_in(tmp_path / f"cut{n}" / "ledger.sqlite3", main[:n], b"") is None, n
    assert found_in(tmp_path / "whole" / "ledger.sqlite3", main, b"")


def test_a_main_file_cut_beside_its_wal_is_refused_or_found_whole(tmp_path: Path) -> None:
    """What the -wal file makes good is good; nothing in between."""
    history, main, wal = left_by_a_kill(tmp_path / "made" / "ledger.sqlite3")
    for n in cuts(len(main), 40):
        found = found_in(tmp_path / f"cut{n}" / "ledger.sqlite3", main[:n], wal)
        assert found in (None, history[-1]), n
    assert found_in(tmp_path / "whole" / "ledger.sqlite3", main, wal) == history[-1]


def test_a_torn_wal_gives_a_state_that_was(tmp_path: Path) -> None:
    """The last transactions may be lost with the disk, but never half of one."""
    history, main, wal = left_by_a_kill(tmp_path / "made" / "ledger.sqlite3")
    seen = []
    for n in cuts(len(wal), 60):
        found = found_in(tmp_path / f"cut{n}" / "ledger.sqlite3", main, wal[:n])
        assert found in history[2:], n
        seen.append(history.index(found))
    assert seen == sorted(seen)
    assert {2, 3} <= set(seen)


def test_a_main_file_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    """Its -wal file alone is no new beginning."""
    _, _, wal = left_by_a_kill(tmp_path / "made" / "ledger.sqlite3")
    place = tmp_path / "lost" / "ledger.sqlite3"
    place.parent.mkdir()
    place.with_name(place.name + "-wal").write_bytes(wal)
    with pytest.raises(ConfigInvalid, match="damaged or incomplete"):
        Ledger.open(place)


@pytest.mark.parametrize("page", range(1, 8))
def test_damage_in_the_middle_after_a_kill_is_refused_or_harmless(
    tmp_path: Path, page: int
) -> None:
    """A page of noise is found by the check that follows an unclean end."""
    history, main, wal = left_by_a_kill(tmp_path / "made" / "ledger.sqlite3")
    noisy = main[: page * 4096] + b"\xa5" * 4096 + main[(page + 1) * 4096 :]
    assert found_in(tmp_path / "noisy" / "ledger.sqlite3", noisy, wal) in (None, history[-1])


FULL = """
import resource, sys
from rpa.errors import RpaError
from rpa.ledger.ledger import Ledger
from tests.ledger.people import Run, joiner
limit = int(sys.argv[2])
ledger = Ledger.open(sys.argv[1]) if limit else None
resource.setrlimit(resource.RLIMIT_FSIZE, (limit or 8192, resource.RLIM_INFINITY))
try:
    ledger = ledger or Ledger.open(sys.argv[1])
    run = Run(ledger)
    for number in range(200):
        run.intended(*(joiner(number * 20 + n) for n in range(20)))
        print(number)
except RpaError as error:
    print(type(error).__name__, error.words.en)
"""


def run_full(place: Path, limit: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(place), str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@limits
def test_a_disk_too_small_for_a_ledger_is_said_at_opening(file_place: Path) -> None:
    """And what was begun is not taken for a ledger later."""
    (said,) = run_full(file_place, 0)
    assert said.startswith("ConfigInvalid")
    assert str(file_place) in said
    with Ledger.open(file_place) as ledger:
        assert ledger.summary().filings == {}


@limits
def test_a_disk_that_fills_up_stops_the_run_and_keeps_what_was_written(file_place: Path) -> None:
    """The write that fails says so; all intents before it are there.

    Where that is not the intent but what comes right behind it, one more stands: it is looked up.
    """
    *numbers, said = run_full(file_place, 600_000)
    assert said.startswith(LedgerFailed.__name__)
    assert numbers
    with Ledger.open(file_place) as ledger:
        there = ledger.summary().filings[FilingState.INTENDED]
        assert there in {len(numbers), len(numbers) + 1}


def test_a_copy_taken_with_its_wal_is_a_ledger(tmp_path: Path, file_place: Path) -> None:
    """Whoever backs up copies the folder."""
    with Ledger.open(file_place) as ledger:
        run = Run(ledger)
        run.intended(joiner(1))
        shutil.copytree(file_place.parent, tmp_path / "copy")
        run.lease.release()
    with Ledger.open(tmp_path / "copy" / file_place.name) as copy:
        assert len(copy.unsettled(PORTAL)) == 1


@pytest.mark.heavy
def test_however_often_two_workers_are_killed_everybody_is_pressed_once(
    actor: Callable[..., Actor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two log-ins race for the same eighty people and are killed after random steps, 24 times."""
    portal = tmp_path / "portal"
    portal.touch()
    monkeypatch.setenv("PORTAL_FILE", str(portal))
    dice = random.Random(20261121)  # noqa: S311 - the same kills in every run
    for _ in range(12):
        workers = [actor("toil", f"clerk{n}@example.test") for n in (1, 2)]
        for worker in workers:
            for _ in range(dice.randrange(1, 10)):
                worker.says()
            worker.kill()
    for n in (1, 2, 1, 2):  # in the end they are let to work, one after the other
        worker = actor("toil", f"clerk{n}@example.test")
        while worker.says() != "done":
            assert worker.process.poll() is None
    pressed = [word for line in portal.read_text().splitlines() for word in line.split()[1:]]
    assert len(pressed) == len(set(pressed)) == EVERYBODY
