"""`assist-rpa textfile build`, `check` and `show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rpa import jobs, settings
from rpa import textfile as files
from rpa.cli import console
from rpa.cli.settled import wrong
from rpa.errors import JobInvalid, NotWritten, Problem, RpaError, Severity, Words, to_copy
from rpa.evidence.files import create_private, write_private
from rpa.model.job import Table
from rpa.rules import brn, employer_code, late_interest, money, schedule
from rpa.rules.months import Month
from rpa.rules.payee import Payee

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from rpa.cli.textfile_app import BuildOptions
    from rpa.model.filing import Row

_SHOWN = 40  # lines of a file that are shown whole
_ENDS = 10  # else so many of its first and of its last
_LEFT_OUT_SHOWN = 10
_SSM_LENGTH = files.V2_1.field("ssm").width


class AnotherFile(NotWritten):
    """Where the file was to be written stands another one; it was not touched."""

    next_move = Words(
        "Beri nama lain dengan --out, atau gantikan dengan --replace. Tiada apa-apa ditulis.",
        "Give another name with --out, or replace it with --replace. Nothing was written.",
    )


class FileInvalid(JobInvalid):
    """A text file has faults; `check` has shown them all."""

    next_move = Words(
        "Betulkan jadual gaji dan bina fail ini semula.",
        "Correct the payroll table and build the file again.",
    )


def build(payroll: Path, options: BuildOptions) -> int:
    """Write the file and show its totals; 0 when it stands there."""
    today = settings.load().today()
    month = _month(options.month, "--month")
    _check_options(options, month, today)
    layout = files.LAYOUTS[options.layout]
    rows = _rows(payroll, options, month, today)
    lines = [files.line_of(row.record, month, options.employer, options.ssm) for row in rows]
    kept = [line for line in lines if files.has_amount(line, layout)]
    out = _out(options, month)
    if not kept:
        raise JobInvalid(_NOBODY, where=str(payroll))
    style = files.Style(files.Padding(options.padding), files.LineEnd(options.line_end))
    data = files.build(kept, layout, style)
    checked = _checked_again(data, layout, files.Expected(options.employer, month), today, out)
    place, written = _write(out, data, replace=options.replace)
    console.out.print(f"{_say(_WRITTEN if written else _SAME)} {place}", markup=False)
    _summary(checked, month)
    _left_out(
        [row for row, line in zip(rows, lines, strict=True) if not files.has_amount(line, layout)]
    )
    return 0


def check(file: Path, employer: str | None, month: str | None, layout: str | None) -> int:
    """Show every fault, the totals and as what the amounts were taken; 0 without an error."""
    today = settings.load().today()
    expected = files.Expected(employer, _month(month, "--month") if month else None)
    one = files.LAYOUTS[layout] if layout else None
    checked = files.check(jobs.read_bytes(file), today=today, layout=one, expected=expected)
    console.problems(fault.problem(file.name) for fault in checked.faults)
    count = checked.parsed.count if checked.parsed else 0
    if checked.errors:
        errors = len(checked.errors)
        raise FileInvalid(
            Words(
                f"Ralat dalam {file.name}: {errors} (baris dibaca: {count}).",
                f"Errors in {file.name}: {errors} (lines read: {count}).",
            ),
            where=str(file),
        )
    console.out.print(f"[green]ok[/] {file.name}", highlight=False)
    _summary(checked, _only_month(checked))
    return 0


def show(file: Path, every: bool, layout: str | None) -> int:  # noqa: FBT001  Typer's option
    """Print the lines and the totals; what cannot be read is told by `check`."""
    data = jobs.read_bytes(file)
    one = files.LAYOUTS[layout] if layout else files.told(data)
    if one is None:
        raise JobInvalid(files.WHICH, where=str(file))
    parsed = files.parse(data, one)
    shown: list[files.Read | None] = [*parsed.read]
    if not every and len(shown) > _SHOWN:
        shown[_ENDS:-_ENDS] = [None]
    for line in _table(one, shown):
        console.out.print(line, markup=False)
    _totals(parsed.totals(), one)
    missing = parsed.count - len(parsed.lines)
    if missing:
        console.err.print(_say(_unread(missing, file.name)), markup=False)
    return 0


def _rows(payroll: Path, options: BuildOptions, month: Month, today: date) -> Sequence[Row[Payee]]:
    """The payroll's rows; every problem is shown, and errors end it. Raises JobInvalid."""
    said = {"sheet": options.sheet, "columns": _columns(options.columns)}
    spec = Table.model_validate({"file": payroll, "same_worker": options.same_worker, **said})
    read_rows = jobs.read_table(
        spec,
        Payee,
        lambda p: p.in_month(month),
        today=today,
        employer=options.employer,
        month=month,
    )
    console.problems(read_rows.problems)
    if read_rows.errors:
        raise wrong(payroll, read_rows.errors, read_rows.rows_read)
    return read_rows.rows


def _check_options(options: BuildOptions, month: Month, today: date) -> None:
    """What was typed beside the table. Raises JobInvalid with all that is wrong shown."""
    found = [
        Problem("--employer", f.code, f.words, f.severity)
        for f in employer_code.findings(options.employer)
    ]
    found += _ssm(options.ssm)
    if month > Month.of(today):
        found.append(Problem("--month", "month-future", files.MONTH_FUTURE))
    elif not schedule.known(month):
        found.append(Problem("--month", "month-unknown", files.MONTH_UNKNOWN))
    if files.LAYOUTS[options.layout].replaced and today >= files.CUT_OVER:
        found.append(Problem("--layout", "layout-old", files.LAYOUT_OLD, Severity.WARNING))
    console.problems(found)
    if any(problem.severity is Severity.ERROR for problem in found):
        raise JobInvalid(_OPTIONS, problems=found)


def _ssm(number: str) -> Iterable[Problem]:
    if not number:
        return
    plain = number.isascii() and number.isprintable() and number == number.strip(" ")
    if not plain or len(number) > _SSM_LENGTH:
        yield Problem("--ssm", "ssm-long", _SSM_FORM)
    elif brn.kind(number) is None:
        yield Problem("--ssm", "ssm-form", files.SSM, Severity.WARNING)


def _checked_again(
    data: bytes, layout: files.Layout, expected: files.Expected, today: date, out: Path
) -> files.Checked:
    """What was built, checked like anybody's file; a fault in it is ours and nothing is written."""
    checked = files.check(data, today=today, layout=layout, expected=expected)
    wrong = [f.problem(out.name) for f in checked.errors if f.code != "layout-old"]
    if wrong:
        console.problems(wrong)
        raise RpaError(_OURS)
    return checked


def _month(text: str, where: str) -> Month:
    month = Month.read(text)
    if month is None:
        raise JobInvalid(_MONTH_FORM, where=where)
    return month


def _columns(pairs: list[str]) -> dict[str, str]:
    """``FIELD=HEADING`` as a job's ``table.columns``. Raises JobInvalid."""
    columns: dict[str, str] = {}
    for pair in pairs:
        name, parted, heading = pair.partition("=")
        if not (name and parted and heading) or name in columns:
            raise JobInvalid(_COLUMN_FORM, where="--column")
        columns[name] = heading
    return columns


def _out(options: BuildOptions, month: Month) -> Path:
    """Where to write it: no rule for the name is known (text-files 2.1)."""
    kind = "" if options.layout == files.V2_1.name else f"{options.layout.upper()}-"
    return options.out or Path(f"PERKESO-{kind}{options.employer}-{month.digits}.txt")


def _write(target: Path, data: bytes, *, replace: bool) -> tuple[Path, bool]:
    """Where the file stands, and whether it had to be written. Raises AnotherFile, NotWritten."""
    try:
        create_private(target, data)
    except FileExistsError:
        if target.is_file() and target.read_bytes() == data:
            return target, False
        if not replace:
            raise AnotherFile(_ANOTHER, where=str(target)) from None
        return write_private(target, data), True
    return target, True


def _only_month(checked: files.Checked) -> Month | None:
    months = {r.values.get("month") for r in checked.parsed.read} if checked.parsed else set()
    return months.pop() if len(months) == 1 else None


def _summary(checked: files.Checked, month: Month | None) -> None:
    """Lines, totals, the day it is due, and as what the amounts were taken."""
    layout, parsed = checked.layout, checked.parsed
    if layout is None or parsed is None:
        return
    told = Words(
        f"{parsed.count} baris, {layout.words.bm}", f"{parsed.count} lines, {layout.words.en}"
    )
    due = f"; {_say(_DUE)} {late_interest.due(month):%d/%m/%Y}" if month else ""
    console.out.print(f"  {_say(told)}{f', {month}' if month else ''}{due}", markup=False)
    _totals(checked.totals, layout)
    for reading, count in checked.readings.most_common():
        console.out.print(f"  {count:>8,}  {_say(reading.words)}", markup=False)


def _totals(totals: dict[str, int], layout: files.Layout) -> None:
    """The sum of each column, and of what is to be paid, as the portal's result page has them."""
    parts = [(_say(spec.words), totals[spec.name]) for spec in layout.amounts]
    paid = [amount for name, amount in totals.items() if name != "wages"]
    if len(paid) > 1:
        parts.append((_say(_TO_PAY), sum(paid)))
    width = max(len(name) for name, _ in parts)
    for name, amount in parts:
        console.out.print(f"  {name:<{width}}  RM {money.shown(amount):>18}", markup=False)


def _left_out(rows: Sequence[Row[Any]]) -> None:
    if not rows:
        return
    listed = ", ".join(row.address for row in rows[:_LEFT_OUT_SHOWN])
    more = ", …" if len(rows) > _LEFT_OUT_SHOWN else ""
    console.out.print(f"  {_say(_LEFT_OUT)} ({len(rows)}): {listed}{more}", markup=False)


def _table(layout: files.Layout, read: Sequence[files.Read | None]) -> Iterable[str]:
    """Number, identity, name and money, a line each; None is what was left out between."""
    specs = [layout.field("identification"), layout.field("name"), *layout.amounts]
    cells = [["#", *(_say(spec.words) for spec in specs)]]
    cells += [["…"] * len(cells[0]) if one is None else _cells(one, specs) for one in read]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    for row in cells:
        texts = [
            text.ljust(width) if i in {1, 2} else text.rjust(width)
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(texts).rstrip()


def _cells(read: files.Read, specs: Sequence[files.Field]) -> list[str]:
    def cell(spec: files.Field) -> str:
        value = read.values.get(spec.name)
        if value is None:
            return "?"
        return money.shown(value) if spec.kind is files.FieldKind.AMOUNT else str(value)

    return [str(read.number), *(cell(spec) for spec in specs)]


def _unread(count: int, name: str) -> Words:
    command = f"assist-rpa textfile check {to_copy(name)}"
    return Words(
        f"{count} baris tidak dapat dibaca sepenuhnya; lihat: {command}",
        f"{count} lines could not be read whole; see: {command}",
    )


_say = console.say

_WRITTEN = Words("ditulis:", "written:")
_SAME = Words("sudah ada, sama:", "already there, the same:")
_DUE = Words("bayar selewat-lewatnya", "due by")
_TO_PAY = Words("Jumlah Caruman", "To Pay")
_LEFT_OUT = Words("ditinggalkan, tiada caruman", "left out, no contributions")
_NOBODY = Words(
    "Tiada pekerja dengan caruman dalam jadual ini; tiada fail ditulis.",
    "No worker in this table has contributions; no file was written.",
)
_OPTIONS = Words("Semak pilihan di atas.", "Check the options above.")
_OURS = Words(
    "Fail yang dibina tidak lulus semakan sendiri; ia tidak ditulis. Laporkan ini.",
    "The file that was built does not pass its own check; it was not written. Report this.",
)
_MONTH_FORM = Words(
    "Tulis bulan sebagai BB/TTTT, contohnya 06/2026.", "Write the month as MM/YYYY: 06/2026."
)
_COLUMN_FORM = Words(
    "Tulis MEDAN=TAJUK, setiap medan sekali, contohnya wages=Gaji Kasar.",
    "Write FIELD=HEADING, each field once, such as wages=Gross Pay.",
)
_SSM_FORM = Words(
    f"No. SSM tidak melebihi {_SSM_LENGTH} huruf dan digit.",
    f"The SSM number has at most {_SSM_LENGTH} letters and digits.",
)
_ANOTHER = Words(
    "Fail lain dengan nama ini sudah ada, dan kandungannya berbeza.",
    "Another file of this name stands there already, and it is different.",
)
