"""The one retry there is: for what changed nothing at the portal, or was shown not to have."""

from __future__ import annotations

import os
from math import inf
from typing import TYPE_CHECKING

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from rpa.errors import PortalUnavailable, RpaError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from rpa.engine.session import Session
    from rpa.engine.watch import Watcher
    from rpa.settings import Retry

# What may be repeated: what can pass by itself. There is no default. A screen that is not known is
# as little known the next time.
REPEATABLE = (PortalUnavailable,)
PART_S = 0.5 if os.name == "nt" else inf


def pausing(stop: threading.Event, part_s: float = PART_S) -> Callable[[float], None]:
    """Wait so long, or until it is set; in parts, for Windows hears Ctrl-C between two waits."""

    def wait(seconds: float) -> None:
        left = seconds
        while left > 0 and not stop.wait(min(left, part_s)):
            left -= part_s

    return wait


def tries(retry: Retry, session: Session, stop: threading.Event, watcher: Watcher) -> Retrying:
    """Over again so many times, with growing waits; then the last error.

    Nothing of a screen in trouble is trusted: whoever retries asks ``session`` for a fresh one,
    which looks whether somebody is still signed in there.
    """

    def again(state: RetryCallState) -> None:
        session.doubt()
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RpaError):
            watcher.again(error, state.attempt_number, retry.attempts)

    return Retrying(
        retry=retry_if_exception_type(REPEATABLE),
        stop=stop_after_attempt(retry.attempts),
        wait=wait_exponential_jitter(initial=retry.wait_s),
        sleep=pausing(stop),
        before_sleep=again,
        reraise=True,
    )
