"""`assist-rpa demo`, as `make demo` runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.heavy
def test_the_demo_twice_files_everyone_once(tmp_path: Path) -> None:
    """Its last line is the promise; the second time nothing is sent."""
    words = [sys.executable, "-m", "rpa", "demo", "--folder", str(tmp_path)]
    env = {k: v for k, v in os.environ.items() if not k.startswith("ASSIST_RPA_")}
    for sent in (3, 0):
        said = subprocess.run(words, capture_output=True, text=True, check=True, env=env)
        *_, before, last = said.stdout.splitlines()
        assert last == "filed 25 of 25 rows in 3 filings"
        assert before.startswith(f"sent by this run: {sent} filings")
