"""Bytes to lines, with everything that cannot be read at its positions.

Positions are bytes, as the portal's layout counts them. A line of another length than its layout's
is told so and its fields are not judged: what stands where cannot be known.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from rpa.errors import Problem, Severity, Words
from rpa.rules.months import Month
from rpa.textfile.layouts import FieldKind, LineEnd, Padding
from rpa.textfile.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rpa.textfile.layouts import Field, Layout

_AMOUNT = re.compile(r" *[0-9]+")
_DATE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_FOREIGN = re.compile(r"[^\t\x20-\x7e]+")
_TAB = re.compile(r"\t+")
_BOM = b"\xef\xbb\xbf"
_BOMS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OTHERS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")
_BLOCK = 4096
_END_OF_FILE = b"\x1a"
_MOST_RUNS = 20  # of letters that no line may hold, told one by one in a line


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, or odd: the line and its positions, from 1; 0 is the file, the whole line.

    The words never repeat an identity number or a name.
    """

    line: int
    first: int
    last: int
    code: str
    words: Words
    severity: Severity = Severity.ERROR

    @classmethod
    def of(
        cls,
        line: int,
        spec: Field,
        code: str,
        words: Words,
        severity: Severity = Severity.ERROR,
    ) -> Fault:
        """One at the positions of a field."""
        return cls(line, spec.first, spec.last, code, words, severity)

    def problem(self, name: str) -> Problem:
        """As a problem with its address: ``NAME: line 3, positions 195-200``."""
        where = f": line {self.line}" if self.line else ""
        if self.first:
            several = self.last > self.first
            where += (
                f", positions {self.first}-{self.last}" if several else f", position {self.first}"
            )
        return Problem(f"{name}{where}", self.code, self.words, self.severity)


class Read(NamedTuple):
    """One line as far as it could be read: its number, and the values by their fields' names."""

    number: int
    values: Mapping[str, Any]


@dataclass(slots=True)
class Parsed:
    """A file as it was read. ``styles`` are how many lines pad their amounts in which way."""

    layout: Layout
    count: int = 0
    read: list[Read] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    styles: Counter[Padding] = field(default_factory=Counter)
    ends: Counter[LineEnd] = field(default_factory=Counter)

    @property
    def lines(self) -> list[Line]:
        """The lines that could be read whole, in their order."""
        mandatory = {f.name for f in self.layout.fields if f.name}
        return [Line(**read.values) for read in self.read if read.values.keys() >= mandatory]

    def totals(self) -> dict[str, int]:
        """The sum of each column of money that could be read, by the field's name."""
        return {
            f.name: sum(read.values.get(f.name, 0) for read in self.read)
            for f in self.layout.amounts
        }


class _Content(NamedTuple):
    number: int
    text: str  # one letter for each byte
    end: LineEnd | None  # None after the last line


class _Unreadable(Exception):
    """A field whose content is not what its place asks for."""

    def __init__(self, code: str, words: Words) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def parse(data: bytes, layout: Layout) -> Parsed:
    """All lines of a file of this layout, and every fault of form. Never raises."""
    parsed = Parsed(layout)
    if not data.strip():
        parsed.faults.append(Fault(0, 0, 0, "file-empty", _EMPTY))
        return parsed
    if _no_text(data):
        parsed.faults.append(Fault(0, 0, 0, "file-text", _NO_TEXT))
        return parsed
    whole = data.rstrip(_END_OF_FILE)
    for content in split(whole):
        parsed.count += 1
        _one(content, parsed)
        if content.end is not None:
            parsed.ends[content.end] += 1
    if whole != data:
        parsed.faults.append(Fault(parsed.count, 0, 0, "file-end-sign", _END_SIGN))
    parsed.faults += _endings(whole, parsed)
    return parsed


def split(data: bytes) -> Iterator[_Content]:
    """The lines; a line end after the last one makes no further line.

    Where CR alone stands between all of them it divides them as well, so that what else is wrong is
    told at its own line; in a file of other line ends it is a letter that no line may hold.
    """
    pieces = data.decode("latin-1").split("\r" if _cr_alone(data) else "\n")
    if pieces[-1] == "":
        pieces.pop()
    last = None if not data.endswith(b"\n") else len(pieces)
    for number, piece in enumerate(pieces, 1):
        ended = number < len(pieces) or number == last
        crlf = ended and piece.endswith("\r")
        end = (LineEnd.CRLF if crlf else LineEnd.LF) if ended else None
        yield _Content(number, piece[:-1] if crlf else piece, end)


def _cr_alone(data: bytes) -> bool:
    return b"\r" in data and b"\n" not in data


def _no_text(data: bytes) -> bool:
    """Whether it is no text of one byte a letter: Unicode of two, a workbook, a picture.

    Such a file would have a fault at nearly every position.
    """
    return data.startswith((*_BOMS_OF_UTF_16, *_OTHERS)) or data[:_BLOCK].count(0) * 8 > len(
        data[:_BLOCK]
    )


def _one(content: _Content, parsed: Parsed) -> None:
    """Reads one line into ``parsed``."""
    number, text = content.number, content.text
    if not (text.isascii() and text.isprintable()):
        parsed.faults += _letters(number, text)
    if len(text) != parsed.layout.length:
        parsed.faults.append(_length(number, text, parsed.layout))
        return
    values: dict[str, Any] = {}
    for spec in parsed.layout.fields:
        piece = text[spec.first - 1 : spec.last]
        if not (piece.isascii() and piece.isprintable()):
            continue  # told already, at its very positions
        try:
            values[spec.name] = _READ[spec.kind](piece, spec)
        except _Unreadable as fault:
            parsed.faults.append(Fault.of(number, spec, fault.code, fault.words))
    values.pop("", None)
    _note_style(text, parsed)
    parsed.read.append(Read(number, values))


def _letters(number: int, text: str) -> Iterator[Fault]:
    """Runs of what no line may hold. A byte-order mark has its own words: it cannot be seen."""
    start = 0
    if number == 1 and text.startswith(_BOM.decode("latin-1")):
        start = len(_BOM)
        yield Fault(1, 1, start, "byte-bom", _BOM_WORDS)
    runs = _FOREIGN.finditer(text, start)
    for match in islice(runs, _MOST_RUNS):
        yield Fault(number, match.start() + 1, match.end(), "byte-foreign", _FOREIGN_WORDS)
    rest = next(runs, None)
    if rest is not None:
        yield Fault(number, rest.start() + 1, len(text), "byte-foreign-more", _MORE_WORDS)
    for match in islice(_TAB.finditer(text), _MOST_RUNS):
        yield Fault(number, match.start() + 1, match.end(), "byte-tab", _TAB_WORDS)


def _length(number: int, text: str, layout: Layout) -> Fault:
    """Too short: what is missing; too long: what is too much."""
    length, wanted = len(text), layout.length
    first, last = sorted((length, wanted))
    words = Words(
        f"Baris ini {length} aksara, bukan {wanted}.",
        f"This line has {length} characters, not {wanted}.",
    )
    if _may_be_trimmed(text, layout):
        return Fault(number, first + 1, last, "line-trimmed", Words(
            f"{words.bm} {_TRIMMED.bm}", f"{words.en} {_TRIMMED.en}"
        ))  # fmt: skip
    return Fault(number, first + 1, last, "line-length", words)


def _may_be_trimmed(text: str, layout: Layout) -> bool:
    """Whether only blanks are missing: those that close a line by its layout."""
    filled = [spec.last for spec in layout.fields if spec.mandatory]
    return max(filled) <= len(text) < layout.length and not text.endswith(" ")


def _endings(data: bytes, parsed: Parsed) -> Iterator[Fault]:
    if _cr_alone(data):
        yield Fault(0, 0, 0, "line-ends-cr", _ENDS_CR)
    if len(parsed.ends) > 1:
        yield Fault(0, 0, 0, "line-ends", _ENDS)
    if data.endswith(b"\n"):
        yield Fault(parsed.count, 0, 0, "line-end-last", _END_LAST, Severity.WARNING)
    if len(parsed.styles) > 1:
        yield Fault(0, 0, 0, "padding-mixed", _PADDING, Severity.WARNING)


def _note_style(text: str, parsed: Parsed) -> None:
    """How this line pads its amounts; one that fills its field tells nothing."""
    begins = {text[spec.first - 1] for spec in parsed.layout.amounts}
    if " " in begins:
        parsed.styles[Padding.BLANKS] += 1
    if "0" in begins:
        parsed.styles[Padding.ZEROS] += 1


def _text(piece: str, spec: Field) -> str:
    value = piece.rstrip(" ")
    if not value and spec.mandatory:
        raise _Unreadable("field-blank", _blank(spec))
    if value.startswith(" "):
        raise _Unreadable("field-left", _LEFT)
    return value


def _month(piece: str, spec: Field) -> Month:
    del spec
    month = Month.from_digits(piece)
    if month is None:
        raise _Unreadable("month-form", _MONTH)
    return month


def _amount(piece: str, spec: Field) -> int:
    if not piece.strip(" "):
        raise _Unreadable("field-blank", _blank(spec))
    if _AMOUNT.fullmatch(piece) is None:
        raise _Unreadable("amount-form", _AMOUNT_WORDS)
    return int(piece)


def _date(piece: str, spec: Field) -> date | None:
    del spec
    if not piece.strip(" "):
        return None
    match = _DATE.fullmatch(piece)
    try:
        if match is not None:
            day, month, year = map(int, match.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise _Unreadable("date-form", _DATE_WORDS)


def _filler(piece: str, spec: Field) -> str:
    del spec
    if piece.strip(" "):
        raise _Unreadable("filler", _FILLER)
    return ""


_READ = {
    FieldKind.TEXT: _text,
    FieldKind.MONTH: _month,
    FieldKind.AMOUNT: _amount,
    FieldKind.DATE: _date,
    FieldKind.BLANK: _filler,
}


def _blank(spec: Field) -> Words:
    return Words(f"'{spec.words.bm}' kosong.", f"'{spec.words.en}' is empty.")


_EMPTY = Words("Fail ini kosong.", "This file is empty.")
_NO_TEXT = Words(
    "Ini bukan fail teks biasa (Unicode/UTF-16, atau fail lain). Simpan sebagai teks ASCII/ANSI.",
    "This is no plain text file (Unicode/UTF-16, or a file of another kind). Save it as ASCII/ANSI "
    "text.",
)
_MORE_WORDS = Words(
    "Banyak lagi aksara yang tidak dibenarkan dari sini hingga hujung baris.",
    "Many more characters that are not allowed from here to the end of the line.",
)
_END_SIGN = Words(
    "Selepas baris terakhir ada tanda akhir fail lama (1A). Buangnya, atau bina fail semula.",
    "After the last line stands an old end-of-file sign (1A). Remove it, or build the file again.",
)
_TRIMMED = Words(
    "Ruang kosong di hujung baris telah dipotong (oleh editor atau e-mel). Bina fail semula, dan "
    "hantar tanpa membukanya dalam editor.",
    "The blanks at its end were cut off (by an editor or a mail program). Build the file again, "
    "and upload it without opening it in an editor.",
)
_ENDS_CR = Words(
    "Baris dipisahkan dengan CR sahaja (fail Mac lama). Simpan dengan akhir baris CRLF.",
    "The lines are divided by CR alone (an old Mac's file). Save it with CRLF line ends.",
)
_FOREIGN_WORDS = Words(
    "Aksara ini tidak dibenarkan (hanya huruf, digit dan tanda biasa tanpa aksen).",
    "This character is not allowed (only plain letters, digits and signs, without accents).",
)
_TAB_WORDS = Words("Ini tab, bukan ruang kosong.", "This is a tab, not a blank.")
_BOM_WORDS = Words(
    "Fail ini bermula dengan tanda UTF-8 yang tidak kelihatan. Simpan sebagai ASCII/ANSI.",
    "This file begins with UTF-8's invisible mark. Save it as ASCII/ANSI.",
)
_ENDS = Words(
    "Akhir baris bercampur: sebahagian CRLF, sebahagian LF.",
    "The line ends are mixed: some CRLF, some LF.",
)
_END_LAST = Words(
    "Ada akhir baris selepas baris terakhir. Spesifikasi tidak memintanya.",
    "There is a line end after the last line. The specification asks for none.",
)
_PADDING = Words(
    "Jumlah dalam fail ini diisi dengan dua cara: sifar dan ruang kosong.",
    "The amounts in this file are padded in two ways: with zeros and with blanks.",
)
_LEFT = Words("Medan ini mesti bermula di kiri.", "This field must begin at its left.")
_MONTH = Words("Bulan mesti MMYYYY, contohnya 062026.", "The month must be MMYYYY, such as 062026.")
_AMOUNT_WORDS = Words(
    "Jumlah mesti digit sen sahaja, rapat ke kanan, tanpa titik, tanda atau huruf.",
    "The amount must be digits of sen only, at the right, without point, sign or letters.",
)
_DATE_WORDS = Words(
    "Tarikh mesti DDMMYYYY yang wujud, atau kosong.",
    "The date must be a real DDMMYYYY, or blank.",
)
_FILLER = Words("Ruang ini mesti kosong.", "This space must be blank.")
