"""`assist-rpa profile`: how the portal's screens are known, and what an overlay mends."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rpa import settings
from rpa.cli import answer, console
from rpa.errors import JobInvalid, Words
from rpa.pages.agreement import check_profile
from rpa.portal.profile import LOOKS, OVERLAY, PROFILE, overlay_schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rpa.portal.profile import Entry, Found, Profile

WIDEST = 150  # a line that the eye can follow


class NoSuchScreen(JobInvalid):
    """No screen has that name."""

    next_move = Words("Lihat yang ada: assist-rpa profile status", "See: assist-rpa profile status")


def check(config: Path | None) -> int:
    """Whether it fits the screens; 0 when it does."""
    profile, where = _checked(config)
    entries, screens, mended = len(profile.declared), len(profile.screens), len(profile.mendings)
    said = console.say(FINE).format(PROFILE, entries, screens)
    console.out.print(f"[green]ok[/] {said}")
    console.out.print(_mends(where, mended), markup=False)
    return 0


def show(screen: str | None, config: Path | None) -> int:
    """The effective entries of one screen or of all."""
    profile, _ = _checked(config)
    if screen is not None and screen not in profile.places:
        near = difflib.get_close_matches(screen, profile.places, n=3, cutoff=0.4)
        told = ", ".join(near) or "-"
        raise NoSuchScreen(Words(NO_SCREEN.bm.format(told), NO_SCREEN.en.format(told)))
    names = [screen] if screen else list(profile.places)
    for name in names:
        _screen(profile, name)
    mine = (one for one in profile.found.values() if one.key.partition(".")[0] in names)
    answer.tell(tuple(map(_answer, mine)))
    return 0


def diff(config: Path | None) -> int:
    """What the overlay changes, an entry's every part with its line."""
    profile, where = _checked(config)
    before = profile.shipped.found
    grid = _grid(ENTRY, NOW, BEFORE, FROM)
    told = []
    for one in profile.declared.values():
        for part in LOOKS if one.is_mended else ():
            new, old = (getattr(e, part) for e in (one.entry, before[one.key].entry))
            if new != old:
                grid.add_row(f"{one.key}: {part}", _value(new), _value(old), one.origins[-1])
                told.append(answer.Mended(one.key, part, new, old, one.origins[-1]))
    answer.tell(tuple(told))
    _print(grid if grid.row_count else Text(_mends(where, len(profile.mendings))))
    return 0


def status(config: Path | None) -> int:
    """How many of the entries were seen on the live portal."""
    profile, _ = _checked(config)
    grid = _grid(SCREEN, CONFIRMED, ASSUMED, USED_BY)
    told = []
    for name in profile.places:
        own = [one for one in profile.declared.values() if one.key.startswith(f"{name}.")]
        if own:
            assumed = sum(one.entry.assumed for one in own)
            users = ", ".join(profile.users(name)) if name in profile.screens else ""
            grid.add_row(name, _of(own), str(assumed or ""), Text(users, "dim"))
            seen = sum(one.entry.confirmed is not None for one in own)
            told.append(answer.ScreenStatus(name, len(own), seen, assumed))
    answer.tell(tuple(told))
    _print(grid)
    said = console.say(IN_ALL).format(_of(profile.declared.values()))
    console.out.print(f"[bold]{said}[/]")
    return 0


def schema() -> int:
    """The JSON Schema of config/profile.yaml."""
    console.out.print_json(json.dumps(overlay_schema()), highlight=False, ensure_ascii=True)
    return 0


def _checked(config: Path | None) -> tuple[Profile, Path]:
    known = settings.load(config=config)
    console.notes(check_profile(known, whole=True))
    return known.profile, known.config / OVERLAY


def _screen(profile: Profile, name: str) -> None:
    uses = ", ".join(profile.places[name].uses)
    title = Text(name, "bold")
    if uses:
        title.append(f"  ({console.say(USES)} {uses})", "dim")
    grid = _grid(ENTRY, MALAY, ENGLISH, BY, STATE, FROM)
    for one in profile.found.values():
        if one.key.startswith(f"{name}."):
            grid.add_row(*_row(one))
    _print(title)
    _print(Padding(grid, (0, 0, 1, 0)))


def _answer(one: Found) -> answer.Sought:
    entry = one.entry
    look = entry.model_dump(include=set(LOOKS), exclude_none=True)
    by = entry.confirmed.by if entry.confirmed else None
    return answer.Sought(one.key, look, entry.assumed, entry.source, by, one.origins)


def _row(one: Found) -> tuple[Text, ...]:
    entry, style = one.entry, "yellow" if one.is_mended else ""
    by = [entry.name or entry.id or "", entry.css or "", entry.opened_by or ""]
    by += entry.like or ()
    told = (
        one.key.partition(".")[2], _value(entry.bm), _value(entry.en),
        " + ".join(filter(None, by)), _state(entry), "\n".join(reversed(one.origins)),
    )  # fmt: skip
    return tuple(Text(text, style) for text in told)


def _state(entry: Entry) -> str:
    if entry.confirmed:
        return f"{entry.confirmed.by}, {entry.confirmed.on}"
    return console.say(GUESSED) if entry.assumed else entry.source or console.say(MENDED)


def _value(value: tuple[str, ...] | str | None) -> str:
    """Words side by side; a dash for what nobody has seen."""
    return value if isinstance(value, str) else " | ".join(value or ()) or "-"


def _of(found: Iterable[Found]) -> str:
    entries = [one.entry for one in found]
    seen = sum(entry.confirmed is not None for entry in entries)
    return f"{seen} {console.say(OF)} {len(entries)}"


def _mends(where: Path, mended: int) -> str:
    words = MENDS if mended else MENDS_NOTHING
    return f"   {console.say(words).format(where, mended)}"


def _grid(*heads: Words) -> Table:
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for number, head in enumerate(heads):
        grid.add_column(console.say(head), overflow="fold", no_wrap=number == 0)
    return grid


def _print(what: Table | Text | Padding) -> None:
    seen = console.out.is_terminal  # in a pipe no screen is too narrow
    width = min(console.out.width, WIDEST) if seen else WIDEST
    console.out.print(what, width=width, soft_wrap=False)


FINE = Words(
    "profil {}: {} entri pada {} skrin, semuanya dikenali oleh kod",
    "profile {}: {} entries of {} screens, all of them known to the code",
)
MENDS = Words("{} membetulkan entri: {}", "{} mends entries: {}")
MENDS_NOTHING = Words("{} tidak mengubah apa-apa.", "{} changes nothing.")
NO_SCREEN = Words(
    "Tiada skrin dengan nama itu. Yang terdekat: {}.",
    "There is no screen of that name. The nearest: {}.",
)
IN_ALL = Words(
    "Entri yang disahkan pada portal sebenar: {}", "Entries confirmed on the live portal: {}"
)
OF = Words("daripada", "of")
SCREEN, ENTRY = Words("Skrin", "Screen"), Words("Entri", "Entry")
CONFIRMED, ASSUMED = Words("Disahkan", "Confirmed"), Words("Andaian", "Assumed")
USED_BY, USES = Words("Dipakai oleh", "Used by"), Words("memakai", "uses")
NOW, BEFORE, FROM = Words("Kini", "Now"), Words("Dahulu", "Before"), Words("Daripada", "From")
MALAY, ENGLISH = Words("Melayu", "Malay"), Words("Inggeris", "English")
BY, STATE = Words("Nama atau id", "Name or id"), Words("Dilihat", "Seen")
GUESSED, MENDED = Words("andaian", "assumed"), Words("dibetulkan", "mended")
