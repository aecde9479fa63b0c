"""The screens."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from rpa import plain_yaml
from rpa.errors import FEW, ConfigInvalid, Words
from rpa.portal.find import REGISTRY

if TYPE_CHECKING:
    from rpa.portal.find import Control
    from rpa.settings import Settings


def controls() -> dict[str, Control]:
    """Every control of every screen by its key, whichever of them a procedure needs."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return REGISTRY


def check_overrides(settings: Settings) -> None:
    """Refuse a key that no screen has: a misspelt repair repairs nothing. Raises ConfigInvalid."""
    if not settings.locators:
        return  # the screens are slow to import
    unknown = sorted(set(settings.locators) - set(controls()))
    if unknown:
        told = ", ".join(plain_yaml.shown(key) for key in unknown[:FEW])
        told += ", …" if len(unknown) > FEW else ""
        raise ConfigInvalid(
            Words(f"Kunci tidak dikenali: {told}.", f"Unknown keys: {told}."),
            where=str(settings.config / "locators.yaml"),
        )
