"""Rows written into the job file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.jobs.columns import unknown_key
from rpa.jobs.model import LIST, MAPPING, QUOTES, TEXT
from rpa.jobs.rows import RawRow
from rpa.jobs.yaml_file import Items, Mapping, Scalar
from rpa.rules.record import Kind

if TYPE_CHECKING:
    from rpa.jobs.cells import Cell
    from rpa.jobs.model import Source
    from rpa.jobs.places import Place
    from rpa.jobs.yaml_file import Node
    from rpa.rules.record import Column, Record


def raw_rows(source: Source, record: type[Record]) -> list[RawRow]:
    """The entries of ``rows`` with the places of their values; what is no row is noted."""
    node = source.root.values["rows"]
    if not isinstance(node, Items):
        source.problems.add(node.place, *LIST)
        return []
    if not node.items:
        source.problems.add(node.place, "rows-empty", _EMPTY)
    rows: list[RawRow] = []
    for i, item in enumerate(node.items):
        if isinstance(item, Mapping):
            rows.append(RawRow(i + 1, item.place, _cells(source, record, item, i)))
        else:
            source.problems.add(item.place, *MAPPING)
    return rows


def _cells(
    source: Source, record: type[Record], row: Mapping, number: int
) -> dict[str, tuple[Place, Cell]]:
    """Each field's value; one that was objected to already is left out, so that it is said once."""
    known = record.columns()
    for key, place in row.keys.items():
        if key not in known:
            source.problems.add(place, "key-unknown", unknown_key(key, list(known)))
    cells: dict[str, tuple[Place, Cell]] = {}
    for name, column in known.items():
        node = row.values.get(name)
        if node is None:
            cells[name] = (row.place, None)
        elif ("rows", number, name) not in source.spoilt:
            _take(source, cells, name, column, node)
    return cells


def _take(
    source: Source, cells: dict[str, tuple[Place, Cell]], name: str, column: Column, node: Node
) -> None:
    if not isinstance(node, Scalar):
        source.problems.add(node.place, *TEXT)
        return
    value = node.value()
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and column.kind in {Kind.TEXT, Kind.NRIC}:
        source.problems.add(node.place, "yaml-quotes", QUOTES)
        return
    as_is = value is None or (isinstance(value, bool) and column.kind is Kind.YES_NO)
    cells[name] = (node.place, value if as_is else node.text)


_EMPTY = Words("Senarai 'rows' ini kosong.", "This list of 'rows' is empty.")
