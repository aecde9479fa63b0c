"""`assist-rpa due`: file what falls due today, and no more."""

from __future__ import annotations

import getpass
import uuid
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.markup import escape

from rpa import settings
from rpa.cli import aim, console, hook, package
from rpa.cli.check import checked
from rpa.cli.run import after_outage, carry_out, failed_start, not_begun
from rpa.engine.agenda import (
    NOTHING,
    OUTSIDE,
    Agenda,
    Answer,
    Fate,
    job_name,
    not_back,
    opening,
    why_ended,
)
from rpa.engine.business_keys import Matters
from rpa.engine.clock import DayDenied
from rpa.engine.lastguard import last_guard
from rpa.engine.memory import UNSETTLED
from rpa.engine.outage import OutageLasts
from rpa.errors import (
    Bug,
    Busy,
    ConfigInvalid,
    Guarded,
    InDoubt,
    JobInvalid,
    NeedsApproval,
    NeedsPerson,
    NotThePortal,
    NotWritten,
    Refused,
    ReviewMismatch,
    RpaError,
    Stopped,
    Words,
    before_any_portal,
    many,
)
from rpa.ledger.ledger import Ledger, LedgerFailed
from rpa.ledger.tables import FilingState
from rpa.model.filing import RowState, Verdict
from rpa.settings import weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from rpa.engine.agenda import Sorted
    from rpa.engine.outcome import Outcome
    from rpa.errors import Problem
    from rpa.jobs import Plan
    from rpa.ledger.records import Standing
    from rpa.model.filing import Row
    from rpa.settings import Calendar, Settings

WHAT_IS_DUE = Words("semua majikan dalam kerja", "every employer of the jobs")
NOTHING_DUE = Words("Tiada apa-apa untuk difailkan hari ini.", "Nothing is due today.")
NO_JOBS = Words(
    "Tiada kerja: namakan fail kerja, atau senaraikan di bawah 'jobs' dalam config/calendar.yaml.",
    "No job: name a job file, or list some under 'jobs' in config/calendar.yaml.",
)
UNDATED = Words(
    "Kerja ini ada baris tanpa tarikh; failkan dengan: assist-rpa run",
    "This job has rows without a date; file it with: assist-rpa run",
)
INCOMPLETE = Words(
    "--missed memerlukan fail kerja dan --reason; --clock-is-right memerlukan --reason.",
    "--missed needs a job file and --reason; --clock-is-right needs --reason.",
)
NO_ANSWER_NEEDED = Words(
    "Tiada baris yang terlepas harinya; jawapan anda tidak diperlukan.",
    "No row has missed its day; your answer was not needed.",
)
MOST_ROWS = 20  # shown one by one
# What is told when several jobs ended badly: the last of these.
_GRAVITY = (
    *(
        Stopped,
        Busy,
        OutageLasts,
        Refused,
        JobInvalid,
        NeedsPerson,
        NeedsApproval,
        Guarded,
        ReviewMismatch,
    ),
    *(ConfigInvalid, NotThePortal, NotWritten, LedgerFailed, RpaError, Bug, InDoubt),
)
GRAVITY = (0, *(kind.exit_code for kind in _GRAVITY))


class Ended(NamedTuple):
    """How one job ended: exit code, why not all was done, whether the portal knew the day."""

    code: int
    reason: Words
    day_was_right: bool = True


SEVERAL = 2
NOT_BEGUN = Ended(Stopped.exit_code, Words("tidak dimulakan", "not begun"))
ALL_JOBS = Words(
    "{} kerja: {} selesai, {} perlu dilihat", "{} jobs: {} in order, {} to be looked at"
)


class Asked(NamedTuple):
    """What stands on the command line beside the jobs."""

    missed: Answer | None = None
    clock_is_right: bool = False
    reason: str = ""


def due(
    jobs: Sequence[Path],
    said: tuple[Answer | None, bool, str],
    portal: str | None,
    config: Path | None,
) -> int:
    """File the rows whose day is today, of these jobs or of all that the calendar lists."""
    asked = Asked(*said)
    if (asked.missed or asked.clock_is_right) and not asked.reason.strip():
        raise ConfigInvalid(INCOMPLETE)
    if asked.missed and not jobs:
        raise ConfigInvalid(INCOMPLETE)
    with ExitStack() as opened:
        with before_any_portal():
            known = settings.load(config=config, portal=portal, opens=True)
            aim.tell(known, console.say(WHAT_IS_DUE), aim.FILING)
            aim.tell_places(known)
            calendar = known.calendar()
            ledger = opened.enter_context(Ledger.open(known.ledger))
            console.notes(package.reminders(known, ledger))
            lists, files = parted(every_file(jobs, known, calendar))
        desk = _Desk(known, calendar, ledger, asked)
        try:
            _clock(known, ledger, asked)
        except RpaError as error:
            ended = {path: Ended(desk.stopped(path, error), error.words) for path in files}
        else:
            ended = {path: Ended(package.renewed(known, ledger, path), NOTHING) for path in lists}
            ended |= dict(_until_stopped(desk, files))
        _tell_all(ended, [*lists, *files])
        return gravest(one.code for one in ended.values())


def parted(found: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """What a person sends, and what is filed."""
    files = list(found)
    lists = [path for path in files if package.is_one(path)]
    return lists, [path for path in files if path not in lists]


def every_file(jobs: Sequence[Path], known: Settings, calendar: Calendar) -> list[Path]:
    """The jobs that are named, or those of the calendar. Raises ConfigInvalid for none."""
    beside = known.config.absolute().parent
    found = list(jobs) or [path for entry in calendar.jobs for path in _matching(entry, beside)]
    if not found:
        raise ConfigInvalid(NO_JOBS, where=str(known.calendar_file))
    return list(dict.fromkeys(found))


def _matching(entry: str, beside: Path) -> list[Path]:
    """The files of one entry; a plain name is a file whether it is there or not."""
    path = beside / entry
    if not any(sign in entry for sign in "*?["):
        return [path]
    root = Path(path.anchor)
    found = sorted(root.glob(str(path.relative_to(root))))
    if not found:
        nothing = Words(f"Tiada fail sepadan dengan {entry}.", f"No file matches {entry}.")
        console.err.print(console.say(nothing), markup=False)
    return found


def _clock(known: Settings, ledger: Ledger, asked: Asked) -> None:
    """Refuse a day earlier than one that was seen, unless a person says that this one is right."""
    portal, today = known.portal.ledger_name, known.today()
    if asked.clock_is_right:
        person = getpass.getuser()
        ledger.distrust_after(portal, today, reason=asked.reason, person=person)
    not_back(ledger, portal, today)


def _until_stopped(desk: _Desk, files: Iterable[Path]) -> Iterator[tuple[Path, Ended]]:
    """How each job ended; a person who stops one stops them all."""
    for path in files:
        ended = desk.do(path)
        yield path, ended
        if ended.code == Stopped.exit_code:
            return


def _tell_all(ended: Mapping[Path, Ended], files: Sequence[Path]) -> None:
    """Of several jobs one line each, and how many of them need a look."""
    if len(files) < SEVERAL:
        return
    for path in files:
        one = ended.get(path, NOT_BEGUN)
        reason = console.say(one.reason if one.code else NOTHING)
        line = f"{one.code:>4}  {job_name(path)}  {reason}"
        console.out.print(line.rstrip(), markup=False)
    fine = sum(one.code == 0 for one in ended.values())
    told = console.say(ALL_JOBS).format(len(files), fine, len(files) - fine)
    console.out.print(told, markup=False)


def gravest(codes: Iterable[int]) -> int:
    """The exit code for several jobs."""
    return max(codes, key=_weight, default=0)


def _weight(code: int) -> int:
    """A code that is not among them weighs as what only the maintainer can mend."""
    return GRAVITY.index(code if code in GRAVITY else RpaError.exit_code)


@dataclass(frozen=True)
class _Desk:
    """What the jobs of one start share."""

    known: Settings
    calendar: Calendar
    ledger: Ledger
    asked: Asked

    def do(self, path: Path) -> Ended:
        """One job, noted in the ledger from its start to its end, whatever the end is."""
        known, due_id = self.known, uuid.uuid4().hex
        where = {"portal": known.portal.ledger_name, "job": job_name(path)}
        console.out.print(f"[bold]{escape(path.name)}[/]")
        self.ledger.start_due(due_id, day=known.today(), **where)
        try:
            with last_guard(known.home):
                ended = self._job(path)
        except RpaError as error:
            console.error(error)
            ended = Ended(error.exit_code, why_ended(error))
        self.ledger.end_due(due_id, ended.code, ended.reason, trusted=ended.day_was_right)
        hook.ended(path, ended.code)
        return ended._replace(code=after_outage(known, self.ledger, path, ended.code))

    def stopped(self, path: Path, error: RpaError) -> int:
        """One job of a start that something stopped before any job: its rows by the ledger."""
        console.out.print(f"[bold]{escape(path.name)}[/]")
        try:
            plan, _ = checked(path, self.known)
        except RpaError as invalid:
            console.error(invalid)
            return error.exit_code
        return not_begun(self.known, plan, self.ledger, error, rehearse=False).exit_code

    def _job(self, path: Path) -> Ended:
        with failed_start(self.ledger, path):
            plan, warned = checked(path, self.known, aim.FILING)
        try:
            agenda = self._agenda(plan)
            look = self._look(plan, agenda)
        except RpaError as error:
            outcome = not_begun(self.known, plan, self.ledger, error, rehearse=False)
            return Ended(outcome.exit_code, _reason(outcome))
        closed = opening(self.calendar, self.known.now())
        if closed:
            console.out.print(console.say(closed))
        if closed and look.needs_the_portal:
            return look.outside()
        if look.needs_the_portal:
            return self._run(plan, warned, agenda)
        return look.end()

    def _agenda(self, plan: Plan) -> Agenda:
        if any(row.record.due is None for row in plan.rows):
            raise JobInvalid(UNDATED, where=plan.job_file.name)
        return Agenda.of(self.known, plan, self.ledger, scheduled=True)

    def _look(self, plan: Plan, agenda: Agenda) -> _Look:
        """What can be told before a browser opens, after a person's answer was taken."""
        look = _Look.at(plan, agenda)
        if self.asked.missed:
            self._answer(look, self.asked.missed)
            look = _Look.at(plan, agenda)
        look.tell_asked()
        return look

    def _answer(self, look: _Look, missed: Answer) -> None:
        rows = look.agenda.answer(
            look.waiting, look.keys, missed, self.asked.reason, getpass.getuser()
        )
        words = Words(
            f"Keputusan anda dicatat: {rows} baris.",
            f"Your decision is noted: {many(rows, 'row')}.",
        )
        console.out.print(console.say(words if rows else NO_ANSWER_NEEDED))

    def _run(self, plan: Plan, warned: tuple[Problem, ...], agenda: Agenda) -> Ended:
        outcome = carry_out(self.known, plan, warned, agenda, rehearse=False)
        _tell_late(outcome, agenda)
        denied = isinstance(outcome.stopped_by, DayDenied)
        return Ended(outcome.exit_code, _reason(outcome), day_was_right=not denied)


def _reason(outcome: Outcome) -> Words:
    """Why not all that was due was filed, for those who are told tomorrow that it is late."""
    errors = [*([outcome.stopped_by] if outcome.stopped_by else []), *outcome.errors]
    same = [error for error in errors if error.exit_code == outcome.exit_code]
    if same:
        return why_ended(same[0])
    refused = Refused(NOTHING) if outcome.count(RowState.REFUSED) else None
    return why_ended(InDoubt(NOTHING) if outcome.count(RowState.IN_DOUBT) else refused)


def _tell_late(outcome: Outcome, agenda: Agenda) -> None:
    """Each reason once, with how many rows were filed late for it."""
    filed = (v for v in outcome.verdicts.values() if v.state is RowState.FILED and not v.before)
    late = Counter(agenda.late[v.row.number] for v in filed if v.row.number in agenda.late)
    for words, rows in late.items():
        console.out.print(f"{rows} x {console.say(words)}", markup=False)


@dataclass(frozen=True)
class _Look:
    """What can be told of a job before a browser opens: the rows that are not filed, sorted."""

    agenda: Agenda
    keys: dict[int, str]
    standing: dict[str, Standing]
    waiting: list[Row[Any]]
    found: Sorted

    @classmethod
    def at(cls, plan: Plan, agenda: Agenda) -> _Look:
        """Look; what was filed and not yet closed in the calendar is closed."""
        keys = Matters(plan, agenda.ledger, agenda.portal_name).keys
        standing = agenda.ledger.standing(list(keys.values()))
        agenda.done(_filed(plan.rows, keys, standing), keys)
        waiting = [row for row in plan.rows if keys[row.number] not in standing]
        return cls(agenda, keys, standing, waiting, agenda.look(waiting, keys))

    @property
    def needs_the_portal(self) -> bool:
        """Whether anything is to be filed, skipped (the portal confirms the day) or looked up."""
        return bool(self.found.now or self.found.skips or self.unsettled)

    @property
    def unsettled(self) -> int:
        """How many rows were pressed, and nobody knows yet how that ended."""
        return sum(s.state is not FilingState.FILED for s in self.standing.values())

    def outside(self) -> Ended:
        """The portal is not asked now; a doubt is told all the same."""
        if not self.unsettled:
            return Ended(0, OUTSIDE)
        rows = f"{self.unsettled} of {many(len(self.keys), 'row')}"
        console.out.print(f"{RowState.IN_DOUBT}: {rows}. {console.say(UNSETTLED)}")
        return Ended(InDoubt.exit_code, OUTSIDE)

    def end(self) -> Ended:
        """Nothing is to be done: say so, or ask."""
        console.out.print(console.say(NOTHING_DUE))
        coming = self._next()
        if coming:
            console.out.print(console.say(coming))
        if self.found.ask is None:
            return Ended(0, NOTHING)
        agenda = self.agenda
        agenda.ledger.note_agenda(agenda.portal_name, self.found.notes, run_id="")
        raise self.found.ask

    def tell_asked(self) -> None:
        """The rows that wait for a person, and why they were missed."""
        decided = self.agenda.decisions(self.waiting, self.keys)
        asked = [(row, d) for row, _, d in decided if d and d.fate is Fate.ASK]
        for row, decision in asked[:MOST_ROWS]:
            words = console.say(decision.told())
            console.out.print(f"  [bold]{escape(row.address)}[/] {escape(words)}")
        if len(asked) > MOST_ROWS:
            console.out.print(f"  + {len(asked) - MOST_ROWS}")

    def _next(self) -> Words | None:
        days = Counter(
            decision.fall.day
            for _, _, decision in self.agenda.decisions(self.waiting, self.keys)
            if decision and decision.fall.day > self.agenda.today
        )
        if not days:
            return None
        day = min(days)
        return Words(
            f"Berikutnya: {long_day(day).bm} ({days[day]} baris).",
            f"Next: {long_day(day).en} ({many(days[day], 'row')}).",
        )


def long_day(day: date) -> Words:
    """The date with the day of the week."""
    name = weekday(day)
    return Words(f"{name.bm} {day:%d/%m/%Y}", f"{name.en} {day:%d/%m/%Y}")


def _filed(
    rows: Iterable[Row[Any]], keys: dict[int, str], standing: dict[str, Standing]
) -> list[Verdict[Any]]:
    """The rows that the ledger knows as filed, as a run would tell them."""
    known = ((row, standing.get(keys[row.number])) for row in rows)
    return [
        Verdict(row, RowState.FILED, NOTHING, found.reference, found.at, before=True)
        for row, found in known
        if found and found.state is FilingState.FILED
    ]
