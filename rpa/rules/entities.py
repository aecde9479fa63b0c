"""The business entities and sub-entities that the registration form offers (facts 4.1)."""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.rules.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CORPORATION = "Corporation"
PARTNERSHIP = "Partnership"
SOLE_PROPRIETOR = "Sole Proprietor / Individual Business"
OTHERS = "Others"

LIMITED_LIABILITY_PARTNERSHIP = "Limited Liability Partnership"
REGISTERED_WITH_SSM = "Registered with SSM"
NOT_REGISTERED = "Not Registered"

_BUSINESSES = ("Registered with other Agencies", REGISTERED_WITH_SSM, NOT_REGISTERED)

ENTITIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CORPORATION: (LIMITED_LIABILITY_PARTNERSHIP, "Berhad", "Sendirian Berhad"),
        PARTNERSHIP: _BUSINESSES,
        SOLE_PROPRIETOR: _BUSINESSES,
        OTHERS: (
            "Federal Government Agency",
            "State Statutory Body",
            "Federal Statutory Body",
            "IPTS",
            "State Government Agency",
            "Business Representative",
            "Embassy",
            "Local Authority",
            "NGO / Society",
            "Cooperative",
        ),
    }
)
"""Each entity with the sub-entities that its choice opens."""


def findings(entity: str | None, sub_entity: str | None, more: str | None) -> Iterator[Finding]:
    """The objections to the three lists; what could not be read is None and is passed over.

    ``more`` is the third list, which opens for some of Others only; its words are not all known.
    """
    if entity is not None and entity not in ENTITIES:
        yield Finding("business_entity", "entity-unknown", _unknown(entity, ENTITIES))
        return
    below = ENTITIES.get(entity or "", ())
    if entity is not None and sub_entity is not None and sub_entity not in below:
        yield Finding("sub_business_entity", "sub-entity-unknown", _unknown(sub_entity, below))
    if entity is not None and entity != OTHERS and more is not None:
        yield Finding("sub_business_entity_list", "entity-list", _NO_LIST)


def _unknown(word: str, known: Iterable[str]) -> Words:
    names = list(known)
    listed = ", ".join(f"'{name}'" for name in get_close_matches(word, names) or names)
    return Words(
        f"Pilihan ini tiada dalam senarai portal. Yang terdekat: {listed}.",
        f"The portal's list has no such choice. The nearest: {listed}.",
    )


_NO_LIST = Words(
    "Senarai ini hanya untuk entiti 'Others'. Padamkannya.",
    "This list is for the entity 'Others' only. Remove it.",
)
