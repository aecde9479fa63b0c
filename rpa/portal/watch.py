"""A bound for what has none: a call of the driver that is never answered.

Most calls have a time-out, but the driver keeps it; a driver that hangs keeps none, and a browser
that hangs lets some calls wait for ever. So each call says when it begins and ends, and a thread
ends the browser's processes when one takes too long. The call then ends as when the browser died.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TICKS = 20  # looks in the time of a limit


class Watch:
    """Calls ``end`` when a call takes longer than ``limit_s`` seconds.

    Seconds of a clock that stands still while the machine sleeps.
    """

    def __init__(self, limit_s: float, end: Callable[[], None]) -> None:
        self.limit_s = limit_s
        self._end = end
        self._until: list[float] = []  # of the calls that are under way, the innermost last
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="browser watch", daemon=True)

    @contextmanager
    def busy(self, limit_s: float | None = None) -> Iterator[None]:
        """Around a call, of a limit of its own where it has one.

        Inside another it has a whole limit, and the other one gets it anew.
        """
        self._until.append(time.monotonic() + (limit_s or self.limit_s))
        try:
            yield
        finally:
            self._until.pop()
            if self._until:
                self._until[-1] = time.monotonic() + self.limit_s

    def _look(self) -> None:
        while not self._over.wait(self.limit_s / TICKS):
            until = self._until[-1:]
            if until and time.monotonic() > until[0]:
                # What is started next hangs less likely; it has its limit again.
                self._end()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
