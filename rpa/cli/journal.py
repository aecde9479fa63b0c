"""The run's own log: one JSON object a line in the run folder, for a server or a maintainer.

It holds steps, row numbers and states. Names and identity numbers do not come here, and the
redaction stands behind that.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import structlog

from rpa.evidence.logs import setup_logging

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self, TextIO

    from rpa.cli.progress import Bar, Lines
    from rpa.errors import RpaError, Words
    from rpa.run.filing import Row, Verdict


class Journal:
    """Tells another watcher all it hears, and writes it down."""

    def __init__(self, path: Path, watcher: Bar | Lines) -> None:
        self._watcher = watcher
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        self._stream: TextIO = os.fdopen(descriptor, "a", encoding="utf-8")
        setup_logging(json=True, stream=self._stream)
        self._log = structlog.get_logger()

    def __enter__(self) -> Self:
        self._watcher.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._watcher.__exit__(None, None, None)
        self._stream.close()

    def started(self, rows: int, filings: int) -> None:
        """So many rows to do."""
        self._log.info("started", rows=rows, filings=filings)
        self._watcher.started(rows, filings)

    def step(self, what: str, row: Row[Any] | None) -> None:
        """A step of the guide."""
        self._log.info("step", what=what, row=row.number if row else None)
        self._watcher.step(what, row)

    def verdict(self, verdict: Verdict[Any]) -> None:
        """A row has its verdict."""
        self._log.info(
            "verdict",
            row=verdict.row.number,
            state=verdict.state.value,
            reference=verdict.reference,
        )
        self._watcher.verdict(verdict)

    def again(self, error: RpaError, attempt: int, attempts: int) -> None:
        """A filing starts over."""
        self._log.warning("again", error=type(error).__name__, at=error.where, attempt=attempt)
        self._watcher.again(error, attempt, attempts)

    def note(self, words: Words) -> None:
        """Something a person should know."""
        self._log.info("note", words=words.en)
        self._watcher.note(words)
