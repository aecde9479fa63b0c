"""A portal that is only looked at: what would tell it anything does not leave the browser."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rpa.portal.origins import LONG_NUMBER
from rpa.portal.signs import HARMLESS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Route

    from rpa.portal.tab import Portal

MOST = 20  # of what was refused, to be told


class ReadOnly:
    """Around a visit: what only asks for a page passes; what tells the portal something does not.

    ``trusted``: whether what was pressed last is known and opens something, so that its POST may
    leave: a portal may answer every press by one. ``refused`` tells what was held back, by its
    method and the end of its address; ``held``: whether anything was since this began, or
    since whoever looks on has put it down.
    """

    def __init__(self) -> None:
        self.refused: list[str] = []
        self.held = False
        self.trusted = self._lifted = False

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """While this lasts everything passes; then nothing that was known before is trusted."""
        self._lifted = True
        try:
            yield
        finally:
            self.trusted = self._lifted = False

    @contextmanager
    def over(self, portal: Portal) -> Iterator[None]:
        """While this lasts; whoever signs in does it before."""
        self.trusted = self.held = False
        with portal.only(self._decide):
            yield

    def _decide(self, route: Route) -> None:
        request = route.request
        if request.method in HARMLESS or self.trusted or self._lifted:
            route.continue_()
            return
        self.held = True
        if len(self.refused) < MOST:
            last = urlsplit(request.url).path.rpartition("/")[2]
            self.refused.append(f"{request.method} …/{LONG_NUMBER.sub('…', last)}")
        route.abort("blockedbyclient")
