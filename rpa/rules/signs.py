"""Signs that are not what they look like, by their names: what a person cannot see, they are told.

A cell from a web page, a payroll program or a telephone holds apostrophes, dashes and blanks that
differ from those of a keyboard. Nothing is repaired here: a sentence names the sign and the mend.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rpa.errors import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

APOSTROPHES = "'’‘ʼ`´′"
_DASHES = "-‐‑‒–—―−﹘﹣－"
_EQUALS = re.compile(r'=\s*"(.*)"\s*')
_SEVERAL_BLANKS = re.compile(r"\S( {2,})\S")
_SHOWN = 3

_NAMES = {
    "\t": Words("Tab", "a tab"),
    "\n": Words("baris baharu", "a line break"),
    "\r": Words("baris baharu", "a line break"),
    "\x1a": Words("tanda akhir fail lama (1A)", "an old end-of-file sign (1A)"),
    "\u00a0": Words("ruang tanpa pisah (U+00A0)", "a no-break space (U+00A0)"),
    "\u00ad": Words("sengkang lembut (U+00AD)", "a soft hyphen (U+00AD)"),
    "\u200b": Words("ruang lebar sifar (U+200B)", "a zero-width space (U+200B)"),
    "\ufeff": Words("tanda UTF-8 (U+FEFF)", "a byte-order mark (U+FEFF)"),
    "'": Words("tanda petik (')", "an apostrophe (')"),
    "’": Words("tanda petik melengkung (’)", "a curly apostrophe (’)"),
    "‘": Words("tanda petik melengkung (‘)", "a curly apostrophe (‘)"),
    "`": Words("tanda petik condong (`)", "a backquote (`)"),
    "´": Words("tanda aksen (´)", "an accent (´)"),
    " ": Words("ruang kosong", "a blank"),
    "=": Words('="…" (formula)', '="…" (a formula)'),
    ",": Words("koma", "a comma"),
    "(": Words("kurungan", "a bracket"),
    ")": Words("kurungan", "a bracket"),
}


def name(sign: str) -> Words:
    """What to call one sign so that a clerk knows it; the code of one that has no name here."""
    code = f"U+{ord(sign):04X}"
    if sign in _NAMES:
        return _NAMES[sign]
    if sign in _DASHES:
        return Words(f"tanda sengkang ({sign}, {code})", f"a dash ({sign}, {code})")
    kind = unicodedata.category(sign)
    if kind in {"Zs", "Zl", "Zp"}:
        return Words(f"ruang khas ({code})", f"a special space ({code})")
    if kind[0] == "C":
        return Words(f"aksara tidak kelihatan ({code})", f"an invisible character ({code})")
    if kind == "Mn":
        return Words(f"tanda aksen berasingan ({code})", f"an accent by itself ({code})")
    return Words(f"'{sign}' ({code})", f"'{sign}' ({code})")


def listed(signs: Iterable[str]) -> Words:
    """Several signs, each once, in one part of a sentence."""
    names = list(dict.fromkeys(name(sign) for sign in signs))
    bm, en = ([getattr(n, lang) for n in names[:_SHOWN]] for lang in ("bm", "en"))
    more = ", …" if len(names) > _SHOWN else ""
    return Words(", ".join(bm) + more, ", ".join(en) + more)


def positions(text: str, signs: Iterable[str]) -> str:
    """Where the first of these signs stand in a text, counted from 1."""
    sought = set(signs)
    found = [str(i) for i, sign in enumerate(text, 1) if sign in sought]
    return ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")


def several_blanks(text: str) -> int:
    """Where a run of blanks inside a text begins, from 1; 0 where there is none."""
    match = _SEVERAL_BLANKS.search(text)
    return match.start(1) + 1 if match else 0


def around_digits(text: str) -> tuple[str, str]:
    """A number without the signs that may stand around and between its digits, and those signs.

    Such as ``'900101…``, ``="900101…"``, a tab behind it, odd dashes: only to name them.
    """
    if match := _EQUALS.fullmatch(text):
        bare, signs = around_digits(match[1])
        return bare, "=" + signs
    bare = "".join(c for c in text if not _aside(c))
    plain = unicodedata.normalize("NFKC", bare)
    odd = [c for c, p in zip(bare, plain, strict=False) if c != p] if plain != bare else []
    return plain, "".join(dict.fromkeys([*(c for c in text if _aside(c)), *odd]))


def _aside(sign: str) -> bool:
    strange = unicodedata.category(sign) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
    return strange or sign in APOSTROPHES or sign in _DASHES


def lone_accents(text: str) -> Iterator[str]:
    """Marks that stand behind their letter as a character of their own (NFD)."""
    if unicodedata.is_normalized("NFC", text):
        return
    yield from (c for c in text if unicodedata.category(c) == "Mn")
