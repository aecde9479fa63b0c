"""`assist-rpa retry-login`: a person lets a password be typed that is not typed by itself."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console
from rpa.errors import ConfigInvalid, Words
from rpa.ledger.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path


def retry_login(number: str, reason: str, config: Path | None) -> int:
    """Write down who allows it, and why."""
    if not reason.strip():
        raise ConfigInvalid(
            Words(
                "Nyatakan apa yang dilihat di portal dengan --reason.",
                "Say with --reason what you saw in the portal.",
            )
        )
    with Ledger.open(settings.load(config=config).ledger) as ledger:
        known = [one for one in ledger.sign_ins() if one.digest.startswith(number)]
        if len(known) != 1:
            raise ConfigInvalid(
                Words(
                    f"Bukan tepat satu log masuk bermula dengan {number}. Lihat: assist-rpa status",
                    f"Not exactly one log-in begins with {number}. See: assist-rpa status",
                )
            )
        ledger.allow_sign_in(known[0].digest, reason=reason.strip(), person=getpass.getuser())
    done = Words(
        f"{known[0].number}: kata laluan akan ditaip sekali lagi oleh pelaksanaan yang berikutnya.",
        f"{known[0].number}: the next run types the password once more.",
    )
    console.out.print(console.say(done), markup=False)
    return 0
