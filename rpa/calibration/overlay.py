"""Lines of a profile on their way: the operator's own with those that were seen laid over them."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from rpa import plain_yaml
from rpa.errors import NotWritten, Words, keeping
from rpa.evidence.files import write_private
from rpa.portal.profile import OLD, OVERLAY, PROFILE, ROOMS, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from rpa.portal.profile import Profile
    from rpa.settings import Settings

SOURCE = "source"
ADDED = frozenset({"bm", "en", "under"})  # of which a portal may show several
Line = tuple[str, "Mapping[str, str]"]  # a key of the profile, and what is said of it


def standing(config: Path) -> dict[str, Any]:
    """What ``config/profile.yaml`` says, or the file that it replaced. Raises ConfigInvalid."""
    told = plain_yaml.read_marked(config / OVERLAY).values
    old = plain_yaml.read_marked(config / OLD).values
    whole: dict[str, Any] = dict(told) or {"extends": PROFILE}
    for key, values in old.items():
        put(whole, key, values)
    return whole


def put(
    whole: dict[str, Any], key: str, values: Mapping[str, str], more: AbstractSet[str] = frozenset()
) -> None:
    """Lay these parts of an entry over what stands there: ``Screen.name``, ``Screen.t.columns.c``.

    A word of a vocabulary, with the key ``words.vocabulary.meaning``, is added to the others; so
    are the words of these parts.
    """
    at = _entry(whole, key)
    for part, text in values.items():
        added = key.startswith("words.") or part in more & ADDED
        at[part] = _with(at.get(part), text) if added else text
    if "none" in values:
        for part in ("bm", "en", "name", "id"):
            at.pop(part, None)
    elif values:
        at.pop("none", None)


def lay(whole: dict[str, Any], lines: Iterable[Line]) -> None:
    """The first words of a part take the place of what stood there; later ones were seen, too."""
    said: set[tuple[str, str]] = set()
    for key, values in lines:
        put(whole, key, values, {part for part in values if (key, part) in said})
        said.update((key, part) for part in values)


def put_about(whole: dict[str, Any], key: str, about: Mapping[str, Any]) -> None:
    """Who has seen it; what was said of it before is gone with what it was."""
    at = _entry(whole, key)
    at.pop("confirmed", None)
    at.update(about)


def _entry(whole: dict[str, Any], key: str) -> dict[str, Any]:
    way = key.split(".")
    if way[0] not in ROOMS:
        way.insert(0, "screens")
    at = whole
    for part in way:
        below = at.get(part)
        if not isinstance(below, dict):
            below = at[part] = {}
        at = below
    return at


def _with(old: Any, new: str) -> Any:
    told = [old] if isinstance(old, str) else list(old or ())
    return new if not told else list(dict.fromkeys((*told, new)))


def tried(config: Path, lines: Sequence[Line]) -> Profile:
    """The profile as it would be with these lines. Raises ConfigInvalid where they do not fit."""
    whole = standing(config)
    lay(whole, lines)
    with TemporaryDirectory() as folder:  # no run's: what is tried is no evidence
        write(Path(folder) / OVERLAY, whole)
        return load(Path(folder))


def commented(config: Path) -> dict[str, Any]:
    """The same as ``standing``, with the office's own comments and order where it has the file."""
    whole = standing(config)
    if not (config / OVERLAY).is_file() or (config / OLD).is_file():
        return whole
    told: dict[str, Any] = _yaml().load((config / OVERLAY).read_text("utf-8"))
    return told if told == whole else whole


def text(whole: Mapping[str, Any]) -> str:
    """As YAML."""
    into = io.StringIO()
    _yaml().dump(whole, into)
    return into.getvalue()


def write(place: Path, whole: Mapping[str, Any]) -> Path:
    """Its owner's alone; where it stands then. Raises NotWritten."""
    with keeping(place):
        return write_private(place, text(whole).encode())


def keep(settings: Settings, whole: Mapping[str, Any]) -> Path:
    """As ``config/profile.yaml``; what it was stands beside it. Raises NotWritten."""
    place = settings.config / OVERLAY
    if place.is_file():
        with keeping(place):
            stamp = f"{settings.now():%Y%m%d-%H%M%S}"
            shutil.copy2(place, place.with_name(f"{OVERLAY}.before-{stamp}"))
    if write(place, whole) != place:
        raise NotWritten(HELD, where=str(place))
    return place


def confirmed(by: str, on: date) -> dict[str, Any]:
    """That an office has seen it at the live portal."""
    return {"confirmed": {"by": by, "on": on.isoformat()}}


def _yaml() -> YAML:
    """Reads and writes with comments; what it reads has been read by `plain_yaml` before."""
    kept = YAML()
    kept.preserve_quotes, kept.width = True, 120
    return kept


HELD = Words(
    "Fail ini dipegang oleh program lain; tutup program itu, kemudian jalankan semula.",
    "Another program holds this file; close it there, then run again.",
)
