"""Write docs/portal-model.md from the profile and the screens (`python -m tools.portal_model`)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import rpa.pages
from rpa.portal.page import Page
from rpa.portal.profile import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.portal.find import Control

HEAD = """# The portal as the robot knows it

Every control of every screen, made by `python -m tools.portal_model` from the profile
`assist-2019` and the screens; a test compares. **Entries confirmed on the live portal:
{confirmed} of {count}** (controls, and the columns of tables below them)

| State | Meaning |
|---|---|
| confirmed | seen on the live portal by a person who says so; none yet |
| seen | in PERKESO's guide or in the 2018/19 acceptance copy, which may have moved on |
| assumed | seen nowhere, chosen |

An empty Malay or English label was not seen; the control is then found by the other language or by
its stable name. Every entry may be given other words, name or id in `config/profile.yaml`. The
sources are sections of the collected facts about the portal, or steps of the guide (QRG).

Beside the controls this is assumed: the words for a case's status and for what its line offers, in
both languages, of which a few were seen (`words` of the profile; any other word stops); a case
keeps its number from draft to result; a draft is no longer one once it was sent; a line of the
inbox that shows an employer's code is of that employer, and one that shows none may be of any;
the list of *Update Employee Information (by Employer)* shows every active worker, a foreign one by
his passport; options of a drop-down are the portal's own texts; what the lens fills in is name,
birth date, gender, race and nationality; address lines and the industry's name are kept in capital
letters; a further telephone row is named `<field>_2`; a query is answered when KELUAR is confirmed,
not paper by paper; several kinds of worker go into one registration, but each kind into filings of
its own when workers are added (the guide draws the two buttons as alternatives); a month of
contributions that is only opened leaves no draft, nor does a text file that is refused; at most one
draft stands for an employer, act, month and type; a short payment's lines show the new wages whole
and the amounts that are added.

{screens}"""


def controls() -> dict[str, Control]:
    """Every control of every page."""
    found = rpa.pages.controls().items()
    return dict(sorted(found, key=lambda i: (i[0].partition(".")[0], i[1].order)))


def screens() -> dict[str, list[Control]]:
    """The controls by the class of their screen."""
    found: dict[str, list[Control]] = {}
    for key, control in controls().items():
        found.setdefault(key.partition(".")[0], []).append(control)
    return found


def _screen(name: str) -> type[Page]:
    """The class of that name, where it is defined."""
    return next(screen for screen in _subclasses(Page) if screen.__name__ == name)


def _subclasses(kind: type[Page]) -> Iterator[type[Page]]:
    for below in kind.__subclasses__():
        yield below
        yield from _subclasses(below)


def _first_line(doc: str | None) -> str:
    return (doc or "").partition("\n")[0]


def line(control: Control) -> str:
    """The row of one control, and those of its columns."""
    below = f"{control.key}.columns."
    columns = [key for key in shipped().found if key.startswith(below)]
    rows = [_row(control.key, control.attr, control.kind)]
    names = [key.removeprefix(f"{control.key}.") for key in columns]
    rows += [_row(*one, "column") for one in zip(columns, names, strict=True)]
    return "\n".join(rows)


def _row(key: str, name: str, kind: str) -> str:
    entry = shipped().found[key].entry
    place = f"`{entry.name or entry.id}`" if entry.name or entry.id else ""
    words = (" / ".join(entry.bm or ()), " / ".join(entry.en or ()))
    state = "confirmed" if entry.confirmed else "assumed" if entry.assumed else "seen"
    told = (f"`{name}`", kind, *words, place, state)
    return f"| {' | '.join(told)} | {'' if entry.assumed else entry.source or ''} |"


def section(name: str, found: list[Control]) -> str:
    """One screen."""
    sentence = _first_line(_screen(name).__doc__)
    bases = [base.__name__ for base in _screen(name).__mro__[1:] if base.__name__ in screens()]
    also = f" Also all controls of {', '.join(bases)}." if bases else ""
    head = "| Control | Kind | Malay | English | Name or id | State | Source |"
    rows = "\n".join(line(control) for control in found)
    return f"## {name}\n\n{sentence}{also}\n\n{head}\n|---|---|---|---|---|---|---|\n{rows}\n"


def document() -> str:
    """The whole page."""
    parts = "\n".join(section(name, found) for name, found in screens().items())
    entries = [one.entry for one in shipped().declared.values()]
    seen = sum(entry.confirmed is not None for entry in entries)
    return HEAD.format(count=len(entries), confirmed=seen, screens=parts)


if __name__ == "__main__":
    sys.stdout.write(document())
