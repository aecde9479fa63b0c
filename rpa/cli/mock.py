"""`assist-rpa mock`: the practice portal, as a program of its own.

Nothing here knows what it serves; it is started like any other program.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING

from rpa.errors import ConfigInvalid, Words

if TYPE_CHECKING:
    from pathlib import Path


def command(*, port: int, language: str, db: Path | None) -> list[str]:
    """The words that start it. Raises ConfigInvalid when its libraries are not installed."""
    if importlib.util.find_spec("flask") is None:
        raise ConfigInvalid(
            Words(
                'Portal latihan belum dipasang. Jalankan: pip install "assist-rpa[mock]"',
                'The practice portal is not installed. Run: pip install "assist-rpa[mock]"',
            )
        )
    words = [sys.executable, "-m", "mock_portal", "--port", str(port), "--language", language]
    return [*words, "--db", str(db)] if db else words


def mock(port: int, language: str, db: Path | None) -> int:
    """Run it until Ctrl-C."""
    with subprocess.Popen(command(port=port, language=language, db=db)) as process:  # noqa: S603
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            return process.wait()
