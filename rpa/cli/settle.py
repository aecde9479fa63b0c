"""`assist-rpa settle` and `cancel`: a person's answer for a filing that goes no further."""

from __future__ import annotations

import getpass
import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rpa import flows, settings
from rpa.aftercare.glance import Glance, SaysOtherwise, holder
from rpa.cli import aim, console, progress
from rpa.cli.journal import Journal
from rpa.cli.sealing import sealing
from rpa.cli.stopping import frozen, stops_when_asked
from rpa.errors import (
    Busy,
    ConfigInvalid,
    InDoubt,
    NeedsPerson,
    NotThePortal,
    PortalUnavailable,
    Refused,
    Stopped,
    UnexpectedPage,
    Words,
)
from rpa.evidence.folder import LOG, PROFILE_FILE, RunFolder
from rpa.evidence.wording import shown
from rpa.ledger.ledger import FilingState, Ledger, Outcome
from rpa.model.filing import RECEIVED
from rpa.register import Register
from rpa.rules.contribution import NUMBER

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.ledger.records import FilingRecord
    from rpa.model.filing import Receipt
    from rpa.settings import Settings

CONTRIBUTIONS = rf"{NUMBER}( {NUMBER})*"
# Where the portal cannot be looked at, the person's answer is taken all the same.
NOT_LOOKED = (Busy, ConfigInvalid, NeedsPerson, NotThePortal, PortalUnavailable, Refused,
              UnexpectedPage)  # fmt: skip


class NotTaken(ConfigInvalid):
    """What a person types for a filing cannot be noted."""

    next_move: ClassVar[Words] = Words(
        "Betulkan dan taip semula. Tiada apa-apa dicatat.",
        "Mend it and type it again. Nothing was noted.",
    )


class Said(NamedTuple):
    """A person's answer; without one an earlier answer is only taken back."""

    filed: str | None
    not_filed: bool
    correct: bool
    reason: str

    @property
    def outcome(self) -> Outcome | None:
        """What it comes to."""
        if self.filed is not None:
            return Outcome.FILED
        return Outcome.NOT_FILED if self.not_filed else None


class Ways(NamedTuple):
    """How it is done: without the question, without the look."""

    yes: bool
    no_look: bool
    portal: str | None


def settle(
    filing: str,
    answer: tuple[str | None, bool, bool, str],
    how: tuple[bool, bool, str | None],
    config: Path | None,
) -> int:
    """Look at the portal, then write down what the person saw there, and who it was."""
    said, ways = Said(*answer), Ways(*how)
    _whole(said)
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger:
        record = _answered(ledger, filing) if said.correct else _the_one(ledger, filing)
        if said.filed is not None:
            _checked(record, said.filed)
        if said.correct:
            _agreed(known, ledger, record, said, ways)
            record = _taken_back(known, ledger, record, said.reason)
        receipt = _looked(ledger, record, said, ways, config)
        if receipt:
            return _by_the_record(record, receipt, said)
        if said.outcome is None:
            console.out.print(f"{record.id[:8]}: {console.say(IN_DOUBT_AGAIN)}", markup=False)
            return InDoubt.exit_code
        if not said.correct:
            _agreed(known, ledger, record, said, ways)
        _note(ledger, record, said.outcome, said)
    return 0


def _note(ledger: Ledger, record: FilingRecord, outcome: Outcome, said: Said) -> None:
    person, reason = getpass.getuser(), said.reason.strip()
    status = "" if flows.decided_on(record.procedure) else RECEIVED
    ledger.settle(record.id, outcome, reference=said.filed or "", reason=reason,
                  person=person, status=status)  # fmt: skip
    answer = f"{console.say(ANSWERS[outcome])} {said.filed or ''}".rstrip()
    console.out.print(f"{record.id[:8]}: {answer} ({person}: {reason})", markup=False)


# --- the portal's record ---


def _looked(
    ledger: Ledger, record: FilingRecord, said: Said, ways: Ways, config: Path | None
) -> Receipt | None:
    """What the record shows as sent; None, and told why, where it does not tell."""
    if ways.no_look:
        console.notes([NOT_WANTED])
        return None
    try:
        known = settings.load(config=config, portal=ways.portal, opens=True)
        return _at_the_portal(known, ledger, record, said)
    except InDoubt:
        console.notes([NO_ANSWER])
    except NOT_LOOKED as error:
        bm, en = (f"{words} {error.where}".rstrip() for words in (error.words.bm, error.words.en))
        console.notes([Words(NO_LOOK.bm.format(bm), NO_LOOK.en.format(en))])
    return None


def _at_the_portal(known: Settings, ledger: Ledger, record: FilingRecord, said: Said) -> Receipt:
    portal_id = holder(known, ledger, record)
    aim.tell(known, record.employer, aim.READING)
    folder = RunFolder.create(known.runs, job_name="settle", now=known.now())
    with sealing(folder, ledger):
        folder.put(PROFILE_FILE, known.profile.text)
        with Journal(folder.path / LOG, progress.watcher()) as watcher:
            look = Glance(known, ledger, record, portal_id, folder, watcher, on_freeze=frozen)
            with stops_when_asked(look.stop):
                return look.run(said.filed or "")


def _by_the_record(record: FilingRecord, receipt: Receipt, said: Said) -> int:
    """Tell what the record decided; it is written by now. Raises SaysOtherwise."""
    number = receipt.reference
    told = Words(BY_RECORD.bm.format(number), BY_RECORD.en.format(number))
    console.out.print(f"{record.id[:8]}: {console.say(told)}", markup=False)
    agrees = set((said.filed or "").split()) == set(number.split())
    if said.outcome and not agrees:
        raise SaysOtherwise(Words(OTHERWISE.bm.format(number), OTHERWISE.en.format(number)))
    return 0


# --- an earlier answer ---


def _answered(ledger: Ledger, beginning: str) -> FilingRecord:
    """The one filing whose id begins so and of which a person's answer is the last word."""
    found = [f for f in ledger.filings_named(beginning) if f.id.startswith(beginning)]
    if len(found) != 1:
        raise NotTaken(_not_one(beginning))
    if not ledger.answered(found[0].id):
        raise NotTaken(NOTHING_TO_CORRECT)
    return found[0]


def _taken_back(known: Settings, ledger: Ledger, record: FilingRecord, reason: str) -> FilingRecord:
    ledger.take_back(record.id, reason=reason.strip(), person=getpass.getuser())
    if record.state is FilingState.FILED and not flows.decided_on(record.procedure):
        _out_of_register(known, record)
    return ledger.filing(record.id) or record


def _out_of_register(known: Settings, record: FilingRecord) -> None:
    """What a run entered by that answer goes: a month is not registered under what was no number.

    Of a filing whose records were blanked nobody knows whom; then it is only told.
    """
    if not known.register.is_file():
        return
    people = [json.loads(row.payload)["identification"] for row in record.rows if row.payload]
    with Register.open(known.register) as register:
        gone = register.take_out(record.employer, record.reference, people)
    told = Words(REGISTER.bm.format(gone, record.reference),
                 REGISTER.en.format(gone, record.reference))  # fmt: skip
    console.notes([told])


# --- the question ---


def _agreed(known: Settings, ledger: Ledger, record: FilingRecord, said: Said, ways: Ways) -> None:
    """Show what will be noted; a person at a terminal is asked once more. Raises Stopped."""
    whose, at = aim.named(known, record.employer), shown(record.intended_at)
    rows, of = _rows(record), f"{record.procedure} · {whose}"
    what = [
        Words(
            f"Akan dicatat: {of} · {rows.bm} · ditekan {at}",
            f"To be noted: {of} · {rows.en} · pressed {at}",
        )
    ]
    answer = ledger.answer(record.id)
    if said.correct and answer:
        was, by = ANSWERS[Outcome(answer.outcome)], f"{answer.person}: {answer.reason}"
        bm, en = (f"{words} {answer.reference}".rstrip() for words in (was.bm, was.en))
        what.append(Words(TAKES_BACK.bm.format(bm, by), TAKES_BACK.en.format(en, by)))
    if said.outcome:
        told = CONSEQUENCES[said.outcome]
        what.append(Words(*(w.format(said.filed) for w in (told.bm, told.en))))
    for words in what:
        console.err.print(console.say(words), markup=False)
    if ways.yes or not console.at_a_terminal():
        return
    console.err.print(console.say(QUESTION), style="bold", markup=False, end="")
    if console.typed().strip().casefold() not in aim.YES:
        raise Stopped(NOT_AGREED)


def _rows(record: FilingRecord) -> Words:
    """Which rows it is about, as `2-4, 7`."""
    numbers = [row.position for row in record.rows if row.state is record.state and row.position]
    if not numbers:
        return Words("perkara kerja itu sendiri", "what the job itself is about")
    runs = [[n for _, n in group] for _, group in
            groupby(enumerate(numbers), key=lambda one: one[1] - one[0])]  # fmt: skip
    told = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return Words(f"baris {told}", f"row {told}" if len(numbers) == 1 else f"rows {told}")


def cancel(filing: str, reason: str, config: Path | None) -> int:
    """Let a filing that was given up be tried anew, and write down who wished it."""
    if not reason.strip():
        raise ConfigInvalid(
            Words(
                "Nyatakan dengan --reason mengapa ia boleh dicuba semula.",
                "Say with --reason why it may be tried again.",
            )
        )
    person = getpass.getuser()
    with Ledger.open(settings.load(config=config).ledger) as ledger:
        record = _beginning(ledger, filing)
        if record.state is not FilingState.DEAD:
            raise ConfigInvalid(
                Words(
                    f"Pemfailan ini ialah {record.state.value!r}, bukan 'dead'. Jika belum pasti: "
                    "assist-rpa settle. Lejar tidak diubah.",
                    f"This filing is {record.state.value!r} and was not given up ('dead'). For one "
                    "in doubt: assist-rpa settle. The ledger was not changed.",
                )
            )
        ledger.cancel(record.id, reason=reason.strip(), person=person)
    done = Words("pelaksanaan yang berikutnya mencubanya semula", "the next run tries it anew")
    console.out.print(f"{record.id[:8]}: {console.say(done)} ({person})", markup=False)
    return 0


def _whole(said: Said) -> None:
    """One answer, and why. Raises NotTaken."""
    both = said.filed is not None and said.not_filed
    if both or not (said.outcome or said.correct):
        raise NotTaken(
            Words(
                "Nyatakan --filed NOMBOR atau --not-filed, satu sahaja.",
                "Give either --filed NUMBER or --not-filed, and only one.",
            )
        )
    if not said.reason.strip():
        raise NotTaken(
            Words(
                "Nyatakan apa yang dilihat di portal dengan --reason.",
                "Say with --reason what you saw in the portal.",
            )
        )


def _checked(record: FilingRecord, number: str) -> None:
    """A number that no case of this procedure can have. Raises NotTaken."""
    prefix = flows.load(record.procedure).PREFIX
    if not flows.decided_on(record.procedure):
        form, example = CONTRIBUTIONS, "ACR112260000001 ECR112260000001"
    elif prefix:
        starts = (prefix,) if isinstance(prefix, str) else prefix
        form, example = f"({'|'.join(starts)})[0-9A-Z]+", f"{starts[0]}11202600000012"
    else:  # the case has its number from before
        form = example = "".join(record.drafts[-1:])
    if not re.fullmatch(form, number):
        raise NotTaken(
            Words(
                f'Tulis nombor seperti di portal, contohnya "{example}".',
                f'Write the number as the portal has it, such as "{example}".',
            )
        )


def _beginning(ledger: Ledger, beginning: str) -> FilingRecord:
    """The one filing that waits for a person and whose id begins so."""
    waiting = [w for w in ledger.summary().waiting if w.filing_id.startswith(beginning)]
    record = ledger.filing(waiting[0].filing_id) if len(waiting) == 1 else None
    if record is None:
        raise NotTaken(_not_one(beginning))
    return record


def _the_one(ledger: Ledger, beginning: str) -> FilingRecord:
    """One that a person may answer for."""
    found = [f for f in ledger.filings_named(beginning) if f.id.startswith(beginning)]
    if len(found) == 1 and ledger.answered(found[0].id):
        told = found[0].id[:8]
        raise NotTaken(Words(ANSWERED.bm.format(told), ANSWERED.en.format(told)))
    record = _beginning(ledger, beginning)
    if record.state is FilingState.INTENDED:
        raise NotTaken(
            Words(
                "Pelaksanaan itu terhenti ketika menghantar. Jalankan kerja itu semula dahulu: "
                "alat ini menyemak rekod portal sendiri.",
                "That run ended in its press. Run the job again first: the tool looks at the "
                "portal's record itself.",
            )
        )
    return record


def _not_one(beginning: str) -> Words:
    return Words(
        f"Bukan tepat satu pemfailan bermula dengan {beginning}. Lihat: assist-rpa status",
        f"Not exactly one filing begins with {beginning}. See: assist-rpa status",
    )


NOT_WANTED = Words(
    "Portal tidak dilihat (--no-look); yang dicatat hanya jawapan anda.",
    "The portal was not looked at (--no-look); what is noted is your answer alone.",
)
NO_LOOK = Words(
    "Portal tidak dapat dilihat, maka yang dicatat hanya jawapan anda. {}",
    "The portal could not be looked at, so what is noted is your answer alone. {}",
)
NO_ANSWER = Words(
    "Rekod portal sudah dilihat dan belum dapat memastikannya.",
    "The portal's record was looked at and does not tell yet.",
)
BY_RECORD = Words(
    "difailkan {}, menurut rekod portal sendiri", "filed {}, by the portal's own record"
)
OTHERWISE = Words(
    "Rekod portal menunjukkan pemfailan ini sudah dihantar, dengan nombor {}. Itu yang dicatat.",
    "The portal's record shows that this filing was sent, under {}. That is what was noted.",
)
IN_DOUBT_AGAIN = Words(
    "jawapan ditarik balik; perlu disemak semula", "the answer is taken back; in doubt again"
)
ANSWERED = Words(
    "Pemfailan ini sudah dijawab. Untuk membetulkannya: assist-rpa settle {} --correct --reason "
    '"sebab", dengan jawapan yang baharu.',
    "This filing is answered already. To correct that: assist-rpa settle {} --correct --reason "
    '"why", with the new answer.',
)
NOTHING_TO_CORRECT = Words(
    "Perkataan terakhir tentang pemfailan ini bukan jawapan seorang: belum dijawab, atau rekod "
    "portal sudah memastikannya.",
    "The last word on this filing is no person's answer: nobody has answered yet, or the portal's "
    "record has told since.",
)
REGISTER = Words(
    "Daftar pekerja: {} baris di bawah {} dikeluarkan. Semak bulan itu: assist-rpa register.",
    "Register of employees: {} entries under {} taken out. See that month: assist-rpa register.",
)
TAKES_BACK = Words(
    "Jawapan dahulu ditarik balik: {} ({}). Ia kekal dalam lejar.",
    "The earlier answer is taken back: {} ({}). It stays in the ledger.",
)
ANSWERS = {
    Outcome.FILED: Words("difailkan", "filed"),
    Outcome.NOT_FILED: Words("tidak difailkan", "not filed"),
}
CONSEQUENCES = {
    Outcome.FILED: Words(
        "Jawapan: difailkan, {}. Baris ini tidak akan ditekan lagi.",
        "Answer: filed, {}. These rows are never pressed again.",
    ),
    Outcome.NOT_FILED: Words(
        "Jawapan: tidak difailkan. Pelaksanaan berikutnya melihat portal, kemudian menekan baris "
        "ini SEMULA.",
        "Answer: not filed. The next run looks at the portal and then presses these rows AGAIN.",
    ),
}
QUESTION = Words("Catat? [y/T] ", "Note it? [y/N] ")
NOT_AGREED = Words("Tiada persetujuan; tiada apa-apa dicatat.", "Nobody agreed; nothing was noted.")
