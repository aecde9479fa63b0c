"""QRG 4, and the guides of ACR and ECR: a month's contribution, by text file or worker by worker.

A month goes whole or not at all: when the portal says no to one worker, nothing is submitted. The
robot stops before the payment; it never touches FPX (facts 8.6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from rpa import textfile
from rpa.errors import HeldBack, RowRefused, Words, keeping, many
from rpa.model.filing import DRAFT, Bill, Census, Papers, Sighting
from rpa.model.monthly import MonthlyJob
from rpa.pages.contribution import PendingList
from rpa.pages.contribution_review import submissions
from rpa.pages.contribution_tray import FUNDS, ContributionTray, recorded
from rpa.pages.review import BOX, Review
from rpa.rules import contribution
from rpa.rules.choices import squeeze
from rpa.rules.contribution import HEADINGS, WAGES, Draft, Kind, Share, Sum
from rpa.rules.vocabulary import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rpa.model.filing import Filing, Receipt, Row
    from rpa.pages.contribution import MonthPage, Objection
    from rpa.pages.contribution_tray import MonthRecord
    from rpa.portal.tab import Portal
    from rpa.procedure.steps import Steps
    from rpa.rules.months import Month
    from rpa.rules.payee import Payee

PREFIX = ""  # a contribution has no case number
UNSENT = DRAFT
SCREEN = PendingList
REVIEW = Review()
tray = ContributionTray


class Job(MonthlyJob):
    """A month's contribution: SOCSO + EIS together, or one of them alone."""

    procedure: Literal["submit_contributions"]


def run(filing: Filing[Payee], portal: Portal, steps: Steps) -> Receipt:
    """The guide, step by step. Raises what `rpa.errors` names."""
    job: Job = steps.job
    with steps(f"open {job.act.shown}, Senarai Tertunda Caruman Majikan"):
        pending = PendingList.opened(portal, job.act, filing.employer)
        draft = job.draft(_kind(job, pending))
    by = _by_file if job.by == "text_file" else _by_rows
    page, shares = by(job, draft, filing, pending, steps)
    with steps("review"):
        workers = _workers(filing, shares, draft)
        sums = contribution.sums(shares.values(), job.act)
        steps.same(
            {**_declared(draft, sums), **workers},
            {**_shown(page), **_listed(page, workers, draft, steps)},
        )
    with steps.commit("Hantar, Sahkan"):
        result = page.submit()
    with steps("keep the slips"):
        steps.picture("receipt")
        return result.receipt(steps.letter)


def _kind(job: Job, pending: PendingList) -> Kind:
    """A month that the list does not show (any more) goes as arrears; the portal decides."""
    if job.kind == "short":
        return Kind.SHORT
    return Kind.MONTHLY if job.month in pending.months() else Kind.ARREARS


# --- by text file (QRG 4, step 4b) ---


def _by_file(
    job: Job, draft: Draft, filing: Filing[Payee], pending: PendingList, steps: Steps
) -> tuple[MonthPage, dict[int, Share]]:
    layout = job.layout(pending.portal.day())
    path = _written(job, filing, layout, steps)
    with steps("TEKS FAIL, Muat Naik"):
        screen = pending.upload()
        steps.saving()
        objections = screen.upload(path, job.month)
    if objections:
        steps.unsaved()
        _refuse(objections, layout, filing, steps)
    with steps("Seterusnya"):
        steps.draft(str(draft))
        page = screen.onward(draft)
    shares = job.shares(filing.rows)
    if layout is textfile.EIS:  # that layout has no wages (facts: text-files 4)
        shares = [share._replace(wages=0) for share in shares]
    return page, dict(zip((row.number for row in filing.rows), shares, strict=True))


def _written(job: Job, filing: Filing[Payee], layout: textfile.Layout, steps: Steps) -> Path:
    """The text file, kept with the run as it is sent."""
    ssm = job.text_file.ssm
    lines = [textfile.line_of(r.record, job.month, filing.employer, ssm) for r in filing.rows]
    path = steps.letter(f"{job.act.value}_{job.month.digits}.txt")
    with keeping(path):
        path.write_bytes(textfile.build(lines, layout, job.text_file.style))
        path.chmod(0o600)
    steps.papers(Papers((path,)))
    return path


def _refuse(
    objections: list[Objection], layout: textfile.Layout, filing: Filing[Payee], steps: Steps
) -> None:
    """Each objection is the verdict of its row, at the row's own cell. Raises HeldBack."""
    for number, row in enumerate(filing.rows, start=1):
        mine = [objection for objection in objections if objection.line == number]
        if mine:
            with steps("the portal's objections", row=row):
                raise RowRefused(_told(row, mine, layout))
    raise HeldBack(_file_refused(len({one.line for one in objections}), len(filing.rows)))


def _told(row: Row[Payee], objections: list[Objection], layout: textfile.Layout) -> Words:
    said = []
    for one in objections:
        cell = _CELLS.get(layout.at(one.begin, one.end), "")
        place = row.places.get(cell, row.address)
        said.append(f"{place}: {one.words} (line {one.line}, {one.begin}-{one.end})")
    return Words.quoted("; ".join(said))


# The field of the payroll table behind each field of a text file.
_CELLS = {
    "identification": "identification",
    "name": "name",
    "wages": "wages",
    "socso_employer": "wages",
    "socso_employee": "wages",
    "eis_employer": "wages",
    "eis_employee": "wages",
    "eis_total": "wages",
    "skbbk": "skbbk_opt_out",
    "employment_date": "employment_date",
    "employment_status": "employment_status",
}


# --- worker by worker (QRG 4, step 4a) ---


def _by_rows(
    job: Job, draft: Draft, filing: Filing[Payee], pending: PendingList, steps: Steps
) -> tuple[MonthPage, dict[int, Share]]:
    shares = _added(job, draft, filing, pending.portal)
    with steps("open the month"):
        pending = PendingList.opened(pending.portal, job.act, filing.employer)
        page = _month_page(job, draft, pending, steps)
        steps.saving()
    for row in filing.rows:
        with steps("type the wages", row=row):
            _enter(page, job, row.record, shares[row.number])
    refused = len(filing.rows) - len(steps.kept)
    if refused:
        steps.unsaved()
        raise HeldBack(_file_refused(refused, len(filing.rows)))
    if draft.kind is not Kind.SHORT:
        with steps("the workers without a contribution"):
            _nothing(page, {row.record.identification for row in filing.rows}, steps)
    with steps("Simpan Draf, Lengkap"):
        page = page.saved()
        steps.draft(str(draft))
        page = page.completed()
    return page, shares


def _month_page(job: Job, draft: Draft, pending: PendingList, steps: Steps) -> MonthPage:
    if steps.left:
        return pending.edit(draft)
    if draft.kind is Kind.SHORT:
        return pending.short_of(job.month)
    if draft.kind is Kind.ARREARS:
        return pending.arrears_of(job.month)
    return pending.open(job.month)


def _added(job: Job, draft: Draft, filing: Filing[Payee], portal: Portal) -> dict[int, Share]:
    """What each row adds to the submission: his month or, of one that is short, what is left."""
    whole = dict(zip((r.number for r in filing.rows), job.shares(filing.rows), strict=True))
    if draft.kind is not Kind.SHORT:
        return whole
    known = recorded(portal, filing.employer, job.month, job.act).workers
    had = {row.number: known.get(row.record.identification) for row in filing.rows}
    return {
        number: Share(share.wages - there.wages, there.left(share.due)) if there else share
        for number, share in whole.items()
        for there in [had[number]]
    }


def _enter(page: MonthPage, job: Job, payee: Payee, share: Share) -> None:
    """One worker's wages. Raises RowRefused for another name, or what the portal reckons."""
    line = page.line(payee.identification)
    if line.name.casefold() != squeeze(payee.name).casefold():
        raise RowRefused(OTHER_NAME)
    after = page.enter(payee.identification, payee.wages)
    wrong = [HEADINGS[name] for name in job.act.columns if after.amounts[name] != share.of(name)]
    if wrong or after.amounts[WAGES] != payee.wages:
        bm, en = (", ".join(w.bm for w in wrong), ", ".join(w.en for w in wrong))
        raise RowRefused(
            Words(
                f"Portal mengira lain: {bm}. Semak jenis pekerja, tarikh lahir, caruman pertama "
                "dan SKBBK.",
                f"The portal reckons otherwise: {en}. Check the kind of worker, date of birth, "
                "first contribution and SKBBK.",
            )
        )


def _nothing(page: MonthPage, paid: set[str], steps: Steps) -> None:
    """Every other worker of the month has no wages: he is told so, for a blank stops the month."""
    page.everybody()
    for line in page.lines(steps.alive):
        if line.identification not in paid:
            page.line(line.identification)
            page.enter(line.identification, 0)
    page.everybody()


# --- review ---


def _declared(draft: Draft, sums: Mapping[str, Sum]) -> dict[str, dict[str, str]]:
    """What the month page must show: whose month it is, and every total and head-count."""
    head = {
        "Employer Code": draft.employer,
        "Contribution Month": str(draft.month),
        "Contribution Type": draft.kind.value,
    }
    return {BOX: head, **{HEADINGS[name].en: _pair(one) for name, one in sums.items()},
            "Total": {"Total": str(contribution.grand(sums))}}  # fmt: skip


def _shown(page: MonthPage) -> dict[str, dict[str, str]]:
    head: dict[str, str] = {
        "Employer Code": page.employer_code.read(),
        "Contribution Month": str(page.shown_month()),
        "Contribution Type": KINDS.read(page.kind.read(), page.kind.key).value,
    }
    totals = page.totals()
    return {BOX: head, **{HEADINGS[name].en: _pair(one) for name, one in totals.items()},
            "Total": {"Total": str(page.grand())}}  # fmt: skip


def _workers(
    filing: Filing[Payee], shares: Mapping[int, Share], draft: Draft
) -> dict[str, dict[str, str]]:
    """What the month's list must show of each worker, by his number.

    Of a short payment that is what is left to be paid, beside the whole wages (assumed).
    """
    found = {}
    for row in filing.rows:
        share, payee = shares[row.number], row.record
        wages = payee.wages if draft.kind is Kind.SHORT else share.wages
        amounts = {WAGES: wages, **{column: share.of(column) for column in draft.act.columns}}
        found[payee.identification] = _line(payee.name, amounts)
    return found


def _listed(
    page: MonthPage, workers: Mapping[str, object], draft: Draft, steps: Steps
) -> dict[str, dict[str, str]]:
    """The same as it is shown, with everybody else for whom anything is to be paid."""
    if page.search_data.read():
        page.everybody()
    paid = draft.act.columns if draft.kind is Kind.SHORT else (WAGES, *draft.act.columns)
    lines = [one for one in page.lines(steps.alive)
             if one.identification in workers or any(one.amounts[c] for c in paid)]  # fmt: skip
    return {line.identification: _line(line.name, line.amounts) for line in lines}


def _line(name: str, amounts: Mapping[str, int]) -> dict[str, str]:
    """A worker's line, in sen; the portal may keep a name in capital letters."""
    return {
        "Worker's name": squeeze(name).upper(),
        **{HEADINGS[c].en: str(a) for c, a in amounts.items()},
    }


def _pair(total: Sum) -> dict[str, str]:
    return {"Total (sen)": str(total.amount), "Number of Employee(s)": str(total.workers)}


# --- what the portal has already ---


def find(
    employer: str, rows: tuple[Row[Payee], ...], portal: Portal, steps: Steps
) -> dict[int, Sighting]:
    """Which workers' month the portal has, exactly as it is due or otherwise."""
    job: Job = steps.job
    with steps("look at what was submitted"):
        known = recorded(portal, employer, job.month, job.act)
    found = {row.number: _sighting(row.record, job, known) for row in rows}
    return {number: sighting for number, sighting in found.items() if sighting}


def _sighting(payee: Payee, job: Job, known: MonthRecord) -> Sighting | None:
    due = payee.contributions(job.month)
    mine = known.workers.get(payee.identification)
    if mine is not None and mine.same(due):
        return Sighting(same=True, words=SUBMITTED)
    if not known.funds:
        return Sighting(same=False, words=NEVER) if job.kind == "short" else None
    if job.kind == "short":
        return Sighting(same=False, words=TOO_MUCH) if mine and mine.more(due) else None
    if known.funds < set(FUNDS[job.act]):
        return Sighting(same=False, words=ONE_ALONE)
    return Sighting(same=False, words=OTHERWISE if mine else WITHOUT_HIM)


def survey(
    job: Job, rows: tuple[Row[Any], ...], portal: Portal, alive: Callable[[], None]
) -> Census:
    """Whom the portal lists for the month, and what the month before came to."""
    del rows
    pending = PendingList.opened(portal, job.act, job.employer)
    page = pending.reached(job.month)
    lines = page.lines(alive) if page else None
    listed = None if lines is None else frozenset(line.identification for line in lines)
    last = _bill(portal, job, job.month.before)
    return Census(len(listed or ()), listed=listed, last=last)


def _bill(portal: Portal, job: Job, month: Month) -> Bill | None:
    """What the portal has of another month under the same act; None when it has nothing.

    An employer of foreigners only has no ECR.
    """
    sent = [submissions(portal, fund, job.employer).of(month) for fund in FUNDS[job.act]]
    if not any(sent):
        return None
    whole = [one for of_fund in sent for one in of_fund]
    workers = max(
        sum(one.workers for one in of_fund if one.type is not Kind.SHORT) for of_fund in sent
    )
    return Bill(str(month), workers, sum(one.amount for one in whole))


def persons(reference: str, portal: Portal) -> set[str]:
    """The month that a draft is of."""
    del portal
    draft = Draft.read(reference)
    return {str(draft.month)} if draft else set()


def withdraw(reference: str, employer: str, portal: Portal) -> None:
    """Remove a draft, which also bars a press of it that may still be on its way."""
    draft = Draft.read(reference)
    if draft is not None:
        PendingList.opened(portal, draft.act, employer).remove(draft)


def _file_refused(refused: int, of: int) -> Words:
    return Words(
        f"Portal menolak {refused} daripada {of} pekerja; bulan ini tidak dihantar.",
        f"The portal refused {refused} of {many(of, 'worker')}; the month was not submitted.",
    )


SUBMITTED = Words(
    "Portal sudah mempunyai caruman pekerja ini untuk bulan itu; tiada apa-apa dihantar.",
    "The portal has this worker's contribution of the month already; nothing was sent.",
)
OTHERWISE = Words(
    "Portal mempunyai caruman pekerja ini untuk bulan itu dengan jumlah lain. Jika kurang, "
    "hantar bezanya dengan 'kind: short'.",
    "The portal has another contribution of this worker for the month. If it is less, submit the "
    "difference with 'kind: short'.",
)
WITHOUT_HIM = Words(
    "Bulan itu sudah dihantar tanpa pekerja ini. Hantar carumannya dengan 'kind: short'.",
    "The month was submitted without this worker. Submit his with 'kind: short'.",
)
ONE_ALONE = Words(
    "Satu daripada PERKESO dan SIP bulan itu sudah dihantar sendiri. Hantar yang satu lagi dengan "
    "'act: socso' atau 'act: eis'.",
    "One of SOCSO and EIS of the month was submitted alone. Submit the other one with "
    "'act: socso' or 'act: eis'.",
)
NEVER = Words(
    "Bulan itu belum dihantar; kekurangan hanya ada selepasnya. Buang 'kind: short'.",
    "The month was not submitted yet; something can only be short after that. Remove "
    "'kind: short'.",
)
TOO_MUCH = Words(
    "Portal mempunyai lebih daripada yang perlu dibayar untuk pekerja ini; PERKESO memulangkannya "
    "dengan borang PKS(K)50.",
    "The portal has more than is due for this worker; PERKESO pays back by form PKS(K)50.",
)
OTHER_NAME = Words(
    "Portal menyenaraikan nombor ini dengan nama lain.",
    "The portal lists this number under another name.",
)
