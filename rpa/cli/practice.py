"""A practice portal beside a command that works at it: started, announced, ended with it.

Ledger, runs, settings and the portal's own memory stand in one folder; nothing else is touched,
whatever the environment names for real work.
"""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from rpa.cli import console, mock
from rpa.errors import ConfigInvalid, Words, keeping, to_copy
from rpa.evidence.files import PRIVATE_FOLDER, write_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

STANDS = Words("portal latihan:", "practice portal:")
PRACTICE, DEMO = ".practice", ".demo"  # where practice is kept: beside the job, here
START_LIMIT_S = 30
_ANSWER_S = 30
_SECRETS = ("DEMO_PASSWORD", "DEMO_PHRASE")


def own(folder: Path) -> Path:
    """The part of a folder that is ours: nothing beside it is read or replaced."""
    return folder.absolute() / "practice"


def runs(folder: Path) -> Path:
    """Where the runs of a practice that is kept in ``folder`` stand."""
    return own(folder) / "home" / "runs"


def newest(folder: Path) -> Path | None:
    """The last run in a folder of runs; none where there is none. Raises OSError."""
    found = [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return max(found, key=lambda path: path.stat().st_mtime_ns, default=None)


def newest_here() -> Path | None:
    """The last run of a practice that stands in this folder or in a job's below it."""
    here = Path.cwd()
    places = [folder for name in (PRACTICE, DEMO)
              for folder in (here / name, *here.glob(f"*/{name}"))]  # fmt: skip
    last = [run for place in places if (run := newest(runs(place)))]
    return max(last, key=lambda path: path.stat().st_mtime_ns, default=None)


def to_open(run: Path) -> str:
    """The command that shows a run's report, for copying."""
    place = run.relative_to(Path.cwd()) if run.is_relative_to(Path.cwd()) else run
    return f"assist-rpa report {to_copy(str(place))} --open"


def private(folder: Path) -> None:
    """Make a folder for its owner alone."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    folder.chmod(PRIVATE_FOLDER)


@contextmanager
def practice_portal(folder: Path, language: str) -> Iterator[dict[str, Any]]:
    """What it announces: addresses, portal ID, password, security phrase. Raises NotWritten."""
    process = _started(folder, language)
    try:
        portal = _wait_for(folder / "portal.json", process)
        console.err.print(
            f"{console.say(STANDS)} {portal['portal']}/employer/login  "
            f"({portal['email']} / {portal['password']})",
            markup=False,
        )
        yield portal
    finally:
        process.terminate()
        process.wait()


def _started(folder: Path, language: str) -> subprocess.Popen[bytes]:
    announced, said = folder / "portal.json", folder / "portal.log"
    with keeping(folder):
        private(folder)
        announced.unlink(missing_ok=True)
        log = said.open("ab")
    words = mock.command(port=0, language=language, db=folder / "portal.sqlite3")
    with log:
        return subprocess.Popen(  # noqa: S603  this project's own program
            [*words, "--announce", str(announced)],
            stdout=log,
            stderr=log,
            # Ctrl-C is for the run alone; the second is how Windows says it.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def _wait_for(announced: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    for attempt in Retrying(
        retry=retry_if_exception_type(FileNotFoundError),
        stop=stop_after_delay(START_LIMIT_S),
        wait=wait_fixed(0.05),
        reraise=True,
    ):
        with attempt:
            if process.poll() is not None:
                raise ConfigInvalid(
                    Words(
                        "Portal latihan tidak dapat dimulakan.",
                        "The practice portal could not be started.",
                    ),
                    where=str(announced.with_name("portal.log")),
                )
            return dict(json.loads(announced.read_text("utf-8")))
    raise AssertionError("unreachable")  # pragma: no cover


def work_there(folder: Path, portal: Mapping[str, Any], employers: Sequence[str]) -> None:
    """From here on this process works at that portal and nowhere else."""
    os.environ.pop("ASSIST_RPA_LEDGER", None)  # a real one must never learn of practice
    os.environ |= {
        "ASSIST_RPA_HOME": str(folder / "home"),
        "ASSIST_RPA_CONFIG": str(_config(folder, portal, employers)),
        "ASSIST_RPA_PORTAL": portal["portal"],
        # The port differs from day to day; the ledger must know the portal again.
        "ASSIST_RPA_PORTAL_NAME": "practice",
        _SECRETS[0]: portal["password"],
        _SECRETS[1]: portal["security_phrase"],
    }


def ask(portal: Mapping[str, Any], what: str, body: Mapping[str, Any] | None = None) -> Any:
    """What its control port says: JSON, for whoever sets the stage."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310  its own address, on this machine
        f"{portal['control']}/{what}", data, {"Content-Type": "application/json"}
    )
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # not by a proxy
    with straight.open(request, timeout=_ANSWER_S) as answer:
        return json.load(answer)


def _config(folder: Path, portal: Mapping[str, Any], employers: Sequence[str]) -> Path:
    config = folder / "config"
    config.mkdir(mode=0o700, exist_ok=True)
    holder = {
        "email": portal["email"],
        "employers": [*employers],
        "password": {"env": _SECRETS[0]},
        "security_phrase": {"env": _SECRETS[1]},
    }
    text = yaml.safe_dump({"portal_ids": [holder]}, sort_keys=False)
    write_private(config / "employers.yaml", text.encode())
    # Its portal keeps whoever was in the table at an earlier try.
    write_private(config / "guards.yaml", b"month_missing: 10000\n")
    return config
