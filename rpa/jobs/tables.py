"""The table that a job names, to raw rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.jobs import columns, csv_file, files, xlsx_file
from rpa.jobs.grid import file_place
from rpa.jobs.places import Unfit, shown_name
from rpa.jobs.plan import TableRef
from rpa.jobs.rows import table_rows
from rpa.rules import employer_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rpa.jobs.grid import Grid
    from rpa.jobs.kinds import Kinds
    from rpa.jobs.limits import Limits
    from rpa.jobs.model import Source
    from rpa.jobs.places import Place, Problems
    from rpa.jobs.rows import RawRow
    from rpa.run.job import Table


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table's bytes, how it was read (None when its header was not found), and its rows.

    ``codes`` are the employer codes that stand anywhere in it, in its name and its sheet's too.
    """

    data: bytes
    ref: TableRef | None
    rows: list[RawRow]
    codes: tuple[tuple[Place, str], ...] = ()


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
    recogniser = columns.Recogniser(kinds, mapped)
    name = shown_name(spec.file)
    try:
        if kind == ".csv":
            grid = csv_file.read(data, name, recogniser, limits)
        else:
            sheet_place = source.place(("table", "sheet"))
            grid = xlsx_file.read(data, name, spec.sheet, sheet_place, limits)
    except Unfit as fault:
        source.problems.unfit(fault, file_place(name))
        return ReadTable(data, None, [])
    header = columns.find_header(grid, recogniser, mapped, limits.header_within, source.problems)
    return ReadTable(data, *_below(grid, header, path, source), tuple(_codes(grid)))


def note_other_employer(
    codes: tuple[tuple[Place, str], ...], employer: str, problems: Problems
) -> None:
    """Notes every code of another employer: his people would be reported under this one."""
    for place, other in codes:
        if other != employer:
            problems.add(place, "employer-other", _other_employer(other, employer))


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
    grid: Grid, header: columns.Header | None, path: Path, source: Source
) -> tuple[TableRef | None, list[RawRow]]:
    if grid.cut is not None:
        source.problems.unfit(grid.cut, grid.place())
    if header is None:
        return None, []
    rows = list(table_rows(grid, header, source.problems))
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
        tuple(sorted(column + 1 for column in header.columns.values())),
    )
    return ref, rows


def _kind(spec: Table, source: Source) -> str:
    kind = spec.file.suffix.lower()
    if kind not in {".xlsx", ".csv"}:
        raise Unfit("table-kind", _KIND)
    if kind == ".csv" and spec.sheet is not None:
        source.problems.add(source.place(("table", "sheet"), key=True), "sheet-csv", _NO_SHEETS)
    return kind


def _places(spec: Table, source: Source) -> dict[str, Place]:
    return {name: source.place(("table", "columns", name), key=True) for name in spec.columns}


_KIND = Words(
    "Jadual mesti .xlsx atau .csv. Buka fail ini dalam Excel dan simpan sebagai .xlsx.",
    "The table must be .xlsx or .csv. Open this file in Excel and save it as .xlsx.",
)
_NO_SHEETS = Words(
    "Fail CSV tidak mempunyai helaian. Padamkan 'sheet'.", "A .csv has no sheets. Remove 'sheet'."
)
_NO_ROWS = Words("Tiada pekerja di bawah baris tajuk ini.", "There are no rows below this header.")
