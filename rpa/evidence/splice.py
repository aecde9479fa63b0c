"""Change a piece of XML and leave every other byte as it was.

A workbook holds more than any library keeps (pictures, charts, pivots, macros, the values Excel
last computed, rules of newer versions). So its parts are not read into objects and written
anew: expat tells at which byte each element stands, and only our insertions are spliced in.
All inserted text is plain ASCII (other characters as references), so it is right in whatever
ASCII-compatible encoding the part declares.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_TAG = re.compile(rb"<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class NotPatchable(Exception):
    """The part is not built as the standard says; the caller gives results another way."""


@dataclass(slots=True)
class Element:
    """An element with the byte places of its tags.

    ``data[start:open_end]`` is the opening tag, ``data[open_end:close]`` what stands inside,
    ``data[close:end]`` the closing tag; both are empty in ``<row/>``. ``name`` and ``parent`` are
    without prefix, ``attrs`` as written.
    """

    name: str
    parent: str
    depth: int
    attrs: dict[str, str]
    start: int
    open_end: int = 0
    close: int = 0
    end: int = 0

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written ``<row/>``."""
        return self.open_end == self.end

    def attribute(self, local: str) -> str:
        """An attribute whatever its prefix (``r:id``, ``d3p1:id``); nothing when absent."""
        for name, value in self.attrs.items():
            if name.rpartition(":")[2] == local and not name.startswith("xmlns"):
                return value
        return ""


class Edit(NamedTuple):
    """Replace ``data[start:end]``."""

    start: int
    end: int
    content: bytes


def walk(data: bytes, closed: Callable[[Element], None]) -> None:
    """Call ``closed`` for each element at its end, children before parents.

    Raises NotPatchable for XML that is broken, of two bytes a character, or has a DTD (which
    office files never have, and entity bombs do).
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise NotPatchable("UTF-16")
    parser = expat.ParserCreate()
    parser.ordered_attributes = False
    _Walker(data, parser, closed)
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat takes its arguments by position only
    except expat.ExpatError as error:
        raise NotPatchable(str(error)) from error


class _Walker:
    def __init__(
        self, data: bytes, parser: expat.XMLParserType, closed: Callable[[Element], None]
    ) -> None:
        self._data, self._parser, self._closed = data, parser, closed
        self._stack: list[Element] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        parent = self._stack[-1].name if self._stack else ""
        local = name.rpartition(":")[2]
        at = self._parser.CurrentByteIndex
        self._stack.append(Element(local, parent, len(self._stack), attrs, at))

    def _end(self, _: str) -> None:
        element = self._stack.pop()
        match = _TAG.match(self._data, element.start)
        if match is None:
            raise NotPatchable("tag")
        element.open_end = element.close = element.end = match.end()
        if self._data[element.open_end - 2] != ord("/"):
            element.close = self._parser.CurrentByteIndex
            element.end = self._data.index(b">", element.close) + 1
        self._closed(element)

    def _doctype(self, *_: object) -> None:
        raise NotPatchable("DTD")


def elements(data: bytes, *names: str) -> list[Element]:
    """All elements of those names, in the order of their ends."""
    found: list[Element] = []

    def keep(element: Element) -> None:
        if element.name in names:
            found.append(element)

    walk(data, keep)
    return found


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """``data`` with the edits made; they never overlap."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise NotPatchable("overlap")
        pieces += [data[at : edit.start], edit.content]
        at = edit.end
    return b"".join([*pieces, data[at:]])


def appended(data: bytes, parent: Element, content: bytes) -> Edit:
    """Put ``content`` behind the last child, opening ``<fills/>`` when it is written so."""
    if not parent.is_empty_tag:
        return Edit(parent.close, parent.close, content)
    tag = data[parent.start : parent.end]
    name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
    return Edit(parent.start, parent.end, tag[:-2] + b">" + content + b"</" + name + b">")


def changed(data: bytes, element: Element, name: str, value: object) -> Iterator[Edit]:
    """An attribute with another value; nothing where the element does not have it."""
    written = re.compile(rb"\s%s\s*=\s*(?:\"[^\"]*\"|'[^']*')" % name.encode())
    match = written.search(data, element.start, element.open_end)
    if match:
        yield Edit(*match.span(), f' {name}="{escaped(str(value))}"'.encode())


def prefix_of(data: bytes, root: Element) -> str:
    """``x:`` where a part writes ``<x:worksheet>``, else nothing."""
    written = data[root.start + 1 : root.open_end].decode("ascii", "replace")
    name = re.split(r"[\s/>]", written, maxsplit=1)[0]
    return name[: -len(root.name)]


def tag(name: str, attrs: Mapping[str, object], inside: str | None = None) -> str:
    """An element as text; ``inside`` is markup already, None makes it empty."""
    written = "".join(f' {key}="{escaped(str(value))}"' for key, value in attrs.items())
    return f"<{name}{written}/>" if inside is None else f"<{name}{written}>{inside}</{name}>"


def escaped(text: str) -> str:
    """Text for XML in ASCII. ``_x0041_`` is kept from being read as an escape of OOXML."""
    literal = _LOOKS_ESCAPED.sub("_x005F_", text)
    safe = html.escape(literal).replace("\r", "&#13;").replace("\n", "&#10;")
    return safe.replace("\t", "&#9;").encode("ascii", "xmlcharrefreplace").decode()


def text_of(data: bytes, element: Element) -> str:
    """The character data of an element without children."""
    raw = data[element.open_end : element.close].decode("utf-8", "replace")
    return html.unescape(raw.removeprefix("<![CDATA[").removesuffix("]]>"))
