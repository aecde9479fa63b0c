"""What a check found, told once: the plan, or the end of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.cli import console
from rpa.errors import JobInvalid, Problem, Severity, Words
from rpa.jobs import group

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.jobs import Checked, Plan


def settled(found: Checked, job: Path) -> Plan:
    """The plan, after every remark was shown. Raises JobInvalid after showing every error."""
    _once(found.problems)
    if found.plan is None:
        raise wrong(job, found.errors, found.rows_read)
    return found.plan


def wrong(file: Path, errors: tuple[Problem, ...], rows: int) -> JobInvalid:
    """How many errors were shown, of how many rows."""
    return JobInvalid(
        Words(
            f"Ralat dalam {file.name}: {len(errors)} (baris dibaca: {rows}).",
            f"Errors in {file.name}: {len(errors)} (rows read: {rows}).",
        ),
        where=str(file),
        problems=errors,
    )


_TOLD: set[Problem] = set()


def _once(problems: tuple[Problem, ...]) -> None:
    """Remarks that this very command has told already are counted: practice runs a job twice."""
    fresh = [p for p in problems if p not in _TOLD]
    again = len(group(problems)) - len(group(fresh))
    console.problems(fresh)
    if again:
        bm, en = SAME_AS_ABOVE.bm, SAME_AS_ABOVE.en
        told = Words(bm.format(again), en.format(again))
        console.out.print(console.say(told), markup=False)
    _TOLD.update(p for p in fresh if p.severity is Severity.WARNING)


SAME_AS_ABOVE = Words("{} amaran yang sama seperti di atas.", "The same {} remarks as above.")
