"""Who stands in which list of self-employed people, and until when (Act 789).

Nothing is sent by this tool, so that the ledger knows what an office says: a list is *made*, then
*sent*, then its cover *begins*. From the moment it is made it holds its people: nobody is put into
a second list until the cover is about to end, or a person takes the row back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from sqlalchemy import func, insert, select, update

from rpa.errors import JobInvalid, Refused, Words
from rpa.ledger.tables import clock, parcel_rows, parcels
from rpa.rules import sps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from rpa.ledger.ledger import Ledger
    from rpa.model.filing import Row

RENEW_WITHIN: Final = timedelta(days=30)
"""So long before a cover ends its renewal falls due (assumed: no source says when)."""

EARLIEST: Final = timedelta(days=31)
LATEST: Final = timedelta(days=366)
"""A cover that begins longer before its list, or later after it, is a slip (assumed)."""

SHOWN: Final = 8
"""So much of a list's number is shown, and enough of it to name one."""

_SHORTEST: Final = 4
_AT_ONCE: Final = 500  # keys of one question; SQLite takes no more than some thousands
_holding = parcel_rows.c.taken_back_at.is_(None)


class NotNoted(JobInvalid):
    """What a person says of a list does not fit what the ledger knows."""

    next_move: ClassVar[Words] = Words(
        "Lihat senarai dengan `assist-rpa listed`. Tiada apa-apa dicatat.",
        "See the lists with `assist-rpa listed`. Nothing was noted.",
    )


class AlreadyListed(Refused):
    """Nobody of the table may be listed now."""

    next_move: ClassVar[Words] = Words(
        "Tiada pakej dibuat dan tiada apa-apa hilang. Jika senarai itu tidak pernah dihantar: "
        "assist-rpa listed NOMBOR --take-back --reason SEBAB.",
        "No package was made and nothing was lost. If that list was never sent: "
        "assist-rpa listed NUMBER --take-back --reason WHY.",
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """A person's row in the last list that holds them."""

    list_id: str
    turn: int
    listed_on: date
    sent_on: date | None
    cover_until: date | None

    @property
    def due_on(self) -> date | None:
        """From this day on the renewal may be listed; None while no cover is known."""
        return None if self.cover_until is None else self.cover_until - RENEW_WITHIN

    def holds(self, today: date) -> bool:
        """Whether its person may not be listed again."""
        return self.due_on is None or today < self.due_on

    @property
    def told(self) -> Words:
        """When they were listed and until when the cover lasts, or what is not known of it yet."""
        made, number = f"{self.listed_on:%d/%m/%Y}", self.list_id[:SHOWN]
        bm = f"sudah disenaraikan pada {made} (senarai {number})"
        en = f"listed on {made} (list {number})"
        if self.cover_until is not None:
            until = f"{self.cover_until:%d/%m/%Y}"
            return Words(
                f"{bm}; perlindungan hingga {until}", f"{en}; the cover lasts until {until}"
            )
        if self.sent_on is not None:
            return Words(
                f"{bm}; tarikh mula perlindungan belum dicatat",
                f"{en}; when the cover begins is not noted yet",
            )
        return Words(f"{bm}; belum dicatat sebagai dihantar", f"{en}; not noted as sent yet")


class Known(NamedTuple):
    """One list as an office sees it: how many people it holds, and of how many cover is noted."""

    list_id: str
    folder: str
    listed_on: date
    sent_on: date | None
    people: int
    covered: int
    until: date | None


def key(ledger: Ledger, person: str) -> str:
    """A person's, whichever agency lists them under whichever scheme: the cover is their own."""
    return ledger.seal("", "", "", "listed", person)


def of(ledger: Ledger, rows: Iterable[Row[Any]]) -> dict[int, Listing]:
    """The last listing of each of these rows' people, by row number."""
    keys = {row.number: key(ledger, row.record.person) for row in rows}
    with ledger.store.reading() as conn:
        found = _last(conn, keys.values())
    return {number: found[one] for number, one in keys.items() if one in found}


def hold(conn: Connection, parcel_id: str, persons: Mapping[int, str], day: date) -> None:
    """Hold these people for a list. Raises AlreadyListed: the caller's transaction ends with it.

    The caller holds the gate: of two runs that list one person, one is refused.
    """
    before = _last(conn, persons.values())
    for number, person in persons.items():
        if person in before and before[person].holds(day):
            raise AlreadyListed(_row_listed(number, before[person].told))
    rows = [
        {
            "parcel_id": parcel_id,
            "position": number,
            "person_key": person,
            "turn": before[person].turn + 1 if person in before else 1,
            "listed_on": day,
        }
        for number, person in persons.items()
    ]
    conn.execute(insert(parcel_rows), rows)


def known(ledger: Ledger) -> list[Known]:
    """Every list that holds somebody, the oldest first."""
    mine = parcel_rows.c
    asked = (
        select(
            parcels.c.id, parcels.c.folder, func.min(mine.listed_on), parcels.c.sent_on,
            func.count(), func.count(mine.cover_until), func.max(mine.cover_until),
        )
        .join(parcel_rows, mine.parcel_id == parcels.c.id)
        .where(_holding)
        .group_by(parcels.c.id, parcels.c.folder, parcels.c.sent_on, parcels.c.made_at)
        .order_by(parcels.c.made_at, parcels.c.id)
    )  # fmt: skip
    with ledger.store.reading() as conn:
        return [Known(*row) for row in conn.execute(asked)]


# --- what an office says ---


def sent(ledger: Ledger, named: str, day: date, today: date) -> Known:
    """A person has sent the list on a day. Raises NotNoted."""
    one = _one(ledger, named)
    if not one.listed_on <= day <= today:
        raise NotNoted(_sent_between(one.listed_on, today), where="--sent")
    with ledger.store.writing() as conn:
        mine = update(parcels).where(parcels.c.id == one.list_id)
        conn.execute(mine.values(sent_on=day))
    _note(ledger, "list sent", one, day=day.isoformat())
    return one


def covers(ledger: Ledger, named: str, first: date, rows: Collection[int]) -> tuple[Known, int]:
    """The cover of these rows, or of all that have none yet, begins on a day. Raises NotNoted.

    Gives how many it was noted for.
    """
    one = _one(ledger, named)
    if one.sent_on is None:
        raise NotNoted(_SEND_FIRST, where=one.list_id[:SHOWN])
    if not one.listed_on - EARLIEST <= first <= one.listed_on + LATEST:
        raise NotNoted(_no_such_cover(one.listed_on), where="--cover")
    until = sps.last_day(first)
    more = [] if rows else [parcel_rows.c.cover_from.is_(None)]
    values = {"cover_from": first, "cover_until": until}
    count = _change(ledger, one, _Rows(rows, more), values, first)
    _note(ledger, "cover noted", one, rows=count, day=first.isoformat())
    return one, count


def take_back(
    ledger: Ledger, named: str, rows: Collection[int], reason: str, today: date
) -> tuple[Known, int]:
    """These rows, or all of the list, hold nobody any more. Raises NotNoted."""
    one = _one(ledger, named)
    if not reason.strip():
        raise NotNoted(_WHY, where="--reason")
    count = _change(ledger, one, _Rows(rows), {"taken_back_at": clock()}, today)
    _note(ledger, "list taken back", one, rows=count, reason=reason)
    return one, count


def _one(ledger: Ledger, named: str) -> Known:
    found = [one for one in known(ledger) if one.list_id.startswith(named.lower())]
    if len(found) != 1 or len(named) < _SHORTEST:
        raise NotNoted(_NO_LIST, where=named)
    return found[0]


class _Rows(NamedTuple):
    """Those named, or all; ``more`` is what else must be true of them."""

    named: Collection[int]
    more: Sequence[ColumnElement[bool]] = ()


def _change(ledger: Ledger, one: Known, rows: _Rows, values: Mapping[str, Any], day: date) -> int:
    """Rows of a list that hold somebody: all of those named, or nothing; on this day."""
    mine = [parcel_rows.c.parcel_id == one.list_id, _holding, *rows.more]
    if rows.named:
        mine.append(parcel_rows.c.position.in_(rows.named))
    with ledger.store.writing() as conn:
        count = int(conn.execute(update(parcel_rows).where(*mine).values(**values)).rowcount)
        if not count or (rows.named and count != len(set(rows.named))):
            raise NotNoted(_NO_ROWS, where=one.list_id[:SHOWN])
        _answered(conn, one, day)
    return count


def _answered(conn: Connection, one: Known, day: date) -> None:
    """The list waits for nothing more once nobody whom it holds is without a cover."""
    left = select(func.count()).where(
        parcel_rows.c.parcel_id == one.list_id, _holding, parcel_rows.c.cover_until.is_(None)
    )
    if not conn.scalars(left).one():
        mine = update(parcels).where(parcels.c.id == one.list_id)
        conn.execute(mine.values(answered_on=day))


def _note(ledger: Ledger, kind: str, one: Known, **told: str | int) -> None:
    ledger.note(kind, {"list": one.list_id, **told})


def _last(conn: Connection, keys: Iterable[str]) -> dict[str, Listing]:
    """The last turn of each person that holds him."""
    found: dict[str, Listing] = {}
    wanted, mine = list(dict.fromkeys(keys)), parcel_rows.c
    columns = (mine.parcel_id, mine.turn, mine.listed_on, parcels.c.sent_on, mine.cover_until)
    asked = (
        select(mine.person_key, *columns)
        .join(parcels, mine.parcel_id == parcels.c.id)
        .where(_holding)
        .order_by(mine.turn)
    )
    for start in range(0, len(wanted), _AT_ONCE):
        some = mine.person_key.in_(wanted[start : start + _AT_ONCE])
        for person, *values in conn.execute(asked.where(some)):
            found[person] = Listing(*values)
    return found


def _row_listed(number: int, told: Words) -> Words:
    return Words(f"Baris {number}: {told.bm}.", f"Row {number}: {told.en}.")


def _sent_between(listed_on: date, today: date) -> Words:
    made, now = f"{listed_on:%d/%m/%Y}", f"{today:%d/%m/%Y}"
    return Words(
        f"Senarai ini dibuat pada {made} dan hari ini {now}: ia dihantar di antaranya.",
        f"This list was made on {made} and today is {now}: it was sent in between.",
    )


def _no_such_cover(listed_on: date) -> Words:
    made = f"{listed_on:%d/%m/%Y}"
    return Words(
        f"Senarai ini dibuat pada {made}; perlindungannya tidak mungkin bermula pada hari itu. "
        "Semak tahunnya.",
        f"This list was made on {made}; its cover cannot begin on that day. Check the year.",
    )


_NO_LIST = Words(
    "Tiada satu senarai yang tepat dengan nombor ini; tulis sekurang-kurangnya empat aksara.",
    "No one list has this number; write at least four of its characters.",
)
_SEND_FIRST = Words(
    "Senarai ini belum dicatat sebagai dihantar. Catat dahulu: --sent yyyy-mm-dd",
    "This list is not noted as sent yet. Note that first: --sent yyyy-mm-dd",
)
_WHY = Words("Nyatakan sebabnya: --reason; ia disimpan.", "Say why: --reason; it is kept.")
_NO_ROWS = Words(
    "Tiada baris begitu dalam senarai ini, atau semuanya sudah dicatat. Untuk membetulkan sesuatu "
    "baris, namakannya: --row NOMBOR",
    "There are no such rows in this list, or all of them are noted already. To correct a row, name "
    "it: --row NUMBER",
)
