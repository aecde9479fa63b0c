"""Lines to bytes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rpa.rules.months import Month
from rpa.textfile.layouts import FieldKind, Padding, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rpa.textfile.layouts import Field, Layout
    from rpa.textfile.lines import Line

_ZERO = "0000"  # how the specification's sample writes no amount among blanks
_DEFAULT = Style()


class Unbuildable(ValueError):
    """A value that its field cannot hold; nothing is cut, rounded or replaced.

    ``number`` counts the lines from 1. Never says the value: it may be a person's.
    """

    def __init__(self, number: int, field: str) -> None:
        super().__init__(f"line {number}: {field}")
        self.number = number
        self.field = field


def build(lines: Iterable[Line], layout: Layout, style: Style = _DEFAULT) -> bytes:
    """The file: one line each, no header, no line end after the last. Raises Unbuildable."""
    written = [_line(line, number, layout, style) for number, line in enumerate(lines, 1)]
    return style.line_end.mark.join(written)


def _line(line: Line, number: int, layout: Layout, style: Style) -> bytes:
    return "".join(_field(line, number, field, style) for field in layout.fields).encode("ascii")


def _field(line: Line, number: int, field: Field, style: Style) -> str:
    value = getattr(line, field.name) if field.name else ""
    try:
        text = _written(value, field, style)
    except ValueError:
        raise Unbuildable(number, field.name) from None
    if len(text) != field.width or not (text.isascii() and text.isprintable()):
        raise Unbuildable(number, field.name)
    return text


def _written(value: object, field: Field, style: Style) -> str:
    """The value in its field's way. Raises ValueError for what would not be read back the same."""
    if isinstance(value, Month):
        return value.digits
    if field.kind is FieldKind.AMOUNT:
        return _amount(value, field.width, style.padding)
    if field.kind is FieldKind.DATE:
        # Not %Y, which on some systems has fewer than four digits.
        return f"{value:%d%m}{value.year:04}" if isinstance(value, date) else " " * field.width
    text = str(value)
    if text != text.strip(" ") or (field.mandatory and not text):
        raise ValueError
    return text.ljust(field.width)


def _amount(value: object, width: int, padding: Padding) -> str:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError
    if padding is Padding.ZEROS:
        return str(value).rjust(width, "0")
    return (str(value) if value else _ZERO).rjust(width)
