"""The steps of a run in Malay: logs and ledger have them in English, a terminal in its language.

What stands on a button or in a menu of the portal stays as it is.
"""

from __future__ import annotations

from typing import Final

from rpa.errors import Words

BM: Final = {
    "add worker": "tambah pekerja",
    "change the employer": "ubah majikan",
    "change worker": "ubah pekerja",
    "count the active workers": "kira pekerja aktif",
    "documents": "dokumen",
    "keep the letters": "simpan surat",
    "keep the slips": "simpan slip",
    "look": "lihat",
    "look at the employer": "lihat majikan",
    "look at the employer's workers": "lihat pekerja majikan",
    "look at what was submitted": "lihat apa yang sudah dihantar",
    "look for the case": "cari kes",
    "look for the employer": "cari majikan",
    "open the month": "buka bulan itu",
    "review": "semakan",
    "save and continue": "simpan dan teruskan",
    "the portal's objections": "bantahan portal",
    "the workers without a contribution": "pekerja tanpa caruman",
    "type the wages": "taip gaji",
}
_BEGINS: Final = (("open", "buka"), ("list", "senaraikan"), ("read", "baca"), ("look at", "lihat"))
_BOTH: Final = " / stops before "


def step(what: str) -> Words:
    """A step of the guide; the last of a rehearsal has both languages already."""
    if _BOTH in what:
        return Words(*what.split(" / ", 1))
    if what in BM:
        return Words(BM[what], what)
    begins = [(bm, what.removeprefix(en)) for en, bm in _BEGINS if what.startswith(f"{en} ")]
    return Words("".join(begins[0]) if begins else what, what)
