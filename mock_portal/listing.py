"""How what was filed is listed: at once and as it is, unless a fault of that kind says otherwise.

The record itself stays true: the control port, which reads it, counts what was filed. Only the
screens show it otherwise. ``listing`` of a record holds the words they show instead, as JSON:
``name``, ``employer``, and ``times``, how often it stands in a list.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from mock_portal import shell, state

if TYPE_CHECKING:
    import sqlite3

NEVER = 9e15  # seconds since 1970; no clock comes there
INSTEAD = {"listed under another name": "name", "listed under another employer": "employer"}


class Listing(NamedTuple):
    """From when a record is listed, and what its lists show instead of the truth."""

    visible_from: float = 0
    otherwise: str = "{}"


def strike(employer: str) -> Listing:
    """The faults that lie in wait for this press.

    A case without an employer (a registration) is about to make one: it can be of no other.
    """
    late = shell.strike_here("listed late")
    visible_from = state.visible() + late.seconds if late else 0.0
    if shell.strike_here("listed never"):
        visible_from = NEVER
    otherwise: dict[str, Any] = {}
    if shell.strike_here("listed twice"):
        otherwise["times"] = 2
    for fault, field in INSTEAD.items():
        struck = shell.strike_here(fault) if employer else None
        if struck is not None:
            otherwise[field] = str(struck.options[field])
    return Listing(visible_from, json.dumps(otherwise))


def shown(record: sqlite3.Row, field: str, truth: str) -> str:
    """A record's name or employer, as its screens have it."""
    return str(json.loads(record["listing"]).get(field, truth))


def as_often(records: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """The records of a list, each as often as it stands there."""
    return [record for record in records for _ in range(_times(record))]


def _times(record: sqlite3.Row) -> int:
    return int(json.loads(record["listing"]).get("times", 1))


def sql(table: str, field: str) -> str:
    """SQL: the same as `shown`."""
    return f"coalesce(json_extract({table}.listing, '$.{field}'), {table}.{field})"
