"""PERKESO's contribution text files: built, read, checked. Pure functions over bytes.

The layouts are those of the facts (text-files, sections 2 to 4), as data in `layouts`.
"""

from rpa.textfile.build import Unbuildable, build
from rpa.textfile.check import (
    LAYOUT_OLD,
    MONTH_FUTURE,
    MONTH_UNKNOWN,
    SSM,
    WHICH,
    Checked,
    Expected,
    check,
    told,
)
from rpa.textfile.layouts import (
    CUT_OVER,
    EIS,
    LAYOUTS,
    SOCSO,
    V2_1,
    Field,
    FieldKind,
    Layout,
    LineEnd,
    Padding,
    Style,
)
from rpa.textfile.lines import Line, has_amount, line_of, totals
from rpa.textfile.parse import Fault, Parsed, Read, parse

__all__ = [
    "CUT_OVER",
    "EIS",
    "LAYOUTS",
    "LAYOUT_OLD",
    "MONTH_FUTURE",
    "MONTH_UNKNOWN",
    "SOCSO",
    "SSM",
    "V2_1",
    "WHICH",
    "Checked",
    "Expected",
    "Fault",
    "Field",
    "FieldKind",
    "Layout",
    "Line",
    "LineEnd",
    "Padding",
    "Parsed",
    "Read",
    "Style",
    "Unbuildable",
    "build",
    "check",
    "has_amount",
    "line_of",
    "parse",
    "told",
    "totals",
]
