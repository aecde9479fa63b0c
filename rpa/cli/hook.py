"""`on_end` of config/notify.yaml: the office's own command, after every `run` and `due`.

It is told, as JSON on its stdin, how the start ended: codes, counts, folders, names of job files;
nothing of any person, and no secret. What it does, or fails to do, changes nothing of the run.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from rpa import settings
from rpa.cli import console
from rpa.engine.agenda import job_name
from rpa.engine.lastguard import last_guard
from rpa.errors import ConfigInvalid, RpaError, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rpa.engine.outage import Outage
    from rpa.engine.outcome import Outcome
    from rpa.settings import Notify

# What a program needs to be found and to run at all.
ALWAYS = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "COMSPEC", "PATHEXT", "TEMP", "TMP",
          "USERPROFILE")  # fmt: skip


@dataclass
class _Heard:
    """What the command has told by now, of each job by its name."""

    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    outages: list[dict[str, Any]] = field(default_factory=list)

    def of(self, job: Path) -> dict[str, Any]:
        """What is known of one job."""
        return self.jobs.setdefault(job_name(job), {})


_HEARD = _Heard()


def hear(job: Path, outcome: Outcome, folder: Path | None) -> None:
    """How a run of this job ended: its code, how many rows ended how, where its folder is."""
    states = [verdict.state.value for verdict in outcome.verdicts.values()]
    counts = {state: states.count(state) for state in sorted(set(states))}
    _HEARD.of(job).update(
        exit=outcome.exit_code, rehearsal=outcome.rehearsal, rows=counts,
        folder=str(folder) if folder else "",
    )  # fmt: skip


def ended(job: Path, code: int, outage: Outage | None = None) -> None:
    """With which code a job ends after all, and the outage that is behind it."""
    _HEARD.of(job)["exit"] = code
    if outage:
        told = {"job": outage.job, "portal": outage.portal, "starts": outage.starts}
        _HEARD.outages.append({**told, "since": outage.since.isoformat()})


def hooked(
    name: str, jobs: Sequence[Path], config: Path | None, command: Callable[..., int], *args: Any
) -> int:
    """A command, and then the office's own."""
    _HEARD.jobs.clear()
    _HEARD.outages.clear()
    try:
        with last_guard(settings.home_folder(), leave=(BrokenPipeError, typer.Exit, typer.Abort)):
            code = command(*args)
    except RpaError as error:
        _tell(name, jobs, config, error.exit_code)
        raise
    _tell(name, jobs, config, code)
    return code


def _tell(name: str, jobs: Sequence[Path], config: Path | None, code: int) -> None:
    try:
        notify = settings.notify(config)
        secrets = settings.secret_variables(config) if notify.variables else frozenset()
    except ConfigInvalid:
        return  # what is wrong with the settings is the command's own end, and told by it
    if not notify.on_end:
        return
    for job in jobs:
        _HEARD.of(job).setdefault("exit", code)
    told = {"command": name, "exit": code, "outages": _HEARD.outages,
            "jobs": [{"job": job, **of_it} for job, of_it in _HEARD.jobs.items()]}  # fmt: skip
    if failed := _called(notify, json.dumps(told), secrets):
        console.notes([failed])


def _called(notify: Notify, told: str, secrets: frozenset[str]) -> Words | None:
    """Start it and wait for its end, for so long; what went wrong."""
    named = [one for one in notify.variables if one not in secrets]
    env = {one: os.environ[one] for one in (*ALWAYS, *named) if one in os.environ}
    words = list(notify.on_end)
    try:
        done = subprocess.run(  # noqa: S603  the office's own command from its own config
            words, input=told, text=True, env=env, timeout=notify.on_end_s, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        limit = f"{notify.on_end_s:g}"
        return Words(LATE.bm.format(words[0], limit), LATE.en.format(words[0], limit))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        return Words(NOT_STARTED.bm.format(words[0], why), NOT_STARTED.en.format(words[0], why))
    if done.returncode:
        code = done.returncode
        return Words(FAILED.bm.format(words[0], code), FAILED.en.format(words[0], code))
    return None


LATE = Words(
    "Arahan on_end ({}) tidak selesai dalam {} s dan dihentikan. Hasil pelaksanaan tidak berubah.",
    "The command on_end ({}) did not end within {} s and was stopped. The run's results stand.",
)
NOT_STARTED = Words(
    "Arahan on_end ({}) tidak dapat dimulakan: {}. Hasil pelaksanaan tidak berubah.",
    "The command on_end ({}) could not be started: {}. The run's results stand.",
)
FAILED = Words(
    "Arahan on_end ({}) berakhir dengan kod {}. Hasil pelaksanaan tidak berubah.",
    "The command on_end ({}) ended with code {}. The run's results stand.",
)
