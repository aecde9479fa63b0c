"""`assist-rpa follow`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from rpa import __version__, settings
from rpa.aftercare.follow import Errand, Follower
from rpa.cli import aim, console, progress
from rpa.cli.check import checked

# What a run and a round of looks do alike: keep the checked bytes, stop at a safe point.
from rpa.cli.ending import REPORT, WORKBOOK
from rpa.cli.journal import Journal
from rpa.cli.run import kept
from rpa.cli.sealing import sealing
from rpa.cli.stopping import frozen, stops_when_asked
from rpa.engine.moved import compared
from rpa.errors import Words, many
from rpa.evidence.files import fitting
from rpa.evidence.folder import LOG, PROFILE_FILE, RunFolder
from rpa.evidence.report import RunSummary, Stop, write_report
from rpa.evidence.workbook import write_back
from rpa.ledger.ledger import Ledger
from rpa.model.filing import APPROVED, REJECTED, UNDER_QUERY
from rpa.rules.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rpa.aftercare.follow import Look
    from rpa.jobs import Plan
    from rpa.settings import Settings

EVERYBODY = Words("semua kes terbuka", "every open case")
ALL = "follow"  # what a round without a job is called, in its folder's name too
UNREAD = "?"


def follow(jobs: Sequence[Path], portal: str | None, config: Path | None) -> int:
    """Look at the cases of these jobs, or at all open ones; the exit code says who must act."""
    known = settings.load(config=config, portal=portal, opens=True)
    if not jobs:
        aim.tell(known, console.say(EVERYBODY), aim.READING)
    plans = [checked(job, known, aim.READING)[0] for job in jobs]
    with Ledger.open(known.ledger) as ledger, ExitStack() as ending:
        errands = [_errand(known, plan) for plan in plans] or [_errand(known, None)]
        for errand in errands:
            ending.enter_context(sealing(errand.folder, ledger))
        with Journal(errands[0].folder.path / LOG, progress.watcher()) as watcher:
            follower = Follower(known, ledger, errands, watcher, on_freeze=frozen)
            with stops_when_asked(follower.stop):
                code = follower.run()
        follower.moved = compared(known, errands[0].folder, follower.sightings)
        for errand in errands:
            _give_back(known, follower, errand)
    _tell(follower)
    return code


def _errand(known: Settings, plan: Plan | None) -> Errand:
    name = plan.job_file.stem if plan else ALL
    folder = RunFolder.create(known.runs, job_name=name, now=known.now())
    folder.put(PROFILE_FILE, known.profile.text)
    return Errand(folder, kept(plan, folder) if plan else None)


def _give_back(known: Settings, follower: Follower, errand: Errand) -> None:
    """The operator's table with each row's state now, and the report."""
    plan, folder = errand.plan, errand.folder
    summary = _summary(known, follower, errand)
    if plan:
        name = plan.table.path.name if plan.table else f"{plan.job_file.stem}.xlsx"
        # What a job is about beside its rows stands in the job file, not in the operator's table.
        mine = (v for v in errand.verdicts if v.row.number or not plan.table)
        in_table = [one for verdict in mine for one in verdict.of_lines()]
        returned = write_back(
            plan.table, in_table, fitting(folder.path / name),
            evidence_root=folder.path, malay=console.malay(),
        )  # fmt: skip
        folder.add(returned.path, "workbook")
        for note in returned.notes:
            console.err.print(console.say(note), markup=False)
        summary = replace(summary, notes=(*summary.notes, *returned.notes))
        console.out.print(f"{console.say(WORKBOOK)} {returned.path}", markup=False)
    report = write_report(summary, errand.verdicts, folder.report)
    console.out.print(f"{console.say(REPORT)} {report}", markup=False)


def _summary(known: Settings, follower: Follower, errand: Errand) -> RunSummary:
    plan, stopped = errand.plan, follower.stopped_by
    employers = sorted({look.case.employer for look in errand.looks})
    return RunSummary(
        run_id=follower.id,
        version=__version__,
        job_name=plan.job_file.name if plan else ALL,
        procedure=plan.job.procedure if plan else ALL,
        employer=(plan.job.employer_code if plan else "") or ", ".join(employers),
        portal=known.portal.address,
        live=known.portal.live,
        rehearsal=False,
        looked_up=True,
        started=follower.started,
        ended=follower.ended,
        filings=errand.filings(),
        stopped_by=Stop.of(stopped) if stopped else None,
        notes=follower.elsewhere.told,
        moved=follower.moved,
        chain=errand.folder.head,
        profile=known.profile.digest,
        language=console.language(),
    )


def _tell(follower: Follower) -> None:
    """The cases, what hindered the looks, and the line that a scheduler keeps."""
    looks = list(follower.looks.values())
    if looks:
        console.out.print(_table(looks))
    for error in [*follower.troubles, *([follower.stopped_by] if follower.stopped_by else [])]:
        console.error(error)
    console.notes((*follower.elsewhere.told, *follower.moved))
    _not_read(looks)
    approved, query = follower.count(APPROVED), follower.count(UNDER_QUERY)
    rejected, pending = follower.count(REJECTED), follower.count(Status.PENDING)
    enforced = follower.count(Status.UNDER_ENFORCEMENT)
    rest = Words(f", {enforced} dalam penguatkuasaan", f", {enforced} under enforcement")
    bm, en = (rest.bm, rest.en) if enforced else ("", "")
    told = Words(
        f"{follower.count()} kes dilihat: {approved} diluluskan, {query} ditanya, {rejected} "
        f"ditolak, {pending} belum diputuskan{bm}",
        f"followed {many(follower.count(), 'case')}: {approved} approved, {query} under query, "
        f"{rejected} rejected, {pending} still pending{en}",
    )
    console.out.print(console.say(told))


def _not_read(looks: Sequence[Look]) -> None:
    unread = [look for look in looks if not look.status]
    if unread:
        told = Words(
            f"tidak dibaca: {len(unread)} daripada {len(looks)} kes",
            f"not read: {len(unread)} of {many(len(looks), 'case')}",
        )
        console.out.print(console.say(told))
    others = sum(look.trouble is None for look in unread)
    if others:
        words = Words(
            f"Difailkan dengan ID portal lain, atau pelaksanaan terhenti sebelumnya: {others} kes.",
            "Filed with another portal ID, or the round stopped before them: "
            f"{many(others, 'case')}.",
        )
        console.err.print(console.say(words))


def _table(looks: Sequence[Look]) -> Table:
    title = console.say(Words("Kes yang disemak", "Cases looked at"))
    columns = ("reference", "procedure", "employer", "status", "letters")
    table = Table(*columns, title=title, title_justify="left", title_style="bold")
    for look in looks:
        case, letters = look.case, "\n".join(path.name for path in look.letters)
        table.add_row(
            escape(case.reference), case.procedure, case.employer, _status(look), escape(letters)
        )
    return table


def _status(look: Look) -> str:
    """What it was and what it is now; once when nothing changed."""
    before, now = look.case.portal_status or UNREAD, look.status or UNREAD
    return escape(before if before == now else f"{before} -> {now}")
