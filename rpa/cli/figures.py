"""What the figures of a plan are called, in Malay and English."""

from __future__ import annotations

from rpa.cli import console
from rpa.errors import Words
from rpa.rules.contribution import HEADINGS
from rpa.run.approval import ACTIVE, ENDED, JOINED
from rpa.run.monthly import DUE, LAST_DUE, LAST_PAID, MONTH, PAID, WAGES, WHOLE


def figure(name: str) -> str:
    """What a figure is called, in the language of the terminal."""
    return console.say(NAMES[name]) if name in NAMES else name


NAMES = {
    ACTIVE: Words("pekerja aktif", ACTIVE),
    ENDED: Words("pekerja ditamatkan", ENDED),
    JOINED: Words("pekerja didaftarkan", JOINED),
    **{
        f"{words.en} (RM)": Words(f"{words.bm} (RM)", f"{words.en} (RM)")
        for words in HEADINGS.values()
    },
    MONTH: Words("bulan caruman", MONTH),
    PAID: Words("pekerja bergaji", PAID),
    WAGES: Words("gaji (RM)", WAGES),
    DUE: Words("caruman (RM)", DUE),
    WHOLE: Words("caruman seluruh bulan (RM)", WHOLE),
    LAST_PAID: Words("pekerja bergaji bulan sebelumnya", LAST_PAID),
    LAST_DUE: Words("caruman bulan sebelumnya (RM)", LAST_DUE),
}
