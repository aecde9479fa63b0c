"""`assist-rpa check`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rpa import jobs, settings
from rpa.cli import aim, answer, console, remembered
from rpa.cli.figures import figure, spans
from rpa.cli.settled import settled
from rpa.engine import guards, red
from rpa.errors import JobInvalid, Problem, Words, before_any_portal, many
from rpa.jobs import group
from rpa.pages.agreement import check_profile
from rpa.rules.workers import WorkerKind

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.model.filing import Row
    from rpa.settings import Settings


class SentByHand(JobInvalid):
    """The job files nothing at a portal: a person sends what it makes."""

    next_move = Words("Taip arahan itu.", "Type that command.")


def check(job: Path, portal: str | None, config: Path | None) -> int:
    """Show all problems and the plan; 0 when the job can be run."""
    known = settings.load(config=config, portal=portal)
    if jobs.is_review(job):
        from rpa.cli import review  # noqa: PLC0415  heavy, and rare

        return review.check(job, known)
    plan, _ = checked(job, known)
    whose = plan.job.employer_code or console.say(NEW_EMPLOYER)
    rows, filings = len(plan.rows), len(plan.filings)
    papers = len(plan.documents)
    told = Words(
        f"{plan.job.procedure} untuk {whose}: {rows} baris, {filings} pemfailan, {papers} dokumen "
        "setiap satu",
        f"{plan.job.procedure} for {whose}: {many(rows, 'row')} in "
        f"{many(filings, 'filing')}, {many(papers, 'document')} each",
    )
    console.out.print(f"[green]ok[/] {console.say(told)}")
    for number, filing in enumerate(plan.filings, start=1):
        head = plan.job.head[0] if plan.job.head else ""
        console.out.print(f"  {number}. {_told(head, filing)}", markup=False)
    _figures(plan)
    remembered.tell(plan, known)
    answer.tell(_answer(plan, approval=_guarded(plan, known)))
    return 0


def _answer(plan: Plan, *, approval: bool) -> answer.Checked:
    numbers = tuple(tuple(row.number for row in filing) for filing in plan.filings)
    whole = (plan.job.procedure, plan.job.employer_code, len(plan.rows), numbers)
    return answer.Checked(*whole, len(plan.documents), approval)


def _figures(plan: Plan) -> None:
    """What a month adds up to, for the person to compare; and who is left out of it."""
    told = [(figure(name), value) for name, value in plan.job.figures(plan.rows, None)]
    names, values = (max((len(pair[n]) for pair in told), default=0) for n in (0, 1))
    for name, value in told:
        console.out.print(f"  {name:<{names}}  {value:>{values}}", markup=False)
    for words, numbers in _left_out(plan).items():
        console.out.print(f"  {spans(numbers)}: {console.say(words)}", markup=False)


def _left_out(plan: Plan) -> dict[Words, list[int]]:
    found: dict[Words, list[int]] = {}
    for number, words in plan.job.left_out(plan.rows).items():
        found.setdefault(words, []).append(number)
    return found


def _guarded(plan: Plan, known: Settings) -> bool:
    """What the guards can tell already: whether a second person must agree.

    The portal's own count comes later.
    """
    today = known.today()
    later = [row for row in plan.rows if row.record.due and row.record.due > today]
    rows = [row for row in plan.rows if row not in later]
    alarms = guards.of(plan.job, known).of_job(rows, later)
    if alarms:
        console.out.print(console.say(guards.said(alarms)), markup=False)
    asked = bool(alarms or guards.always(plan.job, known))
    if asked:
        console.out.print(console.say(APPROVAL), markup=False)
    if told := red.would_stop(known, plan.job.procedure):
        console.out.print(console.say(told), markup=False)
    return asked


def _told(head: str, filing: tuple[Row[Any], ...]) -> str:
    """One filing of the plan: what is in it, how many of each kind, which rows, which papers."""
    of_rows = [row for row in filing if row.number]
    heads = [head] if len(of_rows) < len(filing) else []
    kinds = Counter(row.record.group for row in of_rows)
    counted = [f"{count} {_kind(kind)}".rstrip() for kind, count in kinds.items()]
    papers = len({paper.path for row in filing for paper in row.documents})
    listed = spans([row.number for row in of_rows])
    rows = console.say(Words(f" (baris {listed})", f" (rows {listed})"))
    numbers = rows if of_rows else ""
    beside = Words(f", {papers} dokumen sendiri", f", {papers} documents of their own")
    own = console.say(beside) if papers else ""
    return f"{' + '.join([*heads, *counted])}{numbers}{own}"


def _kind(group: str) -> str:
    """A kind of worker as an operator writes it; of other groups their name."""
    return console.say(WorkerKind(group).words) if group in {*WorkerKind} else group


APPROVAL = Words(
    "Penghantaran memerlukan kelulusan penyelia: jalankan raptai dahulu, ia menulis pelannya.",
    "Sending it needs a supervisor's approval: rehearse it first, which writes the plan.",
)
USE_REVIEW = Words(
    "Fail ini untuk semakan dan tiada apa-apa untuk difailkan: gunakan `assist-rpa review`.",
    "This file is of a review and has nothing to file: use `assist-rpa review`.",
)
USE_RUN = Words(
    "Kerja ini menyediakan kertas yang anda hantar sendiri; tiada apa-apa untuk difailkan di "
    "portal. Gunakan `assist-rpa run`.",
    "This job makes papers that you send yourself and files nothing at the portal: use "
    "`assist-rpa run`.",
)
NEW_EMPLOYER = Words("(majikan baharu)", "(new employer)")


@before_any_portal()
def checked(
    job: Path, config: Settings, aim_at: Words | None = None
) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan and its warnings, which were shown. Raises JobInvalid after showing every error.

    ``aim_at``: what will be done at the portal; told before anything else. What the configuration
    mends of the screens is checked too: before a browser opens.
    """
    console.notes(check_profile(config))
    if jobs.is_review(job):
        raise JobInvalid(USE_REVIEW, where=str(job))
    if jobs.is_package(job):
        raise SentByHand(USE_RUN, where=str(job))
    found = jobs.check(job, today=config.today())
    if aim_at and found.plan:
        employer = found.plan.job.employer_code or console.say(NEW_EMPLOYER)
        aim.tell(config, employer, aim_at)
    plan = settled(found, job)
    warned = tuple(Problem(g.address, g.code, g.words, g.severity) for g in group(found.problems))
    return plan, warned
