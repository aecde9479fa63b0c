"""`assist-rpa listed`: what an office says of its lists; and whom a list may hold now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table

from rpa import settings
from rpa.cli import console
from rpa.cli.figures import spans
from rpa.cli.said import day_of
from rpa.errors import Words
from rpa.ledger import listings
from rpa.ledger.ledger import Ledger
from rpa.ledger.listings import SHOWN, AlreadyListed, NotNoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.ledger.listings import Known, Listing
    from rpa.model.filing import Row


def listed(  # noqa: PLR0913, PLR0917  Typer's options
    named: str,
    sent: str,
    cover: str,
    take_back: bool,  # noqa: FBT001  Typer's option
    rows: Sequence[int],
    reason: str,
    config: Path | None,
) -> int:
    """Note what is said of one list; without anything said, show them all."""
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger:
        if sum(map(bool, (sent, cover, take_back))) != bool(named):
            raise NotNoted(_ONE_THING, where="assist-rpa listed")
        if (rows and not (cover or take_back)) or (reason and not take_back):
            raise NotNoted(_NOT_ASKED, where="--row, --reason")
        if sent:
            one = listings.sent(ledger, named, day_of(sent, "--sent"), known.today())
            told = _told(one, _SENT, one.people)
        elif cover:
            one, count = listings.covers(ledger, named, day_of(cover, "--cover"), rows)
            told = _told(one, _COVERED, count)
        elif take_back:
            one, count = listings.take_back(ledger, named, rows, reason, known.today())
            told = _told(one, _TAKEN, count)
        else:
            _show(listings.known(ledger))
            return 0
    console.out.print(console.say(told), markup=False)
    return 0


def free(plan: Plan, standing: Mapping[int, Listing], today: date) -> tuple[Row[Any], ...]:
    """The rows that may be listed; the others are told, with when and until when.

    Raises AlreadyListed for a table of nobody who may be.
    """
    held = {n: one for n, one in standing.items() if one.holds(today)}
    grouped: dict[Words, list[int]] = {}
    for number, one in held.items():
        grouped.setdefault(one.told, []).append(number)
    rows = tuple(row for row in plan.rows if row.number not in held)
    if not rows:
        first = next(iter(grouped))
        raise AlreadyListed(_whole(plan, grouped, first), where=plan.job_file.name)
    for words, numbers in grouped.items():
        console.out.print(f"  {spans(sorted(numbers))}: {console.say(words)}", markup=False)
    if held:
        console.out.print(f"  {console.say(_left_out(len(held), len(rows)))}", markup=False)
    return rows


def due_now(
    plan: Plan, standing: Mapping[int, Listing], today: date
) -> tuple[tuple[Row[Any], ...], Words]:
    """Whose renewal falls due, and a line about everybody else."""
    rows = tuple(
        row for row in plan.rows
        if row.number in standing and not standing[row.number].holds(today)
    )  # fmt: skip
    new = sum(row.number not in standing for row in plan.rows)
    unsent = [number for number, one in standing.items() if one.sent_on is None]
    coming = [one.due_on for n, one in standing.items() if one.due_on and one.holds(today)]
    told = Words(f"Pembaharuan tiba hari ini: {len(rows)}.", f"Renewals due today: {len(rows)}.")
    if coming:
        bm, en = (f"{word}: {min(coming):%d/%m/%Y}." for word in ("Berikutnya", "Next"))
        told = Words(f"{told.bm} {bm}", f"{told.en} {en}")
    if unsent:
        lists = ", ".join(sorted({standing[number].list_id[:SHOWN] for number in unsent}))
        told = Words(
            f"{told.bm} Belum dicatat sebagai dihantar: {len(unsent)} baris (senarai {lists}).",
            f"{told.en} Not noted as sent yet: {len(unsent)} rows (list {lists}).",
        )
    if new:
        told = Words(
            f"{told.bm} Belum pernah disenaraikan: {new} (assist-rpa run).",
            f"{told.en} Never listed: {new} (assist-rpa run).",
        )
    return rows, told


def then(one: str) -> Words:
    """What an office types once it has sent the list, and once the cover begins."""
    command = f"assist-rpa listed {one[:SHOWN]}"
    return Words(
        f"Selepas menghantarnya: {command} --sent yyyy-mm-dd; apabila perlindungan bermula: "
        f"{command} --cover yyyy-mm-dd",
        f"After you have sent it: {command} --sent yyyy-mm-dd; when the cover begins: {command} "
        "--cover yyyy-mm-dd",
    )


def _whole(plan: Plan, grouped: Mapping[Words, Sequence[int]], first: Words) -> Words:
    more = len(plan.rows) - len(grouped[first])
    bm = f" Lagi {more} baris juga sudah." if more else ""
    en = f" So are {more} more rows." if more else ""
    numbers = spans(sorted(grouped[first]))
    return Words(
        f"Tiada sesiapa untuk disenaraikan. Baris {numbers}: {first.bm}.{bm}",
        f"There is nobody to be listed. Rows {numbers}: {first.en}.{en}",
    )


def _left_out(held: int, rows: int) -> Words:
    return Words(
        f"{held} baris itu tidak masuk; senarai ini bagi {rows} baris lain.",
        f"Those {held} rows are left out; this list is of the {rows} others.",
    )


def _told(one: Known, words: Words, count: int) -> Words:
    number = one.list_id[:SHOWN]
    return Words(words.bm.format(number, count), words.en.format(number, count))


def _show(found: Sequence[Known]) -> None:
    if not found:
        console.out.print(console.say(_NONE))
        return
    table = Table(*map(console.say, _HEADS))
    for one in found:
        sent, until = (f"{day:%d/%m/%Y}" if day else "-" for day in (one.sent_on, one.until))
        people = str(one.people) if one.covered == one.people else f"{one.covered}/{one.people}"
        listed_on = f"{one.listed_on:%d/%m/%Y}"
        table.add_row(one.list_id[:SHOWN], listed_on, sent, people, until, one.folder)
    console.out.print(table)


_HEADS = (
    Words("senarai", "list"),
    Words("dibuat", "made"),
    Words("dihantar", "sent"),
    Words("dilindungi", "covered"),
    Words("hingga", "until"),
    Words("pakej", "package"),
)
_NONE = Words("Belum ada senarai.", "There are no lists yet.")
_SENT = Words(
    "Senarai {} ({} orang): dicatat sebagai dihantar.", "List {} ({} people): noted as sent."
)
_COVERED = Words(
    "Senarai {}: perlindungan dicatat bagi {} orang.", "List {}: cover noted for {} people."
)
_TAKEN = Words(
    "Senarai {}: {} baris ditarik balik; orang itu boleh disenaraikan semula.",
    "List {}: {} rows taken back; these people may be listed again.",
)
_NOT_ASKED = Words(
    "--row hanya bersama --cover atau --take-back (senarai dihantar seluruhnya); --reason hanya "
    "bersama --take-back.",
    "--row goes with --cover or --take-back alone (a list is sent as a whole); --reason with "
    "--take-back.",
)
_ONE_THING = Words(
    "Namakan satu senarai dan satu perkara: --sent, --cover atau --take-back; atau jangan namakan "
    "apa-apa untuk melihat semuanya.",
    "Name one list and one thing: --sent, --cover or --take-back; or name nothing to see them all.",
)
