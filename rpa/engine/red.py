"""The entries of the profile that no resemblance answers: they decide whether a filing was made.

How a case stands, what a row offers, what files, what a refusal is, whose a case is, what a lens
says. A person who knows the portal confirms each of them before anything is filed at a live one
(`rpa.engine.preflight`). Which they are is code: no profile makes one of them harmless.
"""

from __future__ import annotations

import sys
from collections import Counter
from types import ModuleType
from typing import TYPE_CHECKING

from rpa import flows, pages
from rpa.errors import NotConfirmed, Words
from rpa.pages import inbox
from rpa.pages.agreement import names, screens
from rpa.pages.preview import Removal
from rpa.portal.find import Button, LensSign
from rpa.portal.profile import ADDED
from rpa.rules import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rpa.portal.find import Control
    from rpa.portal.profile import Found, Profile
    from rpa.settings import Settings

VOCABULARIES = frozenset(
    {v.STATUS.name, v.ACTIONS.name, v.REMARKS.name, v.ANSWERS.name, v.END.name}
)
ROOMS = ADDED - {"words"}
# Where a screen tells how a case stands, whose it is, and which; as a table's column, too.
TOLD_BY = frozenset(
    {
        *("status", "employer_status", "change_employer_status_to"),
        *("employer_code", "employer", "choose_employer", "code", "reference", "number"),
    }
)
PRESSES = ("send", "submit", "confirm", "complete", "remove")  # attributes, not words


def unconfirmed(settings: Settings, procedure: str) -> list[Found]:
    """Those that nobody has confirmed; a portal on this machine is for practice, and needs none."""
    found = of(settings.profile, procedure) if settings.portal.live else []
    return [one for one in found if not one.entry.confirmed]


def require(settings: Settings, procedure: str) -> None:
    """Nothing is filed at a live portal by what nobody has confirmed. Raises NotConfirmed."""
    if found := unconfirmed(settings, procedure):
        raise NotConfirmed(_listed(UNCONFIRMED, found))


def would_stop(settings: Settings, procedure: str) -> Words | None:
    """The same before it is a filing."""
    found = unconfirmed(settings, procedure)
    return _listed(WOULD_STOP, found) if found else None


def _listed(words: Words, found: Sequence[Found]) -> Words:
    """Which they are, a vocabulary and a room each once with how many."""
    groups = Counter(group(one.key) for one in found)
    told = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in groups.items())
    return Words(f"{words.bm} {told}.", f"{words.en} {told}.")


def group(key: str) -> str:
    """What a person answers in one go: a vocabulary, all signs, a table's columns; else itself."""
    room, name, *_ = key.split(".")
    if room == "words":
        return f"{room}.{name}"
    return room if room in ROOMS else key.rpartition(".")[0] if ".columns." in key else key


def of(profile: Profile, procedure: str) -> list[Found]:
    """Those that a filing by this procedure meets, each where it is defined."""
    red = {key: one for key, one in profile.found.items() if _of_all(key)}
    for key in _of_screens(procedure):
        # A line for one screen alone holds there; else the home's does, for all screens.
        told = key if key in profile.declared else profile.found[key].at_home
        red[told] = profile.found[told]
    return list(red.values())


def _of_all(key: str) -> bool:
    room, _, name = key.partition(".")
    return room in ROOMS or (room == "words" and name.partition(".")[0] in VOCABULARIES)


def _of_screens(procedure: str) -> Iterator[str]:
    """The last presses, what its lenses say, what agrees to a removal; the inbox's columns."""
    within = set(_reached(procedure))
    for screen in screens():
        if screen.__module__ in within:
            yield from (f"{screen.__name__}.{n}" for n, c in names(screen).items() if _decides(c))
    yield Removal.remove.key
    cases = inbox.Inbox.cases
    yield from (f"{cases.key}.columns.{name}" for name in cases.columns)


def never_alike(control: Control) -> bool:
    """Whether no resemblance is ever sure of it: what it is, only its own words say, or a person.

    Wider than what is confirmed: whatever removes, and where a status or a number stands.
    """
    return _decides(control) or control.attr in (*TOLD_BY, *PRESSES)


def never_alike_column(table: Control, name: str) -> bool:
    """The same of a table's column."""
    return table.key == inbox.Inbox.cases.key or name in TOLD_BY


def _decides(control: Control) -> bool:
    return isinstance(control, LensSign) or (isinstance(control, Button) and control.commits)


def _reached(procedure: str) -> Iterator[str]:
    """The modules of flows and screens that a procedure uses."""
    flows.load(procedure)
    todo, seen = [f"{flows.__name__}.{procedure}"], set[str]()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        yield name
        for value in vars(sys.modules[name]).values():
            part = "__name__" if isinstance(value, ModuleType) else "__module__"
            below = str(getattr(value, part, ""))
            if below.startswith((pages.__name__, flows.__name__)):
                todo.append(below)


UNCONFIRMED = Words(
    "Belum ada orang yang mengesahkan bahawa perkataan dan tanda ini memang begitu di portal "
    "sebenar, maka tiada apa-apa difailkan:",
    "Nobody has confirmed yet that these words and signs are so at the live portal, so nothing is "
    "filed:",
)
WOULD_STOP = Words(
    "Pemfailan akan berhenti (16) sehingga ini disahkan (assist-rpa calibrate --confirm):",
    "A filing would stop (16) until these are confirmed (assist-rpa calibrate --confirm):",
)
