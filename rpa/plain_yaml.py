"""A YAML file of config/ as plain values; whatever is wrong is ConfigInvalid, with its line.

Anchors, aliases and tags are refused: no setting needs them, and they are how a small file becomes
a large one. A key that stands twice is refused too, for which of the two is meant is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.reader import ReaderError

from rpa.errors import ConfigInvalid, Words
from rpa.reading import Reason, Unreadable, contents, reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 1_000_000
MOST_DEPTH = 20
_SHOWN = 60


class Marked(NamedTuple):
    """Keys and values as texts, and where each key stands: its way down to line and column."""

    values: dict[str, Any]
    places: dict[tuple[str, ...], tuple[int, int]]


def read(path: Path, *, texts: bool = False) -> dict[Any, Any] | None:
    """The file's keys and values; None where there is no file.

    ``texts``: every value as it is written, for to YAML 17:30 is a number. Raises ConfigInvalid.
    """
    found = _read(path, _Texts if texts else _Plain)
    return None if found is None else found[0]


def read_marked(path: Path) -> Marked:
    """The same as texts, each key with its place; nothing where there is no file."""
    values, node = _read(path, _Texts) or ({}, None)
    return Marked(values, dict(_places(node, ())))


def marked(text: str) -> Marked:
    """The same of a file of our own, which needs no care and shall cost no time."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    node = loader.get_single_node()
    return Marked(loader.construct_document(node), dict(_places(node, ())))


def _places(
    node: yaml.Node | None, way: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    if isinstance(node, yaml.SequenceNode):
        for number, one in enumerate(node.value):
            yield (*way, str(number)), (one.start_mark.line + 1, one.start_mark.column + 1)
            yield from _places(one, (*way, str(number)))
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        mark, below = key.start_mark, (*way, str(key.value))
        yield below, (mark.line + 1, mark.column + 1)
        yield from _places(value, below)


def _read(
    path: Path, kind: type[_Plain | _Texts]
) -> tuple[dict[Any, Any], yaml.Node | None] | None:
    try:
        data = contents(path, MOST_BYTES)
    except Unreadable as fault:
        if fault.reason is Reason.MISSING:
            return None
        raise ConfigInvalid(_CANNOT[fault.reason], where=str(path)) from None
    with reading(lambda _: ConfigInvalid(_ENCODING, where=str(path))):
        text = data.decode("utf-8-sig")
    loader: _Plain | _Texts | None = None
    with reading(lambda error: _not_yaml(error, loader, path, text)):
        loader = kind(text)
        node = loader.get_single_node()
        found = None if node is None else loader.construct_document(node)
    if found is None:
        return {}, None
    if not isinstance(found, dict):
        raise ConfigInvalid(_SHAPE, where=str(path))
    return found, node


def shown(key: object) -> str:
    """A key made safe to quote: one line, printable, not long."""
    line = "".join(c if c.isprintable() else "?" for c in str(key)[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def line(key: str, values: dict[str, Any]) -> str:
    """One entry as a person writes it into such a file: ``screen: {race: {en: Race}}``."""
    flow = yaml.safe_dump(
        {key: values}, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6
    )
    return flow.strip()[1:-1]


class _Careful:
    """What both loaders refuse, and where they are when the library gives up without a place."""

    def __init__(self, text: str) -> None:
        super().__init__(text)  # type: ignore[call-arg]
        self.at: yaml.Mark | None = None
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """One node of the file, each looked at before it is made."""
        event = self.peek_event()  # type: ignore[attr-defined]
        named = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None
        self._refuse(named, "anchors and aliases (& and *) are not taken here", event)
        tagged = getattr(event, "tag", None) is not None
        self._refuse(tagged, "tags (!) are not taken here", event)
        self._depth += 1
        self._refuse(self._depth > MOST_DEPTH, f"more than {MOST_DEPTH} levels", event)
        node: yaml.Node | None = super().compose_node(parent, index)  # type: ignore[misc]
        self._depth -= 1
        if isinstance(node, yaml.MappingNode):
            self._once(node)
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002  PyYAML's own
        """The value of one node."""
        self.at = node.start_mark
        return super().construct_object(node, deep=deep)  # type: ignore[misc]

    def _once(self, node: yaml.MappingNode) -> None:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                self._refuse(key.value in seen, f"the key '{shown(key.value)}' stands twice", key)
                seen.add(key.value)

    @staticmethod
    def _refuse(wrong: bool, problem: str, at: Any) -> None:  # noqa: FBT001  private
        if wrong:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)


class _Plain(_Careful, yaml.SafeLoader):
    """Numbers, dates and true as YAML has them."""


class _Texts(_Careful, yaml.BaseLoader):
    """Every value as a text."""


def _not_yaml(
    error: BaseException, loader: _Plain | _Texts | None, path: Path, text: str
) -> ConfigInvalid:
    """In the library's own words where it has some, which never repeat a value."""
    problem, line, column = "a value that cannot be read", 1, 1
    mark: yaml.Mark | None = None
    if isinstance(error, ReaderError):
        before = text[: error.position]
        problem = "a character that is not allowed"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    elif isinstance(error, yaml.MarkedYAMLError):
        problem, mark = error.problem or problem, error.problem_mark or error.context_mark
    elif loader is not None:
        mark = loader.at or loader.get_mark()
    if mark is not None:
        line, column = mark.line + 1, mark.column + 1
    words = Words(f"Bukan YAML: {problem}.", f"Not YAML: {problem}.")
    return ConfigInvalid(words, where=f"{path}:{line}:{column}")


_SHAPE = Words(
    "Fail ini mesti mengandungi baris 'kunci: nilai'.", "The file must hold lines of 'key: value'."
)
_ENCODING = Words(
    "Fail ini bukan teks UTF-8. Simpan semula dengan pengekodan UTF-8.",
    "This file is not UTF-8 text. Save it again with the encoding UTF-8.",
)
_CANNOT = {
    Reason.KIND: Words(
        "Ini bukan fail biasa (mungkin folder).", "This is no ordinary file (a folder?)."
    ),
    Reason.LARGE: Words(
        f"Fail ini melebihi {MOST_BYTES // 1_000_000} MB.",
        f"This file is larger than {MOST_BYTES // 1_000_000} MB.",
    ),
    Reason.UNREADABLE: Words("Fail tidak dapat dibaca.", "The file cannot be read."),
}
