"""New looks for a workbook's own cells, added to its ``styles.xml``.

A result cell takes the look of the cell to its left (font, borders), so that the added columns
sit in the operator's sheet as if she had made them; only the fill, or the link's colour, differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rpa.evidence.splice import Edit, appended, elements, prefix_of, spliced, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.evidence.splice import Element

LINK: Final = "link"
PLAIN: Final = "plain"
WRAPPED: Final = "wrapped"  # a sentence: whole in its cell, whatever stands beside it
_LINK_COLOUR = "FF0563C1"
_COUNT = re.compile(rb"""(\scount=["'])\d+(["'])""")
_FONT_PARTS = ("b", "i", "sz", "name", "family", "charset", "scheme")


class Styles:
    """The cell formats of one workbook, and those added to it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        found = elements(
            data, "styleSheet", "fonts", "font", "fills", "fill", "cellXfs", "xf", "alignment",
            "protection", *_FONT_PARTS,
        )  # fmt: skip
        self._lists = {e.name: e for e in found if e.name in {"fonts", "fills", "cellXfs"}}
        self._fonts = [e for e in found if e.name == "font" and e.parent == "fonts"]
        self._fills = [e for e in found if e.name == "fill" and e.parent == "fills"]
        self._xfs = [e for e in found if e.name == "xf" and e.parent == "cellXfs"]
        self._parts = [e for e in found if e.parent in {"font", "xf"}]
        root = next((e for e in found if e.name == "styleSheet"), None)
        self._prefix = prefix_of(data, root) if root else ""
        self._made: dict[tuple[int, str], int] = {}
        self._raw: dict[str, list[str]] = {}
        self._added: dict[str, list[str]] = {name: [] for name in self._lists}

    @property
    def usable(self) -> bool:
        """Whether the workbook has the lists that a look needs (a bare writer may leave them)."""
        return len(self._lists) == 3 and bool(self._xfs and self._fonts and self._fills)  # noqa: PLR2004  as named above

    def like(self, base: int, look: str) -> int:
        """The format ``base`` with another look: PLAIN, WRAPPED, LINK or a colour, RRGGBB."""
        known = (base, look)
        if known not in self._made:
            self._made[known] = self._derive(base, look)
        return self._made[known]

    def result(self) -> bytes:
        """``styles.xml`` with the added formats."""
        edits: list[Edit] = []
        for name, added in self._added.items():
            if not added:
                continue
            parent = self._lists[name]
            opening = self._data[parent.start : parent.open_end]
            counted = _COUNT.sub(rb"\g<1>%d\g<2>" % (len(self._own(name)) + len(added)), opening)
            edits += [
                Edit(parent.start, parent.open_end, counted),
                appended(self._data, parent, "".join(added).encode()),
            ]
        return spliced(self._data, edits)

    def _derive(self, base: int, look: str) -> int:
        source = self._xfs[base if 0 <= base < len(self._xfs) else 0]
        attrs: dict[str, object] = {**source.attrs, "numFmtId": 0}
        attrs.pop("quotePrefix", None)
        if look == LINK:
            attrs |= {"fontId": self._link_font(int(source.attrs.get("fontId", 0))), "applyFont": 1}
        elif look not in {PLAIN, WRAPPED}:
            attrs |= {"fillId": self._fill(look), "applyFill": 1}
        inside = "".join(self._kept(source, wrapped=look == WRAPPED)) or None
        return self._add("cellXfs", tag(f"{self._prefix}xf", attrs, inside))

    def _kept(self, source: Element, *, wrapped: bool) -> Iterator[str]:
        """The height at which the neighbour's text stands; of its alignment nothing else.

        And whether it is locked: rows of unlocked cells can be sorted in a protected sheet.
        """
        parts = [p for p in self._parts if source.start < p.start < source.end]
        own = {part.name: dict(part.attrs) for part in parts if part.parent == "xf"}
        aligned = own.get("alignment", {})
        told = {name: aligned[name] for name in ("vertical",) if name in aligned}
        if wrapped:
            told |= {"wrapText": "1"}
        own["alignment"] = told
        for name in ("alignment", "protection"):  # in the standard's order
            if own.get(name):
                yield tag(f"{self._prefix}{name}", own[name])

    def _link_font(self, base: int) -> int:
        source = self._fonts[base if base < len(self._fonts) else 0]
        own = [e for e in self._parts if source.start < e.start < source.end]
        of = {e.name: e.attrs for e in own if e.name in _FONT_PARTS}
        p = self._prefix
        order: list[tuple[str, dict[str, str]]] = [
            *((name, of[name]) for name in ("b", "i") if name in of),
            ("u", {}),
            *((name, of[name]) for name in ("sz",) if name in of),
            ("color", {"rgb": _LINK_COLOUR}),
            *((name, of[name]) for name in ("name", "family", "charset", "scheme") if name in of),
        ]
        inside = "".join(tag(p + name, attrs) for name, attrs in order)
        return self._add("fonts", tag(f"{p}font", {}, inside))

    def _fill(self, colour: str) -> int:
        p = self._prefix
        inside = tag(f"{p}fgColor", {"rgb": f"FF{colour}"}) + tag(f"{p}bgColor", {"indexed": 64})
        pattern = tag(f"{p}patternFill", {"patternType": "solid"}, inside)
        return self._add("fills", tag(f"{p}fill", {}, pattern))

    def _own(self, name: str) -> list[Element]:
        return {"fonts": self._fonts, "fills": self._fills, "cellXfs": self._xfs}[name]

    def _add(self, name: str, element: str) -> int:
        """Append once: a look added by an earlier run is found again, so that nothing grows."""
        if name not in self._raw:
            self._raw[name] = [
                self._data[e.start : e.end].decode("utf-8", "replace") for e in self._own(name)
            ]
        known = self._raw[name]
        if element not in known:
            known.append(element)
            self._added[name].append(element)
        return known.index(element)
