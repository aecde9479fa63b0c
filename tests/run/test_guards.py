"""The guard on blast radius: each limit at its edge, by figures alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpa import settings
from rpa.engine import guards
from rpa.engine.guards import Guard
from rpa.errors import Guarded, Words
from rpa.flows import add_employees, load
from rpa.model.filing import Alarm, Census, Row
from rpa.model.job import Effect, Job, Limits
from rpa.rules.employee import Employee
from rpa.settings import Guards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TODAY = date(2026, 11, 20)
EMPLOYER = "E9900001234V"


class Ending(Job):
    """Each row ends one employment, and the portal lists nobody."""

    def effect(self, rows: Sequence[Row[Any]]) -> Effect:
        return Effect(ends=len(rows))

    def unlisted(self, rows: Sequence[Row[Any]], census: Census) -> list[Row[Any]]:
        del census
        return list(rows)


def row(number: int, start: date = TODAY) -> Row[Employee]:
    worker = Employee(
        identification=f"900101000{number:03d}",
        name="CONTOH BIN REKAAN",
        date_of_birth=date(1990, 1, 1),
        employment_start_date=start,
    )
    return Row(number, f"joiners.xlsx!People!{number}", worker)


def rows(count: int) -> list[Row[Employee]]:
    return [row(number) for number in range(1, count + 1)]


def joining() -> Job:
    return add_employees.Job(procedure="add_employees", employer=EMPLOYER)


def guard(job: Job, **limits: int) -> Guard:
    return Guard(job, Guards.model_validate(limits), TODAY)


def names(alarms: list[Alarm]) -> list[str]:
    return [alarm.guard for alarm in alarms]


def test_the_number_of_rows_has_an_edge() -> None:
    """As many as the limit pass, one more asks."""
    assert guard(joining(), rows=3).of_job(rows(3)) == []
    (alarm,) = guard(joining(), rows=3).of_job(rows(4))
    assert (alarm.guard, alarm.absolute) == ("rows", False)
    assert "4" in alarm.words.en
    assert "3" in alarm.words.bm


@pytest.mark.parametrize(("days", "far"), [(-31, True), (-30, False), (10, False), (11, True)])
def test_a_date_far_away_asks_with_its_row(days: int, *, far: bool) -> None:
    """Both ways, and the birth date is none of them."""
    found = guard(joining(), days_back=30, days_ahead=10).of_job(
        [row(7, TODAY + timedelta(days=days))]
    )
    assert [(alarm.guard, alarm.row) for alarm in found] == ([("date-far", 7)] if far else [])


@given(active=st.integers(0, 60), ends=st.integers(1, 60), share=st.integers(0, 100))
def test_nobody_is_ever_the_last_to_leave_without_being_asked_about(
    active: int, ends: int, share: int
) -> None:
    """Everybody at once always asks; else the share counts, but for the few that are free."""
    job = Ending(procedure="ending")
    found = names(guard(job, ended_share=share, ended_free=2).shares(rows(ends), Census(active)))
    if ends >= active:
        assert found == ["everybody"]
    else:
        assert found == (["ended-share"] if ends > 2 and ends / active > share / 100 else [])


def test_no_limit_lets_everybody_leave() -> None:
    """Whatever a job sets for itself."""
    free = guard(Ending(procedure="ending"), ended_share=100, ended_free=1000)
    assert names(free.shares(rows(5), Census(5))) == ["everybody"]
    assert names(free.shares(rows(4), Census(5))) == []


@given(count=st.integers(1, 30), limit=st.integers(0, 30))
def test_leavers_whom_nobody_knows_hold_the_job_with_their_rows(count: int, limit: int) -> None:
    """Beyond the limit no approval helps, and the rows are named as far as they can be read."""
    found = guard(Ending(procedure="ending"), unlisted=limit).against(rows(count), Census(99))
    assert [(a.guard, a.absolute) for a in found] == ([("unlisted", True)] if count > limit else [])
    for alarm in found:
        assert f"(rows 1{', 2' if count > 1 else ''}" in alarm.words.en
        assert ("…" in alarm.words.bm) is (count > 10)


@given(active=st.integers(0, 60), joins=st.integers(1, 60), share=st.integers(0, 200))
def test_a_swing_of_the_head_count_asks(active: int, joins: int, share: int) -> None:
    """Many new workers at a small employer are most often another employer's list."""
    found = guard(joining(), joined_share=share, joined_free=10).shares(rows(joins), Census(active))
    wanted = joins > 10 and (active == 0 or joins / active > share / 100)
    assert names(found) == (["joined-share"] if wanted else [])


def test_a_count_goes_back_to_before_what_this_job_filed() -> None:
    """So that an approved job goes on under the figures it was approved with."""
    assert guards.as_before(Ending(procedure="ending"), rows(3), Census(7)).active == 10
    assert guards.as_before(joining(), rows(3), Census(7)).active == 4


def test_a_row_that_waits_is_none_of_the_number_but_its_date_is_looked_at() -> None:
    """A year that was mistyped would let it wait for ever, and nobody would hear of it."""
    waits = [row(7, TODAY + timedelta(days=400)), row(8, TODAY + timedelta(days=5))]
    found = guard(joining(), rows=3, days_ahead=10).of_job(rows(3), waits)
    assert [(alarm.guard, alarm.row) for alarm in found] == [("date-far", 7)]


def test_every_limit_of_the_configuration_may_stand_in_a_job() -> None:
    """And a job has no limit that the configuration does not know."""
    assert set(Limits.model_fields) == set(Guards.model_fields) - {"approval"}


def test_what_contradicts_the_portal_stops_and_names_every_guard() -> None:
    """Approvable alarms beside it are not told: they do not matter any more."""
    alarms = [
        Alarm("rows", Words("banyak", "many")),
        Alarm("leaver-name", Words("nama lain", "another name"), absolute=True, row=4),
        Alarm("leaver-start", Words("mula lain", "another start"), absolute=True, row=9),
    ]
    with pytest.raises(Guarded) as stopped:
        guards.refuse(alarms)
    assert stopped.value.words.en == (
        "[leaver-name] Row 4: another name [leaver-start] Row 9: another start"
    )
    guards.refuse(alarms[:1])


def test_a_thousand_alarms_are_told_in_a_few_lines() -> None:
    """The first five, and how many more."""
    told = guards.said([Alarm("date-far", Words("jauh", "far"), row=n) for n in range(1, 1001)])
    assert told.en.endswith("(+995 more)")
    assert len(told.en) < 250


def test_a_job_sets_its_own_limits_and_no_others(tmp_path: Path) -> None:
    """What it does not name comes from the configuration."""
    procedure = load("add_employees").Job
    job = procedure.model_validate(
        {"procedure": "add_employees", "employer": EMPLOYER, "limits": {"rows": 1}}
    )

    known = settings.load(config=tmp_path).model_copy(
        update={"guards": Guards(rows=9, joined_free=4)}
    )
    merged = guards.of(job, known).limits
    assert (merged.rows, merged.joined_free) == (1, 4)
