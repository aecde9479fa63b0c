"""Plans, shares, groups and cover of Act 789, as the sources print them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rpa.rules import sps
from rpa.rules.self_employed import Matched, SelfEmployed, Served
from rpa.rules.sps import Group, Scheme, Shares, terms

if TYPE_CHECKING:
    from rpa.rules.record import Record

TODAY = date(2026, 11, 21)
PERSON: dict[str, Any] = {
    "identification": "900101005555",
    "name": "CONTOH BIN REKAAN",
    "standing": "citizen",
    "sector": "hawkers",
    "plan": 2,
    "identity_card": "kp.pdf",
}
MATCHED = {**PERSON, "proof_of_work": "surat.pdf"}
SERVED = {**PERSON, "group_of_service": "maritime", "appointment": "surat.pdf"}


def codes(record: type[Record], values: dict[str, Any]) -> list[tuple[str, str]]:
    found = record.objections(values, TODAY)
    return [(f.field, f.code) for f in found if f.code != "nric-birthplace"]


def test_the_plans_are_twelve_months_each_as_the_sources_print_them() -> None:
    """RM13.10 to RM49.40 a month (facts 13.7)."""
    plans = terms(TODAY).plans
    assert [plan.year for plan in plans.values()] == [15_720, 23_280, 44_280, 59_280]
    assert all(plan.year == 12 * plan.month for plan in plans.values())


def test_the_shares_of_padanan_are_printed_and_not_reckoned() -> None:
    """20 % of RM232.80 is RM46.56; what is paid is RM46.60, and the State's is the rest."""
    shares = terms(TODAY).shares(Scheme.MATCHING, 2)
    assert shares == Shares(person=4_660, state=18_620)
    assert sum(shares) == terms(TODAY).plans[2].year


@pytest.mark.parametrize(
    ("scheme", "plan"), [(Scheme.MATCHING, 1), (Scheme.MATCHING, 4), (Scheme.SERVICE, 3)]
)
def test_shares_that_no_source_has_are_not_invented(scheme: Scheme, plan: int) -> None:
    """Nobody reckons a fifth of another plan."""
    with pytest.raises(KeyError):
        terms(TODAY).shares(scheme, plan)


def test_the_state_pays_all_of_khidmat() -> None:
    """Plans 2 and 4, the latter for contracts of the public sector alone."""
    known = terms(TODAY)
    assert known.plans_of(Scheme.SERVICE) == [2, 4]
    assert known.shares(Scheme.SERVICE, 4) == Shares(0, 59_280)
    assert [group for group, plan in known.groups.items() if plan == 4] == [Group.CONTRACT]


def test_there_are_twenty_sectors_each_in_two_languages() -> None:
    """Since 2020 (facts 13.7); no word means two of them."""
    assert len(sps.SECTORS) == len({words.bm for words in sps.SECTORS.values()}) == 20


def test_of_a_day_before_the_schemes_nothing_is_known() -> None:
    """It is never guessed."""
    assert not sps.known(date(2021, 12, 31))
    with pytest.raises(sps.UnknownDay):
        terms(date(2021, 12, 31))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 12, 1), date(2027, 11, 30)),
        (date(2027, 1, 1), date(2027, 12, 31)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_cover_lasts_twelve_months(first: date, last: date) -> None:
    """To the day before."""
    assert sps.last_day(first) == last


@pytest.mark.parametrize(("record", "values"), [(Matched, MATCHED), (Served, SERVED)])
def test_a_whole_row_has_no_objection(record: type[Record], values: dict[str, Any]) -> None:
    """As a record, too."""
    assert codes(record, values) == []
    made = record.model_validate(values)
    assert isinstance(made, SelfEmployed)
    assert made.person == "900101005555"


@pytest.mark.parametrize(
    ("record", "values", "found"),
    [
        (Matched, {**MATCHED, "plan": 5}, ("plan", "plan-unknown")),
        (Matched, {**MATCHED, "plan": 4}, ("plan", "plan-scheme")),
        (Matched, {**MATCHED, "identification": "901301005555"}, ("identification", "nric-date")),
        (Matched, {**MATCHED, "date_of_birth": date(1991, 1, 1)}, ("date_of_birth", "birth-nric")),
        (Matched, {**PERSON}, ("proof_of_work", "proof-missing")),
        (Served, {**SERVED, "plan": 3}, ("plan", "plan-scheme")),
        (Served, {**SERVED, "plan": 4}, ("plan", "plan-group")),
        (Served, {**SERVED, "group_of_service": "contract for service"}, ("plan", "plan-group")),
    ],
)
def test_each_mistake_is_objected_to_in_its_field(
    record: type[Record], values: dict[str, Any], found: tuple[str, str]
) -> None:
    """And nothing else is."""
    assert codes(record, values) == [found]


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("plan", range(7))
def test_a_row_without_objection_always_has_its_shares(scheme: Scheme, plan: int) -> None:
    """What is listed can be added up."""
    record, values = (Matched, MATCHED) if scheme is Scheme.MATCHING else (Served, SERVED)
    for group in Group:
        told = {**values, "plan": plan}
        if scheme is Scheme.SERVICE:
            told["group_of_service"] = group
        if not codes(record, told):
            assert sum(terms(TODAY).shares(scheme, plan)) == terms(TODAY).plans[plan].year
