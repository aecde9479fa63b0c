"""People stay out of keys, logs and errors, and leave the ledger when their time is over."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from rpa.aftercare import retention
from rpa.errors import Words
from rpa.ledger.ledger import Ledger
from rpa.ledger.tables import filing_rows, leases, metadata
from tests.ledger.people import EMPLOYER, PORTAL, Joiner, Run, joiner

if TYPE_CHECKING:
    from pathlib import Path

CANARY = Joiner(identification="900101009999", name="CANARY BINTI REKAAN")
WORDS = Words.quoted("900101009999 CANARY telah wujud")


def everything(ledger: Ledger, *, but: set[str]) -> str:
    """All that stands in all tables, without these columns."""
    with ledger.store.reading() as conn:
        return "\n".join(
            str(row)
            for table in metadata.tables.values()
            for row in conn.execute(select(*(c for c in table.c if c.name not in but)))
        )


def told(text: str) -> str:
    """Without the digests and made-up ids, in which any four digits stand once in a while."""
    return re.sub(r"\b[0-9a-f]{16,}\b", "…", text)


def test_keys_are_sealed_with_a_secret_of_this_ledger(tmp_path: Path) -> None:
    """The same words in another ledger give another key; nobody can try numbers against it."""
    with Ledger.open(tmp_path / "a" / "l") as one, Ledger.open(tmp_path / "b" / "l") as two:
        keys = {x.business_key(PORTAL, "add_employees", EMPLOYER, CANARY) for x in (one, two)}
    assert len(keys) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)


def test_keys_tell_every_part_apart(ledger: Ledger) -> None:
    """Portal, procedure, employer and parts, wherever one ends and the next begins."""
    said = [
        ("a", "b", "c"),
        ("ab", "", "c"),
        ("a", "b", "c", ""),
        ("a", "b", "", "c"),
        ("a,b", "", "c"),
    ]
    assert len({ledger.seal(*words) for words in said}) == len(said)
    assert ledger.seal("a", "b", "c") == ledger.seal("a", "b", "c")


def test_people_stand_in_payloads_and_words_only(run: Run) -> None:
    """No key, event, lease, run or draft names anybody, the log-in included."""
    filing = run.plan(CANARY)
    run.ledger.begin_attempt(filing.id, run.lease)
    run.ledger.event("step", {"row": "900101-00-9999 added 900101009999"}, run_id=run.id)
    run.intend(filing)
    run.ledger.in_doubt(filing.id, WORDS, run.lease)
    text = told(everything(run.ledger, but={"payload", "reason_bm", "reason_en"}))
    # Six digits: four stand in a key or a time by chance, one run in a hundred.
    for canary in ("00-9999", "009999", "CANARY", "clerk@example.test"):
        assert canary not in text
    assert "******-**-****" in text
    assert "9999" in everything(run.ledger, but=set())


def test_case_numbers_and_employer_codes_stay_readable_in_the_log(run: Run) -> None:
    """They have as many digits as an identity number and are none."""
    filing = run.plan(joiner(1))
    said = {"reference": "CAN1120260000123", "employer": EMPLOYER}
    run.ledger.event("step", said, run_id=run.id, filing_id=filing.id)
    data = run.ledger.events_of(filing.id)[-1].data
    assert all(word in data for word in said.values())


def test_a_record_of_a_filing_does_not_print_its_people(run: Run) -> None:
    """A log line with a filing in it names nobody, and an error with a row in it neither."""
    filing = run.intended(CANARY)
    found = run.ledger.filing(filing.id)
    assert "9999" not in told(repr(found))
    assert "CANARY" not in repr(found)


def test_settled_people_are_forgotten_after_their_time_and_never_filed_twice(run: Run) -> None:
    """Payloads and words go, keys and references stay; unsettled filings are kept whole."""
    settled, refused = run.intended(CANARY), run.plan(joiner(2))
    run.ledger.refused(refused.id, WORDS, run.lease)
    run.file(settled)
    pressed = run.intended(joiner(1))
    assert retention.forget(run.ledger, timedelta(days=30)) == 0
    assert retention.forget(run.ledger, timedelta(seconds=-5)) == 1  # the refused one's went before
    assert "CANARY" not in everything(run.ledger, but=set())
    with run.ledger.store.reading() as conn:
        kept = conn.scalars(
            select(filing_rows.c.filing_id).where(filing_rows.c.payload.is_not(None))
        )
        assert list(kept) == [pressed.id]
    told = run.ledger.standing([run.key(CANARY)])[run.key(CANARY)]
    assert told.reference == "CAN1120260000123"
    assert retention.forget(run.ledger, timedelta(seconds=-5)) == 0


def test_what_is_forgotten_is_gone_from_the_files(file_place: Path) -> None:
    """Overwritten in the main file, and folded out of the -wal file."""
    with Ledger.open(file_place) as ledger:
        run = Run(ledger)
        run.file(run.intended(CANARY))
        files = [p for p in file_place.parent.iterdir() if p.is_file()]
        assert any(b"CANARY" in p.read_bytes() for p in files)
        retention.forget(ledger, timedelta(seconds=-5))
        assert not any(b"CANARY" in p.read_bytes() for p in files)
        run.lease.release()


def test_a_lease_names_no_log_in(run: Run) -> None:
    """Computer and process are enough to find who holds it."""
    with run.ledger.store.reading() as conn:
        row = conn.execute(select(leases)).one()
    assert "clerk@example" not in str(row)  # `clerk` alone may be the name of who runs the tests
