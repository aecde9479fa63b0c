"""What ends a command before its end: somebody's wish, or a process that stood still."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rpa.cli import console
from rpa.errors import Words
from rpa.ledger.lease import LOST, LeaseLost, end_process

if TYPE_CHECKING:
    from collections.abc import Iterator

STDERR = 2
# Ctrl-C, the system's wish, and Windows' Ctrl-Break where there is one.
STOPS = tuple(getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, n))


def _straight(text: str) -> bytes:
    """For the descriptor itself, where Windows shows a console's own code page and no UTF-8."""
    return text.replace("…", "...").replace("✗", "x").encode("ascii", "replace")


@contextmanager
def stops_when_asked(stop: threading.Event) -> Iterator[None]:
    """What is in STOPS stops the run at its next safe point, never inside the last press."""

    def ask(_signal: int, _frame: Any) -> None:
        stop.set()
        wish = Words(
            "Berhenti pada titik selamat yang berikutnya …", "Stopping at the next safe point …"
        )
        # Straight to the descriptor: a handler may come in the middle of a print, and Python's
        # streams do not let themselves be entered twice.
        os.write(STDERR, _straight(f"{console.say(wish)}\n"))
        console.interrupt()

    before = {s: signal.signal(s, ask) for s in STOPS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def frozen() -> None:
    """End this process, which stood still for too long, here and now; the sentence comes first.

    Called in the watchdog's thread, whatever the main thread is doing. Exit 75.
    """
    told = _straight(f"✗ {console.say(LOST)}\n  {console.say(LeaseLost.next_move)}\n")
    # In a thread of its own, for a full pipe must not keep the process alive.
    telling = threading.Thread(target=os.write, args=(STDERR, told), daemon=True)
    telling.start()
    telling.join(timeout=1)
    end_process()
