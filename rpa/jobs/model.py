"""The job file against its model; what it objects to at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from rpa.jobs.places import KEYS, Unfit, Ways
from rpa.jobs.yaml_file import Items, Mapping
from rpa.jobs.yaml_slips import without_space
from rpa.objections import LINES, QUOTES, VALUE, objection
from rpa.reading import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from rpa.jobs.places import Place, Problems
    from rpa.jobs.yaml_file import Node

Loc = tuple[int | str, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(slots=True)
class Source:
    """The nodes of a job file as plain data; ``spoilt`` are the values already objected to."""

    root: Mapping
    problems: Problems
    spoilt: set[Loc] = field(default_factory=set)
    ways: Ways = KEYS

    def data(self, node: Node, loc: Loc) -> Any:
        """Plain data; a value that readers of YAML would read differently is noted."""
        if isinstance(node, Mapping):
            return {key: self.data(value, (*loc, key)) for key, value in node.values.items()}
        if isinstance(node, Items):
            return [self.data(item, (*loc, i)) for i, item in enumerate(node.items)]
        if node.ambiguous():
            self.spoilt.add(loc)
            self.problems.add(node.place, "yaml-quotes", QUOTES)
            return node.text
        return node.value()

    def place(self, loc: Sequence[int | str], *, key: bool = False) -> Place:
        """Where ``loc`` stands, or the nearest thing above it; ``key`` asks for the key itself."""
        node: Node = self.root
        for depth, step in enumerate(loc):
            if isinstance(node, Mapping) and step in node.values:
                if key and depth == len(loc) - 1:
                    return node.keys[str(step)]
                node = node.values[str(step)]
            elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                break
        return node.place

    def model(self, kind: type[ModelT], data: Any) -> ModelT | None:
        """``data`` of the whole file as a model; None, and every objection noted, if it is not."""
        try:
            return _validated(kind, data, self.root.place)
        except ValidationError as fault:
            for error in fault.errors(include_url=False):
                if tuple(error["loc"]) not in self.spoilt:
                    self._note(kind, error)
            return None

    def _note(self, kind: type[BaseModel], error: ErrorDetails) -> None:
        loc, given = error["loc"], error["input"]
        code, words = objection(kind, error)
        if error["type"] in LINES and isinstance(given, str) and (slip := without_space(given)):
            code, words = "yaml-slip", slip
        at = loc[:-1] if error["type"] == "missing" else loc
        self.problems.add(self.place(at, key=code == "key-unknown"), code, words)


def part(kind: type[ModelT], data: Any) -> ModelT | None:
    """A piece of the file by itself, so that an error elsewhere does not hide what it names."""
    try:
        return _validated(kind, data)
    except ValidationError:
        return None  # noted with its place by the check of the whole


def _validated(kind: type[ModelT], data: Any, place: Place | None = None) -> ModelT:
    """Raises ValidationError, which knows its places; of any other failure Unfit."""
    with reading(lambda _: Unfit("key-value", VALUE, place), leave=(ValidationError,)):
        return kind.model_validate(data)
