"""The options of `assist-rpa evidence`. Nothing heavy is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpa.cli.ends import end, told

evidence = typer.Typer(
    no_args_is_help=True,
    help="The evidence of runs: whether it is whole, and one filing's as one file.",
    epilog="Example: assist-rpa evidence verify",
)

Config = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of portal.yaml.")]

AsJson = Annotated[
    bool, typer.Option("--json", help="For a program: one JSON object, and nothing else on stdout.")
]


@evidence.command(
    epilog="Example: assist-rpa evidence verify   or: assist-rpa evidence verify --all"
)
def verify(
    run: Annotated[
        Path | None,
        typer.Argument(metavar="RUN", help="A run's folder or its name; default: the last one."),
    ] = None,
    *,
    head: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER", help="As it was printed or mailed when the run ended."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every run folder, and those that are missing.")
    ] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Compare a run folder with its list and the list with the ledger; name what is wrong."""
    from rpa.cli import evidence as command  # noqa: PLC0415  heavy

    told("evidence verify", as_json, command.verify, run, head or [], every, config)


@evidence.command(epilog="Example: assist-rpa evidence stamp")
def stamp(*, config: Config = None) -> None:
    """Have a third party put the time under each run's evidence (config/evidence.yaml)."""
    from rpa.cli import evidence as command  # noqa: PLC0415  heavy

    end(command.stamp, config)


@evidence.command(epilog="Example: assist-rpa evidence export CAN11202600000012")
def export(
    filing: Annotated[
        str, typer.Argument(metavar="FILING", help="Its case number, or how its number begins.")
    ],
    *,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Also over another file.")] = False,
    config: Config = None,
) -> None:
    """Write one filing's evidence as one file, for an auditor who has nothing of this tool."""
    from rpa.cli import evidence as command  # noqa: PLC0415  heavy

    end(command.export, filing, out, replace, config)
