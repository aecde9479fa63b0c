"""The command, and a POST that the portal held back and answers at a named moment of it.

    python -m tests.run.released "while withdrawing" -- run job.yaml --submit

What a `delay` holds is let go there, and the command waits until the portal has answered it. Nobody
is killed.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drill import child, points
from rpa.pages.preview import Confirmation

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.portal.tab import Portal

LOOK_S = 0.05


def _ask(path: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    head = {"Content-Type": "application/json"}
    asked = urllib.request.Request(f"{os.environ[points.CONTROL]}/{path}", data, head)  # noqa: S310  loopback
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310  loopback
        return json.load(answer)


def _unanswered() -> list[Any]:
    return [post for post in _ask("received") if post["status"] is None and not post["ending"]]


def _release() -> None:
    """Bounded by the test's own wall."""
    _ask("disarm", {"fault": "delay"})
    while _unanswered():
        time.sleep(LOOK_S)


def _release_at_the_question() -> None:
    """When the portal next asks "are you sure", before it is answered."""
    shown = Confirmation.__init__

    def asked(self: Confirmation, portal: Portal) -> None:
        shown(self, portal)
        Confirmation.__init__ = shown  # type: ignore[method-assign]
        _release()

    Confirmation.__init__ = asked  # type: ignore[method-assign, assignment]


MOMENTS = {
    "while withdrawing": ("before withdrawing", _release_at_the_question),
    "after withdrawing": ("after withdrawing", _release),
}


@dataclass
class Releasing(points.Trap):
    """At the wanted passing the portal takes, or refuses, what it held."""

    release: Callable[[], None] = _release

    def kill(self) -> None:
        """Instead."""
        self.release()


if __name__ == "__main__":
    moment, _, *words = sys.argv[1:]
    point, release = MOMENTS[moment]
    sys.exit(child.run(Releasing(child.wanted(point), release=release), "", words))
