"""`assist-rpa doctor`: whether a first run can work, one line for each thing it needs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.markup import escape

from rpa.cli import console
from rpa.errors import Words
from rpa.start.examine import State, examine

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.start.examine import Found

STATES = {
    State.OK: ("green", Words("ok", "ok")),
    State.LOOK: ("yellow", Words("lihat", "look")),
    State.WRONG: ("bold red", Words("salah", "wrong")),
}
COUNTED = {
    State.OK: Words("ok", "ok"),
    State.LOOK: Words("perlu dilihat", "look"),
    State.WRONG: Words("perlu dibetulkan", "wrong"),
}
_WIDTH = 6


def doctor(portal: str | None, config: Path | None) -> int:
    """Look, and tell; 0 when a first run can work, else the code it would end with."""
    found = []
    for one in examine(portal, config):
        _tell(one)
        found.append(one)
    told = Counter(one.state for one in found)
    codes = [one.error.exit_code for one in found if one.error]
    end = CANNOT if codes else CAN
    counted = [f"{told[state]} {console.say(words)}" for state, words in COUNTED.items()]
    console.out.print(f"{', '.join(counted)}: {console.say(end)}", markup=False)
    return codes[0] if codes else 0


def _tell(one: Found) -> None:
    style, state = STATES[one.state]
    mark = f"[{style}]{console.say(state):<{_WIDTH}}[/]"
    what, words = escape(console.say(one.what)), escape(console.say(one.words))
    console.out.print(f"{mark} [bold]{what}[/]  {words}")
    if one.error is None:
        return
    indent = " " * (_WIDTH + 1)
    if one.error.where:
        where = "di" if console.malay() else "at"
        console.out.print(f"{indent}{where}: {one.error.where}", markup=False)
    move, who = console.say(one.error.next_move), console.say(one.error.who)
    next_ = "seterusnya" if console.malay() else "next"
    console.out.print(f"{indent}{next_} ({who}): {move}", markup=False)


CAN = Words("pelaksanaan pertama boleh dijalankan.", "a first run can work.")
CANNOT = Words(
    "betulkan yang salah, dari atas, kemudian jalankan assist-rpa doctor semula.",
    "correct what is wrong, from the top, then run assist-rpa doctor again.",
)
