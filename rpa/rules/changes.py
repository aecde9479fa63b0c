"""What wishes to change something have in common (facts 10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from rpa.errors import Words
from rpa.rules.record import Column, Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rpa.rules.record import Record

ChangedOn = Annotated[
    date | None,
    Column(
        Kind.DATE,
        bm=("Tarikh Perubahan", "Tarikh Kemaskini"),
        en=("Date of Change", "Changed On", "Change Date"),
        sent=False,
        occasion=True,
    ),
    Field(description="The day of the change: it tells this change from an equal, later one."),
]


def given(value: object) -> bool:
    """Whether a value declares anything; an empty list of telephones declares nothing."""
    return value is not None and value != ()


def as_key(record: Record, fields: Iterable[str], day: date | None) -> tuple[str, ...]:
    """What is changed to what, sorted, and the day: equal wishes of one day are one matter."""
    values = {name: getattr(record, name) for name in fields}
    texts = sorted(f"{name}={_plain(value)}" for name, value in values.items() if given(value))
    return (*texts, "" if day is None else day.isoformat())


def findings(values: Mapping[str, object], fields: tuple[str, ...], at: str) -> Iterator[Finding]:
    """The objection, at the field ``at``, when none of ``fields`` is given."""
    if not any(given(values.get(name)) for name in fields):
        yield Finding(at, "change-none", _NOTHING, needs=fields)


def _plain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


_NOTHING = Words(
    "Tiada apa-apa untuk diubah di sini. Isi sekurang-kurangnya satu medan.",
    "There is nothing to change here. Fill at least one field.",
)
