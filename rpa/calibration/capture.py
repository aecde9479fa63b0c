"""What a visit saw of a portal, as one file that can be sent to the maintainers, and read offline.

It holds the looks of the visit in their order, stripped (`rpa.calibration.strip`), and what
happened between them; no address of the portal, no employer, no word that nobody knows.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter

from rpa import __version__
from rpa.calibration.strip import GONE, Strip
from rpa.errors import JobInvalid, Words
from rpa.evidence.files import write_private
from rpa.portal.look import Kind, Look
from rpa.portal.resolve import FIELDS
from rpa.reading import contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rpa.calibration.visit import Calibration
    from rpa.portal.page import Page
    from rpa.portal.profile import Profile

CAPTURE = "capture.json"
FORM = 1
LARGEST = 64 << 20


@dataclass(frozen=True)
class Step:
    """One thing of a visit: a screen that was looked at, a thing pressed, or a line taken."""

    screen: str = ""
    look: Look | None = None
    pressed: str = ""
    taken: str = ""
    turned: bool = False  # the way is walked in the other language from here on, then both are one
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A part of the portal, and whether the visit came to its end."""

    name: str
    reached: bool


@dataclass(frozen=True)
class Captured:
    """A file that was read."""

    capture: Literal[1]
    made_by: str
    profile: str  # the digest of the one by which it was looked at
    at: str
    live: bool
    parts: tuple[Part, ...]
    asked: tuple[str, ...]  # the vocabularies of which a word was not known
    steps: tuple[Step, ...]


class Unfit(JobInvalid):
    """The file is no capture."""


class Capture:
    """Gathers a visit's steps; only what is stripped is kept of a look."""

    def __init__(self, profile: Profile) -> None:
        self._strip = Strip(profile)
        self._steps: list[dict[str, Any]] = []
        self._seen: set[str] = set()

    def looked(self, page: Page, seen: Look) -> None:
        """A screen of the visit; the same look again tells nothing new."""
        step = {"screen": type(page).__name__, "look": self._strip.look(page, seen)}
        if (text := json.dumps(step)) not in self._seen:
            self._seen.add(text)
            self._steps.append(step)

    def pressed(self, key: str) -> None:
        """What was pressed was there."""
        self._steps.append({"pressed": key})

    def taken(self, key: str, values: Mapping[str, str]) -> None:
        """A line was taken for the time of the visit."""
        told = {part: self._strip.value(part, text) for part, text in values.items()}
        self._steps.append({"taken": key, "values": told})
        self._seen.clear()  # the same look is another screen now

    def turned(self) -> None:
        """The same way is walked again in the other language, or has been."""
        self._steps.append({"turned": True})
        self._seen.clear()

    def things(self) -> dict[str, list[list[str]]]:
        """Fields, buttons and columns by language: screen of its first sight, kind, words, name.

        A row's own are left out, and what has no word that may be kept and no name.
        """
        found: dict[str, dict[tuple[str, str, str], str]] = {}
        for step in self._steps:
            if look := step.get("look"):
                those = found.setdefault(look["language"], {})
                for thing in itertools.chain.from_iterable(map(_thing, look["elements"])):
                    those.setdefault(thing, step["screen"])
        return {
            language: [[screen, *thing] for thing, screen in those.items()]
            for language, those in found.items()
        }

    def write(self, visit: Calibration) -> Path:
        """Write and seal it. Raises NotWritten."""
        told = {
            "capture": FORM,
            "made_by": __version__,
            "profile": visit.settings.profile.digest,
            "at": visit.started.date().isoformat(),
            "live": visit.settings.portal.live,
            "parts": [{"name": o.stop.name, "reached": not o.error} for o in visit.outcomes],
            "asked": sorted({name for name, _ in visit.words}),
            "steps": self._steps,
        }
        text = json.dumps(told, ensure_ascii=False, indent=None, separators=(",", ":"))
        place = write_private(visit.folder.path / CAPTURE, f"{text}\n".encode())
        visit.folder.add(place, "capture")
        return place


def _thing(one: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """How it is known from one visit to the next; a table by each of its headings."""
    if one.get("kind") == Kind.TABLE:
        yield from (("column", head, "") for head in one.get("heads", ()) if GONE not in head)
    elif one.get("kind") in WATCHED and not one.get("row"):
        said = (one.get("words", ""), *one.get("labels", ()), one.get("beside", ""))
        words, name = next((w for w in said if w.strip(f" {GONE}")), ""), one.get("name", "")
        if words or name:
            yield str(one["kind"]), words, name


WATCHED = FIELDS | {Kind.BUTTON}


def read(file: Path) -> Captured:
    """A capture as it was written. Raises Unfit."""
    with reading(lambda _: Unfit(NO_CAPTURE, where=str(file))):
        return _shape().validate_json(contents(file, LARGEST))


@cache
def _shape() -> TypeAdapter[Captured]:
    return TypeAdapter(Captured)


NO_CAPTURE = Words(
    "Fail ini bukan tangkapan skrin portal yang dibuat oleh assist-rpa capture versi ini.",
    "This file is no capture of a portal as assist-rpa capture of this version writes it.",
)
