"""What `--help` shows: flags without a type, and Malay where that is the operator's language.

The words of the commands are English in the code; `help-ms.yaml` has them in Malay.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from rpa.cli.language import malay

_MALAY = Path(__file__).with_name("help-ms.yaml")

# Any: Typer brings its own Click, whose classes have no public name.
Command = Any


def dress(command: Command) -> None:
    """This command and all below it, before it is asked for anything."""
    for one in parts(command):
        if getattr(one, "is_flag", False) and one.metavar is None:
            one.metavar = ""
    if malay():
        _translate(command)


def parts(command: Command) -> list[Any]:
    """The commands, their arguments and their options."""
    own = [command, *command.params, command.get_help_option(command.context_class(command))]
    below = getattr(command, "commands", {}).values()
    return [*own, *(one for inner in below for one in parts(inner))]


def _translate(command: Command) -> None:
    from typer import rich_utils  # noqa: PLC0415  not needed in English

    known = catalogue()
    for name, words in known["frame"].items():
        setattr(rich_utils, name, words)
    for one in parts(command):
        one.help = known["sentences"].get(one.help, one.help)
        for en, bm in known["phrases"].items():
            if getattr(one, "epilog", None):
                one.epilog = one.epilog.replace(en, bm)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """The Malay words: `sentences` whole, `phrases` inside examples, `frame` of Typer's own."""
    import yaml  # noqa: PLC0415  not needed in English

    found: dict[str, dict[str, str]] = yaml.safe_load(_MALAY.read_text("utf-8"))
    return found
