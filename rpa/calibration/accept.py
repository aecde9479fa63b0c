"""What a visit proposed, gone through by a person, line by line; only then it is in use."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rpa.calibration import overlay
from rpa.calibration.entries import MOST_ASKED, NOTHING
from rpa.calibration.overlay import ADDED, SOURCE, Line
from rpa.calibration.result import RESULT
from rpa.errors import ConfigInvalid, JobInvalid, Words
from rpa.pages.agreement import check_profile
from rpa.portal.profile import same
from rpa.portal.resolve import plain
from rpa.portal.told import CALLED
from rpa.reading import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rpa.settings import Settings

LONGEST = 200  # letters of a line's reason
PARTS = ("portal", "live", "language", "lines", "entries", "words", "things")


class NoVisit(JobInvalid):
    """There is nothing to go through yet."""

    next_move = Words("Jalankan: assist-rpa calibrate", "Run: assist-rpa calibrate")


class NotSeenThere(JobInvalid):
    """A person's words, which the visit saw nowhere."""


@dataclass
class Offer:
    """One thing to be decided: ``options`` are the lines that would do, one or several.

    ``proposed``: the visit says so; else it is open, and a yes to everything takes none of them.
    """

    key: str
    known: tuple[str, ...]
    options: tuple[tuple[Words, dict[str, str]], ...]  # what a person sees, and what is written
    proposed: bool = False
    word: str = ""  # whose meaning is asked for; then each option is one of ``meanings``
    meanings: tuple[str, ...] = ()

    def line(self, chosen: int) -> Line:
        """The line of this option."""
        key = f"{self.key}.{self.meanings[chosen]}" if self.word else self.key
        return key, self.options[chosen][1]


@dataclass
class Acceptance:
    """The last visit at this portal, and what of it a person takes."""

    settings: Settings
    by: str
    taken: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.file, self.told = last(self.settings)

    def offers(self) -> Iterator[Offer]:
        """First what was proposed, then what is open and has candidates; then new words."""
        entries = {one["key"]: one for one in self.told["entries"]}
        homes = {
            self.settings.profile.home(key): one for key, one in entries.items() if one["line"]
        }
        for key, parts in self.told["lines"].items():
            for values in each(key, parts):
                told = ", ".join(f"{part}: {text}" for part, text in values.items())
                shown = NO_SUCH if "none" in values else Words.quoted(told)
                shown = _with_why(shown, homes.get(key, {}))
                yield Offer(key, self._known(key), ((shown, values),), proposed=True)
        yield from self._open(entries)
        for one in self.told["words"]:
            yield from self._meanings(one["vocabulary"], one["word"])

    def _open(self, entries: Mapping[str, dict[str, Any]]) -> Iterator[Offer]:
        """What has candidates only, once for all screens that have it."""
        told: dict[str, dict[Words, dict[str, str]]] = {}
        for key, one in entries.items():
            if not (one["line"] or one["state"] in {"expected", "none"}):
                mine = told.setdefault(self.settings.profile.home(key), {})
                mine |= {_shown(near): near["values"] for near in one["nearest"] if near["values"]}
        for key, options in told.items():
            if options:
                yield Offer(key, self._known(key), tuple(options.items())[:MOST_ASKED])

    def _meanings(self, key: str, word: str) -> Iterator[Offer]:
        """What this word may mean; nothing where it is known by now."""
        name, profile = key.partition(".")[2], self.settings.profile
        if same(word) in profile.meanings[name]:
            return
        language = "bm" if self.told["language"].startswith(("ms", "bm")) else "en"
        means = profile.words[name]
        options = tuple(
            (Words.quoted(" / ".join((m, *ws))), {language: word}) for m, ws in means.items()
        )
        yield Offer(key, (), options, word=word, meanings=tuple(means))

    def _known(self, key: str) -> tuple[str, ...]:
        look = self.settings.profile.looks.get(key)
        return look.labels if look else ()

    def take(self, offer: Offer, chosen: int | str) -> bool:
        """Whether this line fits the others; it is not in use yet. Raises NotSeenThere."""
        line = self._typed(offer, chosen) if isinstance(chosen, str) else offer.line(chosen)
        lines = [*self.taken, line]
        try:
            profile = overlay.tried(self.settings.config, lines)
            check_profile(self.settings.model_copy(update={"profile": profile}), whole=True)
        except ConfigInvalid:
            return False
        self.taken = lines
        return True

    def _typed(self, offer: Offer, words: str) -> Line:
        """A person's own words, in the language in which the visit saw them."""
        for language, things in self.told["things"].items():
            if any(plain(one) == plain(words) for _, _, one, _ in things):
                return offer.key, {"bm" if language.startswith(("ms", "bm")) else "en": words}
        raise NotSeenThere(NOT_SEEN, where=offer.key)

    def write(self) -> Path:
        """Into ``config/profile.yaml``; what it was stands beside it. Raises NotWritten."""
        whole = overlay.commented(self.settings.config)
        overlay.lay(whole, self.taken)
        for key, _ in self.taken:
            overlay.put_about(whole, key, self._about(key))
        return overlay.keep(self.settings, whole)

    def _about(self, key: str) -> dict[str, Any]:
        """Who has seen it, when, where, in which language, and what it was before."""
        day, was = self.settings.today(), " / ".join(self._known(key)) or "-"
        where, language = self.told["portal"], self.told["language"] or "?"
        by = self.by or "?"
        reason = f"calibrate {day}, {by}, {where} ({language}); was: {was}"
        about: dict[str, Any] = {SOURCE: reason[:LONGEST]}
        if self.told["live"] and self.by:
            about |= overlay.confirmed(self.by, day)
        return about


def each(key: str, parts: Mapping[str, list[str]]) -> Iterator[dict[str, str]]:
    """A vocabulary's words one by one; of everything else one line, and what else was seen."""
    if key.startswith("words."):
        yield from ({part: text} for part, texts in parts.items() for text in texts)
    else:
        yield {part: texts[0 if part in ADDED else -1] for part, texts in parts.items()}
        for part in sorted(ADDED & parts.keys()):
            more = dict.fromkeys(text for text in parts[part] if text != parts[part][0])
            yield from ({part: text} for text in more)


def _shown(near: dict[str, Any]) -> Words:
    return _with_why(called(near["words"], near["kind"]), near)


def called(words: str, kind: str) -> Words:
    """What is offered, and as what it is built; that there is nothing of the kind."""
    if kind == NOTHING:
        return NO_SUCH
    built = CALLED.get(kind, Words.quoted(kind))
    said = words or "?"
    return Words(f"{said} ({built.bm})", f"{said} ({built.en})") if kind else Words.quoted(said)


def _with_why(shown: Words, told: dict[str, Any]) -> Words:
    """In either language why it is offered; a visit of an earlier version does not say it."""
    why = told.get("evidence", {})
    bm = f"{shown.bm} · {why['bm']}" if why.get("bm") else shown.bm
    return Words(bm, f"{shown.en} · {why['en']}" if why.get("en") else shown.en)


def last(known: Settings) -> tuple[Path, dict[str, Any]]:
    """The newest visit at this portal. Raises NoVisit."""
    found = sorted(known.runs.glob(f"*/{RESULT}"), key=lambda p: p.stat().st_mtime_ns)
    for file in reversed(found):
        told = _read(file)
        if told["portal"] == known.portal.address:
            return file, told
    raise NoVisit(NO_VISIT)


def _read(file: Path) -> dict[str, Any]:
    with reading(lambda _: NoVisit(TORN, where=str(file))):
        told: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return {key: told[key] for key in PARTS}


NO_SUCH = Words("tiada di portal ini", "this portal has no such thing")
TORN = Words("Hasil lawatan ini tidak dapat dibaca.", "The result of this visit cannot be read.")
NOT_SEEN = Words(
    "Perkataan itu tidak dilihat semasa lawatan; taip seperti yang tertulis di skrin",
    "The visit did not see these words; type them as the screen has them",
)
NO_VISIT = Words("Portal ini belum dilawat.", "There was no visit at this portal yet.")
