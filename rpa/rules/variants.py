"""Which record a kind of worker has: each kind its popup, each popup its record."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rpa.rules.employee import Employee
from rpa.rules.foreign_employee import ForeignEmployee
from rpa.rules.workers import WorkerKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rpa.rules.record import Record

WORKERS: Mapping[str, type[Record]] = MappingProxyType(
    {kind.value: ForeignEmployee if kind.foreign else Employee for kind in WorkerKind}
)
