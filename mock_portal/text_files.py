"""The contribution text file, checked line by line against books and schedule (facts 8.4).

Layouts: the combined one of 278 characters, and until 30 September 2026 the two of 223. Nothing
is known of the real portal's checks.  # assumed: all messages, and what is checked
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mock_portal import contribution_rules as rules
from mock_portal import contributions, shell, state
from mock_portal.contribution_rules import Amounts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from mock_portal.contributions import Act

COMBINED_LENGTH, OLD_LENGTH = 278, 223
ONLY_COMBINED_FROM = date(2026, 10, 1)
# Columns from and to, counted from 1.
EMPLOYER, NUMBER, NAME, MONTH, AMOUNT = (1, 12), (33, 44), (45, 194), (195, 200), (201, 214)
COLUMNS = {
    "socso_employer": (215, 220),
    "socso_employee": (221, 226),
    "eis_employer": (227, 232),
    "eis_employee": (233, 238),
    "skbbk": (239, 244),
}
LENGTH = "Invalid record length."
OLD_FORMAT = "File format is no longer accepted."
WRONG_EMPLOYER = "Invalid employer code."
WRONG_MONTH = "Invalid contribution month."
FUTURE = "Contribution month cannot be in the future."
NOT_REGISTERED = "Employee is not registered under this employer."
OTHER_NAME = "Employee name does not match."
TWICE = "Duplicate identification number."
NO_AMOUNT = "Invalid amount."
CHARACTER = "Invalid character."
INCORRECT = {
    "socso_employer": "Incorrect SOCSO contribution amount.",
    "socso_employee": "Incorrect SOCSO contribution amount.",
    "skbbk": "Incorrect SKBBK contribution amount.",
    "eis_employer": "Incorrect EIS contribution amount.",
    "eis_employee": "Incorrect EIS contribution amount.",
}
UNPRINTABLE = re.compile(r"[^\x20-\x7e]")
DIGITS = re.compile(r" *[0-9]+")  # right-justified, zeros or blanks before


class Fault(NamedTuple):
    """What is wrong at one place; lines and columns count from 1."""

    line: int
    columns: tuple[int, int]
    message: str

    @property
    def position(self) -> str:
        """As the screen says it: 33-44."""
        return f"{self.columns[0]}-{self.columns[1]}"


class Record(NamedTuple):
    """A line that the portal takes: who, with which wages, and what is due."""

    nric: str
    wages: int
    amounts: Amounts


class TextFile:
    """A file that was sent for one employer on one screen.

    ``only``: the month that was chosen on the screen; None where none is chosen.
    """

    def __init__(self, act: Act, employer: str, content: bytes, only: date | None) -> None:
        self.act = act
        self.employer = employer
        self.only = only
        self.texts = _split(content)
        self.length = self._length()
        self.month = next((m for m in map(self._month, self.texts) if m), None)
        self.month_fault = self._month_fault()
        month = self.month or contributions.this_month()
        self.eis_amounts = rules.eis_amounts(month)
        self.people: dict[str, sqlite3.Row] = {}
        for row in contributions.workers(employer, month):
            self.people[row["nric"]] = self.people[row["number"]] = row
        self.seen: set[str] = set()
        self.records: list[Record] = []

    def _length(self) -> int:
        """The layout, by its length: the old ones only of one act, and only until their day."""
        old = self.act is not contributions.COMBINED and not self._too_late()
        first = len(self.texts[0]) if self.texts else 0
        return OLD_LENGTH if old and first == OLD_LENGTH else COMBINED_LENGTH

    def _too_late(self) -> bool:
        return state.today(shell.database()) >= ONLY_COMBINED_FROM

    def _month(self, text: str) -> date | None:
        part = _part(text, MONTH)
        return contributions.month_of(f"{part[:2]}/{part[2:]}")

    def _month_fault(self) -> str:
        """What is wrong with the month of the whole file."""
        if self.month is None or (self.only and self.month != self.only):
            return WRONG_MONTH
        now = contributions.this_month()
        if self.month > now:
            return FUTURE
        done = contributions.submitted_months(self.employer, self.act.overlaps)
        if self.month in done:
            return contributions.MONTH_SUBMITTED
        oldest = rules.months_before(now, contributions.FURTHEST_BACK)
        return WRONG_MONTH if self.month < oldest else ""

    def faults(self) -> Iterator[Fault]:
        """Every fault, in the file's order. When there is none, ``records`` is the file."""
        if not self.texts:
            yield Fault(1, (1, self.length), LENGTH)
        elif len(self.texts[0]) == OLD_LENGTH and self._too_late():
            yield Fault(1, (1, OLD_LENGTH), OLD_FORMAT)
            return
        for number, text in enumerate(self.texts, 1):
            for columns, message in self._line(text):
                yield Fault(number, columns, message)

    def _line(self, text: str) -> Iterator[tuple[tuple[int, int], str]]:
        odd = UNPRINTABLE.search(text)
        if odd:
            yield (odd.start() + 1, odd.start() + 1), CHARACTER
        if len(text) != self.length:
            yield (1, self.length), LENGTH
            return
        if _part(text, EMPLOYER).rstrip() != self.employer:
            yield EMPLOYER, WRONG_EMPLOYER
        number = _part(text, NUMBER).rstrip()
        person = self.people.get(number)
        if number in self.seen:
            yield NUMBER, TWICE
        elif person is None:
            yield NUMBER, NOT_REGISTERED
        elif _plain(_part(text, NAME)) != _plain(person["name"]):
            yield NAME, OTHER_NAME
        self.seen.add(number)
        fault = self.month_fault if self._month(text) == self.month else WRONG_MONTH
        if fault:
            yield MONTH, fault
        yield from self._amounts(text, person)

    def _amounts(
        self, text: str, person: sqlite3.Row | None
    ) -> Iterator[tuple[tuple[int, int], str]]:
        used = self.act.columns if self.length == COMBINED_LENGTH else ()
        places = {"wages": AMOUNT} | {name: COLUMNS[name] for name in COLUMNS if name in used}
        read = {name: _amount(_part(text, columns)) for name, columns in places.items()}
        for name, amount in read.items():
            if amount is None:
                yield places[name], NO_AMOUNT
        wages = read["wages"]
        if person is None or wages is None or self.month is None:
            return
        if self.length == OLD_LENGTH and self.act is contributions.EIS:
            yield from self._contribution(person, wages)
            return
        due = contributions.amounts(self.act, person, self.month, wages)
        for name, amount in read.items():
            if name != "wages" and amount not in {None, getattr(due, name)}:
                yield places[name], INCORRECT[name]
        self.records.append(Record(person["nric"], wages, due))

    def _contribution(
        self, person: sqlite3.Row, both: int
    ) -> Iterator[tuple[tuple[int, int], str]]:
        """The EIS layout of 223 characters says what both sides pay, and no wages."""
        month = self.month or contributions.this_month()
        covered = rules.in_eis(contributions.insured(person), month)
        half, odd = divmod(both, 2)
        if odd or (both and (not covered or half not in self.eis_amounts)):
            yield AMOUNT, INCORRECT["eis_employer"]
        self.records.append(
            Record(person["nric"], 0, Amounts(eis_employer=half, eis_employee=half))
        )


def _split(content: bytes) -> list[str]:
    """The lines; they end with CRLF or LF, the last one with or without."""
    found = [text.removesuffix("\r") for text in content.decode("latin-1").split("\n")]
    return found if found[-1] else found[:-1]


def _part(text: str, columns: tuple[int, int]) -> str:
    return text[columns[0] - 1 : columns[1]]


def _plain(name: str) -> str:
    return " ".join(name.upper().split())


def _amount(text: str) -> int | None:
    """Sen; None for what is no amount."""
    return int(text) if DIGITS.fullmatch(text) else None
