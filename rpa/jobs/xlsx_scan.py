"""A workbook's own XML, looked through before anything is loaded.

The fast reader gives a formula without a value and an error value as an empty cell, and it lays a
sheet out as a full rectangle: one stray cell in the last corner would fill the memory. So the
file is walked once, streaming, for what the reader cannot tell or must not be given.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from rpa.errors import Words
from rpa.jobs.cells import Broken
from rpa.jobs.csv_file import WIDE, rows_words
from rpa.jobs.places import Unfit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rpa.jobs.limits import Limits

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WORKBOOK = "xl/workbook.xml"
_CHUNK = 1 << 16
_WIDEST = 1 << 14  # columns of a sheet

FORMULA = Broken(
    "cell-formula",
    Words(
        "Formula dalam sel ini belum dikira. Buka fail dalam Excel, simpan, kemudian cuba lagi.",
        "The formula in this cell has no value. Open the file in Excel, save it, then try again.",
    ),
)
ERROR = Broken(
    "cell-error",
    Words(
        "Sel ini menunjukkan ralat Excel (seperti #N/A). Betulkan formula atau tulis nilainya.",
        "This cell shows an Excel error (such as #N/A). Correct the formula or write the value.",
    ),
)
BROKEN_FILE = Words(
    "Buku kerja ini rosak atau tidak lengkap. Buka dalam Excel dan simpan semula sebagai .xlsx.",
    "This workbook is damaged or incomplete. Open it in Excel and save it again as .xlsx.",
)
_BOMB = Words(
    "Kandungan buku kerja ini terlalu besar selepas dinyahmampat.",
    "This workbook is too large once it is unpacked.",
)


@dataclass(slots=True)
class Scan:
    """What one sheet holds beside its values; rows from 1, columns from 0.

    ``formulas`` and ``typed`` are the rows with a formula and those with anything else;
    ``padded`` the cells whose number format shows twelve digits whatever the number.
    """

    broken: dict[tuple[int, int], Broken] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: set[int] = field(default_factory=set)
    typed: set[int] = field(default_factory=set)
    padded: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0
    last_column: int = -1
    letters: int = 0


def open_zip(data: IO[bytes], limits: Limits) -> zipfile.ZipFile:
    """The workbook as an archive whose every part is whole and bounded.

    Raises Unfit, and whatever zipfile does. The parts are unpacked once here because a zip's
    directory may lie: what unpacks to another size than is written fails its checksum.
    """
    archive = zipfile.ZipFile(data)
    _check_sizes(archive, limits)
    if archive.testzip() is not None:
        raise Unfit("xlsx-broken", BROKEN_FILE)
    return archive


def _check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if total > limits.unzipped:
        raise Unfit("xlsx-bomb", _BOMB)
    if total > limits.ratio_from and total / packed > limits.ratio:
        raise Unfit("xlsx-bomb", _BOMB)
    if len({part.filename for part in parts}) != len(parts):
        raise Unfit("xlsx-broken", BROKEN_FILE)


def scan(archive: zipfile.ZipFile, sheet: str, limits: Limits) -> Scan:
    """Walks one sheet. Raises Unfit beyond ``limits``, and whatever expat does."""
    part = _part_of(archive, sheet)
    walker = _SheetWalker(_shared_lengths(archive), _padding_styles(archive), limits)
    _walk(archive, part, walker)
    return walker.seen


class _Walker:
    """Takes the events of one part; names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text; one text may come in several pieces."""


def _walk(archive: zipfile.ZipFile, part: str, walker: _Walker) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attrs: walker.start(
        _local(name), {_local(key): value for key, value in attrs.items()}
    )
    parser.EndElementHandler = lambda name: walker.end(_local(name))
    parser.CharacterDataHandler = walker.text
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003  expat takes it by place only
    parser.Parse(b"", True)  # noqa: FBT003  as above


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_: object) -> None:
    # No workbook has a document type; it is the way to entity bombs.
    raise Unfit("xlsx-broken", BROKEN_FILE)


class _Collector(_Walker):
    """All elements of one name with their attributes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self._name:
            self.found.append(dict(attributes))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    sheets, links = _Collector("sheet"), _Collector("Relationship")
    _walk(archive, _WORKBOOK, sheets)
    _walk(archive, "xl/_rels/workbook.xml.rels", links)
    relation = next((s["id"] for s in sheets.found if s["name"] == sheet), None)
    target = next((x["Target"] for x in links.found if x["Id"] == relation), None)
    if target is None:
        raise KeyError(sheet)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


class _LengthWalker(_Walker):
    """How long each shared text is: a short sheet can name a long text very often."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        if name == "si":
            self.lengths.append(0)
        self._inside = name == "t"

    def end(self, name: str) -> None:
        del name
        self._inside = False

    def text(self, text: str) -> None:
        if self._inside:
            self.lengths[-1] += len(text)


def _shared_lengths(archive: zipfile.ZipFile) -> list[int]:
    walker = _LengthWalker()
    if "xl/sharedStrings.xml" in archive.namelist():
        _walk(archive, "xl/sharedStrings.xml", walker)
    return walker.lengths


class _StyleWalker(_Walker):
    """Which cell styles have a number format of twelve zeros, such as ``000000-00-0000``."""

    def __init__(self) -> None:
        self.found: set[int] = set()
        self._codes: set[str] = set()
        self._inside = False
        self._style = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and _twelve_zeros(attributes.get("formatCode", "")):
            self._codes.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            if attributes.get("numFmtId") in self._codes:
                self.found.add(self._style)
            self._style += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


def _twelve_zeros(code: str) -> bool:
    plain = code.partition(";")[0].replace("\\", "").replace('"', "")
    return plain.replace("-", "").replace(" ", "") == "0" * 12


def _padding_styles(archive: zipfile.ZipFile) -> set[int]:
    walker = _StyleWalker()
    if "xl/styles.xml" in archive.namelist():
        _walk(archive, "xl/styles.xml", walker)
    return walker.found


class _SheetWalker(_Walker):
    """Finds the cells that hold nothing readable, and how far the sheet reaches."""

    def __init__(self, shared: list[int], padding: set[int], limits: Limits) -> None:
        self.seen = Scan()
        self._shared = shared
        self._padding = padding
        self._pads = False
        self._limits = limits
        self._at = (0, -1)
        self._hidden = False
        self._type = ""
        self._formula = self._has_value = False
        self._into = ""
        self._value: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._at = (int(attributes.get("r", self._at[0] + 1)), -1)
            self._hidden = attributes.get("hidden") in {"1", "true"}
        elif name == "c":
            self._at = self._position(attributes.get("r"))
            self._type = attributes.get("t", "n")
            self._pads = self._type == "n" and int(attributes.get("s", "0")) in self._padding
            self._formula = self._has_value = False
            self._value = []
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            self._hide(int(attributes["min"]), int(attributes["max"]))
        elif name == "f":
            self._formula = True
        elif name in {"v", "t"}:
            self._has_value = True
            self._into = name

    def end(self, name: str) -> None:
        self._into = ""
        if name == "c":
            self._cell("".join(self._value))

    def text(self, text: str) -> None:
        if self._into:
            self._value.append(text)

    def _hide(self, first: int, last: int) -> None:
        """Excel writes *all columns from here* as far as its last one."""
        self.seen.hidden_columns.update(range(first - 1, min(last, _WIDEST)))

    def _position(self, reference: str | None) -> tuple[int, int]:
        if reference is None:
            return self._at[0], self._at[1] + 1
        match = _CELL.fullmatch(reference)
        if match is None:
            raise ValueError(reference)
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(match[2]), column - 1

    def _cell(self, value: str) -> None:
        if self._type == "e":
            self.seen.broken[self._at] = ERROR
        elif self._formula and not value and not (self._type == "str" and self._has_value):
            self.seen.broken[self._at] = FORMULA
        elif not self._has_value:
            return  # only formatted
        row, column = self._at
        if self._hidden:
            self.seen.hidden.add(row)
        (self.seen.formulas if self._formula else self.seen.typed).add(row)
        if self._pads and value:
            self.seen.padded.add(self._at)
        self._reach(row, column)
        shared = self._type == "s" and value
        self.seen.letters += self._shared[int(value)] if shared else len(value)
        if self.seen.letters > self._limits.letters:
            raise Unfit("xlsx-bomb", _BOMB)

    def _reach(self, row: int, column: int) -> None:
        seen = self.seen
        seen.last_row, seen.last_column = max(seen.last_row, row), max(seen.last_column, column)
        if seen.last_row > self._limits.sheet_rows:
            raise Unfit("table-rows", rows_words(self._limits.sheet_rows))
        if seen.last_row * (seen.last_column + 1) > self._limits.area:
            raise Unfit("table-wide", WIDE)
