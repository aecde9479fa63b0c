"""`assist-rpa status`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  told as a schema
from typing import TYPE_CHECKING

from pydantic import TypeAdapter
from rich.markup import escape
from rich.table import Table

from rpa import settings
from rpa.calibration import earlier
from rpa.cli import aim, console, package, proposal
from rpa.cli.ending import settled_by
from rpa.cli.runs import no_run_yet
from rpa.engine import approval, moved, outage, starts, truth
from rpa.engine.approval import Asked  # noqa: TC001  told as a schema
from rpa.engine.journal import UNNAMED
from rpa.engine.outage import Outage, OutageLasts
from rpa.errors import InDoubt, NeedsApproval, NeedsPerson, Words
from rpa.evidence.wording import shown
from rpa.ledger import parcels
from rpa.ledger.ledger import FilingState, Ledger
from rpa.ledger.records import Summary  # noqa: TC001  told as a schema
from rpa.model.filing import UNDER_QUERY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rpa.engine.starts import Start
    from rpa.ledger.records import RunRecord, SignIn, Waiting
    from rpa.settings import Settings

COLUMNS = (
    Words("keadaan", "state"),
    Words("pemfailan", "filings"),
    Words("pemfailan", "filing"),
    Words("baris", "rows"),
    Words("status di portal", "status at the portal"),
    Words("rujukan", "reference"),
    Words("prosedur", "procedure"),
    Words("majikan", "employer"),
    Words("difailkan", "filed"),
    Words("sejak", "since"),
    Words("ditekan", "pressed"),
    Words("draf", "draft"),
    Words("log masuk", "log-in"),
    Words("ditaip", "typed"),
    Words("disimpan", "saved"),
    Words("apa yang portal tunjukkan", "what the portal showed"),
    Words("bila", "when"),
    Words("jawapan", "answer"),
    Words("nombor", "number"),
    Words("siapa", "who"),
    Words("sebab", "reason"),
    Words("pelaksanaan", "run"),
    Words("tamat", "ended"),
    Words("kod", "exit"),
)
STATES: dict[str, Words] = {
    FilingState.PLANNED: Words("dirancang", "planned"),
    FilingState.PREPARED: Words("disediakan", "prepared"),
    FilingState.INTENDED: Words("ditekan, belum dilihat", "pressed, not looked at yet"),
    FilingState.FILED: Words("difailkan", "filed"),
    FilingState.REHEARSED: Words("raptai", "rehearsed"),
    FilingState.REFUSED: Words("ditolak", "refused"),
    FilingState.IN_DOUBT: Words("perlu disemak", "in doubt"),
    FilingState.CANCELLED: Words("dibatalkan", "cancelled"),
    FilingState.DEAD: Words("dihentikan", "given up"),
    "not filed": Words("tidak difailkan", "not filed"),
    "taken back": Words("ditarik balik", "taken back"),
}
RUN_FIRST = Words(
    "jalankan kerja itu semula; alat ini menyemak rekod portal dahulu.",
    "run the job again; the tool looks at the portal's record first.",
)
HEADS = {words.en: words.bm for words in COLUMNS}
MOST_STARTS = 20
MOST_CASES = 30  # what fits a screen; `follow` shows them all
UNREAD = "?"


@dataclass(frozen=True, slots=True)
class LogIn:
    """A log-in that did not succeed; its password is not typed again until a person says so."""

    number: str
    portal: str
    typed_at: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A package that a person sent, and no answer came; ``folder`` is its name."""

    folder: str
    procedure: str
    job: str
    sent_on: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """What ``status --json`` tells; ``exit`` is its exit code, ``moved`` what is otherwise now."""

    exit: int
    ledger: str
    summary: Summary
    plans: tuple[Asked, ...]
    log_ins: tuple[LogIn, ...]
    moved: tuple[Words, ...]
    packages: tuple[Unanswered, ...]
    outages: tuple[Outage, ...]


TOLD = TypeAdapter(Told)


def status(config: Path | None, verify: bool = False, as_json: bool = False) -> int:  # noqa: FBT001, FBT002  Typer's options
    """Counts by state, what waits for a person or an officer, the last runs, what has moved."""
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger:
        if verify:
            return _verify(ledger, known)
        summary, sign_ins = ledger.summary(), ledger.sign_ins()
        packages = parcels.waiting(ledger)
        outages = tuple(outage.lasting(ledger, known.notify.alarm_after_h))
        known_starts = list(starts.lately(ledger, MOST_STARTS))
    has_moved = (*moved.standing(known), *earlier.standing(known))
    plans = approval.waiting(known.approvals)
    code = alarm(summary, sign_ins) or (NeedsApproval.exit_code if plans else 0)
    code = code or (OutageLasts.exit_code if outages else 0)
    if as_json:
        log_ins = tuple(LogIn(one.number, one.portal, one.typed_at) for one in sign_ins)
        waits = tuple(Unanswered(p.folder, p.procedure, p.job, p.sent_on) for p in packages)
        rest = (log_ins, has_moved, waits, outages)
        return _as_json(Told(code, str(known.ledger), summary, tuple(plans), *rest))
    _tell(summary, sign_ins)
    _runs(summary, known_starts, known)
    if plans:
        console.out.print(proposal.waiting(plans, known))
    console.notes((*(one.words for one in outages), *map(package.state, packages), *has_moved))
    console.err.print(f"{console.say(aim.LEDGER)} {known.ledger}", markup=False)
    return code


def _as_json(told: Told) -> int:
    console.out.print(TOLD.dump_json(told, indent=1).decode(), markup=False, soft_wrap=True)
    return told.exit


def alarm(summary: Summary, sign_ins: Sequence[SignIn]) -> int:
    """What a person must look at: a filing in doubt before what was given up or not signed in."""
    if any(one.state is not FilingState.DEAD for one in summary.waiting):
        return InDoubt.exit_code
    return NeedsPerson.exit_code if summary.waiting or sign_ins else 0


def _tell(summary: Summary, sign_ins: list[SignIn]) -> None:
    if not summary.filings:
        nothing = Words("Belum ada apa-apa difailkan.", "Nothing has been planned or filed yet.")
        console.out.print(console.say(nothing))
        if not summary.runs:
            console.err.print(console.say(no_run_yet()), markup=False)
    else:
        _counts(summary)
    _statuses(summary)
    _waiting(summary)
    _sign_ins(sign_ins)
    _drafts(summary)
    _answers(summary)
    _open_cases(summary)


def _verify(ledger: Ledger, known: Settings) -> int:
    """Whether it is as this tool wrote it; 1 when it is not."""
    found = truth.verify(ledger, known.home, known.runs)
    console.problems(found)
    if not found:
        console.out.print(console.say(AS_WRITTEN))
    console.err.print(f"{console.say(aim.LEDGER)} {known.ledger}", markup=False)
    return 1 if found else 0


AS_WRITTEN = Words(
    "Lejar sepadan dengan lognya, dengan folder pelaksanaan dan dengan pelaksanaan terakhir di "
    "sini.",
    "The ledger agrees with its log, with the run folders and with the last run here.",
)


def _table(bm: str, en: str, *columns: str) -> Table:
    title = console.say(Words(bm, en))
    heads = [HEADS.get(name, name) if console.malay() else name for name in columns]
    table = Table(title=title, title_justify="left", title_style="bold")
    for head in heads:  # a number is never cut: what does not fit goes on below
        table.add_column(head, overflow="fold")
    return table


def _counts(summary: Summary) -> None:
    table = _table("Pemfailan", "Filings", "state", "filings", "rows")
    for state, filings in summary.filings.items():
        table.add_row(console.say(STATES[state]), str(filings), str(summary.rows.get(state, 0)))
    console.out.print(table)


def _statuses(summary: Summary) -> None:
    """What PERKESO has decided, in the portal's words."""
    if not summary.statuses:
        return
    table = _table("Kes yang dihantar", "Cases sent", "status at the portal", "filings")
    for status, filings in sorted(summary.statuses.items()):
        table.add_row(escape(status) or UNREAD, str(filings))
    console.out.print(table)


def _open_cases(summary: Summary) -> None:
    """Cases without a decision; those under query first, for they wait for the employer."""
    if not summary.open_cases:
        return
    title = ("Kes yang belum diputuskan", "Cases without a decision")
    columns = ("reference", "procedure", "employer", "rows", "filed", "status", "since")
    table = _table(*title, *columns)
    waiting_first = sorted(summary.open_cases, key=lambda c: c.portal_status != UNDER_QUERY)
    for case in waiting_first[:MOST_CASES]:
        where = (escape(case.reference), case.procedure, case.employer)
        status = (escape(case.portal_status) or UNREAD, shown(case.status_at))
        table.add_row(*where, str(case.rows), shown(case.filed_at), *status)
    console.out.print(table)
    more = len(summary.open_cases) - MOST_CASES
    if more > 0:
        console.out.print(f"+ {more}")
    follow = Words("Lihat keputusannya: assist-rpa follow", "See what became: assist-rpa follow")
    console.err.print(console.say(follow))


def _waiting(summary: Summary) -> None:
    if not summary.waiting:
        return
    columns = ("filing", "procedure", "employer", "state", "rows", "pressed", "draft")
    table = _table("Perlu disemak oleh orang", "A person must look at these", *columns)
    for one in summary.waiting:
        where = (one.filing_id[:8], one.procedure, one.employer)
        pressed = shown(one.intended_at)
        state = console.say(STATES[one.state])
        table.add_row(*where, state, str(one.rows), pressed, ", ".join(one.drafts))
    console.out.print(table)
    for one in summary.waiting[:MOST_CASES]:
        console.err.print(console.say(_move(one)), markup=False)


def _move(one: Waiting) -> Words:
    """What ends it, ready to be copied; a press that nobody looked at yet is looked at first."""
    number = one.filing_id[:8]
    if one.state is FilingState.INTENDED:
        return Words(f"{number}: {RUN_FIRST.bm}", f"{number}: {RUN_FIRST.en}")
    if one.state is FilingState.IN_DOUBT:
        return settled_by(number)
    command = f"assist-rpa cancel {number} --reason"
    return Words(
        f'{number} dicuba semula dengan: {command} "sebab"',
        f'{number} is tried anew by: {command} "why"',
    )


def _sign_ins(found: list[SignIn]) -> None:
    """Passwords that no run types again by itself, and the command that lets one do it."""
    if not found:
        return
    columns = ("log-in", "portal", "typed", "what the portal showed")
    table = _table("Log masuk yang tidak berjaya", "Log-ins that did not succeed", *columns)
    for one in found:
        ending = escape(console.say(one.ending)) or UNREAD
        table.add_row(one.number, escape(one.portal), shown(one.typed_at), ending)
    console.out.print(table)
    told = Words(
        'assist-rpa retry-login LOGMASUK --reason "…"', 'assist-rpa retry-login LOGIN --reason "…"'
    )
    console.out.print(console.say(told), markup=False)


def _drafts(summary: Summary) -> None:
    """What we prepared and did not send, and which the next run of its job takes away."""
    if not summary.drafts:
        return
    columns = ("draft", "procedure", "employer", "saved")
    table = _table("Draf kita yang tinggal di portal", "Drafts of ours at the portal", *columns)
    for draft in summary.drafts[:MOST_CASES]:
        number = UNREAD if draft.reference.startswith(UNNAMED) else escape(draft.reference)
        table.add_row(number, draft.procedure, draft.employer, shown(draft.saved_at))
    console.out.print(table)
    more = len(summary.drafts) - MOST_CASES
    if more > 0:
        console.out.print(f"+ {more}")


def _answers(summary: Summary) -> None:
    """What persons said of filings in doubt; kept, for it let a filing be sent anew or not."""
    if not summary.answers:
        return
    columns = ("filing", "when", "answer", "number", "who", "reason")
    table = _table("Jawapan orang", "Answers of persons", *columns)
    for one in summary.answers:
        answer = console.say(STATES.get(one.outcome, Words.quoted(one.outcome)))
        told = (answer, escape(one.reference), escape(one.person), escape(one.reason))
        table.add_row(one.filing_id[:8], shown(one.at), *told)
    console.out.print(table)


def _runs(summary: Summary, told: list[Start], known: Settings) -> None:
    """The last starts, with job, employer and counts; those that never began among them."""
    folders = {run.id: run for run in summary.runs}
    listed = {start.run for start in told}
    rows = [(start.at, _start(start, folders.get(start.run), known)) for start in told]
    rows += [(run.started_at, _untold(run)) for run in summary.runs if run.id not in listed]
    if not rows:
        return
    table = _table("Pelaksanaan terakhir", "Last runs", "run", "employer", "rows", "exit", "ended")
    for _, cells in sorted(rows, key=lambda one: one[0], reverse=True)[:MOST_STARTS]:
        table.add_row(*map(escape, cells))
    console.out.print(table)
    last = {start.job: start for start in reversed(told)}
    for start in told:  # below, where a sentence has the whole width; not what is over by now
        if start.exit and start.why_en and start is last[start.job]:
            why = console.say(Words(start.why_bm, start.why_en))
            console.out.print(f"  {start.job} ({start.exit}): {why}", markup=False)


def _start(start: Start, run: RunRecord | None, known: Settings) -> tuple[str, ...]:
    place = f"{start.job}\n{run.folder if run else console.say(NOT_BEGUN)}"
    whose = aim.named(known, start.employer) or "-"
    done = f"{start.done}/{start.rows} {console.say(DONE_BY[start.rehearsal])}"
    return place, whose, done if start.rows else "-", str(start.exit), shown(start.at)


def _untold(run: RunRecord) -> tuple[str, ...]:
    """A run that was killed, or of an older version."""
    code = UNREAD if run.exit is None else str(run.exit)
    return run.folder, UNREAD, UNREAD, code, shown(run.ended_at) or console.say(NO_END)


NOT_BEGUN = Words("tidak bermula", "not begun")
NO_END = Words("tidak sempat tamat, atau masih berjalan", "no end, or still at work")
DONE_BY = {True: Words("diraptai", "rehearsed"), False: Words("difailkan", "filed")}
