"""What a plan's figures are called in Malay and English; rows as a person lists them."""

from __future__ import annotations

from rpa.cli import console
from rpa.engine.approval import ACTIVE, ENDED, JOINED
from rpa.errors import Words
from rpa.model.monthly import Figure
from rpa.rules.contribution import HEADINGS


def figure(name: str) -> str:
    """What a figure is called, in the language of the terminal."""
    return console.say(NAMES[name]) if name in NAMES else name


def spans(numbers: list[int]) -> str:
    """Row numbers as a person lists them: ``3-5, 8``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


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
