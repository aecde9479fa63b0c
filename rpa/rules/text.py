"""What a text may hold before it is typed into a form of the portal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rpa.errors import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

Fault = tuple[str, Words]

_CONTROL = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_REPLACEMENT = "\ufffd"


def faults(text: str, length: int) -> Iterator[Fault]:
    """All objections to ``text``, each as (code, words).

    ``length`` is the most characters its field takes. Nothing is repaired: a no-break space or a
    zero-width letter makes another name than the one that is seen, and a name cut short is a
    wrong filing.
    """
    plain = text.isascii() and text.isprintable()  # as nearly all are
    kinds = set() if plain else {_kind(letter) for letter in text}
    if len(text) > length:
        yield _long(length)
    if "control" in kinds:
        yield _CONTROL_FAULT
    if "invisible" in kinds:
        yield _INVISIBLE_FAULT
    if "damaged" in kinds:
        yield _DAMAGED_FAULT
    if text.startswith("="):
        yield _FORMULA_FAULT


def is_number(text: str) -> bool:
    """Whether ``text`` holds digits and signs only, as no name does."""
    return any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)


def _kind(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _CONTROL:
        return "control"
    if category == "Cf" or (category == "Zs" and letter != " "):
        return "invisible"
    return "damaged" if letter == _REPLACEMENT else "plain"


def _long(length: int) -> Fault:
    return (
        "text-long",
        Words(
            f"Teks ini melebihi {length} aksara yang diterima oleh portal.",
            f"This text is longer than the {length} characters that the portal takes.",
        ),
    )


_CONTROL_FAULT: Fault = (
    "text-control",
    Words(
        "Teks ini mengandungi baris baharu atau aksara kawalan. Tulisnya dalam satu baris.",
        "This text holds a line break or a control character. Write it on one line.",
    ),
)
_INVISIBLE_FAULT: Fault = (
    "text-invisible",
    Words(
        "Teks ini mengandungi aksara yang tidak kelihatan atau ruang khas (biasanya kerana "
        "disalin dari laman web). Taip semula teks ini.",
        "This text holds an invisible character or a special space (often because it was copied "
        "from a web page). Type it again.",
    ),
)
_DAMAGED_FAULT: Fault = (
    "text-damaged",
    Words(
        "Teks ini rosak semasa disimpan (aksara \ufffd). Taip semula teks ini.",
        "This text was damaged when it was saved (the character \ufffd). Type it again.",
    ),
)
_FORMULA_FAULT: Fault = (
    "text-formula",
    Words(
        "Teks ini bermula dengan tanda '=' seperti formula. Tulis nilainya sahaja.",
        "This text begins with '=' like a formula. Write the value only.",
    ),
)
