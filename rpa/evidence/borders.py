"""The borders of tables, filters and printed areas, widened by the result columns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from openpyxl.utils import column_index_from_string, get_column_letter

from rpa.evidence.beside import Area, Structure
from rpa.evidence.splice import Edit, appended, changed, elements, prefix_of, spliced, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rpa.evidence.beside import Standing
    from rpa.evidence.splice import Element

_FILTER: Final = "_xlnm._FilterDatabase"  # what Excel calls a sheet's filter among the names
_PRINTED: Final = "_xlnm.Print_Area"
_NAMED: Final = re.compile(rb"!\$?([A-Z]{1,3})(?:\$?(\d+))?:\$?([A-Z]{1,3})(?:\$?(\d+))?")
_TABLE: Final = ("table", "autoFilter", "sortState", "tableColumns", "tableColumn")


def table_of(part: str, data: bytes, header_row: int) -> Structure:
    """A table as its part describes it; one that is fed from elsewhere takes no columns."""
    found = elements(data, *_TABLE)
    table = next(e for e in found if e.name == "table")
    area = Area.of(table.attrs.get("ref", ""))
    headed = table.attrs.get("headerRowCount", "1") != "0"
    takes = area.top == (header_row if headed else header_row + 1)
    own = table.attrs.get("tableType", "worksheet") == "worksheet"
    names = {e.attrs.get("name", "").casefold() for e in found if e.name == "tableColumn"}
    return Structure(area, part, takes=takes and own, names=frozenset(names))


def pivot_of(data: bytes) -> Area:
    """The cells of a pivot table: nothing may be written there, into the empty ones neither."""
    return Area.of(elements(data, "location")[0].attrs.get("ref", ""))


def widened_table(data: bytes, names: Sequence[str]) -> bytes:
    """A table's part with columns more: Excel wants their number, names and ids to agree."""
    found = elements(data, *_TABLE)
    own = [e for e in found if e.name == "tableColumn"]
    parent = next(e for e in found if e.name == "tableColumns")
    right = Area.of(next(e for e in found if e.name == "table").attrs["ref"]).right
    number = max((int(e.attrs.get("id", 0)) for e in own), default=0)
    name = f"{prefix_of(data, parent)}tableColumn"
    columns = "".join(tag(name, {"id": number + n, "name": x}) for n, x in enumerate(names, 1))
    return spliced(
        data,
        [
            *widened(data, found, right, len(names)),
            *changed(data, parent, "count", len(own) + len(names)),
            appended(data, parent, columns.encode()),
        ],
    )


def widened(data: bytes, found: Iterable[Element], right: int, by: int) -> Iterator[Edit]:
    """References that end at the column ``right`` end further right."""
    for element in found:
        if element.name in {"table", "autoFilter", "sortState"} and "ref" in element.attrs:
            area = Area.of(element.attrs["ref"])
            if area.right == right:
                yield from changed(data, element, "ref", replace(area, right=right + by))


def widened_names(data: bytes, sheet: int, at: Standing) -> bytes:
    """``workbook.xml`` with the sheet's filter and printed areas as wide as the rows are now."""
    edits = [
        edit
        for element in elements(data, "definedName")
        if element.attrs.get("localSheetId") == str(sheet)
        for edit in _named(data, element, at)
    ]
    return spliced(data, edits)


def _named(data: bytes, element: Element, at: Standing) -> Iterator[Edit]:
    name = element.attrs.get("name", "")
    by_filter = name == _FILTER and at.holder is not None and not at.holder.part
    if not (by_filter or name == _PRINTED):
        return
    for match in _NAMED.finditer(data, element.open_end, element.close):
        left, right = (column_index_from_string(match[n].decode()) for n in (1, 3))
        top, bottom = int(match[2] or 1), int(match[4] or at.span.bottom)
        # What ends before the rows' last column was meant to leave columns out.
        if Area(left, top, right, bottom).meets(at.span) and right >= at.edge:
            wider = max(at.last, right + (at.shift if right > at.edge else 0))
            yield Edit(*match.span(3), get_column_letter(wider).encode())
