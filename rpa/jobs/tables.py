"""The table that a job names, to raw rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.jobs import columns, csv_file, files, xlsx_file
from rpa.jobs.grid import file_place
from rpa.jobs.places import Unfit, shown_name
from rpa.jobs.plan import TableRef
from rpa.jobs.rows import table_rows
from rpa.rules import employer_code, months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rpa.jobs.cells import Cell
    from rpa.jobs.grid import Grid
    from rpa.jobs.kinds import Kinds
    from rpa.jobs.limits import Limits
    from rpa.jobs.model import Source
    from rpa.jobs.places import Place, Problems
    from rpa.jobs.rows import RawRow
    from rpa.model.job import Table
    from rpa.rules.months import Month


_SHORT_TITLE = 3  # words, such as ``SEPT 26``: nothing else is said
_OF_WAGES = re.compile(
    r"gaji|upah|payroll|salar|wage|socso|perkeso|bulan|month|tempoh|period|sebulan", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table's bytes, how it was read (None when its header was not found), and its rows.

    ``codes`` are the employer codes that stand anywhere in it, in its name and its sheet's too;
    ``titles`` what it is called: first its name, then its sheet's, the lines above its header.
    """

    data: bytes
    ref: TableRef | None
    rows: list[RawRow]
    codes: tuple[tuple[Place, str], ...] = ()
    titles: tuple[tuple[Place, str], ...] = ()


def read(spec: Table, folder: Path, source: Source, kinds: Kinds, limits: Limits) -> ReadTable:
    """The table's rows; what is wrong inside it is noted in ``source.problems``.

    Raises Unfit, without a place, when the file itself does not serve: it is mended where the job
    file names it.
    """
    path = folder / spec.file
    kind = _kind(spec, source)
    data = files.read(path, limits.table)
    mapped = columns.Mapped(spec.columns, _places(spec, source))
    columns.check_mapped(kinds, mapped, source.problems)
    recogniser = columns.Recogniser(kinds, mapped, source.ways)
    name = shown_name(spec.file)
    try:
        if kind == ".csv":
            grid = csv_file.read(data, name, recogniser, limits)
        else:
            sheet = xlsx_file.Sheet(spec.sheet, source.place(("table", "sheet")), source.ways)
            grid = xlsx_file.read(data, name, sheet, limits)
    except Unfit as fault:
        source.problems.unfit(fault, file_place(name))
        return ReadTable(data, None, [])
    for code, words in grid.notes:
        source.problems.add(grid.place(), code, words, Severity.WARNING)
    header = columns.find_header(grid, recogniser, mapped, limits.header_within, source.problems)
    titles = tuple(_titles(grid, header)) if header else ()
    return ReadTable(data, *_below(grid, header, kinds, path, source), tuple(_codes(grid)), titles)


def note_other_employer(
    codes: tuple[tuple[Place, str], ...], employer: str, problems: Problems
) -> None:
    """Notes every code of another employer: his people would be reported under this one."""
    for place, other in codes:
        if other != employer:
            problems.add(place, "employer-other", _other_employer(other, employer))


def note_other_month(
    titles: tuple[tuple[Place, str], ...], month: Month, problems: Problems
) -> None:
    """Notes every title that names other months than this one: the wages would be another's.

    What is only a hint (a sheet called ``Sep``) is remarked on, and so is a title that speaks of no
    wages, or of this month as well.
    """
    told: dict[tuple[Place, str], Severity] = {}
    for place, title in titles:
        found, hints = months.mentioned(title), months.hinted(title)
        if month in found or (not found and month.number in hints):
            continue
        plain = _OF_WAGES.search(title) or len(title.split()) <= _SHORT_TITLE
        certain = found and plain and month.number not in hints
        severity = Severity.ERROR if certain else Severity.WARNING
        other = [*map(str, sorted(found))] or [f"{number:02}" for number in sorted(hints)]
        if other and told.get((place, ", ".join(other))) is not Severity.ERROR:
            told[place, ", ".join(other)] = severity  # file and sheet may say the same
    for (place, listed), severity in told.items():
        problems.add(place, "month-title", _other_month(listed, month), severity)


def _other_month(other: str, month: Month) -> Words:
    return Words(
        f"Di sini tertulis bulan {other}, tetapi ini untuk {month}. Semak bulan dan jadual; jika "
        "jadual ini betul, betulkan nama ini.",
        f"This names the month {other}, but this is for {month}. Check the month and the table; if "
        "the table is right, correct this name.",
    )


def _titles(grid: Grid, header: columns.Header) -> Iterator[tuple[Place, str]]:
    """The file's name, as far as it speaks of wages or names a month and a year; the sheet's."""
    name = grid.name.rpartition("/")[2].rpartition(".")[0]
    if _OF_WAGES.search(name) or months.mentioned(name):
        yield grid.place(), f"gaji {name}"
    if grid.sheet:
        yield grid.place(), f"gaji {grid.sheet}"
    above = [
        (grid.cell(line.number, i), text)
        for line in grid.lines[: header.row - 1]
        for i, cell in enumerate(line.cells)
        if (text := _title(cell))
    ]
    if above:  # one saying: a title may name the month and the one before
        yield above[0][0], " ".join(text for _, text in above)


def _title(cell: Cell) -> str:
    """A cell above the header that names a month; a date on its first day hints at it."""
    if isinstance(cell, date):
        return f"bulan {cell.month}" if cell.day == 1 else ""
    if not isinstance(cell, str) or cell.startswith("sep="):
        return ""
    hint = _OF_WAGES.search(cell) or len(cell.split()) <= _SHORT_TITLE
    return cell if months.mentioned(cell) or (hint and months.hinted(cell)) else ""


def _other_employer(other: str, code: str) -> Words:
    return Words(
        f"Jadual ini menyebut majikan {other}, tetapi ini untuk {code}. Semak fail mana "
        "yang betul.",
        f"This table names employer {other}, but this is for {code}. Check which of the files "
        "is right.",
    )


def _codes(grid: Grid) -> Iterator[tuple[Place, str]]:
    for code in employer_code.mentioned(f"{grid.name} {grid.sheet or ''}".replace("_", " ")):
        yield grid.place(), code
    for line in grid.lines:
        for column, cell in enumerate(line.cells):
            if isinstance(cell, str):
                for code in employer_code.mentioned(cell):
                    yield grid.cell(line.number, column), code


def _below(
    grid: Grid, header: columns.Header | None, kinds: Kinds, path: Path, source: Source
) -> tuple[TableRef | None, list[RawRow]]:
    if grid.cut is not None:
        source.problems.unfit(grid.cut, grid.place())
    if header is None:
        return None, []
    rows = list(table_rows(grid, header, kinds, source.problems))
    if not rows and grid.cut is None:
        source.problems.add(grid.row(header.row), "table-no-rows", _NO_ROWS)
    ref = TableRef(
        path.absolute(),
        "csv" if grid.sheet is None else "xlsx",
        grid.sheet,
        header.row,
        grid.encoding,
        grid.delimiter,
        grid.newline,
        tuple(sorted(c + 1 for c in (*header.columns.values(), *header.passports.values()))),
    )
    return ref, rows


def _kind(spec: Table, source: Source) -> str:
    kind = spec.file.suffix.lower()
    if kind not in {".xlsx", ".csv"}:
        raise Unfit("table-kind", KIND)
    if kind == ".csv" and spec.sheet is not None:
        source.problems.add(source.place(("table", "sheet"), key=True), "sheet-csv", _NO_SHEETS)
    return kind


def _places(spec: Table, source: Source) -> dict[str, Place]:
    return {name: source.place(("table", "columns", name), key=True) for name in spec.columns}


KIND = Words(
    "Jadual mesti .xlsx atau .csv. Buka fail ini dalam Excel dan simpan sebagai .xlsx.",
    "The table must be .xlsx or .csv. Open this file in Excel and save it as .xlsx.",
)
_NO_SHEETS = Words(
    "Fail CSV tidak mempunyai helaian. Padamkan 'sheet'.", "A .csv has no sheets. Remove 'sheet'."
)
_NO_ROWS = Words("Tiada pekerja di bawah baris tajuk ini.", "There are no rows below this header.")
