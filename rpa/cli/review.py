"""`assist-rpa review`."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from rpa import __version__, jobs, settings
from rpa.aftercare.review import Reviewer
from rpa.cli import aim, console, progress

# What a run and a review do alike: stop at a safe point.
from rpa.cli.ending import REPORT, WORKBOOK
from rpa.cli.journal import Journal
from rpa.cli.sealing import sealing
from rpa.cli.stopping import frozen, stops_when_asked
from rpa.engine.moved import compared
from rpa.errors import JobInvalid, Severity, Words, many
from rpa.evidence.folder import LOG, PROFILE_FILE, RunFolder
from rpa.evidence.report import FilingSummary, RunSummary, Stop, write_report
from rpa.evidence.review_book import STATES, Review, write_review
from rpa.ledger.ledger import Ledger
from rpa.model.filing import RowState
from rpa.pages.agreement import check_profile
from rpa.rules.money import shown
from rpa.rules.next_moves import moves
from rpa.rules.reconcile import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rpa.errors import RpaError
    from rpa.jobs import ReviewPlan
    from rpa.rules.recorded import Details
    from rpa.settings import Settings

BOOK = "review.xlsx"
BY_THIS_TOOL = Words("oleh alat ini", "by this tool")
BY_ANOTHER_HAND = Words("bukan oleh alat ini", "not by this tool")
UNLISTED = Words(
    "Lejar mencatatnya sebagai difailkan, tetapi portal tidak menyenaraikannya (atau belum).",
    "The ledger has it as filed, but the portal does not list it (or not yet).",
)
UNSETTLED = Words(
    "Pemfailan ini perlu disemak: bandingkan dengan senarai portal, kemudian assist-rpa settle.",
    "This filing is in doubt: compare it with the portal's list, then assist-rpa settle.",
)


def review(job: Path, as_json: bool, portal: str | None, config: Path | None) -> int:  # noqa: FBT001  Typer's option
    """Read what PERKESO has on record and compare; the exit code says who must act."""
    known = settings.load(config=config, portal=portal, opens=True)
    plan = checked(job, known, quiet=as_json)
    aim.tell(known, plan.job.employer, aim.READING)
    folder = RunFolder.create(known.runs, job_name=job.stem, now=known.now())
    _keep(plan, folder)
    folder.put(PROFILE_FILE, known.profile.text)
    with Ledger.open(known.ledger) as ledger, sealing(folder, ledger):
        with Journal(folder.path / LOG, progress.watcher()) as watcher:
            reviewer = Reviewer(known, plan, ledger, folder, watcher, on_freeze=frozen)
            with stops_when_asked(reviewer.stop):
                code = reviewer.run()
        book = write_review(_told(reviewer), folder.path / BOOK)
        folder.add(book, "workbook")
        report = _report(known, reviewer)
    console.notes((*reviewer.elsewhere.told, *reviewer.moved))
    if as_json:
        places = {"workbook": str(book), "report": str(report), "evidence": folder.head}
        told = {**_as_json(reviewer), "exit": code, **places}
        console.out.print_json(json.dumps(told), highlight=False)
    else:
        _print(reviewer)
        for what, place in ((WORKBOOK, book), (REPORT, report)):
            console.out.print(f"{console.say(what)} {place}", markup=False)
        console.out.print(_last_line(reviewer), markup=False)
    return code


def check(job: Path, known: Settings) -> int:
    """Show all problems and what would be read; 0 when the review can be run."""
    plan = checked(job, known)
    rows = sum(len(payroll) for payroll in plan.payrolls.values())
    funds = " + ".join(plan.funds)
    months, tables = len(plan.months), len(plan.payrolls)
    which = f"({plan.months[0]} - {plan.months[-1]}), {funds}"
    told = Words(
        f"{jobs.REVIEW} bagi {plan.job.employer}: {months} bulan {which}, {rows} baris dalam "
        f"{tables} jadual gaji",
        f"{jobs.REVIEW} for {plan.job.employer}: {many(months, 'month')} {which}, "
        f"{many(rows, 'row')} in {many(tables, 'payroll table')}",
    )
    console.out.print(f"[green]ok[/] {console.say(told)}")
    return 0


def checked(job: Path, known: Settings, *, quiet: bool = False) -> ReviewPlan:
    """The plan. Raises JobInvalid after showing every error; ``quiet`` shows no warnings."""
    console.notes(check_profile(known))
    found = jobs.check_review(job, today=known.today())
    if not quiet or found.plan is None:
        console.problems(found.problems)
    if found.plan is None:
        errors, rows = sum(p.severity is Severity.ERROR for p in found.problems), found.rows_read
        raise JobInvalid(
            Words(
                f"Ralat dalam {job.name}: {errors} (baris dibaca: {rows}).",
                f"Errors in {job.name}: {errors} (rows read: {rows}).",
            ),
            where=str(job),
            problems=tuple(p for p in found.problems if p.severity is Severity.ERROR),
        )
    return found.plan


def _keep(plan: ReviewPlan, folder: RunFolder) -> None:
    """The job and its tables as they were checked: the operator may go on editing them."""
    copies = [folder.keep(path) for path in plan.inputs]
    if not plan.unchanged(copies):
        raise JobInvalid(
            Words(
                "Fail semakan atau jadualnya berubah semasa disemak.",
                "The review's file or a table changed while it was being checked.",
            ),
            where=plan.job_file.name,
        )


# --- what is told ---


def _told(reviewer: Reviewer) -> Review:
    root = reviewer.folder.path
    slips = {n: s for reading in reviewer.readings for n, s in reading.slips.items()}
    return Review(
        employer=reviewer.plan.job.employer,
        portal=reviewer.settings.portal.address,
        at=reviewer.ended or reviewer.started,
        months=reviewer.compared,
        by={number: _by(reviewer, number) for number in slips},
        slips={n: ", ".join(p.relative_to(root).as_posix() for p in s) for n, s in slips.items()},
        notes=list(_notes(reviewer)),
        pending=reviewer.pending,
    )


def _by(reviewer: Reviewer, number: str) -> Words:
    return BY_THIS_TOOL if reviewer.by_this_tool(number) else BY_ANOTHER_HAND


def _notes(reviewer: Reviewer) -> Iterator[tuple[str, Words]]:
    """What the ledger has otherwise than the portal, and the slips that are missing."""
    for reading in reviewer.readings:
        yield from reading.missing
    for number in reviewer.unlisted:
        yield number, UNLISTED
    for filing in reviewer.in_doubt:
        yield filing[:8], UNSETTLED


def _report(known: Settings, reviewer: Reviewer) -> Path:
    reviewer.moved = compared(known, reviewer.folder, reviewer.sightings)
    return write_report(_summary(known, reviewer), (), reviewer.folder.report)


def _summary(known: Settings, reviewer: Reviewer) -> RunSummary:
    stopped = reviewer.stopped_by
    return RunSummary(
        run_id=reviewer.id,
        version=__version__,
        job_name=reviewer.plan.job_file.name,
        procedure=jobs.REVIEW,
        employer=reviewer.plan.job.employer,
        portal=known.portal.address,
        live=known.portal.live,
        rehearsal=False,
        looked_up=True,
        started=reviewer.started,
        ended=reviewer.ended,
        filings=tuple(_records(reviewer)),
        stopped_by=Stop.of(stopped) if stopped else None,
        notes=reviewer.elsewhere.told,
        moved=reviewer.moved,
        chain=reviewer.folder.head,
        profile=known.profile.digest,
        language=console.language(),
    )


def _records(reviewer: Reviewer) -> Iterator[FilingSummary]:
    """Each record with its picture and slip, as the report lists filings."""
    for reading in reviewer.readings:
        for number, of in reading.details.items():
            yield FilingSummary(
                id=number,
                reference=number,
                state=RowState.FILED,
                rows=(),
                pictures=(reading.pictures[number],),
                letters=reading.slips[number],
                message=f"{of.submission.month} {of.submission.type}: {of.submission.status}",
                reason=_by(reviewer, number),
            )


# --- printed ---


def _print(reviewer: Reviewer) -> None:
    """The months, their next moves, and what the ledger or the portal hindered."""
    console.out.print(_table(reviewer))
    for month in reviewer.compared:
        for words in moves(month, reviewer.pending):
            console.out.print(f"{month.month}  {console.say(words)}", markup=False)
    for reference, words in _notes(reviewer):
        console.out.print(f"{reference}  {console.say(words)}", markup=False)
    for error in _troubles(reviewer):
        console.error(error)


def _table(reviewer: Reviewer) -> Table:
    title = console.say(Words("Caruman", "Contributions"))
    names = (
        Words("bulan", "month"), Words("keadaan", "state"), Words("perlu dibayar", "due"),
        Words("direkod", "recorded"), Words("dibayar", "paid"), Words("beza", "difference"),
        Words("belum dibayar", "open"), Words("FCLB", "FCLB"),
    )  # fmt: skip
    table = Table(
        title=f"{title} {reviewer.plan.job.employer} (RM)", title_justify="left", title_style="bold"
    )
    for number, name in enumerate(names):
        table.add_column(console.say(name), justify="left" if number < 2 else "right")  # noqa: PLR2004  month and state
    for month in reviewer.compared:
        states = {fund: total.state for fund, total in month.totals.items()}
        figures = [_sen(figure) for figure in month.figures[:6]]
        table.add_row(str(month.month), escape(_said(states)), *figures)
    return table


def _said(states: Mapping[Any, State]) -> str:
    """The state; fund by fund where they differ."""
    if len(set(states.values())) == 1:
        return console.say(STATES[next(iter(states.values()))])
    return "; ".join(f"{fund} {console.say(STATES[state])}" for fund, state in states.items())


def _sen(sen: int | None) -> str:
    if sen is None:
        return "?"
    return shown(sen) if sen >= 0 else f"-{shown(-sen)}"


def _last_line(reviewer: Reviewer) -> str:
    """The line that a scheduler keeps."""
    counted = Counter(month.state for month in reviewer.compared)
    months, found = len(reviewer.compared), [state for state in State if counted[state]]
    bm = ", ".join(f"{counted[state]} {STATES[state].bm}" for state in found)
    en = ", ".join(f"{counted[state]} {state.value}" for state in found)
    told = Words(f"{months} bulan disemak: {bm}", f"reviewed {many(months, 'month')}: {en}")
    return console.say(told)


# --- for a program ---


def _as_json(reviewer: Reviewer) -> dict[str, Any]:
    """Totals and numbers of records; nobody's name or number."""
    return {
        "employer": reviewer.plan.job.employer,
        "months": [
            {
                "month": str(month.month),
                "state": month.state.value,
                "sen": month.figures._asdict(),
                "funds": {
                    fund.value: {
                        "state": total.state.value,
                        "sen": total.figures._asdict(),
                        "workers": dict(Counter(w.parts[fund].state.value for w in month.workers)),
                        "records": [_record(reviewer, of) for of in total.details],
                    }
                    for fund, total in month.totals.items()
                },
                "next": [words.en for words in moves(month, reviewer.pending)],
            }
            for month in reviewer.compared
        ],
        "ledger": [{"reference": ref, "note": words.en} for ref, words in _notes(reviewer)],
        "troubles": [{"at": e.where, "what": e.words.en} for e in _troubles(reviewer)],
    }


def _troubles(reviewer: Reviewer) -> list[RpaError]:
    stopped = reviewer.stopped_by
    return [*reviewer.troubles, *([stopped] if stopped else [])]


def _record(reviewer: Reviewer, of: Details) -> dict[str, Any]:
    head = of.submission
    return {
        "number": head.number,
        "type": head.type,
        "workers": head.workers,
        "amount": head.amount,
        "paid": head.paid,
        "status": head.status,
        "received": head.received.isoformat(),
        "fclb": of.fclb,
        "by_this_tool": reviewer.by_this_tool(head.number),
    }
