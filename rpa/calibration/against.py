"""A capture examined by the profile in use: the table and the proposals of a visit, offline.

The steps of the visit are gone through again; a look is a look, whether a browser gave it just now
or a file did. What a person was asked then is asked of nobody now: his lines are in the capture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from rpa.calibration import entries, overlay
from rpa.calibration.entries import Entry  # noqa: TC001  of a field
from rpa.calibration.tour import STOPS, Stop
from rpa.calibration.visit import Outcome, proposals, taken_by
from rpa.errors import ConfigInvalid, UnexpectedPage, Words
from rpa.pages.agreement import check_profile, screens
from rpa.portal.page import Page
from rpa.portal.profile import using

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rpa.calibration.capture import Captured, Step
    from rpa.calibration.overlay import Line
    from rpa.evidence.folder import RunFolder
    from rpa.portal.profile import Profile
    from rpa.portal.tab import Portal
    from rpa.settings import Settings


@dataclass
class Against:
    """One capture by one profile; told as a visit is."""

    settings: Settings
    captured: Captured
    folder: RunFolder
    portal: str  # the file's name: nothing of it is accepted as if this office had seen it
    entries: dict[str, Entry] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # screens of another version of this tool

    def __post_init__(self) -> None:
        self.profile: Profile = self.settings.profile
        self.started = self.settings.now()
        self.languages: list[str] = []
        self._first: dict[str, Entry] | None = None  # of the language before
        self._before = 0  # lines of it
        self.live = False
        self.things: dict[str, list[list[str]]] = {}  # it is compared with no visit of this office
        self.pictures: dict[tuple[str, str], Path] = {}
        self.agreed: frozenset[str] = frozenset()
        self.held_back: list[str] = []
        self.words = dict.fromkeys((name, "…") for name in self.captured.asked)
        known = {stop.name: stop for stop in STOPS}
        parts = [p for p in self.captured.parts if p.name in known]
        self.stops = list(dict.fromkeys(known[part.name] for part in parts))
        self.outcomes = [_outcome(known[part.name], reached=part.reached) for part in parts]

    def run(self) -> None:
        """Go through the steps."""
        for step in self.captured.steps:
            with using(self.profile):
                self._step(step)

    def _step(self, step: Step) -> None:
        if step.look:
            self._looked(step)
        elif step.pressed in self.entries and self.home(step.pressed) not in self.taken:
            known = self.entries[step.pressed]
            self.entries[step.pressed] = entries.expected(known)
        elif step.taken:
            self._take(step.taken, step.values)
        elif step.turned:
            self._turned()

    def _turned(self) -> None:
        """To the other language; the second time both have been walked."""
        if self._first is None:
            self._first, self.entries, self._before = self.entries, {}, len(self.lines)
        else:
            self.entries = entries.both(self._first, self.entries)

    def _looked(self, step: Step) -> None:
        page, seen = page_of(step.screen, self.profile), step.look
        if page is None or seen is None:
            self.unknown.append(step.screen)
            return
        if seen.language and seen.language not in self.languages:
            self.languages.append(seen.language)
        taken = taken_by(self.lines[self._before :])
        for entry in entries.examine(page, seen):
            before = self.entries.get(entry.key)
            if not (before and self.home(entry.key) in taken):
                self.entries[entry.key] = entries.merged(before, entry)

    def _take(self, key: str, values: Mapping[str, str]) -> None:
        """As the visit did, where this profile has not taken it long since."""
        lines = [*self.lines, (key, values)]
        try:
            profile = overlay.tried(self.settings.config, lines)
            check_profile(self.settings.model_copy(update={"profile": profile}), whole=True)
        except ConfigInvalid:
            return
        self.lines, self.profile = lines, profile

    def home(self, key: str) -> str:
        """Where it is defined."""
        return self.profile.home(key)

    @property
    def taken(self) -> frozenset[str]:
        """The entries that were another for the time of the visit."""
        return taken_by(self.lines)

    def known(self, key: str) -> tuple[str, ...]:
        """What this profile calls it."""
        look = self.settings.profile.looks[key]
        return look.labels

    def proposals(self) -> list[Line]:
        """Each line that would mend an entry."""
        return proposals(self.lines, self.entries, self.home)

    @property
    def found(self) -> dict[str, Entry]:
        """Its entries."""
        return self.entries


def _outcome(stop: Stop, *, reached: bool) -> Outcome:
    return Outcome(stop, None if reached else UnexpectedPage(NOT_THEN, where=stop.name))


def page_of(name: str, profile: Profile) -> Page | None:
    """The screen of this name; it has no tab, and nothing of it asks for one."""
    screen = next((one for one in screens() if one.__name__ == name), None)
    if screen is None:
        return None
    page = screen.__new__(screen)
    Page.__init__(page, cast("Portal", SimpleNamespace(overrides=profile.looks)), awaited=False)
    return page


NOT_THEN = Words("Lawatan itu tidak sampai ke sini.", "That visit did not come here.")
