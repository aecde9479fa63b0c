"""A workbook of 2,000 invented workers with 300 seeded faults, and the list of what they are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from tests.jobs.build import PLAIN, job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 2_000
FAULTS = 300
FIELDS = {
    "identification": "No. KPPN",
    "name": "Nama Pekerja",
    "date_of_birth": "Tarikh Lahir",
    "gender": "Jantina",
    "race": "Bangsa",
    "employment_start_date": "Tarikh Mula Bekerja",
    "sub_occupation": "Sub Pekerjaan",
    "wages_exceed_3000_before_june_2016": "Gaji Melebihi RM3000 Sebulan Sebelum 1 Jun 2016",
}
COLUMNS = dict(zip(FIELDS, "ABCDEFGH", strict=True))
WARNINGS = {"start-late", "start-future"}
UNREADABLE = {"nric-zeros", "nric-scientific", "nric-format", "nric-dashes"}

# Each fault: its code, the field it stands in, and the value that makes it (or makes it by row).
SINGLE: tuple[tuple[str, str, Any], ...] = (
    ("nric-zeros", "identification", 10203005555),
    ("nric-scientific", "identification", 9.00101005555e17),
    ("nric-scientific", "identification", "9.00101E+11"),
    ("nric-format", "identification", "90010100555A"),
    ("nric-format", "identification", "900101 00 5555"),
    ("nric-date", "identification", lambda row: f"9013{row // 1000:02d}00{row % 1000:03d}5"),
    ("missing", "name", None),
    ("missing", "employment_start_date", "   "),
    ("text-invisible", "name", "CONTOH\u00a0BIN REKAAN"),
    ("text-invisible", "name", "CONTOH\u200bBIN REKAAN"),
    ("text-control", "name", "CONTOH\nBIN REKAAN"),
    ("text-long", "name", "CONTOH " * 30 + "REKAAN"),
    ("name-number", "name", "123 456"),
    ("text-type", "name", 123),
    ("cell-formula", "name", "=A1"),
    ("text-type", "race", date(2026, 1, 1)),
    ("date-form", "date_of_birth", "1/1/1990"),
    ("date-form", "employment_start_date", "05-06-26"),
    ("date-real", "date_of_birth", "31/02/1990"),
    ("date-number", "employment_start_date", 46000),
    ("date-time", "employment_start_date", datetime.combine(date(2026, 11, 2), time(9, 30))),
    ("birth-nric", "date_of_birth", date(1990, 1, 2)),
    ("birth-future", "date_of_birth", date(2027, 1, 1)),
    ("gender-nric", "gender", "Perempuan"),
    ("choice", "gender", "X"),
    ("yes-no", "wages_exceed_3000_before_june_2016", "mungkin"),
    ("occupation-cascade", "sub_occupation", "[4]Stock Clerks"),
    ("start-late", "employment_start_date", date(2026, 10, 1)),
    ("start-future", "employment_start_date", date(2026, 12, 1)),
)


def good(i: int) -> dict[str, Any]:
    """The ``i``-th worker without a fault."""
    born = date(1980, 1, 1) + timedelta(days=3 * i)
    return {
        "identification": f"{born:%y%m%d}00{i % 1000:03d}{2 * (i % 5) + 1}",
        "name": "CONTOH BIN REKAAN",
        "date_of_birth": born,
        "gender": "Lelaki",
        "race": "Melayu" if i % 3 else None,
        "employment_start_date": date(2026, 11, 2),
        "sub_occupation": None,
        "wages_exceed_3000_before_june_2016": "Tidak",
    }


def write(folder: Path) -> tuple[Path, dict[str, str], set[str]]:
    """The job file; each seeded fault's cell with its code; the rows' NRIC cells that are readable.

    The faults are spread over the sheet, at most one in a row, and twins count as two.
    """
    people = [good(i) for i in range(ROWS)]
    expected = dict(_seed(people))
    sheet_name = "Pekerja"
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name)
    sheet.append(list(FIELDS.values()))
    for who in people:
        sheet.append(list(who.values()))
    book.save(folder / "joiners.xlsx")
    prefix = f"joiners.xlsx!{sheet_name}!"
    spoilt = {cell for cell, code in expected.items() if code in UNREADABLE}
    readable = {f"{prefix}A{i + 2}" for i in range(ROWS) if f"A{i + 2}" not in spoilt}
    path = job(folder, f"{PLAIN}table:\n  file: joiners.xlsx\n")
    return path, {prefix + cell: code for cell, code in expected.items()}, readable


def _seed(people: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    rows = iter(range(0, ROWS, 6))
    left = FAULTS - 4
    for code, field, value in cycle(SINGLE):
        if not left:
            break
        row = next(rows)
        people[row][field] = value(row) if callable(value) else value
        yield f"{COLUMNS[field]}{row + 2}", code
        left -= 1
    for code, other_start in (("row-twice", None), ("person-twice", date(2026, 11, 3))):
        one, two = next(rows), next(rows)
        people[two] = dict(people[one])
        if other_start:
            people[two]["employment_start_date"] = other_start
        yield from ((f"A{row + 2}", code) for row in (one, two))
