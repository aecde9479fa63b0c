"""Whom a plan is about: kept in the run folder, and shown at the terminal of who approves.

The plan itself names nobody, for it is carried about and stays. Beside it in the run's folder
stands ``whom.json``: the rows as they were read and the last day that the law gives them. It is
sealed in the folder's list of evidence and goes with the folder (`rpa.aftercare.purge`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from rpa.engine.agenda import last_day
from rpa.engine.approval import MOST_BYTES, Approval, Approvals, Proposal, canonical
from rpa.errors import Words
from rpa.evidence import chain, verifier
from rpa.model.job import WorkersJob
from rpa.model.monthly import MonthlyJob
from rpa.reading import Unreadable, contents
from rpa.rules.late_interest import due

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rpa.model.filing import Row
    from rpa.model.job import Job
    from rpa.rules.record import Record

FILE: Final = "whom.json"
PLAN: Final = "plan.json"
_INPUT: Final = "input"
_MOST_RUNS: Final = 2_000  # folders that are looked into, the newest first
_DAYS: Final = ("employment_start_date", "employment_resign_date")  # the law counts from them


@dataclass(frozen=True, slots=True)
class Person:
    """One row: its number, who it is, and every field as text."""

    row: int
    who: str
    name: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Whom:
    """All rows of a plan.

    ``heads`` are the headings of the fields in Malay and English, ``days`` those of dates that
    are filed; ``last`` is the last day of the law, where it gives one.
    """

    people: tuple[Person, ...]
    heads: dict[str, tuple[str, str]]
    days: tuple[str, ...]
    last: date | None

    @property
    def text(self) -> bytes:
        """As it is kept."""
        told = asdict(self) | {"last": self.last.isoformat() if self.last else None}
        return canonical(told)


_WHOM: Final = TypeAdapter(Whom)


@dataclass(frozen=True, slots=True)
class Changed:
    """What is otherwise than when this job was approved before; ``columns`` with their rows."""

    approver: str
    approved: str
    new: tuple[Person, ...]
    gone: tuple[Person, ...]
    columns: Mapping[tuple[str, str], tuple[int, ...]]
    whole: bool  # whether the earlier table is kept here, to compare with


def of(job: Job, rows: Sequence[Row[Any]]) -> Whom:
    """Of the rows that are to be filed."""
    kinds = {type(row.record): row.record.columns() for row in rows}
    columns = {name: column for known in kinds.values() for name, column in known.items()}
    return Whom(
        people=tuple(_person(row) for row in rows if row.number),
        heads={name: (one.heading.bm, one.heading.en) for name, one in columns.items()},
        days=tuple(name for name, one in columns.items() if one.occasion),
        last=min(_last(job, rows), default=None),
    )


def _person(row: Row[Any]) -> Person:
    fields = {name: _text(value) for name, value in row.record if value not in (None, "")}
    return Person(row.number, row.record.person, str(getattr(row.record, "name", "")), fields)


def _text(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _last(job: Job, rows: Sequence[Row[Any]]) -> Iterator[date]:
    """Until when PERKESO is to be told (facts 7.2, 9): 30 days, and of a month the 15th."""
    if isinstance(job, MonthlyJob):
        yield due(job.month)
        return
    for row in rows:
        if day := _occasion(job, row.record):
            yield last_day(day)


def _occasion(job: Job, record: Record) -> date | None:
    start, end = (getattr(record, name, None) for name in _DAYS)
    return record.due or (start if isinstance(job, WorkersJob) else end)


def folder_of(runs: Path, plan: str) -> Path | None:
    """The newest run that left this plan; none where it went, or ran on another computer."""
    found = sorted((f for f in runs.iterdir() if f.is_dir()), reverse=True) if runs.is_dir() else ()
    for folder in found[:_MOST_RUNS]:
        try:
            if Proposal.parse(contents(folder / _INPUT / PLAN, MOST_BYTES)).hash == plan:
                return folder
        except (Unreadable, ValueError):
            continue
    return None


def kept(folder: Path) -> Whom | None:
    """What a run kept of whom its plan is about; none where that is not as it was sealed."""
    try:
        entry = verifier.latest(chain.lines(folder)).get(f"{_INPUT}/{FILE}")
        if entry is None or verifier.fault_of(folder, entry["file"], entry["sha256"]):
            return None
        return _WHOM.validate_json(contents(folder / entry["file"], MOST_BYTES))
    except (Unreadable, ValueError):
        return None


def changed(approvals: Approvals, runs: Path, asked: Proposal, now: Whom | None) -> Changed | None:
    """Against the last state of this job that was approved; none where there is none."""
    for given, earlier in approvals.of_job(asked):
        folder = folder_of(runs, earlier.hash)
        before = kept(folder) if folder else None
        if before is None or now is None:
            return Changed(given.approver, given.approved, (), (), {}, whole=False)
        return _compared(given, before, now)
    return None


def _compared(given: Approval, before: Whom, now: Whom) -> Changed:
    old, new = ({one.who: one for one in whom.people} for whom in (before, now))
    columns: dict[tuple[str, str], list[int]] = {}
    for who in old.keys() & new.keys():
        was, is_now = old[who].fields, new[who].fields
        for name in was.keys() | is_now.keys():
            if was.get(name) != is_now.get(name):
                columns.setdefault(now.heads.get(name, (name, name)), []).append(new[who].row)
    return Changed(
        given.approver,
        given.approved,
        new=tuple(one for who, one in new.items() if who not in old),
        gone=tuple(one for who, one in old.items() if who not in new),
        columns={head: tuple(sorted(rows)) for head, rows in sorted(columns.items())},
        whole=True,
    )


NOT_HERE: Final = Words(
    "Pelaksanaan yang meminta kelulusan ini tiada di komputer ini, atau sudah dipadamkan; nama, "
    "perbezaan dan gambar tidak dapat ditunjukkan.",
    "The run that asked for this is not on this computer, or was deleted; names, differences and "
    "pictures cannot be shown.",
)
