"""What is entered in the register, and how entries become one line per worker and month."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from rpa.rules.months import Month

T = TypeVar("T")

ACTS: Final = ("both", "socso", "eis")
"""What was submitted: SOCSO with EIS, Act 4 (with SKBBK) alone, Act 800 alone."""

ACTS_SHOWN: Final = {"both": "SOCSO + EIS", "socso": "SOCSO", "eis": "EIS"}
"""As the portal's menus call them, in both languages (facts 8.1)."""

KINDS: Final = ("month", "short")
"""A month (in time or in arrears), or what was missing of one that was submitted."""

OF_SOCSO: Final = ("socso_employer", "socso_employee", "skbbk")
OF_EIS: Final = ("eis_employer", "eis_employee")
AMOUNTS: Final = (*OF_SOCSO, *OF_EIS)


@dataclass(frozen=True, slots=True)
class WorkersMonth:
    """A worker's month: whose it is, his wages, what was contributed. Money in sen.

    ``filed_at`` has a zone.
    """

    employer: str
    month: Month
    identification: str
    name: str
    occupation: str
    wages: int
    allowances: int | None
    socso_employer: int
    socso_employee: int
    skbbk: int
    eis_employer: int
    eis_employee: int
    acts: str
    filed_at: datetime

    def __repr__(self) -> str:
        """Without its values: they are a person's."""
        return f"{type(self).__name__}(…)"


@dataclass(frozen=True, slots=True, repr=False)
class Entry(WorkersMonth):
    """One worker in one submission that was filed.

    ``wages`` are all of the month's, of a short payment too; the five amounts are what this
    submission holds, of a short payment the difference only. ``reference`` is the portal's number
    (``ACR… ECR…``): with employer, month, person, acts and kind it makes the entry the same one.
    Raises ValueError, which says no value, for what cannot be entered.
    """

    kind: str
    reference: str
    run_id: str

    def __post_init__(self) -> None:
        """An entry can never be corrected, so that nothing impossible may become one."""
        money = [self.wages, self.allowances or 0, *(getattr(self, name) for name in AMOUNTS)]
        apart = {"socso": OF_EIS, "eis": OF_SOCSO}.get(self.acts, ())
        faults = {
            "acts": self.acts not in ACTS or any(getattr(self, name) for name in apart),
            "kind": self.kind not in KINDS,
            "person": not (self.employer and self.identification and self.name),
            "money": any(amount < 0 for amount in money),
            "filed_at": self.filed_at.tzinfo is None,
        }
        wrong = [name for name, fault in faults.items() if fault]
        if wrong:
            raise ValueError(f"no entry of the register: {', '.join(wrong)}")


@dataclass(frozen=True, slots=True, repr=False)
class MonthOfWorker(WorkersMonth):
    """One line of the register: all that was entered for a worker's month.

    The amounts are the sums of all submissions; wages, allowances, occupation and name are the
    newest that were said. ``acts`` are those that any submission was under.
    """

    references: tuple[str, ...]

    @property
    def total(self) -> int:
        """All contributions together."""
        return sum(getattr(self, name) for name in AMOUNTS)


@dataclass(slots=True)
class Totals:
    """What a month adds up to, in sen; ``acts`` are those that anybody's entry was under."""

    workers: int = 0
    wages: int = 0
    amounts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AMOUNTS, 0))
    acts: set[str] = field(default_factory=set)

    def add(self, line: MonthOfWorker) -> None:
        """One worker more."""
        self.workers += 1
        self.wages += line.wages
        self.acts.add(line.acts)
        for name in AMOUNTS:
            self.amounts[name] += getattr(line, name)

    @property
    def total(self) -> int:
        """All contributions together."""
        return sum(self.amounts.values())

    @property
    def shown_acts(self) -> str:
        """Under which Acts anything was submitted for the month."""
        return ACTS_SHOWN[_together(self.acts)]


def totals_of(lines: Iterable[MonthOfWorker]) -> dict[Month, Totals]:
    """Each month's, in the lines' order."""
    totals: dict[Month, Totals] = {}
    for line in lines:
        totals.setdefault(line.month, Totals()).add(line)
    return totals


class WorkerGap(NamedTuple):
    """A worker who has months without an entry between his first and his last."""

    identification: str
    name: str
    months: tuple[Month, ...]


class Gaps(NamedTuple):
    """Months without an entry: the employer's own, and each worker's who has any.

    Whoever left and came back has them rightly; the register cannot tell.
    """

    months: tuple[Month, ...]
    workers: tuple[WorkerGap, ...]


def merged(entries: Iterable[Entry]) -> Iterator[MonthOfWorker]:
    """One line per worker and month; ``entries`` of one employer, by month, person and time."""
    for _, group in groupby(entries, key=lambda entry: (entry.month, entry.identification)):
        yield _line(list(group))


def _line(entries: list[Entry]) -> MonthOfWorker:
    newest = entries[-1]
    return MonthOfWorker(
        employer=newest.employer,
        month=newest.month,
        identification=newest.identification,
        name=newest.name,
        occupation=_newest([entry.occupation or None for entry in entries]) or "",
        wages=newest.wages,
        allowances=_newest([entry.allowances for entry in entries]),
        **{name: sum(getattr(entry, name) for entry in entries) for name in AMOUNTS},
        acts=_together({entry.acts for entry in entries}),
        references=tuple(dict.fromkeys(e.reference for e in entries if e.reference)),
        filed_at=newest.filed_at,
    )


def _together(acts: set[str]) -> str:
    """SOCSO and EIS filed apart are both of them."""
    return next(iter(acts)) if len(acts) == 1 else "both"


def _newest(values: list[T | None]) -> T | None:
    return next((value for value in reversed(values) if value is not None), None)


def missing(months: Iterable[Month]) -> tuple[Month, ...]:
    """The months between the first and the last of some that are not among them."""
    found = set(months)
    absent, month, last = [], min(found, default=None), max(found, default=None)
    while month is not None and month != last:
        month = month.next
        if month not in found:
            absent.append(month)
    return tuple(absent)
