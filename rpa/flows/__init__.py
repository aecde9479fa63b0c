"""The procedures, one file each; the file's name is the procedure's name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from rpa.run.procedure import Procedure


def names() -> list[str]:
    """All procedures there are, by looking at the files."""
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))


def load(name: str) -> Procedure:
    """The procedure of that name. Raises KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    return cast("Procedure", importlib.import_module(f"{__name__}.{name}"))
