"""The options of `assist-rpa textfile`. Nothing heavy is imported here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rpa.cli.ends import end

textfile = typer.Typer(
    no_args_is_help=True,
    help="Contribution text files: build one from a payroll table, check one, show one.",
    epilog="Example: assist-rpa textfile build payroll.xlsx --employer E9900001234V "
    "--month 06/2026",
)


class LayoutName(StrEnum):
    """As `rpa.textfile` names them."""

    V2_1 = "v2.1"
    SOCSO = "socso"
    EIS = "eis"


class PaddingName(StrEnum):
    """What stands before an amount."""

    ZEROS = "zeros"
    BLANKS = "blanks"


class LineEndName(StrEnum):
    """What stands between two lines."""

    CRLF = "crlf"
    LF = "lf"


class SameWorker(StrEnum):
    """What to do with a worker's wages in several rows."""

    REFUSE = "refuse"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What `textfile build` was asked for, as typed."""

    employer: str
    month: str
    sheet: str | None = None
    columns: list[str] = field(default_factory=list)
    same_worker: str = SameWorker.REFUSE.value
    layout: str = LayoutName.V2_1.value
    ssm: str = ""
    padding: str = PaddingName.ZEROS.value
    line_end: str = LineEndName.CRLF.value
    out: Path | None = None
    replace: bool = False


File = Annotated[Path, typer.Argument(metavar="FILE", help="The text file.")]
OneLayout = Annotated[
    LayoutName | None,
    typer.Option(help="Needed for lines of 223 characters, of which there are two kinds."),
]


@textfile.command(
    epilog="Example: assist-rpa textfile build payroll.xlsx --employer E9900001234V --month 06/2026"
)
def build(  # noqa: PLR0913, PLR0917  Typer's options
    payroll: Annotated[Path, typer.Argument(metavar="PAYROLL", help="An .xlsx or .csv file.")],
    employer: Annotated[str, typer.Option(metavar="CODE", help="Employer code.")],
    month: Annotated[str, typer.Option(metavar="MM/YYYY", help="The month of the wages.")],
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="When the workbook has several.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=HEADING", help="A heading not known by itself; repeat it."),
    ] = None,
    same_worker: Annotated[
        SameWorker, typer.Option(help="Several rows of one worker.")
    ] = SameWorker.REFUSE,
    layout: Annotated[LayoutName, typer.Option(help="The old ones are history.")] = LayoutName.V2_1,
    ssm: Annotated[str, typer.Option(metavar="NUMBER", help="MyCoID / SSM number.")] = "",
    padding: Annotated[PaddingName, typer.Option(help="Before amounts.")] = PaddingName.ZEROS,
    line_end: Annotated[LineEndName, typer.Option(help="Between lines.")] = LineEndName.CRLF,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it.")] = None,
    replace: Annotated[  # noqa: FBT002  Typer's option
        bool, typer.Option("--replace", help="Also over another file.")
    ] = False,
) -> None:
    """Build a contribution text file from a payroll table. Nothing is sent."""
    from rpa.cli import textfile as command  # noqa: PLC0415  heavy

    options = BuildOptions(
        employer=employer,
        month=month,
        sheet=sheet,
        columns=column or [],
        same_worker=same_worker.value,
        layout=layout.value,
        ssm=ssm,
        padding=padding.value,
        line_end=line_end.value,
        out=out,
        replace=replace,
    )
    end(command.build, payroll, options)


@textfile.command(epilog="Example: assist-rpa textfile check contributions.txt --month 06/2026")
def check(
    file: File,
    *,
    employer: Annotated[
        str | None, typer.Option(metavar="CODE", help="The code that every line must have.")
    ] = None,
    month: Annotated[
        str | None, typer.Option(metavar="MM/YYYY", help="The month that every line must have.")
    ] = None,
    layout: OneLayout = None,
) -> None:
    """Check a text file: every fault with its line and positions, all at once."""
    from rpa.cli import textfile as command  # noqa: PLC0415  heavy

    end(command.check, file, employer, month, layout.value if layout else None)


@textfile.command(epilog="Example: assist-rpa textfile show contributions.txt")
def show(
    file: File,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Every line; else the first and the last of a long file.")
    ] = False,
    layout: OneLayout = None,
) -> None:
    """Show a text file as a readable table with its totals."""
    from rpa.cli import textfile as command  # noqa: PLC0415  heavy

    end(command.show, file, every, layout.value if layout else None)
