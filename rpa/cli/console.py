"""Printing: results on stdout, everything else on stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from rpa.cli.language import ENGLISH, MALAY, asked, language, malay
from rpa.errors import Problem, Severity, Words
from rpa.jobs import group, in_words
from rpa.plain_yaml import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.errors import RpaError

__all__ = ["language", "malay"]  # beside what is defined here

out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)
heard: list[Problem] = []  # all that was told by `problems`


def unknown_language() -> Words | None:
    """What to say of a language that is set and not known."""
    if asked() in {"", *MALAY, *ENGLISH}:
        return None
    told = f"ASSIST_RPA_LANGUAGE={shown(os.environ['ASSIST_RPA_LANGUAGE'])}"
    both = f"{told}: tidak dikenali; gunakan bm atau en. / not known; use bm or en."
    return Words.quoted(both)


def at_a_terminal() -> bool:
    """Whether a person is there, to be asked and told."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def say(words: Words) -> str:
    """One sentence in the operator's language."""
    return words.bm if malay() else words.en


def error(failed: RpaError) -> None:
    """What is wrong, where, whose the next move is, and what was sent by then."""
    err.print(f"[bold red]✗[/] {escape(say(failed.words))}")
    if failed.where:
        err.print(f"  {'di' if malay() else 'at'}: {escape(failed.where)}")
    if failed.evidence:
        err.print(f"  {'bukti' if malay() else 'evidence'}: {escape(str(failed.evidence))}")
    who = say(failed.who)
    moves = " ".join(say(words) for words in (failed.next_move, failed.sent) if words)
    err.print(f"  {'seterusnya' if malay() else 'next'} ({who}): {escape(moves)}")


def notes(told: Iterable[Words]) -> None:
    """What a person should know beside the results."""
    for words in told:
        err.print(f"[yellow]![/] {escape(say(words))}")


def place(address: str) -> str:
    """Where something stands, in the operator's language."""
    return say(in_words(address))


def problems(found: Iterable[Problem]) -> None:
    """Every problem with its address; the same words over many cells once."""
    found = tuple(found)
    heard.extend(found)
    for one in group(found):
        red = one.severity is Severity.ERROR
        mark = f"[red]{say(ERROR):<7}[/]" if red else f"[yellow]{say(WARNING):<7}[/]"
        out.print(f"{mark} [bold]{escape(place(one.address))}[/]  {escape(say(one.words))}")


ERROR, WARNING = Words("ralat", "error"), Words("amaran", "warning")


class _Waits:
    """Whether a person is asked just now."""

    now = False


class Interrupted(Exception):
    """Whoever was asked wants the command to stop."""


def typed() -> str:
    """The line that a person types; empty where none comes, or where they stop the command."""
    _Waits.now = True
    try:
        return sys.stdin.readline()
    except Interrupted:
        return ""
    finally:
        _Waits.now = False


def interrupt() -> None:
    """Called by a signal's handler: a question that waits for its answer waits no longer."""
    if _Waits.now:
        raise Interrupted
