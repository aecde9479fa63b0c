"""One cell to one typed value, or the reason why not. Nothing is repaired and nothing guessed.

The blanks around a text are taken away, for nobody sees them; that is the only change made.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from rpa.errors import FEW, Words
from rpa.jobs.places import Unfit
from rpa.rules import identities, money, nric, phones, signs
from rpa.rules.choices import nearest
from rpa.rules.identities import NRIC_FORMAT
from rpa.rules.months import Month, of_cell
from rpa.rules.record import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from rpa.jobs.places import Place


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that holds something, but nothing that can be read (a formula never calculated)."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class Shown:
    """A number with what its format shows of it: digits with the zeros that a number has not."""

    value: int | float
    digits: str


SAID = Broken("said", Words("", ""))
"""In place of what was objected to before it came here, so that it is said once."""

Cell = str | bool | int | float | date | datetime | time | timedelta | Broken | Shown | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Several cells for one field, each with its own place."""

    items: tuple[tuple[Place, Cell], ...]


_DASHED = re.compile(r"([0-9]{6})-([0-9]{2})-([0-9]{4})")
_SCIENTIFIC = re.compile(r"[0-9][0-9.,]*E\+?[0-9]+", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_LETTER = 2  # L, LK and their like are taken and not taught
_SHORT = 10**8  # with the zeros that Excel drops
_EXACT = 10**15  # beyond it Excel keeps no whole number exactly
_YES_NO = {"yes": True, "ya": True, "y": True, "no": False, "tidak": False, "n": False}
_TRUE_FALSE = {"true": True, "false": False}
NUMBERS = frozenset({Kind.NRIC, Kind.IDENTITY})
"""Kinds of which the zeros count that a cell's format shows."""


def blank(cell: Cell | Listed) -> bool:
    """Whether the cell holds nothing that a person could see."""
    if isinstance(cell, Listed):
        return not cell.items
    return cell is None or (isinstance(cell, str) and not cell.strip(" "))


def convert(column: Column, cell: Cell) -> Any:
    """The typed value of a cell that is not ``blank``: str, date, bool, int or a choice's word.

    A telephone number becomes a tuple of one. Raises Unfit with the reason, for the caller to add
    the address.
    """
    if isinstance(cell, Broken):
        raise Unfit(cell.code, cell.words)
    if isinstance(cell, Shown):
        cell = cell.digits if column.kind in NUMBERS else cell.value
    return _READ[column.kind](column, cell.strip(" ") if isinstance(cell, str) else cell)


def _text(column: Column, cell: Cell) -> str:
    del column
    if isinstance(cell, str):
        return cell
    raise Unfit("text-type", _TEXT_TYPE)


def _phones(column: Column, cell: Cell) -> tuple[str, ...]:
    del column
    if isinstance(cell, str) and phones.well_formed(cell):
        return (cell,)
    raise Unfit("phone-form", phones.FORM)


def _money(column: Column, cell: Cell) -> int:
    """Ringgit to whole sen; a part of a sen is refused, not rounded."""
    del column
    try:
        if isinstance(cell, str):
            return money.of_text(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return money.of_number(cell)
    except money.NotMoney as fault:
        if not fault.exact:
            raise Unfit("money-exact", _MONEY_EXACT) from None
    raise Unfit("money-form", _with_signs(cell, _MONEY_FORM))


def _with_signs(cell: Cell, words: Words) -> Words:
    """The objection, and the sign that a person cannot see or takes for another."""
    bare, odd = signs.around_digits(cell) if isinstance(cell, str) else ("", "")
    odd = odd.replace("-", "")
    if not (odd and any(c.isdigit() for c in bare)):
        return words
    named = signs.listed(odd)
    return Words(f"{words.bm} Di sini ada {named.bm}.", f"{words.en} Here stands {named.en}.")


def _identity(column: Column, cell: Cell) -> str:
    """An NRIC however it is written; any other text is a passport's number."""
    if not isinstance(cell, str):
        if not isinstance(cell, bool) and isinstance(cell, int | float) and 0 < cell < _SHORT:
            raise Unfit("text-type", _TEXT_TYPE)  # a passport's number
        return _nric(column, cell)
    if dashed := _DASHED.fullmatch(cell):
        return "".join(dashed.groups())
    if _SCIENTIFIC.fullmatch(cell) and "+" in cell:  # without it, it may be a passport
        raise Unfit("nric-scientific", _NRIC_SCIENTIFIC)
    bare, odd = signs.around_digits(cell)
    if odd and nric.well_formed(bare):
        raise Unfit(*identities.nric_fault(cell))
    return cell


def _nric(column: Column, cell: Cell) -> str:
    """Twelve digits as text, or dashed as on the card; or a number of exactly twelve digits."""
    del column
    if isinstance(cell, str):
        return _nric_text(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise Unfit("nric-format", NRIC_FORMAT)
    if not math.isfinite(cell) or cell != int(cell) or abs(cell) >= _EXACT:
        raise Unfit("nric-scientific", _NRIC_SCIENTIFIC)
    return _nric_text(str(int(cell)))


def _nric_text(text: str) -> str:
    if nric.well_formed(text):
        return text
    if dashed := _DASHED.fullmatch(text):
        return "".join(dashed.groups())
    if _SCIENTIFIC.fullmatch(text):
        raise Unfit("nric-scientific", _NRIC_SCIENTIFIC)
    raise Unfit(*identities.nric_fault(text))


def _date(column: Column, cell: Cell) -> date:
    del column
    if isinstance(cell, datetime):
        if cell.time() != time(0):
            raise Unfit("date-time", _DATE_TIME)
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise Unfit("date-number", _DATE_NUMBER)
    if not isinstance(cell, str):
        raise Unfit("date-form", _DATE_FORM)
    return _date_text(cell)


def _date_text(text: str) -> date:
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        raise Unfit("date-form", _with_signs(text, _DATE_FORM))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unfit("date-real", _DATE_REAL) from None


def _choice(column: Column, cell: Cell) -> str:
    if isinstance(cell, str) and cell.lower() in column.choices:
        return column.choices[cell.lower()]
    if isinstance(cell, str) and len(set(column.choices.values())) > FEW:
        raise Unfit("choice", _nearest(column, cell))
    raise Unfit("choice", _one_of(column))


def _nearest(column: Column, cell: str) -> Words:
    """Of a long list the few words that come nearest, and where the others are."""
    near = ", ".join(word.capitalize() for word in nearest(cell, [*column.choices]))
    return Words(
        f"Ini tiada dalam senarai. Yang terdekat: {near}. Semuanya: assist-rpa columns PROSEDUR.",
        f"This is not in the list. The nearest: {near}. All of them: assist-rpa columns PROCEDURE.",
    )


def _one_of(column: Column) -> Words:
    """The words that are taken, those of the reader's language first; of letters the words.

    A value is an English word, and what means it too and is not it is Malay.
    """
    words = [word for word in column.choices if len(word) > _LETTER] or [*column.choices]
    english = [word for word in words if word == column.choices[word].lower()]
    malay = [word for word in words if word not in english]
    bm, en = (", ".join(w.capitalize() for w in (*a, *b))
              for a, b in ((malay, english), (english, malay)))  # fmt: skip
    return Words(f"Tulis salah satu: {bm}.", f"Write one of: {en}.")


def _yes_no(column: Column, cell: Cell) -> bool:
    del column
    if isinstance(cell, bool):
        return cell
    answer = (_YES_NO | _TRUE_FALSE).get(cell.lower()) if isinstance(cell, str) else None
    if answer is None:
        raise Unfit("yes-no", _YES_NO_WORDS)
    return answer


def _count(column: Column, cell: Cell) -> int:
    """A whole number, as a number or as digits; no sign, no fraction, no separators."""
    del column
    if isinstance(cell, float) and cell.is_integer() and 0 <= cell < _EXACT:
        return int(cell)
    text = str(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
    if _WHOLE.fullmatch(text) is None:
        raise Unfit("count", _COUNT_WORDS)
    return int(text)


def _month(column: Column, cell: Cell) -> tuple[Month | int, ...]:
    """What a cell of an office's own column of months says; nothing where it is no month."""
    del column
    if isinstance(cell, date):
        return (Month.of(cell),)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return tuple(of_cell(str(cell)))


_READ: dict[Kind, Callable[[Column, Cell], Any]] = {
    Kind.MONTH: _month,
    Kind.TEXT: _text,
    Kind.NRIC: _nric,
    Kind.IDENTITY: _identity,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.COUNT: _count,
    Kind.PHONES: _phones,
    Kind.FILE: _text,
    Kind.MONEY: _money,
}


_NRIC_SCIENTIFIC = Words(
    "Excel telah menukar nombor ini kepada bentuk saintifik atau perpuluhan. Tukar format sel "
    "kepada Text, kemudian taip semula nombornya.",
    "Excel has turned this number into scientific or decimal form. Format the cell as Text and "
    "type the number again.",
)
_TEXT_TYPE = Words(
    "Sel ini mesti mengandungi teks, bukan nombor, tarikh atau TRUE/FALSE. Tukar format sel kepada "
    "Text, kemudian taip semula.",
    "This cell must hold text, not a number, a date or TRUE/FALSE. Format the cell as Text and "
    "type it again.",
)
_MONEY_FORM = Words(
    "Tulis jumlah dalam ringgit, contohnya 3000, 3000.00 atau 3,000.00, tidak kurang daripada 0.",
    "Write the amount in ringgit, such as 3000, 3000.00 or 3,000.00, and not below 0.",
)
_MONEY_EXACT = Words(
    "Jumlah ini mempunyai lebih daripada dua tempat perpuluhan. Bundarkan kepada sen dalam jadual "
    "(contohnya dengan ROUND).",
    "This amount has more than two decimals. Round it to the sen in the table (with ROUND, say).",
)
_DATE_FORM = Words(
    "Tulis tarikh sebagai hh/bb/tttt atau tttt-bb-hh, contohnya 05/06/2026 atau 2026-06-05.",
    "Write the date as dd/mm/yyyy or yyyy-mm-dd, such as 05/06/2026 or 2026-06-05.",
)
_DATE_REAL = Words(
    "Tarikh ini tidak wujud dalam kalendar (hari/bulan/tahun).",
    "This date does not exist in the calendar (day/month/year).",
)
_DATE_TIME = Words(
    "Sel ini mengandungi masa selain tarikh. Tulis tarikh sahaja.",
    "This cell holds a time of day besides the date. Write the date only.",
)
_DATE_NUMBER = Words(
    "Ini nombor, bukan tarikh. Tukar format sel kepada Date, atau tulis hh/bb/tttt.",
    "This is a number, not a date. Format the cell as Date, or write dd/mm/yyyy.",
)
_COUNT_WORDS = Words("Tulis satu nombor bulat, contohnya 40.", "Write a whole number, such as 40.")
_YES_NO_WORDS = Words("Tulis Ya atau Tidak.", "Write Yes or No.")
