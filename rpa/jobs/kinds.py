"""The kinds of row one job takes: which fields each has, and which kind a row is of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.jobs.cells import Cell, blank, convert
from rpa.jobs.places import Unfit
from rpa.rules.record import Kind
from rpa.rules.workers import WorkerKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rpa.rules.record import Column, Record

TOLD_BY = "worker"
"""The field that tells the kind, where a job takes several."""


@dataclass(frozen=True, slots=True)
class RowKind:
    """How a row of one kind is read. ``makes`` is None where the kind itself could not be read."""

    record: type[Record]
    makes: type[Record] | None
    columns: Mapping[str, Column]
    mandatory: frozenset[str]

    @property
    def files(self) -> list[str]:
        """The fields that name papers."""
        return _files(self.record)


class Kinds:
    """The kinds of row of one job.

    ``record`` is the kind of a row that tells none, ``variants`` are the others by what their
    field ``worker`` tells. Raises TypeError when two kinds declare one field differently: one
    heading would then mean two things.
    """

    def __init__(
        self, record: type[Record], variants: Mapping[str, type[Record]] | None = None
    ) -> None:
        others = variants or {}
        records = list(dict.fromkeys([record, *others.values()]))
        self.columns = _union(records)
        self.identity = record.identity
        self.several = len(records) > 1
        self._default = _kind(record)
        self._variants = {told: _kind(variant) for told, variant in others.items()}
        self._shared = _shared(record, records)

    @property
    def mandatory(self) -> list[str]:
        """What a row must have that tells no kind, in the order of the fields."""
        return self._in_order(self._default.mandatory)

    @property
    def shared(self) -> list[str]:
        """What a row of any kind must have."""
        return self._in_order(self._shared.mandatory)

    @property
    def sometimes(self) -> list[str]:
        """What a row of one kind must have, and of another not."""
        every = [self._default, *self._variants.values()]
        wanted = frozenset[str]().union(*(kind.mandatory for kind in every))
        return self._in_order(wanted - self._shared.mandatory)

    def of(self, told: Cell) -> RowKind:
        """The kind that the field ``worker`` of a row tells; blank is the job's usual one."""
        if not self.several or blank(told):
            return self._default
        try:
            value = convert(self.columns[TOLD_BY], told)
        except Unfit:  # which the reading of the row says, with the cell's address
            return self._shared
        return self._variants.get(value, self._default)

    def only_for(self, field: str) -> Words:
        """The objection to a field that rows of this kind do not have."""
        owners = [k.words for k in WorkerKind if field in self._of_kind(k).columns]
        bm, en = ", ".join(w.bm for w in owners), ", ".join(w.en for w in owners)
        return Words(
            f"Medan ini hanya untuk pekerja jenis: {bm}. Kosongkannya, atau semak 'Jenis Pekerja'.",
            f"This field is for workers of these types only: {en}. Empty it, or check 'Type of "
            "Worker'.",
        )

    def _of_kind(self, kind: WorkerKind) -> RowKind:
        return self._variants.get(kind.value, self._default)

    def _in_order(self, names: frozenset[str]) -> list[str]:
        return [name for name in self.columns if name in names]


def _kind(record: type[Record]) -> RowKind:
    return RowKind(record, record, record.columns(), _mandatory(record))


def _shared(record: type[Record], records: list[type[Record]]) -> RowKind:
    """What can be said of a row whose kind is not known: the fields that all kinds have."""
    columns = {n: c for n, c in record.columns().items() if all(n in r.columns() for r in records)}
    mandatory = frozenset.intersection(*map(_mandatory, records))
    return RowKind(record, None, columns, mandatory)


@cache
def _files(record: type[Record]) -> list[str]:
    return [name for name, column in record.columns().items() if column.kind is Kind.FILE]


def _mandatory(record: type[Record]) -> frozenset[str]:
    return frozenset(n for n, info in record.model_fields.items() if info.is_required())


def _union(records: list[type[Record]]) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for record in records:
        for name, column in record.columns().items():
            if columns.setdefault(name, column) != column:
                raise TypeError(f"{record.__name__} declares another column for {name}")
    return columns
