"""The contribution schedule: what a month's wages cost under Act 4 and Act 800, row by row.

Employees' Social Security Act 1969 (Act 4), Third Schedule; Employment Insurance System Act 2017
(Act 800), Second Schedule; the non-employment injury scheme (SKBBK, LINDUNG 24 Jam). An amount is
always the row's, never a percentage (facts 13.2). Everything is in whole sen.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rpa.rules.months import Month

EIS_SINCE = Month(2018, 1)
"""Act 800 came into force on 1 January 2018 (press and law books; the facts name no day); no month
before it has EIS."""

SKBBK_SINCE = Month(2026, 6)
"""SKBBK starts on 1 June 2026 (facts 13.3)."""

SKBBK_KNOWN_UNTIL = Month(2028, 5)
"""The last month at 0.75 %; the amounts of the phases after it are not published (facts 13.3)."""

SKBBK_OPTIONAL_SINCE = Month(2026, 7)
"""Local workers may opt out for wages from July 2026 on; June stays due (facts 13.3)."""


class Category(StrEnum):
    """What Act 4 insures a worker against (facts 13.2)."""

    FIRST = "first"  # employment injury and invalidity
    SECOND = "second"  # employment injury only, paid by the employer alone


@dataclass(frozen=True, slots=True)
class Cover:
    """What one worker is insured for in one month; `rpa.rules.coverage` tells it of a person."""

    category: Category
    eis: bool
    skbbk: bool


class Amounts(NamedTuple):
    """One worker's contributions of one month, in sen."""

    socso_employer: int
    socso_employee: int
    eis_employer: int
    eis_employee: int
    skbbk: int

    @property
    def total(self) -> int:
        """What the employer pays to PERKESO for the worker, both shares."""
        return sum(self)


class Row(NamedTuple):
    """One row: wages up to and including ``upto``, and the amounts, in sen.

    SKBBK is the worker's, the same for both categories; EIS is what each side pays.
    """

    upto: int
    first_employer: int
    first_employee: int
    second_employer: int
    skbbk: int
    eis: int


@dataclass(frozen=True, slots=True)
class Table:
    """The schedule from a month on; wages above ``ceiling`` have the last row's amounts."""

    since: Month
    rows: tuple[Row, ...]
    source: str

    @property
    def ceiling(self) -> int:
        """The wages, in sen, above which nothing more is due."""
        return self.rows[-1].upto

    def row(self, wages: int) -> Row:
        """The row of these wages; a band is over its lower end, up to and including its upper."""
        number = bisect_left(self.rows, wages, key=lambda row: row.upto)
        return self.rows[min(number, len(self.rows) - 1)]


class UnknownMonth(LookupError):
    """No schedule is known for this month; it is never guessed."""


NOTHING = Amounts(0, 0, 0, 0, 0)


def table(month: Month) -> Table:
    """The table in force for a month of wages. Raises UnknownMonth."""
    if month > SKBBK_KNOWN_UNTIL:
        raise UnknownMonth
    for candidate in reversed(TABLES):
        if candidate.since <= month:
            return candidate
    raise UnknownMonth


def known(month: Month) -> bool:
    """Whether the amounts of this month are known."""
    return TABLES[0].since <= month <= SKBBK_KNOWN_UNTIL


def amounts(wages: int, month: Month, cover: Cover) -> Amounts:
    """The contributions for ``wages`` (sen, not cut at the ceiling) of ``month``.

    No wages, no contributions. Before its scheme began a part is zero, whatever ``cover`` says.
    Raises UnknownMonth, and ValueError for wages below zero.
    """
    row = table(month).row(wages)
    if wages <= 0:
        if wages < 0:
            raise ValueError("wages are never below zero")
        return NOTHING
    first = cover.category is Category.FIRST
    eis = row.eis if cover.eis and month >= EIS_SINCE else 0
    return Amounts(
        socso_employer=row.first_employer if first else row.second_employer,
        socso_employee=row.first_employee if first else 0,
        eis_employer=eis,
        eis_employee=eis,
        skbbk=row.skbbk if cover.skbbk and month >= SKBBK_SINCE else 0,
    )


# Wages up to; first category employer, worker; second category employer; SKBBK; EIS each side.
# Facts 13.4, rows 1 to 64; row 65 (over RM6,000) has the amounts of row 64.
_ROWS = (
    Row(3000, 40, 10, 30, 20, 5),
    Row(5000, 70, 20, 50, 30, 10),
    Row(7000, 110, 30, 80, 50, 15),
    Row(10000, 150, 40, 110, 65, 20),
    Row(14000, 210, 60, 150, 90, 25),
    Row(20000, 295, 85, 210, 125, 35),
    Row(30000, 435, 125, 310, 185, 50),
    Row(40000, 615, 175, 440, 265, 70),
    Row(50000, 785, 225, 560, 335, 90),
    Row(60000, 965, 275, 690, 415, 110),
    Row(70000, 1135, 325, 810, 485, 130),
    Row(80000, 1315, 375, 940, 565, 150),
    Row(90000, 1485, 425, 1060, 635, 170),
    Row(100000, 1665, 475, 1190, 715, 190),
    Row(110000, 1835, 525, 1310, 785, 210),
    Row(120000, 2015, 575, 1440, 865, 230),
    Row(130000, 2185, 625, 1560, 935, 250),
    Row(140000, 2365, 675, 1690, 1015, 270),
    Row(150000, 2535, 725, 1810, 1085, 290),
    Row(160000, 2715, 775, 1940, 1165, 310),
    Row(170000, 2885, 825, 2060, 1235, 330),
    Row(180000, 3065, 875, 2190, 1315, 350),
    Row(190000, 3235, 925, 2310, 1385, 370),
    Row(200000, 3415, 975, 2440, 1465, 390),
    Row(210000, 3585, 1025, 2560, 1535, 410),
    Row(220000, 3765, 1075, 2690, 1615, 430),
    Row(230000, 3935, 1125, 2810, 1685, 450),
    Row(240000, 4115, 1175, 2940, 1765, 470),
    Row(250000, 4285, 1225, 3060, 1835, 490),
    Row(260000, 4465, 1275, 3190, 1915, 510),
    Row(270000, 4635, 1325, 3310, 1985, 530),
    Row(280000, 4815, 1375, 3440, 2065, 550),
    Row(290000, 4985, 1425, 3560, 2135, 570),
    Row(300000, 5165, 1475, 3690, 2215, 590),
    Row(310000, 5335, 1525, 3810, 2285, 610),
    Row(320000, 5515, 1575, 3940, 2365, 630),
    Row(330000, 5685, 1625, 4060, 2435, 650),
    Row(340000, 5865, 1675, 4190, 2515, 670),
    Row(350000, 6035, 1725, 4310, 2585, 690),
    Row(360000, 6215, 1775, 4440, 2665, 710),
    Row(370000, 6385, 1825, 4560, 2735, 730),
    Row(380000, 6565, 1875, 4690, 2815, 750),
    Row(390000, 6735, 1925, 4810, 2885, 770),
    Row(400000, 6915, 1975, 4940, 2965, 790),
    Row(410000, 7085, 2025, 5060, 3035, 810),
    Row(420000, 7265, 2075, 5190, 3115, 830),
    Row(430000, 7435, 2125, 5310, 3185, 850),
    Row(440000, 7615, 2175, 5440, 3265, 870),
    Row(450000, 7785, 2225, 5560, 3335, 890),
    Row(460000, 7965, 2275, 5690, 3415, 910),
    Row(470000, 8135, 2325, 5810, 3485, 930),
    Row(480000, 8315, 2375, 5940, 3565, 950),
    Row(490000, 8485, 2425, 6060, 3635, 970),
    Row(500000, 8665, 2475, 6190, 3715, 990),
    Row(510000, 8835, 2525, 6310, 3785, 1010),
    Row(520000, 9015, 2575, 6440, 3865, 1030),
    Row(530000, 9185, 2625, 6560, 3935, 1050),
    Row(540000, 9365, 2675, 6690, 4015, 1070),
    Row(550000, 9535, 2725, 6810, 4085, 1090),
    Row(560000, 9715, 2775, 6940, 4165, 1110),
    Row(570000, 9885, 2825, 7060, 4235, 1130),
    Row(580000, 10065, 2875, 7190, 4315, 1150),
    Row(590000, 10235, 2925, 7310, 4385, 1170),
    Row(600000, 10415, 2975, 7440, 4465, 1190),
)

_TOP_OF_2016 = 44  # the row of wages over RM3,900
_TOP_EMPLOYER_OF_2016 = 6905


def _cut(rows: int) -> tuple[Row, ...]:
    return _ROWS[:rows]


def _of_2016() -> tuple[Row, ...]:
    """The table with RM4,000 as its end: its last row asked RM69.05 of the employer, not RM69.15.

    The amount was changed when rows came above it in September 2022. Facts 13.4 infer that lower
    rows did not change; for this one payroll programs of those years say otherwise, which have
    RM69.05, RM19.75 and RM49.40 both over RM3,900 and over RM4,000. One source; before relying on
    it for arrears of those years look at the portal's own amount.
    """
    *lower, top = _cut(_TOP_OF_2016)
    return (*lower, top._replace(first_employer=_TOP_EMPLOYER_OF_2016))


TABLES = (
    Table(
        Month(2016, 6),
        _of_2016(),
        "Act A1508, wage ceiling RM4,000 from 1 June 2016 (facts 13.1); EIS from January 2018",
    ),
    Table(
        Month(2022, 9),
        _cut(54),
        "wage ceiling RM5,000 from 1 September 2022 (facts 13.1)",
    ),
    Table(
        Month(2024, 10),
        _cut(64),
        "wage ceiling RM6,000 from 1 October 2024 (facts 13.1, 13.4); SKBBK from June 2026",
    ),
)
"""All tables that are known, in the order of time, with their sources."""
