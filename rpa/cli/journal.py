"""The run's own log: one JSON object a line in the run folder, for a server or a maintainer.

It holds steps, row numbers and states. Names and identity numbers do not come here, and the
redaction stands behind that.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any, cast

import structlog

from rpa.errors import Words, keeping
from rpa.evidence.files import APPENDING
from rpa.evidence.logs import setup_logging

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self, TextIO

    from rpa.cli.progress import Bar, Lines
    from rpa.errors import RpaError
    from rpa.model.filing import Row, Verdict


class _Lines:
    """A stream for the log: the first line that the disk refuses is the last that is tried.

    The log is for a maintainer; for its sake no filing is left half-way, least of all after the
    press.
    """

    def __init__(self, path: Path) -> None:
        with keeping(path):
            self._descriptor = os.open(path, APPENDING, 0o600)
        self.refused = ""

    def write(self, text: str) -> int:
        """At once, not held back."""
        if not self.refused:
            line = text.encode("utf-8", "replace")
            try:
                if os.write(self._descriptor, line) < len(line):
                    self.refused = os.strerror(errno.ENOSPC)
            except OSError as error:
                self.refused = error.strerror or type(error).__name__
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """No more lines: the log is sealed, and its descriptor may be another file's soon."""
        self.refused = self.refused or "closed"
        os.close(self._descriptor)


class Journal:
    """Tells another watcher all it hears, and writes it down. Raises NotWritten at its start."""

    def __init__(self, path: Path, watcher: Bar | Lines) -> None:
        self._watcher, self._path = watcher, path
        self._stream = _Lines(path)
        setup_logging(json=True, stream=cast("TextIO", self._stream))
        self._log = structlog.get_logger()

    def __enter__(self) -> Self:
        self._watcher.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if why := self._stream.refused:
            self._watcher.note(
                Words(
                    f"Log {self._path} tidak lengkap: {why}.",
                    f"The log {self._path} is not complete: {why}.",
                )
            )
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
