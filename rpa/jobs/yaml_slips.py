"""Where a file is no YAML: the line that a person has to mend, and how.

PyYAML tells where it gave up, which is often a line or a comment further down. What is told here is
looked up in the lines above that place; where none of them shows a known slip nothing is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rpa.errors import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml

_NO_SPACE = re.compile(r"(\s*(?:- +)?(\w+):)(?=[^\s\\/])")  # not C:\folder, http://
_NO_DASH_SPACE = re.compile(r"(\s*-)(?=\w+:)")
_SIGN_FIRST = re.compile(r"\s*# *(\w+): *$")


def without_space(value: str) -> Words | None:
    """Of a value where keys belong: ``file:table.xlsx`` is no key, for YAML wants a blank."""
    found = _NO_SPACE.match(value)
    return _after(found[2]) if found else None


class Slip(NamedTuple):
    """Line and column, from 1, and what to do there."""

    line: int
    column: int
    words: Words


def slip(fault: yaml.MarkedYAMLError, text: str) -> Slip | None:
    """The likeliest slip behind what PyYAML says; None where none is seen."""
    lines, problem = text.splitlines(), fault.problem or ""
    began = fault.context_mark.line if fault.context_mark else 0
    at = min(fault.problem_mark.line, len(lines) - 1) if fault.problem_mark else 0
    if "quoted scalar" in (fault.context or ""):
        return Slip(began + 1, fault.context_mark.column + 1, _QUOTE)  # type: ignore[union-attr]
    if "flow" in (fault.context or ""):
        return Slip(began + 1, fault.context_mark.column + 1, _BRACKET)  # type: ignore[union-attr]
    if "could not find expected ':'" in problem:
        return _spaces(lines, began) or Slip(began + 1, 1, _no_colon(began + 1))
    if "mapping values" in problem or "expected <block end>" in problem:
        above = _above(lines, at)
        return _spaces(lines, above) or _spaces(lines, at) or _indented(lines, at, above)
    return None


def _above(lines: Sequence[str], at: int) -> int:
    """The nearest line before that says something; itself where there is none."""
    before = (n for n in range(at - 1, -1, -1) if lines[n].strip() and not _comment(lines[n]))
    return next(before, at)


def _comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _spaces(lines: Sequence[str], at: int) -> Slip | None:
    """``employer:A1`` and ``-type: x``."""
    if found := _NO_SPACE.match(lines[at]):
        return Slip(at + 1, found.end() + 1, _no_space(at + 1, f"{found[2]}:"))
    if found := _NO_DASH_SPACE.match(lines[at]):
        return Slip(at + 1, found.end() + 1, _no_space(at + 1, "-"))
    return None


def _indented(lines: Sequence[str], at: int, above: int) -> Slip | None:
    """A line further in, or less far, than the one it follows."""
    if lines[at].count(": ") > 1 and _indent(lines[at]) <= _indent(lines[above]):
        return Slip(at + 1, lines[at].rindex(": ") + 1, _colon_inside(at + 1))
    if at == above:
        return None
    column = _indent(lines[at]) + 1
    for number in range(at - 1, above, -1):  # its key stands behind a sign still
        found = _SIGN_FIRST.match(lines[number])
        if found and column > _indent(lines[number]) + 1:
            return Slip(number + 1, _indent(lines[number]) + 1, _half(number + 1, at + 1, found[1]))
    if lines[above].rstrip().endswith("}"):
        return Slip(at + 1, column, _inside(at + 1, above + 1))
    return Slip(at + 1, column, _indentation(at + 1))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _no_space(line: int, sign: str) -> Words:
    return Words(
        f"Baris {line}: letakkan satu ruang selepas '{sign}'.",
        f"Line {line}: put one space after '{sign}'.",
    )


def _after(key: str) -> Words:
    return Words(f"Letakkan satu ruang selepas '{key}:'.", f"Put one space after '{key}:'.")


def _no_colon(line: int) -> Words:
    return Words(
        f"Baris {line}: tiada ':' di sini. Tulis seperti 'kunci: nilai', dengan satu ruang selepas "
        "':'.",
        f"Line {line}: there is no ':' here. Write it as 'key: value', with one space after the "
        "':'.",
    )


def _colon_inside(line: int) -> Words:
    return Words(
        f"Baris {line}: nilai ini mengandungi ': '. Letakkan nilai itu dalam tanda petik.",
        f"Line {line}: this value holds a ': '. Put the value in quotes.",
    )


def _half(line: int, below: int, key: str) -> Words:
    return Words(
        f"Baris {line}: buang '# ' di depan '{key}:' juga, kerana baris {below} terletak di "
        "bawahnya.",
        f"Line {line}: take the '# ' away before '{key}:' as well, for line {below} stands below "
        "it.",
    )


def _inside(line: int, above: int) -> Words:
    return Words(
        f"Baris {line}: tulis ini di dalam {{ }} pada baris {above}, selepas koma.",
        f"Line {line}: write this inside the {{ }} of line {above}, after a comma.",
    )


def _indentation(line: int) -> Words:
    return Words(
        f"Baris {line}: ruang di depannya tidak sama dengan baris lain dalam bahagian ini. "
        "Mulakannya tepat di bawah kunci yang setara dengannya.",
        f"Line {line}: the blanks before it are not those of its neighbours. Let it begin exactly "
        "below the key that is its like.",
    )


_QUOTE = Words(
    "Tanda petik yang dibuka di sini tidak ditutup.", "The quote opened here is not closed."
)
_BRACKET = Words(
    "Kurungan yang dibuka di sini tidak ditutup, atau koma tertinggal antara isinya.",
    "The bracket opened here is not closed, or a comma between its parts is missing.",
)
