"""How long the register of 10,000 workers and a year takes to keep, to read and to export.

Run from the repository's root: ``python -m bench.register_120000``. Prints seconds by the clock and
of the processor, the sizes and the most memory; exits with 1 at 60 s of processor for the export.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rpa.register import Entry, Register, workbook
from rpa.rules import schedule
from rpa.rules.months import Month
from rpa.rules.schedule import Category, Cover

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORKERS, MONTHS = 10_000, 12
EMPLOYER = "E9900001234V"
MOST_SECONDS = 60.0
COVER = Cover(Category.FIRST, eis=True, skbbk=True)


def entries(month: Month) -> Iterator[Entry]:
    """Everybody's month."""
    for number in range(WORKERS):
        wages = 170_000 + number * 7919 % 600_000
        yield Entry(
            employer=EMPLOYER,
            month=month,
            identification=f"{number % 100:02}010182{number // 100:04}",
            name=f"CONTOH NOMBOR {number} BIN REKAAN",
            occupation="KERANI",
            wages=wages,
            allowances=wages // 10,
            **schedule.amounts(wages, month, COVER)._asdict(),
            acts="both",
            kind="month",
            reference=f"ACR{month.number:02}2260000001 ECR{month.number:02}2260000001",
            filed_at=datetime(2026, 11, 20, tzinfo=UTC),
            run_id="bench",
        )


def timed(what: str, work: Callable[[], object]) -> float:
    """Do it, print how long it took, and return the processor's seconds."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    spent = time.process_time() - processor
    print(f"{what:<32} {time.perf_counter() - clock:6.2f} s, {spent:6.2f} s of processor")
    return spent


def main() -> int:
    """Measure and print."""
    months = [Month(2026, number) for number in range(1, MONTHS + 1)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Register.open(Path(folder) / "register.sqlite3") as register,
    ):
        timed(f"keep {MONTHS} months", lambda: [register.keep(entries(m)) for m in months])
        timed("keep the last month again", lambda: register.keep(entries(months[-1])))
        timed("read all", lambda: sum(1 for _ in register.entries(EMPLOYER)))
        timed("gaps", lambda: register.gaps(EMPLOYER))
        made: list[bytes] = []
        gaps = register.gaps(EMPLOYER)
        spent = timed("export", lambda: made.append(workbook(register.entries(EMPLOYER), gaps)))
        sizes = (register.path.stat().st_size, len(made[0]))
        print("register {:.1f} MB, workbook {:.1f} MB".format(*(size / 1e6 for size in sizes)))
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return int(spent >= MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
