"""The one tab of one portal ID: arriving, and telling what stands there instead."""

from __future__ import annotations

import math
import re
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from rpa.errors import (
    NeedsPerson,
    NotOnScreen,
    NotThePortal,
    PortalUnavailable,
    Refused,
    RpaError,
    UnexpectedPage,
    Words,
    keeping,
)
from rpa.portal import look, notice, signs, told, values
from rpa.portal.look import Asked, NotSeen
from rpa.portal.origins import LONG_NUMBER, Origin, Origins
from rpa.portal.press import Once, SinglePress
from rpa.portal.profile import in_use, same
from rpa.portal.screen import GONE, Screen
from rpa.portal.signs import Trouble
from rpa.portal.values import moment
from rpa.reading import reading
from rpa.rules.choices import squeeze
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from playwright.sync_api import Download, Route
    from playwright.sync_api import Page as Tab

    from rpa.portal.find import Control
    from rpa.portal.page import Page, PageT
    from rpa.portal.profile import Look
    from rpa.portal.resolve import Finding, Sought
    from rpa.settings import PortalSettings


OnceT = TypeVar("OnceT", bound=Once)


class BrowserLost(PortalUnavailable):
    """The browser ended or crashed; a new one is started."""


ENDED = Words("Pelayar terhenti.", "The browser ended.")


GUEST = Words("Portal menunjukkan halaman log masuk.", "The portal shows its log-in page.")


class SessionLost(PortalUnavailable):
    """The portal shows its log-in page again (facts 2.5); the runner signs in anew."""


class Slow(PortalUnavailable):
    """What is sought is there, or its answer is on its way, and it took too long; it may pass."""


SLOW = Words("Portal lambat di sini.", "The portal is slow here.")
BLANK = Words("Portal menunjukkan skrin kosong.", "The portal shows an empty screen.")
# What the driver says of a control that is there and cannot be used yet, or of a screen that went
# while it was read. Of one that is missing, or there twice, it says nothing of the kind.
PASSING = (
    "intercepts pointer events",
    "element is not enabled",
    "element is not editable",
    "element is not stable",
    "Execution context was destroyed",
    "not attached to the DOM",
    "was detached",
    "interrupted by another navigation",
)
# Whether the part of the page below header and menu (facts 1, 2.5) holds nothing at all.
# What each says, without the words of a button at its end, which closes it.
WORDS_OF = """es => es.map(e => {
  let said = e.innerText.trim();
  for (const b of [...e.querySelectorAll('button, [role=button]')].reverse()) {
    const word = b.innerText.trim();
    if (word && word !== said && said.endsWith(word)) said = said.slice(0, -word.length).trim();
  }
  return said;
})"""
READ_BLANK = """() => {
  const found = [...document.querySelectorAll('#baseMsgDivId, main, [role=main]')];
  const parts = found.length ? found : [document.body];
  const holds = 'input, select, textarea, button, img, iframe, object, canvas';
  return parts.every(part => part && !part.innerText.trim() && !part.querySelector(holds));
}"""


# The one text between a heading of this name and what comes next; nothing where more is there, nor
# where it is so below two of them.
BELOW = """name => {
  const next = 'h1, h2, h3, h4, h5, h6, [role=heading], figcaption';
  const more = 'table, ul, ol, dl, article, [role], input, select, textarea, button, a';
  const below = head => {
    const said = [];
    for (let at = head, up = 0; at && up < 3 && !said.length; at = at.parentElement, up++)
      for (let e = at.nextElementSibling; e; e = e.nextElementSibling) {
        if (e.matches(next) || e.querySelector(next)) break;
        if (!e.getClientRects().length) continue;
        if (e.matches(more) || e.querySelector(more)) return '';
        if (e.innerText.trim()) said.push(e.innerText);
      }
    return said.length === 1 ? said[0] : '';
  };
  const found = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')]
    .filter(e => e.getClientRects().length && e.innerText.replace(/\\s+/g, ' ').trim() === name)
    .map(below).filter(text => text);
  return found.length === 1 ? found[0] : '';
}"""


@dataclass(frozen=True, slots=True)
class Blocker:
    """A screen or strip that can stand where another was expected."""

    name: str
    css: str
    raise_: Callable[[str], RpaError]
    text: str | re.Pattern[str] = ""
    but: str = ""  # not where this stands
    labelled: str = ""  # or where one box is called so, and nobody is signed in
    without: tuple[str, ...] = ()

    @property
    def asked(self) -> dict[str, Any]:
        """The same as ``look.js`` reads it: without a css of its own, the profile's sign."""
        words = (
            {"text": self.text} if isinstance(self.text, str) else {"pattern": self.text.pattern}
        )
        css = self.css or in_use().sign(self.name)
        labels = {"labels": _called(self.labelled), "without": _called(*self.without)}
        return {"name": self.name, "css": css, "but": self.but, **labels, **words}


def _called(*keys: str) -> list[str]:
    """The profile's words of these things, as ``look.js`` compares them."""
    looks = [in_use().looks[key] for key in keys if key]
    return [same(word) for one in looks for word in one.labels]


def _unavailable(bm: str, en: str) -> Callable[[str], RpaError]:
    return lambda _: PortalUnavailable(Words(bm, en))


def _passes(trouble: Trouble) -> Callable[[str], RpaError]:
    return lambda _: PortalUnavailable(trouble.value)


def _person(bm: str, en: str) -> Callable[[str], RpaError]:
    return lambda _: NeedsPerson(Words(bm, en))


def _firewall(text: str) -> RpaError:
    support = "".join(c for c in text.partition("support ID is:")[2][:40] if c.isdigit())
    return PortalUnavailable(
        Words(
            f"Tembok api portal menolak permintaan (ID sokongan {support}).",
            f"The portal's firewall refused the request (support ID {support}).",
        )
    )


class Denied(UnexpectedPage):
    """The portal will not show a page, or not take a press."""


BANNER = "your session will expire"
LED_AWAY = "ERR_TUNNEL_CONNECTION_FAILED"  # what Chromium says of whatever the fence refused


# A certificate that nobody vouches for, of another host or another time; an encryption that fails.
UNTRUSTED = re.compile(r"ERR_(CERT|SSL|BAD_SSL)[A-Z_]*")


def unreachable(text: str, bm: str, en: str) -> RpaError:
    """From Chromium's own words for a host that does not answer: not there, or another one."""
    if UNTRUSTED.search(text):
        return NotThePortal(
            Words(
                "Sijil portal tidak sah: mungkin bukan portal yang menjawab. Tiada apa-apa ditaip.",
                "The portal's certificate is not valid: it may not be the portal that answers. "
                "Nothing was typed.",
            ),
            where="config/portal.yaml: address",
        )
    if LED_AWAY in text:
        return NotThePortal(
            Words(
                "Portal membawa ke alamat lain, dan pelayar tidak pergi ke sana.",
                "The portal led to another address, and the browser did not go there.",
            ),
            where="config/portal.yaml: allowed_origins",
        )
    return PortalUnavailable(Words(bm, en))


# In the order in which they are believed: a strip says less than a page that stands beside it.
# Sources: facts 1, 2.1-2.5, 11.
TITLES = "h1, h2, h3, h4, .alert"
LOGIN = '[name="_customlogin_WAR_pksloginportlet_dto.login"]'
BLOCKERS = (
    Blocker(
        "no answer",
        "#main-frame-error, body.neterror, body.ssl",
        lambda text: unreachable(text, "Portal tidak menjawab.", "The portal did not answer."),
    ),
    Blocker("firewall", "body", _firewall, text="Your support ID is"),
    Blocker(
        "maintenance",
        TITLES,
        _passes(Trouble.MAINTENANCE),
        text=re.compile("maintenance|penyelenggaraan|diselenggara", re.IGNORECASE),
    ),
    Blocker(
        "portlet",
        "body",
        _unavailable(
            "Portal menyatakan portlet tidak tersedia buat sementara waktu.",
            "The portal says a portlet is temporarily unavailable.",
        ),
        text="Portlet is temporarily unavailable.",
    ),
    Blocker(
        "server error",
        TITLES,
        _passes(Trouble.SERVER),
        text=signs.WORDS[Trouble.SERVER],
    ),
    Blocker(
        "access denied",
        TITLES,
        lambda text: Denied(Words.quoted(squeeze(text))),
        text="Access Denied",
    ),
    Blocker(
        "not found",
        TITLES,
        lambda text: UnexpectedPage(Words.quoted(squeeze(text))),
        text="Page Not Found",
    ),
    Blocker(
        "unknown e-mail",
        f"body:has({LOGIN}) :is([class*=error], [class*=alert]):not(:has(*))",
        _person("Portal tidak mengenali e-mel ini.", "The portal does not know this e-mail."),
        text=re.compile(r"^\s*Invalid Email Address[.!]?\s*$", re.IGNORECASE),
    ),
    Blocker(
        "login",
        LOGIN,
        lambda _: SessionLost(Words("Sesi portal telah tamat.", "The portal's session ended.")),
        labelled="LoginEmail.email",
        without=("Shell.my_sites", "Shell.registration_site", "Shell.contribution_site"),
    ),
    Blocker(
        "new password",
        "#password1",
        _person("Portal meminta kata laluan baharu.", "The portal asks for a new password."),
    ),
    Blocker(
        "reminder",
        "#reminderQueryAnswer",
        _person(
            "Portal meminta soalan peringatan kata laluan.",
            "The portal asks for a password reminder.",
        ),
    ),
    Blocker(
        "terms",
        "a, button, input[type=submit]",
        _person("Portal meminta terma dipersetujui.", "The portal asks to agree to its terms."),
        text="I Agree",
    ),
    Blocker(
        "code",
        f"{TITLES}, label",
        _person("Portal meminta kod sekali guna.", "The portal asks for a one-time code."),
        text="One-Time Password",
    ),
    Blocker("refusal", "", lambda text: Refused(Words.quoted(squeeze(text))), but=BANNER),
)


LENT_MS = 200  # how soon it is seen that a person is done
# A tab that shows nothing yet, and Chromium's own page for what did not answer.
NOWHERE = ("about:blank", "chrome-error:")
# Where a box's form, or a button, would send what is typed in it. By attribute: a field that is
# named `action` hides the form's own. A script's address goes nowhere by itself.
TARGETS = """box => {
  const named = box.form?.getAttribute('action');
  const forms = box.form ? [named || document.URL] : [];
  const buttons = [...document.querySelectorAll('[formaction]')];
  const named_too = buttons.map(b => b.getAttribute('formaction')).filter(to => to);
  const whole = [...forms, ...named_too].map(to => new URL(to, document.baseURI).href);
  return whole.filter(to => !/^javascript:/i.test(to));
}"""


def _led_to(url: str) -> Words:
    """Where a page led that is not the portal; never more of the address than its host."""
    origin = Origin.of(url)
    place = LONG_NUMBER.sub("…", origin.place) if origin else url.partition(":")[0]
    return Words(
        f"Portal membawa ke {place}, bukan portal yang ditetapkan; tiada apa-apa dihantar ke sana.",
        f"The portal led to {place}, which is not the configured portal; nothing was sent there.",
    )


class Visitor:
    """Who wants to know what comes; nothing that a run does depends on it."""

    still_s: float = math.inf  # how long it waits at a screen that does not change

    def arrived(self, page: Page) -> None:
        """This screen came, or is to be looked at once more."""

    def pressing(self, control: Control) -> None:
        """This thing is pressed next, or in a row of it."""

    def answered(self, control: Control, seen: look.Look, answer: Finding) -> None:
        """So much of this thing was in this look."""

    def between(self) -> None:
        """What comes from here on is of no press that was made: a filing begins, or has ended."""

    def unread(self, error: RpaError, portal: Portal | None = None) -> None:
        """This kept a screen from being read that came after a last press.

        ``portal``: where it may still stand.
        """

    def failed(self, error: RpaError, portal: Portal | None) -> None:
        """This ended a filing, or a try of it, before its press, where the screen still stands."""
        del error, portal

    def mended(self, portal: Portal, error: UnexpectedPage) -> bool:
        """Whether the profile is another now, so that what was not there may be sought again."""
        del portal, error
        return False

    def helped(self, portal: Portal, error: RpaError) -> bool:
        """Whether a person has done in the browser what the portal asks of one."""
        del portal, error
        return False


class Portal:
    """What pages are made with: one tab, the settings, the looks of the profile in use."""

    def __init__(
        self,
        tab: Tab,
        settings: PortalSettings,
        overrides: dict[str, Look],
        busy: Callable[..., AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.tab = tab
        self._busy = busy  # around whatever is asked of the driver, which may never answer
        self.settings = settings
        self.origins = Origins(settings)
        self.overrides = overrides
        # Whether somebody was seen to be signed in here: only then can a session have ended.
        self.signed_in = False
        # What the portal's own clock said when a plain address was opened; None: it did not say.
        self.clock: datetime | None = None
        self.visitor = Visitor()
        self.secrets: tuple[str, ...] = ()  # what a screen may show, and no picture
        self.notices: dict[str, None] = {}  # what was closed to come to a screen, in its words
        # Asked when the last press is about to leave; raises what holds it back.
        self.may_leave: Callable[[], None] = lambda: None
        self._guarded = self._held_back = False
        self.screen = Screen(self)
        self.wire = signs.Wire(tab, self.origins, settings.login_path)
        tab.set_default_timeout(settings.timeouts.act_s * 1000)
        expect.set_options(timeout=settings.timeouts.act_s * 1000)
        self._extend_sessions()

    def _extend_sessions(self) -> None:
        banner = self.tab.get_by_text(BANNER).filter(visible=True)
        extend = self.tab.locator("a, button, input[type=button]").filter(
            has_text="EXTEND", visible=True
        )
        self.tab.add_locator_handler(banner, lambda _: extend.click())

    def open(self, path: str, *, limit_s: float | None = None) -> None:
        """Go to a plain address of the portal; never to a saved one with a token (facts 1)."""
        limit = None if limit_s is None else limit_s * 1000
        self.screen.moved()
        with self.doing(path, anywhere=True):
            here = urljoin(self.settings.address, path)
            self.wire.opened()
            answer = self.tab.goto(here, wait_until="domcontentloaded", timeout=limit)
            said = answer.header_value("date") if answer else None
        self.let_go()  # the screen from which nothing left is gone
        self.clock = moment(said)

    def day(self) -> date:
        """The portal's own day, by its clock; this computer's where it tells none."""
        moment_there = self.clock or datetime.now(TIME_ZONE)
        return moment_there.astimezone(TIME_ZONE).date()

    def looked(self, asked: Asked) -> look.Look:
        """The screen as it is now. Raises NotSeen and Playwright's errors."""
        with self.asking():
            return look.take(self.tab, self.origins, self.settings.limits, asked)

    def asking(self) -> AbstractContextManager[None]:
        """Around what the page itself is asked, and answers at once unless it hangs."""
        return self._busy(self.settings.timeouts.look_s)

    def require_ours(self, url: str) -> None:
        """Raise NotThePortal for an address that is neither the portal's nor an allowed one."""
        if url not in self.origins:
            raise NotThePortal(_led_to(url), where="config/portal.yaml: allowed_origins")

    def stands(self) -> None:
        """Raise NotThePortal where the tab shows a page that is not the portal's; costs nothing."""
        if not self.tab.url.startswith(NOWHERE):
            self.require_ours(self.tab.url)

    def keeps_secrets(self, box: Locator) -> None:
        """Raise NotThePortal unless what is typed in this box can be sent to the portal alone.

        Its form, and each button that may send it elsewhere, are looked at before a sign is typed.
        """
        self.at_home()
        for target in box.evaluate(TARGETS):
            if Origin.of(target) != self.origins.home:
                raise NotThePortal(_led_to(target), where="config/portal.yaml: address")

    def at_home(self) -> None:
        """Raise NotThePortal unless the tab is on the configured host over its own scheme."""
        if Origin.of(self.tab.url) != self.origins.home:
            raise NotThePortal(_led_to(self.tab.url), where="config/portal.yaml: address")

    @property
    def blockers(self) -> list[dict[str, Any]]:
        """What can stand where another screen was expected, as a look is asked for it."""
        return [blocker.asked for blocker in BLOCKERS]

    def arrive(self, *pages: PageT) -> PageT:
        """Wait once for whatever comes: the landmark of one of these, or what stands there instead.

        Gives the page that came; what belongs to any of them is not in the way.
        """
        while True:
            try:
                came = self._come(*pages)
            except NotOnScreen as error:
                if not any(self._mended(page, error) for page in pages):
                    raise error.told(told.instead(error.words, pages)) from None
                for page in pages:
                    page.renew()
                continue
            self.visitor.arrived(came)
            return came

    def _mended(self, page: Page, error: NotOnScreen) -> bool:
        """Whether who visits knows this screen now, whichever of several was awaited."""
        where = f"{type(page).__name__}.landmark"
        found = error.told(error.words, where=where)
        return self.visitor.mended(self, found)

    def _come(self, *pages: PageT) -> PageT:
        itself = {name for page in pages for name in page.is_itself}
        blockers = [b for b in BLOCKERS if b.name not in itself]
        patience = max(getattr(self.settings.timeouts, page.patience) for page in pages)
        marks, name = [page.mark for page in pages], type(pages[0]).__name__
        self.screen.moved()
        with self.doing(f"{name}.landmark", sought=marks[0].sought):
            try:
                found = self.screen.soonest(
                    marks,
                    unless=lambda: not self._noticed(pages) and self._is_barred(blockers),
                    holds=lambda _: not self._noticed(pages),
                    limit_s=patience,
                    still_s=math.inf if any(page.uncertain for page in pages) else None,
                )
            finally:
                self.stands()
                self._raise_blocker(blockers, self.screen.stands)
        return next(page for page in pages if found and page is found.by)

    def _noticed(self, pages: Sequence[Page]) -> bool:
        """Whether a notice stood over a screen where nothing is filled; it is closed."""
        return all(page.fresh for page in pages) and notice.closed(self, self.screen.latest)

    def _is_barred(self, blockers: list[Blocker]) -> bool:
        return any(blocker.name in self.screen.stands for blocker in blockers)

    def bounded(self, size: Mapping[str, int], where: str) -> None:
        """Raise UnexpectedPage for a screen that is too large to be one of the portal's."""
        limits = self.settings.limits
        values.bounded(size["elements"], limits.elements, "elements", where)
        values.bounded(size["letters"], limits.characters, "characters", where)

    def said(self, shown: Locator) -> str:
        """The portal's own words at these places, to be kept: no more than the settings allow.

        The same words are said once, also where they stand inside more of them; what closes a
        message is none of its words.
        """
        texts = dict.fromkeys(map(squeeze, shown.evaluate_all(WORDS_OF)))
        inside = {
            one for one in texts for other in texts if one != other and f" {one} " in f" {other} "
        }
        whole = (one for one in texts if one not in inside)
        return self.kept(" ".join(whole))

    def numbers(self, name: str) -> tuple[str, ...]:
        """Every number of this form that the screen shows, wherever it stands; each once."""
        like = re.compile(rf"(?<!\w)(?:{in_use().pattern(name).pattern})(?!\w)", re.ASCII)
        with self.doing("numbers"):
            text = self.tab.locator("body").inner_text()
        found = like.finditer(text[: self.settings.limits.characters])
        return tuple(dict.fromkeys(one.group() for one in found))

    def has(self, words: str) -> bool:
        """Whether these words stand on the screen, folded away or as what a thing is called."""
        tab, words = self.tab, squeeze(words)
        called = (tab.get_by_label, tab.get_by_title, tab.get_by_placeholder, tab.get_by_alt_text)
        at = tab.get_by_text(words)
        for one in called:
            at = at.or_(one(words))
        with self.doing("words", anywhere=True):
            return at.count() > 0

    def kept(self, text: str) -> str:
        """A text of the portal as it may be kept, white space squeezed."""
        return values.cut(squeeze(text), self.settings.limits.words)

    def _raise_blocker(self, blockers: list[Blocker], stands: Mapping[str, str]) -> None:
        for blocker in blockers:
            if blocker.name in stands:
                if blocker.name == "login" and not self.signed_in:
                    raise UnexpectedPage(GUEST)
                raise self.verdict(blocker.raise_(self.kept(stands[blocker.name])))

    def nothing_worse(self) -> None:
        """Raise what stands beside a strip and says more than it."""
        with self.doing("blockers"):
            worse = [b for b in BLOCKERS if b.name != "refusal" and self._applies(b)]
            self._raise_blocker(worse, self.screen.stood())

    def _applies(self, blocker: Blocker) -> bool:
        """On the way in the log-in page is where we are."""
        return self.signed_in or blocker.name != "login"

    def verdict(self, error: RpaError) -> RpaError:
        """The portal's no in its own words; the trouble behind it, where words or wire tell one.

        A server's error, an answer that never came, a log-in page are no verdict on anybody's data.
        Where something was told to the portal, *denied* may be Chromium's own second POST, which
        comes with a token that was used (facts 1); a plain address is denied for good.
        """
        if isinstance(error, Denied) and self.wire.told:
            return PortalUnavailable(Trouble.TOKEN.value)
        if not isinstance(error, Refused):
            return error
        return self.trouble(signs.said_in(error.words.en)) or error

    def trouble(self, said: Trouble | None = None) -> RpaError | None:
        """What went wrong at the portal since the last press; None when nothing did.

        ``said`` is what the screen tells of it.
        """
        found = said or self.wire.trouble
        if found is None:
            return None
        lost = found is Trouble.SESSION and self.signed_in
        return SessionLost(found.value) if lost else PortalUnavailable(found.value)

    @contextmanager
    def doing(
        self,
        key: str,
        *,
        known: bool = False,
        anywhere: bool = False,
        sought: Callable[[], Sought] | None = None,
    ) -> Iterator[None]:
        """Translate the driver's errors: what stands in the way, else an unexpected page.

        ``sought``: what is to be found there, so that the error can tell what is there instead.
        ``known``: the screen is known and what is waited for is its change, which may be late.

        The driver's own message is dropped: it repeats what was typed. What is never answered is
        ended by the watch. Nothing is read, pressed or typed on another host's page, unless
        ``anywhere``.
        """
        with self._busy():
            try:
                if not anywhere:
                    self.stands()
                yield
            except (PlaywrightError, AssertionError) as error:
                raise self._explain(key, error, known=known, sought=sought) from None

    @contextmanager
    def slow_when(self, changed: Callable[[], bool], key: str) -> Iterator[None]:
        """Around what may fail because the portal has changed its answer meanwhile: raises Slow."""
        try:
            yield
        except UnexpectedPage:
            if changed():
                raise Slow(SLOW, where=key) from None
            raise

    def _explain(
        self, key: str, error: Exception, *, known: bool, sought: Callable[[], Sought] | None
    ) -> RpaError:
        """What it is that hinders. Only what can pass by itself is PortalUnavailable."""
        text = str(error)
        if self.tab.is_closed() or any(words in text for words in GONE):
            return BrowserLost(ENDED, where=key)
        try:
            self._raise_unreached(key, text)
            self.stands()
            # What stands there is the better explanation, when it has a name.
            applies = [b for b in BLOCKERS if self._applies(b)]
            self._raise_blocker(applies, self.screen.stood())
            self._raise_passing(key, text, known=known)
        except RpaError as found:
            return found
        except PlaywrightError:
            return BrowserLost(ENDED, where=key)
        return self.trouble() or self._unknown(key, text, sought)

    def _unknown(self, key: str, text: str, sought: Callable[[], Sought] | None) -> UnexpectedPage:
        """That the screen is not as it is known; with what is there, where a look can tell it.

        Whatever goes wrong with that look, the first error stands as it would without it.
        """
        if sought is None:
            return told.unknown(key)
        try:
            with reading(lambda _: NotSeen()):
                wanted = sought()
                # Our own words, its dialog's title too, are told though a part of them was typed.
                known = (*wanted.labels, *wanted.within)
                asked = Asked(css=[wanted.css] if wanted.css else [], known=known)
                seen = self.looked(asked)
                error = told.unfound(key, wanted, seen, text)
                if isinstance(error, NotOnScreen) and (name := told.heads(wanted, seen)):
                    said = squeeze(self.tab.evaluate(BELOW, name))
                    return told.may_be_empty(error, name, said)
                return error
        except NotSeen:
            return told.unknown(key)

    def _raise_unreached(self, key: str, text: str) -> None:
        """Raise what Chromium says of a host that did not answer, or was not let answer."""
        if self.tab.url.startswith("chrome-error:"):
            text += self.wire.broken
        if "net::" in text:
            bm, en = "Portal tidak dapat dihubungi.", "The portal cannot be reached."
            found = unreachable(text, bm, en)
            found.where = found.where or key
            raise found

    def _raise_passing(self, key: str, text: str, *, known: bool) -> None:
        """Raise PortalUnavailable for what is known to pass by itself."""
        if known or self.wire.waits or any(words in text for words in PASSING):
            raise Slow(SLOW, where=key)
        if self.tab.evaluate(READ_BLANK):
            raise PortalUnavailable(BLANK, where=key)

    @contextmanager
    def answer(self, key: str) -> Iterator[None]:
        """Around a press that asks the portal something: waits until it has answered."""
        with self.doing(key), self.tab.expect_response(self._is_answer):
            yield

    def _is_answer(self, response: Any) -> bool:
        kind = response.request.resource_type
        return bool(kind in signs.ASKING and response.status < 300)  # noqa: PLR2004  a redirect is not yet the answer

    @contextmanager
    def single_press(self) -> Iterator[SinglePress]:
        """Around the last press, HANTAR included: what it brings leaves once.

        ``may_leave`` is asked when a request is about to leave: what it raises is raised here, and
        that one was not sent.
        """
        with self._guarded_by(SinglePress(self)) as press:
            yield press

    @contextmanager
    def once(self) -> Iterator[None]:
        """Around a press whose POST must not leave twice, and that files nothing."""
        with self._guarded_by(Once(self)):
            yield

    @contextmanager
    def _guarded_by(self, press: OnceT) -> Iterator[OnceT]:
        press.begin()
        try:
            yield press
        finally:
            press.end()
            if press.held:
                raise press.held from None

    @contextmanager
    def only(self, route: Callable[[Route], None]) -> Iterator[None]:
        """While this lasts this decides about every request of the browser, and nothing else."""
        context = self.tab.context
        with self.doing("only"):
            context.route("**/*", route)
        self._held_back = True
        try:
            yield
        finally:
            self._held_back = False
            with self._busy(), suppress(PlaywrightError):
                context.unroute("**/*", route)

    def lent(self, back: Callable[[], bool]) -> None:
        """A person's hands are on the browser until this says so, or its window is closed.

        Meanwhile the page's requests are answered, which a thread that only waits would not do.
        """
        while not (back() or self.tab.is_closed()):
            with self.doing("lent", anywhere=True), suppress(PlaywrightTimeout):
                self.tab.wait_for_event("close", timeout=LENT_MS)
        self.screen.moved()
        self.wire.opened()

    def guard(self, route: Callable[[Route], None]) -> None:
        """Let this decide about every request of the browser, until `let_go`."""
        if self._held_back:
            raise RuntimeError("nothing is pressed for good while the portal is only looked at")
        self.let_go()
        with self.doing("single_press"):
            self.tab.context.route("**/*", route)
        self._guarded = True

    def let_go(self) -> None:
        """End the guard; a browser that is gone needs none, and what was pressed stays pressed."""
        browser = self.tab.context.browser
        if not self._guarded or self.tab.is_closed() or not (browser and browser.is_connected()):
            return
        self._guarded = False
        with self._busy(), suppress(PlaywrightError):
            self.tab.context.unroute_all(behavior="wait")

    def whole(self) -> None:
        """Until the screen has come to its end: what it does not show then it does not have."""
        with self.doing("whole"):
            self.tab.wait_for_load_state("domcontentloaded")

    def download(self, press: Callable[[], None], key: str) -> Download:
        """The file that a press brings."""
        with self.doing(key):
            with self.tab.expect_download() as coming:
                press()
            return coming.value

    @property
    def covered(self) -> list[Locator]:
        """What no picture shows, wherever it stands."""
        return [self.tab.get_by_text(secret) for secret in self.secrets]

    def glimpse(self) -> bytes:
        """What the screen shows now, as `picture` has it, kept nowhere; empty where none comes."""
        with suppress(RpaError), self.doing("picture", anywhere=True):
            return self.tab.screenshot(full_page=True, mask=self.covered)
        return b""

    def picture(self, path: Path) -> Path:
        """A picture of the whole screen: a password shows dots, another secret is covered."""
        with keeping(path), self.doing("picture", anywhere=True):
            self.tab.screenshot(path=path, full_page=True, mask=self.covered)
            path.chmod(0o600)
        return path
