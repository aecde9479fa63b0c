"""What a test needs of the system it runs on. Elsewhere it is skipped, and says why."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

windows = sys.platform == "win32"

modes = pytest.mark.skipif(os.name != "posix", reason="Windows keeps files by its own rights")
links = pytest.mark.skipif(windows, reason="a link is made by administrators only on Windows")
signals = pytest.mark.skipif(windows, reason="Windows has no such signals")
limits = pytest.mark.skipif(windows, reason="Windows has no limits of a process (setrlimit)")
shell = pytest.mark.skipif(windows, reason="a shell of POSIX")


def private(path: Path) -> bool:
    """Whether its owner alone can read it, as far as modes say."""
    return os.name != "posix" or not path.stat().st_mode & 0o077
