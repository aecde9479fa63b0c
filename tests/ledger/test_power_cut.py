"""A power cut: what was on the disk before the press is found after it, or the file is refused.

Whatever is written after an intent may be lost, cut, zeroed or noise; the intent may not.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from rpa.errors import ConfigInvalid
from rpa.ledger.ledger import Ledger
from rpa.ledger.tables import FilingState
from tests.ledger.conftest import ROOT
from tests.ledger.people import Run, joiner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER, FRAME_HEADER, PAGE = 32, 24, 4096
FRAME = FRAME_HEADER + PAGE
SECTORS = (512, 4096)
NOISE = bytes(random.Random(20261122).randrange(256) for _ in range(PAGE))  # noqa: S311 - noise


@dataclass(frozen=True)
class Left:
    """The files as the cut leaves them; ``synced``: so much of the log was there at the press."""

    intent: str
    synced: int
    main: bytes
    wal: bytes
    shm: bytes


def extent(wal: bytes) -> int:
    """How far the log's present generation reaches: its frames bear the header's salts."""
    salts, place = wal[16:24], HEADER
    while wal[place + 8 : place + 16] == salts:
        place += FRAME
    return place


def wal_of(place: Path) -> Path:
    return place.with_name(place.name + "-wal")


def left(place: Path, *, reused: bool) -> Left:
    """An intent, the press, and writes that come after it; ``reused``: over a log's older part."""
    with Ledger.open(place) as ledger:
        run = Run(ledger)
        for number in range(2, 8):
            run.filed(joiner(number))
        if reused:
            with ledger.store.connection() as conn:
                conn.execution_options(begin="").exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        else:
            ledger.store.scrub()
        filing = run.intended(joiner(1))
        synced = extent(wal_of(place).read_bytes()) // PAGE * PAGE  # what follows only fills up
        run.plan(joiner(9))
        run.file(filing)
        main, wal = place.read_bytes(), wal_of(place).read_bytes()
        shm = place.with_name(place.name + "-shm").read_bytes()
        run.lease.release()
    assert extent(wal) > synced + 2 * FRAME
    assert (len(wal) > extent(wal)) is reused
    return Left(filing.id, synced, main, wal, shm)


@pytest.fixture(scope="module", params=[False, True], ids=["fresh log", "reused log"])
def cut(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """What a power cut leaves of a ledger."""
    place = tmp_path_factory.mktemp("made") / "ledger.sqlite3"
    return left(place, reused=request.param)


def intent_in(folder: Path, main: bytes, wal: bytes, intent: str, shm: bytes = b"") -> str:
    """How the filing stands in such files: its state, "refused" or "forgotten"."""
    place = folder / "ledger.sqlite3"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    place.write_bytes(main)
    wal_of(place).write_bytes(wal)
    if shm:
        place.with_name(place.name + "-shm").write_bytes(shm)
    try:
        with Ledger.open(place) as ledger:
            found = ledger.filing(intent)
            return found.state.value if found else "forgotten"
    except ConfigInvalid as error:
        return "refused" if str(place) in error.words.en else "refused without naming the file"


KEPT = {FilingState.INTENDED.value, FilingState.FILED.value}


def damaged(cut: Left, n: int) -> Iterator[bytes]:
    """The log from its ``n``-th byte on: gone, zeroed, noise."""
    rest = len(cut.wal) - n
    yield cut.wal[:n]
    yield cut.wal[:n] + bytes(rest)
    yield cut.wal[:n] + (NOISE * (rest // PAGE + 1))[:rest]


def around(start: int, end: int, step: int) -> list[int]:
    """Places in the log: spread, and those around its frames' borders."""
    borders = [b + d for b in range(start, end, FRAME) for d in (0, 1, 8, 23, 24, 25, FRAME - 1)]
    return sorted({n for n in (*borders, *range(start, end, step)) if start <= n < end})


def test_an_intent_outlives_all_that_is_lost_behind_it(cut: Left, tmp_path: Path) -> None:
    """Cut, zeroed or noise from places spread over all that was written after it."""
    for n in around(cut.synced, extent(cut.wal), FRAME)[::8]:
        for wal in damaged(cut, n):
            assert intent_in(tmp_path / "cut", cut.main, wal, cut.intent) in KEPT, n


@pytest.mark.heavy
def test_an_intent_outlives_a_cut_at_every_byte_behind_it(cut: Left, tmp_path: Path) -> None:
    """Each byte of the next transaction, and every form of damage at each border."""
    for n in range(cut.synced, min(cut.synced + 2 * FRAME, len(cut.wal))):
        assert intent_in(tmp_path / "cut", cut.main, cut.wal[:n], cut.intent) in KEPT, n
    for n in around(cut.synced, extent(cut.wal), 256):
        for wal in damaged(cut, n):
            assert intent_in(tmp_path / "cut", cut.main, wal, cut.intent) in KEPT, n


@pytest.mark.parametrize("size", SECTORS)
def test_a_sector_torn_behind_an_intent_leaves_it_alone(
    cut: Left, tmp_path: Path, size: int
) -> None:
    """Also the sector in which the next transaction begins: none is shared with the intent."""
    first = cut.synced // size * size
    for start in range(first, min(first + 3 * PAGE, extent(cut.wal)), size):
        for noise in (NOISE[:size], bytes(size)):
            wal = cut.wal[:start] + noise + cut.wal[start + size :]
            assert intent_in(tmp_path / "torn", cut.main, wal, cut.intent) in KEPT, start


def test_before_it_was_on_disk_nothing_was_pressed_and_nothing_is_half(
    cut: Left, tmp_path: Path
) -> None:
    """A cut inside the intent's own frames finds the filing as it was planned, or not at all."""
    found = set()
    for n in around(HEADER, cut.synced, FRAME)[::5]:
        state = intent_in(tmp_path / "cut", cut.main, cut.wal[:n], cut.intent)
        found.add(state)
    assert found <= {"forgotten", "planned", "intended"}
    assert "planned" in found


@pytest.mark.parametrize("noisy", [b"", NOISE * 8, NOISE[:100], bytes(32768)])
def test_the_index_of_the_log_is_not_trusted_after_a_cut(
    cut: Left, tmp_path: Path, noisy: bytes
) -> None:
    """What is left of the -shm file may be anything."""
    for shm in (noisy, cut.shm[: len(noisy)] if noisy else cut.shm):
        state = intent_in(tmp_path / "shm", cut.main, cut.wal, cut.intent, shm)
        assert state == FilingState.FILED.value


def folded(folder: Path, cut: Left) -> bytes:
    """The main file with its log folded in."""
    place = folder / "ledger.sqlite3"
    folder.mkdir()
    place.write_bytes(cut.main)
    wal_of(place).write_bytes(cut.wal)
    with closing(sqlite3.connect(place)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    return place.read_bytes()


def test_a_cut_while_the_log_is_folded_in_loses_nothing(cut: Left, tmp_path: Path) -> None:
    """Old and new sectors of the main file in any mixture, the log beside it whole."""
    new = folded(tmp_path / "folded", cut)
    old = cut.main + bytes(len(new) - len(cut.main))
    dice = random.Random(6)  # noqa: S311 - the same mixtures in every run
    assert new != old
    for mixture in range(30):
        parts = [
            (new if dice.random() < mixture / 30 else old)[n : n + 512]
            for n in range(0, len(new), 512)
        ]
        state = intent_in(tmp_path / "mixed", b"".join(parts), cut.wal, cut.intent)
        assert state == FilingState.FILED.value, mixture


@pytest.mark.parametrize("filling", [bytes(PAGE), NOISE], ids=["zeros", "noise"])
def test_a_page_lost_after_an_orderly_end_is_refused_or_held_nothing(
    cut: Left, tmp_path: Path, filling: bytes
) -> None:
    """There is no log then that would make it good; each opening checks the file's structure."""
    whole = folded(tmp_path / "folded", cut)
    found = []
    for start in range(0, len(whole), PAGE):
        main = whole[:start] + filling + whole[start + PAGE :]
        found.append(intent_in(tmp_path / "lost", main, b"", cut.intent))
    assert set(found) <= {"refused", FilingState.FILED.value}
    assert found.count("refused") > len(found) // 2


def test_an_index_that_lost_a_write_is_refused_after_an_unclean_end(tmp_path: Path) -> None:
    """The claim of a row is found by an index: one that is behind its table would forget it."""
    place = tmp_path / "ledger.sqlite3"
    with Ledger.open(place) as ledger:
        run = Run(ledger)
        run.lease.release()
        ledger.store.scrub()
        before = place.read_bytes()
        run = Run(ledger)
        filing = run.intended(joiner(1))
        ledger.store.scrub()
        after = place.read_bytes()
        run.end()
        wal = wal_of(place).read_bytes()
    refused = 0
    for start in range(PAGE, min(len(before), len(after)), PAGE):
        if before[start : start + PAGE] != after[start : start + PAGE]:
            main = after[:start] + before[start : start + PAGE] + after[start + PAGE :]
            state = intent_in(tmp_path / "lost", main, wal, filing.id)
            assert state in {"refused", "intended", "forgotten"}
            refused += state == "refused"
    assert refused


def test_every_commit_waits_for_the_disk(file_place: Path) -> None:
    """Asked of the very connections that commit, heartbeat and opening apart."""
    asked = []
    with Ledger.open(file_place) as ledger:

        @event.listens_for(ledger.store._engine, "commit")
        def _(conn: object) -> None:
            raw = conn.connection.driver_connection  # type: ignore[attr-defined]
            names = ("synchronous", "journal_mode", "fullfsync", "checkpoint_fullfsync")
            asked.append(tuple(raw.execute(f"PRAGMA {name}").fetchone()[0] for name in names))

        run = Run(ledger)
        run.filed(joiner(1))
        run.end()
    assert len(asked) > 5
    assert set(asked) == {(2, "wal", 1, 1)}


INTEND = """
import os, sys
from rpa.ledger.ledger import Ledger
from tests.ledger.people import Run, joiner
with Ledger.open(sys.argv[1]) as ledger:
    run = Run(ledger)
    filing = run.plan(joiner(1))
    os.write(1, b"intent begins")
    run.intend(filing)
    os.write(1, b"press")
    run.end()
"""
CALL = re.compile(r"(\w+)\(\d+<[^>]*-wal>.* = (\d+)$", re.MULTILINE)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not here")
def test_the_intent_is_synced_before_the_press_as_the_kernel_sees_it(tmp_path: Path) -> None:
    """Log written, log synced, then the press; what is written in between carries nothing."""
    trace, place = tmp_path / "trace", tmp_path / "home" / "ledger.sqlite3"
    calls = "trace=write,pwrite64,fsync,fdatasync"
    words = ["strace", "-f", "-y", "-e", calls, "-o", str(trace), sys.executable, "-c", INTEND]
    done = subprocess.run(
        [*words, str(place)], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if "ptrace" in done.stderr or "attach" in done.stderr:
        pytest.skip("processes may not be watched here")
    assert done.returncode == 0, done.stderr
    between = trace.read_text().partition('"intent begins"')[2].partition('"press"')[0]
    behind, synced = 0, 0
    for call, count in CALL.findall(between):
        synced, behind = (synced + behind, 0) if "sync" in call else (synced, behind + int(count))
    assert synced > FRAME
    assert behind < FRAME  # the rest of a frame that only fills the sector up
