"""`assist-rpa browser`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console
from rpa.errors import ConfigInvalid, Words
from rpa.portal import browser as found

if TYPE_CHECKING:
    from pathlib import Path


def browser(install: bool, config: Path | None) -> int:  # noqa: FBT001  Typer's option
    """Print the browser's path and why it is the one."""
    chosen = found.choose(settings.load(config=config).browser)
    if chosen is None and install:
        chosen = found.install()
    if chosen is None:
        raise ConfigInvalid(
            Words(
                "Tiada Chrome, Edge atau Chromium. Jalankan: assist-rpa browser --install",
                "There is no Chrome, Edge or Chromium. Run: assist-rpa browser --install",
            )
        )
    console.out.print(str(chosen.path))
    console.err.print(console.say(chosen.why))
    return 0
