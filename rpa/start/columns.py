"""The columns of a new table, taken from the records of a procedure: no second list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rpa.errors import Words
from rpa.jobs.kinds import TOLD_BY, Kinds
from rpa.rules import example
from rpa.rules.payee import Payee
from rpa.rules.record import Kind
from rpa.rules.workers import WorkerKind
from rpa.start import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.fields import FieldInfo

    from rpa.model.job import Job
    from rpa.rules.record import Column, Record

YES, NO = "Ya", "Tidak"
_EXAMPLE_MOST = 150


@dataclass(frozen=True, slots=True)
class Shown:
    """One column as a person meets it.

    ``needed``: by every row; ``sometimes``: by the rows of some kind, as ``when`` tells.
    """

    name: str
    column: Column
    info: FieldInfo
    needed: bool
    sometimes: bool
    when: Words
    example: Any

    @property
    def choices(self) -> list[str]:
        """The words of a drop-down, both languages; none where anything may be written."""
        if self.column.kind is Kind.YES_NO:
            return [YES, NO]
        values = dict.fromkeys(self.column.choices.values())
        return [word for value in values for word in _whole_words(self.column, value)]

    def listed(self, *, malay: bool) -> list[str]:
        """The same, those of the reader's language first; a value is itself an English word."""
        english = {value.title() for value in self.column.choices.values()}
        return sorted(self.choices, key=lambda word: (word in english) is malay)


def of_job(job: type[Job]) -> list[Shown]:
    """The columns of a procedure's table; none where it takes no rows."""
    return of(job.record, list(job.variants.values())) if job.record else []


def of_payroll() -> list[Shown]:
    """The columns of a payroll table by itself."""
    return of(Payee, [])


def of(record: type[Record], variants: Sequence[type[Record]]) -> list[Shown]:
    """Each field of these records once, in the order in which the reader knows them."""
    kinds = Kinds(record, {f"{n}": variant for n, variant in enumerate(variants)})
    records = list(dict.fromkeys([record, *variants]))
    return [_shown(name, kinds.columns[name], record, records) for name in kinds.columns]


def _shown(name: str, column: Column, usual: type[Record], records: list[type[Record]]) -> Shown:
    having = [one for one in records if name in one.model_fields]
    asking = [one for one in having if one.model_fields[name].is_required()]
    info = (usual if usual in having else having[0]).model_fields[name]
    # The rows of the usual kind need not tell it.
    needed = len(asking) == len(records)
    return Shown(
        name, column, info, needed, bool(asking or column.needed_by) and not needed,
        (column.needed_by and _mandatory_for(column.needed_by))
        or _when(having, asking, records, needed=needed),
        _example(name, column, info) if usual in having else None,
    )  # fmt: skip


def _when(
    having: list[type[Record]], asking: list[type[Record]], records: list[type[Record]],
    *, needed: bool,
) -> Words:  # fmt: skip
    if needed:
        return Words("WAJIB", "MANDATORY")
    of = _kinds_of(asking or having) if len(records) > 1 else Words("", "")
    if asking:
        return _mandatory_for(of)
    if len(having) < len(records):
        return Words(f"hanya bagi: {of.bm}", f"only for: {of.en}")
    return Words("tidak wajib", "optional")


def _mandatory_for(whom: Words) -> Words:
    return Words(f"WAJIB bagi: {whom.bm}", f"MANDATORY for: {whom.en}")


def _kinds_of(records: list[type[Record]]) -> Words:
    """The types of worker that these records are of."""
    found = [
        kind.words
        for kind in WorkerKind
        if any(kind in _values(one.model_fields[TOLD_BY]) for one in records)
    ]
    return Words(", ".join(w.bm for w in found), ", ".join(w.en for w in found))


def _values(info: FieldInfo) -> tuple[Any, ...]:
    return getattr(info.annotation, "__args__", ())


def _whole_words(column: Column, value: str) -> list[str]:
    """The words for a value, without single letters and without what another of them holds."""
    words = [w for w, meant in column.choices.items() if meant == value and len(w) > 1]
    kept = [w for w in words if not any(w != o and w in o.split() for o in words)]
    return [word.title() for word in kept]


def _example(name: str, column: Column, info: FieldInfo) -> Any:
    """What stands in the example row: what the models give as examples, of nobody."""
    given = next(iter(info.examples or ()), None)
    if name == "identification":
        return example.NUMBER
    if name == "name":
        return example.NAME
    if column.kind is Kind.DATE:
        return date.fromisoformat(given) if given else None
    if column.kind is Kind.MONEY:
        return Decimal(given) if given else None
    if column.kind is Kind.CHOICE:
        return _choice(column, info)
    # A paper has to be there, and its type needs it.
    return None if name == "document_type" else given


def _choice(column: Column, info: FieldInfo) -> str | None:
    """The Malay word of a kind; of another choice none, for nobody is told to make one."""
    kind = info.default
    if isinstance(kind, WorkerKind):
        return kind.words.bm
    return _whole_words(column, next(iter(column.choices.values())))[-1] if info.examples else None


def explained(shown: Shown) -> Words:
    """What the field is."""
    return told.told(shown.info)
