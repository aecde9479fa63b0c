"""What a run tells while it goes on; the command shows it, a server logs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rpa.errors import RpaError, Words
    from rpa.model.filing import Row, Verdict


class Watcher(Protocol):
    """Told of everything, answers nothing."""

    def started(self, rows: int, filings: int) -> None:
        """So many rows of the job are still to be done, in so many filings."""

    def step(self, what: str, row: Row[Any] | None) -> None:
        """A step of the guide begins."""

    def verdict(self, verdict: Verdict[Any]) -> None:
        """A row has its verdict."""

    def again(self, error: RpaError, attempt: int, attempts: int) -> None:
        """A filing starts over."""

    def note(self, words: Words) -> None:
        """Something a person should know."""


class Silent:
    """Nobody watches."""

    def started(self, rows: int, filings: int) -> None:
        """Nothing."""

    def step(self, what: str, row: Row[Any] | None) -> None:
        """Nothing."""

    def verdict(self, verdict: Verdict[Any]) -> None:
        """Nothing."""

    def again(self, error: RpaError, attempt: int, attempts: int) -> None:
        """Nothing."""

    def note(self, words: Words) -> None:
        """Nothing."""
