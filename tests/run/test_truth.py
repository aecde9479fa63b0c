"""The ledger's own truth: an edit by another program is named, an older copy is noticed."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rpa.engine import truth
from rpa.engine.truth import Mark, Seal
from rpa.errors import Words
from rpa.ledger.ledger import Ledger, Outcome
from tests.ledger.people import PORTAL, Joiner, Run, joiner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.model.filing import Filing

DOUBT = Words("Tidak diketahui.", "Not known.")


@dataclass
class Office:
    """A home with a ledger in which everything that can happen has happened, and its run folder."""

    home: Path
    run: Run
    filed: Filing[Joiner]

    @property
    def ledger(self) -> Ledger:
        return self.run.ledger

    def verify(self) -> list[str]:
        """What is wrong, in English."""
        found = truth.verify(self.ledger, self.home, self.home / "runs")
        return [f"{one.address}: {one.words.en}" for one in found]

    def sql(self, *statements: str) -> None:
        """As another program does it."""
        conn = sqlite3.connect(self.ledger.store.place, isolation_level=None)
        for statement in statements:
            conn.execute(statement)
        conn.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        run = Run(ledger)
        office = Office(tmp_path, run, everything(run))
        run.end()
        note = tmp_path / "runs" / "one" / "input" / truth.NOTE
        note.parent.mkdir(parents=True)
        note.write_bytes(Seal.of(ledger, run.id).text)
        Mark(tmp_path, ledger).set(run.id)
        yield office


def everything(run: Run) -> Filing[Joiner]:
    """Each way a filing goes; the one that is filed with a refused row."""
    mixed = run.plan(joiner(1), joiner(2))
    run.ledger.begin_attempt(mixed.id, run.lease)
    run.ledger.prepared(mixed.id, run.lease)
    run.ledger.row_refused(mixed.id, 3, DOUBT, run.lease)
    run.intend(mixed, without=(3,))
    run.ledger.left(mixed.id, run.lease)
    run.file(mixed, status="Pending for Review")
    run.ledger.decided(mixed.id, "Approved", Words("", ""), run.lease)
    run.ledger.decided(run.filed(joiner(3)).id, "Rejected", DOUBT, run.lease)
    run.ledger.rehearsed(run.plan(joiner(4)).id, run.lease)
    run.ledger.refused(run.plan(joiner(5)).id, DOUBT, run.lease)
    run.ledger.cancel(run.plan(joiner(6)).id)
    run.ledger.not_filed(run.intended(joiner(7)).id, run.lease)
    for number, outcome in ((8, Outcome.FILED), (9, Outcome.NOT_FILED)):
        doubt = run.intended(joiner(number))
        run.ledger.in_doubt(doubt.id, DOUBT, run.lease)
        said = {"reference": "CAN1120260000999", "reason": "seen", "person": "kerani"}
        run.ledger.settle(doubt.id, outcome, **said)
        run.ledger.take_back(doubt.id, reason="a slip", person="kerani")
        run.ledger.settle(doubt.id, outcome, **said)
    run.intended(joiner(10))
    run.plan(joiner(11))
    return mixed


def test_a_ledger_that_only_this_tool_wrote_agrees_with_all_of_it(office: Office) -> None:
    """And payloads that were blanked are nothing that was changed."""
    assert office.verify() == []
    office.sql("UPDATE filing_rows SET payload = NULL", "UPDATE filings SET message = ''")
    assert office.verify() == []


EDITS = {
    "reference": ("reference = 'CAN1120260000666'", "'CAN1120260000666', its log says 'CAN112"),
    "state": ("state = 'cancelled'", "'cancelled', its log says 'filed'"),
    "filed_at": ("filed_at = '2026-11-20T00:00:00.000Z'", "'2026-11-20T00:00:00.000+00:00'"),
    "status": ("portal_status = 'Rejected'", "'Rejected', its log says 'Approved'"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_filing_that_was_edited_is_named_with_what_its_log_says(
    office: Office, name: str
) -> None:
    """Attack: a number, a state, a time changed by SQL."""
    change, words = EDITS[name]
    office.sql(f"UPDATE filings SET {change} WHERE id = '{office.filed.id}'")  # noqa: S608
    (found,) = office.verify()
    assert f"{office.filed.id[:8]} {name}:" in found
    assert words in found


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE filing_rows SET state = 'refused' WHERE state = 'filed'",
        "UPDATE filing_rows SET business_key = 'x' || business_key WHERE state = 'filed'",
        "UPDATE filing_rows SET person_key = 'x' WHERE state = 'refused'",
        "DELETE FROM filing_rows WHERE state = 'intended'",
    ],
)
def test_a_row_that_was_edited_is_named(office: Office, change: str) -> None:
    """Attack: somebody is let go of, so that he would be filed again."""
    office.sql(change)
    assert office.verify()


def test_a_filing_that_was_put_in_is_named(office: Office) -> None:
    """Attack: a filing that never was."""
    office.sql(
        "CREATE TABLE made AS SELECT * FROM filings LIMIT 1",
        "UPDATE made SET id = 'made up'",
        "INSERT INTO filings SELECT * FROM made",
    )
    (found,) = office.verify()
    assert "does not know this filing" in found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE events SET data = replace(data, '0123', '0666')", "is not as it was at its end"),
        ("UPDATE events SET at = '2026-01-01T00:00:00.000Z' WHERE kind = 'filed'", "is not as"),
        ("DELETE FROM events WHERE kind = 'step' OR kind = 'prepared'", "is older than what"),
    ],
)
def test_a_log_that_was_edited_as_well_is_found_by_the_run_folder(
    office: Office, change: str, words: str
) -> None:
    """Attack: the filing and its log changed alike, after taking the log's guard away."""
    office.sql("DROP TRIGGER events_no_update", "DROP TRIGGER events_no_delete", change)
    office.sql("UPDATE filings SET reference = replace(reference, '0123', '0666')")
    assert any(f"{truth.NOTE}: " in found and words in found for found in office.verify())


@pytest.mark.parametrize("said", [b"", b"{}", b"[[[", b"null", b"\xff" * 99, b" " * 2_000_000])
def test_a_note_that_cannot_be_read_is_named(office: Office, said: bytes) -> None:
    """And a mark that cannot be read compares nothing."""
    (note,) = office.home.glob(f"runs/*/input/{truth.NOTE}")
    note.write_bytes(said)
    assert office.verify() == [f"{note}: This file cannot be read."]
    (office.home / truth.MARK).write_bytes(said)
    assert not Mark(office.home, office.ledger).older()


def test_an_older_copy_put_back_is_noticed_and_not_believed(office: Office, tmp_path: Path) -> None:
    """Attack, or a backup: what it calls not sent is asked of the portal from then on."""
    place = Path(office.ledger.store.place)
    other = tmp_path / "other.sqlite3"
    copied = sqlite3.connect(other)
    here = sqlite3.connect(place)
    here.backup(copied)
    for one in (here, copied):
        one.close()
    run = Run(office.ledger)
    Mark(office.home, office.ledger).set(run.id)
    run.end()
    assert not Mark(office.home, office.ledger).older()
    office.ledger.close()
    shutil.move(other, place)
    with Ledger.open(place) as older:
        assert Mark(office.home, older).older()
        (found,) = truth.verify(older, office.home, office.home / "runs")
        assert "an old copy was put back" in found.words.en
        assert [one.held_at is None for one in older.unsettled(PORTAL)] == [False]
        older.distrust("now")
        assert [one.held_at is None for one in older.unsettled(PORTAL)] == [True]
        assert older.log()[-1].kind == "older ledger"


def test_a_new_ledger_in_the_place_of_one_is_noticed(office: Office) -> None:
    """And none is missed where there never was one, or where it stands elsewhere."""
    place = Path(office.ledger.store.place)
    office.ledger.close()
    place.unlink()
    with Ledger.open(place) as fresh:
        assert Mark(office.home, fresh).older()
    with Ledger.open(office.home / "elsewhere.sqlite3") as apart:
        assert not Mark(office.home, apart).older()
        assert truth.verify(apart, office.home, office.home / "runs") == []
