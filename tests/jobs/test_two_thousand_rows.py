"""A large table: all that is wrong, and nothing that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import Severity
from tests.jobs import faults
from tests.jobs.build import checked

if TYPE_CHECKING:
    from pathlib import Path


def test_exactly_the_three_hundred_seeded_faults_are_reported_each_with_its_cell(
    tmp_path: Path,
) -> None:
    """2,000 rows, 300 faults: the same addresses and codes, not one more, not one less."""
    path, expected, readable = faults.write(tmp_path)
    result = checked(path)
    assert len(expected) == faults.FAULTS
    assert result.rows_read == faults.ROWS
    seeded = [p for p in result.problems if p.code != "nric-birthplace"]
    assert {p.address: p.code for p in seeded} == expected
    assert len(seeded) == faults.FAULTS
    warned = {p.code for p in seeded if p.severity is Severity.WARNING}
    assert warned == faults.WARNINGS
    # Every person here is invented, which the birthplace code says, once per number.
    invented = [p.address for p in result.problems if p.code == "nric-birthplace"]
    assert len(invented) == len(set(invented))
    assert set(invented) == readable
    assert result.plan is None
