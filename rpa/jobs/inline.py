"""Rows, and the one thing besides rows, written into the job file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.jobs.cells import SAID, Listed
from rpa.jobs.rows import RawRow
from rpa.jobs.yaml_file import Items, Mapping, Scalar
from rpa.objections import LIST, MAPPING, QUOTES, TEXT, unknown_key
from rpa.rules.record import Kind

if TYPE_CHECKING:
    from rpa.jobs.cells import Cell
    from rpa.jobs.kinds import Kinds
    from rpa.jobs.model import Loc, Source
    from rpa.jobs.places import Place
    from rpa.jobs.yaml_file import Node
    from rpa.rules.record import Column

HEAD = 0
"""The number of the head's row; rows are counted from 1."""

_TEXTS = {Kind.TEXT, Kind.NRIC, Kind.IDENTITY, Kind.PHONES, Kind.FILE}


def raw_rows(source: Source, kinds: Kinds) -> list[RawRow]:
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
            rows.append(RawRow(i + 1, item.place, _cells(source, kinds, item, ("rows", i))))
        else:
            source.problems.add(item.place, *MAPPING)
    return rows


def raw_head(source: Source, key: str, kinds: Kinds) -> list[RawRow]:
    """The one thing under ``key`` as a row by itself; empty, and noted, when it is no mapping."""
    node = source.root.values[key]
    if isinstance(node, Mapping):
        return [RawRow(HEAD, node.place, _cells(source, kinds, node, (key,)))]
    source.problems.add(node.place, *MAPPING)
    return []


def _cells(
    source: Source, kinds: Kinds, row: Mapping, loc: Loc
) -> dict[str, tuple[Place, Cell | Listed]]:
    """Each field's value with its place; a field that is not there has the row's."""
    known = kinds.columns
    for key, place in row.keys.items():
        if key not in known:
            secret = key.casefold() in _SECRETS
            words = _NO_SECRET if secret else unknown_key(key, list(known))
            source.problems.add(place, "key-unknown", words)
    cells: dict[str, tuple[Place, Cell | Listed]] = {}
    for name, column in known.items():
        node = row.values.get(name)
        if node is None:
            cells[name] = (row.place, None)
        elif isinstance(node, Items) and column.kind is Kind.PHONES:
            cells[name] = (node.place, _listed(source, column, node, (*loc, name)))
        else:
            cells[name] = (node.place, _cell(source, column, node, (*loc, name)))
    return cells


def _listed(source: Source, column: Column, node: Items, loc: Loc) -> Listed:
    """The list with each entry's place, without those left empty."""
    cells = [
        (item.place, _cell(source, column, item, (*loc, i))) for i, item in enumerate(node.items)
    ]
    return Listed(tuple((place, cell) for place, cell in cells if cell is not None))


def _cell(source: Source, column: Column, node: Node, loc: Loc) -> Cell:
    """One value; `SAID` where it was or is objected to."""
    if loc in source.spoilt:
        return SAID
    if not isinstance(node, Scalar):
        source.problems.add(node.place, *TEXT)
        return SAID
    value = node.value()
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and column.kind in _TEXTS:
        source.problems.add(node.place, "yaml-quotes", QUOTES)
        return SAID
    as_is = value is None or (isinstance(value, bool) and column.kind is Kind.YES_NO)
    return value if as_is else node.text


_EMPTY = Words("Senarai 'rows' ini kosong.", "This list of 'rows' is empty.")
_SECRETS = {"security_phrase", "frasa_keselamatan", "password", "kata_laluan"}
_NO_SECRET = Words(
    "Rahsia tidak ditulis dalam fail kerja. Padamkan baris ini; tukar rahsia itu jika fail ini "
    "pernah dikongsi.",
    "A secret is never written into a job file. Remove this line; change the secret if this file "
    "was shared.",
)
