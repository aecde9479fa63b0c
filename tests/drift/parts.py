"""Changes of the parts of which every screen is made; by the name that a plan gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import g
from markupsafe import Markup, escape

from mock_portal import skins
from tests.drift.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.drift.portal import Stage

    Told = dict[str, Any]
    Part = Callable[[Stage, Any, str, Told], Markup]

FIELDS = frozenset({"text", "searched", "day", "select", "radios", "tick", "file", "phone", "area"})
BUTTONS = frozenset({"button", "adder", "searcher"})
LISTS = frozenset({"table", "entries"})
SEVERAL = 2  # a list of fewer options is not made radio buttons
MOST_RADIOS = 12
EXTRA = "postCode"
_DAY = re.compile(r"\b(\d\d)([/-])(\d\d)\2(\d{4})\b")
_IDS = r"\b(?:id|for|aria-labelledby|aria-controls|aria-describedby)"
_INPUT = re.compile(r"<input\b[^>]*type=\"text\"[^>]*>")


def made(kit: Any, name: str, told: Told) -> Markup:
    """A part of the skin in hand, as these parameters make it."""
    return Markup(getattr(kit, name)(**told))


def _label(told: Told) -> str:
    return str(told.get("label") or told.get("text") or "")


def _is_it(stage: Stage, name: str, told: Told, kinds: frozenset[str] = FIELDS) -> bool:
    """Whether it is the part that the plan names by its words."""
    words = _label(told) if kinds is FIELDS else str(told.get("words", ""))
    return name in kinds and plain(words) == plain(str(stage.change["label"]))


def _at(change: Callable[[Stage, Any, str, Told], Any], kinds: frozenset[str] = FIELDS) -> Part:
    """The change at the one part that is named, and at no other."""

    def changed(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
        if not _is_it(stage, name, told, kinds):
            return made(kit, name, told)
        stage.came()
        return Markup(change(stage, kit, name, told))

    return changed


# --- fields --------------------------------------------------------------------------------------


def _relabelled(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    key = "text" if name == "tick" else "label"
    return getattr(kit, name)(**{**told, key: stage.change["to"]})


def _exchanged(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """The labels of two fields stand at each other's."""
    pair = [plain(stage.change["label"]), plain(stage.change["to"])]
    if name not in FIELDS or plain(_label(told)) not in pair:
        return made(kit, name, told)
    stage.came()
    mine = pair.index(plain(_label(told)))
    other = stage.change["to"] if mine == 0 else stage.change["label"]
    return made(kit, name, {**told, "text" if name == "tick" else "label": other})


def _beside(told: Told) -> str:
    """A name like that field's own, of the same screen."""
    whole = str(told.get("id") or told.get("field"))
    return f"{whole.rpartition('.')[0]}.{EXTRA}" if "." in whole else EXTRA


def _added(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    more = kit.text(
        id=_beside(told), label=stage.change["to"], required=bool(stage.change.get("extra"))
    )
    return more + getattr(kit, name)(**told)


def _removed(stage: Stage, kit: Any, name: str, told: Told) -> str:
    del stage, kit, name, told
    return ""


def _moved(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """It stands behind the next field."""
    part = made(kit, name, told)
    if _is_it(stage, name, told):
        stage.came()
        g.held = part
        return Markup("")
    held = g.pop("held", Markup("")) if name in FIELDS else Markup("")
    return part + held


def _another_step(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """It is not on its screen; the one where papers are added has it."""
    if _is_it(stage, name, told):
        stage.came()
        return Markup("")
    part = made(kit, name, told)
    if name in LISTS and told.get("id") == "documentList":
        return made(kit, "text", {"id": EXTRA, "label": stage.change["label"]}) + part
    return part


def _renamed(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """Its HTML name, its id, or both are others."""
    part, where = str(made(kit, name, told)), stage.change["where"]
    for own in set(re.findall(r'<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"', part)):
        if "id" in where:
            part = re.sub(rf'({_IDS}="){re.escape(own)}(?=["_ -])', rf"\g<1>zz-{own[::-1]}", part)
    for own in set(re.findall(r'\bname="([^"]+)"', part)):
        if "name" in where:
            part = part.replace(f'name="{own}"', f'name="zz{own[::-1]}"')
            stage.change.setdefault("names", {})[f"zz{own[::-1]}"] = own
    return Markup(part)


# --- widgets -------------------------------------------------------------------------------------


def _as_box(kit: Any, told: Told, control: str) -> Markup:
    """A row with another control in the place of a text box, under the same label and name."""
    row = str(
        kit.text(
            id=told.get("id") or told["field"],
            label=_label(told),
            required=told.get("required", False),
        )
    )
    found = _INPUT.search(row)
    if found is None:
        return Markup(row)
    ids = " ".join(re.findall(r'\b(?:id|name)="[^"]*"', found[0]))
    return Markup(row.replace(found[0], control.replace("{}", ids)))


def _native_list(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    del stage, name
    options = "".join(
        f'<option value="{escape(key)}"{" selected" if key == told.get("chosen") else ""}>{escape(text)}</option>'
        for key, text in {"": told.get("empty") or "Please Select", **_choices(told)}.items()
    )
    return _as_box(kit, told, f"<select {{}}>{options}</select>")


def _choices(told: Told) -> dict[Any, str]:
    return dict(told["choices"])


def _radios(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    del stage, name
    keys = ("id", "label", "required")
    mine = {key: told[key] for key in keys if key in told}
    return kit.radios(**mine, choices=tuple(_choices(told).items()), chosen=told.get("chosen", ""))


def _list(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    del stage, name
    keys = ("id", "label", "chosen", "required")
    mine = {key: told[key] for key in keys if key in told}
    return kit.select(**mine, choices=_choices(told), empty="Please Select")


def _plain_box(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    del stage, name
    keys = ("id", "label", "value", "required")
    return kit.text(**{key: told[key] for key in keys if key in told}, max=10)


def _day_box(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    """A box with a picker, as 2018 has it: a class and what is to be typed."""
    box = str(_plain_box(stage, kit, name, told))
    return Markup(
        box.replace('type="text"', 'type="text" class="datepicker" placeholder="dd/mm/yyyy"', 1)
    )


def _check_box(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    del stage, name
    state = " checked" if told.get("ticked") else ""
    return _as_box(kit, told, f'<input type="checkbox" {{}} value="true"{state}>')


# --- options -------------------------------------------------------------------------------------


def _options(told: Told, choices: dict[Any, str]) -> Any:
    pairs = tuple(choices.items())
    return {**told, "choices": choices if isinstance(told["choices"], dict) else pairs}


def _option(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    """The option that the job means is called otherwise, is not there, or is there twice."""
    wanted, does = plain(stage.change["option"]), stage.change["where"]
    others: dict[Any, str] = {}
    for key, text in _choices(told).items():
        if plain(str(text)) != wanted:
            others[key] = text
        elif does == "otherwise":
            others[key] = "Lain-lain butiran 7"
        elif does == "twice":
            others |= {"ZZ": text, key: text}
    return getattr(kit, name)(**_options(told, others))


def _all_first(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    del stage
    return getattr(kit, name)(
        **{**_options(told, {"": "Semua / All", **_choices(told)}), "empty": ""}
    )


# --- what is pressed -----------------------------------------------------------------------------


def _twice(stage: Stage, kit: Any, name: str, told: Told) -> Any:
    del stage
    other = {**told, "id": f"{told['id']}Two"} if "id" in told else told
    return getattr(kit, name)(**told) + Markup(" ") + getattr(kit, name)(**other)


def _ends_above(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """What ends a screen stands at its head."""
    if name == "ends":
        g.ends = made(kit, "ends", told)
        return Markup("")
    if name == "page" and "caller" in told:
        inside = told["caller"]

        def above() -> Markup:
            body = Markup(inside())
            ends = g.pop("ends", None)
            stage.fired += ends is not None
            return (ends or Markup("")) + body

        return made(kit, "page", {**told, "caller": above})
    return made(kit, name, told)


NOTICE = Markup(
    '<div role="dialog" aria-label="Notis" style="border:1px solid #999;padding:8px"><h2>Notis</h2>'
    '<p>Sistem ASSIST akan dinaik taraf.</p><button type="button">Faham</button></div>'
)


def _notice(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """A notice in a dialog of its own stands on every screen."""
    part = made(kit, name, told)
    if name == "page":
        stage.came()
        part += NOTICE
    return part


# --- lists ---------------------------------------------------------------------------------------


def _table(change: Callable[[Stage, Told], Told]) -> Part:
    def changed(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
        if name not in LISTS or len(told["heads"]) < SEVERAL:
            return made(kit, name, told)
        stage.came()
        return made(kit, name, change(stage, told))

    return changed


def _reversed(stage: Stage, told: Told) -> Told:
    """Of a skin that has an order of its own, that is turned (`tests.drift.portal`)."""
    turned = told["heads"] if skins.here().columns else dict(reversed(told["heads"].items()))
    return {**told, "heads": turned}


def _column(stage: Stage, told: Told) -> Told:
    lines = [{**line, "zz": "A1"} for line in told["lines"]]
    return {**told, "heads": {"zz": stage.change["to"], **told["heads"]}, "lines": lines}


def _column_again(stage: Stage, told: Told) -> Told:
    """A second column of the same heading, with other values."""
    wanted = plain(stage.change["label"])
    if wanted not in map(plain, told["heads"].values()):
        stage.fired -= 1
        return told
    return _column(stage, told) | {"heads": {"zz": stage.change["label"], **told["heads"]}}


# --- values --------------------------------------------------------------------------------------


def _items(change: Callable[[Stage, list[Any]], list[Any]]) -> Part:
    """Of each case item of a review: (field, name, current, new)."""

    def changed(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
        if name != "case_item":
            return made(kit, name, told)
        stage.came()
        items = change(stage, [list(item) for item in told["items"]])
        return made(kit, "case_item", {**told, "items": items})

    return changed


def _another_value(stage: Stage, items: list[Any]) -> list[Any]:
    told = [item for item in items if len(str(item[3] or "")) > SEVERAL]
    one = told[stage.change["seed"] % len(told)]
    one[3] = str(one[3])[:-1] + ("7" if str(one[3])[-1] != "7" else "8")
    return items


def _another_person(stage: Stage, items: list[Any]) -> list[Any]:
    del stage
    for item in items:
        if re.search(r"name|registrationN", str(item[0]), re.IGNORECASE) and item[3]:
            item[3] = "770707007777" if str(item[3]).isdigit() else "ORANG LAIN"
    return items


def _without_one(stage: Stage, items: list[Any]) -> list[Any]:
    told = [n for n, item in enumerate(items) if item[3]]
    gone = told[stage.change["seed"] % len(told)]
    return [item for n, item in enumerate(items) if n != gone]


def _one_more(stage: Stage, items: list[Any]) -> list[Any]:
    return [*items, [items[-1][0], stage.change["to"], "", "A1"]]


def _called_otherwise(stage: Stage, items: list[Any]) -> list[Any]:
    told = [item for item in items if item[3]]
    told[stage.change["seed"] % len(told)][1] = stage.change["to"]
    return items


def _days(stage: Stage, items: list[Any]) -> list[Any]:
    """In the order in which no day above the twelfth can be."""
    days = [item for item in items if _DAY.fullmatch(str(item[3] or ""))]
    for item in days:
        item[3] = _DAY.sub(stage.change["to"], str(item[3]))
    stage.fired -= not days
    return items


def _money(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """1,234.50 is written 1.234,50 wherever a month's sums are."""
    if name != "totals":
        return made(kit, name, told)
    stage.came()
    turn = str.maketrans(",.", ".,")
    sums = {key: str(value).translate(turn) for key, value in told["sums"].items()}
    return made(kit, "totals", {**told, "sums": sums, "grand": str(told["grand"]).translate(turn)})


def _more_money(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """A month's sum is another."""
    if name != "totals":
        return made(kit, name, told)
    stage.came()
    return made(kit, "totals", {**told, "grand": f"9{told['grand']}"})


def _whose(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """The employer that a screen says it is about is another."""
    if name != "values" or "employerCode" not in [pair[0] for pair in told["pairs"]]:
        return made(kit, name, told)
    stage.came()
    pairs = [
        (one, label, "B9900009999W" if one == "employerCode" else value)
        for one, label, value in told["pairs"]
    ]
    return made(kit, "values", {"pairs": pairs})


def _result_status(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """The page after the press says a word that nobody knows."""
    keys = [pair[0] for pair in told["pairs"]] if name == "values" else []
    if not {"caseNumber", "taskStatus"} <= set(keys):
        return made(kit, name, told)
    stage.came()
    pairs = [(k, label, "Separa" if k == "taskStatus" else v) for k, label, v in told["pairs"]]
    return made(kit, name, {"pairs": pairs})


def _inbox_status(stage: Stage, kit: Any, name: str, told: Told) -> Markup:
    """Every case of the inbox has a status that nobody knows."""
    if told.get("id") != "taskInbox" or not told["lines"]:
        return made(kit, name, told)
    stage.came()
    lines = [{**line, "status": "Separa"} for line in told["lines"]]
    return made(kit, name, {**told, "lines": lines})


PARTS: dict[str, Part] = {
    "label": _at(_relabelled), "exchanged": _exchanged, "added": _at(_added),
    "removed": _at(_removed), "moved": _moved, "another step": _another_step,
    "renamed": _at(_renamed), "native list": _at(_native_list), "radios": _at(_radios),
    "list": _at(_list), "plain box": _at(_plain_box), "day box": _at(_day_box),
    "check box": _at(_check_box), "option": _at(_option), "all first": _at(_all_first),
    "twice": _at(_twice, BUTTONS), "gone": _at(_removed, BUTTONS), "ends above": _ends_above,
    "notice": _notice, "reversed": _table(_reversed), "column": _table(_column),
    "column again": _table(_column_again), "another value": _items(_another_value),
    "another person": _items(_another_person), "without one": _items(_without_one),
    "one more": _items(_one_more), "called otherwise": _items(_called_otherwise),
    "days": _items(_days), "money": _money, "more money": _more_money, "whose": _whose,
    "result status": _result_status, "inbox status": _inbox_status,
}  # fmt: skip
