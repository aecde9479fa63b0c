"""The job file against its model; pydantic's objections in an operator's words, at their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from rpa.errors import Words
from rpa.jobs.columns import unknown_key
from rpa.jobs.places import KEYS, Unfit, Ways
from rpa.jobs.yaml_file import Items, Mapping
from rpa.jobs.yaml_slips import without_space
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
        loc = error["loc"]
        if error["type"] == "extra_forbidden":
            words = unknown_key(str(loc[-1]), _keys(_model_at(kind, loc[:-1])))
            self.problems.add(self.place(loc, key=True), "key-unknown", words)
        elif error["type"] == "missing":
            self.problems.add(self.place(loc[:-1]), "key-missing", _missing(str(loc[-1])))
        elif error["input"] is None and isinstance(loc[-1], str) and error["type"] not in _LINES:
            self.problems.add(self.place(loc), "key-blank", _blank(loc[-1]))
        else:
            code, words = _fault(error)
            self.problems.add(self.place(loc), code, words)


def part(kind: type[ModelT], data: Any) -> ModelT | None:
    """A piece of the file by itself, so that an error elsewhere does not hide what it names."""
    try:
        return _validated(kind, data)
    except ValidationError:
        return None  # noted with its place by the check of the whole


def _validated(kind: type[ModelT], data: Any, place: Place | None = None) -> ModelT:
    """Raises ValidationError, which knows its places; of any other failure Unfit."""
    with reading(lambda _: Unfit("key-value", _VALUE, place), leave=(ValidationError,)):
        return kind.model_validate(data)


def _model_at(kind: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel]:
    """The model that stands at ``loc``, through optional fields and lists."""
    for step in loc:
        if isinstance(step, str) and step in kind.model_fields:
            kind = next(_models(kind.model_fields[step].annotation), kind)
    return kind


def _keys(kind: type[BaseModel]) -> list[str]:
    """The model's keys as a file has them: `from` is no name that Python allows."""
    return [info.alias or name for name, info in kind.model_fields.items()]


def _models(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _missing(key: str) -> Words:
    return Words(f"Kunci '{key}' wajib ada di sini.", f"The key '{key}' must stand here.")


def _blank(key: str) -> Words:
    return Words(f"Isi '{key}' di sini; ia kosong.", f"Fill in '{key}' here; it is blank.")


def _fault(error: ErrorDetails) -> tuple[str, Words]:
    """The objection in an operator's words; pydantic's own are for programmers."""
    kind, given, limits = error["type"], error["input"], error.get("ctx", {})
    if kind in {"string_type", "path_type"} and isinstance(given, bool | int | float):
        return "yaml-quotes", QUOTES
    if kind in {"greater_than_equal", "less_than_equal"}:
        return "key-range", _range(limits)
    if kind == "string_too_long":
        most = limits.get("max_length")
        return "text-long", Words(
            f"Teks ini melebihi {most} aksara.", f"This text is longer than {most} characters."
        )
    if kind in _LINES and isinstance(given, str) and (words := without_space(given)):
        return "yaml-slip", words
    return _FAULTS.get(kind, ("key-value", _VALUE))


def _range(limits: dict[str, Any]) -> Words:
    if "ge" in limits:
        least = limits["ge"]
        return Words(f"Nombor ini mesti {least} atau lebih.", f"This must be {least} or more.")
    most = limits["le"]
    return Words(f"Nombor ini mesti {most} atau kurang.", f"This must be {most} or less.")


QUOTES = Words(
    'Letakkan nilai ini dalam tanda petik, contohnya "010203045555"; tanpanya, ia dibaca sebagai '
    "nombor lain.",
    'Put this value in quotes, such as "010203045555"; without them it is read as another number.',
)
_VALUE = Words("Nilai ini tidak sesuai di sini.", "This value does not fit here.")
TEXT = ("key-text", Words("Tulis satu teks di sini.", "Write one text here."))
_NUMBER = ("key-number", Words("Tulis satu nombor bulat di sini.", "Write a whole number here."))
MAPPING = (
    "key-mapping",
    Words("Tulis baris 'kunci: nilai' di bawah kunci ini.", "Write lines of 'key: value' here."),
)
LIST = (
    "key-list",
    Words(
        "Tulis senarai di sini, setiap satu bermula dengan '- '.",
        "Write a list here, each entry beginning with '- '.",
    ),
)
_LINES = {"dict_type", "model_type", "model_attributes_type", "list_type"}
_FAULTS: dict[str, tuple[str, Words]] = {
    "month_form": (
        "month-form",
        Words("Tulis bulan sebagai BB/TTTT, contohnya 10/2026.", "Write the month as 10/2026."),
    ),
    "string_type": TEXT,
    "string_too_short": TEXT,
    "path_type": TEXT,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "dict_type": MAPPING,
    "model_type": MAPPING,
    "model_attributes_type": MAPPING,
    "list_type": LIST,
}
