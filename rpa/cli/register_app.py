"""The options of `assist-rpa register`. Nothing heavy is imported here."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated

import typer

from rpa.cli.ends import end

register = typer.Typer(
    no_args_is_help=True,
    help="The register of employees: who was paid what for each month, kept seven years.",
    epilog="Example: assist-rpa register export E9900001234V --from 01/2026 --to 12/2026",
)

Employer = Annotated[str, typer.Argument(metavar="EMPLOYER", help="Employer code.")]
First = Annotated[
    str | None, typer.Option("--from", metavar="MM/YYYY", help="First month; default: all.")
]
Last = Annotated[
    str | None, typer.Option("--to", metavar="MM/YYYY", help="Last month; default: all.")
]


@register.command(epilog="Example: assist-rpa register show E9900001234V --from 01/2026")
def show(
    employer: Employer,
    *,
    first: First = None,
    last: Last = None,
    names: Annotated[
        bool, typer.Option("--names", help="Say also who has months without an entry.")
    ] = False,
) -> None:
    """Totals of each month, and the months that are missing."""
    from rpa.cli import register as command  # noqa: PLC0415  heavy

    end(command.show, employer, first, last, names)


@register.command(epilog="Example: assist-rpa register export E9900001234V --out register.xlsx")
def export(
    employer: Employer,
    *,
    first: First = None,
    last: Last = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Also over another file.")] = False,
) -> None:
    """Write the register as a workbook, readable by you alone: every worker, month by month."""
    from rpa.cli import register as command  # noqa: PLC0415  heavy

    end(command.export, employer, (first, last), out, replace)


@register.command(epilog="Example: assist-rpa register purge   then: register purge --delete")
def purge(
    *,
    delete: Annotated[
        bool, typer.Option("--delete", help="Really take them out. Without it: only the number.")
    ] = False,
) -> None:
    """Count the workers whose last entry is over seven years old. With --delete: erase them."""
    from rpa.cli import register as command  # noqa: PLC0415  heavy

    end(command.purge, delete)
