"""Whether the portal's profile and the screens agree; what data may not do is told by the kinds."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from rpa import pages, plain_yaml
from rpa.errors import FEW, ConfigInvalid, Words
from rpa.portal.find import WORDS, Button, Control, Table
from rpa.portal.page import Page
from rpa.portal.profile import LOOKS, PROFILE, ROOMS
from rpa.portal.resolve import plain
from rpa.rules import vocabulary
from rpa.rules.vocabulary import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.portal.profile import Look, Profile
    from rpa.settings import Settings


def check_profile(settings: Settings, *, whole: bool = False) -> tuple[Words, ...]:
    """Refuse a profile that does not fit the screens; gives what a person should know of it.

    The shipped one is compared with the screens that are loaded; one that was mended, or
    ``whole``, with all of them, for they are slow to import. Raises ConfigInvalid.
    """
    profile = settings.profile
    whole = whole or bool(profile.mendings)
    if whole:
        pages.controls()
    _fits(profile, whole=whole)
    for where, words in _refused(profile):
        raise ConfigInvalid(words, where=str(settings.config / where))
    return profile.notes


def screens(kind: type[Page] = Page) -> Iterator[type[Page]]:
    """The screens that are loaded."""
    for below in kind.__subclasses__():
        if below.__module__.startswith(pages.__name__):
            yield below
        yield from screens(below)


def names(screen: type[Page]) -> dict[str, Control]:
    """The controls of one screen, those of its bases too."""
    found = ((name, inspect.getattr_static(screen, name)) for name in dir(screen))
    # A landmark is one of the controls under a second name.
    return {n: getattr(screen, n) for n, c in found if isinstance(c, Control) and c.attr == n}


def _loaded() -> dict[str, Control]:
    """Every control of every screen that is loaded, under the screen's own key."""
    return {f"{s.__name__}.{name}": c for s in screens() for name, c in names(s).items()}


def _columns(loaded: dict[str, Control]) -> set[str]:
    """The columns by which tables are asked."""
    tables = {key: one for key, one in loaded.items() if isinstance(one, Table)}
    return {f"{key}.columns.{name}" for key, one in tables.items() for name in one.columns}


def _fits(profile: Profile, *, whole: bool) -> None:
    """Each name of the code stands in the profile, and each name there is one of the code."""
    loaded, known = _loaded(), {screen.__name__ for screen in screens()}
    known |= set(ROOMS)
    code = set(loaded) | _columns(loaded) | _of_rooms()
    told = {key for key in profile.found if whole or key.partition(".")[0] in known}
    if wrong := sorted(code ^ told):
        shown = ", ".join(map(plain_yaml.shown, wrong[:FEW])) + (", …" if wrong[FEW:] else "")
        raise ConfigInvalid(
            Words(NOT_ALIKE.bm.format(shown), NOT_ALIKE.en.format(shown)), where=f"{PROFILE}.yaml"
        )


def _refused(profile: Profile) -> Iterator[tuple[str, Words]]:
    """What a mend says that would mend nothing, or that would touch the last press."""
    if not profile.mendings:
        return
    loaded = _loaded()
    final = {key for key, one in loaded.items() if isinstance(one, Button) and one.commits}
    looks = profile.looks
    kept = {w for key in final for w in _words(*loaded[key].labels, *_labels(looks[key]))}
    for mending in profile.mendings:
        key = f"{mending.screen}.{mending.name}"
        control = loaded.get(key)
        # A column goes by its heading, a word is one.
        findable = control.looks if control else _BY.get(mending.screen, WORDS)
        for part in LOOKS:
            if getattr(mending.mend, part) is not None and part not in findable:
                by = ", ".join(one for one in LOOKS if one in findable)
                yield mending.where, _told(USELESS, f"{key}: {part}", by)
        pressed = isinstance(control, Button) or key.startswith(f"words.{ACTIONS.name}.")
        new = _words(*_labels(mending.mend)) - _words(*(control.labels if control else ()))
        if pressed and key not in final and new & kept:
            yield mending.where, _told(OF_THE_PRESS, key)
    yield from _two_meanings(profile)
    yield from _unknowable(profile)


def _unknowable(profile: Profile) -> Iterator[tuple[str, Words]]:
    """A screen of which nothing is left that tells that it is there."""
    known = {s.__name__: s for s in screens() if hasattr(s, "landmark")}
    for mending in profile.mendings:
        told = names(known[mending.screen]) if mending.screen in known else {}
        if mending.mend.none and all(profile.looks[one.key].none for one in told.values()):
            keys = ", ".join(one.key for one in told.values())
            yield mending.where, _told(NOTHING_LEFT, mending.screen, keys)


def _two_meanings(profile: Profile) -> Iterator[tuple[str, Words]]:
    """Two columns of one table that could be one heading, two meanings of one word."""
    taken: dict[tuple[str, str], str] = {}
    for key, found in profile.found.items():
        table, _, _ = key.rpartition(".")
        one_of = ".columns." in key or key.startswith("words.")
        for word in {plain(word) for word in _labels(found.entry) if one_of}:
            other = taken.setdefault((table, word), key)
            if other != key:
                where = next(o for o in (*found.origins[1:], *profile.found[other].origins[1:]))
                yield where, _told(ONE_WORD, key, other)


def _of_rooms() -> set[str]:
    """What the code asks of the profile beside its screens."""
    words = {f"words.{kind.name}.{key}" for kind in vocabulary.ALL for key in kind.means}
    return words | {f"{room}.{name}" for room, names in _ASKED.items() for name in names}


_ASKED = {
    "patterns": ("case_number", "contribution_number", "employer_code"),
    "signs": ("refusal", "complaint", "success", "question"),
    "formats": ("date",),
}
_BY = {
    "patterns": frozenset({"like"}),
    "signs": frozenset({"css"}),
    "formats": frozenset({"like"}),
}


def _labels(look: Look) -> tuple[str, ...]:
    return look.labels


def _words(*labels: str) -> set[str]:
    """As the resolver compares them: whatever the case, the blanks and the signs around them."""
    return set(map(plain, labels))


def _told(words: Words, *values: str) -> Words:
    return Words(words.bm.format(*values), words.en.format(*values))


NOT_ALIKE = Words(
    "Profil yang dipasang dan skrin alat ini tidak sepadan: {}. Pasang assist-rpa semula.",
    "The profile that is installed does not fit this tool's screens: {}. Install assist-rpa anew.",
)
USELESS = Words(
    "{}: perkara ini tidak dicari begitu, maka tiada yang dibetulkan. Ia dicari melalui: {}.",
    "{}: this is not found by that, so it would mend nothing. It is found by: {}.",
)
ONE_WORD = Words(
    "{} dan {} tidak boleh mempunyai kata yang sama: yang mana satu tidak akan diketahui.",
    "{} and {} cannot have the same words: nobody could tell which of them is meant.",
)
NOTHING_LEFT = Words(
    "{}: jika semua ini tiada, tiada apa-apa yang menunjukkan bahawa skrin ini terbuka: {}.",
    "{}: with none of these, nothing would tell that this screen has come: {}.",
)
OF_THE_PRESS = Words(
    "{}: ini kata pada butang penghantaran terakhir; butang lain tidak boleh memakainya.",
    "{}: these are the words of the last press, which files; no other button may have them.",
)
