"""What `check` knows of rows beside the table: filed before, in doubt, not due yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rpa.cli import console
from rpa.cli.figures import spans
from rpa.engine.agenda import Agenda, falls
from rpa.engine.business_keys import Matters
from rpa.engine.memory import Memory
from rpa.engine.work import HEAD
from rpa.errors import RpaError, Words, many
from rpa.evidence.wording import LABELS
from rpa.ledger.ledger import Ledger
from rpa.model.filing import RowState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rpa.jobs import Plan
    from rpa.settings import Settings


def tell(plan: Plan, known: Settings) -> None:
    """Print those rows by their numbers, and how many a run would go on with today.

    Of rows nothing is written, and a ledger that is not there yet is not made.
    """
    filed: dict[int, Words] = {}
    if "://" in known.ledger or Path(known.ledger).is_file():
        try:
            with Ledger.open(known.ledger) as ledger:
                filed = dict(_filed(plan, known, ledger))
        except RpaError as error:
            console.notes([error.words])
    waiting = {n: words for n, words in _waiting(plan, known) if n not in filed}
    grouped: dict[Words, list[int]] = {}
    for number, words in (filed | waiting).items():
        grouped.setdefault(words, []).append(number)
    for words, numbers in grouped.items():
        console.out.print(f"  {spans(sorted(numbers))}: {console.say(words)}", markup=False)
    if grouped:
        rows, goes = len(plan.rows), _goes(plan, filed, waiting)
        told = Words(f"pelaksanaan hari ini: {goes} daripada {rows} baris",
                     f"a run today: {goes} of {many(rows, 'row')}")  # fmt: skip
        console.out.print(f"  {console.say(told)}", markup=False)


def _goes(plan: Plan, filed: Mapping[int, Words], waiting: Mapping[int, Words]) -> int:
    """How many rows a run goes on with, as the runner decides it; a month goes whole or not."""
    if HEAD in filed or plan.job.apart(sorted(filed)):
        return 0
    out = {*filed, *waiting, *plan.job.left_out(plan.rows)}
    return sum(row.number not in out for row in plan.rows)


def _filed(plan: Plan, known: Settings, ledger: Ledger) -> Iterator[tuple[int, Words]]:
    """What the ledger knows: filed, in doubt, rejected and not corrected since."""
    matters = Matters(plan, ledger, known.portal.ledger_name)
    for number, verdict in Memory(plan, ledger, matters).read().verdicts.items():
        label, beside = LABELS[verdict.state], verdict.reference
        said = verdict.reason if verdict.state is not RowState.FILED else None
        bm, en = (f"{label.bm}: {said.bm}", f"{label.en}: {said.en}") if said else (
            f"{label.bm} sebelum ini", f"{label.en} before")  # fmt: skip
        yield number, Words(f"{bm} {beside}".rstrip(), f"{en} {beside}".rstrip())


def _waiting(plan: Plan, known: Settings) -> Iterator[tuple[int, Words]]:
    """Whose day has not come: `due` files them on it."""
    rules, calendar, today = Agenda.rules_of(plan), known.calendar(), known.today()
    label = LABELS[RowState.LATER]
    for row in plan.rows:
        if row.record.due and row.record.due > today:
            day = falls(row.record.due, rules, calendar).told()
            yield row.number, Words(f"{label.bm}: {day.bm}", f"{label.en}: {day.en}")
