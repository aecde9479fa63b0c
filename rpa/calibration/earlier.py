"""What an earlier visit of this portal saw, and one that was cut has left."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rpa.calibration.entries import State
from rpa.calibration.result import RESULT
from rpa.reading import Reason, Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rpa.settings import Settings

    Told = Mapping[str, Any]

FARTHEST = 50  # visits back
LARGEST = 16 << 20


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
