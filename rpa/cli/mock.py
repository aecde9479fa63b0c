"""`assist-rpa mock`: the practice portal, as a program of its own.

Nothing here knows what it serves; it is started like any other program.
"""

from __future__ import annotations

import importlib.util
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from rpa.errors import ConfigInvalid, Words

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType


class NotInstalled(ConfigInvalid):
    """A part of the tool is left out; no setting is wrong."""

    next_move = Words(
        "Pasang, kemudian jalankan semula. Tiada apa-apa hilang.",
        "Install it, then run it again. Nothing was lost.",
    )


def command(*, port: int, language: str, db: Path | None) -> list[str]:
    """The words that start it. Raises NotInstalled when its libraries are not there."""
    if importlib.util.find_spec("flask") is None:
        raise NotInstalled(
            Words(
                "Portal latihan belum dipasang. Dalam folder projek (tempat pyproject.toml), "
                'jalankan: pip install ".[mock]"',
                "The practice portal is not installed. In the project's folder (where "
                'pyproject.toml is) run: pip install ".[mock]"',
            )
        )
    words = [sys.executable, "-m", "mock_portal", "--port", str(port), "--language", language]
    return [*words, "--db", str(db)] if db else words


def mock(port: int, language: str, db: Path | None) -> int:
    """Run it until Ctrl-C, or until it is ended in another way: it leaves no portal behind."""
    asked = threading.Event()
    with subprocess.Popen(command(port=port, language=language, db=db)) as process:  # noqa: S603

        def end(_signal: int, _frame: FrameType | None) -> None:
            asked.set()
            process.terminate()

        for one in ENDS:
            signal.signal(one, end)
        code = process.wait()
    return 0 if asked.is_set() else code


ENDS = [s for s in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)) if s]
