"""A calibration: the portal is walked and looked at, and what is otherwise becomes proposed lines.

Nothing is saved, uploaded or submitted: whatever would tell the portal something does not leave the
browser (`rpa.portal.readonly`). Where the way on is called otherwise, the one thing that is like it
is taken for the time of the visit; where that would press something, or nothing is like it, a
person is asked, or the stop is left. What was taken so is proposed, and in use nowhere else.
"""

from __future__ import annotations

import threading
import uuid
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from rpa.calibration import entries, overlay
from rpa.calibration.capture import Capture
from rpa.calibration.entries import Entry, Near, State
from rpa.calibration.tour import STOPS, Visit
from rpa.engine.lastguard import last_guard
from rpa.engine.retry import tries
from rpa.engine.session import Session
from rpa.engine.watch import Silent
from rpa.errors import (
    ConfigInvalid,
    NeedsPerson,
    PortalUnavailable,
    Refused,
    RpaError,
    Stopped,
    UnexpectedPage,
    Words,
    WordSought,
)
from rpa.ledger import lease as leases
from rpa.pages.agreement import check_profile, screens
from rpa.pages.shell import Languages
from rpa.portal import told
from rpa.portal.find import Control, Heading, Lens, Menu, Spoken, Table
from rpa.portal.look import Kind
from rpa.portal.origins import Elsewhere
from rpa.portal.page import Page
from rpa.portal.profile import in_use, using
from rpa.portal.readonly import ReadOnly
from rpa.portal.resolve import Grade, plain
from rpa.portal.tab import Visitor
from rpa.rules.vocabulary import REMARKS, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from tenacity import Retrying

    from rpa.calibration.overlay import Line
    from rpa.calibration.tour import Stop
    from rpa.evidence.folder import RunFolder
    from rpa.ledger.ledger import Ledger
    from rpa.pages.employee_popups import PersonPopup
    from rpa.portal.look import Look
    from rpa.portal.profile import Profile
    from rpa.portal.tab import Portal
    from rpa.settings import PortalId, Settings

MOST_TAKEN = 600  # lines of one visit: both languages of all that a look knows otherwise
MOST_PICTURES = 80
STILL_S = 3  # where a person waits, a screen that stands so long has come to its end
# What a person may have typed in, or a row of somebody's, is on no cut-out.
CUT_OUT = frozenset(
    {Kind.BUTTON, Kind.LINK, Kind.HEADING, Kind.CHECKBOX, Kind.ICON_TICK, Kind.RADIO}
)
OF_THIS_STOP = (UnexpectedPage, Refused, PortalUnavailable)


@dataclass(frozen=True)
class Question:
    """What a person is asked: which of these an entry is, or what a word means."""

    key: str
    known: tuple[str, ...]  # what it is called so far
    word: str  # whose meaning is asked for
    offered: tuple[Near, ...]
    of: str = ""  # the list of which it is asked
    comes: bool = False  # whether it tells that its screen has come


@dataclass
class Outcome:
    """How a stop ended; ``error`` is what kept it from its end."""

    stop: Stop
    error: RpaError | None = None
    picture: Path | None = None
    language: str = ""


@dataclass
class Calibration(Visitor):
    """One visit with one portal ID, of one employer.

    ``choose``: asked which of the nearest things an entry is; None for none, or where nobody is
    there. ``tell``: told of each stop, and of what is waited for. ``bring``: asks a person to bring
    the browser to what these words say; whether that was done. ``done``: parts that an earlier
    visit has reached, each with the language.
    """

    settings: Settings
    portal_id: PortalId
    employer: str
    ledger: Ledger
    folder: RunFolder
    choose: Callable[[Question], int | str | None]
    tell: Callable[[Words], None]
    stops: Sequence[Stop] = STOPS
    bring: Callable[[Portal, Words], bool] = lambda _portal, _words: False
    done: Collection[tuple[str, str]] = ()
    entries: dict[str, Entry] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)  # taken for the time of the visit
    agreed: set[str] = field(default_factory=set)  # by a person
    words: dict[tuple[str, str], None] = field(default_factory=dict)
    pictures: dict[tuple[str, str], Path] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    is_secret: Callable[[str], bool] = lambda _text: False
    _shown: str = "en"  # the language of the last screen

    def __post_init__(self) -> None:
        self.id = uuid.uuid4().hex
        self.stop = threading.Event()
        self.guard = ReadOnly()
        self.elsewhere = Elsewhere()
        self.profile: Profile = self.settings.profile
        self.notes: list[Words] = []
        self._asked_before: set[object] = set()
        self._before = 0  # lines of the language before
        self._walked: Visit | None = None  # the part that is under way
        self._met: dict[type[PersonPopup], str] = {}
        self._first: dict[str, Entry] = {}  # of that language
        self._begun = 0  # lines before this try
        self._turned_to = ""  # the language in which the way is walked for the second time
        self._reached_home = False  # the first screen came on this way
        self._judged: tuple[RpaError | None, bool] = (None, False)  # whether it is tried again
        self._left: RpaError | None = None  # what a person has been asked to help over, and did not
        self.last: Control | None = None  # what was pressed
        self.doubted: set[str] = set()
        self._asked_anew: set[str] = set()
        self.stopped_by: RpaError | None = None
        self.started: datetime = self.settings.now()
        self.capture = Capture(self.settings.profile)
        # As a capture that is read tells it too.
        self.portal, self.live = self.settings.portal.address, self.settings.portal.live
        self.held_back = self.guard.refused

    # --- the way ---

    def run(self) -> None:
        """Walk all stops; what ends the visit before is in ``stopped_by``."""
        self.ledger.start_run(self.id, job_digest="", folder=self.folder.path.name)
        try:
            with last_guard(self.folder.path):
                self._with_the_portal_id()
        except RpaError as error:
            self.stopped_by = error
        self.ledger.end_run(self.id, self.stopped_by.exit_code if self.stopped_by else 0)

    def _with_the_portal_id(self) -> None:
        name = self.ledger.lease_name(self.settings.portal.ledger_name, self.portal_id.email)
        limit = self.settings.portal.lease_s
        self.tell(SIGNING_IN)
        with leases.acquire(self.ledger, name, holder=self.id, ttl_s=limit) as lease:
            while True:
                with self._session().under(lease) as session:
                    if self._inside(session):
                        self._go(session)
                        return

    def _session(self) -> Session:
        """As the profile is now."""
        settings = self.settings.model_copy(update={"profile": self.profile})
        session = Session(settings, self.portal_id, self.ledger, self.notes.append, self.elsewhere)
        session.visitor = self
        self.is_secret = session.signs_in_with
        return session

    def _inside(self, session: Session) -> bool:
        """Whether somebody is signed in; no for one more try, with another line."""
        try:
            self._tries(session)(session.fresh)
        except UnexpectedPage as error:
            if not (session.is_open and self.mended(session.tab, error)):
                raise
            return False
        return True

    def _tries(self, session: Session) -> Retrying:
        """What passes by itself is told and waited for, as a filing waits."""
        return tries(self.settings.portal.retry, session, self.stop, _Waiting(self.tell))

    def _go(self, session: Session) -> None:
        """All stops in the language that the portal shows, then in its other one."""
        self._walk_all(session)
        if not self._turned(session, ONE_LANGUAGE):
            return
        self.notes.append(OTHER_LANGUAGE)  # until it is turned back, whatever ends the visit
        self._turned_to = session.tab.screen.language
        self._first, self.entries, self._before = self.entries, {}, len(self.lines)
        self.capture.turned()
        try:
            self._walk_all(session)
        finally:
            self.entries, self._first = self.found, {}
            self.capture.turned()
        self._turned_to = ""
        if self._turned(session, OTHER_LANGUAGE):
            self.notes = [note for note in self.notes if note is not OTHER_LANGUAGE]

    def _walk_all(self, session: Session) -> None:
        shown = session.tab.screen.language
        for stop in self.stops:
            if (stop.name, shown) not in self.done:
                outcome = self._visit(session, stop)
                shown = session.tab.screen.language if session.is_open else shown
                self.outcomes.append(replace(outcome, language=shown))

    def _turned(self, session: Session, otherwise: Words) -> bool:
        """Whether the portal is in its other language now; ``otherwise`` is told where not.

        Where trouble comes on the way it may be.
        """
        try:
            if self._tries(session)(self._turn, session, session.tab.screen.language):
                return True
        except OF_THIS_STOP:
            otherwise = OTHER_LANGUAGE
        if otherwise not in self.notes:
            self.notes.append(otherwise)
        return False

    def _turn(self, session: Session, before: str) -> bool:
        session.doubt()
        portal = session.fresh()
        portal.overrides = self.profile.looks
        with using(self.profile), self.guard.over(portal):
            if portal.screen.language != before:
                return True  # by a try of which no answer came, or by another session
            return Languages(portal, awaited=False).turned()

    def _visit(self, session: Session, stop: Stop) -> Outcome:
        self.tell(stop.title)
        while True:
            self._begun = len(self.lines)
            try:
                self._tries(session)(self._walk, session, stop)
                return Outcome(stop)
            except NeedsPerson as error:
                if error is self._left or not session.is_open:
                    raise
                if not self.helped(session.tab, error):
                    raise
            except OF_THIS_STOP as error:
                if isinstance(error, PortalUnavailable) and not self._reached_home:
                    raise  # it is not this part that is away
                if not session.is_open:
                    return Outcome(stop, self._noted(error))
                portal = session.tab
                if not self._goes_again(portal, error):
                    return Outcome(stop, self._noted(error), self._picture(portal, stop))

    def _walk(self, session: Session, stop: Stop) -> None:
        if self.stop.is_set():
            raise Stopped(LEFT_OFF)
        self._reached_home = False
        session.doubt()
        portal = session.fresh()
        self._reached_home = True
        portal.overrides = self.profile.looks
        with using(self.profile), self.guard.over(portal):
            if self._turned_to not in {"", portal.screen.language}:
                Languages(portal, awaited=False).turned()  # the session is another since
            brought = partial(self._brought, portal)
            visit = Visit(portal, self.employer, self.arrived, brought, self._met)
            self._walked = visit
            try:
                stop.walk(visit)
            except OF_THIS_STOP as error:
                if held := self._held_back:
                    raise held from error
                raise
            for word in visit.unknown:
                self._noted(word)
                self.mended(portal, word)

    def _goes_again(self, portal: Portal, error: RpaError) -> bool:
        """Whether the way is known better now; judged once, for a person may be asked."""
        if error is not self._judged[0]:
            again = isinstance(error, UnexpectedPage) and (
                len(self.lines) > self._begun
                or (self._vouched() if self.guard.held else self.mended(portal, error))
                or self._doubts_the_way(error)
            )
            self._judged = error, again
        return self._judged[1]

    @property
    def _held_back(self) -> UnexpectedPage | None:
        """What was pressed, where the portal's answer needs a request that did not leave."""
        if not (self.last and self.guard.held):
            return None
        key = self.last.key
        return UnexpectedPage(Words(HELD_BACK.bm.format(key), HELD_BACK.en.format(key)), where=key)

    def _doubts_the_way(self, error: RpaError) -> bool:
        """Whether what was pressed last led to another screen, as far as a person can say."""
        last = self.last
        if not (error.where.endswith(".landmark") and isinstance(last, Menu)):
            return False
        if last.key in self._asked_anew or not self.agreed:
            return False
        self._asked_anew.add(last.key)
        self.doubted.add(last.key)
        return True

    def _vouched(self) -> bool:
        """Whether a person says that what is taken by resemblance is what leads on."""
        pressed = self.last
        if pressed is None or not _leads(pressed) or self.home(pressed.key) in self.agreed:
            return False
        here = self.home(pressed.key)
        said = [text for key, values in self.lines if key == here for text in values.values()]
        offered = (Near(" / ".join(dict.fromkeys(said)), pressed.kind),)
        return self._answer(Question(pressed.key, self.known(here), "", offered)) == 0

    # --- a person at the browser ---

    def _brought(self, portal: Portal, error: RpaError, screen: type[Page]) -> bool:
        """Whether a person has opened this screen, where nobody knows the way any more."""
        if error is self._left or self._held_back or self._goes_again(portal, error):
            return False
        page = _blank(portal, screen)
        called = " / ".join(page.mark.labels) or screen.__name__
        wanted = _filled(WANTED, called, screen.__name__)
        if not self._lent(portal, error, wanted):
            return False
        self.arrived(page)  # as this screen, whatever of it is known
        return True

    def helped(self, portal: Portal, error: RpaError) -> bool:
        """Whether a person has done what only one can, and come to the portal's first screen."""
        return self._lent(portal, error, FIRST)

    def _lent(self, portal: Portal, error: RpaError, wanted: Words) -> bool:
        with self.guard.lifted():
            done = self.bring(portal, _filled(BRING, error.words, wanted))
        self._left = None if done else error
        return done

    def _noted(self, error: RpaError) -> RpaError:
        """What it asks stays open."""
        if asks := error.asks:
            if (known := self._words(asks.key)) is None:
                self.words.update(dict.fromkeys((asks.key, word) for word in asks.words))
            else:
                self._keep_open(asks, known)
        return error

    def _keep_open(self, asks: WordSought, known: tuple[str, ...]) -> None:
        """Which of these words is meant; none is like enough to be proposed."""
        before = self.entries.get(asks.key)
        if before is None or not before.nearest:
            self.entries[asks.key] = entries.which(asks, known, self._shown)

    def _picture(self, portal: Portal, stop: Stop) -> Path | None:
        with suppress(RpaError):
            place = portal.picture(self.folder.picture_path("", stop.name))
            self.folder.add(place, "picture")
            return place
        return None

    # --- what comes ---

    def arrived(self, page: Page) -> None:
        """Every entry of it, as this screen has it now."""
        with suppress(UnexpectedPage):  # one that still moves is seen as it is
            page.portal.whole()
        if seen := page.portal.screen.seen(page.mark):
            self._examine(page, seen)

    def _examine(self, page: Page, seen: Look) -> None:
        if seen.language and seen.language not in self.languages:
            self.languages.append(seen.language)
        self._shown = seen.language_key
        self.capture.looked(page, seen)
        self._keep(page, entries.examine(page, seen))

    def _keep(self, page: Page, told: Iterable[Entry]) -> None:
        for entry in told:
            before = self.entries.get(entry.key)
            if before and self.home(entry.key) in self._taken_here:
                continue  # it is as it was taken
            self.entries[entry.key] = entries.merged(before, entry)
            if before is None and entry.state is not State.EXPECTED:
                self._cut_out(page.portal, entry)

    def _cut_out(self, portal: Portal, entry: Entry) -> None:
        """A picture of each thing that may be meant."""
        for near in entry.nearest:
            if len(self.pictures) >= MOST_PICTURES or not near.mark or near.kind not in PICTURED:
                continue
            place = self.folder.picture_path("", f"entry-{len(self.pictures) + 1}")
            if portal.screen.cut_out(near.mark, place):
                self.pictures[entry.key, near.mark] = place
                self.folder.add(place, "picture")

    def pressing(self, control: Control) -> None:
        """A POST follows only what leads somewhere or a row's pencil, known or agreed to."""
        key = control.key
        if key in self.doubted:
            self._ask_anew(control)
        known = self.entries.get(key)  # in sight only now, as what a menu holds
        if known and self.home(key) not in self.taken:
            self.entries[key] = entries.expected(known)
            self.capture.pressed(key)
        self.last = control
        here = self.home(key)
        self.guard.held = False  # of what follows this press
        self.guard.trusted = _leads(control) and (here in self.agreed or here not in self.taken)

    def _ask_anew(self, control: Control) -> None:
        """What leads there, where a person has said that this did not. Raises UnexpectedPage."""
        self.doubted.discard(key := control.key)
        portal = control.page.portal
        seen = portal.screen.seen(control)
        if seen is None:
            return
        if not (values := self._asked(control, self._now(control, seen), seen)):
            return
        self.lines = [line for line in self.lines if line[0] != self.home(key)]
        if self._take(portal, key, values):
            raise UnexpectedPage(ANOTHER_WAY, where=key)

    def _now(self, control: Control, seen: Look) -> Entry:
        """What this look says of it; of its screen's other things only where it is that screen."""
        page = control.page
        if entries.has_come(page, seen):
            self._examine(page, seen)
        else:
            self.capture.looked(page, seen)
            self._keep(page, (e for e in entries.examine(page, seen) if e.key == control.key))
        return self.entries[control.key]

    # --- what is otherwise ---

    def mended(self, portal: Portal, error: UnexpectedPage) -> bool:
        """Take what is meant for the time of the visit, where that is sure, or a person says it."""
        with using(self.profile):  # with every word that was taken so far
            return self._mended(portal, error)

    def _mended(self, portal: Portal, error: UnexpectedPage) -> bool:
        if portal.overrides is not self.profile.looks:
            portal.overrides = self.profile.looks  # a browser that was started since
            return bool(self.lines)
        if len(self.lines) >= MOST_TAKEN:
            return False
        if error.asks:
            return self._asked_word(portal, error.asks)
        control = self._wanted(portal, error.where)
        if control and self.home(control.key) in self._taken_here:
            return isinstance(control, Table) and self._asked_nothing(portal, control)
        seen = portal.screen.seen(control) if control else None
        if control is None or seen is None:
            return False
        entry = self._now(control, seen)
        if isinstance(control, Menu) and not entry.values:
            entry = self._now(control, seen := control.unfolded())
        sure = None if control.grade is Grade.PRESS else entry.values
        values = sure or self._asked(control, entry, seen)
        return self._chosen(portal, control, values or {})

    def _chosen(self, portal: Portal, control: Control, values: Mapping[str, str]) -> bool:
        """In use for the visit; of what is a vocabulary's word its meaning is asked."""
        if values and isinstance(control, Spoken):
            word = next(iter(values.values()))
            return self._asked_word(portal, WordSought(f"words.{control.vocabulary.name}", (word,)))
        return bool(values) and self._take(portal, control.key, values)

    def _wanted(self, portal: Portal, key: str) -> Control | None:
        """What is not as it is known there; of a lens that was pressed, what it says."""
        control = control_of(portal, key)
        if isinstance(control, Lens) and self.last and self.last.key == key and self._walked:
            return control_of(portal, f"{type(control.page).__name__}.{self._walked.says}")
        return control

    def _asked(self, control: Control, entry: Entry, seen: Look) -> Mapping[str, str] | None:
        """Resemblance is no reason to press anything, nor to choose among what is alike."""
        portal, those = control.page.portal, entries.candidates(control, seen)
        comes = isinstance(control, Heading) and control.attr == control.page.mark.attr
        question = Question(entry.key, entry.known, "", those, comes=comes)
        chosen = self._answer(question, portal)
        if isinstance(chosen, str):  # of a value a look tells no words but those it knows
            return {portal.screen.language: chosen}
        return None if chosen is None else those[chosen].values

    def _asked_word(self, portal: Portal, sought: WordSought) -> bool:
        """Which word means this, or what this word means; nothing is like enough for that."""
        key, known, language = sought.key, self._words(sought.key), portal.screen.language
        if known is None:
            name = key.partition(".")[2]
            (word,) = sought.words
            meanings = in_use().words[name]
            told = tuple(Near(" / ".join((m, *ws)), "") for m, ws in meanings.items())
            chosen = self._answer(Question(key, (), word, told))
            return isinstance(chosen, int) and self._take(
                portal, f"{key}.{list(meanings)[chosen]}", {language: word}
            )
        those = tuple(Near(word, "") for word in sought.words)
        chosen = self._answer(Question(key, known, "", those), portal)
        offered = {plain(word): word for word in sought.words}
        said = sought.words[chosen] if isinstance(chosen, int) else offered.get(plain(chosen or ""))
        return bool(said) and self._take(portal, key, {language: said or ""})

    def _asked_nothing(self, portal: Portal, of: Table) -> bool:
        """What stands where a list is that is empty, and so is not seen to be one."""
        called = " / ".join(of.labels) or of.key
        said = self._answer(Question(NOTHING, (), "", (), of=called), portal)
        if not isinstance(said, str):
            return False
        return self._take(portal, NOTHING, {portal.screen.language: said})

    def _words(self, key: str) -> tuple[str, ...] | None:
        """Those of an entry; None for a vocabulary."""
        look = self.profile.looks.get(key)
        return None if look is None else look.labels

    def known(self, key: str) -> tuple[str, ...]:
        """What the office's own profile calls it."""
        look = self.settings.profile.looks[key]
        return look.labels

    def _answer(self, question: Question, portal: Portal | None = None) -> int | str | None:
        """Asked once, however often it comes up."""
        offered = (near.words for near in question.offered)
        asked = (question.key, question.word, question.known, question.of, *offered)
        if asked in self._asked_before:
            return None
        self._asked_before.add(asked)
        chosen = self._said(question, portal)
        if chosen is not None:
            self.agreed.add(self.home(question.key))
        return chosen

    def _said(self, question: Question, portal: Portal | None) -> int | str | None:
        """What is said of it: never what one signs in with, nor what the screen does not have.

        Of those it is asked once more.
        """
        for _ in range(2):
            chosen = self.choose(question)
            if not isinstance(chosen, str):
                return chosen
            secret = self.is_secret(chosen)
            if not secret and (portal is None or portal.has(chosen)):
                return chosen
            self.tell(SECRET if secret else NOT_THERE)
        return None

    def _take(self, portal: Portal, key: str, values: Mapping[str, str]) -> bool:
        lines = [*self.lines, (self.home(key), values)]
        try:
            profile = overlay.tried(self.settings.config, lines)
            check_profile(self.settings.model_copy(update={"profile": profile}))
        except ConfigInvalid:
            return False  # it belongs to something else
        self.lines, self.profile = lines, profile
        self.capture.taken(self.home(key), values)
        portal.overrides = profile.looks
        return True

    def home(self, key: str) -> str:
        """Where it is defined, for all screens that have it."""
        return self.profile.home(key)

    @property
    def taken(self) -> frozenset[str]:
        """The entries that are another for the time of the visit."""
        return taken_by(self.lines)

    @property
    def _taken_here(self) -> frozenset[str]:
        """Those of the language that is shown."""
        return taken_by(self.lines[self._before :])

    # --- what came of it ---

    def proposals(self) -> list[Line]:
        """Each line that would mend an entry: those that the way needed first."""
        return proposals(self.lines, self.found, self.home)

    @property
    def found(self) -> dict[str, Entry]:
        """The entries, of both languages where the way was walked twice."""
        return entries.both(self._first, self.entries) if self._first else self.entries

    @property
    def things(self) -> dict[str, list[list[str]]]:
        """What stands on the screens, known or not, by language."""
        return self.capture.things()


@dataclass
class Rehearsal(Calibration):
    """The same eyes on a rehearsal, where a form is filled and a draft saved and removed.

    What is otherwise is proposed, and nothing of it is taken on the way: a field or a button is
    never found by resemblance where something is filled or saved.
    """

    def pressing(self, control: Control) -> None:
        """What was found to be pressed is there."""
        known = self.entries.get(control.key)
        if known and known.state is not State.OTHERWISE:
            self.entries[control.key] = entries.expected(known)

    def mended(self, portal: Portal, error: UnexpectedPage) -> bool:
        """It stops there, as any rehearsal does; what it sought has its candidates."""
        self._looked_for(portal, error)
        return False

    def failed(self, error: RpaError, portal: Portal | None) -> None:
        """What it asks, or sought, is told, to be decided before the next one."""
        self._noted(error)
        if portal and isinstance(error, UnexpectedPage) and not error.asks:
            self._looked_for(portal, error)

    def _looked_for(self, portal: Portal, error: UnexpectedPage) -> None:
        control = control_of(portal, error.where)
        if control and (seen := portal.screen.seen(control)):
            self._now(control, seen)


LANGUAGES = frozenset({"bm", "en"})
NOTHING = f"words.{REMARKS.name}.{Remark.NOTHING.name.lower()}"  # of a list that is empty


def _leads(control: Control) -> bool:
    """Whether it is there to lead somewhere, or opens a row of its own."""
    return isinstance(control, Table) or control.grade is Grade.GO


def proposals(
    lines: Sequence[Line], found: Mapping[str, Entry], at: Callable[[str], str]
) -> list[Line]:
    """The lines that were taken, then what of the others no line has said yet."""
    seen = {at(key): entry.values or {} for key, entry in found.items()}
    rest = ((key, _untold(lines, key, values)) for key, values in seen.items())
    return [*lines, *((key, values) for key, values in rest if values)]


def _untold(lines: Sequence[Line], key: str, values: Mapping[str, str]) -> Mapping[str, str]:
    """Words of the other language, or all of it."""
    told = {part for k, mine in lines if k == key for part in mine}
    rest = set(values) - told & LANGUAGES if told <= LANGUAGES else set()
    return {part: values[part] for part in values if part in rest}


def taken_by(lines: Sequence[Line]) -> frozenset[str]:
    """A vocabulary's word is no other thing than before."""
    return frozenset(key for key, _ in lines if not key.startswith("words."))


PICTURED = frozenset(told.KINDS[kind].en for kind in CUT_OUT)


class _Waiting(Silent):
    """Tells what is waited for."""

    def __init__(self, tell: Callable[[Words], None]) -> None:
        self._tell = tell

    def again(self, error: RpaError, attempt: int, attempts: int) -> None:
        """It is waited, and this part of the way is walked once more."""
        self._tell(_filled(WAITED, error.words, f"{attempt + 1}/{attempts}"))


def _filled(told: Words, *parts: Words | str) -> Words:
    """Each language with the parts in it."""
    both = [part if isinstance(part, Words) else Words.quoted(part) for part in parts]
    return Words(told.bm.format(*(p.bm for p in both)), told.en.format(*(p.en for p in both)))


def _blank(portal: Portal, screen: type[Page]) -> Page:
    """A screen of this kind that nobody has awaited, whatever else it is made with."""
    page = screen.__new__(screen)
    Page.__init__(page, portal, awaited=False)
    return page


def control_of(portal: Portal, key: str) -> Control | None:
    """The thing of this key, on its screen as the profile has it now."""
    name, _, attribute = key.partition(".")
    screen = next((s for s in screens() if s.__name__ == name), None)
    if screen is None:
        return None
    page = _blank(portal, screen)
    found = page.mark if attribute == "landmark" else getattr(page, attribute, None)
    return found if isinstance(found, Control) else None


SECRET = Words(
    "Itu rahsia log masuk anda, bukan perkataan skrin, dan tidak disimpan. Taip perkataan yang "
    "tertulis di sebelahnya",
    "That is what you sign in with, no word of the screen, and it is not kept. Type the words that "
    "stand beside it",
)
SIGNING_IN = Words("Log masuk", "Signing in")
NOT_THERE = Words(
    "Perkataan itu tidak tertulis pada skrin ini. Taip seperti yang tertulis di skrin, atau Enter "
    "jika tiada",
    "These words do not stand on this screen. Type them as the screen has them, or Enter for none",
)
ONE_LANGUAGE = Words(
    "Portal dilihat dalam satu bahasa sahaja: pautan bahasa lain tidak dijumpai.",
    "The portal was seen in one language only: no link to the other was found.",
)
OTHER_LANGUAGE = Words(
    "Portal mungkin masih dalam bahasa yang lain; tukar semula di atas skrinnya.",
    "The portal may still show its other language; change it back at the top of its screen.",
)
HELD_BACK = Words(
    "{} ditekan, dan jawapan portal memerlukan permintaan yang ditahan oleh lawatan ini, kerana "
    "ia dikenali melalui persamaan sahaja. Terima barisnya (calibrate --accept), kemudian lawat "
    "semula.",
    "{} was pressed, and the portal's answer needs a request that this visit holds back, for it is "
    "known by resemblance only. Take its line (calibrate --accept), then visit again.",
)
WAITED = Words("{} Ditunggu, kemudian dicuba lagi ({})", "{} Waiting, then trying again ({})")
WANTED = Words("skrin dengan '{}' ({})", "the screen with '{}' ({})")
FIRST = Words(
    "skrin pertama portal, selepas apa yang dimintanya",
    "the portal's first screen, after what it asks for",
)
BRING = Words("{} Dalam tetingkap pelayar, buka {}.", "{} In the browser's window, please open {}.")
ANOTHER_WAY = Words("Jalan lain dipilih.", "Another way was chosen.")
LEFT_OFF = Words("Lawatan dihentikan.", "The visit was stopped.")
