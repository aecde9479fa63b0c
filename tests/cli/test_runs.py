"""A run is found by its job's name, and a practice portal goes with the command that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from rpa.cli.runs import named

if TYPE_CHECKING:
    from pathlib import Path

SERVES = """import sys
from rpa.cli import mock
portal = "print(1, flush=True); import time; time.sleep(60)"
mock.command = lambda **_: [sys.executable, "-c", portal]
sys.exit(mock.mock(0, "bm", None))
"""


def test_a_job_names_its_last_run(tmp_path: Path) -> None:
    """Whatever runs of other jobs came since; a folder is itself."""
    runs = tmp_path / "runs"
    names = ("T0900-joiners", "T0901-joiners", "T0902-leavers", "T0903-more-joiners-old")
    for age, name in enumerate(f"2026-11-30{one}" for one in names):
        (runs / name).mkdir(parents=True)
        os.utime(runs / name, (age, age))
    assert named(runs, tmp_path / "joiners.yaml").name == "2026-11-30T0901-joiners"
    assert named(runs, tmp_path / "leavers").name == "2026-11-30T0902-leavers"
    assert named(runs, runs) == runs
    assert named(runs, tmp_path / "other.yaml") == tmp_path / "other.yaml"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_what_ends_the_command_ends_its_portal(how: signal.Signals) -> None:
    """It stayed behind, and held its port."""
    with subprocess.Popen([sys.executable, "-c", SERVES], stdout=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stdout.readline()
        (portal,) = psutil.Process(running.pid).children()
        running.send_signal(how)
        assert running.wait(20) == 0
    assert not portal.is_running()
