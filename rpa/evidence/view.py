"""How a returned sheet is looked at: headings that stay in sight, and a filter over the results.

Both come only where the operator has neither: a pane, a filter, a table or a sheet that is
protected or was left scrolled stays as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rpa.evidence.splice import Edit, appended, elements, escaped, prefix_of, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.evidence.beside import Area
    from rpa.evidence.sheet import SheetScan
    from rpa.evidence.splice import Element

MOST_FROZEN: Final = 12  # lines; with more above the rows little would be left of a screen
_BEFORE_FILTER: Final = (
    "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios",
)  # fmt: skip
_BEFORE_NAMES: Final = ("sheets", "functionGroups", "externalReferences")
FILTER: Final = "_xlnm._FilterDatabase"


def edits(scan: SheetScan, header_row: int, area: Area | None) -> Iterator[Edit]:
    """Of the sheet; ``area`` is what a filter is put over, if one is."""
    yield from frozen(scan, header_row)
    if area:
        yield from filtered(scan, area)


def frozen(scan: SheetScan, header_row: int) -> Iterator[Edit]:
    """The headings stay where they are while the rows are scrolled."""
    views = scan.parts.get("sheetViews")
    if views is None or header_row > MOST_FROZEN:
        return
    found = elements(scan.data[views.start : views.end], "sheetView", "pane")
    view = found[0]
    if len(found) != 1 or view.name != "sheetView" or "topLeftCell" in view.attrs:
        return
    below = {"ySplit": header_row, "topLeftCell": f"A{header_row + 1}", "activePane": "bottomLeft"}
    pane = tag(f"{scan.prefix}pane", below | {"state": "frozen"}).encode()
    whole = scan.data[views.start : views.end]
    if view.is_empty_tag:
        edit = appended(whole, view, pane)
        yield Edit(views.start + edit.start, views.start + edit.end, edit.content)
    else:
        at = views.start + view.open_end
        yield Edit(at, at, pane)


def filtered(scan: SheetScan, area: Area) -> Iterator[Edit]:
    """A filter over the rows and their results."""
    at = max(scan.parts[name].end for name in _BEFORE_FILTER if name in scan.parts)
    yield Edit(at, at, tag(f"{scan.prefix}autoFilter", {"ref": str(area)}).encode())


def named(data: bytes, sheet: int, area: Area) -> Iterator[Edit]:
    """The name under which Excel keeps a sheet's filter, for ``workbook.xml``."""
    found = {e.name: e for e in elements(data, "workbook", "definedNames", *_BEFORE_NAMES)}
    prefix = prefix_of(data, found["workbook"])
    title = elements(data, "sheet")[sheet].attrs["name"].replace("'", "''")
    attrs = {"name": FILTER, "localSheetId": sheet, "hidden": 1}
    first, last = str(area).split(":")
    told = f"'{title}'!{_fixed(first)}:{_fixed(last)}"
    name = tag(f"{prefix}definedName", attrs, escaped(told))
    names: Element | None = found.get("definedNames")
    if names:
        yield appended(data, names, name.encode())
        return
    at = max(found[one].end for one in _BEFORE_NAMES if one in found)
    yield Edit(at, at, tag(f"{prefix}definedNames", {}, name).encode())


def _fixed(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell.removeprefix(letters)}"
