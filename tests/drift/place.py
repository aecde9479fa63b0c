"""A practice portal that can be changed, in one skin, and a desk; wound back before every case."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drill.place import Place
from tests.conftest import start_portal
from tests.drift.watched import LOOKS, USES, WATCHED, starter
from tests.hostile.place import HostilePlace

if TYPE_CHECKING:
    from pathlib import Path

    from drill.place import Prepared
    from tests.hostile.place import Ended

MODULE = "tests.drift.portal"


@dataclass
class Stage:
    """The changed portal's control port, as the hostile proxy's."""

    control: str

    def ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """What it answers."""
        if path == "mark":
            return {}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310  loopback only
            f"{self.control}/{path}", data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  loopback only
            return dict(json.load(answer))

    def close(self) -> None:
        """It ends with the portal."""


@dataclass
class DriftPlace(HostilePlace):
    """As the hostile portal's place: no proxy, for the portal itself has the changes."""

    uses: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    looks: Path | None = None  # where the looks of quiet runs are kept

    def __post_init__(self) -> None:
        self.portal = start_portal(self.folder, self.language, "--skin", self.skin, module=MODULE)
        self.proxy = Stage(self.portal.control)  # type: ignore[assignment]
        self._marks, self._mine = [], []

    def close(self) -> None:
        """End the portal."""
        Place.close(self)

    def lay(self, change: dict[str, Any]) -> None:
        """One change, or none."""
        self.proxy.ask("plan", {"change": change})

    def plan(self, *given: Any, **named: Any) -> list[str]:
        """Nothing is changed."""
        del given, named
        self.lay({})
        return []

    def used(self, procedure: str) -> list[dict[str, Any]]:
        """What a quiet run of the procedure did with which things of this skin's screens."""
        if procedure not in self.uses:
            start, self.start = self.start, starter(WATCHED)
            self.quiet(procedure)
            self.start = start
        return self.uses[procedure]

    def go(self, known: Prepared, number: int, bound_s: float) -> Ended:
        """One run, and what it wrote down where it was watched."""
        ended = super().go(known, number, bound_s)
        newest = known.desk.folder / self._marks[-1]
        uses = newest / USES
        if uses.is_file():
            told = [json.loads(line) for line in uses.read_text("utf-8").splitlines()]
            self.uses[known.job.parent.name] = told
            if self.looks:
                kept = self.looks / f"{self.skin}-{known.job.parent.name}.jsonl"
                self.looks.mkdir(parents=True, exist_ok=True)
                kept.write_bytes((newest / LOOKS).read_bytes())
        return ended
