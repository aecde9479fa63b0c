"""The places of a sheet's drawings, and the edits that move them to the right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rpa.evidence.beside import LAST_COLUMN, Area, Drawn
from rpa.evidence.splice import Edit, Element, text_of, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_ANCHORS: Final = frozenset({"twoCellAnchor", "oneCellAnchor", "anchor"})
_ROW: Final = 190_500  # a row of usual height in EMU; where a picture ends exactly does not matter
# Excel writes this part as HTML of its own kind, which an XML parser may not take.
_SHAPE: Final = re.compile(rb"<x:ClientData([^>]*)>(.*?)</x:ClientData>", re.DOTALL)
_PLACE: Final = re.compile(rb"<x:Anchor>\s*(\d+),[^,<]*,\s*(\d+),[^,<]*,\s*(\d+),[^,<]*,\s*(\d+),")


def anchored(data: bytes, width: Callable[[int], int]) -> list[Drawn]:
    """Charts, pictures, shapes and controls of a part; ``width`` is a column's, in EMU."""
    found: list[Drawn] = []
    told: dict[str, Element] = {}

    def closed(element: Element) -> None:
        if element.parent in {"from", "to"} or element.parent == "oneCellAnchor":
            told[f"{element.parent} {element.name}"] = element
        if element.name in _ANCHORS and "from col" in told:
            found.append(_drawn(data, told, width))
            told.clear()

    walk(data, closed)
    return found


def _drawn(data: bytes, told: dict[str, Element], width: Callable[[int], int]) -> Drawn:
    def number(name: str) -> int:
        return int(text_of(data, told[name]) or 0) if name in told else 0

    left, top = number("from col") + 1, number("from row") + 1
    if "to col" in told:
        # An edge at the very beginning of a cell does not cover it.
        right = number("to col") + (number("to colOff") > 0)
        bottom = number("to row") + (number("to rowOff") > 0)
    else:
        size = told["oneCellAnchor ext"].attrs if "oneCellAnchor ext" in told else {}
        right = _reached(left, number("from colOff") + int(size.get("cx", 0)), width)
        bottom = top + (number("from rowOff") + int(size.get("cy", 0)) - 1) // _ROW
    columns = tuple(
        (told[name].open_end, told[name].close, number(name))
        for name in ("from col", "to col")
        if name in told
    )
    return Drawn(Area(left, top, max(left, right), max(top, bottom)), columns)


def _reached(column: int, emu: int, width: Callable[[int], int]) -> int:
    while column < LAST_COLUMN and emu > (wide := width(column)):
        emu, column = emu - wide, column + 1
    return column


def legacy(data: bytes) -> Iterator[Drawn]:
    """Notes that are always shown, and controls; a note that waits for the mouse covers nothing."""
    for shape in _SHAPE.finditer(data):
        place = _PLACE.search(data, shape.start(2), shape.end(2))
        if place and (b'"Note"' not in shape[1] or b"<x:Visible" in shape[2]):
            left, top, right, bottom = (int(number) + 1 for number in place.groups())
            columns = tuple((*place.span(group), int(place[group])) for group in (1, 3))
            yield Drawn(Area(left, top, right, bottom), columns)


def moved(drawings: Iterable[Drawn], columns: int) -> Iterator[Edit]:
    """The edits that move them to the right."""
    for drawing in drawings:
        for start, end, column in drawing.columns:
            yield Edit(start, end, str(column + columns).encode())
