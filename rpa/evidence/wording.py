"""How a row's fate is said to its operator: labels, times, columns, and text made inert.

One table for workbook, report and terminal, so that the three never disagree.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from rpa.errors import InDoubt, JobInvalid, Refused, Words
from rpa.model.filing import RESULT_PREFIX, RowState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

MALAYSIA: Final = ZoneInfo("Asia/Kuala_Lumpur")

LABELS: Final[Mapping[RowState, Words]] = {
    RowState.FILED: Words("difailkan", "filed"),
    RowState.REHEARSED: Words("raptai", "rehearsed"),
    RowState.REFUSED: Words("ditolak", "refused"),
    RowState.IN_DOUBT: Words("perlu disemak", "in doubt"),
    RowState.INVALID: Words("tidak sah", "invalid"),
    RowState.NOT_SENT: Words("belum dihantar", "not sent"),
    RowState.LATER: Words("belum tiba harinya", "not due yet"),
    RowState.SKIPPED: Words("dilangkau", "skipped"),
    RowState.UNKNOWN: Words("tidak diketahui", "unknown"),
}

STEPS: Final[Mapping[RowState, tuple[Words, Words]]] = {
    RowState.IN_DOUBT: (InDoubt.who, InDoubt.next_move),
    RowState.UNKNOWN: (
        Words("pengendali", "operator"),
        Words(
            "Jalankan semula apabila pelaksanaan lain selesai atau lejar dipulihkan; jangan "
            "failkan baris ini dengan tangan sebelum itu.",
            "Run it again when the other run has ended, or the ledger is back; do not file these "
            "rows by hand before.",
        ),
    ),
    RowState.REFUSED: (Refused.who, Refused.next_move),
    RowState.SKIPPED: (
        Words("pengendali", "operator"),
        Words(
            "Baris ini terlepas harinya dan tidak akan dihantar dengan sendirinya. Untuk "
            'memfailkannya juga: assist-rpa due KERJA --missed late --reason "...".',
            "These rows missed their day and are not sent by themselves any more. To file them "
            'all the same: assist-rpa due JOB --missed late --reason "...".',
        ),
    ),
    RowState.INVALID: (
        JobInvalid.who,
        Words(
            "Betulkan baris ini dalam jadual, kemudian jalankan semula. Baris ini tidak dihantar.",
            "Correct these rows in the table, then run it again. They were not sent.",
        ),
    ),
    RowState.NOT_SENT: (
        Words("pengendali", "operator"),
        Words(
            "Jalankan semula untuk menghantar baris ini. Baris yang sudah difailkan dilangkau.",
            "Run it again to send these rows. Rows already filed are skipped.",
        ),
    ),
    RowState.REHEARSED: (
        Words("pengendali", "operator"),
        Words(
            "Semak gambar semakan, kemudian jalankan dengan --submit untuk memfailkan.",
            "Check the pictures of the review, then run it with --submit to file them.",
        ),
    ),
    RowState.LATER: (
        Words("tiada sesiapa", "nobody"),
        Words(
            "`assist-rpa due` menghantar baris ini pada harinya; lihat `assist-rpa schedule`.",
            "`assist-rpa due` sends these rows on their day; see `assist-rpa schedule`.",
        ),
    ),
}
"""Who does what next about rows in a state, most pressing first; filed rows ask for nothing."""

BESIDE_IT: Final = Words(
    "Langkah seterusnya tertulis di sebelah setiap baris, di bawah Sebab.",
    "What comes next stands beside each row, under Reason.",
)
"""Of rows whose reason tells it: what was filed stands, and another table is no remedy."""

TINTS: Final[Mapping[RowState, str]] = {
    RowState.FILED: "E2F2E5",
    RowState.REHEARSED: "E0ECF9",
    RowState.REFUSED: "FAE1DE",
    RowState.IN_DOUBT: "FDEFC8",
    RowState.INVALID: "FAE1DE",
    RowState.NOT_SENT: "ECEFF2",
    RowState.LATER: "E6E7F7",
    RowState.SKIPPED: "F3E6F1",
    RowState.UNKNOWN: "FDEFC8",
}
"""Soft fills for status cells, RRGGBB; dark text stays readable on all of them."""

COLUMNS: Final = tuple(
    RESULT_PREFIX + name
    for name in ("status", "reference", "time", "sebab (BM)", "reason (EN)", "evidence")
)
"""The columns the tool adds, in their order, by the headings that they have in English."""

MALAY: Final = dict(
    zip(
        COLUMNS,
        (RESULT_PREFIX + name for name in
         ("status", "rujukan", "masa", "sebab (BM)", "reason (EN)", "bukti")),
        strict=True,
    )
)  # fmt: skip
OURS: Final = {**{name: name for name in COLUMNS}, **{bm: name for name, bm in MALAY.items()}}
"""Which column a heading of ours means: an earlier run may have had the other language."""


def titles(*, malay: bool) -> dict[str, str]:
    """The headings of new columns."""
    return MALAY if malay else dict(zip(COLUMNS, COLUMNS, strict=True))


PARTED: Final = RESULT_PREFIX + "! Jangan susun / Do not sort"
"""A heading of ours before the columns, where a sort would part them from their rows."""

LONGEST: Final = 32_000  # Excel holds 32,767 characters in a cell
_UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0
_ROOM = 0.93  # of a column: letters differ in width, and bold ones are wider
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def label(state: RowState) -> str:
    """The state in both languages, as one cell shows it: ``difailkan / filed``."""
    words = LABELS[state]
    return f"{words.bm} / {words.en}"


def shown(at: datetime | None) -> str:
    """``21/11/2026 22:14`` in Malaysian time, or nothing for no time.

    Raises ValueError for a time without a zone: whose clock it was cannot be guessed.
    """
    if at is None:
        return ""
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return at.astimezone(MALAYSIA).strftime("%d/%m/%Y %H:%M")


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula, in a cell or after an export to CSV.

    A leading ``=``, ``+``, ``-``, ``@``, tab or line end gets an apostrophe in front, which stays
    visible: a hidden one (Excel's quotePrefix) would be gone after the next "save as CSV".
    Characters no workbook can hold become U+FFFD; very long text is cut with a visible mark.
    """
    clean = _UNHOLDABLE.sub("\ufffd", text)
    if len(clean) > LONGEST:
        clean = clean[:LONGEST] + " […]"
    # A blank in front does not stop Excel's import from seeing the sign behind it.
    return f"'{clean}" if clean.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else clean


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column so many characters wide."""
    room = max(1, int(width * _ROOM))
    return sum(len(textwrap.wrap(line, room)) or 1 for line in text.split("\n"))
