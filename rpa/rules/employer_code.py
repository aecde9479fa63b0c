"""PERKESO's employer code (*Kod Majikan*): letter, ten digits, letter (facts 13.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.rules.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHAPE = re.compile(r"[A-Z][0-9]{10}[A-Z]")
_MENTIONED = re.compile(rf"(?<![A-Z0-9]){_SHAPE.pattern}(?![A-Z0-9])")
_WEIGHTS = (1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # powers of 2 modulo 11
_LETTERS = "ABFKMPVWXYZ"


def well_formed(code: str) -> bool:
    """Whether ``code`` is a capital letter, ten digits and a capital letter."""
    return _SHAPE.fullmatch(code) is not None


def mentioned(text: str) -> list[str]:
    """The employer codes that stand in a text, in whatever letters."""
    return _MENTIONED.findall(text.upper())


def check_letter(code: str) -> str:
    """The last letter that the ten digits ask for. ``code`` must be ``well_formed``.

    Worked out from known codes (facts 13.6, inferred): good for a warning, never to refuse.
    """
    total = sum(w * int(digit) for w, digit in zip(_WEIGHTS, code[1:11], strict=True))
    return _LETTERS[-total % 11]


def findings(code: str) -> Iterator[Finding]:
    """The objections to an employer code, for the field ``employer``."""
    if not well_formed(code):
        yield Finding(
            "employer",
            "employer-format",
            Words(
                "Kod majikan mesti satu huruf besar, sepuluh digit dan satu huruf besar.",
                "The employer code must be a capital letter, ten digits and a capital letter.",
            ),
        )
    elif code[-1] != check_letter(code):
        yield Finding(
            "employer",
            "employer-letter",
            Words(
                "Huruf terakhir kod majikan tidak sepadan dengan digitnya. Semak kod ini.",
                "The last letter of the employer code does not fit its digits. Check the code.",
            ),
            Severity.WARNING,
        )
