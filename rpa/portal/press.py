"""The last press, and the password: they leave once, whatever Chromium would do, and that is known.

Chromium sends a request again by itself when a kept-alive connection dies without an answer byte.
Here it is taken out of its hands and sent once by the driver's own client, with the tab's cookies.
The limit: a firewall may see another client in that one request (``single_press: browser`` turns
this guard off; then it is not known whether anything left, and the answer is *perhaps*).

The guard begins before HANTAR, for a portal may send the case without asking, and it divides the
press where a request leaves: until `Portal.may_leave` was asked, nothing was sent. Between HANTAR
and CONFIRM only the address of a rendering (``p_p_lifecycle=0``, facts 1) is known to send nothing;
any other may be an action, by GET as well. Once CONFIRM is pressed, the first thing that the page
asks the portal counts as the press; no second one is sent from its window.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Error as PlaywrightError

from rpa.errors import RpaError
from rpa.portal.signs import ASKING, HARMLESS

if TYPE_CHECKING:
    from playwright.sync_api import Request, Route

    from rpa.portal.find import Button
    from rpa.portal.tab import Portal


class Once:
    """What a screen posts leaves once, whatever Chromium would do; `Portal.once` makes it."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._guarded = portal.settings.single_press != "browser"
        self._sent: list[tuple[str, bytes | None]] = []
        self._shut = False
        self.held: RpaError | None = None

    def begin(self) -> None:
        """Before the press."""
        if self._guarded:
            self._portal.guard(self._route)

    def end(self) -> None:
        """Let go once what left has ended; a page from which nothing left sends nothing later.

        A request that is let go while it is held would be sent by Chromium as well. Where nothing
        left, the guard stays shut until the screen is left (`Portal.open`): a page may be late.
        """
        self._shut = not self._sent
        if self._guarded and not self._shut:
            self._portal.let_go()

    def _route(self, route: Route) -> None:
        if not self._counts(route.request):
            route.continue_()
        elif self._shut or self._again(route) or not self._may_leave(route.request.url):
            route.abort()
        else:
            self._sent.append(_matter(route))
            self._send(route)

    def _counts(self, request: Request) -> bool:
        return request.method not in HARMLESS

    def _again(self, route: Route) -> bool:
        return _matter(route) in self._sent

    def _may_leave(self, url: str) -> bool:
        """Ask once more; what holds it back is kept, for a handler raises nothing."""
        try:
            self._portal.require_ours(url)  # the driver's own client knows no fence
            self._ask()
        except RpaError as error:
            self.held = self.held or error
        return self.held is None

    def _ask(self) -> None:
        """Raise what keeps it from leaving."""

    def _send(self, route: Route) -> None:
        limit = self._portal.settings.timeouts.result_s * 1000
        try:
            answer = route.fetch(max_retries=0, max_redirects=0, timeout=limit)
            route.fulfill(response=answer)
        except PlaywrightError:
            # No answer came. The page is told so; the runner looks the ending up.
            with suppress(PlaywrightError):  # nobody is there to be told
                route.abort()


class SinglePress(Once):
    """The guard of one last press; `Portal.single_press` makes it."""

    def __init__(self, portal: Portal) -> None:
        super().__init__(portal)
        self._confirming = False
        self._pressed = False  # the request that CONFIRM brought has left

    def begin(self) -> None:
        """Before HANTAR. Without the guard whatever leaves from here on is not seen."""
        if not self._guarded:
            self._portal.may_leave()
        super().begin()

    def confirm(self, button: Button) -> None:
        """The press that cannot be taken back."""
        self._confirming = True
        button.click()

    def _counts(self, request: Request) -> bool:
        return super()._counts(request) or self._may_send(request)

    def _may_send(self, request: Request) -> bool:
        """Whether a GET may send the case: what CONFIRM asks first, or what HANTAR leads to."""
        if self._shut or self._pressed or request.resource_type not in ASKING:
            return False
        return self._confirming or not _renders(request.url)

    def _again(self, route: Route) -> bool:
        return self._pressed or super()._again(route)

    def _ask(self) -> None:
        self._portal.may_leave()

    def _send(self, route: Route) -> None:
        self._pressed = self._confirming
        super()._send(route)


def _renders(address: str) -> bool:
    """Whether the address asks for a screen or a part of one, and for no action (facts 1)."""
    return parse_qs(urlsplit(address).query).get("p_p_lifecycle") == ["0"]


def _matter(route: Route) -> tuple[str, bytes | None]:
    return route.request.url, route.request.post_data_buffer
