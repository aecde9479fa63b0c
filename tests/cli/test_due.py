"""`assist-rpa due` and `assist-rpa schedule`: what a clerk sees, and what a timer starts."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rpa.cli.due import gravest
from rpa.engine.agenda import job_name
from rpa.ledger.ledger import Ledger
from rpa.ledger.tables import AgendaState, agenda
from rpa.settings import TIME_ZONE
from tests.cli.test_commands import assist, errors
from tests.conftest import EMPLOYER, TODAY, person
from tests.systems import shell

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.ledger.records import DueRun
    from tests.conftest import Desk, PracticePortal

FRIDAY = date.fromisoformat(TODAY)
MONDAY = FRIDAY + timedelta(days=3)
BEGUN = date(2020, 1, 10)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def leavers(desk: Desk, *days: date, name: str = "leavers", **schedule: Any) -> Path:
    """A job whose rows leave on these days; the first is person 1."""
    rows = [
        {
            "identification": person(n)["identification"],
            "name": person(n)["name"],
            "employment_start_date": BEGUN.isoformat(),
            "employment_resign_date": day.isoformat(),
        }
        for n, day in enumerate(days, start=1)
    ]
    job = {"procedure": "end_employment", "employer": EMPLOYER, "rows": rows}
    path = desk.folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(job | ({"schedule": schedule} if schedule else {})))
    return path


def employ(portal: PracticePortal, people: int) -> None:
    """They work at the employer since years."""
    workers = []
    for n in range(1, people + 1):
        one = person(n)
        born = date.fromisoformat(one["date_of_birth"])
        workers.append(
            {
                "employer": EMPLOYER,
                "nric": one["identification"],
                "name": one["name"],
                "birth": f"{born:%d/%m/%Y}",
                "gender": one["gender"][0],
                "start": f"{BEGUN:%d/%m/%Y}",
            }
        )
    portal.ask("worker", {"workers": workers})


def left(portal: PracticePortal) -> dict[str, str]:
    """Who left when, by name."""
    return {w["name"]: w["resigned"] for w in portal.workers() if w["resigned"]}


def day(desk: Desk, portal: PracticePortal, today: date) -> None:
    """It is that day, at this desk and at the portal."""
    desk.env["ASSIST_RPA_TODAY"] = today.isoformat()
    portal.ask("date", {"today": today.isoformat()})


def calendar(desk: Desk, **what: Any) -> None:
    (desk.config / "calendar.yaml").write_text(yaml.safe_dump(what))


def opened(desk: Desk) -> Ledger:
    return Ledger.open(desk.home / "ledger.sqlite3")


def runs(desk: Desk, portal: PracticePortal, job: Path) -> list[DueRun]:
    with opened(desk) as ledger:
        name = portal.address.removeprefix("http://")
        return ledger.due_runs(name, job_name(job), date(2000, 1, 1))


def entries(desk: Desk) -> list[tuple[str, int, str]]:
    """What the calendar has: state, days late, reason; in the order of the days."""
    with opened(desk) as ledger, ledger.store.reading() as conn:
        rows = conn.execute(agenda.select().order_by(agenda.c.due_on))
        return [(row.state, row.days_late, row.reason_en) for row in rows]


@pytest.mark.parametrize("command", ["due", "schedule"])
def test_help_fits_a_screen_and_shows_an_example(command: str) -> None:
    """With a job and without."""
    said = assist(command, "--help")
    assert said.returncode == 0
    assert len(said.stdout.splitlines()) <= 30
    assert f"Example: assist-rpa {command}" in said.stdout


# --- without a browser ------------------------------------------------------------------------


def test_nothing_due_opens_no_browser_and_says_when_the_next_is(
    desk: Desk, portal: PracticePortal
) -> None:
    """No log-in, no run folder; the holiday that moves the day is heeded."""
    calendar(desk, holidays={MONDAY.isoformat(): "Cuti Contoh"})
    job = leavers(desk, FRIDAY + timedelta(days=1), MONDAY)
    said = desk.assist("due", job)
    assert said.returncode == 0, said.stderr
    assert "Nothing is due today.\nNext: Tuesday 24/11/2026 (2 rows).\n" in said.stdout
    assert portal.ask("logins") == []
    assert not (desk.home / "runs").exists()
    assert [(run.day, run.exit, run.reason.en) for run in runs(desk, portal, job)] == [
        (FRIDAY, 0, "")
    ]


def test_outside_the_portals_hours_nothing_is_filed(desk: Desk, portal: PracticePortal) -> None:
    """It says when they begin, ends with 0, and the ledger keeps it as the reason."""
    away = datetime.now(TIME_ZONE) + timedelta(hours=6)
    hours = {"from": f"{away:%H}:00", "to": f"{away:%H}:30"}
    calendar(desk, window=hours)
    job = leavers(desk, FRIDAY)
    said = desk.assist("due", job)
    assert said.returncode == 0, said.stderr
    assert f"Outside the portal's hours ({hours['from']}-{hours['to']})" in said.stdout
    assert f"begin again {away:%d/%m/%Y} {hours['from']}" in said.stdout
    assert portal.ask("logins") == []
    (run,) = runs(desk, portal, job)
    assert "outside the portal's hours" in run.reason.en
    desk.env["ASSIST_RPA_TODAY"] = MONDAY.isoformat()
    answered = desk.assist("due", job, "--missed", "skip", "--reason", "filed at the counter")
    assert "Your decision is noted: 1 row." in answered.stdout


def test_a_clock_that_went_back_files_nothing(desk: Desk, portal: PracticePortal) -> None:
    """The day that was seen last is told, and the way out is for a person."""
    job = leavers(desk, MONDAY)
    assert desk.assist("due", job).returncode == 0
    desk.env["ASSIST_RPA_TODAY"] = (FRIDAY - timedelta(days=4)).isoformat()
    said = desk.assist("due", job)
    assert said.returncode == 78
    assert "says 16/11/2026, but `due` has run on 20/11/2026" in said.stderr
    assert desk.assist("due", job, "--clock-is-right").returncode == 78
    right = desk.assist("due", job, "--clock-is-right", "--reason", "the battery was empty")
    assert right.returncode == 0, right.stderr
    assert desk.assist("due", job).returncode == 0
    assert portal.ask("logins") == []


@pytest.mark.heavy
def test_a_missed_row_waits_for_a_person_who_may_let_it_be(
    desk: Desk, portal: PracticePortal
) -> None:
    """Asked with the command to answer by; the answer is kept with its reason."""
    job = leavers(desk, FRIDAY - timedelta(days=2), missed="ask")
    asked = desk.assist("due", job)
    assert asked.returncode == 13
    assert "2 days late: 18/11/2026 to 19/11/2026: `assist-rpa due` did not run." in asked.stdout
    assert f"assist-rpa due {job} --missed late" in asked.stderr
    assert desk.assist("due", job, "--missed", "skip").returncode == 78
    answered = desk.assist("due", job, "--missed", "skip", "--reason", "filed on paper")
    assert answered.returncode == 0, answered.stderr
    assert "Your decision is noted: 1 row." in answered.stdout
    assert desk.assist("due", job).returncode == 0
    ((state, late, reason),) = entries(desk)
    assert (state, late) == (AgendaState.SKIPPED, 2)
    assert "Decided by a person: filed on paper" in reason
    assert portal.ask("logins") == []


def test_a_job_without_dates_is_not_for_due(desk: Desk, portal: PracticePortal) -> None:
    """A timer never files what nobody gave a day."""
    said = desk.assist("due", desk.job([person(1)]))
    assert said.returncode == 65
    assert "file it with: assist-rpa run" in said.stderr
    assert portal.submissions == 0


def test_the_gravest_of_several_jobs_is_the_exit_code(desk: Desk, portal: PracticePortal) -> None:
    """Each is done all the same; the calendar's patterns find them beside its folder."""
    calendar(desk, jobs=["due-*.yaml", "missing.yaml"])
    leavers(desk, MONDAY, name="due-1")
    leavers(desk, FRIDAY - timedelta(days=2), name="due-2", missed="ask")
    leavers(desk, MONDAY, name="not-due")
    said = desk.assist("due")
    assert said.returncode == 13
    lines = said.stdout.splitlines()
    headings = [line for line in lines if line.endswith(".yaml") and line[0] != " "]
    assert headings == ["due-1.yaml", "due-2.yaml", "missing.yaml"]
    *_, first, second, third, total = lines
    told = [
        (line.split()[0], line.split()[1].rpartition("/")[2]) for line in (first, second, third)
    ]
    assert told == [("0", "due-1.yaml"), ("13", "due-2.yaml"), ("65", "missing.yaml")]
    assert total == "3 jobs: 1 in order, 2 to be looked at"
    assert portal.ask("logins") == []


@pytest.mark.parametrize("command", ["due", "schedule"])
def test_no_job_at_all_is_told(desk: Desk, command: str) -> None:
    """A timer that does nothing for ever would be the worst of silences."""
    said = desk.assist(command)
    assert said.returncode == 78
    assert "config/calendar.yaml" in said.stderr


def test_a_wrong_calendar_stops_before_anything_is_done(desk: Desk) -> None:
    """With file and key."""
    (desk.config / "calendar.yaml").write_text("holiday: {}")
    said = desk.assist("due", leavers(desk, FRIDAY))
    assert said.returncode == 78
    assert "holiday: " in said.stderr
    assert "calendar.yaml" in said.stderr


# --- the schedule -----------------------------------------------------------------------------


def test_the_coming_dates_are_a_table_with_the_missed_ones_first(desk: Desk) -> None:
    """Day with weekday, job, rows, what moves it, the last of the 30 days."""
    calendar(desk, jobs=["leavers.yaml"], holidays={MONDAY.isoformat(): "Cuti Contoh"})
    saturday = FRIDAY + timedelta(days=1)
    leavers(desk, MONDAY, saturday, FRIDAY - timedelta(days=1), date(2026, 12, 1))
    said = desk.assist("schedule")
    assert said.returncode == 0, said.stderr
    lines = [line.replace("│", "|") for line in said.stdout.splitlines() if line.startswith("│")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    missed, moved, last = cells
    assert missed[:4] == ["Thursday 19/11/2026", "leavers.yaml", "1", "missed: filed late"]
    assert moved[:4] == ["Tuesday 24/11/2026", "leavers.yaml", "2", ""]
    assert moved[4:] == ["Cuti Contoh, Saturday, Sunday", "Monday 21/12/2026"]
    assert last[0] == "Tuesday 01/12/2026"


def printed(desk: Desk, timer: str, *jobs: Path) -> subprocess.CompletedProcess[str]:
    """A timer; none is printed while a drill's day is set."""
    today = desk.env.pop("ASSIST_RPA_TODAY")
    try:
        return desk.assist("schedule", *jobs, "--print", timer)
    finally:
        desk.env["ASSIST_RPA_TODAY"] = today


@pytest.mark.parametrize("timer", ["systemd", "cron", "windows"])
def test_a_timer_starts_inside_the_portals_hours(desk: Desk, timer: str) -> None:
    """On stdout there is nothing else, so that it can be saved as it is."""
    calendar(desk, jobs=["leavers.yaml"], window={"from": "10:00", "to": "14:00"})
    leavers(desk, MONDAY)
    said = printed(desk, timer)
    assert said.returncode == 0, said.stderr
    told = {"systemd": "*-*-* 12:07:00", "cron": "7 12 * * *", "windows": "T12:07:00+08:00"}
    assert told[timer] in said.stdout
    assert "09:07" not in said.stdout
    assert "15:07" not in said.stdout
    assert str(desk.config) in said.stdout
    assert str(desk.home) in said.stdout
    assert "Coming dates" in said.stderr


def units(desk: Desk, *jobs: Path) -> dict[str, str]:
    """The files of `--print systemd`, by name."""
    text = printed(desk, "systemd", *jobs).stdout
    parts = text.split("# ~/.config/systemd/user/")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_timer(desk: Desk, tmp_path: Path) -> None:
    """Its own checker has no complaint, whatever stands in a path."""
    odd = desk.folder / 'a "b" 100% $HOME'
    odd.mkdir()
    job = leavers(desk, MONDAY).rename(odd / "leavers.yaml")
    found = units(desk, job)
    assert 'a \\"b\\" 100%% $$HOME' in found["assist-rpa-due.service"]
    for name, text in found.items():
        (tmp_path / name).write_text(text)
    words = ["systemd-analyze", "verify", "--man=no", tmp_path / "assist-rpa-due.timer"]
    checked = subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "assist-rpa" not in checked.stderr
    times = ["systemd-analyze", "calendar", "*-*-* 09:07:00 Asia/Kuala_Lumpur"]
    assert subprocess.run(times, capture_output=True, check=False).returncode == 0


@shell
def test_the_words_of_the_timer_are_the_command(desk: Desk) -> None:
    """What cron would give to the shell runs, and says what is due."""
    job = leavers(desk, MONDAY)
    text = printed(desk, "cron", job).stdout
    (line,) = [x for x in text.splitlines() if x.startswith("7 9 ")]
    words = line.split(" ", 5)[5].replace("\\%", "%")
    env = {**desk.env, "ASSIST_RPA_CONFIG": "/nowhere", "ASSIST_RPA_HOME": "/nowhere"}
    said = subprocess.run(["sh", "-c", words], env=env, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert "Nothing is due today." in said.stdout


def test_windows_takes_the_task(desk: Desk) -> None:
    """It is XML of the task scheduler's kind, and starts again what was missed."""
    text = printed(desk, "windows", leavers(desk, MONDAY)).stdout
    task = ET.fromstring(text)  # noqa: S314  our own
    times = [one.text for one in task.iter(f"{TASK}StartBoundary")]
    assert times == [f"2026-01-01T{hour}:07:00+08:00" for hour in ("09", "12", "15")]
    assert task.findtext(f"{TASK}Settings/{TASK}StartWhenAvailable") == "true"
    assert ' "due" ' in str(task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Arguments"))


# --- with the portal --------------------------------------------------------------------------


def test_three_timers_at_once_file_what_is_due_once(desk: Desk, portal: PracticePortal) -> None:
    """Today's rows and no other; who comes in between leaves, who comes after finds it done."""
    employ(portal, 12)
    job = leavers(desk, FRIDAY, MONDAY, FRIDAY)
    started = [desk.start("due", job) for _ in range(3)]
    ended = [(*process.communicate(timeout=240), process.returncode) for process in started]
    codes = sorted(code for *_, code in ended)
    assert codes[0] == 0, ended
    assert set(codes) <= {0, 75}, ended
    names = {person(n)["name"] for n in (1, 3)}
    assert left(portal) == dict.fromkeys(names, f"{FRIDAY:%d/%m/%Y}")
    again = desk.assist("due", job)
    assert again.returncode == 0
    assert "Nothing is due today." in again.stdout
    assert portal.submissions == 1
    assert entries(desk) == [("filed", 0, ""), ("filed", 0, "")]


def test_what_was_missed_is_filed_late_with_its_reason(desk: Desk, portal: PracticePortal) -> None:
    """The portal was away on its day; the workbook, the ledger and the clerk are told."""
    employ(portal, 12)
    job = leavers(desk, FRIDAY)
    portal.arm("maintenance page", times=50)
    assert desk.assist("due", job).returncode == 75
    portal.ask("disarm", {})
    day(desk, portal, MONDAY)
    said = desk.assist("due", job)
    assert said.returncode == 0, said.stderr
    reason = (
        "20/11/2026: the portal was not available; "
        "21/11/2026 to 22/11/2026: `assist-rpa due` did not run."
    )
    assert f"1 x 3 days late: {reason}" in said.stdout
    assert entries(desk) == [("filed late", 3, reason)]
    assert reason in (desk.last_run() / "report.html").read_text("utf-8")
    assert left(portal) == {person(1)["name"]: f"{FRIDAY:%d/%m/%Y}"}


def test_nothing_is_skipped_for_good_by_a_clock_that_is_wrong(
    desk: Desk, portal: PracticePortal
) -> None:
    """A clock far ahead would have missed everything; the portal's own day is asked first."""
    employ(portal, 12)
    job = leavers(desk, MONDAY, missed="skip")
    desk.env["ASSIST_RPA_TODAY"] = (MONDAY + timedelta(days=30)).isoformat()
    wrong = desk.assist("due", job)
    assert wrong.returncode == 78
    assert entries(desk) == []
    right = MONDAY + timedelta(days=1)
    portal.ask("date", {"today": right.isoformat()})
    desk.env["ASSIST_RPA_TODAY"] = right.isoformat()
    skipped = desk.assist("due", job)  # the wrong day is not held against the right one
    assert skipped.returncode == 0, skipped.stderr
    assert "skipped: 1 of 1 row" in skipped.stdout
    assert [entry[:2] for entry in entries(desk)] == [("skipped", 1)]
    assert left(portal) == {}


def test_every_way_to_stop_has_its_weight_beside_the_others() -> None:
    """Whatever ends one of several jobs, the command ends with a code of the table."""
    for kind in errors():
        assert gravest([0, kind.exit_code, 0]) == kind.exit_code
    assert gravest([75, 14, 13]) == 14
    assert gravest([]) == 0
