"""What earlier visits of this portal saw: what has moved since, and what one that was cut left.

Compared are visits with the same profile: the surest that any of them saw of a thing is what it is
now compared with, so that what has moved is told until it is back, or mended.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rpa.calibration.entries import State
from rpa.calibration.result import RESULT
from rpa.errors import Words
from rpa.evidence.files import write_private
from rpa.reading import Reason, Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rpa.errors import RpaError
    from rpa.evidence.folder import RunFolder
    from rpa.settings import Settings

    Told = Mapping[str, Any]

WATCHED = "watch.json"
FARTHEST = 50  # visits back
LARGEST = 16 << 20
MOST = 20  # told one by one


def kept(known: Settings, name: str, but: Path | None = None) -> Iterator[tuple[str, Told]]:
    """Each result of this portal with its folder's name, the newest first; a torn one is none."""
    found = sorted(known.runs.glob(f"*/{name}"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    for file in [one for one in found if one.parent != but][:FARTHEST]:
        with suppress(Unreadable), reading(lambda _: Unreadable(Reason.UNREADABLE)):
            told = json.loads(contents(file, LARGEST))
            if told["portal"] == known.portal.address:
                yield file.parent.name, told


# --- a visit that was cut -------------------------------------------------------------------------


def last(known: Settings) -> tuple[str, Told] | None:
    """The last visit of this portal, which walked somewhere."""
    return next((one for one in kept(known, RESULT) if one[1]["stops"]), None)


def reached(told: Told) -> set[tuple[str, str]]:
    """Its parts that were walked to their end, each with the language."""
    return {(one["name"], one["language"]) for one in told["stops"] if not one["error"]}


def joined(before: tuple[str, Told], now: Told) -> dict[str, Any]:
    """What that visit saw, and behind it this one, which went on; by which profile, must be one.

    With lines that were taken since, only what was as expected is still so.
    """
    folder, told = before
    same = told["profile"] == now["profile"]
    was = [_moved_to(folder, e) for e in told["entries"] if same or e["state"] == "expected"]
    entries: dict[str, Any] = {}
    for one in (*was, *now["entries"]):
        entries[one["key"]] = max(one, entries.get(one["key"], one), key=_says)
    lines = {key: dict(parts) for key, parts in (told["lines"] if same else {}).items()}
    for key, parts in now["lines"].items():
        lines.setdefault(key, {}).update(parts)
    stops = [one for one in told["stops"] if not one["error"]]
    return {**now, "entries": list(entries.values()), "lines": lines,
            "stops": [*stops, *now["stops"]],
            "words": _each([*(told["words"] if same else []), *now["words"]])}  # fmt: skip


def _says(entry: Told) -> tuple[bool, bool, State]:
    """The more it says the greater: as of a portal that was seen in two languages."""
    state = State[entry["state"].upper()]
    return state is not State.UNSEEN, bool(entry["line"]), state


def _moved_to(folder: str, entry: Told) -> Told:
    """Its pictures stand in the folder of that visit."""
    near = [
        {**one, "picture": one["picture"] and f"../{folder}/{one['picture']}"}
        for one in entry["nearest"]
    ]
    return {**entry, "nearest": near}


def _each(words: list[Told]) -> list[Told]:
    return [one for number, one in enumerate(words) if one not in words[:number]]


# --- what has moved -------------------------------------------------------------------------------


@dataclass
class Known:
    """What the earlier visits with this profile saw, the surest of each thing."""

    visits: int = 0
    entries: dict[str, tuple[Told, str]] = field(default_factory=dict)  # and on which day
    parts: set[tuple[str, str]] = field(default_factory=set)
    words: list[Told] = field(default_factory=list)
    screens: set[str] = field(default_factory=set)
    things: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)

    def add(self, told: Told, *, news: bool) -> None:
        """An earlier one each time: of two that are as sure the later day stays.

        ``news``: whether it told of something as new, which then stays new until a person visits.
        """
        self.visits += 1
        for one in told["entries"]:
            before = self.entries.get(one["key"])
            if before is None or _order(one) < _order(before[0]):
                self.entries[one["key"]] = one, _day(told)
        self.parts |= reached(told)
        if news:
            return
        self.words += told["words"]
        self.screens |= {one["key"].partition(".")[0] for one in told["entries"]}
        for language, screens in told.get("things", {}).items():
            those = self.things.setdefault(language, set())
            those.update((kind, words, name) for _, kind, words, name in screens)


def moved(known: Settings, now: Told, folder: Path) -> tuple[list[Words], int]:
    """What is otherwise than the earlier visits saw it, and how many there were.

    Where there were none it is compared with what the profile knows.
    """
    before = Known()
    news = {name for name, watch in kept(known, WATCHED) if watch["moved"]}
    for name, told in kept(known, RESULT, but=folder):
        if told["profile"] == now["profile"]:
            before.add(told, news=name in news)
    return [
        *filter(None, (_entry(before, one) for one in now["entries"])),
        *_parts(before, now),
        *_new(before, now),
    ], before.visits


def _entry(before: Known, now: Told) -> Words | None:
    state = State[now["state"].upper()]
    was, on = before.entries.get(now["key"], (None, ""))
    if was is None:
        otherwise = bool(now["line"]) and not before.visits
    else:
        other_name = state is State.OTHERWISE and now["line"] != was["line"]
        otherwise = state > State[was["state"].upper()] or other_name
    if not otherwise:
        return None
    near = [one["words"] for one in now["nearest"] if one["words"]][:1]
    called = list((now["line"] or {}).values()) or near
    how = HOW[state] if called or state not in NAMED else HOW[State.UNSEEN]
    since = Words(f", seperti pada {on}", f", as on {on}") if on else Words("", "")
    said = " / ".join(f"'{one}'" for one in called)
    return Words(f"{now['key']}: {how.bm.format(said)}{since.bm}",
                 f"{now['key']}: {how.en.format(said)}{since.en}")  # fmt: skip


def _parts(before: Known, now: Told) -> Iterator[Words]:
    """What is no longer reached; a portal that is away has not moved."""
    for one in now["stops"]:
        known = (one["name"], one["language"]) in before.parts or not before.visits
        if one["error"] and known and not one["error"].get("passes"):
            said = one["error"]
            yield Words(f"tidak lagi sampai: {one['bm']}: {said['bm']}",
                        f"no longer reached: {one['en']}: {said['en']}")  # fmt: skip


def _new(before: Known, now: Told) -> Iterator[Words]:
    """Fields, buttons and columns that no visit has seen, and words that decide."""
    for one in now["words"]:
        if one not in before.words:
            said = f"'{one['word']}' ({one['vocabulary']})"
            yield Words(
                f"perkataan yang tidak dikenali: {said}", f"a word that is not known: {said}"
            )
    for language, screens in now["things"].items():
        if language in before.things:
            for screen, *thing in screens:
                if screen in before.screens and tuple(thing) not in before.things[language]:
                    kind, words, name = thing
                    said = f"{screen}: {kind} '{words or name}'"
                    yield Words(f"{said}: baharu di skrin", f"{said}: new on the screen")


def _order(entry: Told) -> State:
    return State[entry["state"].upper()]


def _day(told: Told) -> str:
    return f"{datetime.fromisoformat(told['at']):%d/%m/%Y}"


# --- the last watch -------------------------------------------------------------------------------


def keep(folder: RunFolder, told: Told, found: list[Words], ended: RpaError | None) -> None:
    """What a watch has found, for `status`. Raises NotWritten."""
    watch = {
        "portal": told["portal"],
        "at": told["at"],
        "moved": [{"bm": one.bm, "en": one.en} for one in found],
        "ended": {"bm": ended.words.bm, "en": ended.words.en} if ended else None,
    }
    text = json.dumps(watch, ensure_ascii=False, indent=1)
    folder.add(write_private(folder.path / WATCHED, text.encode()), "watch")


def standing(known: Settings) -> list[Words]:
    """What the last watch of this portal found; where that was cut also what the one before did."""
    lines: list[Words] = []
    for _, told in kept(known, WATCHED):
        found, ended = [Words(**one) for one in told["moved"]], told["ended"]
        at = f"{datetime.fromisoformat(told['at']):%d/%m/%Y %H:%M}"
        end = Words(**ended) if ended else counted(found)
        lines += [Words(f"watch {at}: {end.bm}", f"watch {at}: {end.en}"), *few(found)]
        if not ended:
            break
    return lines


def counted(found: list[Words]) -> Words:
    """How much has moved."""
    if not found:
        return Words("tiada apa-apa berubah di portal", "nothing has moved at the portal")
    return Words(
        f"{len(found)} perkara berubah di portal", f"{len(found)} things have moved at the portal"
    )


def few(found: list[Words]) -> list[Words]:
    """The first of them, and how many more."""
    more = len(found) - MOST
    rest = [Words(f"… dan {more} lagi", f"… and {more} more")] if more > 0 else []
    return [*found[:MOST], *rest]


HOW = {
    State.OTHERWISE: Words("dengan nama lain sekarang, {}", "by another name now, {}"),
    State.MISSING: Words("tiada lagi; yang serupa: {}", "gone; something is like it: {}"),
    State.TWICE: Words("ada lebih daripada sekali sekarang", "there more than once now"),
    State.DISAGREE: Words("tandanya bercanggah sekarang", "its signs disagree now"),
    State.UNSEEN: Words("tiada lagi", "gone"),
    State.NONE: Words("tiada lagi", "gone"),
}
NAMED = frozenset({State.OTHERWISE, State.MISSING})
