"""The kinds of drift: what is changed, at what of that which a quiet run used, and what is right.

A kind knows no skin and no procedure. Its target is drawn by the seed from what a quiet run of that
procedure found on that skin (`tests.drift.watched`); where a run used nothing of the kind, it does
not apply. What is right is said here and not asked of the robot.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tests.drift.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Use = dict[str, Any]
    More = Callable[[Use, Sequence[Use], random.Random], dict[str, Any] | None]

ELSE = "Butiran 7"  # in nobody's vocabulary, and like nothing in it
MOST_RADIOS = 12
TEXTS, DAYS = ("text",), ("date", "date parts")
LISTS = ("list", "select", "combobox")
# Where a script of the page asks for the next list, another widget is a portal that does not work.
CASCADES = re.compile(r"occupation|state|city|postcode|industry|msic|entity|search|month|company")
REVIEW, MONTH, LENS = r"Preview\.", r"MonthPage\.", r"\w+Popup\.lens"
AT_THE_DOOR = re.compile(r"^(Login|SignedOut|Inside|FirstScreen|MySites)")


class Verdict(StrEnum):
    """What is right."""

    GOES_ON = "goes on correctly"  # filed once, as a quiet run files
    STOPS = "stops before the press"
    NAMES = "stops before the press and names the entry"
    PROPOSES = "proposes a line that, accepted, files"


@dataclass(frozen=True)
class Kind:
    """One kind. ``how``: the change's name at the portal; ``aims``: what it may be laid on.

    ``more``: what the plan says beside the target's words; None where this target does not serve.
    ``on``: the skins on which another verdict is right.
    """

    name: str
    how: str
    verdict: Verdict
    aims: Callable[[Use], bool] | None = None
    more: More | None = None
    on: Mapping[str, Verdict] = field(default_factory=dict)
    at: str = ""  # how the key of something begins that a run must have used

    def right(self, skin: str) -> Verdict:
        """The right verdict there."""
        return self.on.get(skin, self.verdict)

    def drawn(
        self, seed: int, uses: Sequence[Use], where: str, wanted: str = ""
    ) -> dict[str, Any] | None:
        """The change for the portal; None where nothing of the kind was used.

        ``wanted``: this entry, and no other.
        """
        draw = random.Random(f"{seed} {self.name} {where}")  # noqa: S311  repeatable, no secret
        about = {"kind": self.name, "how": self.how, "seed": draw.randrange(1000), "to": ELSE}
        if not any(re.match(self.at, use["key"]) for use in uses):
            return None
        if self.aims is None:
            return {**about, **(self.more({}, uses, draw) or {})} if self.more else about
        those = {use["key"]: use for use in uses if self.aims(use) and shown(use)}
        keys = [key for key in sorted(those) if wanted in {"", key}]
        for key in draw.sample(keys, len(keys)):
            use = those[key]
            more = self.more(use, uses, draw) if self.more else {}
            if more is not None:
                return {**about, "key": key, "label": shown(use), **more}
        return None


def shown(use: Use) -> str:
    """What it is called on the screen, without the mark of what must be filled."""
    if "label" in use:
        return str(use["label"])
    element = use.get("element") or {}
    worded = use["sort"] in {"button", "menu", "heading"}
    said = [element.get("words")] if worded else [*element.get("labels", ()), element.get("beside")]
    words = next((str(one) for one in said if one), "")
    return re.sub(r"\s*(?:\((?:wajib|required)\)|[*:])\s*$", "", words).removeprefix("* ").strip()


# --- what a kind may be laid on ------------------------------------------------------------------


def _field(*built: str, cascades: bool = True) -> Callable[[Use], bool]:
    def fits(use: Use) -> bool:
        element = use.get("element") or {}
        own = (
            use["sort"] == "field" and use["grade"] == "fill" and not AT_THE_DOOR.match(use["key"])
        )
        free = cascades or not CASCADES.search(use["key"])
        return own and free and (not built or element["kind"] in built)

    return fits


def _both(use: Use) -> bool:
    """A field whose words are known in both languages: others speak against it (grade filling)."""
    return _field()(use) and bool(use["bm"] and use["en"])


# What a script of the page shows and hides: without it, or built otherwise, the page itself fails.
SCRIPTED = (".register_new",)


def _agreed(use: Use) -> bool:
    return _field("icon tick")(use) and not use["key"].endswith(SCRIPTED)


def _loose(use: Use) -> bool:
    return _both(use) and not use["key"].endswith(SCRIPTED)


def _sort(sort: str) -> Callable[[Use], bool]:
    def fits(use: Use) -> bool:
        return use["sort"] == sort and not AT_THE_DOOR.match(use["key"])

    return fits


def _in_a_list(use: Use) -> bool:
    """An entry below another of the menu, such as *Update*."""
    return _sort("menu")(use) and use["key"].endswith(".entry")


def _button(*, commits: bool) -> Callable[[Use], bool]:
    def fits(use: Use) -> bool:
        worded = bool((use.get("element") or {}).get("words"))
        return (
            _sort("button")(use)
            and use["grade"] == "press"
            and use["commits"] is commits
            and worded
        )

    return fits


def _of_the_page(use: Use) -> bool:
    """A button that stands in no window."""
    return _button(commits=False)(use) and not use["element"]["dialog"]


def _is(*keys: str) -> Callable[[Use], bool]:
    def fits(use: Use) -> bool:
        return use["key"] in keys and use["sort"] != "option"

    return fits


# --- what a plan says beside the target ----------------------------------------------------------


def _others(use: Use, uses: Sequence[Use]) -> set[str]:
    return {plain(shown(other)) for other in uses if other["key"] != use["key"]}


def _known(use: Use, uses: Sequence[Use], draw: random.Random) -> dict[str, Any] | None:
    """Another word that the profile has for it, and for nothing else that was used."""
    words = [
        w
        for w in (*use["bm"], *use["en"])
        if plain(w) not in {plain(shown(use)), *_others(use, uses)}
    ]
    return {"to": draw.choice(words)} if words else None


def _like(use: Use, uses: Sequence[Use], draw: random.Random) -> dict[str, Any]:
    del uses
    return {"to": f"{shown(use)} {draw.choice(('terkini', 'baharu', '2026'))}"}


def _neighbour(use: Use, uses: Sequence[Use], draw: random.Random) -> dict[str, Any] | None:
    """Another field of the same screen that takes the same sort of value."""
    screen, built = use["key"].partition(".")[0], use["element"]["kind"]
    there = [
        other for other in uses if other["key"].partition(".")[0] == screen and _field(built)(other)
    ]
    names = sorted(
        {shown(other) for other in there if other["key"] != use["key"]} - {shown(use), ""}
    )
    return {"to": draw.choice(names)} if names else None


def _extra(use: Use, uses: Sequence[Use], draw: random.Random) -> dict[str, Any]:
    del use, uses, draw
    return {"to": "Kod Jawatan", "extra": "postCode"}


def _where(*what: str) -> More:
    return lambda *_: {"where": list(what)}


def _option(what: str) -> More:
    def of(use: Use, uses: Sequence[Use], draw: random.Random) -> dict[str, Any] | None:
        del draw
        told = [u["option"] for u in uses if u["sort"] == "option" and u["key"] == use["key"]]
        return {"where": what, "option": told[0]} if told else None

    return of


def _few(use: Use, uses: Sequence[Use], draw: random.Random) -> dict[str, Any] | None:
    del uses, draw
    return {} if 1 < len(use["element"]["options"]) <= MOST_RADIOS else None


def _to(*texts: str) -> More:
    return lambda *given: {"to": given[-1].choice(texts)}


def _said(label: str, to: str) -> More:
    return lambda *_: {"label": label, "to": to}


V = Verdict
KINDS: tuple[Kind, ...] = (
    # what a field is called
    Kind("label within", "reworded", V.GOES_ON, _field(), _known),
    Kind("label outside", "reworded", V.NAMES, _both),
    Kind("label resembles", "reworded", V.PROPOSES, _both, _like),
    Kind("label on the form alone", "label", V.NAMES, _both),
    Kind("labels exchanged", "exchanged", V.STOPS, _both, _neighbour),
    Kind("languages swapped", "languages swapped", V.GOES_ON),
    Kind("languages mixed", "languages mixed", V.GOES_ON),
    # by what a script knows it
    Kind("name", "renamed", V.GOES_ON, _field(*TEXTS, cascades=False), _where("name")),
    Kind("id", "renamed", V.GOES_ON, _field(*TEXTS, cascades=False), _where("id")),
    Kind("name and id", "renamed", V.GOES_ON, _field(*TEXTS, cascades=False), _where("name", "id")),
    # how it is built
    Kind("list native", "native list", V.GOES_ON, _field(*LISTS, cascades=False)),
    Kind("list to radios", "radios", V.GOES_ON, _field(*LISTS, cascades=False), _few),
    Kind("radios to list", "list", V.GOES_ON, _field("radio", cascades=False)),
    Kind("day without picker", "plain box", V.GOES_ON, _field(*DAYS)),
    Kind("day with picker", "day box", V.GOES_ON, _field(*DAYS)),
    Kind("tick to check box", "check box", V.GOES_ON, _agreed),
    # what a form has
    Kind("field added", "added", V.GOES_ON, _field(), _to("Kod Jawatan", "Catatan")),
    Kind("field added, required", "added", V.STOPS, _field(*TEXTS, cascades=False), _extra),
    Kind("field removed", "removed", V.NAMES, _loose),
    Kind("field moved", "moved", V.GOES_ON, _field(cascades=False)),
    Kind("field in another step", "another step", V.NAMES, _loose),
    # what is pressed
    Kind("button within", "reworded", V.GOES_ON, _button(commits=False), _known),
    Kind("button outside", "reworded", V.NAMES, _button(commits=False)),
    Kind("button resembles", "reworded", V.PROPOSES, _button(commits=False), _like),
    Kind("button twice", "twice", V.NAMES, _of_the_page),
    Kind("button gone", "gone", V.NAMES, _of_the_page),
    Kind("buttons moved", "ends above", V.GOES_ON),
    Kind("last press outside", "reworded", V.NAMES, _button(commits=True)),
    Kind("last press twice", "twice", V.NAMES, _is("Preview.send")),
    Kind("notice added", "notice", V.GOES_ON),
    Kind("confirmation renamed", "reworded", V.NAMES, _is("Confirmation.title")),
    # where one goes
    Kind("heading outside", "reworded", V.NAMES, _sort("heading")),
    Kind("menu entry within", "reworded", V.GOES_ON, _sort("menu"), _known),
    Kind("menu entry outside", "reworded", V.NAMES, _sort("menu")),
    Kind("menu entry resembles", "reworded", V.PROPOSES, _sort("menu"), _like),
    Kind("menu entry moved", "menu moved", V.NAMES, _in_a_list),
    Kind("menu entry twice", "menu twice", V.NAMES, _in_a_list),
    # lists
    Kind("columns reversed", "reversed", V.GOES_ON),
    Kind("column added", "column", V.GOES_ON, None, _to("Catatan Pejabat", "Zon")),
    Kind("column outside", "reworded", V.NAMES, _sort("column")),
    Kind("column twice", "column again", V.NAMES, _sort("column")),
    Kind("table outside", "reworded", V.NAMES, _sort("table")),
    # options
    Kind("option otherwise", "option", V.STOPS, _field(*LISTS, "radio", cascades=False), _option("otherwise")),
    Kind("option missing", "option", V.STOPS, _field(*LISTS, "radio", cascades=False), _option("missing")),
    Kind("option twice", "option", V.STOPS, _field(*LISTS, cascades=False), _option("twice")),
    Kind("all preselected", "all first", V.GOES_ON, _field(*LISTS, cascades=False)),
    # values
    Kind("review: another value", "another value", V.STOPS, at=REVIEW),
    Kind("review: another person", "another person", V.STOPS, at=REVIEW),
    Kind("review: one missing", "without one", V.STOPS, at=REVIEW),
    Kind("review: one more", "one more", V.STOPS, at=REVIEW),
    Kind("review: called otherwise", "called otherwise", V.STOPS, at=REVIEW),
    Kind("review: days otherwise", "days", V.STOPS, None, _to(r"\3/\1/\4", r"\1 Nov \4"), at=REVIEW),
    Kind("another employer", "whose", V.STOPS),
    Kind("money otherwise", "money", V.STOPS, at=MONTH),
    Kind("money changed", "more money", V.STOPS, at=MONTH),
    Kind("lens reversed", "lens reversed", V.STOPS, at=LENS),
    # messages
    Kind("status at the result", "result status", V.GOES_ON, at=REVIEW),
    Kind("status in the inbox", "inbox status", V.STOPS),
    Kind("message otherwise", "reworded", V.GOES_ON, None,
         _said("Your request completed successfully.", "Selesai disimpan.")),
)  # fmt: skip


def named(name: str) -> Kind:
    """The kind of that name. Raises StopIteration for one there is not."""
    return next(kind for kind in KINDS if kind.name == name)
