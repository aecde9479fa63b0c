"""Which option of a list is meant by a code or by words (``[01111]Growing of maize``, facts 4.1).

MSIC and MASCO lists hold options of a code in brackets and words behind it. A job may declare the
whole text, the code alone, or the words alone; of an option made of parts (``PPN JOHOR / 15/12/2026
/ 09:00``) the first part. More than one option for what was declared is no answer.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_CODED = re.compile(r"\[\s*([^\]]+?)\s*\]\s*(.*)")
_PARTS = " / "
_NEAREST = 3


def squeeze(text: str) -> str:
    """Text as a page shows it: runs of white space are one space, a letter and its mark one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def meant(wanted: str, options: Iterable[str]) -> list[str]:
    """All options that ``wanted`` can mean, by the first of the four ways that finds any.

    The ways: the whole text; the code; the words without their code; the first part. Only the
    first minds capital letters.
    """
    listed = [squeeze(option) for option in options]
    for way in _WAYS:
        found = [option for option in listed if way(squeeze(wanted), option)]
        if found:
            return found
    return []


def nearest(wanted: str, options: Sequence[str]) -> list[str]:
    """The few options that come nearest to ``wanted``, the best first, for an error's sentence."""

    def likeness(option: str) -> float:
        return SequenceMatcher(None, wanted.casefold(), _words(option).casefold()).ratio()

    return sorted(map(squeeze, options), key=likeness, reverse=True)[:_NEAREST]


def _code(option: str) -> str:
    match = _CODED.fullmatch(option)
    return match[1] if match else ""


def _words(option: str) -> str:
    match = _CODED.fullmatch(option)
    return match[2] if match else option


def _first_part(option: str) -> str:
    first, parted, _ = option.partition(_PARTS)
    return first if parted else ""


_WAYS: tuple[Callable[[str, str], bool], ...] = (
    lambda wanted, option: wanted == option,
    lambda wanted, option: wanted.casefold() == _code(option).casefold(),
    lambda wanted, option: wanted.casefold() == _words(option).casefold(),
    lambda wanted, option: wanted.casefold() == _first_part(option).casefold(),
)
