"""`assist-rpa backup`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa import settings
from rpa.aftercare import backup as copies
from rpa.cli import console
from rpa.errors import Words

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000


def backup(folder: Path, config: Path | None) -> int:
    """Copy, and say where it is and what is not in it."""
    made = copies.copy(settings.load(config=config), folder)
    told = console.say(COPIED).format(made.files, made.size / MEGABYTE)
    console.out.print(f"{told} {made.place}", markup=False)
    console.notes([ON_A_SERVER, SECRETS] if made.elsewhere else [SECRETS])
    return 0


COPIED = Words("disalin {} fail, {:.1f} MB:", "copied {} files, {:.1f} MB:")
ON_A_SERVER = Words(
    "Lejar berada pada pelayan PostgreSQL dan tidak disalin: gunakan pg_dump di sana.",
    "The ledger stands on a PostgreSQL server and was not copied: use pg_dump there.",
)
SECRETS = Words(
    "Kata laluan, frasa dan kunci penyelia tiada di dalamnya. Data peribadi ada: simpan salinan "
    "itu seperti data gaji.",
    "Passwords, phrases and approvers' keys are not in it. Personal data is: keep the copy as you "
    "keep payroll data.",
)
