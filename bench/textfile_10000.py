"""How long a contribution file of 10,000 workers takes to build and to check, and how much memory.

Run from the repository's root: ``python -m bench.textfile_10000``. Each figure is a process of its
own, the best of several, for other programs disturb each of them; start and imports are not in it.
For another machine to compare, each is also told as a ratio to a plain write and read of the same
bytes (synced to the disk, as the command does). Exits with 1 at 2 s of processor or 300 MB: on a
machine that others use as well the seconds by the clock tell of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

WORKERS = 10_000
RUNS = 5
MOST_SECONDS = 2.0
MOST_MB = 300.0
EMPLOYER = "E9900001234V"
HEAD = ("No. KP", "Nama", "Jenis Pekerja", "Gaji", "Tarikh Lahir", "Tarikh Caruman Pertama")
BEGIN = """
import sys, time
from pathlib import Path
from datetime import date
from rpa import textfile
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from rpa.cli.textfile_app import BuildOptions
from rpa.cli import textfile as command
from rpa.model.job import Table
from rpa import jobs
table, file = map(Path, sys.argv[1:])
july, today = Month(2026, 7), date(2026, 11, 22)
def rows():
    found = jobs.read_table(Table(file=table), Payee, lambda p: p.in_month(july), today=today)
    assert not found.errors, found.errors[:3]
    return [row.record for row in found.rows]
"""
LINES = "lines = [textfile.line_of(p, july, 'E9900001234V') for p in people]\n"
# What is measured stands after START; what is needed before it, in front.
STEPS = {
    "build (rows to bytes)": (
        "people = rows()",
        LINES + "data = textfile.build(lines, textfile.V2_1)\nassert len(data) == 2_799_998",
    ),
    "check (bytes to faults)": (
        "data = file.read_bytes()",
        (
            "found = textfile.check(data, today=today)\nassert not found.errors\n"
            "assert found.parsed.count == 10_000"
        ),
    ),
    "command build, from .xlsx": (
        "file.unlink(missing_ok=True)",
        "command.build(table, BuildOptions('E9900001234V', '07/2026', out=file))",
    ),
    "command build, from .csv": (
        "file.unlink(missing_ok=True); table = table.with_suffix('.csv')",
        "command.build(table, BuildOptions('E9900001234V', '07/2026', out=file))",
    ),
    "command check": ("", "command.check(file, None, None, None)"),
    "plain write and read": (
        "import os\ndata = file.read_bytes()\nother = file.with_suffix('.bin')",
        (
            "with other.open('wb') as out:\n"
            "    out.write(data); out.flush(); os.fsync(out.fileno())\n"
            "assert other.read_bytes() == data"
        ),
    ),
}
END = """
print(time.perf_counter() - START[0], time.process_time() - START[1], file=sys.stderr)
"""


class Cost(NamedTuple):
    """Of the step alone: seconds by the clock, those the processor worked; most memory held."""

    seconds: float
    busy: float
    megabytes: float


def write_tables(folder: Path) -> Path:
    """The same payroll as .xlsx and .csv: locals of all ages, one foreigner in ten."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Jul")
    lines = [",".join(HEAD)]
    for row in (HEAD, *map(worker, range(WORKERS))):
        sheet.append(list(row))
    lines += [",".join("" if c is None else str(c) for c in worker(n)) for n in range(WORKERS)]
    (folder / "payroll.csv").write_text("\n".join(lines) + "\n", "utf-8")
    book.save(folder / "payroll.xlsx")
    return folder / "payroll.xlsx"


def worker(number: int) -> tuple[str | float | None, ...]:
    """One invented worker."""
    born = date(1950, 1, 1) + timedelta(days=(number * 7919) % (57 * 365))
    wages = round(1500 + (number * 37 % 700_000) / 100, 2)
    name = f"CONTOH {chr(65 + number % 26)}{chr(65 + number // 26 % 26)} BIN REKAAN"
    if number % 10 == 9:
        return (f"SSFW{number:08}", name, "Asing", wages, born.isoformat(), "2020-01-02")
    identity = f"{born:%y%m%d}00{number:04}"
    return (identity, name, None, wages, None, "1990-01-02" if born.year < 1975 else None)


def cost(before: str, step: str, table: Path, file: Path) -> Cost:
    """One process."""
    code = f"{BEGIN}{before}\nSTART = time.perf_counter(), time.process_time()\n{step}{END}"
    env = {**os.environ, "ASSIST_RPA_TODAY": "2026-11-22", "ASSIST_RPA_LANGUAGE": "en"}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(table), str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
    ) as process:
        said = process.stderr.read() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(said)
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, else KiB
    seconds, busy = map(float, said.split()[-2:])
    return Cost(seconds, busy, usage.ru_maxrss * unit / 1e6)


def main() -> int:
    """Measures each step and prints it."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "contributions.txt"
        table = write_tables(Path(name))
        cost(*STEPS["command build, from .xlsx"], table, file)  # so that the file is there
        found = {}
        for step, code in STEPS.items():
            runs = [cost(*code, table, file) for _ in range(RUNS)]
            found[step] = Cost(*(min(figures) for figures in zip(*runs, strict=True)))
    plain = found["plain write and read"]
    print(f"{WORKERS:,} workers, 2.8 MB, best of {RUNS}")
    for step, one in found.items():
        print(
            f"{step:<26} {one.seconds:6.3f} s, {one.busy:6.3f} s of processor, "
            f"x{one.busy / plain.busy:6.1f}, {one.megabytes:4.0f} MB"
        )
    judged = [one for step, one in found.items() if step != "plain write and read"]
    return int(any(c.busy >= MOST_SECONDS or c.megabytes >= MOST_MB for c in judged))


if __name__ == "__main__":
    raise SystemExit(main())
