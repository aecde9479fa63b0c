"""How long ``check`` takes on 2,000 rows with 300 faults, and how much memory.

Run from the repository's root: ``python -m bench.check_2000``. Each figure is a whole process of
its own, interpreter start included; beside it stands a process that only loads the same workbook
with openpyxl, so that another machine can compare the ratio. Exits with 1 beyond 3 s or 300 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.jobs import faults

RUNS = 5
MOST_SECONDS = 3.0
MOST_MB = 300.0
CHECK = """
import sys
from datetime import date
from pathlib import Path
from rpa.jobs import check
result = check(Path(sys.argv[1]), today=date(2026, 11, 21))
assert result.rows_read == 2000, result.rows_read
"""
LOAD = """
import sys
from pathlib import Path
import openpyxl
openpyxl.load_workbook(Path(sys.argv[1]).with_suffix(".xlsx"))
"""


class Cost(NamedTuple):
    """Seconds from start to end, and the most memory held at a time."""

    seconds: float
    megabytes: float


def cost(code: str, job: Path) -> Cost:
    """One process that runs ``code`` on the job file."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, str(job)])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the measured process ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, else KiB
    return Cost(seconds, usage.ru_maxrss * unit / 1e6)


def worst(code: str, job: Path) -> Cost:
    """The slowest and the largest of several runs."""
    runs = [cost(code, job) for _ in range(RUNS)]
    return Cost(max(r.seconds for r in runs), max(r.megabytes for r in runs))


def main() -> int:
    """Measures both and prints them."""
    with tempfile.TemporaryDirectory() as folder:
        job, _, _ = faults.write(Path(folder))
        check, load = worst(CHECK, job), worst(LOAD, job)
    print(f"check 2,000 rows, worst of {RUNS}: {check.seconds:.2f} s, {check.megabytes:.0f} MB")
    print(f"openpyxl loads the same file:  {load.seconds:.2f} s, {load.megabytes:.0f} MB")
    print(f"ratio: {check.seconds / load.seconds:.2f} of the time")
    return int(check.seconds > MOST_SECONDS or check.megabytes > MOST_MB)


if __name__ == "__main__":
    raise SystemExit(main())
