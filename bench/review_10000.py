"""The comparison and the workbook of 10,000 workers: seconds and peak memory.

``PYTHONPATH=. python -m bench.review_10000``. Reading at the portal is not in it.
"""

from __future__ import annotations

import resource
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from rpa.evidence.review_book import Review, write_review
from rpa.rules.months import Month
from rpa.rules.reconcile import Due, reconcile
from rpa.rules.recorded import Details, Fund, Share, Submission
from rpa.settings import TIME_ZONE

WORKERS = 10_000
MONTH = Month(2026, 10)
AMOUNTS = {Fund.ACR: (5165, 1475, 2215), Fund.ECR: (590, 590, 0)}


def details(fund: Fund) -> Details:
    """One record with a line for every worker, as the portal would show it."""
    whole = sum(AMOUNTS[fund])
    shares = tuple(
        Share(f"90010100{n:04d}", f"CONTOH REKAAN {n}", 300000, *AMOUNTS[fund], whole)
        for n in range(WORKERS)
    )
    amount = whole * WORKERS
    head = (MONTH, "Monthly", WORKERS, amount, amount, "Paid", date(2026, 11, 10))
    return Details(Submission(f"{fund}112260000001", *head), shares, "20260000000001", None, 0)


def main() -> None:
    """Print the figures."""
    due = {fund: sum(amounts) for fund, amounts in AMOUNTS.items()}
    payroll = {f"90010100{n:04d}": Due(f"CONTOH REKAAN {n}", 300000, due) for n in range(WORKERS)}
    read = {fund: [details(fund)] for fund in Fund}
    start = time.perf_counter()
    compared = reconcile(MONTH, date(2026, 11, 22), payroll, read)
    print(f"compared {WORKERS} workers: {time.perf_counter() - start:.2f} s, {compared.state}")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        at = Review("E9900001234V", "portal", datetime.now(TIME_ZONE), [compared])
        path = write_review(at, Path(folder) / "review.xlsx")
        size = path.stat().st_size
    print(f"workbook: {time.perf_counter() - start:.2f} s, {size / 1e6:.1f} MB")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
