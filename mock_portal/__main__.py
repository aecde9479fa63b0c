"""Starts the practice portal: ``python -m mock_portal``."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mock_portal import app, control, seed, server, state
from mock_portal.labels import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.serving import BaseWSGIServer

HEARD_S = 0.5


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="mock_portal",
        description="A practice portal with the screens of ASSIST, on this computer only.",
        epilog="example: python -m mock_portal --port 8080 --language mixed --db practice.sqlite3",
    )
    add = parser.add_argument
    add("--port", type=int, default=0, help="the portal's port; 0 takes a free one (default)")
    add("--control-port", type=int, default=0, help="the control port; 0 takes a free one")
    add("--language", choices=LANGUAGES, help="of the screens before a language link is pressed")
    add("--db", type=Path, help="file that keeps everything; without it a temporary one")
    add("--announce", type=Path, help="write addresses and log-in as JSON when listening")
    add("--date", help="the portal's date, YYYY-MM-DD")
    add("--seed", choices=sorted(seed.SEEDS), default="default", help="for a new file")
    add("--pace", type=float, help="seconds that the grey overlay stays at least (0.05)")
    add("--skin", choices=state.SKINS, help="how the portal looks (classic); docs/skins.md")
    add("--commit", choices=("form", "ajax"), help="how CONFIRM is sent (form)")
    return parser.parse_args(given)


def prepare(wanted: argparse.Namespace, path: Path) -> state.Store:
    """Open the file, or make and seed it. Raises ValueError for a date that is none."""
    keys = {"language": wanted.language, "today": wanted.date, "pace": wanted.pace}
    keys |= {"commit": wanted.commit, "skin": wanted.skin}
    given = {key: value for key, value in keys.items() if value is not None}
    store = state.Store(path, given)
    for key, value in given.items():
        state.check(key, value)
    if store.prepare():
        db = store.connect()
        with state.transaction(db):
            seed.SEEDS[wanted.seed](db)
        db.close()
    return store


def announce(path: Path, facts: dict[str, Any]) -> None:
    """Write the file in one stroke, so that a waiting reader never sees half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(facts), encoding="utf-8")
    draft.replace(path)


def tell(facts: dict[str, Any]) -> None:
    """The same for a person."""
    sys.stdout.write(
        f"Practice portal   {facts['portal']}/employer/login\n"
        f"  e-mail          {facts['email']}\n"
        f"  password        {facts['password']}\n"
        f"  security phrase {facts['security_phrase']}\n"
        f"Control           {facts['control']}/\n"
        "Ctrl-C ends it.\n"
    )
    sys.stdout.flush()


def serve(portal: BaseWSGIServer, controls: BaseWSGIServer) -> None:
    """Answer until SIGTERM or SIGINT; a request in hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    for each in (portal, controls):
        threading.Thread(target=each.serve_forever, args=(0.05,), daemon=True).start()
    while not stop.wait(HEARD_S):
        pass  # Windows hears Ctrl-C only between two waits
    for each in (portal, controls):
        each.shutdown()
        each.server_close()


def main(given: Sequence[str] | None = None) -> int:
    """Run the portal; 0 when it was asked to end."""
    wanted = arguments(given)
    with tempfile.TemporaryDirectory(prefix="mock-portal-") as scratch:
        try:
            store = prepare(wanted, wanted.db or Path(scratch) / "portal.sqlite3")
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            return 2
        portal = server.listen(app.create(store), wanted.port, store.clock)
        controls = server.listen(control.create(store), wanted.control_port, store.clock)
        facts = {
            "portal": f"http://127.0.0.1:{portal.port}",
            "control": f"http://127.0.0.1:{controls.port}",
            "email": seed.EMAIL,
            "password": seed.PASSWORD,
            "security_phrase": seed.PHRASE,
            "pid": os.getpid(),
        }
        tell(facts)
        if wanted.announce:
            announce(wanted.announce, facts)
        serve(portal, controls)
    return 0


if __name__ == "__main__":
    sys.exit(main())
