"""What of the portal has moved since an earlier run saw it: told before it breaks anything.

Each run keeps, in its folder, by which signs it found the things that are known by several; signs
that are gone since stay there with the day of their last run, until the profile is another. Nothing
is decided by it: what was filed, and how, is the same without.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date  # noqa: TC003  the shape of the file is read at run time
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from rpa.engine.lastguard import last_guard
from rpa.errors import Bug, ConfigInvalid, NotWritten, Words
from rpa.evidence.files import write_private
from rpa.portal.resolve import Signal, Verdict
from rpa.portal.tab import Visitor
from rpa.portal.told import SIGNALS
from rpa.reading import Reason, Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.evidence.folder import RunFolder
    from rpa.portal.find import Control
    from rpa.portal.look import Look
    from rpa.portal.resolve import Finding
    from rpa.settings import Settings

SEEN = "seen.json"
MOST = 5  # told one by one
LARGEST = 1 << 20  # bytes; an entry has a hundred, and a profile some five hundred entries
FARTHEST = 200  # runs back


@dataclass(frozen=True)
class Seen:
    """One entry on screens of one language: its signs on that day, and those that are gone."""

    on: date
    by: tuple[Signal, ...]
    gone: dict[Signal, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Memory:
    """What the runs at one portal with one profile saw, up to this one; by language, by key."""

    portal: str
    profile: str
    entries: dict[str, dict[str, Seen]] = field(default_factory=dict)


class Sightings(Visitor):
    """By which signs a run found each thing that is known by several; the words of none."""

    def __init__(self) -> None:
        self.by: dict[tuple[str, str], frozenset[Signal]] = {}

    def answered(self, control: Control, seen: Look, answer: Finding) -> None:
        """A sign that pointed at it once in the run was there: a screen may come bit by bit."""
        chosen = answer.verdict in {Verdict.FOUND, Verdict.DISAGREE}
        if chosen and len(answer.pointed) > 1:
            at = (seen.language_key, control.key)
            self.by[at] = self.by.get(at, frozenset()).union(answer.by)


def compared(known: Settings, folder: RunFolder, run: Sightings) -> tuple[Words, ...]:
    """What this run has otherwise than those before; what it saw is kept.

    Where that fails it is told, and nothing else of the run is another for it.
    """
    try:
        with last_guard(folder.path):
            return _compared(known, folder, run) if run.by else ()
    except (NotWritten, Bug) as error:
        return (error.words,)


def _compared(known: Settings, folder: RunFolder, run: Sightings) -> tuple[Words, ...]:
    before = last(known)
    entries = {language: dict(those) for language, those in before.entries.items()}
    for (language, key), by in sorted(run.by.items()):
        those = entries.setdefault(language, {})
        those[key] = _now(those.get(key), by, known.today())
    now = Memory(before.portal, before.profile, entries)
    text = json.dumps(asdict(now), default=str)
    folder.add(write_private(folder.path / SEEN, text.encode()), "seen")
    return told((key, entries[language][key]) for language, key in sorted(run.by))


def _now(before: Seen | None, by: frozenset[Signal], today: date) -> Seen:
    known = {**before.gone, **dict.fromkeys(before.by, before.on)} if before else {}
    signs = tuple(sign for sign in Signal if sign in by)
    return Seen(today, signs, {sign: day for sign, day in known.items() if sign not in by})


def last(known: Settings) -> Memory:
    """The newest memory at this portal with this profile; an empty one where there is none."""
    mine = Memory(known.portal.address, known.profile.digest)
    found = sorted(known.runs.glob(f"*/{SEEN}"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    for file in found[:FARTHEST]:
        with suppress(Unreadable), reading(lambda _: Unreadable(Reason.UNREADABLE)):
            kept = _shape().validate_json(contents(file, LARGEST))
            if (kept.portal, kept.profile) == (mine.portal, mine.profile):
                return kept
    return mine


def standing(known: Settings) -> tuple[Words, ...]:
    """All that has moved at this portal since its profile is what it is.

    Where that profile cannot be read, why; the caller tells of other things as well.
    """
    try:
        entries = last(known).entries
    except ConfigInvalid as error:
        return (Words(f"{error.where}: {error.words.bm}", f"{error.where}: {error.words.en}"),)
    return told(one for those in entries.values() for one in those.items())


def told(entries: Iterable[tuple[str, Seen]]) -> tuple[Words, ...]:
    """A line for each that has moved, the first few, and what the office can do."""
    lines = list(dict.fromkeys(_line(key, seen) for key, seen in entries if seen.gone))
    more = len(lines) - MOST
    return (
        *lines[:MOST],
        *([Words(f"… dan {more} lagi", f"… and {more} more")] if more > 0 else []),
        *([NEXT] if lines else []),
    )


def _line(key: str, seen: Seen) -> Words:
    day = max(seen.gone.values())
    by = [SIGNALS[sign] for sign in seen.by]
    gone = [SIGNALS[sign] for sign in seen.gone]
    return Words(
        f"{key}: ditemui melalui {', '.join(w.bm for w in by)} sahaja; tidak lagi melalui "
        f"{', '.join(w.bm for w in gone)}, seperti pada {day:%d/%m/%Y}",
        f"{key}: found by its {', '.join(w.en for w in by)} only; no longer by its "
        f"{', '.join(w.en for w in gone)}, as on {day:%d/%m/%Y}",
    )


@cache
def _shape() -> TypeAdapter[Memory]:
    return TypeAdapter(Memory)


NEXT = Words(
    "Portal telah berubah di sini; tiada apa-apa diteka. Lihat dan baiki sebelum perubahan itu "
    "menghentikan pelaksanaan: assist-rpa calibrate",
    "The portal has changed here; nothing was guessed. Look and mend it before it stops a run: "
    "assist-rpa calibrate",
)
