"""Self-employment social security (Act 789): plans, schemes, groups and sectors, with their dates.

The scheme is called LINDUNG KENDIRI since 22 August 2025 (facts 13.7). Everything is in whole sen
and as the sources print it: 20 % of plan 2's year would be RM46.56 and is RM46.60.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from rpa.errors import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

DIVISION: Final = "spsfaedah@perkeso.gov.my"
"""Where an agency's or association's list goes (facts 14)."""

SECTORS_SINCE: Final = date(2020, 1, 1)
"""Twenty sectors from this day on (facts 13.7)."""


class Scheme(StrEnum):
    """Under which help the State pays a part, or all, of a year."""

    MATCHING = "padanan"  # SPS Padanan Caruman: the person pays a fifth
    SERVICE = "khidmat"  # SPS Khidmat: the State pays all, for named groups

    @property
    def called(self) -> str:
        """As PERKESO calls it, in both languages."""
        return _NAMES[self]


_NAMES = {Scheme.MATCHING: "SPS Padanan Caruman", Scheme.SERVICE: "SPS Khidmat"}


class Standing(StrEnum):
    """Who may be listed (facts 13.7): nobody else, and no age is too high."""

    CITIZEN = "citizen"
    RESIDENT = "permanent resident"


STANDINGS: Final[Mapping[Standing, Words]] = {
    Standing.CITIZEN: Words("warganegara", "citizen"),
    Standing.RESIDENT: Words("pemastautin tetap", "permanent resident"),
}


class Group(StrEnum):
    """For whom SPS Khidmat is."""

    RESERVE_ARMY = "reserve army"
    RESERVE_POLICE = "reserve police"
    CIVIL_DEFENCE = "civil defence"
    MARITIME = "maritime"
    MOSQUE = "mosque staff"
    COMMUNITY = "community rehabilitation"
    CONTRACT = "contract for service"


GROUPS: Final[Mapping[Group, Words]] = {
    Group.RESERVE_ARMY: Words("tentera simpanan", Group.RESERVE_ARMY),
    Group.RESERVE_POLICE: Words("polis simpanan", Group.RESERVE_POLICE),
    Group.CIVIL_DEFENCE: Words("pertahanan awam", Group.CIVIL_DEFENCE),
    Group.MARITIME: Words("maritim", Group.MARITIME),
    Group.MOSQUE: Words("rumah ibadat islam", Group.MOSQUE),
    Group.COMMUNITY: Words("pemulihan komuniti", Group.COMMUNITY),
    # The sources call them so in Malay as well; what they have is a contract of the public sector.
    Group.CONTRACT: Words("sektor awam", Group.CONTRACT),
}

_SECTORS = (
    ("pengangkutan penumpang", "passenger transport"),
    ("pengangkutan barangan atau makanan", "goods or food transport"),
    ("pertanian", "agriculture"),
    ("penternakan", "livestock"),
    ("perhutanan", "forestry"),
    ("perikanan", "fisheries"),
    ("makanan", "food"),
    ("pembuatan", "manufacturing"),
    ("pembinaan", "construction"),
    ("penjaja", "hawkers"),
    ("premis penginapan", "accommodation premises"),
    ("perniagaan online", "online business"),
    ("teknologi maklumat", "information technology"),
    ("pemprosesan data", "data processing"),
    ("ejen", "agents"),
    ("perkhidmatan profesional", "professional services"),
    ("perkhidmatan sokongan", "support services"),
    ("kesenian", "arts"),
    ("perkhidmatan isi rumah", "household services"),
    ("penjagaan perawatan dan pemulihan kesihatan", "beauty and healthcare"),
)
SECTORS: Final[Mapping[str, Words]] = MappingProxyType({en: Words(bm, en) for bm, en in _SECTORS})
"""The twenty sectors, by their English name.

The facts have only their number; the names are those of www.perkeso.gov.my on the scheme, in Malay
and in English, and of budget.mof.gov.my on SPS Padanan Caruman (2022).
"""


class Plan(NamedTuple):
    """What a person is insured for, and what it costs, in sen."""

    earning: int
    month: int
    year: int


class Shares(NamedTuple):
    """Who pays a plan's year, in sen."""

    person: int
    state: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for lists made from a day on.

    ``matching`` and ``groups`` name the only plans whose shares a source prints.
    """

    since: date
    plans: Mapping[int, Plan]
    matching: Mapping[int, Shares]
    groups: Mapping[Group, int]
    source: str

    def plans_of(self, scheme: Scheme) -> list[int]:
        """The plans of a scheme."""
        return sorted(self.matching if scheme is Scheme.MATCHING else set(self.groups.values()))

    def shares(self, scheme: Scheme, plan: int) -> Shares:
        """Who pays the year. Raises KeyError where no source says it for this plan."""
        if scheme is Scheme.MATCHING:
            return self.matching[plan]
        if plan not in self.groups.values():
            raise KeyError(plan)
        return Shares(person=0, state=self.plans[plan].year)


class UnknownDay(LookupError):
    """No terms are known for this day; they are never guessed."""


TERMS: Final = (
    Terms(
        since=date(2022, 1, 1),
        plans=MappingProxyType(
            {
                1: Plan(earning=105_000, month=1_310, year=15_720),
                2: Plan(earning=155_000, month=1_940, year=23_280),
                3: Plan(earning=295_000, month=3_690, year=44_280),
                4: Plan(earning=395_000, month=4_940, year=59_280),
            }
        ),
        matching=MappingProxyType({2: Shares(person=4_660, state=18_620)}),
        groups=MappingProxyType({**dict.fromkeys(Group, 2), Group.CONTRACT: 4}),
        source="facts 13.7 (Ministry of Finance 2022 to 2025, a dossier of July 2026); the plan of "
        "each group: budget.mof.gov.my on SPS Khidmat (7 October 2022)",
    ),
)


def terms(day: date) -> Terms:
    """What holds for a list made on a day. Raises UnknownDay."""
    for candidate in reversed(TERMS):
        if candidate.since <= day:
            return candidate
    raise UnknownDay


def known(day: date) -> bool:
    """Whether terms are known for this day."""
    return TERMS[0].since <= day


def last_day(first: date) -> date:
    """The last day of a cover of twelve months (facts 13.7) that begins on this day.

    That it ends on the day before the same date of the next year is assumed.
    """
    try:
        after = first.replace(year=first.year + 1)
    except ValueError:  # 29 February
        after = date(first.year + 1, 3, 1)
    return after - timedelta(days=1)
