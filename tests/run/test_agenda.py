"""Rows with a date: filed on their day, or late with a reason, or skipped with it; never early."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpa.engine import agenda as rules
from rpa.engine.agenda import (
    NOTHING,
    Agenda,
    ClockWentBack,
    falls,
    last_day,
    opening,
    why_ended,
    why_missed,
)
from rpa.errors import Busy, InDoubt, PortalUnavailable, Refused, Words
from rpa.ledger.ledger import Ledger
from rpa.ledger.records import DueRun
from rpa.ledger.tables import AgendaState
from rpa.model.filing import Row, RowState, Verdict
from rpa.model.job import Schedule
from rpa.rules.record import Record
from rpa.settings import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

PORTAL, JOB = "practice", "jobs/leavers.yaml"
FIRST = date(2026, 12, 1)  # a Tuesday
DEEPAVALI = date(2026, 12, 7)  # invented: a Monday after a weekend
PLAIN = Calendar()
FESTIVE = Calendar.model_validate({"holidays": {DEEPAVALI.isoformat(): "Deepavali"}})


class Leaving(Record):
    """A synthetic person and a day."""

    identification: str
    day: date | None

    @property
    def person(self) -> str:
        return self.identification

    @property
    def key(self) -> tuple[str, ...]:
        return (self.identification, str(self.day))

    @property
    def due(self) -> date | None:
        return self.day


def row(number: int, day: date | None) -> Row[Leaving]:
    record = Leaving(identification=f"90010100{number:04d}", day=day)
    return Row(number, f"leavers.xlsx!People!{number}", record)


def later(days: int) -> date:
    return FIRST + timedelta(days=days)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as opened:
        yield opened


def keys_of(rows: list[Row[Leaving]]) -> dict[int, str]:
    return {one.number: f"{one.number:064x}" for one in rows}


def on(
    ledger: Ledger,
    today: date,
    schedule: Schedule | None = None,
    *,
    calendar: Calendar = PLAIN,
    scheduled: bool = True,
) -> Agenda:
    return Agenda(schedule or Schedule(), calendar, ledger, PORTAL, JOB, today, scheduled, "run")


def due_run(ledger: Ledger, day: date, exit_code: int | None = 0, why: Words = NOTHING) -> None:
    """`due` ran on a day, and ended so."""
    ended = f"{day}-{exit_code}"
    ledger.start_due(ended, portal=PORTAL, job=JOB, day=day)
    if exit_code is not None:
        ledger.end_due(ended, exit_code, why)


# --- which day --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "schedule", "day", "over"),
    [
        (FIRST, Schedule(), FIRST, []),
        (FIRST, Schedule(days_after=2), later(2), []),
        (later(4), Schedule(), later(7), ["Saturday", "Sunday", "Deepavali"]),
        (later(4), Schedule(rest_days="file"), later(4), []),
        (DEEPAVALI, Schedule(), later(7), ["Deepavali"]),
        # The 29th day is a Saturday, the 31st would be too late.
        (later(3), Schedule(days_after=29), date(2027, 1, 2), []),
    ],
)
def test_a_row_falls_due_on_the_next_working_day(
    own: date, schedule: Schedule, day: date, over: list[str]
) -> None:
    """Moved over rest days and holidays by their names, never past the 30 days of the law."""
    found = falls(own, schedule, FESTIVE)
    assert (found.own, found.day) == (own, day)
    assert [words.en for words in found.over] == over


def test_the_move_is_told_with_the_holiday(ledger: Ledger) -> None:
    """Whoever waits for a row reads why."""
    rows = [row(2, DEEPAVALI)]
    found = on(ledger, later(5), calendar=FESTIVE).sort(rows, keys_of(rows))
    state, words = found.held[2]
    assert state is RowState.LATER
    assert "08/12/2026 (moved because of Deepavali)" in words.en
    assert "08/12/2026 (dialihkan kerana Deepavali)" in words.bm


@pytest.mark.parametrize(("days", "now"), [(-1, False), (0, True), (1, True)])
def test_nothing_is_filed_before_its_day(ledger: Ledger, *, days: int, now: bool) -> None:
    """Held as not due yet; on its day filed; a day late filed as well, by the usual rule."""
    rows = [row(2, FIRST)]
    found = on(ledger, later(days)).sort(rows, keys_of(rows))
    assert [one.number for one in found.now] == ([2] if now else [])
    assert list(found.held) == ([] if now else [2])


def test_a_plain_run_holds_what_is_to_come_and_files_the_rest(ledger: Ledger) -> None:
    """With or without a schedule; it decides nothing for the calendar."""
    rows = [row(2, FIRST), row(3, later(1)), row(4, later(-40)), row(5, None)]
    agenda = on(ledger, FIRST, Schedule(missed="skip"), scheduled=False)
    found = agenda.sort(rows, keys_of(rows))
    assert [one.number for one in found.now] == [2, 4, 5]
    assert "Falls due on 02/12/2026; `assist-rpa due` files it then." in found.held[3][1].en
    assert ledger.agenda(PORTAL, list(keys_of(rows).values())) == {}


# --- missed days ------------------------------------------------------------------------------


def test_late_is_filed_with_how_late_and_why(ledger: Ledger) -> None:
    """Nobody ran it: that is what is told, with the days."""
    rows = [row(2, FIRST)]
    agenda = on(ledger, later(3))
    found = agenda.sort(rows, keys_of(rows))
    assert found.now == rows
    assert agenda.late[2] == Words(
        "3 hari lewat: 01/12/2026 hingga 03/12/2026: `assist-rpa due` tidak berjalan.",
        "3 days late: 01/12/2026 to 03/12/2026: `assist-rpa due` did not run.",
    )


def test_skipped_is_skipped_for_ever_with_the_reason_of_its_first_day(ledger: Ledger) -> None:
    """Every later run says the same, a plain one too, whatever the job's rule became since."""
    rows, keys = [row(2, FIRST)], keys_of([row(2, FIRST)])
    first = on(ledger, later(1), Schedule(missed="skip")).sort(rows, keys)
    assert first.skips
    assert first.held[2][0] is RowState.SKIPPED
    for again in (
        on(ledger, later(9), Schedule(missed="skip")),
        on(ledger, later(9), Schedule(missed="late")),
        on(ledger, later(9), scheduled=False),
    ):
        found = again.sort(rows, keys)
        assert found.now == []
        assert not found.skips
        assert found.held == first.held
    (entry,) = ledger.agenda(PORTAL, list(keys.values())).values()
    assert (entry.state, entry.days_late) == (AgendaState.SKIPPED, 1)
    assert "01/12/2026: `assist-rpa due` did not run" in entry.reason.en


def test_ask_holds_the_row_and_ends_with_the_question(ledger: Ledger) -> None:
    """The next move is a command to copy."""
    rows = [row(2, FIRST), row(3, later(1))]
    found = on(ledger, later(1), Schedule(missed="ask")).sort(rows, keys_of(rows))
    assert [one.number for one in found.now] == [3]
    assert found.held[2][0] is RowState.NOT_SENT
    assert found.ask is not None
    assert found.ask.exit_code == 13
    assert f"assist-rpa due {JOB} --missed late" in found.ask.next_move.en


@pytest.mark.parametrize("missed", ["late", "skip", "ask"])
def test_a_person_decides_for_what_was_missed_so_far(ledger: Ledger, missed: Any) -> None:
    """Late: filed, even after a skip; skip: not. What is missed later asks again."""
    rows = [row(2, FIRST), row(3, later(1)), row(4, later(3))]
    keys = keys_of(rows)
    policy = Schedule(missed=missed)
    on(ledger, later(1), policy).sort(rows, keys)
    agenda = on(ledger, later(2), policy)
    assert agenda.answer(rows, keys, "late", "HR asked", "aminah") == 2
    found = on(ledger, later(2), policy).sort(rows, keys)
    assert [one.number for one in found.now] == [2, 3]
    held = on(ledger, later(2), policy)
    assert held.answer(rows, keys, "skip", "they came back", "aminah") == 2
    assert on(ledger, later(2), policy).sort(rows, keys).now == []
    entries = ledger.agenda(PORTAL, list(keys.values()))
    assert {entry.state for entry in entries.values()} == {AgendaState.SKIPPED}
    assert all("Decided by a person: they came back" in e.reason.en for e in entries.values())
    then = on(ledger, later(4), policy).sort(rows, keys)
    assert (
        then.held.get(4, (None,))[0]
        is {
            "late": None,
            "skip": RowState.SKIPPED,
            "ask": RowState.NOT_SENT,
        }[missed]
    )


def test_after_30_days_the_law_is_told(ledger: Ledger) -> None:
    """Still by the job's rule."""
    rows = [row(2, FIRST)]
    for days, told in ((30, False), (31, True)):
        agenda = on(ledger, later(days))
        agenda.look(rows, keys_of(rows))
        assert ("30 days that the law gives ended on 31/12/2026" in agenda.late[2].en) is told


def test_the_reason_comes_from_what_due_did_on_those_days() -> None:
    """No run, a run that was cut off, one that ended badly, one that did not know the row."""
    away = Words("portal tidak dapat digunakan", "the portal was not available")
    runs = [
        DueRun(later(1), 75, away),
        DueRun(later(2), 75, away),
        DueRun(later(3), 10, Words("x", "x")),
        DueRun(later(3), None, NOTHING),
        DueRun(later(3), 75, why_ended(Busy(NOTHING))),  # left that day to the one before it
        DueRun(later(4), 0, NOTHING),
    ]
    assert why_missed(FIRST, later(5), runs).en == (
        "01/12/2026: `assist-rpa due` did not run; "
        "02/12/2026 to 03/12/2026: the portal was not available; "
        "04/12/2026: the run of `due` did not come to its end; "
        "05/12/2026: this row was not in the table yet, or had another day; "
        "06/12/2026: `assist-rpa due` did not run."
    )


def test_the_reasons_of_a_restless_month_stay_readable() -> None:
    """The first ones, and how many more there are."""
    runs = [DueRun(later(n), 75, Words("x", "x")) for n in range(0, 30, 2)]
    told = why_missed(FIRST, later(29), runs).en
    assert told.count(";") == 6
    assert told.endswith("and 24 reasons more.")


@pytest.mark.parametrize("kind", [Busy, PortalUnavailable, Refused, InDoubt])
def test_the_reason_repeats_no_word_of_the_portal(kind: Any) -> None:
    """They may name a person, and the calendar names nobody."""
    told = why_ended(kind(Words.quoted("900101-00-9999 CANARY telah wujud")))
    assert told != NOTHING
    assert "CANARY" not in told.bm + told.en
    assert "9999" not in told.bm + told.en


def test_a_reason_a_person_types_keeps_no_identity_number(ledger: Ledger) -> None:
    """It is masked where it is kept."""
    rows, keys = [row(2, FIRST)], keys_of([row(2, FIRST)])
    on(ledger, later(1)).answer(rows, keys, "late", "for 900101-00-9999", "aminah")
    (entry,) = ledger.agenda(PORTAL, list(keys.values())).values()
    assert "9999" not in entry.reason.en + entry.reason.bm


# --- what is remembered -----------------------------------------------------------------------


def filed(one: Row[Leaving], *, before: bool = False, at: datetime | None = None) -> Verdict[Any]:
    return Verdict(one, RowState.FILED, NOTHING, "CUN1", at=at, before=before)


def entry_of(ledger: Ledger, number: int) -> tuple[AgendaState, int, str]:
    (found,) = ledger.agenda(PORTAL, [f"{number:064x}"]).values()
    return found.state, found.days_late, found.reason.en


def test_each_row_ends_in_the_calendar_once(ledger: Ledger) -> None:
    """On its day without a reason, late with it; a second end changes nothing."""
    rows = [row(2, FIRST), row(3, later(2))]
    keys = keys_of(rows)
    agenda = on(ledger, later(2))
    agenda.sort(rows, keys)
    agenda.done([filed(one) for one in rows], keys)
    assert entry_of(ledger, 2)[:2] == (AgendaState.LATE, 2)
    assert "did not run" in entry_of(ledger, 2)[2]
    assert entry_of(ledger, 3) == (AgendaState.FILED, 0, "")
    again = on(ledger, later(9))
    again.sort(rows, keys)
    again.done([filed(one) for one in rows], keys)
    assert entry_of(ledger, 2)[:2] == (AgendaState.LATE, 2)
    assert entry_of(ledger, 3) == (AgendaState.FILED, 0, "")


def test_a_run_that_died_after_the_press_is_closed_by_the_next_as_it_was(ledger: Ledger) -> None:
    """How late it was on the day it was filed, not on the day it was found."""
    rows, keys = [row(2, FIRST)], keys_of([row(2, FIRST)])
    on(ledger, later(1)).sort(rows, keys)
    on(ledger, later(8)).done([filed(rows[0], before=True)], keys)
    assert entry_of(ledger, 2)[:2] == (AgendaState.LATE, 1)


def test_what_a_person_filed_is_closed_as_such(ledger: Ledger) -> None:
    """By a plain run today, or before, when `due` was not asked."""
    rows = [row(2, FIRST), row(3, FIRST)]
    keys = keys_of(rows)
    on(ledger, later(2), scheduled=False).done([filed(rows[0])], keys)
    at = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)  # the 5th in Malaysia
    on(ledger, later(9)).done([filed(rows[1], before=True, at=at)], keys)
    assert entry_of(ledger, 2) == (AgendaState.LATE, 2, rules.BY_HAND.en)
    assert entry_of(ledger, 3) == (AgendaState.LATE, 4, rules.BY_HAND.en)


def test_a_correction_of_what_was_rejected_waits_for_no_day(ledger: Ledger) -> None:
    """It had its day; a skip would lose it."""
    rows, keys = [row(2, FIRST)], keys_of([row(2, FIRST)])
    agenda = on(ledger, FIRST, Schedule(missed="skip"))
    agenda.sort(rows, keys)
    agenda.done([filed(rows[0])], keys)
    assert on(ledger, later(9), Schedule(missed="skip")).sort(rows, keys).now == rows


# --- hours and clocks -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("07:59", "01/12/2026 08:00"),
        ("08:00", None),
        ("17:59", None),
        ("18:00", "02/12/2026 08:00"),
    ],
)
def test_outside_the_portals_hours_it_says_when_they_begin(at: str, told: str | None) -> None:
    """In Malaysia's time, whatever the computer's own zone is."""
    calendar = Calendar.model_validate({"window": {"from": "08:00", "to": "18:00"}})
    now = datetime.fromisoformat(f"2026-12-01T{at}:59+08:00").astimezone(UTC)
    words = opening(calendar, now)
    assert (words.en[-17:-1] if words else None) == told


def test_a_clock_that_went_back_stops_until_a_person_says_which_is_right(ledger: Ledger) -> None:
    """The day that was seen last is told; days that a person calls wrong are forgotten."""
    due_run(ledger, FIRST)
    due_run(ledger, later(300))
    with pytest.raises(ClockWentBack, match="27/09/2027"):
        rules.not_back(ledger, PORTAL, later(1))
    ledger.distrust_after(PORTAL, later(1), reason="battery", person="aminah")
    rules.not_back(ledger, PORTAL, later(1))
    with pytest.raises(ClockWentBack, match="01/12/2026"):
        rules.not_back(ledger, PORTAL, later(-1))
    rules.not_back(ledger, "another portal", later(-1))


# --- a virtual year ---------------------------------------------------------------------------


class Start(NamedTuple):
    """One start of `due`: on which day of the year, how wrong the clock is, what happens."""

    day: int
    skew: int
    ends: str  # well; portal away; dies after the press; dies before it


STARTS = st.lists(
    st.builds(
        Start,
        st.integers(0, 364),
        st.sampled_from([0, 0, 0, 0, 0, -3, 40]),
        st.sampled_from(["well", "well", "well", "away", "dies after", "dies before"]),
    ),
    max_size=45,
)
DAYS = st.lists(st.integers(0, 330), min_size=1, max_size=8)
CROWDED = st.integers(0, 300).flatmap(
    lambda at: st.lists(st.integers(at, at + 12), min_size=1, max_size=8)
)


@dataclass
class Year:
    """A portal that takes what it gets on its own day, and a job whose `due` is started."""

    ledger: Ledger
    schedule: Schedule
    calendar: Calendar
    rows: list[Row[Leaving]]
    at_portal: dict[int, list[date]] = field(default_factory=dict)
    starts: int = 0

    def start(self, start: Start) -> None:
        """As `assist-rpa due` goes about it."""
        real = later(start.day)
        today = real + timedelta(days=start.skew)
        self.starts += 1
        name = str(self.starts)
        try:
            rules.not_back(self.ledger, PORTAL, today)
        except ClockWentBack:
            if start.skew == 0:  # a person looks at it
                self.ledger.distrust_after(PORTAL, today, reason="set", person="aminah")
            return
        self.ledger.start_due(name, portal=PORTAL, job=JOB, day=today)
        ended = self._work(today, real, start.ends)
        if ended is not None:
            why = NOTHING if ended == 0 else Words("x", "away")
            self.ledger.end_due(name, ended, why, trusted=ended != 78)

    def _work(self, today: date, real: date, ends: str) -> int | None:
        keys = keys_of(self.rows)
        agenda = on(self.ledger, today, self.schedule, calendar=self.calendar)
        there = [one for one in self.rows if one.number in self.at_portal]
        agenda.done([filed(one, before=True) for one in there], keys)
        waiting = [one for one in self.rows if one.number not in self.at_portal]
        found = agenda.look(waiting, keys)
        if not (found.now or found.skips):
            self.ledger.note_agenda(PORTAL, found.notes, run_id="")
            return 0
        if ends == "away":
            return 75
        if today != real:  # the portal's own clock
            return 78
        found = agenda.sort(waiting, keys)
        if ends == "dies before":
            return None
        for one in found.now:
            self.at_portal.setdefault(one.number, []).append(real)
        if ends == "dies after":
            return None
        agenda.done([filed(one) for one in found.now], keys)
        return 0

    def fall(self, one: Row[Leaving]) -> date:
        """The day of a row by a rule of the test's own: the first open day that the law allows."""
        own = one.record.day
        assert own is not None
        planned = own + timedelta(days=self.schedule.days_after)
        days = [planned + timedelta(days=n) for n in range((last_day(own) - planned).days + 1)]
        if self.schedule.rest_days == "file":
            return planned
        weekend = ("Sat", "Sun")
        fits = [d for d in days if f"{d:%a}" not in weekend and d not in self.calendar.holidays]
        return fits[0] if fits else planned


def hold(year: Year, one: Row[Leaving], missed: str) -> None:
    """What must be true of a row when the year is over."""
    days, fall = year.at_portal.get(one.number, []), year.fall(one)
    state, late, reason = entry_of(year.ledger, one.number)
    assert len(days) <= 1, "filed twice"
    if not days:
        assert missed != "late", "forgotten"
        assert state is (AgendaState.SKIPPED if missed == "skip" else AgendaState.ASKED)
        assert late > 0
        assert reason
        return
    assert days[0] >= fall, "filed early"
    assert late == (days[0] - fall).days
    assert state is (AgendaState.LATE if late else AgendaState.FILED)
    assert bool(reason) == bool(late)
    assert missed == "late" or not late, "filed late against the job's rule"
    own = one.record.day
    assert own is not None
    assert ("30 days that the law gives" in reason) == (days[0] > last_day(own) and late > 0)


SCHEDULES = st.builds(
    Schedule,
    missed=st.sampled_from(["late", "skip", "ask"]),
    days_after=st.sampled_from([0, 0, 1, 29]),
    rest_days=st.sampled_from(["file", "next"]),
)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(
    own=DAYS | CROWDED,
    starts=STARTS,
    holidays=st.sets(st.integers(0, 364), max_size=12),
    schedule=SCHEDULES,
)
def test_in_a_year_each_row_is_filed_once_or_its_skip_has_a_reason(
    own: list[int], starts: list[Start], holidays: set[int], schedule: Schedule
) -> None:
    """Whatever days the machine was off, however the clock stood, wherever a run died."""
    calendar = Calendar(holidays={later(n): "Cuti" for n in holidays})
    rows = [row(number, later(day)) for number, day in enumerate(own, start=2)]
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "l") as ledger:
        year = Year(ledger, schedule, calendar, rows)
        for start in sorted(starts, key=lambda one: one.day):
            year.start(start)
        for day in (420, 420, 421):  # the machine is well again; a timer too many does no harm
            year.start(Start(day, 0, "well"))
        for one in rows:
            hold(year, one, schedule.missed)
