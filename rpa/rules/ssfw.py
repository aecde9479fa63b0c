"""The number of a foreign worker: SSFW, of a domestic one SSFDW (facts 5.3, 13.5).

Twelve characters; how they are made is not known. It is never a passport's number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rpa.errors import Severity, Words
from rpa.rules import nric
from rpa.rules.record import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_SHAPE = re.compile(r"[A-Z0-9]{12}")


def well_formed(number: str) -> bool:
    """Whether it is twelve capital letters and digits."""
    return _SHAPE.fullmatch(number) is not None


def findings(field: str, number: str | None, today: date) -> Iterator[Finding]:
    """The objections to such a number; nothing to say where there is none."""
    if number is None:
        return
    if not well_formed(number):
        yield Finding(field, "ssfw-form", FORM)
    elif nric.well_formed(number) and nric.birth_dates(number, today):
        yield Finding(field, "ssfw-nric", _LIKE_NRIC, Severity.WARNING)


FORM = Words(
    "No. SSFW/SSFDW mesti 12 huruf besar dan digit. No. pasport tidak diterima dalam fail caruman.",
    "An SSFW/SSFDW number must be 12 capital letters and digits. A passport number does not do in "
    "a contribution file.",
)
_LIKE_NRIC = Words(
    "Nombor pekerja asing ini kelihatan seperti No. KPPN. Semak 'Jenis Pekerja'.",
    "This foreign worker's number looks like an NRIC. Check 'Type of Worker'.",
)
