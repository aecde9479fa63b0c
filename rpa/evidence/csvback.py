"""A CSV table with result columns: every byte of the operator's own columns stays.

The file is not read into values and written anew (quotes, decimal signs, line ends and trailing
blanks would change hands): the places of its fields are found, and results spliced in.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from rpa.evidence.splice import NotPatchable
from rpa.evidence.wording import COLUMNS, OURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class _Record(NamedTuple):
    """A record's fields as places in the text, and where its line end begins."""

    fields: tuple[tuple[int, int], ...]
    end: int


def with_results(
    content: bytes,
    *,
    header_row: int,
    encoding: str,
    delimiter: str,
    results: Mapping[int, Sequence[str]],
) -> bytes:
    """The file with six columns more, or with those of an earlier run overwritten.

    ``header_row`` and the keys of ``results`` count records from 1, empty lines among them, as
    Excel counts rows; of the header row they are our headings, where not the usual ones. When
    results hold characters that a plain ASCII file cannot, it becomes UTF-8 with a byte order mark,
    which Excel reads rightly. Raises NotPatchable when the header row is not there.
    """
    mark, codec = _codec(content, encoding)
    text = content[len(mark) :].decode(codec)
    records = list(_records(text, delimiter))
    if not 1 <= header_row <= len(records):
        raise NotPatchable("header row")
    columns = _columns(text, records, header_row)
    lines = {header_row: COLUMNS, **results}
    pieces, at = [], 0
    for number, record in enumerate(records, 1):
        if number in lines:
            values = dict(zip(columns, lines[number], strict=True))
            pieces += [text[at : _start(record)], _rewritten(text, record, values, delimiter)]
            at = record.end
    return _encoded("".join([*pieces, text[at:]]), mark, codec)


def _codec(content: bytes, encoding: str) -> tuple[bytes, str]:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return mark, codec
    # Python's utf-8-sig would put a mark into a file that has none.
    return b"", "utf-8" if encoding == "utf-8-sig" else encoding


def _encoded(text: str, mark: bytes, codec: str) -> bytes:
    try:
        return mark + text.encode(codec)
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """Fields by their places; a quoted field may hold delimiters and line ends."""
    field = re.compile(rf'"[^"]*(?:""[^"]*)*"|(?!")[^{re.escape(delimiter)}\r\n]*')
    fields: list[tuple[int, int]] = []
    at = 0
    while at <= len(text):
        match = field.match(text, at)
        end = match.end() if match else at
        fields.append((at, end))
        following = text[end : end + 1]
        if following == delimiter:
            at = end + 1
            continue
        if following not in {"", "\r", "\n"}:
            raise NotPatchable("quotes")
        if following or len(fields) > 1 or end > fields[0][0]:
            yield _Record(tuple(fields), end)
        fields = []
        at = end + (2 if text[end : end + 2] == "\r\n" else 1)


def _columns(text: str, records: Sequence[_Record], header_row: int) -> list[int]:
    """Where each of our columns stands: in its old place, or right of everything."""
    written = [_value(text, span) for span in records[header_row - 1].fields]
    header = [OURS.get(name, name) for name in written]
    width = max(len(record.fields) for record in records[header_row - 1 :])
    free = iter(range(width, width + len(COLUMNS)))
    return [header.index(name) if name in header else next(free) for name in COLUMNS]


def _value(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]].strip().strip('"').strip()


def _start(record: _Record) -> int:
    return record.fields[0][0]


def _rewritten(text: str, record: _Record, values: Mapping[int, str], delimiter: str) -> str:
    own = [text[start:end] for start, end in record.fields]
    own += [""] * (max(values) + 1 - len(own))
    for column, value in values.items():
        own[column] = _quoted(value, delimiter)
    return delimiter.join(own)


def _quoted(value: str, delimiter: str) -> str:
    if any(sign in value for sign in (delimiter, '"', "\r", "\n")):
        return '"' + value.replace('"', '""') + '"'
    return value
