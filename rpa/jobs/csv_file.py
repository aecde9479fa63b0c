"""A .csv to a grid: encoding and delimiter are found out, or refused when in doubt."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rpa.errors import Words
from rpa.jobs.grid import Grid, Line, file_place
from rpa.jobs.places import IN_TABLE, Place, Unfit
from rpa.reading import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rpa.jobs.columns import Recogniser
    from rpa.jobs.limits import Limits

_DELIMITERS = (",", ";", "\t", "|")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIELD = 32_767  # what one cell of Excel holds
_LINE = 1_000_000  # letters; beyond it a line is no row of a table
_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


class _Text(NamedTuple):
    text: str
    encoding: str
    ended: bool = False  # by an old end-of-file sign


@dataclass(frozen=True, slots=True)
class _Parsed:
    lines: list[Line]
    cut: Unfit | None


def read(data: bytes, name: str, recogniser: Recogniser, limits: Limits) -> Grid:
    """All lines of the file, or those before the first one that cannot be read (``grid.cut``).

    Raises Unfit when it is no .csv, its encoding is another than UTF-8 (or UTF-16 with its mark),
    or its delimiter is in doubt.
    """
    content = _decode(data, name)
    delimiter = _delimiter(content.text, name, recogniser, limits)
    parsed = _parse(content.text, name, delimiter, limits.sheet_rows, limits.area)
    return Grid(
        name,
        None,
        parsed.lines,
        cut=parsed.cut,
        notes=(("csv-eof", _EOF),) if content.ended else (),
        encoding=content.encoding,
        delimiter=delimiter,
        newline=_newline(content.text),
    )


def _decode(data: bytes, name: str) -> _Text:
    if data.startswith(_OTHER_FILES) or data[:512].lstrip().startswith(b"<"):
        raise Unfit("table-renamed", _RENAMED)
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8"
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    with reading(lambda error: _not_text(error, data, name)):
        text = data.decode(encoding)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise Unfit("csv-nul", _NUL, _row(name, row))
    whole = text.rstrip("\x1a")
    if not whole.strip():
        raise Unfit("table-empty", _EMPTY, file_place(name))
    return _Text(whole, encoding, ended=whole != text)


def _not_text(error: BaseException, data: bytes, name: str) -> Unfit:
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    row = data.count(b"\n", 0, start) + 1
    return Unfit("csv-encoding", _ENCODING, _row(name, row))


def _delimiter(text: str, name: str, recogniser: Recogniser, limits: Limits) -> str:
    """The one delimiter under which a header line is understood."""
    within = limits.header_within
    heads = {d: _parse(text, name, d, within, limits.area).lines for d in _DELIMITERS}
    whole = [d for d in heads if any(recogniser.complete(line.cells) for line in heads[d])]
    scores = {
        d: max((len(recogniser.match(line.cells)) for line in heads[d]), default=0)
        for d in whole or heads
    }
    best = [d for d in scores if scores[d] == max(scores.values())]
    if len(best) == 1:
        return best[0]
    used = [d for d in best if any(len(line.cells) > 1 for line in heads[d])]
    if len(used) > 1:
        raise Unfit("csv-delimiter", _DELIMITER, _row(name, 1))
    return used[0] if used else ","


def _parse(text: str, name: str, delimiter: str, most: int, area: int) -> _Parsed:
    """The lines under one delimiter; a record of several lines counts once, as in Excel."""
    lines: list[Line] = []
    try:
        with reading(lambda _: _syntax(name, lines), leave=(Unfit,)):
            lines.extend(_lines(text, name, delimiter, most, area))
    except Unfit as cut:
        return _Parsed(lines, cut)
    return _Parsed(lines, None)


def _lines(text: str, name: str, delimiter: str, most: int, area: int) -> Iterator[Line]:
    cells_read = 0
    csv.field_size_limit(_FIELD)
    source = (_short(line) for line in io.StringIO(text, newline=""))
    for number, cells in enumerate(csv.reader(source, delimiter=delimiter, strict=True), 1):
        cells_read += len(cells)
        if number > most:
            raise Unfit("table-rows", rows_words(most), _row(name, number))
        if cells_read > area:
            raise Unfit("table-wide", WIDE, _row(name, number))
        yield Line(number, cells)


def _syntax(name: str, lines: list[Line]) -> Unfit:
    return Unfit("csv-syntax", _SYNTAX, _row(name, len(lines) + 1))


def _short(line: str) -> str:
    if len(line) > _LINE:
        raise csv.Error
    return line


def _newline(text: str) -> str:
    end = text.find("\n")
    if end < 0:
        return "\r" if "\r" in text else "\n"
    return "\r\n" if text[end - 1 : end] == "\r" else "\n"


def _row(name: str, number: int) -> Place:
    return Place(f"{name}: row {number}", (IN_TABLE, number, 0))


def rows_words(most: int) -> Words:
    """The sentence about a table with too many rows."""
    return Words(
        f"Jadual ini melebihi {most} baris. Bahagikan kepada beberapa fail.",
        f"This table has more than {most} rows. Divide it into several files.",
    )


WIDE = Words(
    "Terdapat sel yang terlalu jauh dari jadual. Padamkan lajur dan baris yang tidak digunakan.",
    "There are cells far away from the table. Delete the columns and rows that are not used.",
)
_RENAMED = Words(
    "Fail ini bukan CSV walaupun namanya begitu. Buka dalam Excel dan simpan sebagai CSV UTF-8 "
    "atau .xlsx.",
    "This file is no CSV although its name says so. Open it in Excel and save it as CSV UTF-8 or "
    "as .xlsx.",
)
_ENCODING = Words(
    "Fail ini bukan UTF-8. Dalam Excel, pilih Save As > 'CSV UTF-8 (Comma delimited)'.",
    "This file is not UTF-8. In Excel choose Save As > 'CSV UTF-8 (Comma delimited)'.",
)
_NUL = Words(
    "Baris ini mengandungi aksara kosong (NUL); fail ini mungkin rosak.",
    "This row holds a NUL character; the file may be damaged.",
)
_EMPTY = Words("Jadual ini kosong.", "This table is empty.")
_DELIMITER = Words(
    "Tidak pasti sama ada lajur dipisahkan dengan koma, koma bertitik atau Tab. Simpan semula "
    "dengan satu pemisah sahaja.",
    "It is not certain whether commas, semicolons or tabs divide the columns. Save it again with "
    "one of them only.",
)
_EOF = Words(
    "Fail ini berakhir dengan tanda akhir fail lama (1A); ia diabaikan.",
    "This file ends with an old end-of-file sign (1A); it is left out.",
)
_SYNTAX = Words(
    "Tanda petik dalam baris ini tidak berpasangan, atau satu sel terlalu panjang. Baris "
    "selepasnya tidak dibaca.",
    "The quotes in this row do not match, or a cell is too long. The rows after it were not read.",
)
