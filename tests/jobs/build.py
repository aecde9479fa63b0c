"""Small jobs and tables, written to disk for one test."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from rpa.errors import Severity
from rpa.jobs import Checked, Limits, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

TODAY = date(2026, 11, 21)
HEADINGS = ("No. KPPN", "Nama", "Tarikh Lahir", "Tarikh Mula Bekerja")
PERSON = ("900101005555", "CONTOH BIN REKAAN", date(1990, 1, 1), date(2026, 11, 2))
CSV_LINE = "900101005555,CONTOH BIN REKAAN,01/01/1990,02/11/2026"
CSV_HEAD = "ic,nama,tarikh lahir,tarikh mula bekerja"
PLAIN = "procedure: add_employees\nemployer: E9900001234V\n"
INLINE = (
    PLAIN + 'rows:\n  - identification: "900101005555"\n    name: CONTOH BIN REKAAN\n'
    "    date_of_birth: 1990-01-01\n    employment_start_date: 2026-11-02\n"
)


def person(number: int) -> tuple[Any, ...]:
    """Another invented worker; numbers up to 999."""
    return (f"900101{number % 1000:03d}555"[:6] + f"00{number:03d}5", *PERSON[1:])


def job(folder: Path, text: str) -> Path:
    """The job file, with exactly this text."""
    path = folder / "joiners.yaml"
    path.write_bytes(text.encode())
    return path


def xlsx(
    folder: Path,
    rows: Iterable[Sequence[Any]],
    headings: Sequence[Any] = HEADINGS,
    more: str = "",
) -> tuple[Path, Worksheet, Workbook]:
    """A job on a workbook with one sheet; save the workbook after changing it."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "Sheet1"
    for row in (headings, *rows):
        sheet.append(list(row))
    book.save(folder / "joiners.xlsx")
    return job(folder, f"{PLAIN}table:\n  file: joiners.xlsx\n{more}"), sheet, book


def csv(folder: Path, content: str | bytes, more: str = "") -> Path:
    """A job on a .csv with exactly this content."""
    data = content.encode() if isinstance(content, str) else content
    (folder / "joiners.csv").write_bytes(data)
    return job(folder, f"{PLAIN}table:\n  file: joiners.csv\n{more}")


def checked(path: Path, limits: Limits | None = None) -> Checked:
    """The check of a job as of ``TODAY``, addresses without the test's own folder."""
    return check(path, today=TODAY, limits=limits or Limits())


def found(path: Path, limits: Limits | None = None) -> list[tuple[str, str]]:
    """Address and code of all problems, but for the warning that all invented people share."""
    result = checked(path, limits)
    return [(p.address, p.code) for p in result.problems if p.code != "nric-birthplace"]


def errors(path: Path, limits: Limits | None = None) -> list[tuple[str, str]]:
    """Address and code of the errors."""
    problems = checked(path, limits).problems
    return [(p.address, p.code) for p in problems if p.severity is Severity.ERROR]
