"""Rows below a heading that are no worker: totals, footers, headings of a department.

What is certainly none is left out and told once; a row with a single text may be a worker whose
other cells are missing, so that it is objected to, in one sentence.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from rpa.errors import Words
from rpa.jobs.cells import Broken, Cell, Shown, blank

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOTAL = re.compile(
    r"(sub|grand|page|overall|net)?[\s-]*(total|totals|jumlah|keseluruhan)"
    r"([\s:()&/.-]|besar|kecil|keseluruhan|gaji|upah|pekerja|caruman|bulan|bagi|wages|salary|pay|"
    r"employees|workers|amount|contributions?|for|rm|myr|[0-9])*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(disediakan|disemak|disahkan|diluluskan|dicetak|prepared|checked|verified|approved|printed|"
    r"generated|tandatangan|signature|nota|note|notes|catatan|muka surat|page|jabatan|bahagian|"
    r"cawangan|department|dept|branch|division)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_WORD = 3  # letters; fewer are a choice's letter or a sign
_FEWEST = 2  # mandatory fields, so that one filled cell alone cannot be a row


class Aside(StrEnum):
    """Why a row is no worker."""

    TOTAL = "row-total"
    FOOTER = "row-footer"
    LONE = "row-lone"  # it may be one whose other cells are missing


def aside(cells: Sequence[Cell], identity: int | None, mandatory: int) -> Aside | None:
    """What a row is instead of a worker; None where it must be read as one.

    ``identity`` is the column that tells who it is; digits there are somebody. ``mandatory`` is
    how many fields a row must have.
    """
    filled = {i: cell for i, cell in enumerate(cells) if not blank(cell)}
    texts = [cell.strip() for cell in filled.values() if isinstance(cell, str)]
    who = filled.get(identity) if identity is not None else None
    lone = len(filled) == 1 and len(texts) == 1 and mandatory >= _FEWEST
    if lone and _FOOTER.fullmatch(texts[0]):
        return Aside.FOOTER
    named_total = isinstance(who, str) and _TOTAL.fullmatch(who.strip()) is not None
    if _digits(who) and not named_total:
        return None
    if any(_TOTAL.fullmatch(text) for text in texts):
        return Aside.TOTAL
    return Aside.LONE if lone and sum(map(str.isalpha, texts[0])) >= _WORD else None


def _digits(cell: Cell) -> bool:
    """Whether a cell holds anything by which a person is numbered."""
    if isinstance(cell, str):
        return any(c.isdigit() for c in cell)
    return isinstance(cell, int | float | Shown | Broken) and not isinstance(cell, bool)


def only_formulas(cells: Sequence[Cell], identity: int | None) -> bool:
    """Whether a row of formulas alone, kept for months to come, tells of nobody yet."""
    who = cells[identity] if identity is not None and identity < len(cells) else None
    return blank(who) or (isinstance(who, int | float) and not who)


TOLD = {
    Aside.TOTAL: Words(
        "Baris ini ialah jumlah, bukan pekerja; ia ditinggalkan.",
        "This row is a total and no worker; it is left out.",
    ),
    Aside.FOOTER: Words(
        "Baris ini ialah kepala atau kaki jadual, bukan pekerja; ia ditinggalkan.",
        "This row is a heading or footer and no worker; it is left out.",
    ),
    Aside.LONE: Words(
        "Baris ini hanya ada satu teks, jadi bukan pekerja: padamkan baris ini, atau lengkapkan "
        "sel-selnya.",
        "This row holds one text only and is no worker: delete the row, or fill its other cells.",
    ),
}
FORMULAS = Words(
    "Baris formula ini belum ada pekerja (No. pengenalan kosong); ia ditinggalkan.",
    "These rows of formulas have no worker yet (no identification); they are left out.",
)
