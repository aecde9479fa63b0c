"""A name as a contribution text file takes it: plain capitals (text-files, section 1).

Whether the portal refuses other characters is not known (text-files, section 7). What is not ASCII
cannot be written in one byte and is refused; lower case is written in capitals; other signs than
those of names on identity cards are only remarked on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.rules import signs, text
from rpa.rules.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = re.compile(r"[A-Z /@'.-]+")


def plain(name: str) -> bool:
    """Whether a name has only capitals, blanks and the signs of names (``A/L``, ``@``, ``D'``)."""
    return _PLAIN.fullmatch(name) is not None


def findings(field: str, name: str) -> Iterator[Finding]:
    """The objections to a name that is to be written into a file."""
    if any(text.faults(name, len(name))):
        return  # said already
    if not name.isascii():
        yield Finding(field, "name-foreign", _told(name, _FOREIGN))
    elif not plain(name.upper()):
        yield Finding(field, "name-signs", _told(name, SIGNS), Severity.WARNING)
    elif not plain(name):
        yield Finding(field, "name-capitals", _CAPITALS, Severity.WARNING)


def remarks(field: str, name: str) -> Iterator[Finding]:
    """The same of a name that is registered now: the monthly file would refuse it later."""
    if text.is_number(name) or any(text.faults(name, len(name))):
        return  # said already
    if name.isascii() and not any(c.isalpha() for c in name):
        yield Finding(field, "name-file", _NO_LETTER, Severity.WARNING)
    elif not plain(name.upper()):
        words = _told(name, SIGNS if name.isascii() else _LATER)
        yield Finding(field, "name-file", words, Severity.WARNING)


def _told(name: str, words: Words) -> Words:
    """The objection with the places of the odd characters, and the names of those no letters."""
    odd = [c for c in name if _PLAIN.fullmatch(c.upper()) is None]
    places, others = signs.positions(name, odd), [c for c in odd if not c.isalpha()]
    named = signs.listed(others)
    bm, en = (f" ({n})" if n else "" for n in (named.bm, named.en))
    mend = _APOSTROPHE if set(odd) & set(signs.APOSTROPHES) else Words("", "")
    return Words(
        f"{words.bm} Di sini: aksara {places}{bm}.{mend.bm}",
        f"{words.en} Here: character {places}{en}.{mend.en}",
    )


_APOSTROPHE = Words(" Taip ' biasa.", " Type the plain '.")
_NO_LETTER = Words("Nama ini tiada huruf. Semak nama.", "This name has no letter. Check it.")
_LATER = Words(
    "Nama ini mengandungi huruf yang tidak boleh ditulis dalam fail caruman bulanan kemudian "
    "(hanya A-Z). Taip seperti pada kad pengenalan.",
    "This name holds letters that the monthly contribution file cannot hold later (A-Z only). Type "
    "it as on the identity card.",
)
_FOREIGN = Words(
    "Nama ini mengandungi huruf yang tidak boleh ditulis dalam fail caruman (hanya A-Z tanpa "
    "tanda). Taip seperti pada kad pengenalan.",
    "This name holds letters that a contribution file cannot hold (A-Z without accents only). Type "
    "it as on the identity card.",
)
_CAPITALS = Words(
    "Nama ini ditulis dengan huruf besar dalam fail caruman.",
    "The contribution file holds this name in capital letters.",
)
SIGNS = Words(
    "Nama ini mengandungi digit atau tanda selain / @ ' . - dan huruf besar. Portal mungkin "
    "menolaknya.",
    "This name holds digits or signs other than / @ ' . - and capitals. The portal may refuse it.",
)
