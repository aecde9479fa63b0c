"""Ringgit to sen: exact or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpa.rules import money

SEN = st.integers(0, 10**14 - 1)


@given(SEN)
def test_every_amount_a_person_can_write_is_read_back_to_the_sen(sen: int) -> None:
    """With and without separators, as text and as Excel's number."""
    assert money.of_text(money.shown(sen)) == sen
    assert money.of_text(f"{sen // 100}.{sen % 100:02}") == sen
    assert money.of_number(float(f"{sen // 100}.{sen % 100:02}")) == sen


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=30))
def test_a_sum_that_excel_computed_is_the_sum(parts: list[int]) -> None:
    """Excel keeps 15 digits: what floats add behind them is nobody's money."""
    total = 0.0
    for sen in parts:
        total += sen / 100
    assert money.of_number(total) == sum(parts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        "1e3",
        "1,00",
        "0,300",
        "003,000",
        "1,0000",
        "10,00,000",
        "1.000,00",
        "3 000",
        ".50",
        "5.",
        "RM",
        "RM-5",
        "\u0663",
        "1" * 13,
        "1" * 40,
        "1000000000000",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Signs, other separators, other digits, sums beyond the widest field."""
    with pytest.raises(money.NotMoney) as refused:
        money.of_text(text)
    assert refused.value.exact


@pytest.mark.parametrize("number", [0.001, 3333.333, 1 / 3, 2999.999])
def test_a_part_of_a_sen_is_refused_and_never_rounded(number: float) -> None:
    """The person rounds, in the table."""
    with pytest.raises(money.NotMoney) as refused:
        money.of_number(number)
    assert not refused.value.exact
    with pytest.raises(money.NotMoney) as refused:
        money.of_text("3.000")
    assert not refused.value.exact


@pytest.mark.parametrize("number", [-0.01, -1, float("nan"), float("inf"), 10.0**12])
def test_a_number_that_is_no_amount_is_refused(number: float) -> None:
    """Below zero, endless, too large."""
    with pytest.raises(money.NotMoney) as refused:
        money.of_number(number)
    assert refused.value.exact
