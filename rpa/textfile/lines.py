"""One worker's line as values, whatever the layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rpa.rules.months import Month
    from rpa.rules.payee import Payee
    from rpa.textfile.layouts import Layout


@dataclass(frozen=True, slots=True)
class Line:
    """What a line holds. Money in sen; what a layout has no field for stays at its default.

    ``wages`` are the actual wages, not cut at the ceiling. ``eis_total`` is both shares together,
    for the layout that has only that.
    """

    employer: str
    identification: str
    name: str
    month: Month
    ssm: str = ""
    wages: int = 0
    socso_employer: int = 0
    socso_employee: int = 0
    eis_employer: int = 0
    eis_employee: int = 0
    skbbk: int = 0
    eis_total: int = 0
    employment_date: date | None = None
    employment_status: str = ""

    def __repr__(self) -> str:
        """Without its values: they are a person's."""
        return "Line(…)"


def line_of(payee: Payee, month: Month, employer: str, ssm: str = "") -> Line:
    """A payroll row's line, its contributions by the schedule; of a row without objections."""
    due = payee.contributions(month)
    return Line(
        employer=employer,
        ssm=ssm,
        identification=payee.identification,
        name=payee.name_in_file,
        month=month,
        wages=payee.wages,
        **due._asdict(),
        eis_total=due.eis_employer + due.eis_employee,
        employment_date=payee.employment_date,
        employment_status=payee.employment_status or "",
    )


def has_amount(line: Line, layout: Layout) -> bool:
    """Whether the layout holds any money of this line; else it is left out (text-files 2.1)."""
    return any(getattr(line, field.name) for field in layout.amounts)


def totals(lines: Iterable[Line], layout: Layout) -> dict[str, int]:
    """The sum of each column of money, by the field's name."""
    found = list(lines)
    return {f.name: sum(getattr(line, f.name) for line in found) for f in layout.amounts}
