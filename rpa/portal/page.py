"""A screen: its landmark, its controls, its verbs.

Holding a page object is proof of arrival: making one waits for its landmark, or raises what
stands there instead. No method asks where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from rpa.portal.find import Control
    from rpa.portal.tab import Portal


class Page:
    """The base of all screens."""

    landmark: ClassVar[Control]
    # The blockers that are this very screen, or belong to it.
    is_itself: ClassVar[frozenset[str]] = frozenset()
    patience: ClassVar[str] = "arrive_s"

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        portal.arrive(self)

    @property
    def root(self) -> Locator:
        """Where the screen's controls are looked for."""
        return self.portal.tab.locator("body")


class Dialog(Page):
    """A popup over a screen; its controls are looked for inside it only."""

    @property
    def root(self) -> Locator:
        """The one open dialog that carries the landmark's words."""
        from rpa.portal.find import whole  # noqa: PLC0415  find and page need each other

        dialogs = self.portal.tab.get_by_role("dialog", name=whole(self.words))
        return dialogs.filter(visible=True)

    @property
    def words(self) -> tuple[str, ...]:
        """The dialog's title in both languages."""
        landmark = type(self).landmark
        override = self.portal.overrides.get(landmark.key)
        given = [w for w in (override.bm, override.en) if w] if override else []
        flat = [w for words in given for w in ([words] if isinstance(words, str) else words)]
        return tuple(flat) or landmark.labels
