"""Write docs/assumed-robot.md from the page objects (`python -m tools.assumed`)."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import rpa.pages
from rpa.portal.find import REGISTRY, Control

HEAD = """# What the robot assumes about the screens

Made by `python -m tools.assumed`; a test compares. `seen` means: in PERKESO's guide or in the
2018/19 acceptance copy, which may have moved on; `assumed` means: seen nowhere, chosen. A Malay or
English label that was not seen is left empty, and the control is then found by the other language
or by its stable name. Every key may be given other words, name or id in `config/locators.yaml`.

**Controls confirmed on the live portal: 0 of {count}.**

Beside the controls: a saved, unsent case has the status "Draft" in the inbox and its icons are
labelled Edit / Kemaskini, Remove / Buang, View / Papar; a case keeps its number from draft to
result; a draft is no longer one once it was sent; the inbox's description holds the employer code;
the list of *Update Employee Information (by Employer)* shows every active worker; options of a
drop-down are the portal's own texts; what the lens fills in is name, birth date, gender, race and
nationality.

| Key | Kind | Malay | English | Name or id | |
|---|---|---|---|---|---|
"""


def controls() -> dict[str, Control]:
    """Every control of every page."""
    for module in pkgutil.iter_modules(rpa.pages.__path__):
        importlib.import_module(f"rpa.pages.{module.name}")
    return dict(sorted(REGISTRY.items()))


def line(key: str, control: Control) -> str:
    """One row of the table."""
    place = f"`{control.name or control.id}`" if control.name or control.id else ""
    state = "assumed" if control.assumed else "seen"
    words = (" / ".join(control.bm), " / ".join(control.en))
    return f"| `{key}` | {control.kind} | {words[0]} | {words[1]} | {place} | {state} |"


def document() -> str:
    """The whole page."""
    found = controls()
    rows = "\n".join(line(key, control) for key, control in found.items())
    return HEAD.format(count=len(found)) + rows + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
