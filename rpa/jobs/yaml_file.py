"""YAML to nodes that know their place, read by what is written and not by YAML 1.1's guesses.

YAML 1.1 reads ``010203045555`` as an octal number, ``12:30`` as 750 and ``No`` as false. Here a
scalar keeps its source text, and whatever two readers of YAML could read differently is refused.
Anchors, aliases, tags and further documents are refused as well: a job needs none of them, and
they are how a small file becomes a large one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml
from yaml.resolver import Resolver

from rpa.errors import Words
from rpa.jobs.places import IN_JOB, Place, Problems, Unfit, shown
from rpa.jobs.yaml_slips import slip
from rpa.reading import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = "tag:yaml.org,2002:"
_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RESOLVER = Resolver()
_ONE_LINE = frozenset("\t\n\r")

Value = str | bool | int | float | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. ``text`` is what is written; ``quoted`` tells that it is certainly a text."""

    place: Place
    text: str
    quoted: bool

    def ambiguous(self) -> bool:
        """Whether readers of YAML differ about it: octals, 1_000, 12:30, 1e3, hexadecimals."""
        kind = self._kind()
        if kind == "int":
            return _INT.fullmatch(self.text) is None
        if kind == "float":
            return _FLOAT.fullmatch(self.text) is None
        return kind == "str" and not self.quoted and _LEADING_ZERO.fullmatch(self.text) is not None

    def value(self) -> Value:
        """What it is, when it is not ``ambiguous``; only true and false are booleans."""
        kind = self._kind()
        if kind == "null":
            return None
        if kind == "bool" and self.text.lower() in {"true", "false"}:
            return self.text.lower() == "true"
        if kind == "int":
            return int(self.text)
        return float(self.text) if kind == "float" else self.text

    def _kind(self) -> str:
        if self.quoted:
            return "str"
        tag: str = _RESOLVER.resolve(yaml.ScalarNode, self.text, (True, False))  # type: ignore[no-untyped-call]
        return tag.removeprefix(_TAG)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the file's order; each key with its own place."""

    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)


Node = Scalar | Items | Mapping


def parse(data: bytes, name: str, depth: int, problems: Problems) -> Mapping:
    """The one mapping that the file is.

    Duplicate keys are noted in ``problems``; what makes the file unreadable raises Unfit.
    """
    start = Place(f"{name}:1:1", (IN_JOB, 1, 1))
    text = _decode(data, name)
    with reading(lambda error: _syntax(error, text, name), leave=(Unfit,)):
        root = _Builder(text, name, depth, problems).document(start)
    if not isinstance(root, Mapping):
        raise Unfit("yaml-shape", _SHAPE, root.place)
    return root


class _Builder:
    """Makes nodes of PyYAML's events; the only recursion is bounded by ``depth``."""

    def __init__(self, text: str, name: str, depth: int, problems: Problems) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.SafeLoader)
        self._name = name
        self._depth = depth
        self._problems = problems

    def document(self, start: Place) -> Node:
        next(self._events)  # the stream's start
        event = next(self._events)
        if not isinstance(event, yaml.DocumentStartEvent):
            raise Unfit("yaml-empty", _EMPTY, start)
        if event.version or event.tags:
            raise Unfit("yaml-directive", _DIRECTIVE, self._place(event))
        root = self._node(next(self._events), 1)
        next(self._events)  # the document's end
        event = next(self._events)
        if isinstance(event, yaml.DocumentStartEvent):
            raise Unfit("yaml-documents", _DOCUMENTS, self._place(event))
        if isinstance(root, Scalar) and not root.quoted and not root.text:
            raise Unfit("yaml-empty", _EMPTY, start)
        return root

    def _node(self, event: yaml.Event, level: int) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise Unfit("yaml-anchor", _ANCHOR, place)
        if getattr(event, "tag", None) is not None:
            raise Unfit("yaml-tag", _TAGGED, place)
        if level > self._depth:
            raise Unfit("yaml-depth", _DEEP, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(Items(place), level)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(Mapping(place), level)
        return self._scalar(event, place)

    def _scalar(self, event: yaml.Event, place: Place) -> Scalar:
        text: str = getattr(event, "value")  # noqa: B009  only a scalar is left, the stubs tell not
        if _NOT_TEXT.search(text):  # an escape such as "\0" in quotes
            raise Unfit("yaml-character", _CHARACTER, place)
        style = getattr(event, "style", None)
        if style == '"' and not _ONE_LINE.isdisjoint(
            text
        ):  # an escape, as in "C:\\tambah\\new.xlsx"
            raise Unfit("yaml-escape", _ESCAPE, place)
        return Scalar(place, text, quoted=bool(style))

    def _items(self, into: Items, level: int) -> Items:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            into.items.append(self._node(event, level + 1))
        return into

    def _mapping(self, into: Mapping, level: int) -> Mapping:
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, level + 1)
            if not isinstance(key, Scalar):
                raise Unfit("yaml-key", _KEY, key.place)
            value = self._node(next(self._events), level + 1)
            if key.text in into.keys:
                self._problems.add(key.place, "yaml-twice", _twice(key.text, into.keys[key.text]))
            else:
                into.keys[key.text] = key.place
                into.values[key.text] = value
        return into

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return _at(self._name, mark.line + 1, mark.column + 1) if mark else _at(self._name, 1, 1)


def _at(name: str, line: int, column: int) -> Place:
    return Place(f"{name}:{line}:{column}", (IN_JOB, line, column))


def _decode(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unfit("yaml-encoding", _ENCODING, _at(name, 1, 1))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode()
        raise Unfit("yaml-encoding", _ENCODING, _after(before, name)) from None
    if strange := _NOT_TEXT.search(text):
        raise Unfit("yaml-character", _CHARACTER, _after(text[: strange.start()], name))
    return text


def _after(before: str, name: str) -> Place:
    """The place that follows ``before``."""
    line = before.count("\n") + 1
    return _at(name, line, len(before) - (before.rfind("\n") + 1) + 1)


def _syntax(fault: BaseException, text: str, name: str) -> Unfit:
    mark, problem = None, ""
    if isinstance(fault, yaml.MarkedYAMLError):
        mark, problem = fault.problem_mark or fault.context_mark, fault.problem or ""
    if mark is None:  # such as "\UFFFFFFFF", which is no letter
        return Unfit("yaml-syntax", _SYNTAX, _at(name, 1, 1))
    place = _at(name, mark.line + 1, mark.column + 1)
    if text[mark.index : mark.index + 1] == "\t":
        return Unfit("yaml-tab", _TAB, place)
    if "escape" in problem:  # PyYAML's own words; its text would repeat the line
        return Unfit("yaml-escape", _ESCAPE, place)
    if "cannot start any token" in problem:
        return Unfit("yaml-sign", _sign(text[mark.index : mark.index + 1]), place)
    if isinstance(fault, yaml.MarkedYAMLError) and (meant := slip(fault, text)):
        return Unfit("yaml-slip", meant.words, _at(name, meant.line, meant.column))
    return Unfit("yaml-syntax", _SYNTAX, place)


def _sign(sign: str) -> Words:
    return Words(
        f"Nilai tidak boleh bermula dengan {sign} tanpa tanda petik. Letakkan nilai ini dalam "
        "tanda petik.",
        f"A value cannot begin with {sign} outside quotes. Put this value in quotes.",
    )


def _twice(key: str, first: Place) -> Words:
    line = first.order[1]
    return Words(
        f"Kunci '{shown(key)}' sudah ada di baris {line}. Tinggalkan satu sahaja.",
        f"The key '{shown(key)}' stands already in line {line}. Keep only one.",
    )


_EMPTY = Words("Fail kerja ini kosong.", "This job file is empty.")
_SHAPE = Words(
    "Fail kerja mesti mengandungi baris 'kunci: nilai', bermula dengan 'procedure:'.",
    "A job file must hold lines of 'key: value', beginning with 'procedure:'.",
)
_SYNTAX = Words(
    "Fail ini bukan YAML yang betul di tempat ini. Semak lekukan, titik bertindih dan tanda petik.",
    "This is not correct YAML at this place. Check the indentation, colons and quotes.",
)
_ESCAPE = Words(
    "Dalam tanda petik berganda, \\ ialah tanda khas YAML (\\t menjadi Tab, \\U aksara lain). "
    "Tulis laluan fail dengan / atau dalam tanda petik tunggal: 'C:\\folder\\fail.xlsx'.",
    "Inside double quotes \\ is a special sign of YAML (\\t becomes a Tab, \\U another character). "
    "Write a path with / or in single quotes: 'C:\\folder\\file.xlsx'.",
)
_TAB = Words(
    "Terdapat aksara Tab di sini. Gunakan ruang (Space) untuk lekukan.",
    "There is a Tab here. Use spaces for indentation.",
)
_ENCODING = Words(
    "Fail ini bukan teks UTF-8. Simpan semula dengan pengekodan UTF-8.",
    "This file is not UTF-8 text. Save it again with the encoding UTF-8.",
)
_CHARACTER = Words(
    "Terdapat aksara kawalan yang tidak dibenarkan di sini. Padamkannya.",
    "There is a control character here that is not allowed. Remove it.",
)
_DOCUMENTS = Words(
    "Satu fail kerja hanya boleh mengandungi satu dokumen. Padamkan '---' dan bahagian selepasnya.",
    "A job file holds one document only. Remove '---' and what follows.",
)
_DIRECTIVE = Words(
    "Padamkan baris yang bermula dengan '%'.", "Remove the lines that begin with '%'."
)
_ANCHOR = Words(
    "Sauh dan alias YAML ('&nama', '*nama') tidak diterima. Tulis nilainya di sini, atau letakkan "
    "teks dalam tanda petik.",
    "YAML anchors and aliases ('&name', '*name') are not accepted. Write the value itself, or put "
    "the text in quotes.",
)
_TAGGED = Words(
    "Tag YAML ('!…') tidak diterima. Padamkannya, atau letakkan teks dalam tanda petik.",
    "YAML tags ('!…') are not accepted. Remove it, or put the text in quotes.",
)
_DEEP = Words("Senarai di sini terlalu bersarang.", "The lists here are nested too deeply.")
_KEY = Words("Kunci mesti satu perkataan.", "A key must be one word.")
