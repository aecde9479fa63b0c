"""The proxy between browser and practice portal, and the second host that must stay unvisited.

``python -m tests.hostile.proxy --portal ADDRESS --announce FILE``. It knows nothing of the robot.
Its own control port speaks JSON: ``POST /plan`` lays the changes of a seed and forgets what was
seen, ``POST /mark`` begins another run, ``GET /seen`` tells what passed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

from tests.hostile.catalogue import drawn
from tests.hostile.wire import (
    DRIPS,
    DROPPED,
    HALF,
    HANGS,
    LOG_IN,
    STREAM,
    WHOLE,
    Answer,
    Asked,
    Scene,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.hostile.wire import Change

OWN = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "accept-encoding"}
HELD_S = 25.0  # so long an answer that never comes is held
DRIP_S = 0.5
KEPT = 2000  # bytes of what the second host received


@dataclass
class Witness:
    """What passed, in order; asked by the judge."""

    events: list[dict[str, Any]] = field(default_factory=list)
    connections: int = 0
    received: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, **more: Any) -> None:
        """Something passed."""
        with self.lock:
            if what == "came" and self.events and self.events[-1]["what"] != "run":
                return  # that a run asked anything is noted once
            self.events.append({"what": what, "at": time.monotonic(), **more})

    def elsewhere(self, said: str) -> None:
        """Somebody came to the second host."""
        with self.lock:
            self.connections += 1
            if len(self.received) < 50:
                self.received.append(said[:KEPT])


@dataclass
class Stage:
    """The portal behind, the changes that are laid, the witness."""

    portal: str
    scene: Scene
    changes: Sequence[Change] = ()
    witness: Witness = field(default_factory=Witness)
    released: threading.Event = field(default_factory=threading.Event)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def lay(self, wanted: dict[str, Any]) -> list[str]:
        """The changes of a seed; what was seen before is forgotten, unless it is to be kept."""
        self.released.set()
        with self.turn:
            self.released = threading.Event()
            self.witness = self.witness if wanted.get("keep") else Witness()
            witness = self.witness
            self.scene.told = tuple(wanted.get("told", ()))
            self.scene.password = str(wanted.get("password", ""))
            self.scene.phrase = str(wanted.get("phrase", ""))
            self.scene.log_in_page = self.log_in_page
            self.scene.forbid = lambda what: witness.note("forbidden", act=what)
            self.changes = drawn(int(wanted["seed"]), self.scene, wanted.get("only", ()))
        return [str(change) for change in self.changes]

    def calm(self) -> None:
        """Nothing is changed any more; what was seen stays."""
        self.changes = ()
        self.released.set()

    def seen(self) -> dict[str, Any]:
        """For the judge."""
        witness = self.witness
        return {
            "events": witness.events, "elsewhere": witness.connections,
            "received": witness.received, "changes": [str(change) for change in self.changes],
            "fired": {change.kind: change.fired for change in self.changes},
        }  # fmt: skip

    def log_in_page(self) -> bytes:
        """The portal's own, as a stranger gets it."""
        return self.fetch(Asked("GET", "/employer/login", {}, b"")).body

    def fetch(self, asked: Asked) -> Answer:
        """What the portal itself answers."""
        place = urlsplit(self.portal).netloc
        line = http.client.HTTPConnection(place, timeout=60)
        sent = {key: value for key, value in asked.headers.items() if key not in OWN}
        for key in ("origin", "referer"):
            if key in sent:
                sent[key] = sent[key].replace(self.scene.address, self.portal)
        line.request(asked.method, asked.target, asked.body or None, sent)
        came = line.getresponse()
        body = came.read()
        line.close()
        headers = [(k, self.here(v)) for k, v in came.getheaders() if k.lower() not in OWN]
        if "text/html" in str(came.getheader("Content-Type")):
            body = self.here(body.decode()).encode()
        return Answer(came.status, headers, body)

    def here(self, text: str) -> str:
        """With this proxy's address in place of the portal's."""
        return text.replace(self.portal, self.scene.address)

    def answer(self, asked: Asked) -> Answer:
        """Ask the portal, or not, and change what it says."""
        changes = self.changes
        self.note(asked)
        made = None
        with self.turn:
            for change in changes:
                made = made or change.instead(asked)
        if made is None:
            made = self.fetch(asked)
            with self.turn:
                for change in changes:
                    made = change.after(asked, made)
        signed_in = b'class="signed-in"' in made.body and made.its_own and made.ending == WHOLE
        if signed_in and made.status == http.HTTPStatus.OK:
            self.witness.note("inside", path=asked.path)
        return made

    def note(self, asked: Asked) -> None:
        """What of a request matters to the judge."""
        self.witness.note("came")
        secrets = [self.scene.password, quote_plus(self.scene.password)]
        if self.scene.password and any(secret.encode() in asked.body for secret in secrets):
            self.witness.note("password", screen=asked.screen or asked.path)
        if asked.is_press:
            self.witness.note("press", screen=asked.screen)
        elif asked.screen != LOG_IN and asked.path.startswith("/web/"):
            home = asked.path == "/web/base/myassist"
            self.witness.note("home" if home else "beyond")


def handler(stage: Stage, *, second: bool) -> type[BaseHTTPRequestHandler]:
    """One of the two hosts' handlers; the second looks the same and counts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1
        timeout = 60

        def setup(self) -> None:
            super().setup()
            if second:
                stage.witness.elsewhere("a connection")

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {key.lower(): value for key, value in self.headers.items()}
            asked = Asked(str(self.command), self.path, headers, body)
            foreign = second or headers.get("host") != urlsplit(stage.scene.address).netloc
            if foreign:
                said = f"{self.requestline} {headers.get('host')} {body[:KEPT]!r}"
                stage.witness.elsewhere(said)
            # The second host looks the same, so that whoever was led there finds a portal.
            give(self, stage.fetch(asked) if foreign else stage.answer(asked), stage.released)

        do_POST = do_HEAD = do_PUT = do_OPTIONS = do_GET  # noqa: N815  the server's names

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the server's name
            del format, args

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (OSError, http.client.HTTPException):
                self.close_connection = True

    return Handler


def give(to: BaseHTTPRequestHandler, answer: Answer, released: threading.Event) -> None:
    """Send it as it wants to be sent."""
    if answer.wait_s or answer.ending == HANGS:
        released.wait(HELD_S if answer.ending == HANGS else answer.wait_s)
    if answer.ending in {DROPPED, HANGS}:
        to.close_connection = True
        to.connection.shutdown(socket.SHUT_RDWR)
        return
    body = answer.body
    to.send_response_only(answer.status)
    for key, value in answer.headers:
        to.send_header(key, value)
    if answer.ending in {STREAM, DRIPS}:
        to.close_connection = True
        to.send_header("Connection", "close")
        to.end_headers()
        _pour(to, answer, released)
        return
    longer = 4000 if answer.ending == HALF else 0
    to.send_header("Content-Length", str(len(body) + longer))
    to.end_headers()
    if to.command != "HEAD":
        to.wfile.write(body)
    to.wfile.flush()
    if longer:
        to.close_connection = True
        to.connection.shutdown(socket.SHUT_RDWR)


def _pour(to: BaseHTTPRequestHandler, answer: Answer, released: threading.Event) -> None:
    if answer.ending == DRIPS:
        while not released.wait(DRIP_S):
            to.wfile.write(b"%")
            to.wfile.flush()
        return
    to.wfile.write(b"%PDF-1.4\n")
    for _ in range(answer.size // 65536):
        to.wfile.write(b"\0" * 65536)


def control(stage: Stage) -> type[BaseHTTPRequestHandler]:
    """The judge's port."""

    class Control(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(stage.seen())

        def do_POST(self) -> None:
            wanted = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/plan":
                self._say({"changes": stage.lay(wanted)})
            elif self.path == "/calm":
                stage.calm()
                self._say({})
            else:
                stage.witness.note("run", n=wanted["run"])
                self._say({})

        def _say(self, what: dict[str, Any]) -> None:
            body = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the server's name
            del format, args

    return Control


def listen_for_datagrams(stage: Stage, port: int) -> None:
    """The second host's port for what comes without a connection."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", port))
        while True:
            said, _ = ear.recvfrom(2048)
            stage.witness.elsewhere(f"a datagram {said[:100]!r}")


def serve(made: ThreadingHTTPServer) -> int:
    """Serve in a thread of its own; the port."""
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    return int(made.server_address[1])


def main() -> None:
    """Enter here; ends when the parent closes its end of standard input."""
    parser = argparse.ArgumentParser(prog="hostile-proxy", description=__doc__)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--announce", type=Path, required=True)
    asked = parser.parse_args()
    stage = Stage(asked.portal, Scene("", ""))
    host = "127.0.0.1"
    first = serve(ThreadingHTTPServer((host, 0), handler(stage, second=False)))
    other = serve(ThreadingHTTPServer((host, 0), handler(stage, second=True)))
    judge = serve(ThreadingHTTPServer((host, 0), control(stage)))
    stage.scene.address, stage.scene.elsewhere = f"http://{host}:{first}", f"http://{host}:{other}"
    ear = threading.Thread(target=listen_for_datagrams, args=(stage, other), daemon=True)
    ear.start()
    told = {
        "address": stage.scene.address, "elsewhere": stage.scene.elsewhere,
        "control": f"http://{host}:{judge}",
    }  # fmt: skip
    beside = asked.announce.with_suffix(".new")
    beside.write_text(json.dumps(told))
    beside.replace(asked.announce)
    threading.Event().wait()


if __name__ == "__main__":
    main()
