"""Money as whole sen, read exactly or not at all; no float is ever reckoned with."""

from __future__ import annotations

import math
import re
from decimal import Decimal

_SEN = 100
_TEXT = re.compile(r"(?:RM ?)?([0-9]{1,15}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})(?:\.([0-9]+))?")
_BELOW = 10**12  # ringgit: 14 digits of sen, the widest field of a text file, exact in Excel


class NotMoney(ValueError):
    """What is given is no amount of money. ``exact`` is False when only its sen are broken."""

    def __init__(self, *, exact: bool = True) -> None:
        super().__init__("no amount of money")
        self.exact = exact


def of_text(text: str) -> int:
    """Sen of ``3000``, ``3000.00``, ``3,000.00``, ``RM 3,000.00``, ``3000.5``.

    Raises NotMoney; a third decimal is refused even when it is a zero, for it may be a thousand
    written with a dot; so is ``0,300``, for it may be a part of a ringgit.
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise NotMoney
    ringgit, decimals = match[1].replace(",", ""), match[2] or ""
    if len(decimals) > len("00"):
        raise NotMoney(exact=False)
    if int(ringgit) >= _BELOW:
        raise NotMoney
    return int(ringgit) * _SEN + int(decimals.ljust(2, "0"))


def of_number(number: float) -> int:
    """Sen of a number cell. Raises NotMoney, also when it has a part of a sen.

    Excel keeps and shows 15 digits: a sum such as 0.1 + 0.2 is stored as 0.30000000000000004 and is
    0.3 to Excel and to its user. So is it here; nothing shorter is rounded.
    """
    if not math.isfinite(number) or number < 0 or number >= _BELOW:
        raise NotMoney
    sen = Decimal(f"{number:.15g}") * _SEN
    if sen != sen.to_integral_value():
        raise NotMoney(exact=False)
    return int(sen)


def shown(sen: int) -> str:
    """As a person reads it: ``1,234.50``."""
    ringgit, rest = divmod(sen, _SEN)
    return f"{ringgit:,}.{rest:02}"
