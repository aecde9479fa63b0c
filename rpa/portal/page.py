"""A screen: its landmark, its controls, its verbs.

Holding a page object is proof of arrival: making one waits for its landmark, or raises what
stands there instead. No method asks where it is.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rpa.errors import RowRefused, Words
from rpa.portal.find import Control
from rpa.portal.profile import in_use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator

    from rpa.portal.find import Button
    from rpa.portal.resolve import Sought
    from rpa.portal.tab import Portal

SAYS = re.compile(r"\S")
PageT = TypeVar("PageT", bound="Page")


class Page:
    """The base of all screens."""

    landmark: ClassVar[Control]
    # The blockers that are this very screen, or belong to it.
    is_itself: ClassVar[frozenset[str]] = frozenset()
    fresh: ClassVar[bool] = False  # nothing is filled when it comes: a notice over it may be closed
    patience: ClassVar[str] = "arrive_s"
    boxed: ClassVar[bool] = False  # a popup over another screen
    uncertain: ClassVar[bool] = False  # whether it comes decides much: it is awaited to the end

    def __init__(self, portal: Portal, *, awaited: bool = True) -> None:
        self.portal = portal
        self.renew()
        if awaited:
            portal.arrive(self)

    def renew(self) -> None:
        """What its things are found by is asked of the profile anew."""
        self._sought: dict[str, Sought] = {}
        self._controls: list[Control] = []

    @property
    def within(self) -> tuple[str, ...]:
        """The title of the popup that it is; of a whole screen none."""
        return ()

    @property
    def mark(self) -> Control:
        """What tells that it is there; where a profile says that this is not, another thing.

        The next of its things, else the first.
        """
        mine = type(self).landmark.__get__(self, type(self))
        if not mine.none:
            return mine
        others = [c for c in self.controls() if not c.none]
        return next((c for c in others if c.order > mine.order), others[0] if others else mine)

    def sign(self, name: str, but: str = "") -> Locator:
        """What tells of something without words of its own, as the profile has it.

        ``but``: what tells of something else, though it looks like it.
        """
        css = in_use().sign(name)
        css = f":is({css}):not({in_use().sign(but)})" if but else css
        return self.root.locator(css).filter(visible=True)

    @property
    def root(self) -> Locator:
        """Where the screen's controls stand."""
        return self.portal.tab.locator("body")

    def controls(self) -> list[Control]:
        """Everything that is declared of this screen, as the profile in use has it."""
        if not self._controls:
            rooms = reversed(type(self).__mro__)
            found = [n for room in rooms for n, c in vars(room).items() if isinstance(c, Control)]
            self._controls = [getattr(self, name) for name in dict.fromkeys(found)]
        return self._controls

    def sought(self, control: Control) -> Sought:
        """What one of them seeks; it is asked at every look."""
        if control.key not in self._sought:
            self._sought[control.key] = control.sought()
        return self._sought[control.key]


def whichever(portal: Portal, *screens: type[PageT]) -> PageT:
    """Whichever of these screens comes; the earlier one where two would answer.

    What belongs to any of them does not stand in the way.
    """
    return portal.arrive(*(screen(portal, awaited=False) for screen in screens))


class Dialog(Page):
    """A popup over a screen; its controls are looked for inside it only."""

    boxed: ClassVar[bool] = True

    @property
    def root(self) -> Locator:
        """The dialog as it stands now: the portal may draw it anew."""
        return self.portal.screen.around(self.mark)

    @property
    def within(self) -> tuple[str, ...]:
        """The dialog's title in both languages."""
        return self.mark.labels

    cancel: ClassVar[Button]

    @property
    def complaints(self) -> Locator:
        """What the portal says in the popup that it does not like (facts 1); empty places are none.

        Of a popup that stands in place of its screen also what refuses beside it.
        """
        said = self.sign("refusal").or_(self.sign("complaint", but="success"))
        if self.portal.screen.alone(self.mark):
            said = said.or_(super().root.locator(in_use().sign("refusal")).filter(visible=True))
        return said.filter(has_text=SAYS)

    def complains(self) -> bool:
        """Whether it says anything now."""
        return self.complaints.count() > 0

    def refuse_if_complained(self) -> None:
        """Raise RowRefused in the portal's own words, when it has said any.

        Or what stands there beside them and says more: the log-in page, maintenance, a request that
        failed.
        """
        self.portal.screen.moved()  # the popup may have been drawn anew with them
        with self.portal.doing(f"{type(self).__name__}.complaints"):
            complaints = self.complaints
            said = self.portal.said(complaints) if complaints.count() else None
        if said is not None:
            self.portal.nothing_worse()
            raise self.portal.verdict(RowRefused(Words.quoted(said)))

    def closed_or_refused(self, key: str) -> None:
        """After its SAVE: the popup goes, or it says why not (RowRefused)."""
        with self.portal.doing(key, known=True):
            if self.portal.screen.gone(self.mark, unless=self.complains):
                return
        self.refuse_if_complained()

    @contextmanager
    def left_when_refused(self) -> Iterator[None]:
        """A refusal closes the popup, so that the next row finds the screen behind it free.

        What it showed goes with the refusal: nobody finds it there later.
        """
        try:
            yield
        except RowRefused as refused:
            refused.shown = self.portal.glimpse()
            self.close()
            raise

    def close(self) -> None:
        """Leave the popup; nothing is kept."""
        self.cancel.click()
        self.left(f"{type(self).__name__}.cancel")

    def left(self, key: str) -> None:
        """Wait until the popup is not there any more."""
        with self.portal.doing(key, known=True):
            self.portal.screen.gone(self.mark)
