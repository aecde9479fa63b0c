"""What an office sends by itself, made ready: one file each, whose name is the procedure's name.

A package procedure opens no browser, needs neither portal nor secrets, and sends nothing: it makes
a folder of papers and a draft of a mail, and a person sends them.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from rpa.parcel.package import Parcel

_SHARED = {"package", "mail", "paper", "borang", "enrolment_words", "sps", "sps_book"}


def names() -> list[str]:
    """All package procedures there are, by looking at the files."""
    found = (m.name for m in pkgutil.iter_modules(__path__))
    return sorted(name for name in found if name not in _SHARED)


def load(name: str) -> Parcel:
    """The package procedure of that name. Raises KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    return cast("Parcel", importlib.import_module(f"{__name__}.{name}"))
