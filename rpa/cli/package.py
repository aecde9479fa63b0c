"""A job whose papers a person sends: checked, made, sent on, answered on. No browser, no portal."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rpa import jobs, parcel, settings
from rpa.cli import console
from rpa.cli.settled import settled
from rpa.errors import SENT_NOTHING, JobInvalid, RpaError, Words, keeping, to_copy
from rpa.evidence.files import PRIVATE_FOLDER, create_private, write_private
from rpa.evidence.folder import new_folder
from rpa.evidence.wording import MALAYSIA
from rpa.parcel.package import Order
from rpa.reading import reading
from rpa.run import parcels
from rpa.run.agenda import job_name
from rpa.run.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.parcel.package import Package, Parcel
    from rpa.run.parcels import Known
    from rpa.settings import Settings


class NotSaid(JobInvalid):
    """What a person says of a package cannot be noted."""

    next_move = Words(
        "Betulkan dan taip semula. Tiada apa-apa dicatat.",
        "Mend it and type it again. Nothing was noted.",
    )


@dataclass(frozen=True)
class _Desk:
    """A checked job of a package, and the ledger's name for its matter."""

    known: Settings
    plan: Plan
    ledger: Ledger

    @property
    def procedure(self) -> Parcel:
        return parcel.load(self.plan.job.procedure)

    @property
    def order(self) -> Order:
        plan = self.plan
        return Order(plan.job, plan.rows, plan.documents, self.known.today())

    @property
    def key(self) -> str:
        return self.ledger.seal("", self._name, "", "parcel", *self.procedure.matter(self.order))

    @property
    def before(self) -> list[Known]:
        """The packages of the same matter, oldest first."""
        return parcels.of_matter(self.ledger, self.key)

    def note(self, package: Package, folder: Path) -> None:
        """What the ledger keeps of it: no name and no number of a person."""
        seal, name = self.ledger.seal, self._name
        made = parcels.Made(
            procedure=name,
            job=job_name(self.plan.job_file),
            job_digest=self.plan.digest,
            matter_key=self.key,
            folder=folder.name,
            persons={n: seal("", name, "", "person", who) for n, who in package.persons.items()},
        )
        parcels.note(self.ledger, made)

    @property
    def _name(self) -> str:
        return self.plan.job.procedure


is_one = jobs.is_package


def check(job: Path, config: Path | None) -> int:
    """Show all problems, what would be made and what is missing; 0 when it can be made."""
    known = settings.load(config=config)
    plan = _planned(job, known)
    with Ledger.open(known.ledger) as ledger:
        desk = _Desk(known, plan, ledger)
        package = _packed(desk)
        what = Words(
            f"{plan.job.procedure}: {len(package.files)} fail untuk satu pakej",
            f"{plan.job.procedure}: {len(package.files)} files for one package",
        )
        console.out.print(f"[green]ok[/] {console.say(what)}")
        _tell(package)
        console.notes(_standing(desk.before))
    return 0


def make(job: Path, asked: bool, config: Path | None) -> int:  # noqa: FBT001  Typer's options
    """Make the package in a new private folder, and say whose move is next; 0 when it stands.

    ``asked``: for a filing, a browser or a portal, of which there is none here.
    """
    known = settings.load(config=config)
    try:
        if asked:
            console.notes([NEVER_SENT])
        plan = _planned(job, known)
        with Ledger.open(known.ledger) as ledger:
            desk = _Desk(known, plan, ledger)
            console.notes(_standing(desk.before))
            package = _packed(desk)
            folder = written(known, plan, package, desk.note)
    except RpaError as error:
        error.sent = SENT_NOTHING
        raise
    told(package, folder)
    console.out.print(console.say(_then(job, "--sent")), markup=False)
    return 0


def package(job: Path, sent: str, received: str, config: Path | None) -> int:
    """Note on which day it was sent, or answered; without either, show what is known."""
    known = settings.load(config=config)
    if not is_one(job):
        raise NotSaid(NO_PACKAGE, where=str(job))
    found = jobs.check(job, today=known.today())
    plan = found.plan or settled(found, job)  # remarks were told when it was made
    with Ledger.open(known.ledger) as ledger:
        desk = _Desk(known, plan, ledger)
        if not desk.before:
            raise NotSaid(NEVER_MADE, where=str(job))
        if sent:
            _sent(desk, _day(sent, "--sent", known))
        if received:
            _answered(desk, _day(received, "--received", known))
        for one in desk.before:
            console.out.print(console.say(state(one)), markup=False)
    return 0


def reminders(known: Settings, ledger: Ledger) -> Iterator[Words]:
    """What was sent and not answered for as many working days as the calendar says."""
    calendar, today = known.calendar(), known.today()
    for one in parcels.waiting(ledger):
        if one.sent_on is None:
            continue
        days = parcels.working_days(calendar, one.sent_on, today)
        if days >= calendar.answer_days:
            yield Words(
                f"{one.job} ({one.procedure}): dihantar {one.sent_on:%d/%m/%Y}, {days} hari "
                "bekerja tanpa jawapan. Tanya PERKESO; apabila jawapan tiba: assist-rpa package "
                f"{to_copy(one.job)} --received yyyy-mm-dd",
                f"{one.job} ({one.procedure}): sent on {one.sent_on:%d/%m/%Y}, {days} working days "
                "without an answer. Ask PERKESO; when the answer comes: assist-rpa package "
                f"{to_copy(one.job)} --received yyyy-mm-dd",
            )


def remind(config: Path | None) -> int:
    """`assist-rpa due` of jobs that file nothing; 0."""
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger:
        found = list(reminders(known, ledger))
    console.notes(found)
    if not found:
        console.out.print(console.say(NOTHING_WAITS), markup=False)
    return 0


# --- what is made ---------------------------------------------------------------------------------


def _planned(job: Path, known: Settings) -> Plan:
    return settled(jobs.check(job, today=known.today()), job)


def _packed(desk: _Desk) -> Package:
    package = desk.procedure.pack(desk.order)
    table = desk.plan.table.path if desk.plan.table else None
    if not jobs.unchanged(desk.plan, desk.plan.job_file, table):
        raise JobInvalid(CHANGED, where=desk.plan.job_file.name)
    return package


def written(
    known: Settings,
    plan: Plan,
    package: Package,
    note: Callable[[Package, Path], None] = lambda *_: None,
) -> Path:
    """The folder, after it was noted: both of them or neither."""
    folder = new_folder(known.packages, job_name=plan.job_file.stem, now=known.now())
    try:
        for name, content in package.files.items():
            place = folder / name
            with keeping(place):
                place.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
                create_private(place, content)
        note(package, folder)
    except RpaError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def told(package: Package, folder: Path) -> None:
    """What was made, what is missing, where it is, and whose move is next."""
    for name in package.files:
        console.out.print(f"  {name}", markup=False)
    _tell(package)
    console.out.print(f"{console.say(MADE)} {folder}", markup=False)
    console.out.print(console.say(package.next_move), markup=False)


def _tell(package: Package) -> None:
    for words in package.told:
        console.out.print(f"  {console.say(words)}", markup=False)


# --- what a person says ---------------------------------------------------------------------------


def _day(text: str, option: str, known: Settings) -> date:
    """A day that has come. Raises NotSaid."""
    with reading(lambda _: NotSaid(DAY_FORM, where=option)):
        day = date.fromisoformat(text)
        if day.isoformat() != text:
            raise ValueError
    if day > known.today():
        raise NotSaid(TO_COME, where=option)
    return day


def _sent(desk: _Desk, day: date) -> None:
    newest = desk.before[-1]
    if newest.job_digest != desk.plan.digest:
        raise NotSaid(ANOTHER, where=newest.folder)
    if day < newest.made_at.astimezone(MALAYSIA).date():
        raise NotSaid(BEFORE_MADE, where=f"--sent, {newest.folder}")
    parcels.sent(desk.ledger, newest, day)


def _answered(desk: _Desk, day: date) -> None:
    """Note it, and put beside the package what a person needs next."""
    were_sent = [one for one in desk.before if one.sent_on]
    if not were_sent:
        raise NotSaid(NEVER_SENT_YET, where="--received")
    newest = were_sent[-1]
    if newest.sent_on and day < newest.sent_on:
        raise NotSaid(BEFORE_SENT, where="--received")
    parcels.answered(desk.ledger, newest, day)
    package, folder = desk.procedure.answered(desk.order), desk.known.packages / newest.folder
    if folder.is_dir():
        _beside(folder, package.files)
    _tell(package)
    console.out.print(console.say(package.next_move), markup=False)


def _beside(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        place = write_private(folder / name, content)
        console.out.print(f"{console.say(WRITTEN)} {place}", markup=False)


def _standing(before: Sequence[Known]) -> Iterator[Words]:
    """That the same was sent already: whoever sends it again should know."""
    for one in before:
        if one.sent_on:
            stands = state(one)
            yield Words(f"Ini sudah dihantar: {stands.bm}.", f"This was sent already: {stands.en}.")


def state(one: Known) -> Words:
    """The package by the name of its folder, and what became of it on which day."""
    days = [one.made_at.astimezone(MALAYSIA).date(), one.sent_on, one.answered_on]
    came = [(words, f"{day:%d/%m/%Y}") for words, day in zip(STEPS, days, strict=True) if day]
    bm = ", ".join(f"{words.bm} {day}" for words, day in came)
    en = ", ".join(f"{words.en} {day}" for words, day in came)
    return Words(f"{one.folder}: {bm}", f"{one.folder}: {en}")


def _then(job: Path, option: str) -> Words:
    command = f"assist-rpa package {to_copy(str(job))} {option} yyyy-mm-dd"
    return Words(f"Selepas menghantarnya: {command}", f"After you have sent it: {command}")


STEPS = (Words("dibuat", "made"), Words("dihantar", "sent"), Words("dijawab", "answered"))
MADE = Words("Pakej disediakan:", "The package was made:")
WRITTEN = Words("ditulis:", "written:")
NEVER_SENT = Words(
    "--submit, --yes, --show-browser dan --portal tidak mengubah apa-apa di sini: prosedur ini "
    "tidak menghantar apa-apa, anda yang menghantarnya.",
    "--submit, --yes, --show-browser and --portal change nothing here: this procedure sends "
    "nothing, you send it.",
)
CHANGED = Words(
    "Fail kerja, jadual atau dokumennya berubah semasa disemak.",
    "The job file, its table or a document changed while it was being checked.",
)
NOTHING_WAITS = Words(
    "Tiada pakej yang lama menunggu jawapan.", "No package has waited long for an answer."
)
NO_PACKAGE = Words(
    "Kerja ini difailkan di portal; statusnya ada pada `assist-rpa status`.",
    "This job is filed at the portal; `assist-rpa status` knows how it stands.",
)
NEVER_MADE = Words(
    "Pakej kerja ini belum dibuat. Buat dahulu: assist-rpa run",
    "No package of this job was made yet. Make it first: assist-rpa run",
)
NEVER_SENT_YET = Words(
    "Belum dicatat bahawa pakej ini dihantar. Nyatakan dahulu: --sent yyyy-mm-dd",
    "Nobody has noted that this package was sent. Say that first: --sent yyyy-mm-dd",
)
ANOTHER = Words(
    "Fail kerja atau dokumennya berubah selepas pakej ini dibuat. Buat pakej semula (assist-rpa "
    "run) dan hantar yang itu, atau kembalikan fail seperti semasa pakej ini dibuat.",
    "The job file or a document changed after this package was made. Make the package anew "
    "(assist-rpa run) and send that one, or put the files back as they were.",
)
DAY_FORM = Words(
    "Tulis hari sebagai yyyy-mm-dd, contohnya 2026-11-30.",
    "Write the day as yyyy-mm-dd, such as 2026-11-30.",
)
TO_COME = Words("Hari ini belum tiba.", "This day has not come.")
BEFORE_MADE = Words(
    "Hari ini lebih awal daripada hari pakej dibuat.",
    "This day is earlier than the day on which the package was made.",
)
BEFORE_SENT = Words(
    "Hari ini lebih awal daripada hari pakej dihantar.",
    "This day is earlier than the day on which the package was sent.",
)
