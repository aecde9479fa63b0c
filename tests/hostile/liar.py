"""A tool that lies, in the place of the robot: the judge's negative controls.

It opens no browser and knows the judge as little as the robot does. Which lie it tells stands in
``LIE``; ``ELSEWHERE`` and ``CONTROL`` are the addresses a lie may need.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

LOG_IN = "/employer/login?mvcPath=/html/login/login.jsp"
ENDS = {"filed": 0, "in doubt": 14, "not sent": 70}


def ask(address: str, body: bytes | None = None) -> None:
    """A request whose answer does not matter."""
    request = urllib.request.Request(address, body)  # noqa: S310  loopback only
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310  loopback only
        pass


def _home() -> Path:
    return Path(os.environ["ASSIST_RPA_HOME"])


def report(state: str, number: str = "") -> None:
    """What the robot's report would say of the one row."""
    texts = ["", "NAMA", "1234", number]
    row = [0, 1, 2, 0, 3, 0, 0, 0, 0, -1, []]
    data = {"states": [[state, state, state]], "rows": [row], "filings": [], "texts": texts}
    folder = _home() / "runs" / f"run-{os.getpid()}"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text(f'<script id="data">{json.dumps(data)}</script>')


def _traceback(_: str, __: str) -> None:
    raise RuntimeError("seven")


def _typed_again(portal: str, password: str) -> None:
    for _ in range(2):
        ask(f"{portal}{LOG_IN}", f"password={password}".encode())


def _kept(_: str, password: str) -> None:
    (_home() / "notes").write_text(password)


def _letter(_: str, __: str) -> None:
    (_home() / "letters").mkdir()
    (_home() / "letters" / "surat.exe").write_bytes(b"MZ")


def _by_another_hand(_: str, __: str) -> None:
    line = {"nric": "870818735893", "wages": 100_000}
    month = {"employer": "E9900001234V", "month": "10/2026", "act": "combined", "lines": [line]}
    ask(f"{os.environ['CONTROL']}/contribution", json.dumps(month).encode())


DEEDS: dict[str, Callable[[str, str], object]] = {
    "traceback": _traceback,
    "long": lambda *_: signal.pause(),
    "elsewhere": lambda *_: ask(os.environ["ELSEWHERE"]),
    "typed again": _typed_again,
    "kept": _kept,
    "letter": _letter,
    "filed by another hand": _by_another_hand,
}


def main() -> int:
    """Tell it."""
    lie = os.environ["LIE"]
    config = Path(os.environ["ASSIST_RPA_CONFIG"]) / "portal.yaml"
    portal = yaml.safe_load(config.read_text("utf-8"))["address"]
    ask(f"{portal}/employer/login")
    if lie == "silent":
        return 70
    state = lie if lie in ENDS else "not sent"
    report(state, "CUN112026C000000001" if state == "filed" else "")
    if lie in DEEDS:
        DEEDS[lie](portal, os.environ["CANARY_PASSWORD"])
    return 0 if lie == "exit 0" else ENDS[state]


if __name__ == "__main__":
    sys.exit(main())
