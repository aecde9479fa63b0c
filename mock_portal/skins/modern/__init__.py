"""The portal as it may look after a rebuilding: its names and addresses; kit.html is its parts."""

from __future__ import annotations

from types import MappingProxyType

from mock_portal.skins import Renamed


class Modern(Renamed):
    """Native controls, plain addresses, words within what the guides and the facts have."""

    key = "modern"
    addresses = MappingProxyType({"/web/": "/portal/"})
