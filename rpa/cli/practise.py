"""`assist-rpa practise`: one's own job and table, at a practice portal that knows its people.

The employer of the job is made known to the portal, and where the procedure is about workers whom
it should list already (who leave, change, are paid), these workers too. Nothing is sent anywhere
else: the folder beside the job holds portal, ledger and runs.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from rpa import jobs, settings
from rpa.cli import check as checking
from rpa.cli import console
from rpa.cli.demo import rehearsed_then_filed
from rpa.cli.practice import PRACTICE, ask, own, practice_portal, work_there
from rpa.errors import Words, many
from rpa.rules import nric

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.model.filing import Row

_LONG_AGO: Final = date(2020, 1, 1)
_STAY: Final = 4  # colleagues for each who leaves
_MOST_COLLEAGUES: Final = 10_000
_DAY: Final = "%d/%m/%Y"
_EMPLOYER: Final = {
    "name": "MAJIKAN LATIHAN SDN. BHD.",
    "brn": "202601999991",
    "liability_date": "01/01/2020",
    "entity": "Corporation",
}


def practise(job: Path, folder: Path | None, language: str) -> int:
    """Check the job, set the stage, rehearse, file; the exit code of what did not go through."""
    today = settings.load().today()
    plan = jobs.check(job, today=today).plan
    if plan is None or jobs.is_package(job):  # told with every cell
        return checking.check(job, None, None)
    place = own(folder or job.parent / PRACTICE)
    with practice_portal(place, language) as portal:
        code = plan.job.employer_code
        work_there(place, portal, [code] if code else [])
        if code:
            _know(plan, portal)
        return rehearsed_then_filed(job)


def _know(plan: Plan, portal: Mapping[str, Any]) -> None:
    """The employer, and the workers whom the portal should list already; each once."""
    code = plan.job.employer_code
    if code not in {one["code"] for one in ask(portal, "employers")}:
        ask(portal, "employer", {"code": code, **_EMPLOYER})
    ask(portal, "account", {"email": portal["email"], "employers": [code]})
    if plan.job.effect(plan.rows).joins:
        return
    there = {one["nric"] for one in ask(portal, f"workers?employer={code}")}
    workers = [one for row in plan.rows if row.number for one in _worker(row, code)]
    stay = _colleagues(code, _STAY * plan.job.effect(plan.rows).ends)
    fresh = [one for one in (*workers, *stay) if one["nric"] not in there]
    if fresh:
        ask(portal, "worker", {"workers": fresh})
    console.notes([_known(len(workers))] if workers else [])


def _worker(row: Row[Any], employer: str) -> list[dict[str, Any]]:
    """How the portal is to know who a row is about; nothing where no number tells it."""
    record = row.record
    number = getattr(record, "identification", None)
    if not number:
        return []
    local = nric.well_formed(number)
    days = nric.birth_dates(number, date.today()) if local else ()  # noqa: DTZ011  any zone does
    born = getattr(record, "date_of_birth", None) or next(
        reversed(days), _LONG_AGO.replace(year=1990)
    )
    start = getattr(record, "employment_start_date", None) or _LONG_AGO
    told = {
        "employer": employer,
        "nric": number,
        "name": getattr(record, "name", None) or "PEKERJA LATIHAN",
        "birth": f"{born:{_DAY}}",
        "gender": "F" if local and not nric.is_male(number) else "M",
        "start": f"{start:{_DAY}}",
        "details": _details(record),
    }
    if not local:
        told |= {"kind": "foreign", "ssfw": number, "nric": f"P{number}"}
    return [told]


def _colleagues(employer: str, count: int) -> list[dict[str, Any]]:
    """Others who stay, for whoever leaves: an employer whose last worker leaves is asked about."""
    told = {"employer": employer, "birth": "01/01/1980", "start": f"{_LONG_AGO:{_DAY}}"}
    return [
        {**told, "nric": f"80010100{n:04}", "name": f"REKAN LATIHAN {n:04}", "gender": "MF"[n % 2]}
        for n in range(min(count, _MOST_COLLEAGUES))
    ]


def _details(record: Any) -> dict[str, Any]:
    first = getattr(record, "first_contribution_date", None)
    told = {"skbbk_opt_out": True} if getattr(record, "skbbk_opt_out", False) else {}
    return {**told, **({"first_contribution": f"{first:{_DAY}}"} if first else {})}


def _known(workers: int) -> Words:
    return Words(
        f"Portal latihan mengenali {workers} pekerja dalam jadual ini. Tiada apa-apa keluar dari "
        "komputer ini.",
        f"The practice portal knows the {many(workers, 'worker')} of this table. Nothing leaves "
        "this computer.",
    )
