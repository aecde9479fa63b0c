"""A year on a virtual clock: leavers, three timers a day, a machine that is not always there."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from rpa.ledger.ledger import Ledger
from rpa.ledger.tables import agenda
from tests.conftest import EMPLOYER, Desk, person, start_portal, stop_portal

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Row

    from tests.conftest import PracticePortal

FIRST = date(2027, 1, 4)  # a Monday
BEGUN = date(2020, 1, 10)
TIMERS = 3
LIMIT_S = 600
QUIET = 4  # days at the end on which the machine is well and nothing new falls due
HOLIDAYS = {date(2027, 2, 1), date(2027, 2, 8), date(2027, 5, 3), date(2027, 8, 31)}  # invented
BUSY, WRONG_CLOCK = 75, 78
# What may be told of a day on which nothing was filed, by what the day was like.
REASONS = {
    "off": ("`assist-rpa due` did not run",),
    "away": ("the portal was not available",),
    "killed": ("did not come to its end", "another run was using the portal ID"),
    "wrong clock": ("`assist-rpa due` did not run", "the configuration was not right"),
}


@dataclass(frozen=True)
class Size:
    """How much is tried, and with which dice."""

    days: int
    leavers: int
    crowds: int
    stayers: int
    troubles: dict[str, int]  # days of each kind
    seed: int = 4


@dataclass
class Drill:
    """A desk with one job, a portal, and the days as they come."""

    size: Size
    desk: Desk
    portal: PracticePortal
    dice: random.Random = field(init=False)
    job: Path = field(init=False)
    own: dict[str, date] = field(default_factory=dict)  # each leaver's day, by number
    like: dict[date, str] = field(default_factory=dict)  # days that were not as usual
    codes: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.size.seed)  # noqa: S311  the same year every time
        self._people()
        self._days()
        holidays = {day.isoformat(): "Cuti Contoh" for day in HOLIDAYS}
        (self.desk.config / "calendar.yaml").write_text(
            yaml.safe_dump({"jobs": ["leavers.yaml"], "holidays": holidays})
        )

    def _people(self) -> None:
        """Leavers and stayers at the portal, the leavers in the table."""
        size = self.size
        everybody = [person(n) for n in range(1, size.leavers + size.stayers + 1)]
        workers = [
            {
                "employer": EMPLOYER,
                "nric": one["identification"],
                "name": one["name"],
                "birth": f"{date.fromisoformat(one['date_of_birth']):%d/%m/%Y}",
                "gender": one["gender"][0],
                "start": f"{BEGUN:%d/%m/%Y}",
            }
            for one in everybody
        ]
        self.portal.ask("worker", {"workers": workers})
        crowds = self.dice.sample(range(size.days - QUIET - 3), size.crowds)
        days = [FIRST + timedelta(days=self.dice.choice(crowds)) for _ in range(size.leavers)]
        leaving = self.dice.sample(everybody, size.leavers)
        self.own = {p["identification"]: day for p, day in zip(leaving, days, strict=True)}
        self._table(leaving)

    def _table(self, leaving: list[dict[str, Any]]) -> None:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(["Nama", "No. KPPN", "Tarikh Berhenti Kerja"])
        for one in leaving:
            number = one["identification"]
            book.active.append([one["name"], number, self.own[number].isoformat()])
        book.save(self.desk.folder / "leavers.xlsx")
        self.job = self.desk.folder / "leavers.yaml"
        table = {"file": "leavers.xlsx"}
        what = {"procedure": "end_employment", "employer": EMPLOYER, "rows_per_filing": 25}
        # The guard adds up what a job ended within 24 real hours, and here that is the year.
        limits = {"ended_share": 100}
        self.job.write_text(yaml.safe_dump({**what, "table": table, "limits": limits}))

    def _days(self) -> None:
        """Which days are not as usual; a machine is off for some days together."""
        falls = sorted({self.fall(own) for own in self.own.values()})
        for kind, days in self.size.troubles.items():
            for _ in range(days):
                # Half of the trouble comes when something is due.
                any_day = FIRST + timedelta(days=self.dice.randrange(self.size.days - QUIET))
                at = self.dice.choice([any_day, self.dice.choice(falls)])
                long = self.dice.choice([1, 1, 2, 7]) if kind == "off" else 1
                self.like |= {at + timedelta(days=more): kind for more in range(long)}

    @staticmethod
    def fall(own: date) -> date:
        """The first working day from a row's own on."""
        day = own
        while day in HOLIDAYS or day.weekday() >= 5:
            day += timedelta(days=1)
        return day

    # --- the days ---

    def live(self) -> None:
        """All of them, one after the other; the machine is well at the end."""
        for n in range(self.size.days):
            day: date = FIRST + timedelta(days=n)
            kind = self.like.get(day, "well") if n < self.size.days - QUIET else "well"
            self.desk.env["ASSIST_RPA_TODAY"] = day.isoformat()
            self.portal.ask("date", {"today": day.isoformat()})
            if kind != "off":
                self.codes.update(getattr(self, "_" + kind.replace(" ", "_"))(day))

    def _well(self, _: date) -> Iterator[int]:
        """Three timers in the same minute; one works, or nobody has to."""
        started = [self.desk.start("due") for _ in range(TIMERS)]
        codes = sorted(ended(process) for process in started)
        assert codes[0] == 0, codes
        assert set(codes) <= {0, BUSY}, codes
        yield from codes

    def _away(self, _: date) -> Iterator[int]:
        """The portal says all day that it is being maintained."""
        self.portal.arm("maintenance page", times=10_000)
        started = [self.desk.start("due") for _ in range(TIMERS)]
        codes = [ended(process) for process in started]
        assert set(codes) <= {0, BUSY}
        self.portal.ask("disarm", {})
        yield from codes

    def _killed(self, _: date) -> Iterator[int]:
        """The first is killed somewhere in the middle, and the others have left by then."""
        first = self.desk.start("due")
        assert first.stderr is not None
        line = first.stderr.readline()
        others = [self.desk.start("due") for _ in range(TIMERS - 1)]
        yield from (ended(process) for process in others)
        for _more in range(self.dice.randrange(40)):
            line = line and first.stderr.readline()
        first.kill()
        first.communicate()
        yield first.returncode

    def _wrong_clock(self, day: date) -> Iterator[int]:
        """The first believes in another day and files nothing; a person sets the clock."""
        for skew in (40, -4):
            self.desk.env["ASSIST_RPA_TODAY"] = (day + timedelta(days=skew)).isoformat()
            code = ended(self.desk.start("due"))
            assert code in {0, WRONG_CLOCK}
            yield code
        self.desk.env["ASSIST_RPA_TODAY"] = day.isoformat()
        said = ("--clock-is-right", "--reason", "it was set by a person")
        yield ended(self.desk.start("due", *said))

    # --- what must be true of it all ---

    def hold(self, before: list[dict[str, Any]]) -> None:
        """The portal has each leaver once with his day, nobody else is changed."""
        expected = []
        for worker in before:
            own = self.own.get(worker["nric"])
            left = {"resigned": f"{own:%d/%m/%Y}", "status": "Resigned"} if own else {}
            expected.append(worker | left)
        assert self.portal.workers() == expected
        sent = self._sent()
        rows = self._calendar()
        assert len(rows) == len(sent) == len(self.own)
        filed = Counter((self.fall(self.own[n]), day) for n, day in sent.items())
        assert filed == Counter(
            (row.due_on, row.due_on + timedelta(days=row.days_late)) for row in rows
        )
        for row in rows:
            self._explained(row)

    def _sent(self) -> dict[str, date]:
        """The day on which each leaver was submitted, as the portal's books have it."""
        found: dict[str, date] = {}
        for filing in self.portal.filings:
            for worker in filing["workers"]:
                number = worker["registrationNo"]
                assert number not in found, "submitted twice"
                found[number] = date.fromisoformat(filing["submitted_at"][:10])
        return found

    def _calendar(self) -> list[Row[Any]]:
        place = self.desk.home / "ledger.sqlite3"
        with Ledger.open(place) as ledger, ledger.store.reading() as conn:
            return list(conn.execute(agenda.select()))

    def _explained(self, row: Row[Any]) -> None:
        """Whoever was late has the reason of his day; whoever was not has none."""
        kind = self.like.get(row.due_on)
        if not row.days_late:
            assert (row.state, row.reason_en) == ("filed", "")
            return
        assert row.state == "filed late"
        assert kind in REASONS, "late without a cause"
        assert row.reason_en.startswith(f"{row.due_on:%d/%m/%Y}")
        first = row.reason_en.split(";")[0]
        assert any(words in first for words in REASONS[kind]), (kind, first)


def ended(process: subprocess.Popen[str]) -> int:
    """Its exit code, when it has ended."""
    out, err = process.communicate(timeout=LIMIT_S)
    assert "Traceback" not in err, out + err
    return process.returncode


def year(place: Path, size: Size) -> Drill:
    """Live it, and hold it against what must be true."""
    portal = start_portal(place, "mixed", "--date", FIRST.isoformat())
    try:
        desk = Desk(place, portal)
        # Three timers a day are retries enough.
        desk.settings(retry={"attempts": 1})
        drill = Drill(size, desk, portal)
        before = portal.workers()
        drill.live()
        drill.hold(before)
    finally:
        stop_portal(portal)
    return drill


@pytest.mark.heavy
def test_in_a_fortnight_each_leaver_is_filed_once_on_his_day_or_late_with_its_reason(
    tmp_path: Path,
) -> None:
    """A dozen leavers, three timers a day; off, away, killed in the middle, a clock that jumps."""
    troubles = {"off": 1, "away": 1, "killed": 1, "wrong clock": 1}
    year(tmp_path, Size(14, 12, 4, 60, troubles, seed=147))


@pytest.mark.heavy
def test_in_a_year_four_hundred_leavers_are_filed_once_each(tmp_path: Path) -> None:
    """400 leavers on 45 days, and some sixty days of trouble."""
    troubles = {"off": 16, "away": 14, "killed": 10, "wrong clock": 5}
    drill = year(tmp_path, Size(364, 400, 45, 150, troubles))
    assert drill.codes[BUSY] > 0
