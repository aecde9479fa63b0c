"""What a text may hold before it is typed into a form of the portal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.rules import signs

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
    if len(text) > length:
        yield _long(length)
    if not (text.isascii() and text.isprintable()):  # as nearly all are
        yield from _strange(text)
    if text.startswith("="):
        yield _FORMULA_FAULT


def remarks(text: str) -> Iterator[Fault]:
    """What is odd and no fault: the portal's pages show several blanks as one."""
    place = signs.several_blanks(text)
    if place:
        yield (
            "text-blanks",
            Words(
                f"Ada beberapa ruang kosong berturut-turut di sini (aksara {place}). Portal "
                "menunjukkannya sebagai satu; taip satu sahaja.",
                f"There are several blanks in a row here (character {place}). The portal shows "
                "them as one; type one only.",
            ),
        )


def _strange(text: str) -> Iterator[Fault]:
    kinds: dict[str, list[str]] = {}
    for letter in text:
        kinds.setdefault(_kind(letter), []).append(letter)
    if "control" in kinds:
        yield "text-control", _told(text, kinds["control"], _ON_ONE_LINE)
    invisible = kinds.get("invisible") or list(signs.lone_accents(text))
    if invisible:
        yield "text-invisible", _told(text, invisible, _TYPE_AGAIN)
    if "damaged" in kinds:
        yield _DAMAGED_FAULT


def _told(text: str, found: list[str], mend: Words) -> Words:
    """The signs by name and place, and the mend."""
    named, places = signs.listed(found), signs.positions(text, found)
    return Words(
        f"Teks ini mengandungi {named.bm} (aksara {places}). {mend.bm}",
        f"This text holds {named.en} (character {places}). {mend.en}",
    )


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


_ON_ONE_LINE = Words("Tulisnya dalam satu baris.", "Write it on one line.")
_TYPE_AGAIN = Words(
    "Biasanya kerana disalin dari laman web atau program lain; taip semula di sini.",
    "Often it was copied from a web page or another program; type it again here.",
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
