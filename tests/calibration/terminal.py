"""A command at a terminal, and what a person types there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Desk

ANSI = re.compile(r"\x1b\[[0-9;]*m|\r")
RPA = ("-m", "rpa")


def converse(
    desk: Desk,
    answer: Callable[[str, str], str | None],
    *words: str,
    after_s: Callable[[str], float] = lambda _: 0.0,
) -> tuple[int, str]:
    """The exit code of ``python WORDS``, and all that it said.

    ``answer``: given what was said since the answer before, and all of it; None while nothing is
    asked. ``after_s``: so long an answer takes.
    """
    mine, its = os.openpty()
    running = subprocess.Popen(
        [sys.executable, *words], cwd=desk.folder, env=desk.env, stdin=its, stdout=its, stderr=its
    )
    os.close(its)
    said, answered = "", 0
    while True:
        try:
            said += os.read(mine, 65536).decode("utf-8", "replace")
        except OSError:  # it has ended
            break
        told = ANSI.sub("", said)
        new = told[answered:]
        if (typed := answer(new, told)) is not None:
            keys = mine, f"{typed}\n".encode()
            if wait := after_s(new):
                threading.Timer(wait, os.write, keys).start()
            else:
                os.write(*keys)
            answered = len(told)
    running.wait(60)
    os.close(mine)
    return running.returncode, ANSI.sub("", said)
