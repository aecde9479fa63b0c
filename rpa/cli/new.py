"""`assist-rpa new`: a job file, its blank table and its settings, for an office to fill in."""

from __future__ import annotations

import json
import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from rpa import jobs, parcel, settings
from rpa.cli import console
from rpa.errors import JobInvalid, NotWritten, Words, keeping
from rpa.evidence.files import PRIVATE_FOLDER, create_private
from rpa.jobs import models
from rpa.jobs.kinds import Kinds
from rpa.start import book, columns, headings, jobfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rpa.model.job import Job
    from rpa.start.columns import Shown
    from rpa.start.headings import Understood

PAYROLL: Final = "payroll"
JOB, TABLE = "job.yaml", "table.xlsx"
_RPA = Path(__file__).parent.parent
# In a wheel the examples lie inside the package, in a checkout beside it.
_EXAMPLES = (_RPA / "samples" / "config", _RPA.parent / "config")
CONFIG: Final = {"portal.yaml": "portal.yaml", "employers.yaml": "employers.example.yaml"}


class Stands(NotWritten):
    """Something stands already where a new file was to be."""

    next_move = Words(
        "Beri folder lain di hujung arahan. Tiada apa-apa ditulis atau diubah.",
        "Give another folder at the end of the command. Nothing was written or changed.",
    )


class NotAsked(JobInvalid):
    """The command cannot be carried out as it was typed."""

    next_move = Words(
        "Taip semula. Tiada apa-apa ditulis. Lihat: assist-rpa new --help",
        "Type it again. Nothing was written. See: assist-rpa new --help",
    )


def new(
    procedure: str,
    folder: Path | None,
    table: Path | None,
    sheet: str | None,
    config: Path | None,
) -> int:
    """Write what a first job needs, and say what comes next; 0 when it stands there."""
    place = folder or Path(procedure)
    if procedure == PAYROLL:
        return _payroll(place, table)
    job = model(procedure)
    understood = _understood(job, table, sheet) if table else None
    _write(place, _files(job, procedure, place, table, understood))
    if understood:
        _show(understood, Kinds(job.record, job.variants) if job.record else None)
    job_file = _typed(place / JOB)
    told = [f"assist-rpa check {job_file}", f"assist-rpa run {job_file}"]
    if procedure not in parcel.names():
        _settle(settings.config_folder(config))
        told[1:1] = [f"assist-rpa practise {job_file}", "assist-rpa doctor"]
    _next(place, told, own=table is not None)
    return 0


def model(procedure: str) -> type[Job]:
    """The procedure's model. Raises NotAsked with the nearest name."""
    names = [*models.names(), PAYROLL]
    if procedure in models.names():
        return models.of(procedure)
    near = get_close_matches(procedure, names, n=1)
    listed = ", ".join(names)
    if not procedure:
        raise NotAsked(Words(f"{WHAT.bm} {listed}.", f"{WHAT.en} {listed}."))
    raise NotAsked(
        Words(
            f"'{procedure}' tidak dikenali.{f' Maksud anda {near[0]}?' if near else ''} "
            f"Yang ada: {listed}.",
            f"'{procedure}' is not known.{f' Did you mean {near[0]}?' if near else ''} "
            f"There are: {listed}.",
        )
    )


def _understood(job: type[Job], table: Path, sheet: str | None) -> Understood:
    if job.record is None:
        raise NotAsked(NO_TABLE, where="--from")
    return headings.understand(table, sheet, Kinds(job.record, job.variants))


def _payroll(place: Path, table: Path | None) -> int:
    """A payroll table by itself, for `assist-rpa textfile build`."""
    if table:
        raise NotAsked(PAYROLL_FROM, where="--from")
    _write(place, {f"{PAYROLL}.xlsx": book.blank(columns.of_payroll(), malay=console.malay())})
    file = _typed(place / f"{PAYROLL}.xlsx")
    build = f"assist-rpa textfile build {file} --sheet {book.SHEET} --employer … --month MM/YYYY"
    _next(place, [build, "assist-rpa textfile check FILE", "assist-rpa textfile show FILE"])
    return 0


def _files(
    job: type[Job], procedure: str, place: Path, table: Path | None, understood: Understood | None
) -> dict[str, bytes]:
    shown: list[Shown] = columns.of_job(job)
    files: dict[str, bytes] = {}
    lines = jobfile.table_lines(Path(TABLE), book.SHEET)
    if table and understood and job.record:
        kinds = Kinds(job.record, job.variants)
        mapped = headings.lines(understood, kinds, console.say)
        lines = jobfile.table_lines(_from(place, table), understood.sheet, mapped)
    elif shown:
        files[TABLE] = book.blank(shown, malay=console.malay())
    files[JOB] = jobfile.written(job, procedure, lines, console.say).encode()
    files[jobfile.SCHEMA] = json.dumps(jobs.schema(procedure), indent=1).encode()
    return files


def _from(place: Path, table: Path) -> Path:
    """The way from the job file to a table that lies elsewhere, and stays there."""
    try:
        return Path(os.path.relpath(table, place))
    except ValueError:  # another drive
        return table.absolute()


def _write(place: Path, files: Mapping[str, bytes]) -> None:
    """All of them or none: nothing that stands there is written over. Raises Stands, NotWritten."""
    with keeping(place):
        place.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    for name in files:
        if os.path.lexists(place / name):
            raise Stands(STANDS, where=str(place / name))
    for name, content in files.items():
        _create(place / name, content)
        console.out.print(f"{console.say(WRITTEN)} {place / name}", markup=False)


def _create(target: Path, content: bytes) -> None:
    try:
        create_private(target, content)
    except FileExistsError:
        raise Stands(STANDS, where=str(target)) from None


def _settle(config: Path) -> None:
    """The settings that a first run needs, from the examples; those that stand stay."""
    examples = next(place for place in _EXAMPLES if place.is_dir())
    for name, example in CONFIG.items():
        target = config / name
        if os.path.lexists(target):
            console.err.print(f"{console.say(KEPT)} {target}", markup=False)
            continue
        with keeping(config):
            config.mkdir(parents=True, exist_ok=True)
        _create(target, (examples / example).read_bytes())
        told = f"{console.say(WRITTEN)} {target}  ({console.say(FILL[name])})"
        console.out.print(told, markup=False)


def _show(understood: Understood, kinds: Kinds | None) -> None:
    """Every heading and what it was taken as; what was not, with what comes nearest."""
    fields = kinds.columns if kinds else {}
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for head in (COLUMN, HEADING, TAKEN):
        grid.add_column(console.say(head), overflow="fold")
    for one in understood.headings:
        said = console.say(fields[one.field].heading) if one.field else console.say(UNUSED)
        if one.near:
            near = console.say(fields[one.near].heading)
            said = f"{console.say(UNKNOWN)}; {console.say(NEAREST)} {near}?"
        if one.spare:
            said = f"{console.say(UNUSED)}; {said}"
        style = "" if one.field and not one.spare else "yellow"
        grid.add_row(one.column, Text(one.text), Text(said, style))
    where = f"{understood.sheet}, " if understood.sheet else ""
    title = f"{where}{console.say(ROW)} {understood.row}:"
    console.out.print(title, markup=False)
    console.out.print(grid)
    for name in understood.lacking:
        heading = console.say(fields[name].heading)
        console.notes([Words(f"{LACKING.bm} {heading}", f"{LACKING.en} {heading}")])
    if understood.open:
        console.notes([CONFIRM])


def _typed(path: Path) -> str:
    """As it is typed into any shell."""
    return f'"{path}"' if " " in str(path) else str(path)


def _next(place: Path, commands: list[str], *, own: bool = False) -> None:
    fill = Words(FILL_JOB.bm.format(place), FILL_JOB.en.format(place))
    if own:
        fill = Words(CHECK_JOB.bm.format(place / JOB), CHECK_JOB.en.format(place / JOB))
    console.err.print(f"\n{console.say(fill)}", markup=False)
    for command in commands:
        console.err.print(f"  {command}", style="bold", markup=False)


STANDS = Words("Fail ini sudah ada dan tidak diganti.", "This file is there and is not replaced.")
WRITTEN = Words("ditulis:", "written:")
KEPT = Words("dikekalkan:", "kept as it is:")
FILL = {
    "portal.yaml": Words("nyatakan alamat portal", "say which portal"),
    "employers.yaml": Words(
        "isi ID portal anda, majikan, dan di mana kata laluan disimpan",
        "fill in your portal ID, its employers, and where the password is kept",
    ),
}
NO_TABLE = Words(
    "Prosedur ini tiada jadual; semuanya ditulis dalam fail kerja.",
    "This procedure takes no table; all of it stands in the job file.",
)
PAYROLL_FROM = Words(
    "Jadual gaji sendiri diberi terus kepada `assist-rpa textfile build`, dengan --column.",
    "A payroll table of your own goes straight to `assist-rpa textfile build`, with --column.",
)
WHAT = Words("Nyatakan apa yang hendak difailkan:", "Say what is to be filed:")
FILL_JOB = Words(
    "Isi fail dalam {}, kemudian taip satu demi satu:",
    "Fill in the files in {}, then type one after the other:",
)
CHECK_JOB = Words(
    "Isi dan sahkan {}, kemudian taip satu demi satu:",
    "Fill in and confirm {}, then type one after the other:",
)
COLUMN, HEADING = Words("Lajur", "Column"), Words("Tajuk anda", "Your heading")
TAKEN = Words("Difahami sebagai", "Understood as")
UNKNOWN, UNUSED = Words("tidak dikenali", "not known"), Words("tidak digunakan", "not used")
NEAREST = Words("mungkin", "perhaps")
ROW = Words("baris tajuk", "headings in row")
LACKING = Words("Lajur wajib ini tiada:", "This mandatory column is not there:")
CONFIRM = Words(
    "Fail kerja mempunyai baris di bawah 'columns:' untuk anda sahkan; tiada satu pun diambil "
    "sebelum itu. Jadual anda tidak diubah.",
    "The job file has lines below 'columns:' for you to confirm; none of them is taken before. "
    "Your table was not changed.",
)
