"""How big a report is at 10,000 rows, and how long it and the workbook's way back take.

Prints the report's megabytes, seconds for each, and the ratio of ``write_back`` to what openpyxl
needs merely to load and save the same workbook. Run it: ``python bench/report_10000.py``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from openpyxl import load_workbook

from rpa.evidence.report import write_report
from rpa.evidence.workbook import write_back
from tests.evidence.people import FIRST, Ref, run_summary, sample, verdict

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 10_000
TRIES = 3


def seconds(work: Callable[[], object]) -> float:
    """The best of a few tries, for other programs disturb each of them."""
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    verdicts = [
        replace(
            verdict(n, name=f"CONTOH NOMBOR {n} BIN REKAAN"),
            reference=f"CAN112026{n:08d}",
            evidence=(Path(f"pictures/{n:08x}-review.png"), Path(f"pictures/{n:08x}-receipt.png")),
        )
        for n in range(FIRST, FIRST + ROWS)
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = Ref(folder / "joiners.xlsx")
        sample(ROWS).save(table.path)
        for per_filing in (10, 1):
            run = run_summary(verdicts, per_filing=per_filing)
            took = seconds(lambda run=run: write_report(run, verdicts, folder / "report.html"))  # type: ignore[misc]
            size = (folder / "report.html").stat().st_size / 1e6
            print(f"report, {per_filing:2} rows a filing: {size:.2f} MB in {took:.2f} s")
        back = seconds(
            lambda: write_back(table, verdicts, folder / "out.xlsx", evidence_root=folder)
        )
        plain = seconds(lambda: load_workbook(table.path).save(folder / "plain.xlsx"))
        print(f"write_back: {back:.2f} s; openpyxl load and save alone: {plain:.2f} s")
        print(f"ratio: {back / plain:.2f}")


if __name__ == "__main__":
    main()
