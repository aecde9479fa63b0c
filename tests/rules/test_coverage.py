"""Who is insured for what: ages, first contribution, foreigners, domestic workers, SKBBK."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rpa.errors import Severity
from rpa.rules import coverage
from rpa.rules.coverage import Insured
from rpa.rules.months import Month
from rpa.rules.schedule import Category
from rpa.rules.workers import WorkerKind

NOW = Month(2026, 11)
LOCAL = Insured(WorkerKind.LOCAL, date(1990, 1, 1))
FOREIGN = Insured(WorkerKind.FOREIGN, date(1990, 1, 1))
LONG_AGO = date(1995, 3, 1)


def codes(insured: Insured, month: Month = NOW) -> set[str]:
    return {finding.code for finding in coverage.objections(insured, month)}


def born(years: int, day: date = date(2026, 11, 15)) -> date:
    return day.replace(year=day.year - years)


@pytest.mark.parametrize(
    ("birth", "first", "category", "eis"),
    [
        (date(1990, 1, 1), None, Category.FIRST, True),
        (date(2008, 11, 30), None, Category.FIRST, True),  # 18 on the month's last day
        (date(2008, 12, 1), None, Category.FIRST, False),
        (date(1966, 12, 1), LONG_AGO, Category.FIRST, True),  # 60 on the first of the next month
        (date(1966, 11, 30), LONG_AGO, Category.SECOND, False),
        (date(1966, 11, 1), LONG_AGO, Category.SECOND, False),
        (date(1971, 11, 2), date(2026, 11, 1), Category.FIRST, True),  # first at 54
        (date(1971, 11, 1), date(2026, 11, 1), Category.SECOND, True),  # first on the 55th birthday
        (date(1969, 11, 2), date(2026, 11, 1), Category.SECOND, True),  # first at 56
        (
            date(1969, 11, 1),
            date(2026, 11, 1),
            Category.SECOND,
            False,
        ),  # first on the 57th birthday
    ],
)
def test_category_and_eis_by_age_and_first_contribution(
    birth: date, first: date | None, category: Category, *, eis: bool
) -> None:
    """Act 4: second at 60, or first contribution at 55. Act 800: 18 to under 60, first by 56."""
    insured = replace(LOCAL, born=birth, first_contribution=first)
    cover = coverage.cover(insured, NOW)
    assert (cover.category, cover.eis, cover.skbbk) == (category, eis, True)
    assert codes(insured) <= {"age-turned"}


def test_who_was_57_before_act_800_began_never_contributed_to_it_in_time() -> None:
    """A SOCSO contribution of 1995 is none to EIS, which began in January 2018."""
    old = replace(LOCAL, born=date(1960, 12, 31), first_contribution=LONG_AGO)
    assert not coverage.cover(old, Month(2018, 1)).eis
    young = replace(old, born=date(1961, 1, 2))
    assert coverage.cover(young, Month(2018, 1)).eis
    assert not coverage.cover(young, Month(2017, 12)).eis


@pytest.mark.parametrize(("years", "asked"), [(54, False), (55, True), (59, True), (60, False)])
def test_the_first_contribution_is_asked_for_where_it_decides(years: int, *, asked: bool) -> None:
    """From 55 to 59 it is never guessed; else it makes no difference."""
    insured = replace(LOCAL, born=born(years))
    assert ("first-contribution-missing" in codes(insured)) is asked
    injury_only = replace(FOREIGN, born=date(1966, 1, 1))
    assert not codes(injury_only, Month(2024, 6))
    assert codes(injury_only, Month(2024, 7)) == {"first-contribution-missing"}


@pytest.mark.parametrize(
    ("month", "category"),
    [
        (Month(2019, 1), Category.SECOND),
        (Month(2024, 6), Category.SECOND),
        (Month(2024, 7), Category.FIRST),
        (NOW, Category.FIRST),
    ],
)
def test_foreign_workers_injury_since_2019_invalidity_since_july_2024_never_eis(
    month: Month, category: Category
) -> None:
    """And SKBBK is compulsory for them from June 2026."""
    cover = coverage.cover(FOREIGN, month)
    assert (cover.category, cover.eis) == (category, False)
    assert cover.skbbk is (month >= Month(2026, 6))
    old = replace(FOREIGN, born=born(60))
    assert coverage.cover(old, NOW).category is Category.SECOND


def test_months_before_a_scheme_covered_somebody_are_refused() -> None:
    """Foreign workers since January 2019, domestic workers since June 2021."""
    assert codes(FOREIGN, Month(2018, 12)) == {"foreign-month"}
    assert not codes(FOREIGN, Month(2019, 1))
    domestic = replace(LOCAL, kind=WorkerKind.DOMESTIC_LOCAL)
    assert codes(domestic, Month(2021, 5)) == {"domestic-month"}
    assert not codes(domestic, Month(2021, 6))
    assert coverage.cover(domestic, Month(2021, 6)).eis


def test_that_domestic_workers_pay_skbbk_is_assumed_and_said() -> None:
    """A warning on each of them, so that nobody takes it for certain."""
    domestic = replace(FOREIGN, kind=WorkerKind.DOMESTIC_FOREIGN)
    (said,) = coverage.objections(domestic, NOW)
    assert (said.code, said.severity) == ("domestic-skbbk", Severity.WARNING)


@pytest.mark.parametrize(
    ("kind", "month", "code"),
    [
        (WorkerKind.LOCAL, Month(2026, 5), None),  # there was nothing to opt out of
        (WorkerKind.LOCAL, Month(2026, 6), "skbbk-june"),
        (WorkerKind.LOCAL, Month(2026, 7), None),
        (WorkerKind.FOREIGN, Month(2026, 7), "skbbk-foreign"),
        (WorkerKind.DOMESTIC_FOREIGN, Month(2026, 7), "skbbk-foreign"),
    ],
)
def test_opting_out_of_skbbk_is_for_locals_and_begins_with_july_2026(
    kind: WorkerKind, month: Month, code: str | None
) -> None:
    """June 2026 is due for everybody; foreign workers stay in."""
    insured = replace(LOCAL, kind=kind, opted_out=True)
    errors = {f.code for f in coverage.objections(insured, month) if f.severity is Severity.ERROR}
    assert errors == ({code} if code else set())
    assert not coverage.cover(insured, month).skbbk


def test_an_invalidity_pension_leaves_the_second_category() -> None:
    """At any age."""
    assert coverage.cover(replace(LOCAL, pensioner=True), NOW).category is Category.SECOND


@pytest.mark.parametrize(
    ("insured", "warned"),
    [
        (replace(LOCAL, born=date(1966, 11, 2)), True),
        (replace(LOCAL, born=date(1966, 11, 30)), True),
        (replace(LOCAL, born=date(1966, 11, 1)), False),  # 60 on all days of the month
        (replace(LOCAL, born=date(1966, 12, 1)), False),
        (replace(LOCAL, born=date(2008, 11, 2)), True),
        (replace(FOREIGN, born=date(2008, 11, 2)), False),  # no EIS at any age
        (replace(FOREIGN, born=date(1966, 11, 2)), True),
    ],
)
def test_the_month_of_a_birthday_that_changes_the_amount_is_remarked_on(
    insured: Insured, *, warned: bool
) -> None:
    """That the new age counts for the whole month is assumed, so it is never silent."""
    insured = replace(insured, first_contribution=LONG_AGO if insured.born.year < 1990 else None)
    assert ("age-turned" in codes(insured)) is warned


def test_a_first_contribution_that_cannot_be_is_refused() -> None:
    """After the month, or before birth."""
    assert codes(replace(LOCAL, first_contribution=date(2026, 12, 1))) == {
        "first-contribution-later"
    }
    assert codes(replace(LOCAL, first_contribution=date(1989, 1, 1))) == {
        "first-contribution-birth"
    }


def test_ages_are_completed_on_the_birthday() -> None:
    """Who is born on 29 February is a year older on 1 March of other years."""
    assert coverage.age(date(1966, 11, 15), date(2026, 11, 14)) == 59
    assert coverage.age(date(1966, 11, 15), date(2026, 11, 15)) == 60
    assert coverage.age(date(1968, 2, 29), date(2027, 2, 28)) == 58
    assert coverage.age(date(1968, 2, 29), date(2027, 3, 1)) == 59
