"""What only a filing shows: the screens from its last press on, and where it stopped before that.

Nothing is decided by it. A screen is looked at while it stands, once it has come; what is otherwise
on it is worked out when every row has its verdict. Where all was as expected nothing is written.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rpa.calibration import entries, result
from rpa.calibration.entries import NOTHING, Entry, State
from rpa.calibration.visit import control_of, proposals
from rpa.engine.lastguard import last_guard
from rpa.errors import Bug, NotWritten, ReviewMismatch, RpaError, UnexpectedPage, Words, many
from rpa.pages.contribution import Submitted
from rpa.pages.preview import Confirmation
from rpa.pages.result import UpdateResult
from rpa.portal.find import Button
from rpa.portal.profile import same, using
from rpa.portal.tab import Visitor
from rpa.rules.choices import squeeze
from rpa.rules.vocabulary import END, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rpa.calibration.overlay import Line
    from rpa.calibration.visit import Outcome
    from rpa.evidence.folder import RunFolder
    from rpa.portal.find import Control
    from rpa.portal.look import Look
    from rpa.portal.page import Page
    from rpa.portal.resolve import Finding
    from rpa.portal.tab import Portal
    from rpa.settings import Settings

NUMBERS = frozenset({UpdateResult.number.key, Submitted.acr.key, Submitted.ecr.key})
MOST_LOOKS = 3  # at one screen, in one run
MOST_WORDS = 10
LONGEST = 120  # letters of a sentence
LEAST = 3  # letters of what is somebody's
NUMBER = re.compile(r"\d{4}")  # a label has none; a case, a code, a person has


@dataclass
class Afterwards(Visitor):
    """One run's looks; told as a visit is (`rpa.calibration.result`), without pictures.

    ``private``: what the job says of persons and employer, of which no proposal may hold a part.
    ``beside``: who else is told of what comes.
    """

    settings: Settings
    folder: RunFolder
    private: frozenset[str] = frozenset()
    beside: Visitor = field(default_factory=Visitor)
    entries: dict[str, Entry] = field(default_factory=dict)
    words: dict[tuple[str, str], None] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.started = self.settings.now()
        self.pictures: dict[tuple[str, str], Path] = {}
        self.outcomes: list[Outcome] = []
        self.taken: frozenset[str] = frozenset()
        self.agreed: frozenset[str] = frozenset()
        self.held_back: list[str] = []
        self.portal, self.live = self.settings.portal.address, self.settings.portal.live
        self.found = self.entries
        self.things: dict[str, list[list[str]]] = {}  # it is compared with no visit
        self._theirs = {same(text) for text in self.private if len(text) >= LEAST}
        self._pressed = False
        self._before: set[str] = set()  # screens that came before a press: they are no news
        self._seen: list[tuple[Page, Look]] = []
        self._vain: set[str] = set()  # screens that were waited for in vain
        self._missed: list[tuple[Control, Look]] = []  # what a filing stopped at, before its press
        self._looks: Counter[str] = Counter()
        self._troubles: dict[Words, None] = {}

    # --- while the run goes on ---

    def between(self) -> None:
        """No screen is looked at until the next press."""
        self._pressed = False

    def pressing(self, control: Control) -> None:
        """From the last press on; its question is part of it, and no screen to dwell on."""
        self.beside.pressing(control)
        files = isinstance(control, Button) and control.commits
        if files and not isinstance(control.page, Confirmation):
            self._pressed = True

    def answered(self, control: Control, seen: Look, answer: Finding) -> None:
        """For who else is told."""
        self.beside.answered(control, seen, answer)

    def arrived(self, page: Page) -> None:
        """One look at it, whole."""
        self.beside.arrived(page)
        name = type(page).__name__
        if not self._pressed:
            self._before.add(name)
        elif name not in self._before and not isinstance(page, Confirmation):
            with self._harmless():
                self._look(page.mark)

    def mended(self, portal: Portal, error: UnexpectedPage) -> bool:
        """What stands there instead is looked at as well; nothing is taken for it."""
        self._instead(portal, error)
        return self.beside.mended(portal, error)

    def _instead(self, portal: Portal, error: RpaError) -> None:
        screen = error.where.removesuffix(".landmark")
        if not self._pressed or screen in {error.where, *self._vain}:
            return
        with self._harmless():
            control = control_of(portal, error.where)
            if control and not isinstance(control.page, Confirmation):
                self._vain.add(screen)
                self._look(control)

    def unread(self, error: RpaError, portal: Portal | None = None) -> None:
        """What stands there instead; and the word that it asks about stays open."""
        if portal:
            self._instead(portal, error)
        if isinstance(error, UnexpectedPage) and error.asks:
            for word in error.asks.words:
                self._ask(error.asks.key, word)

    def failed(self, error: RpaError, portal: Portal | None) -> None:
        """What it sought and did not find, as the question before the last press: that is asked."""
        if portal is None or not isinstance(error, UnexpectedPage | ReviewMismatch):
            return
        with self._harmless():
            control = control_of(portal, error.where)
            known = self.settings.profile.looks.get(error.asks.key) if error.asks else None
            if error.asks and known:
                entry = entries.which(error.asks, known.labels, portal.screen.language)
                self.entries[entry.key] = self._nobodys(entry)
            elif error.asks:
                for word in error.asks.words:
                    self._ask(error.asks.key, word)
            elif control and (seen := portal.screen.seen(control)):
                self._missed.append((control, seen))

    def _look(self, mark: Control) -> None:
        page = mark.page
        name = type(page).__name__
        if self._looks[name] < MOST_LOOKS:
            self._looks[name] += 1
            page.portal.whole()
            if seen := page.portal.screen.seen(mark):
                self._seen.append((page, seen))

    @contextmanager
    def _harmless(self) -> Iterator[None]:
        """A fault of ours is told at the end; what the portal's is comes up anyway."""
        try:
            with last_guard(self.folder.path):
                yield
        except Bug as bug:
            self._troubles[bug.words] = None
        except RpaError:
            return

    # --- when it is over ---

    def told(self) -> tuple[Words, ...]:
        """What a person should know of it; the three files are written where there is anything."""
        try:
            with last_guard(self.folder.path):
                self._examine()
                if count := len(self.proposals()) + len(self._open()) + len(self.words):
                    result.write(self)
                    return (*self._troubles, _proposed(count))
        except (NotWritten, Bug) as error:
            return (*self._troubles, error.words)
        return tuple(self._troubles)

    def _examine(self) -> None:
        with using(self.settings.profile):
            for seen in (seen for _, seen in (*self._seen, *self._missed)):
                if seen.language and seen.language not in self.languages:
                    self.languages.append(seen.language)
            for control, seen in self._missed:
                near = entries.candidates(control, seen)
                known = control.labels
                entry = Entry(control.key, State.UNSEEN, control.grade, known, nearest=near)
                self.entries[control.key] = self._nobodys(entry)
            for page, seen in self._seen:
                for entry in entries.examine(page, seen):
                    before = self.entries.get(entry.key)
                    now = self._nobodys(self._asked(entry, page, seen))
                    self.entries[entry.key] = entries.merged(before, now)
                self._sentences(page, seen)

    def _open(self) -> list[Entry]:
        """What the run waited for in vain, with what may be meant."""
        lost = {State.UNSEEN, State.MISSING}
        return [e for e in self.entries.values() if e.state in lost and e.nearest and not e.values]

    def _asked(self, entry: Entry, page: Page, seen: Look) -> Entry:
        """A number that nothing is like is asked about, where the run waited for it in vain.

        Nothing is filled or pressed on these screens: what a review has of it is no news here.
        """
        if entry.grade in entries.ASKED_LATER:
            return replace(entry, nearest=(), values=None)
        if entry.state is not State.UNSEEN:
            return entry
        vain = entry.key in NUMBERS and type(page).__name__ in self._vain
        those = [c for c in page.controls() if vain and c.key == entry.key]
        near = (one for c in those for one in entries.candidates(c, seen))
        return replace(entry, nearest=tuple(one for one in near if one.kind != NOTHING))

    def _sentences(self, page: Page, seen: Look) -> None:
        """What the result says, where it says nothing that is known: its meaning is asked."""
        known = [same(words) for words in END.words(Remark.SAID)]
        said = [e.words for e in seen.messages if e.words and e.dialog is None]
        if isinstance(page, UpdateResult) and not any(k in same(s) for s in said for k in known):
            for sentence in said:
                self._ask(f"words.{END.name}", squeeze(sentence))

    def _ask(self, key: str, word: str) -> None:
        """Only what may be repeated: short, without a number, and nobody's."""
        fits = len(word) <= LONGEST and not any(letter.isdigit() for letter in word)
        if fits and not self._is_theirs(word) and len(self.words) < MOST_WORDS:
            self.words[key, word] = None

    def _nobodys(self, entry: Entry) -> Entry:
        """Without the candidates and the line that hold anything of a person or an employer."""
        near = tuple(one for one in entry.nearest if not self._is_theirs(one.words))
        return replace(entry, nearest=near, values=self._free(entry.values))

    def _free(self, values: Mapping[str, str] | None) -> Mapping[str, str] | None:
        theirs = any(self._is_theirs(text) for text in (values or {}).values())
        return None if theirs else values

    def _is_theirs(self, text: str) -> bool:
        return bool(NUMBER.search(text)) or any(one in same(text) for one in self._theirs)

    # --- as a visit is told ---

    def home(self, key: str) -> str:
        """Where it is defined."""
        return self.settings.profile.home(key)

    def proposals(self) -> list[Line]:
        """Each line that would mend an entry."""
        return proposals((), self.entries, self.home)


def _proposed(count: int) -> Words:
    return Words(
        f"Skrin penghantaran ini ada {count} perkara yang dipanggil dengan nama lain; "
        "tiada apa-apa diteka. Lihat calibration.html, kemudian terima atau jawab satu demi satu: "
        "assist-rpa calibrate --accept",
        f"The screens of this filing call {many(count, 'thing')} otherwise; nothing was guessed. "
        "See calibration.html, then take or answer them one by one: assist-rpa calibrate --accept",
    )
