"""`assist-rpa register show`, `export` and `purge`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console
from rpa.errors import JobInvalid, NotWritten, Words
from rpa.evidence.files import create_private, write_private
from rpa.register import Register, Totals, totals_of, workbook
from rpa.register.entry import AMOUNTS
from rpa.rules import employer_code, money
from rpa.rules.months import Month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.register import Gaps, WorkerGap

_say = console.say
_SHOWN = 20  # workers whose missing months are shown one by one
_HEADS = (
    Words("Bulan", "Month"),
    Words("Pekerja", "Workers"),
    Words("Gaji", "Wages"),
    Words("PERKESO majikan", "SOCSO Employer"),
    Words("PERKESO pekerja", "SOCSO Employee"),
    Words("SKBBK", "SKBBK"),
    Words("SIP majikan", "EIS Employer"),
    Words("SIP pekerja", "EIS Employee"),
    Words("Jumlah", "Total"),
    Words("Akta", "Acts"),
)


class AnotherFile(NotWritten):
    """Where it was to be written stands a file; it was not touched."""

    next_move = Words(
        "Beri nama lain dengan --out, atau gantikan dengan --replace. Tiada apa-apa ditulis.",
        "Give another name with --out, or replace it with --replace. Nothing was written.",
    )


def show(employer: str, first: str | None, last: str | None, names: bool) -> int:  # noqa: FBT001  Typer's option
    """Print each month's totals and what is missing."""
    span = _span(employer, first, last)
    with Register.open(settings.load().register) as register:
        totals = totals_of(register.entries(employer, *span))
        gaps = register.gaps(employer, *span)
    if not totals:
        console.out.print(_say(_NOTHING))
        return 0
    for line in _table(totals):
        console.out.print(line, markup=False)
    _gaps(gaps, names=names)
    return 0


def export(
    employer: str,
    months: tuple[str | None, str | None],
    out: Path | None,
    replace: bool,  # noqa: FBT001  Typer's option
) -> int:
    """Write the workbook; 0 when it stands there."""
    span = _span(employer, *months)
    target = out or Path("-".join(["register", employer, *_named(span)]) + ".xlsx")
    with Register.open(settings.load().register) as register:
        gaps = register.gaps(employer, *span)
        content = workbook(register.entries(employer, *span), gaps)
    place = placed(target, content, replace=replace)
    console.out.print(f"{_say(WRITTEN)} {place}", markup=False)
    return 0


def purge(delete: bool) -> int:  # noqa: FBT001  Typer's option
    """Tell how many workers are past their seven years, and erase them where that is asked."""
    known = settings.load()
    with Register.open(known.register) as register:
        past = register.purge(known.today()) if delete else register.past(known.today())
    done = Words("dipadamkan", "erased") if delete else Words("boleh dipadamkan", "may be erased")
    told = Words(
        f"Pekerja yang catatan terakhirnya lebih tujuh tahun lalu: {past.workers} "
        f"({past.entries} catatan) {done.bm}.",
        f"Workers whose last entry is more than seven years back: {past.workers} "
        f"({past.entries} entries) {done.en}.",
    )
    console.out.print(_say(told), markup=False)
    if past.workers and not delete:
        console.out.print(_say(_HOW_TO_DELETE), markup=False)
    return 0


def _span(employer: str, first: str | None, last: str | None) -> tuple[Month | None, Month | None]:
    """The months that were asked for. Raises JobInvalid."""
    if not employer_code.well_formed(employer):
        (fault, *_) = employer_code.findings(employer)
        raise JobInvalid(fault.words, where="EMPLOYER")
    span = (_month(first, "--from"), _month(last, "--to"))
    if span[0] and span[1] and span[0] > span[1]:
        raise JobInvalid(_ORDER, where="--to")
    return span


def _month(text: str | None, where: str) -> Month | None:
    month = Month.read(text) if text is not None else None
    if text is not None and month is None:
        raise JobInvalid(_MONTH_FORM, where=where)
    return month


def _named(span: tuple[Month | None, Month | None]) -> list[str]:
    return [f"{month.year:04}{month.number:02}" for month in span if month]


def placed(target: Path, content: bytes, *, replace: bool) -> Path:
    """Where it was written: a new file, or over another where that is asked. Raises AnotherFile."""
    if replace:
        return write_private(target, content)
    try:
        create_private(target, content)
    except FileExistsError:
        raise AnotherFile(_ANOTHER, where=str(target)) from None
    return target


def _table(totals: dict[Month, Totals]) -> Iterable[str]:
    """A line for each month, and one for all of them."""
    cells = [[_say(head) for head in _HEADS]]
    cells += [[str(month), *_cells(found)] for month, found in totals.items()]
    sums = [sum(found.amounts[name] for found in totals.values()) for name in AMOUNTS]
    wages = sum(found.wages for found in totals.values())
    cells.append(["", "", *map(money.shown, (wages, *sums, sum(sums))), ""])
    widths = [max(len(row[i]) for row in cells) for i in range(len(_HEADS))]
    for row in cells:
        *figures, acts = row
        texts = [text.rjust(width) for text, width in zip(figures, widths, strict=False)]
        yield "  ".join([*texts, acts]).rstrip()


def _cells(found: Totals) -> list[str]:
    amounts = (found.wages, *found.amounts.values(), found.total)
    return [str(found.workers), *map(money.shown, amounts), found.shown_acts]


def _gaps(gaps: Gaps, *, names: bool) -> None:
    """The employer's months without anything, and how many workers have such, or who."""
    if gaps.months:
        listed = ", ".join(map(str, gaps.months))
        console.out.print(f"{_say(_MONTHS_MISSING)}: {listed}", markup=False)
    if gaps.workers:
        told = Words(
            f"Pekerja dengan bulan tanpa catatan antara yang pertama dan terakhir: "
            f"{len(gaps.workers)}",
            f"Workers with months without an entry between their first and their last: "
            f"{len(gaps.workers)}",
        )
        console.out.print(_say(told), markup=False)
    for worker in gaps.workers if names else ():
        console.out.print(f"  {_worker(worker)}", markup=False)
    if not (gaps.months or gaps.workers):
        console.out.print(_say(_NO_GAPS), markup=False)


def _worker(worker: WorkerGap) -> str:
    return f"{worker.identification}  {worker.name}: {', '.join(map(str, worker.months))}"


_NOTHING = Words(
    "Tiada catatan untuk majikan dan bulan ini dalam daftar pekerja.",
    "The register of employees has no entry for this employer and these months.",
)
_MONTHS_MISSING = Words("Bulan tanpa sebarang catatan", "Months without any entry")
_NO_GAPS = Words(
    "Tiada bulan yang tertinggal antara catatan pertama dan terakhir.",
    "No month is missing between the first and the last entry.",
)
_HOW_TO_DELETE = Words(
    "Untuk memadamkannya buat selama-lamanya: assist-rpa register purge --delete",
    "To erase them for good: assist-rpa register purge --delete",
)
WRITTEN = Words("ditulis:", "written:")
_ANOTHER = Words("Fail dengan nama ini sudah ada.", "A file of this name stands there already.")
_MONTH_FORM = Words(
    "Tulis bulan sebagai BB/TTTT, contohnya 06/2026.", "Write the month as MM/YYYY: 06/2026."
)
_ORDER = Words(
    "Bulan terakhir ini sebelum bulan pertama.", "This last month is before the first one."
)
