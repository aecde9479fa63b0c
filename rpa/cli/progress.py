"""A progress bar that tells the truth: this run's rows with a verdict, the step, the row it is at.

No time left is told: nobody knows how fast the portal will be. In a pipe or a log there
are plain lines instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from rpa.cli import console, guide
from rpa.errors import Words, many
from rpa.evidence.wording import LABELS
from rpa.model.filing import RowState

if TYPE_CHECKING:
    from rpa.errors import RpaError
    from rpa.model.filing import Row, Verdict

# A rehearsed or filed row, or one whose day has not come, needs no line of its own; others do.
QUIET = {RowState.FILED, RowState.REHEARSED, RowState.LATER}


class Bar:
    """For a person at a terminal."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=console.err,
            transient=True,
        )
        self._task = self._progress.add_task("…", total=None)
        self._rows = 0  # that this run is to do
        self._begun: set[int] = set()  # of them, those with a step or a verdict
        self._done: set[int] = set()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def started(self, rows: int, filings: int) -> None:
        """So many rows to do."""
        self._rows = rows
        told = console.say(Words(f"{filings} pemfailan", many(filings, "filing")))
        self._progress.update(self._task, total=rows, description=told)

    def step(self, what: str, row: Row[Any] | None) -> None:
        """The step that goes on."""
        place = ""
        if row:
            self._begun.add(row.number)
            at = console.say(Words("daripada", "of"))
            place = f" · {console.say(ROW)} {row.number} ({len(self._begun)} {at} {self._rows})"
        told = console.say(guide.step(what))
        self._progress.update(self._task, description=f"{told[:40]}{place}")

    def verdict(self, verdict: Verdict[Any]) -> None:
        """One row more; one that an earlier run filed, or whose day has not come, is none of it."""
        if verdict.before or verdict.state is RowState.LATER:
            self._rows -= 1
            self._progress.update(self._task, total=self._rows)
        else:
            self._done.add(verdict.row.number)
            self._begun.add(verdict.row.number)
            self._progress.advance(self._task)
        if verdict.state not in QUIET:
            _line(verdict)

    def again(self, error: RpaError, attempt: int, attempts: int) -> None:
        """A filing starts over."""
        self._begun = set(self._done)
        _again(error, attempt, attempts)

    def note(self, words: Words) -> None:
        """Something a person should know."""
        console.err.print(f"[dim]{escape(console.say(words))}[/]")


class Lines:
    """For a pipe, a log, a scheduler."""

    def __init__(self) -> None:
        self._done = 0
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def started(self, rows: int, filings: int) -> None:
        """So many rows to do."""
        self._rows = rows
        told = Words(
            f"{rows} baris, {filings} pemfailan",
            f"{many(rows, 'row')} in {many(filings, 'filing')}",
        )
        console.err.print(console.say(told))

    def step(self, what: str, row: Row[Any] | None) -> None:
        """Only the steps of a filing; one line for each row would drown them."""
        if row is None:
            console.err.print(f"  {console.say(guide.step(what))}", markup=False)

    def verdict(self, verdict: Verdict[Any]) -> None:
        """One row more."""
        self._done += 1
        if verdict.before or verdict.state is RowState.LATER:
            return  # they are told together at the end
        state = console.say(LABELS[verdict.state])
        place = f"{console.say(ROW)} {verdict.row.number}"
        console.err.print(f"{self._done}/{self._rows} {place}: {state}")
        if verdict.state not in QUIET:
            _line(verdict)

    def again(self, error: RpaError, attempt: int, attempts: int) -> None:
        """A filing starts over."""
        _again(error, attempt, attempts)

    def note(self, words: Words) -> None:
        """Something a person should know."""
        console.err.print(console.say(words), markup=False)


def watcher() -> Bar | Lines:
    """The one that fits where stderr goes."""
    return Bar() if console.err.is_terminal else Lines()


def _line(verdict: Verdict[Any]) -> None:
    reason = escape(console.say(verdict.reason))
    state = console.say(LABELS[verdict.state])
    console.err.print(f"  [bold]{escape(console.place(verdict.row.address))}[/] {state}: {reason}")


def _again(error: RpaError, attempt: int, attempts: int) -> None:
    console.err.print(
        f"  {escape(console.say(error.words))} "
        + console.say(
            Words(
                f"Cuba lagi ({attempt + 1} daripada {attempts}).",
                f"Starting over ({attempt + 1} of {attempts}).",
            )
        )
    )


ROW = Words("baris", "row")
