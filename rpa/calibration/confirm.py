"""What decides at a live portal, confirmed by a person who knows it; until then nothing is filed.

Which entries these are is told by `rpa.engine.red`. What a visit saw of one is shown beside it; a
word of a status or of the last press no visit can see, so that a person's knowledge is what counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from rpa import flows
from rpa.calibration import overlay
from rpa.calibration.accept import NoVisit, last
from rpa.calibration.entries import State
from rpa.calibration.result import STATES
from rpa.engine import red
from rpa.errors import Words
from rpa.portal.profile import ROOMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rpa.portal.profile import Found
    from rpa.settings import Settings


@dataclass(frozen=True)
class Asked:
    """One question: what these entries are about, and what is known of each."""

    title: Words
    keys: tuple[str, ...]
    known: tuple[tuple[str, str, Words], ...]  # its name, its looks, what a visit saw of it


@dataclass
class Confirming:
    """One office's answers; ``write`` keeps them."""

    settings: Settings
    by: str
    keys: list[str] = field(default_factory=list)

    def questions(self) -> Iterator[Asked]:
        """What nobody has confirmed, a vocabulary in one question."""
        profile = self.settings.profile
        found = {one.key: one for name in flows.names() for one in red.of(profile, name)}
        todo = [one for one in found.values() if not one.entry.confirmed]
        seen = self._seen()
        for name, those in groupby(todo, lambda one: red.group(one.key)):
            group = list(those)
            title = TITLES.get(name) or OTHERS.get(name.rpartition(".")[2], Words(name, name))
            known = ((_named(one, name), _looks(one), _seen_of(one, seen)) for one in group)
            yield Asked(title, tuple(one.key for one in group), tuple(known))

    def _seen(self) -> dict[str, Words]:
        """What the last visit at this portal saw of each entry; nothing where there was none."""
        try:
            _, told = last(self.settings)
        except NoVisit:
            return {}
        found = self.settings.profile.found
        states = {state.name.lower(): state for state in State}
        seen: dict[str, Words] = {}
        for one in told["entries"]:
            state = states.get(one["state"])
            if state and state is not State.UNSEEN and one["key"] in found:
                seen[found[one["key"]].at_home] = seen[one["key"]] = STATES[state]
        return seen

    def write(self) -> Path:
        """Into ``config/profile.yaml``, with the office and the day. Raises NotWritten."""
        whole, day = overlay.commented(self.settings.config), self.settings.today()
        for key in self.keys:
            overlay.put_about(whole, key, overlay.confirmed(self.by, day))
        return overlay.keep(self.settings, whole)


def _seen_of(one: Found, seen: Mapping[str, Words]) -> Words:
    """Of a word, a form or a sign no visit can say it."""
    return Words("", "") if one.home in ROOMS else seen.get(one.key, NOT_SEEN)


def _named(one: Found, group: str) -> str:
    return one.key.removeprefix(f"{group}.").removeprefix("columns.")


def _looks(one: Found) -> str:
    """Its words, else its pattern, else by what it is found."""
    entry = one.entry
    words = entry.labels
    return " | ".join(words or entry.like or filter(None, (entry.id, entry.name, entry.css)))


NOT_SEEN = Words("belum dilihat", "not seen yet")
TITLES = {
    "words.status": Words("Status sesuatu kes", "How a case stands"),
    "words.action": Words("Apa yang boleh ditekan pada satu baris", "What a row offers to press"),
    "words.remark": Words("Bahawa senarai itu kosong", "That a list is empty"),
    "words.answer": Words("Ya dan tidak", "Yes and no"),
    "words.sent": Words("Bahawa ia sudah dihantar", "That it was sent"),
    "patterns": Words("Bentuk nombor portal", "How the portal's numbers are written"),
    "signs": Words(
        "Di mana penolakan, aduan, kejayaan dan soalan ditunjukkan",
        "Where a refusal, a complaint, a success and a question stand",
    ),
    "Inbox.cases": Words("Lajur peti tugasan", "The columns of the inbox"),
}
OTHERS = {
    "known": Words("Kanta: nombor ini dikenali", "The lens: this number is known"),
    "unknown": Words("Kanta: nombor ini tidak dikenali", "The lens: this number is not known"),
    "remove": Words("Persetujuan membuang sesuatu", "What agrees to a removal"),
    "send": Words("Tekanan terakhir, yang memfailkan", "The last press, which files"),
    "confirm": Words("Pengesahan sesudah itu", "The confirmation after it"),
}
