"""The procedures, one file each; the file's name is the procedure's name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, cast

from rpa.pages.shell import cases

if TYPE_CHECKING:
    from rpa.portal.find import Control
    from rpa.run.procedure import Procedure


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
    return load(name).tray is cases


def beside(procedure: Procedure) -> set[str]:
    """The menu words of the procedures whose case numbers begin like this one's.

    In the inbox they tell a case of another kind.
    """
    own = set(_entry(procedure))
    alike = (load(name) for name in names())
    mine = _prefixes(procedure)
    words = (w for other in alike if mine & _prefixes(other) for w in _entry(other))
    return set(words) - own


def _prefixes(procedure: Procedure) -> set[str]:
    prefix = procedure.PREFIX
    return {prefix} if isinstance(prefix, str) else set(prefix)


def _entry(procedure: Procedure) -> tuple[str, ...]:
    entry: Control = vars(procedure.SCREEN)["entry"]
    return entry.labels
