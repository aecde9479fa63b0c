"""A table by itself, without a job file beside it: rows and every error with its cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rpa.errors import JobInvalid, Severity
from rpa.jobs import files, tables
from rpa.jobs.documents import Papers
from rpa.jobs.kinds import Kinds
from rpa.jobs.limits import Limits
from rpa.jobs.model import Source
from rpa.jobs.places import IN_JOB, OPTIONS, Place, Problems, Unfit, shown_name
from rpa.jobs.rows import RowReader
from rpa.jobs.yaml_file import Mapping as Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from rpa.errors import Problem
    from rpa.jobs.plan import TableRef
    from rpa.model.filing import Row
    from rpa.model.job import Table
    from rpa.rules.months import Month
    from rpa.rules.record import Finding, Record

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows that could be read, and all problems in the order of the table."""

    rows: tuple[Row[Any], ...]
    problems: tuple[Problem, ...]
    rows_read: int
    table: TableRef | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before the rows are used."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def read_table(  # noqa: PLR0913  what a job says beside its table
    spec: Table,
    record: type[Record],
    further: Callable[[Any], Iterable[Finding]],
    *,
    today: date,
    employer: str = "",
    month: Month | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> TableRows:
    """The rows of ``spec.file`` (relative to the working folder) as records of one kind.

    ``further`` gives the objections to a whole record that depend on more than the record, such as
    the month; they stand at its cells like all others. A table that names another employer than
    ``employer``, or another month than ``month``, is objected to, where one is given. Never
    raises for what the file holds.
    """
    folder, problems = Path.cwd(), Problems()
    source = Source(Node(Place(shown_name(spec.file), (IN_JOB, 0, 0))), problems, ways=OPTIONS)
    reader = RowReader(today, problems, Papers(folder, limits, problems))
    reader.ways = OPTIONS
    reader.add = spec.same_worker == "add"
    kinds = Kinds(record)
    try:
        table = tables.read(spec, folder, source, kinds, limits)
    except Unfit as fault:
        problems.unfit(fault, source.root.place)
        return TableRows((), problems.in_order(), 0, None)
    if employer:
        tables.note_other_employer(table.codes, employer, problems)
    if month:
        tables.note_other_month(table.titles, month, problems)
    rows = objected(reader.read_all(kinds, table.rows), reader, further)
    return TableRows(rows, problems.in_order(), len(table.rows), table.ref)


def objected(
    rows: Sequence[Row[Any]],
    reader: RowReader,
    further: Callable[[Any], Iterable[Finding]],
) -> tuple[Row[Any], ...]:
    """The rows, after every objection that ``further`` has to a record stands at its cell."""
    rows = reader.repeated(rows)
    for row in rows:
        for finding in further(row.record):
            reader.object(row, finding)
    return tuple(rows)


def read_bytes(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """A whole file that a person names, bounded like a table. Raises JobInvalid."""
    try:
        return files.read(path, limits.table)
    except Unfit as fault:
        raise JobInvalid(fault.words, where=str(path)) from None
