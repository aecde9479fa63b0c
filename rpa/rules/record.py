"""What one line of a table must be able to tell, whatever the procedure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict

from rpa.errors import Severity, Words
from rpa.rules import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date


class Kind(StrEnum):
    """How a cell of a column is read."""

    TEXT = "text"
    NRIC = "nric"
    IDENTITY = "identity"  # an NRIC or a passport number
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes-no"
    COUNT = "count"  # a whole number, none below zero
    PHONES = "phones"
    FILE = "file"
    MONEY = "money"  # ringgit in the cell, whole sen in the record
    MONTH = "month"  # what an office's own column says, by year and number or by number alone


_TEXTS = {Kind.TEXT, Kind.IDENTITY}


@dataclass(frozen=True, slots=True)
class Column:
    """How one field of a record stands in an operator's table; metadata beside the field.

    ``bm`` and ``en`` are the headings known for it, the first of each being the one shown. Case,
    blanks and punctuation do not count, and the field's own name is always known. ``choices``
    maps the accepted words (lower case) to the field's values. ``length`` is the most characters
    of a text; the portal's own limits are not known (facts 16.14), so that it is assumed. ``sent``
    tells whether the portal has a field for it. ``document_type`` is, of a file, the type under
    which it is uploaded as a supporting document; without one it goes into the popup itself.
    ``occasion``: a date of what is filed, which a guard keeps near; not a birth date.
    ``compared``: only held against the others, or noted; one that cannot be read stops nothing.
    ``offered``: headings that are likely it; a person is asked, and none is taken by itself.
    ``needed_by``: whose rows must have it, where the kind of row does not tell it. ``written``: how
    a cell is written, where the kind of column would say something else.
    """

    kind: Kind
    bm: tuple[str, ...]
    en: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    length: int = 100
    sent: bool = True
    document_type: str = ""
    occasion: bool = False
    compared: bool = False
    offered: tuple[str, ...] = ()
    needed_by: Words | None = None
    written: Words | None = None

    @property
    def heading(self) -> Words:
        """The heading to show for it."""
        return Words(self.bm[0], self.en[0])

    @property
    def both(self) -> str:
        """The heading in both languages, as it stands in a table that `assist-rpa new` wrote."""
        return f"{self.bm[0]} / {self.en[0]}"


class Finding(NamedTuple):
    """A rule's objection to one field of a record; the job reader adds the cell's address.

    ``field`` is empty for the record as a whole. ``needs`` are the fields whose absence is
    objected to: where one of them is filled but could not be read, the objection would be wrong.
    """

    field: str
    code: str
    words: Words
    severity: Severity = Severity.ERROR
    needs: tuple[str, ...] = ()


class Record(BaseModel, ABC):
    """One person or line to be filed. Frozen; unknown fields are refused.

    Its values never show in a ``repr``, a ``str`` or a validation error, so that no log line can
    hold a person by accident. ``identity`` names the field that tells who it is about.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=False, hide_input_in_errors=True
    )

    identity: ClassVar[str] = ""

    @classmethod
    def columns(cls) -> Mapping[str, Column]:
        """Every field with its column, in the fields' order.

        Raises TypeError when a field declares none: a field that no table can fill is a flaw.
        """
        return _columns(cls)

    @property
    @abstractmethod
    def person(self) -> str:
        """Who it is about, for the guard that one person never stands in two open filings."""

    @property
    def known_as(self) -> frozenset[str]:
        """All by which a case at the portal may name him."""
        return frozenset({self.person})

    @property
    @abstractmethod
    def key(self) -> tuple[str, ...]:
        """What makes two rows the same matter: the person and the occasion (a date, a month)."""

    @property
    def matter(self) -> tuple[str, ...]:
        """What the ledger knows the row by: filed at most once. The key, unless more tells it."""
        return self.key

    @property
    def group(self) -> str:
        """Rows of different groups never share a filing; all are of one unless a record says."""
        return ""

    @property
    def due(self) -> date | None:
        """The day before which the portal may not be told; None when any day will do."""
        return None

    @classmethod
    def objections(cls, values: Mapping[str, Any], today: date) -> Iterator[Finding]:
        """All objections to the fields that could be read, as ``findings`` has them for a whole.

        ``values`` holds typed values; a field whose cell could not be read is absent, and rules
        that need it keep silent, so that one bad cell never hides another. Here: the texts.
        """
        del today
        for name, column in cls.columns().items():
            value = values.get(name)
            if column.kind in _TEXTS and isinstance(value, str):
                for code, words in text.faults(value, column.length):
                    yield Finding(name, code, words)
                for code, words in text.remarks(value):
                    yield Finding(name, code, words, Severity.WARNING)

    def findings(self, today: date) -> Iterator[Finding]:
        """All objections of law and papers to this record as of ``today`` (Asia/Kuala_Lumpur)."""
        return self.objections(dict(self), today)

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        return []

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __str__(self) -> str:
        return repr(self)


@cache
def _columns(record: type[Record]) -> Mapping[str, Column]:
    found: dict[str, Column] = {}
    for name, info in record.model_fields.items():
        column = next((m for m in info.metadata if isinstance(m, Column)), None)
        if column is None:
            raise TypeError(f"{record.__name__} declares no Column for {name}")
        found[name] = column
    return MappingProxyType(found)
