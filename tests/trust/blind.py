"""A plugin of pytest that takes one guard away, so that the tests which should notice go red.

``TRUST_BLIND='rpa.engine.pins:require'`` with ``-p tests.trust.blind``: the function does nothing
and gives None; ``'rpa.evidence.verifier:check=()'``: it gives that.
"""

from __future__ import annotations

import ast
import importlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLE = "TRUST_BLIND"


def blinded(guard: str) -> Callable[[], None]:
    """Take it away; what puts it back. Raises AttributeError for one that is not there."""
    place, _, given = guard.partition("=")
    module, _, names = place.partition(":")
    owner = importlib.import_module(module)
    *above, name = names.split(".")
    for one in above:
        owner = getattr(owner, one)
    before = vars(owner)[name] if name in vars(owner) else getattr(owner, name)
    answer = ast.literal_eval(given or "None")
    setattr(owner, name, lambda *_, **__: answer)
    return lambda: setattr(owner, name, before)


def pytest_configure() -> None:
    """Before any test is collected."""
    if guard := os.environ.get(VARIABLE):
        blinded(guard)
