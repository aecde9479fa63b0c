"""Act 4, Third Schedule, and Act 800, Second Schedule: every row, every edge, every change."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from rpa.rules import late_interest, money, schedule
from rpa.rules.months import Month
from rpa.rules.schedule import Amounts, Category, Cover
from tests.rules.schedule_table import ROWS, Printed

NOW = Month(2026, 11)
FIRST = Cover(Category.FIRST, eis=True, skbbk=True)
SECOND = Cover(Category.SECOND, eis=False, skbbk=True)
SEN_ABOVE = 1


def first(row: Printed) -> Amounts:
    return Amounts(row.first_employer, row.first_employee, row.eis, row.eis, row.skbbk)


def second(row: Printed) -> Amounts:
    return Amounts(row.second_employer, 0, 0, 0, row.skbbk)


def test_the_third_schedule_of_act_4_has_sixty_five_rows() -> None:
    """As PERKESO prints it from October 2024; each begins where the one before ends."""
    assert len(ROWS) == 65
    assert [row.over for row in ROWS[1:]] == [row.upto for row in ROWS[:-1]]


@pytest.mark.parametrize("number", range(1, 66))
def test_act_4_and_act_800_every_row_from_its_first_sen_to_its_last(number: int) -> None:
    """Over the lower end, up to and including the upper; both categories, EIS, SKBBK."""
    row = ROWS[number - 1]
    upto = row.upto or row.over + 100_000_000
    for wages in (row.over + SEN_ABOVE, (row.over + upto) // 2, upto):
        assert schedule.amounts(wages, NOW, FIRST) == first(row)
        assert schedule.amounts(wages, NOW, SECOND) == second(row)


@pytest.mark.parametrize(
    ("ringgit", "total"),
    [
        ("0.01", "0.80"),
        ("30.00", "0.80"),
        ("30.01", "1.40"),
        ("50.00", "1.40"),
        ("50.01", "2.20"),
        ("3000.00", "100.35"),
        ("3000.01", "103.65"),
        ("5900.00", "198.85"),
        ("5900.01", "202.35"),
        ("6000.00", "202.35"),
        ("6000.01", "202.35"),
        ("999999999999.99", "202.35"),
    ],
)
def test_act_4_at_the_edges_of_its_rows(ringgit: str, total: str) -> None:
    """RM30.00 is the first row, RM30.01 the second; RM6,000 and all above it the last."""
    due = schedule.amounts(money.of_text(ringgit), NOW, FIRST)
    assert money.shown(due.total) == total


def test_act_4_asks_nothing_for_no_wages() -> None:
    """A month without wages has no contribution; wages below zero do not exist."""
    assert schedule.amounts(0, NOW, FIRST) == (0, 0, 0, 0, 0)
    with pytest.raises(ValueError, match="below zero"):
        schedule.amounts(-1, NOW, FIRST)


def test_no_row_of_the_schedule_was_mistyped() -> None:
    """Each amount is within 5 sen of its rate on the middle of its band, as the Acts design it."""
    for row in ROWS[7:64]:
        assert row.upto is not None
        middle = (row.over + row.upto) // 2
        for amount, ten_thousandths in zip(first(row)[:2], (175, 50), strict=True):
            assert abs(amount * 10_000 - middle * ten_thousandths) <= 5 * 10_000
        assert abs(row.second_employer * 10_000 - middle * 125) <= 5 * 10_000
        assert abs(row.skbbk * 10_000 - middle * 75) <= 5 * 10_000
        assert abs(row.eis * 10_000 - middle * 20) <= 5 * 10_000


def top(month: Month) -> Amounts:
    return schedule.amounts(100_000_000, month, Cover(Category.FIRST, eis=True, skbbk=True))


@pytest.mark.parametrize(
    ("month", "employer", "employee", "eis", "skbbk"),
    [
        (Month(2016, 6), 6905, 1975, 0, 0),
        (Month(2017, 12), 6905, 1975, 0, 0),
        (Month(2018, 1), 6905, 1975, 790, 0),  # Act 800 in force
        (Month(2022, 8), 6905, 1975, 790, 0),
        (Month(2022, 9), 8665, 2475, 990, 0),  # ceiling RM5,000
        (Month(2024, 9), 8665, 2475, 990, 0),
        (Month(2024, 10), 10415, 2975, 1190, 0),  # ceiling RM6,000
        (Month(2026, 5), 10415, 2975, 1190, 0),
        (Month(2026, 6), 10415, 2975, 1190, 4465),  # SKBBK
        (Month(2028, 5), 10415, 2975, 1190, 4465),
    ],
)
def test_the_highest_contribution_in_the_months_around_each_change_of_law(
    month: Month, employer: int, employee: int, eis: int, skbbk: int
) -> None:
    """Wage ceilings of 2016, 2022 and 2024; Act 800 from 2018; SKBBK from June 2026."""
    assert top(month) == (employer, employee, eis, eis, skbbk)


@pytest.mark.parametrize("month", [Month(2016, 5), Month(1999, 1), Month(2028, 6), Month(2031, 6)])
def test_months_whose_schedule_is_not_known_are_refused_and_never_guessed(month: Month) -> None:
    """Before June 2016; after May 2028, when SKBBK's next phase begins."""
    assert not schedule.known(month)
    with pytest.raises(schedule.UnknownMonth):
        schedule.amounts(300_000, month, FIRST)


def test_every_known_month_has_a_table() -> None:
    """No hole between the tables."""
    month = Month(2016, 6)
    while month <= Month(2028, 5):
        assert schedule.known(month)
        assert schedule.table(month).since <= month
        month = month.next


@pytest.mark.parametrize(
    ("month", "rows"), [(Month(2016, 6), 44), (Month(2022, 9), 54), (Month(2024, 10), 64)]
)
def test_an_earlier_ceiling_is_a_cut_of_the_same_table(month: Month, rows: int) -> None:
    """Lower rows never changed; but the last one of 2016 asked RM69.05 of the employer."""
    table = schedule.table(month)
    assert len(table.rows) == rows
    assert table.source
    for printed, row in zip(ROWS[: rows - 1], table.rows, strict=False):
        assert (row.upto, *row[1:]) == (printed.upto, *printed[2:])
    last = ROWS[rows - 1]
    expected = 6905 if month == Month(2016, 6) else last.first_employer
    assert table.rows[-1].upto == last.upto
    assert table.rows[-1].first_employer == expected
    assert table.rows[-1][2:] == last[3:]


def test_no_float_and_no_percentage_anywhere_in_the_rules_of_money() -> None:
    """The code is read: no float literal, no division that makes one."""
    for module in (schedule, late_interest):
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
            assert not isinstance(node, ast.Div)
