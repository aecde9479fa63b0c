"""What a screen shows as values: money in sen, days, months, counts; read exactly or not at all."""

from __future__ import annotations

from datetime import date, datetime

from rpa.errors import UnexpectedPage, Words
from rpa.rules import money
from rpa.rules.months import Month


def sen(text: str, where: str) -> int:
    """``1,234.50`` in sen. Raises UnexpectedPage for anything but an amount."""
    try:
        return money.of_text(text)
    except money.NotMoney:
        raise _strange("jumlah wang", "an amount of money", where) from None


def day(text: str, where: str) -> date:
    """``dd/mm/yyyy`` as a day. Raises UnexpectedPage for anything else."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  a day, no time
    except ValueError:
        raise _strange("tarikh", "a date", where) from None


def month(text: str, where: str) -> Month:
    """``MM/YYYY`` as a month. Raises UnexpectedPage for anything else."""
    found = Month.read(text)
    if found is None:
        raise _strange("bulan", "a month", where)
    return found


def count(text: str, where: str) -> int:
    """``1,234`` as a whole number. Raises UnexpectedPage for anything else."""
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdigit()):
        raise _strange("bilangan", "a count", where)
    return int(digits)


def _strange(bm: str, en: str, where: str) -> UnexpectedPage:
    """Without the text itself: it may be a person's."""
    return UnexpectedPage(
        Words(f"Portal tidak menunjukkan {bm} di sini.", f"The portal does not show {en} here."),
        where=where,
    )
