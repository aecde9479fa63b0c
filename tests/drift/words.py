"""Changes of what the portal says, wherever it says it; by the name that a plan gives them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from mock_portal.labels import BM, EN, Fixed, Label, Speech

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.drift.portal import Stage

    Said = Callable[[Speech, Label], str]


def plain(text: str) -> str:
    """Words as they are compared here: whatever the case, the blanks, the mark behind."""
    return "".join(text.split()).rstrip("*:").casefold()


def reworded(stage: Stage, speech: Speech, label: Label, said: Said) -> str:
    """One text is another, on every screen."""
    text = said(speech, label)
    if plain(text) != plain(str(stage.change["label"])):
        return text
    stage.came()
    return str(stage.change["to"])


def swapped(stage: Stage, speech: Speech, label: Label, said: Said) -> str:
    """What stood there in Malay stands there in English, and the other way round."""
    text = said(speech, label)
    others = [said(_in(speech, language), label) for language in (BM, EN)]
    other = next((one for one in others if one != text), text)
    stage.fired += other != text
    return other


def mixed(stage: Stage, speech: Speech, label: Label, said: Said) -> str:
    """Each text falls to either side, by the seed."""
    if isinstance(label, Fixed):
        return said(speech, label)
    drawn = zlib.crc32(f"{stage.change['seed']} {label.en}".encode())
    stage.came()
    return said(_in(speech, EN if drawn & 1 else BM), label)


def _in(speech: Speech, language: str) -> Any:
    other = Speech.__new__(Speech)
    vars(other).update({**vars(speech), "language": language})
    return other


SAID: dict[str, Callable[[Stage, Speech, Label, Said], str]] = {
    "reworded": reworded, "languages swapped": swapped, "languages mixed": mixed,
}  # fmt: skip
