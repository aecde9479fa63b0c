"""What a negative control takes out of the real robot, before its command starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import drill.points
from drill.child import fork
from rpa.procedure.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from drill.child import Order


def _review() -> None:
    """The review is read, and whatever it shows will do."""

    def same(self: Steps, declared: Any, shown: Any, mends: Any = None) -> None:
        del self, declared, shown, mends

    Steps.same = same  # type: ignore[method-assign]


WITHOUT: dict[str, Callable[[], None]] = {"review": _review}


def starter(part: str) -> Callable[[Order, Mapping[str, str], Path], int]:
    """Starts the command without that part."""
    drill.points.WITHOUT.update(WITHOUT)

    def start(order: Order, env: Mapping[str, str], place: Path) -> int:
        return fork(type(order)(order.words, order.wanted, order.log, part), env, place)

    return start
