"""Invented payees and lines, by hand and by Hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from rpa.errors import Severity
from rpa.rules.coverage import age
from rpa.rules.months import Month
from rpa.rules.payee import Payee
from rpa.rules.workers import WorkerKind
from rpa.textfile import LAYOUTS, Line, LineEnd, Padding, Style

EMPLOYER = "E9900001234V"
SSM = "202603999999"
JUNE, JULY = Month(2026, 6), Month(2026, 7)
TODAY = date(2026, 11, 22)
IN_TIME = date(2026, 9, 30)  # the last day of the old layouts
GOLDEN = Path(__file__).parent / "golden"

PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ /@'.-"
months = st.builds(
    lambda n: Month(2016 + (n + 5) // 12, (n + 5) % 12 + 1), st.integers(0, 125)
)  # 06/2016 to 11/2026
names = st.text(PLAIN, min_size=1, max_size=150).filter(lambda text: text == text.strip())
styles = st.builds(Style, st.sampled_from(Padding), st.sampled_from(LineEnd))
layouts = st.sampled_from(sorted(LAYOUTS.values(), key=lambda layout: layout.name))


def number(born: date, serial: int) -> str:
    """An NRIC with a birthplace code that is not in use."""
    return f"{born:%y%m%d}00{serial % 10_000:04}"


def payee(**more: Any) -> Payee:
    """A local worker of RM3,000."""
    told: dict[str, Any] = {
        "identification": "880229820001",
        "name": "CONTOH BIN REKAAN",
        "wages": 300_000,
    }
    return Payee(**(told | more))


@st.composite
def payees(draw: st.DrawFn, month: Month, serial: int) -> Payee:
    """Anybody who may stand in a payroll of this month, of any age and kind."""
    kind = draw(st.sampled_from(WorkerKind))
    born = month.last - timedelta(days=draw(st.integers(14 * 366, 99 * 365)))
    span = (month.last - born).days
    first = draw(st.none() | st.integers(13 * 366, span).map(lambda n: born + timedelta(days=n)))
    foreign = {"identification": f"SSFW{serial:08}", "date_of_birth": born}
    return payee(
        worker=kind,
        **(foreign if kind.foreign else {"identification": number(born, serial)}),
        name=draw(names),
        wages=draw(st.integers(0, 10**7)),
        first_contribution_date=first,
        skbbk_opt_out=draw(st.booleans()),
        invalidity_pension=draw(st.booleans()),
    )


def lawful(one: Payee, month: Month) -> bool:
    """Whether nothing stands against the payee in this month, and the century is clear."""
    born = one.date_of_birth
    clear = born is None or age(born, month.last) < 100
    return clear and not any(f.severity is Severity.ERROR for f in one.in_month(month))


amounts = st.integers(0, 999_999)


@st.composite
def lines(draw: st.DrawFn, layout: str) -> Line:
    """Any values that a layout can hold, lawful or not."""
    held = {field.name for field in LAYOUTS[layout].fields}
    told: dict[str, Any] = {
        "wages": draw(st.integers(0, 10**14 - 1)),
        **{name: draw(amounts) for name in ("socso_employer", "socso_employee", "skbbk")},
        **{name: draw(amounts) for name in ("eis_employer", "eis_employee")},
        "eis_total": draw(st.integers(0, 10**14 - 1)),
        "employment_date": draw(st.none() | st.dates(date(1950, 1, 1), date(2099, 1, 1))),
        "employment_status": draw(st.sampled_from(["", *"BHMST"])),
    }
    return Line(
        employer=draw(st.from_regex(r"[A-Z][0-9]{10}[A-Z]", fullmatch=True)),
        identification=draw(st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True)),
        name=draw(names),
        month=draw(months),
        ssm=draw(st.from_regex(r"([A-Z0-9-]{1,20})?", fullmatch=True)),
        **{name: value for name, value in told.items() if name in held},
    )
