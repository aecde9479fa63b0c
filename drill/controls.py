"""Negative controls: with a part of the tool taken out, the drill must go red.

Each takes one part out of the runs of a few cases, and the same cases run with the whole tool.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from drill.case import Case
from drill.table import WRONG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from drill.crew import Crew

PROCEDURE = "update_employer"  # the quickest
WAITS = {"officer": True}  # the books do not show yet what was sent
ANSWERED = {"key": "answered", "machine": False}
LATE = {"fault": "listed late", "seconds": 60.0}
CASES = {
    # The portal has it and lists it late: only the intent knows that something was pressed.
    "intent": Case(-1, PROCEDURE, "control", (ANSWERED,), (LATE,), WAITS),
    # The portal has it, and only the portal's record tells.
    "look": Case(-2, PROCEDURE, "control", (ANSWERED,), (), WAITS),
    # Two runs of one portal ID.
    "lease": Case(-3, PROCEDURE, "control", rivals=2),
}


@dataclass(frozen=True)
class Control:
    """How a case ended without a part of the tool, and with it."""

    part: str
    without: dict[str, Any]
    whole: dict[str, Any]

    @property
    def red(self) -> bool:
        """Red without the part, green with it."""
        return bool(_wrong(self.without)) and not _wrong(self.whole)

    @property
    def line(self) -> str:
        """One sentence."""
        found = "; ".join(_wrong(self.without)) or "nothing was found: THE DRILL IS BLIND"
        beside = "; ".join(_wrong(self.whole)) or "green"
        return f"control, without the {self.part}: {found} (with it: {beside})"


def _wrong(case: dict[str, Any]) -> list[str]:
    return [words for kind in WRONG for words in case[kind]]


def run(
    crew: Crew, golden: Callable[[str], Path], only: Sequence[str] | None = None
) -> Iterator[Control]:
    """Each control, in turn, or some of them."""
    for part, case in CASES.items():
        if only and part not in only:
            continue
        both = [replace(case, without=part), case]
        asked = [{"case": asdict(one), "golden": str(golden(one.procedure))} for one in both]
        found = {question["case"]["without"]: answer for question, answer in crew.all(asked)}
        if None in found.values():
            raise SystemExit(f"the control without the {part} broke the drill; see above")
        yield Control(part, found[part], found[""])
