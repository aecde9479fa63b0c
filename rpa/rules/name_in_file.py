"""A name as a contribution text file takes it: plain capitals (text-files, section 1).

Whether the portal refuses other characters is not known (text-files, section 7). What is not ASCII
cannot be written in one byte and is refused; lower case is written in capitals; other signs than
those of names on identity cards are only remarked on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.rules.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = re.compile(r"[A-Z /@'.-]+")


def plain(name: str) -> bool:
    """Whether a name has only capitals, blanks and the signs of names (``A/L``, ``@``, ``D'``)."""
    return _PLAIN.fullmatch(name) is not None


def findings(field: str, name: str) -> Iterator[Finding]:
    """The objections to a name that is to be written into a file."""
    if not name.isascii():
        yield Finding(field, "name-foreign", _FOREIGN)
    elif not plain(name.upper()):
        yield Finding(field, "name-signs", SIGNS, Severity.WARNING)
    elif not plain(name):
        yield Finding(field, "name-capitals", _CAPITALS, Severity.WARNING)


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
