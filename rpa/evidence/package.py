"""A workbook's zip: the parts that results touch are changed, all others are copied."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rpa.evidence import view
from rpa.evidence.beside import Standing, Structure
from rpa.evidence.borders import pivot_of, table_of, widened_names, widened_table
from rpa.evidence.drawings import anchored, legacy, moved
from rpa.evidence.sheet import SheetScan, SheetWriter
from rpa.evidence.splice import (
    Edit,
    Element,
    NotPatchable,
    appended,
    elements,
    prefix_of,
    spliced,
    tag,
    text_of,
)
from rpa.evidence.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rpa.evidence.beside import Area, Drawn
    from rpa.evidence.sheet import CellText

_LINK_TYPE: Final = "/relationships/hyperlink"
_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_EMPTY_RELATIONS: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Done:
    """A workbook with results; ``parted`` are the cells that only sort together when selected.

    ``guarded`` tells that the sheet's protection may hinder the sorting.
    """

    content: bytes
    parted: Area | None = None
    guarded: bool = False


class Package:
    """One .xlsx in memory. Raises NotPatchable when it is not built as the standard says.

    ``headings``: of the columns that are added.
    """

    def __init__(self, content: bytes, headings: Mapping[str, str]) -> None:
        self._titles = headings
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self._infos = archive.infolist()
                self._parts = {info.filename: archive.read(info) for info in self._infos}
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            raise NotPatchable(str(error)) from error
        if any(name.startswith("_xmlsignatures/") for name in self._parts):
            raise NotPatchable("signed")

    def add_results(
        self,
        sheet: str | None,
        header_row: int,
        results: Mapping[int, Sequence[CellText]],
        link: str,
        read: Sequence[int] = (),
    ) -> Done:
        """The workbook with the results beside their rows; ``link`` is the report's address.

        ``read`` are the columns that the rows were read from.
        """
        name, index = self._sheet_part(sheet)
        styles_part, styles = self._styles()
        scan = SheetScan(self._part(name), header_row, self._shared_strings(), read)
        drawings = self._drawings(name, scan)
        at = self._standing(name, scan, drawings, header_row, max(results, default=header_row))
        writer = SheetWriter(scan, at, styles.like if styles else lambda _base, _look: None)
        relation = self._relate(name, scan, writer.stale_links(results), link)
        filtered = at.span if self._may_filter(name, scan, at) else None
        edits = [*view.edits(scan, header_row, filtered)]
        edits += writer.edits(header_row, results, relation)
        for part, drawn in drawings.items():
            shifted = list(moved([d for d in drawn if d in at.moved], at.shift))
            if part == name:
                edits += shifted
            elif shifted:
                self._parts[part] = spliced(self._part(part), shifted)
        self._parts[name] = spliced(scan.data, edits)
        self._widen(index, at)
        if filtered:
            self._name(index, filtered)
        if styles:
            self._parts[styles_part] = styles.result()
        return Done(self._zipped(), at.span if at.parted else None, scan.sorting_is_guarded)

    def _standing(
        self,
        sheet: str,
        scan: SheetScan,
        drawings: Mapping[str, Sequence[Drawn]],
        header_row: int,
        last_row: int,
    ) -> Standing:
        """Where the result columns go, by all that stands on the sheet."""
        tables = [table_of(p, self._part(p), header_row) for p in self._linked(sheet, "/table")]
        own = [Structure(scan.filtered)] if scan.filtered else []
        pivots = [pivot_of(self._part(p)) for p in self._linked(sheet, "/pivotTable")]
        drawn = [d for found in drawings.values() for d in found]
        return Standing(scan.operators(last_row, pivots), [*tables, *own], drawn, self._titles)

    def _name(self, sheet: int, area: Area) -> None:
        """Excel finds a sheet's filter by its name, too."""
        workbook = self._workbook_part()
        data = self._part(workbook)
        self._parts[workbook] = spliced(data, view.named(data, sheet, area))

    def _may_filter(self, sheet: str, scan: SheetScan, at: Standing) -> bool:
        """Where the operator has no filter, table or protection, and a sort parts nothing."""
        taken = scan.filtered or scan.protected or self._linked(sheet, "/table")
        return not (taken or at.parted)

    def _drawings(self, sheet: str, scan: SheetScan) -> dict[str, list[Drawn]]:
        """What is drawn over the sheet's cells, by the parts that say where."""
        found = {p: anchored(self._part(p), scan.width_of) for p in self._linked(sheet, "/drawing")}
        if b"<anchor" in scan.data or b":anchor" in scan.data:  # a control says it here, too
            found[sheet] = anchored(scan.data, scan.width_of)
        for part in self._linked(sheet, "/vmlDrawing"):
            found[part] = list(legacy(self._part(part)))
        return found

    def _widen(self, sheet: int, at: Standing) -> None:
        """The table, or the names of filter and printed areas, take the columns in."""
        if at.joined and at.holder and at.holder.part:
            part = at.holder.part
            self._parts[part] = widened_table(
                self._part(part), [at.titles[name] for name in at.joined]
            )
        if not at.parted:
            workbook = self._workbook_part()
            self._parts[workbook] = widened_names(self._part(workbook), sheet, at)

    def _linked(self, source: str, kind: str) -> list[str]:
        """The parts that a sheet leads to, by the ending of the relation's type."""
        folder, base = posixpath.split(source)
        if f"{folder}/_rels/{base}.rels" not in self._parts:
            return []
        relations = self._related(source)
        return [
            self._target(source, r) for r in relations if r.attrs.get("Type", "").endswith(kind)
        ]

    def _part(self, name: str) -> bytes:
        if name not in self._parts:
            raise NotPatchable(f"no part {name}")
        return self._parts[name]

    def _related(self, source: str) -> list[Element]:
        """The relationships of a part."""
        folder, base = posixpath.split(source)
        return elements(self._part(f"{folder}/_rels/{base}.rels".lstrip("/")), "Relationship")

    def _target(self, source: str, relation: Element) -> str:
        target = relation.attrs.get("Target", "")
        folder = posixpath.dirname(source)
        return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")

    def _workbook_part(self) -> str:
        for relation in self._related(""):
            if relation.attrs.get("Type", "").endswith("/officeDocument"):
                return self._target("", relation)
        raise NotPatchable("no workbook")

    def _sheet_part(self, wanted: str | None) -> tuple[str, int]:
        """The named sheet and its place among all, from 0.

        Without a name it is the only visible one: which one else is a guess.
        """
        workbook = self._workbook_part()
        sheets = elements(self._part(workbook), "sheet")
        if wanted is None:
            found = [s for s in sheets if s.attrs.get("state", "visible") == "visible"]
        else:
            found = [s for s in sheets if s.attrs.get("name") == wanted]
        if len(found) != 1:
            raise NotPatchable("sheet")
        for relation in self._related(workbook):
            if relation.attrs.get("Id") == found[0].attribute("id"):
                return self._target(workbook, relation), sheets.index(found[0])
        raise NotPatchable("sheet")

    def _by_type(self, ending: str) -> str | None:
        workbook = self._workbook_part()
        for relation in self._related(workbook):
            if relation.attrs.get("Type", "").endswith(ending):
                name = self._target(workbook, relation)
                return name if name in self._parts else None
        return None

    def _styles(self) -> tuple[str, Styles | None]:
        name = self._by_type("/styles")
        if name is None:
            return "", None
        styles = Styles(self._parts[name])
        return name, styles if styles.usable else None

    def _shared_strings(self) -> _SharedStrings:
        name = self._by_type("/sharedStrings")
        return _SharedStrings(self._parts[name] if name else b"")

    def _relate(self, sheet: str, scan: SheetScan, stale: Sequence[Element], link: str) -> str:
        """One relationship to the report for all links; those of an earlier run are dropped."""
        folder, base = posixpath.split(sheet)
        name = f"{folder}/_rels/{base}.rels"
        data = self._parts.get(name, _EMPTY_RELATIONS)
        found = elements(data, "Relationship", "Relationships")
        parent = next(e for e in found if e.name == "Relationships")
        relations = [e for e in found if e.name == "Relationship"]
        kept = {e.attribute("id") for e in scan.links if e not in stale}
        gone = {e.attribute("id") for e in stale} - kept
        used = {e.attrs.get("Id", "") for e in relations}
        number = next(n for n in range(1, len(used) + 2) if f"rIdAssist{n}" not in used)
        attrs = {
            "Id": f"rIdAssist{number}",
            "Type": self._family(scan) + _LINK_TYPE,
            "Target": link,
            "TargetMode": "External",
        }
        new = tag(f"{prefix_of(data, parent)}Relationship", attrs).encode()
        drops = [Edit(e.start, e.end, b"") for e in relations if e.attrs.get("Id") in gone]
        self._parts[name] = spliced(data, [*drops, appended(data, parent, new)])
        return attrs["Id"]

    def _family(self, scan: SheetScan) -> str:
        """The namespaces' family: what Excel calls "Strict Open XML" has its own."""
        strict = any("purl.oclc.org" in v for v in scan.parts["worksheet"].attrs.values())
        return "http://purl.oclc.org/ooxml/officeDocument" if strict else _TRANSITIONAL

    def _zipped(self) -> bytes:
        names = {info.filename for info in self._infos}
        added = [zipfile.ZipInfo(name) for name in self._parts if name not in names]
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for old in [*self._infos, *added]:
                info = zipfile.ZipInfo(old.filename, old.date_time)
                info.external_attr, info.create_system = old.external_attr, old.create_system
                stored = old.filename in names and old.compress_type == zipfile.ZIP_STORED
                info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                archive.writestr(info, self._parts[old.filename])
        return buffer.getvalue()


class _SharedStrings:
    """The workbook's shared texts, read only when the header row needs one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._texts: list[str] | None = None

    def __call__(self, index: int) -> str:
        if self._texts is None:
            self._texts = list(self._read())
        return self._texts[index] if index < len(self._texts) else ""

    def _read(self) -> list[str]:
        texts: list[str] = []
        parts: list[str] = []
        for element in elements(self._data, "t", "si") if self._data else ():
            if element.name == "si":
                texts.append("".join(parts))
                parts = []
            elif element.parent != "rPh":
                parts.append(text_of(self._data, element))
        return texts
