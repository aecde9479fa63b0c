"""A notice that stands over a screen of a signed-in user, to be read and closed.

No source tells of one; a portal that announces its maintenance has one (assumed). It is a modal
dialog without a field, of which every button is known to close it and nothing else. It is closed
only where a screen just came and nothing was filled, so that no answer to a question is taken for
the end of a notice; what it says is told at the end of the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa.errors import NotOnScreen, Words, WordSought
from rpa.portal.look import Kind
from rpa.portal.screen import marked
from rpa.rules.vocabulary import NOTICES

if TYPE_CHECKING:
    from rpa.portal.look import Element, Look
    from rpa.portal.tab import Portal

_PRESSED = frozenset({Kind.BUTTON, Kind.LINK})
_SAYS = frozenset({Kind.HEADING, Kind.MESSAGE, Kind.VALUE})  # the rest of a notice is paragraphs


def closed(portal: Portal, seen: Look | None) -> bool:
    """Whether one stood there; it is closed. Raises NotOnScreen for one with an unknown button."""
    top = _over(seen) if seen else None
    if seen is None or top is None:
        return False
    inside = [e for e in seen.elements if e.dialog == top.order]
    ways = [e for e in inside if e.kind in _PRESSED and e.enabled]
    if not ways or any(e.kind not in _PRESSED | _SAYS for e in inside):
        return False  # it asks for something: that is no notice
    dialog = portal.tab.locator(marked(top.mark)).filter(visible=True)
    said = portal.said(dialog)
    for way in ways:
        if not NOTICES.knows(way.words or way.title):
            raise _unknown(way, said)
    portal.screen.at(ways[-1]).locator.click()
    portal.screen.moved()
    portal.notices[said] = None
    return True


def _over(seen: Look) -> Element | None:
    """The dialog that nothing behind it can be reached for."""
    modal = [e for e in seen.elements if e.kind is Kind.DIALOG and e.modal]
    return modal[-1] if modal else None


def _unknown(way: Element, said: str) -> NotOnScreen:
    word = " ".join(way.words.split())
    error = NotOnScreen(
        Words(
            f"Satu notis berada di atas skrin, dan butangnya '{word}' tidak dikenali: {said}",
            f"A notice stands over the screen, and its button '{word}' is not known: {said}",
        ),
        where="words.notice",
    )
    error.asks = WordSought("words.notice", (word,))
    return error


def told(said: str) -> Words:
    """That it was there, in the portal's own words."""
    return Words(f"Notis di portal: {said}", f"A notice at the portal: {said}")
