"""`--json`: what a reading command tells, as one object for a program, the same for all of them.

With it stdout holds that object and nothing else; what a person would read goes to stderr. The
exit code is the one that the command has without it. `status` and `review` have their own objects.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date  # noqa: TC003  told as a schema
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import typer
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from rpa.cli import console
from rpa.engine.approval import Asked
from rpa.engine.lastguard import last_guard
from rpa.errors import Problem, RpaError, Words
from rpa.settings import home_folder

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What ended the command: its kind, the sentence, where, whose move is next, and which."""

    kind: str
    words: Words
    where: str
    who: Words
    next_move: Words

    @classmethod
    def of(cls, error: RpaError) -> Fault:
        """The same as a person is told on stderr."""
        return cls(type(error).__name__, error.words, error.where, error.who, error.next_move)


class Answer(BaseModel, Generic[T]):
    """What every command answers with ``--json``.

    ``exit`` is its exit code, ``problems`` what it found wrong, each with its place; ``told`` what
    it was asked for, null where ``error`` ended it before, or where there is nothing to tell.
    """

    command: str
    exit: int
    error: Fault | None
    problems: tuple[Problem, ...]
    told: T | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A job that can be run: its rows by filing; whether a second person must agree first."""

    procedure: str
    employer: str
    rows: int
    filings: tuple[tuple[int, ...], ...]
    documents: int
    approval: bool


@dataclass(frozen=True, slots=True)
class Due:
    """How many rows of a job fall due on a day, what is done with them, and the law's last day."""

    day: date
    job: str
    rows: int
    fate: str
    moved_over: tuple[Words, ...]
    last_day: date


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: its headings, of which the first is shown, and what may stand in it."""

    name: str
    headings_bm: tuple[str, ...]
    headings_en: tuple[str, ...]
    kind: str
    needed: bool
    when: Words
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunEvidence:
    """A run folder and its report, and where the ledger has the end of its list of evidence."""

    folder: str
    report: str | None
    chain: str | None
    lines: int | None


@dataclass(frozen=True, slots=True)
class Sought:
    """One entry of the profile as it holds now, and the files and lines it came from."""

    key: str
    look: dict[str, Any]
    assumed: bool
    source: str | None
    confirmed_by: str | None
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """One part of an entry that config/profile.yaml changes."""

    key: str
    part: str
    now: Any
    before: Any
    origin: str


@dataclass(frozen=True, slots=True)
class ScreenStatus:
    """How many entries of a screen there are, are confirmed on the live portal, are assumed."""

    screen: str
    entries: int
    confirmed: int
    assumed: int


ANSWERS: dict[str, type[Answer[Any]]] = {
    "check": Answer[Checked],
    "schedule": Answer[tuple[Due, ...]],
    "columns": Answer[tuple[TableColumn, ...]],
    "approve": Answer[tuple[Asked, ...]],
    "report": Answer[tuple[RunEvidence, ...]],
    "evidence verify": Answer[tuple[RunEvidence, ...]],
    "profile show": Answer[tuple[Sought, ...]],
    "profile diff": Answer[tuple[Mended, ...]],
    "profile status": Answer[tuple[ScreenStatus, ...]],
}
"""What each command tells. Nobody's name and no number of a person is in any of it."""

_said: list[Any] = []


def tell(what: Any) -> None:
    """What the command was asked for; the last one counts. Nothing without ``--json``."""
    _said[:] = [what]


def answered(name: str, command: Callable[..., int], *args: Any) -> int:
    """Run a command with ``--json``; what stops it is in the object, too, and raised as ever."""
    _said.clear()
    error: RpaError | None = None
    code = 0
    console.heard.clear()
    with redirect_stdout(sys.stderr):
        try:
            with last_guard(home_folder(), leave=(BrokenPipeError, typer.Exit, typer.Abort)):
                code = command(*args)
        except RpaError as stopped:
            error, code = stopped, stopped.exit_code
    told = _said[0] if _said and not error else None
    one = ANSWERS[name](
        command=name, exit=code, error=Fault.of(error) if error else None,
        problems=tuple(console.heard), told=told,
    )  # fmt: skip
    console.out.print(one.model_dump_json(indent=1), markup=False, soft_wrap=True)
    if error:
        raise error
    return code


def schema() -> dict[str, Any]:
    """The JSON Schema of all of it: one object, by its ``command``."""
    refs, whole = models_json_schema([(model, "serialization") for model in ANSWERS.values()])
    each = [
        {**refs[model, "serialization"], "properties": {"command": {"const": name}}}
        for name, model in ANSWERS.items()
    ]
    return {"title": "assist-rpa --json", "oneOf": each, **whole}
