"""A screen with one listing that goes on over several pages (assumed, facts 10)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from rpa.errors import UnexpectedPage, Words
from rpa.portal import values
from rpa.portal.find import Table, Turn, Value
from rpa.portal.page import Page
from rpa.portal.sheets import beyond

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rpa.portal.lines import Line


class Paged(Page):
    """The base of such screens."""

    listing: ClassVar[Table]
    total = Value()
    next_page = Turn()

    def pages(self, alive: Callable[[], None] = lambda: None) -> Iterator[list[Line]]:
        """The rows of this page and of those after it, a page at a time; each row once.

        ``alive`` is called before each further page and may end it by raising: there may be a
        hundred of them. Raises UnexpectedPage when *Next* leads to a page that was read, or there
        are more than `limits` in config/portal.yaml allow.
        """
        limits, begun = self.portal.settings.limits, time.monotonic()
        seen = [self.page()]
        yield seen[0]
        while self.next_page.shown():
            alive()
            values.bounded(len(seen) + 1, limits.pages, "pages", self.listing.key)
            spent = time.monotonic() - begun
            values.bounded(spent, limits.listing_s, "listing_s", self.listing.key)
            with self.listing.renewed(grows=True):
                self.next_page.click()
            page = self.page()
            if page in seen:
                raise self.strange(SAME)
            seen.append(page)
            yield beyond(seen[-2], page)

    def page(self) -> list[Line]:
        """The rows that are shown now."""
        self.whole()
        return self.listing.rows()

    def whole(self) -> None:
        """A screen that comes anew may show the head of a list before its end."""
        with self.portal.doing(self.listing.key):
            self.portal.tab.wait_for_load_state("domcontentloaded")

    def counted(self, found: int) -> None:
        """Raise UnexpectedPage unless the portal counts so many.

        Where it counts more, what leads to the next page may be called otherwise: that is told.
        """
        if not self.agrees(found):
            raise self.strange(COUNT)

    def agrees(self, found: int) -> bool:
        """Whether the portal counts so many. Raises NotOnScreen where it counts more."""
        counted = self.total.number()
        if found < counted:
            self.next_page.find()
        return found == counted

    def strange(self, words: Words) -> UnexpectedPage:
        """What is wrong with this screen."""
        return UnexpectedPage(words, where=type(self).__name__)


SAME = Words(
    "'Next' di portal membawa ke halaman yang sudah dibaca.",
    "*Next* at the portal leads to a page that was read before.",
)
COUNT = Words(
    "Senarai di portal tidak sepadan dengan bilangan yang ditunjukkannya.",
    "A listing at the portal does not have as many lines as the portal counts.",
)
