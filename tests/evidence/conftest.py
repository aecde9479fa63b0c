"""A browser for the report, and the sample table on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa.portal import browser
from tests.evidence.people import Ref, sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    """The machine's own browser, or Playwright's."""
    path = next((p for p in browser._on_this_machine() if p.is_file()), None)
    args = [*browser.QUIET, *(["--no-sandbox"] if browser.is_root() else [])]
    with playwright.chromium.launch(executable_path=path, args=args) as started:
        yield started


@pytest.fixture
def table(tmp_path: Path) -> Ref:
    """The operator's workbook."""
    path = tmp_path / "joiners.xlsx"
    sample().save(path)
    return Ref(path)
