"""A job whose papers a person sends: checked, made, sent on, answered on. No browser, no portal."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from rpa import jobs, parcel, settings
from rpa.cli import console, listed
from rpa.cli.said import NotSaid, day_of
from rpa.cli.settled import settled
from rpa.engine.agenda import job_name
from rpa.errors import SENT_NOTHING, JobInvalid, NeedsPerson, RpaError, Words, keeping, to_copy
from rpa.evidence.files import PRIVATE_FOLDER, create_private, write_private
from rpa.evidence.folder import new_folder
from rpa.evidence.wording import MALAYSIA
from rpa.ledger import listings, parcels
from rpa.ledger.ledger import Ledger
from rpa.parcel.package import Order, read_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.ledger.parcels import Known
    from rpa.model.filing import Row
    from rpa.parcel.package import Package, Parcel
    from rpa.settings import Settings


@dataclass(frozen=True)
class _Desk:
    """A checked job of a package, and the ledger's name for its matter."""

    known: Settings
    plan: Plan
    ledger: Ledger
    rows: tuple[Row[Any], ...]

    @classmethod
    def of(cls, known: Settings, plan: Plan, ledger: Ledger) -> Self:
        """With the rows that may be sent. Raises AlreadyListed for a list of nobody."""
        rows = plan.rows
        if plan.job.lists:
            rows = listed.free(plan, listings.of(ledger, rows), known.today())
        return cls(known, plan, ledger, rows)

    @property
    def procedure(self) -> Parcel:
        return parcel.load(self.plan.job.procedure)

    @property
    def order(self) -> Order:
        plan = self.plan
        return Order(plan.job, self.rows, plan.documents, self.known.today())

    @property
    def key(self) -> str:
        return self.ledger.seal("", self._name, "", "parcel", *self.procedure.matter(self.order))

    @property
    def before(self) -> list[Known]:
        """The packages of the same matter, oldest first."""
        return parcels.of_matter(self.ledger, self.key)

    def note(self, package: Package, folder: Path) -> None:
        """What the ledger keeps of it: no name and no number of a person."""
        if package.copies:  # made after what was checked was looked at
            _must_stand(self.plan)
        made = parcels.Made(
            procedure=self._name,
            job=job_name(self.plan.job_file),
            job_digest=self.plan.digest,
            matter_key=self.key,
            folder=folder.name,
            day=self.known.today(),
            persons={n: listings.key(self.ledger, who) for n, who in package.persons.items()},
        )
        parcels.note(self.ledger, made)

    @property
    def _name(self) -> str:
        return self.plan.job.procedure


is_one = jobs.is_package
MOST_FILES = 20  # shown one by one


def check(job: Path, config: Path | None) -> int:
    """Show all problems, what would be made and what is missing; 0 when it can be made."""
    known = settings.load(config=config)
    plan = _planned(job, known)
    with Ledger.open(known.ledger) as ledger:
        desk = _Desk.of(known, plan, ledger)
        package = _packed(desk)
        what = Words(
            f"{plan.job.procedure}: {len(package.names)} fail untuk satu pakej",
            f"{plan.job.procedure}: {len(package.names)} files for one package",
        )
        console.out.print(f"[green]ok[/] {console.say(what)}")
        _tell(package)
        console.notes(_standing(desk))
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
            desk = _Desk.of(known, plan, ledger)
            console.notes(_standing(desk))
            _made(desk, job)
    except RpaError as error:
        error.sent = SENT_NOTHING
        raise
    return 0


def _made(desk: _Desk, job: Path) -> None:
    package = _packed(desk)
    folder = written(desk.known, desk.plan, package, desk.note)
    told(package, folder)
    then = _then(job, "--sent")
    if desk.plan.job.lists:
        then = listed.then({one.folder: one.id for one in desk.before}[folder.name])
    console.out.print(console.say(then), markup=False)


def package(job: Path, sent: str, received: str, config: Path | None) -> int:
    """Note on which day it was sent, or answered; without either, show what is known."""
    known = settings.load(config=config)
    if not is_one(job):
        raise NotSaid(NO_PACKAGE, where=str(job))
    plan = _quietly(job, known)
    if plan.job.lists:
        raise NotSaid(OF_LISTS, where=str(job))
    with Ledger.open(known.ledger) as ledger:
        desk = _Desk.of(known, plan, ledger)
        if not desk.before:
            raise NotSaid(NEVER_MADE, where=str(job))
        went, came = _day(sent, "--sent", known), _day(received, "--received", known)
        if went:
            _sent(desk, went, came)
        if came:
            _answered(desk, came)
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
            command = f"package {to_copy(one.job)} --received"
            if parcel.load(one.procedure).Job.lists:
                command = f"listed {one.id[: listings.SHOWN]} --cover"
            yield Words(
                f"{one.job} ({one.procedure}): dihantar {one.sent_on:%d/%m/%Y}, {days} hari "
                "bekerja tanpa jawapan. Tanya PERKESO; apabila jawapan tiba: assist-rpa "
                f"{command} yyyy-mm-dd",
                f"{one.job} ({one.procedure}): sent on {one.sent_on:%d/%m/%Y}, {days} working days "
                "without an answer. Ask PERKESO; when the answer comes: assist-rpa "
                f"{command} yyyy-mm-dd",
            )


def remind(files: Sequence[Path], config: Path | None) -> int:
    """`assist-rpa due` of jobs that file nothing; 13 when a person has a package to send now."""
    known = settings.load(config=config)
    with Ledger.open(known.ledger) as ledger:
        found = list(reminders(known, ledger))
        console.notes(found)
        codes = [renewed(known, ledger, job) for job in files]
    if not found and not any(codes):
        console.out.print(console.say(NOTHING_WAITS), markup=False)
    return max(codes, default=0)


def renewed(known: Settings, ledger: Ledger, job: Path) -> int:
    """The package of those in a list whose cover is about to end; once, for it holds them.

    13 when it was made, for a person sends it. A list that cannot be read hinders no other.
    """
    try:
        return _renew(known, ledger, job)
    except RpaError as error:
        error.sent = SENT_NOTHING
        console.error(error)
        return error.exit_code


def coming(known: Settings, ledger: Ledger, job: Path) -> Words | None:
    """When renewals of a list fall due; None for another package. Raises JobInvalid."""
    plan = _quietly(job, known)
    if not plan.job.lists:
        return None
    told = listed.due_now(plan, listings.of(ledger, plan.rows), known.today())[1]
    return Words(f"{job.name}: {told.bm}", f"{job.name}: {told.en}")


def _renew(known: Settings, ledger: Ledger, job: Path) -> int:
    plan = _quietly(job, known)
    if not plan.job.lists:
        return 0
    rows, told = listed.due_now(plan, listings.of(ledger, plan.rows), known.today())
    console.out.print(f"{job.name}: {console.say(told)}", markup=False)
    if not rows:
        return 0
    _made(_Desk(known, plan, ledger, rows), job)
    return NeedsPerson.exit_code


# --- what is made ---------------------------------------------------------------------------------


def _planned(job: Path, known: Settings) -> Plan:
    return settled(jobs.check(job, today=known.today()), job)


def _quietly(job: Path, known: Settings) -> Plan:
    """Without the remarks, which were told when the package was made. Raises JobInvalid."""
    found = jobs.check(job, today=known.today())
    return found.plan or settled(found, job)


def _packed(desk: _Desk) -> Package:
    package = desk.procedure.pack(desk.order)
    _must_stand(desk.plan)
    return package


def _must_stand(plan: Plan) -> None:
    """What was checked is what lies there. Raises JobInvalid."""
    if not jobs.unchanged(plan, plan.job_file, plan.table.path if plan.table else None):
        raise JobInvalid(CHANGED, where=plan.job_file.name)


def written(
    known: Settings,
    plan: Plan,
    package: Package,
    note: Callable[[Package, Path], None] = lambda *_: None,
) -> Path:
    """The folder. Its mail comes after the note: what the ledger does not know is not sent."""
    folder = new_folder(known.packages, job_name=plan.job_file.stem, now=known.now())
    mails = {name for name in package.files if name.endswith(".eml")}
    with ExitStack() as undo:  # whatever breaks it off, no copies of cards are left behind
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        _put(folder, {n: data for n, data in package.files.items() if n not in mails})
        for name, paper in package.copies.items():
            _put(folder, {name: read_paper(paper)})
        note(package, folder)
        _put(folder, {n: package.files[n] for n in mails})
        undo.pop_all()
    return folder


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        place = folder / name
        with keeping(place):
            place.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            create_private(place, content)


def told(package: Package, folder: Path) -> None:
    """What was made, what is missing, where it is, and whose move is next."""
    names = package.names
    for name in names[:MOST_FILES]:
        console.out.print(f"  {name}", markup=False)
    if len(names) > MOST_FILES:
        console.out.print(f"  + {len(names) - MOST_FILES}")
    _tell(package)
    console.out.print(f"{console.say(MADE)} {folder}", markup=False)
    console.out.print(console.say(package.next_move), markup=False)


def _tell(package: Package) -> None:
    for words in package.told:
        console.out.print(f"  {console.say(words)}", markup=False)


# --- what a person says ---------------------------------------------------------------------------


def _day(text: str, option: str, known: Settings) -> date | None:
    """A day that has come; None where none is said. Raises NotSaid."""
    if not text:
        return None
    day = day_of(text, option)
    if day > known.today():
        raise NotSaid(TO_COME, where=option)
    return day


def _sent(desk: _Desk, day: date, came: date | None) -> None:
    """Note it; ``came``: the day of its answer, where it is said at the same time."""
    same = [one for one in desk.before if one.job_digest == desk.plan.digest]
    if not same:
        raise NotSaid(ANOTHER, where=desk.before[-1].folder)
    newest = same[-1]
    if day < newest.made_at.astimezone(MALAYSIA).date():
        raise NotSaid(BEFORE_MADE, where=f"--sent, {newest.folder}")
    answer = came or newest.answered_on
    if answer and day > answer:
        raise NotSaid(AFTER_ANSWER, where=f"--sent, {newest.folder}")
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


def _standing(desk: _Desk) -> Iterator[Words]:
    """That the same was sent already: whoever sends it again should know. Of a list its rows."""
    for one in () if desk.plan.job.lists else desk.before:
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
OF_LISTS = Words(
    "Bagi senarai: assist-rpa listed NOMBOR --sent yyyy-mm-dd (nombornya: assist-rpa listed).",
    "For a list: assist-rpa listed NUMBER --sent yyyy-mm-dd (its number: assist-rpa listed).",
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
TO_COME = Words("Hari ini belum tiba.", "This day has not come.")
BEFORE_MADE = Words(
    "Hari ini lebih awal daripada hari pakej dibuat.",
    "This day is earlier than the day on which the package was made.",
)
AFTER_ANSWER = Words(
    "Hari ini lebih lewat daripada hari jawapannya.",
    "This day is later than the day of its answer.",
)
BEFORE_SENT = Words(
    "Hari ini lebih awal daripada hari pakej dihantar.",
    "This day is earlier than the day on which the package was sent.",
)
