"""`assist-rpa run`."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rpa import __version__, settings
from rpa.calibration.afterwards import Afterwards
from rpa.cli import aim, console, ending, hook, progress
from rpa.cli.check import NEW_EMPLOYER, checked
from rpa.cli.ending import REPORT, WORKBOOK
from rpa.cli.journal import Journal
from rpa.cli.sealing import seal, sealing
from rpa.cli.stopping import frozen, stops_when_asked
from rpa.engine import moved, outage, starts
from rpa.engine.agenda import Agenda, job_name
from rpa.engine.lastguard import last_guard
from rpa.engine.memory import before_it_began
from rpa.engine.outcome import NOTHING_SENT
from rpa.engine.runner import Runner
from rpa.errors import (
    Bug,
    JobInvalid,
    NotWritten,
    PortalUnavailable,
    RpaError,
    Words,
    before_any_portal,
    many,
)
from rpa.evidence.files import fitting, require_room
from rpa.evidence.folder import LOG, PROFILE_FILE, RunFolder
from rpa.evidence.report import TOUCHED, RunSummary, Stop, write_report
from rpa.evidence.wording import LABELS, shown
from rpa.evidence.workbook import write_back
from rpa.jobs import unchanged
from rpa.ledger.ledger import Ledger, LedgerFailed
from rpa.model.filing import RowState
from rpa.model.monthly import MonthlyJob
from rpa.register import Register, enter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rpa.engine.outcome import Outcome
    from rpa.errors import Problem
    from rpa.evidence.workbook import Returned
    from rpa.jobs import Plan
    from rpa.model.filing import Verdict
    from rpa.portal.tab import Visitor
    from rpa.settings import Settings


DONE = (RowState.FILED, RowState.REHEARSED)
MOST_ROWS = 20  # shown one by one
TOLD = (
    RowState.REFUSED,
    RowState.IN_DOUBT,
    RowState.UNKNOWN,
    RowState.NOT_SENT,
    RowState.SKIPPED,
    RowState.LATER,
)


def run(  # noqa: PLR0913, PLR0917  Typer's options
    job: Path,
    submit: bool,  # noqa: FBT001  Typer's option
    show_browser: bool,  # noqa: FBT001  Typer's option
    yes: bool,  # noqa: FBT001  Typer's option
    portal: str | None,
    config: Path | None,
) -> int:
    """Rehearse or file a job; the exit code says whose move is next."""
    with ExitStack() as opened:
        with before_any_portal():
            known = settings.load(config=config, portal=portal, opens=True)
            if show_browser:
                known = shown_browser(known)
            ledger = opened.enter_context(Ledger.open(known.ledger))
            with failed_start(ledger, job):
                plan, warned = checked(job, known, aim.FILING if submit else aim.REHEARSAL)
        try:
            if submit and not yes:
                aim.ask(known, plan)
            agenda = Agenda.of(known, plan, ledger, scheduled=False)
        except RpaError as error:
            outcome = not_begun(known, plan, ledger, error, rehearse=not submit)
        else:
            outcome = carry_out(known, plan, warned, agenda, rehearse=not submit)
        return after_outage(known, ledger, job, outcome.exit_code)


def after_outage(known: Settings, ledger: Ledger, job: Path, code: int) -> int:
    """The code of a start; of one in an outage that has lasted too long that of the alarm."""
    if code != PortalUnavailable.exit_code:
        return code
    limit, portal = known.notify.alarm_after_h, known.portal.ledger_name
    lasts = outage.of(ledger, limit, portal, job_name(job))
    if lasts is None:
        return code
    console.error(outage.OutageLasts(lasts.words))
    hook.ended(job, outage.OutageLasts.exit_code, lasts)
    return outage.OutageLasts.exit_code


@contextmanager
def failed_start(ledger: Ledger, job: Path) -> Iterator[None]:
    """Around what makes a plan of a file; one that gives none is listed by `status`, too."""
    try:
        yield
    except RpaError as error:
        starts.failed(ledger, job, error)
        raise


def shown_browser(known: Settings) -> Settings:
    """With a browser that a person sees."""
    portal = known.portal.model_copy(update={"headless": False})
    return known.model_copy(update={"portal": portal})


def carry_out(  # noqa: PLR0913  a run's own
    known: Settings,
    plan: Plan,
    warned: tuple[Problem, ...],
    agenda: Agenda,
    *,
    rehearse: bool,
    visitor: Visitor | None = None,
) -> Outcome:
    """One run of a checked plan, from its folder to what is told at its end.

    ``visitor`` is told of each screen that comes.
    """
    ledger = agenda.ledger
    try:
        folder = RunFolder.create(known.runs, job_name=plan.job_file.stem, now=known.now())
    except RpaError as error:
        return not_begun(known, plan, ledger, error, rehearse=rehearse)
    with sealing(folder, ledger):
        try:
            plan = _ready(known, plan, folder, ledger, rehearse=rehearse)
        except RpaError as error:
            return not_begun(known, plan, ledger, error, rehearse=rehearse)
        outcome = _run(known, plan, folder, agenda, rehearse=rehearse, visitor=visitor)
        _enter(known, plan, outcome, folder.path)
        summary = _summary(known, plan, folder, outcome, warned)
        _give_back(folder, plan, outcome, summary, ledger)
    with _noted(outcome, folder.path):
        starts.note(ledger, plan, outcome)
    hook.hear(plan.job_file, outcome, folder.path)
    return outcome


def _ready(
    known: Settings, plan: Plan, folder: RunFolder, ledger: Ledger, *, rehearse: bool
) -> Plan:
    """The plan of the kept copies; what cannot be kept is known before anything is pressed."""
    require_room(folder.path, ledger.store.lock_folder)
    if isinstance(plan.job, MonthlyJob) and not rehearse:
        Register.open(known.register).close()
    plan = kept(plan, folder)
    folder.put(PROFILE_FILE, known.profile.text)
    return plan


def _run(  # noqa: PLR0913  a run's own
    known: Settings,
    plan: Plan,
    folder: RunFolder,
    agenda: Agenda,
    *,
    rehearse: bool,
    visitor: Visitor | None,
) -> Outcome:
    after = Afterwards(known, folder, private(known, plan))
    with Journal(folder.path / LOG, progress.watcher()) as watcher:
        runner = Runner(
            known, plan, agenda.ledger, folder, watcher, rehearse, agenda, on_freeze=frozen,
            visitor=visitor or after,
        )  # fmt: skip
        after.beside = runner.outcome.sightings
        with stops_when_asked(runner.stop):
            outcome = runner.run()
    outcome.moved = (*moved.compared(known, folder, outcome.sightings), *after.told())
    return outcome


def not_begun(
    known: Settings, plan: Plan, ledger: Ledger, error: RpaError, *, rehearse: bool
) -> Outcome:
    """Tell how a run ended that never came to its work: each row as the ledger knows it."""
    outcome = before_it_began(known, plan, ledger, error, rehearse=rehearse)
    touched = [v for v in outcome.verdicts.values() if v.state in TOUCHED or v.reference]
    for verdict in touched[:MOST_ROWS]:
        told = (console.place(verdict.row.address), console.say(LABELS[verdict.state]),
                verdict.reference, shown(verdict.at), console.say(verdict.reason))  # fmt: skip
        console.out.print("  ".join(filter(None, told)), markup=False)
    if len(touched) > MOST_ROWS:
        console.out.print(f"+ {len(touched) - MOST_ROWS}")
    _errors(outcome)
    console.notes(ending.to_settle(outcome))
    _tally(outcome)
    with suppress(LedgerFailed):
        starts.note(ledger, plan, outcome)
    hook.hear(plan.job_file, outcome, None)
    return outcome


def _errors(outcome: Outcome) -> None:
    """Each error; after the first one's next move, what was sent by then."""
    errors = [*([outcome.stopped_by] if outcome.stopped_by else []), *outcome.errors]
    if errors:
        errors[0].sent = outcome.sent
    for error in errors:
        console.error(error)


def _enter(known: Settings, plan: Plan, outcome: Outcome, folder: Path) -> None:
    """What was filed of a month goes to the register of employees; what was missed, by the next."""
    if outcome.rehearsal or not isinstance(plan.job, MonthlyJob):
        return
    filed = [v for v in outcome.verdicts.values() if v.state is RowState.FILED]
    if not filed:
        return
    with _noted(outcome, folder), Register.open(known.register) as register:
        kept_now = enter(register, plan.job, filed, outcome.run_id)
        if kept_now.new:
            console.out.print(console.say(entered(kept_now.new)), markup=False)


def private(known: Settings, plan: Plan) -> frozenset[str]:
    """What the job says of whom it is about, in words and numbers."""
    told = (field for row in plan.rows for field in row.record)
    names = (value for name, value in told if "name" in name and isinstance(value, str))
    numbers = (text for row in plan.rows for text in row.record.known_as)
    whose = aim.named(known, plan.job.employer_code).split(" ", 1)
    return frozenset(filter(None, (*names, *numbers, *whose)))


def entered(count: int) -> Words:
    """How many workers' months are new in the register."""
    return Words(
        f"Daftar pekerja: {count} baris baharu.", f"Register of employees: {count} new entries."
    )


def kept(plan: Plan, folder: RunFolder) -> Plan:
    """The job and its table as they were checked: the operator may go on editing the originals."""
    job = folder.keep(plan.job_file)
    table = folder.keep(plan.table.path) if plan.table else None
    if not unchanged(plan, job, table):
        raise JobInvalid(
            Words(
                "Fail kerja, jadual atau dokumen berubah semasa disemak.",
                "The job file, its table or a document changed while it was being checked.",
            ),
            where=plan.job_file.name,
        )
    return replace(plan, table=replace(plan.table, path=table)) if plan.table and table else plan


def _give_back(
    folder: RunFolder, plan: Plan, outcome: Outcome, summary: RunSummary, ledger: Ledger
) -> None:
    """Workbook, report and the end of the evidence, then what became of the rows."""
    verdicts = [outcome.verdicts[row.number] for row in plan.rows]
    places = []
    # Whatever of it cannot be written, the rest is, and the counts are told all the same.
    with _noted(outcome, folder.path):
        returned = _returned(folder, plan, verdicts, summary.aim)
        places.append(f"{console.say(WORKBOOK)} {returned.path}")
        for note in returned.notes:
            console.err.print(console.say(note), markup=False)
        summary = replace(summary, notes=(*summary.notes, *returned.notes))
        folder.add(returned.path, "workbook")
    with _noted(outcome, folder.path):
        report = write_report(summary, verdicts, folder.report)
        places.append(f"{console.say(REPORT)} {report}")
    with _noted(outcome, folder.path):
        places.append(seal(folder, ledger))
    _errors(outcome)
    console.notes((*outcome.notes, *outcome.moved, *ending.moves(plan, outcome)))
    for place in (*places, *map(console.say, ending.cases(outcome))):
        console.out.print(place, markup=False)
    _tally(outcome)


def _returned(folder: RunFolder, plan: Plan, verdicts: list[Verdict[Any]], at: str) -> Returned:
    """The operator's table with the results. Raises NotWritten."""
    # What a job is about beside its rows stands in the job file, not in the operator's table.
    in_table = [one for v in verdicts if v.row.number or not plan.table for one in v.of_lines()]
    name = plan.table.path.name if plan.table else f"{plan.job_file.stem}.xlsx"
    return write_back(
        plan.table, in_table, fitting(folder.path / name),
        evidence_root=folder.path, aim=at, malay=console.malay(),
    )  # fmt: skip


@contextmanager
def _noted(outcome: Outcome, folder: Path) -> Iterator[None]:
    """What cannot be written is one of the run's errors, and ends nothing else; nor does a bug."""
    try:
        with last_guard(folder):
            yield
    except (NotWritten, LedgerFailed, Bug) as error:
        outcome.errors.append(error)


def _tally(outcome: Outcome) -> None:
    """How many rows ended how; the last line is the promise kept or not."""
    for line in _counts(outcome):
        console.out.print(console.say(line))


def _counts(outcome: Outcome) -> Iterator[Words]:
    rows, before = len(outcome.verdicts), outcome.filed_before
    for state in TOLD:
        if count := outcome.count(state):
            bm, en = LABELS[state].bm, LABELS[state].en
            yield Words(
                f"{bm}: {count} daripada {rows} baris", f"{en}: {count} of {many(rows, 'row')}"
            )
    if outcome.rehearsal:
        if before:
            yield Words(
                f"sudah difailkan: {before} daripada {rows} baris",
                f"already filed: {before} of {many(rows, 'row')}",
            )
        yield _rehearsed(outcome, rows)
        return
    sent = sum(f.state is RowState.FILED for f in outcome.filings)
    yield Words(
        f"dihantar oleh pelaksanaan ini: {sent} pemfailan; difailkan sebelum ini: {before} baris",
        f"sent by this run: {many(sent, 'filing')}; filed before: {many(before, 'row')}",
    )
    filed, filings = outcome.count(RowState.FILED), len(outcome.references)
    yield Words(
        f"difailkan {filed} daripada {rows} baris dalam {filings} pemfailan",
        f"filed {filed} of {many(rows, 'row')} in {many(filings, 'filing')}",
    )


def _rehearsed(outcome: Outcome, rows: int) -> Words:
    filings = sum(f.state is RowState.REHEARSED for f in outcome.filings)
    done, whole = outcome.count(RowState.REHEARSED), outcome.sent is NOTHING_SENT
    none = Words(
        "tiada apa-apa dihantar" if whole else "pelaksanaan ini tidak menghantar apa-apa",
        "nothing was sent" if whole else "this run sent nothing",
    )
    return Words(
        f"diraptai {done} daripada {rows} baris dalam {filings} pemfailan; {none.bm}",
        f"rehearsed {done} of {many(rows, 'row')} in {many(filings, 'filing')}; {none.en}",
    )


def _summary(
    known: Settings,
    plan: Plan,
    folder: RunFolder,
    outcome: Outcome,
    warned: tuple[Problem, ...],
) -> RunSummary:
    stopped = outcome.stopped_by
    if stopped:
        stopped.sent = outcome.sent
    return RunSummary(
        run_id=outcome.run_id,
        version=__version__,
        job_name=plan.job_file.name,
        procedure=plan.job.procedure,
        employer=aim.named(known, plan.job.employer_code) or console.say(NEW_EMPLOYER),
        portal=known.portal.address,
        live=known.portal.live,
        rehearsal=outcome.rehearsal,
        started=outcome.started,
        ended=outcome.ended,
        filings=tuple(outcome.filings),
        problems=warned,
        stopped_by=Stop.of(stopped) if stopped else None,
        notes=outcome.notes,
        moved=outcome.moved,
        chain=folder.head,
        profile=known.profile.digest,
        language=console.language(),
        total=plan.job.total([v.row for v in outcome.verdicts.values() if v.state in DONE]),
    )
