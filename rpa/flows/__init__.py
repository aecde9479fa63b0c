"""The procedures, one file each; the file's name is the procedure's name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rpa.portal.find import Control
    from rpa.portal.profile import Look
    from rpa.procedure.contract import Procedure


def names() -> list[str]:
    """All procedures there are, by looking at the files."""
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))


def load(name: str) -> Procedure:
    """The procedure of that name. Raises KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    return cast("Procedure", importlib.import_module(f"{__name__}.{name}"))


def decided_on(name: str) -> bool:
    """Whether PERKESO decides over its cases, which the inbox then shows."""
    from rpa.pages.shell import cases  # noqa: PLC0415  names alone need no browser

    return load(name).tray is cases


def beside(procedure: Procedure, looks: Mapping[str, Look]) -> set[str]:
    """The menu words of the procedures whose case numbers begin like this one's.

    In the inbox they tell a case of another kind. ``looks``: as the profile in use has them.
    """
    own = set(_entry(procedure, looks))
    alike = (load(name) for name in names())
    mine = _prefixes(procedure)
    words = (w for other in alike if mine & _prefixes(other) for w in _entry(other, looks))
    return set(words) - own


def _prefixes(procedure: Procedure) -> set[str]:
    prefix = procedure.PREFIX
    return {prefix} if isinstance(prefix, str) else set(prefix)


def _entry(procedure: Procedure, looks: Mapping[str, Look]) -> tuple[str, ...]:
    entry: Control = vars(procedure.SCREEN)["entry"]
    look = looks[entry.key]
    return look.labels
