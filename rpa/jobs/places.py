"""Where something stands, and the list of all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rpa.errors import Problem, Severity, Words

if TYPE_CHECKING:
    from pathlib import Path

IN_JOB = 0
IN_TABLE = 1

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Place:
    """An address ready to be shown, and what sorts it: the file, then row, then column."""

    text: str
    order: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a person says more about a table: lines of a job file, or options of a command.

    Each is what is to be typed, and where: a line alone ends in a key that stands twice.
    """

    sheet: Words
    columns: Words
    pair: Words
    add: Words

    def column(self, field: str, heading: str) -> Words:
        """Which heading is meant for a field."""
        told = {"field": field, "heading": heading, "quoted": heading.replace("'", "''")}
        return Words(self.pair.bm.format(**told), self.pair.en.format(**told))


KEYS = Ways(
    Words("'sheet:' di bawah 'table:'", "'sheet:' below 'table:'"),
    Words("'columns:' di bawah 'table:'", "'columns:' below 'table:'"),
    Words(
        "di bawah 'table:' dan 'columns:' (tulis 'columns:' jika belum ada) tambah: "
        "{field}: '{quoted}'",
        "below 'table:' and 'columns:' (write 'columns:' where it is not there) add: "
        "{field}: '{quoted}'",
    ),
    Words(
        "tambah 'same_worker: add' di bawah 'table:' (di dalam { } jika ada)",
        "add 'same_worker: add' below 'table:' (inside { } where it has them)",
    ),
)
OPTIONS = Ways(
    Words("--sheet", "--sheet"),
    Words("--column", "--column"),
    Words('nyatakan --column "{field}={heading}"', 'say --column "{field}={heading}"'),
    Words("nyatakan --same-worker add", "say --same-worker add"),
)


class Unfit(Exception):
    """What is read cannot be used. Caught inside this room: ``check`` turns it into a problem.

    ``place`` is None where only the caller knows the address.
    """

    def __init__(self, code: str, words: Words, place: Place | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.words = words
        self.place = place


@dataclass(slots=True)
class Problems:
    """Collects objections in any order and gives them back in the order of the files."""

    _found: list[tuple[Place, Problem]] = field(default_factory=list)

    def add(
        self, place: Place, code: str, words: Words, severity: Severity = Severity.ERROR
    ) -> None:
        """Note one objection."""
        self._found.append((place, Problem(place.text, code, words, severity)))

    def unfit(self, fault: Unfit, place: Place) -> None:
        """Note what could not be used; ``place`` serves where the fault knows none itself."""
        self.add(fault.place or place, fault.code, fault.words)

    def in_order(self) -> tuple[Problem, ...]:
        """All of them, as a person meets them from the top of the job file on."""
        return tuple(problem for _, problem in sorted(self._found, key=lambda f: f[0].order))


def shown_name(path: Path) -> str:
    """A file's name as its operator wrote it; of a whole path only the end, which tells less."""
    return path.name if path.is_absolute() else path.as_posix()


def shown(text: str) -> str:
    """A heading or key made safe to quote: one line, printable, not long."""
    line = "".join(c if c.isprintable() else " " for c in text).strip()
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
