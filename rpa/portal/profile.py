"""The portal's looks as data: what each thing on each screen is called, which an office can mend.

`profiles/assist-2019.yaml` holds what the facts and the guide say. ``config/profile.yaml`` holds
only what differs, and can touch nothing but looks: words, endings of names and ids, and a CSS
selector where the profile has one. What is dangerous about the portal is code, and no data reaches
it: a sign that is known can be exchanged here and never taken away.

A screen has its own entries and those of the screens it ``uses``; its own win. So an entry is
mended for one screen (``EmployeePopup``) or where it is defined, for all of them (``LocalFields``).
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    create_model,
)

from rpa import plain_yaml
from rpa.errors import FEW, ConfigInvalid, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rpa.plain_yaml import Marked

PROFILE = "assist-2019"
OVERLAY, OLD = "profile.yaml", "locators.yaml"
UNKNOWN = "unknown"
# What decides where a thing is, and what a word or a number of the portal is.
LOOKS = ("bm", "en", "name", "id", "css", "under", "opened_by", "like", "none")
# What belongs to no one screen. An overlay adds to it: no word moves to another meaning, no sign of
# trouble is taken away; a format alone is exchanged.
ROOMS = ("words", "patterns", "signs", "formats")
ADDED = frozenset(ROOMS[:3])
DATES = ("dd/mm/yyyy", "dd-mm-yyyy", "dd.mm.yyyy", "yyyy-mm-dd")  # no two of them read one text
FEWEST = 6  # digits of a number of the portal; fewer would fit by chance
_SHIPPED = Path(__file__).parent / "profiles"
_ABOUT = ("uses", "source")  # what a screen says of itself, beside its entries
PARTS = ("columns",)  # what an entry holds under keys of its own: Inbox.cases.columns.status

_WORD = {"type": "string", "pattern": r"\S", "maxLength": 200}


def _several(told: Any) -> Any:
    """One word or several; ``unknown`` is none at all."""
    if told == UNKNOWN:
        return ()
    if told == []:
        raise ValueError("no words at all would fit any control")
    return (told,) if isinstance(told, str) else tuple(told) if isinstance(told, list) else told


# No words at all would fit any control.
_Word = Annotated[str, Field(pattern=r"\S", max_length=200)]
_Words = Annotated[
    tuple[_Word, ...],
    BeforeValidator(_several),
    WithJsonSchema({"anyOf": [_WORD, {"type": "array", "items": _WORD, "minItems": 1}]}),
]
# The end of a name or an id; shorter ones would fit by chance, other signs would be CSS.
_End = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{3,200}$")]
# One element, perhaps inside others. No list of alternatives, and nothing that counts places.
_ONE = r"^([A-Za-z0-9_ .#-]|\[[A-Za-z0-9_ \"'=$^*~/.-]+\]){1,200}$"
_CSS = {"type": "string", "pattern": _ONE}


def _any_of(told: Any) -> Any:
    """One element, or any of several: only a sign may be several things."""
    those = told if isinstance(told, list) and told else [told]
    if not all(isinstance(one, str) and re.match(_ONE, one) for one in those):
        raise ValueError("not one element")
    return ", ".join(those)


_Css = Annotated[
    str,
    BeforeValidator(_any_of),
    WithJsonSchema({"anyOf": [_CSS, {"type": "array", "items": _CSS, "minItems": 1}]}),
]
# Letters, digits and how many, one of several beginnings; nothing that fits any text.
_LIKE = (
    r"(?:[A-Z]\??|\[A-Z\]|\((?:[A-Z]{1,8}\|)*[A-Z]{1,8}\)|\\d(?:\{[0-9]{1,2}(?:,[0-9]{1,2})?\})?)+"
)
_Like = Annotated[
    str,
    Field(pattern=rf"^(?:{_LIKE}|[dmy]{{2,4}}[-/.][dmy]{{2,4}}[-/.][dmy]{{2,4}})$", max_length=200),
]
_Likes = Annotated[tuple[_Like, ...], BeforeValidator(_several)]
_Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$", max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Confirmed(_Strict):
    """Somebody has seen it on the live portal."""

    by: Annotated[_Line, Field(description="The office that has seen it; no person's name.")]
    on: Annotated[date, Field(description="The day, as 2026-11-28.")]


class Look(_Strict):
    """How one thing on a screen is found; what is not said stays as it is."""

    bm: Annotated[_Words | None, Field(description="Its Malay words, or a list of them.")] = None
    en: Annotated[_Words | None, Field(description="Its English words, or a list of them.")] = None
    name: Annotated[_End | None, Field(description="The end of its stable HTML name.")] = None
    id: Annotated[_End | None, Field(description="The end of its stable HTML id.")] = None
    css: Annotated[_Css | None, Field(description="Which of the things with these words.")] = None
    under: Annotated[_Words | None, Field(description="The words over the list it is in.")] = None
    opened_by: Annotated[_End | None, Field(description="The id of the icon that opens it.")] = None
    none: Annotated[_Line | None, Field(description="That it is not there, and why.")] = None
    like: Annotated[_Likes | None, Field(description="How a number or a date is written.")] = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Its words in both languages, the Malay ones first."""
        return (*(self.bm or ()), *(self.en or ()))


class Mend(Look):
    """One entry of an overlay."""

    source: Annotated[_Line | None, Field(description="Where it was seen.")] = None
    confirmed: Annotated[
        Confirmed | None, Field(description="Who has seen it on the live portal, and when.")
    ] = None


class Entry(Mend):
    """One entry of a shipped profile: seen somewhere (``source``), or assumed."""

    assumed: bool = False

    def mended(self, by: Mend, *, adds: bool = False) -> Entry:
        """The same as an overlay has it; what has other looks is not what was confirmed."""
        told = {part: getattr(by, part) for part in LOOKS if getattr(by, part) is not None}
        if told:
            told.setdefault("none", None)  # what has a look is there
        told = (
            {part: _with(getattr(self, part), new) for part, new in told.items()} if adds else told
        )
        moved = any(getattr(self, part) != value for part, value in told.items())
        about: dict[str, Any] = {"source": None, "assumed": False, "confirmed": None}
        said = {"source": by.source, "confirmed": by.confirmed}
        about = (about if moved else {}) | {k: v for k, v in said.items() if v}
        return self.model_copy(update={**told, **about})


def _with(old: Any, new: Any) -> Any:
    """Both: words and patterns beside each other, css as a list."""
    if isinstance(new, tuple):
        return tuple(dict.fromkeys((*(old or ()), *new)))
    return ", ".join(dict.fromkeys([old, new])) if old else new


class Found(NamedTuple):
    """What holds for one key, and where each part of it came from."""

    key: str
    entry: Entry
    home: str
    origins: tuple[str, ...]

    @property
    def at_home(self) -> str:
        """The key under which it is defined, for all screens that have it."""
        return f"{self.home}.{self.key.partition('.')[2]}"

    @property
    def is_mended(self) -> bool:
        """Whether an overlay has a say in it."""
        return len(self.origins) > 1


class _Screen(NamedTuple):
    uses: tuple[str, ...]
    entries: dict[str, tuple[Entry, str]]


_Way = tuple[str, ...]


class _Mending(NamedTuple):
    screen: str
    name: str
    mend: Mend
    where: str


@dataclass(frozen=True)
class Profile:
    """The shipped profile with an overlay over it."""

    screens: Mapping[str, _Screen]
    mendings: tuple[_Mending, ...] = ()
    notes: tuple[Words, ...] = ()
    rooms: Mapping[str, _Screen] = field(default_factory=dict)

    @cached_property
    def places(self) -> dict[str, _Screen]:
        """The screens, and what belongs to none of them."""
        return {**self.screens, **self.rooms}

    def home(self, key: str) -> str:
        """The key under which an entry is defined, for all screens that have it."""
        found = self.found.get(key)
        return found.at_home if found else key

    @cached_property
    def words(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Each vocabulary: the words of each of its meanings."""
        told: dict[str, dict[str, tuple[str, ...]]] = {}
        for key in self.rooms["words"].entries:
            name, _, meaning = key.partition(".")
            look = self.looks[f"words.{key}"]
            told.setdefault(name, {})[meaning] = (*(look.en or ()), *(look.bm or ()))
        return told

    @cached_property
    def meanings(self) -> dict[str, dict[str, str]]:
        """Each vocabulary the other way round: what a word means, whatever its case and blanks."""
        return {
            name: {same(word): meaning for meaning, words in told.items() for word in words}
            for name, told in self.words.items()
        }

    def pattern(self, name: str) -> re.Pattern[str]:
        """How a number of the portal is written, any of its forms."""
        forms = self.looks[f"patterns.{name}"].like or ()
        return re.compile("|".join(f"(?:{one})" for one in forms), re.ASCII)

    @property
    def date(self) -> str:
        """How the portal writes a day, for ``strftime``."""
        (told,) = self.looks["formats.date"].like or ("",)
        return told.replace("dd", "%d").replace("mm", "%m").replace("yyyy", "%Y")

    def sign(self, name: str) -> str:
        """The css of a sign: any of these."""
        return self.looks[f"signs.{name}"].css or ""

    @cached_property
    def found(self) -> dict[str, Found]:
        """Every entry of every screen, inherited ones too, under ``Screen.name``."""
        return {one.key: one for place in self.places for one in self._of(place)}

    @cached_property
    def declared(self) -> dict[str, Found]:
        """Every entry once: where it is defined, and where an overlay mends one screen alone."""
        own = {f"{m.screen}.{m.name}" for m in self.mendings}
        return {k: f for k, f in self.found.items() if k.startswith(f"{f.home}.") or k in own}

    @property
    def shipped(self) -> Profile:
        """The same without its overlay."""
        return Profile(self.screens, rooms=self.rooms)

    @cached_property
    def looks(self) -> dict[str, Look]:
        """What screens are found by."""
        return {key: one.entry for key, one in self.found.items()}

    @cached_property
    def text(self) -> bytes:
        """All that decides what is found, canonical; who has confirmed it does not."""
        told = {
            key: one.model_dump(include=set(LOOKS), exclude_none=True)
            for key, one in self.looks.items()
        }
        content = {"profile": PROFILE, "looks": told}
        return f"{json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text: of two runs it says whether they read the portal alike."""
        return hashlib.sha256(self.text).hexdigest()

    def line(self, screen: str) -> list[str]:
        """The screen and all that it uses, the nearest first."""
        uses = (name for base in self.places[screen].uses for name in self.line(base))
        return list(dict.fromkeys([screen, *uses]))

    def users(self, screen: str) -> list[str]:
        """The screens that have this one's entries too."""
        return [name for name in self.screens if name != screen and screen in self.line(name)]

    def _of(self, screen: str) -> Iterator[Found]:
        line = self.line(screen)
        homes: dict[str, str] = {}
        for place in line:
            for name in self.places[place].entries:
                homes.setdefault(name, place)
        for name, home in homes.items():
            entry, where = self.places[home].entries[name]
            origins = [where]
            # The farthest first, so that what a screen has of its own is the last word.
            for place in reversed(line[: line.index(home) + 1]):
                for mending in self._by.get((place, name), ()):
                    entry = entry.mended(mending.mend, adds=place in ADDED)
                    origins.append(mending.where)
            yield Found(f"{screen}.{name}", entry, home, tuple(origins))

    @cached_property
    def _by(self) -> dict[tuple[str, str], list[_Mending]]:
        by: dict[tuple[str, str], list[_Mending]] = {}
        for one in self.mendings:
            by.setdefault((one.screen, one.name), []).append(one)
        return by


def same(word: str) -> str:
    """A word as it is compared."""
    return "".join(word.split()).casefold()


# No context variable: the driver's own callbacks run in greenlets, which would not see it.
_IN_USE: list[Profile] = []


def in_use() -> Profile:
    """The profile by which the portal is read here; without a portal the one as it came."""
    return _IN_USE[-1] if _IN_USE else shipped()


@contextmanager
def using(profile: Profile) -> Iterator[None]:
    """Around all that is done at a portal: one process works at one portal at a time."""
    _IN_USE.append(profile)
    try:
        yield
    finally:
        _IN_USE.pop()


@cache
def shipped() -> Profile:
    """The profile as it came with this tool."""
    file = _SHIPPED / f"{PROFILE}.yaml"
    values, places = plain_yaml.marked(file.read_text("utf-8"))
    screens = {}
    for screen, told in values["screens"].items():
        entries = {}
        named = {name: looks for name, looks in told.items() if name not in _ABOUT}
        for name, looks, way in _apart(named, ("screens", screen)):
            seen = {} if "assumed" in looks else {"source": told.get("source")}
            line, _ = places[way]
            entries[name] = (Entry.model_validate(seen | looks), f"{PROFILE}:{line}")
        screens[screen] = _Screen(tuple(told.get("uses", ())), entries)
    return Profile(screens, rooms={room: _room(room, values, places) for room in ROOMS})


def _room(room: str, values: dict[str, Any], places: dict[_Way, tuple[int, int]]) -> _Screen:
    entries = {}
    for name, looks, way in _things(room, values[room]):
        line, _ = places[way]
        entries[name] = (Entry.model_validate(looks), f"{PROFILE}:{line}")
    return _Screen((), entries)


def _things(room: str, told: dict[str, Any]) -> Iterator[tuple[str, Any, _Way]]:
    """The entries of a room; a vocabulary has one for each of its meanings."""
    for name, held in told.items():
        if room != "words" or not isinstance(held, dict) or not held:
            yield name, held, (room, name)
            continue
        for meaning, looks in held.items():
            yield f"{name}.{meaning}", looks, (room, name, meaning)


def _apart(entries: dict[str, Any], way: _Way) -> Iterator[tuple[str, Any, _Way]]:
    """Each entry, and each of the things that it holds, with its name and its way down."""
    for name, told in entries.items():
        held = told if isinstance(told, dict) else {}
        parts = [part for part in PARTS if held.get(part) and isinstance(held[part], dict)]
        rest = {key: value for key, value in held.items() if key not in parts}
        if rest or not parts:
            yield name, rest or told, (*way, name)
        for part in parts:
            for thing, looks in held[part].items():
                yield f"{name}.{part}.{thing}", looks, (*way, name, part, thing)


def load(config: Path) -> Profile:
    """The shipped profile as the overlay of this folder mends it. Raises ConfigInvalid."""
    overlay, old = config / OVERLAY, config / OLD
    told, keys = plain_yaml.read_marked(overlay), plain_yaml.read_marked(old)
    if not told.values and not keys.values:
        return shipped()
    if told.values and keys.values:
        raise ConfigInvalid(BOTH, where=str(old))
    if told.values:
        return replace(shipped(), mendings=_Reader(overlay, told).overlay())
    reader = _Reader(old, keys)
    return replace(shipped(), mendings=reader.old(), notes=(reader.renamed(),))


def overlay_schema() -> dict[str, Any]:
    """The JSON Schema of an overlay, with every screen and every entry by name."""
    entries: dict[str, dict[str, Any]] = {screen: {} for screen in shipped().screens}
    for key, one in shipped().found.items():
        screen, _, name = key.partition(".")
        if screen not in ROOMS and "." not in name:
            kind = _table_schema(key) or Mend
            entries[screen][name] = (kind | None, Field(None, description=one.entry.source))
    screens: dict[str, Any] = {
        screen: (create_model(screen, __base__=_Strict, **fields) | None, None)
        for screen, fields in entries.items()
    }
    whole: dict[str, Any] = {
        "extends": (Literal["assist-2019"], ...),
        "screens": (create_model("Screens", __base__=_Strict, **screens) | None, None),
        **{room: (_room_schema(room) | None, None) for room in ROOMS},
    }
    doc = f"What config/{OVERLAY} may hold."
    return create_model("Profile", __base__=_Strict, __doc__=doc, **whole).model_json_schema()


def _room_schema(room: str) -> type[BaseModel]:
    """What of a room may be mended, by name."""
    told: dict[str, dict[str, Any]] = {}
    for name in shipped().rooms[room].entries:
        one, _, meaning = name.partition(".")
        told.setdefault(one, {})[meaning] = (Mend | None, None)
    fields: dict[str, Any] = {
        one: (Mend | None, None)
        if "" in held
        else (create_model(f"{room}_{one}", __base__=_Strict, **held) | None, None)
        for one, held in told.items()
    }
    return create_model(room, __base__=_Strict, **fields)


def _table_schema(key: str) -> type[Mend] | None:
    """A mend that may have columns too; None for what has none."""
    before = f"{key}.columns."
    names = [one.removeprefix(before) for one in shipped().found if one.startswith(before)]
    columns: dict[str, Any] = dict.fromkeys(names, (Mend | None, None))
    if not columns:
        return None
    of = key.replace(".", "_")
    held: dict[str, Any] = {
        "columns": (create_model(f"{of}_columns", __base__=_Strict, **columns) | None, None)
    }
    return create_model(of, __base__=Mend, **held)


class _Reader:
    """One overlay, each fault of it with its place; all of them at once."""

    def __init__(self, file: Path, marked: Marked) -> None:
        self._file = file
        self._values, self._places = marked
        self._faults: list[tuple[tuple[int, int], Words]] = []
        self._base = shipped()

    def overlay(self) -> tuple[_Mending, ...]:
        """``extends``, ``screens`` and what belongs to no screen."""
        known = ["extends", "screens", *ROOMS]
        for key in self._values.keys() - set(known):
            self._unknown((key,), known)
        base = self._values.get("extends")
        if base != PROFILE:
            self._fault(("extends",), EXTENDS if base is None else _no_such(base, [PROFILE]))
        screens = self._mapping(("screens",), self._values.get("screens") or {})
        of_screens = (
            (screen, *one)
            for screen, entries in screens.items()
            if self._knows(screen, ("screens", screen))
            for one in _apart(self._mapping(("screens", screen), entries), ("screens", screen))
        )
        of_rooms = ((room, *one) for room in ROOMS for one in _things(room, self._room(room)))
        return self._all(chain(of_screens, of_rooms))

    def _room(self, room: str) -> dict[str, Any]:
        """What an overlay says there under names that there are."""
        told = self._mapping((room,), self._values.get(room) or {})
        names = (name.partition(".")[0] for name in self._base.rooms[room].entries)
        known = list(dict.fromkeys(names))
        for name in told.keys() - set(known):
            self._unknown((room, name), known)
        held = {name: told[name] for name in told if name in known}
        return {n: one for n, one in held.items() if self._mapping((room, n), one)}

    def old(self) -> tuple[_Mending, ...]:
        """``Screen.name: {…}``, as the file was that came before the overlay."""
        split = {key: key.partition(".") for key in self._values}
        return self._all(
            (screen, name, self._values[key], (key,))
            for key, (screen, _, name) in split.items()
            if self._knows(key, (key,), set(self._base.found))
        )

    def renamed(self) -> Words:
        """Where the entries of the old file stand now."""
        new = [f"screens: {screen}: {name}" for screen, _, name in map(_split, self._values)]
        told = "; ".join(new[:FEW]) + ("; …" if len(new) > FEW else "")
        return Words(RENAMED.bm.format(self._file, told), RENAMED.en.format(self._file, told))

    def _all(self, told: Iterator[tuple[str, str, Any, tuple[str, ...]]]) -> tuple[_Mending, ...]:
        found = [self._one(*one) for one in told]
        if self._faults:
            raise self._invalid()
        return tuple(one for one in found if one)

    def _one(self, screen: str, name: str, told: Any, way: tuple[str, ...]) -> _Mending | None:
        base = self._base.found.get(f"{screen}.{name}")
        if base is None:
            around, _, _ = f"{screen}.{name}".rpartition(".")
            split = (key.rpartition(".") for key in self._base.found)
            known = [last for before, _, last in split if before == around]
            # A thing of something that holds none of the kind.
            self._unknown(*((way, known) if known else (way[:-1], list(Mend.model_fields))))
            return None
        values = self._mapping(way, told)
        if values == {} == told:
            self._fault(way, _about(way[-1], KEYS))
        for part in values.keys() - set(Mend.model_fields):
            if part in PARTS:
                self._fault((*way, part), _about(part, KEYS))
            else:
                self._unknown((*way, part), list(Mend.model_fields))
        mend = self._valid(way, {k: v for k, v in values.items() if k in Mend.model_fields})
        self._only_looks(way, base.entry, mend)
        return _Mending(screen, name, mend, f"{self._file.name}:{self._at(way)[0]}")

    def _valid(self, way: tuple[str, ...], values: dict[str, Any]) -> Mend:
        try:
            return Mend.model_validate(values)
        except ValidationError as error:
            for part in dict.fromkeys(str(e["loc"][0]) for e in error.errors()):
                self._fault((*way, part), _about(part, EXPECTED[part]))
        return Mend()

    def _only_looks(self, way: tuple[str, ...], base: Entry, mend: Mend) -> None:
        """A sign that is known is not taken away, and a narrower is not made where none was."""
        for part in ("bm", "en"):
            if getattr(mend, part) == () and getattr(base, part):
                self._fault((*way, part), _about(part, TAKEN_AWAY))
        for part in ("css", "opened_by", "like"):
            worded = part == "css" and not (base.name or base.id or way[0] in ROOMS)
            if getattr(mend, part) is not None and getattr(base, part) is None and not worded:
                self._fault((*way, part), _about(part, NOT_BY_THIS))

        if mend.css and ", " in mend.css and way[0] != "signs":
            self._fault((*way, "css"), _about("css", EXPECTED["css"]))
        if mend.like and base.like:
            self._alike((*way, "like"), way[0], mend.like)

    def _alike(self, way: _Way, room: str, told: tuple[str, ...]) -> None:
        """A format reads a text in one way only; a number is none that fits by chance."""
        known = set(DATES) if room == "formats" else set()
        fits = [one in known if known else _digits(one) >= FEWEST for one in told]
        if not all(fits) or (known and len(told) != 1):
            self._fault(way, _about("like", EXPECTED[room]))

    def _knows(self, key: str, way: tuple[str, ...], known: set[str] | None = None) -> bool:
        keys = known or set(self._base.screens)
        if key not in keys:
            self._unknown(way, sorted(keys))
        return key in keys

    def _mapping(self, way: tuple[str, ...], told: Any) -> dict[str, Any]:
        if isinstance(told, dict):
            return told
        self._fault(way, _about(way[-1], KEYS))
        return {}

    def _unknown(self, way: tuple[str, ...], known: list[str]) -> None:
        self._fault(way, _no_such(way[-1], known))

    def _fault(self, way: tuple[str, ...], words: Words) -> None:
        self._faults.append((self._at(way), words))

    def _at(self, way: tuple[str, ...]) -> tuple[int, int]:
        """Line and column of a key, or of the nearest one around it."""
        while way and way not in self._places:
            way = way[:-1]
        return self._places.get(way, (1, 1))

    def _invalid(self) -> ConfigInvalid:
        faults = sorted(self._faults, key=lambda one: one[0])
        ((line, column), words), *others = faults[:FEW]
        told = [(f"({at[0]}:{at[1]}) ", more) for at, more in others]
        more = [f"… +{len(faults) - FEW}"] if len(faults) > FEW else []
        bm = [words.bm, *(at + one.bm for at, one in told), *more]
        en = [words.en, *(at + one.en for at, one in told), *more]
        where = f"{self._file}:{line}:{column}"
        return ConfigInvalid(Words(" ".join(bm), " ".join(en)), where=where)


def _digits(like: str) -> int:
    """How many digits a pattern asks for at least."""
    return sum(int(least or 1) for least in re.findall(r"\\d(?:\{([0-9]+))?", like))


def _split(key: str) -> tuple[str, str, str]:
    return key.partition(".")


def _of(screen: str, key: str) -> bool:
    return key.startswith(f"{screen}.")


def _no_such(key: object, known: list[str]) -> Words:
    """An unknown key, and the known one that is most like it."""
    shown = plain_yaml.shown(key)
    near = difflib.get_close_matches(shown, known, n=1, cutoff=0.5) or known[:1]
    return Words(
        f"Kunci tidak dikenali: {shown}. Yang terdekat: {near[0]}.",
        f"Unknown key: {shown}. The nearest: {near[0]}.",
    )


def _about(key: str, words: Words) -> Words:
    shown = plain_yaml.shown(key)
    return Words(f"{shown}: {words.bm}", f"{shown}: {words.en}")


EXTENDS = Words(
    f"Baris 'extends: {PROFILE}' tiada: profil yang mana dibetulkan oleh fail ini?",
    f"The line 'extends: {PROFILE}' is missing: which profile does this file mend?",
)
BOTH = Words(
    f"Fail ini digantikan oleh {OVERLAY}, yang juga ada. Pindahkan isinya ke sana, kemudian padam.",
    f"This file was replaced by {OVERLAY}, which is there too. Move what it says there and delete "
    "it.",
)
RENAMED = Words(
    f"{{}} masih dibaca, tetapi namanya kini {OVERLAY}, dengan 'extends: {PROFILE}' di atas dan: "
    "{}.",
    f"{{}} is still read, but it is called {OVERLAY} now, with 'extends: {PROFILE}' above and: "
    "{}.",
)
KEYS = Words("mesti mengandungi baris 'kunci: nilai'.", "must hold lines of 'key: value'.")
TAKEN_AWAY = Words(
    "kata yang sudah dikenali boleh ditukar, tetapi tidak boleh dibuang; tulis kata pada skrin.",
    "words that are known can be exchanged and not taken away; write those on the screen.",
)
NOT_BY_THIS = Words(
    "perkara ini tidak dicari begitu; tukar katanya, 'name' atau 'id'.",
    "this is not found by that; change its words, 'name' or 'id'.",
)
_TEXT = Words(
    "kata seperti pada skrin, atau senarai kata [A, B]; yang tidak diketahui ialah 'unknown'.",
    "the words on the screen, or a list of them [A, B]; what is not known is 'unknown'.",
)
_ENDING = Words(
    "akhir nama atau id HTML: sekurang-kurangnya 3 huruf, angka atau _ . : -",
    "the end of the HTML name or id: at least 3 letters, digits or _ . : -",
)
EXPECTED = {
    "bm": _TEXT,
    "en": _TEXT,
    "name": _ENDING,
    "id": _ENDING,
    "opened_by": _ENDING,
    "under": Words("kata di atas senarai tempatnya berada.", "the words over the list it is in."),
    "css": Words(
        "satu unsur seperti a.btn atau [data-x=\"Y\"] a; tanpa koma, '>' dan ':'.",
        "one element such as a.btn or [data-x=\"Y\"] a; without commas, '>' and ':'.",
    ),
    "like": Words(
        r"bentuk seperti (CAN|CRN)\d{6}C?\d{8} atau dd/mm/yyyy.",
        r"a form such as (CAN|CRN)\d{6}C?\d{8} or dd/mm/yyyy.",
    ),
    "patterns": Words(
        rf"bentuk seperti (CAN|CRN)\d{{6}}C?\d{{8}}, dengan sekurang-kurangnya {FEWEST} digit.",
        rf"a form such as (CAN|CRN)\d{{6}}C?\d{{8}}, with at least {FEWEST} digits.",
    ),
    "formats": Words(f"satu daripada {', '.join(DATES)}.", f"one of {', '.join(DATES)}."),
    "source": Words("satu baris teks.", "one line of text."),
    "none": Words("satu baris teks: mengapa ia tiada.", "one line of text: why it is not there."),
    "confirmed": Words(
        "{by: nama pejabat, on: 2026-11-28}.", "{by: the office's name, on: 2026-11-28}."
    ),
}
