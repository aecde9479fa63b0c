"""The screens: names and verbs. How each name is found stands in the portal's profile."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from rpa.portal.find import REGISTRY

if TYPE_CHECKING:
    from rpa.portal.find import Control


def controls() -> dict[str, Control]:
    """Every control of every screen here by its key, whichever of them a procedure needs."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {key: one for key, one in REGISTRY.items() if one.room.startswith(__name__)}
