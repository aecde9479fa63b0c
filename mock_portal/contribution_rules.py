"""What a month's contribution is: the portal's own schedule, and who is insured for what.

Facts 13.1 to 13.4. All amounts are whole sen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from datetime import date
from typing import NamedTuple

# Facts 13.4, of each row: wages up to and including; first category's employer and worker, second
# category's employer, SKBBK's worker, EIS of each side.
SCHEDULE = (
    (3_000, 40, 10, 30, 20, 5),
    (5_000, 70, 20, 50, 30, 10),
    (7_000, 110, 30, 80, 50, 15),
    (10_000, 150, 40, 110, 65, 20),
    (14_000, 210, 60, 150, 90, 25),
    (20_000, 295, 85, 210, 125, 35),
    (30_000, 435, 125, 310, 185, 50),
    (40_000, 615, 175, 440, 265, 70),
    (50_000, 785, 225, 560, 335, 90),
    (60_000, 965, 275, 690, 415, 110),
    (70_000, 1_135, 325, 810, 485, 130),
    (80_000, 1_315, 375, 940, 565, 150),
    (90_000, 1_485, 425, 1_060, 635, 170),
    (100_000, 1_665, 475, 1_190, 715, 190),
    (110_000, 1_835, 525, 1_310, 785, 210),
    (120_000, 2_015, 575, 1_440, 865, 230),
    (130_000, 2_185, 625, 1_560, 935, 250),
    (140_000, 2_365, 675, 1_690, 1_015, 270),
    (150_000, 2_535, 725, 1_810, 1_085, 290),
    (160_000, 2_715, 775, 1_940, 1_165, 310),
    (170_000, 2_885, 825, 2_060, 1_235, 330),
    (180_000, 3_065, 875, 2_190, 1_315, 350),
    (190_000, 3_235, 925, 2_310, 1_385, 370),
    (200_000, 3_415, 975, 2_440, 1_465, 390),
    (210_000, 3_585, 1_025, 2_560, 1_535, 410),
    (220_000, 3_765, 1_075, 2_690, 1_615, 430),
    (230_000, 3_935, 1_125, 2_810, 1_685, 450),
    (240_000, 4_115, 1_175, 2_940, 1_765, 470),
    (250_000, 4_285, 1_225, 3_060, 1_835, 490),
    (260_000, 4_465, 1_275, 3_190, 1_915, 510),
    (270_000, 4_635, 1_325, 3_310, 1_985, 530),
    (280_000, 4_815, 1_375, 3_440, 2_065, 550),
    (290_000, 4_985, 1_425, 3_560, 2_135, 570),
    (300_000, 5_165, 1_475, 3_690, 2_215, 590),
    (310_000, 5_335, 1_525, 3_810, 2_285, 610),
    (320_000, 5_515, 1_575, 3_940, 2_365, 630),
    (330_000, 5_685, 1_625, 4_060, 2_435, 650),
    (340_000, 5_865, 1_675, 4_190, 2_515, 670),
    (350_000, 6_035, 1_725, 4_310, 2_585, 690),
    (360_000, 6_215, 1_775, 4_440, 2_665, 710),
    (370_000, 6_385, 1_825, 4_560, 2_735, 730),
    (380_000, 6_565, 1_875, 4_690, 2_815, 750),
    (390_000, 6_735, 1_925, 4_810, 2_885, 770),
    (400_000, 6_915, 1_975, 4_940, 2_965, 790),
    (410_000, 7_085, 2_025, 5_060, 3_035, 810),
    (420_000, 7_265, 2_075, 5_190, 3_115, 830),
    (430_000, 7_435, 2_125, 5_310, 3_185, 850),
    (440_000, 7_615, 2_175, 5_440, 3_265, 870),
    (450_000, 7_785, 2_225, 5_560, 3_335, 890),
    (460_000, 7_965, 2_275, 5_690, 3_415, 910),
    (470_000, 8_135, 2_325, 5_810, 3_485, 930),
    (480_000, 8_315, 2_375, 5_940, 3_565, 950),
    (490_000, 8_485, 2_425, 6_060, 3_635, 970),
    (500_000, 8_665, 2_475, 6_190, 3_715, 990),
    (510_000, 8_835, 2_525, 6_310, 3_785, 1_010),
    (520_000, 9_015, 2_575, 6_440, 3_865, 1_030),
    (530_000, 9_185, 2_625, 6_560, 3_935, 1_050),
    (540_000, 9_365, 2_675, 6_690, 4_015, 1_070),
    (550_000, 9_535, 2_725, 6_810, 4_085, 1_090),
    (560_000, 9_715, 2_775, 6_940, 4_165, 1_110),
    (570_000, 9_885, 2_825, 7_060, 4_235, 1_130),
    (580_000, 10_065, 2_875, 7_190, 4_315, 1_150),
    (590_000, 10_235, 2_925, 7_310, 4_385, 1_170),
    (600_000, 10_415, 2_975, 7_440, 4_465, 1_190),
)
ROWS_END = tuple(row[0] for row in SCHEDULE)
# Facts 13.1: since when the schedule goes up to which wages; the last row stands for all above.
CEILINGS = ((date(2024, 10, 1), 6000_00), (date(2022, 9, 1), 5000_00), (date(2016, 6, 1), 4000_00))
SKBBK_FROM = date(2026, 6, 1)  # facts 13.3
SKBBK_OPTIONAL_FROM = date(2026, 7, 1)  # facts 13.3: June stays due
FOREIGN_INVALIDITY_FROM = date(2024, 7, 1)  # facts 13.2
SECOND_CATEGORY_FROM, FIRST_JOINED_BEFORE = 60, 55  # years, facts 13.2
EIS_FROM, EIS_BEFORE, EIS_FIRST_BEFORE = 18, 60, 57  # years, facts 13.2
MONEY = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")


class Amounts(NamedTuple):
    """One worker's contribution for one month, in sen."""

    socso_employer: int = 0
    socso_employee: int = 0
    skbbk: int = 0
    eis_employer: int = 0
    eis_employee: int = 0


class Insured(NamedTuple):
    """What the portal's record says of a worker.

    ``first`` is the day of his first contribution ever; None: long ago.
    """

    born: date
    foreign: bool = False
    first: date | None = None
    opted_out: bool = False


def day(text: str) -> date:
    """dd/mm/yyyy. Raises ValueError for any other text."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def last_day(month: date) -> date:
    """The last day of a date's month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def months_before(month: date, count: int) -> date:
    """The first day of the month that lies so many months before."""
    years, months = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, months + 1, 1)


def sen(text: str) -> int:
    """Money as a person types it: digits and at most two decimals. Raises ValueError otherwise."""
    # assumed: no commas, no sign, no RM
    if not MONEY.fullmatch(text.strip()):
        raise ValueError("Invalid amount.")
    ringgit, _, cents = text.strip().partition(".")
    return int(ringgit) * 100 + int(cents.ljust(2, "0"))


def money(amount: int) -> str:
    """Sen as the screens show them: 1,234.50."""
    return f"{amount // 100:,}.{amount % 100:02}"


def _age(born: date, at: date) -> int:
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def _row(month: date, wages: int) -> tuple[int, ...]:
    ceiling = next((top for since, top in CEILINGS if month >= since), CEILINGS[-1][1])
    return SCHEDULE[bisect_left(ROWS_END, min(wages, ceiling))]


def eis_amounts(month: date) -> frozenset[int]:
    """What one side can pay to the EIS in that month."""
    ceiling = _row(month, ROWS_END[-1])
    return frozenset(row[5] for row in SCHEDULE[: SCHEDULE.index(ceiling) + 1])


def of_first_category(who: Insured, month: date) -> bool:
    """Whether invalidity is insured too (facts 13.2)."""
    if who.foreign and month < FOREIGN_INVALIDITY_FROM:
        return False
    late = who.first is not None and _age(who.born, who.first) >= FIRST_JOINED_BEFORE
    return not late and _age(who.born, last_day(month)) < SECOND_CATEGORY_FROM


def in_eis(who: Insured, month: date) -> bool:
    """Whether the EIS covers him (facts 13.2)."""
    late = who.first is not None and _age(who.born, who.first) >= EIS_FIRST_BEFORE
    grown = EIS_FROM <= _age(who.born, last_day(month)) < EIS_BEFORE
    return grown and not late and not who.foreign


def in_skbbk(who: Insured, month: date) -> bool:
    """Whether SKBBK is taken from his wages (facts 13.3); a foreigner cannot opt out."""
    out = who.opted_out and not who.foreign and month >= SKBBK_OPTIONAL_FROM
    return month >= SKBBK_FROM and not out


def amounts(who: Insured, month: date, wages: int) -> Amounts:
    """The schedule's row for these wages, as far as he is insured; nothing without wages.

    ``month`` is its first day; ages count on its last.
    """
    if not wages:
        return Amounts()
    _, employer, worker, second, skbbk, eis = _row(month, wages)
    first = of_first_category(who, month)
    each_side = eis if in_eis(who, month) else 0
    return Amounts(
        employer if first else second,
        worker if first else 0,
        skbbk if in_skbbk(who, month) else 0,
        each_side,
        each_side,
    )
