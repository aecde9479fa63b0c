"""The one tab of one portal ID: arriving, and telling what stands there instead."""

from __future__ import annotations

import re
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import reduce
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, expect

from rpa.errors import (
    NeedsPerson,
    NotThePortal,
    PortalUnavailable,
    Refused,
    RpaError,
    UnexpectedPage,
    Words,
    keeping,
)
from rpa.portal.origins import LONG_NUMBER, Origin, Origins
from rpa.rules.choices import squeeze
from rpa.settings import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from playwright.sync_api import Download, Request, Route
    from playwright.sync_api import Page as Tab

    from rpa.portal.page import Page
    from rpa.settings import Override, PortalSettings


def moment(said: str | None) -> datetime | None:
    """An HTTP date, which is GMT; None where there is none, or none that can be read."""
    try:
        moment = parsedate_to_datetime(said or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class BrowserLost(PortalUnavailable):
    """The browser ended or crashed; a new one is started."""


ENDED = Words("Pelayar terhenti.", "The browser ended.")
GONE = ("Target crashed", "has been closed", "connection closed")  # what the driver says then


class SessionLost(PortalUnavailable):
    """The portal shows its log-in page again (facts 2.5); the runner signs in anew."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """A screen or strip that can stand where another was expected."""

    name: str
    css: str
    raise_: Callable[[str], RpaError]
    text: str = ""

    def locator(self, tab: Tab) -> Locator:
        """Where it would be."""
        found = tab.locator(self.css).filter(visible=True)
        return found.filter(has_text=self.text) if self.text else found


def _unavailable(bm: str, en: str) -> Callable[[str], RpaError]:
    return lambda _: PortalUnavailable(Words(bm, en))


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


# In the order in which they are believed. Sources: facts 1, 2.1-2.5, 11.
TITLES = "h1, h2, h3, h4, .alert"
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
        _unavailable("Portal sedang diselenggara.", "The portal is under maintenance."),
        text="maintenance",
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
        _unavailable("Pelayan portal mengalami ralat.", "The portal's server had an error."),
        text="Internal Server Error",
    ),
    Blocker(
        "access denied",
        TITLES,
        lambda text: UnexpectedPage(Words.quoted(squeeze(text))),
        text="Access Denied",
    ),
    Blocker(
        "not found",
        TITLES,
        lambda text: UnexpectedPage(Words.quoted(squeeze(text))),
        text="Page Not Found",
    ),
    Blocker(
        "login",
        '[name="_customlogin_WAR_pksloginportlet_dto.login"]',
        lambda _: SessionLost(Words("Sesi portal telah tamat.", "The portal's session ended.")),
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
    Blocker("refusal", ".alert-error", lambda text: Refused(Words.quoted(squeeze(text)))),
)


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


BANNER = "your session will expire"


class Portal:
    """What pages are made with: one tab, the settings, the overrides of the locators."""

    def __init__(
        self,
        tab: Tab,
        settings: PortalSettings,
        overrides: dict[str, Override],
        busy: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.tab = tab
        self._busy = busy  # around whatever is asked of the driver, which may never answer
        self.settings = settings
        self.origins = Origins(settings)
        self.overrides = overrides
        self._first_arrival = True
        # What the portal's own clock said when a plain address was opened; None: it did not say.
        self.clock: datetime | None = None
        # Asked when the last press's POST is about to leave; raises what holds it back.
        self.may_leave: Callable[[], None] = lambda: None
        tab.set_default_timeout(settings.timeouts.act_s * 1000)
        expect.set_options(timeout=settings.timeouts.act_s * 1000)
        self._broken = ""  # why the tab could not show where it was led last
        tab.on("requestfailed", self._failed)
        self._extend_sessions()

    def _failed(self, request: Request) -> None:
        """Without its window Chromium shows an empty page for a host that does not answer."""
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self._broken = request.failure or ""

    def _extend_sessions(self) -> None:
        banner = self.tab.get_by_text(BANNER).filter(visible=True)
        extend = self.tab.locator("a, button, input[type=button]").filter(
            has_text="EXTEND", visible=True
        )
        self.tab.add_locator_handler(banner, lambda _: extend.click())

    def open(self, path: str) -> None:
        """Go to a plain address of the portal; never to a saved one with a token (facts 1)."""
        with self.doing(path, anywhere=True):
            here = urljoin(self.settings.address, path)
            answer = self.tab.goto(here, wait_until="domcontentloaded")
            said = answer.header_value("date") if answer else None
        self.clock = moment(said)

    def day(self) -> date:
        """The portal's own day, by its clock; this computer's where it tells none."""
        moment_there = self.clock or datetime.now(TIME_ZONE)
        return moment_there.astimezone(TIME_ZONE).date()

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

    def arrive(self, page: Page) -> None:
        """Wait once for whatever comes: the page's landmark, or what stands there instead."""
        blockers = [b for b in BLOCKERS if b.name not in page.is_itself]
        landmark = page.landmark.__get__(page, type(page)).locator()
        anything = reduce(Locator.or_, (b.locator(self.tab) for b in blockers), landmark)
        patience = getattr(self.settings.timeouts, page.patience) * 1000
        with self.doing(f"{type(page).__name__}.landmark"):
            anything.wait_for(timeout=patience)
            self.stands()
            self._raise_blocker(blockers)
            expect(landmark).to_have_count(1)

    def _raise_blocker(self, blockers: list[Blocker]) -> None:
        first, *others = (blocker.locator(self.tab) for blocker in blockers)
        any_of_them = reduce(Locator.or_, others, first)
        if not any_of_them.count():
            return
        for blocker in blockers:
            found = blocker.locator(self.tab)
            if found.count():
                raise blocker.raise_(" ".join(found.all_inner_texts()))

    @contextmanager
    def doing(self, key: str, *, anywhere: bool = False) -> Iterator[None]:
        """Translate the driver's errors: what stands in the way, else an unexpected page.

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
                raise self._explain(key, error) from None

    def _explain(self, key: str, error: Exception) -> RpaError:
        text = str(error)
        if self.tab.is_closed() or any(words in text for words in GONE):
            return BrowserLost(ENDED, where=key)
        if self.tab.url.startswith("chrome-error:"):
            text += self._broken
        if "net::" in text:
            bm, en = "Portal tidak dapat dihubungi.", "The portal cannot be reached."
            found = unreachable(text, bm, en)
            found.where = found.where or key
            return found
        try:
            self.stands()
            # What stands there is the better explanation, when it has a name.
            self._raise_blocker([b for b in BLOCKERS if b.name != "login"])
        except RpaError as blocker:
            return blocker
        except PlaywrightError:
            return BrowserLost(ENDED, where=key)
        return UnexpectedPage(
            Words(
                f"Skrin portal tidak seperti yang dikenali: {key}.",
                f"The portal's screen is not as it is known: {key}.",
            ),
            where=key,
        )

    @contextmanager
    def answer(self, key: str) -> Iterator[None]:
        """Around a press that asks the portal something: waits until it has answered."""
        with self.doing(key), self.tab.expect_response(self._is_answer):
            yield

    def _is_answer(self, response: Any) -> bool:
        kind = response.request.resource_type
        return bool(kind in {"document", "xhr", "fetch"} and response.status < 300)  # noqa: PLR2004  a redirect is not yet the answer

    @contextmanager
    def single_press(self) -> Iterator[None]:
        """Around the last press: its POST leaves once, whatever Chromium would do.

        Chromium sends a POST again by itself when a kept-alive connection dies without an answer
        byte. Here the request is taken out of its hands and sent once by the driver's own client,
        with the tab's cookies; a second POST in the same window is not sent at all. The limit: a
        firewall may see another client in that one request (``single_press: browser`` turns this
        guard off). ``may_leave`` is asked when the POST is about to leave: what it raises is raised
        here, and nothing was sent.

        The guard stays until that POST has ended, whatever the page shows meanwhile: a request
        that is let go while it is held would be sent by Chromium as well.
        """
        if self.settings.single_press == "browser":
            self.may_leave()
            yield
            return
        sent: list[str] = []
        held: list[RpaError] = []

        def once(route: Route) -> None:
            if route.request.method != "POST":
                route.continue_()
            elif sent or not self._free_to_leave(held, route.request.url):
                route.abort()
            else:
                sent.append(route.request.url)
                self._send(route)

        with self.doing("single_press"):
            self.tab.route("**/*", once)
        try:
            yield
        finally:
            self._let_go()
            if held:
                raise held[0] from None

    def _free_to_leave(self, held: list[RpaError], url: str) -> bool:
        """Whether the press may leave; what holds it back is kept, for a handler raises nothing."""
        try:
            self.require_ours(url)  # the driver's own client knows no fence
            self.may_leave()
        except RpaError as error:
            held.append(error)
        return not held

    def _let_go(self) -> None:
        """End the guard; a browser that is gone needs none, and what was pressed stays pressed."""
        browser = self.tab.context.browser
        if self.tab.is_closed() or not (browser and browser.is_connected()):
            return
        with self._busy(), suppress(PlaywrightError):
            self.tab.unroute_all(behavior="wait")

    def _send(self, route: Route) -> None:
        limit = self.settings.timeouts.result_s * 1000
        try:
            answer = route.fetch(max_retries=0, max_redirects=0, timeout=limit)
            route.fulfill(response=answer)
        except PlaywrightError:
            # No answer came. The page is told so; the runner looks the ending up.
            with suppress(PlaywrightError):  # nobody is there to be told
                route.abort()

    def download(self, press: Callable[[], None], key: str) -> Download:
        """The file that a press brings."""
        with self.doing(key):
            with self.tab.expect_download() as coming:
                press()
            return coming.value

    def picture(self, path: Path) -> Path:
        """A picture of the whole screen; fields that hold a password show dots."""
        with keeping(path), self.doing("picture", anywhere=True):
            self.tab.screenshot(path=path, full_page=True)
            path.chmod(0o600)
        return path
