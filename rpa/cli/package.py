"""`assist-rpa check` and `run` of a job whose papers a person sends: no browser, no portal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rpa import jobs, parcel, settings
from rpa.cli import console
from rpa.cli.settled import settled
from rpa.errors import SENT_NOTHING, JobInvalid, RpaError, Words, keeping
from rpa.evidence.files import PRIVATE_FOLDER, create_private
from rpa.evidence.folder import new_folder
from rpa.parcel.package import Order

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.jobs import Plan
    from rpa.parcel.package import Package
    from rpa.settings import Settings


is_one = jobs.is_package


def check(job: Path, config: Path | None) -> int:
    """Show all problems, what would be made and what is missing; 0 when it can be made."""
    known = settings.load(config=config)
    plan, package = _packed(job, known)
    told = Words(
        f"{plan.job.procedure}: {len(package.files)} fail untuk satu pakej",
        f"{plan.job.procedure}: {len(package.files)} files for one package",
    )
    console.out.print(f"[green]ok[/] {console.say(told)}")
    _tell(package)
    return 0


def make(job: Path, submit: bool, config: Path | None) -> int:  # noqa: FBT001  Typer's option
    """Make the package in a new private folder, and say whose move is next; 0 when it stands."""
    known = settings.load(config=config)
    try:
        if submit:
            console.notes([NEVER_SENT])
        plan, package = _packed(job, known)
        folder = _written(known, plan, package)
    except RpaError as error:
        error.sent = SENT_NOTHING
        raise
    for name in package.files:
        console.out.print(f"  {name}", markup=False)
    _tell(package)
    console.out.print(f"{console.say(MADE)} {folder}", markup=False)
    console.out.print(console.say(package.next_move), markup=False)
    return 0


def _packed(job: Path, known: Settings) -> tuple[Plan, Package]:
    plan = settled(jobs.check(job, today=known.today()), job)
    order = Order(plan.job, plan.rows, plan.documents, known.today())
    package = parcel.load(plan.job.procedure).pack(order)
    table = plan.table.path if plan.table else None
    if not jobs.unchanged(plan, plan.job_file, table):
        raise JobInvalid(CHANGED, where=plan.job_file.name)
    return plan, package


def _written(known: Settings, plan: Plan, package: Package) -> Path:
    """The folder, whole or not at all."""
    folder = new_folder(known.packages, job_name=plan.job_file.stem, now=known.now())
    try:
        for name, content in package.files.items():
            place = folder / name
            with keeping(place):
                place.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
                create_private(place, content)
    except RpaError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _tell(package: Package) -> None:
    for words in package.told:
        console.out.print(f"  {console.say(words)}", markup=False)


MADE = Words("Pakej disediakan:", "The package was made:")
NEVER_SENT = Words(
    "--submit tidak perlu: prosedur ini tidak menghantar apa-apa, anda yang menghantarnya.",
    "--submit is not needed: this procedure sends nothing, you send it.",
)
CHANGED = Words(
    "Fail kerja, jadual atau dokumennya berubah semasa disemak.",
    "The job file, its table or a document changed while it was being checked.",
)
