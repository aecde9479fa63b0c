"""What a run did with which thing of which screen, written down beside it; nothing else changes.

The drill takes its targets from that: a change of what no run ever looks at shows nothing. Without
its grades of danger (a negative control) the robot takes whatever one signal points at first.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import drill.points
from drill.child import fork
from rpa.portal import resolve
from rpa.portal.find import Button, Choice, Control, Heading, Menu, Table
from rpa.portal.lines import Line
from rpa.portal.resolve import Grade, Verdict, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drill.child import Order
    from rpa.portal.look import Element, Look
    from rpa.portal.resolve import Finding, Signal, Sought
    from rpa.portal.screen import Found

    Judged = tuple[Verdict, Element | None]

USES, LOOKS = "uses.jsonl", "looks.jsonl"
WATCHED, GRADES = "watched", "grades"


def _sort(control: Control) -> str:
    """What sort of thing it is."""
    sorts = {Menu: "menu", Button: "button", Heading: "heading", Table: "table"}
    return next((name for kind, name in sorts.items() if isinstance(control, kind)), "field")


def _watch() -> None:
    """Write down what is found, once each, and which option was chosen."""
    answer, take, press = Control.answer, Choice._take, Choice._press_one
    told_of: set[str] = set()

    def note(to: str, told: dict[str, Any]) -> None:
        line = json.dumps(told, default=sorted)
        if line not in told_of:
            told_of.add(line)
            with Path(to).open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")

    def answered(self: Control, seen: Look) -> Finding:
        found = answer(self, seen)
        if found.element is not None:
            commits = isinstance(self, Button) and self.commits
            element = {**asdict(found.element), "mark": "", "order": 0}
            element["dialog"] = found.element.dialog is not None
            about = {"key": self.key, "sort": _sort(self), "grade": self.grade, "commits": commits}
            by = [signal.value for signal in found.by]
            note(USES, {**about, "bm": self.bm, "en": self.en, "by": by, "element": element})
            sought = self.page.sought(self)
            there = [{**asdict(e), "mark": ""} for e in seen.elements]
            note(LOOKS, {"sought": asdict(sought), "look": there})
        return found

    def took(self: Choice, found: Found, options: Any, text: str) -> None:
        note(USES, {"key": self.key, "sort": "option", "option": text})
        take(self, found, options, text)

    def pressed(self: Choice, found: Found, words: Any, ms: float | None = None) -> None:
        words = tuple(words)
        note(USES, {"key": self.key, "sort": "option", "option": words[0]})
        press(self, found, words, ms)

    def asked(self: Line, name: str) -> Any:
        words = [w for ws in self.columns.words(name) for w in ws]
        heads = [h for h in self.heads if plain(h) in {plain(w) for w in words}]
        if heads:
            note(USES, {"key": self.columns.key(name), "sort": "column", "label": heads[0]})
        return cell(self, name)

    cell = Line.__getitem__
    Line.__getitem__ = asked  # type: ignore[method-assign]
    Control.answer = answered  # type: ignore[method-assign]
    Choice._take, Choice._press_one = took, pressed  # type: ignore[method-assign]


def without_grades(found: dict[Signal, tuple[Element, ...]], sought: Sought) -> Judged:
    """What is filled or pressed is the first thing that any sign points at, whatever the others say."""
    if sought.grade not in {Grade.FILL, Grade.PRESS}:
        return _judge(found, sought)
    hits = [those for those in found.values() if those]
    return (Verdict.FOUND, hits[0][0]) if hits else (Verdict.MISSING, None)


def _grades() -> None:
    """No grade: no exact words, nothing that is there twice, no sign that speaks against another."""
    resolve._judge = without_grades


_judge = resolve._judge
drill.points.WITHOUT.update({WATCHED: _watch, GRADES: _grades})


def starter(part: str) -> Callable[[Order, Mapping[str, str], Path], int]:
    """Starts the command with this put around it."""

    def start(order: Order, env: Mapping[str, str], place: Path) -> int:
        return fork(type(order)(order.words, order.wanted, order.log, part), env, place)

    return start
