"""What a thing of the portal is for: the words by which a person is asked about it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rpa import plain_yaml
from rpa.errors import Words
from rpa.portal.profile import shipped

_DATA = Path(__file__).with_name("purposes.yaml")


@cache
def purposes() -> dict[str, Words]:
    """By the key under which an entry is defined."""
    return {key: Words(**said) for key, said in (plain_yaml.read(_DATA) or {}).items()}


def asked_for(key: str, known: str) -> Words:
    """What is sought: its purpose, with what it was called so far; or that alone."""
    said = purposes().get(shipped().home(key))
    if said is None:
        return Words.quoted(f"'{known}'" if known else key)
    was_bm, was_en = (f" (dahulu '{known}')", f" (formerly '{known}')") if known else ("", "")
    return Words(f"{said.bm}{was_bm}", f"{said.en}{was_en}")
