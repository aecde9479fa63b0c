"""What a person does next about a month that was compared (facts 8.5, 8.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.rules import late_interest
from rpa.rules.money import shown
from rpa.rules.reconcile import State
from rpa.rules.recorded import Fund

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rpa.rules.reconcile import Reconciled, Total

ACTS = {Fund.ACR: Words("PERKESO (ACR)", "SOCSO (ACR)"), Fund.ECR: Words("SIP (ECR)", "EIS (ECR)")}


def moves(compared: Reconciled, pending: Collection[Fund] = ()) -> list[Words]:
    """The next moves about a month, fund by fund; one sentence saying so when there is none.

    ``pending`` are the funds under which something was filed, or may have been, that the portal
    does not list yet: nobody is told to submit what may be that very filing.
    """
    found = [
        Words(f"{ACTS[fund].bm}: {words.bm}", f"{ACTS[fund].en}: {words.en}")
        for fund, total in compared.totals.items()
        for words in _of_fund(compared, fund, total, pending=fund in pending)
    ]
    return found or [NONE]


def _of_fund(compared: Reconciled, fund: Fund, total: Total, *, pending: bool) -> Iterator[Words]:
    if total.state is State.UNREAD:
        yield _UNREAD
        return
    missing = list(_missing(compared, fund, total))
    yield from [_PENDING] if pending and missing else missing
    yield from _unexpected(compared, fund)
    yield from _of_payment(compared, total)


def _missing(compared: Reconciled, fund: Fund, total: Total) -> Iterator[Words]:
    """Submit what is not on record."""
    due = total.figures.due
    if total.state is State.ARREARS and due is None:
        yield _NOTHING_RECORDED
    if not total.details and due:
        yield _submit(compared, due, total)
    short = compared.in_state(State.SHORT, fund)
    if short:
        missing = -sum(worker.parts[fund].difference for worker in short)
        yield _short(missing, len(short), total.figures.expected or 0)


def _unexpected(compared: Reconciled, fund: Fund) -> Iterator[Words]:
    """Look at what should not be on record."""
    strangers = compared.in_state(State.NOT_IN_PAYROLL, fund)
    if strangers:
        yield _strangers(sum(w.parts[fund].recorded for w in strangers), len(strangers))
    more = compared.in_state(State.MORE, fund)
    if more:
        yield _more(sum(w.parts[fund].difference for w in more), len(more), fund)


def _of_payment(compared: Reconciled, total: Total) -> Iterator[Words]:
    """Pay what is on record and not paid; FPX is the person's (facts 8.6)."""
    heads = [of.submission for of in total.details]
    owed = [head for head in heads if head.paid < head.amount]
    if owed:
        numbers, by = ", ".join(head.number for head in owed), _by(compared)
        left = shown(sum(head.amount - head.paid for head in owed))
        yield Words(
            f"bayar RM {left} bagi {numbers}; {by.bm}.", f"pay RM {left} for {numbers}; {by.en}."
        )
    if total.figures.fclb:
        interest = shown(total.figures.fclb)
        yield Words(
            f"portal menunjukkan FCLB RM {interest}; bayar jika belum.",
            f"the portal shows FCLB of RM {interest}; pay it unless that is done.",
        )


def _by(compared: Reconciled) -> Words:
    """Until when, or since when no more in time."""
    day = late_interest.due(compared.month).strftime("%d/%m/%Y")
    if compared.late:
        return Words(f"tempohnya tamat {day}", f"it was due by {day}")
    return Words(f"selewat-lewatnya {day}", f"due by {day}")


def _submit(compared: Reconciled, amount: int, total: Total) -> Words:
    due, by = shown(amount), _by(compared)
    if total.state is not State.ARREARS:
        return Words(f"hantar dan bayar RM {due}; {by.bm}.", f"submit and pay RM {due}; {by.en}.")
    about = _expected(total.figures.expected or 0)
    return Words(
        f"hantar RM {due} sebagai tunggakan (Arrears) dan bayar; {by.bm}.{about.bm}",
        f"submit RM {due} as Arrears and pay it; {by.en}.{about.en}",
    )


def _expected(interest: int) -> Words:
    """What is not on record yet has no FCLB at the portal."""
    if not interest:
        return Words("", "")
    about = shown(interest)
    return Words(
        f" FCLB dijangka kira-kira RM {about} jika dibayar hari ini.",
        f" Expect FCLB of about RM {about} if it is paid today.",
    )


def _short(missing: int, workers: int, interest: int) -> Words:
    about, few = _expected(interest), _workers(workers)
    return Words(
        f"RM {shown(missing)} kurang direkodkan bagi {few.bm}: hantar sebagai kekurangan (Short)."
        f"{about.bm}",
        f"RM {shown(missing)} too little is recorded for {few.en}: submit it as Short.{about.en}",
    )


def _strangers(amount: int, workers: int) -> Words:
    few = _workers(workers)
    return Words(
        f"RM {shown(amount)} direkodkan bagi {few.bm} yang tiada dalam jadual gaji: semak siapa.",
        f"RM {shown(amount)} is recorded for {few.en} not in the payroll table: see who it is.",
    )


def _more(amount: int, workers: int, fund: Fund) -> Words:
    few, how = _workers(workers), _REFUND[fund]
    return Words(
        f"RM {shown(amount)} lebih direkodkan bagi {few.bm}: {how.bm}",
        f"RM {shown(amount)} more than due is recorded for {few.en}: {how.en}",
    )


def _workers(count: int) -> Words:
    return Words(f"{count} pekerja", f"{count} worker{'' if count == 1 else 's'}")


_REFUND = {  # facts 8.6
    Fund.ACR: Words(
        "semak, kemudian mohon bayaran balik: Inspection, BBC, borang PKS(K)50.",
        "check it, then ask for a refund: Inspection, BBC, form PKS(K)50.",
    ),
    Fund.ECR: Words(
        "semak, kemudian mohon bayaran balik di kaunter: Lampiran A/B.",
        "check it, then ask for a refund at the counter: Appendix A/B.",
    ),
}
NONE = Words("Tiada apa-apa lagi.", "Nothing more to do.")
_UNREAD = Words(
    "rekod portal tidak dapat dibaca; jalankan semula.",
    "the portal's record could not be read; run it again.",
)
_PENDING = Words(
    "kurang atau tiada dalam rekod, tetapi alat ini mempunyai pemfailan yang belum disenaraikan "
    "portal atau perlu disemak. Semak itu dahulu; jangan hantar semula.",
    "something is missing on record, but this tool has a filing that the portal does not list yet "
    "or that is in doubt. Look into that first; do not submit again.",
)
_NOTHING_RECORDED = Words(
    "tiada apa-apa direkodkan dan tempohnya telah tamat. Jika gaji dibayar bagi bulan ini, hantar "
    "sebagai tunggakan (Arrears).",
    "nothing is recorded and its day is over. If wages were paid for this month, submit it as "
    "Arrears.",
)
