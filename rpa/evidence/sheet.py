"""One worksheet's XML: where its cells stand, and the edits that put result columns beside them."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rpa.evidence.beside import Area, Rows
from rpa.evidence.borders import widened
from rpa.evidence.splice import (
    Edit,
    Element,
    NotPatchable,
    appended,
    escaped,
    prefix_of,
    tag,
    text_of,
    walk,
)
from rpa.evidence.styles import WRAPPED
from rpa.evidence.wording import COLUMNS, OURS, PARTED, TINTS, lines_in
from rpa.model.filing import RowState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rpa.evidence.beside import Standing

MOST_LINKS: Final = 60_000  # Excel stops at 65,530 in a sheet
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
SENTENCE: Final = 60.0  # the width of a column of sentences
_WIDTHS: Final = (24.0, 38.0, 17.0, SENTENCE, SENTENCE, 24.0)  # the two numbers of a month fit
_USUAL_WIDTH: Final = "9.14"
_PIXEL: Final = 9_525  # in EMU; a character of a column's width has seven
_YES: Final = frozenset({"1", "true"})
_SPANS = re.compile(rb"""\sspans=(?:"[^"]*"|'[^']*')""")  # a hint that would now be wrong
_HEIGHT = re.compile(rb"""\sht=(?:"[^"]*"|'[^']*')""")
LINE: Final = 15.0  # points, in a workbook that says nothing else
_HIGHEST: Final = 409.0  # points; Excel has no higher row
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_BEFORE_LINKS: Final = frozenset({
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations",
})  # fmt: skip
"""The worksheet's children that the standard wants before ``hyperlinks``."""


@dataclass(slots=True)
class Cell:
    """A cell with its place in the bytes."""

    column: int
    start: int
    end: int
    style: int
    referenced: bool


@dataclass(slots=True)
class RowSpan:
    """A row: its tags and style, and its cells from the operator's last column that is read on."""

    number: int
    element: Element
    style: int = 0
    tail: list[Cell] = field(default_factory=list)

    def style_at(self, column: int) -> int:
        """The style of the cell there, else the row's."""
        return next((c.style for c in self.tail if c.column == column), self.style)


@dataclass(frozen=True, slots=True)
class CellText:
    """What to write into a cell, and how it looks; ``anchor`` makes it a link."""

    text: str
    look: str
    anchor: str | None = None


class SheetScan:
    """All that must be known of a sheet before it is changed, gathered in one pass.

    ``read`` are the columns that the rows were read from; without them, all that have a heading.
    """

    def __init__(
        self, data: bytes, header_row: int, shared: Callable[[int], str], read: Sequence[int] = ()
    ) -> None:
        self.data, self._header_row, self._shared = data, header_row, shared
        self._read = sorted(read)
        self.columns: dict[str, int] = {}
        self.sign = 0
        self.rows: dict[int, RowSpan] = {}
        self.cols: list[Element] = []
        self.links: list[Element] = []
        self.sorts: list[Element] = []
        self.parts: dict[str, Element] = {}
        self.links_at = 0
        self.lowest: dict[int, int] = {}
        self._headed: list[int] = []
        self._row_number = 0
        self._cells: list[tuple[Cell, bool, str]] = []
        self._filled, self._value = False, ""
        self._merges: list[str] = []
        walk(data, self._closed)
        self._finish()

    def _closed(self, element: Element) -> None:
        name = element.name
        if name in {"v", "f", "t"}:
            self._value_of(element)
        elif name == "c" and element.parent == "row":
            self._cell(element)
        elif name == "row" and element.parent == "sheetData":
            self._row(element)
        elif name == "mergeCell":
            self._merges.append(element.attrs.get("ref", ""))
        elif name == "col" and element.parent == "cols":
            self.cols.append(element)
        elif name == "hyperlink" and element.parent == "hyperlinks":
            self.links.append(element)
        elif element.depth <= 1:
            self._part(element)
        elif name == "sortState" and element.parent == "autoFilter" and element.depth == 2:  # noqa: PLR2004  not of a customSheetView
            self.sorts.append(element)

    def _part(self, element: Element) -> None:
        self.parts[element.name] = element
        if element.name in _BEFORE_LINKS:
            self.links_at = element.end

    def _value_of(self, element: Element) -> None:
        self._filled = self._filled or element.name == "f" or element.close > element.open_end
        if self._row_number < self._header_row and element.name in {"v", "t"}:
            self._value += text_of(self.data, element)

    def _cell(self, element: Element) -> None:
        written = element.attrs.get("r", "")
        column = column_of(written) if written else self._next_column()
        style = int(element.attrs.get("s", 0))
        cell = Cell(column, element.start, element.end, style, bool(written))
        text = self._value
        if element.attrs.get("t") == "s" and text.isdigit() and not self.rows:
            text = self._shared(int(text))
        self._cells.append((cell, self._filled, text))
        self._filled, self._value = False, ""

    def _next_column(self) -> int:
        return self._cells[-1][0].column + 1 if self._cells else 1

    def _row(self, element: Element) -> None:
        self._row_number = int(element.attrs.get("r", self._row_number + 1))
        if self._row_number == self._header_row:
            self._header()
        if self._row_number >= self._header_row:
            self._keep_row(element)
        self._cells = []

    def _header(self) -> None:
        """Our columns from an earlier run, and those of the operator."""
        for cell, filled, text in self._cells:
            if (ours := OURS.get(text.strip())) is not None:
                self.columns.setdefault(ours, cell.column)
            elif text.strip() == PARTED:
                self.sign = cell.column
            elif filled:
                self._headed.append(cell.column)
        self._read = self._read or self._headed

    def _keep_row(self, element: Element) -> None:
        """What is right of the operator's columns; the cells left of them are never touched."""
        row = RowSpan(self._row_number, element, int(element.attrs.get("s", 0)))
        first = min([*self._read[-1:], *self.columns.values()], default=1)
        for cell, filled, _ in self._cells:
            if cell.column >= first:
                row.tail.append(cell)
            if filled:
                self.lowest.setdefault(cell.column, row.number)
        self.rows[row.number] = row

    def _finish(self) -> None:
        if self._header_row not in self.rows or not (self._headed or self.columns):
            raise NotPatchable("header row")
        self.lowest.pop(self.sign, None)

    def operators(self, last_row: int, pivots: Sequence[Area]) -> Rows:
        """The operator's rows, down to the last that has a result."""
        read = self._read or sorted(self.columns.values())
        edge = read[-1]
        while edge + 1 in self._headed:
            edge += 1
        area = Area(read[0], self._header_row, read[-1], max(last_row, self._header_row))
        blocks = [*pivots, *(Area.of(merged) for merged in self._merges)]
        return Rows(area, edge, self.columns, self.sign, self.lowest, blocks)

    @property
    def filtered(self) -> Area | None:
        """The sheet's own filter."""
        place = self.parts.get("autoFilter")
        return Area.of(place.attrs["ref"]) if place and "ref" in place.attrs else None

    @property
    def protected(self) -> bool:
        """Whether the operator lets nobody change the sheet."""
        return "sheetProtection" in self.parts

    @property
    def sorting_is_guarded(self) -> bool:
        """Whether the sheet is protected, and lets its user sort all the same."""
        place = self.parts.get("sheetProtection")
        told = place.attrs if place else {}
        return told.get("sheet", "0") in _YES and told.get("sort", "1") not in _YES

    def width_of(self, column: int) -> int:
        """How wide a column is, in EMU."""
        usual = self.parts["sheetFormatPr"].attrs if "sheetFormatPr" in self.parts else {}
        told = {"width": usual.get("defaultColWidth", _USUAL_WIDTH)}
        for col in self.cols:
            if int(col.attrs["min"]) <= column <= int(col.attrs["max"]):
                told |= col.attrs
        hidden = told.get("hidden", "0") in _YES
        return 0 if hidden else round(float(told["width"]) * 7) * _PIXEL

    @property
    def line_height(self) -> float:
        """How high a row of one line is, in points."""
        told = self.parts["sheetFormatPr"].attrs if "sheetFormatPr" in self.parts else {}
        return float(told.get("defaultRowHeight", LINE))

    @property
    def prefix(self) -> str:
        """``x:`` where the sheet writes its elements so."""
        return prefix_of(self.data, self.parts["worksheet"])

    def relation_prefix(self) -> tuple[str, dict[str, str]]:
        """How to write ``r:id`` here, and the declaration it needs on the element."""
        for name, value in self.parts["worksheet"].attrs.items():
            if value in _RELATIONS and name.startswith("xmlns:"):
                return name.removeprefix("xmlns:"), {}
        return "assist", {"xmlns:assist": _RELATIONS[0]}


class SheetWriter:
    """The edits that add, or overwrite, the result columns of one sheet."""

    def __init__(
        self, scan: SheetScan, at: Standing, like: Callable[[int, str], int | None]
    ) -> None:
        self._scan, self._at, self._like, self._p = scan, at, like, scan.prefix
        self.columns = at.columns
        self._anchors: list[tuple[str, str]] = []

    def edits(
        self, header_row: int, results: Mapping[int, Sequence[CellText]], relation: str
    ) -> Iterator[Edit]:
        """All edits. ``results`` holds six texts for each row; ``relation`` is the links' id."""
        yield from self._row(header_row, dict(self._headings()))
        new_rows: list[tuple[int, str]] = []
        for number, texts in sorted(results.items()):
            cells = dict(zip(self.columns.values(), texts, strict=True))
            if number in self._scan.rows:
                yield from self._row(number, cells)
            else:
                new_rows.append((number, self._new_row(number, cells)))
        yield from self._inserted(new_rows)
        yield from self._cols()
        yield from self._dimension(max([header_row, *results, *self._scan.rows]))
        yield from self._links(results, relation)
        yield from self._filter()

    def _headings(self) -> Iterator[tuple[int, CellText]]:
        """Ours where they are new; a table's must be written as its part names them."""
        for name in {*self._at.added, *self._at.joined}:
            yield self.columns[name], CellText(self._at.titles[name], "")
        if self._at.parted:
            yield self._at.sign, CellText(PARTED, TINTS[RowState.IN_DOUBT])
        elif self._at.sign > self._at.edge:  # inside a table it is the name of a column
            yield self._at.sign, CellText("", "")

    def _filter(self) -> Iterator[Edit]:
        """The sheet's own filter takes the columns in, and its sorting."""
        at, parts = self._at, self._scan.parts
        if at.holder and not at.holder.part:
            found = [*(parts[n] for n in ("autoFilter", "sortState") if n in parts)]
            found += self._scan.sorts
            yield from widened(self._scan.data, found, at.edge, len(at.joined))

    def _row(self, number: int, cells: Mapping[int, CellText]) -> Iterator[Edit]:
        """Rewrite the row from its first cell in or right of the result columns."""
        if not cells:
            return
        row, data = self._scan.rows[number], self._scan.data
        later = [cell for cell in row.tail if cell.column >= min(cells)]
        kept = {cell.column: self._kept(cell, number) for cell in later if cell.column not in cells}
        ours = {column: self._cell(column, number, row, cell) for column, cell in cells.items()}
        tail = b"".join(content for _, content in sorted((kept | ours).items()))
        element = row.element
        opening = _SPANS.sub(b"", data[element.start : element.open_end])
        opening = self._higher(opening, element, cells.values())
        if element.is_empty_tag:
            name = f"{self._p}row".encode()
            yield Edit(element.start, element.end, opening[:-2] + b">" + tail + b"</" + name + b">")
            return
        yield Edit(element.start, element.open_end, opening)
        yield Edit(later[0].start if later else element.close, element.close, tail)

    def _higher(self, opening: bytes, row: Element, cells: Iterable[CellText]) -> bytes:
        """The row's tag, high enough for its sentences where the operator set no height.

        Excel fits a row that has no height, but leaves one that it once wrote; others fit none.
        """
        sentences = [cell.text for cell in cells if cell.look == WRAPPED]
        lines = max((lines_in(text, SENTENCE) for text in sentences), default=1)
        height = min(lines * self._scan.line_height, _HIGHEST)
        own = row.attrs.get("customHeight", "0") in _YES
        if lines == 1 or own or float(row.attrs.get("ht", 0)) >= height:
            return opening
        told = f' ht="{height:g}"'.encode()
        end = -2 if row.is_empty_tag else -1
        bare = _HEIGHT.sub(b"", opening)
        return bare[:end] + told + bare[end:]

    def _kept(self, cell: Cell, number: int) -> bytes:
        """An operator's cell among ours, with its place written out."""
        raw = self._scan.data[cell.start : cell.end]
        name = f"<{self._p}c".encode()
        if cell.referenced:
            return raw
        return raw.replace(name, name + f' r="{letters(cell.column)}{number}"'.encode(), 1)

    def _cell(self, column: int, number: int, row: RowSpan, cell: CellText) -> bytes:
        place = f"{letters(column)}{number}"
        base = row.style_at(self._at.neighbour)
        style = self._like(base, cell.look) if cell.look else base
        attrs: dict[str, object] = {"r": place} | ({"s": style} if style else {})
        if cell.anchor is not None and cell.text:
            self._anchors.append((place, cell.anchor))
        if not cell.text:
            return tag(f"{self._p}c", attrs).encode()
        text = f'<{self._p}t xml:space="preserve">{escaped(cell.text)}</{self._p}t>'
        inside = f"<{self._p}is>{text}</{self._p}is>"
        return tag(f"{self._p}c", attrs | {"t": "inlineStr"}, inside).encode()

    def _new_row(self, number: int, cells: Mapping[int, CellText]) -> str:
        """A row that the sheet does not hold (any more): its result is still given."""
        row = RowSpan(number, self._scan.parts["sheetData"])
        inside = b"".join(
            self._cell(column, number, row, cells[column]) for column in sorted(cells)
        )
        return tag(f"{self._p}row", {"r": number}, inside.decode())

    def _inserted(self, new_rows: Iterable[tuple[int, str]]) -> Iterator[Edit]:
        at_end = []
        present = sorted(self._scan.rows)
        for number, content in new_rows:
            later = bisect(present, number)
            if later < len(present):
                at = self._scan.rows[present[later]].element.start
                yield Edit(at, at, content.encode())
            else:
                at_end.append(content)
        if at_end:
            parent = self._scan.parts["sheetData"]
            yield appended(self._scan.data, parent, "".join(at_end).encode())

    def _cols(self) -> Iterator[Edit]:
        """Widths for the added columns only; ranges that overlap are a broken file to Excel.

        A drawing that stands there, above or below the rows, would be stretched by them.
        """
        widths = dict(zip(COLUMNS, _WIDTHS, strict=True))
        added = {self.columns[name]: widths[name] for name in self._at.added}
        if self._at.sign != self._scan.sign:
            added[self._at.sign] = float(len(PARTED) + 3)
        seen = {c for c in self._at.kept if self._scan.width_of(c)}
        wanted = {column: width for column, width in added.items() if column not in seen}
        if not wanted:
            return
        ranges = _carved([dict(col.attrs) for col in self._scan.cols], wanted)
        inside = "".join(tag(f"{self._p}col", attrs) for attrs in ranges)
        content = tag(f"{self._p}cols", {}, inside).encode()
        parts = self._scan.parts
        place = parts.get("cols")
        at = (place.start, place.end) if place else (parts["sheetData"].start,) * 2
        yield Edit(*at, content)

    def _dimension(self, last_row: int) -> Iterator[Edit]:
        place = self._scan.parts.get("dimension")
        if place is None:
            return
        first = place.attrs.get("ref", "A1").partition(":")[0]
        last = max([*self._scan.lowest, *self.columns.values(), self._at.sign])
        reference = f"{first}:{letters(last)}{last_row}"
        yield Edit(place.start, place.end, tag(f"{self._p}dimension", {"ref": reference}).encode())

    def stale_links(self, results: Iterable[int]) -> list[Element]:
        """Links of an earlier run in the cells that are overwritten now."""
        ours = {f"{letters(self.columns[COLUMNS[-1]])}{number}" for number in results}
        return [link for link in self._scan.links if link.attrs.get("ref") in ours]

    def _links(self, results: Iterable[int], relation: str) -> Iterator[Edit]:
        stale = {link.start for link in self.stale_links(results)}
        kept = [link for link in self._scan.links if link.start not in stale]
        room = max(0, MOST_LINKS - len(kept))
        r, declared = self._scan.relation_prefix()
        ours = "".join(
            tag(
                f"{self._p}hyperlink", {**declared, "ref": ref, f"{r}:id": relation, "location": to}
            )
            for ref, to in self._anchors[:room]
        )
        raw = b"".join(self._scan.data[link.start : link.end] for link in kept)
        content = raw + ours.encode()
        place = self._scan.parts.get("hyperlinks")
        at = (place.start, place.end) if place else (self._scan.links_at,) * 2
        if content:
            name = f"{self._p}hyperlinks".encode()
            yield Edit(*at, b"<" + name + b">" + content + b"</" + name + b">")
        elif place:
            yield Edit(*at, b"")


def _carved(
    ranges: Sequence[Mapping[str, str]], wanted: Mapping[int, float]
) -> list[dict[str, object]]:
    """Column ranges with the wanted columns cut out of them and given their own width."""
    carved: list[dict[str, object]] = [
        {"min": column, "max": column, "width": width, "customWidth": 1}
        for column, width in wanted.items()
    ]
    for attrs in ranges:
        low, high = int(attrs["min"]), int(attrs["max"])
        cuts = [c for c in sorted(wanted) if low <= c <= high]
        for start, stop in zip([low, *(c + 1 for c in cuts)], [*cuts, high + 1], strict=True):
            if start < stop:
                carved.append({**attrs, "min": start, "max": stop - 1})
    return sorted(carved, key=lambda attrs: int(str(attrs["min"])))


@lru_cache(maxsize=512)
def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_of(reference: str) -> int:
    """3 for ``C17``. Raises NotPatchable for anything else."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise NotPatchable("cell reference")
    return _number(match[1])


@lru_cache(maxsize=512)
def letters(column: int) -> str:
    """``C`` for 3."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
