"""Rows with a date: which are filed today, which wait, which missed their day, and why.

A row falls due so many days after its own date, on the next working day where its job says so, and
never later than the law's last day for that reason alone. On that day `assist-rpa due` files it,
before it nobody does. A row whose day went by is filed late, skipped or asked about, as its job
says, and the reason comes from the ledger's record of what `due` did on those days. What became of
each row is written into the ledger's calendar once.

The functions here decide from days alone; `Agenda` asks the ledger and tells it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from rpa.errors import (
    Busy,
    ConfigInvalid,
    Guarded,
    InDoubt,
    JobInvalid,
    NeedsApproval,
    NeedsPerson,
    PortalUnavailable,
    Refused,
    ReviewMismatch,
    RpaError,
    Stopped,
    Words,
    to_copy,
)
from rpa.ledger.lease import LeaseLost
from rpa.ledger.records import AgendaEntry
from rpa.ledger.store import LedgerFailed
from rpa.ledger.tables import DONE, AgendaState
from rpa.model.filing import RowState, Verdict
from rpa.model.job import DatedJob, Schedule
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.ledger.ledger import Ledger
    from rpa.ledger.records import DueRun
    from rpa.model.filing import Row
    from rpa.settings import Calendar, Settings

Missed = Literal["late", "skip", "ask"]
Answer = Literal["late", "skip"]
NOTHING = Words("", "")
ONE_DAY = timedelta(days=1)
LAW = timedelta(days=30)
"""Within so many days of the date itself the portal must be told (facts 7.2)."""
MOST_SPANS = 6  # of reasons told one after the other; a row that old is looked at by a person


# --- the rules: days in, decisions out -----------------------------------------------------------


class Fall(NamedTuple):
    """A row's own date, the day it is to be filed, the rest days and holidays it was moved over."""

    own: date
    day: date
    over: tuple[Words, ...] = ()

    def told(self) -> Words:
        """The day, with what moved it."""
        shown = f"{self.day:%d/%m/%Y}"
        if not self.over:
            return Words(shown, shown)
        bm, en = (", ".join(getattr(w, tongue) for w in self.over) for tongue in ("bm", "en"))
        return Words(f"{shown} (dialihkan kerana {bm})", f"{shown} (moved because of {en})")


def last_day(own: date) -> date:
    """The last day on which the law's period is kept."""
    return own + LAW


def falls(own: date, schedule: Schedule, calendar: Calendar) -> Fall:
    """When a row of this date is to be filed.

    Rest days never carry it beyond the law's last day: then it stays where it was.
    """
    planned = day = own + timedelta(days=schedule.days_after)
    over: list[Words] = []
    while schedule.rest_days == "next" and (closed := calendar.closed(day)):
        over.append(closed)
        day += ONE_DAY
        if day > last_day(own):
            return Fall(own, planned)
    return Fall(own, day, tuple(dict.fromkeys(over)))


class Fate(Enum):
    """What is done with a row today."""

    FILE = "file"
    LATER = "later"
    SKIP = "skip"
    ASK = "ask"


_POLICIES = {"late": Fate.FILE, "skip": Fate.SKIP, "ask": Fate.ASK}


class Decision(NamedTuple):
    """What is done with a row today; ``reason`` tells why it is not, or was not, on its day."""

    fate: Fate
    fall: Fall
    days_late: int = 0
    reason: Words = NOTHING

    def told(self) -> Words:
        """How late it is, and why; empty for a row that is not late."""
        if not self.days_late:
            return NOTHING
        days = "day" if self.days_late == 1 else "days"
        return Words(
            f"{self.days_late} hari lewat: {self.reason.bm}",
            f"{self.days_late} {days} late: {self.reason.en}",
        )


def decide(
    fall: Fall,
    today: date,
    missed: Missed,
    known: AgendaEntry | None,
    why: Callable[[date], Words],
) -> Decision:
    """What `due` does today with a row that is not filed.

    ``known`` is what the calendar has of it: a skip holds until a person says otherwise, and what
    was done once and is to be filed again (PERKESO rejected it) keeps no date any more. ``why``
    tells why nothing was filed since a day. ``missed`` is the job's rule.
    """
    if known and known.state in DONE:
        return Decision(Fate.FILE, fall)
    if known and known.state is AgendaState.SKIPPED:
        return Decision(Fate.SKIP, fall, known.days_late, known.reason)
    late = (today - fall.day).days
    if late <= 0:
        return Decision(Fate.LATER if late else Fate.FILE, fall)
    if known and known.state is AgendaState.ALLOWED:
        return Decision(Fate.FILE, fall, late, known.reason)
    reason = _and_the_law(why(fall.day), fall.own, today)
    return Decision(_POLICIES[missed], fall, late, reason)


def _and_the_law(reason: Words, own: date, today: date) -> Words:
    if today <= last_day(own):
        return reason
    ended = f"{last_day(own):%d/%m/%Y}"
    return Words(
        f"{reason.bm} Tempoh 30 hari mengikut undang-undang tamat pada {ended}.",
        f"{reason.en} The 30 days that the law gives ended on {ended}.",
    )


DID_NOT_RUN = Words("`assist-rpa due` tidak berjalan", "`assist-rpa due` did not run")
CUT_OFF = Words(
    "pelaksanaan `due` tidak sampai ke hujungnya", "the run of `due` did not come to its end"
)
NOT_THERE = Words(
    "baris ini belum ada dalam jadual, atau harinya lain",
    "this row was not in the table yet, or had another day",
)
BUSY = Words("pelaksanaan lain sedang memakai ID portal", "another run was using the portal ID")
OUTSIDE = Words(
    "`due` dimulakan di luar waktu portal sahaja",
    "`due` was started outside the portal's hours only",
)


def why_missed(first: date, last: date, runs: Iterable[DueRun]) -> Words:
    """Why nothing was filed from one day to another, both included, as the runs of `due` tell."""
    ended: dict[date, Words] = {}
    for run in runs:
        # The last run of a day speaks for it, but for one that left the day to another.
        if run.day not in ended or run.reason != BUSY:
            ended[run.day] = _cause(run)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    spans = []
    for cause, same in groupby(days, lambda day: ended.get(day, DID_NOT_RUN)):
        of_it = list(same)
        spans.append(_span(of_it[0], of_it[-1], cause))
    more = len(spans) - MOST_SPANS
    if more > 0:
        spans = [*spans[:MOST_SPANS], Words(f"dan {more} sebab lagi", f"and {more} reasons more")]
    bm, en = ("; ".join(getattr(span, tongue) for span in spans) for tongue in ("bm", "en"))
    return Words(f"{bm}.", f"{en}.")


def _cause(run: DueRun) -> Words:
    if run.exit is None:
        return CUT_OFF
    return run.reason if run.reason != NOTHING else NOT_THERE


def _span(first: date, last: date, cause: Words) -> Words:
    bm = en = f"{first:%d/%m/%Y}"
    if last != first:
        bm, en = f"{bm} hingga {last:%d/%m/%Y}", f"{en} to {last:%d/%m/%Y}"
    return Words(f"{bm}: {cause.bm}", f"{en}: {cause.en}")


# The words of an error itself may quote the portal, and so a person.
_ENDINGS: tuple[tuple[type[RpaError], Words], ...] = (
    (Busy, BUSY),
    (PortalUnavailable, Words("portal tidak dapat digunakan", "the portal was not available")),
    (NeedsApproval, Words("kelulusan penyelia belum ada", "a supervisor's approval was missing")),
    (Guarded, Words("pengawal menahan kerja itu", "a guard held the job")),
    (NeedsPerson, Words("sesuatu menunggu seorang pengendali", "something waited for a person")),
    (InDoubt, Words("satu penghantaran belum dapat dipastikan", "a press was in doubt")),
    (ReviewMismatch, Words("semakan portal tidak sama", "the portal's review differed")),
    (Refused, Words("portal atau PERKESO menolak", "the portal or PERKESO refused")),
    (JobInvalid, Words("kerja atau jadual ada ralat", "the job or its table had errors")),
    (ConfigInvalid, Words("konfigurasi tidak betul", "the configuration was not right")),
    (Stopped, Words("pengendali menghentikan pelaksanaan", "a person stopped the run")),
    (LedgerFailed, Words("lejar tidak dapat digunakan", "the ledger could not be used")),
    (LeaseLost, Words("pelaksanaan itu terputus", "the run was cut off")),
)


def why_ended(error: RpaError | None) -> Words:
    """Why a run did not do all that was due, in words that name nobody; empty for no error."""
    if error is None:
        return NOTHING
    for kind, words in _ENDINGS:
        if isinstance(error, kind):
            return words
    code = error.exit_code
    return Words(f"pelaksanaan terhenti (kod keluar {code})", f"the run stopped (exit code {code})")


# --- what stops -------------------------------------------------------------------------------


class NeedsAnswer(NeedsPerson):
    """Rows missed their day, and their job says that a person decides."""

    def __init__(self, rows: int, job: str) -> None:
        super().__init__(
            Words(
                f"Baris yang terlepas harinya dan menunggu keputusan anda: {rows}.",
                f"Rows that missed their day and wait for your decision: {rows}.",
            ),
            where=job,
        )
        command = f'assist-rpa due {to_copy(job)} --missed late --reason "..."'
        # An instance's own: the command names the job.
        self.next_move = Words(  # type: ignore[misc]
            f"Failkan juga: {command}; atau biarkan: --missed skip. Tiada apa-apa hilang.",
            f"File them all the same: {command}; or leave them: --missed skip. Nothing was lost.",
        )


class ClockWentBack(ConfigInvalid):
    """The computer's day is earlier than one that `due` has seen: it would miss what is due."""

    next_move: ClassVar[Words] = Words(
        "Betulkan jam komputer. Jika hari ini betul dan jam itu salah sebelum ini: assist-rpa due "
        '--clock-is-right --reason "...".',
        "Set the computer's clock. If today is right and the clock was wrong before: assist-rpa "
        'due --clock-is-right --reason "...".',
    )

    def __init__(self, today: date, last: date) -> None:
        super().__init__(
            Words(
                f"Jam komputer menunjukkan {today:%d/%m/%Y}, tetapi `due` sudah berjalan pada "
                f"{last:%d/%m/%Y}.",
                f"The computer's clock says {today:%d/%m/%Y}, but `due` has run on "
                f"{last:%d/%m/%Y} already.",
            )
        )


def not_back(ledger: Ledger, portal: str, today: date) -> None:
    """Raise ClockWentBack when `due` has seen a later day than this one."""
    last = ledger.last_day(portal)
    if last and today < last:
        raise ClockWentBack(today, last)


def opening(calendar: Calendar, now: datetime) -> Words | None:
    """When the portal's hours begin, for a moment outside them; None inside."""
    window, local = calendar.window, now.astimezone(TIME_ZONE)
    if window.holds(local.time()):
        return None
    passed = f"{local:%H:%M}" >= window.closes
    day = local.date() + ONE_DAY if passed else local.date()
    when, hours = f"{day:%d/%m/%Y} {window.opens}", f"{window.opens}-{window.closes}"
    return Words(
        f"Di luar waktu portal ({hours}); pelaksanaan ini tidak menghantar apa-apa. Dibuka semula "
        f"{when}.",
        f"Outside the portal's hours ({hours}); this run sends nothing. They begin again {when}.",
    )


def job_name(path: Path) -> str:
    """What the ledger calls a job: its file with the folder it lies in, the same on any machine."""
    return "/".join(path.resolve().parts[-2:])


# --- the calendar in the ledger ---------------------------------------------------------------


class Sorted(NamedTuple):
    """Rows divided: to be filed now, and held with the verdict to give.

    ``ask`` is what to end with when rows wait for a person; ``notes`` is what the calendar is to
    remember.
    """

    now: list[Row[Any]]
    held: dict[int, tuple[RowState, Words]]
    ask: NeedsAnswer | None
    notes: tuple[AgendaEntry, ...]

    @property
    def skips(self) -> bool:
        """Whether a row is to be skipped that was not before."""
        return any(entry.state is AgendaState.SKIPPED for entry in self.notes)


BY_HAND = Words(
    "Difailkan oleh orang, bukan oleh `assist-rpa due`.",
    "Filed by a person, not by `assist-rpa due`.",
)
_NOTED = {Fate.FILE: AgendaState.DUE, Fate.SKIP: AgendaState.SKIPPED, Fate.ASK: AgendaState.ASKED}
_HELD = {Fate.LATER: RowState.LATER, Fate.ASK: RowState.NOT_SENT, Fate.SKIP: RowState.SKIPPED}


@dataclass
class Agenda:
    """The dates of one job on one day, ``today`` in Malaysia.

    ``scheduled``: it is `due` that runs. A plain run files what a person wants filed, but never
    before its date, and not what was skipped. ``late`` tells, once sorted, of rows to be filed by
    their numbers, how late they are and why.
    """

    rules: Schedule
    calendar: Calendar
    ledger: Ledger
    portal_name: str
    job_name: str
    today: date
    scheduled: bool
    run_id: str = ""
    job_file: str = ""  # as a person names it on the command line
    late: dict[int, Words] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Settings, plan: Plan, ledger: Ledger, *, scheduled: bool) -> Agenda:
        """The agenda of a plan."""
        return cls(
            cls.rules_of(plan),
            known.calendar(),
            ledger,
            known.portal.ledger_name,
            job_name(plan.job_file),
            known.today(),
            scheduled,
            job_file=str(plan.job_file),
        )

    @staticmethod
    def rules_of(plan: Plan) -> Schedule:
        """The job's own schedule, or the usual one."""
        return plan.job.schedule if isinstance(plan.job, DatedJob) else Schedule()

    def sort(self, rows: Sequence[Row[Any]], keys: Mapping[int, str]) -> Sorted:
        """Divide rows that are not filed, and write down what was decided.

        Call it when the portal has confirmed the day: a skip is for ever.
        """
        found = self.look(rows, keys)
        if self.scheduled:
            self.ledger.note_agenda(self.portal_name, found.notes, run_id=self.run_id)
        return found

    def look(self, rows: Sequence[Row[Any]], keys: Mapping[int, str]) -> Sorted:
        """As `sort`, and nothing is written."""
        found = Sorted([], {}, None, ())
        notes: list[AgendaEntry] = []
        asked = 0
        for row, known, decision in self.decisions(rows, keys):
            if decision is None or decision.fate is Fate.FILE:
                found.now.append(row)
            else:
                words = _held(decision)
                found.held[row.number] = (_HELD[decision.fate], words)
            if decision is None:
                continue
            asked += decision.fate is Fate.ASK
            if decision.fate is Fate.FILE and decision.days_late:
                self.late[row.number] = decision.told()
            notes += self._note(keys[row.number], known, decision)
        ask = NeedsAnswer(asked, self.job_file or self.job_name) if asked else None
        return found._replace(ask=ask, notes=tuple(notes))

    def decisions(
        self, rows: Sequence[Row[Any]], keys: Mapping[int, str]
    ) -> Iterator[tuple[Row[Any], AgendaEntry | None, Decision | None]]:
        """What is done with each row today; None for one without a date."""
        dated = [keys[row.number] for row in rows if row.record.due]
        known = self.ledger.agenda(self.portal_name, dated)
        for row in rows:
            own = row.record.due
            entry = known.get(keys[row.number])
            yield row, entry, self._decide(own, entry) if own else None

    def _decide(self, own: date, known: AgendaEntry | None) -> Decision:
        fall = falls(own, self.rules, self.calendar)
        if self.scheduled:
            return decide(fall, self.today, self.rules.missed, known, self._why)
        if known and known.state is AgendaState.SKIPPED:
            return Decision(Fate.SKIP, fall, known.days_late, known.reason)
        # Not before its date; after it, whoever runs the job wants it filed.
        early = own > self.today and not (known and known.state in DONE)
        return Decision(Fate.LATER if early else Fate.FILE, fall)

    def _why(self, since: date) -> Words:
        if since not in self._reasons:
            runs = self.ledger.due_runs(self.portal_name, self.job_name, since)
            self._reasons[since] = why_missed(since, self.today - ONE_DAY, runs)
        return self._reasons[since]

    @cached_property
    def _reasons(self) -> dict[date, Words]:
        return {}

    def _note(
        self, key: str, known: AgendaEntry | None, decision: Decision
    ) -> Iterator[AgendaEntry]:
        """What the calendar is to remember of a decision; of what it has already, nothing."""
        settled = known and known.state in (*DONE, AgendaState.SKIPPED)
        if decision.fate is Fate.LATER or settled:
            return
        allowed = known is not None and known.state is AgendaState.ALLOWED
        state = AgendaState.ALLOWED if allowed else _NOTED[decision.fate]
        yield AgendaEntry(key, decision.fall.day, state, decision.days_late, decision.reason)

    def answer(
        self,
        rows: Sequence[Row[Any]],
        keys: Mapping[int, str],
        missed: Answer,
        reason: str,
        person: str,
    ) -> int:
        """A person's decision for the rows that missed their day so far; how many they are.

        What was skipped before is among them when they are to be filed late.
        """
        state = AgendaState.ALLOWED if missed == "late" else AgendaState.SKIPPED
        entries = [
            AgendaEntry(
                keys[row.number],
                d.fall.day,
                state,
                (self.today - d.fall.day).days,
                _said(d, reason),
            )
            for row, known, d in self.decisions(rows, keys)
            if d and d.fall.day < self.today and not (known and known.state in (*DONE, state))
        ]
        self.ledger.note_agenda(self.portal_name, entries, run_id=self.run_id, person=person)
        return len(entries)

    def done(self, verdicts: Iterable[Verdict[Any]], keys: Mapping[int, str]) -> None:
        """Close the calendar's rows of what is filed, by this run or before; once is for ever."""
        filed = {
            keys[v.row.number]: v
            for v in verdicts
            if v.state is RowState.FILED and v.row.record.due
        }
        known = self.ledger.agenda(self.portal_name, list(filed))
        entries = [self._closed(key, v, known.get(key)) for key, v in filed.items()]
        self.ledger.note_agenda(self.portal_name, entries, run_id=self.run_id)

    def _closed(self, key: str, verdict: Verdict[Any], known: AgendaEntry | None) -> AgendaEntry:
        own: date = verdict.row.record.due
        fall = falls(own, self.rules, self.calendar)
        noted = known and known.state in (AgendaState.DUE, AgendaState.ALLOWED)
        if known and noted and (self.scheduled or verdict.before):
            late, reason = known.days_late, known.reason
        else:
            late, reason = max(0, (self._day_of(verdict, fall) - fall.day).days), BY_HAND
        state = AgendaState.LATE if late else AgendaState.FILED
        return AgendaEntry(key, fall.day, state, late, reason if late else NOTHING)

    def _day_of(self, verdict: Verdict[Any], fall: Fall) -> date:
        """The day a row was filed that `due` did not decide about."""
        if not verdict.before:
            return self.today
        return verdict.at.astimezone(TIME_ZONE).date() if verdict.at else fall.day


def _said(decision: Decision, reason: str) -> Words:
    """Why the day was missed, and what the person said to it."""
    was = decision.reason
    return Words(
        f"{was.bm} Keputusan pengendali: {reason}".strip(),
        f"{was.en} Decided by a person: {reason}".strip(),
    )


def _held(decision: Decision) -> Words:
    """What is told about a row that is not filed now."""
    told, day = decision.told(), decision.fall.told()
    if decision.fate is Fate.LATER:
        return Words(
            f"Difailkan pada {day.bm} oleh `assist-rpa due`.",
            f"Falls due on {day.en}; `assist-rpa due` files it then.",
        )
    if decision.fate is Fate.SKIP:
        return Words(f"Dilangkau. {told.bm}", f"Skipped. {told.en}")
    return Words(f"Menunggu keputusan anda. {told.bm}", f"Waits for your decision. {told.en}")
