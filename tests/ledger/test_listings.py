"""Who stands in a list of self-employed people, in both kinds of ledger."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from rpa.ledger import listings, parcels
from rpa.ledger.ledger import Ledger, LedgerFailed
from rpa.ledger.listings import AlreadyListed
from rpa.ledger.parcels import Made
from rpa.ledger.tables import parcel_rows

DAY = date(2026, 11, 21)


def made(ledger: Ledger, *persons: str, day: date = DAY) -> None:
    keys = {n: listings.key(ledger, person) for n, person in enumerate(persons, 2)}
    parcels.note(ledger, Made("list_sps_padanan", "job", "digest", "matter", "folder", day, keys))


def test_a_person_is_held_until_the_cover_is_about_to_end(ledger: Ledger) -> None:
    """Sent, covered, refused meanwhile, and listed again in his next turn."""
    made(ledger, "A", "B")
    (one,) = listings.known(ledger)
    assert one[2:] == (DAY, None, 2, 0, None)
    listings.sent(ledger, one.list_id, DAY, DAY)
    listings.covers(ledger, one.list_id, date(2026, 12, 1), [3])
    assert listings.known(ledger)[0][2:] == (DAY, DAY, 2, 1, date(2027, 11, 30))
    assert [p.id for p in parcels.waiting(ledger)] == [one.list_id]
    listings.covers(ledger, one.list_id, date(2026, 12, 5), [])
    assert parcels.waiting(ledger) == []
    for day in (DAY, date(2027, 10, 30)):
        with pytest.raises(AlreadyListed):
            made(ledger, "B", "C", day=day)
    assert len(listings.known(ledger)) == 1
    made(ledger, "B", "C", day=date(2027, 10, 31))
    assert [known.people for known in listings.known(ledger)] == [2, 2]


def test_who_is_taken_back_is_free_at_once(ledger: Ledger) -> None:
    """The row stays, and holds nobody."""
    made(ledger, "A", "B")
    (one,) = listings.known(ledger)
    listings.take_back(ledger, one.list_id, [2], "never sent", DAY)
    made(ledger, "A")
    with pytest.raises(AlreadyListed):
        made(ledger, "B")


def test_the_database_itself_refuses_a_person_twice(ledger: Ledger) -> None:
    """Whatever the code above it believes."""
    made(ledger, "A")
    row = {
        "parcel_id": listings.known(ledger)[0].list_id, "position": 99, "turn": 1,
        "listed_on": DAY, "person_key": listings.key(ledger, "A"),
    }  # fmt: skip
    with pytest.raises(LedgerFailed), ledger.store.writing() as conn:
        conn.execute(insert(parcel_rows).values(**row))
