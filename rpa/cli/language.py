"""The operator's language, for whoever prints; imports nothing heavy, for `--help` needs it."""

from __future__ import annotations

import locale
import os
import re

MALAY = {"bm", "ms", "my", "malay", "melayu", "bahasa melayu", "bahasa malaysia"}
ENGLISH = {"en", "english", "inggeris", "bahasa inggeris", "bi"}


def malay() -> bool:
    """Whether to speak Malay: ASSIST_RPA_LANGUAGE=bm|en, else as the computer is set."""
    wanted = asked()
    if wanted in MALAY | ENGLISH:
        return wanted in MALAY
    return (_of_the_computer() or "").casefold().startswith(("ms", "malay"))


def language() -> str:
    """The same as a word: ``bm`` or ``en``."""
    return "bm" if malay() else "en"


def asked() -> str:
    """The language that is set, without the country of a computer's own name for it: ``ms_MY``."""
    told = os.environ.get("ASSIST_RPA_LANGUAGE", "").strip().casefold()
    return re.split(r"[_.@-]", told)[0]


def _of_the_computer() -> str | None:
    try:
        return locale.getlocale()[0]
    except ValueError:  # Windows may have a name for it that Python's list has not
        return None
