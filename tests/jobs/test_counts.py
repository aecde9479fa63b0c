"""A number of people is read as it is written, or not at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rpa.jobs.cells import convert
from rpa.jobs.places import Unfit
from rpa.rules.leaving import AllWorkers

if TYPE_CHECKING:
    from rpa.jobs.cells import Cell

COLUMN = AllWorkers.columns()["active_workers"]


@pytest.mark.parametrize(
    ("cell", "number"), [("40", 40), (40, 40), (40.0, 40), ("0", 0), (0, 0), (" 7 ", 7)]
)
def test_a_whole_number_is_read_from_digits_and_from_a_number(cell: Cell, number: int) -> None:
    """As YAML or Excel has it."""
    assert convert(COLUMN, cell) == number


BAD: list[Any] = [
    *("040", "+40", "-1", "40.0", "4O", "1,000", "1_000", "٤٠", "4 0", "all", "1e3"),
    *(-1, 40.5, float("nan"), float("inf"), 1e30, 10**12, True, date(2026, 11, 20)),
]


@pytest.mark.parametrize("cell", BAD, ids=repr)
def test_whatever_could_be_another_number_is_refused(cell: Cell) -> None:
    """A head-count is never guessed."""
    with pytest.raises(Unfit) as unfit:
        convert(COLUMN, cell)
    assert unfit.value.code == "count"
