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
from statistics import median
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
    """Seconds from start to end, those the processor worked, and the most memory held at a time."""

    seconds: float
    busy: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s ({self.busy:.2f} s of processor), {self.megabytes:.0f} MB"


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
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def middle(code: str, job: Path) -> Cost:
    """The median of several runs, figure by figure; a busy machine shows in the first only."""
    runs = [cost(code, job) for _ in range(RUNS)]
    return Cost(*(median(figures) for figures in zip(*runs, strict=True)))


def main() -> int:
    """Measures both and prints them."""
    with tempfile.TemporaryDirectory() as folder:
        job, _, _ = faults.write(Path(folder))
        check, load = middle(CHECK, job), middle(LOAD, job)
    print(f"check 2,000 rows, median of {RUNS}: {check}")
    print(f"openpyxl loads the same file: {load}")
    print(f"ratio: {check.busy / load.busy:.2f} of the processor's time")
    return int(check.seconds > MOST_SECONDS or check.megabytes > MOST_MB)


if __name__ == "__main__":
    raise SystemExit(main())
