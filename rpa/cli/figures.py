"""What the figures of a plan are called, in Malay and English."""

from __future__ import annotations

from rpa.cli import console
from rpa.errors import Words
from rpa.rules.contribution import HEADINGS
from rpa.run.approval import ACTIVE, ENDED, JOINED
from rpa.run.monthly import Figure


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
    Figure.MONTH: Words("bulan caruman", Figure.MONTH),
    Figure.PAID: Words("pekerja bergaji", Figure.PAID),
    Figure.WAGES: Words("gaji (RM)", Figure.WAGES),
    Figure.DUE: Words("caruman (RM)", Figure.DUE),
    Figure.WHOLE: Words("caruman seluruh bulan (RM)", Figure.WHOLE),
    Figure.LAST_PAID: Words("pekerja bergaji bulan sebelumnya", Figure.LAST_PAID),
    Figure.LAST_DUE: Words("caruman bulan sebelumnya (RM)", Figure.LAST_DUE),
}
