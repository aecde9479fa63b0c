"""What `--help` shows and what is said of a command typed wrong, in the operator's language.

The words of the commands are English in the code; `help-ms.yaml` has them in Malay, and those of
Typer, whose own Click has no catalogue (`gettext`) for most of what it says of a slip.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from typer.exceptions import Abort, TyperException

from rpa.cli.language import malay

_MALAY = Path(__file__).with_name("help-ms.yaml")

# Any: Typer brings its own Click, whose classes have no public name.
Command = Any


class Slip(TyperException):
    """Typer's sentence in other words; ``ctx`` is the command whose usage is shown."""

    def __init__(self, words: str, slip: TyperException) -> None:
        super().__init__(words)
        self.ctx, self.exit_code = getattr(slip, "ctx", None), slip.exit_code


def dress(command: Command) -> None:
    """This command and all below it, before it is asked for anything."""
    for one in parts(command):
        if getattr(one, "is_flag", False) and one.metavar is None:
            one.metavar = ""
        if getattr(one, "param_type_name", "") == "argument":
            one.display_type_rich = _untyped  # its name says what it is
    if malay():
        _translate(command)


def ended(command: Command) -> int:
    """Run it; its exit code. A slip is told with the way in which the command is used."""
    try:
        return int(command(standalone_mode=False) or 0)
    except TyperException as slip:
        from typer import rich_utils  # noqa: PLC0415  heavy

        said = in_malay(slip.format_message()) if malay() else ""
        told: Any = Slip(said, slip) if said else slip
        rich_utils.rich_format_error(told)
        return slip.exit_code
    except Abort:
        from typer import rich_utils  # noqa: PLC0415  heavy

        rich_utils.rich_abort_error()
        return 1


def in_malay(said: str) -> str:
    """A sentence of Typer's in Malay; nothing where it is none that is known."""
    for pattern, words in catalogue()["slips"].items():
        if found := re.fullmatch(pattern, said):
            return found.expand(words)
    return ""


def parts(command: Command) -> list[Any]:
    """The commands, their arguments and their options."""
    own = [command, *command.params, command.get_help_option(command.context_class(command))]
    below = getattr(command, "commands", {}).values()
    return [*own, *(one for inner in below for one in parts(inner))]


def _untyped(ctx: Any) -> str:  # noqa: ARG001  as Typer calls it
    return ""


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
        for name in ("metavar", "options_metavar", "subcommand_metavar"):
            if told := getattr(one, name, None):
                setattr(one, name, re.sub(r"\w+", lambda m: known["names"].get(m[0], m[0]), told))
        if hasattr(one, "context_class"):
            one.context_class = _malay_context(one.context_class)


@cache
def _malay_context(base: Any) -> Any:
    """Typer's context, whose usage begins with a Malay word."""

    class Formatter(base.formatter_class):  # type: ignore[misc]  # it has no public name
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or catalogue()["usage"]["Usage: "])

    return type("MalayContext", (base,), {"formatter_class": Formatter})


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """The Malay words: `sentences` whole, `phrases` inside examples, `names` of what is given.

    `frame` and `usage` are Typer's own, `slips` its sentences as patterns.
    """
    import yaml  # noqa: PLC0415  not needed in English

    found: dict[str, dict[str, str]] = yaml.safe_load(_MALAY.read_text("utf-8"))
    return found
