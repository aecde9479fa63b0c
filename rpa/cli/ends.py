"""How every command ends. Nothing heavy is imported here."""

from __future__ import annotations

from typing import Any

import typer


def told(name: str, as_json: bool, command: Any, *args: Any) -> None:  # noqa: FBT001  Typer's option
    """Run a command; with ``--json`` its answer is one object on stdout."""
    if not as_json:
        end(command, *args)
    from rpa.cli.answer import answered  # noqa: PLC0415  heavy

    end(answered, name, command, *args)


def hooked(*args: Any) -> None:
    """Run a command, and then the office's own (`on_end`)."""
    from rpa.cli.hook import hooked  # noqa: PLC0415  heavy

    end(hooked, *args)


def end(command: Any, *args: Any) -> None:
    """Run a command; what stops it is said in a sentence, and its exit code says who must act."""
    from rpa.cli import console  # noqa: PLC0415  heavy
    from rpa.engine.lastguard import last_guard  # noqa: PLC0415  with it
    from rpa.errors import RpaError  # noqa: PLC0415  with it
    from rpa.settings import home_folder  # noqa: PLC0415  with it

    console.notes(filter(None, [console.unknown_language()]))
    try:
        # A reader who goes away (`| head`) is no fault of anybody: Click ends quietly for it.
        with last_guard(home_folder(), leave=(BrokenPipeError, typer.Exit, typer.Abort)):
            code = command(*args)
    except RpaError as error:
        console.error(error)
        code = error.exit_code
    raise typer.Exit(code)
