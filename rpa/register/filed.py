"""From a run's verdicts to entries: only what the portal has, under its own number."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from rpa.model.filing import RowState
from rpa.register.entry import OF_EIS, OF_SOCSO, Entry
from rpa.rules.schedule import NOTHING, Amounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rpa.model.filing import Verdict
    from rpa.register.entry import MonthOfWorker
    from rpa.register.store import Kept, Register
    from rpa.rules.months import Month
    from rpa.rules.payee import Payee


class Filed(Protocol):
    """What a job about a month of contributions says of itself; ``act`` one of ``ACTS``."""

    @property
    def employer(self) -> str:
        """The employer code."""
        ...

    @property
    def month(self) -> Month:
        """The month of the wages."""
        ...

    @property
    def act(self) -> str:
        """What was submitted together."""
        ...

    @property
    def kind(self) -> str:
        """A month or a short payment, one of ``KINDS``."""
        ...


def enter(register: Register, job: Filed, verdicts: Iterable[Verdict[Payee]], run_id: str) -> Kept:
    """Enter what is filed of a month; what the register has under its number stays as it is.

    A row that the portal was found to have without this tool knowing its number is entered only
    where the register has nothing of it. Of a short payment only what is more than the register's
    own line is entered, so that the line comes to what the portal then has.
    """
    there = {line.identification: line for line in register.entries(job.employer, job.month,
                                                                    job.month)}  # fmt: skip
    new = [v for v in verdicts if _is_new(v, there.get(v.row.record.identification), job)]
    had = {who: Amounts(*(getattr(line, name) for name in Amounts._fields))
           for who, line in there.items()}  # fmt: skip
    return register.keep(entries_of(job, new, run_id, had if job.kind == "short" else _NONE))


def _is_new(verdict: Verdict[Payee], line: MonthOfWorker | None, job: Filed) -> bool:
    if line is None:
        return True
    if not verdict.reference:
        return job.act not in {line.acts, "both"} and line.acts != "both"
    return verdict.reference not in line.references


_OTHERS = {"both": (), "socso": OF_EIS, "eis": OF_SOCSO}
_NONE: Mapping[str, Amounts] = {}


def entries_of(
    job: Filed,
    verdicts: Iterable[Verdict[Payee]],
    run_id: str,
    before: Mapping[str, Amounts] = _NONE,
) -> list[Entry]:
    """An entry for every row that is filed, by this run or an earlier one.

    ``before`` are, for a short payment, the amounts that the portal had for each identification
    number; only what is more than them is entered.
    """
    return [
        _entry(job, verdict, run_id, before.get(verdict.row.record.identification, NOTHING))
        for verdict in verdicts
        if verdict.state is RowState.FILED
    ]


def _entry(job: Filed, verdict: Verdict[Payee], run_id: str, before: Amounts) -> Entry:
    payee = verdict.row.record
    due = payee.contributions(job.month)._asdict()
    amounts = {name: max(due[name] - had, 0) for name, had in before._asdict().items()}
    return Entry(
        employer=job.employer,
        month=job.month,
        identification=payee.identification,
        name=payee.name,
        occupation=payee.occupation or "",
        wages=payee.wages,
        allowances=payee.allowances,
        **(amounts | dict.fromkeys(_OTHERS[job.act], 0)),
        acts=str(job.act),
        kind=job.kind,
        reference=verdict.reference,
        filed_at=verdict.at or datetime.now(UTC),
        run_id=run_id,
    )
