"""The practice portal, whose pages can be changed in a named way: ``python -m tests.drift.portal``.

Every skin makes its screens of the same parts (docs/skins.md), so a change is written once, of a
part's own parameters, and shown by whatever markup the skin has for it. ``POST /plan`` at the
control port lays one change (a JSON object, `tests.drift.kinds` says of what), ``GET /seen`` tells
how often it came. What the portal does with what it is sent stays its own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Request as FlaskRequest
from flask import request
from jinja2 import Environment

from mock_portal import app, control, shell, skins
from mock_portal.__main__ import main
from mock_portal.labels import Speech
from tests.drift.parts import PARTS
from tests.drift.words import SAID, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask
    from jinja2.environment import TemplateModule

    from mock_portal.labels import Label
    from mock_portal.state import Store

KIT = "kit.html"
PRESS = "commit"  # the practice portal's name for the one POST that files


@dataclass
class Stage:
    """The change that is laid, how often it came, what was pressed."""

    change: dict[str, Any] = field(default_factory=dict)
    fired: int = 0
    presses: int = 0

    def lay(self, wanted: dict[str, Any]) -> None:
        """Another change; what was seen is forgotten."""
        self.change = dict(wanted.get("change") or {})
        self.fired = self.presses = 0

    def came(self) -> None:
        """It came once more."""
        self.fired += 1


STAGE = Stage()


class Kit:
    """A skin's parts, each behind the change that is laid."""

    def __init__(self, module: TemplateModule) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._module, name)
        if not hasattr(part, "arguments"):
            return part

        def changed(*given: Any, **named: Any) -> Any:
            told = {**dict(zip(part.arguments, given, strict=False)), **named}
            change = PARTS.get(STAGE.change.get("how", ""))
            return change(STAGE, self._module, name, told) if change else part(**told)

        return changed


def _dressed(self: Environment, name: Any, *more: Any, **named: Any) -> Any:
    made = _get_template(self, name, *more, **named)
    if name != KIT:
        return made
    make = made.make_module

    class Imported:
        """What ``import "kit.html"`` takes the parts from."""

        def make_module(self, *given: Any, **how: Any) -> Kit:
            return Kit(make(*given, **how))

    return Imported()


def _of(self: Speech, label: Label) -> str:
    change = SAID.get(STAGE.change.get("how", ""))
    return change(STAGE, self, label, _said) if change else _said(self, label)


def _ordered(self: skins.Skin, heads: Mapping[str, Any]) -> dict[str, Any]:
    made = _in_order(self, heads)
    turned = self.columns and STAGE.change.get("how") == "reversed"
    return dict(reversed(made.items())) if turned else made


def _create(store: Store) -> Flask:
    made = _create_portal(store)
    made.request_class = Renamed
    made.before_request(_noted)
    made.after_request(_answered)
    made.context_processor(_menu)
    return made


def _noted() -> Any:
    """A press is counted; a field that is compulsory now is asked for."""
    if request.method != "POST":
        return None
    screen = request.args.get("mvcPath", "").rpartition("/")[2].removesuffix(".jsp")
    STAGE.presses += screen == PRESS
    extra = STAGE.change.get("extra", " ")
    for name, value in request.form.items():
        if name.endswith(extra) and not value:
            STAGE.came()
            return shell.answer_errors({name: "Sila isi Kod Jawatan."})
    return None


def _answered(answer: Any) -> Any:
    """What a lens found, the other way round."""
    if STAGE.change.get("how") == "lens reversed" and answer.is_json:
        said = answer.get_json()
        if isinstance(said, dict) and "known" in said:
            STAGE.came()
            answer.set_data(json.dumps({**said, "known": not said["known"], "person": {}}))
    return answer


def _menu() -> dict[str, Any]:
    """The entry that is named stands in another list of the menu, or twice in its own."""
    how, label = STAGE.change.get("how", ""), str(STAGE.change.get("label", ""))
    visitor = shell.layout_values() if how in {"menu moved", "menu twice"} else {}
    menu = [[name, list(entries)] for name, entries in visitor.get("menu", ())]
    for number, (_, entries) in enumerate(menu):
        mine = [entry for entry in entries if plain(label) in map(plain, entry[0])]
        if mine and how == "menu twice":
            entries.append((mine[0][0], entries[0][1]))
        elif mine:
            entries.remove(mine[0])
            menu[(number + 1) % len(menu)][1].append(mine[0])
        STAGE.fired += bool(mine)
        if mine:
            break
    return {"menu": menu} if menu else {}


class Renamed(skins.Request):
    """A request whose renamed field has its own name again."""

    def _load_form_data(self) -> None:
        names = STAGE.change.get("names") or {}
        FlaskRequest._load_form_data(self)
        for kind in ("form", "files"):
            pairs = [(names.get(key, key), v) for key, v in self.__dict__[kind].items(multi=True)]
            self.__dict__[kind] = type(self.__dict__[kind])(pairs)
        super()._load_form_data()


def _control(store: Store) -> Flask:
    made = _create_control(store)

    def plan() -> dict[str, Any]:
        STAGE.lay(request.get_json())
        return {"changes": [STAGE.change.get("kind", "")] if STAGE.change else []}

    def seen() -> dict[str, Any]:
        return {"fired": STAGE.fired, "presses": STAGE.presses}

    made.add_url_rule("/plan", view_func=plan, methods=["POST"])
    made.add_url_rule("/seen", view_func=seen)
    return made


_get_template: Callable[..., Any] = Environment.get_template
_said: Callable[[Speech, Label], str] = Speech.of
_in_order = skins.Skin.ordered
_create_portal, _create_control = app.create, control.create


def dress() -> None:
    """Put the stage before the portal of this process, and of no other."""
    Environment.get_template = _dressed  # type: ignore[method-assign]
    Speech.of = _of  # type: ignore[method-assign]
    skins.Skin.ordered = _ordered  # type: ignore[method-assign]
    app.create, control.create = _create, _control


if __name__ == "__main__":
    dress()
    sys.exit(main())
