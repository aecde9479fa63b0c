"""The options of `assist-rpa profile`. Nothing heavy is imported here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpa.cli.ends import end, told

profile = typer.Typer(
    no_args_is_help=True,
    help="How the portal's screens are known; what config/profile.yaml mends. No browser opens.",
    epilog="Example: assist-rpa profile show EmployeePopup",
)

Config = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of profile.yaml.")]

AsJson = Annotated[
    bool, typer.Option("--json", help="For a program: one JSON object, and nothing else on stdout.")
]


@profile.command(epilog="Example: assist-rpa profile check")
def check(config: Config = None) -> None:
    """Check config/profile.yaml: every mistake with its line and the nearest key."""
    from rpa.cli import profile as command  # noqa: PLC0415  heavy

    end(command.check, config)


@profile.command(epilog="Example: assist-rpa profile show EmployeePopup")
def show(
    screen: Annotated[
        str | None, typer.Argument(metavar="SCREEN", help="Only this screen; default: all.")
    ] = None,
    *,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """What is sought on a screen, by which words and names, and where each of them came from."""
    from rpa.cli import profile as command  # noqa: PLC0415  heavy

    told("profile show", as_json, command.show, screen, config)


@profile.command(epilog="Example: assist-rpa profile diff")
def diff(*, as_json: AsJson = False, config: Config = None) -> None:
    """What config/profile.yaml changes: before, after, and the line."""
    from rpa.cli import profile as command  # noqa: PLC0415  heavy

    told("profile diff", as_json, command.diff, config)


@profile.command(epilog="Example: assist-rpa profile status")
def status(*, as_json: AsJson = False, config: Config = None) -> None:
    """How much of it somebody has confirmed on the live portal, by screen and in all."""
    from rpa.cli import profile as command  # noqa: PLC0415  heavy

    told("profile status", as_json, command.status, config)


@profile.command(epilog="Example: assist-rpa profile schema > profile.schema.json")
def schema() -> None:
    """The JSON Schema of config/profile.yaml, for editors that complete and check as you type."""
    from rpa.cli import profile as command  # noqa: PLC0415  heavy

    end(command.schema)
