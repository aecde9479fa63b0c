"""Write docs/commands.md from what `--help` knows (`python -m tools.commands`)."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import typer

from rpa.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """# Commands

Made by `make pages` from what `assist-rpa --help` knows; a test compares.
`assist-rpa COMMAND --help` says the same at your terminal. What a command ends with is in
[Exit codes](exit-codes.md).

{table}

{sections}"""

# Any: Typer brings its own Click, whose classes have no public name.
Command = Any
PROGRAM = "assist-rpa"
BETWEEN = re.compile(r"\s{3}(?:then|or)\b[^:]*: ")  # two examples of one command


def leaves(command: Command, context: Any) -> Iterator[tuple[Command, Any]]:
    """Every command that can be given, with the context in which its help is written."""
    below: dict[str, Command] = getattr(command, "commands", {})
    if not below:
        yield command, context
    for name in sorted(below):
        inner = below[name]
        yield from leaves(inner, inner.context_class(inner, info_name=name, parent=context))


def root() -> tuple[Command, Any]:
    """The program itself, and its context."""
    group = typer.main.get_command(app)
    return group, group.context_class(group, info_name=PROGRAM)


def document() -> str:
    """The whole page."""
    found = list(leaves(*root()))
    rows = [f"| [`{c.command_path}`](#{anchor(c)}) | {command.help} |" for command, c in found]
    table = "\n".join(["| Command | What it does |", "|---|---|", *rows])
    return HEAD.format(table=table, sections="\n".join(section(*one) for one in found))


def anchor(context: Any) -> str:
    """As Markdown makes it of the heading."""
    return str(context.command_path).replace(" ", "-")


def section(command: Command, context: Any) -> str:
    """One command: how it is given, what it does, its words, an example."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    records = [one.get_help_record(context) for one in command.get_params(context)]
    rows = "\n".join(
        f"| {cell(f'`{name}`')} | {cell(told)} |" for name, told in filter(None, records)
    )
    words = f"| Word | Meaning |\n|---|---|\n{rows}\n"
    examples = BETWEEN.split((command.epilog or "").removeprefix("Example: "))
    shown = "".join(f"{one}\n" for one in examples)
    return (
        f"## {context.command_path}\n\n```text\n{usage}\n```\n\n{command.help}\n\n{words}"
        f"\n```sh\n{shown}```\n"
    )


def cell(text: str) -> str:
    """A text inside a table."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(document())
