"""The sample table on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.evidence.people import Ref, sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def table(tmp_path: Path) -> Ref:
    """The operator's workbook."""
    path = tmp_path / "joiners.xlsx"
    sample().save(path)
    return Ref(path)
