"""The example row of a table that `assist-rpa new` wrote: shown, and never filed.

It is known by its number, which no person has (neither a month nor a day is 00), or by its name:
whoever has exchanged only one of them has not exchanged the row.
"""

from __future__ import annotations

from typing import Final

from rpa.errors import Words

NUMBER: Final = "000000-00-0000"
NAME: Final = "CONTOH BIN REKAAN (BARIS CONTOH / EXAMPLE ROW)"

WORDS: Final = Words(
    "Ini baris contoh. Gantikannya dengan data anda (nombor dan nama), atau padamkan baris ini.",
    "This is the example row. Replace it by your own data (number and name), or delete this row.",
)


def is_example(value: object) -> bool:
    """Whether a cell marks the example row."""
    return isinstance(value, str) and value.strip() in {NUMBER, NUMBER.replace("-", ""), NAME}
