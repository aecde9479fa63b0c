"""The command as a process of its own, forked from one that has loaded everything.

A Python that starts anew spends a second on its imports, some hundred times a suite. Where there is
no fork, and where a test needs the very process (to kill it, to type into it), it is started.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rpa.cli import console

if TYPE_CHECKING:
    from collections.abc import Mapping

LOADED = [f"rpa.cli.{name}" for name in ("main", "run", "due", "follow", "review", "approve")]
OUTPUTS = ((1, "out"), (2, "err"))


def assist_rpa(
    *words: str | Path, cwd: Path, env: Mapping[str, str], typed: str = "", limit_s: float = 120
) -> subprocess.CompletedProcess[str]:
    """``assist-rpa WORDS`` to its end, with this typed into it. Raises TimeoutExpired."""
    said = [str(word) for word in words]
    if sys.platform != "linux":
        return subprocess.run(
            [sys.executable, "-m", "rpa", *said],
            cwd=cwd, env=env, input=typed, timeout=limit_s,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "typed").write_text(typed, "utf-8")
        code = _ended(said, (str(cwd), dict(env), folder), limit_s)
        out, err = ((place / name).read_text("utf-8") for _, name in OUTPUTS)
    return subprocess.CompletedProcess(said, code, out, err)


def _ended(words: list[str], where: tuple[str, dict[str, str], str], limit_s: float) -> int:
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(LOADED)
    process = server.Process(target=_become, args=(words, *where))
    process.start()
    process.join(limit_s)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise subprocess.TimeoutExpired(words, limit_s)
    return process.exitcode


def _become(words: list[str], cwd: str, env: dict[str, str], folder: str) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    _onto(0, os.open(Path(folder) / "typed", os.O_RDONLY))
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  multiprocessing closed it
    for descriptor, name in OUTPUTS:
        _onto(descriptor, os.open(Path(folder) / name, os.O_WRONLY | os.O_CREAT, 0o600))
    for one in (console.out, console.err):
        one.width = int(env.get("COLUMNS", "80"))  # as a console of its own would read it
    sys.argv = ["assist-rpa", *words]
    try:
        runpy.run_module("rpa", run_name="__main__")
    finally:
        atexit._run_exitfuncs()  # which multiprocessing leaves out


def _onto(descriptor: int, handle: int) -> None:
    os.dup2(handle, descriptor)
    os.close(handle)
