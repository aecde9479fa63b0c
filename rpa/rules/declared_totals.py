"""What a job says its month adds up to, so that a wrong table is seen before the portal is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rpa.errors import Words
from rpa.rules import money
from rpa.rules.contribution import HEADINGS, Sum, grand
from rpa.rules.money import NotMoney
from rpa.rules.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def _sen(value: Any) -> int:
    """Ringgit as YAML gives them. Raises NotMoney, which is a ValueError."""
    if isinstance(value, str):
        return money.of_text(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotMoney
    return money.of_number(value)


Ringgit = Annotated[
    int,
    BeforeValidator(_sen, json_schema_input_type=float | str),
    Field(ge=0, description='Ringgit, such as 1234.50 or "1,234.50".'),
]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class ColumnTotal(_Strict):
    """One column: its total in sen (ringgit in the job), and how many workers have any of it."""

    total: Ringgit | None = None
    workers: Annotated[int | None, Field(strict=True, ge=0)] = None


class DeclaredTotals(_Strict):
    """The month's totals as the payroll program printed them; what is not given is not compared."""

    workers: Annotated[int | None, Field(strict=True, ge=0, description="Workers with wages.")] = (
        None
    )
    total: Annotated[Ringgit | None, Field(description="All contributions together.")] = None
    wages: ColumnTotal | None = None
    socso_employer: ColumnTotal | None = None
    socso_employee: ColumnTotal | None = None
    skbbk: ColumnTotal | None = None
    eis_employer: ColumnTotal | None = None
    eis_employee: ColumnTotal | None = None

    def differing(
        self, found: Mapping[str, Sum], workers: int
    ) -> Iterator[tuple[tuple[str, ...], Finding]]:
        """What the table adds up to otherwise, each with its path below ``totals``."""
        if self.workers not in {None, workers}:
            yield ("workers",), _finding("workers", str(self.workers), str(workers))
        if self.total not in {None, grand(found)}:
            yield ("total",), _finding("total", _shown(self.total), money.shown(grand(found)))
        for column in HEADINGS:
            declared: ColumnTotal | None = getattr(self, column)
            if declared is not None:
                yield from _of_column(column, declared, found.get(column, Sum()))


def _of_column(
    column: str, declared: ColumnTotal, found: Sum
) -> Iterator[tuple[tuple[str, ...], Finding]]:
    if declared.total not in {None, found.amount}:
        words = _finding(column, _shown(declared.total), money.shown(found.amount))
        yield (column, "total"), words
    if declared.workers not in {None, found.workers}:
        words = _finding(column, str(declared.workers), str(found.workers))
        yield (column, "workers"), words


def _shown(sen: int | None) -> str:
    return money.shown(sen or 0)


def _finding(what: str, declared: str, found: str) -> Finding:
    return Finding(
        "totals",
        "totals-differ",
        Words(
            f"Jumlah yang dinyatakan bagi {what} ialah {declared}; jadual memberi {found}. Semak "
            "jadual gaji atau betulkan 'totals'.",
            f"The declared total of {what} is {declared}; the table gives {found}. Check the "
            "payroll table, or correct 'totals'.",
        ),
    )
