"""The screen in the tab: looked at, and its things reached by what the resolver chose of a look.

A thing is acted upon through the mark that this very look left on it. A mark belongs to one thing
for as long as that lives: what the portal draws anew has none, and is looked for again.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from rpa.portal.look import Asked, Kind, NotSeen
from rpa.portal.resolve import Grade, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from playwright.sync_api import Locator

    from rpa.portal.find import Control
    from rpa.portal.look import Element, Look
    from rpa.portal.page import Page
    from rpa.portal.tab import Portal

T = TypeVar("T")

# Says whether the page changes within so many milliseconds; what moves by style alone is seen then.
CHANGED = """ms => new Promise(done => {
  const seen = new MutationObserver(() => { seen.disconnect(); setTimeout(done, 5, true); });
  seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  setTimeout(() => { seen.disconnect(); done(false); }, ms);
})"""
# What a box holds, or a list: a box its value, a list the words of what is chosen.
HELD = """e => e.tagName === 'SELECT' ? e.selectedOptions[0]?.text ?? ''
  : e.matches('input, textarea') ? e.value
  : (e.querySelector('[id^=select2-][id$=-container]') ?? e).innerText ?? ''"""
# The words beside what is chosen of a group of radio buttons; nothing where there is no group.
CHOSEN_RADIO = """those => !those.length ? null : those.flatMap(r => r.matches('input')
  ? r.checked ? [r.labels[0]?.innerText ?? r.value] : []
  : [...r.querySelectorAll('[role=radio][aria-checked=true]')].map(x => x.innerText)).join(' ')"""
# The same of all that is marked, by its mark: of what is in sight, and of every group of radio
# buttons; another mark that stands twice is none.
ALL_HELD = f"""() => {{
  const all = root => [...root.querySelectorAll('*')]
    .flatMap(e => [...(e.dataset?.seen ? [e] : []), ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  const seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
  const group = e => e.matches('input[type=radio], [role=radiogroup]');
  const marked = all(document).filter(e => group(e) || (!e.matches('[type=file]') && seen(e)));
  const by = new Map();
  for (const e of marked) by.set(e.dataset.seen, [...(by.get(e.dataset.seen) ?? []), e]);
  return [...by].filter(([, those]) => those.length === 1 || those.every(group)).map(
    ([mark, those]) => [mark, those.every(group) ? ({CHOSEN_RADIO})(those) : ({HELD})(those[0])]);
}}"""
NEXT_MS, AGAIN_MS = 200, 1000
GONE = ("Target crashed", "has been closed", "connection closed")  # what the driver says then
TWICE, ABSENT, STAYS = "strict mode violation: there twice", "not there", "it stays"


class Absent(AssertionError):
    """What is sought is not there, or not once; told as the driver's own failures are."""


class Went(Absent):
    """What was seen a moment ago is not there any more."""


class Found(NamedTuple):
    """One thing of the screen: as it was seen, and where it is reached."""

    element: Element
    locator: Locator
    by: Page | None = None  # whose it is


@dataclass(slots=True)
class Moment:
    """What a form held at one moment, by the marks of its things, and how it stood then."""

    form: Look | None
    held: dict[str, str] | None = None  # None: not asked yet, or something was chosen since
    passed: bool = False  # something was typed since


class Screen:
    """What the tab of this portal shows."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._numbers = count(1)
        self._last: Look | None = None  # as long as nothing was done since
        self._typed = False  # since then
        self.language: Literal["bm", "en"] = "en"  # of the last screen, as it says itself
        self._moment: Moment | None = None  # inside `at_once`
        self.stands: Mapping[str, str] = {}  # the blockers at the last look, and what they said

    def look(self, controls: Sequence[Control]) -> Look:
        """The screen of these now, in one round trip; its things are marked.

        Raises NotSeen and Playwright's errors; UnexpectedPage for a screen that is too large.
        """
        page = controls[0].page
        wanted = {one.key: one for one in (*page.controls(), *controls)}.values()
        asked = Asked(
            css={one.css for one in wanted if one.css},
            known={words for one in wanted for words in one.labels},
            blockers=self._portal.blockers,
            stamp=str(next(self._numbers)),
        )
        self.stands = {}
        try:
            seen = self._portal.looked(asked)
        except NotSeen as error:
            self.stands = error.stands
            raise
        self.stands = seen.stands
        self._portal.bounded(seen.size, type(page).__name__)
        self._last, self._typed = seen, False
        if self._moment:
            self._moment.form = seen
        self.language = seen.language_key
        return seen

    @property
    def latest(self) -> Look | None:
        """The last look, where nothing was done since."""
        return self._last

    def stood(self) -> Mapping[str, str]:
        """The blockers that stand there now, whatever page it is; none where no look is had."""
        asked = Asked(blockers=self._portal.blockers)
        try:
            return self._portal.looked(asked).stands
        except NotSeen as error:
            return error.stands
        except PlaywrightError as error:
            self._only_went(error)
            return {}

    def moved(self) -> None:
        """What was pressed may have changed the screen."""
        self._last = None
        if self._moment:
            self._moment.form = self._moment.held = None

    def typed(self) -> None:
        """What was typed may have changed what another box holds, and nothing more."""
        self._typed = True
        if self._moment:
            self._moment.passed = True

    def chose(self) -> None:
        """What was chosen in a form may have changed it.

        Inside `at_once` what stands there as before, while the portal is asked nothing, is known.
        """
        self._last = None
        if self._moment:
            self._moment.held = None

    @property
    def current(self) -> Look | None:
        """The last look, where nothing was done since and nothing typed: it tells states, too."""
        return None if self._typed else self._last

    def shown(self, *controls: Control, seen: Look | None = None) -> tuple[bool, ...]:
        """Which of them are there in one look; what is there twice, or in doubt, is not missing."""
        seen = seen or self.standing(*controls)
        return tuple(one.answer(seen).verdict is not Verdict.MISSING for one in controls)

    def around(self, control: Control) -> Locator:
        """The dialog in which it stands; nothing where it stands in none."""
        found = self._dialog(control)
        return self._portal.tab.locator(marked(found.mark if found else "")).filter(visible=True)

    def alone(self, control: Control) -> bool:
        """Whether that dialog is none, and stands in place of its screen."""
        found = self._dialog(control)
        return found is not None and found.alone

    def _dialog(self, control: Control) -> Element | None:
        """Where nothing was done since, the last look tells it."""
        last = self._last
        seen = last if last and control.answer(last).element else self.standing(control)
        element = control.answer(seen).element
        order = element.dialog if element else None
        return next((e for e in seen.elements if e.order == order), None)

    def every(self, control: Control, seen: Look | None = None) -> list[Found]:
        """All that is called so now, or in this look; in the screen's order."""
        seen = seen or self.standing(control)
        pointed = control.answer(seen).pointed.values()
        return [self.at(element) for found in pointed for element in found]

    def find(
        self,
        control: Control,
        limit_s: float | None = None,
        holds: Callable[[Element], bool] | None = None,
    ) -> Found:
        """It, as soon as it is there and is so. Raises Absent.

        Where nothing was done since the last look, and its thing still stands, that look serves to
        read or fill; never for a press, and never for what was seen of its state.
        """
        kept = None if limit_s or holds else self._kept(control)
        if kept and kept.locator.count():
            return kept
        found = self.soonest([control], limit_s=limit_s, holds=holds)
        if found is None:
            raise Absent(ABSENT)
        return found

    def act(self, control: Control, do: Callable[[Found, float], T]) -> T:
        """What may be done again, within so many milliseconds; for whatever is read or filled.

        Where the portal draws a thing anew while it is used, the new one is.
        """
        end = monotonic() + self._portal.settings.timeouts.act_s
        while True:
            try:
                # One that went since is not waited for longer than that.
                return do(self._kept(control) or self.find(control), AGAIN_MS)
            except (PlaywrightTimeout, Went):
                if monotonic() >= end:
                    raise
                self.moved()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What boxes and lists hold is read of one moment, in one call; anew once one chose."""
        self._moment = Moment(self._last)
        try:
            yield
        finally:
            self._moment = None

    @property
    def at_one(self) -> bool:
        """Whether things are read of one moment now."""
        return self._moment is not None

    def anew(self) -> bool:
        """Whether something was typed since the moment of `at_once`; it is another from then on."""
        if self._moment is None or not self._moment.passed:
            return False
        self._moment.held = None
        return True

    def _all_held(self) -> dict[str, str]:
        moment = self._moment
        if moment is None:
            return {}
        if moment.held is None:
            moment.held, moment.passed = {}, False
            try:
                with self._portal.asking():
                    moment.held = dict(self._portal.tab.evaluate(ALL_HELD))
            except PlaywrightError as error:
                self._only_went(error)
        return moment.held

    def held(self, found: Found, ms: float) -> str:
        """What this box or list holds, or group of radio buttons. Raises Playwright's errors."""
        known = self._all_held().get(found.element.mark)
        if known is not None:
            return known
        if found.element.kind is not Kind.RADIO:
            return str(asked(found.locator, HELD, ms=ms))
        with self._portal.asking():
            chosen = found.locator.evaluate_all(CHOSEN_RADIO)
        if chosen is None:
            raise Went(ABSENT)
        return str(chosen)

    def soonest(
        self,
        controls: Sequence[Control],
        *,
        unless: Callable[[], bool] = lambda: False,
        holds: Callable[[Element], bool] | None = None,
        limit_s: float | None = None,
        still_s: float | None = None,
    ) -> Found | None:
        """Whichever of them comes first. Raises Absent, at once where one is there twice.

        ``unless``: what may stand there instead, asked after each look; None where it does.
        ``still_s``: what a screen lacks that has not changed for so long it does not have.
        """
        moved, still_s = monotonic(), still_s or self._portal.visitor.still_s
        end = moved + (limit_s or self._portal.settings.timeouts.act_s)
        while True:
            found = self._now(controls)
            if found and (holds is None or holds(found.element)):
                return found
            if unless():
                return None
            if monotonic() >= min(end, moved + still_s):
                raise Absent(ABSENT)
            if self.changes(end) or self._portal.wire.waits:
                moved = monotonic()

    def until(
        self,
        control: Control,
        script: str,
        arg: str | list[str] | None = None,
        *,
        unless: Callable[[], bool] = lambda: False,
        first: Found | None = None,
    ) -> None:
        """Wait until the script says yes of it, however often the portal draws it anew.

        Or until ``unless``. ``first``: where it was seen last. Raises Absent.
        """
        end = monotonic() + self._portal.settings.timeouts.act_s
        found = first or self._now([control])
        while not ((found and any(_each(found.locator, script, arg))) or unless()):
            if monotonic() >= end:
                raise Absent(STAYS)
            self.changes(end)
            found = self._now([control])

    def gone(self, control: Control, *, unless: Callable[[], bool] = lambda: False) -> bool:
        """Wait until its absence is seen, or ``unless``: then False. Raises Absent if it stays."""
        end = monotonic() + self._portal.settings.timeouts.act_s
        while any(self.shown(control)):
            if unless():
                return False
            if monotonic() >= end:
                raise Absent(STAYS)
            self.changes(end)
        return True

    def standing(self, *controls: Control) -> Look:
        """A look at the screen of these, which stands. Raises Absent where none comes."""
        end = monotonic() + self._portal.settings.timeouts.act_s
        while (seen := self._whole(controls)) is None:
            if monotonic() >= end:
                raise Absent(ABSENT)
            self.changes(end)
        return seen

    def seen(self, control: Control) -> Look | None:
        """The screen of this as it stands; None where none comes to stand. For who only looks."""
        try:
            return self.standing(control)
        except (Absent, PlaywrightError):
            return None

    def cut_out(self, mark: str, path: Path) -> bool:
        """Whether a picture of this one thing of the last look could be taken, at once."""
        at = self._portal.tab.locator(marked(mark)).filter(visible=True)
        try:
            with self._portal.asking():
                at.screenshot(path=path, timeout=NEXT_MS, mask=self._portal.covered)
        except PlaywrightError:
            return False
        return True

    def _kept(self, control: Control) -> Found | None:
        """It by the last look, where nothing was done since and it is not pressed."""
        if control.grade not in {Grade.READ, Grade.FILL}:
            return None
        seen = self._last or self._as_before()
        element = control.answer(seen).element if seen else None
        stands = self._last or (element and element.mark in self._all_held())
        return self.at(element) if element and stands else None

    def _as_before(self) -> Look | None:
        """A form in which one chose; None while it asks the portal, which may change all of it."""
        return self._moment.form if self._moment and not self._portal.wire.waits else None

    def _now(self, controls: Sequence[Control]) -> Found | None:
        seen = self._whole(controls)
        if seen is None:
            return None
        for control in controls:
            answer = control.answer(seen)
            if answer.element:
                return self.at(answer.element)._replace(by=control.page)
            if answer.verdict is Verdict.TWICE:
                raise Absent(TWICE)
        return None

    def _whole(self, controls: Sequence[Control]) -> Look | None:
        """A look at a screen that stands; None where it went meanwhile, or was too slow."""
        try:
            seen = self.look(controls)
        except NotSeen:
            self._portal.stands()  # raises what was led away
            return None
        except PlaywrightError as error:
            self._only_went(error)
            return None
        return seen if seen.whole else None

    def changes(self, end: float) -> bool:
        """Whether the screen changes, waited for a moment at most and not beyond ``end``."""
        self.moved()
        rest = max(1, min(NEXT_MS, (end - monotonic()) * 1000))
        try:
            with self._portal.asking():
                return bool(self._portal.tab.evaluate(CHANGED, rest))
        except PlaywrightError as error:
            self._only_went(error)
            return True

    def _only_went(self, error: PlaywrightError) -> None:
        """A screen that goes while it is looked at has many names; a tab that is gone has these."""
        if self._portal.tab.is_closed() or any(words in str(error) for words in GONE):
            raise error

    def at(self, element: Element) -> Found:
        """Where this thing of the last look is reached."""
        at = self._portal.tab.locator(marked(element.mark))
        hidden = element.kind in {Kind.FILE, Kind.RADIO}
        return Found(element, at if hidden else at.filter(visible=True))


def asked(at: Locator, script: str, arg: Any = None, *, ms: float | None = None) -> Any:
    """What the script says of the one thing there; where it does not stand, as soon as it does.

    Raises Playwright's errors.
    """
    said = _each(at, script, arg)
    return said[0] if len(said) == 1 else at.evaluate(script, arg, timeout=ms)


def _each(at: Locator, script: str, arg: Any) -> list[Any]:
    """Of one thing what the script says; of none, or several, nothing. One call, unlike others."""
    one = f"(those, arg) => those.length === 1 ? [({script})(those[0], arg)] : []"
    return list(at.evaluate_all(one, arg))


def marked(mark: str) -> str:
    """The css of a mark."""
    return f'[data-seen="{mark}"]'
